"""From assertions and relations to conflicts. Pure.

By value: one conflict for each subject and property in which claims collide. Declared: one for each
``contradicts`` or ``tension`` relation between claims that do not collide.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

from claimtrack.engine import conflicts
from claimtrack.engine.collisions import collide, group
from claimtrack.engine.conflicts import ValueConflict, Weight
from claimtrack.engine.counting import collisions_between
from claimtrack.engine.groups import colliders
from claimtrack.engine.weights import Backing, Link
from claimtrack.frozen import frozen
from claimtrack.model import Assertion, Claim
from claimtrack.values.names import in_id


@frozen
class Position:
    """One of the rival answers: the value that its first assertion gives, and who holds it.

    ``value`` is None for a position of a declared conflict, which is a claim as a whole.
    """

    value: str | None
    negated: bool
    claims: tuple[str, ...]
    assertions: tuple[Assertion, ...] = ()


@frozen
class Conflict:
    """Claims that cannot all be true, or that pull apart; its claims are sorted by code point."""

    id: str
    rule: Literal["value", "declared"]
    severity: Weight
    claims: tuple[str, ...]
    hard_claims: frozenset[str]
    """The claims that are one of a hard pair."""
    positions: tuple[Position, ...]
    same_source: bool
    subject: str | None = None
    property: str | None = None
    why: str | None = None

    def rivals(self, claim: str) -> frozenset[str]:
        """The claims that collide with one of its claims (all others of a declared conflict)."""
        if self.rule == "declared":
            return frozenset(self.claims) - {claim}
        held = self._assertions()
        ours = [each for each in held if each.claim == claim]
        return frozenset(each.claim for each in held if any(collide(each, mine) for mine in ours))

    def leaves_standing(self, winner: str) -> bool:
        """Whether, without the claims that collide with the winner, two others still collide."""
        if self.rule == "declared":
            return False
        beaten = self.rivals(winner)
        return bool(colliders([each for each in self._assertions() if each.claim not in beaten]))

    def _assertions(self) -> list[Assertion]:
        return [each for position in self.positions for each in position.assertions]


def find_conflicts(
    claims: Mapping[str, Claim],
    backing: Mapping[str, Backing],
    tension_only: frozenset[str] = frozenset(),
) -> list[Conflict]:
    """All conflicts among the claims in play, hard ones first, then by id.

    ``claims`` are those in play, in file order, with a backing each; ``tension_only`` are the ids
    of properties whose collisions are never hard by themselves.
    """
    assertions = (each for claim in claims.values() for each in claim.asserts)
    by_value = map(
        _by_value, conflicts.find_conflicts(assertions, backing, _links(claims), tension_only)
    )
    declared = _declared(claims, backing)
    return sorted([*by_value, *declared], key=lambda c: (c.severity != "hard", c.id))


def _links(claims: Mapping[str, Claim]) -> Iterable[Link]:
    """The ``contradicts`` and ``tension`` relations, in file order."""
    for claim in claims.values():
        for relation in claim.relations:
            if relation.type in ("contradicts", "tension"):
                hard = relation.type == "contradicts"
                yield from (Link(claim.id, other, hard, relation.why) for other in relation.claims)


def _by_value(found: ValueConflict) -> Conflict:
    return Conflict(
        id=f"{in_id(found.subject)}.{found.property}",
        rule="value",
        severity=found.severity,
        claims=found.claims,
        hard_claims=found.hard_claims,
        positions=tuple(_position(each) for each in found.positions),
        same_source=found.same_source,
        subject=found.subject,
        property=found.property,
        why=found.why,
    )


def _position(members: Sequence[Assertion]) -> Position:
    first = members[0]
    claims = tuple(dict.fromkeys(member.claim for member in members))
    return Position(first.text, first.negated, claims, tuple(members))


# ---------------------------------------------------------------------------------------- declared


def _declared(claims: Mapping[str, Claim], backing: Mapping[str, Backing]) -> Iterable[Conflict]:
    found: dict[str, Conflict] = {}
    for claim in claims.values():
        for relation in claim.relations:
            if relation.type not in ("contradicts", "tension"):
                continue
            others = [
                other
                for other in relation.claims
                if other in claims and not _claims_collide(claim, claims[other])
            ]
            if others:
                hard = relation.type == "contradicts"
                conflict = _declare(
                    sorted({claim.id, *others}), backing, hard=hard, why=relation.why
                )
                found[conflict.id] = _joined(found.get(conflict.id), conflict)
    return found.values()


def _claims_collide(one: Claim, other: Claim) -> bool:
    theirs = group(other.asserts)
    return any(
        collisions_between(mine, theirs[key])
        for key, mine in group(one.asserts).items()
        if key in theirs
    )


def _declare(
    held: Sequence[str], backing: Mapping[str, Backing], *, hard: bool, why: str | None
) -> Conflict:
    return Conflict(
        id="~".join(held),
        rule="declared",
        severity="hard" if hard else "tension",
        claims=tuple(held),
        hard_claims=frozenset(held if hard else ()),
        positions=tuple(Position(None, negated=False, claims=(claim,)) for claim in held),
        same_source=_share_a_source(backing[claim].sources for claim in held),
        why=why,
    )


def _share_a_source(supports: Iterable[tuple[str, ...]]) -> bool:
    seen: set[str] = set()
    for sources in supports:
        if not seen.isdisjoint(sources):
            return True
        seen.update(sources)
    return False


def _joined(first: Conflict | None, second: Conflict) -> Conflict:
    """Relations that give the same id are one conflict: hard if any is, with the first reason."""
    if first is None:
        return second
    hardest = first if first.severity == "hard" else second
    return Conflict(
        id=first.id,
        rule="declared",
        severity=hardest.severity,
        claims=first.claims,
        hard_claims=hardest.hard_claims,
        positions=first.positions,
        same_source=first.same_source,
        why=first.why,
    )

"""From assertions and relations to conflicts. Pure.

By value: one conflict for each subject and property in which claims collide. Declared: one for each
``contradicts`` or ``tension`` relation between claims that do not collide.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from claimtrack.engine.collisions import collide, collisions_between, count_colliders, group
from claimtrack.engine.positions import positions
from claimtrack.model import Assertion, Claim
from claimtrack.values.names import in_id

Weight = Literal["hard", "tension"]


@dataclass(frozen=True, slots=True)
class Position:
    """One of the rival answers: the value that its first assertion gives, and who holds it.

    ``value`` is None for a position of a declared conflict, which is a claim as a whole.
    """

    value: str | None
    negated: bool
    claims: tuple[str, ...]
    assertions: tuple[Assertion, ...] = ()


@dataclass(frozen=True, slots=True)
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
        return any(count_colliders([a for a in self._assertions() if a.claim not in beaten]))

    def _assertions(self) -> list[Assertion]:
        return [each for position in self.positions for each in position.assertions]


@dataclass(frozen=True, slots=True)
class Backing:
    """What decides the weight of a collision: is the claim firm, and which sources support it."""

    firm: bool
    sources: tuple[str, ...]


def find_conflicts(
    claims: Mapping[str, Claim],
    backing: Mapping[str, Backing],
    tension_only: frozenset[str] = frozenset(),
) -> list[Conflict]:
    """All conflicts among the claims in play, hard ones first, then by id.

    ``claims`` are those in play, in file order, with a backing each; ``tension_only`` are the ids
    of properties whose collisions are never hard by themselves.
    """
    links = _Links(claims)
    by_value = [
        conflict
        for members in group(a for claim in claims.values() for a in claim.asserts).values()
        if (conflict := _by_value(members, backing, links, tension_only)) is not None
    ]
    declared = _declared(claims, backing)
    return sorted([*by_value, *declared], key=lambda c: (c.severity != "hard", c.id))


# --------------------------------------------------------------------------------------- relations


class _Links:
    """The ``contradicts`` and ``tension`` relations between claims, seen from either end."""

    def __init__(self, claims: Mapping[str, Claim]) -> None:
        self.held: dict[str, list[tuple[str, str | None]]] = {}
        """What each claim is related to by its own relations, in their order, with the reasons."""
        self._linked: dict[str, dict[str, set[str]]] = {"contradicts": {}, "tension": {}}
        for claim in claims.values():
            for relation in claim.relations:
                for other in relation.claims if relation.type in self._linked else ():
                    self.held.setdefault(claim.id, []).append((other, relation.why))
                    ends = self._linked[relation.type]
                    ends.setdefault(claim.id, set()).add(other)
                    ends.setdefault(other, set()).add(claim.id)

    def contradicting(self, claim: str) -> set[str]:
        """Claims with a ``contradicts`` between them and this one."""
        return self._linked["contradicts"].get(claim, set())

    def pulling(self, claim: str) -> set[str]:
        """Claims with a ``tension``, and no ``contradicts``, between them and this one."""
        return self._linked["tension"].get(claim, set()) - self.contradicting(claim)


# ---------------------------------------------------------------------------------------- by value


def _by_value(
    members: Sequence[Assertion],
    backing: Mapping[str, Backing],
    links: _Links,
    tension_only: frozenset[str],
) -> Conflict | None:
    colliding = [
        member for member, count in zip(members, count_colliders(members), strict=True) if count
    ]
    if not colliding:
        return None
    subject, property_id = colliding[0].subject, colliding[0].property
    weighing = _Weighing(colliding, backing, links, soft=property_id in tension_only)
    hard = weighing.hard_claims()
    return Conflict(
        id=f"{in_id(subject)}.{property_id}",
        rule="value",
        severity="hard" if hard else "tension",
        claims=tuple(sorted(weighing.by_claim)),
        hard_claims=hard,
        positions=tuple(_position(each) for each in positions(colliding)),
        same_source=weighing.same_source(),
        subject=subject,
        property=property_id,
        why=weighing.why(),
    )


def _position(members: Sequence[Assertion]) -> Position:
    first = members[0]
    claims = tuple(dict.fromkeys(member.claim for member in members))
    return Position(first.text, first.negated, claims, tuple(members))


class _Weighing:
    """How much the collisions of one group weigh."""

    def __init__(
        self,
        colliding: Sequence[Assertion],
        backing: Mapping[str, Backing],
        links: _Links,
        *,
        soft: bool,
    ) -> None:
        self._colliding, self._backing, self._links, self._soft = colliding, backing, links, soft
        self.by_claim: dict[str, list[Assertion]] = {}
        for member in colliding:
            self.by_claim.setdefault(member.claim, []).append(member)

    def hard_claims(self) -> frozenset[str]:
        """The claims of hard pairs: both firm, or with a ``contradicts`` between them."""
        firm = self._firm_colliders()
        return frozenset(
            claim for claim in self.by_claim if firm.get(claim, 0) > 0 or self._contradicted(claim)
        )

    def _firm_colliders(self) -> dict[str, int]:
        """For each firm claim, how many firm assertions collide with it that no tension softens."""
        if self._soft:
            return {}
        among = [self._backing[member.claim].firm for member in self._colliding]
        found: dict[str, int] = {}
        counts = count_colliders(self._colliding, among)
        for member, count in zip(self._colliding, counts, strict=True):
            if self._backing[member.claim].firm:
                found[member.claim] = found.get(member.claim, 0) + count
        for claim in found:
            found[claim] -= sum(
                collisions_between(self.by_claim[claim], self.by_claim[other])
                for other in self._links.pulling(claim)
                if other in found
            )
        return found

    def _contradicted(self, claim: str) -> bool:
        return any(self._pair_collides(claim, other) for other in self._links.contradicting(claim))

    def _pair_collides(self, one: str, other: str) -> bool:
        return collisions_between(self.by_claim[one], self.by_claim.get(other, [])) > 0

    def same_source(self) -> bool:
        """Whether two claims that collide are supported from one and the same source."""
        by_source: dict[str, list[Assertion]] = {}
        for member in self._colliding:
            for source in self._backing[member.claim].sources:
                by_source.setdefault(source, []).append(member)
        return any(any(count_colliders(held)) for held in by_source.values())

    def why(self) -> str | None:
        """The reason of the first relation, in file order, between two claims that collide."""
        for claim in self.by_claim:
            for other, why in self._links.held.get(claim, ()):
                if other in self.by_claim and self._pair_collides(claim, other):
                    return why
        return None


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

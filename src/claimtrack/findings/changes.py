"""What differs between two states of a register in what decisions are made on. Pure.

A decision is made on a ground: claims as their fingerprints take them, and for a conflict its
positions and the definition of its property. ``line`` and ``note`` of an item are no part of it.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Generic, Literal, TypeVar

from claimtrack.fingerprint import Written, own_text
from claimtrack.frozen import frozen
from claimtrack.model import Assertion, Claim, Evidence, Register, RelationType

if TYPE_CHECKING:
    from claimtrack.findings.conflicts import Conflict
    from claimtrack.findings.findings import Findings

T = TypeVar("T")

AssertionKey = Literal["value", "negated", "during", "scope"]
EvidenceKey = Literal["source", "stance", "by", "via", "quote", "credibility"]


@frozen
class Change(Generic[T]):
    """One part then and now; None where it was not yet there, or is no longer."""

    before: T | None
    after: T | None


@frozen
class KeyChange:
    """One key of a property's definition then and now, as written; None where it was not."""

    key: str
    before: Written | None
    after: Written | None


@frozen
class ClaimChange:
    """A claim that reads otherwise than it did, was not yet there, or is no longer."""

    id: str
    before: Claim | None
    after: Claim | None
    asserts: tuple[Change[Assertion], ...] = ()
    evidence: tuple[Change[Evidence], ...] = ()
    reordered: bool = False
    """Whether nothing differs but the order of its assertions or items."""

    @property
    def statement(self) -> Change[str] | None:
        """Its statement then and now, if both are there and differ."""
        if self.before is None or self.after is None:
            return None
        if own_text(self.before.statement) == own_text(self.after.statement):
            return None
        return Change(self.before.statement, self.after.statement)


@frozen
class Tie:
    """One claim set against another by a relation that is written on it."""

    holder: str
    type: RelationType
    other: str


Grouping = tuple[tuple[str, ...], ...]
"""The claims of each position."""


@frozen
class GroundChange:
    """What differs in the ground of a decision: in a conflict, a claim's dispute or a claim."""

    then: Register
    now: Register
    joined: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    aside: frozenset[str] = frozenset()
    """Those that left as they went out of play, or joined as they came back."""
    claims: tuple[ClaimChange, ...] = ()
    """Those that differ, among all that stood in it then or stand in it now."""
    grouping: Change[Grouping] | None = None
    """The positions, if those that were there before and after are grouped or ordered otherwise."""
    definition: tuple[KeyChange, ...] = ()
    untied: tuple[Tie, ...] = ()
    """Of a declared conflict that is gone, the relations that no longer hold it together."""


# ------------------------------------------------------------------------------------ the grounds


def conflict_ground(conflict: str, findings: Findings) -> str | None:
    """The fingerprint of the conflict, if it is there."""
    found = _find(conflict, findings.conflicts)
    return None if found is None else findings.ground(found)


def conflict_change(conflict: str, then: Findings, now: Findings) -> GroundChange:
    """What differs in a conflict that stood then. If it is gone, ``left`` are those out of play."""
    before = _find(conflict, then.conflicts)
    after = _find(conflict, now.conflicts)
    held = before.claims if before else ()
    holding = after.claims if after else ()
    grouping = None if before is None or after is None else _grouping(before, after)
    of = next((c.property for c in (before, after) if c is not None), None)
    joined, left = _without(holding, held), _without(held, holding)
    if after is None:
        left = tuple(claim for claim in left if not _is_in_play(claim, now))
    return GroundChange(
        then.register,
        now.register,
        joined=joined,
        left=left,
        aside=then.out_of_play.intersection(joined) | now.out_of_play.intersection(left),
        claims=claim_changes([*held, *holding], then.register, now.register),
        grouping=grouping,
        definition=() if of is None else _definition(of, then.register, now.register),
        untied=_untied(before, then.register, now.register) if before and after is None else (),
    )


def _untied(conflict: Conflict, then: Register, now: Register) -> tuple[Tie, ...]:
    """The relations between its claims that are written no longer, where both are still there."""
    if conflict.rule != "declared":
        return ()
    written, left = (_ties(conflict.claims, register) for register in (then, now))
    return tuple(
        tie
        for tie in written
        if tie not in left and tie.holder in now.claims and tie.other in now.claims
    )


def _ties(claims: Sequence[str], register: Register) -> dict[Tie, None]:
    """In the order of their holders, each once."""
    members = frozenset(claims)
    holders = (register.claims[claim] for claim in claims if claim in register.claims)
    return {
        Tie(holder.id, relation.type, other): None
        for holder in holders
        for relation in holder.relations
        if relation.type in ("contradicts", "tension")
        for other in relation.claims
        if other in members
    }


def dispute_ground(claim: str, findings: Findings) -> str | None:
    """The fingerprint of the claim's dispute, if it is disputed."""
    support = findings.supports.get(claim)
    return findings.dispute_ground(claim) if support is not None and support.disputing else None


def dispute_change(claim: str, then: Findings, now: Findings) -> GroundChange:
    """What differs in the claim and all that are the same as it."""
    held, holding = then.supports[claim].claims, now.supports[claim].claims
    return GroundChange(
        then.register,
        now.register,
        joined=_without(holding, held),
        left=_without(held, holding),
        claims=claim_changes([*held, *holding], then.register, now.register),
    )


def verdict_ground(claim: str, findings: Findings) -> str | None:
    """The fingerprint of the claim, if it is there."""
    held = findings.register.claims.get(claim)
    return None if held is None else held.fingerprint


def verdict_change(claim: str, then: Findings, now: Findings) -> GroundChange:
    """What differs in one claim."""
    changed = claim_changes([claim], then.register, now.register)
    return GroundChange(then.register, now.register, claims=changed)


def _is_in_play(claim: str, findings: Findings) -> bool:
    return claim in findings.register.claims and claim not in findings.out_of_play


def _without(claims: Iterable[str], others: Iterable[str]) -> tuple[str, ...]:
    known = frozenset(others)
    return tuple(claim for claim in claims if claim not in known)


def _find(conflict: str, conflicts: Iterable[Conflict]) -> Conflict | None:
    return next((each for each in conflicts if each.id == conflict), None)


def _grouping(before: Conflict, after: Conflict) -> Change[Grouping] | None:
    common = set(before.claims).intersection(after.claims)
    then, now = (_among(each, common) for each in (before, after))
    return None if then == now else Change(then, now)


def _among(conflict: Conflict, claims: set[str]) -> Grouping:
    """The positions, with no more than these claims."""
    groups = (
        tuple(sorted(claims.intersection(position.claims))) for position in conflict.positions
    )
    return tuple(group for group in groups if group)


def _definition(key: str, then: Register, now: Register) -> tuple[KeyChange, ...]:
    before, after = (_written(key, register) for register in (then, now))
    return tuple(
        KeyChange(each, before.get(each), after.get(each))
        for each in dict.fromkeys([*before, *after])
        if before.get(each) != after.get(each)
    )


def _written(key: str, register: Register) -> Mapping[str, Written]:
    of = register.properties.get(key)
    written = of.written if of is not None else None
    return written if isinstance(written, Mapping) else {}


# ---------------------------------------------------------------------------------------- claims


def claim_changes(ids: Iterable[str], then: Register, now: Register) -> tuple[ClaimChange, ...]:
    """The claims of these whose fingerprints differ, each once."""
    pairs = ((each, then.claims.get(each), now.claims.get(each)) for each in dict.fromkeys(ids))
    return tuple(
        claim_change(each, before, after)
        for each, before, after in pairs
        if (before and before.fingerprint) != (after and after.fingerprint)
    )


def claim_change(claim: str, before: Claim | None, after: Claim | None) -> ClaimChange:
    """What differs in one claim, part by part; nothing further if it is new or gone."""
    if before is None or after is None:
        return ClaimChange(claim, before, after)
    asserts = _pair(before.asserts, after.asserts, _LIKE_ASSERTIONS)
    evidence = _pair(before.evidence, after.evidence, _LIKE_ITEMS)
    found = ClaimChange(
        claim,
        before,
        after,
        tuple(pair for pair in asserts if _differ(pair, assertion_parts)),
        tuple(pair for pair in evidence if _differ(pair, evidence_parts)),
    )
    if found.asserts or found.evidence or found.statement:
        return found
    reordered = [pair.after for pair in asserts] != list(after.asserts) or (
        [pair.after for pair in evidence] != list(after.evidence)
    )
    return ClaimChange(claim, before, after, reordered=reordered)


def assertion_parts(assertion: Assertion) -> dict[AssertionKey, object]:
    """What can change in an assertion of one subject and property, as fingerprints take it."""
    return {
        "value": assertion.entity or own_text(assertion.text),
        "negated": assertion.negated,
        "during": own_text(assertion.during_text or ""),
        "scope": tuple(sorted((own_text(k), own_text(v)) for k, v in assertion.scope_text)),
    }


def evidence_parts(evidence: Evidence) -> dict[EvidenceKey, object]:
    """What can change in an item of evidence, as fingerprints take it."""
    return {
        "source": evidence.source,
        "stance": evidence.stance,
        "by": evidence.by,
        "via": evidence.via,
        "quote": own_text(evidence.quote or ""),
        "credibility": evidence.credibility,
    }


Parts = Callable[[T], Mapping[AssertionKey, object] | Mapping[EvidenceKey, object]]


def _differ(pair: Change[T], parts: Parts[T]) -> bool:
    if pair.before is None or pair.after is None:
        return True
    return parts(pair.before) != parts(pair.after)


# ------------------------------------------------------------------------------------- what is what

Likeness = Callable[[T], Hashable | None]
"""What two parts have in common if one became the other; None where that tells nothing."""

_LIKE_ASSERTIONS: tuple[Likeness[Assertion], ...] = (
    lambda a: (a.subject, a.property, tuple(assertion_parts(a).values())),
    lambda a: (a.subject, a.property, assertion_parts(a)["value"]),
    lambda a: (a.subject, a.property),
)
_LIKE_ITEMS: tuple[Likeness[Evidence], ...] = (
    lambda e: tuple(evidence_parts(e).values()),
    lambda e: (e.source, e.by, e.quote),
    lambda e: (e.source, e.quote) if e.quote else None,
    lambda e: (e.source, e.by),
    lambda e: (e.source, e.stance),
)


def _pair(
    before: Sequence[T], after: Sequence[T], likenesses: Sequence[Likeness[T]]
) -> list[Change[T]]:
    """Each part with what became of it, by the closest likeness first; then what is new."""
    became: dict[int, int] = {}
    for likeness in likenesses:
        free: dict[Hashable, list[int]] = {}
        taken = set(became.values())
        for index in reversed(range(len(after))):
            if index not in taken and (key := likeness(after[index])) is not None:
                free.setdefault(key, []).append(index)
        for index, part in enumerate(before):
            if index not in became and free.get(key := likeness(part)):
                became[index] = free[key].pop()
    taken = set(became.values())
    return [
        *(Change(p, after[became[i]] if i in became else None) for i, p in enumerate(before)),
        *(Change(None, part) for index, part in enumerate(after) if index not in taken),
    ]

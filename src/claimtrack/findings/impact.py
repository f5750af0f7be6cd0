"""What would change if something fell: the findings with it and without it, compared. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal

from claimtrack.engine.counting import count_colliders
from claimtrack.findings.conflicts import Conflict, Position
from claimtrack.findings.falling import Fall, Thing, fall, without
from claimtrack.findings.findings import Findings, derive
from claimtrack.findings.flags import SUPPORT_WORDS, ContestWord, SupportWord
from claimtrack.findings.verdicts import valid_verdict
from claimtrack.findings.weighing import weigh_conflict
from claimtrack.frozen import frozen
from claimtrack.model import Claim, Rating, Relation, Review
from claimtrack.progress import Tell, quiet


@frozen
class SupportChange:
    """A claim whose support word falls."""

    claim: str
    before: SupportWord
    after: SupportWord


@frozen
class ContestChange:
    """A claim whose contest word changes."""

    claim: str
    before: ContestWord
    after: ContestWord


ConflictFate = Literal["closed", "opened", "softened", "hardened", "turned"]


@frozen
class ConflictChange:
    """What becomes of a conflict.

    Closed or opened: it is there only before or only after. Softened: hard before, a tension after;
    hardened the other way round. Turned: independent origins and their grades speak for another
    position, or for none, or for one where they spoke for none.
    """

    id: str
    change: ConflictFate
    before: Conflict | None
    after: Conflict | None
    favoured_before: Position | None = None
    favoured_after: Position | None = None


VerdictLoss = Literal["falls", "unsupported", "unopposed", "single-origin"]
VERDICT_LOSSES: tuple[VerdictLoss, ...] = ("falls", "unsupported", "unopposed", "single-origin")


@frozen
class VerdictChange:
    """A valid verdict that would rest on less.

    Confirmed: the claim falls because it depends on another (``falls``), has no firm support left
    (``unsupported``) or is no longer corroborated (``single-origin``). Refuted or misleading:
    nothing firm is left that collides with the claim or disputes it (``unopposed``).
    """

    claim: str
    rating: Rating
    change: VerdictLoss


@frozen
class Touched:
    """A claim or a source that stays, but is tied to what falls by a relation, written on either.

    ``holder`` has the relation written on it, and ``of`` is what it names. A claim that depends on
    one left without firm support is touched as well.
    """

    thing: Thing
    relation: Literal["derived_from", "supports", "refines", "states", "supersedes", "depends-on"]
    holder: str
    of: str


@frozen
class Impact:
    """All that would change if something fell, the worst of each kind first."""

    fall: Fall
    support: tuple[SupportChange, ...]
    contest: tuple[ContestChange, ...]
    conflicts: tuple[ConflictChange, ...]
    verdicts: tuple[VerdictChange, ...]
    reviews: tuple[Review, ...]
    """Those that are valid with it and have no effect without it."""
    touched: tuple[Touched, ...]

    @property
    def changes_nothing(self) -> bool:
        """Whether nothing changes but that the thing itself is gone."""
        changes = (self.support, self.contest, self.conflicts, self.verdicts, self.reviews)
        return not any(changes) and not self.touched and len(self.fall.claims) < 2


def find_impact(findings: Findings, thing: Thing, tell: Tell = quiet) -> Impact:
    """What would change if the thing fell."""
    return compare_findings(
        findings, derive(without(findings.register, thing), tell), fall(findings.register, thing)
    )


def compare_findings(before: Findings, after: Findings, fallen: Fall) -> Impact:
    """What differs between findings with a thing and without it."""
    comparison = _Comparison(before, after, fallen)
    return Impact(
        fall=fallen,
        support=tuple(comparison.support()),
        contest=tuple(comparison.contest()),
        conflicts=tuple(comparison.conflicts()),
        verdicts=tuple(comparison.verdicts()),
        reviews=tuple(comparison.reviews()),
        touched=tuple(comparison.touched()),
    )


class _Comparison:
    """Two findings side by side."""

    def __init__(self, before: Findings, after: Findings, fallen: Fall) -> None:
        self._before, self._after, self._fall = before, after, fallen
        self._staying = [claim for claim in before.register.claims if claim in after.supports]
        self._returned = before.out_of_play - after.out_of_play - set(fallen.claims)

    def support(self) -> list[SupportChange]:
        """Claims with less support: those left with least first, of them the best supported."""
        found = [
            SupportChange(claim, was, now)
            for claim in self._staying
            if (was := self._before.supports[claim].word)
            != (now := self._after.supports[claim].word)
        ]
        rank = SUPPORT_WORDS.index
        return sorted(found, key=lambda each: (-rank(each.after), rank(each.before)))

    def contest(self) -> Iterator[ContestChange]:
        """Claims with another contest word, in file order."""
        for claim in self._staying:
            was, now = self._before.standings[claim].contest, self._after.standings[claim].contest
            if was != now:
                yield ContestChange(claim, was, now)

    # ---------------------------------------------------------------------------------- conflicts

    def conflicts(self) -> Iterator[ConflictChange]:
        """What becomes of each conflict, hard ones first, then those that open."""
        counterparts = self._counterparts()
        for conflict in self._before.conflicts:
            other = counterparts.get(conflict.id)
            if other is None:
                yield ConflictChange(conflict.id, "closed", conflict, None)
            else:
                yield from self._changed(conflict, other)
        known = {other.id for other in counterparts.values()}
        for conflict in self._after.conflicts:
            if conflict.id not in known:
                yield ConflictChange(conflict.id, "opened", None, conflict)

    def _counterparts(self) -> dict[str, Conflict]:
        """For each conflict that stays the one that it becomes.

        A declared conflict takes its id from its claims, and has another without one of them, or
        with one that comes back into play.
        """
        after = {conflict.id: conflict for conflict in self._after.conflicts}
        before = {conflict.id for conflict in self._before.conflicts}
        renamed = {
            frozenset(conflict.claims) - self._returned: conflict
            for conflict in self._after.conflicts
            if conflict.rule == "declared" and conflict.id not in before
        }
        found = {}
        for conflict in self._before.conflicts:
            rest = frozenset(conflict.claims).difference(self._fall.claims)
            other = after.get(conflict.id)
            if other is None and conflict.rule == "declared":
                other = renamed.pop(rest, None)
            if other is not None:
                found[conflict.id] = other
        return found

    def _changed(self, conflict: Conflict, other: Conflict) -> Iterator[ConflictChange]:
        if conflict.severity != other.severity:
            change: ConflictFate = "softened" if conflict.severity == "hard" else "hardened"
            yield ConflictChange(conflict.id, change, conflict, other)
        if conflict.claims == other.claims and not any(map(self._is_thinner, conflict.claims)):
            return
        was, now = _favoured(conflict, self._before), _favoured(other, self._after)
        if not _same_side(was, now):
            yield ConflictChange(conflict.id, "turned", conflict, other, was, now)

    def _is_thinner(self, claim: str) -> bool:
        before, after = self._before.supports[claim], self._after.supports[claim]
        return len(before.standing) != len(after.standing)

    # ----------------------------------------------------------------------- verdicts and reviews

    def verdicts(self) -> list[VerdictChange]:
        """Valid verdicts that rest on less, those left with nothing first."""
        against = [
            claim
            for claim in self._staying
            if self._valid_rating(claim) in ("refuted", "misleading")
        ]
        freed = _opposed(against, self._before) - _opposed(against, self._after)
        found = [
            VerdictChange(claim, rating, change)
            for claim in self._before.register.claims
            if (rating := self._valid_rating(claim)) is not None
            and (change := self._loss(claim, rating, freed)) is not None
        ]
        return sorted(found, key=lambda each: VERDICT_LOSSES.index(each.change))

    def _valid_rating(self, claim: str) -> Rating | None:
        verdict = valid_verdict(self._before.register.claims[claim])
        return None if verdict is None else verdict.rating

    def _loss(self, claim: str, rating: Rating, freed: set[str]) -> VerdictLoss | None:
        if claim in freed:
            return "unopposed"
        if rating != "confirmed":
            return None
        was, now = self._before.supports[claim], self._after.supports.get(claim)
        if now is None:
            # What turns out false itself is no verdict that rests on something else.
            return None if self._fall.thing.id in was.claims else "falls"
        if was.firm and not now.firm:
            return "unsupported"
        return "single-origin" if (was.word, now.word) == _NO_LONGER_CORROBORATED else None

    def reviews(self) -> Iterator[Review]:
        """Reviews that have an effect before and none after, in file order."""
        lost = _valid_reviews(self._before) - _valid_reviews(self._after)
        return (review for review in self._before.register.reviews if review in lost)

    # ------------------------------------------------------------------------------------ touched

    def touched(self) -> Iterator[Touched]:
        """What stays and is tied to what falls: sources, then claims, in file order."""
        gone = set(self._fall.sources)
        for source in self._before.register.sources.values():
            for other in source.derived_from if source.id not in gone else ():
                if other in gone:
                    yield Touched(Thing("source", source.id), "derived_from", source.id, other)
        for claim in self._before.register.claims.values():
            for relation in claim.relations:
                for other in relation.claims:
                    yield from self._touched_by(claim, relation, other)

    def _touched_by(self, claim: Claim, relation: Relation, other: str) -> Iterator[Touched]:
        """What one relation tells of the claim that has it or of the one that it names."""
        holder_falls, other_falls = (each not in self._after.supports for each in (claim.id, other))
        match relation.type:
            case "supports" | "states" as type_ if holder_falls and not other_falls:
                yield Touched(Thing("claim", other), type_, claim.id, other)
            case "refines" | "states" as type_ if other_falls and not holder_falls:
                yield Touched(Thing("claim", claim.id), type_, claim.id, other)
            case "supersedes" if holder_falls and other in self._returned:
                yield Touched(Thing("claim", other), "supersedes", claim.id, other)
            case "depends-on" if not other_falls and self._is_bared(other):
                yield Touched(Thing("claim", claim.id), "depends-on", claim.id, other)

    def _is_bared(self, claim: str) -> bool:
        return self._before.supports[claim].is_firm and not self._after.supports[claim].is_firm


_NO_LONGER_CORROBORATED = ("corroborated", "single-origin")


def _valid_reviews(findings: Findings) -> set[Review]:
    """The reviews that have an effect."""
    counting = [*findings.reviews.of_conflicts.values(), *findings.reviews.of_disputes.values()]
    return {each.review for each in counting if not each.stale}


# -------------------------------------------------------------------------------------- positions


def _favoured(conflict: Conflict, findings: Findings) -> Position | None:
    """The position that independent origins and their grades speak for."""
    weighing = weigh_conflict(conflict, findings.supports, findings.register)
    return None if weighing.favours is None else conflict.positions[weighing.favours - 1]


def _same_side(one: Position | None, other: Position | None) -> bool:
    """Whether two positions, of the findings with and without something, are the same answer.

    Without some of its assertions a position may fall apart or join another; it is the same
    while they share an assertion (of a declared conflict: the claim).
    """
    if one is None or other is None:
        return one is other
    if one.assertions:
        return not set(one.assertions).isdisjoint(other.assertions)
    return one.claims == other.claims


def _opposed(claims: Iterable[str], findings: Findings) -> set[str]:
    """Those of the claims that something firm collides with, or that something disputes."""
    asked = set(claims)
    found = {claim for claim in asked if findings.supports[claim].disputing}
    conflicts = {
        conflict.id: conflict for claim in asked for conflict in findings.standings[claim].conflicts
    }
    for conflict in conflicts.values():
        found |= asked & _firmly_opposed(conflict, findings)
    return found


def _firmly_opposed(conflict: Conflict, findings: Findings) -> set[str]:
    """The claims of a conflict that a firm one collides with or contradicts there."""
    if conflict.rule == "declared":
        return _firmly_contradicted(conflict, findings)
    held = [each for position in conflict.positions for each in position.assertions]
    counts = count_colliders(held, [findings.supports[each.claim].is_firm for each in held])
    return {each.claim for each, count in zip(held, counts, strict=True) if count}


def _firmly_contradicted(conflict: Conflict, findings: Findings) -> set[str]:
    """Those of a declared conflict's claims that ``contradicts`` joins to a firm one.

    It sets its holder against each claim that it names, and not these against one another.
    """
    found: set[str] = set()
    members = frozenset(conflict.claims)
    for holder in conflict.claims:
        named = {
            other
            for relation in findings.register.claims[holder].relations
            if relation.type == "contradicts"
            for other in members.intersection(relation.claims)
        }
        if findings.supports[holder].is_firm:
            found |= named
        if any(findings.supports[other].is_firm for other in named):
            found.add(holder)
    return found

"""What differs in meaning between two states of a register: edits, and what follows. Pure.

Comments, the order of keys, spacing, notes and the lines of quotes are no part of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

from claimtrack.diagnostic import NOWHERE
from claimtrack.findings.changes import (
    Change,
    ClaimChange,
    KeyChange,
    claim_change,
    evidence_parts,
)
from claimtrack.findings.conflict_turns import ConflictTurn, conflict_turns
from claimtrack.findings.entry_changes import EntryChange, claim_keys, entry_changes, key_changes
from claimtrack.findings.findings import Findings
from claimtrack.findings.later_terms import LaterTerms
from claimtrack.findings.renamed_entries import find_renames, is_unknown
from claimtrack.findings.renames import Renames
from claimtrack.findings.review_changes import ReviewChanges, review_changes
from claimtrack.frozen import frozen, replace
from claimtrack.model import Claim, Evidence, Rating, Register, RelationType, Verdict


@frozen
class Link:
    """A relation of a claim to one other."""

    type: RelationType
    other: str
    why: str | None


@frozen
class ClaimEdit:
    """A claim that is there in both states and says something else, part by part.

    ``regraded`` are items of evidence in which nothing differs but their credibility; they are in
    ``evidence`` of no edit.
    """

    before: Claim
    after: Claim
    reading: ClaimChange
    """What differs in statement and assertions."""
    evidence: tuple[Change[Evidence], ...]
    regraded: tuple[Change[Evidence], ...]
    links: tuple[Change[Link], ...]
    keys: tuple[KeyChange, ...]

    @property
    def id(self) -> str:
        """What the claim is called now."""
        return self.after.id

    @property
    def is_reworded_only(self) -> bool:
        """Whether its fingerprint is another though every part says the same."""
        parts = (self.evidence, self.regraded, self.links, self.keys, self.reading.asserts)
        return not any(parts) and self.reading.statement is None


Direction = Literal["up", "down", "level"]


@frozen
class VerdictMove:
    """What became of the verdict on a claim: the last rating then and now, and what was added.

    Up is toward confirmed, down toward refuted and withdrawn; a claim without a verdict stands
    level with an unproven one. ``staled`` is whether the verdict that counts went stale, or came
    to hold again; renewed are verdicts that got the fingerprint of a claim that is another.
    """

    claim: str
    before: Verdict | None
    after: Verdict | None
    added: tuple[Verdict, ...]
    is_rewritten: bool
    """Whether verdicts were taken away or changed, which are only ever to be appended to."""
    staled: Literal["stale", "valid", "renewed"] | None = None

    @property
    def direction(self) -> Direction:
        """Whether the rating went up or down."""
        was, now = (_HEIGHTS[each.rating if each else None] for each in (self.before, self.after))
        return "up" if now > was else "down" if now < was else "level"


_HEIGHTS: dict[Rating | None, int] = {
    "confirmed": 2,
    "unproven": 1,
    None: 1,
    "misleading": 0,
    "refuted": -1,
    "withdrawn": -2,
}


@frozen
class StandingMove:
    """A claim whose contest word, support word or best grade is another than it was."""

    claim: str
    contest: Change[str] | None
    support: Change[str] | None
    grade: Change[str] | None
    is_edited: bool
    """Whether the claim was edited itself: if not, it moved as a consequence of other edits."""


@frozen
class Differences:
    """All that differs in meaning between two states, each kind in file order."""

    before: Findings
    after: Findings
    earlier: Register
    """What the state before holds, in the ids that the state after has."""
    conflicts: tuple[ConflictTurn, ...]
    added: tuple[Claim, ...]
    gone: tuple[Claim, ...]
    renames: Renames
    edits: tuple[ClaimEdit, ...]
    verdicts: tuple[VerdictMove, ...]
    reviews: ReviewChanges
    entries: tuple[EntryChange, ...]
    title: Change[str] | None
    moves: tuple[StandingMove, ...]
    unreadable: tuple[str, ...]
    """Claims that are left out now because of an error, and were not."""
    mended: tuple[str, ...]
    """Claims that were left out because of an error, and are no longer."""

    @property
    def is_none(self) -> bool:
        """Whether nothing differs."""
        claims = (self.added, self.gone, self.edits, self.unreadable, self.mended)
        decisions = (self.verdicts, not self.reviews.is_none, not self.renames.is_none)
        others = (self.conflicts, self.entries, self.moves, self.title)
        return not any((*claims, *decisions, *others))


def find_differences(before: Findings, after: Findings) -> Differences:
    """Compare two states of a register. Costs no more than the states are large."""
    then, now = before.register, after.register
    renames = find_renames(then, now)
    called = set(renames.claims.values())
    terms = LaterTerms(then, renames, now)
    earlier = terms.register()
    pairs = [
        _Pair(claim.id, seen, now.claims[seen.id])
        for claim, seen in zip(then.claims.values(), earlier.claims.values(), strict=True)
        if seen.id in now.claims
    ]
    edits = tuple(edit for each in pairs if (edit := claim_edit(each.before, each.after)))
    verdicts = tuple(_verdict_moves(pairs, now.claims.values(), then.claims_left_out))
    edited = {edit.id for edit in edits} | {
        move.claim for move in verdicts if move.added or move.is_rewritten
    }
    return Differences(
        before=before,
        after=after,
        earlier=earlier,
        conflicts=conflict_turns(before, after, renames),
        added=tuple(
            c for c in now.claims.values() if is_unknown(c.id, then) and c.id not in called
        ),
        gone=tuple(
            c for c in then.claims.values() if is_unknown(c.id, now) and c.id not in renames.claims
        ),
        renames=renames,
        edits=edits,
        verdicts=verdicts,
        reviews=review_changes(before, after, terms),
        entries=entry_changes(earlier, now, renames),
        title=None if then.title == now.title else Change(then.title, now.title),
        moves=tuple(_standing_moves(pairs, before, after, edited)),
        unreadable=tuple(sorted(now.claims_left_out - then.claims_left_out)),
        mended=tuple(sorted(then.claims_left_out - now.claims_left_out)),
    )


@frozen
class _Pair:
    """A claim that is there in both states, as it was in the ids of the later one, and as it is."""

    was: str
    """What it was called."""
    before: Claim
    after: Claim


# ----------------------------------------------------------------------------------------- claims


def claim_edit(before: Claim, after: Claim) -> ClaimEdit | None:
    """What an edit of a claim changed, or None if it says the same in all that is compared."""
    links = _link_changes(before, after)
    keys = key_changes(claim_keys(before), claim_keys(after))
    is_same = before.fingerprint == after.fingerprint
    if is_same and not links and not keys:
        return None
    reading = ClaimChange(after.id, before, after)
    if not is_same:
        reading = claim_change(after.id, before, after)
    regraded = tuple(pair for pair in reading.evidence if _is_regraded(pair))
    evidence = tuple(pair for pair in reading.evidence if not _is_regraded(pair))
    return ClaimEdit(before, after, reading, evidence, regraded, links, keys)


def _is_regraded(pair: Change[Evidence]) -> bool:
    if pair.before is None or pair.after is None:
        return False
    was, now = evidence_parts(pair.before), evidence_parts(pair.after)
    return {key for key in was if was[key] != now[key]} == {"credibility"}


def _link_changes(before: Claim, after: Claim) -> tuple[Change[Link], ...]:
    """Relations that went, changed their reason or came."""
    was, now = _links(before), _links(after)
    return tuple(
        Change(was.get(key), now.get(key))
        for key in dict.fromkeys([*was, *now])
        if was.get(key) != now.get(key)
    )


def _links(claim: Claim) -> dict[tuple[RelationType, str], Link]:
    return {
        (relation.type, name): Link(relation.type, name, relation.why)
        for relation in claim.relations
        for name in relation.claims
    }


# --------------------------------------------------------------------------------------- verdicts


def _verdict_moves(
    pairs: Iterable[_Pair],
    claims: Iterable[Claim],
    left_out: frozenset[str],
) -> Iterator[VerdictMove]:
    """Of the claims that are there now, in file order; new ones have had none before."""
    earlier = {each.after.id: each.before for each in pairs}
    for claim in claims:
        before = earlier.get(claim.id)
        if before is not None or claim.id not in left_out:
            move = verdict_move(before, claim)
            if move is not None:
                yield move


def verdict_move(before: Claim | None, after: Claim) -> VerdictMove | None:
    """What became of a claim's verdicts, or None if they are and count as they did."""
    was = [replace(each, place=NOWHERE) for each in (before.verdicts if before else ())]
    now = [replace(each, place=NOWHERE) for each in after.verdicts]
    is_renewed = before is not None and _is_renewed(was, before, now, after)
    is_rewritten = now[: len(was)] != was and not is_renewed
    added = tuple(each for each in now if each not in was) if is_rewritten else now[len(was) :]
    staled: Literal["stale", "valid", "renewed"] | None = None
    if is_renewed and not added:
        staled = "renewed"
    elif before is not None and was and was == now:
        was_stale = was[-1].is_stale(before.fingerprint)
        is_stale = now[-1].is_stale(after.fingerprint)
        if was_stale != is_stale:
            staled = "stale" if is_stale else "valid"
    if not (added or is_rewritten or staled):
        return None
    last_was, last_now = (held[-1] if held else None for held in (was, now))
    return VerdictMove(after.id, last_was, last_now, tuple(added), is_rewritten, staled)


def _is_renewed(
    was: Sequence[Verdict], before: Claim, now: Sequence[Verdict], after: Claim
) -> bool:
    """Whether nothing differs but fingerprints that were the claim's then, and are it now."""
    pairs = [pair for pair in zip(was, now, strict=False) if pair[0] != pair[1]]
    return (
        len(was) <= len(now)
        and bool(pairs)
        and all(
            replace(one, fingerprint=other.fingerprint) == other
            and (one.fingerprint, other.fingerprint) == (before.fingerprint, after.fingerprint)
            for one, other in pairs
        )
    )


# ------------------------------------------------------------------------------------ consequences


def _standing_moves(
    pairs: Iterable[_Pair],
    before: Findings,
    after: Findings,
    edited: set[str],
) -> Iterator[StandingMove]:
    for each in pairs:
        key = each.after.id
        was, now = before.supports[each.was], after.supports[key]
        contests = before.standings[each.was].contest, after.standings[key].contest
        move = StandingMove(
            key,
            _moved(*contests),
            _moved(was.word, now.word),
            _moved(was.grade, now.grade),
            key in edited,
        )
        if move.contest or move.support or move.grade:
            yield move


def _moved(before: str | None, after: str | None) -> Change[str] | None:
    return None if before == after else Change(before, after)

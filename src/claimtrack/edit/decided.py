"""Keeping decisions valid where the ground that they were made on changes in its ids alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from claimtrack.edit.draft import Draft, EntryKey
from claimtrack.edit.manuscript import Manuscript
from claimtrack.edit.proposal import propose
from claimtrack.edit.references import scalars
from claimtrack.engine.counting import count_colliders
from claimtrack.findings.conflicts import Conflict
from claimtrack.findings.findings import Findings
from claimtrack.frozen import frozen
from claimtrack.reading.nodes import Scalar


@frozen
class _Decided:
    """A fingerprint that is valid, where it stands in a verdict or a review."""

    holder: EntryKey
    scalar: Scalar


def renew(manuscript: Manuscript, renamed: Mapping[str, str]) -> int:
    """Give valid verdicts and reviews the fingerprint that their ground has after a change.

    Fingerprints are made of ids too. What was stale stays so, and a review becomes so if claims
    collide otherwise in its conflict afterwards. ``renamed`` are claims' new ids by their old ones.
    Gives how many were renewed. Verdicts come first: one that withdraws a claim decides on which
    conflicts there are to review. Raises MoreErrors, WouldBeLeftOut, ChangesMore, LaidOutOtherwise.
    """
    before = manuscript.draft
    verdicts, reviews = list(_verdicts(before)), list(_reviews(before))
    if not verdicts and not reviews:
        return 0
    after = propose(before, manuscript.change()).after
    count = _respell(manuscript, _fresh_verdicts(verdicts, after, renamed))
    if count and reviews:
        after = propose(before, manuscript.change()).after
    return count + _respell(manuscript, _fresh_reviews(reviews, before, after, renamed))


def told_renewed(count: int) -> tuple[str, ...]:
    """How many decisions were renewed, in words, if any."""
    if not count:
        return ()
    if count == 1:
        return ("a decision that was valid stays so: its fingerprint is renewed",)
    return (f"{count} decisions that were valid stay so: their fingerprints are renewed",)


def _respell(manuscript: Manuscript, found: Iterable[tuple[_Decided, str]]) -> int:
    renewed = [(each, fresh) for each, fresh in found if each.scalar.text != fresh]
    for each, fresh in renewed:
        manuscript.respell(each.holder, each.scalar, fresh)
    return len(renewed)


def _verdicts(before: Draft) -> Iterator[_Decided]:
    for claim in before.register.claims.values():
        if claim.verdicts:
            node = before.entries.claims[claim.id].node
            for scalar in scalars(node, ("verdicts", "fingerprint")):
                if scalar.text == claim.fingerprint:
                    yield _Decided(EntryKey("claims", claim.id), scalar)


def _fresh_verdicts(
    verdicts: Iterable[_Decided], after: Draft, renamed: Mapping[str, str]
) -> Iterator[tuple[_Decided, str]]:
    for each in verdicts:
        claim = each.holder.id
        later = after.register.claims.get(renamed.get(claim, claim))
        if later is not None:
            yield each, later.fingerprint


def _reviews(before: Draft) -> Iterator[_Decided]:
    grounds = _Grounds(before)
    for number, entry in enumerate(before.entries.reviews):
        ground = grounds.of(number)
        for scalar in scalars(entry.node, ("fingerprint",)):
            if ground is not None and scalar.text == ground.fingerprint:
                yield _Decided(EntryKey("reviews", str(number)), scalar)


def _fresh_reviews(
    reviews: Iterable[_Decided], before: Draft, after: Draft, renamed: Mapping[str, str]
) -> Iterator[tuple[_Decided, str]]:
    earlier, later = _Grounds(before), _Grounds(after)
    for each in reviews:
        old, new = (grounds.of(int(each.holder.id)) for grounds in (earlier, later))
        if old and new and _collisions(old, renamed) == _collisions(new, {}):
            yield each, new.fingerprint


@frozen
class _Ground:
    """What a review is made on: its fingerprint, and the conflict if it is of one."""

    fingerprint: str
    conflict: Conflict | None = None


class _Grounds:
    """The grounds of a draft's reviews, made when they are asked for."""

    def __init__(self, draft: Draft) -> None:
        self._reviews = draft.entries.reviews
        self._findings: Findings = draft.findings
        self._conflicts = {conflict.id: conflict for conflict in draft.findings.conflicts}

    def of(self, review: int) -> _Ground | None:
        """The ground of a review, by its number; None if there is no such conflict or dispute."""
        node = self._reviews[review].node
        for of in scalars(node, ("conflict",)):
            found = self._conflicts.get(of.text)
            return None if found is None else _Ground(self._findings.ground(found), found)
        for of in scalars(node, ("dispute",)):
            support = self._findings.supports.get(of.text)
            is_one = support is not None and bool(support.disputing)
            return _Ground(self._findings.dispute_ground(of.text)) if is_one else None
        return None


def _collisions(ground: _Ground, renamed: Mapping[str, str]) -> Sequence[tuple[str, int]]:
    """The claims of a conflict, each with how many assertions one of its own collides with."""
    of = ground.conflict
    if of is None:
        return ()
    if of.rule == "declared":
        return sorted((renamed.get(claim, claim), 1) for claim in of.claims)
    held = [each for position in of.positions for each in position.assertions]
    counts = zip(held, count_colliders(held), strict=True)
    return sorted((renamed.get(each.claim, each.claim), count) for each, count in counts)

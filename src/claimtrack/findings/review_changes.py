"""What became of reviews between two states of a register. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from claimtrack.diagnostic import NOWHERE
from claimtrack.findings.changes import dispute_ground
from claimtrack.findings.findings import Findings
from claimtrack.findings.later_terms import LaterTerms
from claimtrack.frozen import frozen, replace
from claimtrack.model import Review


@frozen
class ReviewChanges:
    """Reviews that came and went, each in file order.

    Renewed are those that were valid, and got the fingerprint of a ground that is another. One that
    was valid on a ground in which something is called otherwise is the same, whatever fingerprint
    it has: a renaming renews it. Idle are those without effect now, since an error leaves out a
    claim that they name; mended are those that were so.
    """

    added: tuple[Review, ...]
    gone: tuple[Review, ...]
    renewed: tuple[Review, ...]
    idle: tuple[Review, ...] = ()
    mended: tuple[Review, ...] = ()

    @property
    def is_none(self) -> bool:
        """Whether the reviews are as they were."""
        return not (self.added or self.gone or self.renewed or self.idle or self.mended)


def review_changes(before: Findings, after: Findings, terms: LaterTerms) -> ReviewChanges:
    """Compare the reviews of two states; ``terms`` says those of the first in the second's ids."""
    then = [_Told(review, _unplaced(terms.review(review))) for review in before.register.reviews]
    now = [_Told(review, _unplaced(review)) for review in after.register.reviews]
    idle_then = [_unplaced(terms.review(review)) for review in before.register.idle_reviews]
    idle_now = [_unplaced(review) for review in after.register.idle_reviews]
    lost, found = _beyond(then, _said(now)), _beyond(now, _said(then))
    gone, added = _beyond(lost, idle_now), _beyond(found, idle_then)
    changes = _carried_over(gone, _Grounds(before), added, _Grounds(after), terms)
    return replace(
        changes,
        idle=_said(_beyond(lost, _said(gone))),
        mended=_said(_beyond(found, _said(added))),
    )


@frozen
class _Told:
    """A review as it is written, and what it says, in the ids of the later state."""

    written: Review
    said: Review

    @property
    def but_its_ground(self) -> Review:
        """What it says, whatever it was decided on."""
        return replace(self.said, fingerprint=None)


def _unplaced(review: Review) -> Review:
    return replace(review, place=NOWHERE)


def _said(reviews: Iterable[_Told]) -> tuple[Review, ...]:
    return tuple(each.said for each in reviews)


def _beyond(reviews: Iterable[_Told], others: Iterable[Review]) -> list[_Told]:
    """The reviews that the others do not hold, or not so often."""
    left = Counter(others)
    found = []
    for each in reviews:
        if left[each.said]:
            left[each.said] -= 1
        else:
            found.append(each)
    return found


def _carried_over(
    gone: Sequence[_Told],
    then: _Grounds,
    added: Iterable[_Told],
    now: _Grounds,
    terms: LaterTerms,
) -> ReviewChanges:
    """Those that differ in more than their fingerprint, and those that were renewed."""
    came, renewed = [], []
    carried = set()
    valid: dict[Review, list[int]] = {}
    for number, each in reversed(list(enumerate(gone))):
        if then.holds(each.written):
            valid.setdefault(each.but_its_ground, []).append(number)
    for each in added:
        same = valid.get(each.but_its_ground)
        is_renamed = bool(same and then.is_renamed(gone[same[-1]].written, terms))
        if not same or not (is_renamed or now.holds(each.written)):
            came.append(each)
            continue
        carried.add(same.pop())
        if not is_renamed:
            renewed.append(each)
    left = (each for number, each in enumerate(gone) if number not in carried)
    return ReviewChanges(_said(came), _said(left), _said(renewed))


class _Grounds:
    """What the reviews of one state decide on."""

    def __init__(self, findings: Findings) -> None:
        self._findings = findings
        self._conflicts = {conflict.id: conflict for conflict in findings.conflicts}

    def holds(self, review: Review) -> bool:
        """Whether the fingerprint of a review is that of its ground."""
        return review.fingerprint is not None and review.fingerprint == self._ground(review)

    def _ground(self, review: Review) -> str | None:
        if review.dispute is not None:
            return dispute_ground(review.dispute, self._findings)
        conflict = self._conflicts.get(review.conflict or "")
        return None if conflict is None else self._findings.ground(conflict)

    def is_renamed(self, review: Review, terms: LaterTerms) -> bool:
        """Whether anything in the ground of a valid review is called otherwise later."""
        if review.dispute is not None:
            named = self._findings.supports[review.dispute].claims
        else:
            named = self._conflicts[review.conflict or ""].claims
        claims = (self._findings.register.claims[claim] for claim in named)
        return any(terms.claim(claim) is not claim for claim in claims)

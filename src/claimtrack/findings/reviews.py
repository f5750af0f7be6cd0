"""Which of a person's decisions still stand on the ground they were made on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from claimtrack.diagnostic import Diagnostic, did_you_mean
from claimtrack.findings.conflicts import Conflict
from claimtrack.findings.support import Support
from claimtrack.fingerprint import Written, fingerprint
from claimtrack.frozen import frozen
from claimtrack.model import Claim, Property, Review


@frozen
class Reviewed:
    """The review that counts for a conflict or a dispute, and whether its ground has moved."""

    review: Review
    stale: bool


@frozen
class Reviews:
    """The reviews that count, by conflict id and by claim id, and what is wrong with others."""

    of_conflicts: Mapping[str, Reviewed]
    of_disputes: Mapping[str, Reviewed]
    diagnostics: tuple[Diagnostic, ...]

    def state(self, conflict: Conflict) -> str:
        """``open``, ``reviewed`` or ``stale``."""
        held = self.of_conflicts.get(conflict.id)
        if held is None:
            return "open"
        if held.stale:
            return "stale"
        return "open" if held.review.decision == "unresolved" else "reviewed"

    def is_settled(self, conflict: Conflict) -> bool:
        """Whether a valid review settles the conflict."""
        return self.state(conflict) == "reviewed"

    def holds_together(self, conflict: str) -> bool:
        """Whether a valid review says that the claims of a conflict are compatible."""
        held = self.of_conflicts.get(conflict)
        return held is not None and not held.stale and held.review.decision == "compatible"

    def winner(self, conflict: Conflict) -> str | None:
        """The claim that a valid review says prevails in the conflict."""
        held = self.of_conflicts.get(conflict.id)
        return None if held is None or held.stale else held.review.prevailing

    def decision(self, claim: str) -> str | None:
        """What a valid review decided on a claim's dispute."""
        held = self.of_disputes.get(claim)
        return None if held is None or held.stale else held.review.decision


def claims_written(ids: Iterable[str], claims: Mapping[str, Claim]) -> list[Written]:
    """Claims as reviews take them: ids with fingerprints, by id."""
    return [[claim, claims[claim].fingerprint] for claim in sorted(ids)]


def conflict_fingerprint(
    conflict: Conflict, claims: Mapping[str, Claim], properties: Mapping[str, Property]
) -> str:
    """What a review of this conflict is a review of."""
    of = properties[conflict.property].written if conflict.property else None
    return fingerprint(
        {
            "claims": claims_written(conflict.claims, claims),
            "positions": [sorted(position.claims) for position in conflict.positions],
            "property": of,
        }
    )


def dispute_fingerprint(support: Support, claims: Mapping[str, Claim]) -> str:
    """What a review of a dispute is a review of: the claim and all that are the same as it."""
    return fingerprint({"claims": claims_written(support.claims, claims)})


def weigh_reviews(
    reviews: Sequence[Review],
    conflicts: Mapping[str, Conflict],
    grounds: Mapping[str, str],
    disputes: Mapping[str, str],
) -> Reviews:
    """The last sound review of each conflict and dispute.

    ``grounds`` are the fingerprints of conflicts by id, ``disputes`` those of claims' disputes:
    a review of what is in neither is stale.
    """
    of_conflicts: dict[str, Reviewed] = {}
    of_disputes: dict[str, Reviewed] = {}
    diagnostics = []
    for review in reviews:
        if review.dispute is not None:
            ground = disputes.get(review.dispute)
            stale = ground is None or review.fingerprint != ground
            of_disputes[review.dispute] = Reviewed(review, stale)
            continue
        key = review.conflict or ""
        stale = key not in grounds or review.fingerprint != grounds[key]
        wrong = None if stale else _cannot_prevail(review, conflicts[key])
        if wrong:
            diagnostics.append(Diagnostic("CT502", wrong, review.place, review.claim))
        else:
            of_conflicts[key] = Reviewed(review, stale)
    counting = [*of_conflicts.values(), *of_disputes.values()]
    diagnostics += [_stale(held.review, conflicts, disputes) for held in counting if held.stale]
    return Reviews(of_conflicts, of_disputes, tuple(diagnostics))


def _cannot_prevail(review: Review, conflict: Conflict) -> str | None:
    winner = review.prevailing
    if winner is None:
        return None
    if winner not in conflict.claims:
        return (
            f"'{winner}' does not stand in {conflict.id}; name one of {', '.join(conflict.claims)}"
        )
    if conflict.leaves_standing(winner):
        return (
            f"'{winner}' cannot settle {conflict.id}: others would still collide without those "
            "that collide with it; decide 'unresolved', or name a claim that collides with them"
        )
    return None


def _stale(
    review: Review, conflicts: Mapping[str, Conflict], disputes: Mapping[str, str]
) -> Diagnostic:
    known: Mapping[str, object] = disputes if review.conflict is None else conflicts
    if review.about not in known:
        return of_nothing(review, known)
    if review.fingerprint is None:
        reason = "it has no fingerprint of what it decided on"
    elif review.conflict is None:
        reason = "the claim or its evidence has changed since"
    elif conflicts[review.about].rule == "declared":
        reason = "its claims have changed since"
    else:
        reason = "its claims, positions or property have changed since"
    return _without_effect(review, reason)


def of_nothing(review: Review, known: Iterable[str]) -> Diagnostic:
    """CT702 for a review of what is not there; ``known`` are the conflicts or disputes that are."""
    what_of = "dispute" if review.conflict is None else "conflict"
    hint = did_you_mean(review.about, known)
    return _without_effect(review, f"there is no such {what_of} (any more){hint}")


def _without_effect(review: Review, reason: str) -> Diagnostic:
    message = (
        f"the review of '{review.about}' has no effect: {reason}; look at it again, then renew it"
    )
    return Diagnostic("CT702", message, review.place, review.claim or review.dispute)

"""How each claim stands: its contest word, all its flags, and the reasons for them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from claimtrack.findings.flags import CONTEST_WORDS, ContestWord
from claimtrack.frozen import frozen

if TYPE_CHECKING:
    from claimtrack.findings.conflicts import Conflict
    from claimtrack.findings.reviews import Reviews
    from claimtrack.findings.support import Support
    from claimtrack.model import Claim


@frozen
class Standing:
    """The contest words that apply to a claim, the first of which is shown, and its conflicts."""

    contests: tuple[ContestWord, ...]
    conflicts: tuple[Conflict, ...]

    @property
    def contest(self) -> ContestWord:
        """The first contest word that applies."""
        return self.contests[0]


def stand(
    claims: Mapping[str, Claim],
    supports: Mapping[str, Support],
    conflicts: Sequence[Conflict],
    reviews: Reviews,
) -> dict[str, Standing]:
    """The standing of every claim, those out of play included."""
    involved: dict[str, list[Conflict]] = {claim: [] for claim in claims}
    for conflict in conflicts:
        for claim in conflict.claims:
            involved[claim].append(conflict)
    beaten = frozenset(
        loser
        for conflict in conflicts
        if (winner := reviews.winner(conflict)) is not None
        for loser in conflict.rivals(winner)
    )
    return {
        claim: Standing(_contests(claim, held, supports[claim], reviews, beaten), tuple(held))
        for claim, held in involved.items()
    }


def _contests(
    claim: str,
    conflicts: Sequence[Conflict],
    support: Support,
    reviews: Reviews,
    beaten: frozenset[str],
) -> tuple[ContestWord, ...]:
    unsettled = [each for each in conflicts if not reviews.is_settled(each)]
    applies = {
        "overruled": reviews.decision(claim) == "upheld" or claim in beaten,
        "conflicting": any(claim in each.hard_claims for each in unsettled),
        "disputed": bool(support.disputing) and reviews.decision(claim) != "dismissed",
        "tension": any(claim not in each.hard_claims for each in unsettled),
    }
    words = tuple(word for word in CONTEST_WORDS if applies.get(word))
    return words or ("uncontested",)


def out_of_play(claims: Mapping[str, Claim], withdrawn: frozenset[str]) -> frozenset[str]:
    """Claims that take part in no conflict: withdrawn, or superseded by one that is not."""
    superseded = {
        other
        for claim in claims.values()
        if claim.id not in withdrawn
        for relation in claim.relations
        if relation.type == "supersedes"
        for other in relation.claims
    }
    return withdrawn | superseded

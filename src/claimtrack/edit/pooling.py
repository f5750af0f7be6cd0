"""The evidence of two claims that become one: what the first lacks, and what is taken back then."""

from __future__ import annotations

from collections.abc import Sequence

from claimtrack.edit.meaning import Meaning
from claimtrack.findings.support import taken_back
from claimtrack.model import Claim, Evidence, Stance

_Voice = tuple[str, str | None]
"""A source and who speaks in it: a retraction takes back what has both."""


def lacking(
    held: Claim, held_means: Sequence[Meaning], given: Claim, given_means: Sequence[Meaning]
) -> list[int]:
    """Which items of evidence the second claim has and the first has not, by their numbers.

    An item that the first one has is none that it lacks, unless it is taken back there and counts
    in the second, or would be taken back by a retraction that the second brings.
    """
    taken, taken_there = taken_back(held.evidence), taken_back(given.evidence)
    added: set[_Voice] = set()
    retracted: set[_Voice] = set()
    found = []
    for number, item in enumerate(given.evidence):
        alike = [at for at, means in enumerate(held_means) if means == given_means[number]]
        voice = (item.source, item.by)
        if item.stance is Stance.RETRACTS:
            is_held = bool(alike) and voice not in added
        elif number in taken_there:
            is_held = bool(alike)
        else:
            is_held = voice not in retracted and any(at not in taken for at in alike)
        if not is_held:
            found.append(number)
            added.add(voice)
            if item.stance is Stance.RETRACTS:
                retracted.add(voice)
    return found


def retractions(held: Claim, given: Claim, new: Sequence[int]) -> list[str]:
    """What is taken back in the first claim once it has the new items, in words.

    Of each source and speaker that both claims have and one of them retracts.
    """
    both = [*held.evidence, *(given.evidence[number] for number in new)]
    taken = taken_back(both)
    told = []
    for voice in _voices(held.evidence):
        where = [each.id for each in (held, given) if _retracts(each, voice)]
        if voice in _voices(given.evidence) and where:
            own = [at for at, each in enumerate(both) if _is_said_by(each, voice)]
            source, by = voice
            who = source if by is None else f"{by} in {source}"
            told.append(
                f"{' and '.join(where)} {'hold' if len(where) > 1 else 'holds'} a retraction by "
                f"{who}; in {held.id}, {len(taken.intersection(own))} of {len(own)} items by {who} "
                "are taken back now"
            )
    return told


def _voices(evidence: Sequence[Evidence]) -> dict[_Voice, None]:
    return dict.fromkeys((each.source, each.by) for each in evidence)


def _retracts(claim: Claim, voice: _Voice) -> bool:
    return any(
        each.stance is Stance.RETRACTS and (each.source, each.by) == voice
        for each in claim.evidence
    )


def _is_said_by(item: Evidence, voice: _Voice) -> bool:
    return item.stance is not Stance.RETRACTS and (item.source, item.by) == voice

"""In what order the things of two changed sides stand in what is made of them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from claimtrack.edit.merging.matching import Matching

_START = -1


def ordered(
    found: Matching, kept: Collection[int], day: Callable[[int], str | None] | None
) -> list[int]:
    """The numbers that are kept, in our order, or in theirs where only they moved anything.

    What one side alone has goes behind what it follows there; of what both have in one place ours
    comes first or, where ``day`` tells days, the earlier.
    """
    ours = [number for number in found.ours if number in kept]
    theirs = [number for number in found.theirs if number in kept]
    common = set(ours) & set(theirs)
    mine, other = _behind(ours, common), _behind(theirs, common)
    result = []
    for number in [_START, *_skeleton(found.base, ours, theirs, common)]:
        if number != _START:
            result.append(number)
        result += _joined(mine.get(number, []), other.get(number, []), day)
    return result


def _skeleton(
    base: Sequence[int], ours: Sequence[int], theirs: Sequence[int], common: set[int]
) -> list[int]:
    """What both sides have, in the order of the side that moved something."""
    before = [number for number in base if number in common]
    known = set(before)
    has_stayed = [number for number in ours if number in known] == before
    chosen = theirs if has_stayed else ours
    if [number for number in theirs if number in known] == before:
        chosen = ours
    return [number for number in chosen if number in common]


def _behind(side: Sequence[int], common: set[int]) -> dict[int, list[int]]:
    """What one side alone has, by what it follows there."""
    runs: dict[int, list[int]] = {}
    last = _START
    for number in side:
        if number in common:
            last = number
        else:
            runs.setdefault(last, []).append(number)
    return runs


def _joined(
    ours: Sequence[int], theirs: Sequence[int], day: Callable[[int], str | None] | None
) -> list[int]:
    if day is None:
        return [*ours, *theirs]
    result: list[int] = []
    at = 0
    for number in theirs:
        while at < len(ours) and not _is_later(day(ours[at]), day(number)):
            result.append(ours[at])
            at += 1
        result.append(number)
    return [*result, *ours[at:]]


def _is_later(one: str | None, other: str | None) -> bool:
    return one is not None and other is not None and one > other

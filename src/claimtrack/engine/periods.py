"""The least of many values at a common time: of those under way on a day, or starting in a span.

Two periods share a day where one is under way as the other starts, or starts within it, so that
only the days on which some of them start ever count.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate, chain

from claimtrack.values.interval import End


def covering_least(
    days: Sequence[End], starts: Sequence[End], ends: Sequence[End], values: Sequence[End]
) -> list[End]:
    """For each of the days, rising, the least value of those whose period holds it, or infinity.

    Values are laid down from the least up, each on the days from its start to its end that are
    still free, so that every day is filled once, and it often takes few.
    """
    least: list[End] = [math.inf] * len(days)
    free = list(range(len(days) + 1))
    """For each day the next one at or after it that may be free; the last stands for none."""
    left = len(days)
    for index in _rising(values):
        day, end = _next_free(free, bisect_left(days, starts[index])), ends[index]
        while day < len(days) and days[day] <= end:
            least[day] = values[index]
            free[day] = day + 1
            left -= 1
            day = _next_free(free, day + 1)
        if not left:
            break
    return least


def _next_free(free: list[int], day: int) -> int:
    while free[day] != day:
        free[day] = free[free[day]]
        day = free[day]
    return day


_MANY = 2048


def _rising(values: Sequence[End]) -> Iterator[int]:
    """Indexes by rising value; of many, the lowest are sorted apart, for who stops early."""
    if len(values) <= _MANY:
        yield from sorted(range(len(values)), key=values.__getitem__)
        return
    sample = sorted(values[:: len(values) // _MANY])
    below: End = -math.inf
    for limit in (sample[len(sample) // 64], sample[len(sample) // 8], math.inf):
        part = [index for index, value in enumerate(values) if below < value <= limit]
        yield from sorted(part, key=values.__getitem__)
        below = limit


_BLOCK = 32


class StartingLeast:
    """The least value of those that start within a span of days, for any span.

    Days are compressed to those on which any starts. Blocks of them have their least from either
    end, and a table over whole blocks has the least of every power of two of them: O(n log n) to
    build for n values, a few look-ups to ask.
    """

    def __init__(self, starts: Sequence[End], values: Sequence[End]) -> None:
        self._days = sorted(set(starts))
        rank = dict(zip(self._days, range(len(self._days)), strict=True))
        least: list[End] = [math.inf] * len(self._days)
        for start, value in zip(starts, values, strict=True):
            if value < least[rank[start]]:
                least[rank[start]] = value
        blocks = [least[at : at + _BLOCK] for at in range(0, len(least), _BLOCK)]
        self._least = least
        self._to_here = list(chain.from_iterable(accumulate(block, min) for block in blocks))
        self._from_here = list(
            chain.from_iterable([*accumulate(block[::-1], min)][::-1] for block in blocks)
        )
        self._table = [[min(block) for block in blocks]]
        while len(row := self._table[-1]) > (step := 1 << len(self._table) - 1):
            self._table.append(list(map(min, row, row[step:])))

    def within(self, start: End, end: End) -> End:
        """The least of those that start from one day to another, both included, or infinity."""
        first, last = bisect_left(self._days, start), bisect_right(self._days, end) - 1
        if first > last:
            return math.inf
        one, other = first // _BLOCK, last // _BLOCK
        if one == other:
            return min(self._least[first : last + 1])
        least = min(self._from_here[first], self._to_here[last])
        if other - one == 1:
            return least
        level = (other - one - 1).bit_length() - 1
        row = self._table[level]
        return min(least, row[one + 1], row[other - (1 << level)])

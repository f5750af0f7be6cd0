"""The least of many values at a common time: of those under way on a day, or starting in a span.

Periods are compressed to the days on which any of them starts, and no more is needed: two periods
share a day where one starts within the other.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import accumulate, chain

from claimtrack.values.interval import End


def covering_least(
    days: Sequence[End], starts: Sequence[int], ends: Sequence[End], values: Sequence[End]
) -> list[End]:
    """For each of the days, rising, the least value of those whose period holds it, or infinity.

    ``starts`` are indexes of days, ``ends`` last days. Values are laid down from the least up, each
    on the days that are still free, so that every day is filled once, and it often takes few.
    """
    least: list[End] = [math.inf] * len(days)
    free = list(range(len(days) + 1))
    """For each day the next one at or after it that may be free; the last stands for none."""
    left = len(days)
    for index in _rising(values):
        day, end = _next_free(free, starts[index]), ends[index]
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

    Blocks of days have their least from either end, and a table over whole blocks has the least of
    every power of two of them: O(n) to build for n days, a few look-ups to ask.
    """

    def __init__(self, days: int, starts: Sequence[int], values: Sequence[End]) -> None:
        least: list[End] = [math.inf] * days
        for start, value in zip(starts, values, strict=True):
            if value < least[start]:
                least[start] = value
        blocks = [least[at : at + _BLOCK] for at in range(0, days, _BLOCK)]
        self._least = least
        self._to_here = list(chain.from_iterable(accumulate(block, min) for block in blocks))
        self._from_here = list(
            chain.from_iterable([*accumulate(block[::-1], min)][::-1] for block in blocks)
        )
        self._table = [[min(block) for block in blocks]]
        while len(row := self._table[-1]) > (step := 1 << len(self._table) - 1):
            self._table.append(list(map(min, row, row[step:])))

    def within(self, first: int, last: int) -> End:
        """The least from the first day to the last, both included."""
        one, other = first // _BLOCK, last // _BLOCK
        if one == other:
            return min(self._least[first : last + 1])
        least = min(self._from_here[first], self._to_here[last])
        if other - one == 1:
            return least
        level = (other - one - 1).bit_length() - 1
        row = self._table[level]
        return min(least, row[one + 1], row[other - (1 << level)])

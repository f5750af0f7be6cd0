"""Values with the periods they hold in, and two questions asked of many of them at once.

Which of those that ask lie *apart* from one that is asked, and which lie *inside* one, at a common
time. Both are answered for all that ask together, in O(n log n) for n that ask and are asked.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from claimtrack.engine.periods import StartingLeast, covering_least
from claimtrack.engine.trees import Greatest, GreatestOver
from claimtrack.frozen import frozen
from claimtrack.values.interval import End


@frozen
class Spans:
    """Intervals and the periods in which they hold: a list for each end, all of one length."""

    low: list[End]
    high: list[End]
    start: list[End]
    end: list[End]

    @property
    def timeless(self) -> bool:
        """Whether all of them hold at any time."""
        return _all(self.start, -math.inf) and _all(self.end, math.inf)

    def of(self, indexes: Sequence[int]) -> Spans:
        """Some of them, by their indexes, which rise."""
        if len(indexes) == len(self.low):
            return self
        low, high, start, end = (
            [ends[index] for index in indexes]
            for ends in (self.low, self.high, self.start, self.end)
        )
        return Spans(low, high, start, end)

    def turned(self) -> Spans:
        """Every end with its sign turned: one lies around another where, turned, it lies inside."""
        low, high = [-end for end in self.low], [-end for end in self.high]
        return Spans(low, high, self.start, self.end)


def _all(ends: list[End], end: End) -> bool:
    return ends[0] == end and ends.count(end) == len(ends)


def apart(asking: Spans, asked: Spans) -> list[bool]:
    """For each that asks, whether it shares no point with one that is asked at a common time."""
    if not asked.low or not asking.low:
        return [False] * len(asking.low)
    if asking.timeless or asked.timeless:
        bottom, top = min(asked.high), max(asked.low)
        return [
            low > bottom or high < top for low, high in zip(asking.low, asking.high, strict=True)
        ]
    return _apart_at_a_common_time(asking, asked)


def _apart_at_a_common_time(asking: Spans, asked: Spans) -> list[bool]:
    """Periods share a day where one is under way as the other starts, or starts within it.

    Those under way come first, and mostly decide. For the rest only those count that could: that
    end before the highest of their low ends, or begin past the lowest of their high ends.
    """
    days = sorted(set(asking.start))
    rank = dict(zip(days, range(len(days)), strict=True))
    turned = [-low for low in asked.low]
    bottoms = covering_least(days, asked.start, asked.end, asked.high)
    tops = covering_least(days, asked.start, asked.end, turned)
    found = [
        low > bottoms[rank[start]] or -high > tops[rank[start]]
        for low, high, start in zip(asking.low, asking.high, asking.start, strict=True)
    ]
    rest = [index for index, is_apart in enumerate(found) if not is_apart]
    if rest:
        lowest = _starting_below(asked, asked.high, max(asking.low[index] for index in rest))
        highest = _starting_below(asked, turned, max(-asking.high[index] for index in rest))
        for index in rest:
            first, last = asking.start[index], asking.end[index]
            low, high = asking.low[index], asking.high[index]
            found[index] = low > lowest.within(first, last) or -high > highest.within(first, last)
    return found


def _starting_below(asked: Spans, values: Sequence[End], limit: End) -> StartingLeast:
    below = [index for index, value in enumerate(values) if value < limit]
    return StartingLeast([asked.start[index] for index in below], [values[i] for i in below])


def inside(asking: Spans, asked: Spans) -> list[bool]:
    """For each that asks, whether it lies wholly inside one that is asked at a common time.

    A sweep up the low ends; of those that begin no higher the greatest high end decides.
    """
    if not asked.low or not asking.low:
        return [False] * len(asking.low)
    if -math.inf in asking.high:
        asking, asked = _floored(asking, asked)
    if asking.timeless or asked.timeless:
        return _inside_at_any_time(asking, asked)
    return _inside_at_a_common_time(asking, asked)


def _floored(*spans: Spans) -> list[Spans]:
    """The same with a finite end for high ends that open turned: what is nowhere is lower still."""
    finite = [end for each in spans for end in each.high if end != -math.inf and end != math.inf]
    floor = min(finite, default=0) - 1
    return [
        Spans(each.low, [max(end, floor) for end in each.high], each.start, each.end)
        for each in spans
    ]


def _rising(ends: Sequence[End]) -> list[int]:
    return sorted(range(len(ends)), key=ends.__getitem__)


def _inside_at_any_time(asking: Spans, asked: Spans) -> list[bool]:
    found = [False] * len(asking.low)
    order = _rising(asked.low)
    taken = 0
    top: End = -math.inf
    for index in _rising(asking.low):
        low = asking.low[index]
        while taken < len(order) and asked.low[order[taken]] <= low:
            top = max(top, asked.high[order[taken]])
            taken += 1
        found[index] = top >= asking.high[index]
    return found


def _inside_at_a_common_time(asking: Spans, asked: Spans) -> list[bool]:
    """The widest of many that are asked are tried first: for most that ask they will do.

    For the rest only those count that are at least as wide as the narrowest of them.
    """
    if len(asked.low) < _MANY:
        return _swept_at_a_common_time(asking, asked)
    widths = _widths(asked)
    sample = sorted(widths[:: len(widths) // (_MANY // 4)])
    limit = sample[-len(sample) // _PART]
    widest = [index for index, width in enumerate(widths) if width > limit]
    found = _swept_at_a_common_time(asking, asked.of(widest))
    rest = [index for index, is_inside in enumerate(found) if not is_inside]
    if rest:
        remaining = asking.of(rest)
        least = min(_widths(remaining))
        wide_enough = [index for index, width in enumerate(widths) if width >= least]
        more = _swept_at_a_common_time(remaining, asked.of(wide_enough))
        for index, is_inside in zip(rest, more, strict=True):
            found[index] = is_inside
    return found


_MANY = 4096
"""Of so many that are asked the widest are tried first."""
_PART = 32
"""Which part of them that is: one of so many."""


def _widths(spans: Spans) -> list[End]:
    return [high - low for low, high in zip(spans.low, spans.high, strict=True)]


def _swept_at_a_common_time(asking: Spans, asked: Spans) -> list[bool]:
    """Of those that start within a period, and of those under way as it starts, the greatest."""
    found = [False] * len(asking.low)
    starts = sorted(set(asked.start))
    rank = dict(zip(starts, range(len(starts)), strict=True))
    days = sorted(set(asking.start))
    day_rank = dict(zip(days, range(len(days)), strict=True))
    starting, under_way = Greatest(len(starts)), GreatestOver(len(days))
    order = _rising(asked.low)
    taken = 0
    for index in _rising(asking.low):
        low, start, high = asking.low[index], asking.start[index], asking.high[index]
        while taken < len(order) and asked.low[other := order[taken]] <= low:
            taken += 1
            first, top = asked.start[other], asked.high[other]
            starting.raise_to(rank[first], top)
            under_way.raise_to(bisect_right(days, first), bisect_right(days, asked.end[other]), top)
        found[index] = under_way.at(day_rank[start]) >= high or (
            starting.within(bisect_left(starts, start), bisect_right(starts, asking.end[index]))
            >= high
        )
    return found

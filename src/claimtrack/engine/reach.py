"""How far a value reaches: its interval, with room for the tolerance of its property."""

from __future__ import annotations

from fractions import Fraction

from claimtrack.model import Property
from claimtrack.values.edtf import FIRST_DAY, LAST_DAY
from claimtrack.values.interval import End, Interval, exact, times


def reach(interval: Interval, of: Property) -> Interval:
    """The interval with room for the tolerance: two values agree while their reaches meet.

    An absolute tolerance lengthens the high end; a share multiplies a positive high end and a
    negative low end, so that the larger magnitude is compared with the smaller one.
    """
    if of.tolerance is None:
        return interval
    gap, share = of.tolerance.gap, 1 + of.tolerance.share
    low, high = interval.low, interval.high
    if share != 1:
        low = times(low, share) if low < 0 else low
        high = times(high, share) if high > 0 else high
    if gap and not isinstance(high, float):
        high = exact(Fraction(high + gap))
    if of.type == "date":
        high = _in_calendar(high)
    return Interval(low, high)


def _in_calendar(end: End) -> End:
    return end if isinstance(end, float) else min(max(end, FIRST_DAY), LAST_DAY)

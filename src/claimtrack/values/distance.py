"""How far two intervals lie apart, exactly."""

from __future__ import annotations

from fractions import Fraction

from claimtrack.frozen import frozen
from claimtrack.values.interval import Interval, exact


@frozen
class Distance:
    """What lies between the nearest ends of two intervals: 0 where they share a point.

    ``share`` is the gap as a part of the smaller magnitude of the two ends, or None where that says
    nothing: one of them is zero, or they are on different sides of it.
    """

    gap: int | Fraction
    share: Fraction | None


def distance(one: Interval, other: Interval) -> Distance:
    """How far two intervals lie apart."""
    if not one.disjoint(other):
        return Distance(0, Fraction(0))
    lower, upper = sorted((one, other), key=lambda interval: interval.low)
    # Only an end that faces away from the other can be open.
    low, high = Fraction(lower.high), Fraction(upper.low)
    share = (high - low) / min(abs(low), abs(high)) if low * high > 0 else None
    return Distance(exact(high - low), share)

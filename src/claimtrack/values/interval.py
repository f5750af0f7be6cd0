"""Closed intervals with exact ends, the one shape that every value takes.

An end is an integer or a fraction; only an open end is a float, and then it is an infinity, which
Python compares exactly with both.
"""

from __future__ import annotations

import math
from fractions import Fraction

from claimtrack.frozen import frozen

End = int | Fraction | float


@frozen
class Interval:
    """A closed stretch of a property's line; an open end is an infinity."""

    low: End
    high: End

    def disjoint(self, other: Interval) -> bool:
        """Whether the two share no point."""
        return self.low > other.high or other.low > self.high

    def within(self, other: Interval) -> bool:
        """Whether this one lies wholly inside the other (equal ends included)."""
        return other.low <= self.low and self.high <= other.high


ALWAYS = Interval(-math.inf, math.inf)
"""The whole line: as a period, any time."""


def exact(number: Fraction) -> int | Fraction:
    """The same number, as an integer where it is one: integers compare faster."""
    return number.numerator if number.denominator == 1 else number


def point(end: End) -> Interval:
    """The interval that holds one value only."""
    return Interval(end, end)


def times(end: End, by: Fraction) -> End:
    """An end multiplied; an infinity stays what it is."""
    return end if isinstance(end, float) else exact(Fraction(end) * by)

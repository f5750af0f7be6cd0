"""One group's assertions turned on their side: a list for each thing that is compared."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import isinf, lcm

from claimtrack.frozen import frozen
from claimtrack.model import Assertion
from claimtrack.values.interval import End

Scope = tuple[tuple[str, str], ...]


@frozen
class Columns:
    """What decides whether members of one group collide; an index means one member throughout."""

    single: bool
    negated: list[bool]
    low: list[End]
    high: list[End]
    reach_low: list[End]
    reach_high: list[End]
    start: list[End]
    end: list[End]
    scope: list[Scope]


def columns(members: Sequence[Assertion]) -> Columns:
    """The columns of one group: a subject and a property, which all its members share."""
    low, high, reach_low, reach_high = whole(
        [member.interval.low for member in members],
        [member.interval.high for member in members],
        [member.reach.low for member in members],
        [member.reach.high for member in members],
    )
    return Columns(
        single=members[0].single,
        negated=[member.negated for member in members],
        low=low,
        high=high,
        reach_low=reach_low,
        reach_high=reach_high,
        start=[member.during.low for member in members],
        end=[member.during.high for member in members],
        scope=[member.scope for member in members],
    )


_LARGE = 256
"""Bits of a common denominator from which on the scaled numbers would weigh too much."""


def whole(*ends: list[End]) -> list[list[End]]:
    """The ends multiplied by their common denominator: integers compare far faster than fractions.

    Fractions stay fractions, compared as exactly, where that denominator is very large.
    """
    if not any(Fraction in set(map(type, column)) for column in ends):
        return list(ends)
    by = lcm(*{end.denominator for column in ends for end in column if isinstance(end, Fraction)})
    if by.bit_length() > _LARGE:
        return list(ends)
    return [[_times(end, by) for end in column] for column in ends]


def _times(end: End, by: int) -> End:
    if isinstance(end, float):
        return end if isinf(end) else Fraction(end) * by
    return end.numerator * (by // end.denominator)

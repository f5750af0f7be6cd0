"""Pairs of values that pass only through tolerance, through a hedge, or through a gap in time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from claimtrack.findings.near.hedges import is_hedged, unhedged
from claimtrack.findings.near.listing import crossing, escaped
from claimtrack.findings.near.suggestion import Rule, Suggestion
from claimtrack.findings.near.undecided import Undecided
from claimtrack.frozen import replace
from claimtrack.model import Assertion, Property
from claimtrack.values.interval import ALWAYS, End, Interval


def through_tolerance(
    members: Sequence[Assertion], of: Property, undecided: Undecided
) -> Iterator[Suggestion | None]:
    """Values of one subject and property that are apart, but not beyond the tolerance."""
    if of.tolerance is not None:
        strict = [replace(each, reach=each.interval) for each in members]
        found = escaped(members, strict, undecided)
        yield from _suggested("tolerance", found, members, strict, undecided)


def through_hedge(
    members: Sequence[Assertion], of: Property, undecided: Undecided
) -> Iterator[Suggestion | None]:
    """Values of one subject and property that only an ``about`` or a ``~`` lets pass.

    A denial keeps its hedge: denying less never makes it collide with more. Values that are apart
    even with their hedges are a matter of tolerance.
    """
    if any(is_hedged(each, of) for each in members):
        plain = [each if each.negated else unhedged(each, of) for each in members]
        found = (
            None if two and members[two[0]].interval.disjoint(members[two[1]].interval) else two
            for two in escaped(members, plain, undecided)
        )
        yield from _suggested("hedge", found, members, plain, undecided)


def _suggested(
    rule: Rule,
    found: Iterable[tuple[int, int] | None],
    members: Sequence[Assertion],
    changed: Sequence[Assertion],
    undecided: Undecided,
) -> Iterator[Suggestion | None]:
    for two in found:
        if two is None:
            yield None
            continue
        one, other = two
        pair, would = (members[one], members[other]), (changed[one], changed[other])
        yield undecided.suggest(rule, pair, would)


# ----------------------------------------------------------------------------------- gaps in time


def through_time(
    members: Sequence[Assertion], of: Property, undecided: Undecided
) -> Iterator[Suggestion | None]:
    """Values on the two sides of a stretch of days of which none of the members says anything.

    Numbers are left out: measured at different times, they differ by nature.
    """
    if of.type == "number":
        return
    ending, starting = _by_end(members)
    for gap in _gaps(members):
        yield from _across(ending[gap.low - 1], starting[gap.high + 1], gap, undecided)


_Sides = dict[End, list[Assertion]]


def _by_end(members: Sequence[Assertion]) -> tuple[_Sides, _Sides]:
    """The members by the last day of their periods, and by the first."""
    ending: _Sides = {}
    starting: _Sides = {}
    for each in members:
        ending.setdefault(each.during.high, []).append(each)
        starting.setdefault(each.during.low, []).append(each)
    return ending, starting


def _gaps(members: Sequence[Assertion]) -> Iterator[Interval]:
    """The stretches of at least a day between the first and the last that no period covers."""
    periods = sorted((each.during for each in members), key=lambda during: during.low)
    reached = periods[0].high
    for period in periods:
        if period.low > reached + 1:
            yield Interval(reached + 1, period.low - 1)
        reached = max(reached, period.high)


def _across(
    before: Sequence[Assertion], after: Sequence[Assertion], gap: Interval, undecided: Undecided
) -> Iterator[Suggestion | None]:
    ours, theirs = ([replace(each, during=ALWAYS) for each in side] for side in (before, after))
    for found in crossing(ours, theirs, undecided):
        if found is None:
            yield None
            continue
        one, other = found
        pair, would = (before[one], after[other]), (ours[one], theirs[other])
        yield undecided.suggest("during", pair, would, gap=gap)

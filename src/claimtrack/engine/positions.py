"""Grouping colliding assertions into the positions of a conflict, by value alone."""

from __future__ import annotations

from collections.abc import Sequence

from claimtrack.engine.groups import Group
from claimtrack.model import Assertion
from claimtrack.values.interval import End

Position = tuple[Assertion, ...]


def positions(group: Group) -> tuple[Position, ...]:
    """The positions that the members of a group, all of which collide, take.

    Values that are held come first, in order of (high, low) end: the first not yet placed opens a
    position at its high end, and takes every one whose low end is at or below it. Where a property
    has many values at a time they are all one position. Each denied interval is one of its own.
    """
    members = group.members
    denied = [each for each in members if each.negated]
    held: Sequence[int] = range(len(members))
    if denied:
        held = [index for index in held if not members[index].negated]
    found: Sequence[Sequence[int]]
    found = _stabbed(group, held) if members[0].single else [held] if held else []
    placed = [tuple(map(members.__getitem__, indexes)) for indexes in found]
    return tuple(placed + _by_interval(denied) if denied else placed)


def _stabbed(group: Group, held: Sequence[int]) -> list[list[int]]:
    """The same positions by a sweep up the low ends.

    Those that begin at or below the lowest high end of all are the first to come, and all of them:
    whichever begins past the lowest high end so far ends past it too.
    """
    low, high = group.reach_low, group.reach_high
    found: list[list[int]] = []
    opened: list[int] = []
    lowest: End | None = None
    for index in sorted(held, key=low.__getitem__):
        end = high[index]
        if lowest is None or low[index] > lowest:
            opened = [index]
            found.append(opened)
            lowest = end
        else:
            opened.append(index)
            if end < lowest:
                lowest = end
    for indexes in found:
        indexes.sort()
    return found


def _by_interval(denied: Sequence[Assertion]) -> list[Position]:
    found: dict[tuple[object, object], list[Assertion]] = {}
    for each in sorted(denied, key=lambda a: (a.interval.high, a.interval.low)):
        found.setdefault((each.interval.high, each.interval.low), []).append(each)
    return [tuple(held) for held in found.values()]

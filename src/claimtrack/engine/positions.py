"""Grouping colliding assertions into the positions of a conflict, by value alone."""

from __future__ import annotations

from collections.abc import Sequence

from claimtrack.model import Assertion


def positions(colliding: Sequence[Assertion]) -> list[list[Assertion]]:
    """The positions of one conflict's assertions, which come in file order.

    Values that are held come first, in order of (high, low) end: the first not yet placed opens a
    position at its high end, and takes every one whose low end is at or below it. Where a property
    has many values at a time they are all one position. Each denied interval is one of its own.
    """
    held = [each for each in colliding if not each.negated]
    denied = [each for each in colliding if each.negated]
    if held and not held[0].single:
        return [held, *_by_interval(denied)]
    return [*_stabbed(held), *_by_interval(denied)]


def _stabbed(held: Sequence[Assertion]) -> list[list[Assertion]]:
    by_high = sorted(range(len(held)), key=lambda i: (held[i].reach.high, held[i].reach.low))
    by_low = sorted(range(len(held)), key=lambda i: held[i].reach.low)
    placed = [False] * len(held)
    found, following = [], 0
    for opener in by_high:
        if placed[opener]:
            continue
        members = []
        while following < len(by_low) and (
            held[by_low[following]].reach.low <= held[opener].reach.high
        ):
            placed[by_low[following]] = True
            members.append(by_low[following])
            following += 1
        found.append([held[index] for index in sorted(members)])
    return found


def _by_interval(denied: Sequence[Assertion]) -> list[list[Assertion]]:
    found: dict[tuple[object, object], list[Assertion]] = {}
    for each in sorted(denied, key=lambda a: (a.interval.high, a.interval.low)):
        found.setdefault((each.interval.high, each.interval.low), []).append(each)
    return list(found.values())

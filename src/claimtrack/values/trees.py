"""Numbering a forest in preorder, so that containment becomes an interval within an interval."""

from __future__ import annotations

from collections.abc import Mapping

from claimtrack.values.interval import Interval


def number_forest(parents: Mapping[str, str | None]) -> dict[str, Interval]:
    """For each node the numbers, from 0, of itself and of all below it.

    ``parents`` gives each node's parent or None for a root, without cycles; every parent is a key.
    Roots and siblings are taken in code-point order.
    """
    children: dict[str | None, list[str]] = {}
    for node in sorted(parents, reverse=True):
        children.setdefault(parents[node], []).append(node)
    first: dict[str, int] = {}
    intervals: dict[str, Interval] = {}
    pending = [(root, False) for root in children.get(None, ())]
    while pending:
        node, left = pending.pop()
        if left:
            intervals[node] = Interval(first[node], len(first) - 1)
            continue
        first[node] = len(first)
        pending.append((node, True))
        pending.extend((child, False) for child in children.get(node, ()))
    return intervals

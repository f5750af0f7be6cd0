"""Counting dominated points: for each query, how many points are at most it in every coordinate.

One coordinate is a bisection, two are a sweep over a Fenwick tree, three are divide and conquer
over the two (Bentley 1980): O(n log n), O(n log n) and O(n log² n) for n points and queries.
Coordinates that never decide are dropped first, so that plain input never pays for hard input.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

Points = Sequence[tuple[int, ...]]

_FEW = 512
"""Below this many comparisons, comparing all pairs beats any structure."""


def count_dominated(points: Points, queries: Points) -> list[int]:
    """For each query the number of points that are ≤ it in every coordinate (one to three)."""
    if not points or not queries:
        return [0] * len(queries)
    if len(points) * len(queries) <= _FEW:
        return _by_pairs(points, queries)
    deciding = []
    for axis in range(len(points[0])):
        coordinates = [point[axis] for point in points]
        limits = [query[axis] for query in queries]
        if min(coordinates) > max(limits):
            return [0] * len(queries)
        if max(coordinates) > min(limits):
            deciding.append((coordinates, limits))
    return _by_axes(deciding, len(points), len(queries))


def _by_pairs(points: Points, queries: Points) -> list[int]:
    return [
        sum(all(p <= q for p, q in zip(point, query, strict=True)) for point in points)
        for query in queries
    ]


def _by_axes(axes: Sequence[tuple[list[int], list[int]]], points: int, queries: int) -> list[int]:
    if not axes:
        return [points] * queries
    if len(axes) == 1:
        coordinates, limits = axes[0]
        ordered = sorted(coordinates)
        return [bisect_right(ordered, limit) for limit in limits]
    point_axes, query_axes = zip(*axes, strict=True)
    if len(axes) == 2:
        return _sweep(list(zip(*point_axes, strict=True)), list(zip(*query_axes, strict=True)))
    return _divide(list(zip(*point_axes, strict=True)), list(zip(*query_axes, strict=True)))


def _sweep(points: Points, queries: Points) -> list[int]:
    """Two coordinates: go up the first, with a Fenwick tree over the second."""
    heights = sorted({point[1] for point in points})
    tree = [0] * (len(heights) + 1)
    size = len(tree)
    rising = sorted(points)
    counts = [0] * len(queries)
    taken = 0
    for index in sorted(range(len(queries)), key=lambda i: queries[i][0]):
        limit, height = queries[index]
        while taken < len(rising) and rising[taken][0] <= limit:
            node = bisect_right(heights, rising[taken][1])
            while node < size:
                tree[node] += 1
                node += node & -node
            taken += 1
        node = bisect_right(heights, height)
        total = 0
        while node:
            total += tree[node]
            node &= node - 1
        counts[index] = total
    return counts


def _divide(points: Points, queries: Points) -> list[int]:
    """Three coordinates: halve by the first; what the lower half adds to the upper is in two."""
    counts = [0] * len(queries)
    # Points come before queries at equal coordinates, so that equality counts.
    order = sorted(
        [(point[0], 0, index) for index, point in enumerate(points)]
        + [(query[0], 1, index) for index, query in enumerate(queries)]
    )
    halves = [(0, len(order))]
    while halves:
        low, high = halves.pop()
        if high - low < 2:
            continue
        middle = (low + high) // 2
        below = [points[index][1:] for _, is_query, index in order[low:middle] if not is_query]
        above = [index for _, is_query, index in order[middle:high] if is_query]
        if below and above:
            added = count_dominated(below, [queries[index][1:] for index in above])
            for index, more in zip(above, added, strict=True):
                counts[index] += more
        halves += [(low, middle), (middle, high)]
    return counts

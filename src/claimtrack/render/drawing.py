"""A line drawing of intervals on one scale: text in, lines out.

Ends are placed in exact arithmetic. What differs is drawn apart, however little it differs beside
everything else on the scale, as long as there are columns enough.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction

from claimtrack.frozen import frozen
from claimtrack.render.visible import visible
from claimtrack.values.interval import End, Interval

ROWS = 12
"""More rows than this are no longer taken in at a glance."""


@frozen
class Drawing:
    """What is drawn, and what its signs mean, line by line."""

    lines: tuple[str, ...]
    signs: tuple[str, ...]


@frozen
class Row:
    """One value: the number of its position, its words, where it lies and how far it reaches."""

    number: int
    label: str
    interval: Interval
    reach: Interval
    denied: bool = False


@frozen
class Ends:
    """What is written below the ends of the axis."""

    low: str
    high: str


def draw_scale(rows: Sequence[Row], ends: Ends, width: int) -> Drawing:
    """The rows, each with its number and label, above an axis; no line wider than ``width``.

    Labels that would leave the drawing too little room stand on lines of their own.
    """
    digits = max(len(str(row.number)) for row in rows)
    labels = [f"{row.number:<{digits}}  {visible(row.label)}" for row in rows]
    beside = max(map(len, labels)) + 2
    stacked = beside > width * 2 // 5 or width - beside < 2 * len(rows) + _OPEN_ROOM
    margin = 2 if stacked else beside
    scale = _Scale.of(rows, width - margin)
    lines = []
    for row, label in zip(rows, labels, strict=True):
        if stacked:
            lines.append(cut(label, width))
        lines.append(("" if stacked else label).ljust(margin) + _drawn(row, scale))
    return Drawing((*lines, *_axis(ends, scale, margin)), filled(_signs(rows, scale), width))


def span(rows: Iterable[Row]) -> Interval | None:
    """From the lowest to the highest end of the rows, reach included; None if no end is closed."""
    found = [end for row in rows for end in (*_closed(row.interval), *_closed(row.reach))]
    return Interval(min(found), max(found)) if found else None


def _closed(interval: Interval) -> Iterator[int | Fraction]:
    return (end for end in (interval.low, interval.high) if not isinstance(end, float))


# ------------------------------------------------------------------------------------- the scale


_OPEN_ROOM = 6
"""Columns beside the outermost ends where arrows need room, and some to spare."""


@frozen
class _Scale:
    """In which column each end stands."""

    anchors: tuple[int | Fraction, ...]
    """The ends of the rows' intervals, and the outermost of what they reach."""
    columns: tuple[int, ...]
    width: int
    in_proportion: bool

    @classmethod
    def of(cls, rows: Sequence[Row], width: int) -> _Scale:
        """The scale of the rows, with room at its sides for ends that are open."""
        outer = span(rows)
        ends = {end for row in rows for end in _closed(row.interval)}
        anchors = sorted(ends.union(_closed(outer)) if outer else ends)
        first = 2 if any(row.interval.low == -math.inf for row in rows) else 0
        last = width - (3 if any(row.interval.high == math.inf for row in rows) else 1)
        exact = _in_proportion(anchors, first, last)
        apart = _moved_apart(exact, first, last)
        return cls(tuple(anchors), tuple(apart), width, in_proportion=apart == exact)

    def column(self, end: End, *, toward_right: bool = False) -> int:
        """The column of an end; what lies between two anchors never stands on the farther one."""
        if isinstance(end, float):
            return 0 if end < 0 else self.width - 1
        index = bisect_right(self.anchors, end) - 1
        low, column = self.anchors[index], self.columns[index]
        if end == low:
            return column
        share = Fraction(end - low) / (self.anchors[index + 1] - low)
        way = (self.columns[index + 1] - column) * share
        return column + (math.ceil(way) if toward_right else math.floor(way))


def _in_proportion(anchors: Sequence[int | Fraction], first: int, last: int) -> list[int]:
    if len(anchors) < 2:
        return [(first + last) // 2 for _ in anchors]
    length = Fraction(anchors[-1] - anchors[0])
    half = Fraction(1, 2)
    return [
        first + math.floor((anchor - anchors[0]) * (last - first) / length + half)
        for anchor in anchors
    ]


def _moved_apart(columns: Sequence[int], first: int, last: int) -> list[int]:
    """The columns, each moved as little as keeps all of them different, where there is room."""
    if len(columns) > last - first + 1:
        return list(columns)
    moved: list[int] = []
    for column in columns:
        moved.append(max(column, moved[-1] + 1) if moved else column)
    limit = last
    for index in reversed(range(len(moved))):
        moved[index] = min(moved[index], limit)
        limit = moved[index] - 1
    return moved


# ---------------------------------------------------------------------------------------- the rows


def _reach_end(row: Row, scale: _Scale) -> int:
    """The last column of the tolerance: at least one beside the value, if none is in its way."""
    high, reach = scale.column(row.interval.high), scale.column(row.reach.high)
    if reach > high or row.reach.high == row.interval.high:
        return reach
    following = bisect_right(scale.anchors, row.interval.high)
    free = following < len(scale.columns) and scale.columns[following] > high + 1
    return high + 1 if free else high


def _drawn(row: Row, scale: _Scale) -> str:
    cells = [" "] * scale.width
    low, high = scale.column(row.interval.low), scale.column(row.interval.high)
    if not row.denied:  # a tolerance plays no part in what is denied
        start = scale.column(row.reach.low, toward_right=True)
        for column in range(start, _reach_end(row, scale) + 1):
            cells[column] = "┄"
    for column in range(low, high + 1):
        cells[column] = "╳" if row.denied else "─"
    if not row.denied:
        cells[low], cells[high] = ("●", "●") if low == high else ("├", "┤")
    if row.interval.low == -math.inf:
        cells[low] = "◀"
    if row.interval.high == math.inf:
        cells[high] = "▶"
    return "".join(cells).rstrip()


_TOLERANCE = "┄ larger values within the tolerance"


def _axis(ends: Ends, scale: _Scale, margin: int) -> list[str]:
    if not scale.anchors:
        return []
    first, last = scale.columns[0], scale.columns[-1]
    line = "┴" if first == last else f"└{'─' * (last - first - 1)}┘"
    lines = [" " * (margin + first) + line]
    width = margin + scale.width
    low, high = cut(ends.low, width), cut(ends.high, width)
    if first == last:
        start = margin + first - len(low) // 2
        return [*lines, " " * max(0, min(start, width - len(low))) + low]
    start, end = min(margin + first, width - len(low)), max(margin + last + 1, len(high))
    if start + len(low) + 2 + len(high) <= end:
        return [*lines, (" " * start + low).ljust(end - len(high)) + high]
    return [*lines, " " * start + low, high.rjust(end)]


def _signs(rows: Sequence[Row], scale: _Scale) -> list[str]:
    """What the signs that are used mean."""
    held = [row for row in rows if not row.denied]
    points = [row for row in held if row.interval.low == row.interval.high]
    ranges = [row for row in held if row not in points]
    ends = [end for row in rows for end in (row.interval.low, row.interval.high)]
    meanings = {
        "● one value": bool(points),
        "├─┤ all of a range": bool(ranges),
        _TOLERANCE: any(row.reach != row.interval for row in held),
        "╳ denied": len(held) < len(rows),
        "◀ ▶ goes on without end": any(isinstance(end, float) for end in ends),
        "not to scale where values lie close": not scale.in_proportion,
    }
    return [meaning for meaning, used in meanings.items() if used]


# ------------------------------------------------------------------------------------------- text


def cut(text: str, width: int) -> str:
    """The text, or as much of it as fits and an ellipsis."""
    return text if len(text) <= width else text[: max(width - 1, 0)] + "…"


def filled(parts: Sequence[str], width: int) -> tuple[str, ...]:
    """Parts one after another on as few lines as they need; a part too long is cut."""
    lines: list[str] = []
    for part in parts:
        if lines and len(lines[-1]) + 3 + len(part) <= width:
            lines[-1] += f"   {part}"
        else:
            lines.append(cut(part, width))
    return tuple(lines)

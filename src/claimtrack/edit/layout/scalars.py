"""Scalars of several lines in another place: what they say and how they are folded stays."""

from __future__ import annotations

import re
from collections.abc import Sequence

from claimtrack.edit.layout.gaps import SPACE, comment_beside

STEP = 2
"""How many spaces one level stands in from the one above."""

_HEADER = re.compile(r"[|>][-+0-9]*")


def below_the_first(written: str, column: int) -> list[str]:
    """The lines of a node, those below the first as a whole moved to the column."""
    if "\n" not in written:
        return [written]
    first, *others = written.split("\n")
    margin = min((_margin(line) for line in others if line.strip(SPACE)), default=0)
    return [
        first,
        *(" " * column + line[margin:] if line.strip(SPACE) else "" for line in others),
    ]


def moved(written: str, distance: int) -> list[str]:
    """The lines of a node, those below the first moved so far to the right, or as far as can be."""
    first, *others = written.split("\n")
    return [first, *(_moved(line, distance) for line in others)]


def _moved(line: str, distance: int) -> str:
    return " " * max(0, _margin(line) + distance) + line.lstrip(" ") if line else line


def block_scalar(written: str, column: int, new_column: int) -> list[str]:
    """The lines of a block scalar in a collection that stood at one column and shall at another."""
    first, *others = written.split("\n")
    header = _HEADER.match(first)
    sign = header.group() if header else first
    margin, new_margin = _margin_of_text(others), new_column + STEP
    if said := re.search("[1-9]", sign):  # how far the text stands in, whatever its lines show
        margin, new_margin = (at + int(said.group()) for at in (column, new_column))
    return [
        sign + comment_beside(first[len(sign) :]),
        *(" " * new_margin + line[margin:] if len(line) > margin else "" for line in others),
    ]


def _margin_of_text(lines: Sequence[str]) -> int:
    """How far the first line with something on it stands in; all of them, if none has."""
    margins = (_margin(line) for line in lines if line.strip(" "))
    return next(margins, max(map(len, lines), default=0))


def keeps_blank_lines(written: str) -> bool:
    """Whether blank lines below a block scalar are text of it."""
    header = _HEADER.match(written)
    return header is not None and "+" in header.group()


def _margin(line: str) -> int:
    return len(line) - len(line.lstrip(" "))

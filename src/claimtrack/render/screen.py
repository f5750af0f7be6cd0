"""Where words go: a terminal, with its width and colours, or a pipe, plain and unwrapped.

The only module that knows Rich. Whatever is printed here is made safe first, so that no text of a
register is ever markup or an escape sequence.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Sequence
from itertools import zip_longest
from typing import TYPE_CHECKING, Protocol, TextIO

from claimtrack.frozen import frozen
from claimtrack.render.visible import visible

if TYPE_CHECKING:
    from rich.text import Text


@frozen
class Styled:
    """Words with a style: bold, dim, red, yellow, green, or two of them."""

    text: str
    style: str


Part = str | Styled


@frozen
class Line:
    """A paragraph to print: its parts, by how much it is indented, what stands before its text."""

    parts: tuple[Part, ...]
    indent: int = 0
    label: Part = ""


class Screen(Protocol):
    """What can be printed to."""

    width: int | None
    """Columns of a terminal; None where nothing limits a line."""

    def line(self, *parts: Part, indent: int = 0, label: Part = "") -> None:
        """Print one paragraph, wrapped to the width with every line indented alike.

        A label stands before its first line, and the others begin where the text does.
        """

    def table(self, headers: Sequence[str], rows: Sequence[Sequence[Part]]) -> None:
        """Print rows under headers, in aligned columns, the last of which may wrap."""

    def beside(self, blocks: Sequence[Sequence[Line]], indent: int = 0) -> None:
        """Print blocks side by side where a terminal has room for it, else below one another."""


def screen(stream: TextIO | None = None) -> Screen:
    """The screen of a stream (standard output): a terminal's, or a plain one."""
    out = stream or sys.stdout
    return Terminal(out) if out.isatty() else Plain(out)


def _text(part: Part) -> str:
    return visible(part if isinstance(part, str) else part.text)


class Plain:
    """A pipe or a file: no colour, no boxes, no wrapping."""

    width: int | None = None

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def line(self, *parts: Part, indent: int = 0, label: Part = "") -> None:
        """Print one line."""
        told = "".join(map(_text, (label, *parts)))
        self._stream.write((" " * indent + told).rstrip() + "\n")

    def table(self, headers: Sequence[str], rows: Sequence[Sequence[Part]]) -> None:
        """Print columns as wide as their widest cell."""
        cells = [list(headers), *([_text(cell) for cell in row] for row in rows)]
        widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
        for row in cells:
            padded = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
            self._stream.write("  ".join(padded).rstrip() + "\n")

    def beside(self, blocks: Sequence[Sequence[Line]], indent: int = 0) -> None:
        """Print the blocks below one another."""
        _below(self, blocks, indent)


def _below(screen: Screen, blocks: Sequence[Sequence[Line]], indent: int) -> None:
    for line in (line for block in blocks for line in block):
        screen.line(*line.parts, indent=indent + line.indent, label=line.label)


_NARROW = 100
_COLUMN = 44
"""Columns of a terminal below which a table, or a block beside others, is no longer read well."""


_HELD = "\ufdd0"
"""Stands for a space at which no line ends: Rich breaks lines at no-break spaces too."""
_BEFORE_SIGN = re.compile(r"(?<=[0-9]) (?=%|origins?\b)")
"""The space between a number and what it is never told apart from."""


def _unparted(part: Part) -> Text:
    from rich.text import Text

    style = "" if isinstance(part, str) else part.style
    return Text(_BEFORE_SIGN.sub(_HELD, _text(part)), style)


class Terminal:
    """A terminal: wrapped to its width, in colour unless NO_COLOR says otherwise."""

    width: int | None

    def __init__(self, stream: TextIO) -> None:
        from rich.console import Console

        self.width = shutil.get_terminal_size().columns
        self._console = Console(
            file=stream,
            width=self.width,
            markup=False,
            emoji=False,
            highlight=False,
            color_system=None if os.environ.get("NO_COLOR") else "auto",
        )

    def line(self, *parts: Part, indent: int = 0, label: Part = "") -> None:
        """Print one paragraph."""
        for row in self._wrapped(Line(parts, indent, label), self.width or 80):
            self._console.print(row, soft_wrap=True)

    def beside(self, blocks: Sequence[Sequence[Line]], indent: int = 0) -> None:
        """Print the blocks in columns of one width, if each is wide enough to read."""
        room = ((self.width or 0) - indent) // len(blocks) if blocks else 0
        if room < _COLUMN or len(blocks) < 2:
            _below(self, blocks, indent)
            return
        gap = 2
        columns = [
            [row for line in block for row in self._wrapped(line, room - gap)] for block in blocks
        ]
        for rows in zip_longest(*columns):
            told = self._padded(None, indent)
            for row in rows:
                told += self._padded(row, room)
            told.rstrip()
            self._console.print(told, soft_wrap=True)

    def _padded(self, row: Text | None, width: int) -> Text:
        from rich.text import Text

        cell = row.copy() if row is not None else Text()
        cell.pad_right(max(width - cell.cell_len, 0))
        return cell

    def _wrapped(self, line: Line, width: int) -> list[Text]:
        """A paragraph's rows, each with its indent, no wider than ``width``."""
        from rich.text import Text

        label = _unparted(line.label)
        text = Text(overflow="fold")
        for part in line.parts:
            text.append(_unparted(part))
        room = max(width - line.indent - label.cell_len, 12)
        rows = text.wrap(self._console, room) or [Text()]
        before = Text(" " * line.indent) + label
        told = []
        for row in rows:
            row.rstrip()
            whole = before + row
            whole.plain = whole.plain.replace(_HELD, " ")
            told.append(whole)
            before = Text(" " * before.cell_len)
        return told

    def table(self, headers: Sequence[str], rows: Sequence[Sequence[Part]]) -> None:
        """Print a table, or, where the terminal is narrow, each row as a few lines of its own."""
        if self.width is not None and self.width < _NARROW and len(headers) > 3:
            for row in rows:
                self._stacked(headers, row)
            return
        from rich.table import Table
        from rich.text import Text

        table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 2, 0, 0))
        for index, header in enumerate(headers):
            last = index == len(headers) - 1
            table.add_column(header, overflow="fold", ratio=1 if last else None)
        for row in rows:
            cells = [
                Text(_text(cell), style="" if isinstance(cell, str) else cell.style) for cell in row
            ]
            table.add_row(*cells)
        self._console.print(table)

    def _stacked(self, headers: Sequence[str], row: Sequence[Part]) -> None:
        self.line(row[0])
        told: list[Part] = []
        for header, cell in zip(headers[1:-1], row[1:-1], strict=True):
            if _text(cell):
                word: Part = f"{header} " if _text(cell).isdigit() or len(_text(cell)) < 3 else ""
                told += [" · " if told else "", word, cell]
        if told:
            self.line(*told, indent=2)
        if _text(row[-1]):
            self.line(row[-1], indent=2)

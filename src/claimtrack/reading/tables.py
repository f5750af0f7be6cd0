"""Comma-separated values (RFC 4180) with the place of each cell. Nothing is guessed but commas.

Cells are parted by commas, semicolons or tabs, as the first line shows; a cell between quotation
marks may hold them, line ends and, doubled, quotation marks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from claimtrack.frozen import frozen

SEPARATORS = (",", ";", "\t")
_QUOTED = re.compile(r'"([^"]*(?:""[^"]*)*)"')
_LINE_END = re.compile(r"\r\n|\r|\n")


@frozen
class Cell:
    """A cell's text, its line ends LF, and where it begins: line and column from 1."""

    text: str
    line: int
    column: int

    @property
    def is_blank(self) -> bool:
        """Whether nothing is in it but white space."""
        return not self.text.strip()


@frozen
class Misplaced:
    """A sign that cannot stand where it does, and why."""

    message: str
    line: int
    column: int


@frozen
class Record:
    """The cells of one row; with ``wrong`` only those up to there."""

    line: int
    cells: tuple[Cell, ...]
    wrong: Misplaced | None = None

    @property
    def is_blank(self) -> bool:
        """Whether the row is an empty line, or nothing but separators."""
        return self.wrong is None and all(cell.is_blank for cell in self.cells)


def records(text: str) -> Iterator[Record]:
    """The rows of a table, blank ones left out; the first is its header."""
    return (record for record in _Reader(text).records() if not record.is_blank)


def _separator(text: str) -> str:
    """What parts the cells of the first line that is not blank: the sign that it has most of."""
    first = next((line for line in _LINE_END.split(text) if line.strip()), "")
    bare = _QUOTED.sub("", first)
    return max(SEPARATORS, key=bare.count)


class _Reader:
    """Reads one row after the other."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._separator = _separator(text)
        self._bare = re.compile(rf"[^{self._separator}\r\n]*")
        self._at = 0
        self._line = 1
        self._line_start = 0

    def records(self) -> Iterator[Record]:
        while self._at < len(self._text):
            yield self._record()

    def _record(self) -> Record:
        line, cells = self._line, []
        while True:
            start = (self._line, self._at - self._line_start + 1)
            try:
                cells.append(Cell(self._cell(), *start))
            except _Wrong as error:
                return Record(line, tuple(cells), error.misplaced)
            if not self._text.startswith(self._separator, self._at):
                break
            self._at += 1
        self._pass_line_end()
        return Record(line, tuple(cells))

    def _cell(self) -> str:
        if not self._text.startswith('"', self._at):
            found = self._bare.match(self._text, self._at)
            self._at = found.end() if found else self._at
            return found.group() if found else ""
        found = _QUOTED.match(self._text, self._at)
        if found is None:
            wrong = self._misplaced("this quotation mark is never closed; nothing below it is read")
            self._at = len(self._text)
            raise _Wrong(wrong)
        self._count_lines(found.end())
        self._at = found.end()
        self._refuse_more()
        return _LINE_END.sub("\n", found.group(1).replace('""', '"'))

    def _refuse_more(self) -> None:
        """After the closing quotation mark comes the end of the cell."""
        rest = self._bare.match(self._text, self._at)
        if rest and rest.group().strip():
            message = "text after a closing quotation mark; inside a cell write it twice"
            wrong = self._misplaced(message)
            end = _LINE_END.search(self._text, self._at)
            self._at = end.start() if end else len(self._text)
            self._pass_line_end()
            raise _Wrong(wrong)
        self._at = rest.end() if rest else self._at

    def _misplaced(self, message: str) -> Misplaced:
        return Misplaced(message, self._line, self._at - self._line_start + 1)

    def _pass_line_end(self) -> None:
        found = _LINE_END.match(self._text, self._at)
        if found:
            self._count_lines(found.end())
            self._at = found.end()

    def _count_lines(self, end: int) -> None:
        for found in _LINE_END.finditer(self._text, self._at, end):
            self._line += 1
            self._line_start = found.end()


class _Wrong(Exception):
    """Carries what is misplaced."""

    def __init__(self, misplaced: Misplaced) -> None:
        super().__init__(misplaced.message)
        self.misplaced = misplaced

"""Large files read by two: every other piece of one is parsed by a helper meanwhile.

Where a piece begins is a guess. It counts once the parser of this process has come to a claim that
begins there: what follows is then the same for whoever goes on from it.
"""

from __future__ import annotations

import re
from collections import deque
from typing import Any, NamedTuple

from claimtrack.index.helping import DEPTH, Helper, Lost, has_room
from claimtrack.index.stretches import Stretch, stretch
from claimtrack.reading.claim_stream import After, Item, Opening, stream_part
from claimtrack.reading.octets import Octets
from claimtrack.reading.pieced_text import NotStreamed
from claimtrack.reading.roots import PackedClaim, pack

_PIECE = 400_000
"""Bytes of a piece, more or less."""
_BEYOND = 4096
"""Bytes of the next claim that a helper is given, so that it sees that one begins there."""


class Piece(NamedTuple):
    """Claims that follow one another, each with its stretch, and what comes after them.

    Numbers are 0; offsets are those of the file, lines count from that of the first claim.
    """

    claims: list[tuple[Stretch, PackedClaim]]
    after: After


class _Start(NamedTuple):
    """Where a claim may begin: the offset of its node, and the column of that."""

    at: int
    column: int


class _Plan(NamedTuple):
    """A piece that is to be read ahead: where it begins, where the next does, what else to tell."""

    start: _Start
    end: int
    further: tuple[int, int, int]


class Ahead:
    """What is read ahead of one file after another."""

    def __init__(self, folder: str | None) -> None:
        """``folder`` is where a helper's files go."""
        self._folder = folder
        self._helper: Helper | None = None
        self._is_lost = not has_room()
        self._planned: deque[_Plan] = deque()
        self._given: deque[_Start] = deque()
        self._data: Octets = b""

    def begin(self, data: Octets, start: int, opening: Opening) -> None:
        """Read a file ahead of which the claims from an offset on are still to be read."""
        self.forget()
        if self._is_lost:
            return
        dash, key = opening.column, opening.key.column
        starts = _starts(data, start, dash)
        ends = [*(each.at for each in starts[1:]), len(data)]
        for at, end in list(zip(starts, ends, strict=False))[::2]:
            self._planned.append(_Plan(at, end, (dash, key, end - at.at)))
        self._data = data
        self._give()

    def piece(self, item: Item) -> Piece | None:
        """What was read ahead from a claim on that was come to, if anything was."""
        given = self._given
        while given and given[0].at < item.start:
            self._taken()  # no claim begins there
        if not given or given[0] != (item.start, item.column):
            return None
        found = self._taken()
        return None if found is None else _piece(found[0], found[1], item)

    def forget(self) -> None:
        """Let go of what was read ahead and is of no use."""
        self._planned.clear()
        while self._given:
            self._taken()
        self._data = b""

    def close(self) -> None:
        """Read nothing ahead any more."""
        if self._helper is not None:
            self._helper.close()
            self._helper = None
        self._is_lost, self._data = True, b""

    def _give(self) -> None:
        while self._planned and not self._is_lost and len(self._given) < DEPTH:
            start, end, further = self._planned.popleft()
            try:
                if self._helper is None:
                    self._helper = Helper(_read, self._folder)
                text = _whole_lines(self._data, start.at, end + _BEYOND)
                self._helper.give((text, start.column, *further))
            except (OSError, Lost):
                self._is_lost = True
            else:
                self._given.append(start)

    def _taken(self) -> Any:
        """What came of the piece that was given first; None where it cannot be streamed."""
        self._given.popleft()
        found = None
        if self._helper is not None and not self._is_lost:
            try:
                found = self._helper.take()
            except Lost:
                self._is_lost = True
        if self._is_lost:
            self._given.clear()
        self._give()
        return found


def _whole_lines(data: Octets, start: int, end: int) -> bytes:
    """A piece of a file that ends with a line, and so with a whole character."""
    text = data[start:end]
    return text if end >= len(data) else text[: text.rfind(b"\n") + 1]


def _starts(data: Octets, start: int, dash_column: int) -> list[_Start]:
    """Where claims may begin, about a piece apart."""
    # An even number: the first piece is read here, and so is every other.
    parts = 2 * round((len(data) - start) / (2 * _PIECE))
    found: list[_Start] = []
    # A claim that begins with none of its keys is read no worse for not being guessed.
    line = re.compile(rb"\n {%d}-( +)(?=[a-z])" % (dash_column - 1))
    for part in range(1, parts):
        here = start + (len(data) - start) * part // parts
        match = line.search(data[here : here + _PIECE])
        if match is not None and (not found or here + match.end() > found[-1].at):
            found.append(_Start(here + match.end(), dash_column + 1 + len(match[1])))
    return found


def _read(part: tuple[bytes, int, int, int, int]) -> Any:
    """The claims of a piece in plain values: rows, and where the claim after them begins."""
    data, column, dash_column, key_column, until = part
    rows: list[tuple[Any, ...]] = []
    before: Item | None = None
    try:
        for each in stream_part(data, column, dash_column, key_column, until):
            if before is not None and type(each) in (Item, After):
                _, *of_stretch = stretch(
                    0, before.line, data[before.start : each.start], before.column
                )
                rows.append((*of_stretch, *pack(before)[2:6]))
            if type(each) is After:
                return rows, tuple(each)
            if type(each) is Item:
                before = each
    except NotStreamed:
        return None
    # All claims are over: the last one is left to whoever reads what follows it.
    return None if before is None else (rows, (before.start, before.line, before.column))


def _piece(rows: list[Any], after: tuple[int, int, int], first: Item) -> Piece:
    start, line, column = after
    below = first.line - 1
    claims = []
    for begins, length, node_column, mark, digest, *packed in rows:
        begins += below
        each = Stretch(0, begins, length, node_column, mark, digest)
        claims.append((each, PackedClaim(begins, node_column, *packed)))
    return Piece(claims, After(first.start + start, line + below, column))

"""Claims on their way into an index: as raw nodes, in file order, beside it on disk.

A claim can only be understood once all that it may name has been read. Until then it waits on disk,
so that a register of a million claims needs no more memory than one of a thousand. What waits stays
there if reading is cut off, and is not parsed again.
"""

from __future__ import annotations

from collections.abc import Iterator, MutableMapping
from typing import Any, NamedTuple

from claimtrack.index.ahead import Ahead
from claimtrack.index.course import Course
from claimtrack.index.stretches import (
    GAP,
    Stretch,
    file_of,
    head_of,
    laid_out,
    stretch,
    tail_of,
)
from claimtrack.reading.claim_stream import After, End, Item, Opening
from claimtrack.reading.entries import Entries
from claimtrack.reading.fitting import Entry, StreamedClaim
from claimtrack.reading.octets import Octets
from claimtrack.reading.roots import PackedClaim, pack
from claimtrack.reading.schema import ClaimShape

_AT_ONCE = 1000
"""Rows that are put in at once, after which reading could go on."""


class _Rows:
    """Rows on their way into the tables: of claims that wait, and of stretches."""

    def __init__(self, course: Course) -> None:
        self.course, self._index = course, course.index
        self._claims: list[PackedClaim] = []
        self._stretches: list[Stretch] = []

    def add(self, each: Stretch, claim: PackedClaim | None = None) -> None:
        """Put in the next stretch, and the claim that it begins with."""
        self._stretches.append(each)
        if claim is not None:
            self._claims.append(claim)
        if len(self._stretches) > _AT_ONCE:
            self.flush()
            self.course.commit()

    def flush(self) -> None:
        """See that all are there."""
        put = self._index.executemany
        put("INSERT INTO stretches VALUES (?, ?, ?, ?, ?, ?)", self._stretches)
        put("INSERT INTO waiting.claims VALUES (?7, ?1, ?2, ?3, ?4, ?5, ?6)", self._claims)
        self._stretches.clear()
        self._claims.clear()

    def at(self, no: int) -> PackedClaim:
        """The claim with a number."""
        return next(self.between(no, no))

    def between(self, first: int, last: int) -> Iterator[PackedClaim]:
        """The claims from one number to another."""
        question = (
            'SELECT line, "column", key, key_line, key_column, raw, no FROM waiting.claims'
            " WHERE no BETWEEN ? AND ? ORDER BY no"
        )
        return (PackedClaim(*row) for row in self._index.execute(question, (first, last)))

    def known_of(self, file: int) -> _Known:
        """What is there of a file; of two claims and more all but the last that was come to."""
        head, tail = head_of(file), tail_of(file)
        claims = self._index.execute(
            'SELECT no, line, "column" FROM stretches WHERE no BETWEEN ? AND ?'
            ' AND "column" IS NOT NULL ORDER BY no DESC LIMIT 2',
            (head, tail),
        ).fetchall()
        if len(claims) < 2:
            self.drop(head, tail)
            return _Known(head, None)
        (last, line, column), (before, _, _) = claims
        question = "SELECT sum(length) FROM stretches WHERE no >= ? AND no < ?"
        start = self._index.execute(question, (head, last)).fetchone()[0]
        self.drop(last, tail)
        return _Known(before, After(start, line, column))

    def drop(self, first: int, last: int) -> None:
        """Take out stretches, and the claims that they begin with, from one number to another."""
        for table in ("stretches", "waiting.claims"):
            self._index.execute(f"DELETE FROM {table} WHERE no BETWEEN ? AND ?", (first, last))


class _Known(NamedTuple):
    """The last stretch of a file that is there, and the claim that comes next; None at its head."""

    last: int
    after: After | None


class SpooledPile:
    """The claims of one file, each with the stretch that it begins."""

    def __init__(self, rows: _Rows, file: int, data: Octets, known: _Known, ahead: Ahead) -> None:
        self._out, self._file, self._ahead = rows, file, ahead
        self._data: Octets = data
        self._no, self._after = known
        self._is_at_head = self._after is None
        self._item: Item | None = None

    def skip(self, at: Opening | Item) -> After | None:
        """The claim to go on with instead, if those up to it are on the pile by now."""
        if type(at) is Opening:
            start = at.start if self._after is None else self._after.start
            self._ahead.begin(self._data, start, at)
            return self._after
        piece = self._ahead.piece(at) if type(at) is Item else None
        if piece is None:
            return None
        self._close(at.start)
        for each, claim in piece.claims:
            self._no += GAP
            self._out.add(each._replace(no=self._no), claim._replace(no=self._no))
        return piece.after

    def add(self, item: Item) -> None:
        """Put the next claim on it."""
        self._close(item.start)
        self._item = item

    def end(self, end: End) -> None:
        """Note where the claims are over."""
        self._close(end.start)
        rest = self._data[end.start :]
        self._out.add(stretch(tail_of(self._file), end.line, rest))
        self._data = b""

    def _close(self, end: int) -> None:
        """Write the claim that is at hand, of which it is known now where its stretch ends."""
        item = self._item
        if item is not None:
            self._no += GAP
            text = self._data[item.start : end]
            self._out.add(stretch(self._no, item.line, text, item.column), pack(item, self._no))
            self._item = None
        elif self._is_at_head:
            self._out.add(stretch(self._no, 1, self._data[:end]))
        self._is_at_head = False

    def __iter__(self) -> Iterator[PackedClaim]:
        """Its claims, in the order they came."""
        self._out.flush()
        return self._out.between(head_of(self._file), tail_of(self._file))


class Waiting(NamedTuple):
    """A claim that waits: its id, the number of its stretch, and what it is if it was streamed."""

    key: str
    no: int
    packed: PackedClaim | None


def plain(claim: Waiting) -> tuple[str, int, tuple[Any, ...] | None]:
    """A claim that waits in plain values."""
    return claim.key, claim.no, None if claim.packed is None else tuple(claim.packed)


def waiting_of(key: str, no: int, packed: tuple[Any, ...] | None) -> Waiting:
    """A claim that waits, from plain values."""
    return Waiting(key, no, None if packed is None else PackedClaim(*packed))


class Spool(MutableMapping[str, Entry[ClaimShape]]):
    """The claims of a register by id, in file order, those that were streamed kept on disk."""

    def __init__(self, course: Course, ahead: Ahead) -> None:
        """Raises Moved where files that were read before changed."""
        course.read_anew()
        self._rows, self._ahead = _Rows(course), ahead
        self._where: dict[str, int | Entry[ClaimShape]] = {}
        self._names: dict[int, str] = {}

    def pile(self, file: int, name: str, data: Octets) -> SpooledPile:
        """A pile for the claims of a file, by its number, name and bytes. Raises Moved."""
        rows = self._rows
        self._names[file] = name
        rows.flush()
        if rows.course.read(file, name, data):
            return SpooledPile(rows, file, data, rows.known_of(file), self._ahead)
        return SpooledPile(rows, file, data, _Known(head_of(file), None), self._ahead)

    def lay_out(self, entries: Entries) -> None:
        """See that the stretches of all files are there, those that were read as a whole too."""
        rows = self._rows
        rows.flush()
        lines: dict[str, list[int]] = {}
        for where in self._where.values():
            if not isinstance(where, int):
                lines.setdefault(where.file, []).append(where.first_line)
        for file, name in enumerate(entries.files):
            if name not in entries.streamed:
                rows.drop(head_of(file), tail_of(file))
                for each in laid_out(file, lines.get(name, ())):
                    rows.add(each)
        rows.flush()

    def waiting(self, entries: Entries, done: int = 0) -> Iterator[Waiting]:
        """The claims after the first few, those whose id stands there for the second time aside."""
        heads = {name: head_of(file) for file, name in enumerate(entries.files)}
        for place, (key, where) in enumerate(self._where.items()):
            if not isinstance(where, int):
                heads[where.file] += GAP
            if place >= done:
                if isinstance(where, int):
                    yield Waiting(key, where, self._rows.at(where))
                else:
                    yield Waiting(key, heads[where.file], None)

    def entry(self, claim: Waiting) -> Entry[ClaimShape]:
        """A claim that waits, for which nothing on disk is asked any more."""
        return self[claim.key] if claim.packed is None else self._entry(claim.packed)

    def _entry(self, claim: PackedClaim) -> StreamedClaim:
        name, line = self._names[file_of(claim.no)], claim.line + claim.key_line
        return StreamedClaim(claim.key, claim, name, line, claim.key_column)

    def __getitem__(self, key: str) -> Entry[ClaimShape]:
        where = self._where[key]
        return self._entry(self._rows.at(where)) if isinstance(where, int) else where

    def __setitem__(self, key: str, entry: Entry[ClaimShape]) -> None:
        self._where[key] = entry.no if isinstance(entry, StreamedClaim) else entry

    def __delitem__(self, key: str) -> None:
        del self._where[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._where)

    def __len__(self) -> int:
        return len(self._where)

    def __contains__(self, key: object) -> bool:
        return key in self._where

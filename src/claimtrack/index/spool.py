"""Claims on their way into an index: as raw nodes, in a file of their own, in file order.

A claim can only be understood once all that it may name has been read. Until then it waits on disk,
so that a register of a million claims needs no more memory than one of a thousand.
"""

from __future__ import annotations

import marshal
import sqlite3
from collections.abc import Iterator, MutableMapping
from tempfile import SpooledTemporaryFile
from typing import NamedTuple

from claimtrack.index.stretches import (
    GAP,
    Stretch,
    file_of,
    head_of,
    laid_out,
    stretch,
    tail_of,
)
from claimtrack.index.tables import folder_of
from claimtrack.reading.claim_stream import End, Item
from claimtrack.reading.entries import Entries
from claimtrack.reading.fitting import Entry, StreamedClaim
from claimtrack.reading.roots import PackedClaim, pack
from claimtrack.reading.schema import ClaimShape

_SIZE = 8
_AT_ONCE = 1000
_IN_MEMORY = 1 << 20
"""Bytes that need no file."""


class _Record(NamedTuple):
    no: int
    """Of the stretch that the claim begins."""
    claim: PackedClaim


class _Records:
    """A file of records, written one after another and read from any on."""

    def __init__(self, folder: str | None) -> None:
        self._file = SpooledTemporaryFile(_IN_MEMORY, dir=folder)  # noqa: SIM115 - closed by close
        self.end = self._at = 0

    def close(self) -> None:
        """Give up the file."""
        self._file.close()

    def add(self, record: _Record) -> None:
        """Write one at the end."""
        self._go(self.end)
        data = marshal.dumps((record.no, tuple(record.claim)))
        self._file.write(len(data).to_bytes(_SIZE, "big") + data)
        self._at = self.end = self.end + _SIZE + len(data)

    def at(self, at: int) -> _Record:
        """The one that begins at an offset."""
        self._go(at)
        size = int.from_bytes(self._file.read(_SIZE), "big")
        no, packed = marshal.loads(self._file.read(size))
        self._at = at + _SIZE + size
        return _Record(no, PackedClaim(*packed))

    def between(self, start: int, end: int) -> Iterator[_Record]:
        """Those from one offset to another, where others may be read meanwhile."""
        while start < end:
            record = self.at(start)
            start = self._at
            yield record

    def _go(self, at: int) -> None:
        if self._at != at:
            self._file.seek(at)
            self._at = at


class _Stretches:
    """Stretches on their way into their table."""

    def __init__(self, index: sqlite3.Connection) -> None:
        self._index = index
        self._waiting: list[Stretch] = []
        index.execute("DELETE FROM stretches")  # The register may have been read before.

    def add(self, each: Stretch) -> None:
        """Put in the next one."""
        self._waiting.append(each)
        if len(self._waiting) > _AT_ONCE:
            self.flush()

    def flush(self) -> None:
        """See that all are there."""
        put = "INSERT INTO stretches VALUES (?, ?, ?, ?, ?, ?)"
        self._index.executemany(put, self._waiting)
        self._waiting.clear()

    def drop(self, file: int) -> None:
        """Take out those of a file."""
        ends = head_of(file), tail_of(file)
        self._index.execute("DELETE FROM stretches WHERE no BETWEEN ? AND ?", ends)


class SpooledPile:
    """The claims of one file, each with the stretch that it begins."""

    def __init__(self, records: _Records, stretches: _Stretches, file: int, data: bytes) -> None:
        self._records, self._stretches = records, stretches
        self._file, self._data, self._no = file, data, head_of(file)
        self._first = self._last = records.end
        self._waiting: Item | None = None

    def add(self, item: Item) -> None:
        """Put the next claim on it."""
        self._close(item.start)
        self._waiting = item

    def end(self, end: End) -> None:
        """Note where the claims are over."""
        self._close(end.start)
        rest = self._data[end.start :]
        self._stretches.add(stretch(tail_of(self._file), end.line, rest))
        self._data, self._last = b"", self._records.end

    def _close(self, end: int) -> None:
        """Write the claim that waits, of which it is known now where its stretch ends."""
        waiting = self._waiting
        if waiting is None:
            self._stretches.add(stretch(self._no, 1, self._data[:end]))
            return
        self._no += GAP
        text = self._data[waiting.start : end]
        self._stretches.add(stretch(self._no, waiting.line, text, waiting.column))
        self._records.add(_Record(self._no, pack(waiting, self._records.end)))

    def __iter__(self) -> Iterator[PackedClaim]:
        """Its claims, in the order they came."""
        return (record.claim for record in self._records.between(self._first, self._last))


class Numbered(NamedTuple):
    """A claim with the number and the line of its stretch."""

    no: int
    line: int
    entry: Entry[ClaimShape]


class Spool(MutableMapping[str, Entry[ClaimShape]]):
    """The claims of a register by id, in file order, those that were streamed kept on disk."""

    def __init__(self, index: sqlite3.Connection) -> None:
        """``index`` has the table that stretches go to. What is on disk lies beside it."""
        self._records, self._stretches = _Records(folder_of(index)), _Stretches(index)
        self._where: dict[str, int | Entry[ClaimShape]] = {}
        self._names: dict[int, str] = {}

    def close(self) -> None:
        """Give up what is on disk."""
        self._records.close()

    def pile(self, file: int, name: str, data: bytes) -> SpooledPile:
        """An empty pile for the claims of a file, by its number, name and bytes."""
        self._names[file] = name
        return SpooledPile(self._records, self._stretches, file, data)

    def lay_out(self, entries: Entries) -> None:
        """See that the stretches of all files are there, those that were read as a whole too."""
        self._stretches.flush()
        lines: dict[str, list[int]] = {}
        for where in self._where.values():
            if not isinstance(where, int):
                lines.setdefault(where.file, []).append(where.first_line)
        for file, name in enumerate(entries.files):
            if name not in entries.streamed:
                self._stretches.drop(file)
                for each in laid_out(file, lines.get(name, ())):
                    self._stretches.add(each)
        self._stretches.flush()

    def numbered(self, entries: Entries) -> Iterator[Numbered]:
        """The claims, those whose id stands there for the second time aside."""
        heads = {name: head_of(file) for file, name in enumerate(entries.files)}
        for where in self._where.values():
            if isinstance(where, int):
                record = self._records.at(where)
                yield Numbered(record.no, record.claim.line, self._streamed(record))
            else:
                heads[where.file] += GAP
                yield Numbered(heads[where.file], where.first_line, where)

    def _streamed(self, record: _Record) -> StreamedClaim:
        claim = record.claim
        name, line = self._names[file_of(record.no)], claim.line + claim.key_line
        return StreamedClaim(claim.key, claim, name, line, claim.key_column)

    def __getitem__(self, key: str) -> Entry[ClaimShape]:
        where = self._where[key]
        return self._streamed(self._records.at(where)) if isinstance(where, int) else where

    def __setitem__(self, key: str, entry: Entry[ClaimShape]) -> None:
        self._where[key] = entry.kept_at if isinstance(entry, StreamedClaim) else entry

    def __delitem__(self, key: str) -> None:
        del self._where[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._where)

    def __len__(self) -> int:
        return len(self._where)

    def __contains__(self, key: object) -> bool:
        return key in self._where

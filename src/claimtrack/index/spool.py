"""Claims on their way into an index: as raw nodes, in a file of their own, in file order.

A claim can only be understood once all that it may name has been read. Until then it waits on disk,
so that a register of a million claims needs no more memory than one of a thousand.
"""

from __future__ import annotations

import marshal
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
from claimtrack.reading.claim_stream import End, Item
from claimtrack.reading.entries import Entries
from claimtrack.reading.fitting import Entry, StreamedClaim
from claimtrack.reading.roots import PackedClaim, pack
from claimtrack.reading.schema import ClaimShape

_SIZE = 8
_IN_MEMORY = 1 << 20
"""Bytes that need no file."""


class _Record(NamedTuple):
    stretch: Stretch
    claim: PackedClaim


class _Records:
    """A file of records, written one after another and read from any on."""

    def __init__(self) -> None:
        self._file = SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 - closed by close
        self.end = self._at = 0

    def close(self) -> None:
        """Give up the file."""
        self._file.close()

    def add(self, record: _Record) -> None:
        """Write one at the end."""
        self._go(self.end)
        data = marshal.dumps((tuple(record.stretch), tuple(record.claim)))
        self._file.write(len(data).to_bytes(_SIZE, "big") + data)
        self._at = self.end = self.end + _SIZE + len(data)

    def at(self, at: int) -> _Record:
        """The one that begins at an offset."""
        self._go(at)
        size = int.from_bytes(self._file.read(_SIZE), "big")
        known, packed = marshal.loads(self._file.read(size))
        self._at = at + _SIZE + size
        return _Record(Stretch(*known), PackedClaim(*packed))

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


class SpooledPile:
    """The claims of one file, each with the stretch that it begins."""

    def __init__(self, records: _Records, file: int, text: str) -> None:
        self._records, self._file, self._text = records, file, text
        self._first, self._count = records.end, 0
        self._waiting: Item | None = None
        self._last = records.end
        self.head = self.tail = Stretch(head_of(file), 1)

    def add(self, item: Item) -> None:
        """Put the next claim on it."""
        self._close(item.start)
        self._waiting = item

    def end(self, end: End) -> None:
        """Note where the claims are over."""
        self._close(end.start)
        rest = self._text[end.start :].encode()
        self.tail = stretch(tail_of(self._file), end.line, rest)
        self._text, self._last = "", self._records.end

    def _close(self, end: int) -> None:
        """Write the claim that waits, of which it is known now where its stretch ends."""
        waiting = self._waiting
        if waiting is None:
            self.head = stretch(head_of(self._file), 1, self._text[:end].encode())
            return
        self._count += 1
        no, text = head_of(self._file) + self._count * GAP, self._text[waiting.start : end]
        known = stretch(no, waiting.line, text.encode(), waiting.column)
        self._records.add(_Record(known, pack(waiting, self._records.end)))

    def __iter__(self) -> Iterator[PackedClaim]:
        """Its claims, in the order they came."""
        return (record.claim for record in self._records.between(self._first, self._last))

    def stretches(self) -> Iterator[Stretch]:
        """All of its file's."""
        yield self.head
        for record in self._records.between(self._first, self._last):
            yield record.stretch
        yield self.tail


class Numbered(NamedTuple):
    """A claim with the number and the line of its stretch."""

    no: int
    line: int
    entry: Entry[ClaimShape]


class Spool(MutableMapping[str, Entry[ClaimShape]]):
    """The claims of a register by id, in file order, those that were streamed kept on disk."""

    def __init__(self) -> None:
        self._records = _Records()
        self._where: dict[str, int | Entry[ClaimShape]] = {}
        self._piles: dict[int, SpooledPile] = {}
        self._names: dict[int, str] = {}

    def close(self) -> None:
        """Give up what is on disk."""
        self._records.close()

    def pile(self, file: int, name: str, text: str) -> SpooledPile:
        """An empty pile for the claims of a file, by its number, name and text."""
        self._names[file] = name
        self._piles[file] = SpooledPile(self._records, file, text)
        return self._piles[file]

    def stretches(self, entries: Entries) -> Iterator[Stretch]:
        """The stretches of all files of the register, in order."""
        lines: dict[str, list[int]] = {}
        for where in self._where.values():
            if not isinstance(where, int):
                lines.setdefault(where.file, []).append(where.first_line)
        for file, name in enumerate(entries.files):
            if name in entries.streamed:
                yield from self._piles[file].stretches()
            else:
                yield from laid_out(file, lines.get(name, ()))

    def numbered(self, entries: Entries) -> Iterator[Numbered]:
        """The claims, those whose id stands there for the second time aside."""
        heads = {name: head_of(file) for file, name in enumerate(entries.files)}
        for where in self._where.values():
            if isinstance(where, int):
                record = self._records.at(where)
                yield Numbered(record.stretch.no, record.stretch.line, self._streamed(record))
            else:
                heads[where.file] += GAP
                yield Numbered(heads[where.file], where.first_line, where)

    def _streamed(self, record: _Record) -> StreamedClaim:
        claim = record.claim
        name, line = self._names[file_of(record.stretch.no)], claim.line + claim.key_line
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

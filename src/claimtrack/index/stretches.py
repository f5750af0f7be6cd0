"""Stretches of a file's text: how they are numbered, and what each is known by.

What stands before the first claim of a file is one, each claim with all up to the next, and what
follows the last. Between the numbers of two there is room for others that come to stand there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple
from zlib import crc32

from claimtrack.index.stamps import digest_of

_FILE_BITS = 44
"""A stretch's number shifted right by so many bits is that of its file."""
GAP = 1 << 20
"""Between the numbers of two stretches that are laid out together."""
_MARKED = 80
"""Bytes of its first line, which mostly gives the id, that a stretch is looked for by."""


class Stretch(NamedTuple):
    """A row of the table of stretches.

    ``line`` and ``column`` count from 1, ``length`` is in bytes; but for number and line nothing is
    known of a stretch of a file that could not be streamed, and there is no column but a claim's.
    """

    no: int
    line: int
    length: int | None = None
    column: int | None = None
    mark: int | None = None
    digest: bytes | None = None


def stretch(no: int, line: int, text: bytes, column: int | None = None) -> Stretch:
    """The stretch that a text is."""
    return Stretch(no, line, len(text), column, mark_of(text), digest_of(text))


def mark_of(text: bytes) -> int:
    """A checksum of how a text begins: equal ones may be of one stretch."""
    return crc32(text[:_MARKED].split(b"\n", 1)[0])


def file_of(no: int) -> int:
    """The number of the file that a stretch is of."""
    return no >> _FILE_BITS


def head_of(file: int) -> int:
    """The number of what stands before the first claim of a file."""
    return file << _FILE_BITS


def tail_of(file: int) -> int:
    """The number of what follows its last claim, the last that a stretch of it can have."""
    return ((file + 1) << _FILE_BITS) - 1


def numbers_after(before: int, after: int, count: int) -> range | None:
    """Numbers for so many stretches, at least one, that come to stand between two.

    None without room for them.
    """
    step = min((after - before) // (count + 1), GAP)
    return range(before + step, before + step * count + 1, step) if step else None


def laid_out(file: int, lines: Iterable[int]) -> Iterator[Stretch]:
    """The stretches of a file of which nothing but the lines of its claims is known."""
    yield Stretch(head_of(file), 1)
    for place, line in enumerate(lines, start=1):
        yield Stretch(head_of(file) + place * GAP, line)

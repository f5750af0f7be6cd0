"""The bytes of a file: held if it is small, and else read as they are asked for."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Protocol, overload

_LARGE = 1 << 25
"""Bytes of a file, of which more are not held."""
_WINDOW = 1 << 20


class Octets(Protocol):
    """What is asked of the bytes of a file."""

    def __len__(self) -> int:
        """How many there are."""

    @overload
    def __getitem__(self, at: int, /) -> int: ...
    @overload
    def __getitem__(self, at: slice, /) -> bytes: ...


def octets_of(path: Path) -> Octets:
    """The bytes of a file. Raises OSError."""
    return FileOctets(path) if path.stat().st_size > _LARGE else path.read_bytes()


class FileOctets:
    """Bytes that stay in their file, which is open as long as somebody has them.

    Of a file that becomes shorter meanwhile there are fewer than their number says.
    """

    def __init__(self, path: Path) -> None:
        """Raises OSError."""
        self._file = path.open("rb", buffering=0)
        self._size = self._file.seek(0, 2)

    def __del__(self) -> None:
        self._file.close()

    def __len__(self) -> int:
        return self._size

    @overload
    def __getitem__(self, at: int, /) -> int: ...
    @overload
    def __getitem__(self, at: slice, /) -> bytes: ...
    def __getitem__(self, at: int | slice, /) -> int | bytes:
        if isinstance(at, int):
            return self._read(at, 1)[0]
        start, stop, _ = at.indices(self._size)
        return self._read(start, stop - start)

    def _read(self, start: int, size: int) -> bytes:
        self._file.seek(start)
        parts: list[bytes] = []
        while size > 0 and (part := self._file.read(size)):
            parts.append(part)
            size -= len(part)
        return parts[0] if len(parts) == 1 else b"".join(parts)


def windows(data: Octets) -> Iterator[bytes]:
    """All bytes, some after others, so that no more are held at a time."""
    for start in range(0, len(data), _WINDOW):
        yield data[start : start + _WINDOW]

"""Reading several files as they are at one time, though others may change them meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Generic, NamedTuple, TypeVar

from claimtrack.index.ground import whole_path
from claimtrack.index.stamps import Stamp, now, stamp_of
from claimtrack.reading.octets import Octets, octets_of

T = TypeVar("T")
_TRIES = 3


class Steady(NamedTuple, Generic[T]):
    """What was read, when that began, and the stamps of its files before each was read."""

    read: T
    looked: int
    stamps: dict[str, Stamp | None]
    is_steady: bool


def read_steadily(read_all: Callable[[Callable[[Path], Octets]], T]) -> Steady[T]:
    """What is read of some files, and again if one was replaced while others were read.

    ``read_all`` is given what reads a file. Readers take no lock: a file is whole whenever it is
    read, but several change one by one.
    """
    for _ in range(_TRIES):
        stamps: dict[str, Stamp | None] = {}
        looked = now()

        def read(path: Path, seen: dict[str, Stamp | None] = stamps) -> Octets:
            seen[whole_path(path)] = stamp_of(path)
            return octets_of(path)

        found = read_all(read)
        if are_steady(stamps):
            return Steady(found, looked, stamps, True)
    return Steady(found, looked, stamps, False)


def are_steady(stamps: Mapping[str, Stamp | None]) -> bool:
    """Whether files are still as they were."""
    return all(stamp_of(path) == stamp for path, stamp in stamps.items())

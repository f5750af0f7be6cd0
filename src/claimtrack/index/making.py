"""Making an index: the register read, what follows derived, and what all of that rests on."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from claimtrack.collector import collector_off
from claimtrack.findings.findings import derive
from claimtrack.index.filling import fill
from claimtrack.index.ground import installed, seal_files
from claimtrack.index.judging import fill_evidence, looked_for
from claimtrack.index.seal import Evidence, Listing, Seal
from claimtrack.index.stamps import Stamp, links_of, now, stamp_of
from claimtrack.index.stored import Stored
from claimtrack.progress import Tell, quiet
from claimtrack.reading.files import SOURCES_VARIABLE, resolved
from claimtrack.reading.register import FullReading, read_in_full
from claimtrack.reading.shelf import Shelf
from claimtrack.reading.words import FOLDER


class Made(NamedTuple):
    """An index, and its seal unless files changed while they were read."""

    stored: Stored
    seal: Seal | None


class Steady(NamedTuple):
    """A register as read, when that began, and its files' stamps before each was read."""

    full: FullReading
    looked: int
    stamps: dict[str, Stamp | None]
    is_steady: bool


def make(
    index: sqlite3.Connection, main: Path, environ: Mapping[str, str], evidence: bool, tell: Tell
) -> Made:
    """Fill an empty index. Raises RegisterUnreadable, WordsUnreadable."""
    with collector_off():
        read = read_steadily(main, tell)
        findings = derive(read.full.reading.register, tell)
        tell("keeping what was read", 0, 0)
        stored = fill(index, read.full, findings)
        judged, is_steady = None, read.is_steady
        if evidence:
            register = findings.register
            then, paths = (
                now(),
                [*looked_for(register, main, environ), *_beside(main), *installed()],
            )
            stamps = {path: stamp_of(path) for path in paths}
            shelf = Shelf(register, main, environ)
            fill_evidence(stored, read.full.reading, findings, shelf, tell)
            judged = Evidence(
                environ.get(SOURCES_VARIABLE, ""), then, seal_files(stamps.items(), then)
            )
            is_steady = is_steady and _are_steady(stamps)
    return Made(stored, _seal(main, read, judged) if is_steady else None)


def _beside(main: Path) -> list[str]:
    """The folder of word lists, and what is in it."""
    folder = main.parent / FOLDER
    return [str(folder), *(map(str, sorted(folder.iterdir())) if folder.is_dir() else ())]


_TRIES = 3


def read_steadily(main: Path, tell: Tell = quiet) -> Steady:
    """The register, read again if one of its files was replaced while others were read.

    Readers take no lock: a file is whole whenever it is read, but several change one by one.
    """
    for _ in range(_TRIES):
        stamps: dict[str, Stamp | None] = {}
        looked = now()

        def read(path: Path, seen: dict[str, Stamp | None] = stamps) -> bytes:
            seen[str(path)] = stamp_of(path)
            return path.read_bytes()

        full = read_in_full(main, read, tell)
        if _are_steady(stamps):
            return Steady(full, looked, stamps, True)
    return Steady(full, looked, stamps, False)


def _are_steady(stamps: Mapping[str, Stamp | None]) -> bool:
    return all(stamp_of(path) == stamp for path, stamp in stamps.items())


def _seal(main: Path, read: Steady, evidence: Evidence | None) -> Seal:
    listings = (
        Listing(str(folder), pattern, tuple(map(str, found)))
        for folder, pattern, found in read.full.entries.listings
    )
    return Seal(
        str(resolved(main)),
        read.looked,
        seal_files(read.stamps.items(), read.looked),
        tuple(listings),
        links_of(read.stamps),
        evidence,
    )

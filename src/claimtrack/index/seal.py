"""The seal of an index: which file it is, what it rests on, and that nobody touched it since.

An index is a file that is never changed once it is sealed: a newer one takes its place by a newer
seal. Whoever holds a seal may read the file that it names without a lock. A seal that is missing,
damaged, of another version or of another register is no seal, and neither is one whose file is not
as it was when it was sealed.
"""

from __future__ import annotations

import marshal
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple
from zlib import crc32

from claimtrack.index.stamps import Stamp, stamp_of

VERSION = 3
"""Of everything an index holds: tables, packed values, and how a register is read into them."""
_MAGIC = b"claimtrack index\n"
SUFFIX = ".seal"


class FileSeal(NamedTuple):
    """A file that was read: its path, its stamp before, and the digest of what was read."""

    path: str
    stamp: Stamp | None
    digest: bytes | None


class Listing(NamedTuple):
    """A pattern of an include, and the paths that it matched."""

    folder: str
    pattern: str
    paths: tuple[str, ...]


class Evidence(NamedTuple):
    """What the part of an index rests on that is about evidence."""

    folders: tuple[str, ...]
    """The further source folders that the environment names, by their whole paths."""
    looked: int
    files: tuple[FileSeal, ...]


class Seal(NamedTuple):
    """What an index rests on, as it was looked at before its files were read."""

    main: str
    looked: int
    files: tuple[FileSeal, ...]
    listings: tuple[Listing, ...]
    links: tuple[tuple[str, str], ...]
    evidence: Evidence | None
    name: str = ""
    """Of the file that holds the index, in the same folder."""
    stamp: Stamp | None = None
    """Of that file."""


def made_by() -> tuple[object, ...]:
    """What must be the same of the program that made an index and the one that reads it."""
    return (VERSION, sys.version, sys.byteorder, _program())


_DECIDING = ("engine", "findings", "index", "quotes", "reading", "values")
"""The packages that decide what an index holds, beside the modules at the top."""


@cache
def _program() -> int:
    """When the program was put where it is; of a copy that is worked on, its newest module."""
    if "site-packages" in __file__:
        return os.stat(__file__).st_mtime_ns  # noqa: PTH116 - as cheap as can be
    top = os.path.dirname(os.path.dirname(__file__))  # noqa: PTH120 - likewise
    packages = (time for name in _DECIDING for time in _times(f"{top}/{name}"))
    return max(*_own_times(top), *packages)


def _own_times(folder: str) -> Iterator[int]:
    return (each.stat().st_mtime_ns for each in os.scandir(folder) if each.name.endswith(".py"))


def _times(folder: str) -> Iterator[int]:
    for entry in os.scandir(folder):
        if entry.name.endswith((".py", ".txt")):
            yield entry.stat().st_mtime_ns
        elif entry.name != "__pycache__" and entry.is_dir():
            yield from _times(entry.path)


# ------------------------------------------------------------------------------------- on the disk


def read_seal(folder: Path, stem: str, main: str) -> Seal | None:
    """The seal of a register's index, if there is one and its file is as it was sealed."""
    try:
        data = (folder / f"{stem}{SUFFIX}").read_bytes()
        seal = _understood(data)
    except (OSError, ValueError, TypeError, EOFError, KeyError):
        return None
    if seal is None or seal.main != main or "/" in seal.name:
        return None
    return seal if stamp_of(folder / seal.name) == seal.stamp is not None else None


def _understood(data: bytes) -> Seal | None:
    if not data.startswith(_MAGIC) or len(data) < len(_MAGIC) + 4:
        return None
    check, body = data[len(_MAGIC) : len(_MAGIC) + 4], data[len(_MAGIC) + 4 :]
    if crc32(body).to_bytes(4, "big") != check:
        return None
    by, main, looked, files, listings, links, evidence, name, stamp = marshal.loads(body)
    if by != made_by():
        return None
    return Seal(
        main,
        looked,
        tuple([FileSeal(*each) for each in files]),
        tuple([Listing(*each) for each in listings]),
        links,
        evidence and evidence_of(*evidence),
        name,
        stamp,
    )


def plain_evidence(evidence: Evidence) -> tuple[object, ...]:
    """What evidence rests on in plain values, as ``marshal`` takes them."""
    return *evidence[:2], [tuple(each) for each in evidence.files]


def evidence_of(
    folders: tuple[str, ...], looked: int, files: Iterable[tuple[str, Stamp, bytes]]
) -> Evidence:
    """What evidence rests on, from plain values."""
    return Evidence(folders, looked, tuple([FileSeal(*each) for each in files]))


def write_seal(folder: Path, stem: str, seal: Seal) -> None:
    """Put a seal in place, all of it at once. Raises OSError."""
    evidence = seal.evidence
    plain: Any = (
        made_by(),
        seal.main,
        seal.looked,
        [tuple(each) for each in seal.files],
        [tuple(each) for each in seal.listings],
        seal.links,
        evidence and plain_evidence(evidence),
        seal.name,
        seal.stamp,
    )
    body = marshal.dumps(plain)
    temporary = folder / f"{stem}.{os.urandom(8).hex()}.new"
    try:
        temporary.write_bytes(_MAGIC + crc32(body).to_bytes(4, "big") + body)
        temporary.replace(folder / f"{stem}{SUFFIX}")
    except BaseException:
        with suppress(OSError):
            temporary.unlink()
        raise

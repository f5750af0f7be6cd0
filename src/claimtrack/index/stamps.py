"""What an index rests on: files as they were when it was made, and whether they still are.

A file is known by device, inode, size and the times of its last change, both of its content and of
its record: whoever sets the first back cannot set the other. Times are coarse, so that a file that
was changed in the very moments in which it was read may have been changed once more without any of
that showing: there its digest decides.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from claimtrack.reading.octets import Octets

Stamp = tuple[int, int, int, int, int]

_COARSE = 2_000_000_000
"""Nanoseconds in which a file may change twice and look the same: the coarsest clocks in use."""


def stamp_of(path: str | Path) -> Stamp | None:
    """What a file is known by; None where there is none."""
    try:
        status = os.stat(path)  # noqa: PTH116 - takes texts too, and there may be thousands
    except (OSError, ValueError):
        return None
    return (
        status.st_dev,
        status.st_ino,
        status.st_size,
        status.st_mtime_ns,
        status.st_ctime_ns,
    )


def now() -> int:
    """The time, as stamps have it: nanoseconds since 1970."""
    return time.time_ns()


def is_doubtful(stamp: Stamp | None, looked: int) -> bool:
    """Whether a file so stamped may have changed since it was looked at, and look the same."""
    return stamp is not None and max(stamp[3], stamp[4]) > looked - _COARSE


_DIGEST = 16
"""Bytes of a digest."""


def digest_of(data: bytes | memoryview) -> bytes:
    """The digest of a text."""
    from hashlib import blake2b  # costs as much as reading a small index

    return blake2b(data, digest_size=_DIGEST).digest()


def digest_of_all(data: Octets) -> bytes:
    """That of bytes which may be too many to be held."""
    from hashlib import blake2b

    from claimtrack.reading.octets import windows

    digest = blake2b(digest_size=_DIGEST)
    for some in windows(data):
        digest.update(some)
    return digest.digest()


def digest_at(path: str) -> bytes | None:
    """The digest of a regular file as it is now; None where there is none that can be read."""
    from claimtrack.reading.octets import octets_of  # like digests, of use for young files alone

    try:
        # A named pipe would be waited for, and a device never ends.
        is_file = os.path.isfile(path)  # noqa: PTH113
        return digest_of_all(octets_of(Path(path))) if is_file else None
    except OSError:
        return None


def links_of(paths: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """Where the folders of some files lead, every link resolved."""
    folders = dict.fromkeys(os.path.dirname(path) for path in paths)  # noqa: PTH120 - likewise
    return tuple((folder, os.path.realpath(folder)) for folder in folders)

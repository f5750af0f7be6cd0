"""What stands at a path at this moment, told by the digest of its bytes."""

from __future__ import annotations

import errno
import hashlib
import os
import stat
from pathlib import Path

from claimtrack.frozen import frozen


@frozen
class Present:
    """A regular file as it was when it was read: its SHA-256 in hex digits, and its status."""

    digest: str
    status: os.stat_result


def digest_of(content: bytes) -> str:
    """The SHA-256 of bytes, in hex digits."""
    return hashlib.sha256(content).hexdigest()


def look(path: Path) -> Present | None:
    """The regular file at the path, or None if nothing is there. No link is followed.

    Raises OSError where something else is there, or it cannot be read.
    """
    try:
        if not stat.S_ISREG(path.lstat().st_mode):
            raise OSError(errno.EINVAL, "it is not a regular file", str(path))
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except FileNotFoundError:
        return None
    with open(descriptor, "rb") as stream:  # noqa: PTH123 - a descriptor, no path
        status = os.fstat(descriptor)
        return Present(hashlib.file_digest(stream, "sha256").hexdigest(), status)


def still_there(path: Path, seen: Present | None) -> bool:
    """Whether the path has what was seen there, by its status alone."""
    try:
        now = path.lstat()
    except FileNotFoundError:
        return seen is None
    return seen is not None and _stamp(now) == _stamp(seen.status)


def _stamp(status: os.stat_result) -> tuple[int, ...]:
    return (
        status.st_dev,
        status.st_ino,
        status.st_size,
        status.st_mtime_ns,
        status.st_ctime_ns,
    )

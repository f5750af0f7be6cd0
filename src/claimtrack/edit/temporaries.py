"""New files while they are being written: beside their target, and on the disk before they count.

A leading dot keeps them out of every include's pattern, and a name of one kind lets whoever holds
the lock next tell what a killed writer left behind.
"""

from __future__ import annotations

import errno
import os
import re
import secrets
import stat
from collections.abc import Iterable
from pathlib import Path

from claimtrack.edit.keeping import attributes_of, keep

_NAME = re.compile(r"\.claimtrack-[0-9a-f]{16}\.tmp")


def beside(target: Path) -> Path:
    """A path in the target's own folder that no file has yet."""
    return target.parent / f".claimtrack-{secrets.token_hex(8)}.tmp"


def is_ours(name: str) -> bool:
    """Whether a file's name is one that ``beside`` gives."""
    return _NAME.fullmatch(name) is not None


def write_new(path: Path, content: bytes) -> None:
    """Make a file with what the user's umask and the folder give, and see it to the disk."""
    _write(path, content, None, "")


def write_like(path: Path, content: bytes, target: Path, name: str) -> None:
    """Make a file that keeps what the target has, and see it to the disk.

    ``name`` is what the user calls the target. Raises NotKept and OSError.
    """
    _write(path, content, target, name)


def _write(path: Path, content: bytes, target: Path | None, name: str) -> None:
    # Until it has its owner and mode, nobody else may read what may be private.
    mode = 0o666 if target is None else 0o600
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW
    descriptor = os.open(path, flags, mode)
    try:
        rest = memoryview(content)
        while rest:
            rest = rest[os.write(descriptor, rest) :]
        if target is not None:
            keep(descriptor, target.lstat(), attributes_of(target), name)
        _sync(descriptor)
    finally:
        os.close(descriptor)


def sync_folders(folders: Iterable[Path]) -> None:
    """See to the disk which names the folders hold; each once."""
    for folder in dict.fromkeys(folders):
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            _sync(descriptor)
        except OSError as error:
            # Some network file systems know no such thing for a folder.
            if error.errno not in (errno.EINVAL, errno.ENOTSUP):
                raise
        finally:
            os.close(descriptor)


def _sync(descriptor: int) -> None:
    """Wait until the disk has it. On macOS ``fsync`` stops at the disk's own memory."""
    import fcntl

    whole = getattr(fcntl, "F_FULLFSYNC", None)
    if whole is not None:
        try:
            fcntl.fcntl(descriptor, whole)
        except OSError as error:
            if error.errno not in (errno.EINVAL, errno.ENOTSUP):
                raise
        else:
            return
    os.fsync(descriptor)


def sweep(folder: Path) -> None:
    """Remove what killed writers left in a folder. Only whoever holds its lock may.

    What cannot be removed stays: it is in nobody's way.
    """
    try:
        with os.scandir(folder) as entries:
            ours = [Path(each) for each in entries if is_ours(each.name)]
    except OSError:
        return
    for path in ours:
        try:
            if stat.S_ISREG(path.lstat().st_mode):
                path.unlink()
        except OSError:
            continue

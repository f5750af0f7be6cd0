"""Documents put into a source folder: whole or not at all, over nothing and through no link."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from claimtrack.diagnostic import ClaimtrackError
from claimtrack.edit.draft import read_draft
from claimtrack.edit.naming import id_from
from claimtrack.edit.present import digest_of, look
from claimtrack.edit.temporaries import beside, sweep, sync_folders, write_new
from claimtrack.reading.files import is_inside, leaves_its_folder

FOLDER = "sources"


class NotStored(ClaimtrackError):
    """A document that cannot be put into the source folder; nothing of it is left there."""

    exit_status = 4

    def __init__(self, name: str, why: str) -> None:
        super().__init__(f"{FOLDER}/{name} {why}; nothing was written")


class LinkedFolder(ClaimtrackError):
    """A source folder that is a link: what is copied through it lands somewhere else."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            f"{folder} is a link, and nothing is copied through one; put the file there yourself, "
            "then claimtrack source add takes it as it lies"
        )


def free_name(words: str, suffix: str, folder: Path, taken: Collection[str], digest: str) -> str:
    """A safe name for a file that no source has and that nothing in the folder has.

    Lower-case ASCII words joined by hyphens. A file of these very bytes, left by a command that was
    killed before the register named it, is as good as none.
    """
    free = _Taken(suffix, folder, taken, digest)
    return f"{id_from(words, free, 'source')}{suffix}"


class _Taken:
    """The names without suffix that are taken."""

    def __init__(self, suffix: str, folder: Path, taken: Collection[str], digest: str) -> None:
        self._suffix, self._folder, self._taken, self._digest = suffix, folder, taken, digest

    def __contains__(self, stem: object) -> bool:
        name = f"{stem}{self._suffix}"
        return name in self._taken or is_taken(self._folder, name, self._digest)


def is_taken(folder: Path, name: str, digest: str) -> bool:
    """Whether anything but a regular file of these bytes stands at the name."""
    path = folder / name
    if not os.path.lexists(path):
        return False
    try:
        present = look(path)
    except OSError:
        return True
    return present is not None and present.digest != digest


class Copying:
    """What is put into a register's source folder, and taken out again if it was for nothing."""

    def __init__(self, main: Path) -> None:
        self._main = main
        self._folder = main.parent / FOLDER
        self._made: list[tuple[str, os.stat_result]] = []
        self._made_folder = False

    def store(self, name: str, data: bytes) -> None:
        """Put a document into the folder. The caller holds the register's lock.

        Raises NotStored and LinkedFolder.
        """
        if self._folder.is_symlink():
            raise LinkedFolder(self._folder)
        if self._folder.exists() and not self._folder.is_dir():
            raise NotStored(name, f"cannot be written: {FOLDER} is no folder")
        path = self._folder / name
        try:
            self._make_folder(path, name)
            sweep(path.parent)
            present = look(path)
            if present is None:
                self._put(path, name, data)
            elif present.digest != digest_of(data):
                raise NotStored(name, "is there already")
        except OSError as error:
            raise NotStored(name, f"cannot be written: {error.strerror}") from error

    def _make_folder(self, path: Path, name: str) -> None:
        if leaves_its_folder(name) or not is_inside(path.parent, self._folder):
            raise NotStored(name, "leads out of its source folder")
        self._made_folder = not self._folder.exists()
        path.parent.mkdir(parents=True, exist_ok=True)

    def _put(self, path: Path, name: str, data: bytes) -> None:
        """A new name for bytes that are on the disk. A name that is taken meanwhile stays."""
        temporary = beside(path)
        try:
            write_new(temporary, data)
            _link(temporary, path, data)
            self._made.append((name, path.lstat()))
        finally:
            temporary.unlink(missing_ok=True)
        sync_folders([path.parent])

    def take_back(self) -> None:
        """Take out what was put there, as far as it is still that and no source has it."""
        named = self._named() if self._made else None
        for name, status in self._made:
            path = self._folder / name
            with suppress(OSError):
                if named is not None and name not in named and _is_same(path, status):
                    path.unlink()
        if self._made_folder:
            with suppress(OSError):
                self._folder.rmdir()  # which an empty one alone lets be done

    def _named(self) -> Collection[str] | None:
        """The files that the register's sources have; None where that cannot be told."""
        try:
            sources = read_draft(self._main).register.sources.values()
        except (ClaimtrackError, OSError):
            return None
        return {source.file for source in sources if source.file is not None}


@contextmanager
def copying(main: Path) -> Iterator[Copying]:
    """A source folder to store in; what was stored goes again if the block is left by an error."""
    copies = Copying(main)
    try:
        yield copies
    except BaseException:
        copies.take_back()
        raise


def _link(temporary: Path, path: Path, data: bytes) -> None:
    """Give the file its name, unless something has it. Raises FileExistsError and OSError."""
    try:
        os.link(temporary, path, follow_symlinks=False)
    except OSError as error:
        # Some file systems have no second names: there the file is written where it is to be.
        if error.errno not in (errno.EPERM, errno.ENOTSUP, errno.EMLINK, errno.ENOSYS):
            raise
        write_new(path, data)


def _is_same(path: Path, status: os.stat_result) -> bool:
    now = path.lstat()
    return stat.S_ISREG(now.st_mode) and os.path.samestat(now, status)

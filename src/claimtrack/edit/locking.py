"""One writer at a time: a lock on a register's folder that a dead process cannot hold.

The lock is the system's own on the folder itself (``flock``): it ends with the process, however
that ends, and no file is left behind. A program that this one starts does not inherit it (the
descriptor is closed on exec). It binds claimtrack alone: an editor or git may write meanwhile,
which replacing looks out for. It cannot be taken twice by one process.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType

from claimtrack.diagnostic import ClaimtrackError

_TELL_AFTER = 1.0
"""Seconds of waiting after which it is told."""
_PATIENCE = 2.0
"""Seconds that a further folder is waited for."""
_PAUSE = 0.02


class NoLocks(ClaimtrackError):
    """The platform has no locks that end with their process."""

    exit_status = 4

    def __init__(self) -> None:
        super().__init__(
            "this system has no file locks of the kind that claimtrack needs to write safely "
            "(flock); nothing was written"
        )


class NotLocked(ClaimtrackError):
    """The folder cannot be locked: it cannot be opened, or its file system knows no locks."""

    exit_status = 4

    def __init__(self, folder: Path, error: OSError) -> None:
        super().__init__(
            f"the folder {folder} cannot be locked for writing: {error.strerror}; "
            "nothing was written"
        )


class AnotherWriter(ClaimtrackError):
    """A further folder that the change reaches into is being written by another process."""

    exit_status = 4

    def __init__(self, folder: Path) -> None:
        super().__init__(
            f"another claimtrack is writing in {folder}; nothing was written, run the command again"
        )


@contextmanager
def writing_lock(folder: Path, on_wait: Callable[[], None]) -> Iterator[None]:
    """Hold the lock of a register's folder: the main file's.

    While another process holds it, it is waited for; ``on_wait`` is called once, after about a
    second of that. Raises NoLocks, NotLocked, and whatever interrupts the waiting.
    """

    def wait(descriptor: int) -> None:
        if not _taken_within(descriptor, _TELL_AFTER):
            on_wait()
            _flock().flock(descriptor, _flock().LOCK_EX)

    with _locked(folder, wait):
        yield


@contextmanager
def further_lock(folder: Path, patience: float = _PATIENCE) -> Iterator[None]:
    """Hold the lock of a folder beside the register's own, without waiting for ever.

    Two registers may each reach into the folder of the other: neither waits to the end. Raises
    AnotherWriter, NoLocks, NotLocked.
    """

    def wait(descriptor: int) -> None:
        if not _taken_within(descriptor, patience):
            raise AnotherWriter(folder)

    with _locked(folder, wait):
        yield


@contextmanager
def _locked(folder: Path, wait: Callable[[int], None]) -> Iterator[None]:
    descriptor = _taken(folder, wait)
    try:
        yield
    finally:
        os.close(descriptor)


def _taken(folder: Path, wait: Callable[[int], None]) -> int:
    """A descriptor with the lock of the folder that has the name once the lock is taken."""
    _flock()
    while True:
        try:
            descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        except OSError as error:
            raise NotLocked(folder, error) from error
        held = False
        try:
            wait(descriptor)
            # A folder that was removed and made anew while this one was waited for is another.
            held = os.path.samestat(os.fstat(descriptor), folder.stat())
        except FileNotFoundError:
            continue  # opening it once more says what is wrong
        except OSError as error:
            raise NotLocked(folder, error) from error
        finally:
            if not held:
                os.close(descriptor)
        if held:
            return descriptor


def _taken_within(descriptor: int, seconds: float) -> bool:
    fcntl = _flock()
    end = time.monotonic() + seconds
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= end:
                return False
            time.sleep(_PAUSE)
        else:
            return True


def _flock() -> ModuleType:
    try:
        import fcntl
    except ImportError as error:
        raise NoLocks from error
    return fcntl

"""One file's step from its old bytes to its new ones, and what is told when one is not taken."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Literal

from claimtrack.diagnostic import ClaimtrackError
from claimtrack.edit.locking import further_lock
from claimtrack.edit.present import look, still_there
from claimtrack.frozen import frozen

State = Literal["old", "new", "other"]


class FileChanged(ClaimtrackError):
    """A file is no longer what was read: another program wrote it, removed it or made it."""

    exit_status = 4

    def __init__(self, name: str) -> None:
        super().__init__(
            f"{name} changed since it was read; nothing was written, run the command again"
        )
        self.name = name


class WriteFailed(ClaimtrackError):
    """The disk is full, the folder refuses, or the like: says which files are old and which new."""

    exit_status = 4

    def __init__(self, cause: str, steps: Sequence[Step], *, is_unfinished: bool) -> None:
        super().__init__("; ".join([cause, *_outcome(steps, is_unfinished=is_unfinished)]))


class WriteInterrupted(WriteFailed):
    """The user stopped it; says which files are old and which new."""

    exit_status = 130


@frozen
class Step:
    """A file that is written and waits beside its target to take its place.

    ``name`` is what the user calls the target; ``before`` and ``after`` are SHA-256 digests of the
    target's bytes, ``before`` None where there is to be no file yet.
    """

    name: str
    target: Path
    temporary: Path
    before: str | None
    after: str

    def state(self) -> State:
        """Whether the target now is the old file, the new one, or neither."""
        try:
            present = look(self.target)
        except OSError:
            return "other"
        digest = present.digest if present else None
        if digest == self.after:
            return "new"
        return "old" if digest == self.before else "other"

    def is_ready(self) -> bool:
        """Whether the new file waits where it was written, whole."""
        try:
            present = look(self.temporary)
        except OSError:
            return False
        return present is not None and present.digest == self.after

    def take(self) -> None:
        """Put the new file in the old one's place, unless that is no longer the old one.

        Between the last look and the renaming lie some microseconds, in which a program that does
        not heed the lock can still write what is then lost: no system call closes them.

        Raises FileChanged and OSError.
        """
        present = look(self.target)
        if (present.digest if present else None) != self.before:
            raise FileChanged(self.name)
        if not still_there(self.target, present):
            raise FileChanged(self.name)
        os.replace(self.temporary, self.target)  # noqa: PTH105 - the system call, by its name


def remove_temporaries(steps: Iterable[Step]) -> None:
    """Remove the new files that wait; one that cannot be removed is swept up later."""
    for step in steps:
        try:
            step.temporary.unlink(missing_ok=True)
        except OSError:
            continue


@contextmanager
def undisturbed() -> Iterator[None]:
    """Let what would end the process wait meanwhile: a few renamings, all of them or none."""
    before = signal.pthread_sigmask(
        signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM, signal.SIGHUP}
    )
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextmanager
def further_locks(home: Path, steps: Iterable[Step]) -> Iterator[None]:
    """Hold the locks of the targets' folders too: each may be the home of a register of its own."""
    held = {_identity(home)}
    with ExitStack() as locks:
        for folder in sorted({step.target.parent for step in steps}):
            if folder.is_dir() and _identity(folder) not in held:
                locks.enter_context(further_lock(folder))
                held.add(_identity(folder))
        yield


def _identity(folder: Path) -> tuple[int, int]:
    status = folder.stat()
    return status.st_dev, status.st_ino


# ------------------------------------------------------------------------------------------ words


_LISTED = 5


def _outcome(steps: Sequence[Step], *, is_unfinished: bool) -> list[str]:
    """What became of each file, in clauses. ``is_unfinished``: a journal stands."""
    states = {step.state() for step in steps}
    clauses = told_by_state(steps)
    if "new" not in states and not is_unfinished:
        return ["nothing was written", *clauses]
    if is_unfinished and "other" in states:
        return [*clauses, "the next command that writes says what to do"]
    if is_unfinished and "old" in states:
        return [*clauses, "the next command that writes completes the change"]
    return clauses


def told_by_state(steps: Sequence[Step]) -> list[str]:
    """Which files are the new ones, which the old ones, and which neither, in clauses."""
    told: dict[str, list[str]] = {key: [] for key in _CLAUSES}
    for step in steps:
        state = step.state()
        told["absent" if state == "old" and step.before is None else state].append(step.name)
    return [
        f"{_listed(names)} {_CLAUSES[key][len(names) > 1]}" for key, names in told.items() if names
    ]


_CLAUSES = {
    "new": ("is the new one", "are the new ones"),
    "old": ("is as it was", "are as they were"),
    "absent": ("was not made", "were not made"),
    "other": ("was changed by another program", "were changed by another program"),
}


def _listed(names: Sequence[str]) -> str:
    """The first few by name, the others by number."""
    if len(names) == 1:
        return names[0]
    if len(names) <= _LISTED:
        return f"{', '.join(names[:-1])} and {names[-1]}"
    return f"{', '.join(names[:_LISTED])} and {len(names) - _LISTED} more"

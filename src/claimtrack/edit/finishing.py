"""What the next writer does about one that was killed: finish its change, sweep up after it.

All of this is for whoever holds the lock of the register's folder, before anything is read.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Literal

from claimtrack.diagnostic import ClaimtrackError
from claimtrack.edit.journal import finish, read_journal, remove_journal
from claimtrack.edit.locking import AnotherWriter, NotLocked, further_lock
from claimtrack.edit.steps import (
    FileChanged,
    Step,
    WriteFailed,
    further_locks,
    remove_temporaries,
    told_by_state,
    undisturbed,
)
from claimtrack.edit.temporaries import sweep
from claimtrack.frozen import frozen
from claimtrack.reading.files import resolved
from claimtrack.reading.interruption import JOURNAL, interrupted


class CannotFinish(ClaimtrackError):
    """Files of an interrupted change are neither the old ones nor the new: a person must see."""

    exit_status = 4

    def __init__(self, folder: Path, steps: Sequence[Step]) -> None:
        lost = [s.name for s in steps if s.state() == "old" and not s.is_ready()]
        clauses = told_by_state(steps)
        if lost:
            clauses.append(f"what {lost[0]} was to become is gone")
        super().__init__(
            f"an interrupted change of several files cannot be completed: {'; '.join(clauses)}. "
            "Nothing was written. Make the files as you want them, from git for instance, then "
            f"delete {folder / JOURNAL}"
        )


@frozen
class Finished:
    """A file of an interrupted change: the new one, or as it was where the change was dropped."""

    name: str
    state: Literal["old", "new"]


def finish_interrupted(folder: Path) -> list[Finished]:
    """Complete a change of several files that was interrupted; its files, none if there was none.

    Afterwards all are new; or, where none has its place yet and one no longer fits, because a
    person undid the change or wrote another, it is dropped, and all stay as they are. Of a change
    half made nothing is guessed: raises CannotFinish, and JournalUnreadable where the journal is
    not one that the program wrote, and not a byte is touched; further AnotherWriter, NotLocked and
    WriteFailed.

    Also removes what killed writers left in the folder itself; see ``remove_leftovers``.
    """
    home = resolved(folder)
    steps = read_journal(home)
    finished = [] if steps is None else _finish(steps, home, folder)
    _sweep(home)
    return finished


def _finish(steps: Sequence[Step], home: Path, folder: Path) -> list[Finished]:
    with further_locks(home, steps):
        states = [step.state() for step in steps]
        is_ready = all(
            state == "new" or (state == "old" and step.is_ready())
            for step, state in zip(steps, states, strict=True)
        )
        if not is_ready and "new" in states:
            raise CannotFinish(folder, steps)
        try:
            with undisturbed():
                if is_ready:
                    finish(steps, home)
                else:
                    remove_journal(home)
                    remove_temporaries(steps)
        except FileChanged as error:
            raise CannotFinish(folder, steps) from error
        except OSError as error:
            cause = f"completing an interrupted change failed: {error.strerror}"
            raise WriteFailed(cause, steps, is_unfinished=interrupted(home)) from error
    return [Finished(step.name, "new" if is_ready else "old") for step in steps]


def remove_leftovers(folder: Path, files: Iterable[str]) -> None:
    """Remove what killed writers left beside the register's files, given from its folder on.

    A folder in which another process writes now is left to that one.
    """
    home = resolved(folder)
    for each in sorted({resolved(home / name).parent for name in files} - {home}):
        try:
            with further_lock(each, patience=0):
                _sweep(each)
        except (AnotherWriter, NotLocked):
            continue


def _sweep(folder: Path) -> None:
    """Sweep a folder, unless a journal there or above it may name what lies in it."""
    if not any(interrupted(above) for above in (folder, *folder.parents)):
        sweep(folder)

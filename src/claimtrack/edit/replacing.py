"""Files replaced whole: after every error, kill and power cut each is the old one or the new one.

A new file is written beside the old one, with its owner, group, mode and attributes, and is on the
disk before it takes the old one's name. One file changes in that one renaming. Several change
together:

1. all new files are written and on the disk;
2. a journal of what is about to happen is put in the register's folder;
3. each new file takes its place;
4. the journal is removed.

Whoever is killed before the second point leaves the old files; after it the change is made, by the
next writer if need be: ``finish_interrupted``, called under the lock, before anything is read. What
a killed writer leaves beside the files is removed by the next one too.

The caller holds the lock of the register's folder from before it reads until it has written. A
program that does not heed the lock is noticed by what it wrote, up to some microseconds before a
renaming; what it writes in these is lost.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Sequence
from pathlib import Path

from claimtrack.diagnostic import ClaimtrackError
from claimtrack.edit.journal import finish, remove_journal, write_journal
from claimtrack.edit.present import digest_of, look
from claimtrack.edit.steps import (
    FileChanged,
    Step,
    WriteFailed,
    WriteInterrupted,
    further_locks,
    remove_temporaries,
    undisturbed,
)
from claimtrack.edit.temporaries import beside, sync_folders, write_like, write_new
from claimtrack.frozen import frozen
from claimtrack.reading.files import resolved
from claimtrack.reading.interruption import interrupted


class NotReplaceable(ClaimtrackError):
    """A file that is not the program's to replace; says why, and that nothing was written."""

    exit_status = 4

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"{name} {reason}; nothing was written")


class ChangeUnfinished(ClaimtrackError):
    """An interrupted change has not been finished: another must not begin."""

    exit_status = 4

    def __init__(self, folder: Path) -> None:
        super().__init__(f"an interrupted change in {folder} is not finished; nothing was written")


@frozen
class Replacement:
    """A file's bytes as they were read, None where there is to be no file yet; and the new ones."""

    path: Path
    before: bytes | None
    after: bytes


def replace_files(changes: Sequence[Replacement], folder: Path) -> None:
    """Write all of the changes or, where any is refused or fails, none.

    ``folder`` is the register's, whose lock the caller holds. A link is followed: its target is
    replaced. A file that would not change is compared, and left alone.

    Raises FileChanged, NotReplaceable, NotKept, AnotherWriter, NotLocked and ChangeUnfinished:
    nothing was written; WriteFailed and WriteInterrupted, which say for each file whether it is
    the old or the new one.
    """
    home = resolved(folder)
    if interrupted(home):
        raise ChangeUnfinished(folder)
    planned = [(_planned(change, folder), change) for change in changes]
    _check_apart([step for step, _ in planned], home)
    with further_locks(home, (step for step, _ in planned)):
        for step, _ in planned:
            _check(step)
        writing = [(s, change.after) for s, change in planned if s.before != s.after]
        if writing:
            _write(writing, home)


def _planned(change: Replacement, folder: Path) -> Step:
    target = resolved(change.path)
    return Step(
        name=_name(change.path, folder),
        target=target,
        temporary=beside(target),
        before=None if change.before is None else digest_of(change.before),
        after=digest_of(change.after),
    )


def _name(path: Path, folder: Path) -> str:
    """What the user calls a file: its path from the register's folder."""
    return str(path.relative_to(folder) if path.is_relative_to(folder) else path)


# ----------------------------------------------------------------------------------- the refusals


def _check_apart(steps: Sequence[Step], home: Path) -> None:
    """Refuse what no journal can tell of: one file twice, and files outside the folder."""
    names: dict[Path, str] = {}
    for step in steps:
        if step.target in names:
            raise NotReplaceable(step.name, f"is the same file as {names[step.target]}")
        names[step.target] = step.name
        if len(steps) > 1 and home not in step.target.parents:
            raise NotReplaceable(
                step.name,
                "lies outside the register's folder, and files that change together must lie in it",
            )


def _check(step: Step) -> None:
    try:
        present = look(step.target)
    except OSError as error:
        raise NotReplaceable(step.name, f"cannot be written: {error.strerror}") from error
    if (present.digest if present else None) != step.before:
        raise FileChanged(step.name)
    if present is not None and not _is_writable(step.target, present.status):
        reason = "is read-only" if _is_locked(present.status) else "is not yours to write"
        mode = stat.S_IMODE(present.status.st_mode)
        raise NotReplaceable(step.name, f"{reason} (mode {mode:04o})")


def _is_writable(path: Path, status: os.stat_result) -> bool:
    # A file that nobody may write is meant so, and root is asked to heed that too.
    effective = os.access in os.supports_effective_ids
    return not _is_locked(status) and os.access(path, os.W_OK, effective_ids=effective)


def _is_locked(status: os.stat_result) -> bool:
    return not status.st_mode & 0o222


# ------------------------------------------------------------------------------------ the writing


def _write(writing: Sequence[tuple[Step, bytes]], home: Path) -> None:
    steps = [step for step, _ in writing]
    try:
        for step, content in writing:
            _write_beside(step, content)
        with undisturbed():
            _take_all(steps, home)
    except BaseException as error:
        with undisturbed():
            _withdraw(steps, home)
        told = _told(error, steps, is_unfinished=interrupted(home))
        if told is None:
            raise
        raise told from error


def _write_beside(step: Step, content: bytes) -> None:
    if step.before is None:
        write_new(step.temporary, content)
    else:
        write_like(step.temporary, content, step.target, step.name)


def _take_all(steps: Sequence[Step], home: Path) -> None:
    if len(steps) == 1:
        steps[0].take()
        sync_folders([steps[0].target.parent])
        return
    sync_folders(step.target.parent for step in steps)
    write_journal(home, steps)
    for step in steps:  # all of them once more, while all can still be taken back
        if step.state() != "old":
            raise FileChanged(step.name)
    finish(steps, home)


def _withdraw(steps: Sequence[Step], home: Path) -> None:
    """Take everything back, unless one of several files has taken its place already."""
    if interrupted(home):
        if any(step.state() == "new" for step in steps):
            return
        try:
            remove_journal(home)
        except OSError:
            return  # while it stands, what it names is needed
    remove_temporaries(steps)


def _told(
    error: BaseException, steps: Sequence[Step], *, is_unfinished: bool
) -> ClaimtrackError | None:
    """The error as the user is told of it; None where it says itself that nothing was written."""
    is_whole = not is_unfinished and all(step.state() != "new" for step in steps)
    if isinstance(error, KeyboardInterrupt):
        return WriteInterrupted("interrupted", steps, is_unfinished=is_unfinished)
    if isinstance(error, OSError):
        where = f" in {Path(error.filename).parent}" if error.filename else ""
        cause = f"writing{where} failed: {error.strerror}"
        return WriteFailed(cause, steps, is_unfinished=is_unfinished)
    if isinstance(error, FileChanged) and not is_whole:
        return WriteFailed("another program wrote meanwhile", steps, is_unfinished=is_unfinished)
    return None

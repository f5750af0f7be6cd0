"""What a change of several files is about to do, written down so that another can finish it.

The journal lies in the register's folder from before the first file takes its place until after the
last has: JSON, with each target relative to that folder and the name of the file that waits beside
it. It is believed only as far as its own folder goes: whoever finds one that leads elsewhere, or is
not of this shape to the letter, does nothing.
"""

from __future__ import annotations

import json
import re
import stat
from collections.abc import Sequence
from pathlib import Path

from claimtrack.diagnostic import ClaimtrackError
from claimtrack.edit.steps import Step, remove_temporaries
from claimtrack.edit.temporaries import beside, is_ours, sync_folders, write_new
from claimtrack.reading.files import resolved
from claimtrack.reading.interruption import JOURNAL

_VERSION = 1
_LARGEST = 64 * 1024 * 1024
_KEYS = {"target", "temporary", "before", "after"}
_DIGEST = re.compile("[0-9a-f]{64}")


class JournalUnreadable(ClaimtrackError):
    """The journal of an interrupted change is not what the program writes."""

    exit_status = 4

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(
            f"{path} tells of an interrupted change, but {reason}; nothing was written. See with "
            "git status or by eye whether the register is as it should be, then delete that file"
        )


def write_journal(home: Path, steps: Sequence[Step]) -> None:
    """Put the journal in place, whole and on the disk. From then on the change will be made."""
    changes = [
        {
            "target": step.target.relative_to(home).as_posix(),
            "temporary": step.temporary.name,
            "before": step.before,
            "after": step.after,
        }
        for step in steps
    ]
    text = json.dumps({"claimtrack-journal": _VERSION, "changes": changes}, indent=1)
    temporary = beside(home / JOURNAL)
    try:
        write_new(temporary, text.encode("ascii") + b"\n")
        temporary.replace(home / JOURNAL)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    sync_folders([home])


def finish(steps: Sequence[Step], home: Path) -> None:
    """Do what the journal says is left to do, and remove it. Raises FileChanged and OSError."""
    for step in steps:
        if step.state() != "new":
            step.take()
    sync_folders(step.target.parent for step in steps)
    remove_journal(home)
    remove_temporaries(steps)  # of a file that another program had made the same


def remove_journal(home: Path) -> None:
    """Say that nothing is left to finish."""
    (home / JOURNAL).unlink(missing_ok=True)
    sync_folders([home])


def read_journal(home: Path) -> list[Step] | None:
    """The steps of an interrupted change, or None if there is none. Raises JournalUnreadable."""
    path = home / JOURNAL
    try:
        return _steps(home, _text(path))
    except FileNotFoundError:
        return None
    except OSError as error:
        raise JournalUnreadable(path, f"it cannot be read: {error.strerror}") from error
    except (ValueError, RecursionError) as error:
        reason = error.args[0] if isinstance(error, _Damaged) else "it is damaged"
        raise JournalUnreadable(path, reason) from error


class _Damaged(ValueError):
    """What is wrong with the journal, in a clause that follows a 'but'."""


def _text(path: Path) -> str:
    status = path.lstat()
    if not stat.S_ISREG(status.st_mode):
        raise _Damaged("it is not a regular file")
    if status.st_size > _LARGEST:
        raise _Damaged("it is far too large for one")
    return path.read_bytes().decode("ascii")


def _steps(home: Path, text: str) -> list[Step]:
    found = json.loads(text)
    if not isinstance(found, dict) or found.keys() != {"claimtrack-journal", "changes"}:
        raise _Damaged("it is damaged")
    if found["claimtrack-journal"] != _VERSION:
        raise _Damaged("this version of the program cannot read it")
    if not isinstance(found["changes"], list) or not found["changes"]:
        raise _Damaged("it is damaged")
    steps = [_step(home, each) for each in found["changes"]]
    paths = [path for step in steps for path in (step.target, step.temporary)]
    if len(set(paths)) < len(paths):
        raise _Damaged("it names one file twice")
    return steps


def _step(home: Path, found: object) -> Step:
    if not isinstance(found, dict) or found.keys() != _KEYS:
        raise _Damaged("it is damaged")
    target, temporary, before, after = (
        found[key] for key in ("target", "temporary", "before", "after")
    )
    if not _is_digest(after) or not (before is None or _is_digest(before)) or before == after:
        raise _Damaged("it is damaged")
    if not isinstance(target, str) or not isinstance(temporary, str) or not is_ours(temporary):
        raise _Damaged("it is damaged")
    path = home / target
    # As it was written: below the folder, with no link and no way up in it.
    if resolved(path) != path or home not in path.parents:
        raise _Damaged("it leads out of its folder")
    return Step(target, path, path.parent / temporary, before, after)


def _is_digest(found: object) -> bool:
    return isinstance(found, str) and _DIGEST.fullmatch(found) is not None

"""The merge driver as git's configuration of one repository has it."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from pathlib import Path

from claimtrack.diagnostic import ClaimtrackError
from claimtrack.reading.git import Git

NAME = "claimtrack"
"""What git's attributes call the driver."""
_SECTION = f"merge.{NAME}"


class NotConfigured(ClaimtrackError):
    """Git does not write its configuration."""

    exit_status = 4

    def __init__(self, complaint: str) -> None:
        super().__init__(f"git's configuration cannot be written: {complaint}")


def settings(python: str) -> Mapping[str, str]:
    """What is to be configured, for a claimtrack that this interpreter starts.

    By its own path, so that it is found where no virtual environment is active; and without the
    folder that git starts it in (-P), whose files are the repository's. Git of before 2.44 does
    not know %S, %X and %Y, and leaves them as they are.
    """
    program = shlex.quote(python).replace("%", "%%")
    merge = (
        f"{program} -P -m claimtrack merge-driver %O %A %B --path %P --marker-size %L "
        "--base-label %S --ours-label %X --theirs-label %Y"
    )
    # To git a program that is gone (127) has left a conflict, and the file as ours: theirs would
    # be lost to whoever does not look twice. So whatever is no answer is git's own merge instead.
    by_lines = "git merge-file --marker-size=%L %A %O %B"
    return {
        f"{_SECTION}.name": "claimtrack: merges a register claim by claim",
        f"{_SECTION}.driver": f"{merge}; s=$?; test $s -le 1 && exit $s; {by_lines}",
    }


def configured(folder: Path) -> dict[str, str | None]:
    """What the repository of the folder has now. Raises CannotTell where there is none."""
    git = Git(folder)
    git.ask("rev-parse", "--git-dir")
    return {key: git.line("config", "--local", "--get", key) for key in settings("")}


def configure(folder: Path, wanted: Mapping[str, str]) -> None:
    """Write settings into the repository's own configuration. Raises NotConfigured."""
    for key, value in wanted.items():
        _write(folder, "--replace-all", key, value)


def forget(folder: Path) -> None:
    """Take the settings out of the repository's own configuration. Raises NotConfigured."""
    _write(folder, "--remove-section", _SECTION)


def _write(folder: Path, *arguments: str) -> None:
    answer = Git(folder).answer("config", "--local", *arguments)
    if not answer.is_yes:
        raise NotConfigured(answer.complaint.strip().removeprefix("error: "))


def merging_attribute(folder: Path, file: str) -> str | None:
    """By what git merges a file of the folder, by all attributes that bear on it."""
    answer = Git(folder).line("check-attr", "merge", "--", file)
    return None if answer is None else answer.rpartition(": ")[2]

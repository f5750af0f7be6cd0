"""Git's own merge, line by line: for files that cannot be merged claim by claim."""

from __future__ import annotations

from pathlib import Path

from claimtrack.edit.merging.choices import Labels
from claimtrack.frozen import frozen
from claimtrack.reading.git import CannotTell, Git


@frozen
class LineMerged:
    """What git made of the lines, and whether it left nothing to choose from."""

    data: bytes
    is_decided: bool


def merge_lines(base: Path, ours: Path, theirs: Path, labels: Labels) -> LineMerged:
    """What ``git merge-file`` makes of three files. Raises CannotTell where it refuses them."""
    answer = Git(Path.cwd()).answer(
        "merge-file",
        *("--stdout", f"--marker-size={labels.size}"),
        *(["--diff3"] if labels.shows_base else []),
        *("-L", labels.ours, "-L", labels.base, "-L", labels.theirs),
        *(str(path.absolute()) for path in (ours, base, theirs)),
    )
    for line in answer.complaint.splitlines():  # it warns of conflicts too
        sort, _, told = line.partition(": ")
        if sort in ("error", "fatal"):
            raise CannotTell(told)
    if not answer.is_yes and b">" * labels.size not in answer.out:
        raise CannotTell("git broke off")
    return LineMerged(answer.out, answer.is_yes)


def shows_base() -> bool:
    """Whether the user wants the common ancestor's lines in a choice."""
    style = Git(Path.cwd()).line("config", "--get", "merge.conflictStyle")
    return style in ("diff3", "zdiff3")

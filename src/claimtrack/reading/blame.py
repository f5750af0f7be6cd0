"""Who wrote each line of a claim's entry. Read from what is committed: git sees no file as it is.

Git would convert such a file first, by whatever program the repository's attributes name. So the
lines that are not committed are found here, by comparing the entry with the committed one.
"""

from __future__ import annotations

import os
from collections.abc import Container, Sequence
from difflib import SequenceMatcher
from pathlib import PurePosixPath

from claimtrack.frozen import frozen
from claimtrack.reading.committed import Committed, Version
from claimtrack.reading.revisions import Commit, Revisions


@frozen
class BlamedLine:
    """One line of an entry: its number in the file, and the commit that wrote it.

    ``commit`` is None where it is not committed. ``is_cut`` is whether it may be older: it was
    there already in the oldest commit that was fetched.
    """

    number: int
    text: str
    commit: Commit | None
    is_cut: bool = False


def blame_entry(
    revisions: Revisions, now: Version, lines: Sequence[str], ids: Container[str]
) -> list[BlamedLine]:
    """Each of the entry's lines, which are given as the file has them. Raises CannotTell.

    ``ids`` are those of all claims in the files as they are: one renamed has left its own.
    """
    written = _written(revisions, now, ids)
    keys = _matched([each.text for each in written], lines)
    known = revisions.commits(written[key].commit for key in keys if key is not None)
    blamed = []
    for number, (text, key) in enumerate(zip(lines, keys, strict=True), now.entry.first_line):
        if key is None:
            blamed.append(BlamedLine(number, text, None))
        else:
            line = written[key]
            is_cut = line.is_oldest and revisions.is_boundary(line.commit)
            blamed.append(BlamedLine(number, text, known[line.commit], is_cut))
    return blamed


@frozen
class _Written:
    """A committed line, and the id of the commit that wrote it."""

    text: str
    commit: str
    is_oldest: bool


def _written(revisions: Revisions, now: Version, ids: Container[str]) -> list[_Written]:
    """The lines of the entry as it is committed; none where it is not."""
    head = revisions.head
    if head is None:
        return []
    committed = Committed(revisions)
    last = committed.placed(head, now.claim, now) or committed.renamed(head, now, ids)
    if last is None:
        return []
    told = revisions.git.ask(
        "blame",
        "--porcelain",
        "-C",
        "--no-textconv",
        "--no-ignore-revs-file",  # one that is not there would be an end of it
        f"-L{last.entry.first_line},{last.entry.last_line}",
        head,
        "--",
        _from_folder(last.path, revisions.folder),
    )
    return _parsed(told)


def _from_folder(path: PurePosixPath, folder: PurePosixPath) -> str:
    """A path of the repository as it is seen from the register's folder."""
    return PurePosixPath(os.path.relpath(path, folder)).as_posix()


def _parsed(told: bytes) -> list[_Written]:
    """Git's porcelain: a header with the commit's id, keys of it once, and the line after a tab."""
    lines: list[_Written] = []
    commit, oldest = "", set()
    is_header = True
    for row in told.split(b"\n")[:-1]:
        if is_header:
            commit, is_header = row.split()[0].decode("ascii"), False
        elif row.startswith(b"\t"):
            text = row[1:].decode("utf-8", "replace")
            lines.append(_Written(text, commit, commit in oldest))
            is_header = True
        elif row == b"boundary":
            oldest.add(commit)
    return lines


def _matched(committed: Sequence[str], lines: Sequence[str]) -> list[int | None]:
    """For each line the committed one that it is, whatever ends it."""
    was, now = ([line.rstrip() for line in each] for each in (committed, lines))
    found: list[int | None] = [None] * len(now)
    for block in SequenceMatcher(None, was, now, autojunk=False).get_matching_blocks():
        for step in range(block.size):
            found[block.b + step] = block.a + step
    return found

"""The history of one claim: the commits in which its entry changed, newest first.

It is walked from what is there now back to where the claim came from, and nothing is read of a
commit but what bears on the claim. One in which its file is as it was costs nothing; one in which
its file changed costs the reading of that file's bytes and a search for the entry's own text; only
where that is not there is the entry looked for and parsed, alone if it can be (see claim_entries).
So with ten megabytes in one file it is about a tenth of a second for each commit of that file, be
there much or little of the claim in it; with files by subject it is next to nothing.
"""

from __future__ import annotations

import os
from collections.abc import Container, Iterator, Mapping, Sequence
from pathlib import PurePosixPath

from claimtrack.frozen import frozen
from claimtrack.progress import Tell, quiet
from claimtrack.reading.committed import Committed, State, Version, is_same, version_of
from claimtrack.reading.revisions import (
    COMMIT_FORMAT,
    Commit,
    Revisions,
    is_of_register,
    pathspecs,
)

_AT_ONCE = 64
"""How many commits are compared with their parents at a time."""


@frozen
class Alteration:
    """A commit that the claim came out of written otherwise than it went in.

    ``commit`` is None for what is not committed. Of a merge, ``before`` is the claim in each parent
    that it is not as in; where it is as in one, in those only whose change of it was left out.
    """

    commit: Commit | None
    after: State
    before: tuple[State, ...]
    is_merge: bool = False
    is_cut: bool = False
    """Whether older commits were not fetched, so that nothing is known of the time before."""


@frozen
class _Pair:
    """The ids of a file's contents before and after a commit; None where it is not there."""

    old: str | None
    new: str | None


Pairs = Mapping[PurePosixPath, _Pair]


@frozen
class _Node:
    """A commit that changed files of the register, or a merge, and its parents of that kind."""

    commit: Commit
    parents: tuple[str, ...]
    changed: tuple[Pairs, ...]
    """For each parent (or for none, in the first commit) the files that differ from it."""


@frozen
class _Listing:
    """A commit with its parents of the same kind, as git lists it."""

    commit: Commit
    parents: tuple[str, ...]


class ClaimLog:
    """The history of a claim of one register, by the id that it has now or had last."""

    def __init__(self, revisions: Revisions, claim: str, tell: Tell = quiet) -> None:
        self._revisions, self._claim, self._tell = revisions, claim, tell
        self._committed = Committed(revisions)
        self._states: dict[str, State] = {}

    def alterations(self, now: Version | None, ids: Container[str]) -> Iterator[Alteration]:
        """Every change of the claim, newest first; ``now`` is its entry in the file as it is.

        ``ids`` are those of all claims in the files as they are: one renamed has left its own.
        Raises CannotTell: what was given until then is right, but not all.
        """
        head = self._revisions.head
        last: State = None
        if head is not None:
            last = self._committed.in_commit(head, self._claim, now)
            if last is None and now is not None:
                last = self._committed.renamed(head, now, ids)
        if not is_same(now, last):
            yield Alteration(None, now, (last,))
        if head is not None:
            yield from self._walk(head, last)

    # ---------------------------------------------------------------------------------- the walk

    def _walk(self, head: str, last: State) -> Iterator[Alteration]:
        for number, node in enumerate(self._nodes(head)):
            # What comes after the first changed no file of the register.
            state = last if not number else self._states.pop(node.commit.id, None)
            before = [
                self._before(state, parent, pairs)
                for parent, pairs in zip(node.parents or (None,), node.changed, strict=True)
            ]
            found = self._alteration(node, state, before)
            if found is not None:
                yield found

    def _before(self, state: State, parent: str | None, pairs: Pairs) -> State:
        """The claim in a parent, which is noted for when the walk comes there."""
        if parent is None:
            return self._earlier(state, pairs)
        if parent not in self._states:
            self._states[parent] = self._earlier(state, pairs)
        return self._states[parent]

    def _alteration(self, node: _Node, state: State, before: Sequence[State]) -> Alteration | None:
        others = [each for each in before if not is_same(each, state)]
        if not others:
            return None
        if len(node.parents) < 2:
            is_cut = not node.parents and self._revisions.is_boundary(node.commit.id)
            return Alteration(node.commit, state, tuple(others), is_cut=is_cut)
        if len(others) < len(before):
            others = [each for each in others if self._is_left_out(node, each)]
        return Alteration(node.commit, state, tuple(others), is_merge=True) if others else None

    def _is_left_out(self, node: _Node, other: State) -> bool:
        """Whether a merge that is as one parent left out what another had changed.

        What they came from tells: where that is as the other one, nothing was changed there.
        """
        base = self._revisions.git.line("merge-base", "--octopus", *node.parents)
        near = version_of(other)
        claim = self._claim if near is None else near.claim
        return base is None or not is_same(
            other, self._committed.in_commit(base.split()[0], claim, near)
        )

    # ------------------------------------------------------------------------- the claim before

    def _earlier(self, state: State, pairs: Pairs) -> State:
        """The claim before files changed so."""
        version = version_of(state)
        if version is None:
            return self._taken_from(pairs, self._claim)
        pair = pairs.get(version.path)
        if pair is None:
            return state
        found = None if pair.old is None else self._committed.in_file(version, pair.old)
        return found or self._taken_from(pairs, version.claim) or self._renamed_from(version, pairs)

    def _taken_from(self, pairs: Pairs, claim: str) -> State:
        """The claim in a file that it is in no longer afterwards."""
        for path, pair in pairs.items():
            entry = self._committed.entry(pair.old, claim)
            if entry is not None and self._committed.entry(pair.new, claim) is None:
                return Version(path, entry)
        return None

    def _renamed_from(self, version: Version, pairs: Pairs) -> State:
        """The claim under an id that is there no longer afterwards, all else being as it was."""
        for path, pair in pairs.items():
            for entry in self._committed.likes(version.entry, pair.old):
                after = (self._committed.entry(each.new, entry.id) for each in pairs.values())
                if not any(after):
                    return Version(path, entry)
        return None

    # ------------------------------------------------------------------------------- the commits

    def _nodes(self, head: str) -> Iterator[_Node]:
        """The commits that changed files in the register's folders, and merges, children first."""
        where = [spec for folder in self._revisions.folders() for spec in pathspecs(folder)]
        listed = self._revisions.git.ask(
            "rev-list",
            "--full-history",
            "--parents",
            "--date-order",
            *COMMIT_FORMAT,
            head,
            "--",
            *where,
        )
        lines = listed.decode("utf-8", "replace").split("\n")
        listings = [_listing(lines[at : at + 4]) for at in range(0, len(lines) - 1, 4)]
        for start in range(0, len(listings), _AT_ONCE):
            nodes = self._compared(listings[start : start + _AT_ONCE], where)
            for done, node in enumerate(nodes, start):
                self._tell("looking through commits", done, len(listings))
                yield node

    def _compared(self, listings: Sequence[_Listing], where: Sequence[str]) -> Iterator[_Node]:
        """Each commit with what differs from each of its parents."""
        asked = [
            f"{each.commit.id} {parent}" for each in listings for parent in each.parents or ("",)
        ]
        told = self._revisions.git.ask(
            "diff-tree",
            "--stdin",
            "--always",
            "--root",
            "-r",
            "-z",
            "--raw",
            "--no-abbrev",
            "--no-renames",
            "--",
            *where,
            given="".join(f"{each.rstrip()}\n" for each in asked).encode(),
        )
        changed = iter(self._changed(told))
        for each in listings:
            pairs = tuple(next(changed) for _ in each.parents or ("",))
            yield _Node(each.commit, each.parents, pairs)

    def _changed(self, told: bytes) -> Sequence[Pairs]:
        """What git tells of files that differ, comparison by comparison."""
        found: list[dict[PurePosixPath, _Pair]] = []
        words = iter(told.split(b"\0"))
        for word in words:
            if not word.startswith(b":"):
                found.append({})  # the commit's id
                continue
            old_mode, new_mode, old, new, _ = word[1:].decode("ascii").split()
            path = PurePosixPath(os.fsdecode(next(words)))
            if is_of_register(path, self._revisions.suffix):
                found[-1][path] = _Pair(_regular(old_mode, old), _regular(new_mode, new))
        return found


def _listing(lines: Sequence[str]) -> _Listing:
    """``commit ID PARENT …``, author, day and subject."""
    head, author, day, subject = lines
    _, commit, *parents = head.split()
    return _Listing(Commit(commit, author, day, subject), tuple(parents))


def _regular(mode: str, blob: str) -> str | None:
    """The contents of a regular file; a link's or a submodule's are none."""
    return blob if mode.startswith("100") else None

"""One claim's entry in what is committed: in a file of a commit, or wherever in a commit."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from pathlib import PurePosixPath

from claimtrack.frozen import frozen
from claimtrack.reading.claim_entries import (
    ClaimEntry,
    entries_with,
    find_entry,
    stands_in,
)
from claimtrack.reading.git import Git
from claimtrack.reading.revisions import Revisions
from claimtrack.reading.yamltext import NotYaml

_KEPT_FILES = 4
_TELLING = 12
"""How long a piece of an entry is at least by which the entry is looked for."""


@frozen
class Version:
    """A claim's entry as it stood, and in which file of the repository."""

    path: PurePosixPath
    entry: ClaimEntry

    @property
    def claim(self) -> str:
        """What the claim was called."""
        return self.entry.id


@frozen
class Unreadable:
    """A file in which the claim is looked for and that is no YAML; what it says in the next one."""

    path: PurePosixPath
    reason: str
    later: Version


State = Version | Unreadable | None
"""A claim in one commit; None where it is not there."""


def version_of(state: State) -> Version | None:
    """The claim as it is there, or as it is in the next commit in which it can be read."""
    return state.later if isinstance(state, Unreadable) else state


def is_same(one: State, other: State) -> bool:
    """Whether a claim is surely written alike in two states, or there in neither."""
    held, holding = version_of(one), version_of(other)
    if held is None or holding is None:
        return held is holding
    return held is holding or (held.entry.is_alone and _written(held) == _written(holding))


def _written(version: Version) -> tuple[PurePosixPath, str, str]:
    return version.path, version.claim, version.entry.text


class Committed:
    """Looks for the entries of claims in commits. The last few files stay in memory."""

    def __init__(self, revisions: Revisions) -> None:
        self._revisions = revisions
        self._git: Git = revisions.git
        self._files: dict[str, bytes] = {}

    def in_file(self, version: Version, blob: str) -> State:
        """The claim of a version in another state of its file."""
        data = self._content(blob)
        if stands_in(version.entry, data):
            return version
        try:
            entry = find_entry(data, version.claim)
        except NotYaml as error:
            return Unreadable(version.path, str(error), version)
        return None if entry is None else Version(version.path, entry)

    def entry(self, blob: str | None, claim: str) -> ClaimEntry | None:
        """The entry of the claim with that id in a file; None where the file cannot be read."""
        if blob is None:
            return None
        try:
            return find_entry(self._content(blob), claim)
        except NotYaml:
            return None

    def in_commit(self, commit: str, claim: str, near: Version | None) -> State:
        """The claim in a commit: first where it is in a version near to that, then anywhere."""
        for path, blob in self._revisions.files(commit):
            if near is not None and path == near.path:
                found = self.in_file(near, blob)
                if found is not None:
                    return found
        return self.placed(commit, claim, near)

    def placed(self, commit: str, claim: str, near: Version | None) -> Version | None:
        """The same, with the lines that it stands in there."""
        path_near = None if near is None else near.path
        files = self._revisions.files(commit)
        for path, blob in sorted(files, key=lambda file: file[0] != path_near):
            entry = self.entry(blob, claim)
            if entry is not None:
                return Version(path, entry)
        return None

    def renamed(self, commit: str, now: Version, ids: Container[str]) -> Version | None:
        """The claim in a commit under an id that none of ``ids`` is, since it was given another.

        What says all else word for word is looked for first, then what has the same statement: what
        a claim names may have been renamed with it.
        """
        files = self._revisions.files(commit)
        nearest = sorted(files, key=lambda file: file[0] != now.path)
        for find in (self.likes, self._stating):
            for path, blob in nearest:
                for entry in find(now.entry, blob):
                    if entry.id not in ids:
                        return Version(path, entry)
        return None

    def likes(self, entry: ClaimEntry, blob: str | None) -> Iterator[ClaimEntry]:
        """The entries of a file that say what this one does, word for word, under any id."""
        sought = _but_id(entry)
        around = self._around(_longest_piece(entry), blob)
        return (each for each in around if _but_id(each) == sought)

    def _stating(self, entry: ClaimEntry, blob: str | None) -> Iterator[ClaimEntry]:
        """The entries of a file with the same statement, written on one line as it is read."""
        sought = entry.statement
        around = self._around(sought, blob) if sought is not None else iter(())
        return (each for each in around if each.statement == sought)

    def _around(self, piece: str, blob: str | None) -> Iterator[ClaimEntry]:
        """The entries of a file in which a piece stands that is long enough to tell them."""
        if blob is None or len(piece) < _TELLING:
            return
        try:
            yield from entries_with(self._content(blob), piece)
        except NotYaml:
            return

    def _content(self, blob: str) -> bytes:
        if blob not in self._files:
            for earlier in list(self._files)[: -_KEPT_FILES + 1]:
                del self._files[earlier]
            self._files[blob] = self._git.content(blob)
        return self._files[blob]


def _but_id(entry: ClaimEntry) -> list[str]:
    """The words of an entry without its id."""
    written = rf"""["']?\bid["']?\s*:\s*["']?{re.escape(entry.id)}["']?\s*,?"""
    return re.sub(written, "", entry.text, count=1).split()


def _longest_piece(entry: ClaimEntry) -> str:
    """The longest piece of one line in which the id does not stand."""
    pieces = re.split(rf"[\r\n]|{re.escape(entry.id)}", entry.text)
    return max((piece.strip() for piece in pieces), key=len)

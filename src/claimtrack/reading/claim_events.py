"""What the commits of a claim's history changed in it in meaning, by who and when."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath
from typing import Literal

from claimtrack.findings.changes import Change
from claimtrack.findings.differences import ClaimEdit, VerdictMove, claim_edit, verdict_move
from claimtrack.frozen import frozen
from claimtrack.model import Claim, Register
from claimtrack.reading.claim_entries import claim_as_written
from claimtrack.reading.claim_log import Alteration
from claimtrack.reading.committed import State, Unreadable, Version, version_of
from claimtrack.reading.desk import Catalogue
from claimtrack.reading.git import CannotTell
from claimtrack.reading.nametable import NameTable
from claimtrack.reading.revisions import Commit

Fate = Literal["created", "gone", "kept", "broken", "mended"]


@frozen
class Transition:
    """What became of a claim between two of its versions.

    Created and gone: it is there only after or only before. Broken and mended: its entry has an
    error only after, or only before, so that nothing can be compared. ``edit`` is what it says
    otherwise, ``verdicts`` how it is judged otherwise.
    """

    fate: Fate
    before: Claim | None
    after: Claim | None
    moved: Change[str] | None = None
    renamed: Change[str] | None = None
    edit: ClaimEdit | None = None
    verdicts: VerdictMove | None = None

    @property
    def is_nothing(self) -> bool:
        """Whether it means the same, where it stood, under the same id."""
        return self.fate == "kept" and not (
            self.moved or self.renamed or self.edit or self.verdicts
        )


@frozen
class Event:
    """A commit in which a claim changed; None for what is not committed.

    ``file`` is where it stands after it, or stood, seen from the main file's folder.
    ``transitions`` are one for each parent that counts, of a merge perhaps several. ``unreadable``
    says why its file cannot be read as the commit left it: they then lead to the version of the
    next commit in which it can be.
    """

    commit: Commit | None
    file: str
    transitions: tuple[Transition, ...]
    is_merge: bool
    is_cut: bool
    unreadable: str | None


@frozen
class ClaimHistory:
    """The events of one claim, newest first; ``reason`` is why older ones are not told, if so."""

    claim: str
    events: tuple[Event, ...]
    reason: str | None


def claim_history(
    claim: str,
    alterations: Iterable[Alteration],
    folder: PurePosixPath,
    register: Register,
    limit: int | None,
) -> ClaimHistory:
    """What each alteration changed in meaning, at most so many: names mean what they mean today.

    ``folder`` is the register's within the repository, from which files are seen.
    """
    told: list[_Told] = []
    reason = None
    try:
        for each in _told(alterations, _Reader(register, folder)):
            if len(told) == limit:
                reason = f"no more than {limit:,} were asked for"
                break
            told.append(each)
    except CannotTell as error:
        reason = error.reason
    return ClaimHistory(claim, tuple(_event(each) for each in told), reason)


@frozen
class _Told:
    """An alteration with what it means."""

    altered: Alteration
    file: str
    transitions: tuple[Transition, ...]


def _told(alterations: Iterable[Alteration], reader: _Reader) -> Iterator[_Told]:
    for altered in alterations:
        found = (reader.transition(before, altered.after) for before in altered.before)
        transitions = tuple(each for each in found if not each.is_nothing)
        if transitions:
            yield _Told(altered, reader.file(altered), transitions)


def _event(told: _Told) -> Event:
    altered = told.altered
    return Event(
        altered.commit,
        told.file,
        told.transitions,
        altered.is_merge,
        altered.is_cut,
        altered.after.reason if isinstance(altered.after, Unreadable) else None,
    )


class _Reader:
    """Reads entries by today's names."""

    def __init__(self, register: Register, folder: PurePosixPath) -> None:
        names = NameTable.of(register.entities.values())
        self._catalogue = Catalogue({}, register.entities, register.properties, names, {})
        self._folder = folder

    def file(self, altered: Alteration) -> str:
        """The file that the claim stands in after an alteration, or stood in before."""
        held = (version_of(state) for state in (altered.after, *altered.before))
        return next((self._seen(each) for each in held if each is not None), "")

    def transition(self, before: State, after: State) -> Transition:
        """What became of the claim between two states."""
        old, new = version_of(before), version_of(after)
        was, now = self._claim(old), self._claim(new)
        if old is None or new is None:
            return Transition("created" if old is None else "gone", was, now)
        moved = None if old.path == new.path else Change(self._seen(old), self._seen(new))
        renamed = None if old.claim == new.claim else Change(old.claim, new.claim)
        if was is None or now is None:
            fate: Fate = "kept" if was is now else "mended" if was is None else "broken"
            return Transition(fate, was, now, moved, renamed)
        edit, verdicts = claim_edit(was, now), verdict_move(was, now)
        return Transition("kept", was, now, moved, renamed, edit, verdicts)

    def _claim(self, version: Version | None) -> Claim | None:
        return None if version is None else claim_as_written(version.entry, self._catalogue)

    def _seen(self, version: Version) -> str:
        return PurePosixPath(os.path.relpath(version.path, self._folder)).as_posix()

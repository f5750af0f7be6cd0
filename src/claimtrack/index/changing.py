"""An index brought up to date: only what changed in its files is read, and that put in its place.

Where that is not enough, because what claims may name became something else, or because of a file
that could only be read as a whole, nothing is done: the index is then made anew.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from claimtrack.collector import collector_off
from claimtrack.index.ground import further_folders, holds_for_evidence, is_same, lists_the_same
from claimtrack.index.hushing import hush
from claimtrack.index.judging import Judging, forget_all
from claimtrack.index.looking import Looking
from claimtrack.index.made import Made
from claimtrack.index.replacing import Renewed, Replacing
from claimtrack.index.seal import Evidence, FileSeal, Seal
from claimtrack.index.spotting import Layout, Spotted, spot
from claimtrack.index.stamps import digest_of, is_doubtful, now, stamp_of
from claimtrack.index.stored import Stored
from claimtrack.index.stretches import Stretch, head_of, tail_of
from claimtrack.model import Register
from claimtrack.progress import Tell
from claimtrack.reading.comment_places import has_comments
from claimtrack.reading.shelf import Shelf


def change(
    index: sqlite3.Connection,
    seal: Seal,
    main: Path,
    environ: Mapping[str, str],
    evidence: bool,
    tell_of: Tell,
) -> Made | None:
    """Bring an index up to date that was sealed so; None where it has to be made anew.

    It is then of no use any more. Raises WordsUnreadable.
    """
    looked = now()
    if not lists_the_same(seal):
        return None
    stored = Stored(index)
    tell_of("reading what changed", 0, 0)
    with collector_off():
        index.execute("BEGIN")
        files = [_looked_at(each, seal, looked, main, stored) for each in seal.files]
        if None in files:
            return None
        renewing = _Renewing(stored, seal, main, environ)
        judged = renewing.renew([each for each in files if each is not None], evidence, tell_of)
        if judged is None:
            return None
        index.execute("COMMIT")
    sealed = tuple(each.file for each in files if each is not None)
    if any(stamp_of(each.path) != each.stamp for each in sealed):
        return None  # Several files may be of different states: they have to be read steadily.
    newer = seal._replace(looked=looked, files=sealed, evidence=judged.evidence)
    return Made(stored, newer if judged.is_steady else None)


# -------------------------------------------------------------------------------------- its files


class _File(NamedTuple):
    """A file as it is now, and what changed in it, if it is not as it was."""

    file: FileSeal
    spotted: Spotted | None
    data: bytes = b""


def _looked_at(file: FileSeal, seal: Seal, looked: int, main: Path, stored: Stored) -> _File | None:
    """None for a file that is gone, or of which it cannot be told what changed."""
    if is_same(file, seal.looked):
        return _File(file, None)
    stamp = stamp_of(file.path)
    try:
        data = Path(file.path).read_bytes() if os.path.isfile(file.path) else None  # noqa: PTH113
    except OSError:
        return None
    name = Path(os.path.relpath(file.path, main.parent)).as_posix()
    found = stored.index.execute("SELECT no, dash, key FROM files WHERE name = ?", (name,))
    row = found.fetchone()
    if data is None or row is None or row[1] is None:
        return None
    no, dash, key = row
    rows = stored.index.execute(
        "SELECT * FROM stretches WHERE no BETWEEN ? AND ? ORDER BY no", (head_of(no), tail_of(no))
    )
    spotted = spot(data, Layout([Stretch(*row) for row in rows.fetchall()], dash, key))
    if spotted is None:
        return None
    index = stored.index
    index.execute("UPDATE files SET commented = ? WHERE no = ?", (has_comments(data), no))
    digest = digest_of(data) if is_doubtful(stamp, looked) else None
    return _File(FileSeal(file.path, stamp, digest), spotted, data)


# ------------------------------------------------------------------------------------ what follows


class _Judged(NamedTuple):
    """What is known of the evidence afterwards."""

    evidence: Evidence | None
    is_steady: bool = True


class _Renewing:
    """Puts what changed in the place of what was."""

    def __init__(self, stored: Stored, seal: Seal, main: Path, environ: Mapping[str, str]) -> None:
        self._stored, self._main, self._environ = stored, main, environ
        self._evidence, self._listings = seal.evidence, seal.listings

    def renew(self, files: Sequence[_File], evidence: bool, tell_of: Tell) -> _Judged | None:
        """Put it there, with what follows; None where that cannot be done."""
        renewed = self._renewed(files, tell_of)
        if renewed is None:
            return None
        stored, known = self._stored, self._evidence
        register = Register(
            stored.fact("title"), stored.sources, stored.entities, stored.properties
        )
        if (
            known is not None
            and not renewed.moves_sources
            and holds_for_evidence(known, further_folders(self._environ))
        ):
            shelf = Shelf(register, self._main, self._environ)
            judging = Judging(stored, register, self._main, shelf, tell_of)
            judging.judge_again(renewed.gone, renewed.claims)
            hush(stored, self._main, shelf)
            return _Judged(known)
        forget_all(stored)
        if not evidence:
            return _Judged(None)
        looking = Looking(register, self._main, self._environ)
        judging = Judging(stored, register, self._main, looking.shelf, tell_of)
        judging.judge_all()
        hush(stored, self._main, looking.shelf)
        return _Judged(*looking.looked())

    def _renewed(self, files: Sequence[_File], tell_of: Tell) -> Renewed | None:
        changed = [each for each in files if each.spotted is not None]
        spotted = [each.spotted for each in changed if each.spotted is not None]
        if not spotted:
            return Renewed()
        surroundings = None
        if any(each.around for each in spotted):
            # What reads a catalogue imports what an edited claim does without.
            from claimtrack.index.surroundings import Surroundings

            data = {each.file.path: each.data for each in changed}
            surroundings = Surroundings(self._stored, self._main, data)
        return Replacing(self._stored, spotted, surroundings).replace(self._listings, tell_of)

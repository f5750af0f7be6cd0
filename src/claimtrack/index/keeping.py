"""The index of a register, made or taken as it is: what a command is served from.

Whoever finds no index that holds makes one, in a file of its own, and then seals it; so nobody ever
sees half of one. One process makes it while others wait for it, but none waits for ever: whoever
cannot have it in time, or cannot write it, reads the register for itself.
"""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from claimtrack.index.folder import index_folder, index_stem
from claimtrack.index.ground import further_folders, grown_old, holds, holds_for_evidence
from claimtrack.index.seal import read_seal, write_seal
from claimtrack.index.stamps import stamp_of
from claimtrack.index.stored import Stored
from claimtrack.index.tables import create, open_to_change, open_to_read
from claimtrack.progress import Tell, quiet
from claimtrack.reading.files import resolved

if TYPE_CHECKING:
    from claimtrack.index.made import Made
    from claimtrack.index.seal import Seal

_PATIENCE = 10.0
"""Seconds that another process is waited for that makes the same index."""
_PAUSE = 0.02
_KEPT = ".db"
_ABANDONED = 3600.0
"""Seconds after which a file that no seal names is taken for left behind."""


def open_index(
    main: Path,
    environ: Mapping[str, str],
    *,
    evidence: bool = False,
    anew: bool = False,
    tell: Tell = quiet,
) -> Stored:
    """The index of a register. Raises RegisterUnreadable.

    ``evidence`` asks for what is known of its quotes too, ``anew`` to read everything and to keep
    nothing.
    """
    if anew:
        return _unkept(main, environ, evidence, tell)
    folder, stem = index_folder(), index_stem(main)
    wanted = further_folders(environ) if evidence else None
    found = _kept(folder, stem, main, wanted)
    if found is not None:
        return found
    with suppress(OSError, sqlite3.Error), _alone(folder, stem):
        # Another process may have made it meanwhile.
        return _kept(folder, stem, main, wanted) or _made(
            folder, stem, main, environ, evidence, tell
        )
    return _unkept(main, environ, evidence, tell)


def kept_index(main: Path) -> Stored | None:
    """The index of a register, evidence aside, if there is one that holds: none is made."""
    return _kept(index_folder(), index_stem(main), main, None)


def _kept(folder: Path, stem: str, main: Path, wanted: tuple[str, ...] | None) -> Stored | None:
    """The index that is there, if it holds."""
    seal = read_seal(folder, stem, str(resolved(main)))
    if seal is None or not holds(seal):
        return None
    if wanted is not None and not (seal.evidence and holds_for_evidence(seal.evidence, wanted)):
        return None
    try:
        stored = Stored(open_to_read(folder / seal.name))
        stored.fact("claims")
    except sqlite3.Error:
        return None  # damaged all the same, or gone a moment ago
    older = grown_old(seal)
    if older is not None and (wanted is not None or older.evidence is None):
        with suppress(OSError):
            write_seal(folder, stem, older)
    return stored


def _unkept(main: Path, environ: Mapping[str, str], evidence: bool, tell: Tell) -> Stored:
    from claimtrack.index.making import make

    return make(create(None), main, environ, evidence, tell).stored


def _made(
    folder: Path, stem: str, main: Path, environ: Mapping[str, str], evidence: bool, tell: Tell
) -> Stored:
    """An index that holds, kept if the register did not change while it was read.

    It is the one that is there brought up to date, where that can be done, and else a new one.
    """
    _sweep(folder, stem)
    path = folder / f"{stem}.{os.urandom(8).hex()}{_KEPT}"
    try:
        seal = read_seal(folder, stem, str(resolved(main)))
        made = seal and _changed(folder, path, seal, main, environ, evidence, tell)
        if not made:
            from claimtrack.index.beginning import made_anew
            from claimtrack.index.making import make

            path.unlink(missing_ok=True)

            def fill(index: sqlite3.Connection) -> Made:
                return make(index, main, environ, evidence, tell)

            made = made_anew(folder, stem, path, fill, tell)
        return _sealed(made, folder, stem, path) or made.stored
    except BaseException:
        path.unlink(missing_ok=True)
        raise


def _changed(
    folder: Path,
    path: Path,
    seal: Seal,
    main: Path,
    environ: Mapping[str, str],
    evidence: bool,
    tell: Tell,
) -> Made | None:
    """A copy of the index that is there, brought up to date; None where that cannot be done."""
    from shutil import copyfile

    from claimtrack.index.changing import change

    copyfile(folder / seal.name, path)
    index, made = open_to_change(path), None
    try:
        with suppress(sqlite3.Error):
            made = change(index, seal, main, environ, evidence, tell)
        return made
    finally:
        if made is None:
            index.close()


def _sealed(made: Made, folder: Path, stem: str, path: Path) -> Stored | None:
    """Seal an index; None where it is not to be kept, and its file belongs to nobody else."""
    if made.seal is None:
        path.unlink(missing_ok=True)  # what is open stays readable
        return None
    made.stored.index.close()
    write_seal(folder, stem, made.seal._replace(name=path.name, stamp=stamp_of(path)))
    _sweep(folder, stem, but=path.name)
    return Stored(open_to_read(path))


def _sweep(folder: Path, stem: str, but: str | None = None) -> None:
    """Remove what no seal names: all but the index that is given, or what was left behind."""
    for entry in os.scandir(folder):
        if entry.name.startswith(f"{stem}.") and entry.name.endswith((_KEPT, ".new")):
            with suppress(OSError):
                left = time.time() - entry.stat().st_mtime > _ABANDONED
                if left or (but is not None and entry.name.endswith(_KEPT) and entry.name != but):
                    os.unlink(entry.path)  # noqa: PTH108 - an entry, no path


@contextmanager
def _alone(folder: Path, stem: str) -> Iterator[None]:
    """Wait until no other process makes this index. Raises OSError where that takes too long."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / f"{stem}.lock").open("wb") as stream:
        _lock(stream.fileno())
        yield


def _lock(descriptor: int) -> None:
    try:
        import fcntl
    except ImportError:
        return  # two processes may make the same index twice, which costs time alone
    end = time.monotonic() + _PATIENCE
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > end:
                raise
            time.sleep(_PAUSE)
        else:
            return

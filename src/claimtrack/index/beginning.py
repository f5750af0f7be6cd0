"""An index made anew where it is kept: begun, or gone on with from where it was cut off."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

from claimtrack.diagnostic import ClaimtrackError
from claimtrack.index.made import Made
from claimtrack.index.tables import create, go_on_with
from claimtrack.progress import Tell

Make = Callable[[sqlite3.Connection], Made]


def made_anew(folder: Path, stem: str, path: Path, fill: Make, tell: Tell) -> Made:
    """An index in that file, filled so. Raises sqlite3.Error, OSError, and what ``fill`` does.

    Nobody else may be at it. Whoever is cut off leaves to the next what there is of it; what cannot
    be finished for another reason is removed. An index that gets no seal is left open.
    """
    begun = _Begun(folder, stem)
    try:
        if begun.is_there:
            tell("looking at what was read before", 0, 0)
            made = begun.gone_on_with(path, fill)
            if made is not None:
                return made
        return begun.begun(path, fill)
    except Exception:
        begun.remove()
        raise


class _Begun:
    """An index that is not finished, by the files it is in."""

    def __init__(self, folder: Path, stem: str) -> None:
        self._index, self._waiting = folder / f"{stem}.making", folder / f"{stem}.waiting"

    @property
    def is_there(self) -> bool:
        """Whether there is one."""
        return self._index.exists() and self._waiting.exists()

    def gone_on_with(self, path: Path, fill: Make) -> Made | None:
        """It finished, if it can be."""
        try:
            return self._finished(go_on_with(self._index, self._waiting), path, fill)
        except ClaimtrackError:
            raise
        except Exception:  # what is there has no seal that says whether somebody touched it
            return None

    def begun(self, path: Path, fill: Make) -> Made:
        """A new one, finished."""
        self.remove()
        return self._finished(create(self._index, self._waiting), path, fill)

    def _finished(self, index: sqlite3.Connection, path: Path, fill: Make) -> Made:
        made = None
        try:
            made = fill(index)
        finally:
            if made is None or made.seal is not None:
                index.close()
        if made.seal is not None:
            self._index.replace(path)
        self.remove()  # of an index without a seal, what is open stays readable
        return made

    def remove(self) -> None:
        """See that none of it is there."""
        for file in (self._index, self._waiting):
            file.unlink(missing_ok=True)
            file.with_name(f"{file.name}-journal").unlink(missing_ok=True)

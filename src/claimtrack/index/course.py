"""How far the making of an index has come, so that it goes on from there if it is cut off.

What is there of an index grows by transactions, each of which ends where making could go on. Beside
the index lies what waits to be put into it (``waiting``, a database of its own that is attached),
and what it is made of: the program, the register, and each file by its digest.
"""

from __future__ import annotations

import marshal
import sqlite3
from enum import IntEnum
from pathlib import Path
from typing import Any

from claimtrack.index.seal import Evidence, evidence_of, made_by, plain_evidence
from claimtrack.index.stamps import digest_of_all
from claimtrack.reading.files import resolved
from claimtrack.reading.octets import Octets


class Moved(Exception):
    """What there is of an index is of no use any more: what it is made of has changed."""


class Step(IntEnum):
    """What is being done."""

    READING = 0
    """From files to raw claims."""
    TAKING = 1
    """From raw claims into the tables; all that claims may name is there."""
    JUDGING = 2
    """What follows is there; sources are looked at."""


class Course:
    """Of one index."""

    def __init__(self, index: sqlite3.Connection, main: Path) -> None:
        """Begin, or go on. Raises Moved where that was begun by another program or of another file.

        The index is in a transaction then.
        """
        self.index = index
        index.execute("BEGIN")
        ours = _packed((made_by(), str(resolved(main))))
        begun = self._state("made by")
        if begun is None:
            self._keep("made by", ours)
            self._keep("step", int(Step.READING))
        elif begun != ours or self._ends("main") != self._ends("waiting"):
            raise Moved
        self.step = Step(self._state("step"))
        self._is_read_again = False

    def commit(self) -> None:
        """Note that making could go on from here."""
        # Both are written one after the other: who is cut off in between knows it by this.
        number = self._ends("main") + 1
        for database in ("main", "waiting"):
            self.index.execute(f"PRAGMA {database}.user_version = {number}")
        self.index.execute("COMMIT")
        self.index.execute("BEGIN")

    def reach(self, step: Step) -> None:
        """Note that the steps before one are done."""
        self.step = step
        self._keep("step", int(step))
        self.commit()

    def end(self) -> None:
        """Note that all is done."""
        self.index.execute("PRAGMA main.user_version = 0")
        self.index.execute("COMMIT")
        self.index.execute("DETACH waiting")

    # --------------------------------------------------------------------------- what it is made of

    def read_anew(self) -> None:
        """Begin to read files. Raises Moved where they were read before, and changed meanwhile."""
        if self._is_read_again:
            if self.step is not Step.READING:
                raise Moved
            for table in ("waiting.read", "waiting.claims", "stretches"):
                self.index.execute(f"DELETE FROM {table}")
        self._is_read_again = True

    def read(self, file: int, name: str, data: Octets) -> bool:
        """Note a file by its number, name and bytes; whether any of it may be there already.

        Raises Moved where another was read in its place.
        """
        digest = digest_of_all(data)
        known = self.index.execute("SELECT name, digest FROM waiting.read WHERE file = ?", (file,))
        row = known.fetchone()
        if row is None:
            put = "INSERT INTO waiting.read VALUES (?, ?, ?)"
            self.index.execute(put, (file, name, digest))
        elif row != (name, digest):
            raise Moved
        return row is not None

    def end_reading(self, files: int) -> None:
        """See that there were no more files to be read before. Raises Moved."""
        last = self.index.execute("SELECT max(file) FROM waiting.read").fetchone()[0]
        if last is not None and last >= files:
            raise Moved

    def judge_by(self, evidence: Evidence | None) -> None:
        """Note what the evidence of claims is judged by as they are taken, if it is."""
        self._keep("evidence", evidence and _packed(plain_evidence(evidence)))

    @property
    def evidence(self) -> Evidence | None:
        """What was noted of that."""
        packed = self._state("evidence")
        return None if packed is None else evidence_of(*marshal.loads(packed))

    # ---------------------------------------------------------------------------------------- state

    def _state(self, name: str) -> Any:
        question = "SELECT value FROM waiting.state WHERE name = ?"
        found = self.index.execute(question, (name,)).fetchone()
        return None if found is None else found[0]

    def _keep(self, name: str, value: object) -> None:
        self.index.execute("INSERT OR REPLACE INTO waiting.state VALUES (?, ?)", (name, value))

    def _ends(self, database: str) -> int:
        return int(self.index.execute(f"PRAGMA {database}.user_version").fetchone()[0])


def _packed(plain: Any) -> bytes:
    return marshal.dumps(plain)

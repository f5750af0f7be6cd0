"""Opening the register that a command is about."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from claimtrack.cli.locating import locate
from claimtrack.cli.noting import note_if_interrupted, note_left_out, told_if_unreadable
from claimtrack.diagnostic import Diagnostic
from claimtrack.findings.audits import Audited, Audits, Quoted, audit, quotes
from claimtrack.findings.findings import Findings, derive
from claimtrack.index.steadiness import read_steadily
from claimtrack.quotes.text import SourceText
from claimtrack.reading.register import Reading, read_in_full
from claimtrack.reading.shelf import Shelf
from claimtrack.reading.silencing import Silenced
from claimtrack.render.check import Lines

if TYPE_CHECKING:
    import typer

    from claimtrack.reading.diagnosing import Diagnosis


class Opened:
    """A register as a command finds it: what was read and what follows.

    Sources are looked up, and quotes compared with them, when that is asked for.
    """

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self.main = reading.main
        self.findings: Findings = derive(reading.register)
        self.shelf = Shelf(reading.register, reading.main, os.environ)

    @property
    def texts(self) -> tuple[str, ...]:
        """The register's own files in the order read, seen from the main file's folder."""
        return self._reading.files

    def text_of(self, source: str) -> SourceText | None:
        """A source's text, if it is held, is the recorded file, and has one."""
        return self.shelf.text_of(source)

    @cached_property
    def audited(self) -> Audited:
        """Every quote against its source; each source is read once."""
        return self._audit(quotes(self.findings.register))

    @property
    def audits(self) -> Audits:
        """The result of every quote."""
        return self.audited.audits

    def audits_of(self, claims: Iterable[str]) -> Audits:
        """The results of the quotes of some claims; no other source is read."""
        return self._audit(quotes(self.findings.register, claims)).audits

    def audits_from(self, sources: Iterable[str]) -> Audits:
        """The results of the quotes from some sources; no other is read."""
        held = quotes(self.findings.register)
        return self._audit({key: held[key] for key in sources if key in held}).audits

    def _audit(self, quoted: Mapping[str, Sequence[Quoted]]) -> Audited:
        return audit(self.findings.register, quoted, lambda source: self.shelf.ground(source.id))

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """Those of the register's text, of what follows from it and of its sources' files.

        By file, in the order that files were read, then by line, column and code; without what
        comments silence.
        """
        return self._diagnosis.told

    @property
    def silenced(self) -> tuple[Silenced, ...]:
        """The warnings that comments silence, in the same order."""
        return self._diagnosis.silenced

    @cached_property
    def _diagnosis(self) -> Diagnosis:
        # The checks of evidence are many, and most commands ask for none.
        from claimtrack.reading.diagnosing import diagnose

        return diagnose(self._reading, self.findings, self.shelf, self.audited)

    @property
    def lines(self) -> Lines:
        """The lines of its files, for diagnostics to show."""
        return Lines(self._reading.main.parent)

    def note_what_is_left_out(self) -> None:
        """Say on standard error how much could not be read."""
        note_left_out(self.findings.register.left_out)


def open_register(context: typer.Context) -> Opened:
    """Read the register and derive all findings. A main file that cannot be read stops here."""
    return open_at(locate(context))


def open_at(main: Path) -> Opened:
    """The register in that main file, likewise."""
    with told_if_unreadable(main):
        opened = Opened(read_steadily(partial(read_in_full, main)).read.reading)
    note_if_interrupted(main)
    return opened

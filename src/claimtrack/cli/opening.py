"""Opening the register that a command is about."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from claimtrack.diagnostic import ClaimtrackError, Diagnostic
from claimtrack.edit.journal import interrupted
from claimtrack.findings.audits import Audited, Audits, Quoted, audit, quotes
from claimtrack.findings.findings import Findings, derive
from claimtrack.model import Register
from claimtrack.quotes.text import SourceText
from claimtrack.reading.files import RegisterNotFound, find_register
from claimtrack.reading.register import Reading, read_in_full
from claimtrack.reading.sections import RegisterUnreadable
from claimtrack.reading.shelf import Shelf
from claimtrack.reading.silencing import Silenced
from claimtrack.render.check import Lines, print_diagnostics
from claimtrack.render.screen import screen
from claimtrack.render.words import count, listed

if TYPE_CHECKING:
    from claimtrack.cli.diagnosing import Diagnosis


class Format(StrEnum):
    """How a command's result is written."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"
    MARKDOWN = "markdown"


class PageFormat(StrEnum):
    """How a result that is no list is written."""

    TABLE = "table"
    JSON = "json"


class WrongUsage(ClaimtrackError):
    """Options that do not go together, or an argument that is none."""


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

        By file, in the order that files were read, then by line and column; without what comments
        silence.
        """
        return self._diagnosis.told

    @property
    def silenced(self) -> tuple[Silenced, ...]:
        """The warnings that comments silence, in the same order."""
        return self._diagnosis.silenced

    @cached_property
    def _diagnosis(self) -> Diagnosis:
        # The checks of evidence are many, and most commands ask for none.
        from claimtrack.cli.diagnosing import diagnose

        return diagnose(self._reading, self.findings, self.shelf, self.audited)

    @property
    def lines(self) -> Lines:
        """The lines of its files, for diagnostics to show."""
        return Lines(self._reading.main.parent)

    def note_what_is_left_out(self) -> None:
        """Say on standard error how much could not be read."""
        note_left_out(self.findings.register)


def note_left_out(register: Register) -> None:
    """Say on standard error how much of a register could not be read."""
    left = left_out_words(register)
    if left:
        print(
            f"claimtrack: {left} left out because of errors; claimtrack check says why",
            file=sys.stderr,
        )


def left_out_words(register: Register) -> str:
    """``2 claims and 1 source``: how much of a register could not be read, or nothing."""
    left = register.left_out.items()
    return listed([count(number, kind, _PLURALS.get(kind)) for kind, number in left if number])


_PLURALS = {
    "entity": "entities",
    "property": "properties",
    "file or section": "files or sections",
}


def locate(context: typer.Context) -> Path:
    """The main file that the options, the environment or the folder name."""
    named: Path | None = context.find_root().obj
    try:
        folder = Path.cwd()
    except OSError as error:
        raise RegisterNotFound("the current folder is gone") from error
    return find_register(named, os.environ, folder)


def open_register(context: typer.Context) -> Opened:
    """Read the register and derive all findings. A main file that cannot be read stops here."""
    main = locate(context)
    with told_if_unreadable(main):
        reading = _read_steadily(main)
    note_if_interrupted(main)
    return Opened(reading)


@contextmanager
def told_if_unreadable(main: Path) -> Iterator[None]:
    """Say on standard error why the main file cannot be read, before that stops the command."""
    try:
        yield
    except RegisterUnreadable as error:
        print_diagnostics(error.diagnostics, Lines(main.parent), screen(sys.stderr))
        raise


def note_if_interrupted(main: Path) -> None:
    """Say on standard error that the files may not belong together."""
    if interrupted(main.parent):
        print(
            "claimtrack: a change of several files was interrupted, or is being written now; the "
            "next command that writes completes it",
            file=sys.stderr,
        )


_TRIES = 3


def _read_steadily(main: Path) -> Reading:
    """The register, read again if one of its files was replaced while others were read.

    Readers take no lock: a file is whole whenever it is read, but several change one by one.
    """
    for _ in range(_TRIES):
        stamps: dict[Path, tuple[int, ...] | None] = {}

        def read(path: Path, seen: dict[Path, tuple[int, ...] | None] = stamps) -> bytes:
            seen[path] = _stamp(path)
            return path.read_bytes()

        reading = read_in_full(main, read).reading
        if all(_stamp(path) == stamp for path, stamp in stamps.items()):
            break
    return reading


def _stamp(path: Path) -> tuple[int, ...] | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns

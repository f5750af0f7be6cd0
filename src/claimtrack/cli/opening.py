"""Opening the register that a command is about."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import typer

from claimtrack.diagnostic import ClaimtrackError, Diagnostic
from claimtrack.findings.findings import Findings, derive
from claimtrack.reading.files import RegisterNotFound, find_register
from claimtrack.reading.holdings import Holding, check_holdings, holdings
from claimtrack.reading.register import read_register
from claimtrack.reading.sections import RegisterUnreadable
from claimtrack.render.check import Lines, print_diagnostics
from claimtrack.render.screen import screen
from claimtrack.render.words import count, listed


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


@dataclass(frozen=True, slots=True)
class Opened:
    """A register as a command finds it: what was read, what follows, which sources are held."""

    main: Path
    findings: Findings
    diagnostics: tuple[Diagnostic, ...]
    """Those of the register's text and of what follows from it, in file order."""
    held: dict[str, Holding]

    @property
    def lines(self) -> Lines:
        """The lines of its files, for diagnostics to show."""
        return Lines(self.main.parent)

    def note_what_is_left_out(self) -> None:
        """Say on standard error how much could not be read."""
        left = [
            count(number, kind, _PLURALS.get(kind))
            for kind, number in self.findings.register.left_out.items()
            if number
        ]
        if left:
            print(
                f"claimtrack: {listed(left)} left out because of errors; claimtrack check says why",
                file=sys.stderr,
            )


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
    try:
        reading = read_register(main)
    except RegisterUnreadable as error:
        print_diagnostics(error.diagnostics, Lines(main.parent), screen(sys.stderr))
        raise
    findings = derive(reading.register)
    held = holdings(reading.register, main, os.environ)
    diagnostics = [
        *reading.diagnostics,
        *findings.diagnostics,
        *check_holdings(reading.register, held),
    ]
    return Opened(main, findings, in_file_order(diagnostics, reading.files), held)


def in_file_order(
    diagnostics: Sequence[Diagnostic], files: Sequence[str]
) -> tuple[Diagnostic, ...]:
    """By file, in the order that files were read, then by line and column."""
    order = {file: number for number, file in enumerate(files)}
    return tuple(
        sorted(diagnostics, key=lambda d: (order[d.place.file], d.place.line, d.place.column))
    )

"""The register that a reading command is about, as its index has it."""

from __future__ import annotations

import marshal
import os
import sys
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from claimtrack.cli.locating import given, locate
from claimtrack.cli.noting import note_if_interrupted, note_left_out, told_if_unreadable
from claimtrack.index.keeping import open_index
from claimtrack.index.stored import Stored
from claimtrack.render.progress import progress

if TYPE_CHECKING:
    import typer

    from claimtrack.cli.opening import Opened
    from claimtrack.findings.findings import Findings
    from claimtrack.reading.shelf import Shelf


class Served:
    """A register as its index has it, and what can be asked of it."""

    def __init__(self, main: Path, stored: Stored) -> None:
        self.main, self.stored = main, stored

    def findings(self, claims: Iterable[int]) -> Findings:
        """What follows for some claims, by number, and all that bears on them."""
        from claimtrack.index.around import findings_around

        return findings_around(self.stored, claims)

    def findings_of(self, claim: str) -> Findings:
        """What follows for one claim that is there."""
        number = self.stored.number_of(claim)
        return self.findings([] if number is None else [number])

    def shelf(self) -> Shelf:
        """The sources of the register, as this machine has them."""
        from claimtrack.model import Register
        from claimtrack.reading.shelf import Shelf

        return Shelf(Register(sources=self.stored.sources), self.main, os.environ)

    @cached_property
    def whole(self) -> Opened:
        """All of the register, read anew: for what an index cannot answer."""
        from claimtrack.cli.opening import open_at

        return open_at(self.main)

    def note_what_is_left_out(self) -> None:
        """Say on standard error how much could not be read."""
        note_left_out(self.left_out)

    @property
    def left_out(self) -> dict[str, int]:
        """How many entries of each kind could not be read."""
        counted: dict[str, int] = marshal.loads(self.stored.fact("left out"))
        return counted


def serve(context: typer.Context, *, evidence: bool = False) -> Served:
    """The register, its index made where there is none that holds.

    ``evidence`` asks for what is known of its quotes too. A main file that cannot be read stops
    here.
    """
    main = locate(context)
    with told_if_unreadable(main), progress(sys.stderr) as tell:
        anew = not given(context).use_index
        stored = open_index(main, os.environ, evidence=evidence, anew=anew, tell=tell)
    note_if_interrupted(main)
    return Served(main, stored)

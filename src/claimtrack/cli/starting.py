"""The command that begins a register."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from shlex import quote
from typing import Annotated

import typer

from claimtrack.cli.output import write
from claimtrack.cli.schema import schema_text
from claimtrack.cli.writing import DryRunOption, print_next, tell_waiting
from claimtrack.edit.starting import IGNORED, MAIN, new_files, start_register
from claimtrack.render.patches import patch
from claimtrack.render.screen import screen


def init(
    folder: Annotated[
        Path | None,
        typer.Argument(metavar="[DIR]", help="Where it is to be; without it, here."),
    ] = None,
    title: Annotated[
        str | None, typer.Option(metavar="TEXT", help="What the register is called.")
    ] = None,
    dry_run: DryRunOption = False,
) -> None:
    """Begin a register: a main file with a worked example in comments, and what goes with it.

    Written are claims.yaml, the schema that lets an editor complete and check it, and a .gitignore
    that keeps other people's texts out.
    """
    where = folder or Path()
    if dry_run:
        for path, text in new_files(where, title, schema_text()).items():
            write(patch(os.path.relpath(path), "", text))
        return
    made = start_register(where, title, schema_text(), tell_waiting)
    write(f"{where / MAIN}\n")
    sys.stdout.flush()
    out = screen(sys.stderr)
    out.line(f"begun: {', '.join(os.path.relpath(path) for path in made)}")
    if not any(path.name == ".gitignore" for path in made):
        out.line("the .gitignore that is there stays as it is; it should have these lines:")
        for line in IGNORED.splitlines():
            out.line(line, indent=4)
    at = "" if where == Path() else f" --register {quote(str(where))}"
    print_next(f"claimtrack{at} source add FILE")

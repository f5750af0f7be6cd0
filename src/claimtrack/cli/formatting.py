"""The command that lays out a register's files: fmt."""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer

from claimtrack.cli.output import write
from claimtrack.cli.writing import DryRunOption, carry_out, print_patches, tell_finished, tell_next
from claimtrack.edit.draft import Draft
from claimtrack.edit.formatting import Formatting, format_files
from claimtrack.edit.writing import Result
from claimtrack.progress import Tell
from claimtrack.render.screen import screen
from claimtrack.render.words import count


def fmt(
    context: typer.Context,
    files: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[FILES]", help="Files of the register; all of them if none is named."
        ),
    ] = None,
    check: Annotated[
        bool,
        typer.Option(
            "--check", help="Write nothing; name the files that would change, and exit with 1."
        ),
    ] = False,
    dry_run: DryRunOption = False,
) -> None:
    """Lay out the register in one canonical way: the order of keys, indentation, blank lines.

    Comments stay with what they stand at, and what is written means what it meant: entries keep
    their order, texts their quotation marks and their folding, and no fingerprint changes.
    """
    is_trial = check or dry_run

    def make(draft: Draft, tell: Tell) -> Formatting:
        return format_files(draft, files or (), tell)

    result = carry_out(context, make, dry_run=is_trial)
    if dry_run:
        print_patches(result.proposal)
    else:
        write("".join(f"{name}\n" for name in _changed(result)))
        sys.stdout.flush()
    _tell(context, result, is_trial=is_trial)
    if check and result.made.changed:
        raise typer.Exit(1)


def _changed(result: Result[Formatting]) -> list[str]:
    before = result.proposal.before
    return [os.path.relpath(before.path(file)) for file in result.made.changed]


def _tell(context: typer.Context, result: Result[Formatting], *, is_trial: bool) -> None:
    out = screen(sys.stderr)
    tell_finished(result.finished, out)
    looked_at, changed = len(result.made.files), len(result.made.changed)
    if not changed:
        out.line(f"nothing to change in {count(looked_at, 'file')}")
        return
    files = count(looked_at, "file")
    if changed < looked_at:
        files = f"{changed:,} of {files}"
    if is_trial:
        out.line(f"{files} would change")
        tell_next(context, "claimtrack fmt")
    else:
        out.line(f"formatted {files}")

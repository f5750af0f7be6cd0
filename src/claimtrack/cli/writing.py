"""What all writing commands share: the loop, the preview, and what they say when they are done."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Annotated

import typer

from claimtrack.cli.opening import locate
from claimtrack.cli.output import write
from claimtrack.diagnostic import Severity
from claimtrack.edit.draft import Draft
from claimtrack.edit.proposal import MoreErrors, Proposal
from claimtrack.edit.references import Reference
from claimtrack.edit.writing import Result, preview
from claimtrack.edit.writing import write as write_change
from claimtrack.edit.written import Written
from claimtrack.findings.conflicts import Conflict
from claimtrack.reading.sections import RegisterUnreadable
from claimtrack.render.check import Lines, print_diagnostics
from claimtrack.render.patches import patch, print_patch
from claimtrack.render.screen import Screen, screen
from claimtrack.render.style import quiet, word

DryRunOption = Annotated[
    bool, typer.Option("--dry-run", help="Show the change as a diff, and write nothing.")
]
FileOption = Annotated[
    str | None,
    typer.Option("--file", metavar="FILE", help="Which file of the register takes the entry."),
]
_SHOWN_PLACES = 20
_SHOWN = 5
"""How many new warnings and conflicts are told."""


def change(
    context: typer.Context,
    make: Callable[[Draft], Written],
    *,
    dry_run: bool,
    then: Callable[[Result[Written]], str],
) -> Result[Written]:
    """Change the register, or show what would change.

    Standard output gets the id, for scripts, or the diff of a dry run; standard error what was
    done, what follows from it, and the command that ``then`` gives.
    """
    main = locate(context)
    try:
        result = preview(main, make) if dry_run else write_change(main, make, tell_waiting)
    except RegisterUnreadable as error:
        print_diagnostics(error.diagnostics, Lines(main.parent), screen(sys.stderr))
        raise
    except MoreErrors as error:
        lines = Lines(main.parent, error.files)
        print_diagnostics(error.errors[:_SHOWN], lines, screen(sys.stderr))
        raise
    if dry_run:
        print_patches(result.proposal)
    else:
        write(f"{result.made.id}\n")
    _tell(result, screen(sys.stderr), dry_run=dry_run)
    if not dry_run:
        screen(sys.stderr).line(quiet("next: "), then(result))
    return result


def tell_waiting() -> None:
    """Say that another writer has the lock."""
    print("claimtrack: another claimtrack is writing here; waiting for it", file=sys.stderr)


def print_patches(proposal: Proposal) -> None:
    """The diff of every file that changes, on standard output."""
    before = proposal.before
    for file, data in proposal.files.items():
        path = _seen_from_here(before.path(file))
        old, new = before.files[file].data.decode(), data.decode()
        if sys.stdout.isatty():
            print_patch(path, old, new, screen())
        else:
            write(patch(path, old, new))


# ---------------------------------------------------------------------------------- what was done


def _tell(result: Result[Written], out: Screen, *, dry_run: bool) -> None:
    made, proposal = result.made, result.proposal
    for finished in result.finished:
        what = "completed" if finished.state == "new" else "dropped"
        out.line(f"an interrupted change was {what}: {finished.name} is the {finished.state} one")
    if not dry_run:
        out.line(f"{made.done}: {_where(result)}")
    for note in made.notes:
        out.line(quiet("note: "), note)
    for each in new_conflicts(proposal)[:_SHOWN]:
        out.line(word(each.severity), f" conflict {each.id}: {', '.join(each.claims)}")
    warnings = [d for d in proposal.new_diagnostics if d.severity is Severity.WARNING]
    lines = Lines(proposal.after.main.parent, proposal.files)
    print_diagnostics(warnings[:_SHOWN], lines, out)
    if len(warnings) > _SHOWN:
        out.line(f"and {len(warnings) - _SHOWN:,} warnings more: claimtrack check")


def _where(result: Result[Written]) -> str:
    """The place of the entry that was made or changed, or the files, where it is gone."""
    after, entry = result.proposal.after, result.proposal.after.entry(result.made.key)
    if entry is None:
        return ", ".join(_seen_from_here(after.path(file)) for file in result.proposal.files)
    return f"{_seen_from_here(after.path(entry.file))}:{entry.line}"


def _seen_from_here(path: Path) -> str:
    return os.path.relpath(path)


def new_conflicts(proposal: Proposal) -> list[Conflict]:
    """Conflicts that were not there before, or that more claims stand in."""
    known = {each.id: set(each.claims) for each in proposal.before.findings.conflicts}
    return [
        each
        for each in proposal.after.findings.conflicts
        if not known.get(each.id, set()).issuperset(each.claims)
    ]


def print_places(context: typer.Context, references: Sequence[Reference]) -> None:
    """Where something is named, on standard error."""
    folder, out = locate(context).parent, screen(sys.stderr)
    for each in references[:_SHOWN_PLACES]:
        place = f"{_seen_from_here(folder / each.file)}:{each.scalar.line}:{each.scalar.column}"
        out.line(f"{place}: ", f"{each.role} of {each.holder.named}")
    if len(references) > _SHOWN_PLACES:
        out.line(f"and {len(references) - _SHOWN_PLACES:,} places more")

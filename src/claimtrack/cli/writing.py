"""What all writing commands share: the loop, the preview, and what they say when they are done."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from shlex import quote
from typing import Annotated

import typer

from claimtrack.cli.locating import given, locate
from claimtrack.cli.noting import note_if_interrupted, told_if_unreadable
from claimtrack.cli.output import write
from claimtrack.diagnostic import ClaimtrackError, Severity
from claimtrack.edit.draft import Draft
from claimtrack.edit.finishing import Finished
from claimtrack.edit.proposal import MoreErrors, Proposal
from claimtrack.edit.references import Reference
from claimtrack.edit.writing import M, Result, preview
from claimtrack.edit.writing import write as write_change
from claimtrack.edit.written import Written
from claimtrack.findings import conflict_turns
from claimtrack.findings.conflicts import Conflict
from claimtrack.progress import Tell
from claimtrack.render.check import Lines, print_diagnostics
from claimtrack.render.patches import patch, print_patch
from claimtrack.render.progress import progress
from claimtrack.render.screen import Screen, screen
from claimtrack.render.style import quiet, word
from claimtrack.render.visible import visible

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
    result = carry_out(context, lambda draft, _: make(draft), dry_run=dry_run)
    tell_change(result, dry_run=dry_run)
    if not dry_run:
        tell_next(context, then(result))
    return result


def tell_change(result: Result[Written], *, dry_run: bool) -> None:
    """The id or the diff on standard output, and on standard error what was done."""
    if dry_run:
        print_patches(result.proposal)
    else:
        _print_id(result)
    _tell(result, screen(sys.stderr), dry_run=dry_run)


def carry_out(
    context: typer.Context, make: Callable[[Draft, Tell], M], *, dry_run: bool
) -> Result[M]:
    """Change the register, or read it as it would be; why it cannot be read is told.

    ``make`` says nothing itself: while it works, the terminal shows how far it is.
    """
    main = locate(context)
    try:
        with told_if_unreadable(main), progress(sys.stderr) as tell:

            def made(draft: Draft) -> M:
                tell("making the change", 0, 0)
                return make(draft, tell)

            if not dry_run:
                return write_change(main, made, tell_waiting, tell)
            note_if_interrupted(main)
            return preview(main, made, tell)
    except MoreErrors as error:
        lines = Lines(main.parent, error.files)
        screen(sys.stderr).line("in the text that would have been written:")
        print_diagnostics(error.errors[:_SHOWN], lines, screen(sys.stderr))
        if len(error.errors) > _SHOWN:
            screen(sys.stderr).line(f"and {len(error.errors) - _SHOWN:,} errors more")
        raise


class OutputLost(ClaimtrackError):
    """A change that was written, and an output that could not be."""

    exit_status = 4

    def __init__(self, done: str, error: OSError) -> None:
        super().__init__(f"{done}; it is written, only the output is not: {error.strerror}")


def _print_id(result: Result[Written]) -> None:
    """The id, for scripts. Raises OutputLost: the change is made all the same."""
    try:
        write(f"{visible(result.made.id)}\n")
        sys.stdout.flush()
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise OutputLost(f"{result.made.done}: {_where(result)}", error) from error


def tell_next(context: typer.Context, command: str) -> None:
    """The next sensible command, for the register that this one was given by its path."""
    named = given(context).register
    if named is not None:
        command = command.replace("claimtrack", f"claimtrack --register {quote(str(named))}", 1)
    print_next(command)


def print_next(command: str) -> None:
    """A command to paste, on one line however narrow the terminal is."""
    print(f"next: {visible(command)}", file=sys.stderr)


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
    tell_finished(result.finished, out)
    if not dry_run:
        out.line(f"{result.made.done}: {_where(result)}")
    for note in result.made.notes:
        out.line(quiet("note: "), note)
    tell_consequences(result.proposal, out)


def tell_finished(finished: Iterable[Finished], out: Screen) -> None:
    """What became of an earlier change that was interrupted."""
    for each in finished:
        what = "completed" if each.state == "new" else "dropped"
        out.line(f"an interrupted change was {what}: {each.name} is the {each.state} one")


def tell_consequences(proposal: Proposal, out: Screen) -> None:
    """The first new conflicts and warnings that a change gives rise to."""
    new = new_conflicts(proposal)
    for each in new[:_SHOWN]:
        out.line(word(each.severity), f" conflict {each.id}: {', '.join(each.claims)}")
    if len(new) > _SHOWN:
        out.line(f"and {len(new) - _SHOWN:,} conflicts more: claimtrack conflicts")
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
    """The conflicts that a change makes new, hard ones first."""
    before, after = proposal.before.findings, proposal.after.findings
    reasons = conflict_turns.new_conflicts(before, after)
    return [each for each in after.conflicts if each.id in reasons]


def print_places(context: typer.Context, references: Sequence[Reference]) -> None:
    """Where something is named, on standard error."""
    folder, out = locate(context).parent, screen(sys.stderr)
    for each in references[:_SHOWN_PLACES]:
        at = each.place
        place = f"{_seen_from_here(folder / at.file)}:{at.line}:{at.column}"
        out.line(f"{place}: ", f"{each.holder.named}, {'.'.join(each.path)}")
    if len(references) > _SHOWN_PLACES:
        out.line(f"and {len(references) - _SHOWN_PLACES:,} places more")

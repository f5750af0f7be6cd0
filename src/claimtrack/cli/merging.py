"""Commands that have git merge a register claim by claim."""

from __future__ import annotations

import os
import shlex
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated

import typer

from claimtrack.cli.locating import locate
from claimtrack.cli.output import write
from claimtrack.diagnostic import ClaimtrackError
from claimtrack.edit.merging.attributes import patterns
from claimtrack.edit.merging.choices import Choice, Labels
from claimtrack.edit.merging.doubles import Double
from claimtrack.edit.merging.driver import NAME, merging_attribute
from claimtrack.edit.merging.installing import Plan, carry_out, plan_installing, plan_removing
from claimtrack.edit.merging.lines import merge_lines, shows_base
from claimtrack.edit.merging.merge import Merged, NotMergeable, merge_files, reads_right
from claimtrack.frozen import frozen
from claimtrack.reading.git import CannotTell
from claimtrack.render.patches import patch
from claimtrack.render.progress import progress
from claimtrack.render.screen import screen
from claimtrack.render.visible import visible
from claimtrack.render.words import count, listed

_CHOOSE = 1
_FAILED = 129
"""Git takes up to 128 for conflicts in a file that was written, and what is above for a failure."""
_LISTED = 20
"""How many places are told of one by one; the file marks them all."""

_LabelOption = Annotated[
    str | None, typer.Option(metavar="TEXT", help="What the marker of that side says.")
]


def merge_driver(
    base: Annotated[Path, typer.Argument(metavar="BASE", help="The common ancestor.")],
    ours: Annotated[Path, typer.Argument(metavar="OURS", help="Our version.")],
    theirs: Annotated[Path, typer.Argument(metavar="THEIRS", help="Their version.")],
    path: Annotated[
        str | None, typer.Option(metavar="PATH", help="What messages call the file.")
    ] = None,
    marker_size: Annotated[
        int, typer.Option(metavar="N", min=1, help="How many signs a marker has.")
    ] = 7,
    base_label: _LabelOption = None,
    ours_label: _LabelOption = None,
    theirs_label: _LabelOption = None,
) -> None:
    """Merge two versions of a register's file claim by claim: what git starts.

    The result is written over OURS. What both sides changed differently stands in it between git's
    markers. A file that is no register is merged line by line, as git does.

    The status is 0 if nothing is left to choose, 1 if something is, and 129 if it could not be
    done. claimtrack install-merge-driver sets it up.
    """
    name = visible(path or str(ours))
    try:
        labels = Labels(
            _label(ours_label, "ours"),
            _label(base_label, "base"),
            _label(theirs_label, "theirs"),
            marker_size,
            shows_base(),
        )
        is_decided = _merge(_Files(base, ours, theirs), name, labels)
    except (OSError, ClaimtrackError) as error:
        _tell(f"{name} cannot be merged: {error}")
        raise typer.Exit(_FAILED) from error
    if not is_decided:
        raise typer.Exit(_CHOOSE)


def _label(given: str | None, otherwise: str) -> str:
    """A version of git that does not know a sign of its command line leaves it as it is: %X."""
    return otherwise if not given or given in ("%S", "%X", "%Y") else given


@frozen
class _Files:
    """The files that git gives."""

    base: Path
    ours: Path
    theirs: Path


def _merge(files: _Files, name: str, labels: Labels) -> bool:
    """Write the result over ours; whether nothing is left to choose."""
    three = (files.base.read_bytes(), files.ours.read_bytes(), files.theirs.read_bytes())
    try:
        with progress(sys.stderr) as tell:
            tell(f"merging {name}", 0, 0)
            merged = merge_files(*three, labels)
    except NotMergeable as error:
        return _merge_lines(files, three, name, labels, error.reason)
    except Exception as error:
        # Nobody is to be worse off than without the driver, and least of all for a mistake here.
        reason = f"an error of the program's own: {type(error).__name__}: {error}"
        return _merge_lines(files, three, name, labels, reason)
    files.ours.write_bytes(merged.data)
    _tell_merged(name, merged)
    return not merged.choices


def _merge_lines(
    files: _Files, three: tuple[bytes, bytes, bytes], name: str, labels: Labels, reason: str
) -> bool:
    try:
        merged = merge_lines(files.base, files.ours, files.theirs, labels)
    except CannotTell as error:
        # To git that is a conflict like any other; a failure would keep it from merging the rest.
        _tell(f"{name} is left as our side has it, for it cannot be merged: {error.reason}")
        return False
    _tell(f"{name} is merged line by line, as git does: {reason}")
    files.ours.write_bytes(merged.data)
    if merged.is_decided and not reads_right(*three, merged.data):
        _tell(
            f"{name}: the lines merge, but into what the two sides do not mean; "
            "look through it before you commit it"
        )
        return False
    return merged.is_decided


def _tell_merged(name: str, merged: Merged) -> None:
    for double in merged.doubles:
        _tell(f"{name}: {_twice(double)}")
    if not merged.choices:
        _tell(f"{name} is merged claim by claim; claimtrack check says whether it fits together")
        return
    places = count(len(merged.choices), "place")
    _tell(f"{name} is merged claim by claim, but for {places} where both sides differ:")
    for line in _listed(merged.choices):
        print(f"  {visible(line)}", file=sys.stderr)
    print(
        "Choose between the markers in the file, run claimtrack check, then git add.",
        file=sys.stderr,
    )


def _twice(double: Double) -> str:
    did = "judged" if double.what == "claim" else "reviewed"
    told = f"both sides {did} the {double.what} {double.id}: {double.ours}, and {double.theirs}"
    return f"{told}; the last one in the file counts"


def _listed(choices: Sequence[Choice]) -> Iterator[str]:
    for choice in choices[:_LISTED]:
        yield " / ".join(choice.where)
    if len(choices) > _LISTED:
        yield f"and {len(choices) - _LISTED:,} more"


def _tell(text: str) -> None:
    print(f"claimtrack: {visible(text)}", file=sys.stderr)


# ------------------------------------------------------------------------------------ setting it up


def install_merge_driver(
    context: typer.Context,
    uninstall: Annotated[
        bool, typer.Option("--uninstall", help="Have git merge line by line again.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show what would be written, and write nothing.")
    ] = False,
) -> None:
    """Have git merge this register claim by claim.

    Two branches may then add claims to the end of one file, or evidence to one claim, and nothing
    collides; two different values for one field are marked in the file, and a person chooses.

    Which files it is for stands in .gitattributes beside the main file, which is committed. How it
    is started is configured in this clone alone: whoever clones the repository runs this once.
    """
    main = locate(context)

    def make() -> Plan:
        return plan_removing(main) if uninstall else plan_installing(main, sys.executable)

    if dry_run:
        _show(make())
        return
    plan = carry_out(make, main.parent, _tell_waiting)
    out = screen(sys.stderr)
    for line in _done(plan, main):
        out.line(line)


def _show(plan: Plan) -> None:
    """The change of the attributes as a diff, and git's configuration as commands."""
    before, after = (data.decode("utf-8", "replace") for data in (plan.before or b"", plan.after))
    write(patch(os.path.relpath(plan.attributes), before, after))
    if plan.is_configured:
        return
    if not plan.wanted:
        write("git config --local --remove-section merge.claimtrack\n")
    for key, value in plan.wanted.items():
        write(f"git config --local {key} {shlex.quote(value)}\n")


def _done(plan: Plan, main: Path) -> Iterator[str]:
    file, is_changed = os.path.relpath(plan.attributes), plan.after != (plan.before or b"")
    if not plan.wanted:
        yield "git merges this register line by line, in this clone"
        if is_changed:
            yield f"and in every other, once the change of {file} is committed"
        return
    told = listed([os.path.relpath(main.parent / each) for each in patterns(main)])
    yield f"git merges claim by claim in this clone: {told}"
    by = merging_attribute(main.parent, main.name)
    if by != NAME:
        yield f"but not {main.name}: another line of git's attributes says merge={by}"
    if is_changed:
        yield f"next: git add {file}, and commit it"
    yield "whoever else clones the repository runs claimtrack install-merge-driver once"


def _tell_waiting() -> None:
    print("claimtrack: another claimtrack is writing here; waiting for it", file=sys.stderr)

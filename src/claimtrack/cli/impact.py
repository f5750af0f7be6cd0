"""The command about ripples: what would change if something fell."""

from __future__ import annotations

import sys
from enum import StrEnum
from typing import Annotated

import typer

from claimtrack.cli.opening import Opened, open_register
from claimtrack.cli.output import FormatOption, write, write_rows
from claimtrack.cli.usage import Format, WrongUsage
from claimtrack.findings.impact import find_impact
from claimtrack.findings.single_points import find_single_points
from claimtrack.findings.things import find_thing
from claimtrack.render import impact as impact_words
from claimtrack.render import single_points as point_words
from claimtrack.render.documents import document
from claimtrack.render.progress import progress
from claimtrack.render.screen import screen


class Kind(StrEnum):
    """What may fall."""

    CLAIM = "claim"
    SOURCE = "source"
    ENTITY = "entity"


def impact(
    context: typer.Context,
    thing: Annotated[
        str | None,
        typer.Argument(
            metavar="[ID]",
            help="A source's, a claim's or an entity's id, an entity's name, or a part of one id.",
        ),
    ] = None,
    kind: Annotated[
        Kind | None,
        typer.Option(
            help="What ID is, where things of several kinds share it; without an ID, list such "
            "things alone.",
            case_sensitive=False,
        ),
    ] = None,
    limit: Annotated[
        int | None,
        typer.Option(
            min=0,
            metavar="N",
            help="At most so many changes of each kind (10 unless it is given); without an ID, at "
            "most so many things (20 on a terminal, else all).",
            show_default=False,
        ),
    ] = None,
    form: FormatOption = Format.TABLE,
) -> None:
    """Show what would change if a source, a claim or an entity fell.

    Without an ID: the register's single points of failure, worst first, that is, by how many
    confirmed verdicts would rest on nothing, how many claims would have no firm support left, how
    many would lose their corroboration, and how many depend on it.
    """
    if thing is not None and form not in (Format.TABLE, Format.JSON):
        raise WrongUsage(f"--format {form} goes with the list of single points, without an ID")
    if thing is not None and form is Format.JSON and limit is not None:
        raise WrongUsage("--limit shortens the page of an ID; its JSON always has all")
    opened = open_register(context)
    if thing is None:
        _list_single_points(opened, kind, limit, form)
    else:
        _show_impact(opened, thing, kind, limit, form)
    opened.note_what_is_left_out()


def _show_impact(
    opened: Opened, name: str, kind: Kind | None, limit: int | None, form: Format
) -> None:
    findings = opened.findings
    thing = find_thing(findings.register, name, kind.value if kind else None)
    with progress(sys.stderr) as tell:
        found = find_impact(findings, thing, tell)
    if form is Format.JSON:
        write(document(impact=impact_words.impact_row(found)))
    else:
        impact_words.print_impact(found, findings, screen(), limit)


def _list_single_points(opened: Opened, kind: Kind | None, limit: int | None, form: Format) -> None:
    findings = opened.findings
    points = [
        point
        for point in find_single_points(findings)
        if kind is None or point.thing.kind == kind.value
    ]
    if form is Format.TABLE:
        point_words.print_points(points, findings, screen(), limit)
    elif form is Format.JSON:
        write(document(single_points=[point_words.json_row(each) for each in points[:limit]]))
    else:
        rows = [point_words.row(each, findings) for each in points[:limit]]
        write_rows(form, point_words.HEADERS, rows)

"""The command that lists claims: its filters and its orders."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import Annotated

import typer

from claimtrack.cli.filters import (
    AboutOption,
    ByOption,
    ConflictingOption,
    DisputedOption,
    FlagOption,
    KindOption,
    ReliabilityOption,
    SinceOption,
    SourceOption,
    TagOption,
    TextArgument,
    UntilOption,
    selection_of,
)
from claimtrack.cli.output import FormatOption, LimitOption, write, write_rows
from claimtrack.cli.serving import serve
from claimtrack.cli.usage import Format, WrongUsage
from claimtrack.findings.summaries import Summary
from claimtrack.index.choosing import choose
from claimtrack.render import listing
from claimtrack.render.screen import screen


class Order(StrEnum):
    """What ``list`` is sorted by."""

    FILE = "file"
    ID = "id"
    CONTEST = "contest"
    SUPPORT = "support"
    GRADE = "grade"
    ORIGINS = "origins"
    SOURCES = "sources"
    WHEN = "when"


def list_claims(
    context: typer.Context,
    text: TextArgument = None,
    flag: FlagOption = None,
    disputed: DisputedOption = False,
    conflicting: ConflictingOption = False,
    source: SourceOption = None,
    about: AboutOption = None,
    by: ByOption = None,
    kind: KindOption = None,
    tag: TagOption = None,
    since: SinceOption = None,
    until: UntilOption = None,
    reliability: ReliabilityOption = None,
    sort: Annotated[Order, typer.Option(help="What to sort by.")] = Order.FILE,
    limit: LimitOption = None,
    ids: Annotated[bool, typer.Option("--ids", help="Ids alone, one a line.")] = False,
    form: FormatOption = Format.TABLE,
) -> None:
    """List claims: how each stands, on what grade of evidence, in how many sources and origins.

    Filters may be repeated: of one filter any will do, different filters must all fit.
    """
    if ids and form is not Format.TABLE:
        raise WrongUsage(f"--ids and --format {form} contradict each other; give one of them")
    selection = selection_of(
        text=text,
        flag=flag,
        disputed=disputed,
        conflicting=conflicting,
        source=source,
        about=about,
        by=by,
        kind=kind,
        tag=tag,
        since=since,
        until=until,
        reliability=reliability,
    )
    served = serve(context)
    found = choose(served.stored, selection, sort.value, limit)
    if ids:
        write("".join(f"{claim}\n" for claim in found.ids()))
    elif form is Format.TABLE:
        out = screen()
        claims = found.summaries()
        is_counted = out.width is not None or not claims
        fitting = found.count() if is_counted else len(claims)
        listing.print_list(claims, fitting, served.stored.fact("claims"), out)
    else:
        _write_rows(form, found.summaries())
    served.note_what_is_left_out()


def _write_rows(form: Format, claims: Sequence[Summary]) -> None:
    if form is Format.JSON:
        from claimtrack.render.documents import claim_row, document

        write(document(claims=[claim_row(claim) for claim in claims]))
    elif form is Format.CSV:
        write_rows(form, listing.HEADERS, [listing.row(claim) for claim in claims])
    else:
        write_rows(form, listing.SHORT_HEADERS, [listing.short_row(claim) for claim in claims])

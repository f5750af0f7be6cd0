"""The command that lists claims: its filters and its orders."""

from __future__ import annotations

from collections.abc import Callable
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
from claimtrack.cli.opening import Format, WrongUsage, open_register
from claimtrack.cli.output import FormatOption, LimitOption, write, write_rows
from claimtrack.findings.findings import Findings
from claimtrack.findings.selection import select
from claimtrack.findings.standing import CONTEST_WORDS
from claimtrack.findings.summaries import summarise
from claimtrack.findings.support import SUPPORT_WORDS
from claimtrack.render import listing
from claimtrack.render.documents import claim_row, document
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
    opened = open_register(context)
    findings = opened.findings
    fitting = sorted(select(findings, selection), key=_sort_key(sort, findings))
    found = [summarise(claim, findings) for claim in fitting[:limit]]
    if ids:
        write("".join(f"{claim.id}\n" for claim in found))
    elif form is Format.JSON:
        write(document(claims=[claim_row(claim) for claim in found]))
    elif form is Format.TABLE:
        listing.print_list(found, len(fitting), len(findings.register.claims), screen())
    elif form is Format.CSV:
        write_rows(form, listing.HEADERS, [listing.row(claim) for claim in found])
    else:
        write_rows(form, listing.SHORT_HEADERS, [listing.short_row(claim) for claim in found])
    opened.note_what_is_left_out()


def _sort_key(order: Order, findings: Findings) -> Callable[[str], tuple[object, ...]]:
    def key(claim: str) -> tuple[object, ...]:
        support = findings.supports[claim]
        when = findings.register.claims[claim].when
        return {
            Order.FILE: (),
            Order.ID: (claim,),
            Order.CONTEST: (CONTEST_WORDS.index(findings.standings[claim].contest),),
            Order.SUPPORT: (SUPPORT_WORDS.index(support.word),),
            Order.GRADE: ((support.grade or "Z").replace("-", "9"),),
            Order.ORIGINS: (-len(support.origins),),
            Order.SOURCES: (-len(support.sources),),
            Order.WHEN: (when is None, when.days.low if when else 0),
        }[order]

    return key

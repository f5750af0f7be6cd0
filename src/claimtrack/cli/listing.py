"""The command that lists claims: its filters and its orders."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import StrEnum
from typing import Annotated, get_args

import typer

from claimtrack.cli.opening import Format, WrongUsage, open_register
from claimtrack.cli.output import FormatOption, LimitOption, write, write_rows
from claimtrack.findings.findings import Findings
from claimtrack.findings.selection import Selection, UnknownName, select
from claimtrack.findings.standing import CONTEST_WORDS
from claimtrack.findings.support import SUPPORT_WORDS
from claimtrack.model import Kind
from claimtrack.render import claims as claim_words
from claimtrack.render.documents import claim_row, document
from claimtrack.render.screen import screen
from claimtrack.values.edtf import read_date
from claimtrack.values.interval import Interval
from claimtrack.values.refusal import Refused


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


class Letter(StrEnum):
    """Admiralty reliability."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"
    E = "E"
    F = "F"


def list_claims(
    context: typer.Context,
    text: Annotated[
        str | None,
        typer.Argument(help="Words that stand in the id, the statement or a quote, all of them."),
    ] = None,
    flag: Annotated[
        list[str] | None,
        typer.Option(help="A word of contest or support, such as speculative."),
    ] = None,
    disputed: Annotated[bool, typer.Option("--disputed", help="--flag disputed")] = False,
    conflicting: Annotated[bool, typer.Option("--conflicting", help="--flag conflicting")] = False,
    source: Annotated[
        list[str] | None, typer.Option(help="With evidence from this source.")
    ] = None,
    about: Annotated[
        list[str] | None,
        typer.Option(help="About this entity, by any of its names, or what is part of it."),
    ] = None,
    by: Annotated[list[str] | None, typer.Option(help="With this speaker, by any name.")] = None,
    kind: Annotated[list[str] | None, typer.Option(help="Of this kind, such as event.")] = None,
    tag: Annotated[list[str] | None, typer.Option(help="With this tag.")] = None,
    since: Annotated[
        str | None, typer.Option(metavar="DATE", help="That took place on or after this date.")
    ] = None,
    until: Annotated[
        str | None, typer.Option(metavar="DATE", help="That took place on or before this date.")
    ] = None,
    reliability: Annotated[
        Letter | None,
        typer.Option(
            metavar="A-F",
            help="With firm evidence of this reliability or better.",
            case_sensitive=False,
        ),
    ] = None,
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
    flags = (*(flag or ()), *["disputed"] * disputed, *["conflicting"] * conflicting)
    selection = Selection(
        words=tuple((text or "").split()),
        flags=flags,
        sources=tuple(source or ()),
        about=tuple(about or ()),
        by=tuple(by or ()),
        kinds=_known_kinds(kind or ()),
        tags=tuple(tag or ()),
        when=_period(since, until),
        reliability=reliability,
    )
    opened = open_register(context)
    findings = opened.findings
    fitting = sorted(select(findings, selection), key=_sort_key(sort, findings))
    found = fitting[:limit]
    if ids:
        write("".join(f"{claim}\n" for claim in found))
    elif form is Format.JSON:
        write(document(claims=[claim_row(claim, findings) for claim in found]))
    elif form is Format.TABLE:
        claim_words.print_list(found, len(fitting), findings, screen())
    else:
        write_rows(form, claim_words.HEADERS, [claim_words.row(c, findings) for c in found])
    opened.note_what_is_left_out()


def _known_kinds(kinds: Sequence[str]) -> tuple[str, ...]:
    for kind in kinds:
        if kind not in get_args(Kind):
            raise UnknownName("kind of claim", kind, get_args(Kind))
    return tuple(kinds)


def _period(since: str | None, until: str | None) -> Interval | None:
    """The days from the first of ``since`` to the last of ``until``; None without either."""
    if since is None and until is None:
        return None
    try:
        low = read_date(since).low if since else float("-inf")
        high = read_date(until).high if until else float("inf")
    except Refused as refused:
        raise WrongUsage(refused.message) from refused
    if low > high:
        raise WrongUsage(f"--since {since} comes after --until {until}")
    return Interval(low, high)


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

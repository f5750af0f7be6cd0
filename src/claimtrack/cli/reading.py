"""Commands that read: the dashboard, list, show, conflicts, sources, stats."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from enum import StrEnum
from typing import Annotated

import typer

from claimtrack.cli.opening import (
    Format,
    Opened,
    PageFormat,
    PageFormatOption,
    WrongUsage,
    open_register,
)
from claimtrack.findings.conflicts import Conflict
from claimtrack.findings.findings import Findings
from claimtrack.findings.selection import (
    Selection,
    UnknownName,
    entities_within,
    find_id,
    select,
    subjects,
)
from claimtrack.render import claims as claim_words
from claimtrack.render import conflicts as conflict_words
from claimtrack.render import overview
from claimtrack.render import sources as source_words
from claimtrack.render.documents import claim_row, claim_whole, conflict_row, document
from claimtrack.render.screen import screen
from claimtrack.render.tables import as_csv, as_markdown
from claimtrack.values.edtf import read_date
from claimtrack.values.interval import Interval
from claimtrack.values.refusal import Refused

FormatOption = Annotated[
    Format, typer.Option("--format", help="How the result is written.", case_sensitive=False)
]
LimitOption = Annotated[
    int | None,
    typer.Option("--limit", min=0, metavar="N", help="At most so many.", show_default=False),
]


def _write_rows(form: Format, headers: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    _write(as_csv(headers, rows) if form is Format.CSV else as_markdown(headers, rows))


def _write(text: str) -> None:
    """Write to standard output in UTF-8, whatever the locale."""
    sys.stdout.flush()
    sys.stdout.buffer.write(text.encode("utf-8", "backslashreplace"))


def dashboard(context: typer.Context) -> None:
    """What is there, what collides and what to do next."""
    opened = open_register(context)
    overview.print_dashboard(opened.findings, opened.diagnostics, opened.held, screen())
    opened.note_what_is_left_out()


# ------------------------------------------------------------------------------------------- list


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
        _write("".join(f"{claim}\n" for claim in found))
    elif form is Format.JSON:
        _write(document(claims=[claim_row(claim, findings) for claim in found]))
    elif form is Format.TABLE:
        claim_words.print_list(found, len(fitting), findings, screen())
    else:
        _write_rows(form, claim_words.HEADERS, [claim_words.row(c, findings) for c in found])
    opened.note_what_is_left_out()


def _known_kinds(kinds: Sequence[str]) -> tuple[str, ...]:
    from typing import get_args

    from claimtrack.model import Kind

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
    from claimtrack.findings.standing import CONTEST_WORDS
    from claimtrack.findings.support import SUPPORT_WORDS

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


# ------------------------------------------------------------------------------------------- show


def show(
    context: typer.Context,
    claim: Annotated[
        str, typer.Argument(metavar="ID", help="A claim's id, or a part of only one.")
    ],
    form: PageFormatOption = PageFormat.TABLE,
) -> None:
    """Show one claim: how it stands and why, its evidence, its conflicts, its relations."""
    opened = open_register(context)
    found = find_id("claim", claim, opened.findings.register.claims)
    if form is PageFormat.JSON:
        _write(document(claim=claim_whole(found, opened.findings)))
    else:
        claim_words.print_claim(found, opened.findings, opened.held, screen())
    opened.note_what_is_left_out()


# -------------------------------------------------------------------------------------- conflicts


def conflicts(
    context: typer.Context,
    conflict: Annotated[
        str | None,
        typer.Argument(metavar="[ID]", help="A conflict's id or a part of some, or a claim's."),
    ] = None,
    hard: Annotated[bool, typer.Option("--hard", help="Hard ones only.")] = False,
    unsettled: Annotated[
        bool,
        typer.Option(
            "--open",
            help="Open ones only (or with a stale review), even of an id.",
        ),
    ] = False,
    everything: Annotated[bool, typer.Option("--all", help="Reviewed ones too.")] = False,
    about: Annotated[
        list[str] | None, typer.Option(help="About this entity, or what is part of it.")
    ] = None,
    source: Annotated[
        list[str] | None, typer.Option(help="In which a claim from this source stands.")
    ] = None,
    limit: LimitOption = None,
    fail: Annotated[
        bool,
        typer.Option("--fail", help="Exit with 1 if any is open, or if claims could not be read."),
    ] = False,
    form: FormatOption = Format.TABLE,
) -> None:
    """Show which claims cannot all be true, who holds each side, and why they collide.

    Reviewed conflicts are left out unless --all or their id asks for them.
    """
    if unsettled and everything:
        raise WrongUsage("--open and --all contradict each other; give one of them")
    opened = open_register(context)
    findings = opened.findings
    asked = findings.conflicts if conflict is None else _named_conflicts(conflict, findings)
    chosen = [
        each
        for each in _about(asked, findings, about or (), source or ())
        if not findings.reviews.is_settled(each)
        or (not unsettled and (everything or conflict is not None))
    ]
    chosen = [each for each in chosen if each.severity == "hard" or not hard]
    _print_conflicts(chosen[:limit], opened, form, with_ground=conflict is not None)
    opened.note_what_is_left_out()
    is_open = any(not findings.reviews.is_settled(each) for each in chosen)
    left_out = findings.register.left_out
    if fail and (is_open or left_out.get("claim") or left_out.get("file or section")):
        raise typer.Exit(1)


def _print_conflicts(
    chosen: Sequence[Conflict], opened: Opened, form: Format, *, with_ground: bool
) -> None:
    findings = opened.findings
    if form is Format.JSON:
        _write(document(conflicts=[conflict_row(each, findings) for each in chosen]))
    elif form is Format.TABLE:
        total = len(findings.conflicts)
        conflict_words.print_conflicts(chosen, total, findings, screen(), with_ground=with_ground)
    else:
        rows = [conflict_words.row(each, findings) for each in chosen]
        _write_rows(form, conflict_words.HEADERS, rows)


def _named_conflicts(name: str, findings: Findings) -> list[Conflict]:
    """The conflict with that id, all in which the claim with that id stands, or all that fit."""
    if name in findings.register.claims:
        return list(findings.standings[name].conflicts)
    by_id = {conflict.id: conflict for conflict in findings.conflicts}
    fitting = [key for key in by_id if name in key]
    if not fitting and any(name in claim for claim in findings.register.claims):
        claim = find_id("claim", name, findings.register.claims)
        return list(findings.standings[claim].conflicts)
    if not fitting:
        raise UnknownName("conflict", name, by_id)
    return [by_id[name]] if name in by_id else [by_id[key] for key in fitting]


def _about(
    asked: Sequence[Conflict], findings: Findings, about: Sequence[str], sources: Sequence[str]
) -> list[Conflict]:
    within = entities_within(findings.register, about) if about else None
    known = [find_id("source", source, findings.register.sources) for source in sources]
    claims = findings.register.claims
    return [
        each
        for each in asked
        if (within is None or any(not within.isdisjoint(subjects(claims[c])) for c in each.claims))
        and (
            not known
            or any(item.source in known for c in each.claims for item in claims[c].evidence)
        )
    ]


# --------------------------------------------------------------------------------- sources, stats


def sources(
    context: typer.Context,
    source: Annotated[
        str | None, typer.Argument(metavar="[ID]", help="A source's id, or a part of only one.")
    ] = None,
    form: FormatOption = Format.TABLE,
) -> None:
    """Show the sources: how reliable each is, whether it is held, and what rests on it."""
    opened = open_register(context)
    findings, register = opened.findings, opened.findings.register
    asked = [find_id("source", source, register.sources)] if source else list(register.sources)
    citing = source_words.citing_claims(findings)
    rows = [
        source_words.source_row(register.sources[key], citing[key], findings, opened.held[key])
        for key in asked
    ]
    if form is Format.JSON:
        _write(document(sources=rows))
    elif form is not Format.TABLE:
        _write_rows(form, source_words.HEADERS, [source_words.cells(row) for row in rows])
    elif source:
        of = register.sources[asked[0]]
        held = opened.held[of.id]
        source_words.print_source(of, rows[0], citing[of.id], findings, held, screen())
    else:
        source_words.print_sources(rows, screen())
    opened.note_what_is_left_out()


def stats(context: typer.Context, form: FormatOption = Format.TABLE) -> None:
    """Count claims, evidence and conflicts, each by what they are."""
    opened = open_register(context)
    numbers = overview.stats(opened.findings)
    if form is Format.JSON:
        _write(document(stats=numbers))
    elif form is Format.TABLE:
        overview.print_stats(numbers, screen())
    else:
        rows = [
            [group, name, str(number)]
            for group, counts in numbers.items()
            for name, number in counts.items()
        ]
        _write_rows(form, ("group", "name", "number"), rows)
    opened.note_what_is_left_out()

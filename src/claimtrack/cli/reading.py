"""Commands that read: the dashboard, show, sources, stats."""

from __future__ import annotations

from typing import Annotated

import typer

from claimtrack.cli.hindsight import of_claim
from claimtrack.cli.opening import Format, PageFormat, open_register
from claimtrack.cli.output import FormatOption, PageFormatOption, write, write_rows
from claimtrack.findings.selection import find_claim, find_id
from claimtrack.render import claims as claim_words
from claimtrack.render import overview
from claimtrack.render import sources as source_words
from claimtrack.render.documents import claim_whole, document
from claimtrack.render.quotes import Quoting, quote_row
from claimtrack.render.reviews import gone_reviews_of, stale_part
from claimtrack.render.screen import screen


def dashboard(context: typer.Context) -> None:
    """What is there, what collides and what to do next."""
    opened = open_register(context)
    totals = opened.audits.totals
    overview.print_dashboard(
        opened.findings, opened.diagnostics, opened.shelf.held, totals, screen()
    )
    opened.note_what_is_left_out()


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
    found = find_claim(opened.findings.register, claim)
    audits = opened.audits_of([found])
    hindsight = of_claim(opened, found, gone_reviews_of(found, opened.findings))
    if form is PageFormat.JSON:
        whole = claim_whole(found, opened.findings, audits)
        rows = [quote_row(q, a, opened.text_of(q.evidence.source)) for q, a in audits]
        write(document(claim=whole, quotes=rows, **stale_part(opened.findings, hindsight)))
    else:
        quoting = Quoting(audits, opened.text_of)
        claim_words.print_claim(found, opened.findings, quoting, hindsight, screen())
    opened.note_what_is_left_out()


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
    audits = opened.audits_from(asked)
    rows = [
        source_words.source_row(
            register.sources[key],
            citing[key],
            opened.shelf.holding(key),
            audits.of_source(key),
        )
        for key in asked
    ]
    if form is Format.JSON:
        write(document(sources=rows))
    elif form is not Format.TABLE:
        write_rows(form, source_words.HEADERS, [source_words.cells(row) for row in rows])
    elif source:
        of = register.sources[asked[0]]
        held, text = opened.shelf.holding(of.id), opened.shelf.held_text(of.id)
        source_words.print_source(of, rows[0], citing[of.id], findings, held, text, screen())
    else:
        source_words.print_sources(rows, screen())
    opened.note_what_is_left_out()


def stats(context: typer.Context, form: FormatOption = Format.TABLE) -> None:
    """Count claims, evidence and conflicts, each by what they are."""
    opened = open_register(context)
    numbers = overview.stats(opened.findings, opened.audits.totals)
    if form is Format.JSON:
        write(document(stats=numbers))
    elif form is Format.TABLE:
        overview.print_stats(numbers, screen())
    else:
        rows = [
            [group, name, str(number)]
            for group, counts in numbers.items()
            for name, number in counts.items()
        ]
        write_rows(form, ("group", "name", "number"), rows)
    opened.note_what_is_left_out()

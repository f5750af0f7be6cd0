"""Commands that read a register as a whole: the dashboard, sources, stats."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Annotated

import typer

from claimtrack.cli.output import FormatOption, write, write_rows
from claimtrack.cli.serving import Served, serve
from claimtrack.cli.usage import Format
from claimtrack.index import evidence, numbers
from claimtrack.index.conflicts import claims_in
from claimtrack.index.names import find_source
from claimtrack.index.stored import Stored
from claimtrack.render import overview
from claimtrack.render import sources as source_words
from claimtrack.render.documents import Json, document
from claimtrack.render.screen import screen


def dashboard(context: typer.Context) -> None:
    """What is there, what collides and what to do next."""
    served = serve(context, evidence=True)
    told = numbers.overview(served.stored)
    findings = served.findings(claims_in(served.stored, told.hardest))
    known = {conflict.id: conflict for conflict in findings.conflicts}
    hardest = [known[key] for key in told.hardest]
    overview.print_dashboard(told, hardest, findings.register, screen())
    served.note_what_is_left_out()


# --------------------------------------------------------------------------------- sources, stats


def sources(
    context: typer.Context,
    source: Annotated[
        str | None, typer.Argument(metavar="[ID]", help="A source's id, or a part of only one.")
    ] = None,
    form: FormatOption = Format.TABLE,
) -> None:
    """Show the sources: how reliable each is, whether it is held, and what rests on it."""
    served = serve(context, evidence=True)
    stored = served.stored
    asked = [find_source(stored, source)] if source else list(stored.sources)
    rows = _source_rows(stored, asked)
    if form is Format.JSON:
        write(document(sources=rows))
    elif form is not Format.TABLE:
        write_rows(form, source_words.HEADERS, [source_words.cells(row) for row in rows])
    elif source:
        _print_source(served, asked[0], rows[0])
    else:
        source_words.print_sources(rows, screen())
    served.note_what_is_left_out()


def _source_rows(stored: Stored, asked: Iterable[str]) -> list[Json]:
    claims, quotes = numbers.citations(stored), evidence.of_sources(stored)
    held = evidence.holdings(stored)
    return [
        source_words.source_row(
            stored.sources[key], *held[key], claims[key], quotes.get(key, Counter())
        )
        for key in asked
    ]


def _print_source(served: Served, key: str, row: Json) -> None:
    stored = served.stored
    findings = served.findings(())
    shelf = served.shelf()
    source_words.print_source(
        stored.sources[key],
        row,
        source_words.Resting(numbers.citing(stored, key), *numbers.through(stored, key)),
        findings.register,
        shelf.holding(key),
        shelf.held_text(key),
        screen(),
    )


def stats(context: typer.Context, form: FormatOption = Format.TABLE) -> None:
    """Count claims, evidence and conflicts, each by what they are."""
    served = serve(context, evidence=True)
    counted = overview.with_quotes(numbers.stats(served.stored), evidence.totals(served.stored))
    if form is Format.JSON:
        write(document(stats=counted))
    elif form is Format.TABLE:
        overview.print_stats(counted, screen())
    else:
        rows = [
            [group, name, str(number)]
            for group, counts in counted.items()
            for name, number in counts.items()
        ]
        write_rows(form, ("group", "name", "number"), rows)
    served.note_what_is_left_out()

"""The command about what was overlooked: which sentences of a source no claim quotes."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from claimtrack.cli.opening import Opened, open_register
from claimtrack.cli.output import FormatOption, write, write_rows
from claimtrack.cli.usage import Format, WrongUsage
from claimtrack.findings.coverage import SourceCoverage, find_coverage
from claimtrack.findings.selection import find_id
from claimtrack.render import coverage as coverage_words
from claimtrack.render.documents import document
from claimtrack.render.margin import passage_rows, print_annotated
from claimtrack.render.progress import progress
from claimtrack.render.screen import screen


def coverage(
    context: typer.Context,
    source: Annotated[
        str | None,
        typer.Argument(
            metavar="[SOURCE]", help="A source's id, or a part of only one; else all of them."
        ),
    ] = None,
    annotate: Annotated[
        bool, typer.Option("--annotate", help="Show the source's text with its claims beside it.")
    ] = False,
    form: FormatOption = Format.TABLE,
) -> None:
    """Show how much of each source is quoted; of one, the sentences that no claim quotes.

    A sentence counts as quoted if a claim quotes at least one of its words. What is not held, or
    has no text, cannot be covered, and is listed as such.
    """
    if annotate and source is None:
        raise WrongUsage("--annotate shows the text of one source: name it")
    if annotate and form not in (Format.TABLE, Format.JSON):
        raise WrongUsage(f"--format {form} goes with a list, not with --annotate")
    opened = open_register(context)
    if source is None:
        _show_all(opened, form)
    else:
        found = find_id("source", source, opened.findings.register.sources)
        audits = opened.audits_from([found])
        with progress(sys.stderr) as tell:
            [held] = find_coverage([found], audits, opened.shelf.ground, tell)
        _show_one(opened, held, form, annotate=annotate)
    opened.note_what_is_left_out()


def _show_all(opened: Opened, form: Format) -> None:
    sources = opened.findings.register.sources
    audits = opened.audits
    with progress(sys.stderr) as tell:
        found = find_coverage(sources, audits, opened.shelf.ground, tell)
    if form is Format.TABLE:
        coverage_words.print_table(found, screen())
    elif form is Format.JSON:
        write(document(coverage=[coverage_words.coverage_row(each) for each in found]))
    else:
        write_rows(form, coverage_words.HEADERS, [coverage_words.row(each) for each in found])


def _show_one(opened: Opened, found: SourceCoverage, form: Format, *, annotate: bool) -> None:
    covered = found.covered
    file = opened.findings.register.sources[found.source].file or ""
    if form is Format.JSON:
        told: dict[str, object] = {"overlooked": coverage_words.overlooked_rows(covered)}
        if annotate:
            told["passages"] = [] if covered is None else passage_rows(covered)
        write(document(coverage=[coverage_words.coverage_row(found)], **told))
    elif form is not Format.TABLE:
        rows = coverage_words.overlooked_cells(covered)
        write_rows(form, coverage_words.SENTENCE_HEADERS, rows)
    elif annotate:
        coverage_words.print_head(found, file, screen())
        if covered is not None:
            screen().line()
            print_annotated(covered, screen())
    else:
        coverage_words.print_source(found, file, screen())

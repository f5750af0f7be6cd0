"""Commands about mistakes: check finds them, explain says what their codes mean."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from claimtrack.cli.locating import locate
from claimtrack.cli.output import write
from claimtrack.cli.serving import serve
from claimtrack.cli.usage import WrongUsage
from claimtrack.diagnostic import CODES, Diagnostic, RegisterUnreadable, did_you_mean
from claimtrack.explanations import explanation
from claimtrack.index import evidence
from claimtrack.render.check import (
    Lines,
    has_errors,
    print_diagnostics,
    print_silenced,
    summary_words,
)
from claimtrack.render.documents import diagnostic_row, document, silenced_row, summary
from claimtrack.render.quotes import LISTED, print_unchecked, quotes_words, unchecked
from claimtrack.render.screen import Screen, screen
from claimtrack.render.style import quiet, strong, word
from claimtrack.render.workflow import workflow_commands

if TYPE_CHECKING:
    from claimtrack.cli.serving import Served
    from claimtrack.index.unchecked import Unchecked
    from claimtrack.reading.silencing import Silenced


class CheckFormat(StrEnum):
    """How diagnostics are written."""

    TABLE = "table"
    JSON = "json"
    GITHUB = "github"


class UnknownCode(WrongUsage):
    """A code, or the beginning of one, that no diagnostic has."""

    def __init__(self, code: str) -> None:
        hint = did_you_mean(code.upper(), CODES) or "; claimtrack explain lists them"
        super().__init__(f"no code begins with '{code}'{hint}")


def check(
    context: typer.Context,
    select: Annotated[
        list[str] | None,
        typer.Option(metavar="CODE", help="Only codes that begin so, such as CT2 or CT203."),
    ] = None,
    ignore: Annotated[
        list[str] | None, typer.Option(metavar="CODE", help="All but codes that begin so.")
    ] = None,
    complete: Annotated[
        bool,
        typer.Option("--complete", help="Fail too if a quote could not be checked."),
    ] = False,
    silenced: Annotated[
        bool,
        typer.Option("--silenced", help="List too what comments in the register silence, and why."),
    ] = False,
    form: Annotated[
        CheckFormat,
        typer.Option(
            "--format",
            help="How the result is written; github is for a step of GitHub Actions, which then "
            "shows each at its line.",
            case_sensitive=False,
        ),
    ] = CheckFormat.TABLE,
) -> None:
    """Check the register: every error and warning, with its place and a way out.

    Every quote is compared with its source, where that is held. Exits with 1 if there are errors.
    A conflict is no error: see claimtrack conflicts.
    """
    chosen, dropped = _prefixes(select or ()), _prefixes(ignore or ())
    try:
        served = serve(context, evidence=True)
    except RegisterUnreadable as error:
        if form is CheckFormat.JSON:
            _write_json(error.diagnostics, (), 0)
        elif form is CheckFormat.GITHUB:
            write(workflow_commands(error.diagnostics, Lines(locate(context).parent)))
        raise

    def is_asked(code: str) -> bool:
        return (not chosen or code.startswith(chosen)) and not code.startswith(dropped)

    told, lines = evidence.told(served.stored), Lines(served.main.parent)
    looked_at = [each for each in told.diagnostics if is_asked(each.code)]
    hushed = [each for each in told.silenced if is_asked(each.diagnostic.code)]
    totals = evidence.totals(served.stored)
    if form is CheckFormat.JSON:
        _write_json(looked_at, hushed, unchecked(totals))
    else:
        if form is CheckFormat.GITHUB:
            write(workflow_commands(looked_at, lines))
        else:
            print_diagnostics(looked_at, lines, screen())
            if silenced:
                print_silenced(hushed, lines, screen())
        if complete and unchecked(totals):
            print_unchecked(_unchecked(served), lines.shown_path, screen())
        skipped = len(told.diagnostics) - len(looked_at)
        counted = summary(looked_at, unchecked(totals))
        screen().line(summary_words(counted, skipped, len(hushed), quotes_words(totals)))
    if has_errors(looked_at) or (complete and unchecked(totals)):
        raise typer.Exit(1)


def _unchecked(served: Served) -> list[Unchecked]:
    # Nearly every check has none, or does not ask for them.
    from claimtrack.index.unchecked import find_unchecked

    return find_unchecked(served.stored, served.shelf(), LISTED)


def _prefixes(codes: Sequence[str]) -> tuple[str, ...]:
    prefixes = tuple(code.strip().upper() for code in codes)
    for prefix in prefixes:
        if not prefix or not any(code.startswith(prefix) for code in CODES):
            raise UnknownCode(prefix)
    return prefixes


def _write_json(
    diagnostics: Sequence[Diagnostic], silenced: Sequence[Silenced], not_checked: int
) -> None:
    write(
        document(
            diagnostics=[diagnostic_row(each) for each in diagnostics],
            summary=summary(diagnostics, not_checked),
            silenced=[silenced_row(each) for each in silenced],
        )
    )


def explain(
    code: Annotated[
        str | None, typer.Argument(help="A code, such as CT203, or the beginning of some.")
    ] = None,
) -> None:
    """Say what a code means, with a bad example and how to mend it."""
    out = screen()
    if code is None:
        _print_codes(("CT",), out)
        return
    known = code.strip().upper()
    if known in CODES:
        _print_explanation(known, out)
    else:
        _print_codes(_prefixes([code]), out)


def _print_codes(prefixes: tuple[str, ...], out: Screen) -> None:
    for each, (severity, title) in CODES.items():
        if each.startswith(prefixes):
            out.line(strong(each), "  ", word(str(severity)), f"  {title}")


def _print_explanation(code: str, out: Screen) -> None:
    severity, title = CODES[code]
    told = explanation(code)
    out.line(strong(code), "  ", word(str(severity)), f"  {title}")
    out.line()
    for paragraph in told.paragraphs:
        out.line(paragraph)
        out.line()
    for heading, example in (("Wrong:", told.bad), ("Right:", told.good)):
        if not example:
            continue
        out.line(quiet(heading))
        for file in example:
            if len(example) > 1:
                out.line(quiet(f"# {file.name}"), indent=4)
            for line in file.text.splitlines():
                out.line(line, indent=4)
        out.line()

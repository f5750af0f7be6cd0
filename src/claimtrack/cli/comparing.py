"""The command that compares two claims."""

from __future__ import annotations

from typing import Annotated

import typer

from claimtrack.cli.opening import open_register
from claimtrack.cli.output import PageFormatOption, write
from claimtrack.cli.usage import PageFormat, WrongUsage
from claimtrack.findings.comparing import compare_claims
from claimtrack.findings.selection import find_claim
from claimtrack.render.comparisons import print_comparisons
from claimtrack.render.documents import document
from claimtrack.render.explained import comparison_document
from claimtrack.render.screen import screen
from claimtrack.render.undeclared import print_undeclared

_COMPARED = 1000
"""Pairs of two claims' assertions that are compared; few claims have more than a handful."""


def compare(
    context: typer.Context,
    one: Annotated[str, typer.Argument(metavar="A", help="A claim's id, or a part of only one.")],
    other: Annotated[str, typer.Argument(metavar="B", help="Another's.")],
    form: PageFormatOption = PageFormat.TABLE,
) -> None:
    """Compare two claims: how each pair of their assertions stands, and which rule decides."""
    opened = open_register(context)
    findings, claims = opened.findings, opened.findings.register.claims
    pair = [find_claim(findings.register, each) for each in (one, other)]
    if pair[0] == pair[1]:
        raise WrongUsage(f"both name '{pair[0]}'; give two different claims")
    found = compare_claims(claims[pair[0]], claims[pair[1]], _COMPARED)
    if form is PageFormat.JSON:
        write(document(**comparison_document(pair[0], pair[1], found, findings)))
    else:
        print_comparisons(pair[0], pair[1], found, findings, screen())
        print_undeclared(claims[pair[0]], claims[pair[1]], findings.register, screen())
    opened.note_what_is_left_out()

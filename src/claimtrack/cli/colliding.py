"""Commands about what collides: conflicts and compare."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import typer

from claimtrack.cli.opening import Format, Opened, PageFormat, WrongUsage, open_register
from claimtrack.cli.output import FormatOption, LimitOption, PageFormatOption, write, write_rows
from claimtrack.engine.comparison import compare
from claimtrack.findings.conflicts import Conflict
from claimtrack.findings.findings import Findings
from claimtrack.findings.selection import (
    UnknownName,
    entities_within,
    find_id,
    subjects,
)
from claimtrack.render import conflicts as conflict_words
from claimtrack.render.comparisons import print_comparisons
from claimtrack.render.documents import comparison_row, conflict_row, document
from claimtrack.render.reasons import compared
from claimtrack.render.screen import screen


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
        write(document(conflicts=[conflict_row(each, findings) for each in chosen]))
    elif form is Format.TABLE:
        total = len(findings.conflicts)
        conflict_words.print_conflicts(chosen, total, findings, screen(), with_ground=with_ground)
    else:
        rows = [conflict_words.row(each, findings) for each in chosen]
        write_rows(form, conflict_words.HEADERS, rows)


def _named_conflicts(name: str, findings: Findings) -> list[Conflict]:
    """The conflict with that id, all in which the claim with that id stands, or all that fit."""
    if name in findings.register.claims:
        return list(findings.standings[name].conflicts)
    by_id = {conflict.id: conflict for conflict in findings.conflicts}
    fitting = [key for key in by_id if name and name in key]
    if not fitting and any(name and name in claim for claim in findings.register.claims):
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


# ---------------------------------------------------------------------------------------- compare


def compare_claims(
    context: typer.Context,
    one: Annotated[str, typer.Argument(metavar="A", help="A claim's id, or a part of only one.")],
    other: Annotated[str, typer.Argument(metavar="B", help="Another's.")],
    form: PageFormatOption = PageFormat.TABLE,
) -> None:
    """Compare two claims: how each pair of their assertions stands, and which rule decides."""
    opened = open_register(context)
    findings, claims = opened.findings, opened.findings.register.claims
    pair = [find_id("claim", each, claims) for each in (one, other)]
    found = [compare(a, b) for a in claims[pair[0]].asserts for b in claims[pair[1]].asserts]
    if form is PageFormat.JSON:
        rows = [comparison_row(each, compared(each, findings.register)) for each in found]
        write(document(comparisons=rows))
    else:
        print_comparisons(pair[0], pair[1], found, findings, screen())
    opened.note_what_is_left_out()

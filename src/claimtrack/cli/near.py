"""What ``conflicts --near`` does: suggestions in place of findings."""

from __future__ import annotations

import sys
from collections.abc import Collection, Sequence

import typer

from claimtrack.cli.opening import open_register
from claimtrack.cli.output import write, write_rows
from claimtrack.cli.usage import Format, WrongUsage
from claimtrack.findings.findings import Findings
from claimtrack.findings.selection import entities_within, find_claim, find_id, subjects
from claimtrack.render.documents import document
from claimtrack.render.progress import progress
from claimtrack.render.screen import screen
from claimtrack.render.words import count


def refuse_beside_near(**options: bool) -> None:
    """Refuse options that choose among conflicts. Raises WrongUsage for the first that is given."""
    for name in (name for name, given in options.items() if given):
        raise WrongUsage(
            f"--near suggests pairs that are in no conflict, so --{name} chooses nothing among "
            "them; give one of the two"
        )


def suggest(
    context: typer.Context,
    claim: str | None,
    about: Sequence[str],
    sources: Sequence[str],
    limit: int | None,
    form: Format,
) -> None:
    """Print what nearly conflicts: all of it, or what the claim and the filters fit."""
    # No other command needs any of it.
    from claimtrack.findings.near.search import find_near
    from claimtrack.render import near as near_words

    opened = open_register(context)
    findings = opened.findings
    asked = _asked(claim, about, sources, findings)
    with progress(sys.stderr) as tell:
        suggestions = find_near(findings, asked, tell)
    shown = suggestions.found[:limit]
    if form is Format.JSON:
        write(document(near=[near_words.near_row(each, findings.register) for each in shown]))
    elif form is Format.TABLE:
        near_words.print_suggestions(shown, suggestions, findings, screen())
    else:
        write_rows(
            form, near_words.HEADERS, [near_words.row(each, findings.register) for each in shown]
        )
    if suggestions.cut:
        print(
            f"claimtrack: there may be more than is listed in {count(suggestions.cut, 'place')} "
            "where many claims are near one another; a claim's id, --about or --source narrows it",
            file=sys.stderr,
        )
    opened.note_what_is_left_out()


def _asked(
    claim: str | None, about: Sequence[str], sources: Sequence[str], findings: Findings
) -> list[Collection[str]]:
    """For the claim and each filter, the claims of which a pair is to hold at least one."""
    register = findings.register
    asked: list[Collection[str]] = []
    if claim is not None:
        asked.append({find_claim(register, claim)})
    if about:
        within = entities_within(register, about)
        asked.append({c.id for c in register.claims.values() if within & subjects(c)})
    if sources:
        known = {find_id("source", source, register.sources) for source in sources}
        asked.append(
            {c.id for c in register.claims.values() if any(e.source in known for e in c.evidence)}
        )
    return asked

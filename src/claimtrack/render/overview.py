"""The register as a whole: the dashboard and the numbers of ``stats``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from claimtrack.findings.flags import SUPPORT_WORDS
from claimtrack.index.numbers import Numbers, Overview
from claimtrack.quotes.audit import AuditResult
from claimtrack.render.quotes import quotes_words, totals_row
from claimtrack.render.screen import Screen
from claimtrack.render.style import quiet, strong, word
from claimtrack.render.words import count, question

if TYPE_CHECKING:
    from claimtrack.findings.conflicts import Conflict
    from claimtrack.model import Register


def print_dashboard(
    told: Overview, hardest: Sequence[Conflict], of: Register, screen: Screen
) -> None:
    """What is there, what collides, and what to do next, in a dozen lines.

    ``hardest`` are the open conflicts to look at first, ``of`` is what they are conflicts of.
    """
    screen.line(strong(told.title or "An untitled register"))
    screen.line(
        f"{count(told.claims, 'claim')} from {count(told.sources, 'source')}, "
        f"{told.held:,} of them held; {quotes_words(told.quotes)}"
    )
    screen.line(", ".join(_support_tally(told)))
    if told.echoes:
        at = quiet("  claimtrack list --flag single-origin --sort sources")
        echoing = f"{count(told.echoes, 'claim')} told by several sources, but of one origin"
        screen.line(echoing, at)
    screen.line()
    where = "  claimtrack conflicts --hard" if told.hard else "  claimtrack conflicts"
    screen.line(
        strong(count(told.unsettled, "open conflict")),
        f", {told.hard:,} hard" if told.hard else "",
        quiet(where if told.unsettled else ""),
    )
    for conflict in hardest:
        asked = f"  {question(conflict, of)}" if conflict.subject else ""
        screen.line(word(conflict.severity), " ", strong(conflict.id), asked, indent=2)
        screen.line(quiet(", ".join(conflict.claims[:4])), indent=7)
    more = ", …" if told.disputed > len(told.first_disputed) else ""
    names = f": {', '.join(told.first_disputed)}{more}" if told.disputed else ""
    disputed = strong(count(told.disputed, "disputed claim"))
    screen.line(disputed, names, quiet("  claimtrack list --disputed" if told.disputed else ""))
    screen.line()
    screen.line(quiet("next: "), _next_step(told))


def _support_tally(told: Overview) -> list[str]:
    """``12 corroborated``, ``3 speculative`` …, what is there, strongest first."""
    words = told.supports
    return [f"{words[each]:,} {each}" for each in SUPPORT_WORDS if words[each]] or ["no claims"]


def _next_step(told: Overview) -> str:
    if not told.claims and not told.errors:
        return "no claims yet; write the first: claimtrack add"
    if told.errors:
        return f"{count(told.errors, 'error')} to mend: claimtrack check"
    if told.warnings:
        return f"{count(told.warnings, 'warning')} to look at: claimtrack check"
    if told.hardest:
        return f"look at the hardest conflict: claimtrack conflicts {told.hardest[0]}"
    if told.disputed:
        return "look at what is disputed: claimtrack list --disputed"
    return "nothing is open: claimtrack list"


# ------------------------------------------------------------------------------------------ stats


def with_quotes(numbers: Numbers, quotes: Counter[AuditResult]) -> Numbers:
    """The numbers of a register with those of its quotes in their place."""
    register, *rest = numbers.items()
    name, counts = register
    return {name: {**counts, "quotes": quotes.total()}, "quotes": totals_row(quotes), **dict(rest)}


def print_stats(numbers: Mapping[str, Mapping[str, int]], screen: Screen) -> None:
    """The counts, group by group."""
    for index, (group, counts) in enumerate(numbers.items()):
        if not counts:
            continue
        if index:
            screen.line()
        screen.line(strong(group))
        width = max(map(len, counts))
        for name, number in counts.items():
            screen.line(f"{name.ljust(width)}  {number:>7,}", indent=2)

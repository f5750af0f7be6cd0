"""Two claims beside each other, assertion by assertion."""

from __future__ import annotations

from collections.abc import Sequence

from claimtrack.engine.comparison import Comparison
from claimtrack.findings.findings import Findings
from claimtrack.render.reasons import compared
from claimtrack.render.screen import Screen
from claimtrack.render.style import quiet, strong, word
from claimtrack.render.words import assertion_words


def print_comparisons(
    one: str, other: str, comparisons: Sequence[Comparison], findings: Findings, screen: Screen
) -> None:
    """Both claims, how each pair of their assertions stands, and where they conflict."""
    register = findings.register
    for claim in (one, other):
        screen.line(strong(claim))
        screen.line(register.claims[claim].statement, indent=2)
    for comparison in comparisons:
        screen.line()
        screen.line(word(comparison.relation), ": ", compared(comparison, register))
        screen.line(quiet(assertion_words(comparison.one, register)), indent=2)
        screen.line(quiet(assertion_words(comparison.other, register)), indent=2)
    if not comparisons:
        bare = [c for c in (one, other) if not register.claims[c].asserts]
        screen.line()
        verb = "assert" if len(bare) > 1 else "asserts"
        screen.line(f"Nothing to compare: {' and '.join(bare)} {verb} nothing structured.")
    _print_conflicts(one, other, findings, screen)


def _print_conflicts(one: str, other: str, findings: Findings, screen: Screen) -> None:
    shared = [c for c in findings.standings[one].conflicts if other in c.claims]
    for conflict in shared:
        if other in conflict.rivals(one):
            screen.line()
            state = findings.reviews.state(conflict)
            told = f" ({conflict.severity}, {state})"
            screen.line(quiet("in conflict: "), strong(conflict.id), quiet(told))

"""Conflicts in words: each with its question, its positions and the reason."""

from __future__ import annotations

from collections.abc import Sequence

from claimtrack.findings.conflicts import Conflict, Position
from claimtrack.findings.findings import Findings
from claimtrack.findings.hindsight import Hindsight
from claimtrack.render.reasons import why_not_both
from claimtrack.render.reviews import print_review
from claimtrack.render.screen import Line, Screen
from claimtrack.render.style import quiet, strong, word
from claimtrack.render.words import (
    count,
    holders,
    position_words,
    question,
)

HEADERS = (
    "id",
    "severity",
    "state",
    "same_source",
    "claims",
    "positions",
    "why",
)


def row(conflict: Conflict, findings: Findings) -> list[str]:
    """A conflict's cells, under HEADERS."""
    register = findings.register
    return [
        conflict.id,
        conflict.severity,
        findings.reviews.state(conflict),
        "yes" if conflict.same_source else "no",
        " ".join(conflict.claims),
        " | ".join(position_words(each, register) for each in conflict.positions),
        why_not_both(conflict, register),
    ]


def print_conflicts(
    conflicts: Sequence[Conflict],
    total: int,
    findings: Findings,
    hindsight: Hindsight,
    screen: Screen,
    *,
    with_ground: bool = False,
) -> None:
    """One conflict after another, then how many of how many.

    ``with_ground`` adds the fingerprint that a review of each carries.
    """
    for conflict in conflicts:
        print_conflict(conflict, findings, hindsight, screen)
        if with_ground:
            screen.line(quiet(f"fingerprint for a review: {findings.ground(conflict)}"), indent=2)
        screen.line()
    states = [findings.reviews.state(conflict) for conflict in conflicts]
    hard = sum(conflict.severity == "hard" for conflict in conflicts)
    shown = f"{count(len(conflicts), 'conflict')}: {hard:,} hard, {len(conflicts) - hard:,} tension"
    if "stale" in states:
        shown += f"; {states.count('stale'):,} with a stale review"
    of = f" ({total:,} in all)" if total != len(conflicts) else ""
    screen.line(quiet(shown + of if conflicts else f"No conflict{of or ' found'}."))


def print_conflict(
    conflict: Conflict,
    findings: Findings,
    hindsight: Hindsight,
    screen: Screen,
    indent: int = 0,
    mark: str | None = None,
) -> None:
    """One conflict; ``mark`` is the claim that the reader came from."""
    state = findings.reviews.state(conflict)
    told = [word(conflict.severity), " · ", word(state), "  ", strong(conflict.id)]
    screen.line(*told, indent=indent)
    same = " One source stands on both sides." if conflict.same_source else ""
    screen.line(question(conflict, findings.register), quiet(same), indent=indent)
    screen.beside([_told(each, findings, mark) for each in conflict.positions], indent + 2)
    why = why_not_both(conflict, findings.register)
    screen.line(quiet("why: "), why, indent=indent + 2)
    print_review(conflict, findings, hindsight, screen, indent + 2)


def _told(position: Position, findings: Findings, mark: str | None) -> list[Line]:
    """A position's answer and each claim that gives it."""
    supports = [findings.supports[claim] for claim in position.claims]
    origins = count(len({origin for s in supports for origin in s.origins}), "origin")
    lines = []
    if position.assertions:
        answer = position_words(position, findings.register)
        lines.append(Line(("▪ ", strong(answer), quiet(f"  {origins}"))))
    indent = 2 if position.assertions else 0
    for claim in position.claims:
        support = findings.supports[claim]
        grade = f" · {support.grade}" if support.grade else ""
        this = " (this claim)" if claim == mark else ""
        held = f"  {holders(claim, findings)}{grade} · {support.word}"
        lines.append(Line((strong(claim), this, quiet(held)), indent))
        lines.append(Line((findings.register.claims[claim].statement,), indent + 2))
    return lines

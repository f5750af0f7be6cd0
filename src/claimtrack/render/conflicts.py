"""Conflicts in words: each with its question, its positions and the reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from claimtrack.render.reasons import by_rule, why_not_both
from claimtrack.render.reviews import print_review
from claimtrack.render.screen import Line, Screen
from claimtrack.render.style import quiet, strong, word
from claimtrack.render.words import (
    count,
    holders,
    position_words,
    question,
)

if TYPE_CHECKING:
    from claimtrack.findings.conflicts import Conflict, Position
    from claimtrack.findings.findings import Findings
    from claimtrack.findings.hindsight import Hindsight


def print_conflicts(
    conflicts: Sequence[Conflict],
    total: int,
    findings: Findings,
    hindsight: Hindsight,
    screen: Screen,
    *,
    with_ground: bool = False,
    newness: Mapping[str, str] | None = None,
) -> None:
    """One conflict after another, then how many of how many.

    ``with_ground`` adds the fingerprint that a review of each carries, ``newness`` why it is new.
    """
    for conflict in conflicts:
        print_conflict(conflict, findings, hindsight, screen)
        if newness is not None:
            screen.line(quiet("new: "), newness[conflict.id], indent=2)
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
    if with_ground and len(conflicts) > 1:
        page = f"claimtrack conflicts {conflicts[0].id}"
        screen.line(quiet(f"One alone is shown as a page: {page}"))


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
    _print_reason(conflict, findings, screen, indent + 2)
    print_review(conflict, findings, hindsight, screen, indent + 2)


def print_hidden(
    asked: Sequence[Conflict], option: str, findings: Findings, screen: Screen
) -> None:
    """That what was asked for is there, and which option leaves it out."""
    if len(asked) == 1:
        only = asked[0]
        state = f"{only.severity}, {findings.reviews.state(only)}"
        screen.line(f"{only.id} ({state}) is there, but {option} leaves it out.")
    else:
        screen.line(f"{count(len(asked), 'conflict')} fit, but {option} leaves all of them out.")


def _print_reason(conflict: Conflict, findings: Findings, screen: Screen, indent: int) -> None:
    """What the values say, how many pairs that leaves out, and what a reader wrote beside it."""
    if conflict.rule == "value":
        told = by_rule(conflict, findings.register)
        screen.line(quiet("why: "), told.sentence, indent=indent)
        if told.pairs_left:
            pairs = count(told.pairs_left, "more pair")
            screen.line(quiet(f"and {pairs}: claimtrack conflicts {conflict.id}"), indent=indent)
    elif conflict.why is None:
        screen.line(quiet("why: "), why_not_both(conflict, findings.register), indent=indent)
    if conflict.why is not None:
        screen.line(quiet("a reader wrote: "), conflict.why, indent=indent)


def _told(position: Position, findings: Findings, mark: str | None) -> list[Line]:
    """A position's answer and each claim that gives it."""
    supports = [findings.supports[claim] for claim in position.claims]
    origins = count(len({origin for s in supports for origin in s.origins}), "origin")
    lines = []
    if position.assertions:
        answer = position_words(position, findings.register)
        lines.append(Line(("▪ ", strong(answer), quiet(f"  {origins}"))))
    indent = 2 if position.assertions else 0
    named = _holders(position, findings)
    for claim in position.claims:
        support = findings.supports[claim]
        grade = f" · {support.grade}" if support.grade else ""
        this = " (this claim)" if claim == mark else ""
        held = f"  {named[claim]}{grade} · {support.word}"
        lines.append(Line((strong(claim), this, quiet(held)), indent))
        lines.append(Line((findings.register.claims[claim].statement,), indent + 2))
    return lines


def _holders(position: Position, findings: Findings) -> dict[str, str]:
    """Who holds each claim: told once of those that are the same, however many they are."""
    named: dict[str, str] = {}
    for claim in position.claims:
        if claim not in named:
            same = findings.supports[claim].claims
            named.update(dict.fromkeys(same, holders(claim, findings)))
    return named

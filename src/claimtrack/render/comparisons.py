"""Two claims beside each other, assertion by assertion."""

from __future__ import annotations

from claimtrack.engine.comparison import Comparison
from claimtrack.findings.comparing import (
    Compared,
    links_between,
    shared_conflicts,
    superseding,
)
from claimtrack.findings.conflicts import Conflict
from claimtrack.findings.findings import Findings
from claimtrack.findings.verdicts import is_withdrawn
from claimtrack.render.reasons import compared
from claimtrack.render.screen import Part, Screen
from claimtrack.render.style import quiet, strong, word
from claimtrack.render.words import assertion_words, count, listed


def print_comparisons(
    one: str, other: str, found: Compared, findings: Findings, screen: Screen
) -> None:
    """Both claims, how each pair of their assertions stands, and what else is between them."""
    for claim in (one, other):
        _print_claim(claim, findings, screen)
    for index, comparison in enumerate(found.comparisons):
        _print_comparison(comparison, findings, screen, first=index == 0)
    if found.more:
        screen.line()
        screen.line(quiet(f"and {count(found.more, 'more pair')} of assertions, not compared"))
    if not found.comparisons:
        bare = [c for c in (one, other) if not findings.register.claims[c].asserts]
        screen.line()
        verb = "assert" if len(bare) > 1 else "asserts"
        screen.line(f"Nothing to compare: {' and '.join(bare)} {verb} nothing structured.")
    _print_ties(one, other, findings, screen)


def _print_claim(claim: str, findings: Findings, screen: Screen) -> None:
    screen.line(strong(claim))
    screen.line(findings.register.claims[claim].statement, indent=2)
    if claim in findings.out_of_play:
        told = f"{out_of_play_words(claim, findings)}; it takes part in no conflict"
        screen.line("out of play", quiet(f": {told}"), indent=2)


def out_of_play_words(claim: str, findings: Findings) -> str:
    """Why a claim is out of play: ``it is withdrawn``, ``b supersedes it``."""
    if is_withdrawn(findings.register.claims[claim]):
        return "it is withdrawn"
    newer = superseding(claim, findings)
    return f"{listed(newer)} {'supersedes' if len(newer) == 1 else 'supersede'} it"


def _print_comparison(
    comparison: Comparison, findings: Findings, screen: Screen, *, first: bool
) -> None:
    """A pair with both assertions; one that cannot be compared takes less room."""
    register = findings.register
    unlike = comparison.relation == "not comparable"
    if first or not unlike:
        screen.line()
    screen.line(word(comparison.relation), ": ", compared(comparison, register))
    both = [assertion_words(each, register) for each in (comparison.one, comparison.other)]
    for told in [" | ".join(both)] if unlike else both:
        screen.line(quiet(told), indent=2)


def _print_ties(one: str, other: str, findings: Findings, screen: Screen) -> None:
    """What joins or divides the two besides their values: pools, relations, conflicts."""
    lines = [
        *_pool_lines(one, other, findings),
        *_link_lines(one, other, findings),
        *_conflict_lines(one, other, findings),
    ]
    if lines:
        screen.line()
    for parts in lines:
        screen.line(*parts)


def _pool_lines(one: str, other: str, findings: Findings) -> list[list[Part]]:
    if other not in findings.supports[one].claims:
        return []
    return [[quiet("joined: "), "they are the same proposition and share their evidence"]]


_SAYS = {
    "tension": "is in tension with",
    "same-as": "is the same as",
    "depends-on": "depends on",
}


def _link_lines(one: str, other: str, findings: Findings) -> list[list[Part]]:
    found: list[list[Part]] = []
    for link in links_between(one, other, findings):
        says, why = _SAYS.get(link.relation.type, link.relation.type), link.relation.why
        told = f"{link.claim} {says} {link.other}{f': {why}' if why else ''}"
        found.append([quiet("relation: "), told])
    return found


def _conflict_lines(one: str, other: str, findings: Findings) -> list[list[Part]]:
    return [
        _conflict_line(conflict, findings, against=_are_set_against(one, other, conflict, findings))
        for conflict in shared_conflicts(one, other, findings)
    ]


def _conflict_line(conflict: Conflict, findings: Findings, *, against: bool) -> list[Part]:
    state = f" ({conflict.severity}, {findings.reviews.state(conflict)})"
    if against:
        return [quiet("in conflict: "), strong(conflict.id), quiet(state)]
    told = "; no relation sets these two against each other"
    return [quiet("both stand in "), strong(conflict.id), quiet(state), told]


def _are_set_against(one: str, other: str, conflict: Conflict, findings: Findings) -> bool:
    """Whether the two collide, or a relation between them is one that declares the conflict."""
    return conflict.rule == "value" or any(
        link.relation.type in ("contradicts", "tension")
        for link in links_between(one, other, findings)
    )

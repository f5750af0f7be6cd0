"""Suggestions in words: what nearly conflicts, why it does not, and what would settle it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from claimtrack.engine.comparison import compare
from claimtrack.findings.findings import Findings
from claimtrack.findings.near.suggestion import Difference, Spelling, Suggestion, Suggestions
from claimtrack.model import Assertion, Register
from claimtrack.render.documents import Json
from claimtrack.render.reasons import compared, period_words, reason
from claimtrack.render.screen import Screen
from claimtrack.render.settling import day_words, settling
from claimtrack.render.style import quiet, strong
from claimtrack.render.words import (
    count,
    entity_words,
    holders,
    listed,
    property_words,
    value_words,
)
from claimtrack.values.interval import Interval

_FURTHER = 5
"""How many further pairs are named that one spelling keeps apart."""
HEADERS = ("rule", "claims", "subject", "property", "why", "look", "command", "yaml")


def near_row(suggestion: Suggestion, register: Register) -> Json:
    """A suggestion as ``conflicts --near`` gives it."""
    meant = suggestion.would[0] if suggestion.would else None
    settle = settling(suggestion, register)
    return {
        "rule": suggestion.rule,
        "claims": list(suggestion.claims),
        "subject": meant.subject if meant else None,
        "property": meant.property if meant else None,
        "why": why_near(suggestion, register),
        "settle": {"look": settle.look, "command": settle.command, "yaml": settle.pasted},
    }


def row(suggestion: Suggestion, register: Register) -> list[str]:
    """A suggestion's cells, under HEADERS."""
    told = near_row(suggestion, register)
    settle = told["settle"]
    return [
        told["rule"],
        " ".join(told["claims"]),
        told["subject"] or "",
        told["property"] or "",
        told["why"],
        settle["look"],
        settle["command"] or "",
        settle["yaml"],
    ]


def print_suggestions(
    shown: Sequence[Suggestion], suggestions: Suggestions, findings: Findings, screen: Screen
) -> None:
    """One suggestion after another, then how many there are and what they are not."""
    for alike in _by_spelling(shown):
        _print(alike, findings, screen)
        screen.line()
    total = len(suggestions.found)
    if not total:
        screen.line(quiet("Nothing nearly conflicts."))
        return
    of = f" of {total:,}" if len(shown) < total else ""
    kinds = Counter(each.rule for each in shown)
    tally = ", ".join(f"{number:,} {rule}" for rule, number in kinds.items())
    told = f"{count(len(shown), 'suggestion')}{of}{f': {tally}' if tally else ''}."
    screen.line(
        quiet(
            f"{told} They are suggestions and no findings: nothing is flagged by them. "
            "A relation between the two claims, of whatever type, takes them off this list."
        )
    )


def _by_spelling(shown: Sequence[Suggestion]) -> list[list[Suggestion]]:
    """The pairs that one spelling keeps apart together, all others alone."""
    found: dict[Spelling | int, list[Suggestion]] = {}
    for number, each in enumerate(shown):
        found.setdefault(each.spelling or number, []).append(each)
    return list(found.values())


def _print(alike: Sequence[Suggestion], findings: Findings, screen: Screen) -> None:
    """The first of some suggestions that one line would settle, and which the others are."""
    suggestion, register = alike[0], findings.register
    screen.line(strong(suggestion.rule), f"  {_topic(suggestion, register)}")
    for claim in suggestion.claims:
        grade = findings.supports[claim].grade
        held = f"  {holders(claim, findings)}{f' · {grade}' if grade else ''}"
        screen.line("▪ ", strong(claim), quiet(held), indent=2)
        screen.line(register.claims[claim].statement, indent=4)
    screen.line(quiet("why: "), why_near(suggestion, register), indent=2)
    if further := [" and ".join(each.claims) for each in alike[1:]]:
        more = [f"{len(further) - _FURTHER:,} more"] if len(further) > _FURTHER else []
        pairs = "; ".join([*further[:_FURTHER], *more])
        screen.line(quiet("the same spelling keeps apart: "), pairs, indent=2)
    settle = settling(suggestion, register)
    screen.line(quiet("to settle it:"), indent=2)
    screen.line(settle.look, indent=4)
    if settle.command is not None:
        screen.line(quiet(f"{settle.condition}:"), indent=4)
        screen.line(settle.command, indent=4)
    else:
        screen.line(quiet(f"{settle.condition}, write {settle.where}:"), indent=4)
        screen.line(settle.yaml, indent=4)


def _topic(suggestion: Suggestion, register: Register) -> str:
    if suggestion.would is None:
        return listed([entity_words(key, register) for key in suggestion.entities])
    one = suggestion.would[0]
    return f"{entity_words(one.subject, register)}: {property_words(one.property)}?"


# -------------------------------------------------------------------------------------------- why


def why_near(suggestion: Suggestion, register: Register) -> str:
    """One sentence or two that say what alone keeps two claims from colliding."""
    if suggestion.pair is None or suggestion.would is None:
        return _why_wording(suggestion, register)
    pair, would = list(suggestion.pair), list(suggestion.would)
    if suggestion.rule == "tolerance":
        return compared(compare(*suggestion.pair), register)
    if suggestion.gap is not None:
        return _why_gap(pair, suggestion.gap, register)
    if suggestion.spelling is not None:
        spelt = _spelt(suggestion.spelling)
        return f"{spelt}, the two claims would collide. {reason(would, register)}"
    hedges = {"~" if "~" in each.text else "about" for each in pair if each not in would}
    signs = listed([f"‘{sign}’" for sign in sorted(hedges)])
    return f"Without the {signs}, the two claims would collide. {reason(would, register)}"


def _why_gap(pair: Sequence[Assertion], gap: Interval, register: Register) -> str:
    before, after = sorted(pair, key=lambda each: each.during.low)
    told = [
        f"‘{value_words(each, register)}’ {period_words(each.during_text)}"
        for each in (before, after)
    ]
    first, last = day_words(gap.low), day_words(gap.high)
    days = f"on {first}" if first == last else f"from {first} to {last}"
    return f"{listed(told)} exclude each other, and nothing says what held {days}."


def _spelt(spelling: Spelling) -> str:
    if spelling.entity is None:
        return (
            f"‘{spelling.name}’ and ‘{spelling.like}’ are declared by no entity and spelt alike; "
            "if they are the same"
        )
    return (
        f"‘{spelling.name}’ is declared by no entity and spelt like ‘{spelling.like}’ "
        f"({spelling.entity}); if it is the same"
    )


def _why_wording(suggestion: Suggestion, register: Register) -> str:
    about = listed([entity_words(key, register) for key in suggestion.entities])
    told = listed([_difference(each) for each in suggestion.differences])
    if not about:
        return f"The two statements are put in much the same words and differ in {told}."
    return f"Both statements are about {about}, in much the same words, and differ in {told}."


def _difference(difference: Difference) -> str:
    if difference.kind == "negation":
        return f"a denial (only one says ‘{difference.one or difference.other}’)"
    kind = {"number": "a number", "date": "a date", "antonym": "opposites"}[difference.kind]
    return f"{kind} (‘{difference.one}’ against ‘{difference.other}’)"

"""Ripples in words: what would change if something fell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import TypeVar

from claimtrack.findings.conflicts import Conflict, Position
from claimtrack.findings.falling import Fall, Thing
from claimtrack.findings.findings import Findings
from claimtrack.findings.impact import (
    ConflictChange,
    ConflictFate,
    ContestChange,
    Impact,
    SupportChange,
    Touched,
    VerdictChange,
    VerdictLoss,
)
from claimtrack.model import Register, Review
from claimtrack.render.documents import Json
from claimtrack.render.screen import Part, Screen
from claimtrack.render.sections import more_words, print_section
from claimtrack.render.style import quiet, strong, word
from claimtrack.render.words import count, entity_words, listed, position_words, question

_REASONS = 5
"""With how many of its ties a thing is listed that is touched."""
SHOWN = 10
"""How many changes of each kind a page shows, unless it is told otherwise."""

Change = TypeVar("Change")


def print_impact(
    impact: Impact, findings: Findings, screen: Screen, limit: int | None = None
) -> None:
    """What falls, then what changes, kind by kind, each with at most so many lines."""
    _Page(findings, screen, SHOWN if limit is None else limit).print(impact)


class _Page:
    """The page of one thing that falls."""

    def __init__(self, findings: Findings, screen: Screen, limit: int) -> None:
        self._findings, self._screen, self._limit = findings, screen, limit
        self._register = findings.register

    def print(self, impact: Impact) -> None:
        """All of the page."""
        self._print_thing(impact.fall.thing)
        if impact.changes_nothing:
            self._screen.line(_nothing(impact.fall))
            return
        self._print_fall(impact.fall)
        self._screen.line()
        self._screen.line(_in_short(impact))
        fallen = [each for each in impact.fall.claims if each != impact.fall.thing.id]
        self._section("Claims that fall with it", fallen, self._print_claim)
        self._section("Support", impact.support, self._print_word)
        self._section("Contest", impact.contest, self._print_word)
        self._section("Conflicts", _by_conflict(impact.conflicts), self._print_conflict)
        self._section("Verdicts", impact.verdicts, self._print_verdict)
        self._section("Reviews that would have no effect", impact.reviews, self._print_review)
        self._section("Touched", _by_thing(impact.touched), self._print_touched)

    def _print_thing(self, thing: Thing) -> None:
        self._screen.line(strong(thing.id), quiet(f"  {thing.kind}"))
        if told := thing_words(thing, self._register):
            self._screen.line(told, indent=2)
        self._screen.line()

    def _print_fall(self, fall: Fall) -> None:
        self._screen.line(_gone(fall, self._findings))
        others = [source for source in fall.sources if source != fall.thing.id]
        if others:
            shown = listed([*others[: self._limit], *more_words(others, self._limit)])
            self._screen.line(f"Sources that fall with it: {shown}.")

    def _section(
        self, title: str, changes: Sequence[Change], print_one: Callable[[Change], None]
    ) -> None:
        print_section(title, changes, print_one, self._limit, self._screen)

    def _print_claim(self, claim: str, *told: Part) -> None:
        self._screen.line(strong(claim), *told, indent=2)
        self._screen.line(quiet(self._register.claims[claim].statement), indent=4)

    def _print_word(self, change: SupportChange | ContestChange) -> None:
        self._print_claim(change.claim, "  ", word(change.before), " → ", word(change.after))

    def _print_conflict(self, changes: Sequence[ConflictChange]) -> None:
        conflict = changes[0].before or changes[0].after
        asked = question(conflict, self._register) if conflict and conflict.subject else ""
        self._screen.line(strong(changes[0].id), quiet(f"  {asked}"), indent=2)
        for change in changes:
            self._screen.line(*_conflict_words(change, self._register), indent=4)

    def _print_verdict(self, change: VerdictChange) -> None:
        self._print_claim(change.claim, f"  {change.rating}: {_VERDICTS[change.change]}")

    def _print_review(self, review: Review) -> None:
        of = review.conflict or f"the dispute of {review.dispute}"
        winner = f" {review.claim}" if review.claim else ""
        self._screen.line(strong(of), f"  {review.decision}{winner}", indent=2)

    def _print_touched(self, ties: Sequence[Touched]) -> None:
        reasons = [_touched_words(each) for each in ties]
        told = "; ".join([*reasons[:_REASONS], *more_words(reasons, _REASONS)])
        self._screen.line(strong(ties[0].thing.id), f"  {told}", indent=2)


def _gone(fall: Fall, findings: Findings) -> str:
    """What falling means, and how much is gone at once."""
    items = count(fall.items, "item")
    if fall.thing.kind == "source":
        return f"If it turned out to be false, {items} of evidence would be gone."
    if fall.thing.kind == "entity":
        return f"If it could no longer be believed, {items} of evidence would be gone."
    same = len(findings.supports[fall.thing.id].claims) - 1
    told = [
        _told(same, "claim that is the same", "claims that are the same"),
        _told(len(fall.claims) - 1 - same, "claim that depends", "claims that depend", " on it"),
    ]
    others = listed([each for each in told if each])
    return f"If it turned out false, it would be gone{others and f', and with it {others}'}."


_VERDICTS: dict[VerdictLoss, str] = {
    "falls": "the claim falls with what it depends on",
    "unsupported": "the claim would have no firm support left",
    "unopposed": "nothing firm would speak against the claim any more",
    "single-origin": "the claim would be corroborated no longer",
}


def thing_words(thing: Thing, register: Register) -> str:
    """What a thing is: a claim's statement, an entity's name, a source's title, or nothing."""
    if thing.kind == "claim":
        return register.claims[thing.id].statement
    if thing.kind == "source":
        return register.sources[thing.id].title or ""
    words = entity_words(thing.id, register)
    return words if words != thing.id else ""


def _in_short(impact: Impact) -> str:
    """The changes in numbers."""
    numbers = Counter(each.change for each in impact.verdicts)
    told = [
        _told(
            numbers.total() - numbers["single-origin"],
            "verdict would rest on nothing",
            "verdicts would rest on nothing",
        ),
        _told(numbers["single-origin"], "verdict would rest", "verdicts would rest", _ON_ONE),
        *_support_in_short(impact.support),
        _told(len(impact.contest), "claim would change its", "claims would change their", _CONTEST),
        *_conflicts_in_short(impact.conflicts),
        _told(len(impact.reviews), "review would have", "reviews would have", " no effect"),
    ]
    shown = "; ".join(each for each in told if each)
    return f"In short: {shown}." if shown else "Nothing else would change but what it touches."


_ON_ONE = " on a single origin"
_CONTEST = " contest word"


def _told(number: int, singular: str, plural: str, rest: str = "") -> str:
    return count(number, singular, plural) + rest if number > 0 else ""


def _support_in_short(changes: Sequence[SupportChange]) -> list[str]:
    firm = ("corroborated", "single-origin")
    bared = sum(each.before in firm and each.after not in firm for each in changes)
    lost = sum(each.after == "single-origin" for each in changes)
    guessed = sum(each.before == "speculative" for each in changes)
    left = " no firm support left"
    no_longer = " no longer even be speculated"
    return [
        _told(bared, "claim would have", "claims would have", left),
        _told(guessed, "claim would", "claims would", no_longer),
        _told(lost, "claim would lose its", "claims would lose their", " corroboration"),
    ]


def _conflicts_in_short(changes: Sequence[ConflictChange]) -> list[str]:
    numbers = Counter(each.change for each in changes)
    return [
        _told(numbers[change], "conflict would", "conflicts would", f" {verb}")
        for change, verb in _CONFLICT_VERBS.items()
    ]


_CONFLICT_VERBS: dict[ConflictFate, str] = {
    "closed": "close",
    "softened": "soften to tension",
    "hardened": "become hard",
    "turned": "change sides",
    "opened": "open",
}


def _nothing(fall: Fall) -> str:
    if fall.thing.kind == "claim":
        return "Nothing else would change if it turned out false."
    if fall.items:
        gone = count(fall.items, "item")
        return (
            f"Nothing would change if it fell: {gone} of evidence fewer, and all stands as before."
        )
    return "Nothing would change if it fell: no item of evidence rests on it."


# -------------------------------------------------------------------------------------- conflicts


def _by_conflict(changes: Sequence[ConflictChange]) -> list[list[ConflictChange]]:
    """The changes of one conflict together."""
    found: dict[str, list[ConflictChange]] = {}
    for change in changes:
        found.setdefault(change.id, []).append(change)
    return list(found.values())


def _conflict_words(change: ConflictChange, register: Register) -> list[Part]:
    before, after = change.before, change.after
    if after is None:
        return [word(_weight(before)), " → closed"]
    if before is None:
        return ["would open: ", word(_weight(after))]
    if change.change != "turned":
        return [word(before.severity), " → ", word(after.severity)]
    was = _side(change.favoured_before, register)
    now = _side(change.favoured_after, register)
    return [f"evidence speaks for {was} → {now}"]


def _by_thing(touched: Sequence[Touched]) -> list[list[Touched]]:
    """The ties of one thing together."""
    found: dict[Thing, list[Touched]] = {}
    for each in touched:
        found.setdefault(each.thing, []).append(each)
    return list(found.values())


def _weight(conflict: Conflict | None) -> str:
    return conflict.severity if conflict else ""


def _side(position: Position | None, register: Register) -> str:
    if position is None:
        return "no side"
    words = position_words(position, register)
    return f"‘{words}’" if position.assertions else words


def _touched_words(touched: Touched) -> str:
    return {
        "derived_from": f"also derives from {touched.of}; what is cited from it stays",
        "supports": f"{touched.holder} supports it",
        "refines": f"it refines {touched.of}",
        "states": (
            f"it states {touched.of}"
            if touched.thing.id == touched.holder
            else f"{touched.holder} states it"
        ),
        "supersedes": f"comes back into play, since {touched.holder} superseded it",
        "depends-on": f"it depends on {touched.of}, which would have no firm support left",
    }[touched.relation]


# ------------------------------------------------------------------------------------------- JSON


def impact_row(impact: Impact) -> Json:
    """All that would change, as programs read it."""
    fall = impact.fall
    return {
        "id": fall.thing.id,
        "kind": fall.thing.kind,
        "falls": {
            "sources": list(fall.sources),
            "claims": list(fall.claims),
            "items": fall.items,
        },
        "support": [_word_row(each) for each in impact.support],
        "contest": [_word_row(each) for each in impact.contest],
        "conflicts": [_conflict_change_row(each) for each in impact.conflicts],
        "verdicts": [
            {"claim": each.claim, "rating": each.rating, "change": each.change}
            for each in impact.verdicts
        ],
        "reviews": [
            {
                "conflict": each.conflict,
                "dispute": each.dispute,
                "decision": each.decision,
                "claim": each.claim,
            }
            for each in impact.reviews
        ],
        "touched": [
            {
                "id": each.thing.id,
                "kind": each.thing.kind,
                "relation": each.relation,
                "from": each.holder,
                "to": each.of,
            }
            for each in impact.touched
        ],
    }


def _word_row(change: SupportChange | ContestChange) -> Json:
    return {"claim": change.claim, "before": change.before, "after": change.after}


def _conflict_change_row(change: ConflictChange) -> Json:
    """One change; only of one that turns is it told which position is favoured."""
    return {
        "id": change.id,
        "change": change.change,
        "severity": {
            "before": change.before.severity if change.before else None,
            "after": change.after.severity if change.after else None,
        },
        "favoured": {
            "before": _side_row(change.favoured_before),
            "after": _side_row(change.favoured_after),
        }
        if change.change == "turned"
        else None,
    }


def _side_row(position: Position | None) -> Json | None:
    if position is None:
        return None
    return {"value": position.value, "negated": position.negated, "claims": list(position.claims)}

"""Why two assertions collide, agree or pass each other by, in one sentence with its numbers."""

from __future__ import annotations

import re
from fractions import Fraction
from itertools import combinations
from typing import TYPE_CHECKING

from claimtrack.engine.collisions import collide
from claimtrack.engine.comparison import Comparison, differing_scope
from claimtrack.frozen import frozen
from claimtrack.model import Assertion, Property, Register, Tolerance
from claimtrack.render.figures import rounded, rounded_beside
from claimtrack.render.words import (
    count,
    entity_words,
    held_words,
    listed,
    property_words,
    value_words,
)
from claimtrack.values.distance import distance

if TYPE_CHECKING:
    from claimtrack.findings.conflicts import Conflict
    from claimtrack.findings.pairs import Pair


def why_not_both(conflict: Conflict, register: Register) -> str:
    """One sentence that says why the claims of a conflict cannot all be true."""
    if conflict.rule == "declared":
        return conflict.why or _NO_REASON
    told = by_rule(conflict, register).sentence
    return f"{told} {conflict.why}" if conflict.why else told


@frozen
class ByRule:
    """Why a conflict's values exclude each other, and how many pairs of positions it leaves out."""

    sentence: str
    pairs_left: int


def by_rule(conflict: Conflict, register: Register) -> ByRule:
    """The reason that the values of a conflict give, without what a reader wrote of it."""
    rivals, held = _rivals(conflict), len(conflict.positions)
    told = len(rivals) * (len(rivals) - 1) // 2
    return ByRule(reason(rivals, register), held * (held - 1) // 2 - told)


_MANY = 5
_NO_REASON = "A relation between the claims says so, and gives no reason."


def _rivals(conflict: Conflict) -> list[Assertion]:
    """Assertions that collide with one another: of every position if they all do, else of two."""
    firsts = [position.assertions[0] for position in conflict.positions]
    if not 2 < len(firsts) <= _MANY or any(each.negated for each in firsts):
        firsts = []
    if firsts and all(collide(one, other) for one, other in combinations(firsts, 2)):
        return firsts
    held = [a for position in conflict.positions for a in position.assertions]
    held.sort(key=lambda a: a.claim not in conflict.hard_claims)
    return [held[0], next(other for other in held if collide(held[0], other))]


def reason(rivals: list[Assertion], register: Register) -> str:
    """Why assertions that collide with one another cannot all hold."""
    of = register.properties[rivals[0].property]
    denied = next((each for each in rivals if each.negated), None)
    if denied is not None:
        held = next(each for each in rivals if not each.negated)
        return _denied(denied, held, of, register)
    if of.type == "boolean":
        return "It cannot be both true and false at the same time."
    words = listed([_named(each, register) for each in rivals])
    return f"{words} {_apart(rivals, of)}, and only one answer holds at a time."


def _named(assertion: Assertion, register: Register) -> str:
    """A value within a sentence: a number or a date as it is, a name between quotation marks."""
    words = value_words(assertion, register)
    return words if register.properties[assertion.property].type in _ON_A_SCALE else f"‘{words}’"


_ON_A_SCALE = ("number", "date")


def _apart(rivals: list[Assertion], of: Property) -> str:
    if of.type == "entity":
        none = "neither is part of the other" if len(rivals) == 2 else "none is part of another"
        return f"lie apart: {none}"
    if of.type in _ON_A_SCALE:
        more = f", more than the tolerance of {tolerance_words(of)}" if of.tolerance else ""
        return f"{gap_words(rivals[0], rivals[1], of) if len(rivals) == 2 else 'lie apart'}{more}"
    return "exclude each other" if of.type == "choice" else "are different texts"


def _denied(denied: Assertion, held: Assertion, of: Property, register: Register) -> str:
    inner, outer = held_words(held, of, register), held_words(denied, of, register)
    if held.interval == denied.interval:
        return f"One side says ‘{inner}’, which the other denies."
    return f"‘{inner}’ lies within ‘{outer}’, which the other side denies."


# --------------------------------------------------------------------------------------- distances


def gap_words(one: Assertion, other: Assertion, of: Property) -> str:
    """By how much two values that share nothing differ: a share of the smaller, units or days."""
    apart = distance(one.interval, other.interval)
    points = all(each.interval.low == each.interval.high for each in (one, other))
    least = "" if points else "at least "
    if of.type == "date":
        return f"are {least}{count(int(apart.gap), 'day')} apart"
    limit = of.tolerance or Tolerance("")
    in_percent = of.unit in _PERCENT
    if apart.share is not None and (limit.share or not (of.tolerance or in_percent)):
        figure = _beside(apart.share * 100, limit.share * 100, down=bool(least))
        return f"differ by {least}{figure} %"
    figure = _beside(apart.gap, limit.gap, down=bool(least))
    unit = "percentage points" if in_percent else of.unit or ""
    return f"differ by {least}{figure} {unit}".rstrip()


_PERCENT = ("%", "percent")


def _beside(number: int | Fraction, limit: int | Fraction, *, down: bool) -> str:
    """A difference in figures that leave no doubt on which side of its tolerance it is."""
    told = rounded_beside(number, limit, down=down) if limit else rounded(number, down=down)
    return told or f"a trace {'more' if number > limit else 'less'} than {rounded(limit, 15)}"


def tolerance_words(of: Property) -> str:
    """A property's tolerance as a person writes it: ``3 %``, ``50 km``, ``2 days``."""
    if of.tolerance is None:
        return "nothing"
    if of.type == "date":
        return count(int(of.tolerance.gap), "day")
    if of.tolerance.text.endswith("%"):
        return f"{of.tolerance.text.removesuffix('%')} %"
    return f"{of.tolerance.text} {of.unit or ''}".rstrip()


# ------------------------------------------------------------------------------------- comparisons


def compared(comparison: Comparison, register: Register) -> str:
    """One sentence that says what decided how two assertions stand to each other."""
    one, other = comparison.one, comparison.other
    if comparison.relation in ("not comparable", "different scope"):
        return _why_not_met(comparison, register)
    if comparison.relation == "contradiction":
        return reason([one, other], register)
    if comparison.rule == "same":
        return _same(one, other, register)
    if comparison.rule == "denied elsewhere":
        return _denied_elsewhere(one, other, register)
    of = register.properties[one.property]
    words = [_named(each, register) for each in (one, other)]
    if comparison.rule == "part":
        return _part(words, of, first_is_inner=one.interval.within(other.interval))
    both = listed(words)
    if comparison.rule == "tolerance":
        return f"{both} {gap_words(one, other, of)}, within the tolerance of {tolerance_words(of)}."
    return {
        "several": f"{both} differ, but there may be several answers at a time.",
        "overlap": f"{both} overlap.",
        "both denied": "Both deny something; two denials never collide.",
    }[comparison.rule]


def _same(one: Assertion, other: Assertion, register: Register) -> str:
    words = [_named(each, register) for each in (one, other)]
    return f"Both say {words[0]}." if words[0] == words[1] else f"{listed(words)} are the same."


def _part(words: list[str], of: Property, *, first_is_inner: bool) -> str:
    """A stretch of numbers or days contains another; a place or a choice lies within another."""
    inner, outer = words if first_is_inner else reversed(words)
    if of.type in _ON_A_SCALE:
        return f"{outer} contains {inner}."
    return f"{inner} lies within {outer}."


def _denied_elsewhere(one: Assertion, other: Assertion, register: Register) -> str:
    denied, held = (one, other) if one.negated else (other, one)
    of = register.properties[one.property]
    inner, outer = held_words(held, of, register), held_words(denied, of, register)
    return f"‘{inner}’ does not lie within ‘{outer}’, which the other denies, so both may hold."


def pair_words(pair: Pair, register: Register) -> str:
    """Why two positions cannot both hold, or how they stand otherwise, in one sentence."""
    if pair.comparison is not None:
        return compared(pair.comparison, register)
    if pair.written is not None:
        return pair.written.why or _NO_REASON
    return "No relation is written between these two."


def _why_not_met(comparison: Comparison, register: Register) -> str:
    one, other = comparison.one, comparison.other
    if comparison.rule == "subject":
        subjects = listed([entity_words(each.subject, register) for each in (one, other)])
        return f"They speak of different things: {subjects}."
    if comparison.rule == "property":
        properties = listed([property_words(each.property) for each in (one, other)])
        return f"They speak of different properties: {properties}."
    if comparison.rule == "time":
        first, second = (period_words(each.during_text) for each in (one, other))
        return f"They hold at different times: {first} and {second}."
    return f"Their scopes differ: {_scopes(one, other)}."


_DAY = re.compile(r"-?[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)


def period_words(text: str | None) -> str:
    """An EDTF period as a person would say it: ``until 2013``, ``from 2014``, ``at any time``."""
    if text is None or text == "../..":
        return "at any time"
    start, slash, end = text.partition("/")
    if not slash:
        return f"on {start}" if _DAY.match(start) else f"in {start}"
    if start == "..":
        return f"until {end}"
    return f"from {start}" if end == ".." else f"from {start} to {end}"


def _scopes(one: Assertion, other: Assertion) -> str:
    key = differing_scope(one, other)
    values = (dict(each.scope_text) for each in (one, other))
    return " and ".join(f"{key} {value[key]}" for value in values if key is not None)

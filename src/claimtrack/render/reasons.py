"""Why two assertions collide, agree or pass each other by, in one sentence with its numbers."""

from __future__ import annotations

from decimal import Decimal, localcontext
from fractions import Fraction
from itertools import combinations

from claimtrack.engine.collisions import collide
from claimtrack.engine.comparison import Comparison, differing_scope
from claimtrack.findings.conflicts import Conflict
from claimtrack.model import Assertion, Property, Register
from claimtrack.render.words import entity_words, held_words, listed, property_words, value_words


def why_not_both(conflict: Conflict, register: Register) -> str:
    """One sentence that says why the claims of a conflict cannot all be true."""
    if conflict.rule == "declared":
        return conflict.why or "A relation between the claims says so, and gives no reason."
    told = reason(_rivals(conflict), register)
    return f"{told} {conflict.why}" if conflict.why else told


_MANY = 5


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
    words = listed([f"‘{value_words(each, register)}’" for each in rivals])
    return f"{words} {_apart(rivals, of)}, and only one answer holds at a time."


def _apart(rivals: list[Assertion], of: Property) -> str:
    if of.type == "entity":
        none = "neither is part of the other" if len(rivals) == 2 else "none is part of another"
        return f"lie apart: {none}"
    if of.type in ("number", "date"):
        more = f", more than the tolerance of {of.tolerance.text}" if of.tolerance else ""
        return f"{gap_words(rivals[0], rivals[1], of) if len(rivals) == 2 else 'lie apart'}{more}"
    return "exclude each other" if of.type == "choice" else "are different texts"


def _denied(denied: Assertion, held: Assertion, of: Property, register: Register) -> str:
    inner, outer = held_words(held, of, register), held_words(denied, of, register)
    if inner == outer:
        return f"One side says ‘{inner}’, which the other denies."
    return f"‘{inner}’ lies within ‘{outer}’, which the other side denies."


# --------------------------------------------------------------------------------------- distances


def gap_words(one: Assertion, other: Assertion, of: Property) -> str:
    """By how much two values that share nothing differ: a share of the smaller, units or days."""
    lower, upper = sorted((one.interval, other.interval), key=lambda interval: interval.low)
    low, high = Fraction(lower.high), Fraction(upper.low)
    least = "" if lower.low == lower.high and upper.low == upper.high else "at least "
    if of.type == "date":
        days = int(high - low)
        return f"are {days:,} {'day' if days == 1 else 'days'} apart"
    smaller, larger = sorted((abs(low), abs(high)))
    by_share = of.tolerance is None or of.tolerance.share
    if by_share and smaller and low * high > 0:
        return f"differ by {least}{_decimal((larger / smaller - 1) * 100)} %"
    return f"differ by {least}{_decimal(high - low)} {of.unit or ''}".rstrip()


def _decimal(number: Fraction) -> str:
    """A fraction to three significant places, a whole number of ordinary size as it is."""
    with localcontext() as context:
        context.prec = 15
        value = Decimal(number.numerator) / Decimal(number.denominator)
        if not Decimal("1e-6") < value < Decimal("1e15"):
            return f"{value:.2e}"
        if number.denominator != 1:
            context.prec = max(3, value.adjusted() + 1)
            value = +value
        return f"{value.normalize():,f}"


# ------------------------------------------------------------------------------------- comparisons


def compared(comparison: Comparison, register: Register) -> str:
    """One sentence that says what decided how two assertions stand to each other."""
    one, other = comparison.one, comparison.other
    if comparison.relation in ("not comparable", "different scope"):
        return _why_not_met(comparison, register)
    if comparison.relation == "contradiction":
        return reason([one, other], register)
    words = [f"‘{value_words(each, register)}’" for each in (one, other)]
    if comparison.rule == "tolerance":
        of = register.properties[one.property]
        tolerance = of.tolerance.text if of.tolerance else ""
        return f"{listed(words)} {gap_words(one, other, of)}, within the tolerance of {tolerance}."
    if comparison.rule == "part":
        inner, outer = words if one.interval.within(other.interval) else reversed(words)
        return f"{inner} lies within {outer}."
    both = listed(words)
    return {
        "same": f"{both} are the same.",
        "several": f"{both} differ, but there may be several answers at a time.",
        "overlap": f"{both} overlap.",
        "both denied": "Both deny something; two denials never collide.",
        "denied elsewhere": f"What is denied does not take in all of what is held: {both}.",
    }[comparison.rule]


def _why_not_met(comparison: Comparison, register: Register) -> str:
    one, other = comparison.one, comparison.other
    if comparison.rule == "subject":
        subjects = listed([entity_words(each.subject, register) for each in (one, other)])
        return f"They speak of different things: {subjects}."
    if comparison.rule == "property":
        properties = listed([property_words(each.property) for each in (one, other)])
        return f"They speak of different properties: {properties}."
    if comparison.rule == "time":
        times = ", ".join(period_words(each.during_text) for each in (one, other))
        return f"They hold at different times: {times}."
    return f"Their scopes differ: {_scopes(one, other)}."


def period_words(text: str | None) -> str:
    """An EDTF period as a person would say it: ``until 2013``, ``from 2014``, ``at any time``."""
    if text is None or text == "../..":
        return "at any time"
    start, slash, end = text.partition("/")
    if not slash:
        return f"in {start}"
    if start == "..":
        return f"until {end}"
    return f"from {start}" if end == ".." else f"from {start} to {end}"


def _scopes(one: Assertion, other: Assertion) -> str:
    key = differing_scope(one, other)
    values = (dict(each.scope_text) for each in (one, other))
    return " and ".join(f"{key} {value[key]}" for value in values if key is not None)

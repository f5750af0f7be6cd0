"""What the format says of any two assertions: one of six relations, and the rule that decided."""

from __future__ import annotations

from typing import Literal

from claimtrack.engine.collisions import collide
from claimtrack.frozen import frozen
from claimtrack.model import Assertion

Relation = Literal[
    "not comparable",
    "different scope",
    "contradiction",
    "agreement",
    "refinement",
    "compatible",
]
Rule = Literal[
    "subject",
    "property",
    "time",
    "scope",
    "denial",
    "apart",
    "same",
    "part",
    "both denied",
    "denied elsewhere",
    "tolerance",
    "several",
    "overlap",
]
"""What decided.

``subject``, ``property``: they differ. ``time``: no day is shared. ``scope``: a shared key differs.
``denial``: one lies in what the other denies. ``apart``: they share no point. ``same``: the
intervals are equal. ``part``: one lies within the other. ``both denied``, ``denied elsewhere``: a
denial that meets nothing. ``tolerance``: apart, but within it. ``several``: apart, where that is
allowed. ``overlap``: they share some points.
"""


@frozen
class Comparison:
    """Two assertions, how they stand to each other, and by which rule."""

    one: Assertion
    other: Assertion
    relation: Relation
    rule: Rule


def compare(one: Assertion, other: Assertion) -> Comparison:
    """The first relation that applies to two assertions, in play or not."""
    relation, rule = _decide(one, other)
    return Comparison(one, other, relation, rule)


def differing_scope(one: Assertion, other: Assertion) -> str | None:
    """The first scope key that both have with different values."""
    theirs = dict(other.scope)
    return next((key for key, value in one.scope if theirs.get(key, value) != value), None)


def _decide(one: Assertion, other: Assertion) -> tuple[Relation, Rule]:
    if one.subject != other.subject:
        return "not comparable", "subject"
    if one.property != other.property:
        return "not comparable", "property"
    if one.during.disjoint(other.during):
        return "different scope", "time"
    if differing_scope(one, other) is not None:
        return "different scope", "scope"
    if collide(one, other):
        return "contradiction", "denial" if one.negated or other.negated else "apart"
    if one.interval == other.interval and one.negated == other.negated:
        return "agreement", "same"
    if one.negated or other.negated:
        both = one.negated and other.negated
        return "compatible", "both denied" if both else "denied elsewhere"
    if one.interval.within(other.interval) or other.interval.within(one.interval):
        return "refinement", "part"
    if not one.interval.disjoint(other.interval):
        return "compatible", "overlap"
    return "compatible", "tolerance" if one.single else "several"

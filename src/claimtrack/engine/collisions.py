"""Which assertions collide: the register's one rule, for a pair.

Two assertions that meet collide when their intervals are disjoint (neither negated, one answer at a
time), or when one is negated and the other lies wholly inside it.
"""

from __future__ import annotations

from collections.abc import Iterable

from claimtrack.model import Assertion


def meet(one: Assertion, other: Assertion) -> bool:
    """Whether two assertions speak of the same thing at a common time and in a common scope."""
    if (one.subject, one.property) != (other.subject, other.property):
        return False
    if one.during.disjoint(other.during):
        return False
    scope = dict(other.scope)
    return all(scope.get(key, value) == value for key, value in one.scope)


def collide(one: Assertion, other: Assertion) -> bool:
    """Whether two assertions cannot both hold."""
    if not meet(one, other):
        return False
    if one.negated and other.negated:
        return False
    if one.negated:
        return other.interval.within(one.interval)
    if other.negated:
        return one.interval.within(other.interval)
    return one.single and one.reach.disjoint(other.reach)


def group(assertions: Iterable[Assertion]) -> dict[tuple[str, str], list[Assertion]]:
    """Assertions by subject and property, groups and members in the order they came."""
    groups: dict[tuple[str, str], list[Assertion]] = {}
    for assertion in assertions:
        groups.setdefault((assertion.subject, assertion.property), []).append(assertion)
    return groups

"""From assertions to conflicts, for as many as there are: a library call without input or output.

``find_conflicts`` takes any iterable of assertions and, where they are known, what stands behind
each claim and which relations a reader wrote between claims. It reads no file, keeps no state and
needs no register. Ends are compared exactly: integers, fractions, and infinities for open ends.
"""

from __future__ import annotations

import builtins
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Literal

from claimtrack.collector import collector_off
from claimtrack.engine.groups import (
    Group,
    SelfishGroup,
    UnevenGroup,
    collide_with_themselves,
    plain_group,
)
from claimtrack.engine.positions import Position, positions
from claimtrack.engine.weights import Backing, Link, Weights, same_source
from claimtrack.frozen import frozen
from claimtrack.model import Assertion
from claimtrack.values.interval import ALWAYS

Weight = Literal["hard", "tension"]


@frozen
class ValueConflict:
    """The claims that collide over one property of one subject, by position.

    A position is the assertions that take it, in the order they came; ``hard_claims`` are those of
    pairs that weigh as hard; ``why`` is the first reason that a reader wrote.
    """

    subject: str
    property: str
    positions: tuple[Position, ...]
    hard_claims: frozenset[str]
    same_source: bool
    why: str | None

    @builtins.property
    def severity(self) -> Weight:
        """``hard`` if any pair of its claims is."""
        return "hard" if self.hard_claims else "tension"

    @builtins.property
    def claims(self) -> tuple[str, ...]:
        """Its claims by code point."""
        return tuple(sorted({each.claim for held in self.positions for each in held}))


def find_conflicts(
    assertions: Iterable[Assertion],
    backing: Mapping[str, Backing] | None = None,
    links: Iterable[Link] = (),
    readings: Collection[str] = (),
) -> list[ValueConflict]:
    """The conflicts among any assertions, by property and subject as they first came.

    ``backing`` has what stands behind each claim; without it every claim is firm and no two share
    a source. ``links`` come in file order; ``readings`` are the properties whose collisions are
    never hard by themselves. All assertions of one property are alike in ``single``.

    O(n log n) for n assertions, however they are spread over subjects, with periods and denials.
    Scopes with k keys multiply that by at most 3ᵏ; many tensions between claims that collide add
    O(n log² n). Memory is in proportion to n.
    """
    with collector_off():
        weights = Weights(backing, links, frozenset(readings))
        found = (
            _conflict(subject, property_id, group, weights)
            for property_id, subject, group in _groups(assertions)
        )
        return [conflict for conflict in found if conflict is not None]


def _groups(assertions: Iterable[Assertion]) -> Iterator[tuple[str, str, Group]]:
    """The groups of two or more, by property and subject as they first came."""
    gathered: dict[str, dict[str, list[Assertion]]] = defaultdict(lambda: defaultdict(list))
    uneven: set[tuple[str, str]] = set()
    for each in assertions:
        gathered[each.property][each.subject].append(each)
        if each.negated or each.scope or each.during is not ALWAYS:
            uneven.add((each.property, each.subject))
    for property_id, subjects in gathered.items():
        for subject, members in subjects.items():
            if len(members) < 2:
                continue
            if uneven and (property_id, subject) in uneven:
                yield property_id, subject, UnevenGroup(members)
            else:
                yield property_id, subject, plain_group(members)


def _conflict(
    subject: str, property_id: str, group: Group, weights: Weights
) -> ValueConflict | None:
    held = _colliding(group)
    if held is None:
        return None
    claims = [member.claim for member in held.members]
    if len(set(claims)) < len(claims) and collide_with_themselves(held.members):
        held = _colliding(SelfishGroup(held))
        if held is None:
            return None
        claims = [member.claim for member in held.members]
    behind = weights.behind(claims)
    return ValueConflict(
        subject,
        property_id,
        positions(held),
        weights.hard_claims(property_id, held, claims, behind),
        same_source(held, behind),
        weights.why(held.members),
    )


def _colliding(group: Group) -> Group | None:
    """The group of those members that collide with another, if any do."""
    everyone = range(len(group.members))
    found = group.colliders(everyone)
    if len(found) == len(everyone):
        return group
    return group.of(found) if found else None

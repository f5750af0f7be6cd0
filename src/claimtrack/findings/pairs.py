"""How the positions of a conflict stand to one another, two by two. Pure.

Two positions may hold thousands of assertions each. What is shown of them is one pair that
collides, a hard one if there is any, found without comparing all with all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import islice, permutations
from typing import TYPE_CHECKING

from claimtrack.engine.collisions import collide
from claimtrack.engine.comparison import Comparison, compare
from claimtrack.engine.groups import colliders
from claimtrack.findings.comparing import compare_claims
from claimtrack.frozen import frozen
from claimtrack.model import Assertion, Relation

if TYPE_CHECKING:
    from claimtrack.engine.conflicts import Weight
    from claimtrack.findings.conflicts import Conflict, Position
    from claimtrack.findings.findings import Findings


@frozen
class Pair:
    """Two positions, by their numbers, and the two claims that show how they stand.

    ``weight`` is that of their collision or of the relation that declares it, None where they do
    not collide; ``comparison`` is None where the claims have nothing to compare; ``written`` is the
    ``contradicts``, or else the ``tension``, between the two claims.
    """

    numbers: tuple[int, int]
    claims: tuple[str, str]
    weight: Weight | None
    comparison: Comparison | None
    written: Relation | None


@frozen
class Pairs:
    """Pairs of positions, hard ones first, and how many more there are."""

    shown: tuple[Pair, ...]
    more: int


def pair_up(conflict: Conflict, findings: Findings, most: int = 10) -> Pairs:
    """The first pairs of a conflict's positions: each position with all that come before it."""
    between = _Between(conflict, findings)
    held = len(conflict.positions)
    found = [between.pair(one, other) for one, other in islice(_numbers(held), most)]
    found.sort(key=lambda pair: _ORDER[pair.weight])
    return Pairs(tuple(found), held * (held - 1) // 2 - len(found))


_LOOKED_AT = 1000
"""Pairs of two claims' assertions among which the most telling one is looked for."""

_ORDER = {"hard": 0, "tension": 1, None: 2}


def _numbers(positions: int) -> Iterator[tuple[int, int]]:
    return ((one, other) for other in range(2, positions + 1) for one in range(1, other))


class _Between:
    """What decides how two positions of one conflict stand to each other."""

    def __init__(self, conflict: Conflict, findings: Findings) -> None:
        self._conflict, self._findings = conflict, findings
        self._written = _relations_between(conflict, findings)
        self._contradicts = [
            ends
            for ends, relations in self._written.items()
            if any(relation.type == "contradicts" for relation in relations)
        ]
        of = findings.register.properties.get(conflict.property or "")
        self._soft = of is not None and of.only_tension

    def pair(self, one: int, other: int) -> Pair:
        """The pair of two positions, by their numbers."""
        ours, theirs = (self._conflict.positions[number - 1] for number in (one, other))
        if self._conflict.rule == "declared":
            return self._declared((one, other), ours.claims[0], theirs.claims[0])
        rivals = self._rivals(ours, theirs)
        shown = compare(*(rivals or (ours.assertions[0], theirs.assertions[0])))
        claims = (shown.one.claim, shown.other.claim)
        weight = self._weight(*claims) if rivals else None
        return Pair((one, other), claims, weight, shown, self._relation(*claims))

    def _declared(self, numbers: tuple[int, int], one: str, other: str) -> Pair:
        written = self._relation(one, other)
        if written is not None:
            weight: Weight = "hard" if written.type == "contradicts" else "tension"
            return Pair(numbers, (one, other), weight, None, written)
        claims = self._findings.register.claims
        told = compare_claims(claims[one], claims[other], _LOOKED_AT).comparisons
        telling = told[0] if told and told[0].relation != "not comparable" else None
        collides = telling is not None and telling.relation == "contradiction"
        return Pair(
            numbers, (one, other), self._weight(one, other) if collides else None, telling, None
        )

    def _relation(self, one: str, other: str) -> Relation | None:
        """The ``contradicts`` between two claims, or else the ``tension``."""
        held = self._written.get(frozenset((one, other)), [])
        return min(held, key=lambda relation: relation.type != "contradicts", default=None)

    def _weight(self, one: str, other: str) -> Weight:
        """Whether two claims that collide are a hard pair."""
        written = self._relation(one, other)
        if written is not None:
            return "hard" if written.type == "contradicts" else "tension"
        firm = all(self._findings.supports[claim].is_firm for claim in (one, other))
        return "hard" if firm and not self._soft else "tension"

    def _rivals(self, ours: Position, theirs: Position) -> tuple[Assertion, Assertion] | None:
        """Two assertions of the positions that collide: of a hard pair if there is one."""
        return (
            self._contradicting(ours, theirs)
            or self._firm_rivals(ours, theirs)
            or _first_collision(ours.assertions, theirs.assertions)
        )

    def _contradicting(
        self, ours: Position, theirs: Position
    ) -> tuple[Assertion, Assertion] | None:
        """Two that collide, of claims with a ``contradicts`` between them."""
        mine, others = _by_claim(ours), _by_claim(theirs)
        for ends in self._contradicts:
            for one, other in permutations(ends):
                found = _first_collision(mine.get(one, ()), others.get(other, ()))
                if found is not None:
                    return found
        return None

    def _firm_rivals(self, ours: Position, theirs: Position) -> tuple[Assertion, Assertion] | None:
        """Two that collide, of firm claims, that no ``tension`` softens."""
        if self._soft:
            return None
        return _first_collision(
            self._firm(ours),
            self._firm(theirs),
            lambda one, other: self._weight(one.claim, other.claim) == "hard",
        )

    def _firm(self, position: Position) -> list[Assertion]:
        supports = self._findings.supports
        return [each for each in position.assertions if supports[each.claim].is_firm]


def _relations_between(
    conflict: Conflict, findings: Findings
) -> dict[frozenset[str], list[Relation]]:
    """The ``contradicts`` and ``tension`` relations between a conflict's claims, by the two."""
    held = frozenset(conflict.claims)
    found: dict[frozenset[str], list[Relation]] = {}
    for claim in conflict.claims:
        for relation in findings.register.claims[claim].relations:
            if relation.type in ("contradicts", "tension"):
                for other in held.intersection(relation.claims):
                    found.setdefault(frozenset((claim, other)), []).append(relation)
    return found


def _by_claim(position: Position) -> dict[str, list[Assertion]]:
    held: dict[str, list[Assertion]] = {}
    for each in position.assertions:
        held.setdefault(each.claim, []).append(each)
    return held


_FEW = 24 * 24
"""Up to so many pairs, comparing them all beats counting."""

Fits = Callable[[Assertion, Assertion], bool]


def _first_collision(
    ours: Sequence[Assertion],
    theirs: Sequence[Assertion],
    fits: Fits = lambda _one, _other: True,
) -> tuple[Assertion, Assertion] | None:
    """The first two, one of each, that collide and fit.

    No two of either side collide with each other, so that whoever of ours collides with any of all
    of them does so with one of theirs.
    """
    likely = ours
    if len(ours) * len(theirs) > _FEW:
        found = colliders([*ours, *theirs])
        likely = [ours[index] for index in found if index < len(ours)]
    for one in likely:
        for other in theirs:
            if collide(one, other) and fits(one, other):
                return one, other
    return None

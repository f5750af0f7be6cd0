"""One subject and property: its members, and which of them collide with which others.

A member is known by its index. There are three kinds of groups, from the plainest to the oddest,
and each answers the same question as cheaply as its kind allows.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

from claimtrack.engine.colliders import find_colliders
from claimtrack.engine.collisions import collide, group
from claimtrack.engine.columns import columns, whole
from claimtrack.engine.counting import count_colliders
from claimtrack.model import Assertion
from claimtrack.values.interval import ALWAYS, End


class Group(Protocol):
    """Members with the ends of their reaches, and who collides."""

    members: Sequence[Assertion]
    reach_low: list[End]
    reach_high: list[End]

    def colliders(self, indexes: Sequence[int]) -> list[int]:
        """Those of some members that collide with one of another claim among them, in order."""

    def of(self, indexes: Sequence[int]) -> Group:
        """The group of some of its members."""


_MANY = 32
"""Up to so many fractions are compared as they are."""


class PlainGroup:
    """Members that hold at any time, without scopes and denials: two extremes decide."""

    __slots__ = ("members", "reach_high", "reach_low")

    def __init__(
        self, members: Sequence[Assertion], reach_low: list[End], reach_high: list[End]
    ) -> None:
        self.members, self.reach_low, self.reach_high = members, reach_low, reach_high
        if len(members) > _MANY:
            self.reach_low, self.reach_high = whole(reach_low, reach_high)

    def colliders(self, indexes: Sequence[int]) -> list[int]:
        """Those whose reach lies wholly past the lowest high end or before the highest low end."""
        low, high = self.reach_low, self.reach_high
        if len(indexes) < 2 or not self.members[0].single:
            return []
        if len(indexes) == len(low):
            bottom, top = min(high), max(low)
        else:
            bottom = min(map(high.__getitem__, indexes))
            top = max(map(low.__getitem__, indexes))
        if top <= bottom:
            return []
        return [index for index in indexes if low[index] > bottom or high[index] < top]

    def of(self, indexes: Sequence[int]) -> PlainGroup:
        """The group of some of its members."""
        return PlainGroup(
            list(map(self.members.__getitem__, indexes)),
            list(map(self.reach_low.__getitem__, indexes)),
            list(map(self.reach_high.__getitem__, indexes)),
        )


class UnevenGroup:
    """Members of which some are denied, or limited to a period or a scope."""

    def __init__(self, members: Sequence[Assertion]) -> None:
        self.members = members
        self._columns = columns(members)
        self.reach_low, self.reach_high = self._columns.reach_low, self._columns.reach_high

    def colliders(self, indexes: Sequence[int]) -> list[int]:
        """Those that extremes at a common time and in a common scope show to collide."""
        return find_colliders(self._columns, indexes)

    def of(self, indexes: Sequence[int]) -> UnevenGroup:
        """The group of some of its members."""
        return UnevenGroup([self.members[index] for index in indexes])


class SelfishGroup:
    """Members among which a claim collides with itself: collisions are counted, its own taken off.

    A register refuses such a claim (CT501). Assertions from elsewhere may hold one, and two
    assertions of one claim are never a conflict between claims.
    """

    def __init__(self, group: Group) -> None:
        self._group = group
        self.members = group.members
        self.reach_low, self.reach_high = group.reach_low, group.reach_high

    def colliders(self, indexes: Sequence[int]) -> list[int]:
        """Those that collide with more members than with those of their own claim."""
        among = [False] * len(self.members)
        for index in indexes:
            among[index] = True
        counts = count_colliders(self.members, among)
        for held in _repeated(self.members):
            own = count_colliders(
                [self.members[index] for index in held], [among[index] for index in held]
            )
            for index, count in zip(held, own, strict=True):
                counts[index] -= count
        return [index for index in indexes if counts[index]]

    def of(self, indexes: Sequence[int]) -> SelfishGroup:
        """The group of some of its members."""
        return SelfishGroup(self._group.of(indexes))


def _repeated(members: Sequence[Assertion]) -> list[list[int]]:
    """The indexes of each claim that has several members."""
    found: dict[str, list[int]] = {}
    for index, member in enumerate(members):
        found.setdefault(member.claim, []).append(index)
    return [held for held in found.values() if len(held) > 1]


def collide_with_themselves(members: Sequence[Assertion]) -> bool:
    """Whether a claim has members that collide with one another."""
    return any(colliding_pair([members[index] for index in held]) for held in _repeated(members))


def group_of(members: Sequence[Assertion]) -> Group:
    """The group of its kind that assertions on one property of one subject make."""
    if any(each.negated or each.scope or each.during is not ALWAYS for each in members):
        return UnevenGroup(members)
    return plain_group(members)


def plain_group(members: Sequence[Assertion]) -> PlainGroup:
    """The group of members that are known to be plain."""
    low, high = [each.reach.low for each in members], [each.reach.high for each in members]
    return PlainGroup(members, low, high)


def colliders(members: Sequence[Assertion]) -> list[int]:
    """Indexes of those of one subject and property that collide with another, of any claim."""
    return group_of(members).colliders(range(len(members))) if members else []


_FEW = 24
"""Up to this many assertions, comparing all pairs beats any structure."""


def colliding_pair(assertions: Iterable[Assertion]) -> tuple[Assertion, Assertion] | None:
    """Two of the assertions, of whatever subjects and claims, that collide, or None."""
    for members in group(assertions).values():
        likely = members if len(members) <= _FEW else [members[i] for i in colliders(members)[:1]]
        for one in likely:
            for other in members:
                if other is not one and collide(one, other):
                    return one, other
    return None

"""One subject and property: its members, and which of them collide with which others.

A member is known by its index. There are three kinds of groups, from the plainest to the oddest,
and each answers the same question as cheaply as its kind allows.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Protocol

from claimtrack.engine.colliders import find_colliders
from claimtrack.engine.collisions import colliding_pair, count_colliders
from claimtrack.engine.columns import columns, whole
from claimtrack.model import Assertion
from claimtrack.values.interval import End


class Group(Protocol):
    """Members with the ends of their reaches, and who collides."""

    members: Sequence[Assertion]
    reach_low: list[End]
    reach_high: list[End]

    def colliders(self, asking: Sequence[int], asked: Sequence[int]) -> list[int]:
        """Those that ask and collide with one of another claim that is asked, in their order."""

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

    def colliders(self, asking: Sequence[int], asked: Sequence[int]) -> list[int]:
        """Those whose reach lies wholly past the lowest high end or before the highest low end."""
        low, high = self.reach_low, self.reach_high
        if len(asked) == len(low):
            bottom, top = min(high), max(low)
        else:
            bottom = min([high[index] for index in asked], default=math.inf)
            top = max([low[index] for index in asked], default=-math.inf)
        if top <= bottom or not self.members[0].single:
            return []
        return [index for index in asking if low[index] > bottom or high[index] < top]

    def of(self, indexes: Sequence[int]) -> PlainGroup:
        """The group of some of its members."""
        members, low, high = self.members, self.reach_low, self.reach_high
        return PlainGroup(
            [members[index] for index in indexes],
            [low[index] for index in indexes],
            [high[index] for index in indexes],
        )


class UnevenGroup:
    """Members of which some are denied, or limited to a period or a scope."""

    def __init__(self, members: Sequence[Assertion]) -> None:
        self.members = members
        self._columns = columns(members)
        self.reach_low, self.reach_high = self._columns.reach_low, self._columns.reach_high

    def colliders(self, asking: Sequence[int], asked: Sequence[int]) -> list[int]:
        """Those that extremes at a common time and in a common scope show to collide."""
        return find_colliders(self._columns, asking, asked)

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

    def colliders(self, asking: Sequence[int], asked: Sequence[int]) -> list[int]:
        """Those that collide with more members than with those of their own claim."""
        among = [False] * len(self.members)
        for index in asked:
            among[index] = True
        counts = count_colliders(self.members, among)
        for held in _repeated(self.members):
            own = count_colliders(
                [self.members[index] for index in held], [among[index] for index in held]
            )
            for index, count in zip(held, own, strict=True):
                counts[index] -= count
        return [index for index in asking if counts[index]]

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

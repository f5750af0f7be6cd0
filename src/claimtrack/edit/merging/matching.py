"""Which things of two changed sides are one and the same thing of the base, or a new one of both."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from claimtrack.edit.merging.rules import Level, Thing


@dataclass(frozen=True, slots=True)
class Matching:
    """A number for each thing of three sides; what is one thing has one number."""

    base: list[int]
    ours: list[int]
    theirs: list[int]


def matched(
    levels: Sequence[Level],
    base: Sequence[Thing],
    ours: Sequence[Thing],
    theirs: Sequence[Thing],
) -> Matching:
    """Match by each level in turn, the surest first: what is matched stays so."""
    before, mine, other = _Side(base), _Side(ours), _Side(theirs)
    before.number_on(0)
    _match_verbatim(before, mine, other)
    for level in levels:
        mine.match(level, before, other, levels)
        other.match(level, before, mine, levels)
    first_new = mine.number_on(len(base))
    added = mine.only(first for first, n in enumerate(mine.numbers) if n >= len(base))
    for level in levels:
        if level.is_sure:
            other.match(level, added, before, levels)
    other.number_on(first_new)
    return Matching(before.numbers, mine.numbers, other.numbers)


_NONE = -1


class _Side:
    """The things of one side with their numbers, as far as they are known."""

    def __init__(self, things: Sequence[Thing]) -> None:
        self.things = things
        self.numbers = [_NONE] * len(things)

    def only(self, indices: Iterable[int]) -> _Side:
        """Some of the things, with their numbers."""
        chosen = list(indices)
        side = _Side([self.things[index] for index in chosen])
        side.numbers = [self.numbers[index] for index in chosen]
        return side

    def number_on(self, number: int) -> int:
        """Give every thing without a number one of its own, from there on; the next free one."""
        for index, known in enumerate(self.numbers):
            if known == _NONE:
                self.numbers[index] = number
                number += 1
        return number

    def match(self, level: Level, before: _Side, other: _Side, levels: Sequence[Level]) -> None:
        """Give things without a number those of their like in ``before``."""
        free = self._free
        if not free:
            return
        taken = set(self.numbers)
        left = [i for i, number in enumerate(before.numbers) if number not in taken]
        known = before.grouped(level, left)
        for identity, indices in self.grouped(level, free).items():
            found = known.get(identity, [])
            if not level.is_sure and not (
                len(found) == len(indices) == 1
                and not other.has_like(self.things[indices[0]], levels)
            ):
                continue
            for index, like in zip(indices, found, strict=False):
                self.numbers[index] = before.numbers[like]

    @property
    def _free(self) -> list[int]:
        return [index for index, number in enumerate(self.numbers) if number == _NONE]

    def grouped(self, level: Level, indices: Iterable[int]) -> dict[Hashable, list[int]]:
        """Those of the things by what tells them apart; without those that lack it."""
        groups: dict[Hashable, list[int]] = {}
        for index in indices:
            identity = level.of(self.things[index])
            if identity is not None:
                groups.setdefault(identity, []).append(index)
        return groups

    def has_like(self, thing: Thing, levels: Sequence[Level]) -> bool:
        """Whether a thing here is surely the same as that one of another side."""
        sure = [level for level in levels if level.is_sure]
        return any(
            level.of(thing) in known for level, known in zip(sure, self._sure(sure), strict=True)
        )

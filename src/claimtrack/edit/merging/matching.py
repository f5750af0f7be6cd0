"""Which things of two changed sides are one thing of the base, or one new thing of both."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence

from claimtrack.edit.merging.rules import Level, Thing
from claimtrack.frozen import frozen


@frozen
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
        mine.match(level, before, other.rivals(level, levels))
        other.match(level, before, mine.rivals(level, levels))
    first_new = mine.number_on(len(base))
    added = mine.new_from(len(base))
    for level in levels:
        if level.is_sure:
            other.match(level, added, {})
    other.number_on(first_new)
    return Matching(before.numbers, mine.numbers, other.numbers)


def _match_verbatim(before: _Side, mine: _Side, other: _Side) -> None:
    """Match what stands in all three to the letter, so that nobody needs to look into it."""
    texts = [side.once() for side in (before, mine, other)]
    for text in texts[0].keys() & texts[1].keys() & texts[2].keys():
        number = before.numbers[texts[0][text]]
        mine.numbers[texts[1][text]] = other.numbers[texts[2][text]] = number


_NONE = -1
_Rivals = Mapping[Level, Mapping[Hashable, set[Hashable]]]


class _Side:
    """The things of one side with their numbers, as far as they are known."""

    def __init__(self, things: Sequence[Thing]) -> None:
        self.things = things
        self.numbers = [_NONE] * len(things)

    def number_on(self, number: int) -> int:
        """Give every thing without a number one of its own, from there on; the next free one."""
        for index in self._free():
            self.numbers[index] = number
            number += 1
        return number

    def new_from(self, number: int) -> _Side:
        """The things whose numbers begin there."""
        chosen = [index for index, known in enumerate(self.numbers) if known >= number]
        side = _Side([self.things[index] for index in chosen])
        side.numbers = [self.numbers[index] for index in chosen]
        return side

    def once(self) -> dict[str, int]:
        """Where each text stands that only one of the things has."""
        texts = [thing.verbatim for thing in self.things]
        counts = Counter(texts)
        return {t: index for index, t in enumerate(texts) if t is not None and counts[t] == 1}

    def match(self, level: Level, before: _Side, rivals: _Rivals) -> None:
        """Give things without a number those of their like in ``before``.

        ``rivals`` are things of the other side that would be the like of one that was renamed.
        """
        free = self._free()
        if not free:
            return
        taken = set(self.numbers)
        left = [index for index, number in enumerate(before.numbers) if number not in taken]
        known = before._grouped(level, left)
        for identity, indices in self._grouped(level, free).items():
            found = known.get(identity, [])
            is_one = len(found) == len(indices) == 1
            if level.is_sure or (is_one and not self._has_rival(indices[0], identity, rivals)):
                for index, like in zip(indices, found, strict=False):
                    self.numbers[index] = before.numbers[like]

    def rivals(self, level: Level, levels: Sequence[Level]) -> _Rivals:
        """What the things without a number surely are, with what the level takes them for."""
        if level.is_sure:
            return {}
        free = self._free()
        found: dict[Level, dict[Hashable, set[Hashable]]] = {}
        for sure in levels:
            if sure.is_sure:
                groups = self._grouped(sure, free)
                found[sure] = {
                    identity: {level.of(self.things[index]) for index in indices}
                    for identity, indices in groups.items()
                }
        return found

    def _has_rival(self, index: int, identity: Hashable, rivals: _Rivals) -> bool:
        """Whether the other side has a new thing that is surely this one, and no like of it."""
        thing = self.things[index]
        return any(
            known.get(level.of(thing), {identity}) != {identity} for level, known in rivals.items()
        )

    def _free(self) -> list[int]:
        return [index for index, number in enumerate(self.numbers) if number == _NONE]

    def _grouped(self, level: Level, indices: Iterable[int]) -> dict[Hashable, list[int]]:
        """Those of the things by what tells them apart; without those that lack it."""
        groups: dict[Hashable, list[int]] = {}
        for index in indices:
            identity = level.of(self.things[index])
            if identity is not None:
                groups.setdefault(identity, []).append(index)
        return groups

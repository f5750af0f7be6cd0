"""Listing pairs, without ever looking at all of them: so many of each group, and no more."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from claimtrack.engine.collisions import collide
from claimtrack.engine.counting import count_colliders
from claimtrack.findings.near.suggestion import Suggestion
from claimtrack.findings.near.undecided import Undecided
from claimtrack.model import Assertion

LISTED = 25
"""How many pairs of one group are listed."""

VALUE_LOOKS, WORDING_LOOKS = 1_000_000, 10_000
"""How many pairs of one group are looked at in search of those to list: of values, of wordings."""


class Listing:
    """The suggestions of one rule: no two claims twice, and a bounded number of each group.

    A group's suggestions may come with None for each pair that was looked at in vain.
    """

    def __init__(
        self,
        undecided: Undecided,
        groups: Iterable[Iterable[Suggestion | None]],
        looks: int = VALUE_LOOKS,
    ) -> None:
        self._undecided, self._looks = undecided, looks
        self._held: dict[frozenset[str], Suggestion] = {}
        self.cut = 0
        """Of how many groups there may be more."""
        for each in groups:
            self._take(each)

    @property
    def found(self) -> list[Suggestion]:
        """All of them, in file order of their claims."""
        order = self._undecided.order
        return sorted(self._held.values(), key=lambda each: [order[c] for c in each.claims])

    def _take(self, group: Iterable[Suggestion | None]) -> None:
        listed = 0
        for looks, each in enumerate(group):
            if looks == self._looks:
                self.cut += 1
                return
            if each is None or not self._is_new(each):
                continue
            if listed == LISTED:
                self.cut += 1
                return
            self._held[frozenset(each.claims)] = each
            listed += 1

    def _is_new(self, suggestion: Suggestion) -> bool:
        return frozenset(suggestion.claims) not in self._held and self._undecided.holds(
            *suggestion.claims
        )


def escaped(
    members: Sequence[Assertion], changed: Sequence[Assertion], undecided: Undecided
) -> Iterator[tuple[int, int] | None]:
    """Two of one group that collide as changed and do not as they are, by index; None in vain.

    ``changed`` are the members in the same order, changed in a way that only adds collisions.
    """
    counts = zip(count_colliders(members), count_colliders(changed), strict=True)
    likely = [index for index, (before, after) in enumerate(counts) if after > before]
    asking = [index for index in likely if undecided.begins(members[index].claim)]
    asked = set(asking)
    for one in asking:
        for other in likely:
            if other == one or (other < one and other in asked):
                continue
            first, second = sorted((one, other))
            clash = collide(changed[one], changed[other]) and not collide(
                members[one], members[other]
            )
            yield (first, second) if clash else None


def crossing(
    ours: Sequence[Assertion], theirs: Sequence[Assertion], undecided: Undecided
) -> Iterator[tuple[int, int] | None]:
    """One of ours and one of theirs that collide, by index in each; None in vain."""
    among = [False] * len(ours) + [True] * len(theirs)
    counts = count_colliders([*ours, *theirs], among)
    asked = [index for index, each in enumerate(theirs) if undecided.begins(each.claim)]
    for one, mine in enumerate(ours):
        if not counts[one]:
            continue
        for other in range(len(theirs)) if undecided.begins(mine.claim) else asked:
            yield (one, other) if collide(mine, theirs[other]) else None

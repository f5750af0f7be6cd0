"""Which position of a conflict independent origins and their grades speak for. Pure.

A count of what is written, with every term open, and no verdict: it settles nothing and marks
nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal

from claimtrack.findings.conflicts import Conflict
from claimtrack.findings.support import Item, Support
from claimtrack.frozen import frozen, replace
from claimtrack.model import Register

Silence = Literal["not independent", "only speculates", "disputes", "took it back"]
"""Why an origin adds nothing to a position's sum."""

_FOR_ITSELF = 1
_UNKNOWN = 2
"""Points of a letter or number that is missing or cannot be judged: the middle, not the worst."""
_LETTERS = {"A": 4, "B": 3, "C": 2, "D": 1, "E": 0}
_NUMBERS = {1: 4, 2: 3, 3: 2, 4: 1, 5: 0}


@frozen
class Voice:
    """An origin that counts for a position: its best item there, and the points of its grade."""

    origin: str
    root: str
    """The root source that it is counted with, which no other voice of the position has."""
    item: Item
    reliability: str | None
    credibility: int | None
    reliability_points: int
    credibility_points: int

    @property
    def weight(self) -> int:
        """One for the origin itself, and the points of its best item's grade."""
        return _FOR_ITSELF + self.reliability_points + self.credibility_points


@frozen
class Silent:
    """An origin that stands on a position, or against it, and does not count for it.

    ``roots`` are the root sources of one that is not independent, each counted for another.
    """

    origin: str
    reason: Silence
    item: Item
    roots: tuple[str, ...] = ()


@frozen
class Tally:
    """The sum of one position, by its number in the conflict."""

    number: int
    voices: tuple[Voice, ...]
    """By weight, the heaviest first, then by key."""
    silent: tuple[Silent, ...]

    @property
    def total(self) -> int:
        """The voices' weights together."""
        return sum(voice.weight for voice in self.voices)


@frozen
class Weighing:
    """The sums of all positions of a conflict, in their order."""

    tallies: tuple[Tally, ...]

    @property
    def leading(self) -> tuple[int, ...]:
        """The numbers of the positions with the largest sum; none where nothing firm is written."""
        most = max((tally.total for tally in self.tallies), default=0)
        return tuple(tally.number for tally in self.tallies if tally.total == most > 0)

    @property
    def favours(self) -> int | None:
        """The position that the sums speak for; None where they are equal or there are none."""
        return self.leading[0] if len(self.leading) == 1 else None

    @property
    def tie(self) -> tuple[int, ...]:
        """The positions that share the largest sum, if several do."""
        return self.leading if len(self.leading) > 1 else ()

    @property
    def lead(self) -> int:
        """By how much the largest sum exceeds the next; 0 where they are equal."""
        totals = sorted((tally.total for tally in self.tallies), reverse=True)
        return totals[0] - totals[1] if len(totals) > 1 else sum(totals)


def weigh_conflict(
    conflict: Conflict, supports: Mapping[str, Support], register: Register
) -> Weighing:
    """What speaks for each position of a conflict."""
    return Weighing(
        tuple(
            tally(number, items_of(position.claims, supports), register)
            for number, position in enumerate(conflict.positions, start=1)
        )
    )


def items_of(claims: Iterable[str], supports: Mapping[str, Support]) -> list[Item]:
    """The items of the claims and of all that are the same as they are, each item once."""
    found: list[Item] = []
    pooled: set[str] = set()
    for claim in claims:
        # Claims that are the same share one support.
        if claim not in pooled:
            pooled.update(supports[claim].claims)
            found += supports[claim].items
    return found


def tally(number: int, items: Sequence[Item], register: Register) -> Tally:
    """The sum of one position, whose number and items are given."""
    standing = [item for item in items if not item.taken_back]
    firm = _by_origin(item for item in standing if item.evidence.stance.is_firm)
    voices = [_voice(held, register) for held in firm.values()]
    voices.sort(key=lambda voice: (-voice.weight, voice.origin))
    roots = {key: tuple(_roots(held)) for key, held in firm.items()}
    counted = choose_roots([(voice.origin, roots[voice.origin]) for voice in voices])
    return Tally(
        number,
        tuple(
            replace(each, root=counted[each.origin]) for each in voices if each.origin in counted
        ),
        (
            *(
                Silent(each.origin, "not independent", each.item, roots[each.origin])
                for each in voices
                if each.origin not in counted
            ),
            *_others(items, firm, register),
        ),
    )


def _by_origin(items: Iterable[Item]) -> dict[str, list[Item]]:
    held: dict[str, list[Item]] = {}
    for item in items:
        held.setdefault(item.origin.key, []).append(item)
    return held


def _roots(items: Iterable[Item]) -> Iterable[str]:
    return dict.fromkeys(item.origin.root for item in items)


def _voice(items: Sequence[Item], register: Register) -> Voice:
    """An origin with its best item: the one whose letter and number have the most points.

    Of several with as many points it is the first.
    """
    found = [_graded(item, register) for item in items]
    return max(found, key=lambda voice: voice.weight)


def _graded(item: Item, register: Register) -> Voice:
    reliability = register.sources[item.evidence.source].reliability
    credibility = item.evidence.credibility
    return Voice(
        origin=item.origin.key,
        root=item.origin.root,
        item=item,
        reliability=reliability,
        credibility=credibility,
        reliability_points=_LETTERS.get(reliability or "", _UNKNOWN),
        credibility_points=_NUMBERS.get(credibility or 0, _UNKNOWN),
    )


def _others(
    items: Sequence[Item], firm: Mapping[str, object], register: Register
) -> Iterable[Silent]:
    """Origins that do not support firmly, or also dispute, each once for each reason.

    One that disputes is cited with the best of its items, as one that supports is.
    """
    standing = [item for item in items if not item.taken_back]
    weak = _by_origin(item for item in standing if item.evidence.stance.is_support)
    disputing = _by_origin(item for item in standing if item.evidence.stance.is_dispute)
    gone = _by_origin(item for item in items if item.taken_back)
    for key, held in weak.items():
        if key not in firm:
            yield Silent(key, "only speculates", held[0])
    for key, held in disputing.items():
        yield Silent(key, "disputes", _voice(held, register).item)
    for key, held in gone.items():
        if key not in weak and key not in disputing:
            yield Silent(key, "took it back", held[0])


# ------------------------------------------------------------------------------------ independence


def choose_roots(origins: Iterable[tuple[str, Sequence[str]]]) -> dict[str, str]:
    """Origins that can each be given a root source of its own, with that root.

    Two items are independent if they differ in origin and in root source, so that voices are a
    matching of origins with root sources. ``origins`` come by falling weight, each with the roots
    of its items; each is taken if those taken before can make room for it (an augmenting path).
    Sets of origins that can be matched are the independent sets of a transversal matroid, and the
    weights belong to the origins: taking the heaviest that still fits is therefore optimal.
    """
    matching = _Matching()
    for origin, roots in origins:
        matching.join(origin, roots)
    return matching.held


class _Matching:
    """Which origin has which root source, while origins join one by one."""

    def __init__(self) -> None:
        self.held: dict[str, str] = {}
        """The root of each origin that was taken."""
        self._holder: dict[str, str] = {}
        self._roots: dict[str, Sequence[str]] = {}
        self._closed: set[str] = set()
        """Roots that lead to no free one, now or later: a search that failed saw them all."""

    def join(self, origin: str, roots: Sequence[str]) -> None:
        """Give the origin a root, moving others where that helps; it stays out if nothing does."""
        self._roots[origin] = roots
        reached: dict[str, str] = {}
        """Each root that the search saw, with the origin it came from."""
        pending = [origin]
        # Breadth first: the list grows while it is gone through.
        for seeker in pending:
            for root in self._roots[seeker]:
                if root in reached or root in self._closed:
                    continue
                reached[root] = seeker
                if root not in self._holder:
                    self._pass_on(root, reached)
                    return
                pending.append(self._holder[root])
        self._closed.update(reached)

    def _pass_on(self, free: str, reached: Mapping[str, str]) -> None:
        """Go back along the path: each gives up its root to the one before, and takes the next."""
        root: str | None = free
        while root is not None:
            seeker = reached[root]
            given_up = self.held.get(seeker)
            self.held[seeker], self._holder[root] = root, seeker
            root = given_up

"""The passage of a text that shares most words, in order, with a quote that the text does not have.

Of all passages of at most one and a half times the quote's words it is the one with the longest
common subsequence; of those the shortest; of those the first.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

from claimtrack.frozen import frozen
from claimtrack.quotes.blocks import Blocks
from claimtrack.quotes.words import Words

_FURTHER = 100
"""Blocks looked at that can only have less than half of a quote's words."""

_STEPS = 2_000_000
"""Words compared for a quote, after which the best passage so far is taken."""

_AT_ONCE = 1_000
"""Words of a quote that are compared in one step."""


@frozen
class Window:
    """A passage by its words: the first, how many, and how many of the quote's it has in order."""

    start: int
    length: int
    shared: int


@frozen
class Hits:
    """The words of a part of a text that a quote has: where, and which of the quote's they are."""

    places: list[int]
    masks: list[int]


@dataclass(slots=True)
class _Best:
    """How many words any passage so far shares, and where the first that does begins."""

    shared: int = 0
    start: int = 0

    def take(self, shared: int, start: int) -> None:
        if shared > self.shared:
            self.shared, self.start = shared, start


class Search:
    """The search for one quote's nearest passage; ``steps`` counts the words compared."""

    def __init__(self, quote: Sequence[str], words: Words, blocks: Blocks) -> None:
        self.steps = 0
        self._words = words
        self._length = len(quote)
        self._reach = len(quote) * 3 // 2
        self._cost = 1 + len(quote) // _AT_ONCE
        self._enough = (len(quote) + 1) // 2
        self._ones = (1 << len(quote)) - 1
        numbers = [words.number(word) for word in quote]
        self._masks: dict[int, int] = {}
        for index, number in enumerate(numbers):
            if number is not None:
                self._masks[number] = self._masks.get(number, 0) | 1 << index
        self._backward = {mask: self._turned(mask) for mask in self._masks.values()}
        self._most = Counter(number for number in numbers if number is not None)
        self._bounds = blocks.bounds(self._most, self._reach)

    def nearest(self) -> Window | None:
        """The nearest passage; None if the text has no word of the quote.

        Where none has half of the quote's words, not all of a long text is searched for it.
        """
        known = self._largest()
        if known is None:
            return None
        blocks = self._bounds.at_least(known.shared)
        limit = None if known.shared >= self._enough else _FURTHER
        found = self._shortest(known.shared, islice(blocks, limit))
        return min(known, found, key=lambda each: (each.length, each.start))

    def _largest(self) -> Window | None:
        """Some passage that shares as many words in order as any does."""
        best, further = _Best(), _FURTHER
        for bound in range(self._most.total(), 0, -1):
            for block in self._bounds.equal(bound):
                if best.shared >= bound or further == 0 or self._is_spent:
                    return self._shrunk(best)
                self._larger(block, best)
                further -= bound < self._enough
        return self._shrunk(best)

    def _larger(self, block: int, best: _Best) -> None:
        """Take in a passage that begins in a block, if it shares more."""
        first, last = self._span(block)
        hits = self._hits(first, last + self._reach - 1)
        if len(hits.places) <= best.shared:
            return
        most, _ = self._forward(hits, 0, len(hits.places))
        index = 0
        while best.shared < most and index < len(hits.places) and hits.places[index] < last:
            if self._is_spent:
                return
            start = hits.places[index]
            until = bisect_left(hits.places, start + self._reach)
            shared, _ = self._forward(hits, index, until)
            # A passage that begins a word later shares one more at most.
            skipped = max(1, best.shared + 1 - shared)
            best.take(shared, start)
            index = bisect_left(hits.places, start + skipped)

    def _shrunk(self, best: _Best) -> Window | None:
        """The passage without what it need not have to share as much."""
        if not best.shared:
            return None
        hits = self._hits(best.start, best.start + self._reach)
        return self._window(hits, self._forward(hits, 0, len(hits.places))[1], best.shared)

    def _shortest(self, shared: int, blocks: Iterable[int]) -> Window:
        """The first of the shortest passages that share so many words."""
        best = Window(0, self._reach + 1, shared)
        for block in blocks:
            best = self._shorter(block, best)
            if best.length == shared or self._is_spent:
                break
        return best

    def _shorter(self, block: int, best: Window) -> Window:
        first, last = self._span(block)
        hits = self._hits(first, last + best.length - 2)
        index = 0
        while index < len(hits.places) and hits.places[index] < last and best.length > best.shared:
            if self._is_spent:
                break
            start = hits.places[index]
            until = bisect_left(hits.places, start + best.length - 1)
            shared, end = self._forward(hits, index, until)
            if shared < best.shared:
                index = bisect_left(hits.places, start + best.shared - shared)
                continue
            # A passage that begins before this one does and shares as much ends no earlier.
            best = self._window(hits, end, shared)
            index = bisect_left(hits.places, best.start + 1)
        return best

    def _window(self, hits: Hits, end: int, shared: int) -> Window:
        start = hits.places[self._last_start(hits, end, shared)]
        return Window(start, hits.places[end] - start + 1, shared)

    @property
    def _is_spent(self) -> bool:
        return self.steps > _STEPS

    def _span(self, block: int) -> tuple[int, int]:
        return block * self._bounds.size, (block + 1) * self._bounds.size

    def _hits(self, first: int, last: int) -> Hits:
        masks = [*map(self._masks.get, self._words.numbers[first:last])]
        places = [place for place, mask in enumerate(masks, first) if mask]
        return Hits(places, [mask for mask in masks if mask])

    def _forward(self, hits: Hits, first: int, last: int) -> tuple[int, int]:
        """How many words are shared by hits from ``first`` up to ``last``, and the last needed.

        The row of the dynamic programme is one integer, as by Hyyrö (2004): its zeros are where
        the common subsequence grows, and a carry out of it is a growth at its end.
        """
        row = ones = self._ones
        shared, end = 0, first
        for index in range(first, last):
            met = row & hits.masks[index]
            grown = row + met
            if grown > ones:
                shared, end = shared + 1, index
            row = (grown | (row - met)) & ones
        self.steps += (last - first) * self._cost
        return shared, end

    def _last_start(self, hits: Hits, end: int, wanted: int) -> int:
        """The last hit from which those up to ``end`` still share so many words."""
        row = ones = self._ones
        index = end + 1
        while wanted:
            index -= 1
            met = row & self._backward[hits.masks[index]]
            grown = row + met
            wanted -= grown > ones
            row = (grown | (row - met)) & ones
        self.steps += (end + 1 - index) * self._cost
        return index

    def _turned(self, mask: int) -> int:
        return int(f"{mask:0{self._length}b}"[::-1], 2)

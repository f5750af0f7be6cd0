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

from claimtrack.quotes.blocks import Blocks
from claimtrack.quotes.words import Words

_FURTHER = 100
"""Blocks looked at that can only have less than half of a quote's words."""


@dataclass(frozen=True, slots=True)
class Window:
    """A passage by its words: the first, how many, and how many of the quote's it has in order."""

    start: int
    length: int
    shared: int


@dataclass(frozen=True, slots=True)
class Hits:
    """The words of a part of a text that a quote has: where, and which of the quote's they are."""

    places: list[int]
    masks: list[int]


class Search:
    """The search for one quote's nearest passage; ``steps`` counts the words compared."""

    def __init__(self, quote: Sequence[str], words: Words, blocks: Blocks) -> None:
        self.steps = 0
        self._words = words
        self._length = len(quote)
        self._reach = len(quote) * 3 // 2
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
        shared, block = self._largest()
        if not shared:
            return None
        blocks = self._bounds.at_least(shared)
        if shared >= self._enough:
            return self._shortest(shared, blocks)
        return self._shortest(shared, sorted({block, *islice(blocks, _FURTHER)}))

    def _largest(self) -> tuple[int, int]:
        """How many words in order any passage shares with the quote, and in which block."""
        best, best_block, further = 0, 0, _FURTHER
        for bound in range(self._most.total(), 0, -1):
            for block in self._bounds.equal(bound):
                if best >= bound or further == 0:
                    return best, best_block
                larger = self._larger(block, best)
                if larger > best:
                    best, best_block = larger, block
                further -= bound < self._enough
        return best, best_block

    def _larger(self, block: int, best: int) -> int:
        """The same for passages that begin in a block; ``best`` if none has more."""
        first, last = self._span(block)
        hits = self._hits(first, last + self._reach - 1)
        if len(hits.places) <= best or self._forward(hits, 0, len(hits.places))[0] <= best:
            return best
        index = 0
        while index < len(hits.places) and hits.places[index] < last:
            start = hits.places[index]
            until = bisect_left(hits.places, start + self._reach)
            shared, _ = self._forward(hits, index, until)
            # A passage that begins a word later shares one more at most.
            skipped = max(1, best + 1 - shared)
            best = max(best, shared)
            index = bisect_left(hits.places, start + skipped)
        return best

    def _shortest(self, shared: int, blocks: Iterable[int]) -> Window:
        """The first of the shortest passages that share so many words."""
        best = Window(0, self._reach + 1, shared)
        for block in blocks:
            best = self._shorter(block, best)
            if best.length == shared:
                break
        return best

    def _shorter(self, block: int, best: Window) -> Window:
        first, last = self._span(block)
        hits = self._hits(first, last + best.length - 2)
        index = 0
        while index < len(hits.places) and hits.places[index] < last and best.length > best.shared:
            start = hits.places[index]
            until = bisect_left(hits.places, start + best.length - 1)
            shared, end = self._forward(hits, index, until)
            if shared < best.shared:
                index = bisect_left(hits.places, start + best.shared - shared)
                continue
            # Every passage that ends there or later and begins before this one does is longer.
            start = self._last_start(hits, end, shared)
            best = Window(hits.places[start], hits.places[end] - hits.places[start] + 1, shared)
            index = start + 1
        return best

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
        self.steps += last - first
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
        self.steps += end + 1 - index
        return index

    def _turned(self, mask: int) -> int:
        return int(f"{mask:0{self._length}b}"[::-1], 2)

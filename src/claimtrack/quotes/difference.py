"""A quote against the passage nearest to it, word by word."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from claimtrack.frozen import frozen
from claimtrack.quotes.audit import WordChange
from claimtrack.quotes.characters import normal
from claimtrack.quotes.words import Words


@frozen
class Row:
    """Words as they are written, each with what follows it up to the next, and as compared."""

    written: list[str]
    compared: list[str]

    @classmethod
    def of(cls, text: str, words: Words, first: int, count: int, bare: bool) -> Row:
        """Some words of a text; if ``bare``, without the punctuation at the ends of them all."""
        last = first + count - 1
        starts = list(words.starts[first : last + 1])
        whole = words.bare(last) if bare else words.run(last)
        if bare and count:
            starts[0] = words.bare(first).start
        spans = zip(starts, [*starts[1:], whole.end], strict=True)
        written = [text[start:end] for start, end in spans]
        return cls(written, [words.word(index) for index in range(first, last + 1)])

    def joined(self, indices: Sequence[int]) -> str:
        """Words that follow each other, with single spaces between them."""
        return " ".join("".join(self.written[index] for index in indices).split())


def difference(quote: Row, source: Row) -> tuple[WordChange, ...]:
    """Runs of words that both have, and of those that stand in for each other.

    Words are aligned by their longest common subsequence, without regard to case and punctuation;
    aligned ones that differ in these stand in for each other.
    """
    pairs = list(_aligned(quote.compared, source.compared))
    same = [_are_same(quote, source, pair) for pair in pairs]
    changes = []
    for is_same, run in groupby(zip(same, pairs, strict=True), key=lambda each: each[0]):
        columns = list(zip(*(pair for _, pair in run), strict=True))
        left, right = ([index for index in column if index is not None] for column in columns)
        changes.append(WordChange(quote.joined(left), source.joined(right), is_same))
    return tuple(changes)


def unmatched_ends(quote: list[str], source: list[str]) -> tuple[int, int]:
    """How many words the quote has before the first that both share, and after the last."""
    pairs = _common(quote, source)
    return (pairs[0][0], len(quote) - 1 - pairs[-1][0]) if pairs else (0, 0)


def _are_same(quote: Row, source: Row, pair: tuple[int | None, int | None]) -> bool:
    left, right = pair
    if left is None or right is None:
        return False
    return normal(quote.written[left]) == normal(source.written[right])


def _aligned(one: list[str], other: list[str]) -> Iterator[tuple[int | None, int | None]]:
    """Pairs of indices in order; None where only the one or the other has a word."""
    left = right = 0
    for i, j in _common(one, other):
        yield from ((index, None) for index in range(left, i))
        yield from ((None, index) for index in range(right, j))
        yield i, j
        left, right = i + 1, j + 1
    yield from ((index, None) for index in range(left, len(one)))
    yield from ((None, index) for index in range(right, len(other)))


def _common(one: list[str], other: list[str]) -> list[tuple[int, int]]:
    """The pairs of a longest common subsequence, in order."""
    rows = list(_rows(one, other))
    pairs = []
    i, j = len(one) - 1, len(other)
    while i >= 0 and j > 0:
        if rows[j] >> i & 1:
            i -= 1  # without this word of the one, as much is shared
        elif not rows[j - 1] >> i & 1:
            j -= 1
        else:
            i, j = i - 1, j - 1
            pairs.append((i + 1, j))
    return pairs[::-1]


def _rows(one: list[str], other: Iterable[str]) -> Iterator[int]:
    """The rows of the dynamic programme, a zero wherever the common subsequence grows."""
    masks: dict[str, int] = {}
    for index, word in enumerate(one):
        masks[word] = masks.get(word, 0) | 1 << index
    row = ones = (1 << len(one)) - 1
    yield row
    for word in other:
        met = row & masks.get(word, 0)
        row = ((row + met) | (row - met)) & ones
        yield row

"""Which parts of a text can have a passage near to a quote: a bound that is cheap to compute.

The text is cut into blocks of as many words as the longest passage looked for, or somewhat more. A
passage that begins in a block ends in the next at the latest, so it shares no more words with the
quote than these two have of them. Each word's blocks are the bits of one integer, and all blocks
are counted at once, in columns: one integer for each binary digit of the counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from claimtrack.frozen import frozen
from claimtrack.quotes.words import Words

_SMALLEST = 4
"""Blocks have two to this many words at least."""
_RARE = 64
"""Words with fewer places cost less to mark anew than to keep."""
_KEPT = 2_000
"""How many words' blocks are kept."""

_ONE = ord("1")


class Blocks:
    """The blocks of a text, for passages of every length."""

    def __init__(self, words: Words) -> None:
        self._words = words
        self._kept: dict[tuple[int, int], int] = {}

    def bounds(self, counts: Mapping[int, int], reach: int) -> Bounds:
        """For each block, how much a passage that begins there can share with a quote.

        ``counts`` says how often the quote has each of the text's words, by their numbers, and
        ``reach`` how long the passages are at most.
        """
        shift = max(_SMALLEST, (reach - 1).bit_length())
        digits: list[int] = []
        for number, count in counts.items():
            _add(digits, self._having(number, shift), count)
        return Bounds(1 << shift, digits, (1 << (len(self._words) >> shift) + 1) - 1)

    def _having(self, number: int, shift: int) -> int:
        """The blocks that have a word, or whose next one does."""
        kept = self._kept.get((number, shift))
        if kept is not None:
            return kept
        places = self._words.places[number]
        having = _few(places, shift) if len(places) < _RARE else self._many(places, shift)
        having |= having >> 1
        if len(places) >= _RARE:
            if len(self._kept) >= _KEPT:
                self._kept.clear()
            self._kept[number, shift] = having
        return having

    def _many(self, places: Sequence[int], shift: int) -> int:
        marks = bytearray(b"0") * ((len(self._words) >> shift) + 1)
        for block in {place >> shift for place in places}:
            marks[~block] = _ONE
        return int(marks, 2)


def _few(places: Iterable[int], shift: int) -> int:
    having = 0
    for block in {place >> shift for place in places}:
        having |= 1 << block
    return having


def _add(digits: list[int], having: int, count: int) -> None:
    """Add ``count`` to the counts of the blocks that are set in ``having``."""
    for place in range(count.bit_length()):
        if not count >> place & 1:
            continue
        carry, at = having, place
        while carry:
            digits += [0] * (at + 1 - len(digits))
            digits[at], carry = digits[at] ^ carry, digits[at] & carry
            at += 1


@frozen
class Bounds:
    """How much of a quote a passage can share that begins in a block, for each of them.

    ``size`` is how many words a block has, ``digits`` the binary digits of the counts, lowest
    first, and ``every`` has a bit set for each block.
    """

    size: int
    digits: list[int]
    every: int

    def equal(self, count: int) -> Iterator[int]:
        """The blocks of exactly this bound, in order."""
        return _set_bits(self._equal(count))

    def at_least(self, count: int) -> Iterator[int]:
        """The blocks of at least this bound, in order."""
        more, same = 0, self.every
        for place in reversed(range(max(len(self.digits), count.bit_length()))):
            digit = self.digits[place] if place < len(self.digits) else 0
            if count >> place & 1:
                same &= digit
            else:
                more |= same & digit
                same &= ~digit
        return _set_bits(more | same)

    def _equal(self, count: int) -> int:
        found = self.every
        for place, digit in enumerate(self.digits):
            found &= digit if count >> place & 1 else ~digit
        return found if count.bit_length() <= len(self.digits) else 0


def _set_bits(bits: int) -> Iterator[int]:
    written = f"{bits:b}"
    at = written.rfind("1")
    while at >= 0:
        yield len(written) - 1 - at
        at = written.rfind("1", 0, at)

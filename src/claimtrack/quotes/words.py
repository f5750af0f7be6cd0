"""The words of a text: what stands between white space, without the punctuation at its ends.

Apostrophes, hyphens and decimal points inside a word are part of it. Each character of a script
that is written without spaces is a word.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from functools import cache, cached_property
from itertools import accumulate, compress, islice

from claimtrack.quotes.audit import Stretch
from claimtrack.quotes.characters import SPACELESS, folded, is_punctuation, marks_of
from claimtrack.quotes.pieces import pieces

_RUNS = 2_000
"""Runs between two places, words or not, of which no more are looked at."""


@cache
def piece_pattern(marks: str) -> re.Pattern[str]:
    """A pattern that cuts a text with no other marks than these into white space and runs."""
    on_it = f"[{marks}]*+" if marks else ""
    return re.compile(rf"\s++|[^\s{SPACELESS}]++|[{SPACELESS}]{on_it}")


def word_of(piece: str) -> str:
    """The word that a run is, normalised and case folded; empty if it is none."""
    return _bare(folded(piece))


def _bare(run: str) -> str:
    start, end = 0, len(run)
    while start < end and is_punctuation(run[start]):
        start += 1
    while start < end and is_punctuation(run[end - 1]):
        end -= 1
    return run[start:end]


class Words:
    """The words of a text, each a number that all equal ones share, and where each begins."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._pattern = piece_pattern(marks_of(text))
        self._forms = _Forms()
        self.starts = array("Q")
        """Where each begins, punctuation before it included."""
        self.numbers = array("L")
        for start, found in pieces(text, self._pattern):
            numbers = list(map(self._forms.__getitem__, found))
            self.starts.extend(compress(accumulate(map(len, found[:-1]), initial=start), numbers))
            self.numbers.extend(filter(None, numbers))

    def __len__(self) -> int:
        return len(self.numbers)

    def number(self, word: str) -> int | None:
        """The number of a word in the form of `word_of`; None if the text does not have it."""
        return self._forms.known.get(word)

    @cached_property
    def places(self) -> list[array[int]]:
        """Where each word stands, in order, by its number."""
        found = [array("L") for _ in range(len(self._forms.known) + 1)]
        for index, number in enumerate(self.numbers):
            found[number].append(index)
        return found

    def within(self, stretch: Stretch) -> range:
        """The indexes of the words that begin in a stretch, punctuation before them included."""
        low, high = (bisect_left(self.starts, end) for end in (stretch.start, stretch.end))
        return range(low, high)

    def count(self, start: int, end: int, most: int) -> int:
        """How many words a stretch of the text has; beyond ``most`` they are not counted."""
        runs = islice(self._pattern.finditer(self._text, start, end), _RUNS)
        count = 0
        for index, run in enumerate(runs, 1):
            count += self._forms[run[0]] > 0
            if count > most or index == _RUNS:
                return most + 1
        return count

    def word(self, index: int) -> str:
        """A word in the form of `word_of`."""
        stretch = self.run(index)
        return word_of(self._text[stretch.start : stretch.end])

    def run(self, index: int) -> Stretch:
        """A word with the punctuation on it."""
        found = self._pattern.match(self._text, self.starts[index])
        return Stretch(self.starts[index], self.starts[index] if found is None else found.end())

    def bare(self, index: int) -> Stretch:
        """A word without the punctuation at its ends."""
        run = self.run(index)
        start, end = run.start, run.end
        while start < end and is_punctuation(self._text[start]):
            start += 1
        while start < end and is_punctuation(self._text[end - 1]):
            end -= 1
        return Stretch(start, end) if start < end else run


class _Forms(dict[str, int]):
    """The number of each run as it is written; 0 for what is no word."""

    def __init__(self) -> None:
        self.known: dict[str, int] = {}

    def __missing__(self, piece: str) -> int:
        word = "" if piece.isspace() else word_of(piece)
        number = self.known.setdefault(word, len(self.known) + 1) if word else 0
        self[piece] = number
        return number

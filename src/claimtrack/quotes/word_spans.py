"""Where the words of a text stand."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from functools import cache

from claimtrack.frozen import frozen
from claimtrack.quotes.audit import Stretch
from claimtrack.quotes.characters import SPACELESS, marks_of


@frozen
class WordSpans:
    """Where each word of a text begins and ends, in order, in code points."""

    starts: array[int]
    ends: array[int]

    def __len__(self) -> int:
        return len(self.starts)

    def within(self, stretch: Stretch) -> range:
        """The indexes of the words that begin in a stretch."""
        return range(bisect_left(self.starts, stretch.start), bisect_left(self.starts, stretch.end))

    def stretch(self, first: int, count: int) -> Stretch:
        """From the start of a word to the end of the last of so many."""
        return Stretch(self.starts[first], self.ends[first + count - 1])


def word_spans(text: str) -> WordSpans:
    """The words of a text: letters, digits, marks, and the apostrophes between them.

    In a script that is written without spaces each letter counts as a word.
    """
    spans = WordSpans(array("Q"), array("Q"))
    for found in _word_pattern(marks_of(text)).finditer(text):
        spans.starts.append(found.start())
        spans.ends.append(found.end())
    return spans


@cache
def _word_pattern(marks: str) -> re.Pattern[str]:
    letter = rf"[^\W_{SPACELESS}]"
    run = rf"{letter}(?:{letter}|[{marks}])*+" if marks else rf"{letter}++"
    return re.compile(rf"(?=\w)[{SPACELESS}]|{run}(?:['’]{run})*+")

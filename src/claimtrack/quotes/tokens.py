"""A text as a row of tokens, each one character of a string, so that to search is to find.

What stands in the string for a token is the same for all that have one normal form. A search then
never sees a boundary inside a word, is linear whatever the text is, and need not look at the text.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import partial
from heapq import merge
from itertools import accumulate, chain, repeat
from operator import contains

from claimtrack.quotes.audit import Stretch
from claimtrack.quotes.characters import (
    marks_of,
    normal_parts,
    token_pattern,
    written_tokens,
)
from claimtrack.quotes.pieces import pieces

_SIGNS = 0x110000
"""How many distinct characters a string can hold."""


class Tokens:
    """The tokens of a text.

    ``row`` has one sign for each token in normal form. ``starts`` says where the token that gave
    it begins in the text, with the text's end as its last; a token that is several in normal form
    (``…``) gives all of them one start.
    """

    def __init__(self, text: str, signs: int = _SIGNS, symbols: str = "") -> None:
        self._text = text
        self._forms = _Forms(signs)
        self.starts = array("Q")
        rows: list[str] = []
        for start, tokens in pieces(text, token_pattern(marks_of(text), symbols)):
            forms = list(map(self._forms.__getitem__, tokens))
            rows.append("".join(forms))
            begins = accumulate(map(len, tokens[:-1]), initial=start)
            if len(rows[-1]) == len(tokens):
                self.starts.extend(begins)
            else:
                self.starts.extend(chain.from_iterable(map(repeat, begins, map(len, forms))))
        self.starts.append(len(text))
        self.row = "".join(rows)

    def find_any(
        self, rows: Iterable[Sequence[Collection[str]]], low: int = 0, high: int | None = None
    ) -> Iterator[tuple[int, int]]:
        """Where the row has any of some rows of tokens, in order, with how many these are."""
        found = (zip(self.find(row, low, high), repeat(len(row))) for row in rows)
        last = -1
        for at, count in merge(*found):
            if at != last:
                yield at, count
            last = at

    def find(
        self, tokens: Sequence[Collection[str]], low: int = 0, high: int | None = None
    ) -> Iterator[int]:
        """Where the row has these tokens, beginning at ``low`` or later and before ``high``.

        They are in normal form, by one of `READINGS`; where there are several in place of
        one, any of them will do. What they begin at is an index.
        """
        signs = [self._forms.signs_of(either) for either in tokens]
        if not signs or not all(signs):
            return
        end = len(self.row) if high is None else min(len(self.row), high + len(signs) - 1)
        seek = self._seeker(signs)
        at = seek(low, end)
        while at >= 0:
            if self._forms.distinct or self._has(tokens, at):
                yield at
            at = seek(at + 1, end)

    def _seeker(self, signs: Sequence[str]) -> Callable[[int, int], int]:
        """What finds the next place of signs between two; -1 where there is none."""
        if all(len(either) == 1 for either in signs):
            return partial(self.row.find, "".join(signs))
        pattern = re.compile("".join(f"[{re.escape(either)}]" for either in signs))

        def seek(low: int, end: int) -> int:
            found = pattern.search(self.row, low, end)
            return -1 if found is None else found.start()

        return seek

    def index(self, offset: int) -> int:
        """The first token that begins at or after a place in the text."""
        return bisect_left(self.starts, offset)

    def stretch(self, first: int, count: int) -> Stretch:
        """The stretch of the text that so many tokens take up, whole characters."""
        end = first + count
        while self.starts[end] == self.starts[end - 1]:
            end += 1
        return Stretch(self.starts[first], self.starts[end])

    def _has(self, tokens: Sequence[Collection[str]], at: int) -> bool:
        stretch = self.stretch(at, len(tokens))
        there = written_tokens(self._text[stretch.start : stretch.end])
        return len(there) == len(tokens) and all(map(contains, tokens, there))


class _Forms(dict[str, str]):
    """What stands in the row for each token as it is written, found once for each."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._signs: dict[str, str] = {}

    def __missing__(self, token: str) -> str:
        form = "".join(map(self._sign, normal_parts(token)))
        self[token] = form
        return form

    def _sign(self, part: str) -> str:
        return self._signs.setdefault(part, chr(len(self._signs) % self._limit))

    @property
    def distinct(self) -> bool:
        """Whether no two tokens had to share a sign."""
        return len(self._signs) <= self._limit

    def signs_of(self, tokens: Collection[str]) -> str:
        """The signs of those tokens in normal form that the text has."""
        return "".join({self._signs[token] for token in tokens if token in self._signs})

"""Phrases of a word list, and where a text has them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from claimtrack.findings.english.tokens import Token, tokens

_GAP = 3
_BREAKS = frozenset(',;:.!?()[]"“”—–')

Step = frozenset[str]
"""The words of which one stands at a place; none at all: up to three words of any kind."""


@dataclass(frozen=True, slots=True)
class Match:
    """Where a phrase stands among tokens; ``end`` is not in it."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Phrases:
    """The entries of a list, by the words that they may begin with."""

    by_first: Mapping[str, tuple[tuple[Step, ...], ...]]

    def find(self, text: Sequence[Token]) -> Iterator[Match]:
        """Each place where a phrase begins, with the longest that does."""
        for at, token in enumerate(text):
            begun = self.by_first.get(token.text)
            if begun is None:
                continue  # nearly every word of a text; each list is asked of each
            ends = [end for steps in begun if (end := _end(text, at + 1, steps[1:])) is not None]
            if ends:
                yield Match(at, max(ends))


def phrases(entries: Iterable[str]) -> Phrases:
    """The phrases that entries are: words apart by blanks, ``a/b`` one of them, ``…`` any few."""
    by_first: dict[str, list[tuple[Step, ...]]] = {}
    for entry in entries:
        steps = tuple(_step(word) for word in entry.split())
        for first in steps[0]:
            by_first.setdefault(first, []).append(steps)
    return Phrases({first: tuple(each) for first, each in by_first.items()})


def _step(written: str) -> Step:
    if written == "…":
        return frozenset()
    return frozenset(token.text for word in written.split("/") for token in tokens(word))


def breaks(token: Token) -> bool:
    """Whether punctuation that parts a sentence stands before the token."""
    return not _BREAKS.isdisjoint(token.mark)


def _end(text: Sequence[Token], at: int, steps: Sequence[Step]) -> int | None:
    """Where the steps end if they stand from ``at`` on, within one part of the sentence."""
    if not steps:
        return at
    step, rest = steps[0], steps[1:]
    if not step:
        found = (_end(text, later, rest) for later in _within_gap(text, at))
        return next((end for end in found if end is not None), None)
    if at >= len(text) or text[at].text not in step or breaks(text[at]):
        return None
    return _end(text, at + 1, rest)


def _within_gap(text: Sequence[Token], at: int) -> Iterator[int]:
    for later in range(at, min(at + _GAP, len(text) - 1) + 1):
        yield later
        if later < len(text) and breaks(text[later]):
            return

"""Phrases of a word list, and where a text has them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from claimtrack.findings.english.lexicon import stops
from claimtrack.findings.english.tokens import Token, tokens
from claimtrack.frozen import frozen

_GAP = 3
_BREAKS = frozenset(',;:.!?()[]"“”—–')

Step = frozenset[str]
"""The words of which one stands at a place; none at all: up to three words of any kind."""


@frozen
class Match:
    """Where a phrase stands among tokens; ``end`` is not in it."""

    start: int
    end: int


@frozen
class Phrases:
    """The entries of a list, by the words that they may begin with."""

    by_first: Mapping[str, tuple[tuple[Step, ...], ...]]
    cues: frozenset[str]
    """Words of which every text has one that has a phrase: of each, those of its rarest step."""

    def find(self, text: Sequence[Token]) -> Iterator[Match]:
        """Each place where a phrase begins, with the longest that does."""
        for at, token in enumerate(text):
            begun = self.by_first.get(token.text)
            if begun is None:
                continue  # nearly every word of a text; each list is asked of each
            ends = [end for steps in begun if (end := _end(text, at + 1, steps[1:])) is not None]
            if ends:
                yield Match(at, max(ends))

    def find_but(self, exceptions: Phrases, text: Sequence[Token]) -> list[Match]:
        """Where a phrase begins with a word that is part of none of the exceptions."""
        found = list(self.find(text))
        if not found:
            return []
        exempt = {at for match in exceptions.find(text) for at in range(match.start, match.end)}
        return [match for match in found if match.start not in exempt]


def phrases(entries: Iterable[str]) -> Phrases:
    """The phrases that entries are: words apart by blanks, ``a/b`` one of them, ``…`` any few."""
    by_first: dict[str, list[tuple[Step, ...]]] = {}
    each = [tuple(_step(word) for word in entry.split()) for entry in entries]
    for steps in each:
        for first in steps[0]:
            by_first.setdefault(first, []).append(steps)
    return Phrases({first: tuple(begun) for first, begun in by_first.items()}, _cues(each))


def _cues(entries: Iterable[tuple[Step, ...]]) -> frozenset[str]:
    cues: frozenset[str] = frozenset()
    for steps in sorted(entries, key=len):
        named = [step for step in steps if step]
        if not any(step <= cues for step in named):
            rarest: Step = min(named, key=_frequency, default=frozenset())
            cues |= rarest
    return cues


def _frequency(step: Step) -> tuple[int, int]:
    """The more, the more texts have a word of it: stop words are in nearly all, short in many."""
    return sum(word in stops() for word in step), -min(map(len, step))


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

"""A quote in its sentence, cut into words and parts, and which part a statement takes up."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from claimtrack.findings.english.lexicon import negations, stem, stops
from claimtrack.findings.english.tokens import Token, tokens
from claimtrack.findings.overstatement.phrases import breaks
from claimtrack.frozen import frozen

_ELLIPSIS = re.compile(r"\[(?:…|\.\.\.)\]|…|\.\.\.")
_OPENERS = frozenset(
    {"after", "although", "and", "because", "before", "but", "or", "since", "that", "though"}
    | {"until", "when", "where", "whereas", "which", "while", "who", "whom", "whose"}
    | {"how", "if", "what", "whether", "why"}
)
"""Words that begin a new part of a sentence."""
_ENDS = frozenset(";:.!?—–")
LONGEST = 5000
"""How many characters of a text are taken for a sentence or two, and no more."""
_ALIKE = 5
"""How many first letters make two words akin: weapons, weaponry."""


@frozen
class Saying:
    """The words of a sentence, and from where to where the quote is; ``end`` is not in it.

    Where the sentence is not held, the quote is all there is.
    """

    tokens: tuple[Token, ...]
    start: int
    end: int
    held: bool

    @property
    def quote(self) -> tuple[Token, ...]:
        """The words of the quote."""
        return self.tokens[self.start : self.end]


def say(quote: str, sentence: str | None) -> Saying:
    """A quote in its sentence; by itself if the sentence is not held, or has not its words."""
    if sentence is not None and len(sentence) <= LONGEST:
        around = tuple(tokens(sentence))
        parts = [found for part in _ELLIPSIS.split(quote) if (found := tokens(part))]
        start = _find(around, parts[0], 0) if parts else None
        last = None if start is None else _find(around, parts[-1], start)
        if start is not None and last is not None:
            end = last + len(parts[-1])
            # "… denied | that it sank": the word belongs to what comes before.
            start += around[start].text == "that" and start + 1 < end
            return Saying(around, start, end, held=True)
    alone = tuple(tokens(quote))
    return Saying(alone, 0, len(alone), held=False)


def _find(text: Sequence[Token], sought: Sequence[Token], since: int) -> int | None:
    words = [token.text for token in sought]
    for at in range(since, len(text) - len(words) + 1):
        if all(text[at + n].text == word for n, word in enumerate(words)):
            return at
    return None


def content(text: Iterable[Token]) -> frozenset[str]:
    """The stems of the words that say what a text is about."""
    passed, denying = stops(), negations()
    words = {token.text for token in text}
    return frozenset(stem(word) for word in words if word not in passed and word not in denying)


def shared(wanted: Iterable[str], text: Iterable[Token]) -> frozenset[str]:
    """Those of the wanted stems that a text has, or has a word akin to."""
    there = content(text)
    begun = {word[:_ALIKE] for word in there if len(word) >= _ALIKE}
    return frozenset(word for word in wanted if word in there or word[:_ALIKE] in begun)


def begins_part(text: Sequence[Token], at: int) -> bool:
    """Whether a new part of the sentence begins at a word."""
    return at > 0 and (breaks(text[at]) or text[at].text in _OPENERS)


def part_of(text: Sequence[Token], at: int) -> range:
    """The part of a text that a word stands in."""
    start = end = at
    while start > 0 and not begins_part(text, start):
        start -= 1
    end += 1
    while end < len(text) and not begins_part(text, end):
        end += 1
    return range(start, end)


def takes_up(wanted: frozenset[str], text: Sequence[Token], start: int, end: int) -> bool:
    """Whether a statement rests on what the words from ``start`` to ``end`` of a quote govern.

    They govern what follows them in their part, and what is joined to it by "and" or "or". A
    statement rests on that if it needs a word of it, or shares none with the parts beside.
    """
    part = part_of(text, start)
    governed = _governed(text, part, start, end)
    around = {*part, *governed}
    beside = [token for at, token in enumerate(text) if at not in around]
    needed = shared(wanted, (text[at] for at in governed))
    elsewhere = shared(wanted, beside)
    return bool(needed - elsewhere) or not elsewhere


def _governed(text: Sequence[Token], part: range, start: int, end: int) -> range:
    if end == part.stop or (start == part.start and text[start].text == "according"):
        # Alone between commas it governs the whole: "the ships were, reportedly, sold".
        if end < len(text) and not breaks(text[end]):
            return range(end, _sentence_end(text, end))  # "denied that …"
        return range(0 if part.start == start else end, len(text))
    stop = part.stop
    while stop < len(text) and _goes_on(text, stop):
        stop = part_of(text, stop).stop
    return range(end, stop)


def _sentence_end(text: Sequence[Token], at: int) -> int:
    later = range(at, len(text))
    return next((end for end in later if not _ENDS.isdisjoint(text[end].mark)), len(text))


def _goes_on(text: Sequence[Token], at: int) -> bool:
    """Whether "and" or "or" joins a bare verb to what came before: may resign and leave."""
    if text[at].text not in ("and", "or") or at + 1 >= len(text):
        return False
    after = text[at + 1]
    return not (after.capital or after.text in stops() or after.text.endswith(("ed", "s")))


def parted(text: Sequence[Token], start: int, end: int) -> bool:
    """Whether a new part of the sentence begins at one of the words from ``start`` to ``end``."""
    return any(begins_part(text, at) for at in range(start, end + 1))

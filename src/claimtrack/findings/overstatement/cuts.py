"""What stands before a quote and turns it round, or hands it to a speaker."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Literal

from claimtrack.findings.english.lexicon import negations, stops
from claimtrack.findings.english.tokens import Token, tokens
from claimtrack.findings.overstatement.phrases import Match, breaks
from claimtrack.findings.overstatement.sayings import (
    Saying,
    begins_part,
    content,
    parted,
    takes_up,
)
from claimtrack.findings.overstatement.words import Words
from claimtrack.frozen import frozen

_LIGHT = frozenset(
    {"a", "an", "any", "being", "been", "be", "had", "has", "have", "having", "he", "her", "his"}
    | {"it", "its", "she", "that", "the", "their", "there", "they", "yet", "ever", "is", "was"}
    | {"are", "were", "to", "of", "this", "these", "those", "all", "will"}
)
_FEW = 3
OPENING = 6
"""Within how many of its first words a quote names who speaks."""
_OWN = frozenset({"i", "we"})
_BEGINNING = "according"


@frozen
class Cut:
    """The words that a quote was cut off after, and what they do to it."""

    text: str
    kind: Literal["denial", "condition", "attribution"]


def contraries(statement: Sequence[Token], words: Words) -> list[frozenset[str]]:
    """The words with which a statement itself denies something, or sets a condition."""
    lists = (words.denials, words.conditions, words.contraries)
    found = [match for phrases in lists for match in phrases.find(statement)]
    return [
        *(frozenset({token.text}) for token in statement if token.text in negations()),
        *(frozenset(t.text for t in statement[each.start : each.end]) for each in found),
    ]


def speaks(statement: Sequence[Token], words: Words) -> bool:
    """Whether a statement says that somebody said something."""
    return any(True for _ in words.attributions.find(statement))


def find_denial(saying: Saying, statement: Sequence[Token], words: Words) -> Cut | None:
    """What takes back, or makes conditional, what the statement takes up of a quote.

    Nothing does if the statement says no itself, in words that it has not from what is denied.
    """
    said: list[frozenset[str]] | None = None
    for match, cut in _denials(saying, statement, words):
        said = contraries(statement, words) if said is None else said
        places = range(saying.start, saying.end)
        denied = {saying.tokens[at].text for at in places if not match.start <= at < match.end}
        if all(contrary <= denied for contrary in said):
            return cut
    return None


def _denials(
    saying: Saying, statement: Sequence[Token], words: Words
) -> Iterator[tuple[Match, Cut]]:
    for match in words.denials.find_but(words.no_denials, saying.tokens):
        if _inside(saying, match, statement) or _just_before(saying, match):
            yield match, _cut(saying, match, "denial")
    denying = words.negations.find_but(words.no_denials, saying.tokens) if saying.start else ()
    for match in denying:
        if _just_before(saying, match):
            yield match, _cut(saying, match, "denial")
    for match in words.conditions.find_but(words.no_conditions, saying.tokens):
        inside = _inside(saying, match, statement)
        if inside or _just_before(saying, match) or _depends(saying, match):
            yield match, _cut(saying, match, "condition")


def find_speaker(
    saying: Saying, statement: Sequence[Token], own: Iterable[str], words: Words
) -> Cut | None:
    """What hands the quote to a speaker; ``own`` are the names by which the source calls itself."""
    for match in words.attributions.find(saying.tokens):
        told = _introduces(saying, match) or _follows(saying, match)
        told = told or _opens(saying, match, statement)
        if told and not _is_own(saying.tokens, match, own):
            return _cut(saying, match, "attribution")
    return None


def _inside(saying: Saying, match: Match, statement: Sequence[Token]) -> bool:
    """Whether the quote has the words itself, and the statement takes up what follows them."""
    start, end = match.start - saying.start, match.end - saying.start
    if start < 0 or end >= len(saying.quote):
        return False
    return takes_up(content(statement), saying.quote, start, end)


def _just_before(saying: Saying, match: Match) -> bool:
    """Whether the quote follows with nothing but small words between."""
    if match.end > saying.start or saying.start - match.end > _FEW:
        return False
    gap = saying.tokens[match.end : saying.start]
    following = saying.tokens[match.end : saying.start + 1]
    return all(token.text in _LIGHT for token in gap) and not any(map(_parts, following))


def _depends(saying: Saying, match: Match) -> bool:
    """Whether the sentence begins with a condition, and the quote after its comma: ``If …, X``."""
    if match.start > 0 or match.end >= saying.start:
        return False
    broken = [at for at in range(match.end, saying.start + 1) if breaks(saying.tokens[at])]
    return broken == [saying.start]


def _parts(token: Token) -> bool:
    """Whether a sign stands before it that parts more than a quotation mark does."""
    return any(sign in ",;:.!?()—–" for sign in token.mark)


def _introduces(saying: Saying, match: Match) -> bool:
    """``X said that`` right before the quote, or ``According to X,``."""
    if match.end > saying.start:
        return False
    if saying.tokens[match.start].text in (_BEGINNING, "in"):
        return breaks(saying.tokens[saying.start]) and not parted(
            saying.tokens, match.end, saying.start - 1
        )
    gap = saying.tokens[match.end : saying.start]
    return len(gap) <= _FEW and all(token.text in _LIGHT for token in gap)


def _follows(saying: Saying, match: Match) -> bool:
    """``…, X said.`` right after the quote."""
    at, end = match.start, match.end
    if at < saying.end or at - saying.end > _FEW + 1 or not breaks(saying.tokens[saying.end]):
        return False
    if any(breaks(saying.tokens[each]) for each in range(saying.end + 1, at + 1)):
        return False
    first = at == saying.end
    return first or end == len(saying.tokens) or breaks(saying.tokens[end])


def _opens(saying: Saying, match: Match, statement: Sequence[Token]) -> bool:
    """Whether the quote begins with who speaks, and the statement takes up what is said."""
    if not saying.start <= match.start < saying.start + OPENING or match.end >= saying.end:
        return False
    if any(begins_part(saying.tokens, at) for at in range(saying.start + 1, match.start + 1)):
        return False
    if saying.tokens[match.start].text == _BEGINNING:
        return True
    start, end = match.start - saying.start, match.end - saying.start
    return takes_up(content(statement), saying.quote, start, end)


def _is_own(text: Sequence[Token], match: Match, own: Iterable[str]) -> bool:
    """Whether it is the source that speaks, by its name or in the first person."""
    spoken = text[max(match.start - _FEW - 1, 0) : match.start]
    if text[match.start].text == _BEGINNING:
        spoken = text[match.end : match.end + _FEW + 1]
    names = {token.text for token in spoken if token.text not in stops()}
    known = {token.text for name in own for token in tokens(name)}
    return bool(names & known) or any(token.text in _OWN for token in spoken)


def _cut(saying: Saying, match: Match, kind: Literal["denial", "condition", "attribution"]) -> Cut:
    text = " ".join(token.text for token in saying.tokens[match.start : match.end])
    return Cut(text, kind)

"""Hedges of a quote, or of its sentence where they govern the quote, that a statement has not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from claimtrack.findings.english.lexicon import stops
from claimtrack.findings.english.tokens import Token
from claimtrack.findings.overstatement.phrases import Match, Phrases, breaks
from claimtrack.findings.overstatement.sayings import Saying, content, part_of, parted, takes_up
from claimtrack.findings.overstatement.words import Words
from claimtrack.frozen import frozen

_NEAR = 6
"""How many words a hedge before the quote may be away from it."""
_AFTER = 2
_MODALS = frozenset({"could", "may", "might"})
_RELATIVES = frozenset({"where", "which", "who", "whom", "whose"})
_BEFORE_MONTHS = frozenset({"by", "during", "from", "in", "of", "since", "until"})
_AFTER_NOUNS = frozenset({"against", "and", "in", "of", "to"})


@frozen
class Hedge:
    """The words of a hedge, and whether it hands on the word of others."""

    text: str
    is_hearsay: bool = False


def is_hedged(statement: Sequence[Token], words: Words) -> bool:
    """Whether a statement says no more than a hedged quote does."""
    lists = (words.hedges, words.hearsay, words.softeners)
    return any(True for phrases in lists for _ in _standing(statement, phrases, words))


def find_doubt(
    saying: Saying, statement: Sequence[Token], words: Words, *, has_speaker: bool
) -> Hedge | None:
    """The first doubt of whoever speaks that what the statement takes up of a quote stands under.

    Of an item that says who speaks, "suggests that" is how it tells of their saying so.
    """
    standing = list(_standing(saying.tokens, words.hedges, words))
    told = words.attributions.find(saying.tokens) if has_speaker and standing else ()
    said = {match.start for match in told}
    for match in standing:
        if match.start not in said and _governs(saying, match, statement):
            return Hedge(_text(saying, match))
    return None


def find_hearsay(saying: Saying, statement: Sequence[Token], words: Words) -> Hedge | None:
    """The first word that hands it on from others, whom it does not name."""
    for match in _standing(saying.tokens, words.hearsay, words):
        if _governs(saying, match, statement) or _trails(saying, match):
            return Hedge(_text(saying, match), is_hearsay=True)
    return None


def _text(saying: Saying, match: Match) -> str:
    return " ".join(token.text for token in saying.tokens[match.start : match.end])


def _governs(saying: Saying, match: Match, statement: Sequence[Token]) -> bool:
    if saying.start <= match.start < saying.end:
        start, end = match.start - saying.start, min(match.end, saying.end) - saying.start
        return takes_up(content(statement), saying.quote, start, end)
    return match.end <= saying.start and _leads(saying, match)


def _leads(saying: Saying, match: Match) -> bool:
    """Whether a hedge before the quote governs it: no other part of the sentence lies between."""
    if match.start == 0 and breaks(saying.tokens[match.end]):  # "Reportedly, …"
        return not parted(saying.tokens, match.end + 1, saying.start)
    opener = saying.tokens[part_of(saying.tokens, match.start).start].text
    # "Divers who might come saw the ship sink": where a relative clause ends is not to be seen.
    near = saying.start - match.end <= (_AFTER if opener in _RELATIVES else _NEAR)
    # "It is possible that …"
    since = match.end + (saying.tokens[match.end].text == "that")
    return near and not parted(saying.tokens, since, saying.start)


def _trails(saying: Saying, match: Match) -> bool:
    """Whether it is said right after the quote: "…, allegedly"."""
    if match.start < saying.end:
        return False
    at = saying.tokens[match.start]
    ends = match.end == len(saying.tokens) or breaks(saying.tokens[match.end])
    return match.start - saying.end < _AFTER and breaks(at) and ends


def _standing(text: Sequence[Token], phrases: Phrases, words: Words) -> Iterator[Match]:
    """Where hedges stand that are none of the exceptions."""
    for match in phrases.find_but(words.no_hedges, text):
        if not _is_other_word(text, match.start):
            yield match


def _is_other_word(text: Sequence[Token], at: int) -> bool:
    """Whether it is the month of May, the might of somebody, or a verb that ends the text."""
    token = text[at]
    after = text[at + 1] if at + 1 < len(text) else None
    before = text[at - 1] if at else None
    if token.text == "may" and token.capital:
        dated = after is not None and after.is_figure
        dated |= before is not None and (before.is_figure or before.text in _BEFORE_MONTHS)
        return dated or (before is not None and not is_title(text))
    ends = after is None or breaks(after)
    if after is None and token.text in _MODALS:
        return True  # "as fast as it could"
    if token.text == "might":
        return ends or (after is not None and after.text in _AFTER_NOUNS)
    return token.text == "potential" and (ends or (after is not None and after.text in stops()))


def is_title(text: Sequence[Token]) -> bool:
    """Whether the words are written as in a heading, all with a capital but the small ones."""
    long = [token for token in text if token.text not in stops() and not token.is_figure]
    return len(long) > _AFTER and all(token.capital for token in long)

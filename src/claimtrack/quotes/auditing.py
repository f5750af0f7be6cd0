"""A quote against its source's text, as the contract's section "Quotes" has it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from claimtrack.frozen import frozen
from claimtrack.quotes.audit import Audit, AuditResult, Passage, Stretch
from claimtrack.quotes.characters import READINGS, normal
from claimtrack.quotes.elision import chains
from claimtrack.quotes.near import audit_by_words
from claimtrack.quotes.text import SourceText
from claimtrack.quotes.tokens import Tokens

_LOOKED_AT = 20_000
"""Places with the quote that are looked at, in the order of the text."""
_LISTED = 1_000
"""Of the places with the quote, how many are given."""


@frozen
class Place:
    """A passage that has the quote, and whether exactly."""

    passage: Passage
    exact: bool


def audit_quote(quote: str, line: int | None, text: SourceText) -> Audit:
    """How the quote stands to the text; ``line`` is where the register says it begins.

    The result is one of exact, normalised, moved, ambiguous, altered and missing. A text of more
    than a thousand places with the quote has the first thousand of them in ``found``.
    """
    there = [] if line is None else list(_whole(quote, text, text.tokens, line))
    places = there or _everywhere(quote, text) or list(_elided(quote, text))
    if not places:
        return audit_by_words(quote, text)
    if line is not None:
        return _at_line(places, line)
    return _anywhere(places)


def _at_line(places: Sequence[Place], line: int) -> Audit:
    there = [place for place in places if place.passage.line == line]
    if there:
        return _found(max(there, key=lambda place: place.exact))
    return _listed(AuditResult.MOVED, places)


def _anywhere(places: Sequence[Place]) -> Audit:
    # One exact place is meant, even if others have the quote in other quotation marks.
    meant = [place for place in places if place.exact] or places
    return _found(meant[0]) if len(meant) == 1 else _listed(AuditResult.AMBIGUOUS, places)


def _found(place: Place) -> Audit:
    result = AuditResult.EXACT if place.exact else AuditResult.NORMALISED
    return Audit(result, place.passage.line, (place.passage,))


def _listed(result: AuditResult, places: Sequence[Place]) -> Audit:
    found = tuple(place.passage for place in places[:_LISTED])
    return Audit(result, found[0].line, found)


def _elided(quote: str, text: SourceText) -> Iterator[Place]:
    """The places that have what is left of the quote where it leaves words out."""
    for chain in chains(quote, text):
        yield Place(Passage(text.line_of(chain.parts[0].start), chain.parts), chain.exact)


def _everywhere(quote: str, text: SourceText) -> list[Place]:
    places = list(_whole(quote, text, text.tokens))
    plain = normal(quote)
    if not places and any(normal(symbol) in plain for symbol in text.symbols):
        return list(_whole(quote, text, text.joined_tokens))
    return places


def _whole(
    quote: str, text: SourceText, tokens: Tokens, line: int | None = None
) -> Iterator[Place]:
    """The places that have the whole quote: all of them, or those that begin on a line."""
    written, plain = ([[token] for token in read(quote)] for read in READINGS)
    rows = [written] if written == plain else [written, plain]
    led = len(quote) - len(quote.lstrip())
    low, high = 0, None
    if line is not None:
        span = text.line_span(line)
        low, high = tokens.index(span.start), tokens.index(span.end + led)
    for at, count in islice(tokens.find_any(rows, low, high), _LOOKED_AT):
        stretch = tokens.stretch(at, count)
        if stretch.start >= led and text.text.startswith(quote, stretch.start - led):
            start = stretch.start - led
            passage = Passage(text.line_of(start), (Stretch(start, start + len(quote)),))
            if line in (None, passage.line):
                yield Place(passage, exact=True)
                continue
        passage = Passage(text.line_of(stretch.start), (stretch,))
        if line in (None, passage.line):
            yield Place(passage, exact=False)

"""A quote that leaves words out, or puts its own in square brackets.

An ellipsis stands for up to fifty of the source's words, a bracket for up to three, and a bracket
that touches a letter (``[T]he``) for the letters in it, in either case. What is left are pieces,
which the source must have in order.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby, islice, repeat

from claimtrack.frozen import frozen
from claimtrack.quotes.audit import Stretch
from claimtrack.quotes.characters import READINGS, is_letter
from claimtrack.quotes.text import SourceText
from claimtrack.quotes.words import Words

_ELLIPSIS_WORDS = 50
_BRACKET_WORDS = 3
_SHORTEST_PART = 2
_MOST_PIECES = 64
"""A quote of more pieces than this is taken as it stands."""
_LOOKED_AT = 50_000
"""Places of one piece that are looked at, in the order of the text."""
_SIGN = re.compile(r"\[([^\[\]]*+)\]|…|\.{3,}+")
_DOTS = re.compile(r"[\s.…]*+")


@frozen
class Piece:
    """A piece of a quote: its text, which of its letters may be of either case, by index.

    ``gap`` is how many words the source may have between the piece before it and this one.
    """

    text: str
    free: frozenset[int]
    gap: int

    def fits(self, written: str) -> bool:
        """Whether this is the piece as it stands."""
        return len(written) == len(self.text) and all(
            ours == theirs or (index in self.free and ours.casefold() == theirs.casefold())
            for index, (ours, theirs) in enumerate(zip(self.text, written, strict=True))
        )

    def rows(self) -> list[list[set[str]]]:
        """Its tokens in normal form, by each of the readings that differ."""
        rows = [self._columns(read) for read in READINGS]
        return rows if rows[0] != rows[1] else rows[:1]

    def _columns(self, read: Callable[[str], list[str]]) -> list[set[str]]:
        """By one of them; several in place of one, where letters may be of either case."""
        tokens = read(self.text)
        columns = [{token} for token in tokens]
        for change in (str.lower, str.upper, str.title) if self.free else ():
            changed = read(self._changed(change))
            if len(changed) == len(tokens):
                for column, token in zip(columns, changed, strict=True):
                    column.add(token)
        return columns

    def _changed(self, change: Callable[[str], str]) -> str:
        runs = groupby(enumerate(self.text), key=lambda each: each[0] in self.free)
        texts = ((free, "".join(letter for _, letter in run)) for free, run in runs)
        return "".join(change(text) if free else text for free, text in texts)


def pieces_of(quote: str) -> list[Piece]:
    """The pieces of a quote that leaves words out; none if it does not, or leaves too little."""
    reader = _Reader()
    at = 0
    for sign in _SIGN.finditer(quote):
        reader.add(quote[at : sign.start()])
        at = sign.end()
        inside = sign[1]
        if inside is None or _is_ellipsis(inside):
            reader.end_part()
        elif _is_glued(quote, sign, inside):
            reader.add(inside, free=True)
        else:
            reader.end_piece(_BRACKET_WORDS)
    reader.add(quote[at:])
    return reader.pieces() if at else []


def _is_ellipsis(inside: str) -> bool:
    dots = _DOTS.fullmatch(inside) is not None
    return dots and ("…" in inside or inside.count(".") >= len("..."))


def _is_glued(quote: str, sign: re.Match[str], inside: str) -> bool:
    beside = quote[sign.start() - 1 : sign.start()] + quote[sign.end() : sign.end() + 1]
    return inside.isalpha() and any(map(is_letter, beside))


@dataclass(slots=True)
class _Reader:
    """Takes a quote's pieces in, part by part."""

    _parts: list[list[Piece]] = field(default_factory=lambda: [[]])
    _text: str = ""
    _free: set[int] = field(default_factory=set)
    _gap: int = 0

    def add(self, text: str, *, free: bool = False) -> None:
        if free:
            self._free |= set(range(len(self._text), len(self._text) + len(text)))
        self._text += text

    def end_piece(self, words: int) -> None:
        """What follows is another piece, after up to so many words more."""
        text = self._text.strip()
        if text:
            led = len(self._text) - len(self._text.lstrip())
            free = frozenset(index - led for index in self._free)
            self._parts[-1].append(Piece(text, free, self._gap))
            self._gap = 0
        self._gap += words
        self._text, self._free = "", set()

    def end_part(self) -> None:
        self.end_piece(_ELLIPSIS_WORDS)
        self._parts.append([])

    def pieces(self) -> list[Piece]:
        self.end_piece(0)
        counts = [sum(len(Words(piece.text)) for piece in part) for part in self._parts]
        parts = [part for part, count in zip(self._parts, counts, strict=True) if count]
        shortest = _SHORTEST_PART if len(self._parts) > 1 else 1
        if not parts or min(filter(None, counts)) < shortest:
            return []
        pieces = [piece for part in parts for piece in part]
        return pieces if len(pieces) <= _MOST_PIECES else []


@frozen
class Chain:
    """The stretches of a text that have a quote's pieces, and whether all of them exactly."""

    parts: tuple[Stretch, ...]
    exact: bool


def chains(quote: str, text: SourceText) -> Iterator[Chain]:
    """Where a text has a quote's pieces in order, one for each place at which they can begin."""
    pieces = pieces_of(quote)
    places = list(_places(pieces, text))
    if not pieces or len(places) < len(pieces):
        return
    exact = {
        chain[0].start: Chain(chain, exact=True)
        for chain in _chained(pieces, list(map(_exact_only, pieces, places, repeat(text))), text)
    }
    for chain in _chained(pieces, places, text):
        yield exact.get(chain[0].start) or Chain(chain, exact=False)


def _places(pieces: Sequence[Piece], text: SourceText) -> Iterator[list[Stretch]]:
    """The places of each piece, up to the first that has none."""
    for piece in pieces:
        found = islice(text.tokens.find_any(piece.rows()), _LOOKED_AT)
        places = [text.tokens.stretch(at, count) for at, count in found]
        if not places:
            return
        yield places


def _exact_only(piece: Piece, places: list[Stretch], text: SourceText) -> list[Stretch]:
    return [place for place in places if piece.fits(text.text[place.start : place.end])]


def _chained(
    pieces: Sequence[Piece], places: list[list[Stretch]], text: SourceText
) -> list[tuple[Stretch, ...]]:
    """Every place of the first piece from which the others can be reached, with the nearest."""
    chained: list[tuple[Stretch, ...]] = [(place,) for place in places[-1]]
    for piece, before in zip(reversed(pieces[1:]), reversed(places[:-1]), strict=True):
        starts = [chain[0].start for chain in chained]
        longer = []
        for place in before:
            next_one = bisect_left(starts, place.end)
            if (
                next_one < len(starts)
                and text.words.count(place.end, starts[next_one], piece.gap) <= piece.gap
            ):
                longer.append((place, *chained[next_one]))
        chained = longer
    return chained

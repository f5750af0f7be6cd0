"""A text's sentences and paragraphs, by what is written alone.

A paragraph ends at a blank line; in a text without blank lines at every line end but those that a
small letter follows, where a line was broken. A sentence ends
at a full stop, question or exclamation mark of any script, after the quotation marks and brackets
that close there, and with its paragraph in any case.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache

from claimtrack.quotes.audit import Stretch

_LINE_END = re.compile("\n")
_WHITE = re.compile(r"\s*+")
_WORD = re.compile(r"(?!\w\.)[^\W_]++")
_BLANK_LINES = re.compile(r"\n(?:[^\S\n]*+\n)++")
_STOP = r"""
    (?P<mark> [.!?…‽]++ | (?P<sure> [。！？｡؟۔।॥։።។။]++ ) )
    (?: ["'”’»›)\]」』）】] | \[\d{1,3}\] )*+
    (?P<space> \s*+ )
"""
_OPENING = "\"'“‘«‹„([「『（"
_LONGEST_WORD = 30
_TRIED = 20_000
"""Code points before and after a stretch in which the ends of its sentence are looked for."""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Before a name or a number: never the end of a sentence.
_LEADING = _words(
    """
    mr mrs ms messrs dr prof st gen col lt sgt cpl capt maj cmdr adm brig gov sen rep pres amb
    hon rev fr supt insp fig eq vol pp approx ca cf vs viz e.g i.e al mme mlle mgr sr sra srta
    nr bzw z.b d.h им ул т.е т.н см тов акад проф
    """
)
# Now and then the end of one: only where a word follows that begins many sentences.
_TRAILING = _words(
    """
    no art sec ch p ed eds inc ltd co corp bros jr etc est dept univ jan feb mar apr jun jul aug
    sep sept oct nov dec mon tue wed thu fri sat sun a.m p.m ph.d usw т.д т.п г гг в вв тыс млн млрд
    руб стр
    """
)
_BEGINNING = _words(
    """
    a after all an and as at both but by during each earlier even every for from he her his how
    however i if in it its last later many meanwhile most moreover my no nor not now of on one once
    or our others she since so some such than that the their then there these they this those
    though thus to two under until we what when where which while who why with yet you your
    он она они это в на но и как по что мы я его её их при после
    """
)


def sentences(text: str) -> list[Stretch]:
    """All sentences in order, without the white space between them."""
    return [each for paragraph in _paragraphs(text) for each in _sentences(text, paragraph)]


def sentence_around(text: str, stretch: Stretch) -> Stretch:
    """The sentence that a stretch is in; from the first to the last, if it is in several."""
    low, high = stretch.start - _TRIED, stretch.end + _TRIED
    found = [
        sentence
        for paragraph in _touched(_paragraphs(text), stretch)
        for sentence in _sentences(
            text, Stretch(max(low, paragraph.start), min(high, paragraph.end))
        )
    ]
    return _around(found, stretch)


def paragraph_around(text: str, stretch: Stretch) -> Stretch:
    """The paragraph that a stretch is in; from the first to the last, if it is in several."""
    return _around(_paragraphs(text), stretch)


def _around(parts: Sequence[Stretch], stretch: Stretch) -> Stretch:
    """From the start of the first part that a stretch touches to the end of the last."""
    touched = _touched(parts, stretch)
    if not touched:
        return stretch
    return Stretch(min(stretch.start, touched[0].start), max(stretch.end, touched[-1].end))


def _touched(parts: Sequence[Stretch], stretch: Stretch) -> Sequence[Stretch]:
    first = bisect_right(parts, stretch.start, key=lambda part: part.end)
    last = bisect_left(parts, stretch.end, key=lambda part: part.start)
    return parts[first:last]


@lru_cache(maxsize=256)  # asked for each quote; a register's quotes go to and fro between sources
def _paragraphs(text: str) -> Sequence[Stretch]:
    within = _trimmed(text, 0, len(text))
    if within is None:
        return ()
    blank = _BLANK_LINES.search(text, within.start, within.end) is not None
    ends = [
        end
        for end in (_BLANK_LINES if blank else _LINE_END).finditer(text, within.start, within.end)
        if blank or not text[end.end() : end.end() + 1].islower()
    ]
    edges = [within.start, *(edge for end in ends for edge in end.span()), within.end]
    pairs = zip(edges[::2], edges[1::2], strict=True)
    parts = (_trimmed(text, start, end) for start, end in pairs)
    return tuple(part for part in parts if part is not None)


@cache
def _stop() -> re.Pattern[str]:
    return re.compile(_STOP, re.VERBOSE)


def _sentences(text: str, paragraph: Stretch) -> Iterator[Stretch]:
    start = paragraph.start
    for stop in _stop().finditer(text, paragraph.start, paragraph.end):
        if stop.end() < paragraph.end and _ends_sentence(text, start, stop):
            yield Stretch(start, stop.start("space"))
            start = stop.end()
    yield Stretch(start, paragraph.end)


def _ends_sentence(text: str, start: int, stop: re.Match[str]) -> bool:
    """Whether a sentence that begins at ``start`` ends at a stop that something follows."""
    if stop["sure"]:
        return True
    following = text[stop.end() : stop.end() + _LONGEST_WORD].lstrip(_OPENING)
    if not stop["space"] or following[:1].islower():
        return False
    return stop["mark"] != "." or _ends_at_dot(text, start, stop.start(), following)


def _ends_at_dot(text: str, start: int, dot: int, following: str) -> bool:
    before = text[max(start, dot - _LONGEST_WORD) : dot].split()
    word = before[-1].lstrip(_OPENING) if before else ""
    known = word.casefold()
    if known in _LEADING or (word.isdigit() and dot - start == len(word)):
        return False  # a title, or the number of an item in a list
    if known in _TRAILING or _is_initial(word):
        return _first_word(following) in _BEGINNING
    return True


def _is_initial(word: str) -> bool:
    """Whether it is one letter, or single letters with dots between them (``U.S``)."""
    return all(len(letter) == 1 and letter.isalpha() for letter in word.split("."))


def _first_word(text: str) -> str:
    """The word that a text begins with, case folded; none where it is an initial."""
    found = _WORD.match(text)
    return "" if found is None else found[0].casefold()


def _trimmed(text: str, start: int, end: int) -> Stretch | None:
    """A stretch without white space at its ends; None if it is nothing else."""
    first = _WHITE.match(text, start, end)
    start = start if first is None else first.end()
    while end > start and text[end - 1].isspace():
        end -= 1
    return Stretch(start, end) if start < end else None

"""Numbers and dates of a statement that its quotes, and their sentences, do not have."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from fractions import Fraction
from functools import cached_property
from math import isfinite

from claimtrack.findings.english.figures import (
    Amount,
    Day,
    Figures,
    find_figures,
    first_of_figures,
    value,
)
from claimtrack.findings.english.tokens import Token
from claimtrack.findings.overstatement.clocks import Clock, find_clocks
from claimtrack.findings.overstatement.words import Words
from claimtrack.values.interval import End, Interval

_NONE: frozenset[int] = frozenset()
_NO_NUMBERS: frozenset[Fraction] = frozenset()
_LONGEST = 12
"""Digits of a number that has letters behind it."""
_UP = frozenset({"above", "beyond", "exceeding", "least", "more", "over"})
_DOWN = frozenset({"below", "fewer", "less", "most", "under", "up"})
_LISTED = 10
_SHORT = {"k": 10**3, "m": 10**6, "mn": 10**6, "bn": 10**9, "tn": 10**12}
_DAYS = 31


class Known:
    """The numbers and dates that the quotes of a claim give, in whatever words.

    Each is looked for when it is asked for: most statements have but one or two.
    """

    def __init__(
        self, texts: Sequence[Sequence[Token]], published: Iterable[Interval], words: Words
    ) -> None:
        """``published`` are the days on which the sources of the texts appeared."""
        self._texts = texts
        self._words = words
        self.published = [each for each in published if isfinite(each.low) and isfinite(each.high)]

    @cached_property
    def numbers(self) -> frozenset[Fraction]:
        """All numbers, those of dates included."""
        numbers = {amount.number for found in self._figures for amount in found.amounts}
        numbers.update(Fraction(part) for day in self.days for part in (day.year, day.day) if part)
        for text, of in zip(self._texts, self._taken, strict=True):
            numbers.update(_in_words(text, of, self._words))
        return frozenset(numbers)

    @cached_property
    def written(self) -> frozenset[str]:
        """All words and figures as they are written, but for times of day."""
        pairs = zip(self._texts, self._taken, strict=True)
        return frozenset(
            token.text for text, of in pairs for at, token in enumerate(text) if at not in of
        )

    @cached_property
    def days(self) -> tuple[Day, ...]:
        """All dates."""
        return tuple(day for found in self._figures for day in found.dates)

    @cached_property
    def minutes(self) -> frozenset[int]:
        """The times of day, in minutes from midnight."""
        return frozenset(at for each in self._clocks for clock in each for at in clock.minutes)

    @cached_property
    def listed(self) -> int:
        """How many things are listed in one of the texts."""
        return max(map(_listed, self._texts), default=0)

    @cached_property
    def relative(self) -> bool:
        """Whether a date is told from the day of writing: last week, on Monday."""
        dates = self._words.relative_dates
        return any(True for text in self._texts for _ in dates.find(text))

    @cached_property
    def _clocks(self) -> list[list[Clock]]:
        return [list(find_clocks(text)) for text in self._texts]

    @cached_property
    def _taken(self) -> list[frozenset[int]]:
        """The places of each text that are part of a time of day."""
        return [frozenset(at for clock in each for at in clock.places) for each in self._clocks]

    @cached_property
    def _figures(self) -> list[Figures]:
        pairs = zip(self._texts, self._taken, strict=True)
        return [find_figures(text, of) for text, of in pairs]


def has_figures(statement: Sequence[Token], words: Words) -> bool:
    """Whether a statement has any number or date that may be unknown."""
    ordinals = words.ordinals
    return bool(first_of_figures(statement)) or any(each.text in ordinals for each in statement)


def unknown_figures(
    statement: Sequence[Token], taken: frozenset[int], known: Known, words: Words
) -> Iterator[str]:
    """The numbers and dates of a statement that are not known; those taken are part of a name."""
    clocks = list(find_clocks(statement))
    yield from (each.text for each in clocks if known.minutes.isdisjoint(each.minutes))
    taken = taken.union(*(each.places for each in clocks))
    found = find_figures(statement, taken)
    yield from (each.text for each in found.dates if not _is_known_day(each, known))
    for amount in found.amounts:
        if amount.number > 1 and not _is_known(amount, _bound(statement, amount), known):
            yield amount.text
    free = (statement[at] for at in found.rest)
    for token in free:
        ordinals = _ordinal(token, words)
        if ordinals and not ordinals & known.numbers:
            yield token.text


# --------------------------------------------------------------------------------------- numbers


def _in_words(text: Sequence[Token], taken: frozenset[int], words: Words) -> Iterator[Fraction]:
    """Numbers that the figures leave out: ordinals, words such as dozen, and parts of names.

    Those taken are times of day.
    """
    for at, token in enumerate(text):
        if at in taken:
            continue
        yield from _ordinal(token, words)
        yield from words.quantities.get(token.text, ())
        if not token.text[:1].isdigit():
            continue  # as nearly every word
        if token.is_figure:
            number = value(token.text)
            yield number
            if at and token.hangs and text[at - 1].is_figure:
                yield number + value(text[at - 1].text)
        elif digits := _leading(token.text):
            yield digits
    yield from _halves(text)


def _leading(word: str) -> Fraction | None:
    """The number that a word begins with: 850km, 1990s, 2m."""
    unit = word.lstrip("0123456789")
    digits = word[: len(word) - len(unit)]
    if not digits or len(digits) > _LONGEST:
        return None
    return Fraction(digits) * _SHORT.get(unit, 1)


def _halves(text: Sequence[Token]) -> Iterator[Fraction]:
    """Seven and a half thousand: what ``find_figures`` takes for seven, and a thousand."""
    for at in range(len(text) - 3):
        if text[at + 3].text != "half":
            continue
        if (text[at + 1].text, text[at + 2].text) == ("and", "a"):
            before = find_figures(text[at : at + 1], _NONE).amounts
            after = find_figures(text[at + 4 : at + 5], _NONE).amounts
            scale = after[0].number if after else Fraction(1)
            yield from ((each.number + Fraction(1, 2)) * scale for each in before)


def _ordinal(token: Token, words: Words) -> frozenset[Fraction]:
    """The numbers that an ordinal may be, in figures or in a word."""
    text = token.text
    if not text[:1].isdigit():
        return words.ordinals.get(text, _NO_NUMBERS)
    digits = text[:-2]
    if text.endswith(("st", "nd", "rd", "th")) and digits.isascii() and digits.isdigit():
        return frozenset({Fraction(digits[:_LONGEST])})
    return words.ordinals.get(text, _NO_NUMBERS)


def _listed(text: Sequence[Token]) -> int:
    """How many things a text may list: "A, B and C" are three."""
    return 1 + sum("," in token.mark or token.text in ("and", "or") for token in text)


def _bound(statement: Sequence[Token], amount: Amount) -> frozenset[str]:
    """The words before a number that say that it is a bound: more than, at least, up to."""
    first = amount.text.split()[0]
    at = next((n for n, token in enumerate(statement) if token.text == first), 0)
    return frozenset(token.text for token in statement[max(at - 2, 0) : at])


def _is_known(amount: Amount, before: frozenset[str], known: Known) -> bool:
    if amount.text[:1].isdigit() and amount.text in known.written:
        return True  # a figure alone, as nearly all are: the others take more to tell
    number, numbers = amount.number, known.numbers
    if number in numbers or (number <= _LISTED and number <= known.listed):
        return True
    near = [Amount(each, "") for each in numbers if each > 0]
    if amount.hedged and not all(amount.differs(each) for each in near):
        return True
    if before & _UP and any(number <= each <= number * 2 for each in numbers):
        return True
    return bool(before & _DOWN) and any(each <= number <= each * 2 for each in numbers)


# ----------------------------------------------------------------------------------------- dates


def _is_known_day(day: Day, known: Known) -> bool:
    if day.text in known.written:
        return True  # a year alone
    if any(_agrees(day, other, known) for other in known.days):
        return True
    if any(_within(day, days) for days in known.published) or known.relative:
        return True
    parts = (day.year, day.day if day.month is None else None)
    return any(part and Fraction(part) in known.numbers for part in parts) and day.month is None


def _agrees(day: Day, other: Day, known: Known) -> bool:
    """Whether a date says no more than the other does, whose year may be that of its source."""
    if day.month and day.month != other.month:
        return False
    if day.day and day.day != other.day and Fraction(day.day) not in known.numbers:
        return False
    if day.year is None or day.year == other.year:
        return True
    return other.year is None and _is_year_of(day.year, known)


def _is_year_of(year: int, known: Known) -> bool:
    """Whether a year is given elsewhere, or may be the one in which a source was written."""
    if any(day.year == year for day in known.days) or not known.published:
        return True
    return any(
        _day(each.low).year - 1 <= year <= _day(each.high).year + 1 for each in known.published
    )


def _within(day: Day, days: Interval) -> bool:
    """Whether a date is that of the source's appearing, as far as both are given."""
    first, last = _day(days.low), _day(days.high)
    if day.year is None:
        return False
    low = (day.year, day.month or 1, day.day or 1)
    high = (day.year, day.month or 12, day.day or _DAYS)
    return low <= (last.year, last.month, last.day) and high >= (first.year, first.month, first.day)


def _day(end: End) -> date:
    return date.fromordinal(int(end))

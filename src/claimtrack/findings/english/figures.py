"""Numbers and dates as statements have them: ``7,500``, ``two million``, ``14 July 2024``."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from functools import lru_cache

from claimtrack.findings.english.lexicon import months, number_words, stops
from claimtrack.findings.english.tokens import Token
from claimtrack.frozen import frozen


@frozen
class Amount:
    """A number, and whether it is hedged: said to be about so much."""

    number: Fraction
    text: str
    hedged: bool = False

    def differs(self, other: Amount) -> bool:
        """Whether it is another number, more than a tenth apart if either is hedged."""
        low, high = sorted((self.number, other.number))
        return low * 11 < high * 10 if self.hedged or other.hedged else low != high


@frozen
class Day:
    """A date, as far as it is given."""

    year: int | None
    month: int | None
    day: int | None
    text: str

    def differs(self, other: Day) -> bool:
        """Whether both give a year, a month or a day, and not the same."""
        pairs = ((self.year, other.year), (self.month, other.month), (self.day, other.day))
        return any(mine != theirs for mine, theirs in pairs if mine and theirs)


@frozen
class Figures:
    """The dates and amounts of a statement, and the places of its other tokens."""

    dates: tuple[Day, ...]
    amounts: tuple[Amount, ...]
    rest: tuple[int, ...]


_HEDGES = frozenset(
    {"about", "almost", "approximately", "around", "circa", "nearly", "roughly", "some"}
)
_BEFORE_COUNTS = _HEDGES | {"than", "least", "over", "under"}
_NO_NUMBER = frozenset({"any", "every", "no", "that", "the", "this", "which"})
_SCALE = 100


def find_figures(tokens: Sequence[Token], taken: frozenset[int]) -> Figures:
    """What of the tokens is a date or an amount; those taken are part of a name."""
    dates: list[Day] = []
    amounts: list[Amount] = []
    rest: list[int] = []
    at = 0
    begin = frozenset(first_of_figures(tokens))
    while at < len(tokens):
        span = _free(tokens, taken, at) if at in begin else ()
        if span and (found := _date(span, tokens, at)):
            date, length = found
            dates.append(date)
        elif span and (number := _amount(span, tokens, at)):
            amount, length = number
            amounts.append(amount)
        else:
            length = 1
            if at not in taken:
                rest.append(at)
        at += length
    return Figures(tuple(dates), tuple(amounts), tuple(rest))


def first_of_figures(tokens: Sequence[Token]) -> list[int]:
    """The places of all tokens that a date or an amount can begin with, as few can."""
    words, names = number_words(), months()
    return [
        at
        for at, token in enumerate(tokens)
        if token.text in words
        or (token.text in names and token.capital)
        or "0" <= token.text[:1] <= "9"
    ]


def _free(tokens: Sequence[Token], taken: frozenset[int], at: int) -> Sequence[Token]:
    """The next few tokens, up to the first that is part of a name."""
    end = at
    while end < min(at + 6, len(tokens)) and end not in taken:
        end += 1
    return tokens[at:end]


# ------------------------------------------------------------------------------------------- dates


def _date(span: Sequence[Token], tokens: Sequence[Token], at: int) -> tuple[Day, int] | None:
    """The date that a span begins with, and in how many tokens."""
    if written := _iso(span):
        return written
    day = _day(span[0])
    after_day = 2 if len(span) > 1 and span[1].text == "of" else 1
    if day and len(span) > after_day and _month(span[after_day]):
        year = _year(span[after_day + 1 :])
        return _told(span, after_day + 1, year, _month(span[after_day]), day)
    if month := _month(span[0]):
        day = _day(span[1]) if len(span) > 1 else None
        year = _year(span[2 if day else 1 :])
        if day or year or span[0].text != "may":
            return _told(span, 2 if day else 1, year, month, day)
    year = _year(span)
    if year and not _is_name_part(tokens, at) and not _counts(tokens, at):
        return _told(span, 0, year, None, None)
    return None


def _told(
    span: Sequence[Token], length: int, year: int | None, month: int | None, day: int | None
) -> tuple[Day, int]:
    length += year is not None
    text = " ".join(token.text.title() if token.capital else token.text for token in span[:length])
    return Day(year, month, day, text), length


def _iso(span: Sequence[Token]) -> tuple[Day, int] | None:
    parts = [span[0].text, *(token.text for token in span[1:3] if token.hangs)]
    year = _year(span)
    month = int(parts[1]) if len(parts) > 1 and _is_short(parts[1]) else 0
    if not year or not 1 <= month <= 12:
        return None
    day = int(parts[2]) if len(parts) > 2 and _is_short(parts[2]) else None
    length = 2 if day is None else 3
    return Day(year, month, day, "-".join(parts[:length])), length


def _is_short(text: str) -> bool:
    return len(text) == 2 and text.isascii() and text.isdigit()


def _month(token: Token) -> int | None:
    return months().get(token.text) if token.capital else None


def _day(token: Token) -> int | None:
    text = token.text
    digits = text[:-2] if text.endswith(("st", "nd", "rd", "th")) else text
    if digits.isascii() and digits.isdigit() and len(digits) < 3 and 1 <= int(digits) <= 31:
        return int(digits)
    return None


def _year(span: Sequence[Token]) -> int | None:
    text = span[0].text if span else ""
    is_year = len(text) == 4 and text.isascii() and text.isdigit() and text[:2] in ("19", "20")
    return int(text) if is_year else None


def _counts(tokens: Sequence[Token], at: int) -> bool:
    """Whether a number is said to be about or more than so much, as no year is."""
    return at > 0 and tokens[at - 1].text in _BEFORE_COUNTS


def _is_name_part(tokens: Sequence[Token], at: int) -> bool:
    """Whether a number belongs to the name before it: ``T-72``, ``Article 5``."""
    if at == 0:
        return False
    before = tokens[at - 1]
    is_word = not before.is_figure and before.text not in stops()
    if tokens[at].hangs:
        return is_word
    return before.capital and is_word and before.text not in months()


# ----------------------------------------------------------------------------------------- amounts


def _amount(span: Sequence[Token], tokens: Sequence[Token], at: int) -> tuple[Amount, int] | None:
    """The number that a span begins with, and in how many tokens."""
    if (span[0].is_figure and _is_name_part(tokens, at)) or _is_pronoun(tokens, at):
        return None
    total = current = Fraction(0)
    length = 0
    for at_word, token in enumerate(span):
        number = _number(token, first=length == 0)
        if number is None and token.text == "and" and current and current % _SCALE == 0:
            continue  # three hundred and forty
        if number is None or (number < _SCALE and not _may_add(current, number)):
            break
        length = at_word + 1
        if number < _SCALE or token.is_figure:
            current += number
        elif number == _SCALE:
            current = (current or 1) * number
        else:
            total, current = total + (current or 1) * number, Fraction(0)
    if not length:
        return None
    hedged = at > 0 and tokens[at - 1].text in _HEDGES
    text = " ".join(token.text for token in span[:length])
    return Amount(total + current, text, hedged), length


def _may_add(current: Fraction, number: Fraction) -> bool:
    """Whether a number up to ninety-nine goes on with one: twenty five, but not five, one."""
    below = current % _SCALE
    return below == 0 or (below >= 20 and below % 10 == 0 and number < 10)


def _number(token: Token, *, first: bool) -> Fraction | None:
    if token.is_figure:
        return value(token.text) if first else None
    word = number_words().get(token.text)
    return None if word is None else Fraction(word)


@lru_cache(maxsize=1_000)  # the same numbers stand in a statement, its quotes, and the next claim
def value(figure: str) -> Fraction:
    """The number that a token is which is a figure."""
    return Fraction(figure.replace(",", ""))


def _is_pronoun(tokens: Sequence[Token], at: int) -> bool:
    """Whether it is the ``one`` of "no one", "one of them" and the like."""
    if tokens[at].text != "one":
        return False
    before = tokens[at - 1].text if at else ""
    after = tokens[at + 1].text if at + 1 < len(tokens) else "of"
    return before in _NO_NUMBER or after in ("of", "another", "day", "side")

"""Times of day as texts have them: ``04:10`` and ``4.10 a.m.`` are one time, and no numbers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from claimtrack.findings.english.tokens import Token
from claimtrack.frozen import frozen


@frozen
class Clock:
    """A time of day, as written; the places of its tokens, and the minutes that it may mean.

    Minutes count from midnight. One of up to twelve hours that does not say of which half of the
    day may be in either.
    """

    text: str
    places: frozenset[int]
    minutes: frozenset[int]


def find_clocks(text: Sequence[Token]) -> Iterator[Clock]:
    """The times of day of a text, in order."""
    for at, token in enumerate(text):
        if token.mark == ":" and at and _is_time(text[at - 1].text, token.text):
            yield _clock(text, at - 1, 2, text[at - 1].text, token.text)
        elif "." in token.text:
            hour, _, minute = token.text.partition(".")
            if _is_time(hour, minute) and _half(text, at + 1) is not None:
                yield _clock(text, at, 1, hour, minute)


def _is_time(hour: str, minute: str) -> bool:
    return _digits(hour, 1) and _digits(minute, 2) and int(hour) < 24 and int(minute) < 60


def _digits(text: str, least: int) -> bool:
    return least <= len(text) <= 2 and text.isascii() and text.isdigit()


def _clock(text: Sequence[Token], at: int, length: int, hour: str, minute: str) -> Clock:
    half = _half(text, at + length)
    hours, written = int(hour), ":".join((hour, minute))
    if half is not None:
        meant = {hours % 12 + 12 * half}
    elif 0 < hours <= 12 and not hour.startswith("0"):
        meant = {hours % 12, hours % 12 + 12}
    else:
        meant = {hours}
    places = frozenset(range(at, at + length))
    return Clock(written, places, frozenset(each * 60 + int(minute) for each in meant))


def _half(text: Sequence[Token], at: int) -> int | None:
    """Which half of the day the words at a place say: 0 a.m., 1 p.m."""
    words = "".join(token.text for token in text[at : at + 2])
    for half, letters in enumerate(("am", "pm")):
        if words.startswith(letters) and (
            len(text) > at and text[at].text in (letters[0], letters)
        ):
            return half
    return None

"""Dates: the part of EDTF (ISO 8601-2) that the register uses, as intervals of days.

Years, months and days, each with ``~``; intervals ``A/B``, either end of which may be ``..``.
Days are proleptic Gregorian ordinals: 1 is 0001-01-01. A missing part of a date is never filled in:
``2024`` is all of that year.
"""

from __future__ import annotations

import math
import re
from datetime import date

from claimtrack.values.interval import Interval
from claimtrack.values.refusal import Refused

FIRST_DAY = date.min.toordinal()
LAST_DAY = date.max.toordinal()

_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?(~)?")


def read_date(text: str) -> Interval:
    """First and last day of a date or an interval of dates.

    Raises Refused: CT401 outside the profile, CT402 reversed, CT403 an empty end.
    """
    start, slash, end = text.partition("/")
    if not slash:
        if text == "..":
            raise Refused("CT401", "'..' alone is no date; leave the key out for 'at any time'")
        return _widened(text)
    if not start or not end:
        way_out = f"{start or '..'}/{end or '..'}"
        raise Refused("CT403", f"'{text}' has an empty end; write '{way_out}' for an open one")
    _refuse_reversed(text, start, end)
    low = -math.inf if start == ".." else _widened(start).low
    high = math.inf if end == ".." else _widened(end).high
    return Interval(low, high)


def _refuse_reversed(text: str, start: str, end: str) -> None:
    if ".." in (start, end):
        return
    if _plain(start)[0] > _plain(end)[1]:
        raise Refused("CT402", f"'{text}' ends before it begins; write '{end}/{start}'")


def _widened(text: str) -> Interval:
    """First and last day, widened by ``~`` by one unit of the date's own precision."""
    first, last = _plain(text)
    if not text.endswith("~"):
        return Interval(first, last)
    return Interval(_unit_around(first - 1, text)[0], _unit_around(last + 1, text)[1])


def _unit_around(day: int, like: str) -> tuple[int, int]:
    """First and last day of the year, month or day, whichever ``like`` is, that holds the day.

    The calendar ends at 0001 and 9999; a day beyond stands for its end.
    """
    held = date.fromordinal(min(max(day, FIRST_DAY), LAST_DAY)).isoformat()
    return _plain(held[: len(like.removesuffix("~"))])


def _plain(text: str) -> tuple[int, int]:
    """First and last day of a year, a month or a day, whatever ``~`` says."""
    match = _DATE.fullmatch(text)
    if not match:
        raise Refused("CT401", f"'{text}' is no date of the profile; {_way_out(text)}")
    from calendar import monthrange  # what shows dates that are known has no need of it

    year, month, day = (None if part is None else int(part) for part in match.groups()[:3])
    assert year is not None  # noqa: S101 - the pattern demands it
    first_month, last_month = (1, 12) if month is None else (month, month)
    try:
        last_day = monthrange(year, last_month)[1] if day is None else day
        first = date(year, first_month, 1 if day is None else day)
        last = date(year, last_month, last_day)
    except (ValueError, IndexError) as error:
        raise Refused("CT401", f"'{text}' is no date: {_reason(year, month)}") from error
    return first.toordinal(), last.toordinal()


def _reason(year: int, month: int | None) -> str:
    if year < 1:
        return "years run from 0001 to 9999"
    if month is not None and 21 <= month <= 41:
        return "seasons and quarters are outside the profile; write an interval of months"
    if month is not None and not 1 <= month <= 12:
        return "months run from 01 to 12"
    return "that month has no such day"


_FORMS = "write 2024, 2024-07, 2024-07-14, any of them with ~, or an interval A/B"


def _way_out(text: str) -> str:
    if "T" in text or ":" in text:
        return f"times of day are outside it; {_FORMS}"
    if any(sign in text for sign in "?%X"):
        return f"of EDTF's qualifiers only ~ is in it; {_FORMS}"
    if text.startswith(("[", "{")):
        return f"sets are outside it; {_FORMS}"
    return _FORMS

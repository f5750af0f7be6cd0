"""What documents say about themselves, brought into the forms that a register takes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import urlsplit

from claimtrack.values.edtf import read_date
from claimtrack.values.refusal import Refused

_LONGEST = 500
"""How many characters a title or a name may have; what is longer is something else."""
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_DATE = re.compile(r"([0-9]{4})(?:[-/]([0-9]{2})(?:[-/]([0-9]{2}))?)?(?![-/0-9])")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")


def first_line(*said: str | None) -> str | None:
    """The first that says something, on one line."""
    for each in said:
        line = " ".join(_CONTROL.sub(" ", each or "").split())
        if line and len(line) <= _LONGEST:
            return line
    return None


def listed(names: Iterable[str]) -> str | None:
    """Names, each once, as one text."""
    return first_line(", ".join(dict.fromkeys(filter(None, map(first_line, names)))))


def first_date(*said: str | None) -> str | None:
    """The first that begins with a year, a month or a day as ISO 8601 has them, as EDTF.

    A time of day is left off, and the day is the one written, whatever its time zone.
    """
    for each in said:
        found = _DATE.match((each or "").strip())
        if found is not None:
            date = "-".join(filter(None, found.groups()))
            if _is_date(date):
                return date
    return None


def _is_date(text: str) -> bool:
    try:
        read_date(text)
    except Refused:
        return False
    return True


def first_language(*said: str | None) -> str | None:
    """The first that is a BCP 47 tag; ``en_GB`` is taken for one."""
    for each in said:
        tag = (each or "").strip().replace("_", "-")
        if _LANGUAGE.fullmatch(tag):
            return tag
    return None


def first_address(*said: str | None) -> str | None:
    """The first that is a whole address of the web."""
    for each in said:
        address = first_line(each)
        if address and " " not in address and _is_of_the_web(address):
            return address
    return None


def _is_of_the_web(address: str) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.netloc)

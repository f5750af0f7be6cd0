"""What a value may look like, as JSON Schema (draft 2020-12) says it.

JSON keeps no spelling: ``2024``, ``2024.0`` and ``0x7e8`` are one number to it. Where the reader
goes by the spelling, a form takes every number that has a right one, so that no sound file is
refused.

Patterns are of the kind that all dialects share, without looking ahead. ``errorMessage`` and
``enumDescriptions`` are no words of the standard, which has programs pass over what they do not
know; editors show them.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from claimtrack.values.names import ID as AN_ID
from claimtrack.values.numbers import MAX_DIGITS

Json = dict[str, Any]

# -------------------------------------------------------------------------------- joined forms


def either(*forms: Json) -> Json:
    """One form for values of several JSON types; each of its keywords concerns one type alone.

    Flat, so that an editor can say what is wrong; of alternatives it could only say that none fits.
    """
    joined: Json = {"type": [word for form in forms for word in _types(form)]}
    for form in forms:
        joined |= {keyword: said for keyword, said in form.items() if keyword != "type"}
    return joined


def _types(form: Json) -> list[str]:
    types = mapping(form)["type"]
    return types if isinstance(types, list) else [types]


def mapping(form: Json) -> Json:
    """The form with the type that a bare reference leaves open: it leads to a mapping's keys."""
    return {"type": "object", **form}


LEFT_OUT = "As if the key were not there."


def optional(form: Json) -> Json:
    """The form of a key that may hold nothing, which counts as the key left out."""
    joined = either(form, {"type": "null"})
    if "enum" in form:
        joined["enum"] = [*form["enum"], None]
    if "enumDescriptions" in form:
        joined["enumDescriptions"] = [*form["enumDescriptions"], LEFT_OUT]
    return joined


def or_one_alone(listed: Json) -> Json:
    """A list, or one of its items without the list."""
    return either(listed["items"], listed)


def one_or_more(listed: Json) -> Json:
    """The same, but not an empty list."""
    return or_one_alone(listed) | {"minItems": 1}


def or_name_alone(alias: Json) -> Json:
    """An alias, or its name alone."""
    return either(TEXT, alias)


# --------------------------------------------------------------------------------- single values

TEXT: Json = {"type": ["string", "number", "boolean"]}
BOOLEAN: Json = {"type": "boolean"}
NUMBER: Json = {"type": "number"}

ID_PATTERN = f"^(?:{AN_ID.pattern})$"
NO_ID = "An id is lower-case letters and digits, joined by single hyphens."
ID: Json = TEXT | {
    "pattern": ID_PATTERN,
    "minimum": 0,
    "errorMessage": NO_ID,
    "examples": ["base-201-near-almaty"],
}

LINE: Json = {"type": "integer", "minimum": 1, "maximum": 10**12 - 1}
CREDIBILITY: Json = {"type": "integer", "enum": [1, 2, 3, 4, 5, 6]}


def one_of(words: Iterable[str]) -> Json:
    """One of the words."""
    return {"type": "string", "enum": list(words)}


_STEP = r"(?:[^./\x00]|\.[^./\x00]|\.\.[^/\x00])[^/\x00]*"
"""A step of a path that leads neither nowhere nor up."""

SOURCE_FILE: Json = TEXT | {
    "minLength": 1,
    "pattern": rf"^(?:\./+)*(?:\.|{_STEP}(?:/[^\x00]*)?)?$",
    "errorMessage": "A file inside a source folder: no / at its beginning, no way up out of it.",
}
FILE_PATTERN: Json = TEXT | {
    "pattern": r"^[^\x00]*[^/\x00][^\x00]*$",
    "errorMessage": "The name of a file, in which * stands for anything but /.",
    "examples": ["claims/*.yaml"],
}

# ----------------------------------------------------------------------------------------- dates

_YEAR = "(?:[1-9][0-9]{3}|0[1-9][0-9]{2}|00[1-9][0-9]|000[1-9])"
_BY_FOUR = "(?:0[48]|[2468][048]|[13579][26])"  # two digits: 04 to 96
_LEAP_YEAR = f"(?:[0-9]{{2}}{_BY_FOUR}|{_BY_FOUR}00)"
_MONTH = "(?:0[1-9]|1[0-2])"
_DAY_OF_MONTH = (
    "(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])"
    "|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)"
    "|02-(?:0[1-9]|1[0-9]|2[0-8]))"
)
_DAYS = f"(?:{_YEAR}(?:-(?:{_MONTH}|{_DAY_OF_MONTH}))?|{_LEAP_YEAR}-02-29)~?"
_END = rf"(?:{_DAYS}|\.\.)"

DATE: Json = {
    "type": ["string", "integer"],
    "pattern": f"^(?:{_DAYS}|{_END}/{_END})$",
    "minimum": 1,
    "maximum": 9999,
    "errorMessage": "A date is written 2024, 2024-07 or 2024-07-14, each with ~ if it is rough, or "
    "as an interval A/B, either end of which may be '..'.",
    "examples": ["2024-07-14", "2024-07~", "2024-07-08/2024-07-17", "2014/.."],
}

# ------------------------------------------------------------------------------------ properties

SHARE: Json = {
    "type": ["string", "number"],
    "pattern": r"^[0-9]+(?:\.[0-9]+)?%$",
    "maxLength": MAX_DIGITS,
    "minimum": 0,
    "errorMessage": "A share is written 5% or 0.05, the latter without quotes.",
    "examples": ["5%", 0.05],
}
_TOLERANCES: dict[str, Json] = {
    "number": SHARE
    | {"errorMessage": "A tolerance of a number is written 50 or 10%, the former without quotes."},
    "date": {
        "type": "string",
        "pattern": "^[0-9]{1,7}d$",
        "errorMessage": "A tolerance of a date is written in days, such as 3d.",
    },
}
_NO_TOLERANCE = "Only properties of type number or date have a tolerance."
TOLERANCE: Json = {"type": ["string", "number"], "examples": ["10%", 50, "3d"]}


def tolerance_by_type(types: Iterable[str]) -> Json:
    """What a property's tolerance may be, for each type that the property may have."""
    return {
        "allOf": [
            {
                "if": _holds("type", {"const": word}),
                "then": {"properties": {"tolerance": _tolerance(word)}},
            }
            for word in types
        ]
    }


def _tolerance(of_type: str) -> Json:
    form = _TOLERANCES.get(of_type)
    return optional(form) if form else {"type": "null", "errorMessage": _NO_TOLERANCE}


# Two numbers of one value may differ in their spelling, so only choices that are strings tell that
# one stands twice.
CHOICES: Json = {
    "type": ["array", "object"],
    "items": TEXT,
    "if": {"items": {"type": "string"}},
    "then": {"uniqueItems": True},
    "additionalProperties": optional(TEXT),
}
SCOPE: Json = {"type": "object", "additionalProperties": optional(TEXT)}

# ------------------------------------------------------------------------ keys that go together


def _holds(key: str, form: Json) -> Json:
    return {"properties": {key: form}, "required": [key]}


def _given(key: str) -> Json:
    return _holds(key, {"not": {"type": "null"}})


def _needs(key: str) -> Json:
    return _holds(key, TEXT)


def _without(keys: Iterable[str], message: str) -> Json:
    return {"properties": {key: {"type": "null", "errorMessage": message} for key in keys}}


_ALONE = "Write value alone, about alone, or min and max."
PARTS_TOGETHER: Json = {
    "if": _given("value"),
    "then": _without(("about", "min", "max"), _ALONE),
    "else": {
        "if": _given("about"),
        "then": _without(("min", "max"), _ALONE),
        "else": {"anyOf": [_given(key) for key in ("value", "about", "min", "max")]},
    },
}


def reviews_of(of_conflicts: Iterable[str], of_disputes: Iterable[str]) -> Json:
    """Which keys of a review go together: its decision belongs to what it is of."""
    by_conflict: Json = {
        "properties": {
            "dispute": {
                "type": "null",
                "errorMessage": "A review is of either a conflict or a dispute.",
            },
            "decision": one_of(of_conflicts),
        },
        "if": _holds("decision", {"const": "prevails"}),
        "then": _needs("claim"),
    }
    return {
        "if": _given("conflict"),
        "then": by_conflict,
        "else": {
            "if": _given("dispute"),
            "then": {"properties": {"decision": one_of(of_disputes)}},
            "else": {"anyOf": [_needs("conflict"), _needs("dispute")]},
        },
    }

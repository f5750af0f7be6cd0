"""From a written value to its interval."""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction
from typing import Protocol

from claimtrack.diagnostic import did_you_mean
from claimtrack.frozen import frozen
from claimtrack.model import Property
from claimtrack.reading.nodes import Scalar, core_type
from claimtrack.values.edtf import read_date
from claimtrack.values.interval import End, Interval, exact, point, times
from claimtrack.values.names import fold
from claimtrack.values.numbers import read_number
from claimtrack.values.refusal import Refused
from claimtrack.values.trees import number_forest
from claimtrack.values.units import factor


class Parts(Protocol):
    """A number in parts: exactly, about, or between."""

    @property
    def value(self) -> Scalar | None:
        """What it is exactly."""

    @property
    def about(self) -> Scalar | None:
        """What it is roughly."""

    @property
    def min(self) -> Scalar | None:
        """What it is at least."""

    @property
    def max(self) -> Scalar | None:
        """What it is at most."""

    @property
    def unit(self) -> Scalar | None:
        """What it is counted in."""


_PARTS = ("value", "about", "min", "max", "unit")


def value_parts(value: Scalar | Parts) -> tuple[tuple[str, str], ...]:
    """The parts of a number written in parts, as (name, text), in a fixed order."""
    if isinstance(value, Scalar):
        return ()
    held = ((name, getattr(value, name)) for name in _PARTS)
    return tuple((name, part.text) for name, part in held if part is not None)


def value_text(value: Scalar | Parts) -> str:
    """A value as shown: its own text, or its parts in a fixed order, as ``{about: 7500}``."""
    if isinstance(value, Scalar):
        return value.text
    return "{" + ", ".join(f"{name}: {text}" for name, text in value_parts(value)) + "}"


@frozen
class ChoiceLines:
    """The line of each choice property: the numbers of each choice and all narrower ones."""

    lines: Mapping[str, Mapping[str, Interval]]

    @classmethod
    def of(cls, properties: Mapping[str, Property]) -> ChoiceLines:
        """Number the choices of every property that has some."""
        return cls({p.id: number_forest(p.choices) for p in properties.values() if p.choices})


def plain_interval(
    value: Scalar | Parts, of: Property, choices: ChoiceLines, ranks: Mapping[str, int]
) -> Interval:
    """Where a value lies that names no entity. Raises Refused (CT304, CT401 to CT411)."""
    match of.type:
        case "number":
            return number_interval(value, of)
        case "date":
            return date_interval(value)
        case "boolean":
            return boolean_interval(value)
        case "choice":
            return choice_interval(value, of, choices)
        case _:
            return point(ranks[fold(plain_text(value).text)])


def entity_interval(
    entity: str, of: Property, places: Mapping[str, Interval], ranks: Mapping[str, int]
) -> Interval:
    """Where an entity lies, or the folded text of a name that none declares."""
    if entity not in places:
        return point(ranks[entity])
    return places[entity] if of.nested else point(places[entity].low)


def choice_interval(value: Scalar | Parts, of: Property, lines: ChoiceLines) -> Interval:
    """Where a choice lies on its property's line. Raises Refused (CT304, CT410)."""
    text = plain_text(value).text
    line = lines.lines.get(of.id, {})
    if text not in line:
        hint = did_you_mean(text, line) or f"; they are {', '.join(line) or 'none'}"
        raise Refused("CT410", f"'{text}' is not one of the choices of {of.id}{hint}")
    return line[text] if of.nested else point(line[text].low)


def boolean_interval(value: Scalar | Parts) -> Interval:
    """0 for false, 1 for true. Raises Refused (CT411)."""
    if not isinstance(value, Scalar) or value.core != "boolean":
        raise Refused(
            "CT411", f"{_shown(value)} is neither true nor false; write one of them, without quotes"
        )
    return point(int(value.text.lower() == "true"))


def date_interval(value: Scalar | Parts) -> Interval:
    """First and last day of a date. Raises Refused (CT304, CT401 to CT403)."""
    return read_date(plain_text(value).text)


def plain_text(value: Scalar | Parts) -> Scalar:
    """The value as text. Raises Refused (CT304) for a number in parts."""
    if not isinstance(value, Scalar):
        raise Refused("CT304", "one plain value is expected here; only numbers have parts")
    return value


# ---------------------------------------------------------------------------------------- numbers


def number_interval(value: Scalar | Parts, of: Property) -> Interval:
    """Where a number lies, in the property's unit. Raises Refused (CT404 to CT409)."""
    if isinstance(value, Scalar):
        return point(_number(value))
    interval = _parts_interval(value, of)
    if value.unit is None or value.unit.text == of.unit:
        return interval
    if of.unit is None:
        raise Refused("CT408", f"{of.id} has no unit to convert '{value.unit.text}' to; add one")
    by = factor(value.unit.text, of.unit)
    return Interval(times(interval.low, by), times(interval.high, by))


def _parts_interval(value: Parts, of: Property) -> Interval:
    given = [name for name in _PARTS[:4] if getattr(value, name) is not None]
    if value.value is not None and len(given) == 1:
        return point(_number(value.value))
    if value.about is not None and len(given) == 1:
        middle = Fraction(_number(value.about))
        room = abs(middle) * of.about_ratio
        return Interval(exact(middle - room), exact(middle + room))
    if given and {"min", "max"}.issuperset(given):
        return _between(value)
    wrong = f"{', '.join(given)} do not go together" if given else "nothing but a unit is given"
    raise Refused("CT407", f"{wrong}; write value alone, about alone, or min and max")


def _between(value: Parts) -> Interval:
    low: End = _number(value.min) if value.min else -float("inf")
    high: End = _number(value.max) if value.max else float("inf")
    if low > high:
        raise Refused(
            "CT406", f"min {_shown(value.min)} is above max {_shown(value.max)}; swap them"
        )
    return Interval(low, high)


_LONGEST = 80
_AMOUNT = re.compile(r"([0-9][0-9,. ]*)\s*([^\W\d_].*)")
_RANGE = re.compile(r"([0-9.]+)\s*(?:[-–—]|to)\s*([0-9.]+)")
_ABOUT = re.compile(r"(?:about|around|approximately|ca?\.?|~|≈)\s*([0-9][0-9,. ]*)", re.IGNORECASE)


def _number(scalar: Scalar) -> int | Fraction:
    if scalar.core == "number":
        return read_number(scalar.text)
    raise Refused("CT404", f"{_shown(scalar)} is no number; {_way_out(scalar.text)}")


def _way_out(text: str) -> str:
    """What somebody who wrote a number in words probably meant."""
    text = text[:_LONGEST]
    if match := _AMOUNT.fullmatch(text):
        return f"write {{value: {_digits(match[1])}, unit: {match[2].strip()}}}"
    if match := _RANGE.fullmatch(text):
        return f"write {{min: {match[1]}, max: {match[2]}}}"
    if match := _ABOUT.fullmatch(text):
        return f"write {{about: {_digits(match[1])}}}"
    if core_type(text) == "number":
        return "remove the quotes, which make it text"
    return "write digits alone, such as 7500"


def _digits(text: str) -> str:
    return re.sub(r"[, ]", "", text)


def _shown(value: Scalar | Parts | None) -> str:
    return "nothing" if value is None else f"'{value_text(value)}'"

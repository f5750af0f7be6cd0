"""What is drawn of a conflict: its values on a scale, or as trees."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import chain, islice, zip_longest

from claimtrack.findings.conflicts import Conflict, Position
from claimtrack.frozen import frozen
from claimtrack.model import Assertion, Property, Register
from claimtrack.render.branches import Forest, Leaf, draw_tree
from claimtrack.render.drawing import ROWS, Drawing, Ends, Row, draw_scale, span
from claimtrack.render.figures import rounded
from claimtrack.render.words import count, distinct_values, entity_words, value_words
from claimtrack.values.interval import End

_WIDTH = 80
"""Columns where nothing limits a line."""

_NARROWEST = 12
"""Columns below which arrows and marks would have no room; the lines are wider then."""


def picture(conflict: Conflict, register: Register, width: int | None) -> Drawing | None:
    """The drawing of a conflict's values; None where there is nothing to draw.

    A yes or no and a text have no place on a line that a reader would know, and a declared conflict
    has no values.
    """
    if conflict.property is None:
        return None
    of = register.properties[conflict.property]
    values = list(_values(conflict.positions, register))
    shown = sorted(islice(_in_turn(values), ROWS), key=_numbered)
    room = max((width or _WIDTH) - 2, _NARROWEST)
    if of.type in ("number", "date"):
        drawn = _scale(shown, of, register, room)
    elif of.type in ("entity", "choice"):
        drawn = _tree(shown, of, register, room)
    else:
        return None
    more = sum(map(len, values)) - len(shown)
    told = [f"and {count(more, 'more value')}"] if more else []
    alone = [] if of.nested else ["here a part does not stand for its whole"]
    return Drawing((*drawn.lines, *told), (*drawn.signs, *alone))


@frozen
class _Value:
    """A value that a position has, as one of its assertions writes it."""

    number: int
    assertion: Assertion


def _numbered(value: _Value) -> tuple[int, End, End]:
    interval = value.assertion.interval
    return value.number, interval.low, interval.high


def _values(positions: Sequence[Position], register: Register) -> Iterator[list[_Value]]:
    """The distinct values of each position, those that name it first."""
    for number, position in enumerate(positions, start=1):
        yield [_Value(number, each) for each in distinct_values(position, register)]


def _in_turn(values: Sequence[Sequence[_Value]]) -> Iterator[_Value]:
    """One value of each position, then a second of each, so that no position is crowded out."""
    rounds = chain.from_iterable(zip_longest(*values))
    return (value for value in rounds if value is not None)


# --------------------------------------------------------------------------------------- on a scale


def _scale(values: Sequence[_Value], of: Property, register: Register, width: int) -> Drawing:
    rows = [
        Row(
            value.number,
            value_words(value.assertion, register),
            value.assertion.interval,
            value.assertion.reach,
            denied=value.assertion.negated,
        )
        for value in values
    ]
    outer = span(rows)
    low, high = (outer.low, outer.high) if outer else (0, 0)
    if of.type == "date":
        return draw_scale(rows, Ends(_day(low), _day(high)), width)
    unit = f" {of.unit}" if of.unit else ""
    return draw_scale(rows, Ends(_figure(low), f"{_figure(high)}{unit}"), width)


def _day(end: End) -> str:
    return date.fromordinal(int(end)).isoformat() if end else ""


_PLACES = 6


def _figure(end: End) -> str:
    return "" if isinstance(end, float) else rounded(end, _PLACES)


# ----------------------------------------------------------------------------------------- as trees


def _tree(values: Sequence[_Value], of: Property, register: Register, width: int) -> Drawing:
    leaves = [
        Leaf(value.number, _key(value.assertion), denied=value.assertion.negated)
        for value in values
    ]
    if of.type == "choice":
        return draw_tree(leaves, Forest(of.choices, {}), width)
    entities = register.entities
    parents = {key: entity.part_of for key, entity in entities.items()}
    names = {key: entity_words(key, register) for key in entities}
    return draw_tree(leaves, Forest(parents, names), width)


def _key(assertion: Assertion) -> str:
    return assertion.text if assertion.entity is None else assertion.entity

"""What is said of any two assertions, and in which words."""

from __future__ import annotations

import json

import pytest
from hypothesis import given

from claimtrack.engine.collisions import collide, meet
from claimtrack.engine.comparison import compare
from claimtrack.model import Assertion
from conftest import Run, Write
from test_engine import assertions

HEAD = """
entities:
  kz: {name: Kazakhstan}
  almaty: {name: Almaty, part_of: kz}
  tj: {name: Tajikistan}
  thing: {name: The Thing}
properties:
  length: {type: number, unit: km, single: true, tolerance: 3%, scope: [part]}
  count: {type: number, single: true, tolerance: 50}
  size: {type: number, single: true}
  place: {type: entity, single: true}
  visitor: {type: entity}
  day: {type: date, single: true, tolerance: 2d}
  side: {type: choice, single: true, choices: {west: , north: west, east: }}
  open: {type: boolean, single: true}
  motto: {type: text, single: true}
claims:
"""


@given(assertions(), assertions())
def test_the_first_relation_that_applies_is_given(one: Assertion, other: Assertion) -> None:
    found = compare(one, other)
    if not meet(one, other):
        expected = "different scope"
    elif collide(one, other):
        expected = "contradiction"
    elif one.interval == other.interval and one.negated == other.negated:
        expected = "agreement"
    elif (not one.negated and not other.negated) and (
        one.interval.within(other.interval) or other.interval.within(one.interval)
    ):
        expected = "refinement"
    else:
        expected = "compatible"
    assert found.relation == expected
    assert compare(other, one).relation == expected
    assert compare(other, one).rule == found.rule


@pytest.mark.parametrize(
    ("one", "other", "relation", "why"),
    [
        (
            "length, value: 7500",
            "length, value: 7644",
            "compatible",
            "‘7,500 km’ and ‘7,644 km’ differ by 1.92 %, within the tolerance of 3%.",
        ),
        (
            "length, value: 4000",
            "length, value: {about: 1000, unit: km}",
            "contradiction",
            "‘4,000 km’ and ‘about 1,000 km’ differ by at least 264 %, "
            "more than the tolerance of 3%, and only one answer holds at a time.",
        ),
        (
            "count, value: 100",
            "count, value: 140",
            "compatible",
            "‘100’ and ‘140’ differ by 40, within the tolerance of 50.",
        ),
        (
            "size, value: 1e900",
            "size, value: -1e900",
            "contradiction",
            "‘1e900’ and ‘-1e900’ differ by 2.00e+900, and only one answer holds at a time.",
        ),
        (
            "place, value: Almaty",
            "place, value: kz",
            "refinement",
            "‘Almaty’ lies within ‘Kazakhstan’.",
        ),
        (
            "place, value: Almaty",
            "place, value: tj",
            "contradiction",
            "‘Almaty’ and ‘Tajikistan’ lie apart: neither is part of the other, "
            "and only one answer holds at a time.",
        ),
        (
            "place, value: almaty",
            "place, value: kz, negated: true",
            "contradiction",
            "‘Almaty’ lies within ‘Kazakhstan’, which the other side denies.",
        ),
        (
            "place, value: kz",
            "place, value: almaty, negated: true",
            "compatible",
            "What is denied does not take in all of what is held: ‘Kazakhstan’ and ‘not Almaty’.",
        ),
        (
            "place, value: kz, negated: true",
            "place, value: tj, negated: true",
            "compatible",
            "Both deny something; two denials never collide.",
        ),
        (
            "visitor, value: kz",
            "visitor, value: tj",
            "compatible",
            "‘Kazakhstan’ and ‘Tajikistan’ differ, but there may be several answers at a time.",
        ),
        (
            "day, value: 2024-07",
            "day, value: 2024-07-14",
            "refinement",
            "‘2024-07-14’ lies within ‘2024-07’.",
        ),
        (
            "day, value: 2024-07-14",
            "day, value: 2024-07-16",
            "compatible",
            "‘2024-07-14’ and ‘2024-07-16’ are 2 days apart, within the tolerance of 2d.",
        ),
        (
            "size, value: {max: 5}",
            "size, value: {min: 3}",
            "compatible",
            "‘at most 5’ and ‘at least 3’ overlap.",
        ),
        ("side, value: north", "side, value: west", "refinement", "‘north’ lies within ‘west’."),
        (
            "side, value: north",
            "side, value: east",
            "contradiction",
            "‘north’ and ‘east’ exclude each other, and only one answer holds at a time.",
        ),
        (
            "open, value: true",
            "open, value: false",
            "contradiction",
            "It cannot be both true and false at the same time.",
        ),
        (
            "motto, value: Peace",
            "motto, value: peace",
            "agreement",
            "‘Peace’ and ‘peace’ are the same.",
        ),
        (
            "place, value: kz, during: ../2013",
            "place, value: tj, during: 2014/..",
            "different scope",
            "They hold at different times: until 2013, from 2014.",
        ),
        (
            "length, value: 1, scope: {part: land}",
            "length, value: 9, scope: {part: SEA}",
            "different scope",
            "Their scopes differ: part land and part SEA.",
        ),
        (
            "length, value: 1",
            "count, value: 1",
            "not comparable",
            "They speak of different properties: length and count.",
        ),
    ],
)
def test_compare_says_what_decided(
    one: str, other: str, relation: str, why: str, register: Write, claimtrack: Run
) -> None:
    line = "  - {id: %s, statement: x, asserts: {subject: thing, property: %s}}\n"
    register(HEAD + line % ("one", one) + line % ("other", other))
    found = json.loads(claimtrack("compare", "one", "other", "--format", "json").out)
    assert [(each["relation"], each["why"]) for each in found["comparisons"]] == [(relation, why)]
    assert f"{relation}: {why}\n" in claimtrack("compare", "one", "other").out


def test_compare_names_the_conflict_and_says_when_there_is_nothing(
    register: Write, claimtrack: Run
) -> None:
    register(
        HEAD + "  - {id: a, statement: x, asserts: {subject: thing, property: open, value: true}}\n"
        "  - {id: b, statement: x, asserts: {subject: thing, property: open, value: false}}\n"
        "  - {id: c, statement: x}\n"
    )
    assert "in conflict: thing.open (tension, open)" in claimtrack("compare", "a", "b").out
    assert (
        "Nothing to compare: c asserts nothing structured." in claimtrack("compare", "a", "c").out
    )
    assert claimtrack("compare", "a", "nobody").status == 2

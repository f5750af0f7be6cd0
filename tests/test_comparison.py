"""What is said of any two assertions, and in which words."""

from __future__ import annotations

import json
from fractions import Fraction

import pytest
from hypothesis import given

from claimtrack.engine.collisions import collide, meet
from claimtrack.engine.comparison import compare
from claimtrack.model import Assertion
from claimtrack.values.distance import distance
from claimtrack.values.interval import Interval, point
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
            "7,500 km and 7,644 km differ by 1.9 %, within the tolerance of 3 %.",
        ),
        (
            "length, value: 4000",
            "length, value: {about: 1000, unit: km}",
            "contradiction",
            "4,000 km and about 1,000 km differ by at least 263 %, "
            "more than the tolerance of 3 %, and only one answer holds at a time.",
        ),
        (
            "length, value: 1000",
            "length, value: 1030.4",
            "contradiction",
            "1,000 km and 1,030.4 km differ by 3.04 %, more than the tolerance of 3 %, "
            "and only one answer holds at a time.",
        ),
        (
            "length, value: 1000",
            "length, value: 1030.00000000000000000001",
            "contradiction",
            "1,000 km and 1,030.00000000000000000001 km differ by a trace more than 3 %, "
            "more than the tolerance of 3 %, and only one answer holds at a time.",
        ),
        (
            "length, value: 7500",
            "length, value: {min: 7400, max: 7600}",
            "refinement",
            "7,400 to 7,600 km contains 7,500 km.",
        ),
        ("size, value: 5", "size, value: 5", "agreement", "Both say 5."),
        (
            "size, value: 5, negated: true",
            "size, value: 5.0, negated: true",
            "agreement",
            "not 5 and not 5.0 are the same.",
        ),
        (
            "count, value: 100",
            "count, value: 140",
            "compatible",
            "100 and 140 differ by 40, within the tolerance of 50.",
        ),
        (
            "size, value: 1e900",
            "size, value: -1e900",
            "contradiction",
            "1e900 and -1e900 differ by 2e900, and only one answer holds at a time.",
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
            "‘Kazakhstan’ does not lie within ‘Almaty’, which the other denies, so both may hold.",
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
            "2024-07 contains 2024-07-14.",
        ),
        (
            "day, value: 2024-07-14",
            "day, value: 2024-07-16",
            "compatible",
            "2024-07-14 and 2024-07-16 are 2 days apart, within the tolerance of 2 days.",
        ),
        (
            "size, value: {max: 5}",
            "size, value: {min: 3}",
            "compatible",
            "at most 5 and at least 3 overlap.",
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
            "They hold at different times: until 2013 and from 2014.",
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
    result = claimtrack("compare", "a", "a")
    assert (result.status, result.out) == (2, "")
    assert result.err == "claimtrack: both name 'a'; give two different claims\n"


@pytest.mark.parametrize(
    ("one", "other", "said"),
    [
        (
            "relations: [{type: same-as, claim: b, why: reworded}]",
            "statement: y",
            [
                "joined: they are the same proposition and share their evidence",
                "relation: a is the same as b: reworded",
            ],
        ),
        (
            "relations: [{type: tension, claim: [b, c]}]",
            "relations: [{type: depends-on, claim: a, why: it falls with it}]",
            ["relation: a is in tension with b", "relation: b depends on a: it falls with it"],
        ),
        (
            "verdicts: [{rating: withdrawn}]",
            "statement: y",
            ["  out of play: it is withdrawn; it takes part in no conflict"],
        ),
        (
            "statement: x",
            "relations: [{type: supersedes, claim: a, why: newer}]",
            [
                "  out of play: b supersedes it; it takes part in no conflict",
                "relation: b supersedes a: newer",
            ],
        ),
    ],
)
def test_compare_says_what_else_is_between_two_claims(
    one: str, other: str, said: list[str], register: Write, claimtrack: Run
) -> None:
    def claim(key: str, more: str) -> str:
        told = more if more.startswith("statement") else f"statement: x, {more}"
        return f"  - {{id: {key}, {told}}}\n"

    register("claims:\n" + claim("a", one) + claim("b", other) + claim("c", "statement: z"))
    lines = claimtrack("compare", "a", "b").out.splitlines()
    assert [line for line in said if line not in lines] == []
    found = json.loads(claimtrack("compare", "a", "b", "--format", "json").out)
    assert found["comparisons"] == []
    assert found["same"] is ("same-as" in one)
    assert found["out_of_play"] == (["a"] if any("out of play" in line for line in said) else [])


def test_the_most_telling_pairs_come_first(register: Write, claimtrack: Run) -> None:
    one = (
        "[{subject: thing, property: size, value: 1}, {subject: thing, property: day, value: 2024}]"
    )
    other = one.replace("2024", "2026")
    register(
        f"{HEAD}  - {{id: a, statement: x, asserts: {one}}}\n"
        f"  - {{id: b, statement: x, asserts: {other}}}\n"
    )
    words = ("contradiction", "agreement", "not comparable")
    lines = claimtrack("compare", "a", "b").out.splitlines()
    found = [line.split(":")[0] for line in lines if line.startswith(words)]
    assert found == ["contradiction", "agreement", "not comparable", "not comparable"]


def test_what_is_compared_is_bounded(register: Write, claimtrack: Run) -> None:
    many = ", ".join(
        f"{{subject: thing, property: size, value: {n}, during: {2000 + n}}}" for n in range(40)
    )
    register(
        f"{HEAD}  - {{id: a, statement: x, asserts: [{many}]}}\n"
        f"  - {{id: b, statement: x, asserts: [{many}]}}\n"
    )
    found = json.loads(claimtrack("compare", "a", "b", "--format", "json").out)
    assert (len(found["comparisons"]), found["more"]) == (1000, 600)
    out = claimtrack("compare", "a", "b").out
    assert "and 600 more pairs of assertions, not compared\n" in out


@pytest.mark.parametrize(
    ("one", "other", "intervals", "gap", "share", "tolerance"),
    [
        (
            "length, value: 7500",
            "length, value: 7644",
            [["7500", "7500"], ["7644", "7644"]],
            "144",
            "0.0192",
            "3%",
        ),
        (
            "length, value: {min: 3}",
            "length, value: {about: 1.1, unit: mile}",
            [["3", None], ["1.59325056", "1.94730624"]],
            "1.05269376",
            "274139/507111",
            "3%",
        ),
        (
            "count, value: -1",
            "count, value: 1e900",
            [["-1", "-1"], ["1e900", "1e900"]],
            "1" + "0" * 899 + "1",
            None,
            "50",
        ),
        (
            "day, value: 2024-07",
            "day, value: 2024-08-10/..",
            [["2024-07-01", "2024-07-31"], ["2024-08-10", None]],
            "10",
            None,
            "2d",
        ),
        ("place, value: kz", "place, value: tj", [None, None], None, None, None),
        ("size, value: 5", "size, value: 5, negated: true", [["5", "5"]] * 2, None, None, None),
        ("size, value: 5", "count, value: 6", [["5", "5"], ["6", "6"]], None, None, None),
        (
            "size, value: {min: 1, max: 3}",
            "size, value: 2",
            [["1", "3"], ["2", "2"]],
            "0",
            "0",
            None,
        ),
    ],
)
def test_compare_gives_the_numbers_of_the_rule(
    one: str,
    other: str,
    intervals: list[list[str | None] | None],
    gap: str | None,
    share: str | None,
    tolerance: str | None,
    register: Write,
    claimtrack: Run,
) -> None:
    line = "  - {id: %s, statement: x, asserts: {subject: thing, property: %s}}\n"
    register(HEAD + line % ("one", one) + line % ("other", other))
    (row,) = json.loads(claimtrack("compare", "one", "other", "--format", "json").out)[
        "comparisons"
    ]
    assert [each["interval"] for each in row["asserts"]] == intervals
    assert (row["gap"], row["gap_share"], row["tolerance"]) == (gap, share, tolerance)


@pytest.mark.parametrize(
    ("one", "other", "gap", "share"),
    [
        (point(100), point(110), 10, Fraction(1, 10)),
        (point(-100), point(-110), 10, Fraction(1, 10)),
        (point(-1), point(1), 2, None),
        (point(0), point(5), 5, None),
        (Interval(1, 5), Interval(5, 9), 0, 0),
    ],
)
def test_how_far_two_values_lie_apart(
    one: Interval, other: Interval, gap: int, share: Fraction | None
) -> None:
    for found in (distance(one, other), distance(other, one)):
        assert (found.gap, found.share) == (gap, share)

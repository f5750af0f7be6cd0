"""Written values and what they stand for."""

from __future__ import annotations

import math
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimtrack.values.edtf import read_date
from claimtrack.values.interval import Interval
from claimtrack.values.names import fold, in_id
from claimtrack.values.numbers import read_number, read_percent
from claimtrack.values.refusal import Refused
from claimtrack.values.trees import number_forest
from claimtrack.values.units import factor


def days(text: str) -> tuple[str, str]:
    interval = read_date(text)
    return _iso(interval.low), _iso(interval.high)


def _iso(end: object) -> str:
    return date.fromordinal(end).isoformat() if isinstance(end, int) else ".."


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2024", "2024-01-01", "2024-12-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2023-02", "2023-02-01", "2023-02-28"),
        ("2024-07-14", "2024-07-14", "2024-07-14"),
        ("2024~", "2023-01-01", "2025-12-31"),
        ("2024-01~", "2023-12-01", "2024-02-29"),
        ("2024-03-01~", "2024-02-29", "2024-03-02"),
        ("2013/2014-06", "2013-01-01", "2014-06-30"),
        ("2013~/2014", "2012-01-01", "2014-12-31"),
        ("2014/..", "2014-01-01", ".."),
        ("../2013", "..", "2013-12-31"),
        ("../..", "..", ".."),
        ("0001~", "0001-01-01", "0002-12-31"),
        ("9999-12-31~", "9999-12-30", "9999-12-31"),
        ("2024-07/2024-07-14", "2024-07-01", "2024-07-14"),
    ],
)
def test_a_date_is_its_first_and_last_day(text: str, first: str, last: str) -> None:
    assert days(text) == (first, last)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("2024-21", "CT401"),
        ("2024-07-14T10:00", "CT401"),
        ("2024?", "CT401"),
        ("2024%", "CT401"),
        ("20XX", "CT401"),
        ("[2024, 2025]", "CT401"),
        ("0000", "CT401"),
        ("-2024", "CT401"),
        ("12024", "CT401"),
        ("2023-02-29", "CT401"),
        ("2024-00", "CT401"),
        ("14.07.2024", "CT401"),
        ("٢٠٢٤", "CT401"),
        ("..", "CT401"),
        ("", "CT401"),
        ("2024/2023", "CT402"),
        ("2024-07-15/2024-07-14", "CT402"),
        ("/2024", "CT403"),
        ("2024/", "CT403"),
        ("/", "CT403"),
        ("2024/2025/2026", "CT401"),
    ],
)
def test_a_date_outside_the_profile_is_refused(text: str, code: str) -> None:
    with pytest.raises(Refused) as refused:
        read_date(text)
    assert refused.value.code == code


@given(st.dates())
def test_every_day_is_its_own_interval(day: date) -> None:
    assert days(day.isoformat()) == (day.isoformat(), day.isoformat())


@given(st.dates(), st.sampled_from([4, 7, 10]))
def test_a_rough_date_holds_the_exact_one(day: date, length: int) -> None:
    text = day.isoformat()[:length]
    assert read_date(text).within(read_date(text + "~"))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("7500", 7500),
        ("-4.70", Fraction(-47, 10)),
        ("1e3", 1000),
        ("1e-3", Fraction(1, 1000)),
        (".5", Fraction(1, 2)),
        ("+1.", 1),
        ("0x10", 16),
        ("0o17", 15),
        ("0900", 900),
        ("-0", 0),
    ],
)
def test_a_number_is_exactly_its_text(text: str, value: Fraction) -> None:
    assert read_number(text) == value


@pytest.mark.parametrize(
    "text", [".inf", "-.INF", ".nan", "1e1001", "1e-1001", "1e99999999999999", "9" * 5000]
)
def test_a_number_has_bounds(text: str) -> None:
    with pytest.raises(Refused) as refused:
        read_number(text)
    assert refused.value.code == "CT405"


@given(st.decimals(allow_nan=False, allow_infinity=False, places=6))
def test_decimals_are_never_rounded(number: object) -> None:
    assert read_number(str(number)) == Fraction(str(number))


def test_a_percentage_is_a_share() -> None:
    assert read_percent("12.5%") == Fraction(1, 8)
    assert read_percent("12") is None


@pytest.mark.parametrize(
    ("unit", "target", "by"),
    [
        ("mile", "km", Fraction(1609344, 1000000)),
        ("km", "m", Fraction(1000)),
        ("km/h", "m/s", Fraction(5, 18)),
        ("degree", "arcminute", Fraction(60)),
        ("troops", "troops", Fraction(1)),
        ("kg/(m*s**2)", "Pa", Fraction(1)),
        ("1/hour", "1/second", Fraction(1, 3600)),
        ("km²", "m^2", Fraction(10**6)),
    ],
)
def test_a_unit_is_converted_exactly(unit: str, target: str, by: Fraction) -> None:
    assert factor(unit, target) == by


@pytest.mark.parametrize(
    ("unit", "target", "code"),
    [
        ("kg", "km", "CT408"),
        ("furlongs-and-more", "km", "CT408"),
        ("9**9**9", "km", "CT408"),
        ("m**99999999", "m", "CT408"),
        ("(m**9)**9", "m", "CT408"),
        ("m**9 **9", "m", "CT408"),
        ("99 m", "m", "CT408"),
        ("/", "m", "CT408"),
        ("m*", "m", "CT408"),
        ("m(", "m", "CT408"),
        ("m", "m)", "CT408"),
        ("__import__", "km", "CT408"),
        ("degC", "kelvin", "CT409"),
        ("degree", "radian", "CT409"),
        ("dB", "dimensionless", "CT409"),
    ],
)
def test_a_unit_without_an_exact_conversion_is_refused(unit: str, target: str, code: str) -> None:
    with pytest.raises(Refused) as refused:
        factor(unit, target)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Almaty", "  almaty "),
        ("New  York\t", "new york"),
        ("Straße", "STRASSE"),
        ("Ａlmaty", "almaty"),
        ("caf\u00e9", "cafe\u0301"),
        ("ﬁne", "fine"),
        ("a\u00a0b", "a b"),
    ],
)
def test_spellings_of_one_name_fold_alike(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@given(st.text())
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_a_name_in_an_id_is_percent_encoded() -> None:
    assert in_id("some place/é.") == "some%20place%2F%C3%A9%2E"
    assert in_id("base-201") == "base-201"


PARENTS = st.integers(0, 12).flatmap(
    lambda n: st.tuples(*(st.integers(-1, i - 1) for i in range(n)))
)


@given(PARENTS)
def test_a_part_lies_within_its_whole_and_nothing_else_does(parents: tuple[int, ...]) -> None:
    tree = {f"n{i}": None if up < 0 else f"n{up}" for i, up in enumerate(parents)}
    places = number_forest(tree)
    for node in tree:
        above = _ancestors(node, tree)
        for other in tree:
            assert places[node].within(places[other]) == (other in above)
            assert places[node].disjoint(places[other]) == (
                other not in above and node not in _ancestors(other, tree)
            )


def _ancestors(node: str, tree: dict[str, str | None]) -> set[str]:
    found, step = set(), node
    while step is not None:
        found.add(step)
        up = tree[step]
        if up is None:
            break
        step = up
    return found


def test_roots_and_siblings_are_numbered_by_their_ids() -> None:
    places = number_forest({"b": None, "a": None, "a-2": "a", "a-1": "a"})
    assert [places[key].low for key in ("a", "a-1", "a-2", "b")] == [0, 1, 2, 3]


def test_open_ends_compare_exactly() -> None:
    assert Interval(10**400, math.inf).disjoint(Interval(-math.inf, Fraction(1, 3)))

"""What is drawn of a conflict: exactly these lines."""

from __future__ import annotations

import math
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimtrack.render.branches import Forest, Leaf, draw_tree
from claimtrack.render.drawing import Ends, Row, draw_scale, span
from claimtrack.values.edtf import read_date
from claimtrack.values.interval import ALWAYS, End, Interval, point


def value(number: int, label: str, end: End, room: End = 0, *, denied: bool = False) -> Row:
    return Row(number, label, point(end), Interval(end, end + room), denied)


def stretch(number: int, label: str, low: End, high: End, *, denied: bool = False) -> Row:
    return Row(number, label, Interval(low, high), Interval(low, high), denied)


def dated(number: int, text: str, room: int = 0) -> Row:
    days = read_date(text)
    return Row(number, text, days, Interval(days.low, days.high + room))


@pytest.mark.parametrize(
    ("rows", "ends", "width", "drawn"),
    [
        pytest.param(
            [
                value(1, "1,000", 1000, 100),
                Row(2, "about 4,000", Interval(3600, 4400), Interval(3600, 4840)),
            ],
            Ends("1,000", "4,840 person"),
            60,
            """
1  1,000        ●┄
2  about 4,000                               ├────────┤┄┄┄┄┄
                └──────────────────────────────────────────┘
                1,000                           4,840 person
● one value   ├─┤ all of a range
┄ larger values within the tolerance
""",
            id="numbers-and-tolerance",
        ),
        pytest.param(
            [
                value(1, "1,000 person", 1000, 100),
                Row(2, "about 4,000 person", Interval(3600, 4400), Interval(3600, 4840)),
            ],
            Ends("1,000", "4,840 person"),
            40,
            """
1  1,000 person
  ●┄
2  about 4,000 person
                           ├───────┤┄┄┄┄
  └────────────────────────────────────┘
  1,000                     4,840 person
● one value   ├─┤ all of a range
┄ larger values within the tolerance
""",
            id="forty-columns",
        ),
        pytest.param(
            [
                dated(1, "2024-07"),
                dated(1, "2024-07-14", 3),
                dated(2, "2024-09/.."),
                dated(3, "../2024-06-15"),
            ],
            Ends("2024-06-15", "2024-09-01"),
            60,
            """
1  2024-07                  ├─────────────┤
1  2024-07-14                     ●┄
2  2024-09/..                                            ├─▶
3  ../2024-06-15  ◀─┤
                    └────────────────────────────────────┘
                    2024-06-15                  2024-09-01
● one value   ├─┤ all of a range
┄ larger values within the tolerance
◀ ▶ goes on without end
""",
            id="dates-and-open-ends",
        ),
        pytest.param(
            [
                value(1, "5", 5),
                stretch(2, "not 0 to 10", 0, 10, denied=True),
                value(3, "not 12", 12, denied=True),
            ],
            Ends("0", "12 m"),
            44,
            """
1  5                       ●
2  not 0 to 10  ╳╳╳╳╳╳╳╳╳╳╳╳╳╳╳╳╳╳╳╳╳╳╳╳
3  not 12                                  ╳
                └──────────────────────────┘
                0                       12 m
● one value   ╳ denied
""",
            id="denied",
        ),
        pytest.param(
            [
                value(1, "1", 1),
                value(2, "2", 2),
                value(3, "1e900", 10**900),
                value(4, "-1e900", -(10**900)),
            ],
            Ends("-1e900", "1e900"),
            40,
            """
1  1                     ●
2  2                      ●
3  1e900                               ●
4  -1e900  ●
           └───────────────────────────┘
           -1e900                  1e900
● one value
not to scale where values lie close
""",
            id="huge-and-close",
        ),
        pytest.param(
            [value(1, "7", 7), value(2, "not 7.0", 7, denied=True)],
            Ends("7", "7 km"),
            40,
            """
1  7                     ●
2  not 7.0               ╳
                         ┴
                         7
● one value   ╳ denied
""",
            id="one-point",
        ),
        pytest.param(
            [Row(1, "at any time", ALWAYS, ALWAYS)],
            Ends("", ""),
            40,
            """
1  at any time  ◀──────────────────────▶
├─┤ all of a range
◀ ▶ goes on without end
""",
            id="all-open",
        ),
        pytest.param(
            [
                value(1, "a very long label that needs a line of its own", 1),
                value(2, "b\x1b[2J", 2),
            ],
            Ends("one very long end of the axis", "another very long end"),
            40,
            """
1  a very long label that needs a line …
  ●
2  b\\u001b[2J
                                       ●
  └────────────────────────────────────┘
  one very long end of the axis
                   another very long end
● one value
""",
            id="long-and-hostile-words",
        ),
    ],
)
def test_values_are_drawn_on_a_scale(rows: list[Row], ends: Ends, width: int, drawn: str) -> None:
    found = draw_scale(rows, ends, width)
    assert "\n" + "\n".join((*found.lines, *found.signs)) + "\n" == drawn


NUMBERS: st.SearchStrategy[int | Fraction] = st.one_of(
    st.integers(-50, 50),
    st.fractions(-3, 3, max_denominator=10**6),
    st.sampled_from([10**900, -(10**900), 10**900 + 1, Fraction(1, 10**900)]),
)
POINTS = st.lists(NUMBERS, min_size=1, max_size=12)


@given(POINTS, st.integers(40, 200))
def test_who_is_left_of_whom_is_always_seen(ends: list[int | Fraction], width: int) -> None:
    rows = [value(index, "x", end) for index, end in enumerate(ends, start=1)]
    found = draw_scale(rows, Ends("a", "b"), width)
    assert max(map(len, (*found.lines, *found.signs))) <= width
    columns = [line.index("●") for line in found.lines if "●" in line]
    for end, column in zip(ends, columns, strict=True):
        for other, beside in zip(ends, columns, strict=True):
            assert (end < other) is (column < beside)


@st.composite
def stretches(draw: st.DrawFn) -> Interval:
    low: End = -math.inf if draw(st.booleans()) else draw(NUMBERS)
    high: End = math.inf if draw(st.booleans()) else draw(NUMBERS)
    return Interval(min(low, high), max(low, high))


@given(st.lists(st.tuples(stretches(), st.integers(0, 9), st.booleans()), min_size=1, max_size=12))
def test_two_stretches_share_a_column_where_they_share_a_point(
    values: list[tuple[Interval, int, bool]],
) -> None:
    rows = [
        Row(1, "x", interval, Interval(interval.low, interval.high + room), denied)
        for interval, room, denied in values
    ]
    found = draw_scale(rows, Ends("a", "b"), 100)
    assert max(map(len, found.lines)) <= 100
    drawn = [
        {column for column, sign in enumerate(line) if sign in "●├─┤╳◀▶"}
        for line in found.lines[: len(rows)]
    ]
    for row, columns in zip(rows, drawn, strict=True):
        for other, beside in zip(rows, drawn, strict=True):
            assert row.interval.disjoint(other.interval) is columns.isdisjoint(beside)


# So many that some lie within one column of each other.
NEAR = st.lists(st.tuples(st.integers(0, 600), st.integers(0, 9)), min_size=1, max_size=12)


@given(NEAR)
def test_a_tolerance_that_falls_short_is_not_drawn_as_far_as_the_next_value(
    values: list[tuple[int, int]],
) -> None:
    rows = [value(1, "x", end, room) for end, room in values]
    found = draw_scale(rows, Ends("a", "b"), 100)
    points = [line.index("●") for line in found.lines[: len(rows)]]
    for row, line in zip(rows, found.lines, strict=False):
        for other, column in zip(rows, points, strict=True):
            if other.interval.low > row.reach.high:
                assert len(line) <= column
            elif other.interval.low > row.interval.high:
                assert line[column] == "┄"


@given(NEAR)
def test_a_tolerance_below_falls_short_as_well(values: list[tuple[int, int]]) -> None:
    rows = [Row(1, "x", point(end), Interval(end - room, end)) for end, room in values]
    found = draw_scale(rows, Ends("a", "b"), 100)
    drawn = [line.removeprefix("1  x") for line in found.lines[: len(rows)]]
    for row, line in zip(rows, drawn, strict=True):
        for other, beside in zip(rows, drawn, strict=True):
            if other.interval.low < row.reach.low:
                assert len(line) - len(line.lstrip()) > beside.index("●")


def test_the_span_takes_in_what_is_within_the_tolerance() -> None:
    rows = [value(1, "x", 5, 2), stretch(2, "y", -math.inf, 3)]
    assert span(rows) == Interval(3, 7)
    assert span([Row(1, "x", ALWAYS, ALWAYS)]) is None


# ------------------------------------------------------------------------------------------ trees


ASIA = Forest(
    {
        "almaty": "south-east",
        "south-east": "kz",
        "north": "kz",
        "kz": "central",
        "tj": "central",
        "central": "asia",
        "asia": "earth",
        "earth": None,
        "moon": None,
    },
    {"kz": "Kazakhstan", "tj": "Tajikistan", "central": "Central Asia", "almaty": "Almaty"},
)


@pytest.mark.parametrize(
    ("leaves", "width", "drawn"),
    [
        pytest.param(
            [Leaf(1, "north"), Leaf(2, "almaty"), Leaf(2, "south-east"), Leaf(3, "tj")],
            60,
            """
earth › asia › Central Asia
├─ Kazakhstan
│  ├─ north  ● 1
│  └─ south-east  ● 2
│     └─ Almaty  ● 2
└─ Tajikistan  ● 3
● held by that position
""",
            id="common-ancestors",
        ),
        pytest.param(
            [Leaf(1, "kz"), Leaf(2, "kz", denied=True), Leaf(3, "moon"), Leaf(4, "nowhere")],
            60,
            """
earth › … › Kazakhstan  ● 1  ╳ 2
moon  ● 3
nowhere  ● 4
● held by that position   ╳ denied by it
""",
            id="unrelated-roots-and-a-denial",
        ),
        pytest.param(
            [Leaf(1, "almaty"), Leaf(2, "tj", denied=True)],
            24,
            """
earth › … › Central Asia
├─ … › Almaty  ● 1
└─ Tajikistan  ╳ 2
● held by that position
╳ denied by it
""",
            id="narrow",
        ),
    ],
)
def test_places_are_drawn_as_trees(leaves: list[Leaf], width: int, drawn: str) -> None:
    found = draw_tree(leaves, ASIA, width)
    assert "\n" + "\n".join((*found.lines, *found.signs)) + "\n" == drawn


def test_a_tree_as_deep_as_a_register_allows_is_no_recursion() -> None:
    deep = Forest({str(node): str(node + 1) for node in range(50_000)}, {})
    assert draw_tree([Leaf(1, "0"), Leaf(2, "10")], deep, 40).lines == (
        "50000 › … › 10  ● 2",
        "└─ 9 › … › 0  ● 1",
    )

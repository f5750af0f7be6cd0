"""Assertions in, conflicts out: the engine against the format's rules applied to all pairs."""

from __future__ import annotations

import math
import random
import sys
from collections.abc import Callable, Sequence
from fractions import Fraction
from types import FrameType
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimtrack.engine import colliders, columns, counting, spans, weights
from claimtrack.engine.collisions import collide
from claimtrack.engine.conflicts import ValueConflict, find_conflicts
from claimtrack.engine.periods import StartingLeast, covering_least
from claimtrack.engine.weights import Backing, Link
from claimtrack.model import Assertion
from claimtrack.values.interval import ALWAYS, End, Interval, point
from claimtrack.values.trees import number_forest


@pytest.fixture
def _no_shortcuts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Small inputs go the way of large ones."""
    monkeypatch.setattr(colliders, "_FEW", 0)
    monkeypatch.setattr(counting, "_FEW", 2)
    monkeypatch.setattr(spans, "_MANY", 4)
    monkeypatch.setattr(weights, "_LOOKS", 0)


# -------------------------------------------------------------------------------- random assertions

ENDS = st.one_of(st.integers(0, 12), st.fractions(0, 12, max_denominator=4))


@st.composite
def intervals(draw: st.DrawFn) -> Interval:
    one, other = sorted([draw(ENDS), draw(ENDS)])
    low, high = draw(st.sampled_from([(one, other), (-math.inf, other), (one, math.inf)]))
    return Interval(low, high)


@st.composite
def groups(draw: st.DrawFn) -> list[Assertion]:
    """Assertions on one property, of a kind: from plain values to all that may limit them."""
    single = draw(st.booleans() | st.just(True))
    timed, denied, scoped = draw(st.booleans()), draw(st.booleans()), draw(st.booleans())
    claims = draw(st.sampled_from([list("abcdef"), [f"c{number:02}" for number in range(60)]]))
    scopes = st.dictionaries(st.sampled_from("kl"), st.sampled_from("xy"))

    def assertion() -> Assertion:
        interval = draw(intervals())
        return Assertion(
            claim=draw(st.sampled_from(claims)),
            subject=draw(st.sampled_from(["s", "s", "s", "t"])),
            property="p",
            interval=interval,
            reach=Interval(interval.low, interval.high + draw(st.sampled_from([0, 0, 1]))),
            during=draw(intervals() | st.just(ALWAYS)) if timed else ALWAYS,
            negated=denied and draw(st.integers(0, 3)) == 0,
            single=single,
            scope=tuple(sorted(draw(scopes).items())) if scoped else (),
        )

    return [assertion() for _ in range(draw(st.integers(2, 25)))]


@st.composite
def grounds(draw: st.DrawFn, claims: Sequence[str]) -> tuple[dict[str, Backing], list[Link]]:
    sources = st.lists(st.sampled_from(["north", "south", "east"]), unique=True, max_size=1)
    backing = {each: Backing(draw(st.booleans()), tuple(draw(sources))) for each in claims}
    pairs = st.permutations(claims).map(lambda order: (order[0], order[1]))
    links = [
        Link(*draw(pairs), draw(st.booleans()), f"reason {number}")
        for number in range(draw(st.integers(0, 5)) if len(claims) > 1 else 0)
    ]
    return backing, links


# ------------------------------------------------------------------------------------- the oracle


def by_pairs(
    members: list[Assertion], backing: dict[str, Backing], links: list[Link], *, soft: bool
) -> ValueConflict | None:
    """The conflict of one subject and property, as the format's text says it, pair by pair."""
    pairs = [
        (one, other)
        for one in members
        for other in members
        if one.claim != other.claim and collide(one, other)
    ]
    colliding = [each for each in members if any(each is one for one, _ in pairs)]
    if not colliding:
        return None
    apart = {frozenset((one.claim, other.claim)) for one, other in pairs}
    relations = {
        kind: {frozenset((each.holder, each.other)) for each in links if each.contradicts == kind}
        for kind in (True, False)
    }
    both_firm = {pair for pair in apart if all(backing[claim].firm for claim in pair) and not soft}
    hard = (both_firm - relations[False]) | (apart & relations[True])
    order = dict.fromkeys(each.claim for each in colliding)
    held = [
        (link, frozenset((claim, link.other)))
        for claim in order
        for link in links
        if link.holder == claim
    ]
    return ValueConflict(
        members[0].subject,
        "p",
        tuple(tuple(each) for each in positions_by_hand(colliding)),
        frozenset(claim for pair in hard for claim in pair),
        any(
            not set(backing[one.claim].sources).isdisjoint(backing[other.claim].sources)
            for one, other in pairs
        ),
        next((link.why for link, pair in held if pair in apart), None),
    )


def positions_by_hand(colliding: list[Assertion]) -> list[list[Assertion]]:
    held = [each for each in colliding if not each.negated]
    denied = [each for each in colliding if each.negated]
    found = [held] if held and not held[0].single else []
    left = [] if found else sorted(held, key=lambda each: (each.reach.high, each.reach.low))
    while left:
        stab = left[0].reach.high
        taken = [each for each in left if each.reach.low <= stab]
        found.append([each for each in held if each in taken])
        left = [each for each in left if each.reach.low > stab]
    ends = {(each.interval.high, each.interval.low) for each in denied}
    return found + [
        [each for each in denied if (each.interval.high, each.interval.low) == pair]
        for pair in sorted(ends)
    ]


def unlike(members: list[Assertion]) -> list[Assertion]:
    """The same without repetitions, so that an assertion is known by its value."""
    return list(dict.fromkeys(members))


# ----------------------------------------------------------------------------------------- results


@pytest.mark.usefixtures("_no_shortcuts")
@pytest.mark.parametrize("large", [256, 0], ids=["ends scaled to integers", "ends as they are"])
@settings(max_examples=150)
@given(st.data())
def test_conflicts_are_those_of_all_pairs(large: int, data: st.DataObject) -> None:
    members = unlike(data.draw(groups()))
    backing, links = data.draw(grounds(sorted({each.claim for each in members})))
    soft = data.draw(st.booleans())
    expected = [
        by_pairs(held, backing, links, soft=soft)
        for subject in dict.fromkeys(each.subject for each in members)
        if (held := [each for each in members if each.subject == subject])
    ]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(columns, "_LARGE", large)
        found = find_conflicts(members, backing, links, ["p"] if soft else ())
    assert found == [each for each in expected if each is not None]


def held(claim: str, low: End, high: End, **limits: Any) -> Assertion:
    interval = Interval(low, high)
    defaults: dict[str, Any] = {"during": ALWAYS, "single": True}
    return Assertion(claim, "s", "p", interval, interval, **{**defaults, **limits})


def test_without_a_backing_every_claim_is_firm_and_no_two_share_a_source() -> None:
    [found] = find_conflicts(held(claim, value, value) for claim, value in [("a", 1), ("b", 2)])
    assert (found.severity, found.claims, found.same_source) == ("hard", ("a", "b"), False)


def test_two_assertions_of_one_claim_are_no_conflict() -> None:
    assert find_conflicts([held("a", 1, 1), held("a", 2, 2)]) == []
    members = [held("a", 1, 1), held("a", 5, 5), held("b", 1, 5)]
    assert find_conflicts(members) == []
    [found] = find_conflicts([*members, held("c", 5, 5)])
    assert found.claims == ("a", "c")


def test_positions_open_at_the_lowest_high_end() -> None:
    group = [
        held(claim, *ends)
        for claim, ends in zip("abcde", [(5, 9), (0, 2), (1, 4), (2, 2), (3, 3)], strict=True)
    ]
    [found] = find_conflicts(group)
    assert [[each.claim for each in members] for members in found.positions] == [
        ["b", "c", "d"],
        ["e"],
        ["a"],
    ]


def test_ends_are_compared_exactly() -> None:
    """A third and its nearest float differ; so do two numbers that no float tells apart."""
    third = Fraction(1, 3)
    assert find_conflicts([held("a", third, third), held("b", third, third)]) == []
    [found] = find_conflicts([held("a", 10**30, 10**30), held("b", 10**30 + 1, 10**30 + 1)])
    assert found.claims == ("a", "b")
    assert find_conflicts([held("a", Fraction(1, 10), 0.5), held("b", 0.5, 2)]) == []
    many = [held(f"c{number}", Fraction(number, 7**200), 1) for number in range(100)]
    assert find_conflicts([*many, held("d", 2, 2)])[0].claims[-1] == "d"


def test_subjects_and_properties_keep_apart() -> None:
    one, other = held("a", 1, 1), held("b", 2, 2)
    assert find_conflicts([one, Assertion(*fields(other, subject="t"))]) == []
    assert find_conflicts([one, Assertion(*fields(other, property="q"))]) == []


def fields(assertion: Assertion, **changes: Any) -> list[Any]:
    names = Assertion.__match_args__
    return [changes.get(name, getattr(assertion, name)) for name in names]


# ------------------------------------------------------------------- shapes of truth-finding sets


def judged_alike(members: list[Assertion]) -> None:
    """The engine and all pairs, subject by subject."""
    by_subject: dict[str, list[Assertion]] = {}
    for each in members:
        by_subject.setdefault(each.subject, []).append(each)
    sources = {each.claim: each.claim.split("/")[0] for each in members}
    backing = {claim: Backing(len(claim) % 3 > 0, (held,)) for claim, held in sources.items()}
    expected = [by_pairs(held, backing, [], soft=False) for held in by_subject.values()]
    assert find_conflicts(members, backing) == [each for each in expected if each is not None]


def stated(claim: str, subject: str, interval: Interval, **limits: Any) -> Assertion:
    reach = limits.pop("reach", interval)
    return Assertion(claim, subject, "p", interval, reach, ALWAYS, single=True, **limits)


def test_departures_of_flights_as_many_sites_give_them() -> None:
    """38 sites, most near the truth, some a little off, some wrong; five minutes do not count."""
    rng = random.Random(38)
    members = []
    for flight in range(120):
        truth = rng.randrange(1440)
        for site in range(38):
            minutes = truth + rng.choice([0, 0, 0, 2, 7, -6, 45, rng.randrange(-300, 300)])
            reach = Interval(minutes, minutes + 5)
            if rng.random() < 0.7:
                claim = f"site-{site}/{flight}"
                members.append(stated(claim, str(flight), point(minutes), reach=reach))
    rng.shuffle(members)
    judged_alike(members)


def test_birthplaces_in_a_tree_of_places() -> None:
    """Cities in regions in countries; sources differ in the place, and in how closely they say."""
    rng = random.Random(13_510)
    parents: dict[str, str | None] = {f"country-{number}": None for number in range(9)}
    for level, count in (("region", 40), ("city", 300)):
        above = list(parents)
        parents |= {f"{level}-{number}": rng.choice(above) for number in range(count)}
    line = number_forest(parents)
    members = []
    for person in range(400):
        rumours = rng.sample(sorted(parents), 3)
        for source in rng.sample(range(60), rng.randrange(1, 8)):
            place = rng.choice(rumours)
            for _ in range(rng.randrange(3)):
                place = parents[place] or place
            claim, denied = f"source-{source}/{person}", rng.random() < 0.05
            members.append(stated(claim, str(person), line[place], negated=denied))
    judged_alike(members)


# ------------------------------------------------------------------------------------------ periods


@given(st.lists(st.tuples(st.integers(0, 90), st.integers(0, 9), st.integers(0, 9)), min_size=1))
def test_the_least_under_way_and_starting_are_those_of_a_plain_look(
    rows: list[tuple[int, int, int]],
) -> None:
    days = list(range(0, 99, 3))
    starts: list[End] = [start for start, _, _ in rows]
    ends: list[End] = [start + length for start, length, _ in rows]
    values: list[End] = [value for _, _, value in rows]
    assert covering_least(list(days), starts, ends, values) == [
        min((v for s, length, v in rows if s <= day <= s + length), default=math.inf)
        for day in days
    ]
    table = StartingLeast(starts, values)
    for first in days:
        for last in range(first, 99, 7):
            within = (v for s, v in zip(starts, values, strict=True) if first <= s <= last)
            assert table.within(first, last) == min(within, default=math.inf)


# -------------------------------------------------------------------------------------------- cost


def wide(rng: random.Random) -> Interval:
    low, high = sorted([rng.randrange(10**6), rng.randrange(10**6)])
    return Interval(low, high)


def mixed(
    size: int, interval: Callable[[random.Random], Interval], *, odd: bool
) -> list[Assertion]:
    """One subject: values and periods, with denials and four scope keys if they are odd."""
    rng = random.Random(size)
    group = []
    for number in range(size):
        value, start = interval(rng), rng.randrange(10**6)
        scope = [(key, rng.choice("xyz")) for key in "abcd" if rng.random() < 0.3]
        group.append(
            held(
                str(number),
                value.low,
                value.high,
                during=Interval(start, start + rng.randrange(10**5)),
                negated=odd and rng.random() < 0.1,
                scope=tuple(scope) if odd else (),
            )
        )
    return group


@pytest.mark.parametrize("odd", [False, True], ids=["periods", "all that limits"])
@pytest.mark.parametrize(
    "interval",
    [wide, lambda rng: point(rng.randrange(10**6)), lambda rng: Interval(0, rng.randrange(1, 99))],
    ids=["wide", "points", "agreeing"],
)
def test_a_group_of_everything_costs_little_more_than_in_proportion_to_its_size(
    interval: Callable[[random.Random], Interval], odd: bool
) -> None:
    """Work is counted in lines executed, which no clock and no machine changes."""
    small, large = (lines_executed(mixed(size, interval, odd=odd)) for size in (1500, 6000))
    assert large < 4 * 2 * small  # all pairs would be sixteen times the work, n log n is under five


def lines_executed(group: list[Assertion]) -> int:
    lines = 0

    def trace(_frame: FrameType, event: str, _argument: object) -> Any:
        nonlocal lines
        lines += event == "line"
        return trace

    backing = {
        each.claim: Backing(int(each.claim) % 3 > 0, (f"s{int(each.claim) % 9}",)) for each in group
    }
    links = [Link(str(number), str(number + 1), contradicts=False) for number in range(0, 200, 2)]
    before = sys.gettrace()
    sys.settrace(trace)
    try:
        find_conflicts(group, backing, links)
    finally:
        sys.settrace(before)
    return lines

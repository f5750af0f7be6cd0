"""Counting collisions, against plain comparisons of all pairs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimtrack.engine import counting, dominance, groups
from claimtrack.engine.collisions import collide
from claimtrack.engine.counting import count_colliders
from claimtrack.engine.dominance import count_dominated
from claimtrack.engine.groups import colliding_pair
from claimtrack.model import Assertion
from claimtrack.values.cycles import cycles
from claimtrack.values.interval import ALWAYS, Interval


@st.composite
def intervals(draw: st.DrawFn, top: int = 12) -> Interval:
    low = draw(st.integers(0, top))
    return Interval(low, low + draw(st.integers(0, 4)))


@st.composite
def assertions(draw: st.DrawFn, single: bool = True) -> Assertion:
    interval = draw(intervals())
    room = draw(st.integers(0, 2))
    return Assertion(
        claim=draw(st.sampled_from("abcdef")),
        subject="s",
        property="p",
        interval=interval,
        reach=Interval(interval.low, interval.high + room),
        during=draw(st.one_of(st.just(ALWAYS), intervals())),
        negated=draw(st.booleans()),
        single=single,
        scope=tuple(
            sorted(draw(st.dictionaries(st.sampled_from("kl"), st.sampled_from("xy"))).items())
        ),
    )


GROUPS = st.booleans().flatmap(lambda single: st.lists(assertions(single), max_size=40))


@pytest.fixture(autouse=True)
def _no_shortcuts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Small inputs go the way of large ones."""
    monkeypatch.setattr(dominance, "_FEW", 0)
    monkeypatch.setattr(counting, "_FEW", 2)
    monkeypatch.setattr(groups, "_FEW", 2)


@given(GROUPS)
def test_colliders_are_counted_as_by_comparing_all_pairs(group: list[Assertion]) -> None:
    expected = [sum(collide(one, other) for other in group if other is not one) for one in group]
    assert count_colliders(group) == expected


@given(GROUPS, st.data())
def test_only_those_among_which_is_asked_are_counted(
    group: list[Assertion], data: st.DataObject
) -> None:
    among = data.draw(st.lists(st.booleans(), min_size=len(group), max_size=len(group)))
    marked = [each for each, is_marked in zip(group, among, strict=True) if is_marked]
    expected = [sum(collide(one, other) for other in marked if other is not one) for one in group]
    assert count_colliders(group, among) == expected


@given(GROUPS)
def test_a_colliding_pair_is_found_if_there_is_one(group: list[Assertion]) -> None:
    pair = colliding_pair(group)
    assert (pair is not None) == any(count_colliders(group))
    assert pair is None or collide(*pair)


@given(st.integers(1, 3), st.data())
def test_dominated_points_are_counted_as_by_comparing_all_pairs(
    axes: int, data: st.DataObject
) -> None:
    points = st.lists(st.tuples(*[st.integers(0, 9)] * axes), max_size=40)
    held, asked = data.draw(points), data.draw(points)
    expected = [
        sum(all(p <= q for p, q in zip(point, query, strict=True)) for point in held)
        for query in asked
    ]
    assert count_dominated(held, asked) == expected


GRAPHS = st.integers(0, 7).flatmap(
    lambda n: st.fixed_dictionaries(
        {str(i): st.lists(st.integers(0, max(n - 1, 0)).map(str), max_size=3) for i in range(n)}
    )
)


@given(GRAPHS)
def test_cycles_are_the_nodes_that_reach_themselves(graph: dict[str, list[str]]) -> None:
    reach = {node: _reachable(node, graph) for node in graph}
    expected = {
        frozenset(other for other in reach[node] if node in reach[other])
        for node in graph
        if node in reach[node]
    }
    assert {frozenset(circle) for circle in cycles(graph)} == expected


def _reachable(start: str, graph: dict[str, list[str]]) -> set[str]:
    found: set[str] = set()
    pending = [start]
    while pending:
        for other in graph[pending.pop()]:
            if other not in found:
                found.add(other)
                pending.append(other)
    return found


def test_a_long_chain_is_no_circle_and_no_recursion() -> None:
    chain = {str(i): [str(i + 1)] for i in range(50_000)} | {"50000": []}
    assert cycles(chain) == []

"""Frozen values against what a dataclass of the same fields gives."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any, Generic, TypeVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimtrack.frozen import field, fields_of, frozen, replace

T = TypeVar("T")


@frozen(order=True)
class Point:
    """A point, and a name for it."""

    x: int
    y: int = 0
    name: str = ""

    @property
    def far(self) -> int:
        """How far from the axes."""
        return abs(self.x) + abs(self.y)


@dataclass(frozen=True, slots=True, order=True)
class Theirs:
    """The same as a dataclass."""

    x: int
    y: int = 0
    name: str = ""


@frozen
class Held(Generic[T]):
    """Fields of every kind, with annotations that name nothing."""

    what: T
    of: Mapping[str, Nowhere] = field(default_factory=dict)  # type: ignore[name-defined]  # noqa: F821
    _own: int = 1


@frozen
class Other:
    """The fields of a point in another class."""

    x: int
    y: int = 0
    name: str = ""


@frozen
class Nothing:
    """No fields."""


values = st.tuples(st.integers(-2, 2), st.integers(-2, 2), st.sampled_from(["", "a", "b"]))
calls = st.tuples(
    st.lists(st.integers(0, 2), max_size=4),
    st.dictionaries(st.sampled_from(["x", "y", "name", "z"]), st.integers(0, 2), max_size=2),
)


def outcome(ask: Callable[[], str]) -> str:
    """What is answered or, where it is refused, how."""
    try:
        return ask().replace("Theirs", "Point")
    except TypeError as error:
        return str(error).replace("Theirs", "Point")


@given(calls)
def test_a_call_makes_what_it_makes_of_a_dataclass(call: tuple[list[int], dict[str, int]]) -> None:
    places, names = call

    def made(of: Callable[..., object]) -> str:
        return repr(of(*places, **names))

    assert outcome(partial(made, Point)) == outcome(partial(made, Theirs))


@given(values, values)
def test_values_compare_as_dataclasses_do(one: Any, other: Any) -> None:
    ours, theirs = (Point(*one), Point(*other)), (Theirs(*one), Theirs(*other))
    for by in ("__eq__", "__ne__", "__lt__", "__le__", "__gt__", "__ge__"):
        assert getattr(ours[0], by)(ours[1]) == getattr(theirs[0], by)(theirs[1])
    assert hash(ours[0]) == hash(theirs[0])


@given(values)
def test_a_value_survives_copying_and_pickling(held: Any) -> None:
    value = Held(Point(*held), {"a": held})
    for back in (copy.copy(value), copy.deepcopy(value), pickle.loads(pickle.dumps(value))):
        assert back == value
        assert type(back) is type(value)


def test_values_of_other_classes_are_never_equal() -> None:
    others: list[object] = [Other(1), (1, 0, "")]
    assert Point(1) not in others
    with pytest.raises(TypeError, match="'<' not supported"):
        assert Other(1) < Other(2)  # type: ignore[operator]


def test_nothing_of_a_value_changes() -> None:
    point = Point(1)
    with pytest.raises(AttributeError, match="cannot change field 'x'"):
        point.x = 2  # type: ignore[misc]
    with pytest.raises(AttributeError, match="cannot change field 'x'"):
        del point.x
    with pytest.raises(AttributeError, match="cannot change field 'z'"):
        point.z = 2  # type: ignore[attr-defined]
    assert point == Point(1)


def test_replacing_gives_another_value() -> None:
    point = Point(1, 2, "a")
    assert replace(point, y=3) == Point(1, 3, "a")
    assert replace(point) == point
    assert point == Point(1, 2, "a")
    with pytest.raises(TypeError, match="unexpected keyword argument 'z'"):
        replace(point, z=1)  # type: ignore[call-arg]


def test_a_default_is_made_anew_for_each_value() -> None:
    one, other = Held("a"), Held("a")
    assert one == other
    assert one.of is not other.of
    assert fields_of(one) == {"what": "a", "of": {}, "_own": 1}


def test_a_class_keeps_what_is_its_own() -> None:
    assert Point(-1, 2).far == 3
    assert (Point.__name__, Point.__qualname__, Point.__module__) == ("Point", "Point", __name__)
    assert Point.__doc__ == "A point, and a name for it."
    assert repr(Held[int](1)) == "Held(what=1, of={}, _own=1)"
    assert Nothing() == Nothing()
    assert hash(Nothing()) == hash(Nothing())
    assert not hasattr(Point(1), "__dict__")
    match Point(1, 2, "a"):
        case Point(x, y, name):
            assert (x, y, name) == (1, 2, "a")

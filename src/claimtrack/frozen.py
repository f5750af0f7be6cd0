"""Frozen values: what a frozen dataclass with slots gives, at a fraction of the cost to declare it.

A command imports well over a hundred such classes, and makes values of a few. So the methods of a
class are written when they are first called.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, TypeVar, cast, dataclass_transform, overload

T = TypeVar("T")


class _Factory:
    """What makes a field's value where none is given."""

    __slots__ = ("make",)

    def __init__(self, make: Callable[[], Any]) -> None:
        self.make = make


def field(*, default_factory: Callable[[], T]) -> T:
    """A field that is made anew for each value to which none is given."""
    return cast("T", _Factory(default_factory))


@overload
def frozen(cls: type[T], /) -> type[T]: ...
@overload
def frozen(*, order: bool) -> Callable[[type[T]], type[T]]: ...
@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def frozen(cls: type | None = None, /, *, order: bool = False) -> Any:
    """Make of a class a frozen value whose fields are the annotated attributes, in their order.

    Values of one class are equal, hashed and, where ``order`` says so, ordered by their fields.
    Annotations are not evaluated. What is returned is another class, with slots: the one that is
    given may use no ``super()``, and inherit no fields.
    """
    return _with_slots(cls, order) if cls else lambda given: _with_slots(given, order)


if TYPE_CHECKING:
    from dataclasses import replace as replace  # whose changes mypy checks, field by field
else:

    def replace(value: T, /, **changes: Any) -> T:
        """The same value, but for the fields that change."""
        return type(value)(**{**fields_of(value), **changes})


def fields_of(value: Any) -> dict[str, Any]:
    """The fields of a frozen value by their names, in order."""
    return {name: getattr(value, name) for name in value.__match_args__}


def _with_slots(cls: type, order: bool) -> type:
    names = tuple(cls.__annotations__)
    body = {key: held for key, held in cls.__dict__.items() if key not in _OF_A_DICTIONARY}
    defaults = {name: body.pop(name) for name in names if name in body}
    body |= _SHARED
    body |= {"__qualname__": cls.__qualname__, "__slots__": names, "__match_args__": names}
    made: type = type(cls)(cls.__name__, cls.__bases__, body)
    _when_called(made, "__init__", lambda: _init(made, names, defaults))
    _when_called(made, "__hash__", lambda: _method(made, "__hash__", _HASH % _tuple("self", names)))
    for method, sign in (_ORDERED if order else _EQUAL).items():
        _when_called(made, method, _comparing(made, method, sign, names))
    return made


_OF_A_DICTIONARY = ("__dict__", "__weakref__")
"""What a class without slots has, and one with slots must not be given."""


# ----------------------------------------------------------------------- methods of every value


def _refuse(self: object, name: str, _: object = None) -> None:
    raise AttributeError(f"cannot change field {name!r}")


def _repr(self: Any) -> str:
    told = ", ".join(f"{name}={held!r}" for name, held in fields_of(self).items())
    return f"{type(self).__qualname__}({told})"


def _reduce(self: Any) -> tuple[type, tuple[Any, ...]]:
    return type(self), tuple(fields_of(self).values())


_SHARED = {
    "__setattr__": _refuse,
    "__delattr__": _refuse,
    "__repr__": _repr,
    "__reduce__": _reduce,
}


# --------------------------------------------------------------- methods written for one class

_HASH = """
def __hash__(self):
    return hash(%s)
"""
_COMPARISON = """
def {method}(self, other):
    return {ours} {sign} {theirs} if other.__class__ is self.__class__ else NotImplemented
"""
_EQUAL = {"__eq__": "=="}
_ORDERED = {**_EQUAL, "__lt__": "<", "__le__": "<=", "__gt__": ">", "__ge__": ">="}


def _when_called(cls: type, name: str, write: Callable[[], Any]) -> None:
    """Have a method written when it is first called: compiling it is most of what it costs."""

    def first(self: object, *args: object, **named: object) -> object:
        method = write()
        setattr(cls, name, method)
        return method(self, *args, **named)

    setattr(cls, name, first)


def _init(cls: type, names: tuple[str, ...], defaults: dict[str, Any]) -> Any:
    """An ``__init__`` that goes past ``__setattr__``, through the slots themselves."""
    known: dict[str, Any] = {f"_set_{name}": getattr(cls, name).__set__ for name in names}
    wanted, lines = ["self"], ["    pass"]
    for name in names:
        given = name
        if name in defaults:
            default = defaults[name]
            wanted.append(f"{name}=_default_{name}")
            known[f"_default_{name}"] = default
            if isinstance(default, _Factory):
                known[f"_make_{name}"] = default.make
                given = f"_make_{name}() if {name} is _default_{name} else {name}"
        else:
            wanted.append(name)
        lines.append(f"    _set_{name}(self, {given})")
    source = f"def __init__({', '.join(wanted)}):\n" + "\n".join(lines)
    return _method(cls, "__init__", source, known)


def _comparing(cls: type, method: str, sign: str, names: tuple[str, ...]) -> Callable[[], Any]:
    def write() -> Any:
        ours, theirs = _tuple("self", names), _tuple("other", names)
        source = _COMPARISON.format(method=method, sign=sign, ours=ours, theirs=theirs)
        return _method(cls, method, source)

    return write


def _tuple(of: str, names: Iterable[str]) -> str:
    return "(" + "".join(f"{of}.{name}, " for name in names) + ")"


def _method(cls: type, name: str, source: str, known: dict[str, Any] | None = None) -> Any:
    scope = dict(known or {})
    exec(source, scope)  # noqa: S102 -- made of the names of our own fields
    method = scope[name]
    method.__qualname__ = f"{cls.__qualname__}.{name}"
    return method

"""What raw nodes hold where that is what is asked for. Anything else raises NotPlain."""

from __future__ import annotations

from collections.abc import Container
from typing import cast

from claimtrack.frozen import frozen
from claimtrack.reading.intervals import Parts
from claimtrack.reading.nodes import Scalar
from claimtrack.reading.raw import SCALARS, Raw, scalar_of


class NotPlain(Exception):
    """There is something in the claim that another has to look at."""


@frozen
class _NumberInParts:
    """A number in parts."""

    value: Scalar | None = None
    about: Scalar | None = None
    min: Scalar | None = None
    max: Scalar | None = None
    unit: Scalar | None = None


PARTS = frozenset(("value", "about", "min", "max", "unit"))
"""The keys of a number in parts."""

_TEXTS = SCALARS - {"null"}


def keyed(raw: Raw, known: frozenset[str]) -> dict[str, Raw]:
    """What a mapping holds by its keys, each of which is known and stands once."""
    held = by_key(raw)
    if not known.issuperset(held):
        raise NotPlain
    return held


def by_key(raw: Raw) -> dict[str, Raw]:
    """What a mapping holds by its keys, each of which stands once."""
    if raw[1] != "mapping":
        raise NotPlain
    each = iter(raw[0])
    try:
        held = {key[0]: value for key, value in zip(each, each, strict=True)}
    except TypeError as error:  # for a key that is a list or a mapping
        raise NotPlain from error
    if len(held) * 2 != len(raw[0]):
        raise NotPlain
    return held


def items_in(raw: Raw | None) -> list[Raw]:
    """What a list holds, if there is one."""
    if raw is None:
        return []
    if raw[1] != "list":
        raise NotPlain
    return cast("list[Raw]", raw[0])


def text_in(raw: Raw | None) -> str:
    """The own text of a scalar that is there, and is not nothing."""
    if raw is None or raw[1] not in _TEXTS:
        raise NotPlain
    return cast("str", raw[0])


def text_if_any(raw: Raw | None) -> str | None:
    """The own text of a scalar, if there is one."""
    return None if raw is None else text_in(raw)


def word_in(raw: Raw | None, known: Container[str]) -> str | None:
    """One of the words that are known, if there is one."""
    if raw is None:
        return None
    word = text_in(raw)
    if word not in known:
        raise NotPlain
    return word


def whole_in(raw: Raw, high: int) -> int:
    """A whole number from 1."""
    text, kind, *_ = raw
    if kind != "number" or not text.isdecimal() or len(text) > 12 or not 1 <= int(text) <= high:
        raise NotPlain
    return int(text)


def boolean_in(raw: Raw) -> bool:
    """True or false."""
    if raw[1] != "boolean":
        raise NotPlain
    return raw[0] in ("true", "True", "TRUE")


def number_in_parts(raw: Raw) -> Parts:
    """A number in parts; whether these go together is not looked at."""
    held = keyed(raw, PARTS)
    if any(each[1] != "number" for name, each in held.items() if name != "unit"):
        raise NotPlain
    text_if_any(held.get("unit"))
    return _NumberInParts(**{name: scalar_of(each, 0) for name, each in held.items()})

"""What the format's keys mean to a merge: what makes two items one, and what is decided as one."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from typing import Literal, Protocol

from claimtrack.edit.meaning import Meaning
from claimtrack.frozen import frozen

Collection = Literal["list", "mapping"]


class Collides(Exception):
    """Both sides changed one thing, and differently: it is for a person to choose."""


class Thing(Protocol):
    """An item of a list, or a key of a mapping with its value."""

    @property
    def key(self) -> str | None:
        """The key's text; None for an item."""

    @property
    def says(self) -> Meaning:
        """What the item or the value means."""

    @property
    def verbatim(self) -> str | None:
        """Its text; None where only its meaning is known."""


Identity = Callable[[Thing], Hashable]
"""What tells a thing from its like; None where it lacks that."""


@frozen
class Level:
    """A way of telling which thing of one side is which of another."""

    of: Identity
    is_sure: bool = True
    """If not, it holds only where no other thing on either side could be meant."""


def comparable(means: Meaning | None) -> Hashable:
    """The same for all meanings that are the same."""
    if isinstance(means, dict):
        return frozenset((key, comparable(value)) for key, value in means.items())
    if isinstance(means, list):
        return tuple(map(comparable, means))
    return means


def _by(*keys: str, needed: str | None = None) -> Identity:
    """What stands under these keys, if anything does, and under the one that is needed."""

    def identity(thing: Thing) -> Hashable:
        if not isinstance(thing.says, dict):
            return None
        found = [thing.says.get(key) for key in keys]
        if found == [None] * len(keys) or (needed is not None and needed not in thing.says):
            return None
        return tuple(map(comparable, found))

    return identity


def _whole(thing: Thing) -> Hashable:
    return comparable(thing.says)


def _name(thing: Thing) -> Hashable:
    """An alias is a text, or a mapping with a name in it."""
    return comparable(thing.says.get("name") if isinstance(thing.says, dict) else thing.says)


_SAME = Level(_whole)
_ITEMS: Mapping[str, Sequence[Level]] = {
    "claims": (Level(_by("id")), _SAME, Level(_by("statement"), is_sure=False)),
    "asserts": (
        _SAME,
        Level(_by("subject", "property", "during", "scope")),
        Level(_by("subject", "property"), is_sure=False),
    ),
    "evidence": (
        _SAME,
        Level(_by("source", "by", "quote", needed="quote")),
        Level(_by("source", "by", "line"), is_sure=False),
        Level(_by("quote"), is_sure=False),
    ),
    "relations": (_SAME, Level(_by("type", "claim")), Level(_by("claim"), is_sure=False)),
    "verdicts": (_SAME, Level(_by("by", "on"))),
    "reviews": (_SAME, Level(_by("conflict", "dispute", "by", "on"))),
    "aliases": (_SAME, Level(_name)),
}


def _key(thing: Thing) -> Hashable:
    return thing.key


def _entry(thing: Thing) -> Hashable:
    return comparable(thing.says) if isinstance(thing.says, dict) and thing.says else None


_KEYS = (Level(_key),)
_ENTRIES = (Level(_key), Level(_entry, is_sure=False))  # an entry may be renamed


def levels(name: str, collection: Collection) -> Sequence[Level]:
    """How the parts of what stands under a key are told apart, the surest first."""
    if collection == "list":
        return _ITEMS.get(name, (_SAME,))
    return _ENTRIES if name in ("sources", "entities", "properties") else _KEYS


# ----------------------------------------------------------------------------- decided as one

WHOLE = frozenset({"value", "via"})
"""Keys whose value is one thing, a list or a mapping though it may be: a chain, a range."""

IN_TIME = frozenset({"verdicts", "reviews"})
"""Lists in order of time: of what both sides add the earlier comes first."""

_FIRST_COUNTS = "derived_from"

_UNITS: Mapping[str, Sequence[str]] = {
    "asserts": ("subject", "property", "value", "negated"),
    "reviews": ("decision", "claim"),
}
"""Keys that say one thing together: a half from each side says what nobody meant."""

Told = Mapping[str | None, Thing]
"""Keys of a mapping with their values, those of an item's or of a key's."""


def refuse_torn(name: str, base: Told, ours: Told, theirs: Told) -> None:
    """Raise Collides where both sides changed what one mapping says as a unit."""
    unit = _UNITS.get(name, ())
    before, mine, other = (
        [each[key].says if key in each else None for key in unit] for each in (base, ours, theirs)
    )
    if mine != before and other != before and mine != other:
        raise Collides


def refuse_two_firsts(
    name: str, base: Sequence[int], ours: Sequence[int], theirs: Sequence[int]
) -> None:
    """Raise Collides where both sides changed which item of a list comes first, and it counts."""
    before, mine, other = (each[:1] for each in (base, ours, theirs))
    if name == _FIRST_COUNTS and mine != before and other != before and mine != other:
        raise Collides


def are_strangers(name: str, ours: Thing, theirs: Thing) -> bool:
    """Whether two new claims that have one id have nothing else in common."""
    if name != "claims" or not isinstance(ours.says, dict) or not isinstance(theirs.says, dict):
        return False
    return ours.says.get("statement") != theirs.says.get("statement")


def day_of(means: Meaning) -> str | None:
    """The day of a verdict or a review, as it is written."""
    day = means.get("on") if isinstance(means, dict) else None
    return day[0] if isinstance(day, tuple) else None


_TELLING = ("id", "source", "name", "conflict", "dispute", "claim", "subject", "rating")


def title_of(means: Meaning, number: int) -> str:
    """What a sentence calls an item of a list: by what tells it apart, or by its number from 1."""
    told: Meaning | None = means
    if isinstance(means, dict):
        told = next((means[key] for key in _TELLING if key in means), None)
    return told[0] if isinstance(told, tuple) else f"number {number}"

"""What a merge is to mean: the same rules, on bare meanings, without regard to any text."""

from __future__ import annotations

from claimtrack.edit.meaning import Meaning
from claimtrack.edit.merging.matching import matched
from claimtrack.edit.merging.ordering import ordered
from claimtrack.edit.merging.rules import (
    IN_TIME,
    WHOLE,
    Collection,
    Collides,
    are_strangers,
    day_of,
    levels,
    refuse_torn,
    refuse_two_firsts,
)
from claimtrack.frozen import frozen


@frozen
class _Told:
    """An item, or a key with its value, of which only the meaning is known."""

    key: str | None
    says: Meaning
    verbatim: str | None = None


def merged_meaning(base: Meaning | None, ours: Meaning, theirs: Meaning) -> Meaning:
    """What a file is to mean after a merge. Raises Collides where a person has to choose."""
    before = None if base is None else _Told(None, base)
    return _merged("", before, _Told(None, ours), _Told(None, theirs))


def _merged(name: str, base: _Told | None, ours: _Told, theirs: _Told) -> Meaning:
    """What stands under the key ``name``, or an item of the list there."""
    before = None if base is None else base.says
    if theirs.says in (before, ours.says):
        return ours.says
    if ours.says == before:
        return theirs.says
    if name in WHOLE or (base is None and are_strangers(name, ours, theirs)):
        raise Collides
    if isinstance(ours.says, dict) and isinstance(theirs.says, dict):
        pairs = _in_order(name, "mapping", before, ours.says, theirs.says)
        return {key or "": says for key, says in pairs}
    if isinstance(ours.says, list) and isinstance(theirs.says, list):
        return [says for _, says in _in_order(name, "list", before, ours.says, theirs.says)]
    raise Collides


def _in_order(
    name: str, collection: Collection, before: Meaning | None, ours: Meaning, theirs: Meaning
) -> list[tuple[str | None, Meaning]]:
    three = [_things(each, collection) for each in (before, ours, theirs)]
    found = matched(levels(name, collection), *three)
    refuse_two_firsts(name, found.base, found.ours, found.theirs)
    if collection == "mapping":
        refuse_torn(name, *({thing.key: thing for thing in things} for things in three))
    numbers = (found.base, found.ours, found.theirs)
    base, mine, other = (
        dict(zip(each, things, strict=True)) for each, things in zip(numbers, three, strict=True)
    )
    merged: dict[int, _Told] = {}
    for number in {**mine, **other}:
        kept = _kept(name, base.get(number), mine.get(number), other.get(number))
        if kept is not None:
            merged[number] = kept
    if not merged and mine and other:
        raise Collides

    def day(number: int) -> str | None:
        return day_of(merged[number].says)

    is_in_time = collection == "list" and name in IN_TIME
    order = ordered(found, merged, day if is_in_time else None)
    return [(merged[number].key, merged[number].says) for number in order]


def _kept(name: str, base: _Told | None, ours: _Told | None, theirs: _Told | None) -> _Told | None:
    """What becomes of one thing; None if it is gone."""
    if ours is not None and theirs is not None:
        key = ours.key if base is None or ours.key != base.key else theirs.key
        return _Told(key, _merged(name if key is None else key, base, ours, theirs))
    left = ours or theirs
    if base is not None and left is not None and left.says != base.says:
        raise Collides
    return left if base is None else None


def _things(means: Meaning | None, collection: Collection) -> list[_Told]:
    if means is None or means in ([], {}) or (isinstance(means, tuple) and means[1] == "null"):
        return []
    if isinstance(means, dict) and collection == "mapping":
        return [_Told(key, says) for key, says in means.items()]
    if isinstance(means, list) and collection == "list":
        return [_Told(None, says) for says in means]
    raise Collides

"""Which members of a group collide with another: for a whole group at once, never pair by pair.

A member of a group is known by its index in the group's columns. What is asked is only whether,
not with how many or with which: that is a matter of extremes, and extremes are cheap.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from claimtrack.engine.columns import Columns
from claimtrack.engine.rooms import Room, rooms
from claimtrack.engine.spans import Spans, apart, inside

_FEW = 256
"""Up to so many pairs, comparing them all beats any structure."""


def find_colliders(group: Columns, indexes: Sequence[int]) -> list[int]:
    """Those of some members that collide with another of them, in their order.

    O(n log n) for each room that scopes make of them, of which a member asks in at most 2ᵏ and is
    asked in at most 3ᵏ, with k scope keys. Members of one claim are taken for those of several:
    see ``SelfishGroup`` for claims that collide with themselves.
    """
    marks = bytearray(len(group.low))
    for room in _rooms(group, indexes):
        _mark_in_room(group, room, marks)
    return [index for index in indexes if marks[index]]


def _rooms(group: Columns, indexes: Sequence[int]) -> Iterable[Room]:
    if any(group.scope):
        return rooms(group.scope, indexes, indexes)
    return [Room(list(indexes), list(indexes))]


def _mark_in_room(group: Columns, room: Room, marks: bytearray) -> None:
    asking = [index for index in room.asking if not marks[index]]
    if not asking:
        return
    if len(asking) * len(room.asked) <= _FEW:
        for index in asking:
            marks[index] = any(_collide(group, index, other) for other in room.asked)
        return
    negated = group.negated
    held = [index for index in room.asked if not negated[index]]
    denied = [index for index in room.asked if negated[index]]
    plain = [index for index in asking if not negated[index]]
    if group.single:
        reaches = Spans(group.reach_low, group.reach_high, group.start, group.end)
        _mark(plain, apart(reaches.of(plain), reaches.of(held)), marks)
    intervals = Spans(group.low, group.high, group.start, group.end)
    if denied:
        plain = [index for index in plain if not marks[index]]
        _mark(plain, inside(intervals.of(plain), intervals.of(denied)), marks)
    denying = [index for index in asking if negated[index]]
    if denying:
        around = inside(intervals.of(denying).turned(), intervals.of(held).turned())
        _mark(denying, around, marks)


def _mark(indexes: Sequence[int], found: Sequence[bool], marks: bytearray) -> None:
    for index, is_found in zip(indexes, found, strict=True):
        if is_found:
            marks[index] = 1


def _collide(group: Columns, one: int, other: int) -> bool:
    """The rule for a pair that agrees in scope."""
    if group.start[one] > group.end[other] or group.start[other] > group.end[one]:
        return False
    if group.negated[one] is not group.negated[other]:
        inner, outer = (other, one) if group.negated[one] else (one, other)
        return group.low[outer] <= group.low[inner] and group.high[inner] <= group.high[outer]
    if group.negated[one] or not group.single:
        return False
    return (
        group.reach_low[one] > group.reach_high[other]
        or group.reach_low[other] > group.reach_high[one]
    )

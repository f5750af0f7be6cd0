"""With how many others each member of a group collides: for all of a group at once.

Slower than asking whether (see ``groups``), and needed only where pairs are taken off again: those
that a tension softens, or those of a claim with itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from claimtrack.engine.collisions import collide
from claimtrack.engine.dominance import count_dominated
from claimtrack.engine.rooms import rooms
from claimtrack.frozen import frozen
from claimtrack.model import Assertion
from claimtrack.values.interval import End

_FEW = 24
"""Up to this many assertions of each claim, comparing all pairs beats counting by sweeps."""


def collisions_between(ours: Sequence[Assertion], theirs: Sequence[Assertion]) -> int:
    """How many pairs of one assertion of each claim collide; all are of one group."""
    if len(ours) * len(theirs) <= _FEW * _FEW:
        return sum(collide(one, other) for one in ours for other in theirs)
    own = sum(count_colliders(ours)) + sum(count_colliders(theirs))
    return (sum(count_colliders([*ours, *theirs])) - own) // 2


def count_colliders(members: Sequence[Assertion], among: Sequence[bool] | None = None) -> list[int]:
    """For each member of one group (one subject and property) with how many others it collides.

    ``among`` marks which others count. O(n log² n) while no more than four scope keys are used.
    """
    counts = [0] * len(members)
    if not _can_collide(members):
        return counts
    ranked = _rank(members)
    everyone = range(len(members))
    asked = everyone if among is None else [index for index in everyone if among[index]]
    for room in rooms([member.scope for member in members], everyone, asked):
        _count_in_room(ranked, room.asking, room.asked, counts, single=members[0].single)
    return counts


def _can_collide(members: Sequence[Assertion]) -> bool:
    """Whether anything is negated, or not all share a point: a look that settles most groups."""
    if any(member.negated for member in members):
        return True
    if not members or not members[0].single:
        return False
    return max(member.reach.low for member in members) > min(
        member.reach.high for member in members
    )


# --------------------------------------------------------------------------- counting in one room


@frozen
class _Ranked:
    """An assertion with its ends replaced by their ranks: what is compared is small integers."""

    negated: bool
    low: int
    high: int
    reach_low: int
    reach_high: int
    start: int
    end: int


def _rank(members: Sequence[Assertion]) -> list[_Ranked]:
    value = _ranks(
        end
        for member in members
        for end in (
            member.interval.low,
            member.interval.high,
            member.reach.low,
            member.reach.high,
        )
    )
    day = _ranks(end for m in members for end in (m.during.low, m.during.high))
    return [
        _Ranked(
            member.negated,
            value[member.interval.low],
            value[member.interval.high],
            value[member.reach.low],
            value[member.reach.high],
            day[member.during.low],
            day[member.during.high],
        )
        for member in members
    ]


def _ranks(ends: Iterable[End]) -> dict[End, int]:
    return {end: rank for rank, end in enumerate(sorted(set(ends)))}


Corner = tuple[int, ...]
_Way = tuple[list[int], list[_Ranked], Callable[[_Ranked], Corner], Callable[[_Ranked], Corner]]


def _count_in_room(
    ranked: Sequence[_Ranked],
    asking: Sequence[int],
    asked: Sequence[int],
    counts: list[int],
    *,
    single: bool,
) -> None:
    plain = [index for index in asking if not ranked[index].negated]
    negated = [index for index in asking if ranked[index].negated]
    held = [ranked[index] for index in asked if not ranked[index].negated]
    denied = [ranked[index] for index in asked if ranked[index].negated]
    ways: list[_Way] = [
        (plain, denied, lambda each: (each.low, -each.high), _inside),
        (negated, held, lambda each: (-each.low, each.high), _around),
    ]
    if single:
        # Disjoint: another's high end lies before this one's low end, or the mirror image.
        ways += [
            (plain, held, lambda each: (each.reach_high,), _before),
            (plain, held, lambda each: (-each.reach_low,), _after),
        ]
    for indexes, others, corner, limits in ways:
        found = _count_at_a_common_time([ranked[i] for i in indexes], others, corner, limits)
        for index, count in zip(indexes, found, strict=True):
            counts[index] += count


def _before(query: _Ranked) -> Corner:
    return (query.reach_low - 1,)


def _after(query: _Ranked) -> Corner:
    return (-query.reach_high - 1,)


def _inside(query: _Ranked) -> Corner:
    return (query.low, -query.high)


def _around(query: _Ranked) -> Corner:
    return (-query.low, query.high)


def _count_at_a_common_time(
    asking: Sequence[_Ranked],
    asked: Sequence[_Ranked],
    corner: Callable[[_Ranked], Corner],
    limits: Callable[[_Ranked], Corner],
) -> list[int]:
    """For each that asks, how many of those asked have their corner within its limits.

    Those at a common time are those that start by its end, less those that end before its start.
    """
    started = count_dominated(
        [(*corner(each), each.start) for each in asked],
        [(*limits(each), each.end) for each in asking],
    )
    ended = count_dominated(
        [(*corner(each), each.end) for each in asked],
        [(*limits(each), each.start - 1) for each in asking],
    )
    return [more - less for more, less in zip(started, ended, strict=True)]

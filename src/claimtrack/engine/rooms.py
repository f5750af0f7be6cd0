"""Scopes: who can meet whom among the members of one group."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from claimtrack.engine.columns import Scope
from claimtrack.frozen import frozen


@frozen
class Room:
    """Indexes of members: every one of ``asking`` agrees in scope with every one of ``asked``."""

    asking: list[int]
    asked: list[int]


def rooms(scopes: Sequence[Scope], asking: Sequence[int], asked: Sequence[int]) -> Iterator[Room]:
    """Every pair of an asking and an asked member that agrees in scope, in exactly one room.

    Members agree where no key that both have differs: those that ask have a set of keys, those
    that are asked share some of it, and the values of what is shared are equal. With k keys, at
    most 3ᵏ pairs of such sets come about, so that a bound on the keys bounds the work.
    """
    ours = _by_keys(scopes, asking)
    theirs = ours if asking is asked else _by_keys(scopes, asked)
    for keys, held in ours.items():
        for shared in _parts(keys):
            meeting = [
                found
                for other, found in theirs.items()
                if tuple(key for key in keys if key in other) == shared
            ]
            others = _by_values(meeting, shared)
            for values, indexes in _by_values([held], shared).items() if others else ():
                if values in others:
                    yield Room(indexes, others[values])


_ByScope = dict[Scope, list[int]]


def _by_keys(scopes: Sequence[Scope], members: Sequence[int]) -> dict[tuple[str, ...], _ByScope]:
    """Members by their scopes, and these by their keys: there are fewer of each than of members."""
    by_scope: _ByScope = {}
    for index in members:
        by_scope.setdefault(scopes[index], []).append(index)
    found: dict[tuple[str, ...], _ByScope] = {}
    for scope, indexes in by_scope.items():
        found.setdefault(tuple(key for key, _ in scope), {})[scope] = indexes
    return found


def _parts(keys: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    for size in range(len(keys) + 1):
        yield from combinations(keys, size)


def _by_values(parts: Iterable[_ByScope], keys: tuple[str, ...]) -> _ByScope:
    """Members put together by what their scopes have for some keys."""
    found: _ByScope = {}
    for part in parts:
        for scope, indexes in part.items():
            found.setdefault(tuple(pair for pair in scope if pair[0] in keys), []).extend(indexes)
    return found

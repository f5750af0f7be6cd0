"""Scopes: who can meet whom among the members of one group."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from claimtrack.engine.columns import Scope


@dataclass(frozen=True, slots=True)
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
    ours = _by_scope(scopes, asking)
    theirs = ours if asking is asked else _by_scope(scopes, asked)
    for keys in dict.fromkeys(map(_keys, ours)):
        for shared in _parts(keys):
            held = _by_values(
                {scope: found for scope, found in ours.items() if _keys(scope) == keys}, shared
            )
            others = _by_values(
                {
                    scope: found
                    for scope, found in theirs.items()
                    if tuple(key for key in keys if key in _keys(scope)) == shared
                },
                shared,
            )
            for values, indexes in held.items():
                if values in others:
                    yield Room(indexes, others[values])


_ByScope = dict[Scope, list[int]]


def _by_scope(scopes: Sequence[Scope], members: Sequence[int]) -> _ByScope:
    found: _ByScope = {}
    for index in members:
        found.setdefault(scopes[index], []).append(index)
    return found


def _keys(scope: Scope) -> tuple[str, ...]:
    return tuple(key for key, _ in scope)


def _parts(keys: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    for size in range(len(keys) + 1):
        yield from combinations(keys, size)


def _by_values(by_scope: _ByScope, keys: tuple[str, ...]) -> dict[Scope, list[int]]:
    """Members put together by what their scopes have for some keys."""
    found: dict[Scope, list[int]] = {}
    for scope, indexes in by_scope.items():
        found.setdefault(tuple(pair for pair in scope if pair[0] in keys), []).extend(indexes)
    return found

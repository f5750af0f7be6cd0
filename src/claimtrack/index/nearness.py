"""Which claims have to be looked at together for what is derived of some of them to be right.

Claims are bound to one another by what decides how they stand: answers to one question that may
collide, relations that join, set against or replace, and reviews. What is bound, by whatever steps,
is derived together; other relations take in a neighbour, but not what is bound to that.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from claimtrack.index.stored import Stored, in_parts, marks
from claimtrack.model import Review

BINDING = ("same-as", "contradicts", "tension", "supersedes")


class Near(NamedTuple):
    """Claims that are bound to one another, their neighbours, and their reviews, by number."""

    bound: set[int]
    beside: set[int]
    reviews: set[int]


class Reviewed(NamedTuple):
    """Claims that reviews which come or go are about, and those reviews, by number."""

    claims: set[int]
    reviews: list[int]


def near(stored: Stored, claims: Iterable[int]) -> Near:
    """All that is bound to some claims, with its neighbours and reviews."""
    bound, reviews = set(claims), set[int]()
    fresh = set(bound)
    while fresh:
        reached = set(_by_answers(stored, fresh)) | set(_by_relations(stored, fresh, True))
        for review, claim in _reviewed(stored, fresh):
            reviews.add(review)
            reached.update(claim)
        fresh = reached - bound
        bound |= fresh
    beside = set(_by_relations(stored, bound, False)) - bound
    return Near(bound, beside, reviews)


def _numbers(stored: Stored, question: str, keys: Iterable[object]) -> Iterator[int]:
    """What a question with one list of marks gives for all keys."""
    for some in in_parts(keys):
        yield from (no for (no,) in stored.index.execute(question.format(marks=marks(some)), some))


def _by_answers(stored: Stored, claims: Iterable[int]) -> Iterator[int]:
    """Claims that answer a question that some of these do, and on which answers may collide."""
    groups = _numbers(
        stored,
        'SELECT DISTINCT m."group" FROM members m JOIN groups g ON g.id = m."group"'
        " WHERE g.hot AND m.no IN ({marks})",
        claims,
    )
    return _numbers(stored, 'SELECT no FROM members WHERE "group" IN ({marks})', set(groups))


def _by_relations(stored: Stored, claims: Iterable[int], binding: bool) -> Iterator[int]:
    """Claims that these relate to, and those that relate to these."""
    held = list(claims)
    types = f"r.type {'IN' if binding else 'NOT IN'} {BINDING}"
    yield from _numbers(
        stored,
        "SELECT i.no FROM relations r JOIN ids i ON i.id = r.other"
        f" WHERE i.sound AND {types} AND r.no IN ({{marks}})",
        held,
    )
    yield from _numbers(
        stored,
        "SELECT r.no FROM ids i JOIN relations r ON r.other = i.id"
        f" WHERE {types} AND i.no IN ({{marks}})",
        held,
    )


def _reviewed(stored: Stored, claims: Iterable[int]) -> Iterator[tuple[int, list[int]]]:
    """Reviews of conflicts that some claims may stand in, or that name them, with the others."""
    if not stored.fact("all reviews"):
        return
    for some in in_parts(claims):
        question = f"""
            SELECT r.no, r.conflict, r.claim, r.dispute FROM reviews r WHERE r.conflict IN (
                SELECT g.conflict FROM members m JOIN groups g ON g.id = m."group"
                WHERE m.no IN ({marks(some)})
            ) OR r.claim IN (SELECT id FROM ids WHERE sound AND no IN ({marks(some)}))
            OR r.dispute IN (SELECT id FROM ids WHERE sound AND no IN ({marks(some)}))
            OR instr(r.conflict, '~') AND EXISTS (
                SELECT 1 FROM ids c WHERE c.no IN ({marks(some)})
                AND instr('~' || r.conflict || '~', '~' || c.id || '~')
            )"""
        for no, conflict, claim, dispute in stored.index.execute(question, some * 4):
            yield no, list(_named(stored, conflict or "", [claim, dispute]))


def named_by(stored: Stored, reviews: Iterable[Review]) -> set[int]:
    """The claims that some reviews are about."""
    return {
        no
        for each in reviews
        for no in _named(stored, each.conflict or "", [each.claim, each.dispute])
    }


def _named(stored: Stored, conflict: str, claims: list[str | None]) -> Iterator[int]:
    """The claims that a review is about: those of its conflict, and those that it names."""
    ids = [each for each in (*conflict.split("~"), *claims) if each]
    yield from _numbers(stored, "SELECT no FROM ids WHERE sound AND id IN ({marks})", ids)
    yield from _numbers(
        stored,
        'SELECT m.no FROM groups g JOIN members m ON m."group" = g.id'
        " WHERE g.hot AND g.conflict IN ({marks})",
        [conflict],
    )

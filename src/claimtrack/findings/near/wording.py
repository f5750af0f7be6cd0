"""Unstructured claims whose statements speak of the same and differ in little."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from itertools import chain, combinations, product
from typing import Literal, TypeVar

from claimtrack.findings.english.figures import Amount, Day
from claimtrack.findings.near.similarity import alike
from claimtrack.findings.near.statements import Reader, Statement
from claimtrack.findings.near.suggestion import Difference, Suggestion
from claimtrack.findings.near.undecided import Undecided
from claimtrack.model import Register
from claimtrack.progress import Tell, counted, quiet

ALIKE = Fraction(3, 5)
"""The share of their words that two statements must have in common."""

Kinds = dict[tuple[frozenset[str], frozenset[str]], list[Statement]]
Two = tuple[Statement, Statement]


def through_wording(
    register: Register, undecided: Undecided, tell: Tell = quiet
) -> Iterator[Iterator[Suggestion | None]]:
    """For each kind of statement (the same entities, the same words), what is near to one of it."""
    reader = Reader(register.entities.values())
    kinds: Kinds = {}
    for claim in counted(undecided.claims, "taking statements apart", tell):
        if not claim.asserts:
            read = reader.read(claim)
            kinds.setdefault((read.entities, read.words), []).append(read)
    held = list(kinds.values())
    tell("comparing statements", 0, len(held))
    for index, others in alike([words for _, words in kinds], ALIKE):
        tell("comparing statements", index, len(held))
        kind = held[index]
        near = (held[other] for other in others if _share_entities(held[other][0], kind[0]))
        between = (_between(kind, other, undecided) for other in near)
        pairs = chain(_within(kind, undecided), chain.from_iterable(between))
        yield _differing(pairs, undecided)


def _share_entities(one: Statement, other: Statement) -> bool:
    """Whether they are about the same, or one of them about more than the other."""
    if not one.entities or not other.entities:
        return one.entities == other.entities
    return one.entities <= other.entities or other.entities <= one.entities


def _within(kind: Sequence[Statement], undecided: Undecided) -> Iterable[Two]:
    """The pairs of one kind that are to be looked at."""
    asked = [each for each in kind if undecided.begins(each.claim.id)]
    return combinations(kind, 2) if len(asked) == len(kind) else product(asked, kind)


def _between(
    kind: Sequence[Statement], other: Sequence[Statement], undecided: Undecided
) -> Iterable[Two]:
    """The pairs of one of each kind that are to be looked at."""
    asked = [each for each in kind if undecided.begins(each.claim.id)]
    rest = [each for each in kind if not undecided.begins(each.claim.id)]
    asked_there = [each for each in other if undecided.begins(each.claim.id)]
    return chain(product(asked, other), product(rest, asked_there))


def _differing(pairs: Iterable[Two], undecided: Undecided) -> Iterator[Suggestion | None]:
    for one, other in pairs:
        first, second = sorted((one, other), key=lambda each: undecided.order[each.claim.id])
        found = differences(first, second)
        if not found:
            yield None
            continue
        claims = (first.claim.id, second.claim.id)
        entities = tuple(sorted(one.entities & other.entities))
        yield Suggestion("wording", claims, entities=entities, differences=found)


# ------------------------------------------------------------------------------------ differences


def differences(one: Statement, other: Statement) -> tuple[Difference, ...]:
    """In what two statements, otherwise alike, cannot both be true.

    What is said of different times may differ, and who denies the opposite agrees.
    """
    opposed = list(_opposed(one, other))
    denied = list(_denied(one, other, opposed))
    if opposed and denied:
        return ()
    found = [*_figures(one.amounts, other.amounts, "number"), *denied, *opposed]
    dates = list(_figures(one.dates, other.dates, "date"))
    if dates:
        return () if found else tuple(dates)
    return () if _at_different_times(one, other) else tuple(found)


Figure = TypeVar("Figure", Amount, Day)


def _figures(
    ours: Sequence[Figure], theirs: Sequence[Figure], kind: Literal["number", "date"]
) -> Iterator[Difference]:
    """The first figure of each that is none of the other's, if both have one."""
    mine = next((f for f in ours if all(f.differs(other) for other in theirs)), None)
    yours = next((f for f in theirs if all(f.differs(other) for other in ours)), None)
    if mine and yours and ours and theirs:
        yield Difference(kind, mine.text, yours.text)


def _opposed(one: Statement, other: Statement) -> Iterator[Difference]:
    for line, words in one.sides.items():
        against = other.sides.get(line, {})
        if len(words) == len(against) == 1 and words.keys() != against.keys():
            yield Difference("antonym", *words.values(), *against.values())


def _denied(
    one: Statement, other: Statement, opposed: Sequence[Difference]
) -> Iterator[Difference]:
    counted = {word for each in opposed for word in (each.one, each.other)}
    ours, theirs = ([word for word in each.denials if word not in counted] for each in (one, other))
    if len(ours) % 2 != len(theirs) % 2:
        yield Difference("negation", *ours[:1] or [""], *theirs[:1] or [""])


def _at_different_times(one: Statement, other: Statement) -> bool:
    when = (one.claim.when, other.claim.when)
    return when[0] is not None and when[1] is not None and when[0].days.disjoint(when[1].days)

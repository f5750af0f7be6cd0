"""A statement taken apart: whom it is about, its figures, its denials and its other words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import zip_longest

from claimtrack.findings.english.figures import Amount, Day, find_figures
from claimtrack.findings.english.lexicon import negations, opposites, stem, stops
from claimtrack.findings.english.tokens import Token, tokens
from claimtrack.frozen import frozen
from claimtrack.model import Claim, Entity


@frozen
class Statement:
    """What a claim says, in a form in which two of them can be compared.

    ``words`` are those that say what it is about, opposites counted as one word; ``sides`` are the
    words that have an opposite, by what they are opposites in.
    """

    claim: Claim
    entities: frozenset[str]
    words: frozenset[str]
    dates: tuple[Day, ...]
    amounts: tuple[Amount, ...]
    denials: tuple[str, ...]
    sides: Mapping[int, Mapping[bool, str]]


class Reader:
    """Reads statements, knowing the names of the entities."""

    def __init__(self, entities: Iterable[Entity]) -> None:
        self._named: dict[tuple[str, ...], str] = {}
        self._lengths: dict[str, set[int]] = {}
        """By their first words, how long names are."""
        for entity in entities:
            names = [entity.id, entity.name or "", *(alias.name for alias in entity.aliases)]
            for words in (tuple(token.text for token in tokens(name)) for name in names):
                if words:
                    self._named.setdefault(words, entity.id)
                    self._lengths.setdefault(words[0], set()).add(len(words))

    def read(self, claim: Claim) -> Statement:
        """A claim's statement, taken apart."""
        found = tokens(claim.statement)
        named, taken = self._names(found)
        figures = find_figures(found, taken)
        rest = [found[at] for at in figures.rest]
        return Statement(
            claim,
            frozenset([*claim.about, *named]),
            frozenset(_words(rest)),
            figures.dates,
            figures.amounts,
            _denials(rest),
            _sides(rest),
        )

    def _names(self, found: Sequence[Token]) -> tuple[set[str], frozenset[int]]:
        """The entities that are named, and the places of their names, longest names first."""
        named: set[str] = set()
        taken: set[int] = set()
        at = 0
        while at < len(found):
            length = 1
            for held in sorted(self._lengths.get(found[at].text, ()), reverse=True):
                entity = self._named.get(tuple(token.text for token in found[at : at + held]))
                if entity is not None:
                    named.add(entity)
                    taken.update(range(at, at + held))
                    length = held
                    break
            at += length
        return named, frozenset(taken)


def _words(rest: Iterable[Token]) -> Iterable[str]:
    for token in rest:
        if token.text not in stops() and (
            token.text not in negations() or stem(token.text) in opposites()
        ):
            side = opposites().get(stem(token.text))
            yield stem(token.text) if side is None else f"#{side.line}"


_NO_DENIAL = frozenset({"doubt", "least", "only"})
"""Words before which a ``not`` or a ``no`` denies nothing."""


def _denials(rest: Sequence[Token]) -> tuple[str, ...]:
    texts = [token.text for token in rest]
    return tuple(
        text
        for text, after in zip_longest(texts, texts[1:])
        if text in negations() and after not in _NO_DENIAL
    )


def _sides(rest: Iterable[Token]) -> Mapping[int, Mapping[bool, str]]:
    found: dict[int, dict[bool, str]] = {}
    for token in rest:
        if side := opposites().get(stem(token.text)):
            found.setdefault(side.line, {}).setdefault(side.right, token.text)
    return found

"""Pairs that would collide if a name that no entity declares were the one it is spelt like."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice

from claimtrack.findings.near.listing import crossing
from claimtrack.findings.near.spelling import Name, Spellings
from claimtrack.findings.near.suggestion import Spelling, Suggestion
from claimtrack.findings.near.undecided import Undecided
from claimtrack.frozen import frozen, replace
from claimtrack.model import Assertion, Entity, Register
from claimtrack.values.interval import Interval, point
from claimtrack.values.trees import number_forest

Groups = Mapping[tuple[str, str], Sequence[Assertion]]

_MEANT = 5
"""How many things a name that no entity declares may be taken for."""


def through_spelling(
    groups: Groups, register: Register, undecided: Undecided
) -> Iterator[Iterator[Suggestion | None]]:
    """For each subject and property, the pairs that a spelling may have kept apart."""
    written = _undeclared(groups, register)
    if not written:
        return
    meant = _Meant(written, register)
    yield from _as_subjects(groups, meant, undecided)
    yield from _as_values(groups, register, meant, undecided)


def _undeclared(groups: Groups, register: Register) -> dict[str, str]:
    """The names that no entity declares, by their folded text, as they are written first."""
    found: dict[str, str] = {}
    for members in groups.values():
        for each in members:
            if each.subject not in register.entities:
                found.setdefault(each.subject, each.subject_text)
            if each.entity is not None and each.entity not in register.entities:
                found.setdefault(each.entity, each.text)
    return found


class _Meant:
    """What each undeclared name is spelt like."""

    def __init__(self, written: Mapping[str, str], register: Register) -> None:
        self._written, self._entities = written, register.entities
        declared = (name for entity in register.entities.values() for name in _names(entity))
        spellings = Spellings([*declared, *(Name(text, key) for key, text in written.items())])
        self.by_name: dict[str, list[str]] = {
            key: _keys(spellings.like(text), other_than=key) for key, text in written.items()
        }

    def groups(self) -> dict[str, list[str]]:
        """What is meant, with the names that may mean it; of two undeclared ones the first."""
        order = {key: number for number, key in enumerate(self._written)}
        found: dict[str, list[str]] = {}
        for name, meant in self.by_name.items():
            for key in meant:
                if order.get(key, -1) < order[name]:
                    found.setdefault(key, []).append(name)
        return found

    def spelling(self, name: str, key: str) -> Spelling:
        """The two names, for somebody to compare."""
        entity = self._entities.get(key)
        if entity is None:
            return Spelling(self._written[name], self._written[key], None)
        return Spelling(self._written[name], entity.name or entity.id, entity.id)


def _names(entity: Entity) -> Iterable[Name]:
    """An entity's id, name and aliases; of a person also ``A. Belousov``, ``Belousov``."""
    texts = [entity.id.replace("-", " "), *(alias.name for alias in entity.aliases)]
    texts += [entity.name] if entity.name else []
    for words in map(str.split, texts.copy() if entity.kind == "person" else ()):
        texts += [words[-1], f"{words[0][0]} {words[-1]}"] if len(words) > 1 else []
    return (Name(text, entity.id) for text in texts)


def _keys(names: Iterable[Name], *, other_than: str) -> list[str]:
    keys = (name.key for name in names if name.key != other_than)
    return list(islice(dict.fromkeys(keys), _MEANT))


# ----------------------------------------------------------------------------------------- subjects


def _as_subjects(
    groups: Groups, meant: _Meant, undecided: Undecided
) -> Iterator[Iterator[Suggestion | None]]:
    properties: dict[str, list[str]] = {}
    for subject, property_id in groups:
        properties.setdefault(subject, []).append(property_id)
    for key, names in meant.groups().items():
        for property_id in properties.get(key, ()):
            ours = [each for name in names for each in groups.get((name, property_id), ())]
            if ours:
                yield _subjects(ours, groups[key, property_id], meant, undecided)


def _subjects(
    ours: Sequence[Assertion], theirs: Sequence[Assertion], meant: _Meant, undecided: Undecided
) -> Iterator[Suggestion | None]:
    subject = theirs[0].subject
    taken = [replace(each, subject=subject) for each in ours]
    for found in crossing(taken, theirs, undecided):
        if found is None:
            yield None
            continue
        one, other = found
        yield undecided.suggest(
            "spelling",
            (ours[one], theirs[other]),
            (taken[one], theirs[other]),
            spelling=meant.spelling(ours[one].subject, subject),
        )


# ------------------------------------------------------------------------------------------- values


@frozen
class _Taken:
    """An assertion whose value is taken for another one."""

    written: Assertion
    taken: Assertion
    name: str
    meant: str


def _as_values(
    groups: Groups, register: Register, meant: _Meant, undecided: Undecided
) -> Iterator[Iterator[Suggestion | None]]:
    nested = number_forest({key: entity.part_of for key, entity in register.entities.items()})
    alone = {key: point(places.low) for key, places in nested.items()}
    for (_, property_id), members in groups.items():
        of = register.properties[property_id]
        if of.type != "entity" or not any(each.negated for each in members):
            continue
        undeclared = {
            each.entity: each.interval
            for each in members
            if each.entity is not None and each.entity not in nested
        }
        where = ChainMap(undeclared, nested if of.nested else alone)
        if ours := list(_taken(members, where, meant)):
            yield _values(ours, members, meant, undecided)


def _taken(
    members: Sequence[Assertion], where: Mapping[str, Interval], meant: _Meant
) -> Iterator[_Taken]:
    for each in members:
        for key in meant.by_name.get(each.entity or "", ()):
            if key in where:
                taken = replace(each, entity=key, interval=where[key], single=False)
                yield _Taken(each, taken, each.entity or "", key)


def _values(
    ours: Sequence[_Taken], members: Sequence[Assertion], meant: _Meant, undecided: Undecided
) -> Iterator[Suggestion | None]:
    # Values that are held and differ collide already; only what is denied can be one with another.
    theirs = [replace(each, single=False) for each in members]
    for found in crossing([each.taken for each in ours], theirs, undecided):
        if found is None:
            yield None
            continue
        mine, other = ours[found[0]], found[1]
        yield undecided.suggest(
            "spelling",
            (mine.written, members[other]),
            (mine.taken, theirs[other]),
            spelling=meant.spelling(mine.name, mine.meant),
        )

"""Finding the entry that a command is to change, by its id."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum

from claimtrack.diagnostic import ClaimtrackError, Place, did_you_mean
from claimtrack.edit.draft import Draft, EntryKey, Section
from claimtrack.edit.written import Refused


class Kind(StrEnum):
    """What an entry is."""

    CLAIM = "claim"
    SOURCE = "source"
    ENTITY = "entity"
    PROPERTY = "property"


SECTION_OF: Mapping[Kind, Section] = {
    Kind.CLAIM: "claims",
    Kind.SOURCE: "sources",
    Kind.ENTITY: "entities",
    Kind.PROPERTY: "properties",
}
_KIND_OF: Mapping[Section, Kind] = {section: kind for kind, section in SECTION_OF.items()}


class NoEntry(ClaimtrackError):
    """No entry has the id, or several of different kinds have it."""


def a(kind: Kind) -> str:
    """The kind with its article."""
    return f"{'an' if kind is Kind.ENTITY else 'a'} {kind}"


def kind_of(key: EntryKey) -> Kind:
    """What an entry is."""
    return _KIND_OF[key.section]


def find_entry(draft: Draft, name: str, kind: Kind | None = None) -> EntryKey:
    """The entry with exactly that id, sound or not, of that kind or of any.

    Raises NoEntry, and Refused where a second one has its id.
    """
    kinds = tuple(Kind) if kind is None else (kind,)
    found = [each for each in kinds if name in _held(draft, each)]
    if not found:
        known = [entry for each in kinds for entry in _held(draft, each)]
        what = "claim, source, entity or property" if kind is None else kind
        raise NoEntry(f"no {what} has the id '{name}'{did_you_mean(name, known)}")
    if len(found) > 1:
        options = " or ".join(f"--kind {each}" for each in found)
        raise NoEntry(
            f"'{name}' is the id of {' and of '.join(map(a, found))}; say which with {options}"
        )
    key = EntryKey(SECTION_OF[found[0]], name)
    _refuse_twins(draft, key)
    return key


def _held(draft: Draft, kind: Kind) -> Mapping[str, object]:
    held: Mapping[str, object] = getattr(draft.entries, SECTION_OF[kind])
    return held


def _refuse_twins(draft: Draft, key: EntryKey) -> None:
    """A second entry of that id is nowhere but in a diagnostic: what is done to one misses it."""
    first = getattr(draft.entries, key.section)[key.id].place
    others = [
        each.place
        for each in draft.diagnostics
        if each.code in _TWICE and any(related.place == first for related in each.related)
    ]
    if others:
        places = [first, *others]
        number = "two" if len(places) == 2 else str(len(places))
        where = _lines(places) if len(draft.files) == 1 else _places(places)
        raise Refused(f"{number} {key.section} have the id '{key.id}' ({where}); mend that first")


_TWICE = ("CT201", "CT301")
"""Codes of an id that is there already: in the register, or among the keys of one mapping."""


def _lines(places: Sequence[Place]) -> str:
    *some, last = [str(each.line) for each in places]
    return f"lines {', '.join(some)} and {last}"


def _places(places: Sequence[Place]) -> str:
    return " and ".join(f"{each.file}:{each.line}" for each in places)

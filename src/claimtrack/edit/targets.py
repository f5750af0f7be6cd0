"""Finding the entry that a command is to change, by its id."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from claimtrack.diagnostic import ClaimtrackError, did_you_mean
from claimtrack.edit.draft import Draft, EntryKey, Section


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
    """The entry with exactly that id, sound or not, of that kind or of any. Raises NoEntry."""
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
    return EntryKey(SECTION_OF[found[0]], name)


def _held(draft: Draft, kind: Kind) -> Mapping[str, object]:
    held: Mapping[str, object] = getattr(draft.entries, SECTION_OF[kind])
    return held

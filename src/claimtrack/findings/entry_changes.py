"""What differs between two states of sources, entities and properties. Pure.

Notes, and where an entry stands, are no part of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, TypeVar

from claimtrack.findings.changes import KeyChange
from claimtrack.fingerprint import Written
from claimtrack.model import Claim, Entity, Property, Register, Source

Kind = Literal["source", "entity", "property"]


@dataclass(frozen=True, slots=True)
class EntryChange:
    """One source, entity or property that was not yet there, is no longer, or is another."""

    kind: Kind
    id: str
    change: Literal["added", "gone", "changed"]
    keys: tuple[KeyChange, ...] = ()
    """Of one that is another, the keys that differ."""


def entry_changes(before: Register, after: Register) -> tuple[EntryChange, ...]:
    """Sources, then entities, then properties; of each those added, gone and changed."""
    return (
        *_changes("source", _all(before.sources, _source), _all(after.sources, _source)),
        *_changes("entity", _all(before.entities, _entity), _all(after.entities, _entity)),
        *_changes(
            "property", _all(before.properties, _property), _all(after.properties, _property)
        ),
    )


Keys = Mapping[str, Written | None]
T = TypeVar("T", Source, Entity, Property)


def _all(entries: Mapping[str, T], keys: Callable[[T], Keys]) -> dict[str, Keys]:
    return {key: keys(entry) for key, entry in entries.items()}


def _changes(
    kind: Kind, before: Mapping[str, Keys], after: Mapping[str, Keys]
) -> Iterator[EntryChange]:
    for key in after:
        if key not in before:
            yield EntryChange(kind, key, "added")
    for key in before:
        if key not in after:
            yield EntryChange(kind, key, "gone")
    for key, held in before.items():
        differing = key_changes(held, after.get(key, held))
        if differing:
            yield EntryChange(kind, key, "changed", differing)


def key_changes(before: Keys, after: Keys) -> tuple[KeyChange, ...]:
    """The keys whose values differ, each with both; a value that is not there is None."""
    return tuple(
        KeyChange(key, before.get(key), after.get(key))
        for key in dict.fromkeys([*before, *after])
        if before.get(key) != after.get(key)
    )


def _source(source: Source) -> Keys:
    return {
        "file": source.file,
        "sha256": source.sha256,
        "title": source.title,
        "publisher": source.publisher,
        "author": source.author,
        "url": source.url,
        "language": source.language,
        "published": source.published.text if source.published else None,
        "retrieved": source.retrieved.text if source.retrieved else None,
        "genre": source.genre,
        "reliability": source.reliability,
        "basis": source.basis,
        "derived_from": list(source.derived_from) or None,
    }


def _entity(entity: Entity) -> Keys:
    return {
        "name": entity.name,
        "kind": entity.kind,
        "aliases": [alias.name for alias in entity.aliases] or None,
        "anonymous": entity.anonymous or None,
        "part_of": entity.part_of,
    }


def _property(of: Property) -> Keys:
    return of.written if isinstance(of.written, Mapping) else {}


def claim_keys(claim: Claim) -> Keys:
    """What a claim says beside its statement, its assertions, its evidence and its relations."""
    return {
        "kind": claim.kind,
        "when": claim.when.text if claim.when else None,
        "about": list(claim.about) or None,
        "tags": list(claim.tags) or None,
    }

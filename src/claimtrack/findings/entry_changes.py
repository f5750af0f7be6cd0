"""What differs between two states of sources, entities and properties. Pure.

Notes, and where an entry stands, are no part of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal

from claimtrack.findings.changes import KeyChange
from claimtrack.findings.renames import Renames
from claimtrack.fingerprint import Written
from claimtrack.frozen import frozen
from claimtrack.model import (
    CATALOGUE_KINDS,
    CatalogueKind,
    Claim,
    Entity,
    Property,
    Register,
    Source,
)

Keys = Mapping[str, Written | None]


@frozen
class EntryChange:
    """One source, entity or property that was not yet there, is no longer, or is another.

    Left out: an error leaves it out now. Mended: one left it out before, and none does now.
    Renamed: ``was`` is what it was called.
    """

    kind: CatalogueKind
    id: str
    change: Literal["renamed", "added", "gone", "left out", "mended", "changed"]
    was: str | None = None
    keys: tuple[KeyChange, ...] = ()
    """Of one that is another, the keys that differ."""


def entry_changes(before: Register, after: Register, renames: Renames) -> tuple[EntryChange, ...]:
    """Sources, then entities, then properties; of each those renamed, added, gone and so on.

    ``before`` is in the ids of ``after``.
    """
    named: Mapping[CatalogueKind, Mapping[str, str]] = {
        "source": renames.sources,
        "entity": renames.entities,
        "property": renames.properties,
    }
    return tuple(
        change for kind in CATALOGUE_KINDS for change in _changes(kind, before, after, named[kind])
    )


def _changes(
    kind: CatalogueKind, before: Register, after: Register, renamed: Mapping[str, str]
) -> Iterator[EntryChange]:
    then, now = catalogue_keys(kind, before), catalogue_keys(kind, after)
    broken_then, broken = before.catalogue_left_out[kind], after.catalogue_left_out[kind]
    for old, new in renamed.items():
        yield EntryChange(kind, new, "renamed", old)
    for key in now:
        if key not in then:
            yield EntryChange(kind, key, "mended" if key in broken_then else "added")
    for key in (*then, *sorted(broken_then)):
        if not is_known(kind, key, after):
            yield EntryChange(kind, key, "gone")
    for key in sorted(broken - broken_then):
        yield EntryChange(kind, key, "left out")
    for key, held in then.items():
        differing = key_changes(held, now.get(key, held))
        if differing:
            yield EntryChange(kind, key, "changed", keys=differing)


def catalogue_keys(kind: CatalogueKind, register: Register) -> dict[str, Keys]:
    """What each sound entry of one kind says, by its id."""
    match kind:
        case "source":
            return {key: _source(entry) for key, entry in register.sources.items()}
        case "entity":
            return {key: _entity(entry) for key, entry in register.entities.items()}
        case "property":
            return {key: _property(entry) for key, entry in register.properties.items()}


def is_known(kind: CatalogueKind, key: str, register: Register) -> bool:
    """Whether an entry of one kind is written under that id, be it sound or not."""
    held: Mapping[CatalogueKind, Mapping[str, object]] = {
        "source": register.sources,
        "entity": register.entities,
        "property": register.properties,
    }
    return key in held[kind] or key in register.catalogue_left_out[kind]


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

"""Who names a claim, a source, an entity or a property, and with which scalar.

Found in what is written: in entries with errors as well, as far as their form lets one see.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from claimtrack.diagnostic import Place
from claimtrack.edit.draft import Draft, EntryKey, Section
from claimtrack.frozen import frozen
from claimtrack.reading.fitting import Entry
from claimtrack.reading.nametable import NameTable
from claimtrack.reading.nodes import Mapping as Mapped
from claimtrack.reading.nodes import Node, Scalar, Sequence


@frozen
class Reference:
    """A scalar that names something, and the entry in which it stands."""

    holder: EntryKey
    scalar: Scalar
    file: str
    path: tuple[str, ...]
    """The keys that lead to it in the entry."""

    @property
    def role(self) -> str:
        """The key that holds it."""
        return self.path[-1]

    @property
    def place(self) -> Place:
        """Where it stands."""
        return Place(self.file, self.scalar.line, self.scalar.column)


_VALUE = ("asserts", "value")
"""Where an entity is named only if the property takes one."""

_PATHS: Mapping[Section, Mapping[Section, tuple[tuple[str, ...], ...]]] = {
    "claims": {
        "claims": (("relations", "claim"),),
        "reviews": (("claim",), ("dispute",)),
    },
    "sources": {
        "sources": (("derived_from",),),
        "claims": (("evidence", "source"),),
    },
    "entities": {
        "entities": (("part_of",),),
        "sources": (("publisher",), ("author",)),
        "claims": (
            ("asserts", "subject"),
            _VALUE,
            ("about",),
            ("evidence", "by"),
            ("evidence", "via"),
        ),
    },
    "properties": {"claims": (("asserts", "property"),)},
}
"""What names an entry of a section: by the section of the one that names, the keys that lead there.

Lists on the way are gone through.
"""


def references(draft: Draft, key: EntryKey) -> list[Reference]:
    """Every scalar that names the entry, section by section; those within conflict ids too.

    An entity is named by whatever means it and no other: its id, its name, an alias. Its own
    entry names nothing.
    """
    names = draft.written_names if key.section == "entities" else None
    found = [
        each
        for each in namings(draft, key.section)
        if each.holder != key and _meant(each.scalar.text, names) == [key.id]
    ]
    within = (
        each
        for each in conflict_namings(draft)
        if key.id in conflict_parts(each.scalar.text, key.section)
    )
    return [*found, *within]


def _meant(text: str, names: NameTable | None) -> list[str]:
    return [text] if names is None else names.find(text)


def namings(draft: Draft, named: Section) -> Iterator[Reference]:
    """Every scalar where an entry of a section is named, whichever it means, and if any.

    Those within conflict ids are not among them.
    """
    with_entities = _of_type_entity(draft)
    for section, paths in _PATHS[named].items():
        for holder, entry in _entries(draft, section):
            for path in paths:
                found = (
                    _entity_values(entry.node, with_entities)
                    if path == _VALUE
                    else scalars(entry.node, path)
                )
                yield from (Reference(holder, each, entry.file, path) for each in found)


def _of_type_entity(draft: Draft) -> frozenset[str]:
    """The properties whose values are entities, those with errors elsewhere included."""
    return frozenset(
        of.id
        for of in draft.entries.properties.values()
        if any(each.text == "entity" for each in scalars(of.node, ("type",)))
    )


def _entity_values(claim: Node, with_entities: frozenset[str]) -> Iterator[Scalar]:
    for asserts in values(claim, "asserts"):
        for each in asserts.items if isinstance(asserts, Sequence) else (asserts,):
            if any(of.text in with_entities for of in scalars(each, ("property",))):
                yield from scalars(each, ("value",))


def _entries(draft: Draft, section: Section) -> Iterator[tuple[EntryKey, Entry[Any]]]:
    held = getattr(draft.entries, section)
    pairs = enumerate(held) if section == "reviews" else held.items()
    return ((EntryKey(section, str(name)), entry) for name, entry in pairs)


def scalars(node: Node, path: tuple[str, ...]) -> Iterator[Scalar]:
    """The scalars to which the keys lead; every item of a list on the way is gone through."""
    if isinstance(node, Sequence):
        for item in node.items:
            yield from scalars(item, path)
    elif isinstance(node, Mapped) and path:
        for name, value in node.entries:
            if isinstance(name, Scalar) and name.text == path[0]:
                yield from scalars(value, path[1:])
    elif isinstance(node, Scalar) and not path and node.core != "null":
        yield node


def values(node: Node, key: str) -> Iterator[Node]:
    """What a mapping holds under a key."""
    pairs = node.entries if isinstance(node, Mapped) else ()
    return (value for name, value in pairs if isinstance(name, Scalar) and name.text == key)


# ---------------------------------------------------------------------------------- conflict ids


def conflict_namings(draft: Draft) -> Iterator[Reference]:
    """The scalar that names a conflict, of every review of one."""
    for holder, entry in _entries(draft, "reviews"):
        for scalar in scalars(entry.node, ("conflict",)):
            yield Reference(holder, scalar, entry.file, ("conflict",))


def conflict_parts(conflict: str, section: Section) -> list[str]:
    """The ids of one section that a conflict's id is made of."""
    if section == "claims":
        return conflict.split("~") if "~" in conflict else []
    subject, dot, of = conflict.partition(".")
    if not dot:
        return []
    return {"entities": [subject], "properties": [of]}.get(section, [])


def conflict_with(conflict: str, section: Section, old: str, new: str) -> str:
    """The id that a conflict has once an id that it is made of is another."""
    if section == "claims":
        parts = {new if part == old else part for part in conflict.split("~")}
        return "~".join(sorted(parts))
    subject, _, of = conflict.partition(".")
    return f"{new}.{of}" if section == "entities" else f"{subject}.{new}"

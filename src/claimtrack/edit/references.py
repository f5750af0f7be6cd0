"""Who names a claim, a source, an entity or a property, and with which scalar.

Found in what is written: in entries with errors as well, as far as their form lets one see.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from claimtrack.diagnostic import Place
from claimtrack.edit.draft import Draft, EntryKey, Section
from claimtrack.reading.fitting import Entry
from claimtrack.reading.yamltext import Mapping as Mapped
from claimtrack.reading.yamltext import Node, Scalar, Sequence


@dataclass(frozen=True, slots=True)
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
            ("asserts", "value"),
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
    """Every scalar that names the entry, in file order; those within conflict ids too.

    An entity is named by whatever means it and no other: its id, its name, an alias. Its own
    entry names nothing.
    """
    names = _Naming(draft, key)
    found = [
        reference
        for section, paths in _PATHS[key.section].items()
        for holder, entry in _entries(draft, section)
        if holder != key
        for path in paths
        for reference in _at(holder, entry, path)
        if names.means(reference, entry)
    ]
    return [*found, *_in_conflict_ids(draft, key)]


def _entries(draft: Draft, section: Section) -> Iterator[tuple[EntryKey, Entry[Any]]]:
    held = getattr(draft.entries, section)
    pairs = enumerate(held) if section == "reviews" else held.items()
    return ((EntryKey(section, str(name)), entry) for name, entry in pairs)


def _at(holder: EntryKey, entry: Entry[Any], path: tuple[str, ...]) -> Iterator[Reference]:
    for scalar in scalars(entry.node, path):
        yield Reference(holder, scalar, entry.file, path)


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


class _Naming:
    """Which texts mean one entry."""

    def __init__(self, draft: Draft, key: EntryKey) -> None:
        self._key = key
        self._names = draft.written_names
        self._of_entities = {
            of.id for of in draft.register.properties.values() if of.type == "entity"
        }

    def means(self, reference: Reference, entry: Entry[Any]) -> bool:
        """Whether the scalar names it, and not only has its letters."""
        text = reference.scalar.text
        if self._key.section != "entities":
            return text == self._key.id
        if reference.role == "value" and not self._is_entity_value(reference.scalar, entry):
            return False
        return self._names.find(text) == [self._key.id]

    def _is_entity_value(self, value: Scalar, entry: Entry[Any]) -> bool:
        asserts = next(_values(entry.node, "asserts"), None)
        each = asserts.items if isinstance(asserts, Sequence) else [asserts]
        return any(
            value in _values(one, "value")
            and any(
                isinstance(of, Scalar) and of.text in self._of_entities
                for of in _values(one, "property")
            )
            for one in each
            if one is not None
        )


def _values(node: Node, key: str) -> Iterator[Node]:
    pairs = node.entries if isinstance(node, Mapped) else ()
    return (value for name, value in pairs if isinstance(name, Scalar) and name.text == key)


# ---------------------------------------------------------------------------------- conflict ids


def _in_conflict_ids(draft: Draft, key: EntryKey) -> Iterator[Reference]:
    for holder, entry in _entries(draft, "reviews"):
        for scalar in scalars(entry.node, ("conflict",)):
            if key.id in conflict_parts(scalar.text, key.section):
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

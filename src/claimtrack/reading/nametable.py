"""Which entity a name means."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from claimtrack.diagnostic import Diagnostic, Place, Related, did_you_mean
from claimtrack.model import Entity
from claimtrack.reading import nodes
from claimtrack.reading.nodes import Node, Scalar
from claimtrack.reading.report import Report
from claimtrack.values.names import fold

if TYPE_CHECKING:
    from claimtrack.reading.fitting import Entry
    from claimtrack.reading.schema import EntityShape


class NameTable:
    """Every id, name and alias of the entities, left-out ones included, by its folded text."""

    def __init__(self, entries: Iterable[Entry[EntityShape]]) -> None:
        self._places = {entry.id: entry.place for entry in entries}
        self._named: dict[str, list[str]] = {}
        for entry in entries:
            self._add(entry.id, (entry.id, *_names_of(entry)))

    @classmethod
    def of(cls, entities: Iterable[Entity]) -> NameTable:
        """The names of sound entities alone."""
        table = cls(())
        for entity in entities:
            named = (entity.name,) if entity.name else ()
            table._places[entity.id] = entity.place
            table._add(entity.id, (entity.id, *named, *(each.name for each in entity.aliases)))
        return table

    def _add(self, entity: str, names: Iterable[str]) -> None:
        for name in names:
            holders = self._named.setdefault(fold(name), [])
            if entity not in holders:
                holders.append(entity)

    @property
    def named(self) -> Mapping[str, Sequence[str]]:
        """The ids of the entities that go by each name, folded, in the order written."""
        return self._named

    def __contains__(self, text: object) -> bool:
        """Whether any entity goes by the text."""
        return isinstance(text, str) and bool(self.find(text))

    def find(self, text: str) -> list[str]:
        """Ids of the entities that the text may mean: the one with that id, else all so named."""
        return [text] if text in self._places else self._named.get(fold(text), [])

    def hint(self, text: str) -> str:
        """A suggestion for a name that no entity has."""
        return did_you_mean(fold(text), self._named)

    def report_shared(
        self, text: str, ids: list[str], place: Place, report: Report, claim: str | None
    ) -> None:
        """Say that a name means more than one entity."""
        related = [Related(self._places[entity], f"'{entity}'") for entity in ids]
        message = f"'{text}' may be {' or '.join(ids)}; write the id of the one that is meant"
        report.add("CT206", message, place, claim, related)


def _names_of(entry: Entry[EntityShape]) -> list[str]:
    """Name and aliases, of an entity with errors as far as they can be read."""
    shape = entry.shape
    if shape is not None:
        names = [alias.name.text for alias in shape.aliases]
        return [shape.name.text, *names] if shape.name else names
    return list(_readable_names(entry.node))


def _readable_names(node: Node) -> Iterable[str]:
    for key, value in node.entries if isinstance(node, nodes.Mapping) else ():
        if not isinstance(key, Scalar) or key.text not in ("name", "aliases"):
            continue
        for item in value.items if isinstance(value, nodes.Sequence) else (value,):
            if isinstance(item, Scalar) and item.core != "null":
                yield item.text
            elif key.text == "aliases":
                yield from _readable_names(item)


class Use(NamedTuple):
    """Where a name that no entity declares is used: as it is written there, and by which claim."""

    text: str
    place: Place
    claim: str | None


class Undeclared:
    """Names that no entity declares, each noted once however often it is used."""

    def __init__(self) -> None:
        self._uses: dict[str, list[Use]] = {}

    def note(self, text: str, place: Place, claim: str | None) -> str:
        """Note a use; gives the folded text, for which the name stands."""
        folded = fold(text)
        uses, use = self._uses.setdefault(folded, []), Use(text, place, claim)
        if use not in uses[-1:]:
            uses.append(use)
        return folded

    def report(self, names: NameTable, files: Iterable[str], report: Report) -> None:
        """One warning for each name, at its first use; ``files`` are in the order of reading."""
        order = {file: number for number, file in enumerate(files)}
        for folded, uses in self._uses.items():
            uses.sort(
                key=lambda use: (
                    order.get(use.place.file, len(order)),
                    use.place.line,
                    use.place.column,
                )
            )
            report.extend([undeclared(uses, names.hint(folded))])


def undeclared(uses: Sequence[Use], hint: str) -> Diagnostic:
    """CT207: a name that no entity declares, by its uses in order; ``hint`` is a name near it."""
    first, *others = uses
    way_out = hint or "; declare it under entities"
    message = f"no entity is called '{first.text}', so it stands for itself{way_out}"
    related = tuple(Related(other.place, "and here") for other in others)
    return Diagnostic("CT207", message, first.place, first.claim, related)

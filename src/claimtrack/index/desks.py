"""What a claim is read against that changed since an index was made: what the index holds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property

from claimtrack.diagnostic import Place, did_you_mean
from claimtrack.index.stored import Stored
from claimtrack.reading.desk import Catalogue, Desk, Noting
from claimtrack.reading.intervals import ChoiceLines
from claimtrack.reading.loose_ranks import LooseRanks
from claimtrack.reading.nametable import NameTable
from claimtrack.reading.report import Report
from claimtrack.values.interval import Interval
from claimtrack.values.names import fold
from claimtrack.values.trees import number_forest


def stored_desk(stored: Stored, report: Report, undeclared: Noting) -> Desk:
    """The desk for claims of a register whose catalogue is sound, and as the index has it."""
    return Desk(
        catalogue=Catalogue(
            stored.sources,
            stored.entities,
            stored.properties,
            StoredNames(stored),
            _Places(stored),
        ),
        report=report,
        known=StoredIds(stored),
        known_sources=stored.sources,
        known_properties=stored.properties,
        choices=ChoiceLines.of(stored.properties),
        ranks=LooseRanks(stored.loose_from),
        undeclared=undeclared,
    )


class StoredNames(NameTable):
    """The names of the entities of an index, looked up one by one."""

    def __init__(self, stored: Stored) -> None:
        super().__init__(())
        self._stored = stored

    def find(self, text: str) -> list[str]:
        """Ids of the entities that the text may mean: the one with that id, else all so named."""
        if text in self._stored.entities:
            return [text]
        question = "SELECT entity FROM names WHERE folded = ? ORDER BY no"
        return [key for (key,) in self._stored.index.execute(question, (fold(text),))]

    def hint(self, text: str) -> str:
        """A suggestion for a name that no entity has."""
        names = self._stored.index.execute("SELECT folded FROM names ORDER BY no")
        return did_you_mean(fold(text), dict.fromkeys(name for (name,) in names))

    def report_shared(
        self, text: str, ids: list[str], place: Place, report: Report, claim: str | None
    ) -> None:
        """Say that a name means more than one entity."""
        whole = NameTable.of(self._stored.entities.values())
        whole.report_shared(text, ids, place, report, claim)


class StoredIds(Mapping[str, int]):
    """The ids of all claims that are written, with the numbers of their stretches."""

    def __init__(self, stored: Stored) -> None:
        self._index = stored.index

    def __getitem__(self, claim: str) -> int:
        found = self._index.execute("SELECT no FROM ids WHERE id = ?", (claim,)).fetchone()
        if found is None:
            raise KeyError(claim)
        return int(found[0])

    def __iter__(self) -> Iterator[str]:
        found = self._index.execute("SELECT id FROM ids ORDER BY no").fetchall()
        return (claim for (claim,) in found)

    def __len__(self) -> int:
        return int(self._index.execute("SELECT count(*) FROM ids").fetchone()[0])


class _Places(Mapping[str, Interval]):
    """The preorder numbers of each entity and all that is part of it, counted when asked for."""

    def __init__(self, stored: Stored) -> None:
        self._index = stored.index

    @cached_property
    def _numbered(self) -> dict[str, Interval]:
        question = "SELECT id, above FROM entries WHERE kind = 'entity' ORDER BY no"
        return number_forest(dict(self._index.execute(question).fetchall()))

    def __getitem__(self, entity: str) -> Interval:
        return self._numbered[entity]

    def __iter__(self) -> Iterator[str]:
        return iter(self._numbered)

    def __len__(self) -> int:
        return len(self._numbered)

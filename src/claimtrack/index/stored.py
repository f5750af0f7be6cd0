"""What an index holds of a register, as values: entries one by one, claims together.

Entries are loaded when they are asked for, so that a command about one claim does not pay for the
catalogue of a million.
"""

from __future__ import annotations

import sqlite3
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import TYPE_CHECKING, Any, TypeVar

from claimtrack.diagnostic import Place
from claimtrack.index.stretches import file_of, head_of, tail_of

if TYPE_CHECKING:
    from claimtrack.index.entries import Spot
    from claimtrack.index.packing import Loading
    from claimtrack.model import Claim, Entity, Property, Review, Source

V = TypeVar("V")

_AT_ONCE = 500
"""Numbers that go into one question."""
_FILES = 16
"""Files of which, where there are more, it is looked up anew how they are laid out."""


class Kept(Mapping[str, V]):
    """The sound entries of one kind, by id, in file order."""

    def __init__(self, stored: Stored, kind: str) -> None:
        self._stored, self._index, self._kind = stored, stored.index, kind
        self._loaded: dict[str, V | None] = {}

    def __getitem__(self, key: str) -> V:
        if key not in self._loaded:
            question = "SELECT body FROM entries WHERE kind = ? AND id = ?"
            found = self._index.execute(question, (self._kind, key)).fetchone()
            self._loaded[key] = None if found is None else self._read(found[0])
        value = self._loaded[key]
        if value is None:
            raise KeyError(key)
        return value

    def __iter__(self) -> Iterator[str]:
        question = "SELECT id FROM entries WHERE kind = ? ORDER BY no"
        return (key for (key,) in self._index.execute(question, (self._kind,)).fetchall())

    def __len__(self) -> int:
        question = "SELECT count(*) FROM entries WHERE kind = ?"
        return int(self._index.execute(question, (self._kind,)).fetchone()[0])

    def _read(self, body: bytes) -> V:
        from claimtrack.index.entries import entry_of

        entry: V = entry_of(self._kind, body, self._stored.show)
        return entry

    def values(self) -> Any:
        """Every entry, loaded at once."""
        question = "SELECT id, body FROM entries WHERE kind = ? ORDER BY no"
        for key, body in self._index.execute(question, (self._kind,)).fetchall():
            if self._loaded.get(key) is None:
                self._loaded[key] = self._read(body)
            yield self._loaded[key]


class Stored:
    """An open index."""

    def __init__(self, index: sqlite3.Connection) -> None:
        self.index = index
        self._files: dict[int, str] = {}
        self._lines: dict[int, int] = {}
        self._laid_out: dict[str, tuple[list[int], list[int]]] = {}
        self.sources: Kept[Source] = Kept(self, "source")
        self.entities: Kept[Entity] = Kept(self, "entity")
        self.properties: Kept[Property] = Kept(self, "property")

    def fact(self, name: str) -> Any:
        """One of the facts about the whole register; None where it is not known."""
        question = "SELECT value FROM facts WHERE name = ?"
        found = self.index.execute(question, (name,)).fetchone()
        return None if found is None else found[0]

    def keep(self, name: str, value: object) -> None:
        """Set one of the facts."""
        self.index.execute("INSERT OR REPLACE INTO facts VALUES (?, ?)", (name, value))

    def any(self, rows: str) -> bool:
        """Whether there are any such rows."""
        return self.index.execute(f"SELECT 1 FROM {rows} LIMIT 1").fetchone() is not None

    def count(self, rows: str) -> int:
        """How many such rows there are."""
        return int(self.index.execute(f"SELECT count(*) FROM {rows}").fetchone()[0])

    # ------------------------------------------------------------------------------------- places

    def file(self, stretch: int) -> str:
        """The file that a stretch is of, seen from the main file's folder."""
        number = file_of(stretch)
        if number not in self._files:
            question = "SELECT name FROM files WHERE no = ?"
            self._files[number] = self.index.execute(question, (number,)).fetchone()[0]
        return self._files[number]

    def line(self, stretch: int) -> int:
        """The line on which a stretch begins, from 1."""
        if stretch not in self._lines:
            question = "SELECT line FROM stretches WHERE no = ?"
            self._lines[stretch] = self.index.execute(question, (stretch,)).fetchone()[0]
        return self._lines[stretch]

    def show(self, spot: Spot) -> Place:
        """Where something is now."""
        stretch, below, column = spot
        if isinstance(stretch, str):
            return Place(stretch, below, column)
        return Place(self.file(stretch), self.line(stretch) + below, column)

    def find(self, place: Place) -> Spot:
        """The stretch that a place is in, and where in it."""
        numbers, lines = self._stretches_of(place.file)
        if not numbers:
            return place.file, place.line, place.column
        at = max(bisect_right(lines, place.line) - 1, 0)
        return numbers[at], place.line - lines[at], place.column

    def _stretches_of(self, file: str) -> tuple[list[int], list[int]]:
        """The numbers of a file's stretches, and the lines that they begin on."""
        if file not in self._laid_out:
            if len(self._laid_out) > _FILES:
                self._laid_out.clear()
            found = self.index.execute("SELECT no FROM files WHERE name = ?", (file,)).fetchone()
            question = "SELECT no, line FROM stretches WHERE no BETWEEN ? AND ? ORDER BY no"
            ends = (head_of(found[0]), tail_of(found[0])) if found else (0, -1)
            rows = self.index.execute(question, ends).fetchall()
            self._laid_out[file] = [no for no, _ in rows], [line for _, line in rows]
        return self._laid_out[file]

    def forget_lines(self) -> None:
        """Look up anew where stretches begin, and entries, now that text has moved."""
        self._lines.clear()
        self._laid_out.clear()
        self.sources = Kept(self, "source")
        self.entities = Kept(self, "entity")
        self.properties = Kept(self, "property")

    # -------------------------------------------------------------------------------------- claims

    def claims(self, numbers: Iterable[int]) -> dict[str, Claim]:
        """The claims of those numbers, by id, in file order."""
        loading = self.loading(numbers)
        loaded = list(loading.claims(loading.ranks(self.loose_from)))
        if self.fact("claims left out"):
            from claimtrack.reading.relations import without_lost_relations

            sound = _Sound(self, loaded)
            loaded = [without_lost_relations(claim, sound) for claim in loaded]
        return {claim.id: claim for claim in loaded}

    def loading(self, numbers: Iterable[int]) -> Loading:
        """What loads the claims of those numbers, in file order."""
        from claimtrack.index.packing import Loading  # a list of claims in short needs none of it

        bodies = []
        for some in in_parts(sorted(numbers)):
            question = (
                "SELECT b.no, b.body, s.line FROM bodies b JOIN stretches s ON s.no = b.no"
                f" WHERE b.no IN ({marks(some)}) ORDER BY b.no"
            )
            bodies += [
                (body, self.file(no), line) for no, body, line in self.index.execute(question, some)
            ]
        return Loading(bodies)

    def numbered(self, numbers: Iterable[int]) -> dict[str, tuple[int, Claim]]:
        """The claims of those numbers with them, by id, in file order."""
        held = sorted(numbers)
        claims = self.claims(held).values()
        return {claim.id: (no, claim) for no, claim in zip(held, claims, strict=True)}

    @property
    def loose_from(self) -> int:
        """The first number of a value that lies on no tree: after those of all entities."""
        return int(self.fact("entities") or 0)

    def number_of(self, claim: str) -> int | None:
        """The number of a sound claim."""
        question = "SELECT no FROM ids WHERE id = ? AND sound"
        found = self.index.execute(question, (claim,)).fetchone()
        return None if found is None else int(found[0])

    def has_claim(self, claim: str) -> bool:
        """Whether there is a sound claim with that id."""
        return self.number_of(claim) is not None

    def reviews(self, numbers: Iterable[int] | None = None) -> list[Review]:
        """The reviews of those numbers, or all, in file order."""
        from claimtrack.index.entries import review_of

        if numbers is None:
            found = self.index.execute("SELECT body FROM reviews ORDER BY no").fetchall()
        else:
            found = []
            for some in in_parts(sorted(numbers)):
                question = f"SELECT body FROM reviews WHERE no IN ({marks(some)}) ORDER BY no"
                found += self.index.execute(question, some).fetchall()
        return [review_of(body, self.show) for (body,) in found]


class _Sound:
    """The ids of sound claims, those of some known without asking."""

    def __init__(self, stored: Stored, claims: Iterable[Claim]) -> None:
        self._stored, self._known = stored, {claim.id for claim in claims}

    def __contains__(self, claim: object) -> bool:
        return claim in self._known or self._stored.number_of(str(claim)) is not None


T = TypeVar("T")


def in_parts(items: Iterable[T], size: int = _AT_ONCE) -> Iterator[list[T]]:
    """The items in lists of that size, by default short enough for one question."""
    rest = iter(items)
    while some := list(islice(rest, size)):
        yield some


def marks(items: list[T]) -> str:
    """A question mark for each item."""
    return ",".join("?" * len(items))

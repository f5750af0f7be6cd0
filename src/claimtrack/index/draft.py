"""Rows that are to be put into an index, where another process or a later moment does that."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Protocol

from claimtrack.diagnostic import Place
from claimtrack.index.entries import Spot


class Putting(Protocol):
    """What rows are put into."""

    def executemany(self, statement: str, rows: Iterable[Any], /) -> object:
        """Put them in by a statement."""


class Receiving(Protocol):
    """An index, or what stands for it where nothing is asked of it."""

    @property
    def index(self) -> Putting:
        """Where rows go."""

    def find(self, place: Place) -> Spot:
        """How a row has a place."""


class Draft:
    """Stands for an index: rows wait here, with places as a reader has them."""

    def __init__(self) -> None:
        self.rows: list[tuple[str, list[Any]]] = []

    @property
    def index(self) -> Putting:
        """Itself."""
        return self

    def executemany(self, statement: str, rows: Iterable[Any], /) -> None:
        """Keep rows with the statement that puts them in."""
        held = list(rows)
        if held:
            self.rows.append((statement, held))

    def find(self, place: Place) -> Spot:
        """The place itself, as that of a file which is none of the register's own."""
        return place.file, place.line, place.column

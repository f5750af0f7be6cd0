"""Claims of an index that supersede one another in a circle."""

from __future__ import annotations

from claimtrack.diagnostic import Place
from claimtrack.index.stored import Stored
from claimtrack.reading.relations import Circle, circles
from claimtrack.values.cycles import cycles


def circles_in(stored: Stored) -> list[Circle]:
    """Claims that supersede one another in a circle, with what is to be said of each circle."""

    def place_of(claim: str) -> Place:
        return stored.claims([stored.number_of(claim) or 0])[claim].place

    return circles(_superseded(stored), place_of)


def has_circles(stored: Stored) -> bool:
    """Whether there are any."""
    return bool(cycles(_superseded(stored)))


def _superseded(stored: Stored) -> dict[str, list[str]]:
    question = (
        "SELECT i.id, r.other FROM relations r JOIN ids i ON i.no = r.no"
        " WHERE r.type = 'supersedes' ORDER BY r.no, r.rowid"
    )
    graph: dict[str, list[str]] = {}
    for claim, other in stored.index.execute(question):
        graph.setdefault(claim, []).append(other)
    return graph

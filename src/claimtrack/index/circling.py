"""Claims of an index that supersede one another in a circle."""

from __future__ import annotations

from claimtrack.index.stored import Stored
from claimtrack.reading.relations import Circle, circles


def circles_in(stored: Stored) -> list[Circle]:
    """Claims that supersede one another in a circle, with what is to be said of each circle."""
    question = (
        "SELECT i.id, r.other FROM relations r JOIN ids i ON i.no = r.no"
        " WHERE r.type = 'supersedes' ORDER BY r.no, r.rowid"
    )
    graph: dict[str, list[str]] = {}
    for claim, other in stored.index.execute(question):
        graph.setdefault(claim, []).append(other)
    return circles(graph, stored.place_of)

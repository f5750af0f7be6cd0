"""The register's single points of failure in words: a table, worst first."""

from __future__ import annotations

from collections.abc import Sequence

from claimtrack.findings.findings import Findings
from claimtrack.findings.single_points import SinglePoint
from claimtrack.render.documents import Json
from claimtrack.render.impact import thing_words
from claimtrack.render.screen import Screen
from claimtrack.render.style import quiet, strong
from claimtrack.render.words import count

HEADERS = (
    "id",
    "kind",
    "confirmed_lost",
    "firm_support_lost",
    "corroboration_lost",
    "dependants_lost",
    "name",
)
SHOWN = 20
"""How many the table shows on a terminal, unless it is told otherwise."""


def row(point: SinglePoint, findings: Findings) -> list[str]:
    """A thing's cells, under HEADERS: what would be lost, in numbers of claims."""
    return [
        point.thing.id,
        point.thing.kind,
        str(point.confirmed),
        str(point.bare),
        str(point.uncorroborated),
        str(point.dependants),
        thing_words(point.thing, findings.register),
    ]


def json_row(point: SinglePoint) -> Json:
    """A thing as programs read it."""
    return {
        "id": point.thing.id,
        "kind": point.thing.kind,
        "confirmed_lost": point.confirmed,
        "firm_support_lost": point.bare,
        "corroboration_lost": point.uncorroborated,
        "dependants_lost": point.dependants,
    }


def print_points(
    points: Sequence[SinglePoint], findings: Findings, screen: Screen, limit: int | None = None
) -> None:
    """The table; on a terminal, or where nothing is listed, how many there are of how many."""
    if not points:
        screen.line("No single point of failure: nothing would be lost with any one thing.")
        return
    # What a pipe passes on is counted or kept, and a cut would go unseen there.
    shown = points[: SHOWN if limit is None and screen.width is not None else limit]
    if shown:
        rows = [row(point, findings) for point in shown]
        headers = [header.replace("_", " ") for header in HEADERS]
        screen.table(headers, [[strong(cells[0]), *cells[1:]] for cells in rows])
    if screen.width is None and shown:
        return
    if shown:
        screen.line()
        screen.line(quiet(_LEGEND))
    more = f" of {len(points):,}; --limit {len(points)} shows all" if shown != points else ""
    screen.line(quiet(f"{count(len(shown), 'single point')}{more}"))


_LEGEND = (
    "What would be lost if it fell: confirmed verdicts with nothing left to rest on, the firm "
    "support of claims, the corroboration of claims, claims that depend on it. "
    "claimtrack impact ID says which."
)

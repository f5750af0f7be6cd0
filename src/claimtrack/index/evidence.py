"""What an index holds of a register's evidence: quotes, sources, and all diagnostics."""

from __future__ import annotations

import marshal
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from claimtrack.diagnostic import in_order
from claimtrack.index.entries import diagnostic_of
from claimtrack.index.stored import Stored
from claimtrack.quotes.audit import AuditResult

if TYPE_CHECKING:
    from claimtrack.diagnostic import Diagnostic
    from claimtrack.reading.silencing import Silenced


class Told(NamedTuple):
    """What is wrong with a register, and the warnings that comments silence, in order."""

    diagnostics: list[Diagnostic]
    silenced: list[Silenced]


def told(stored: Stored) -> Told:
    """What was found when the evidence was looked at."""
    found = Told([], [])
    files = {name: no for no, name in stored.index.execute("SELECT no, name FROM files")}
    question = "SELECT t.body, s.comment FROM told t LEFT JOIN silenced s ON s.told = t.no"
    for body, comment in stored.index.execute(question).fetchall():
        diagnostic = diagnostic_of(body, stored.show)
        if comment is None:
            found.diagnostics.append(diagnostic)
        else:
            found.silenced.append(_silenced(diagnostic, comment, stored))
    found.diagnostics.sort(key=lambda each: in_order(each, files))
    found.silenced.sort(key=lambda each: in_order(each.diagnostic, files))
    return found


def _silenced(diagnostic: Diagnostic, comment: bytes, stored: Stored) -> Silenced:
    # Hardly any register has such comments, and whoever reads them knows YAML.
    from claimtrack.reading.silencing import Silenced, SilencingComment

    spot, codes, reason, first, last = marshal.loads(comment)
    place = stored.show(spot)
    lines = place.line + first, place.line + last
    return Silenced(diagnostic, SilencingComment(place, codes, reason, *lines))


def totals(stored: Stored) -> Counter[AuditResult]:
    """How many quotes have each result."""
    counted: Counter[AuditResult] = Counter()
    for each in of_sources(stored).values():
        counted.update(each)
    return counted


def of_sources(stored: Stored) -> dict[str, Counter[AuditResult]]:
    """How many quotes of each source have each result."""
    counted: dict[str, Counter[AuditResult]] = {}
    question = "SELECT source, result, number FROM quotes"
    for source, result, number in stored.index.execute(question):
        counted.setdefault(source, Counter())[AuditResult(result)] = number
    return counted


def holdings(stored: Stored) -> dict[str, tuple[bool, bool | None]]:
    """Of each source whether its file is here, and the recorded one, where that is known."""
    rows = stored.index.execute("SELECT source, held, matches FROM holdings")
    return {key: (bool(held), None if fits is None else bool(fits)) for key, held, fits in rows}

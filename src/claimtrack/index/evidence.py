"""What an index holds of a register's evidence: quotes, sources, and all diagnostics."""

from __future__ import annotations

import marshal
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

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
    for body, comment in stored.index.execute("SELECT body, comment FROM diagnostics ORDER BY no"):
        diagnostic = diagnostic_of(body, stored.show)
        if comment is None:
            found.diagnostics.append(diagnostic)
        else:
            found.silenced.append(_silenced(diagnostic, comment, stored))
    return found


def _silenced(diagnostic: Diagnostic, comment: bytes, stored: Stored) -> Silenced:
    # Hardly any register has such comments, and whoever reads them knows YAML.
    from claimtrack.reading.silencing import Silenced, SilencingComment

    spot, *rest = marshal.loads(comment)
    return Silenced(diagnostic, SilencingComment(stored.show(spot), *rest))


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

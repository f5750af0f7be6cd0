"""The quotes of an index that could not be checked."""

from __future__ import annotations

import marshal
from collections import Counter
from typing import NamedTuple

from claimtrack.findings.audits import Quoted, audit, quotes
from claimtrack.index.stored import Stored
from claimtrack.model import Register
from claimtrack.quotes.audit import Audit, AuditResult
from claimtrack.reading.shelf import Shelf


class Unchecked(NamedTuple):
    """The first quotes of a source that could not be checked, and how many there are."""

    source: str
    first: list[tuple[Quoted, Audit]]
    number: int


def find_unchecked(stored: Stored, shelf: Shelf, at_most: int) -> list[Unchecked]:
    """Those of each source, at most so many, in file order. ``shelf`` has the sources."""
    numbers: Counter[str] = Counter()
    wanted: set[int] = set()
    for no, results in stored.index.execute("SELECT no, results FROM audits ORDER BY no"):
        for source, result in marshal.loads(results):
            if result == AuditResult.UNCHECKED:
                numbers[source] += 1
                if numbers[source] <= at_most:
                    wanted.add(no)
    register = Register(sources=stored.sources, claims=stored.claims(wanted))
    audits = audit(register, quotes(register), lambda each: shelf.ground(each.id)).audits
    held = {
        source: [each for each in found if each[1].result is AuditResult.UNCHECKED]
        for source, found in audits.by_source.items()
    }
    return [Unchecked(source, held[source][:at_most], number) for source, number in numbers.items()]

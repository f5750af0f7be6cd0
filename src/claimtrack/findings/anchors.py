"""Which lines of quotes can be filled in or mended, and which only a person can settle."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from claimtrack.findings.audits import Quoted
from claimtrack.frozen import frozen
from claimtrack.model import Register
from claimtrack.quotes.audit import Audit, AuditResult


@frozen
class Anchor:
    """The line that a quote is found on, once, where the register has none or another."""

    quoted: Quoted
    line: int


@frozen
class Anchoring:
    """What can be anchored, and the quotes that cannot, with their results.

    ``by_hand`` are lines for items that stand in several places of the register by an alias: to
    write in one of them would be to write in all.
    """

    anchors: tuple[Anchor, ...]
    by_hand: tuple[Anchor, ...]
    left: tuple[tuple[Quoted, Audit], ...]


def find_anchors(register: Register, audits: Iterable[tuple[Quoted, Audit]]) -> Anchoring:
    """The lines to write. A quote that stands on its line, or is attested there, needs nothing."""
    written = Counter(item.place for claim in register.claims.values() for item in claim.evidence)
    anchors: list[Anchor] = []
    by_hand: list[Anchor] = []
    left = []
    for quoted, audit in audits:
        line = _line(quoted, audit)
        if line is not None:
            is_shared = written[quoted.evidence.place] > 1
            (by_hand if is_shared else anchors).append(Anchor(quoted, line))
        elif not audit.result.stands and audit.result is not AuditResult.ATTESTED:
            left.append((quoted, audit))
    return Anchoring(tuple(anchors), tuple(by_hand), tuple(left))


def _line(quoted: Quoted, audit: Audit) -> int | None:
    """The line to write; None where the written one is right, or more than one could be meant."""
    if audit.result is AuditResult.MOVED and len(audit.found) == 1:
        return audit.found[0].line
    if audit.result.stands and quoted.evidence.line is None:
        return audit.line
    return None

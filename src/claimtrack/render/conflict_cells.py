"""Conflicts as rows for spreadsheets: the cells of the list, and what the list says in words."""

from __future__ import annotations

from claimtrack.findings.conflicts import Conflict
from claimtrack.findings.findings import Findings
from claimtrack.render import conflicts as conflict_words
from claimtrack.render.reviews import decision_words

HEADERS = (*conflict_words.HEADERS, "subject", "property", "rule", "review")


def row(conflict: Conflict, findings: Findings) -> list[str]:
    """A conflict's cells, under HEADERS."""
    return [
        *conflict_words.row(conflict, findings),
        conflict.subject or "",
        conflict.property or "",
        conflict.rule,
        _review(conflict, findings),
    ]


def _review(conflict: Conflict, findings: Findings) -> str:
    """What was decided, with ``stale:`` before it where it is."""
    held = findings.reviews.of_conflicts.get(conflict.id)
    if held is None:
        return ""
    return f"{'stale: ' if held.stale else ''}{decision_words(held.review)}"

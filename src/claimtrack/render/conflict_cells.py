"""Conflicts as rows for spreadsheets."""

from __future__ import annotations

from collections.abc import Mapping

from claimtrack.findings.conflicts import Conflict
from claimtrack.findings.findings import Findings
from claimtrack.render.reasons import why_not_both
from claimtrack.render.reviews import decision_words
from claimtrack.render.words import position_words

HEADERS = (
    "id",
    "severity",
    "state",
    "same_source",
    "claims",
    "positions",
    "why",
    "subject",
    "property",
    "rule",
    "review",
)


def headers(newness: Mapping[str, str] | None) -> tuple[str, ...]:
    """What stands over the cells; ``new`` at the end where it is told why conflicts are new."""
    return HEADERS if newness is None else (*HEADERS, "new")


def row(
    conflict: Conflict, findings: Findings, newness: Mapping[str, str] | None = None
) -> list[str]:
    """A conflict's cells, under those headers."""
    register = findings.register
    return [
        conflict.id,
        conflict.severity,
        findings.reviews.state(conflict),
        "yes" if conflict.same_source else "no",
        " ".join(conflict.claims),
        " | ".join(position_words(each, register) for each in conflict.positions),
        why_not_both(conflict, register),
        conflict.subject or "",
        conflict.property or "",
        conflict.rule,
        _review(conflict, findings),
        *([] if newness is None else [newness[conflict.id]]),
    ]


def _review(conflict: Conflict, findings: Findings) -> str:
    """What was decided, with ``stale:`` before it where it is."""
    held = findings.reviews.of_conflicts.get(conflict.id)
    if held is None:
        return ""
    return f"{'stale: ' if held.stale else ''}{decision_words(held.review)}"

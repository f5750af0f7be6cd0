"""What is known of decisions besides the register: the day it is, and what changed since. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from claimtrack.frozen import field, frozen
from claimtrack.model import Review

if TYPE_CHECKING:
    from claimtrack.findings.changes import GroundChange
    from claimtrack.findings.findings import Findings


@frozen
class Since:
    """What has changed since a stale decision; None, with the reason, where that is not known."""

    change: GroundChange | None
    reason: str | None = None


@frozen
class Hindsight:
    """The day it is, and what has changed since the stale decisions that were looked up."""

    today: date
    of_conflicts: Mapping[str, Since] = field(default_factory=dict)
    of_disputes: Mapping[str, Since] = field(default_factory=dict)
    of_verdicts: Mapping[str, Since] = field(default_factory=dict)


def gone_reviews(findings: Findings, conflict: str | None = None) -> list[Review]:
    """The reviews that count of conflicts that are not there (of this one only), in file order."""
    held = findings.reviews.of_conflicts
    if conflict is not None and conflict not in held:
        return []
    known = {each.id for each in findings.conflicts}
    asked = held if conflict is None else (conflict,)
    return [held[key].review for key in asked if key not in known]

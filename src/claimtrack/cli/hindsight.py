"""The day it is, and what has changed since stale decisions: asked for by commands that print it.

The only place that reads the clock.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Literal, NamedTuple

from claimtrack.cli.usage import WrongUsage
from claimtrack.findings.hindsight import Hindsight, Since
from claimtrack.progress import counted
from claimtrack.render.progress import progress

if TYPE_CHECKING:
    from claimtrack.cli.serving import Served
    from claimtrack.findings.changes import GroundChange
    from claimtrack.findings.findings import Findings
    from claimtrack.model import Review
    from claimtrack.reading.history import History

EPOCH_VARIABLE = "SOURCE_DATE_EPOCH"
IN_A_LIST = 5
"""How many stale decisions of a list are looked up: each costs the reading of earlier states."""


def today() -> date:
    """The day it is; the one that SOURCE_DATE_EPOCH names, so that output can be made again."""
    seconds = os.environ.get(EPOCH_VARIABLE)
    if not seconds:
        return date.today()
    try:
        return datetime.fromtimestamp(int(seconds), UTC).date()
    except (ValueError, OverflowError, OSError) as error:
        raise WrongUsage(f"{EPOCH_VARIABLE} is '{seconds}', which is no time in seconds") from error


def of_conflicts(
    served: Served, findings: Findings, ids: Iterable[str], at_most: int | None = None
) -> Hindsight:
    """What has changed since the stale reviews of these conflicts, there or gone."""
    looked_up = _Looking(served, at_most).back(_stale_reviews(ids, findings))
    return Hindsight(today(), of_conflicts=looked_up)


def of_claim(served: Served, findings: Findings, claim: str, gone: Iterable[Review]) -> Hindsight:
    """What has changed since all stale decisions on a claim and the conflicts it stands in."""
    looking = _Looking(served)
    standing = (conflict.id for conflict in findings.standings[claim].conflicts)
    ids = [*standing, *(review.conflict for review in gone if review.conflict is not None)]
    return Hindsight(
        today(),
        of_conflicts=looking.back(_stale_reviews(ids, findings)),
        of_disputes=looking.back(_stale_dispute(claim, findings)),
        of_verdicts=looking.back(_stale_verdict(claim, findings)),
    )


class _Stale(NamedTuple):
    """A stale decision: on what, by its id, and the fingerprint that it carries."""

    what: Literal["conflict", "dispute", "verdict"]
    key: str
    fingerprint: str | None


def _stale_reviews(ids: Iterable[str], findings: Findings) -> dict[str, _Stale]:
    held = findings.reviews.of_conflicts
    return {
        key: _Stale("conflict", key, held[key].review.fingerprint)
        for key in ids
        if key in held and held[key].stale
    }


def _stale_dispute(claim: str, findings: Findings) -> dict[str, _Stale]:
    held = findings.reviews.of_disputes.get(claim)
    if held is None or not held.stale:
        return {}
    return {claim: _Stale("dispute", claim, held.review.fingerprint)}


def _stale_verdict(claim: str, findings: Findings) -> dict[str, _Stale]:
    last = findings.last_verdict(claim)
    return {claim: _Stale("verdict", claim, last[0].fingerprint)} if last and last[1] else {}


_Ground = Callable[[str, "Findings"], str | None]
_Change = Callable[[str, "Findings", "Findings"], "GroundChange"]


def _rules(what: str) -> tuple[_Ground, _Change]:
    """What gives the fingerprint of something in a state, and what differs in it between two."""
    from claimtrack.findings import changes  # most decisions are not stale

    rules: dict[str, tuple[_Ground, _Change]] = {
        "conflict": (changes.conflict_ground, changes.conflict_change),
        "dispute": (changes.dispute_ground, changes.dispute_change),
        "verdict": (changes.verdict_ground, changes.verdict_change),
    }
    return rules[what]


class _Looking:
    """Looks decisions up in the register's history, at most so many."""

    def __init__(self, served: Served, at_most: int | None = None) -> None:
        self._served, self._left = served, at_most

    def back(self, stale: Mapping[str, _Stale]) -> dict[str, Since]:
        """What has changed since each, or why that is not known."""
        doing = "looking up what was decided on"
        with progress(sys.stderr) as tell:
            return {key: self._since(each) for key, each in counted(stale.items(), doing, tell)}

    def _since(self, stale: _Stale) -> Since:
        fingerprint = stale.fingerprint
        if fingerprint is None:
            return Since(None, "the review has no fingerprint of what it decided on")
        if self._left == 0:
            return Since(None, f"a list looks up {IN_A_LIST}; ask for this one by its id")
        self._left = None if self._left is None else self._left - 1
        ground, change = _rules(stale.what)
        found = self._history.judged(
            fingerprint, lambda then: ground(stale.key, then) == fingerprint
        )
        if found.findings is None:
            return Since(None, found.reason)
        # What was beside it then may be anywhere now.
        return Since(change(stale.key, found.findings, self._served.whole.findings))

    @cached_property
    def _history(self) -> History:
        from claimtrack.reading.history import History

        return History(self._served.main)

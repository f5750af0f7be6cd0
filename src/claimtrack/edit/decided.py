"""Keeping decisions valid where the ground that they were made on changes in its ids alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from claimtrack.edit.draft import Draft, EntryKey
from claimtrack.edit.manuscript import Manuscript
from claimtrack.edit.proposal import propose
from claimtrack.edit.references import scalars
from claimtrack.findings.findings import Findings
from claimtrack.reading.yamltext import Scalar


@dataclass(frozen=True, slots=True)
class _Renewal:
    """A fingerprint as it is written, and the one that the same ground has afterwards."""

    holder: EntryKey
    scalar: Scalar
    fresh: str


def renew(manuscript: Manuscript, old: EntryKey, new: EntryKey) -> int:
    """Give valid verdicts and reviews the fingerprint that their ground has after a renaming.

    Fingerprints are made of ids too. What was stale stays so. Gives how many were renewed.
    Verdicts come first: one that withdraws a claim decides on which conflicts there are to review.
    """
    before = manuscript.draft
    if not before.register.reviews and not any(c.verdicts for c in before.register.claims.values()):
        return 0
    after = propose(before, manuscript.change()).after
    verdicts = _respell(manuscript, _verdicts(before, after, old, new))
    if verdicts:
        after = propose(before, manuscript.change()).after
    return verdicts + _respell(manuscript, _reviews(before, after))


def _respell(manuscript: Manuscript, found: Iterator[_Renewal]) -> int:
    renewed = [each for each in found if each.scalar.text != each.fresh]
    for each in renewed:
        manuscript.respell(each.holder, each.scalar, each.fresh)
    return len(renewed)


def _verdicts(before: Draft, after: Draft, old: EntryKey, new: EntryKey) -> Iterator[_Renewal]:
    for claim in before.register.claims.values():
        if not claim.verdicts:
            continue
        holder = EntryKey("claims", claim.id)
        later = after.register.claims.get(new.id if holder == old else claim.id)
        node = before.entries.claims[claim.id].node
        for scalar in scalars(node, ("verdicts", "fingerprint")):
            if later is not None and scalar.text == claim.fingerprint:
                yield _Renewal(holder, scalar, later.fingerprint)


def _reviews(before: Draft, after: Draft) -> Iterator[_Renewal]:
    grounds, later_grounds = _Grounds(before.findings), _Grounds(after.findings)
    entries = zip(before.entries.reviews, after.entries.reviews, strict=True)
    for number, (entry, later) in enumerate(entries):
        for kind in ("conflict", "dispute"):
            ids, later_ids = (list(scalars(each.node, (kind,))) for each in (entry, later))
            for scalar in scalars(entry.node, ("fingerprint",)) if ids and later_ids else ():
                fresh = later_grounds.of(kind, later_ids[0].text)
                if scalar.text == grounds.of(kind, ids[0].text) and fresh is not None:
                    yield _Renewal(EntryKey("reviews", str(number)), scalar, fresh)


class _Grounds:
    """The fingerprints of what reviews are of, made when they are asked for."""

    def __init__(self, findings: Findings) -> None:
        self._findings = findings
        self._conflicts = {conflict.id: conflict for conflict in findings.conflicts}

    def of(self, kind: str, key: str) -> str | None:
        """The ground of a conflict or of a claim's dispute; None if there is no such thing."""
        if kind == "conflict":
            found = self._conflicts.get(key)
            return None if found is None else self._findings.ground(found)
        support = self._findings.supports.get(key)
        return self._findings.dispute_ground(key) if support and support.disputing else None

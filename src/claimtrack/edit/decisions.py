"""A person's decisions: verdicts on claims, reviews of conflicts and of disputes."""

from __future__ import annotations

from claimtrack.diagnostic import did_you_mean
from claimtrack.edit.draft import Draft, EntryKey
from claimtrack.edit.manuscript import Manuscript
from claimtrack.edit.written import Refused, Written, file_for
from claimtrack.edit.yamlwriting import Value
from claimtrack.findings.conflicts import Conflict
from claimtrack.findings.findings import Findings
from claimtrack.findings.selection import UnknownConflict, UnknownName, find_claim, find_id
from claimtrack.frozen import frozen
from claimtrack.reading.schema import CONFLICT_DECISIONS, DISPUTE_DECISIONS


@frozen
class Signed:
    """Who decides, when (EDTF) and why."""

    by: str | None
    on: str
    why: str


def judge(draft: Draft, claim: str, rating: str, signed: Signed) -> Written:
    """One more verdict on a claim, with the fingerprint of what is judged.

    Raises LeftOut, UnknownName, AmbiguousName, WrittenElsewhere, LaidOutOtherwise.
    """
    key = EntryKey("claims", find_claim(draft.register, claim))
    verdict: dict[str, Value] = {
        "rating": rating,
        **_signature(signed),
        "fingerprint": draft.register.claims[key.id].fingerprint,
    }
    manuscript = Manuscript(draft)
    manuscript.append(key, ("verdicts",), [verdict])
    return Written(manuscript.change(), key, f"judged {rating}")


def review(
    draft: Draft, subject: str, decision: str, prevailing: str | None, signed: Signed
) -> Written:
    """A review of a conflict or, where the subject is a claim, of what disputes it.

    Carries the fingerprint of what is decided on. Raises Refused, UnknownConflict, UnknownName,
    AmbiguousName, LeftOut, WrittenElsewhere, LaidOutOtherwise.
    """
    ground = _ground(draft.findings, subject, decision, prevailing)
    written: dict[str, Value] = {ground.kind: ground.id, "decision": decision}
    if ground.prevailing is not None:
        written["claim"] = ground.prevailing
    written.update(_signature(signed), fingerprint=ground.fingerprint)
    manuscript = Manuscript(draft)
    manuscript.add_review(written, file_for(draft, "reviews"))
    key = EntryKey("reviews", str(len(draft.entries.reviews)))
    told = f"{ground.prevailing} prevails" if ground.prevailing else decision
    return Written(manuscript.change(), key, f"reviewed, {told}", subject=ground.id)


def _signature(signed: Signed) -> dict[str, Value]:
    by: dict[str, Value] = {} if signed.by is None else {"by": signed.by}
    return {**by, "on": signed.on, "why": signed.why}


# ------------------------------------------------------------------------------- what is decided on


@frozen
class _Ground:
    """What a review is of: ``conflict`` or ``dispute``, its id, and the fingerprint it has now."""

    kind: str
    id: str
    fingerprint: str
    prevailing: str | None = None


def _ground(findings: Findings, subject: str, decision: str, prevailing: str | None) -> _Ground:
    conflicts = {conflict.id: conflict for conflict in findings.conflicts}
    if subject not in conflicts and subject in findings.register.claims:
        return _of_dispute(findings, subject, decision, prevailing)
    if not any(subject in each for each in conflicts):
        try:
            claim = find_claim(findings.register, subject)
        except UnknownName as error:
            raise UnknownConflict(subject, conflicts) from error
        return _of_dispute(findings, claim, decision, prevailing)
    conflict = conflicts[find_id("conflict", subject, conflicts)]
    return _of_conflict(findings, conflict, decision, prevailing)


def _of_conflict(
    findings: Findings, conflict: Conflict, decision: str, prevailing: str | None
) -> _Ground:
    _known(decision, CONFLICT_DECISIONS, f"{conflict.id} is a conflict")
    if decision != "prevails":
        _none_prevails(prevailing, decision)
        return _Ground("conflict", conflict.id, findings.ground(conflict))
    if prevailing is None:
        raise Refused(f"say which claim prevails: {' or '.join(conflict.claims)}")
    winner = find_id(f"claim of {conflict.id}", prevailing, conflict.claims)
    return _Ground("conflict", conflict.id, findings.ground(conflict), winner)


def _of_dispute(findings: Findings, claim: str, decision: str, prevailing: str | None) -> _Ground:
    _known(decision, DISPUTE_DECISIONS, f"{claim} is a claim, whose dispute is reviewed")
    _none_prevails(prevailing, decision)
    if not findings.supports[claim].disputing:
        standing = ", ".join(each.id for each in findings.standings[claim].conflicts)
        instead = f"; it stands in {standing}" if standing else ""
        raise Refused(f"nothing disputes '{claim}'{instead}")
    return _Ground("dispute", claim, findings.dispute_ground(claim))


def _known(decision: str, decisions: tuple[str, ...], why: str) -> None:
    if decision not in decisions:
        hint = did_you_mean(decision, decisions) or f": {', '.join(decisions)}"
        raise Refused(f"'{decision}' is no decision here{hint}; {why}")


def _none_prevails(prevailing: str | None, decision: str) -> None:
    if prevailing is not None:
        raise Refused(f"'{decision}' names no claim; only 'prevails' does")

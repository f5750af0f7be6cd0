"""The JSON that programs read: one object that begins ``"format": 1``, keys in a fixed order."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from claimtrack.diagnostic import Diagnostic, Place, Severity
from claimtrack.findings.summaries import summarise
from claimtrack.model import Assertion, Relation
from claimtrack.quotes.audit import Audit
from claimtrack.render.visible import safe_json

if TYPE_CHECKING:
    from claimtrack.engine.comparison import Comparison
    from claimtrack.findings.audits import Audits
    from claimtrack.findings.conflicts import Conflict, Position
    from claimtrack.findings.findings import Findings
    from claimtrack.findings.summaries import Summary
    from claimtrack.findings.support import Item
    from claimtrack.reading.silencing import Silenced

FORMAT = 1

Json = dict[str, Any]


def document(**content: object) -> str:
    """One JSON document, with a line end."""
    import json  # takes longer to import than a table to print

    text = json.dumps({"format": FORMAT, **content}, ensure_ascii=False, indent=2)
    return safe_json(text) + "\n"


# ----------------------------------------------------------------------------------------- claims


def claim_row(claim: Summary) -> Json:
    """A claim as ``list`` gives it."""
    last = claim.verdict
    return {
        "id": claim.id,
        "statement": claim.statement,
        "kind": claim.kind,
        "contest": claim.contest,
        "support": claim.support,
        "flags": list(claim.flags),
        "verdict": last
        and {"rating": last.rating, "by": last.by, "on": last.on, "stale": last.stale},
        "grade": claim.grade,
        "about": list(claim.about),
        "tags": list(claim.tags),
        "when": claim.when,
        "sources": list(claim.sources),
        "origins": claim.origins,
        "file": claim.file,
        "line": claim.line,
    }


def claim_whole(claim_id: str, findings: Findings, audits: Audits) -> Json:
    """A claim as ``show`` gives it, with what became of its quotes."""
    claim = findings.register.claims[claim_id]
    own = [item for item in findings.supports[claim_id].items if item.claim == claim_id]
    return {
        **claim_row(summarise(claim_id, findings)),
        "asserts": [_assertion(each) for each in claim.asserts],
        "evidence": [_item(each, audits.of(claim_id, n)) for n, each in enumerate(own)],
        "relations": [_relation(each) for each in claim.relations],
        "verdicts": [
            {
                "rating": each.rating,
                "by": each.by,
                "on": each.on,
                "why": each.why,
                "fingerprint": each.fingerprint,
                "stale": each.is_stale(claim.fingerprint),
            }
            for each in claim.verdicts
        ],
        "conflicts": [conflict.id for conflict in findings.standings[claim_id].conflicts],
        "fingerprint": claim.fingerprint,
        "note": claim.note,
    }


def _assertion(assertion: Assertion) -> Json:
    return {
        "subject": assertion.subject,
        "property": assertion.property,
        "value": assertion.text,
        "negated": assertion.negated,
        "during": assertion.during_text,
        "scope": dict(assertion.scope_text) or None,
    }


def comparison_row(comparison: Comparison, why: str) -> Json:
    """Two assertions as ``compare`` gives them."""
    return {
        "claims": [comparison.one.claim, comparison.other.claim],
        "relation": comparison.relation,
        "rule": comparison.rule,
        "why": why,
        "asserts": [_assertion(comparison.one), _assertion(comparison.other)],
    }


def _item(item: Item, audit: Audit | None) -> Json:
    evidence = item.evidence
    return {
        "source": evidence.source,
        "stance": str(evidence.stance),
        "by": evidence.by,
        "via": list(evidence.via),
        "quote": evidence.quote,
        "line": evidence.line or (audit.line if audit is not None and audit.stands else None),
        "credibility": evidence.credibility,
        "note": evidence.note,
        "audit": None if audit is None else str(audit.result),
        "origin": item.origin.key,
    }


def _relation(relation: Relation) -> Json:
    return {"type": relation.type, "claim": list(relation.claims), "why": relation.why}


# -------------------------------------------------------------------------------------- conflicts


def conflict_row(conflict: Conflict, findings: Findings) -> Json:
    """A conflict as ``conflicts`` gives it."""
    held = findings.reviews.of_conflicts.get(conflict.id)
    review = None
    if held is not None:
        review = {
            "decision": held.review.decision,
            "claim": held.review.claim,
            "by": held.review.by,
            "on": held.review.on,
            "why": held.review.why,
            "stale": held.stale,
        }
    return {
        "id": conflict.id,
        "rule": conflict.rule,
        "severity": conflict.severity,
        "state": findings.reviews.state(conflict),
        "subject": conflict.subject,
        "property": conflict.property,
        "claims": list(conflict.claims),
        "positions": [_position(each, findings) for each in conflict.positions],
        "same_source": conflict.same_source,
        "why": conflict.why,
        "review": review,
    }


def _position(position: Position, findings: Findings) -> Json:
    supports = [findings.supports[claim] for claim in position.claims]
    return {
        "value": position.value,
        "negated": position.negated,
        "claims": list(position.claims),
        "sources": list(dict.fromkeys(s for support in supports for s in support.sources)),
        "origins": len({origin for support in supports for origin in support.origins}),
    }


# ------------------------------------------------------------------------------------ diagnostics


def diagnostic_row(diagnostic: Diagnostic) -> Json:
    """A diagnostic as ``check`` gives it."""
    return {
        "code": diagnostic.code,
        "severity": str(diagnostic.severity),
        "message": diagnostic.message,
        **_place(diagnostic.place),
        "claim": diagnostic.claim,
        "related": [
            {**_place(related.place), "message": related.message} for related in diagnostic.related
        ],
    }


def silenced_row(silenced: Silenced) -> Json:
    """A warning that a comment silences, with the comment's reason and place."""
    return {
        "diagnostic": diagnostic_row(silenced.diagnostic),
        "reason": silenced.comment.reason,
        **_place(silenced.comment.place),
    }


def _place(place: Place) -> Json:
    return {"file": place.file, "line": place.line, "column": place.column}


def summary(diagnostics: Iterable[Diagnostic], unchecked: int) -> Json:
    """How many errors and warnings there are, and how many quotes could not be checked."""
    severities = [diagnostic.severity for diagnostic in diagnostics]
    return {
        "errors": severities.count(Severity.ERROR),
        "warnings": severities.count(Severity.WARNING),
        "unchecked": unchecked,
    }

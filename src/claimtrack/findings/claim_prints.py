"""A claim's fingerprint as it follows from its parts, whatever they are called. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from claimtrack.fingerprint import Written, fingerprint, own_text
from claimtrack.model import Assertion, Claim, Evidence, Property


def claim_print(claim: Claim, properties: Mapping[str, Property]) -> str:
    """The fingerprint of a claim in which no ``scope`` and no ``via`` is written that is empty.

    Those count in a fingerprint, and nothing else tells of them.
    """
    return fingerprint(
        {
            "asserts": [_assertion(each, properties) for each in claim.asserts],
            "evidence": [_evidence(each) for each in claim.evidence],
            "statement": own_text(claim.statement),
        }
    )


def _assertion(assertion: Assertion, properties: Mapping[str, Property]) -> Written:
    written: dict[str, Written] = {
        "subject": assertion.subject,
        "property": own_text(assertion.property),
        "value": _value(assertion, properties),
        "negated": assertion.negated,
    }
    if assertion.during_text is not None:
        written["during"] = own_text(assertion.during_text)
    if assertion.scope_text:
        written["scope"] = {own_text(key): own_text(text) for key, text in assertion.scope_text}
    return written


def _value(assertion: Assertion, properties: Mapping[str, Property]) -> Written:
    if assertion.parts:
        return {name: own_text(text) for name, text in assertion.parts}
    if assertion.entity is not None:
        return assertion.entity
    of = properties.get(assertion.property)
    if of is not None and of.type == "boolean":
        return assertion.text.lower() == "true"
    return own_text(assertion.text)


def _evidence(item: Evidence) -> Written:
    written: dict[str, Written] = {"source": own_text(item.source), "stance": str(item.stance)}
    if item.quote is not None:
        written["quote"] = own_text(item.quote)
    if item.credibility is not None:
        written["credibility"] = str(item.credibility)
    if item.by is not None:
        written["by"] = item.by
    if item.via:
        written["via"] = list(item.via)
    return written

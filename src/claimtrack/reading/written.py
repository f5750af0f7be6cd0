"""What was written of a claim, in the shape that its fingerprint takes.

Mappings keep the keys that were written; stance and negated are added where missing, line and note
are left out; entity names become ids, and undeclared ones their folded text.
"""

from __future__ import annotations

from collections.abc import Iterable

from claimtrack.fingerprint import Written, fingerprint, own_text
from claimtrack.reading.desk import Catalogue
from claimtrack.reading.nametable import NameTable
from claimtrack.reading.nodes import Scalar
from claimtrack.reading.schema import AssertionShape, ClaimShape, EvidenceShape, NumberShape, Shape
from claimtrack.values.names import fold


def claim_fingerprint(shape: ClaimShape, catalogue: Catalogue) -> str:
    """The fingerprint of a claim as written."""
    written: dict[str, Written | None] = {
        "asserts": [written_assertion(each, catalogue) for each in shape.asserts],
        "evidence": [_evidence(each, catalogue.names) for each in shape.evidence],
        "statement": own_text(shape.statement.text),
    }
    return fingerprint(written)


def written_assertion(shape: AssertionShape, catalogue: Catalogue) -> Written:
    """An assertion as it goes into its claim's fingerprint."""
    written: dict[str, Written] = {
        "subject": entity_key(shape.subject, catalogue.names),
        "property": own_text(shape.property.text),
        "value": _value(shape, catalogue),
        "negated": bool(shape.negated),
    }
    if shape.during is not None:
        written["during"] = own_text(shape.during.text)
    if "scope" in shape.model_fields_set:
        written["scope"] = {own_text(k.text): own_text(v.text) for k, v in shape.scope}
    return written


def _value(shape: AssertionShape, catalogue: Catalogue) -> Written:
    value = shape.value
    if isinstance(value, NumberShape):
        return _texts(value, ("value", "about", "min", "max", "unit"))
    of = catalogue.properties.get(shape.property.text)
    if of is not None and of.type == "boolean" and value.core == "boolean":
        return value.text.lower() == "true"
    if of is not None and of.type == "entity":
        return entity_key(value, catalogue.names)
    return own_text(value.text)


def _evidence(shape: EvidenceShape, names: NameTable) -> Written:
    written: dict[str, Written] = {
        "source": own_text(shape.source.text),
        "stance": str(shape.stance or "asserts"),
        **_texts(shape, ("quote", "credibility")),
    }
    if shape.by is not None:
        written["by"] = entity_key(shape.by, names)
    if "via" in shape.model_fields_set:
        written["via"] = [entity_key(scalar, names) for scalar in shape.via]
    return written


def _texts(shape: Shape, keys: Iterable[str]) -> dict[str, Written]:
    held = ((key, getattr(shape, key)) for key in keys)
    return {key: own_text(value.text) for key, value in held if value is not None}


def entity_key(scalar: Scalar, names: NameTable) -> str:
    """The id of the entity that a name means, or the folded text of one that none has."""
    found = names.find(scalar.text)
    return found[0] if found else fold(scalar.text)

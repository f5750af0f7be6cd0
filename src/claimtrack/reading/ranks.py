"""Numbers for values that no tree holds: undeclared entities and texts, after all declared."""

from __future__ import annotations

from claimtrack.reading.desk import Catalogue
from claimtrack.reading.nodes import Scalar
from claimtrack.reading.sections import Entries
from claimtrack.values.names import fold


def rank_loose_values(entries: Entries, catalogue: Catalogue) -> dict[str, int]:
    """Each undeclared value and each text of any claim, folded, with its number in their order."""
    folded = {
        fold(assertion.value.text)
        for entry in entries.claims.values()
        if entry.shape is not None
        for assertion in entry.shape.asserts
        if isinstance(assertion.value, Scalar)
        and _is_loose(assertion.value.text, assertion.property.text, catalogue)
    }
    first = len(catalogue.places)
    return {text: first + rank for rank, text in enumerate(sorted(folded))}


def _is_loose(text: str, property_id: str, catalogue: Catalogue) -> bool:
    of = catalogue.properties.get(property_id)
    if of is None:
        return False
    return of.type == "text" or (of.type == "entity" and not catalogue.names.find(text))

"""Numbers for values that no tree holds: undeclared entities and texts, after all declared."""

from __future__ import annotations

from collections.abc import Iterator

from claimtrack.reading.desk import Catalogue
from claimtrack.reading.entries import Entries
from claimtrack.reading.fitting import Entry, StreamedClaim
from claimtrack.reading.nodes import Scalar
from claimtrack.reading.raw import SCALARS, Raw, pairs
from claimtrack.reading.schema import ClaimShape
from claimtrack.values.names import fold


def rank_loose_values(entries: Entries, catalogue: Catalogue) -> dict[str, int]:
    """Each undeclared value and each text of any claim, folded, with its number in their order."""
    folded = {
        fold(text)
        for entry in entries.claims.values()
        for text, property_id in _values(entry)
        if _is_loose(text, property_id, catalogue)
    }
    first = len(catalogue.places)
    return {text: first + rank for rank, text in enumerate(sorted(folded))}


def _values(entry: Entry[ClaimShape]) -> Iterator[tuple[str, str]]:
    """The values that are written as one scalar, each with its property's id.

    Of a claim that was streamed also those of assertions that turn out to be wrong: they take a
    number that nobody asks for.
    """
    if isinstance(entry, StreamedClaim):
        yield from values_in(entry.raw)
    elif entry.shape is not None:
        for assertion in entry.shape.asserts:
            if isinstance(assertion.value, Scalar):
                yield assertion.value.text, assertion.property.text


def values_in(claim: Raw) -> Iterator[tuple[str, str]]:
    """Those of a raw claim."""
    for key, asserts in pairs(claim) if claim[1] == "mapping" else ():
        if key[0] == "asserts":
            for each in asserts[0] if asserts[1] == "list" else (asserts,):
                held = (
                    {k[0]: v for k, v in pairs(each) if k[1] in SCALARS}
                    if each[1] == "mapping"
                    else {}
                )
                value, of = held.get("value"), held.get("property")
                if value and of and value[1] in SCALARS and of[1] in SCALARS:
                    yield value[0], of[0]


def _is_loose(text: str, property_id: str, catalogue: Catalogue) -> bool:
    of = catalogue.properties.get(property_id)
    if of is None:
        return False
    return of.type == "text" or (of.type == "entity" and not catalogue.names.find(text))

"""The sentences that quotes stand in, where their sources are held."""

from __future__ import annotations

from claimtrack.findings.audits import Audited
from claimtrack.model import Register
from claimtrack.quotes.sentences import sentence_around
from claimtrack.reading.shelf import Shelf


def sentence(
    claim: str, index: int, register: Register, shelf: Shelf, audited: Audited
) -> str | None:
    """The sentence of its source that a quote stands in, where that is held."""
    found = audited.audits.of(claim, index)
    if found is None or not found.found:
        return None
    text = shelf.text_of(register.claims[claim].evidence[index].source)
    if text is None:
        return None
    around = sentence_around(text.text, found.found[0].whole)
    return text.text[around.start : around.end]

"""An item of evidence in words: who takes what stance, through whom, in which source."""

from __future__ import annotations

from claimtrack.findings.support import Item, grade_of
from claimtrack.model import Register
from claimtrack.render.screen import Part
from claimtrack.render.style import quiet, strong
from claimtrack.render.words import entity_words, speaker_words


def item_parts(item: Item, register: Register) -> list[Part]:
    """``Interfax: reports through TASS in wire-report · B2``."""
    evidence = item.evidence
    via = [entity_words(key, register) for key in evidence.via]
    through = f" through {', '.join(via)}" if via else ""
    source = f" in {evidence.source}" if evidence.by is not None or via else ""
    grade = grade_of(evidence, register)
    return [
        strong(speaker_words(item, register)),
        f": {evidence.stance}{through}{source}",
        quiet(f" · {grade}" if grade else ""),
    ]

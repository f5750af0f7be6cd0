"""An item of evidence in words: who takes what stance, through whom, and from what origin."""

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


def origin_words(key: str, register: Register) -> str:
    """An origin as a reader knows it: an entity's name, a source's id."""
    kind, _, name = key.partition(":")
    return entity_words(name, register) if kind == "entity" else name

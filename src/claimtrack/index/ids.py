"""Ids of a register for suggestions, from its index where that holds."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from claimtrack.index.keeping import kept_index

_QUESTIONS = {
    "claims": "SELECT id FROM ids WHERE sound ORDER BY no",
    "sources": "SELECT id FROM entries WHERE kind = 'source' ORDER BY no",
    "entities": "SELECT id FROM entries WHERE kind = 'entity' ORDER BY no",
    "properties": "SELECT id FROM entries WHERE kind = 'property' ORDER BY no",
    "conflicts": "SELECT id FROM conflicts ORDER BY soft, id",
}


def kept_ids(main: Path, kinds: Collection[str]) -> list[str] | None:
    """The ids of those kinds, kind by kind; None where no index holds, or none has one of them."""
    if not _QUESTIONS.keys() >= set(kinds):
        return None
    stored = kept_index(main)
    if stored is None:
        return None
    found = (stored.index.execute(_QUESTIONS[kind]) for kind in kinds)
    return list(dict.fromkeys(key for rows in found for (key,) in rows))

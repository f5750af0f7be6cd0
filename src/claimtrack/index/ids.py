"""Ids and tags of a register for suggestions, from its index where that holds."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from claimtrack.index.keeping import kept_index
from claimtrack.index.names import Mention
from claimtrack.reading.skim import is_word

_QUESTIONS = {
    "claims": "SELECT id FROM ids WHERE sound ORDER BY no",
    "sources": "SELECT id FROM entries WHERE kind = 'source' ORDER BY no",
    "entities": "SELECT id FROM entries WHERE kind = 'entity' ORDER BY no",
    "properties": "SELECT id FROM entries WHERE kind = 'property' ORDER BY no",
    "conflicts": "SELECT id FROM conflicts ORDER BY soft, id",
    "tags": f"SELECT key FROM mentions WHERE kind = {Mention.WRITTEN_TAG:d}"
    " GROUP BY key ORDER BY min(no), key",
}


def kept_ids(main: Path, kinds: Collection[str]) -> list[str] | None:
    """The ids of those kinds, or tags of one word, kind by kind; None where no index holds."""
    stored = kept_index(main)
    if stored is None:
        return None
    found = {
        key: None
        for kind in kinds
        for (key,) in stored.index.execute(_QUESTIONS[kind])
        if kind != "tags" or is_word(key)
    }
    return list(found)

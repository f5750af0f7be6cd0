"""How much of a register could not be read, in words."""

from __future__ import annotations

from collections.abc import Mapping

from claimtrack.render.words import count, listed

_PLURALS = {
    "entity": "entities",
    "property": "properties",
    "file or section": "files or sections",
}


def left_out_words(left_out: Mapping[str, int]) -> str:
    """``2 claims and 1 source``: how much of a register could not be read, or nothing."""
    left = left_out.items()
    return listed([count(number, kind, _PLURALS.get(kind)) for kind, number in left if number])

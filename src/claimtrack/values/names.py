"""Names as people write them: when two spellings are one name."""

from __future__ import annotations

import re
from unicodedata import normalize

ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*", re.ASCII)


def fold(text: str) -> str:
    """The text with case, width, compatibility forms and runs of white space made alike.

    Trimming, NFKC, full case folding, NFKC again, and single spaces.
    """
    if text.isascii():
        return " ".join(text.lower().split())
    return " ".join(normalize("NFKC", normalize("NFKC", text.strip()).casefold()).split())


_KEPT = frozenset(b"abcdefghijklmnopqrstuvwxyz0123456789-")


def in_id(folded: str) -> str:
    """A folded name as it appears in a conflict's id: percent-encoded outside ``[a-z0-9-]``."""
    return "".join(chr(b) if b in _KEPT else f"%{b:02X}" for b in folded.encode())

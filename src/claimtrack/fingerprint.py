"""Fingerprints: twelve hex digits that change when what a person judged has changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from unicodedata import normalize

DIGITS = 12

Written = str | bool | Sequence["Written"] | Mapping[str, "Written"]
"""What was written, as JSON: every scalar but a boolean is a string, its own text in NFC."""


def fingerprint(written: Mapping[str, Written | None]) -> str:
    """The first 12 hex digits of SHA-256 over the RFC 8785 JSON of ``written``."""
    return digest(canonical_json(written))


def digest(canonical: str) -> str:
    """The fingerprint of what has that RFC 8785 JSON."""
    import hashlib  # with OpenSSL; what is read without fingerprinting starts without it

    return hashlib.sha256(canonical.encode()).hexdigest()[:DIGITS]


def canonical_json(written: object) -> str:
    """RFC 8785: no white space, keys ordered by their UTF-16 code units."""
    text = _dump(written)
    # Code points and UTF-16 code units order all keys alike but those beyond the basic plane.
    return text if text.isascii() else _dump(_ordered(written), sort=False)


def _dump(written: object, *, sort: bool = True) -> str:
    import json  # likewise only where something is fingerprinted

    return json.dumps(written, ensure_ascii=False, separators=(",", ":"), sort_keys=sort)


def _ordered(written: object) -> object:
    if isinstance(written, Mapping):
        keys = sorted(written, key=lambda key: key.encode("utf-16-be"))
        return {key: _ordered(written[key]) for key in keys}
    if isinstance(written, list | tuple):
        return [_ordered(item) for item in written]
    return written


def own_text(text: str) -> str:
    """A scalar's own text as fingerprints take it: in NFC."""
    return text if text.isascii() else normalize("NFC", text)

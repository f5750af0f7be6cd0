"""Signs that a terminal, an editor or a spreadsheet may obey, or hide, instead of showing them."""

from __future__ import annotations

import re

BIDI = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_INVISIBLE = "\u00ad\u200b\u2060-\u2064\ufeff"
# Control characters (C0, DEL, C1), surrogates, line separators, bidirectional marks, overrides and
# isolates, and what is invisible but for the joiners that scripts and emoji need.
UNSAFE = f"[\x00-\x1f\x7f-\x9f\ud800-\udfff\u2028\u2029{BIDI}{_INVISIBLE}\U000e0000-\U000e007f]"
"""A class of characters, as regular expressions have it."""


def escaped(found: re.Match[str]) -> str:
    r"""A sign that was found, as an escape: ``\u200b``."""
    code = ord(found.group())
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"

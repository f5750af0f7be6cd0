"""What a text has between quotation marks."""

from __future__ import annotations

import re
from collections.abc import Iterator

from claimtrack.quotes.audit import Stretch

_CLOSING = {"“": "”", "„": "“”", "«": "»", "‘": "’", '"': '"'}
_BREAK = r"\n[^\S\n]*\n\s*"
# An apostrophe is also a closing mark, but not between letters.
_SIGN = re.compile(rf"[“”„«»‘\"]|(?<!\w)’|’(?!\w)|{_BREAK}")


def quotations(text: str) -> Iterator[Stretch]:
    """The stretches between quotation marks, in order, the marks with them; none within another.

    A quotation ends with its paragraph, unless the next one begins with the same mark, as a speech
    of several paragraphs does.
    """
    opened: int | None = None
    mark = ""
    goes_on = -1
    for found in _SIGN.finditer(text):
        sign = found.group()
        if sign.startswith("\n"):
            if opened is not None and text.startswith(mark, found.end()):
                goes_on = found.end()
            else:
                opened = None
        elif opened is None:
            if sign in _CLOSING:
                opened, mark = found.start(), sign
        elif sign in _CLOSING[mark] and found.start() != goes_on:
            yield Stretch(opened, found.end())
            opened = None

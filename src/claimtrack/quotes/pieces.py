"""A long text cut by a pattern, a part at a time, so that its pieces are never all held at once."""

from __future__ import annotations

import re
from collections.abc import Iterator

_PART = 1 << 20
_AFTER_WORD = re.compile(r"(?<=\S)\s")


def pieces(text: str, pattern: re.Pattern[str]) -> Iterator[tuple[int, list[str]]]:
    """All that a pattern finds, in parts that begin where white space does, with their starts.

    The pattern must match at every place and never beyond white space.
    """
    start = 0
    while start < len(text):
        cut = _AFTER_WORD.search(text, start + _PART)
        end = len(text) if cut is None else cut.start()
        yield start, pattern.findall(text, start, end)
        start = end

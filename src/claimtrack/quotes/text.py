"""A source's text, with its lines and pages."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import cached_property

_LINE_END = re.compile("\r?\n")


class SourceText:
    """The text of a source. Lines end at LF or CRLF and count from 1.

    ``page_lines`` are the first lines of its pages, where its format has pages.
    """

    def __init__(self, text: str, page_lines: Sequence[int] = ()) -> None:
        self.text = text
        self.page_lines = tuple(page_lines)

    @cached_property
    def line_starts(self) -> list[int]:
        """Where each line begins, in code points."""
        return [0, *(end.end() for end in _LINE_END.finditer(self.text))]

    def line_of(self, offset: int) -> int:
        """The line that a code point stands on."""
        return bisect_right(self.line_starts, offset)

    def page_of(self, line: int) -> int | None:
        """The page that a line stands on, from 1; None where the format has none."""
        return bisect_right(self.page_lines, line) or None

"""A source's text, with its lines and pages."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import cached_property

from claimtrack.quotes.audit import Stretch
from claimtrack.quotes.blocks import Blocks
from claimtrack.quotes.characters import symbols_of
from claimtrack.quotes.tokens import Tokens
from claimtrack.quotes.words import Words

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

    def line_span(self, line: int) -> Stretch:
        """The stretch of a line with its end; an empty one where the text has no such line."""
        if not 1 <= line <= len(self.line_starts):
            return Stretch(len(self.text), len(self.text))
        ends = [*self.line_starts[line : line + 1], len(self.text)]
        return Stretch(self.line_starts[line - 1], ends[0])

    @cached_property
    def tokens(self) -> Tokens:
        """The text as it is searched for a quote."""
        return Tokens(self.text)

    @cached_property
    def symbols(self) -> str:
        """Its signs that are letters in normal form only."""
        return symbols_of(self.text)

    @cached_property
    def joined_tokens(self) -> Tokens:
        """The text with these signs as letters: ``№5`` as the one word that ``No5`` is."""
        return Tokens(self.text, symbols=self.symbols)

    @cached_property
    def words(self) -> Words:
        """The text as it is searched for what is near to a quote."""
        return Words(self.text)

    @cached_property
    def blocks(self) -> Blocks:
        """Where its words stand, roughly."""
        return Blocks(self.words)

    def page_of(self, line: int) -> int | None:
        """The page that a line stands on, from 1; None where the format has none."""
        return bisect_right(self.page_lines, line) or None

"""Lists and mappings between brackets: spacing and the order of keys; line breaks stay."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from claimtrack.edit.layout.gaps import (
    SPACE,
    Line,
    Unusual,
    comment_beside,
    indented,
    opening,
    texts,
    trimmed,
)
from claimtrack.edit.layout.order import Form, canonical_order
from claimtrack.edit.layout.scalars import STEP, below_the_first
from claimtrack.frozen import frozen, replace
from claimtrack.reading.spans import Span


def flow_text(text: str, node: Span, column: int, form: Form, closing: int | None = None) -> str:
    """A list or a mapping between brackets that begins on a line which begins at the column.

    A bracket that closes it on a line of its own stands at ``closing``, or else at the column too.
    What is written in an unusual way is only moved.
    """
    closing = column if closing is None else closing
    try:
        return _Brackets(text, node, column, closing).laid_out(form)
    except Unusual:
        return "\n".join(below_the_first(text[node.content : node.end], column + STEP))


@frozen
class _Piece:
    """An item, or a key with its value."""

    text: str
    end: int
    """Where it ended in the old text."""
    is_open: bool = False
    """Whether it ends in a colon, after which a space is needed."""
    above: Sequence[str] = ()
    """Comments on lines of their own above it, and blank lines."""
    comment: str = ""
    """The comment that ends its last line."""


@frozen
class _Gap:
    """What stands before a piece or the closing bracket."""

    comment: str
    """The comment on the line of what is before."""
    above: Sequence[str]
    is_broken: bool
    """Whether a line ends there."""
    has_comma: bool


_COLON = re.compile(r"[ \t\n]*:")


@frozen
class _Brackets:
    """One collection of a text, the columns of the line it is to begin on and of its last one."""

    text: str
    node: Span
    column: int
    closing: int

    @property
    def inner(self) -> int:
        """Where a line between the brackets begins."""
        return self.column + STEP

    def laid_out(self, form: Form) -> str:
        if self.text[self.node.content] not in "[{":
            raise Unusual  # a pair in a list, without brackets of its own
        is_mapping = self.node.kind == "mapping"
        pieces = [*(self._pairs(form) if is_mapping else self._items(form))]
        starts = [each.start for each in self.node.children[:: 1 + is_mapping]]
        ends = [self.node.content + 1, *(piece.end for piece in pieces)]
        gaps = [*map(self._gap, ends, [*starts, self.node.end - 1])]
        pieces = [
            replace(piece, above=before.above, comment=after.comment)
            for piece, (before, after) in zip(pieces, pairwise(gaps), strict=True)
        ]
        if is_mapping:
            pieces = [pieces[index] for index in canonical_order(self.node, form, self.text)]
        return "\n".join(self._lines(pieces, gaps))

    # ----------------------------------------------------------------------------------- its pieces

    def _items(self, form: Form) -> Iterator[_Piece]:
        for item in self.node.children:
            yield _Piece(self._node(item.start, item, form.item), item.end)

    def _pairs(self, form: Form) -> Iterator[_Piece]:
        for key, value in self.node.pairs:
            name = self.text[key.start : key.end]
            if key.kind != "scalar" or key.start != key.content or not name or "\n" in name:
                raise Unusual
            colon = _COLON.match(self.text, key.end)
            if colon is None:
                yield _Piece(name, key.end)
            elif value.is_empty:
                yield _Piece(f"{name}:", colon.end(), is_open=True)
            else:
                held = self._node(colon.end(), value, form.under(key.text))
                yield _Piece(f"{name}: {held}", value.end)

    def _node(self, start: int, node: Span, form: Form) -> str:
        found = opening(self.text, start, node)
        if found.comment or found.lines:
            raise Unusual
        if node.is_flow:
            held = flow_text(self.text, node, self.inner, form)
        else:
            held = "\n".join(below_the_first(self.text[node.content : node.end], self.inner + STEP))
        return " ".join(filter(None, (found.names, held)))

    def _gap(self, start: int, end: int) -> _Gap:
        first, *others = self.text[start:end].split("\n")
        comment, has_comma = _without_comma(first)
        lines = []
        for each in others:
            rest, is_found = _without_comma(each)
            has_comma |= is_found
            lines.append(Line(comment_beside(rest).strip(SPACE)))
        # The last of them is the beginning of the line of what is next.
        return _Gap(comment_beside(comment), texts(lines[:-1]), bool(others), has_comma)

    # ------------------------------------------------------------------------------------ its lines

    def _lines(self, pieces: Sequence[_Piece], gaps: Sequence[_Gap]) -> list[str]:
        lines = [self.text[self.node.content] + gaps[0].comment]
        is_ended = bool(gaps[0].comment)
        for index, piece in enumerate(pieces):
            above = trimmed(piece.above) if not index else piece.above
            if is_ended or above or gaps[index].is_broken:
                lines += indented([*above, piece.text], self.inner)
            else:
                lines[-1] += f" {piece.text}" if index else piece.text
            is_ended = bool(piece.comment)
            if index + 1 < len(pieces):
                lines[-1] += (" ," if piece.is_open else ",") + piece.comment
        return self._closed(lines, pieces[-1:], gaps[-1], is_ended=is_ended)

    def _closed(
        self, lines: list[str], last: Sequence[_Piece], gap: _Gap, *, is_ended: bool
    ) -> list[str]:
        """The lines with the last comma and the closing bracket."""
        sign = self.text[self.node.end - 1]
        above = trimmed(gap.above[::-1])[::-1]
        is_broken = is_ended or bool(above) or (bool(last) and gap.is_broken)
        is_open = bool(last) and last[0].is_open
        if not is_broken:
            lines[-1] += f" {sign}" if is_open else sign
            return lines
        comma = "" if not last or not gap.has_comma else " ," if is_open else ","
        lines[-1] += comma + (last[0].comment if last else "")
        return lines + indented(above, self.inner) + [" " * self.closing + sign]


def _without_comma(rest: str) -> tuple[str, bool]:
    """The rest of a line without the comma that it may begin with, and whether there was one."""
    bare = rest.lstrip(SPACE)
    return (bare[1:], True) if bare.startswith(",") else (rest, False)

"""Lists and mappings on lines of their own: indentation, blank lines and the order of keys."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from claimtrack.edit.layout.flow import flow_text
from claimtrack.edit.layout.gaps import (
    SPACE,
    Above,
    Border,
    Gap,
    Unusual,
    at_the_bottom,
    at_the_end,
    at_the_start,
    at_the_top,
    between,
    deeper,
    foot,
    gap,
    head,
    indented,
    opening,
    texts,
    trimmed,
)
from claimtrack.edit.layout.order import REGISTER, Form, canonical_order
from claimtrack.edit.layout.scalars import (
    STEP,
    below_the_first,
    block_scalar,
    keeps_blank_lines,
    moved,
)
from claimtrack.frozen import frozen
from claimtrack.progress import Tell, quiet
from claimtrack.reading.spans import Span


def file_lines(text: str, root: Span, tell: Tell = quiet) -> list[str]:
    """The lines of a file whose root is a mapping. Raises Unusual where it is better left."""
    if root.kind != "mapping" or root.start != root.content:
        raise Unusual
    above, below = at_the_top(head(text, root)), foot(text, root)
    if root.is_flow:
        lines = flow_text(text, root, 0, REGISTER).split("\n")
        lines[-1] += below.comment
        return [*above.staying, *above.touching, *lines, *at_the_bottom(below.lines)]
    layout = _Layout(text, tell)
    own, others = deeper(below.lines, layout.column(root.content))
    block = layout.block(root, 0, REGISTER, above, Gap(below.comment, own))
    rest = at_the_bottom(others)
    return [*block.above, *block.lines, *(trimmed(rest) if block.is_kept else rest)]


@frozen
class _Block:
    """The lines of a node and what belongs to it."""

    lines: list[str]
    above: Sequence[str] = ()
    """Comments above the first thing in it, not indented; an empty text is a blank line."""
    is_kept: bool = False
    """Whether a blank line below would be text of a block scalar."""


@frozen
class _Holder:
    """A key with its colon, or a dash, and what it holds."""

    start: int
    end: int
    sign: str
    """What is written from the one to the other."""
    held: Span
    key: str | None = None

    @property
    def is_dash(self) -> bool:
        return self.key is None

    @property
    def is_block(self) -> bool:
        """Whether what it holds takes lines of its own."""
        return self.held.style == "block"


@frozen
class _Part:
    """What a holder and all in it come to, with the comments that move with it."""

    holder: _Holder
    block: _Block
    above: Sequence[str]
    is_parted: bool
    """Whether there was a blank line above it and its comments."""
    below: Sequence[str]


_COLON = re.compile(r"[ \t]*:")
_DASH = re.compile(r"(?:[ \t\n]|#[^\n]*)*-")


class _Layout:
    """Lays out the nodes of one text."""

    def __init__(self, text: str, tell: Tell) -> None:
        self._text, self._tell = text, tell

    def block(
        self,
        node: Span,
        at: int,
        form: Form,
        above: Above,
        below: Gap,
    ) -> _Block:
        """A list or mapping in block style, to stand at that column."""
        try:
            parts, end = self._parts(node, at, form, above.touching, below)
        except Unusual:
            return self._as_it_is(node, at, [*above.staying, *above.touching], below)
        if node.kind == "mapping":
            parts = [parts[index] for index in canonical_order(node, form, self._text)]
        return _joined(parts, at, form, above.staying, end)

    def _parts(
        self, node: Span, at: int, form: Form, touching: Sequence[str], below: Gap
    ) -> tuple[list[_Part], Border]:
        """The parts in the order written, and what stands below the last."""
        self._tell("laying files out", node.start, len(self._text))
        holders = [*self._holders(node)]
        column = self.column(node.content)
        border = Border((), False, touching)
        parts = []
        for holder, after in zip(holders, [*holders[1:], None], strict=True):
            found = below if after is None else gap(self._text, holder.held.end, after.start)
            own, others = deeper(found.lines, column)
            inner = form.item if holder.key is None else form.under(holder.key)
            block = self._held(holder, column, at, inner, Gap(found.comment, own))
            above, is_parted = [*border.above, *block.above], border.is_blank
            border = at_the_end(others) if after is None else between(others)
            parts.append(_Part(holder, block, above, is_parted, border.below))
        return parts, border

    def _holders(self, node: Span) -> Iterator[_Holder]:
        if not node.is_open or node.children[0].start < node.content:
            raise Unusual
        if node.kind == "mapping":
            yield from self._keys(node)
        else:
            yield from self._dashes(node)

    def _keys(self, node: Span) -> Iterator[_Holder]:
        if node.children[0].start != node.content:
            raise Unusual  # a question mark stands there
        for key, value in node.pairs:
            name = self._text[key.start : key.end]
            colon = _COLON.match(self._text, key.end)
            if key.kind != "scalar" or key.start != key.content or "\n" in name or not colon:
                raise Unusual
            yield _Holder(key.start, colon.end(), f"{name}:", value, key.text)

    def _dashes(self, node: Span) -> Iterator[_Holder]:
        at = node.content
        for item in node.children:
            dash = _DASH.match(self._text, at)
            if dash is None:
                raise Unusual
            yield _Holder(dash.end() - 1, dash.end(), "-", item)
            at = item.end

    # ------------------------------------------------------------------------------ what is held

    def _held(self, holder: _Holder, column: int, at: int, form: Form, below: Gap) -> _Block:
        """A holder that stood at one column and shall stand at another, with what it holds."""
        held = holder.held
        if not holder.is_block:
            return self._leaf(holder, column, at, form, below)
        found = opening(self._text, holder.end, held)
        block = self.block(held, at + STEP, form, at_the_start(found.lines), below)
        if holder.is_dash and not found.names and not found.comment:
            lines = [f"{' ' * at}- {block.lines[0][at + STEP :]}", *block.lines[1:]]
            return _Block(lines, trimmed(block.above), block.is_kept)
        first = _first_line(holder, at, found.names, found.comment)
        lines = [first, *indented(block.above, at + STEP), *block.lines]
        return _Block(lines, is_kept=block.is_kept)

    def _leaf(self, holder: _Holder, column: int, at: int, form: Form, below: Gap) -> _Block:
        """The same of a scalar, an alias, or a collection between brackets."""
        held = holder.held
        found = opening(self._text, holder.end, held)
        lines = self._leaf_lines(held, column, at, form, is_below=found.is_below)
        lines[0] = " ".join(filter(None, (found.names, lines[0])))
        if found.is_below:
            first = _first_line(holder, at, "", found.comment)
            above = indented([*texts(found.lines), lines[0]], at + STEP)
            lines = [first, *above, *lines[1:]]
        else:
            lines[0] = _first_line(holder, at, lines[0], "")
        lines[-1] += below.comment
        is_block_scalar = held.style in ("|", ">")
        # Deeper than its key a comment below a block scalar would be text of it.
        lines += indented(texts(below.lines), at if is_block_scalar else at + STEP)
        is_kept = is_block_scalar and keeps_blank_lines(self._written(held)) and not below.lines
        return _Block(lines, is_kept=is_kept)

    def _leaf_lines(
        self, held: Span, column: int, at: int, form: Form, *, is_below: bool
    ) -> list[str]:
        if held.style in ("|", ">"):
            return block_scalar(self._written(held), column, at)
        if not held.is_flow:
            return below_the_first(self._written(held), at + STEP)
        if is_below:
            return flow_text(self._text, held, at + STEP, form).split("\n")
        # YAML would have the closing bracket deeper than the key; many people have it below it.
        is_deeper = self.column(held.end - 1) > column
        closing = at + STEP if is_deeper else at
        return flow_text(self._text, held, at, form, closing).split("\n")

    def _as_it_is(self, node: Span, at: int, above: Sequence[str], below: Gap) -> _Block:
        """A collection that is only moved."""
        last = _last(node)
        lines = moved(self._written(node), at - self.column(node.content))
        lines[0] = " " * at + lines[0]
        lines[-1] += below.comment
        lines += indented(texts(below.lines), at)
        is_kept = not last.is_open or keeps_blank_lines(self._written(last))
        return _Block(lines, above, is_kept and not below.lines)

    def _written(self, node: Span) -> str:
        return self._text[node.content : node.end]

    def column(self, offset: int) -> int:
        """How many signs stand before the offset in its line."""
        return offset - self._text.rfind("\n", 0, offset) - 1


def _first_line(holder: _Holder, at: int, beside: str, comment: str) -> str:
    """A key or a dash at that column with what stands beside it."""
    line = " " * at + holder.sign + (f" {beside}" if beside else "")
    if holder.is_dash and comment and not beside:
        return f"{line} {comment.lstrip(SPACE)}"  # where the first key would begin
    return line + comment


def _last(node: Span) -> Span:
    """The last thing in a node that has nothing in it."""
    while node.children:
        node = node.children[-1]
    return node


def _joined(
    parts: Sequence[_Part], at: int, form: Form, staying: Sequence[str], end: Border
) -> _Block:
    """The parts one below the other."""
    lines = [*parts[0].block.lines]
    for before, part in pairwise(parts):
        lines += indented(before.below, at)
        if _are_parted(before, part, form):
            lines.append("")
        lines += indented(part.above, at)
        lines += part.block.lines
    last = parts[-1]
    is_kept = last.block.is_kept and not last.below
    lines += indented(last.below, at)
    if end.is_blank and end.above and not is_kept:
        lines.append("")
    lines += indented(end.above, at)
    return _Block(lines, [*staying, *parts[0].above], is_kept and not end.above)


def _are_parted(before: _Part, part: _Part, form: Form) -> bool:
    """Whether a blank line stands between two parts and the comments that belong to them."""
    if before.block.is_kept and not before.below:
        return False
    if form.is_spaced and (before.holder.is_block or part.holder.is_block):
        return True
    # Without one, comments would come to belong to the other part.
    return part.is_parted or bool(before.below) or "" in part.above

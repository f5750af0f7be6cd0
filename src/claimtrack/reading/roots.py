"""The root of a file: its sections, with its claims kept as bytes until somebody asks for them."""

from __future__ import annotations

import marshal
from typing import NamedTuple

from claimtrack.reading.claim_stream import End, Item, NotStreamed, Opening, Section, Start, stream
from claimtrack.reading.nodes import Node, Scalar
from claimtrack.reading.raw import written_id
from claimtrack.reading.yamltext import decode, parse


class PackedClaim(NamedTuple):
    """A claim in a file: where its node begins, its id as written (none is empty), its raw nodes.

    ``start`` is an offset in code points; ``line`` and ``column`` count from 1; the lines of
    ``raw``, and that of the id, count from ``line``. Without an id its place is the node's.
    """

    start: int
    line: int
    column: int
    key: str
    key_line: int
    key_column: int
    raw: bytes


class StreamedClaims(NamedTuple):
    """The claims of a file one by one, and what surrounds them."""

    opening: Opening
    items: list[PackedClaim]
    end: End

    @property
    def line(self) -> int:
        """The line on which the list begins."""
        return self.opening.line

    @property
    def column(self) -> int:
        """The column in which it does."""
        return self.opening.column


class Root(NamedTuple):
    """The root mapping of a file whose claims were streamed."""

    entries: list[tuple[Scalar, Node | StreamedClaims]]
    line: int
    column: int


def read_root(data: bytes) -> Node | Root | None:
    """What a file holds: streamed where that can be, else as ``parse`` gives it. Raises NotYaml."""
    text = decode(data)
    try:
        return _streamed(text)
    except NotStreamed:
        return parse(data)


def _streamed(text: str) -> Root:
    entries: list[tuple[Scalar, Node | StreamedClaims]] = []
    start, opening = Start(1, 1), None
    items: list[PackedClaim] = []
    for each in stream(text):
        if type(each) is Item:
            items.append(_packed(each))
        elif type(each) is Section:
            entries.append(each)
        elif type(each) is Opening:
            opening = each
        elif type(each) is End and opening is not None:
            entries.append((opening.key, StreamedClaims(opening, items, each)))
        elif type(each) is Start:
            start = each
    return Root(entries, *start)


def _packed(item: Item) -> PackedClaim:
    key = written_id(item.raw)
    text, line, column = (key[0], key[2], key[3]) if key else ("", 0, item.column)
    return PackedClaim(
        item.start, item.line, item.column, text, line, column, marshal.dumps(item.raw)
    )

"""The root of a file: its sections, with its claims kept as bytes until somebody asks for them."""

from __future__ import annotations

import marshal
from collections.abc import Callable, Iterator
from typing import NamedTuple, Protocol

from claimtrack.reading.claim_stream import (
    After,
    Catalogue,
    End,
    Item,
    Opening,
    Pair,
    Section,
    Start,
    stream,
)
from claimtrack.reading.nodes import Mapping, Node, Scalar
from claimtrack.reading.octets import Octets
from claimtrack.reading.pieced_text import NotStreamed
from claimtrack.reading.raw import Raw, node_of, written_id
from claimtrack.reading.yamltext import parse


class PackedClaim(NamedTuple):
    """A claim in a file: where its node begins, its id as written (none is empty), its raw nodes.

    ``line`` and ``column`` count from 1; the lines of ``raw``, and that of the id, count from
    ``line``. Without an id its place is the node's.
    """

    line: int
    column: int
    key: str
    key_line: int
    key_column: int
    raw: bytes
    no: int = 0
    """What a pile that keeps it elsewhere knows it by."""


class Pile(Protocol):
    """The claims of a file, put there one by one, and taken in that order once all are there."""

    def skip(self, at: Opening | Item) -> After | None:
        """The claim to go on with instead, if those up to it are on the pile by now."""

    def add(self, item: Item) -> None:
        """Put the next one on it."""

    def end(self, end: End) -> None:
        """Note where the claims are over."""

    def __iter__(self) -> Iterator[PackedClaim]:
        """The claims, in the order they came."""


PileFor = Callable[[int, str, Octets], Pile]
"""An empty pile for the claims of a file, by its number in reading order, its name, its bytes."""


class PileInMemory(list[PackedClaim]):
    """A pile that is held as it is."""

    def skip(self, at: Opening | Item) -> None:
        """Pass over none."""

    def add(self, item: Item) -> None:
        """Put the next one on it."""
        self.append(pack(item))

    def end(self, end: End) -> None:
        """Note nothing: who holds the claims knows their lines."""


class StreamedClaims(NamedTuple):
    """The claims of a file one by one, and what surrounds them."""

    opening: Opening
    items: Pile
    end: End

    @property
    def line(self) -> int:
        """The line on which the list begins."""
        return self.opening.line

    @property
    def column(self) -> int:
        """The column in which it does."""
        return self.opening.column


class RawMapping(NamedTuple):
    """A mapping of ids to raw nodes, whose lines count from 0."""

    line: int
    column: int
    entries: list[Pair]


class Root(NamedTuple):
    """The root mapping of a file whose claims were streamed."""

    entries: list[tuple[Scalar, Node | StreamedClaims | RawMapping]]
    line: int
    column: int


def read_root(
    data: Octets, pile_for: Callable[[Octets], Pile] = lambda _data: PileInMemory()
) -> Node | Root | None:
    """What a file holds: streamed where that can be, else as ``parse`` gives it. Raises NotYaml.

    ``pile_for`` gives an empty pile for the claims of a file; nobody asks for what is on it where
    the file cannot be streamed after all.
    """
    try:
        return _streamed(data, pile_for(data))
    except NotStreamed:
        return parse(data[:])


def _streamed(data: Octets, items: Pile) -> Root:
    entries: list[tuple[Scalar, Node | StreamedClaims | RawMapping]] = []
    start, opening, pairs = Start(1, 1), None, list[Pair]()
    for each in stream(data, items.skip):
        if type(each) is Item:
            items.add(each)
        elif type(each) is Pair:
            pairs.append(each)
        elif type(each) is Section:
            entries.append(each)
        elif type(each) is Catalogue:
            pairs = []
            entries.append((each.key, RawMapping(each.line, each.column, pairs)))
        elif type(each) is Opening:
            opening = each
        elif type(each) is End and opening is not None:
            items.end(each)
            entries.append((opening.key, StreamedClaims(opening, items, each)))
        elif type(each) is Start:
            start = each
    return Root(entries, *start)


def pack(item: Item, no: int = 0) -> PackedClaim:
    """A claim as a pile holds it."""
    key = written_id(item.raw)
    text, line, column = (key[0], key[2], key[3]) if key else ("", 0, item.column)
    return PackedClaim(item.line, item.column, text, line, column, marshal.dumps(item.raw), no)


def pairs_of(mapping: Mapping | RawMapping) -> Iterator[tuple[Node, Node, Raw | None]]:
    """Keys and values, and these raw, if they were streamed."""
    if isinstance(mapping, Mapping):
        yield from ((key, value, None) for key, value in mapping.entries)
    else:
        for key, value in mapping.entries:
            yield node_of(key, 1), node_of(value, 1), value

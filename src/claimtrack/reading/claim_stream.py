"""A file's sections one after another, its claims one by one, straight from the parser's events.

Nothing is held but the claim at hand. A file that can only be understood as a whole is refused:
with anchors, aliases, tags or several documents, with claims in flow style, more levels than any
entry needs, or a mistake of syntax.
"""

from __future__ import annotations

from codecs import BOM_UTF8
from collections.abc import Callable, Generator, Iterator
from typing import Any, NamedTuple, overload

import yaml

from claimtrack.reading.nodes import (
    AFTER_NUMBERS,
    LONGEST_WORD,
    MAX_LEVELS,
    WORDS,
    Node,
    Scalar,
    core_type,
)
from claimtrack.reading.octets import Octets
from claimtrack.reading.pieced_text import NotStreamed, PiecedText
from claimtrack.reading.raw import Raw, node_of, scalar_of


class Start(NamedTuple):
    """Where the root mapping of a file begins: its line and column, from 1."""

    line: int
    column: int


class Section(NamedTuple):
    """A key of the root mapping with its value."""

    key: Scalar
    value: Node


class Catalogue(NamedTuple):
    """A key of the root mapping whose value is a mapping of ids, and where that begins."""

    key: Scalar
    line: int
    column: int


class Pair(NamedTuple):
    """An id and what it stands for; lines count from the first of the file, which is 0."""

    key: Raw
    value: Raw


class Opening(NamedTuple):
    """The key ``claims``, and where the first dash below it stands.

    ``start`` is an offset in bytes; ``line`` and ``column`` count from 1.
    """

    key: Scalar
    start: int
    line: int
    column: int


class Item(NamedTuple):
    """A claim: where its node begins, after the dash, and what it holds.

    ``start`` is an offset in bytes; ``line`` and ``column`` count from 1; the lines of
    ``raw`` count from ``line``, which is 0 there.
    """

    start: int
    line: int
    column: int
    raw: Raw


class End(NamedTuple):
    """Where the claims are over: at the key of the next section, or at the end of the text."""

    start: int
    line: int
    column: int


class After(NamedTuple):
    """A claim that comes after others which are known: where its node begins.

    ``start`` is an offset in bytes; ``line`` and ``column`` count from 1.
    """

    start: int
    line: int
    column: int


Part = Start | Section | Catalogue | Pair | Opening | Item | End
"""What a file consists of."""

Skip = Callable[[Opening | Item], After | None]
"""Where to go on in place of the first claim or of one that was come to: None for there."""


def skip_nothing(_: Opening | Item) -> None:
    """Go on with every claim."""


def stream(data: Octets, skip: Skip = skip_nothing, *, pure: bool = False) -> Iterator[Part]:
    """What a file holds, in the order written, but for the claims that ``skip`` passes over.

    First the root's place, then each section; instead of the section ``claims``, where it is a
    list, its opening, its claims and its end, and instead of one of a catalogue, where it is a
    mapping, its beginning and its pairs. ``pure`` takes PyYAML's own parser even where libyaml
    is there. Raises NotStreamed, at any time, where the file has to be read as a whole.
    """
    try:
        begin = len(BOM_UTF8) if data[: len(BOM_UTF8)] == BOM_UTF8 else 0
        yield from _sections(_Parser(PiecedText(data, begin), pure=pure), data, skip)
    except yaml.YAMLError as error:
        raise NotStreamed from error


def stream_from(
    data: bytes, start: int, line: int, column: int, dash_column: int, *, key_column: int = 1
) -> Iterator[Item | End]:
    """The claims of a file from one on whose node begins at ``start``, and where they are over.

    ``line`` and ``column`` are those of the node; ``dash_column`` that of its dash, which may stand
    on an earlier line; ``key_column`` that of the key ``claims``. What stands before is taken for
    read. No more of the file is looked at than is asked for. Raises NotStreamed, at any time.
    """
    try:
        parser = _parser_from(data, After(start, line, column), dash_column, key_column)
        for each in parser.items():
            if isinstance(each, End):
                parser.key()  # What follows has to be a section, or nothing.
            yield each
    except yaml.YAMLError as error:
        raise NotStreamed from error


def stream_part(
    data: bytes, column: int, dash_column: int, key_column: int, until: int
) -> Iterator[Item | After | End]:
    """The claims of a part of a file, which begins with the node of one.

    Other columns are those of ``stream_from``; lines count from that of the first claim, which is
    1. Last comes what stands after them: the first claim that begins at ``until`` or beyond, or the
    end of all claims. Raises NotStreamed, at any time.
    """
    try:
        parser = _parser_from(data, After(0, 1, column), dash_column, key_column)
        yield from parser.items(until)
    except yaml.YAMLError as error:
        raise NotStreamed from error


_CATALOGUE = ("sources", "entities", "properties")


def _sections(parser: _Parser, data: Octets, skip: Skip) -> Iterator[Part]:
    yield parser.root()
    has_claims = False
    while (key := parser.key()) is not None:
        event = parser.next()
        if key.text == "claims":
            if has_claims:
                raise NotStreamed
            has_claims = True
            if isinstance(event, yaml.SequenceStartEvent):
                opening = parser.opening(key, event)
                yield opening
                parser = yield from _claims(parser, data, opening, skip)
                continue
        elif key.text in _CATALOGUE and isinstance(event, yaml.MappingStartEvent):
            yield parser.catalogue(key, event)
            yield from parser.pairs()
            continue
        yield Section(key, parser.node(event))
    parser.close()


def _claims(
    parser: _Parser, data: Octets, opening: Opening, skip: Skip
) -> Generator[Item | End, None, _Parser]:
    """The claims of a file, and their end; gives the parser that came to it."""
    after = skip(opening)
    while True:
        if after is not None:
            parser = _parser_from(data, after, opening.column, opening.key.column)
        for each in parser.items():
            if type(each) is Item:
                after = skip(each)
                if after is not None:
                    break
            yield each
        else:
            return parser


def _parser_from(data: Octets, after: After, dash_column: int, key_column: int) -> _Parser:
    """What is parsed of a file from a claim on, which comes next."""
    start, line, column = after
    before = _before(data[start : start + 1], column, dash_column, key_column)
    parser = _Parser(PiecedText(data, start, before), line - 1 - before.count("\n"))
    parser.root()
    parser.key()
    parser.next()
    return parser


def _before(first: bytes, column: int, dash_column: int, key_column: int) -> str:
    """A beginning of claims after which a node stands in the same columns as in its file."""
    dash = f"{' ' * (key_column - 1)}claims:\n{' ' * (dash_column - 1)}-"
    gap = column - dash_column - 1
    if gap > 0 or first in _NO_NODE:
        return dash + " " * gap
    return f"{dash}\n{' ' * (column - 1)}"


_NO_NODE = (b"", b" ", b"\t", b"\r", b"\n")
"""What follows just after a dash that has no node."""


# ------------------------------------------------------------------------------- what is parsed


class _Parser:
    """The events of a text, asked for what has to come next."""

    def __init__(self, text: PiecedText, line: int = 0, *, pure: bool = False) -> None:
        """Lines of the file are those of what is parsed moved by ``line``."""
        loader: Any = yaml.Loader if pure or not yaml.__with_libyaml__ else yaml.CLoader
        self.next: Callable[[], Any] = loader(text).get_event
        self._text, self._line = text, line
        self._read_nodes = _reader_of_nodes(self.next, text)

    def root(self) -> Start:
        """Where the root begins, which has to be a mapping in block style."""
        self.next()
        document = self.next()
        if not isinstance(document, yaml.DocumentStartEvent) or document.explicit:
            raise NotStreamed
        root = self.next()
        if not isinstance(root, yaml.MappingStartEvent) or root.flow_style or _is_marked(root):
            raise NotStreamed
        _, line, column = self._position(root)
        return Start(line, column)

    def key(self) -> Scalar | None:
        """The next key of the root, or None at its end."""
        event = self.next()
        if isinstance(event, yaml.MappingEndEvent):
            return None
        if not isinstance(event, yaml.ScalarEvent):
            raise NotStreamed
        return scalar_of(self._raw(event, 0, _SECTION_LEVEL), self._line + 1)

    def node(self, event: Any) -> Node:
        """The value of a key of the root, which begins with an event."""
        return node_of(self._raw(event, 0, _SECTION_LEVEL), self._line + 1)

    def catalogue(self, key: Scalar, event: Any) -> Catalogue:
        """Where a mapping of ids begins."""
        if _is_marked(event):
            raise NotStreamed
        _, line, column = self._position(event)
        return Catalogue(key, line, column)

    def pairs(self) -> Iterator[Pair]:
        """Ids, and what they stand for."""
        while (event := self.next()).__class__ is not yaml.MappingEndEvent:
            key = self._raw(event, -self._line, _ENTRY_LEVEL)
            yield Pair(key, self._raw(self.next(), -self._line, _ENTRY_LEVEL))

    def opening(self, key: Scalar, event: Any) -> Opening:
        """Where the list of claims begins, which has to be in block style."""
        if event.flow_style or _is_marked(event):
            raise NotStreamed
        return Opening(key, *self._position(event))

    @overload
    def items(self) -> Iterator[Item | End]: ...
    @overload
    def items(self, until: int) -> Iterator[Item | After | End]: ...
    def items(self, until: int | None = None) -> Iterator[Item | After | End]:
        """The claims, and their end, or that which begins at an offset or beyond."""
        while (event := self.next()).__class__ is not yaml.SequenceEndEvent:
            mark = event.start_mark
            if until is not None and self._text.byte(mark.index) >= until:
                yield After(*self._position(event))
                return
            raw = self._raw(event, mark.line, _CLAIM_LEVEL)
            at = self._text.byte(mark.index)
            yield Item(at, mark.line + self._line + 1, mark.column + 1, raw)
        yield End(*self._position(event))

    def close(self) -> None:
        """See that the document is over, and that there is no other."""
        if self.next().explicit or not isinstance(self.next(), yaml.StreamEndEvent):
            raise NotStreamed

    def _raw(self, event: Any, base: int, level: int) -> Raw:
        """The node that begins with an event; ``base`` is the line that counts as 0."""
        kind = _COLLECTIONS.get(event.__class__)
        if kind is None:
            # Read as if it were the only one in a list.
            alone = iter((event, yaml.SequenceEndEvent()))
            read = _reader_of_nodes(alone.__next__, self._text)
            return read(base, level, read)[0]
        if _is_marked(event):
            raise NotStreamed
        mark = event.start_mark
        held = self._read_nodes(base, level + 1, self._read_nodes)
        return held, kind, mark.line - base, mark.column + 1

    def _position(self, event: Any) -> tuple[int, int, int]:
        mark = event.start_mark
        return self._text.byte(mark.index), mark.line + self._line + 1, mark.column + 1


_COLLECTIONS: dict[type[yaml.Event], str] = {
    yaml.MappingStartEvent: "mapping",
    yaml.SequenceStartEvent: "list",
}
_SECTION_LEVEL = 2
_CLAIM_LEVEL = _ENTRY_LEVEL = 3
"""The root is level 1, its sections level 2, claims and other entries level 3."""


def _is_marked(event: Any) -> bool:
    """Whether a node has an anchor or a tag."""
    return event.anchor is not None or event.tag is not None


_ReadNodes = Callable[[int, int, Any], list[Raw]]


def _reader_of_nodes(get: Callable[[], Any], text: PiecedText) -> _ReadNodes:
    """What reads all nodes from the next event on until the collection ends that holds them."""
    scalar, collections = yaml.ScalarEvent, _COLLECTIONS

    # The loop in which most of the time of reading goes: a call for each scalar would be a tenth.
    # It is given itself: one that knew itself would hold on to the text of its file for good.
    def nodes(base: int, level: int, again: _ReadNodes) -> list[Raw]:
        """``base`` is the line that counts as 0, ``level`` that of the nodes."""
        found: list[Raw] = []
        add = found.append
        while True:
            event = get()
            kind = event.__class__
            if kind is scalar:
                if event.anchor is not None or event.tag is not None:
                    raise NotStreamed
                value = event.value
                if not value.isascii():
                    value = text.as_written(value)
                core: str = "text"
                if event.implicit[0] and (
                    value < AFTER_NUMBERS or (len(value) <= LONGEST_WORD and value in WORDS)
                ):
                    core = core_type(value)
                mark = event.start_mark
                add((value, core, mark.line - base, mark.column + 1))
            elif kind in collections:
                if event.anchor is not None or event.tag is not None or level > MAX_LEVELS:
                    raise NotStreamed
                mark = event.start_mark
                held = again(base, level + 1, again)
                add((held, collections[kind], mark.line - base, mark.column + 1))
            elif kind is yaml.AliasEvent:
                raise NotStreamed
            else:
                return found

    return nodes

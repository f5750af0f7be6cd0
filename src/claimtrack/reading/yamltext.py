"""From YAML text to nodes that know their places.

With spans.py and claim_stream.py all that knows PyYAML.

The 1.2 core schema on libyaml's events (or on PyYAML's own parser where libyaml is missing):
a scalar keeps its own text, and says beside it what the core schema takes it for. Nothing is
composed or constructed by PyYAML, so aliases stay shared and cost nothing until somebody looks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import yaml

from claimtrack.reading.nodes import (
    MAX_LEVELS,
    Broken,
    CoreType,
    Mapping,
    Node,
    Scalar,
    Sequence,
    core_type,
)
from claimtrack.reading.ways_out import LEFT_BY_A_MERGE, merge_marker, way_out

MAX_GROWTH = 4
_HOPELESS = 500
"""So many levels below what is too deep are no mistake of one entry: the file is given up.

Newer versions of libyaml give up by themselves at a thousand levels, with words of their own.
"""


class NotYaml(Exception):
    """A file that gives no nodes at all; carries the code, sentence, line and column."""

    def __init__(self, code: str, message: str, line: int, column: int) -> None:
        super().__init__(message)
        self.code, self.message, self.line, self.column = code, message, line, column


def parse(data: bytes, *, pure: bool = False) -> Node | None:
    """Nodes of the one document in ``data``, or None if it holds none.

    ``pure`` takes PyYAML's own parser even where libyaml is there. Raises NotYaml for text that
    is not UTF-8 or not YAML, holds a second document, or grows beyond four times its own nodes.
    """
    text = decode(data)
    breaks, hidden = _hide_foreign_breaks(text)
    try:
        return _Builder(_parsed(hidden, pure=pure), breaks).document()
    except yaml.MarkedYAMLError as error:
        raise _syntax_error(error, text) from error


def events(text: str) -> Iterator[yaml.Event]:
    """The parser's events of a text that ``decode`` gave, for whoever asks where things stand.

    Marks count code points of the text. Raises NotYaml where they come to what is none.
    """
    try:
        yield from _parsed(_hide_foreign_breaks(text)[1], pure=False)
    except yaml.MarkedYAMLError as error:
        raise _syntax_error(error, text) from error


def _parsed(text: str, *, pure: bool) -> Iterator[yaml.Event]:
    loader = yaml.Loader if pure or not yaml.__with_libyaml__ else yaml.CLoader
    return yaml.parse(text, Loader=loader)


def decode(data: bytes) -> str:
    """The text of a file without its byte order mark. Raises NotYaml if YAML cannot hold it."""
    text = _decode(data)
    if not is_printable(data, text):
        _refuse_control_characters(text)
    return text


def is_printable(data: bytes, text: str) -> bool:
    """Whether YAML can hold every character of a text, which is that of some bytes of UTF-8."""
    return not data.translate(None, _SURELY_PRINTABLE) or _NOT_PRINTABLE.search(text) is None


def _decode(data: bytes) -> str:
    try:
        return data.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8").removeprefix("\ufeff")
        line, column = _position(before, len(before))
        byte = data[error.start]
        message = f"byte 0x{byte:02x} is not UTF-8; save the file as UTF-8"
        raise NotYaml("CT102", message, line, column) from error


def _position(text: str, offset: int) -> tuple[int, int]:
    """Line and column, from 1, of a code point's offset; lines end at LF, CRLF or CR."""
    lines = re.split(r"\r\n|\r|\n", text[:offset])
    return len(lines), len(lines[-1]) + 1


_NOT_PRINTABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


_SURELY_PRINTABLE = bytes({*range(0x20, 0x100), *b"\t\n\r"} - {0x7F, 0xC2, 0xEF})
"""Bytes of UTF-8 that are part of no character which YAML refuses."""


def _refuse_control_characters(text: str) -> None:
    found = _NOT_PRINTABLE.search(text)
    if found:
        line, column = _position(text, found.start())
        message = (
            f"control character U+{ord(found.group()):04X} may not stand in YAML; "
            "remove it, or write it as an escape in double quotes"
        )
        raise NotYaml("CT103", message, line, column)


_SURROGATE = re.compile("[\ud800-\udfff]")
_FOREIGN_BREAKS = "\x85\u2028\u2029"


def _hide_foreign_breaks(text: str) -> tuple[dict[int, str], str]:
    """Put private characters in place of NEL, LS and PS, and say how to put them back.

    YAML 1.2 has them as ordinary characters; both parsers of PyYAML still fold them as line ends.
    """
    if not any(sign in text for sign in _FOREIGN_BREAKS):
        return {}, text
    unused = (chr(code) for code in range(0x100000, 0x10FFFD) if chr(code) not in text)
    stand_ins = {ord(sign): next(unused) for sign in _FOREIGN_BREAKS}
    return {ord(private): chr(sign) for sign, private in stand_ins.items()}, text.translate(
        stand_ins
    )


def _syntax_error(error: yaml.MarkedYAMLError, text: str) -> NotYaml:
    marker = merge_marker(text)
    if marker is not None:
        return NotYaml("CT103", f"not YAML: {LEFT_BY_A_MERGE}", *_position(text, marker))
    problem = error.problem or "it cannot be parsed"
    mark = error.problem_mark or error.context_mark
    if mark and "nesting depth" in problem:
        return NotYaml("CT106", _TOO_MANY_LEVELS, mark.line + 1, mark.column + 1)
    if error.context_mark and mark and not text[mark.index :].strip("\0 \t\r\n"):
        mark = error.context_mark  # nothing follows: what was opened and not closed is the mistake
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    hint = way_out(problem)
    context = f" {error.context}" if error.context else ""
    message = f"not YAML: {problem}{context}" + (f"; {hint}" if hint else "")
    return NotYaml("CT103", message, line, column)


_CORE_TAG = "tag:yaml.org,2002:"
_TAGGED: dict[str, CoreType] = {
    _CORE_TAG + "str": "text",
    _CORE_TAG + "null": "null",
    _CORE_TAG + "bool": "boolean",
    _CORE_TAG + "int": "number",
    _CORE_TAG + "float": "number",
    "!": "text",
}
_COLLECTION_TAGS = {_CORE_TAG + "map", _CORE_TAG + "seq", "!"}


class _Builder:
    """Builds nodes from events, with anchors shared, levels bounded and growth counted."""

    def __init__(self, events: Iterator[yaml.Event], breaks: dict[int, str]) -> None:
        self._events = events
        self._breaks = breaks
        self._anchors: dict[str, tuple[Node, int, int]] = {}
        self._open: set[str] = set()
        self._own = 0
        self._grown = 0
        self._largest = (0, 1, 1)
        """The alias that stands for most: how many nodes, and where."""

    def document(self) -> Node | None:
        root: Node | None = None
        documents = 0
        for event in self._events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    raise NotYaml(
                        "CT104",
                        "a second document begins here; a register file holds one",
                        *_start(event),
                    )
            elif isinstance(event, yaml.NodeEvent):
                root, _ = self._node(event, 1)
        if self._grown > MAX_GROWTH * self._own:
            message = (
                f"aliases grow this file from {self._own:,} to {self._grown:,} nodes, "
                "more than four times; write out what they stand for"
            )
            raise NotYaml("CT107", message, *self._largest[1:])
        return root

    def _node(self, event: yaml.NodeEvent, level: int) -> tuple[Node, int]:
        """The node that begins with the event, and how many levels it has."""
        if isinstance(event, yaml.AliasEvent):
            return self._alias(event, level)
        before = self._grown
        self._own += 1
        self._grown += 1
        anchor = event.anchor
        if anchor is not None:
            self._open.add(anchor)
        node, levels = self._fresh(event, level)
        if anchor is not None:
            self._open.discard(anchor)
            self._anchors[anchor] = (node, levels, self._grown - before)
        return node, levels

    def _alias(self, event: yaml.AliasEvent, level: int) -> tuple[Node, int]:
        line, column = _start(event)
        if event.anchor in self._open:
            message = f"alias '*{event.anchor}' stands inside what it names"
            return Broken("CT107", message, line, column), 1
        if event.anchor not in self._anchors:
            message = f"not YAML: no anchor '&{event.anchor}' stands above this alias"
            raise NotYaml("CT103", message, line, column)
        node, levels, size = self._anchors[event.anchor]
        self._grown += size
        self._largest = max(self._largest, (size, line, column), key=lambda largest: largest[0])
        if level + levels - 1 > MAX_LEVELS:
            return _too_deep(line, column), 1
        return node, levels

    def _fresh(self, event: yaml.NodeEvent, level: int) -> tuple[Node, int]:
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event), 1
        if level > MAX_LEVELS:
            self._skip()
            return _too_deep(*_start(event)), 1
        node, levels = (
            self._mapping(event, level)
            if isinstance(event, yaml.MappingStartEvent)
            else self._sequence(event, level)
        )
        tag = getattr(event, "tag", None)
        if tag is not None and tag not in _COLLECTION_TAGS:
            return _unknown_tag(tag, *_start(event)), levels
        return node, levels

    def _scalar(self, event: yaml.ScalarEvent) -> Node:
        line, column = _start(event)
        text = event.value.translate(self._breaks) if self._breaks else event.value
        if event.tag is not None and event.tag not in _TAGGED:
            return _unknown_tag(event.tag, line, column)
        if not text.isascii() and _SURROGATE.search(text):
            message = "half of a surrogate pair is no character; write it as one \\U escape"
            return Broken("CT103", message, line, column)
        if event.tag is not None:
            core = _TAGGED[event.tag]
            if core not in ("text", core_type(text)):
                return _unfit_tag(event.tag, text, line, column)
        else:
            core = core_type(text) if event.implicit[0] else "text"
        return Scalar(text, core, line, column)

    def _sequence(self, event: yaml.NodeEvent, level: int) -> tuple[Node, int]:
        items, deepest = [], 0
        for item in self._until(yaml.SequenceEndEvent):
            node, levels = self._node(item, level + 1)
            items.append(node)
            deepest = max(deepest, levels)
        return Sequence(tuple(items), *_start(event)), deepest + 1

    def _mapping(self, event: yaml.NodeEvent, level: int) -> tuple[Node, int]:
        entries, deepest = [], 0
        for first in self._until(yaml.MappingEndEvent):
            key, key_levels = self._node(first, level + 1)
            value, value_levels = self._node(self._next(), level + 1)
            entries.append((key, value))
            deepest = max(deepest, key_levels, value_levels)
        return Mapping(tuple(entries), *_start(event)), deepest + 1

    def _next(self) -> yaml.NodeEvent:
        event = next(self._events)
        assert isinstance(event, yaml.NodeEvent)  # noqa: S101 - the parser's grammar says so
        return event

    def _until(self, end: type[yaml.Event]) -> Iterator[yaml.NodeEvent]:
        for event in self._events:
            if isinstance(event, end):
                return
            assert isinstance(event, yaml.NodeEvent)  # noqa: S101 - the parser's grammar says so
            yield event

    def _skip(self) -> None:
        """Pass over the rest of a collection without building it."""
        level = 1
        for event in self._events:
            anchor = getattr(event, "anchor", None)
            if anchor is not None and not isinstance(event, yaml.AliasEvent):
                self._anchors[anchor] = (_too_deep(*_start(event)), 1, 0)
            if isinstance(event, yaml.CollectionStartEvent):
                level += 1
                if level > _HOPELESS:
                    raise NotYaml("CT106", _TOO_MANY_LEVELS, *_start(event))
            elif isinstance(event, yaml.CollectionEndEvent):
                level -= 1
                if not level:
                    return


def _start(event: yaml.Event) -> tuple[int, int]:
    mark = event.start_mark
    return (mark.line + 1, mark.column + 1) if mark else (1, 1)


_TOO_MANY_LEVELS = f"more than {_HOPELESS:,} levels of lists and mappings"


def _too_deep(line: int, column: int) -> Broken:
    return Broken(
        "CT106",
        f"more than {MAX_LEVELS} levels of lists and mappings; no entry needs so many",
        line,
        column,
    )


def _unfit_tag(tag: str, text: str, line: int, column: int) -> Broken:
    name = tag.replace(_CORE_TAG, "!!", 1)
    return Broken("CT105", f"'{text}' is no {name}; remove the tag", line, column)


def _unknown_tag(tag: str, line: int, column: int) -> Broken:
    name = tag.replace(_CORE_TAG, "!!", 1)
    return Broken("CT105", f"tag '{name}' is not of YAML's core schema; remove it", line, column)

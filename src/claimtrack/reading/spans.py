"""Where the nodes of a YAML text stand in it.

With yamltext.py and claim_stream.py all that knows PyYAML.

A tree of spans is made only where somebody asks for it: down to the entries of a file, and below
them only inside the nodes that are wanted. A file of any size costs one pass over its events.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import Literal, Protocol

import yaml

from claimtrack.frozen import frozen
from claimtrack.progress import Tell, quiet
from claimtrack.reading.nodes import MAX_LEVELS
from claimtrack.reading.yamltext import events

Position = tuple[int, int]
"""Line and column from 1, as nodes and diagnostics have them."""

_ENTRY_LEVEL = 3
"""The root is level 1, its sections level 2, their entries level 3."""


@frozen
class Span:
    """One node of a text: offsets in code points, the end exclusive.

    ``start`` is where its anchor or tag begins, if it has one, ``content`` where it begins itself.
    A block collection ends with the last thing in it, a block scalar before its last line end.
    ``children`` are a list's items, or a mapping's keys and values in turn; they are empty, and
    ``is_open`` false, where nobody wanted them.
    """

    kind: Literal["scalar", "list", "mapping", "alias"]
    start: int
    content: int
    end: int
    style: str
    """``block`` or ``flow``; of a scalar ``plain``, or the sign that it begins with."""
    text: str = ""
    children: tuple[Span, ...] = ()
    is_open: bool = True

    @property
    def is_flow(self) -> bool:
        """Whether it is a collection between brackets."""
        return self.style == "flow"

    @property
    def is_empty(self) -> bool:
        """Whether nothing is written at all: a key without a value, a dash without an item."""
        return self.kind == "scalar" and self.start == self.end

    @property
    def pairs(self) -> list[tuple[Span, Span]]:
        """A mapping's keys with their values, in the order written."""
        return list(zip(self.children[::2], self.children[1::2], strict=True))

    def pair(self, key: str) -> tuple[Span, Span] | None:
        """The first key of that text with its value."""
        return next((p for p in self.pairs if p[0].kind == "scalar" and p[0].text == key), None)

    def value(self, key: str) -> Span | None:
        """The value under the first key of that text."""
        found = self.pair(key)
        return None if found is None else found[1]


@frozen
class Outline:
    """The spans of one text: its root, and the wanted nodes by their positions."""

    root: Span | None
    scalars: dict[Position, Span]
    collections: dict[Position, Span]


def outline(text: str, wanted: Collection[Position] = ()) -> Outline:
    """The spans of a text that the reader could parse.

    ``wanted`` are positions of nodes: entries to be taken apart, or scalars wherever they stand.
    Raises NotYaml where it is none.
    """
    return _Outliner(text, frozenset(wanted)).outline()


def whole(text: str, tell: Tell = quiet) -> Span | None:
    """The root of a text with everything in it taken apart; None if it holds no document.

    What lies deeper than the reader goes stays closed. Raises NotYaml where the text is none.
    """
    return _Outliner(text, None, tell).outline().root


class _Outliner:
    """Builds spans from events. ``wanted`` None means everything."""

    def __init__(self, text: str, wanted: frozenset[Position] | None, tell: Tell = quiet) -> None:
        self._text, self._wanted, self._tell = text, wanted, tell
        self._events = events(text)
        self._found = Outline(None, {}, {})

    def outline(self) -> Outline:
        root = None
        for event in self._events:
            if isinstance(event, yaml.NodeEvent):
                root = self._node(event, 1, is_deep=self._wanted is None)
        return Outline(root, self._found.scalars, self._found.collections)

    def _node(self, event: yaml.NodeEvent, level: int, *, is_deep: bool) -> Span:
        if not isinstance(event, yaml.CollectionStartEvent):
            return self._leaf(event)
        if is_deep:
            is_sound = level <= MAX_LEVELS
            return self._opened(event, level, is_deep=True) if is_sound else self._closed(event)
        is_wanted = self._is_wanted(event)
        if is_wanted or level < _ENTRY_LEVEL:
            return self._opened(event, level, is_deep=is_wanted and level >= _ENTRY_LEVEL)
        return self._closed(event)

    def _opened(self, event: yaml.CollectionStartEvent, level: int, *, is_deep: bool) -> Span:
        self._tell("taking files apart", _index(event.start_mark), len(self._text))
        children: list[Span] = []
        child = next(self._events)
        while not isinstance(child, yaml.CollectionEndEvent):
            children.append(self._node(_as_node(child), level + 1, is_deep=is_deep))
            child = next(self._events)
        has_brackets = event.flow_style and self._text[self._content(event)] in "[{"
        end = _index(child.end_mark) if has_brackets else self._end_of(children)
        return self._collection(event, end, tuple(children), is_open=True)

    def _end_of(self, children: Sequence[Span]) -> int:
        """The end of a collection in block style.

        A value that a lone question mark lacks has its place just before what is next.
        """
        *_, before, last = (None, *children)
        if before and last.is_empty and _BETWEEN.fullmatch(self._text, before.end, last.start):
            return before.end
        return last.end

    def _closed(self, event: yaml.CollectionStartEvent) -> Span:
        """Pass over a collection, however deep, noting the scalars that are wanted in it."""
        open_ones, end = [bool(event.flow_style)], 0
        last: yaml.Event | None = None
        while open_ones:
            child = next(self._events)
            if isinstance(child, yaml.CollectionStartEvent):
                open_ones.append(bool(child.flow_style))
            elif not isinstance(child, yaml.CollectionEndEvent):
                last = child
                if self._wanted and _position(child) in self._wanted:
                    self._leaf(_as_node(child))
            elif open_ones.pop():
                last, end = None, _index(child.end_mark)
        if last is not None:
            end = self._leaf(_as_node(last)).end
        return self._collection(event, end, (), is_open=False)

    def _collection(
        self,
        event: yaml.CollectionStartEvent,
        end: int,
        children: tuple[Span, ...],
        *,
        is_open: bool,
    ) -> Span:
        span = Span(
            "mapping" if isinstance(event, yaml.MappingStartEvent) else "list",
            _index(event.start_mark),
            self._content(event),
            end,
            "flow" if event.flow_style else "block",
            children=children,
            is_open=is_open,
        )
        if self._is_wanted(event):
            self._found.collections[_position(event)] = span
        return span

    def _leaf(self, event: yaml.NodeEvent) -> Span:
        start, end = _index(event.start_mark), _index(event.end_mark)
        if not isinstance(event, yaml.ScalarEvent):
            return Span("alias", start, start, end, "plain", event.anchor or "")
        content = self._content(event)
        if event.style in ("|", ">"):
            end = self._end_of_block(event.value, content, end)
        span = Span("scalar", start, content, end, event.style or "plain", event.value)
        if self._is_wanted(event):
            self._found.scalars[_position(event)] = span
        return span

    def _is_wanted(self, event: yaml.NodeEvent) -> bool:
        return self._wanted is not None and _position(event) in self._wanted

    def _content(self, event: yaml.NodeEvent) -> int:
        """Where a node itself begins, after its anchor and its tag."""
        start = _index(event.start_mark)
        if event.anchor is None and getattr(event, "tag", None) is None:
            return start
        found = _PROPERTIES.match(self._text, start)
        return min(found.end(), _index(event.end_mark)) if found else start

    def _end_of_block(self, value: str, content: int, end: int) -> int:
        """The end of a block scalar's text: blank lines after it are its own only if kept (+)."""
        header = _BLOCK_HEADER.match(self._text, content)
        if header is None or "+" not in header.group():
            last = content + len(self._text[content:end].rstrip(" \t\r\n"))
            return self._stop_of_lines(last, _lines_of_space(value))
        if self._text.endswith("\r\n", content, end):
            return end - 2
        return end - 1 if self._text[end - 1] in "\r\n" else end

    def _stop_of_lines(self, at: int, further: int) -> int:
        """Where the line ends that stands so many lines further: trailing white space is text."""
        pattern = rf"(?:[^\r\n]*(?:\r\n?|\n)){{{further}}}[^\r\n]*"
        found = re.compile(pattern).match(self._text, at)
        return found.end() if found else at


_PROPERTIES = re.compile(
    r"(?:(?:!<[^\s>]*>|[&!][^\s,\[\]{}]*)(?:\s+(?:\#[^\r\n]*\s+)*|(?=[,\[\]{}])|\Z))+"
)
_BETWEEN = re.compile(r"(?:[ \t\r\n]|#[^\r\n]*)+")
_BLOCK_HEADER = re.compile(r"[|>][-+0-9]*")


def _lines_of_space(value: str) -> int:
    """With how many lines of white space alone the text of a block scalar ends."""
    text = value.rstrip("\n")
    return text.count("\n", len(text.rstrip(" \t\n")))


def _as_node(event: yaml.Event) -> yaml.NodeEvent:
    assert isinstance(event, yaml.NodeEvent)  # noqa: S101 - the parser's grammar says so
    return event


class _Mark(Protocol):
    index: int
    line: int
    column: int


def _index(mark: _Mark | None) -> int:
    assert mark is not None  # noqa: S101 - events that were parsed have both marks
    return mark.index


def _position(event: yaml.Event) -> Position:
    mark = event.start_mark
    assert mark is not None  # noqa: S101 - events that were parsed have both marks
    return mark.line + 1, mark.column + 1

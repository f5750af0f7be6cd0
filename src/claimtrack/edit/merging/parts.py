"""A block of YAML lines taken apart, so that its parts together are the text again.

Texts have lines that end in LF, and end with a line end. A comment belongs to what stands right
below it; one that stands deeper than a key or a dash, below what is under it, belongs to that.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from claimtrack.edit.meaning import Meaning
from claimtrack.edit.merging.rules import Collection
from claimtrack.edit.slots import dash
from claimtrack.frozen import frozen, replace
from claimtrack.reading.nodes import core_type
from claimtrack.reading.spans import Span, outline, whole

Form = Literal["block", "flow", "leaf"]


class NotTakenApart(Exception):
    """A way of writing that parts do not fit."""


@frozen
class Found:
    """Where the spans of a part's value are known already: in the text that they count in."""

    text: str
    span: Span
    start: int


@dataclass(frozen=True)
class Part:
    """An item of a list, or a key of a mapping with its value, and what belongs to it.

    In a block its texts are whole lines together; between brackets they are none.
    """

    key: str | None
    lead: str
    """The comments and blank lines above it; between brackets, what stands behind the comma."""
    head: str
    """From the beginning of its line: the key with its colon or the dash, up to the value."""
    core: str
    """The value; of a block list or mapping all its lines, but for what the dash's line has."""
    after: str
    """What follows the value: the end of its line, and deeper comments below."""
    form: Form
    collection: Collection | None
    in_flow: bool
    was_first: bool = False
    spacing: str = ""
    """Of the first part: what parts the others of its side, so that it can follow another."""
    found: Found | None = None

    @cached_property
    def own(self) -> str:
        """Its text without the lead."""
        return self.head + self.core + self.after

    @property
    def verbatim(self) -> str:
        """The same."""
        return self.own

    @property
    def is_compact(self) -> bool:
        """Whether its value begins on the line of its dash or key."""
        return not self.head.endswith("\n")

    @cached_property
    def says(self) -> Meaning:
        """What its value means, as far as its own text tells."""
        around = ("[{}\n]" if self.key is None else "{{{}\n}}") if self.in_flow else "{}"
        root = whole(around.format(self.own))
        if root is None or not root.children:
            raise NotTakenApart
        if self.key is None and root.kind == "mapping":  # a file as a whole
            return _meaning(root)
        return _meaning(root.children[0 if self.key is None else 1])

    @property
    def is_nothing(self) -> bool:
        """Whether its value is null or holds nothing."""
        return self.says in ([], {}) or (isinstance(self.says, tuple) and self.says[1] == "null")

    @property
    def is_block_scalar(self) -> bool:
        """Whether its value is a text in lines of their own, behind which no comment can stand."""
        return _BLOCK_SCALAR.match(self.core) is not None

    @property
    def body(self) -> str:
        """A block list's or mapping's text as lines of their own."""
        return " " * len(self.head) + self.core if self.is_compact else self.core


_BLOCK_SCALAR = re.compile(r"(?:[&!]\S*\s+)*[|>]")


def _meaning(span: Span) -> Meaning:
    if not span.is_open:  # deeper than anybody reads
        raise NotTakenApart
    if span.kind == "mapping":
        return {key.text: _meaning(value) for key, value in span.pairs}
    if span.kind == "list":
        return [_meaning(item) for item in span.children]
    if span.kind == "alias":
        return f"*{span.text}", "text"
    return span.text, core_type(span.text) if span.style == "plain" else "text"


@frozen
class Apart:
    """A list or a mapping taken apart."""

    collection: Collection
    column: int
    """Where its dashes or keys stand, from 0; of no account between brackets."""
    head: str
    """What stands before its first part: comments parted from it, or the bracket."""
    parts: tuple[Part, ...]
    tail: str
    """What stands behind its last part."""


def apart(part: Part, column: int | None = None) -> Apart:
    """The lines of a block list or mapping taken apart; moved to a column where one is given.

    Raises NotTakenApart where its lines are laid out in a way that parts do not fit, and NotYaml.
    """
    if part.found is not None:
        start = part.found.start
        held = _apart(part.found.text, part.found.span, start, start + len(part.core))
    else:
        held = _read_apart(part.body)
    if column in (None, held.column):
        return held
    return _read_apart(moved(part.body, column - held.column))


def _read_apart(text: str) -> Apart:
    root = outline(text).root
    if root is None or root.kind not in ("list", "mapping") or root.is_flow:
        raise NotTakenApart
    return _apart(text, root, 0, len(text))


def _apart(text: str, root: Span, start: int, end: int) -> Apart:
    """What stands from ``start`` to ``end`` of a text, whole lines of a list or a mapping."""
    column = root.content - _line_start(text, root.content)
    keys, values = _keys(root), _values(root)
    begins = list(_begins(text, root))
    limits = [*begins[1:], end]
    stops = [_stop(text, v.end, limit, column) for v, limit in zip(values, limits, strict=True)]
    head, lead = _head_and_lead(text[start : begins[0]])
    leads = [lead, *map(text.__getitem__, map(slice, stops, begins[1:]))]
    parts = [
        _part(text, key, value, lead, begin, stop)
        for key, value, lead, begin, stop in zip(keys, values, leads, begins, stops, strict=True)
    ]
    parts[0] = replace(parts[0], was_first=True, spacing=_spacing(leads))
    collection: Collection = "list" if root.kind == "list" else "mapping"
    return Apart(collection, column, head, tuple(parts), text[stops[-1] : end])


def _keys(root: Span) -> list[Span | None]:
    return [None] * len(root.children) if root.kind == "list" else [*root.children[::2]]


def _values(root: Span) -> list[Span]:
    return [*root.children] if root.kind == "list" else [*root.children[1::2]]


def _begins(text: str, root: Span) -> Iterator[int]:
    """Where the lines of the dashes or the keys begin."""
    for index, key in enumerate(_keys(root)):
        begin = dash(text, root, index) if key is None else key.start
        start = _line_start(text, begin)
        if text[start:begin].strip(" ") not in ("", "?"):
            raise NotTakenApart
        yield start


def _part(text: str, key: Span | None, value: Span, lead: str, begin: int, stop: int) -> Part:
    name = None if key is None else key.text
    collection = _collection(value)
    if collection is not None and not value.is_flow:
        start = _line_start(text, value.content)
        if start > begin:
            if value.start == value.content and (
                key is None or not text[begin : key.start].strip()
            ):
                # No anchor, tag or question mark, which may have lines of their own.
                start = _next_line(text, begin if key is None else key.end)
            found = Found(text, value, start) if value.is_open else None
            head, core = text[begin:start], text[start:stop]
            return Part(name, lead, head, core, "", "block", collection, False, found=found)
        if key is None and not text[begin : value.content].strip(" -"):
            head, core = text[begin : value.content], text[value.content : stop]
            return Part(name, lead, head, core, "", "block", collection, False)
    is_taken = text[value.content : value.end][:1] in ("[", "{")
    content = value.content if is_taken else value.start  # an anchor or a tag goes with a scalar
    head, core, after = text[begin:content], text[content : value.end], text[value.end : stop]
    return Part(name, lead, head, core, after, "flow" if is_taken else "leaf", collection, False)


def _collection(value: Span) -> Collection | None:
    if value.kind in ("list", "mapping"):
        return "list" if value.kind == "list" else "mapping"
    return None


def _stop(text: str, end: int, limit: int, column: int) -> int:
    """Where the line begins behind what ends there and behind the deeper comments below it."""
    stop = at = _next_line(text, end)
    while at < limit:
        line = text[at : _next_line(text, at)]
        written = line.strip()
        if written and not (written.startswith("#") and len(line) - len(line.lstrip(" ")) > column):
            break
        at += len(line)
        stop = at if written else stop
    return stop


def _head_and_lead(text: str) -> tuple[str, str]:
    """The comment lines right above the first part are its own."""
    lines = text.split("\n")[:-1]
    at = len(lines)
    while at and lines[at - 1].lstrip().startswith("#"):
        at -= 1
    return "".join(f"{line}\n" for line in lines[:at]), "".join(f"{line}\n" for line in lines[at:])


def _spacing(leads: list[str]) -> str:
    """A blank line where one parts the first two."""
    return "\n" if len(leads) > 1 and leads[1].strip(" ").startswith(("\n", "\r")) else ""


def _line_start(text: str, offset: int) -> int:
    return text.rfind("\n", 0, offset) + 1


def _next_line(text: str, offset: int) -> int:
    found = text.find("\n", offset)
    return len(text) if found < 0 else found + 1


_INDENTED = re.compile(r"^(?=[^\n])", re.MULTILINE)


def moved(text: str, columns: int) -> str:
    """The text with every line that has anything on it so much further in, or out."""
    if columns >= 0:
        return _INDENTED.sub(" " * columns, text)
    return re.sub(f"^ {{1,{-columns}}}", "", text, flags=re.MULTILINE)

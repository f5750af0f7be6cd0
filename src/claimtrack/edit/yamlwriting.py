"""New YAML text: entries in the manner of the register, one line where it fits, lines else."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from textwrap import wrap

from claimtrack.frozen import frozen
from claimtrack.reading.nodes import Mapping as MappingNode
from claimtrack.reading.nodes import Scalar, core_type
from claimtrack.reading.yamltext import NotYaml, parse

WIDTH = 100
"""Columns that a list or a mapping on one line may reach."""
_FOLDED_FROM = 120
"""Columns from which a text is folded to lines of WIDTH."""

_IN_LINES = frozenset({"claims", "evidence", "relations", "sources"})
"""What is written in lines of its own, however short it is."""


@frozen
class Bare:
    """A number or a boolean: written as it is, never between quotation marks."""

    text: str


Value = str | Bare | Sequence["Value"] | Mapping[str, "Value"]
"""What can be written: texts, numbers and booleans, lists and mappings of them."""


# ----------------------------------------------------------------------------------- on one line


def scalar(value: str | Bare) -> str:
    """A text in YAML on one line, fit for any place: plain where every reader takes it for text."""
    if isinstance(value, Bare):
        return value.text
    if _is_plain(value):
        return value
    if '"' in value and "'" not in value and "\\" not in value and _PRINTABLE.fullmatch(value):
        return f"'{value}'"
    return _quoted(value)


_PRINTABLE = re.compile(
    "[\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufdcf\ufdf0-\ufefe\uff00-\ufffd\U00010000-\U0010fffd]*"
)
_NOT_PRINTABLE = re.compile("[\x7f-\x9f\u2028\u2029\ufdd0-\ufdef\ufeff\ufffe\uffff]")
_FIRST = re.compile(r"[^\W_]|[‘“(«€£$.+]")
_WORDS = re.compile(r"[^\W_][\w '’./()-]*")
"""What needs no reading back: nothing in it is a sign of YAML's own."""
_RISKY = re.compile(r"[,?\[\]{}]|: |:$| #|\t")
"""What means something of its own somewhere; ``?`` does between brackets, to older readers."""
_OLD_BOOLEANS = frozenset({"y", "yes", "n", "no", "on", "off"})
"""Words that readers of YAML 1.1 take for booleans."""


def _is_plain(text: str) -> bool:
    if text != text.strip() or not _PRINTABLE.fullmatch(text) or not _FIRST.match(text):
        return False
    if _RISKY.search(text) or text.casefold() in _OLD_BOOLEANS:
        return False
    # A date is text to the core schema; a bare number or boolean is not.
    return core_type(text) == "text" and (bool(_WORDS.fullmatch(text)) or _is_read_back(text))


def _is_read_back(plain: str) -> bool:
    try:
        root = parse(f"{{k: {plain}}}".encode())
    except NotYaml:
        return False
    if not isinstance(root, MappingNode) or len(root.entries) != 1:
        return False
    value = root.entries[0][1]
    return isinstance(value, Scalar) and (value.text, value.core) == (plain, "text")


def between_quotes(text: str, sign: str) -> str:
    """A text between double quotation marks, or between single ones where it can stand there."""
    if sign == "'" and _PRINTABLE.fullmatch(text):
        return "'" + text.replace("'", "''") + "'"
    return _quoted(text)


def _quoted(text: str) -> str:
    """The text between double quotation marks; what an editor cannot show is escaped."""
    return _NOT_PRINTABLE.sub(_escape, json.dumps(text, ensure_ascii=False))


def _escape(found: re.Match[str]) -> str:
    return f"\\u{ord(found.group()):04x}"


def on_one_line(value: Value) -> str:
    """Any value on one line, in flow style."""
    if isinstance(value, str | Bare):
        return scalar(value)
    if isinstance(value, Mapping):
        pairs = (f"{key_text(key)}: {on_one_line(each)}" for key, each in value.items())
        return "{" + ", ".join(pairs) + "}"
    return "[" + ", ".join(on_one_line(each) for each in value) + "]"


def key_text(key: str) -> str:
    """A key; the words of the format stay plain, ``on`` among them."""
    return key if _KEY.fullmatch(key) else scalar(key)


_KEY = re.compile(r"[a-z][a-z_-]*")


# --------------------------------------------------------------------------------------- in lines


@frozen
class Manner:
    """How a file is laid out."""

    dash: int = 2
    """How far a dash stands in from the key above it."""
    step: int = 2
    """How far a key of a mapping does."""
    on_one_line: frozenset[str] = frozenset()
    """Lists whose items stand between brackets, by their keys."""

    def is_flow(self, key: str) -> bool | None:
        """Whether what stands under a key goes between brackets; None: if it fits on a line."""
        if key in self.on_one_line:
            return True
        return False if key in _IN_LINES else None


def mapping_lines(mapping: Mapping[str, Value], column: int, manner: Manner) -> list[str]:
    """The lines of a mapping in block style that stands at that column."""
    return [
        line for key, value in mapping.items() for line in pair_lines(key, value, column, manner)
    ]


def pair_lines(
    key: str, value: Value, column: int, manner: Manner, *, is_flow: bool | None = None
) -> list[str]:
    """The lines of a key at that column and its value.

    ``is_flow`` says whether a mapping is to stand between brackets; None: if it fits on the line.
    """
    head = " " * column + key_text(key) + ":"
    if isinstance(value, str | Bare):
        return _text_lines(head, value, column + manner.step)
    flow = on_one_line(value)
    if isinstance(value, Mapping):
        if not value or (_fits(len(head) + 1, flow) if is_flow is None else is_flow):
            return [f"{head} {flow}"]
        return [head, *entry_lines(key, value, column + manner.step, manner)]
    if not value or (_is_of_texts(value) and _fits(len(head) + 1, flow)):
        return [f"{head} {flow}"]
    return [head, *list_lines(key, value, column + manner.dash, manner)]


def entry_lines(key: str, entries: Mapping[str, Value], column: int, manner: Manner) -> list[str]:
    """The lines of the mapping under a key, its own keys at that column."""
    is_flow = manner.is_flow(key)
    pairs = (pair_lines(k, v, column, manner, is_flow=is_flow) for k, v in entries.items())
    return [line for lines in pairs for line in lines]


def list_lines(key: str, items: Sequence[Value], column: int, manner: Manner) -> list[str]:
    """The lines of the list under a key, its dashes at that column."""
    is_flow = manner.is_flow(key)
    each = [item_lines(item, column, manner, is_flow=is_flow) for item in items]
    if key == "claims":  # a blank line parts them
        each = [lines if not at else ["", *lines] for at, lines in enumerate(each)]
    return [line for lines in each for line in lines]


def item_lines(
    item: Value, column: int, manner: Manner, *, is_flow: bool | None = None
) -> list[str]:
    """The lines of an item of a list, its dash at that column.

    ``is_flow`` says whether a mapping is to stand between brackets; None: if it fits on the line.
    """
    dash = " " * column + "- "
    if isinstance(item, Mapping) and item:
        flow = on_one_line(item)
        if not (_fits(len(dash), flow) if is_flow is None else is_flow):
            first, *others = mapping_lines(item, len(dash), manner)
            return [dash + first[len(dash) :], *others]
    return [dash + on_one_line(item)]


def _is_of_texts(items: Sequence[Value]) -> bool:
    return all(isinstance(item, str | Bare) for item in items)


def _fits(column: int, text: str) -> bool:
    return column + len(text) <= WIDTH


def _text_lines(head: str, value: str | Bare, inner: int) -> list[str]:
    text = scalar(value)
    line = f"{head} {text}"
    if isinstance(value, Bare):
        return [line]
    if "\n" in value and stands_as_block(value):
        return [f"{head} |-", *((" " * inner + each) if each else "" for each in value.split("\n"))]
    if len(line) > _FOLDED_FROM and _can_be_folded(value):
        return [f"{head} >-", *(" " * inner + each for each in _folded(value, WIDTH - inner))]
    return [line]


def stands_as_block(text: str) -> bool:
    """Whether a text may be written in lines of its own, as it is."""
    lines = text.split("\n")
    return text == text.strip() and all(
        _PRINTABLE.fullmatch(line) and line == line.rstrip() for line in lines
    )


def _can_be_folded(text: str) -> bool:
    return "  " not in text and text == text.strip() and bool(_PRINTABLE.fullmatch(text))


def _folded(text: str, width: int) -> list[str]:
    return wrap(text, max(width, 40), break_long_words=False, break_on_hyphens=False)

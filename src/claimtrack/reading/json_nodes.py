"""A line of JSON as nodes with their columns: numbers by their own text, keys in the order written.

What JSON allows and the register does not, such as a key that is written twice, is left to whoever
reads the nodes.
"""

from __future__ import annotations

import json
import re

from claimtrack.reading.nodes import MAX_LEVELS, Broken, Mapping, Node, Scalar, Sequence

_SURROGATE = re.compile("[\ud800-\udfff]")
_SPACE = re.compile(r"[ \t\r\n]*")
_WORD = re.compile(r"[-+.0-9A-Za-z]+")
_STRINGS = json.JSONDecoder()


class NotJson(Exception):
    """A line that is not JSON; says why, and at which column."""

    def __init__(self, message: str, column: int) -> None:
        super().__init__(message)
        self.message, self.column = message, column


def json_node(text: str, line: int) -> Node:
    """The node of a line's one JSON value. Raises NotJson."""
    try:
        json.loads(text, parse_int=str, parse_float=str)
    except json.JSONDecodeError as error:
        told = error.msg[:1].lower() + error.msg[1:].removesuffix(" starting at")
        raise NotJson(f"not JSON: {told}", error.pos + 1) from error
    except RecursionError as error:
        raise NotJson(_TOO_DEEP, 1) from error
    return _Builder(text, line).node()


_TOO_DEEP = f"more than {MAX_LEVELS} levels of lists and objects; no claim needs so many"


class _Builder:
    """Builds the nodes of a text that is known to be JSON."""

    def __init__(self, text: str, line: int) -> None:
        self._text, self._line, self._at = text, line, 0

    def node(self, level: int = 1) -> Node:
        if level > MAX_LEVELS:
            raise NotJson(_TOO_DEEP, self._at + 1)
        self._skip()
        sign = self._text[self._at]
        if sign == "{":
            return self._object(level)
        if sign == "[":
            return self._array(level)
        return self._string() if sign == '"' else self._bare()

    def _object(self, level: int) -> Mapping:
        column, entries = self._open(), []
        while not self._is_closed("}"):
            key = self._string()
            self._pass(":")
            entries.append((key, self.node(level + 1)))
            self._skip()
        return Mapping(tuple(entries), self._line, column)

    def _array(self, level: int) -> Sequence:
        column, items = self._open(), []
        while not self._is_closed("]"):
            items.append(self.node(level + 1))
            self._skip()
        return Sequence(tuple(items), self._line, column)

    def _open(self) -> int:
        self._at += 1
        return self._at

    def _is_closed(self, bracket: str) -> bool:
        """Whether the bracket comes next; a comma is passed over."""
        self._skip()
        if self._text[self._at] == ",":
            self._pass(",")
        is_closed = self._text[self._at] == bracket
        self._at += is_closed
        return is_closed

    def _string(self) -> Scalar | Broken:
        column = self._at + 1
        text, self._at = _STRINGS.raw_decode(self._text, self._at)
        if not text.isascii() and _SURROGATE.search(text):
            message = "half of a surrogate pair is no character; write both halves"
            return Broken("CT103", message, self._line, column)
        return Scalar(text, "text", self._line, column)

    def _bare(self) -> Scalar:
        found = _WORD.match(self._text, self._at)
        word = found.group() if found else ""
        column, self._at = self._at + 1, self._at + len(word)
        if word in ("true", "false"):
            return Scalar(word, "boolean", self._line, column)
        if word.endswith(("NaN", "Infinity")):  # which Python takes for JSON
            raise NotJson(f"not JSON: {word} is no number", column)
        return Scalar(word, "null" if word == "null" else "number", self._line, column)

    def _pass(self, sign: str) -> None:
        self._skip()
        self._at += len(sign)
        self._skip()

    def _skip(self) -> None:
        found = _SPACE.match(self._text, self._at)
        self._at = found.end() if found else self._at

"""The same register written in many hands: styles, indentations, comments and blank lines at random.

What is written stays YAML with the same data, the order of keys aside. Comments are numbered, so
that each can be found again.
"""

from __future__ import annotations

import re
from itertools import count
from random import Random
from typing import Any

from random_registers import PLAIN, escaped, scalar

_BARE = re.compile(r"[-+.]?[0-9].*|true|false")
_ORDERED = ("include",)


class Hand:
    """Writes one register, each time in another manner."""

    def __init__(self, rng: Random) -> None:
        self._rng = rng
        self._numbers = count()
        self._anchors: list[tuple[str, str]] = []
        self._likely_comments = rng.choice((0, 0.05, 0.3))
        self._likely_flow = rng.choice((0, 0.2, 0.5))
        self._step = rng.choice((2, 2, 3, 4))
        self._dash = rng.choice((0, 2, 2, 4))
        self._shuffles = rng.random() < 0.7

    def file(self, register: dict[str, Any]) -> str:
        """The text of a file, whose lines end in LF."""
        rng = self._rng
        lines = [*self._noise(0), *(["---"] if rng.random() < 0.1 else [])]
        lines += self._mapping(register, 0)
        lines += [*self._noise(0), *(["..."] if rng.random() < 0.1 else [])]
        return "\n".join(lines) + ("" if rng.random() < 0.1 else "\n")

    # --------------------------------------------------------------------------------- in lines

    def _mapping(self, mapping: dict[str, Any], column: int) -> list[str]:
        pairs = list(mapping.items())
        if self._shuffles and not any(key in _ORDERED for key in mapping):
            self._rng.shuffle(pairs)
        lines = []
        for key, value in pairs:
            lines += self._noise(column)
            lines += self._held(" " * column + self._key(key) + ":", value, column, self._step)
        return lines

    def _list(self, items: list[Any], column: int) -> list[str]:
        lines = []
        for item in items:
            lines += self._noise(column)
            lines += self._item(item, column)
        return lines

    def _item(self, item: Any, column: int) -> list[str]:
        gap = self._rng.choice((1, 1, 1, 3))
        if not isinstance(item, dict | list) or not item or self._rng.random() < 0.2:
            return self._held(" " * column + "-", item, column, 2)
        if self._is_flow(item):
            return self._held(" " * column + "-", item, column, 2)
        inner = column + 1 + gap
        lines = self._mapping(item, inner) if isinstance(item, dict) else self._list(item, inner)
        first = next(at for at, line in enumerate(lines) if line.strip() and "#" != line.strip()[0])
        above = lines[:first]  # noise above the first key: it has to stand above the dash
        lines = lines[first:]
        return [*above, " " * column + "-" + " " * gap + lines[0].lstrip(), *lines[1:]]

    def _held(self, head: str, value: Any, column: int, step: int) -> list[str]:
        rng = self._rng
        if isinstance(value, dict | list) and value and not self._is_flow(value):
            at = column + (self._dash if isinstance(value, list) else step)
            if head.endswith("-"):
                at = column + max(step, 1)
            name = f" &{self._anchor()}" if rng.random() < 0.03 else ""
            inner = self._mapping(value, at) if isinstance(value, dict) else self._list(value, at)
            return [head + name + self._beside(), *self._noise(at), *inner]
        if isinstance(value, dict | list):
            lines = self._brackets(value, column + step)
            if rng.random() < 0.1:
                return [head + self._beside(), " " * (column + step) + lines[0], *lines[1:-1],
                        *([lines[-1]] if len(lines) > 1 else [])]
            return [f"{head} {lines[0]}", *lines[1:-1], *([lines[-1]] if len(lines) > 1 else [])]
        lines = self._scalar(value, column)
        if lines[0][:1] not in ("|", ">"):
            lines[-1] += self._beside()
        if lines[0] and rng.random() < 0.05:
            return [head + self._beside(), *self._noise(column + 1), " " * (column + step) + lines[0],
                    *lines[1:]]
        return [f"{head}{' ' * rng.choice((1, 1, 2))}{lines[0]}".rstrip(" "), *lines[1:]]

    # ------------------------------------------------------------------------------ in brackets

    def _is_flow(self, value: Any) -> bool:
        return self._rng.random() < self._likely_flow

    def _brackets(self, value: Any, column: int) -> list[str]:
        """The lines of a collection between brackets; the first is not indented."""
        rng = self._rng
        is_mapping = isinstance(value, dict)
        pieces = [self._pair(*pair) for pair in value.items()] if is_mapping else [
            self._in_brackets(item) for item in value
        ]
        if is_mapping and self._shuffles:
            rng.shuffle(pieces)
        is_long = rng.random() < 0.3
        lines = ["{" if is_mapping else "["]
        for number, piece in enumerate(pieces):
            if is_long and rng.random() < 0.5:
                lines[-1] += self._beside()
                lines += self._noise(column) if rng.random() < 0.5 else []
                lines.append(" " * rng.choice((column, column + 1, column + 4)))
            space = rng.choice(("", " ", "  "))
            comma = "" if number + 1 == len(pieces) and rng.random() < 0.8 else rng.choice((",", " ,"))
            if piece.endswith(": ") and not comma:
                comma = " "
            lines[-1] += space + piece + comma
            if comma.strip() and number + 1 < len(pieces):
                lines[-1] += " "
        if is_long and rng.random() < 0.5:
            lines[-1] += self._beside()
            lines.append(" " * column)
        lines[-1] += rng.choice(("", " ")) + ("}" if is_mapping else "]")
        return lines

    def _pair(self, key: str, value: Any) -> str:
        return f"{self._key(key)}: {self._in_brackets(value)}"

    def _in_brackets(self, value: Any) -> str:
        if isinstance(value, dict):
            return "{" + ", ".join(self._pair(*pair) for pair in value.items()) + "}"
        if isinstance(value, list):
            return "[" + ",".join(self._in_brackets(item) for item in value) + "]"
        return "" if value is None else self._on_one_line(value)

    # ------------------------------------------------------------------------------------ scalars

    def _key(self, key: str) -> str:
        return f'"{key}"' if self._rng.random() < 0.03 else scalar(key)

    def _on_one_line(self, text: str) -> str:
        rng = self._rng
        if _BARE.fullmatch(text) or text in ("true", "false"):
            return scalar(text)
        if rng.random() < 0.2 and text.isprintable():
            return "'" + text.replace("'", "''") + "'"
        if rng.random() < 0.2:
            return '"' + "".join(map(escaped, text)) + '"'
        return scalar(text)

    def _scalar(self, value: str | None, column: int) -> list[str]:
        rng = self._rng
        if value is None:
            return [""]
        known = [alias for text, alias in self._anchors if text == value]
        if known and rng.random() < 0.3:
            return [f"*{rng.choice(known)}"]
        if rng.random() < 0.15 and self._stands_as_block(value):
            return self._block_scalar(value, column)
        if rng.random() < 0.3 and " " in value and PLAIN.fullmatch(value) and "  " not in value:
            return self._folded(value, column)
        return [self._on_one_line(value)]

    @staticmethod
    def _stands_as_block(value: str) -> bool:
        return bool(value) and all(line.isprintable() for line in value.split("\n"))

    def _block_scalar(self, value: str, column: int) -> list[str]:
        rng = self._rng
        at = column + rng.choice((1, 2, 2, 4))
        said = str(at - column) if value.startswith((" ", "\n")) or rng.random() < 0.2 else ""
        sign = f"|{said}-" if rng.random() < 0.5 else f"|-{said}"
        blank = [rng.choice(("", " " * column))] if rng.random() < 0.1 else []
        return [sign + self._beside(), *((" " * at + line) for line in value.split("\n")), *blank]

    def _folded(self, value: str, column: int) -> list[str]:
        rng = self._rng
        mark = rng.choice(("", '"', "'", ">-"))
        lines = [""]
        for word in value.split(" "):
            if lines[-1] and rng.random() < 0.4 and word[0].isalnum():
                lines.append("")
            lines[-1] += f" {word}" if lines[-1] else word
        if mark == ">-":
            at = column + rng.choice((1, 2, 4))
            return [mark + self._beside(), *(" " * at + line for line in lines)]
        lines = [mark + lines[0], *lines[1:]]
        lines[-1] += mark
        return [lines[0], *(" " * rng.randint(column + 1, column + 9) + line for line in lines[1:])]

    # -------------------------------------------------------------------------- what is between

    def _anchor(self) -> str:
        return f"a{next(self._numbers)}"

    def _comment(self) -> str:
        tail = self._rng.choice(("", " ", "\t", " \t end", ": [ {", " - id: x", " 'quote"))
        return f"#{self._rng.choice(('', ' ', '!'))}c{next(self._numbers)}{tail}"

    def _beside(self) -> str:
        if self._rng.random() < self._likely_comments:
            return self._rng.choice((" ", "  ", "     ", "\t")) + self._comment()
        return self._rng.choice(("", "", "", " "))

    def _noise(self, column: int) -> list[str]:
        rng = self._rng
        lines = []
        while rng.random() < self._likely_comments * 2:
            if rng.random() < 0.4:
                lines.append(rng.choice(("", "", "  ", "\t")))
            else:
                at = rng.choice((column, column, column, 0, column + 2, max(column - 1, 0)))
                lines.append(" " * at + self._comment())
        return lines

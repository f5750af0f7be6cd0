"""What a YAML text consists of: nodes that know their places, and what the core schema says."""

from __future__ import annotations

import re
from typing import Literal

from claimtrack.frozen import frozen

MAX_LEVELS = 64

CoreType = Literal["null", "boolean", "number", "text"]


@frozen
class Scalar:
    """One scalar: its own text, what the core schema takes it for, line and column from 1."""

    text: str
    core: CoreType
    line: int
    column: int


@frozen
class Sequence:
    """A list and where it begins."""

    items: tuple[Node, ...]
    line: int
    column: int


@frozen
class Mapping:
    """Keys and values in the order written, duplicates included, and where it begins."""

    entries: tuple[tuple[Node, Node], ...]
    line: int
    column: int


@frozen
class Broken:
    """A node that cannot be used, with the code and the sentence of its diagnostic."""

    code: str
    message: str
    line: int
    column: int


Node = Scalar | Sequence | Mapping | Broken

WORDS: dict[str, CoreType] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), "null"),
    **dict.fromkeys(("true", "True", "TRUE", "false", "False", "FALSE"), "boolean"),
}
"""Every plain scalar that is nothing, or a boolean."""

LONGEST_WORD = max(map(len, WORDS))
AFTER_NUMBERS = ":"
"""Whatever a number may begin with comes before it."""

NUMBER = re.compile(
    r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+"
    r"|[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?"
    r"|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)",
    re.ASCII,
)


def core_type(text: str) -> CoreType:
    """What the YAML 1.2 core schema (chapter 10.3) takes a plain scalar for."""
    word = WORDS.get(text)
    if word is not None:
        return word
    # Digits alone, which most numbers are, are told without the pattern.
    is_number = text < AFTER_NUMBERS and (
        (text.isdecimal() and text.isascii()) or NUMBER.fullmatch(text)
    )
    return "number" if is_number else "text"


def written_id(node: Node) -> Scalar | None:
    """The id that is written in a claim's node, sound or not."""
    if not isinstance(node, Mapping):
        return None
    for key, value in node.entries:
        if isinstance(key, Scalar) and key.text == "id" and isinstance(value, Scalar):
            return value if value.core != "null" else None
    return None

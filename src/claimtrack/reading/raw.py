"""Raw nodes: what a YAML text consists of in Python's plainest values, which ``marshal`` takes.

A raw node is a tuple ``(content, kind, line, column)``. The kind says what the content is:

- ``null``, ``boolean``, ``number``, ``text``: a scalar's own text, the kind being what the core
  schema takes it for;
- ``list``: a list of raw nodes;
- ``mapping``: a list of raw nodes, keys and values in turn, in the order written.

There is none for what is broken: a file that holds that is read as a whole.

Lines are counted from a line that whoever reads the node knows, which is 0; columns from 1. So an
entry that moves up or down in its file stays the same raw node.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from claimtrack.reading.nodes import Mapping, Node, Scalar, Sequence

Raw = tuple[Any, str, int, int]

SCALARS = frozenset(("null", "boolean", "number", "text"))
"""The kinds of scalars."""


def node_of(raw: Raw, base_line: int) -> Node:
    """The node, with lines from 1; ``base_line`` is the line that counts as 0."""
    content, kind, line, column = raw
    line += base_line
    if kind == "list":
        return Sequence(tuple(node_of(item, base_line) for item in content), line, column)
    if kind == "mapping":
        return Mapping(
            tuple((node_of(k, base_line), node_of(v, base_line)) for k, v in pairs(raw)),
            line,
            column,
        )
    return scalar_of(raw, base_line)


def scalar_of(raw: Raw, base_line: int) -> Scalar:
    """A scalar, likewise."""
    text, core, line, column = raw
    made: Any = core
    return Scalar(text, made, base_line + line, column)


def pairs(mapping: Raw) -> Iterator[tuple[Raw, Raw]]:
    """Keys and values of a raw mapping."""
    each = iter(mapping[0])
    return zip(each, each, strict=True)


def written_id(claim: Raw) -> Raw | None:
    """The scalar that is written as a claim's id, sound or not."""
    if claim[1] != "mapping":
        return None
    for key, value in pairs(claim):
        if key[0] == "id" and value[1] in SCALARS:
            return value if value[1] != "null" else None
    return None

"""Any register's text in one style: block style, every scalar in double quotes."""

from __future__ import annotations

import json
from collections.abc import Iterator

from claimtrack.reading.nodes import Broken, Mapping, Node, Scalar
from claimtrack.reading.yamltext import NotYaml, parse


def in_block_style(data: bytes) -> bytes:
    """The same data, each entry on lines of its own. What is not YAML gives an empty text."""
    try:
        node = parse(data)
    except NotYaml:
        return b""
    return b"" if node is None else "".join(_lines(node, 0)).encode("utf-8", "replace")


def _lines(node: Node, indent: int) -> Iterator[str]:
    """A collection's lines, each ended."""
    begin = "\n" + " " * indent
    if isinstance(node, Mapping):
        for key, value in node.entries:
            yield f"{begin}{_scalar(key)}:"
            yield from _entry(value, indent)
    elif not isinstance(node, Scalar | Broken):
        for item in node.items:
            yield f"{begin}-"
            yield from _entry(item, indent)


def _entry(value: Node, indent: int) -> Iterator[str]:
    if isinstance(value, Scalar | Broken):
        yield f" {_scalar(value)}"
    elif isinstance(value, Mapping) and not value.entries:
        yield " {}"
    else:
        yield from _lines(value, indent + 2)


def _scalar(node: Node) -> str:
    if not isinstance(node, Scalar) or node.core == "null":
        return "null"
    return json.dumps(node.text, ensure_ascii=False)

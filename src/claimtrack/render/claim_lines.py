"""A claim as a line of JSON that an import reads: every key that is written, by its name."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping

from claimtrack.model import Property
from claimtrack.reading.nodes import Mapping as MappingNode
from claimtrack.reading.nodes import Node, Scalar, Sequence
from claimtrack.render.visible import safe_json

Properties = Mapping[str, Property]
_Written = Callable[[Node], str]


def as_json_line(claim: Node, properties: Properties) -> str:
    """A sound claim as written, as one object on a line; numbers by their own text."""
    parts: dict[str, _Written] = {
        "asserts": lambda node: _each(node, lambda each: _assertion(each, properties)),
        "evidence": lambda node: _each(node, _item),
    }
    return safe_json(_object(claim, parts)) + "\n"


def _object(node: Node, parts: Mapping[str, _Written]) -> str:
    """A mapping's keys that hold something, each written in the way that ``parts`` has for it."""
    pairs = (
        f"{json.dumps(key, ensure_ascii=False)}: {parts.get(key, _plain)(value)}"
        for key, value in _held(node).items()
    )
    return "{" + ", ".join(pairs) + "}"


def _held(node: Node) -> dict[str, Node]:
    return {
        key.text: value
        for key, value in (node.entries if isinstance(node, MappingNode) else ())
        if isinstance(key, Scalar) and not (isinstance(value, Scalar) and value.core == "null")
    }


def _each(node: Node, written: _Written) -> str:
    if isinstance(node, Sequence):
        return "[" + ", ".join(map(written, node.items)) + "]"
    return written(node)


def _plain(node: Node) -> str:
    """Texts, whatever they look like, and lists and mappings of them."""
    if isinstance(node, MappingNode):
        return _object(node, {})
    return _each(node, _plain) if isinstance(node, Sequence) else _text(node)


def _text(node: Node) -> str:
    return json.dumps(_own(node), ensure_ascii=False)


def _own(node: Node | None) -> str:
    """A scalar's own text."""
    return node.text if isinstance(node, Scalar) else ""


_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?", re.ASCII)


def _number(node: Node) -> str:
    """A number as JSON has it, or as a text where JSON cannot have it so: ``"+7500"``."""
    return _own(node) if _NUMBER.fullmatch(_own(node)) else _text(node)


def _boolean(node: Node) -> str:
    return _own(node).lower()


def _item(node: Node) -> str:
    return _object(node, {"line": _number, "credibility": _number})


def _assertion(node: Node, properties: Properties) -> str:
    of = properties[_own(_held(node).get("property"))]
    ways: dict[str, _Written] = {"number": _amount, "boolean": _boolean}
    return _object(node, {"negated": _boolean, "value": ways.get(of.type, _plain)})


def _amount(node: Node) -> str:
    """A number, or one in parts."""
    if isinstance(node, MappingNode):
        return _object(node, dict.fromkeys(("value", "about", "min", "max"), _number))
    return _number(node)

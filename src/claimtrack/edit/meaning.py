"""What nodes and new values mean, without places and style, so that two texts can be compared."""

from __future__ import annotations

from collections.abc import Mapping

from claimtrack.edit.yamlwriting import Bare, Value
from claimtrack.reading.nodes import Broken, CoreType, Node, Scalar, Sequence, core_type
from claimtrack.reading.nodes import Mapping as MappingNode
from claimtrack.reading.spans import Position

Meaning = tuple[str, CoreType] | list["Meaning"] | dict[str, "Meaning"] | Broken
"""A scalar's text with what it is taken for, or lists and mappings of such."""


def meaning(node: Node, respelt: Mapping[Position, str] | None = None) -> Meaning:
    """What a node means; scalars at the positions of ``respelt`` have another text."""
    if isinstance(node, Scalar):
        text = respelt.get((node.line, node.column)) if respelt else None
        return (node.text, node.core) if text is None else (text, "text")
    if isinstance(node, Sequence):
        return [meaning(item, respelt) for item in node.items]
    if isinstance(node, MappingNode):
        return {_key(key, respelt): meaning(value, respelt) for key, value in node.entries}
    return Broken(node.code, node.message, 0, 0)  # without its place


def _key(node: Node, respelt: Mapping[Position, str] | None) -> str:
    found = meaning(node, respelt)
    return found[0] if isinstance(found, tuple) else repr(found)


def meaning_of(value: Value) -> Meaning:
    """What a value means once it is written."""
    if isinstance(value, Bare):
        return value.text, core_type(value.text)
    if isinstance(value, str):
        return value, "text"
    if isinstance(value, Mapping):
        return {key: meaning_of(each) for key, each in value.items()}
    return [meaning_of(each) for each in value]


def as_value(means: Meaning) -> Value:
    """A meaning as a value that can be written. Raises TypeError for what is broken."""
    if isinstance(means, tuple):
        text, core = means
        return text if core == "text" else Bare(text or "null")
    if isinstance(means, dict):
        return {key: as_value(each) for key, each in means.items()}
    if isinstance(means, list):
        return [as_value(each) for each in means]
    raise TypeError(means.message)


def same(one: Node, other: Node) -> bool:
    """Whether two nodes mean the same, the order of a mapping's keys aside."""
    if isinstance(one, Scalar):
        return isinstance(other, Scalar) and (one.text, one.core) == (other.text, other.core)
    if isinstance(one, Sequence):
        return (
            isinstance(other, Sequence)
            and len(one.items) == len(other.items)
            and all(map(same, one.items, other.items))
        )
    if isinstance(one, MappingNode):
        return isinstance(other, MappingNode) and _same_pairs(one, other)
    return isinstance(other, Broken) and (one.code, one.message) == (other.code, other.message)


def _same_pairs(one: MappingNode, other: MappingNode) -> bool:
    if len(one.entries) != len(other.entries):
        return False
    pairs = zip(one.entries, other.entries, strict=True)
    if all(same(k, i) and same(v, j) for (k, v), (i, j) in pairs):
        return True
    return meaning(one) == meaning(other)

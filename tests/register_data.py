"""A register's text as the data that JSON Schema sees, and as data that can be changed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from claimtrack.reading.nodes import Mapping, Node, Scalar, Sequence


class NoData(Exception):
    """What YAML can write and JSON cannot."""


def data_of(node: Node | None) -> Any:
    """A document as JSON data, its scalars as YAML's core schema has them. Raises NoData."""
    if node is None:
        return None
    if isinstance(node, Scalar):
        return _value(node)
    if isinstance(node, Sequence):
        return [data_of(item) for item in node.items]
    if isinstance(node, Mapping):
        data: dict[str, Any] = {}
        for key, value in node.entries:
            data.setdefault(_key(key), data_of(value))
        return data
    raise NoData(node.message)


def _key(node: Node) -> str:
    if isinstance(node, Scalar):
        return node.text
    raise NoData("a key that is no text")


def _value(scalar: Scalar) -> Any:
    text = scalar.text
    match scalar.core:
        case "null":
            return None
        case "boolean":
            return text.lower() == "true"
        case "number":
            return _number(text)
        case "text":
            return text


def _number(text: str) -> int | float:
    if text[:2] in ("0x", "0o"):
        return int(text, 0)
    try:
        return int(text)
    except ValueError:
        return float(text.lower().replace(".inf", "inf").replace(".nan", "nan"))


# ------------------------------------------------------------------------------ data to change


@dataclass(frozen=True, slots=True)
class Plain:
    """A scalar that is written without quotes. A ``str`` is one with quotes."""

    text: str


NULL = Plain("null")
Path = tuple[str | int, ...]


def tree_of(node: Node | None) -> Any:
    """A document as mappings, lists, and scalars that know whether they are quoted."""
    if isinstance(node, Mapping):
        return {_key(key): tree_of(value) for key, value in node.entries}
    if isinstance(node, Sequence):
        return [tree_of(item) for item in node.items]
    assert isinstance(node, Scalar)
    if node.core == "null":
        return NULL
    return node.text if node.core == "text" else Plain(node.text)


def yaml_of(tree: Any) -> str:
    """The same as YAML, in flow style."""
    if isinstance(tree, dict):
        return "{" + ", ".join(f"{yaml_of(k)}: {yaml_of(v)}" for k, v in tree.items()) + "}"
    if isinstance(tree, list):
        return "[" + ", ".join(map(yaml_of, tree)) + "]"
    return tree.text if isinstance(tree, Plain) else json.dumps(tree, ensure_ascii=False)


def paths(tree: Any, at: Path = ()) -> Iterator[Path]:
    """Where something stands in it, the whole left aside."""
    children = (
        tree.items()
        if isinstance(tree, dict)
        else enumerate(tree)
        if isinstance(tree, list)
        else ()
    )
    for step, child in children:
        yield (*at, step)
        yield from paths(child, (*at, step))


def at_path(tree: Any, path: Path) -> Any:
    """What stands there."""
    for step in path:
        tree = tree[step]
    return tree


def replaced(tree: Any, path: Path, new: Any) -> Any:
    """The tree with something else there."""
    if not path:
        return new
    return _with_child(tree, path[0], replaced(tree[path[0]], path[1:], new))


def dropped(tree: Any, path: Path) -> Any:
    """The tree without what stands there."""
    if len(path) > 1:
        return _with_child(tree, path[0], dropped(tree[path[0]], path[1:]))
    if isinstance(tree, dict):
        return {key: value for key, value in tree.items() if key != path[0]}
    return [item for index, item in enumerate(tree) if index != path[0]]


def renamed(tree: Any, path: Path, key: str) -> Any:
    """The tree with another key for what stands there."""
    mapping = at_path(tree, path[:-1])
    pairs = {key if old == path[-1] else old: value for old, value in mapping.items()}
    return replaced(tree, path[:-1], pairs)


def _with_child(tree: Any, step: str | int, child: Any) -> Any:
    if isinstance(tree, dict):
        return {key: child if key == step else value for key, value in tree.items()}
    return [child if index == step else item for index, item in enumerate(tree)]

"""What a row says of a claim, in the register's own shape, its nodes still at the row's places.

A row is that shape already (an object of JSON Lines), or it is flat: the keys of one assertion and
of one item of evidence stand beside those of the claim.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from claimtrack.edit.values import written_value
from claimtrack.edit.yamlwriting import Bare, Value
from claimtrack.model import Property
from claimtrack.reading.nodes import Broken, Node, Scalar, Sequence, core_type
from claimtrack.reading.nodes import Mapping as MappingNode
from claimtrack.reading.rows import (
    ASSERTION_COLUMNS,
    EVIDENCE_COLUMNS,
    EVIDENCE_NOTE,
    SCOPE,
)
from claimtrack.reading.schema import PARTS, ClaimShape, EvidenceShape, Shape, keys_of

_Pairs = list[tuple[Node, Node]]

_BARE = frozenset({"negated", "during", "when", "on", "line", "credibility"})
"""Keys whose values a register has without quotation marks, whatever they look like."""


def claim_of(row: MappingNode, properties: Mapping[str, Property]) -> MappingNode:
    """The claim that a row speaks of: no more of it than the row has."""
    claim: _Pairs = []
    assertion: _Pairs = []
    scope: _Pairs = []
    item: _Pairs = []
    for key, value in row.entries:
        name = key.text if isinstance(key, Scalar) else ""
        if name in ASSERTION_COLUMNS or name == "scope":
            assertion.append((key, value))
        elif name.startswith(SCOPE):
            scope.append((_renamed(key, name.removeprefix(SCOPE)), value))
        elif name in EVIDENCE_COLUMNS:
            item.append((key, value))
        elif name == EVIDENCE_NOTE:
            item.append((_renamed(key, "note"), value))
        else:
            claim.append((key, value))
    if scope:
        assertion.append((_renamed(scope[0][0], "scope"), _mapping(scope)))
    if assertion:
        claim.append((_renamed(assertion[0][0], "asserts"), _mapping(assertion)))
    if item:
        held = _mapping(item)
        evidence = Sequence((held,), held.line, held.column)
        claim.append((_renamed(item[0][0], "evidence"), evidence))
    return _read_more_freely(MappingNode(tuple(claim), row.line, row.column), properties)


def _renamed(at: Node, name: str) -> Scalar:
    return Scalar(name, "text", at.line, at.column)


def _mapping(pairs: _Pairs) -> MappingNode:
    first = pairs[0][0]
    return MappingNode(tuple(pairs), first.line, first.column)


# ------------------------------------------------------------------- texts that stand for a number


def _read_more_freely(claim: MappingNode, properties: Mapping[str, Property]) -> MappingNode:
    """The claim with numbers, booleans and years as such, however their quotation marks are."""
    entries = []
    for key, value in claim.entries:
        name = _text(key)
        read = _bare(value) if name in _BARE else value
        if name == "asserts":
            read = _each(value, lambda node: _assertion(node, properties))
        elif name in ("evidence", "verdicts"):
            read = _each(value, _with_bare)
        entries.append((key, read))
    return MappingNode(tuple(entries), claim.line, claim.column)


def _each(node: Node, read: Callable[[Node], Node]) -> Node:
    if isinstance(node, Sequence):
        return Sequence(tuple(map(read, node.items)), node.line, node.column)
    return read(node)


def _with_bare(node: Node) -> Node:
    if not isinstance(node, MappingNode):
        return node
    entries = ((key, _bare(value) if _text(key) in _BARE else value) for key, value in node.entries)
    return MappingNode(tuple(entries), node.line, node.column)


def _text(node: Node | None) -> str | None:
    return node.text if isinstance(node, Scalar) else None


def _bare(node: Node) -> Node:
    if not isinstance(node, Scalar) or not node.text or node.core != "text":
        return node
    core = core_type(node.text)
    return node if core == "null" else Scalar(node.text, core, node.line, node.column)


def _assertion(node: Node, properties: Mapping[str, Property]) -> Node:
    """With its value as the property takes it, the unit in it."""
    held = _with_bare(node)
    if not isinstance(held, MappingNode):
        return held
    of = properties.get(_text(_first(held, "property")) or "")
    unit = _first(held, "unit")
    is_apart = unit is not None and _first(held, "value") is not None
    entries: _Pairs = []
    for key, value in held.entries:
        if _text(key) == "value":
            read = _value(value, of)
            entries.append((key, _with_unit(key, read, unit, of) if unit else read))
        elif not (is_apart and _text(key) == "unit"):
            entries.append((key, value))
    return MappingNode(tuple(entries), held.line, held.column)


def _first(mapping: MappingNode, name: str) -> Node | None:
    """What the mapping's first key of that name holds, if it holds anything."""
    found = next((value for key, value in mapping.entries if _text(key) == name), None)
    return None if isinstance(found, Scalar) and found.core == "null" else found


def _value(value: Node, of: Property | None) -> Node:
    if isinstance(value, MappingNode):
        entries = ((k, v if _text(k) == "unit" else _bare(v)) for k, v in value.entries)
        return MappingNode(tuple(entries), value.line, value.column)
    if not isinstance(value, Scalar) or value.core != "text" or of is None:
        return value
    if of.type == "number" and value.text and core_type(value.text) == "number":
        return _bare(value)
    return _node(written_value(value.text, None, of), value)


def _with_unit(key: Node, value: Node, unit: Node, of: Property | None) -> Node:
    """The value as one in parts, the unit among them: ``{value: 4.7, unit: mile}``."""
    if of is not None and of.type != "number":
        message = f"the values of {of.id} are no numbers, and have no unit"
        return Broken("CT304", message, unit.line, unit.column)
    parts = value.entries if isinstance(value, MappingNode) else ((key, value),)
    return MappingNode((*parts, (_renamed(unit, "unit"), unit)), value.line, value.column)


def _node(value: Value, at: Node) -> Node:
    """A value as nodes at the place of one."""
    if isinstance(value, Bare):
        return Scalar(value.text, core_type(value.text), at.line, at.column)
    if isinstance(value, str):
        return Scalar(value, "text", at.line, at.column)
    if isinstance(value, Mapping):
        entries = ((_renamed(at, key), _node(each, at)) for key, each in value.items())
        return MappingNode(tuple(entries), at.line, at.column)
    return Sequence(tuple(_node(each, at) for each in value), at.line, at.column)


# ---------------------------------------------------------------------------------------- writing


def claim_as_written(claim: MappingNode, items: Iterable[Node]) -> dict[str, Value]:
    """A claim as it is to be written, with these items of evidence and no others."""
    entries = [(key, value) for key, value in claim.entries if _text(key) != "evidence"]
    evidence = Sequence(tuple(items), claim.line, claim.column)
    if evidence.items or len(entries) < len(claim.entries):
        entries.append((_renamed(claim, "evidence"), evidence))
    return _written_mapping(MappingNode(tuple(entries), claim.line, claim.column), ClaimShape)


def item_as_written(item: Node) -> Value:
    """An item of evidence as it is to be written."""
    return _written(item, EvidenceShape)


def _written(node: Node, shape: type[Shape] | None) -> Value:
    if isinstance(node, MappingNode):
        return _written_mapping(node, shape)
    if isinstance(node, Sequence):
        return [_written(item, shape) for item in node.items]
    if isinstance(node, Scalar):
        if node.core == "boolean":
            return Bare(node.text.lower())  # however a spreadsheet shouts it
        return node.text if node.core == "text" else Bare(node.text)
    raise ValueError(node.message)


def _written_mapping(node: MappingNode, shape: type[Shape] | None) -> dict[str, Value]:
    """The pairs that hold something, in the order of the shape's keys."""
    held = {
        _text(key) or "": value
        for key, value in node.entries
        if not (isinstance(value, Scalar) and value.core == "null")
    }
    order = keys_of(shape) if shape else [*held]
    parts = PARTS if shape else {}
    return {
        key: _written(held[key], parts[key][0] if key in parts else None)
        for key in sorted(held, key=order.index)
    }

"""From nodes to shapes: entries that fit, or diagnostics that say where and why they do not."""

from __future__ import annotations

import marshal
from typing import Generic

from claimtrack.diagnostic import Diagnostic, Place, Related, did_you_mean, nearest
from claimtrack.reading.nodes import Broken, Mapping, Node, Scalar, Sequence
from claimtrack.reading.raw import Raw, node_of
from claimtrack.reading.roots import PackedClaim
from claimtrack.reading.schema import (
    PARTS,
    ClaimShape,
    Given,
    Keyed,
    Listed,
    Misfit,
    S,
    Shape,
    keys_of,
    validate,
)

Path = tuple[str | int, ...]


class Entry(Generic[S]):
    """One entry of a section: its id, its node and file, and its shape unless it has errors."""

    __slots__ = ("_node", "_shape", "column", "file", "id", "line")

    def __init__(
        self, key: str, node: Node | None, file: str, line: int, column: int, shape: S | None
    ) -> None:
        self.id, self.file, self.line, self.column = key, file, line, column
        self._node, self._shape = node, shape

    @property
    def node(self) -> Node:
        """The entry as written."""
        assert self._node is not None  # noqa: S101 - only a streamed claim begins without one
        return self._node

    @property
    def shape(self) -> S | None:
        """The entry's shape, unless it has errors."""
        return self._shape

    @property
    def first_line(self) -> int:
        """The line on which its node begins."""
        return self.node.line

    @property
    def place(self) -> Place:
        """Where the entry begins: its id."""
        return Place(self.file, self.line, self.column)

    def under(self, key: str) -> Entry[S]:
        """The same entry with another id."""
        return Entry(key, self.node, self.file, self.line, self.column, self.shape)

    def at(self, node: Node) -> Place:
        """The place of a node of this entry."""
        return Place(self.file, node.line, node.column)


class PackedEntry(Entry[S]):
    """An entry of a catalogue that is kept as raw bytes, and taken apart whenever somebody asks."""

    __slots__ = ("_form", "_packed")

    def __init__(
        self, key: str, packed: bytes, file: str, line: int, column: int, form: type[S] | None
    ) -> None:
        """``packed`` is its raw node; ``form`` the shape that this fits, if it does."""
        super().__init__(key, None, file, line, column, None)
        self._packed, self._form = packed, form

    @property
    def node(self) -> Node:
        """The entry as written."""
        return node_of(marshal.loads(self._packed), 1)

    @property
    def shape(self) -> S | None:
        """The entry's shape, unless it has errors."""
        if self._form is None:
            return None
        return fit(self._form, self.node, self.file, "an entry")[0]


class StreamedClaim(Entry[ClaimShape]):
    """A claim that was streamed: kept as raw bytes, and taken apart when somebody asks."""

    __slots__ = ("_fitted", "_packed", "base", "no")

    def __init__(self, key: str, item: PackedClaim, file: str, line: int, column: int) -> None:
        super().__init__(key, None, file, line, column, None)
        self._packed, self.base, self.no = item.raw, item.line, item.no
        self._fitted = False

    @property
    def first_line(self) -> int:
        """The line on which its node begins."""
        return self.base

    @property
    def raw(self) -> Raw:
        """The claim as raw nodes, whose lines count from ``base``."""
        raw: Raw = marshal.loads(self._packed)
        return raw

    @property
    def node(self) -> Node:
        """The claim as written."""
        if self._node is None:
            self._node = node_of(self.raw, self.base)
        return self._node

    @property
    def shape(self) -> ClaimShape | None:
        """The claim's shape, unless it has errors."""
        if not self._fitted:
            self.fit()
        return self._shape

    def fit(self) -> list[Diagnostic]:
        """Find the claim's shape; gives what does not fit."""
        self._shape, diagnostics = fit(ClaimShape, self.node, self.file, "a claim", self.id)
        self._fitted = True
        return diagnostics


def fit(
    shape: type[S], node: Node, file: str, what: str, claim: str | None = None
) -> tuple[S | None, list[Diagnostic]]:
    """The node as that shape, or None with at least one diagnostic that says what does not fit.

    ``what`` names the entry in sentences ("a claim"); ``claim`` is the id that diagnostics carry.
    """
    converter = _Converter(file, claim)
    given = converter.convert(node, ())
    if isinstance(node, Broken):
        return None, converter.diagnostics
    fitted, misfits = validate(shape, given)
    misfits += [
        Misfit(path, "unknown", "", None)
        for path in converter.nulls
        if path[-2:-1] != ("scope",) and path[-1] not in keys_of(_owner(shape, path))
    ]
    open_ones = [each for each in misfits if not converter.hides(_path_in(node, each), each.kind)]
    meant = {_meant(shape, each) for each in open_ones}
    # A key that is misspelt is not a key missing as well.
    told = [each for each in open_ones if each.kind != "missing" or each.path not in meant]
    diagnostics = converter.diagnostics + [
        _diagnose(shape, each, node, file, what, claim) for each in _missing_joined(told)
    ]
    return (None if diagnostics else fitted), diagnostics


# ------------------------------------------------------------------------------ before validation


class _Converter:
    """Turns nodes into what shapes take, noting what is broken and keys that stand twice."""

    def __init__(self, file: str, claim: str | None) -> None:
        self._file, self._claim = file, claim
        self._broken: list[Path] = []
        self._keyless: list[Path] = []
        self.nulls: list[Path] = []
        """Paths of keys that hold nothing, which count as left out where they are known."""
        self.diagnostics: list[Diagnostic] = []

    def hides(self, path: Path, kind: str) -> bool:
        """Whether a misfit at the path only follows from something broken in, on or around it."""
        if kind == "missing" and path[:-1] in self._keyless:
            return True  # the key that is missing is likely the one that is no key
        for broken in self._broken:
            shorter = min(len(path), len(broken))
            if path[:shorter] == broken[:shorter] and kind != "unknown":
                return kind != "missing" or len(broken) <= len(path)
        return False

    def convert(self, node: Node, path: Path) -> Given:
        """The node with its keys as text and its nulls left out."""
        if isinstance(node, Mapping):
            return self._mapping(node, path)
        if isinstance(node, Sequence):
            items = (self.convert(item, (*path, index)) for index, item in enumerate(node.items))
            return Listed(node, items)
        if isinstance(node, Broken):
            self._broken.append(path)
            self._report(node.code, node.message, node)
        return node

    def _mapping(self, node: Mapping, path: Path) -> Keyed:
        keyed = Keyed(node)
        firsts: dict[str, Scalar] = {}
        keeps_nulls = path[-1:] == ("choices",)
        for key, value in node.entries:
            if not isinstance(key, Scalar):
                self._keyless.append(path)
                self._bad_key(key)
            elif key.text in firsts:
                first = firsts[key.text]
                message = f"key '{key.text}' stands twice; keep one of them"
                related = Related(Place(self._file, first.line, first.column), "it stands here too")
                self._report("CT301", message, key, (related,))
            else:
                firsts[key.text] = key
                given = self.convert(value, (*path, key.text))
                if keeps_nulls or not (isinstance(value, Scalar) and value.core == "null"):
                    keyed[key.text] = given
                else:
                    self.nulls.append((*path, key.text))
        return keyed

    def _bad_key(self, key: Node) -> None:
        if isinstance(key, Broken):
            self._report(key.code, key.message, key)
        else:
            self._report("CT304", "a key is plain text, not a list or a mapping", key)

    def _report(self, code: str, message: str, at: Node, related: tuple[Related, ...] = ()) -> None:
        place = Place(self._file, at.line, at.column)
        self.diagnostics.append(Diagnostic(code, message, place, self._claim, related))


# ------------------------------------------------------------------------------- after validation


def _path_in(node: Node, misfit: Misfit) -> Path:
    """The misfit's path with only the steps that are in the text."""
    taken: list[str | int] = []
    for step in misfit.path:
        child = _child(node, step)
        if child is not None:
            node = child
            taken.append(step)
    return (*taken, misfit.path[-1]) if misfit.kind == "missing" else tuple(taken)


def _child(node: Node, step: str | int) -> Node | None:
    if isinstance(node, Sequence) and isinstance(step, int):
        return node.items[step]
    if isinstance(node, Mapping):
        return next((v for k, v in node.entries if isinstance(k, Scalar) and k.text == step), None)
    return None


def _missing_joined(misfits: list[Misfit]) -> list[Misfit]:
    """The misfits with all keys that one mapping lacks as one of them, the first."""
    lacking: dict[Path, list[str]] = {}
    for each in misfits:
        if each.kind == "missing":
            lacking.setdefault(each.path[:-1], []).append(f"'{each.path[-1]}'")
    joined = []
    for each in misfits:
        if each.kind != "missing":
            joined.append(each)
        elif keys := lacking.pop(each.path[:-1], None):
            named = f"key {keys[0]}" if len(keys) == 1 else f"keys {', '.join(keys)}"
            joined.append(Misfit(each.path, "missing", named, each.at))
    return joined


def _meant(shape: type[Shape], misfit: Misfit) -> Path | None:
    """The path of the key that an unknown one was probably meant to be."""
    if misfit.kind != "unknown":
        return None
    near = nearest(str(misfit.path[-1]), keys_of(_owner(shape, misfit.path)))
    return None if near is None else (*misfit.path[:-1], near)


def _diagnose(
    shape: type[Shape], misfit: Misfit, node: Node, file: str, what: str, claim: str | None
) -> Diagnostic:
    code, message = misfit.kind, misfit.message
    holder = _node_at(node, misfit.path[:-1])
    at = misfit.at or _node_at(node, misfit.path)
    if misfit.kind == "missing":
        at = holder
        code, message = "CT303", f"{_part(misfit.path, what)} needs the {misfit.message}"
    elif misfit.kind == "unknown":
        known = keys_of(_owner(shape, misfit.path))
        key = str(misfit.path[-1])
        at = _key_in(holder, key)
        hint = did_you_mean(key, known) or f"; it takes {', '.join(known)}"
        code, message = "CT302", f"{_part(misfit.path, what)} has no key '{key}'{hint}"
    return Diagnostic(code, message, Place(file, at.line, at.column), claim)


def _holder(path: Path) -> str | None:
    """The key that holds the part of an entry in which a path ends."""
    return next((str(step) for step in reversed(path[:-1]) if step in PARTS), None)


def _owner(shape: type[Shape], path: Path) -> type[Shape]:
    holder = _holder(path)
    return shape if holder is None else PARTS[holder][0]


def _part(path: Path, what: str) -> str:
    holder = _holder(path)
    return what if holder is None else PARTS[holder][1]


def _node_at(node: Node, path: Path) -> Node:
    """The node that a path leads to, passing over steps that are not in the text."""
    for step in path:
        node = _child(node, step) or node
    return node


def _key_in(holder: Node, text: str) -> Node:
    keys = (k for k, _ in getattr(holder, "entries", ()) if isinstance(k, Scalar))
    return next((key for key in keys if key.text == text), holder)

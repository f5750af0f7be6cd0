"""Rows gathered by the claim that they are about, each with what it says that is new."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from claimtrack.edit.draft import Draft
from claimtrack.edit.naming import id_from
from claimtrack.edit.row_claims import claim_of
from claimtrack.edit.sayings import Heard, Known, Said, sayings
from claimtrack.fingerprint import own_text
from claimtrack.frozen import frozen
from claimtrack.progress import Tell, counted, quiet
from claimtrack.reading.catalogue import read_catalogue
from claimtrack.reading.desk import Catalogue
from claimtrack.reading.fitting import Entry, fit
from claimtrack.reading.nodes import Mapping as MappingNode
from claimtrack.reading.nodes import Node, Scalar
from claimtrack.reading.nodes import Sequence as SequenceNode
from claimtrack.reading.report import Report
from claimtrack.reading.rows import Fault, Row
from claimtrack.reading.schema import ClaimShape, EvidenceShape


@frozen
class Fresh:
    """An item of evidence that a row adds, as it fits and as it is written."""

    shape: EvidenceShape
    node: Node


@dataclass(slots=True)
class Part:
    """One row of a claim: what it says, what of that is new, and what is wrong with it."""

    line: int
    node: MappingNode
    shape: ClaimShape | None = None
    fresh: list[Fresh] = field(default_factory=list)
    known: list[Known] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    def refuse(self, message: str, at: Node | None = None, code: str | None = None) -> None:
        """Note a fault, at a node of the row or at its beginning."""
        place = at or self.node
        self.faults.append(Fault(place.line, place.column, message, code))


@dataclass(slots=True)
class Group:
    """The rows of one claim, in file order, and where the claim itself is given."""

    id: str
    held: Entry[ClaimShape] | None
    """The register's own claim."""
    parts: list[Part] = field(default_factory=list)
    founder: Part | None = None
    """The row that gives a claim which the register lacks."""

    @property
    def is_lost(self) -> bool:
        """Whether the row that gives the claim is rejected."""
        return self.held is None and (self.founder is None or bool(self.founder.faults))

    @property
    def base(self) -> ClaimShape | None:
        """The claim as the register or a row gives it."""
        given = self.held or self.founder
        return given.shape if given else None

    @property
    def adding(self) -> list[Part]:
        """The sound rows that add something."""
        return [part for part in self.sound if part.fresh or part is self.founder]

    @property
    def sound(self) -> list[Part]:
        """The rows with nothing wrong."""
        return [] if self.is_lost else [part for part in self.parts if not part.faults]


@frozen
class Gathered:
    """All rows: those of claims by the claims' ids, and those that cannot be told apart."""

    groups: Mapping[str, Group]
    homeless: Sequence[Part]


class Gatherer:
    """Gathers rows for one register."""

    def __init__(self, draft: Draft, name: str) -> None:
        self._draft, self._name = draft, name
        self._catalogue: Catalogue = read_catalogue(draft.entries, Report())
        self._by_statement = {
            own_text(entry.shape.statement.text): key
            for key, entry in reversed([*draft.entries.claims.items()])
            if entry.shape and key in draft.register.claims
        }

    def gather(self, rows: Sequence[Row], tell: Tell = quiet) -> Gathered:
        """The rows by their claims. What is wrong with one alone is noted in it."""
        parts = [self._part(row) for row in counted(rows, "taking rows apart", tell)]
        groups: dict[str, Group] = {}
        homeless = []
        for part, key in zip(parts, self._ids(parts), strict=True):
            if key is None:
                homeless.append(part)
                continue
            if key not in groups:
                groups[key] = Group(key, self._draft.entries.claims.get(key))
            groups[key].parts.append(part)
        for group in counted(groups.values(), "comparing rows with claims", tell):
            self._settle(group)
        return Gathered(groups, homeless)

    def _part(self, row: Row) -> Part:
        if row.holds is None:
            empty = MappingNode((), row.line, 1)
            return Part(row.line, empty, faults=[row.fault] if row.fault else [])
        return Part(row.line, claim_of(row.holds, self._draft.register.properties))

    # ---------------------------------------------------------------------------------------- ids

    def _ids(self, parts: Sequence[Part]) -> list[str | None]:
        """Each row's id: the one that it gives, that of its statement, or one made from it."""
        given = [text_under(part.node, "id") for part in parts]
        taken = {*self._draft.entries.claims, *(key for key in given if key)}
        for part, key in zip(parts, given, strict=True):
            statement = text_under(part.node, "statement")
            if key and statement:
                self._by_statement.setdefault(own_text(statement), key)
        ids: list[str | None] = []
        for part, key in zip(parts, given, strict=True):
            statement = text_under(part.node, "statement")
            if not key and statement:
                key = self._by_statement.get(own_text(statement))
                if key is None:
                    key = id_from(statement, taken, "claim")
                    taken.add(key)
                    self._by_statement[own_text(statement)] = key
            if not key:
                self._refuse_unnamed(part)
            ids.append(key or None)
        return ids

    def _refuse_unnamed(self, part: Part) -> None:
        """Say what is wrong with the id or the statement of a row, or that it has neither."""
        self._fit(part, "unnamed", "unnamed")
        if not part.faults:
            part.refuse("a row needs the id of a claim, or a statement")

    # ------------------------------------------------------------------------------------- claims

    def _settle(self, group: Group) -> None:
        """Fit every row of a claim, and see what each says that is not said yet."""
        base = self._base(group)
        if base is None:
            return
        said = frozenset(sayings(base, self._catalogue))
        held = group.held.shape.evidence if group.held and group.held.shape else ()
        heard = Heard(held, self._catalogue.names)
        for part in group.parts:
            if part is not group.founder:
                self._fit(part, group.id, base.statement.text)
            if part.shape is not None and self._agrees(part, part.shape, group, said):
                _hear(part, part.shape, heard)

    def _base(self, group: Group) -> ClaimShape | None:
        """The claim as the register or the first row with a statement gives it."""
        if group.held is not None:
            if group.id in self._draft.register.claims:
                return group.held.shape
            told = f"'{group.id}' is left out because of an error; claimtrack check says why"
            _refuse_all(group.parts, told)
            return None
        group.founder = next((p for p in group.parts if text_under(p.node, "statement")), None)
        if group.founder is None:
            told = f"no claim has the id '{group.id}', and no row gives its statement"
            _refuse_all(group.parts, told)
            return None
        self._fit(group.founder, group.id, "")
        return group.founder.shape

    def _fit(self, part: Part, key: str, statement: str) -> None:
        """Read a row as a claim: with the id and the statement of its claim where it has none."""
        if part.faults:
            return
        part.node = _completed(part.node, {"id": key, "statement": statement})
        part.shape, diagnostics = fit(ClaimShape, part.node, self._name, "the row", key)
        for each in diagnostics:
            place = each.place
            part.faults.append(Fault(place.line, place.column, each.message, each.code))

    def _agrees(self, part: Part, shape: ClaimShape, group: Group, said: frozenset[Said]) -> bool:
        other = next((each for each in sayings(shape, self._catalogue) if each not in said), None)
        if other is None:
            return True
        giver = f"line {group.founder.line}" if group.founder else "the register"
        told = "no such"
        if other.key in _SINGLE:
            told = "another" if any(each.key == other.key for each in said) else "no"
        told = f"{told} {_WORDS.get(other.key, other.key)}"
        part.refuse(
            f"{giver} gives '{group.id}' {told}; a row adds evidence to a claim, and changes "
            "nothing else of it",
            under(part.node, other.key),
        )
        return False


_SINGLE = frozenset({"statement", "when", "note", "kind"})
_WORDS = {
    "when": "date",
    "asserts": "assertion",
    "about": "entity under about",
    "tags": "tag",
    "relations": "relation",
    "verdicts": "verdict",
}


def _refuse_all(parts: Sequence[Part], message: str) -> None:
    for part in parts:
        if not part.faults:
            part.refuse(message)


def _hear(part: Part, shape: ClaimShape, heard: Heard) -> None:
    items = under(part.node, "evidence")
    nodes = items.items if isinstance(items, SequenceNode) else ()
    for item, node in zip(shape.evidence, nodes, strict=True):
        known = heard.hear(item, part.line)
        if known is None:
            part.fresh.append(Fresh(item, node))
        else:
            part.known.append(known)


# ------------------------------------------------------------------------------------------ nodes


def under(node: MappingNode, name: str) -> Node | None:
    """What stands under the first key of that name; None for nothing."""
    for key, value in node.entries:
        if isinstance(key, Scalar) and key.text == name:
            return None if isinstance(value, Scalar) and value.core == "null" else value
    return None


def text_under(node: MappingNode, name: str) -> str | None:
    """The text under a key, if it is one."""
    found = under(node, name)
    return found.text if isinstance(found, Scalar) else None


def _completed(node: MappingNode, texts: Mapping[str, str]) -> MappingNode:
    """The mapping with texts under those of the keys that hold nothing in it."""
    lacking = {key for key in texts if under(node, key) is None}
    kept = ((k, v) for k, v in node.entries if not (isinstance(k, Scalar) and k.text in lacking))
    added = (
        (_scalar(key, node), _scalar(text, node)) for key, text in texts.items() if key in lacking
    )
    return MappingNode((*added, *kept), node.line, node.column)


def _scalar(text: str, at: Node) -> Scalar:
    return Scalar(text, "text", at.line, at.column)

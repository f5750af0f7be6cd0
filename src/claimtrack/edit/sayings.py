"""What rows say that is said already: of a claim, and in its evidence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from claimtrack.fingerprint import canonical_json, own_text
from claimtrack.reading.catalogue import Catalogue
from claimtrack.reading.nametable import NameTable
from claimtrack.reading.schema import ClaimShape, EvidenceShape
from claimtrack.reading.written import entity_key, written_assertion, written_evidence


@dataclass(frozen=True, slots=True)
class Saying:
    """One thing that is said of a claim beside its evidence: under which key, and what."""

    key: str
    text: str


def sayings(shape: ClaimShape, catalogue: Catalogue) -> Iterator[Saying]:
    """All that is said of a claim beside its id and its evidence, however names are spelt."""
    for key, scalar in (
        ("statement", shape.statement),
        ("when", shape.when),
        ("note", shape.note),
    ):
        if scalar is not None:
            yield Saying(key, own_text(scalar.text))
    if shape.kind is not None:
        yield Saying("kind", shape.kind)
    for assertion in shape.asserts:
        yield Saying("asserts", canonical_json(written_assertion(assertion, catalogue)))
    for name in shape.about:
        yield Saying("about", entity_key(name, catalogue.names))
    for tag in shape.tags:
        yield Saying("tags", own_text(tag.text))
    for relation in shape.relations:
        why = relation.why.text if relation.why else None
        for other in relation.claim:
            yield Saying("relations", canonical_json([relation.type, other.text, why]))
    for verdict in shape.verdicts:
        told = (verdict.rating, verdict.by, verdict.on, verdict.why, verdict.fingerprint)
        texts = [scalar.text if scalar else None for scalar in told]
        yield Saying("verdicts", canonical_json(texts))


# --------------------------------------------------------------------------------------- evidence


@dataclass(frozen=True, slots=True)
class Item:
    """An item of evidence as items are told apart: what a fingerprint takes, line and note."""

    judged: str
    line: int | None
    note: str | None

    @classmethod
    def of(cls, shape: EvidenceShape, names: NameTable) -> Item:
        """The item that a shape gives."""
        note = own_text(shape.note.text) if shape.note else None
        return cls(canonical_json(written_evidence(shape, names)), shape.line, note)

    def may_be(self, other: Item) -> bool:
        """Whether both are one item, of which either may lack the line or the note."""
        return (
            self.judged == other.judged
            and (self.line is None or other.line is None or self.line == other.line)
            and (self.note is None or other.note is None or self.note == other.note)
        )

    def adds_to(self, other: Item) -> list[str]:
        """What this one has of line and note, and the other has not."""
        return [key for key in ("line", "note") if getattr(self, key) and not getattr(other, key)]


@dataclass(frozen=True, slots=True)
class Known:
    """That an item is known: from the register, which may lack a part of it, or from a row."""

    lacking: tuple[str, ...] = ()
    row: int | None = None


class Heard:
    """The evidence of one claim: what the register holds of it, and what rows have said so far."""

    def __init__(self, held: Iterable[EvidenceShape], names: NameTable) -> None:
        self._names = names
        self._held: dict[str, list[Item]] = {}
        self._rows: dict[Item, int] = {}
        self._taken_back: dict[tuple[str, str | None], int] = {}
        for shape in held:
            item = Item.of(shape, names)
            self._held.setdefault(item.judged, []).append(item)

    def hear(self, shape: EvidenceShape, row: int) -> Known | None:
        """Note an item that the row with that number gives; None if it is new.

        An item that is held counts once for each time that it stands in the register. What an
        earlier row said is known, unless it was taken back in between: then it is said once more.
        """
        item = Item.of(shape, self._names)
        held = self._take(item)
        said = self._rows.get(item)
        speaker = (shape.source.text, entity_key(shape.by, self._names) if shape.by else None)
        is_said = said is not None and said < row and said >= self._taken_back.get(speaker, 0)
        self._rows[item] = row
        if shape.stance == "retracts":
            self._taken_back[speaker] = row
        if held is not None:
            return Known(lacking=tuple(item.adds_to(held)))
        return Known(row=said) if is_said else None

    def _take(self, item: Item) -> Item | None:
        held = self._held.get(item.judged, [])
        found = item if item in held else next((each for each in held if item.may_be(each)), None)
        if found is not None:
            held.remove(found)
        return found

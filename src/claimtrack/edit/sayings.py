"""What rows say that is said already: of a claim, and in its evidence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import compress

from claimtrack.fingerprint import canonical_json, own_text
from claimtrack.frozen import frozen
from claimtrack.model import Stance
from claimtrack.reading.desk import Catalogue
from claimtrack.reading.nametable import NameTable
from claimtrack.reading.schema import ClaimShape, EvidenceShape
from claimtrack.reading.written import entity_key, written_assertion


@frozen
class Said:
    """One thing that is said of a claim beside its evidence: under which key, and what."""

    key: str
    text: str


def sayings(shape: ClaimShape, catalogue: Catalogue) -> Iterator[Said]:
    """All that is said of a claim beside its id and its evidence, however names are spelt."""
    for key, scalar in (
        ("statement", shape.statement),
        ("when", shape.when),
        ("note", shape.note),
    ):
        if scalar is not None:
            yield Said(key, own_text(scalar.text))
    if shape.kind is not None:
        yield Said("kind", shape.kind)
    for assertion in shape.asserts:
        yield Said("asserts", canonical_json(written_assertion(assertion, catalogue)))
    for name in shape.about:
        yield Said("about", entity_key(name, catalogue.names))
    for tag in shape.tags:
        yield Said("tags", own_text(tag.text))
    for relation in shape.relations:
        why = relation.why.text if relation.why else None
        for other in relation.claim:
            yield Said("relations", canonical_json([relation.type, other.text, why]))
    for verdict in shape.verdicts:
        told = (verdict.rating, verdict.by, verdict.on, verdict.why, verdict.fingerprint)
        texts = [scalar.text if scalar else None for scalar in told]
        yield Said("verdicts", canonical_json(texts))


# --------------------------------------------------------------------------------------- evidence


_DETAILS = ("via", "credibility", "line", "note")
"""What of an item may be written later, or by somebody else."""


@frozen
class Testimony:
    """An item of evidence as items are told apart: who does what where, the words, and details."""

    voice: tuple[str, str, str | None]
    """Source, stance and speaker."""
    quote: str | None
    details: tuple[str | None, ...]

    @classmethod
    def of(cls, shape: EvidenceShape, names: NameTable) -> Testimony:
        """The item that a shape gives."""
        by = entity_key(shape.by, names) if shape.by else None
        has_via = "via" in shape.model_fields_set
        return cls(
            (shape.source.text, shape.stance or Stance.ASSERTS, by),
            own_text(shape.quote.text) if shape.quote else None,
            (
                canonical_json([entity_key(name, names) for name in shape.via])
                if has_via
                else None,
                shape.credibility.text if shape.credibility else None,
                str(shape.line) if shape.line else None,
                own_text(shape.note.text) if shape.note else None,
            ),
        )

    def may_be(self, other: Testimony) -> bool:
        """Whether the details that both have are the same."""
        pairs = zip(self.details, other.details, strict=True)
        return all(one is None or another is None or one == another for one, another in pairs)

    def adds_to(self, other: Testimony) -> tuple[str, ...]:
        """The details that this one has, and the other has not."""
        pairs = zip(self.details, other.details, strict=True)
        adds = (one is not None and another is None for one, another in pairs)
        return tuple(compress(_DETAILS, adds))


@frozen
class Known:
    """That an item is known: from the register, which may lack details of it, or from a row."""

    lacking: tuple[str, ...] = ()
    row: int | None = None


class Heard:
    """The evidence of one claim: what the register holds of it, and what rows have said so far."""

    def __init__(self, held: Iterable[EvidenceShape], names: NameTable) -> None:
        self._names = names
        self._held: dict[tuple[str, str, str | None], dict[str | None, list[Testimony]]] = {}
        self._rows: dict[Testimony, int] = {}
        self._taken_back: dict[tuple[str, str | None], int] = {}
        for item in (Testimony.of(shape, names) for shape in held):
            self._held.setdefault(item.voice, {}).setdefault(item.quote, []).append(item)

    def hear(self, shape: EvidenceShape, row: int) -> Known | None:
        """Note an item that the row with that number gives; None if it is new.

        An item that is held counts once for each time that it stands in the register. What an
        earlier row said is known, unless it was taken back in between: then it is said once more.
        """
        item = Testimony.of(shape, self._names)
        held = self._take(item)
        said = self._rows.get(item)
        source, stance, by = item.voice
        is_said = said is not None and self._taken_back.get((source, by), 0) <= said < row
        self._rows[item] = row
        if stance == Stance.RETRACTS:
            self._taken_back[source, by] = row
        if held is not None:
            return Known(lacking=item.adds_to(held))
        return Known(row=said) if is_said else None

    def _take(self, item: Testimony) -> Testimony | None:
        """The item that is held and not yet counted: the very same, or else one that it may be."""
        by_quote = self._held.get(item.voice, {})
        likely = by_quote.get(item.quote, [])
        for held in [likely] if item.quote is not None else [likely, *by_quote.values()]:
            alike = [item] if item in held else [each for each in held if item.may_be(each)]
            if alike:
                held.remove(alike[0])
                return alike[0]
        return None

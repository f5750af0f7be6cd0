"""Claims: names resolved, values read, and contradictions within one claim found."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TypeVar, cast

from claimtrack.diagnostic import Place, Related, did_you_mean
from claimtrack.engine.groups import colliding_pair
from claimtrack.engine.reach import reach
from claimtrack.model import (
    Assertion,
    Claim,
    Date,
    Evidence,
    Property,
    Rating,
    Relation,
    Stance,
    Verdict,
)
from claimtrack.reading.desk import Catalogue, Desk, Noting
from claimtrack.reading.entries import Entries
from claimtrack.reading.fitting import Entry, StreamedClaim
from claimtrack.reading.intervals import (
    ChoiceLines,
    entity_interval,
    plain_interval,
    plain_text,
    value_parts,
    value_text,
)
from claimtrack.reading.nametable import Undeclared
from claimtrack.reading.nodes import Scalar
from claimtrack.reading.quick import QuickReader
from claimtrack.reading.ranks import rank_loose_values
from claimtrack.reading.relations import circles, without_lost_relations
from claimtrack.reading.report import Report
from claimtrack.reading.scalars import read_date_at, text_of
from claimtrack.reading.schema import (
    AssertionShape,
    ClaimShape,
    EvidenceShape,
    NumberShape,
    RelationShape,
    VerdictShape,
)
from claimtrack.reading.written import claim_fingerprint
from claimtrack.values.interval import ALWAYS, Interval
from claimtrack.values.names import fold
from claimtrack.values.refusal import Refused


def read_claims(entries: Entries, catalogue: Catalogue, report: Report) -> dict[str, Claim]:
    """The sound claims in file order, their relations to claims left out taken away."""
    ranks, undeclared = rank_loose_values(entries, catalogue), Undeclared()
    desk = desk_for(entries, catalogue, report, ranks, undeclared)
    quick = QuickReader(desk)
    sound: dict[str, Claim] = {}
    for entry in entries.claims.values():
        claim = read_claim(desk, entry, quick)
        if claim is not None:
            sound[claim.id] = claim
    undeclared.report(catalogue.names, entries.files, report)
    for circle, told in circles(_superseded(sound), lambda key: sound[key].place):
        report.extend([told])
        for key in circle:
            del sound[key]
    return {key: without_lost_relations(claim, sound) for key, claim in sound.items()}


def _superseded(claims: Mapping[str, Claim]) -> dict[str, list[str]]:
    return {
        key: [c for r in claim.relations if r.type == "supersedes" for c in r.claims]
        for key, claim in claims.items()
    }


def desk_for(
    entries: Entries,
    catalogue: Catalogue,
    report: Report,
    ranks: Mapping[str, int],
    undeclared: Noting,
) -> Desk:
    """What the claims of a register are read against."""
    return Desk(
        catalogue=catalogue,
        report=report,
        known=entries.claims,
        known_sources=entries.sources,
        known_properties=entries.properties,
        choices=ChoiceLines.of(catalogue.properties),
        ranks=ranks,
        undeclared=undeclared,
    )


def read_claim(desk: Desk, entry: Entry[ClaimShape], quick: QuickReader) -> Claim | None:
    """The claim, or None if anything in it cannot stand, which is reported."""
    if isinstance(entry, StreamedClaim):
        claim = quick.read(entry.raw, entry.file, entry.base)
        if claim is not None:
            return claim
        desk.report.extend(entry.fit())
    return _ClaimReader(desk, entry).read(entry.shape) if entry.shape else None


class _Unsound(Exception):
    """A part of the claim has an error that is reported, or names something left out."""


P = TypeVar("P")
V = TypeVar("V")


class _ClaimReader:
    """Reads one claim."""

    def __init__(self, desk: Desk, entry: Entry[ClaimShape]) -> None:
        self._desk, self._entry = desk, entry
        self._sound = True
        self._reported: set[tuple[str, str]] = set()

    def read(self, shape: ClaimShape) -> Claim | None:
        """The claim, or None if anything in it cannot stand."""
        claim = Claim(
            id=shape.id.text,
            place=self._entry.place,
            statement=shape.statement.text,
            fingerprint=claim_fingerprint(shape, self._desk.catalogue),
            kind=shape.kind,
            asserts=tuple(self._each(self._assertion, shape.asserts)),
            when=next(self._each(self._date, [shape.when]), None),
            about=tuple(dict.fromkeys(self._each(self._entity, shape.about))),
            tags=tuple(tag.text for tag in shape.tags),
            evidence=tuple(self._each(self._evidence, shape.evidence)),
            relations=tuple(self._each(self._relation, shape.relations)),
            verdicts=tuple(self._each(self._verdict, shape.verdicts)),
            note=text_of(shape.note),
        )
        if self._sound:
            self._refuse_self_contradiction(claim)
        return claim if self._sound else None

    def _each(self, read: Callable[[P], V], parts: Iterable[P]) -> Iterator[V]:
        """What can be read of several parts; a part that cannot makes the claim unsound."""
        for part in parts:
            try:
                yield read(part)
            except _Unsound:
                self._sound = False

    def _place(self, scalar: Scalar) -> Place:
        return self._entry.at(scalar)

    def _error(self, code: str, message: str, scalar: Scalar) -> _Unsound:
        # One name misspelt throughout a claim is one mistake.
        if (code, message) not in self._reported:
            self._reported.add((code, message))
            self._desk.report.add(code, message, self._place(scalar), self._entry.id)
        return _Unsound()

    # ------------------------------------------------------------------------------ references

    def _entity(self, scalar: Scalar) -> str:
        """An entity's id, or the folded text of a name that none declares."""
        found = self._desk.catalogue.names.find(scalar.text)
        if len(found) > 1:
            if ("CT206", scalar.text) not in self._reported:
                self._reported.add(("CT206", scalar.text))
                names, place = self._desk.catalogue.names, self._place(scalar)
                names.report_shared(scalar.text, found, place, self._desk.report, self._entry.id)
            raise _Unsound
        if not found:
            return self._desk.undeclared.note(scalar.text, self._place(scalar), self._entry.id)
        if found[0] not in self._desk.catalogue.entities:
            raise _Unsound
        return found[0]

    def _reference(self, code: str, what: str, scalar: Scalar, known: Mapping[str, object]) -> str:
        if scalar.text not in known:
            hint = did_you_mean(scalar.text, known)
            raise self._error(code, f"no {what} has the id '{scalar.text}'{hint}", scalar)
        return scalar.text

    def _date(self, scalar: Scalar | None) -> Date | None:
        before = self._desk.report.noted
        date = read_date_at(scalar, self._entry.file, self._desk.report, self._entry.id)
        if self._desk.report.noted > before:
            raise _Unsound
        return date

    # ------------------------------------------------------------------------------- its parts

    def _evidence(self, shape: EvidenceShape) -> Evidence:
        source = self._reference("CT203", "source", shape.source, self._desk.known_sources)
        by = self._entity(shape.by) if shape.by else None
        via = tuple(self._entity(scalar) for scalar in shape.via)
        if source not in self._desk.catalogue.sources:
            raise _Unsound
        return Evidence(
            source=source,
            place=self._place(shape.source),
            stance=shape.stance or Stance.ASSERTS,
            by=by,
            via=via,
            quote=text_of(shape.quote),
            line=shape.line,
            credibility=int(shape.credibility.text) if shape.credibility else None,
            note=text_of(shape.note),
            quote_place=self._place(shape.quote) if shape.quote else None,
        )

    def _relation(self, shape: RelationShape) -> Relation:
        others = tuple(dict.fromkeys(self._each(self._other_claim, shape.claim)))
        return Relation(shape.type, others, text_of(shape.why))

    def _other_claim(self, scalar: Scalar) -> str:
        if scalar.text == self._entry.id:
            message = f"'{scalar.text}' is related to itself; name another claim"
            raise self._error("CT212", message, scalar)
        return self._reference("CT202", "claim", scalar, self._desk.known)

    def _verdict(self, shape: VerdictShape) -> Verdict:
        on = self._date(shape.on)
        return Verdict(
            rating=cast("Rating", shape.rating.text),
            place=self._place(shape.rating),
            by=text_of(shape.by),
            on=on.text if on else None,
            why=text_of(shape.why),
            fingerprint=text_of(shape.fingerprint),
        )

    # ------------------------------------------------------------------------------ assertions

    def _assertion(self, shape: AssertionShape) -> Assertion:
        property_id = self._reference(
            "CT205", "property", shape.property, self._desk.known_properties
        )
        subject = self._entity(shape.subject)
        of = self._desk.catalogue.properties.get(property_id)
        if of is None:
            raise _Unsound
        interval = self._interval(shape.value, of)
        during = self._date(shape.during)
        return Assertion(
            claim=self._entry.id,
            subject=subject,
            property=property_id,
            interval=interval,
            reach=reach(interval, of),
            during=during.days if during else ALWAYS,
            negated=bool(shape.negated),
            single=of.single,
            scope=self._scope(shape, of),
            text=value_text(shape.value),
            parts=value_parts(shape.value),
            entity=self._entity(plain_text(shape.value)) if of.type == "entity" else None,
            during_text=text_of(shape.during),
            scope_text=tuple((key.text, value.text) for key, value in shape.scope),
            subject_text=shape.subject.text,
            place=self._place(shape.subject),
        )

    def _interval(self, value: Scalar | NumberShape, of: Property) -> Interval:
        try:
            return self._read_value(value, of)
        except Refused as refused:
            unit = value.unit if isinstance(value, NumberShape) else None
            at = unit if unit and refused.code in ("CT408", "CT409") else first_scalar(value)
            raise self._error(refused.code, refused.message, at) from refused

    def _read_value(self, value: Scalar | NumberShape, of: Property) -> Interval:
        desk = self._desk
        if of.type != "entity":
            return plain_interval(value, of, desk.choices, desk.ranks)
        entity = self._entity(plain_text(value))
        return entity_interval(entity, of, desk.catalogue.places, desk.ranks)

    def _scope(self, shape: AssertionShape, of: Property) -> tuple[tuple[str, str], ...]:
        unknown = [key for key, _ in shape.scope if key.text not in of.scope]
        for key in unknown:
            hint = did_you_mean(key.text, of.scope)
            listed = hint or f"; it lists {', '.join(of.scope) or 'none'}"
            self._error("CT413", f"'{key.text}' is no scope key of {of.id}{listed}", key)
        if unknown:
            raise _Unsound
        return tuple(sorted((key.text, fold(value.text)) for key, value in shape.scope))

    def _refuse_self_contradiction(self, claim: Claim) -> None:
        pair = colliding_pair(claim.asserts)
        if pair is None:
            return
        first, second = pair
        place = second.place or claim.place
        related = [Related(first.place or claim.place, f"'{_told(first)}'")]
        message = (
            f"'{claim.id}' contradicts itself: {first.subject} {first.property} cannot be both "
            f"'{_told(first)}' and '{_told(second)}'; make them two claims"
        )
        self._desk.report.add("CT501", message, place, claim.id, related)
        self._sound = False


def first_scalar(value: Scalar | NumberShape) -> Scalar:
    """Where a value begins."""
    if isinstance(value, Scalar):
        return value
    parts = (value.value, value.about, value.min, value.max, value.unit)
    return next(part for part in parts if part is not None)


def _told(assertion: Assertion) -> str:
    return f"not {assertion.text}" if assertion.negated else assertion.text

"""Values of a register as bytes and back: tuples of plain values, as ``marshal`` writes them.

Lines are kept relative to where the text that holds a value begins, so that an edit above it moves
nothing. What lies on no tree (an undeclared entity, a text) is kept by its folded text: its number
depends on what else is there, and is given anew to whatever is loaded together.
"""

from __future__ import annotations

import marshal
from collections.abc import Callable, Iterable, Iterator, Mapping
from fractions import Fraction
from typing import Any

from claimtrack.diagnostic import Diagnostic, Place, Related
from claimtrack.model import (
    Alias,
    Assertion,
    Claim,
    Date,
    Entity,
    Evidence,
    Property,
    Relation,
    Review,
    Source,
    Stance,
    Tolerance,
    Verdict,
)
from claimtrack.values.interval import ALWAYS, End, Interval, point

Packed = Any
"""Tuples, texts, numbers and None, as ``marshal`` takes them."""
Spot = tuple[int, int, int]
"""A place: the number of the stretch of text that holds it, lines from its first, column from 1."""

_STANCES = {str(stance): stance for stance in Stance}


# ------------------------------------------------------------------------------------------ values


def _end(end: End) -> Packed:
    return (end.numerator, end.denominator) if isinstance(end, Fraction) else end


def _end_of(packed: Packed) -> End:
    return Fraction(*packed) if type(packed) is tuple else packed


def _interval(interval: Interval) -> Packed:
    return None if interval is ALWAYS else (_end(interval.low), _end(interval.high))


def _interval_of(packed: Packed) -> Interval:
    # Whoever compares periods asks whether one is this very value.
    return ALWAYS if packed is None else Interval(_end_of(packed[0]), _end_of(packed[1]))


def _date(date: Date | None) -> Packed:
    return None if date is None else (date.text, *_interval(date.days))


def _date_of(packed: Packed) -> Date | None:
    if packed is None:
        return None
    text, low, high = packed
    return Date(text, Interval(_end_of(low), _end_of(high)))


# ------------------------------------------------------------------------------------------ claims


def pack_claim(claim: Claim, line: int, loose: Callable[[Assertion], str | None]) -> bytes:
    """A claim as bytes. ``line`` is its first, ``loose`` the folded text of a value on no tree."""
    return marshal.dumps(
        (
            claim.id,
            claim.place.line - line,
            claim.place.column,
            claim.statement,
            claim.fingerprint,
            claim.kind,
            [_assertion(each, line, loose(each)) for each in claim.asserts],
            _date(claim.when),
            claim.about,
            claim.tags,
            [_evidence(each, line) for each in claim.evidence],
            [(each.type, each.claims, each.why) for each in claim.relations],
            [_verdict(each, line) for each in claim.verdicts],
            claim.note,
        )
    )


def _spot(place: Place | None, line: int) -> Packed:
    return None if place is None else (place.line - line, place.column)


def _assertion(each: Assertion, line: int, loose: str | None) -> Packed:
    return (
        each.subject,
        each.property,
        loose if loose is not None else (_interval(each.interval), _interval(each.reach)),
        _interval(each.during),
        each.negated,
        each.single,
        each.scope,
        each.text,
        each.parts,
        each.entity,
        each.during_text,
        each.scope_text,
        each.subject_text,
        _spot(each.place, line),
    )


def _evidence(each: Evidence, line: int) -> Packed:
    return (
        each.source,
        _spot(each.place, line),
        str(each.stance),
        each.by,
        each.via,
        each.quote,
        each.line,
        each.credibility,
        each.note,
        _spot(each.quote_place, line),
    )


def _verdict(each: Verdict, line: int) -> Packed:
    spot = _spot(each.place, line)
    return (each.rating, spot, each.by, each.on, each.why, each.fingerprint)


class Loading:
    """Claims that are loaded together, and so numbered together where no tree numbers them."""

    def __init__(self, bodies: Iterable[tuple[bytes, str, int]], first: int) -> None:
        """``bodies`` are claims with their file and first line; ``first`` is the first number."""
        self._bodies = [(marshal.loads(body), file, line) for body, file, line in bodies]
        texts = {
            each[2] for packed, _, _ in self._bodies for each in packed[6] if type(each[2]) is str
        }
        self._ranks = {text: first + rank for rank, text in enumerate(sorted(texts))}

    def claims(self) -> Iterator[Claim]:
        """The claims, in the order given."""
        for packed, file, line in self._bodies:
            yield _claim(packed, file, line, self._ranks)


def _claim(packed: Packed, file: str, line: int, ranks: Mapping[str, int]) -> Claim:
    (
        claim, below, column, statement, fingerprint, kind, asserts,
        when, about, tags, evidence, relations, verdicts, note,
    ) = packed  # fmt: skip
    return Claim(
        claim,
        Place(file, below + line, column),
        statement,
        fingerprint,
        kind,
        tuple([_assertion_of(each, claim, file, line, ranks) for each in asserts]),
        _date_of(when),
        about,
        tags,
        tuple([_evidence_of(each, file, line) for each in evidence]),
        tuple([Relation(*each) for each in relations]),
        tuple([_verdict_of(each, file, line) for each in verdicts]),
        note,
    )


def _place_of(spot: Packed, file: str, line: int) -> Place:
    return Place(file, spot[0] + line, spot[1])


def _assertion_of(
    packed: Packed, claim: str, file: str, line: int, ranks: Mapping[str, int]
) -> Assertion:
    (
        subject, of, ends, during, negated, single, scope,
        text, parts, entity, during_text, scope_text, subject_text, spot,
    ) = packed  # fmt: skip
    if type(ends) is str:
        interval = reach = point(ranks[ends])
    else:
        interval, reach = map(_interval_of, ends)
    return Assertion(
        claim,
        subject,
        of,
        interval,
        reach,
        _interval_of(during),
        negated,
        single,
        scope,
        text,
        parts,
        entity,
        during_text,
        scope_text,
        subject_text,
        None if spot is None else _place_of(spot, file, line),
    )


def _evidence_of(packed: Packed, file: str, line: int) -> Evidence:
    source, spot, stance, by, via, quote, quote_line, credibility, note, quote_spot = packed
    return Evidence(
        source,
        _place_of(spot, file, line),
        _STANCES[stance],
        by,
        via,
        quote,
        quote_line,
        credibility,
        note,
        None if quote_spot is None else _place_of(quote_spot, file, line),
    )


def _verdict_of(packed: Packed, file: str, line: int) -> Verdict:
    rating, spot, by, on, why, fingerprint = packed
    return Verdict(rating, _place_of(spot, file, line), by, on, why, fingerprint)


# --------------------------------------------------------------------------------------- catalogue

Finder = Callable[[Place], Spot]
"""Says in which stretch of text a place lies."""
Shower = Callable[[Spot], Place]
"""Says where a stretch of text now has what was at a place in it."""


def _found(place: Place | None, find: Finder) -> Packed:
    return None if place is None else find(place)


def _shown(spot: Packed, show: Shower) -> Place | None:
    return None if spot is None else show(spot)


def pack_source(source: Source, find: Finder) -> bytes:
    """A source as bytes."""
    return marshal.dumps(
        (
            source.id,
            find(source.place),
            source.file,
            source.sha256,
            source.title,
            source.publisher,
            source.author,
            source.url,
            source.language,
            source.note,
            _date(source.published),
            _date(source.retrieved),
            source.genre,
            source.reliability,
            source.basis,
            source.derived_from,
            source.maker,
            _found(source.file_place, find),
            _found(source.sha256_place, find),
        )
    )


def source_of(body: bytes, show: Shower) -> Source:
    """The source that was packed."""
    packed: Packed = marshal.loads(body)
    texts: Packed = packed[2:10]
    judged: Packed = packed[12:17]
    read: Any = Source
    source: Source = read(
        packed[0],
        show(packed[1]),
        *texts,
        _date_of(packed[10]),
        _date_of(packed[11]),
        *judged,
        _shown(packed[17], show),
        _shown(packed[18], show),
    )
    return source


def pack_entity(entity: Entity, find: Finder) -> bytes:
    """An entity as bytes."""
    return marshal.dumps(
        (
            entity.id,
            find(entity.place),
            entity.name,
            entity.kind,
            [(alias.name, alias.note) for alias in entity.aliases],
            entity.anonymous,
            entity.part_of,
        )
    )


def entity_of(body: bytes, show: Shower) -> Entity:
    """The entity that was packed."""
    key, spot, name, kind, aliases, anonymous, above = marshal.loads(body)
    known = tuple(Alias(*alias) for alias in aliases)
    return Entity(key, show(spot), name, kind, known, anonymous, above)


def pack_property(of: Property, find: Finder) -> bytes:
    """A property as bytes."""
    tolerance = of.tolerance
    room: Packed = tolerance and (tolerance.text, _end(tolerance.gap), _end(tolerance.share))
    written: Packed = of.written
    return marshal.dumps(
        (
            of.id,
            find(of.place),
            of.type,
            of.unit,
            of.single,
            room,
            _end(of.about_ratio),
            of.scope,
            of.nested,
            of.only_tension,
            dict(of.choices),
            written,
        )
    )


def property_of(body: bytes, show: Shower) -> Property:
    """The property that was packed."""
    key, spot, kind, unit, single, room, ratio, scope, nested, tension, choices, written = (
        marshal.loads(body)
    )
    return Property(
        key,
        show(spot),
        kind,
        unit,
        single,
        room and Tolerance(room[0], _gap_of(room[1]), Fraction(_gap_of(room[2]))),
        Fraction(_gap_of(ratio)),
        scope,
        nested,
        tension,
        choices,
        written,
    )


def _gap_of(packed: Packed) -> int | Fraction:
    return Fraction(*packed) if type(packed) is tuple else packed


_ENTRIES: dict[str, Callable[[bytes, Shower], Any]] = {
    "source": source_of,
    "entity": entity_of,
    "property": property_of,
}


def entry_of(kind: str, body: bytes, show: Shower) -> Any:
    """The source, entity or property that was packed."""
    return _ENTRIES[kind](body, show)


# ------------------------------------------------------------------------ decisions and diagnostics


def pack_review(review: Review, find: Finder) -> bytes:
    """A review as bytes."""
    return marshal.dumps(
        (
            find(review.place),
            review.decision,
            review.conflict,
            review.dispute,
            review.claim,
            review.by,
            review.on,
            review.why,
            review.fingerprint,
        )
    )


def review_of(body: bytes, show: Shower) -> Review:
    """The review that was packed."""
    spot, *fields = marshal.loads(body)
    return Review(show(spot), *fields)


def pack_diagnostic(each: Diagnostic, find: Finder) -> bytes:
    """A diagnostic as bytes."""
    related = [(find(also.place), also.message) for also in each.related]
    return marshal.dumps((each.code, each.message, find(each.place), each.claim, related))


def diagnostic_of(body: bytes, show: Shower) -> Diagnostic:
    """The diagnostic that was packed."""
    code, message, spot, claim, related = marshal.loads(body)
    also = tuple(Related(show(at), told) for at, told in related)
    return Diagnostic(code, message, show(spot), claim, also)

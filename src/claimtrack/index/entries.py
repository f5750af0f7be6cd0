"""Sources, entities, properties, reviews and diagnostics as bytes and back."""

from __future__ import annotations

import marshal
from collections.abc import Callable
from fractions import Fraction
from typing import Any

from claimtrack.diagnostic import Diagnostic, Place, Related
from claimtrack.index.packing import Packed, pack_date, pack_end, unpack_date
from claimtrack.model import Alias, Entity, Property, Review, Source, Tolerance

Spot = tuple[int | str, int, int]
"""A place: the number of the stretch of text that holds it, lines from its first, column from 1.

One in a file that is none of the register's own is that file, with its line.
"""


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
            pack_date(source.published),
            pack_date(source.retrieved),
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
        unpack_date(packed[10]),
        unpack_date(packed[11]),
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
    room: Packed = tolerance and (
        tolerance.text,
        pack_end(tolerance.gap),
        pack_end(tolerance.share),
    )
    written: Packed = of.written
    return marshal.dumps(
        (
            of.id,
            find(of.place),
            of.type,
            of.unit,
            of.single,
            room,
            pack_end(of.about_ratio),
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

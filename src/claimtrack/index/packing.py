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

from claimtrack.diagnostic import Place
from claimtrack.model import (
    Assertion,
    Claim,
    Date,
    Evidence,
    Relation,
    Stance,
    Verdict,
)
from claimtrack.values.interval import ALWAYS, End, Interval, point

Packed = Any
"""Tuples, texts, numbers and None, as ``marshal`` takes them."""

_STANCES = {str(stance): stance for stance in Stance}


# ------------------------------------------------------------------------------------------ values


def pack_end(end: End) -> Packed:
    """An end of an interval, exactly."""
    return (end.numerator, end.denominator) if isinstance(end, Fraction) else end


def unpack_end(packed: Packed) -> End:
    """The end that was packed."""
    return Fraction(*packed) if type(packed) is tuple else packed


def _interval(interval: Interval) -> Packed:
    return None if interval is ALWAYS else (pack_end(interval.low), pack_end(interval.high))


def _interval_of(packed: Packed) -> Interval:
    # Whoever compares periods asks whether one is this very value.
    return ALWAYS if packed is None else Interval(unpack_end(packed[0]), unpack_end(packed[1]))


def pack_date(date: Date | None) -> Packed:
    """A date with its days, or none."""
    return date and (date.text, pack_end(date.days.low), pack_end(date.days.high))


def unpack_date(packed: Packed) -> Date | None:
    """The date that was packed."""
    if packed is None:
        return None
    text, low, high = packed
    return Date(text, Interval(unpack_end(low), unpack_end(high)))


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
            pack_date(claim.when),
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

    def __init__(self, bodies: Iterable[tuple[bytes, str, int]]) -> None:
        """``bodies`` are claims with their file and first line."""
        self._bodies = [(marshal.loads(body), file, line) for body, file, line in bodies]

    def ranks(self, first: int) -> dict[str, int]:
        """Numbers from the first on for what no tree numbers, in the order of the texts."""
        texts = {
            each[2] for packed, _, _ in self._bodies for each in packed[6] if type(each[2]) is str
        }
        return {text: first + rank for rank, text in enumerate(sorted(texts))}

    def claims(self, ranks: Mapping[str, int]) -> Iterator[Claim]:
        """The claims, in the order given, with those numbers or others."""
        for packed, file, line in self._bodies:
            yield _claim(packed, file, line, ranks)


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
        unpack_date(when),
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

"""Claims in which everything is sound and plain, straight from their raw nodes.

What this reader gives is exactly what a claim's shape and ``claims.read_claim`` give. It gives
nothing as soon as there is anything to say of a claim but that a name is undeclared: what is wrong,
and where, is then for those to find. It needs neither Pydantic nor YAML.
"""

from __future__ import annotations

from json.encoder import encode_basestring
from typing import cast, get_args

from claimtrack.diagnostic import Place
from claimtrack.engine.groups import colliding_pair
from claimtrack.engine.reach import reach
from claimtrack.fingerprint import digest, own_text
from claimtrack.model import (
    Assertion,
    Claim,
    Date,
    Evidence,
    Kind,
    Property,
    Rating,
    Relation,
    RelationType,
    Stance,
    Verdict,
)
from claimtrack.reading.desk import Desk
from claimtrack.reading.intervals import (
    Parts,
    entity_interval,
    plain_interval,
    value_parts,
    value_text,
)
from claimtrack.reading.plain import (
    NotPlain,
    boolean_in,
    by_key,
    items_in,
    keyed,
    number_in_parts,
    text_if_any,
    text_in,
    whole_in,
    word_in,
)
from claimtrack.reading.raw import Raw, scalar_of
from claimtrack.values.edtf import read_date
from claimtrack.values.interval import ALWAYS, Interval
from claimtrack.values.names import ID, fold
from claimtrack.values.refusal import Refused

CLAIM = frozenset(
    (
        "id",
        "statement",
        "kind",
        "asserts",
        "when",
        "about",
        "tags",
        "evidence",
        "relations",
        "verdicts",
        "note",
    )
)
ASSERTION = frozenset(("subject", "property", "value", "negated", "during", "scope"))
EVIDENCE = frozenset(("source", "stance", "by", "via", "quote", "line", "credibility", "note"))
RELATION = frozenset(("type", "claim", "why"))
VERDICT = frozenset(("rating", "by", "on", "why", "fingerprint"))
"""The keys of a claim and of its parts."""

_KINDS = frozenset(get_args(Kind))
_STANCES = {stance.value: stance for stance in Stance}
_RELATION_TYPES = frozenset(get_args(RelationType))
_RATINGS = frozenset(get_args(Rating))


_REMEMBERED = 1 << 15
"""Names or values of which, where there are more, what they mean is found out anew."""


class QuickReader:
    """Reads claims one after another, and remembers what the names and values in them mean."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._sources, self._properties = desk.catalogue.sources, desk.catalogue.properties
        self._entities: dict[str, str] = {}
        self._strangers: dict[str, str] = {}
        self._dates: dict[str, Date] = {}
        self._intervals: dict[tuple[object, ...], tuple[Interval, Interval]] = {}
        self._file, self._line = "", 0
        self._undeclared: list[tuple[str, Place]] = []

    def read(self, raw: Raw, file: str, line: int) -> Claim | None:
        """The claim, or None where it is not certain that it can be read without an error.

        ``line`` is the line of the file that counts as 0. Names that no entity declares are noted,
        if there is a claim.
        """
        self._file, self._line, self._undeclared = file, line, []
        for known in (self._intervals, self._entities, self._strangers, self._dates):
            if len(known) > _REMEMBERED:
                known.clear()
        try:
            claim = self._claim(raw)
        except (NotPlain, Refused):
            return None
        for text, place in self._undeclared:
            self._desk.undeclared.note(text, place, claim.id)
        return claim

    def _claim(self, raw: Raw) -> Claim:
        held = keyed(raw, CLAIM)
        key, statement = text_in(held.get("id")), text_in(held.get("statement"))
        if ID.fullmatch(key) is None:
            raise NotPlain
        said, when = held.get("asserts"), held.get("when")
        one_alone = said is not None and said[1] == "mapping"
        listed = [cast("Raw", said)] if one_alone else items_in(said)
        asserts = [self._assertion(each, key) for each in listed]
        about = dict.fromkeys([self._entity(each) for each in items_in(held.get("about"))])
        evidence = [self._evidence(each) for each in items_in(held.get("evidence"))]
        told = ",".join([written for _, written in asserts])
        borne_out = ",".join([written for _, written in evidence])
        claim = Claim(
            key,
            self._place(held["id"]),
            statement,
            digest(
                f'{{"asserts":[{told}],"evidence":[{borne_out}],"statement":{_quoted(statement)}}}'
            ),
            cast("Kind | None", word_in(held.get("kind"), _KINDS)),
            tuple([assertion for assertion, _ in asserts]),
            None if when is None else self._date(when),
            tuple(about),
            tuple([text_in(each) for each in items_in(held.get("tags"))]),
            tuple([each for each, _ in evidence]),
            tuple([self._relation(each, key) for each in items_in(held.get("relations"))]),
            tuple([self._verdict(each) for each in items_in(held.get("verdicts"))]),
            text_if_any(held.get("note")),
        )
        if len(asserts) > 1 and colliding_pair(claim.asserts) is not None:
            raise NotPlain
        return claim

    def _place(self, raw: Raw) -> Place:
        return Place(self._file, self._line + raw[2], raw[3])

    # ------------------------------------------------------------------------ names and dates

    def _entity(self, raw: Raw | None) -> str:
        """An entity's id, or the folded text of a name that none declares, which is kept."""
        text = text_in(raw)
        return self._entities.get(text) or self._looked_up(text, cast("Raw", raw))

    def _looked_up(self, text: str, raw: Raw) -> str:
        folded = self._strangers.get(text)
        if folded is None:
            found = self._desk.catalogue.names.find(text)
            if found:
                if len(found) > 1 or found[0] not in self._desk.catalogue.entities:
                    raise NotPlain
                self._entities[text] = found[0]
                return found[0]
            folded = self._strangers[text] = fold(text)
        self._undeclared.append((text, self._place(raw)))
        return folded

    def _date(self, raw: Raw) -> Date:
        text = text_in(raw)
        date = self._dates.get(text)
        if date is None:
            date = self._dates[text] = Date(text, read_date(text))
        return date

    # ------------------------------------------------------------------------------ its parts

    def _evidence(self, raw: Raw) -> tuple[Evidence, str]:
        """An item of evidence, and how it goes into its claim's fingerprint."""
        held = keyed(raw, EVIDENCE)
        source = text_in(held.get("source"))
        if source not in self._sources:
            raise NotPlain
        spoken, quote_at, via_at = held.get("by"), held.get("quote"), held.get("via")
        stance, credibility = word_in(held.get("stance"), _STANCES), held.get("credibility")
        by = None if spoken is None else self._entity(spoken)
        via = () if via_at is None else tuple([self._entity(each) for each in items_in(via_at)])
        quote = text_if_any(quote_at)
        line = held.get("line")
        evidence = Evidence(
            source,
            self._place(held["source"]),
            Stance.ASSERTS if stance is None else _STANCES[stance],
            by,
            via,
            quote,
            None if line is None else whole_in(line, 10**12),
            None if credibility is None else whole_in(credibility, 6),
            text_if_any(held.get("note")),
            None if quote_at is None else self._place(quote_at),
        )
        written = "{"
        if by is not None:
            written += f'"by":{encode_basestring(by)},'
        if credibility is not None:
            written += f'"credibility":"{credibility[0]}",'
        if quote is not None:
            written += f'"quote":{_quoted(quote)},'
        written += f'"source":{_quoted(source)},"stance":"{stance or "asserts"}"'
        if via_at is not None:
            written += f',"via":[{",".join(map(encode_basestring, via))}]'
        return evidence, written + "}"

    def _relation(self, raw: Raw, claim: str) -> Relation:
        held = keyed(raw, RELATION)
        kind, named = word_in(held.get("type"), _RELATION_TYPES), held.get("claim")
        if kind is None or named is None:
            raise NotPlain
        others = [text_in(each) for each in (named[0] if named[1] == "list" else [named])]
        if not others or claim in others or not all(each in self._desk.known for each in others):
            raise NotPlain
        return Relation(
            cast("RelationType", kind),
            tuple(dict.fromkeys(others)),
            text_if_any(held.get("why")),
        )

    def _verdict(self, raw: Raw) -> Verdict:
        held = keyed(raw, VERDICT)
        rating, on = word_in(held.get("rating"), _RATINGS), held.get("on")
        if rating is None:
            raise NotPlain
        return Verdict(
            cast("Rating", rating),
            self._place(held["rating"]),
            text_if_any(held.get("by")),
            None if on is None else self._date(on).text,
            text_if_any(held.get("why")),
            text_if_any(held.get("fingerprint")),
        )

    # ----------------------------------------------------------------------------- assertions

    def _assertion(self, raw: Raw, claim: str) -> tuple[Assertion, str]:
        """An assertion, and how it goes into its claim's fingerprint."""
        held = keyed(raw, ASSERTION)
        of = self._properties.get(text_in(held.get("property")))
        subject_at, value_at = held.get("subject"), held.get("value")
        if of is None or subject_at is None or value_at is None:
            raise NotPlain
        subject = self._entity(subject_at)
        value: Parts | None = None
        parts: tuple[tuple[str, str], ...] = ()
        if value_at[1] == "mapping":
            value = number_in_parts(value_at)
            text, parts = value_text(value), value_parts(value)
        else:
            text = text_in(value_at)
        entity = self._entity(value_at) if of.type == "entity" else None
        told = (parts or text) if entity is None else entity
        interval, reached = self._interval(of, value_at, value, told)
        period, scope_at = held.get("during"), held.get("scope")
        during = None if period is None else self._date(period)
        negated = "negated" in held and boolean_in(held["negated"])
        scope = () if scope_at is None else _scope(scope_at, of)
        assertion = Assertion(
            claim,
            subject,
            of.id,
            interval,
            reached,
            ALWAYS if during is None else during.days,
            negated,
            of.single,
            tuple(sorted([(key, fold(limit)) for key, limit in scope])),
            text,
            parts,
            entity,
            None if during is None else during.text,
            scope,
            subject_at[0],
            self._place(subject_at),
        )
        written = "{" if during is None else f'{{"during":{_quoted(during.text)},'
        written += f'"negated":{"true" if negated else "false"},"property":{_quoted(of.id)},'
        if scope_at is not None:
            written += f'"scope":{_written_scope(scope)},'
        written += f'"subject":{encode_basestring(subject)},"value":'
        if parts:
            written += _written_parts(parts)
        elif of.type == "boolean":
            written += text.lower()
        else:
            written += _quoted(text) if entity is None else encode_basestring(entity)
        return assertion, written + "}"

    def _interval(
        self, of: Property, raw: Raw, parts: Parts | None, told: object
    ) -> tuple[Interval, Interval]:
        """Where a value lies and how far it reaches; ``told`` is what tells it from others."""
        # A text is no number or boolean, though it may be spelt like one.
        key = (of.id, raw[1], told)
        found = self._intervals.get(key)
        if found is None:
            interval = self._read_value(of, raw, parts, told)
            found = self._intervals[key] = interval, reach(interval, of)
        return found

    def _read_value(self, of: Property, raw: Raw, parts: Parts | None, told: object) -> Interval:
        desk = self._desk
        try:
            if of.type == "entity":
                return entity_interval(str(told), of, desk.catalogue.places, desk.ranks)
            value = scalar_of(raw, 0) if parts is None else parts
            return plain_interval(value, of, desk.choices, desk.ranks)
        except KeyError as error:  # for a text without a rank: its claim does not fit
            raise NotPlain from error


def _scope(raw: Raw, of: Property) -> tuple[tuple[str, str], ...]:
    held = by_key(raw)
    if not all(key in of.scope for key in held):
        raise NotPlain
    return tuple([(key, text_in(limit)) for key, limit in held.items()])


# ------------------------------------------------------------------------ what is fingerprinted


def _quoted(text: str) -> str:
    return encode_basestring(own_text(text))


def _written_parts(parts: tuple[tuple[str, str], ...]) -> str:
    """A number in parts as JSON."""
    return "{" + ",".join([f'"{name}":{_quoted(text)}' for name, text in sorted(parts)]) + "}"


def _written_scope(scope: tuple[tuple[str, str], ...]) -> str:
    """A scope as JSON, its keys ordered by their UTF-16 code units."""
    limits = {own_text(key): limit for key, limit in scope}
    order = sorted(limits, key=lambda key: key.encode("utf-16-be"))
    return (
        "{" + ",".join([f"{encode_basestring(key)}:{_quoted(limits[key])}" for key in order]) + "}"
    )

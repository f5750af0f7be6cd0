"""What a sound register holds: frozen values with the field's own names.

Names of entities are resolved to their ids (an undeclared one is its folded text), dates and values
are intervals, and everything that a finding may point at knows its place.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from fractions import Fraction
from typing import Literal

from claimtrack.diagnostic import Place
from claimtrack.fingerprint import Written
from claimtrack.frozen import field, frozen
from claimtrack.values.interval import Interval


class Stance(StrEnum):
    """What a speaker does with a statement."""

    ASSERTS = "asserts"
    REPORTS = "reports"
    SPECULATES = "speculates"
    QUESTIONS = "questions"
    DENIES = "denies"
    RETRACTS = "retracts"

    @property
    def is_firm(self) -> bool:
        """Whether it supports the statement without a hedge."""
        return self in (Stance.ASSERTS, Stance.REPORTS)

    @property
    def is_support(self) -> bool:
        """Whether it supports the statement, firmly or weakly."""
        return self.is_firm or self is Stance.SPECULATES

    @property
    def is_dispute(self) -> bool:
        """Whether it speaks against the statement."""
        return self in (Stance.QUESTIONS, Stance.DENIES)


RelationType = Literal[
    "contradicts",
    "tension",
    "supports",
    "refines",
    "supersedes",
    "same-as",
    "states",
    "depends-on",
]
Rating = Literal["confirmed", "refuted", "misleading", "unproven", "withdrawn"]
Decision = Literal["prevails", "compatible", "unresolved", "upheld", "dismissed"]
ValueType = Literal["number", "date", "entity", "choice", "boolean", "text"]
Genre = Literal["news", "analysis", "opinion", "statement", "document", "social", "reference"]
Kind = Literal[
    "event", "utterance", "measurement", "location", "relation", "policy", "motive", "forecast"
]
Reliability = Literal["A", "B", "C", "D", "E", "F"]
CatalogueKind = Literal["source", "entity", "property"]
CATALOGUE_KINDS: tuple[CatalogueKind, ...] = ("source", "entity", "property")


@frozen
class Date:
    """A date as written (EDTF) and its first and last day."""

    text: str
    days: Interval


@frozen
class Source:
    """A document that claims are read from, with its Admiralty reliability (A-F)."""

    id: str
    place: Place
    file: str | None = None
    sha256: str | None = None
    title: str | None = None
    publisher: str | None = None
    author: str | None = None
    url: str | None = None
    language: str | None = None
    note: str | None = None
    published: Date | None = None
    retrieved: Date | None = None
    genre: Genre | None = None
    reliability: Reliability | None = None
    basis: str | None = None
    derived_from: tuple[str, ...] = ()
    maker: str | None = None
    """The entity, not anonymous, that its publisher or else its author names."""
    file_place: Place | None = None
    sha256_place: Place | None = None


@frozen
class Alias:
    """A further name of an entity."""

    name: str
    note: str | None = None


@frozen
class Entity:
    """A person, place, body or thing that claims are about."""

    id: str
    place: Place
    name: str | None = None
    kind: str | None = None
    aliases: tuple[Alias, ...] = ()
    anonymous: bool = False
    part_of: str | None = None


@frozen
class Tolerance:
    """How far two values may be apart and still agree: in the property's unit (days), or a share.

    ``text`` is as written; ``share`` 1/10 means that the larger magnitude is at most 1.10 times
    the smaller.
    """

    text: str
    gap: int | Fraction = 0
    share: Fraction = Fraction(0)


@frozen
class Property:
    """What can be said of an entity, and when two values of it collide."""

    id: str
    place: Place
    type: ValueType
    unit: str | None = None
    single: bool = False
    tolerance: Tolerance | None = None
    about_ratio: Fraction = Fraction(1, 10)
    scope: tuple[str, ...] = ()
    nested: bool = True
    only_tension: bool = False
    choices: Mapping[str, str | None] = field(default_factory=dict)
    written: Written | None = None
    """The definition as written, in the shape that fingerprints take."""


@frozen
class Assertion:
    """What a claim says in a structured way: a value that a subject's property has, or has not.

    ``interval`` is where the value lies on the property's line; ``reach`` is that with half-open
    room for the tolerance, so that two values are compatible while their reaches share a point.
    """

    claim: str
    subject: str
    property: str
    interval: Interval
    reach: Interval
    during: Interval
    negated: bool = False
    single: bool = False
    scope: tuple[tuple[str, str], ...] = ()
    text: str = ""
    parts: tuple[tuple[str, str], ...] = ()
    """The parts of a number written in parts, by name: about, min, max, value, unit."""
    entity: str | None = None
    """The value of an entity property: its id, or the folded text of an undeclared one."""
    during_text: str | None = None
    scope_text: tuple[tuple[str, str], ...] = ()
    subject_text: str = ""
    """The subject as written, which a name that no entity declares is shown as."""
    place: Place | None = None


@frozen
class Evidence:
    """One item of evidence: who takes what stance toward the claim, in which source."""

    source: str
    place: Place
    stance: Stance = Stance.ASSERTS
    by: str | None = None
    via: tuple[str, ...] = ()
    quote: str | None = None
    line: int | None = None
    credibility: int | None = None
    note: str | None = None
    quote_place: Place | None = None


@frozen
class Relation:
    """How a claim stands to one or more others, and why."""

    type: RelationType
    claims: tuple[str, ...]
    why: str | None = None


@frozen
class Verdict:
    """A person's judgement of a claim, with the fingerprint of what they judged."""

    rating: Rating
    place: Place
    by: str | None = None
    on: str | None = None
    why: str | None = None
    fingerprint: str | None = None

    def is_stale(self, fingerprint: str) -> bool:
        """Whether the claim, which has that fingerprint now, has changed since it was judged.

        A verdict without a fingerprint is undated, and never stale.
        """
        return self.fingerprint is not None and self.fingerprint != fingerprint


@frozen
class Claim:
    """One proposition, with what was written of it."""

    id: str
    place: Place
    statement: str
    fingerprint: str
    kind: Kind | None = None
    asserts: tuple[Assertion, ...] = ()
    when: Date | None = None
    about: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    relations: tuple[Relation, ...] = ()
    verdicts: tuple[Verdict, ...] = ()
    note: str | None = None


@frozen
class Review:
    """A person's decision on a conflict or on a claim's dispute."""

    place: Place
    decision: Decision
    conflict: str | None = None
    dispute: str | None = None
    claim: str | None = None
    by: str | None = None
    on: str | None = None
    why: str | None = None
    fingerprint: str | None = None

    @property
    def about(self) -> str:
        """The conflict, or the claim in dispute, that was decided on."""
        return (self.dispute if self.conflict is None else self.conflict) or ""

    @property
    def prevailing(self) -> str | None:
        """The claim that prevails, if that is what was decided."""
        return self.claim if self.decision == "prevails" else None


@frozen
class Register:
    """All sound entries of a register, in file order, and how many of each were left out."""

    title: str | None = None
    sources: Mapping[str, Source] = field(default_factory=dict)
    entities: Mapping[str, Entity] = field(default_factory=dict)
    properties: Mapping[str, Property] = field(default_factory=dict)
    claims: Mapping[str, Claim] = field(default_factory=dict)
    reviews: tuple[Review, ...] = ()
    left_out: Mapping[str, int] = field(default_factory=dict)
    claims_left_out: frozenset[str] = frozenset()
    """The ids of claims that are written, and left out because of an error."""
    catalogue_left_out: Mapping[CatalogueKind, frozenset[str]] = field(
        default_factory=lambda: dict.fromkeys(CATALOGUE_KINDS, frozenset())
    )
    """Those of sources, entities and properties, by kind."""
    idle_reviews: tuple[Review, ...] = ()
    """Reviews without effect, since they name a claim that is left out."""

"""What falls with a source, a speaker or a claim, and the register as it would be without it. Pure.

A source falls when it turns out to be false or forged: every item cited from it is gone, and from
every source that reaches it by the first entries of ``derived_from``. An entity falls when it can
no longer be believed: every item of which it is the ``by`` or in whose ``via`` it stands is gone,
and every source that it makes falls. A claim falls when it turns out false, and with it all that
are the same or depend on it.
"""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from claimtrack.findings.dependence import falling_with
from claimtrack.findings.support import taken_back
from claimtrack.model import Claim, Evidence, Register, Review, Source

ThingKind = Literal["claim", "source", "entity"]
KINDS: tuple[ThingKind, ...] = ("claim", "source", "entity")


@dataclass(frozen=True, slots=True)
class Thing:
    """What may fall."""

    kind: ThingKind
    id: str


@dataclass(frozen=True, slots=True)
class Fall:
    """A thing that falls, and what is gone with it."""

    thing: Thing
    sources: tuple[str, ...]
    claims: tuple[str, ...]
    items: int
    """How many items of evidence are gone, those of claims that fall included."""


Grounds = Mapping[str, frozenset[Thing]]
"""For each source what every item cited from it rests on."""


def grounds(sources: Mapping[str, Source]) -> dict[str, frozenset[Thing]]:
    """The source itself, those that it derives from by first entries, and the makers of all."""
    found: dict[str, frozenset[Thing]] = {}
    for start in sources:
        path = [start]
        while path[-1] not in found and sources[path[-1]].derived_from:
            path.append(sources[path[-1]].derived_from[0])
        above: frozenset[Thing] = frozenset()
        for each in reversed(path):
            above = found.setdefault(each, above | _own_grounds(sources[each]))
    return found


def _own_grounds(source: Source) -> set[Thing]:
    itself = {Thing("source", source.id)}
    return itself | {Thing("entity", source.maker)} if source.maker is not None else itself


def rests_on(evidence: Evidence, of_sources: Grounds) -> frozenset[Thing]:
    """All sources and entities without each of which the item would be gone."""
    heard = [name for name in (evidence.by, *evidence.via) if name is not None]
    return of_sources[evidence.source].union(Thing("entity", name) for name in heard)


def fall(register: Register, thing: Thing) -> Fall:
    """What is gone if the thing falls. It is known to the register, or its ``by`` or ``via``."""
    of_sources = grounds(register.sources)
    sources = tuple(each for each in register.sources if thing in of_sources[each])
    claims = falling_with(thing.id, register.claims) if thing.kind == "claim" else ()
    falling = frozenset(claims)
    items = sum(
        claim.id in falling or thing in rests_on(item, of_sources)
        for claim in register.claims.values()
        for item in claim.evidence
    )
    return Fall(thing, sources, claims, items)


def without(register: Register, thing: Thing) -> Register:
    """The register as it would be if the thing fell.

    Fingerprints stay as they are: imagining evidence away is no change of what a person judged.
    The catalogue of sources and entities stays as well, since nothing follows from it alone.
    Relations to claims that fell and reviews that name them are left out, as in reading.
    """
    of_sources = grounds(register.sources)
    gone = frozenset(falling_with(thing.id, register.claims) if thing.kind == "claim" else ())
    claims = {
        key: _without_items(_without_relations(claim, gone), thing, of_sources)
        for key, claim in register.claims.items()
        if key not in gone
    }
    reviews = tuple(review for review in register.reviews if not _names(review, gone))
    return replace(register, claims=claims, reviews=reviews)


def _names(review: Review, gone: Container[str]) -> bool:
    return review.claim in gone or review.dispute in gone


def _without_relations(claim: Claim, gone: Container[str]) -> Claim:
    if not any(other in gone for relation in claim.relations for other in relation.claims):
        return claim
    kept = (
        replace(relation, claims=tuple(each for each in relation.claims if each not in gone))
        for relation in claim.relations
    )
    return replace(claim, relations=tuple(relation for relation in kept if relation.claims))


def _without_items(claim: Claim, thing: Thing, of_sources: Grounds) -> Claim:
    """Without the items that rest on the thing, nor those that had been taken back before.

    A retraction may reach a source through an entity that falls; what it took back has been taken
    back all the same, and nothing is better supported for a fall.
    """
    falling = [thing in rests_on(item, of_sources) for item in claim.evidence]
    if not any(falling):
        return claim
    taken = taken_back(claim.evidence)
    kept = (
        item
        for index, (item, falls) in enumerate(zip(claim.evidence, falling, strict=True))
        if not falls and index not in taken
    )
    return replace(claim, evidence=tuple(kept))

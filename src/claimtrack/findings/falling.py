"""What falls with a source, a speaker or a claim, and the register as it would be without it. Pure.

A source falls when it turns out to be false or forged: every item cited from it is gone, and from
every source that reaches it by the first entries of ``derived_from``. An entity falls when it can
no longer be believed: every item of which it is the ``by`` or in whose ``via`` it stands is gone,
and every source that it makes falls. A claim falls when it turns out false, and with it all that
are the same or depend on it.
"""

from __future__ import annotations

from collections.abc import Container, Mapping
from typing import Literal

from claimtrack.findings.dependence import falling_with
from claimtrack.findings.support import taken_back
from claimtrack.frozen import frozen, replace
from claimtrack.model import Claim, Evidence, Register, Review, Source

ThingKind = Literal["claim", "source", "entity"]
KINDS: tuple[ThingKind, ...] = ("claim", "source", "entity")


@frozen
class Thing:
    """What may fall."""

    kind: ThingKind
    id: str


@frozen
class Fall:
    """A thing that falls, and what is gone with it."""

    thing: Thing
    sources: tuple[str, ...]
    claims: tuple[str, ...]
    items: int
    """How many items of evidence are gone, those of claims that fall included."""


class Grounds:
    """What items of evidence rest on.

    It is found anew for each item: a set for each source would, in a long chain of them, take
    memory as the square of its length.
    """

    def __init__(self, sources: Mapping[str, Source]) -> None:
        self._sources = sources
        self._own = {key: _own_grounds(source) for key, source in sources.items()}

    def of(self, evidence: Evidence) -> set[Thing]:
        """All sources and entities without each of which the item would be gone."""
        heard = [name for name in (evidence.by, *evidence.via) if name is not None]
        found = {Thing("entity", name) for name in heard}
        source: str | None = evidence.source
        while source is not None:
            found |= self._own[source]
            source = next(iter(self._sources[source].derived_from), None)
        return found


def _own_grounds(source: Source) -> set[Thing]:
    """The source itself and its maker."""
    itself = {Thing("source", source.id)}
    return itself | {Thing("entity", source.maker)} if source.maker is not None else itself


@frozen
class _Gone:
    """The sources that fall with one thing, and so which items do."""

    thing: Thing
    sources: frozenset[str]

    def takes(self, evidence: Evidence) -> bool:
        """Whether the item is gone: whether the thing is among its grounds."""
        if evidence.source in self.sources:
            return True
        return self.thing.kind == "entity" and self.thing.id in (evidence.by, *evidence.via)


def _gone_with(thing: Thing, sources: Mapping[str, Source]) -> _Gone:
    following: dict[str, list[str]] = {}
    for source in sources.values():
        for first in source.derived_from[:1]:
            following.setdefault(first, []).append(source.id)
    pending = [source.id for source in sources.values() if thing in _own_grounds(source)]
    found = set(pending)
    while pending:
        further = [each for each in following.get(pending.pop(), ()) if each not in found]
        found.update(further)
        pending.extend(further)
    return _Gone(thing, frozenset(found))


def fall(register: Register, thing: Thing) -> Fall:
    """What is gone if the thing falls. It is known to the register, or its ``by`` or ``via``."""
    gone = _gone_with(thing, register.sources)
    sources = tuple(each for each in register.sources if each in gone.sources)
    claims = falling_with(thing.id, register.claims) if thing.kind == "claim" else ()
    fallen = frozenset(claims)
    items = sum(
        claim.id in fallen or gone.takes(item)
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
    gone = _gone_with(thing, register.sources)
    fallen = frozenset(falling_with(thing.id, register.claims) if thing.kind == "claim" else ())
    claims = {
        key: _without_items(_without_relations(claim, fallen), gone)
        for key, claim in register.claims.items()
        if key not in fallen
    }
    reviews = tuple(review for review in register.reviews if not _names(review, fallen))
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


def _without_items(claim: Claim, gone: _Gone) -> Claim:
    """Without the items that are gone, nor those that had been taken back before.

    A retraction may reach a source through an entity that falls; what it took back has been taken
    back all the same, and nothing is better supported for a fall.
    """
    falling = [gone.takes(item) for item in claim.evidence]
    if not any(falling):
        return claim
    taken = taken_back(claim.evidence)
    kept = (
        item
        for index, (item, falls) in enumerate(zip(claim.evidence, falling, strict=True))
        if not falls and index not in taken
    )
    return replace(claim, evidence=tuple(kept))

"""An earlier state of a register in the ids of a later one, so that the two can be compared. Pure.

Fingerprints are made of ids too: a claim gets the one that it would have had, and a verdict that
was valid is one on that.
"""

from __future__ import annotations

from collections.abc import Mapping

from claimtrack.findings.claim_prints import claim_print
from claimtrack.findings.renames import Renames
from claimtrack.frozen import replace
from claimtrack.model import (
    Assertion,
    Claim,
    Entity,
    Evidence,
    Property,
    Register,
    Relation,
    Review,
    Source,
)
from claimtrack.values.names import fold


class LaterTerms:
    """Says what an earlier register says, with the ids of a later one."""

    def __init__(self, before: Register, renames: Renames, after: Register) -> None:
        self._before, self._renames, self._after = before, renames, after
        self._properties: Mapping[str, Property] = {
            renames.property(key): of for key, of in before.properties.items()
        }
        names = {fold(name) for key in renames.entities for name in _names(before.entities[key])}
        self._by_id = {old: new for old, new in renames.entities.items() if old not in names}

    def register(self) -> Register:
        """All of it. Values keep the places that they had on their lines."""
        if self._renames.is_none:
            return self._before
        claims = map(self.claim, self._before.claims.values())
        return replace(
            self._before,
            sources={each.id: each for each in map(self._source, self._before.sources.values())},
            entities={each.id: each for each in map(self._entity, self._before.entities.values())},
            properties={key: replace(of, id=key) for key, of in self._properties.items()},
            claims={each.id: each for each in claims},
            reviews=tuple(map(self.review, self._before.reviews)),
            idle_reviews=tuple(map(self.review, self._before.idle_reviews)),
        )

    def _source(self, source: Source) -> Source:
        return replace(
            source,
            id=self._renames.source(source.id),
            derived_from=tuple(map(self._renames.source, source.derived_from)),
            publisher=self._maker(source.publisher),
            author=self._maker(source.author),
            maker=source.maker and self._renames.entity(source.maker),
        )

    def _maker(self, name: str | None) -> str | None:
        """A publisher or an author, who is named to be read, and only rarely by an id."""
        return None if name is None else self._by_id.get(fold(name), name)

    def _entity(self, entity: Entity) -> Entity:
        above = entity.part_of and self._renames.entity(entity.part_of)
        return replace(entity, id=self._renames.entity(entity.id), part_of=above)

    # ----------------------------------------------------------------------------------- claims

    def claim(self, claim: Claim) -> Claim:
        """A claim; itself, if nothing in it is called otherwise."""
        told = replace(
            claim,
            id=self._renames.claim(claim.id),
            asserts=tuple(map(self.assertion, claim.asserts)),
            about=tuple(map(self._renames.entity, claim.about)),
            evidence=tuple(map(self._evidence, claim.evidence)),
            relations=tuple(map(self._relation, claim.relations)),
        )
        if told == claim:
            return claim
        mark = self._fingerprint(claim, told)
        verdicts = (
            replace(each, fingerprint=mark) if each.fingerprint == claim.fingerprint else each
            for each in claim.verdicts
        )
        return replace(told, fingerprint=mark, verdicts=tuple(verdicts))

    def assertion(self, assertion: Assertion) -> Assertion:
        """An assertion."""
        return replace(
            assertion,
            claim=self._renames.claim(assertion.claim),
            subject=self._renames.entity(assertion.subject),
            property=self._renames.property(assertion.property),
            entity=assertion.entity and self._renames.entity(assertion.entity),
        )

    def _evidence(self, item: Evidence) -> Evidence:
        return replace(
            item,
            source=self._renames.source(item.source),
            by=item.by and self._renames.entity(item.by),
            via=tuple(map(self._renames.entity, item.via)),
        )

    def _relation(self, relation: Relation) -> Relation:
        return replace(relation, claims=tuple(map(self._renames.claim, relation.claims)))

    def _fingerprint(self, claim: Claim, told: Claim) -> str:
        was, mark = claim_print(claim, self._before.properties), claim_print(told, self._properties)
        if mark == was:
            return claim.fingerprint
        if was == claim.fingerprint:
            return mark
        # An empty key is written in it: it then has the mark of the later claim with its parts.
        later = self._after.claims.get(told.id)
        is_alike = later is not None and claim_print(later, self._after.properties) == mark
        return later.fingerprint if later is not None and is_alike else claim.fingerprint

    # ---------------------------------------------------------------------------------- reviews

    def review(self, review: Review) -> Review:
        """A review, with the fingerprint that it has."""
        return replace(
            review,
            conflict=review.conflict and self._renames.conflict(review.conflict),
            dispute=review.dispute and self._renames.claim(review.dispute),
            claim=review.claim and self._renames.claim(review.claim),
        )


def _names(entity: Entity) -> list[str]:
    aliases = [alias.name for alias in entity.aliases]
    return [*aliases, entity.name] if entity.name else aliases

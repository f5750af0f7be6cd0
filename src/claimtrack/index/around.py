"""What follows for some claims, derived from them and from all that bears on them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from claimtrack.findings.findings import Findings, derive
from claimtrack.frozen import replace
from claimtrack.index.nearness import BINDING, Near, near
from claimtrack.index.stored import Stored
from claimtrack.model import Claim, Register, Relation, Review


def findings_around(stored: Stored, claims: Iterable[int]) -> Findings:
    """The findings of some claims and all that is bound to them, right for those alone.

    Their neighbours are there too, with what is written of them; what is derived of a neighbour is
    not what would be derived of the whole register.
    """
    return findings_near(stored, near(stored, claims))


def findings_near(stored: Stored, held: Near) -> Findings:
    """The findings of claims that were found to be bound to one another, likewise."""
    register = Register(
        title=stored.fact("title"),
        sources=stored.sources,
        entities=stored.entities,
        properties=stored.properties,
        claims=_loaded(stored, held),
        reviews=tuple(_counting(stored, held.reviews)),
    )
    return derive(register)


def _loaded(stored: Stored, held: Near) -> dict[str, Claim]:
    """The claims, their neighbours without what binds these to others again."""
    claims = stored.claims(held.bound | held.beside)
    return {key: _unbound(claim, claims) for key, claim in claims.items()}


def _unbound(claim: Claim, loaded: Mapping[str, Claim]) -> Claim:
    if all(_leads_to(each, loaded) for each in claim.relations):
        return claim
    kept = tuple(each for each in claim.relations if _leads_to(each, loaded))
    return replace(claim, relations=kept)


def _leads_to(relation: Relation, loaded: Mapping[str, Claim]) -> bool:
    return relation.type not in BINDING or all(other in loaded for other in relation.claims)


def _counting(stored: Stored, reviews: Iterable[int]) -> Iterator[Review]:
    """The reviews without those of a claim that is left out, which have no effect."""
    for review in stored.reviews(reviews):
        named = [claim for claim in (review.claim, review.dispute) if claim is not None]
        if all(stored.number_of(claim) is not None for claim in named):
            yield review

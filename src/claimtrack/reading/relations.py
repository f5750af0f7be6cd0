"""Relations between claims of which some are left out, or which lead round in a circle."""

from __future__ import annotations

from collections.abc import Callable, Container, Mapping, Sequence

from claimtrack.diagnostic import Diagnostic, Place, Related
from claimtrack.frozen import replace
from claimtrack.model import Claim
from claimtrack.values.cycles import cycles


def circles(graph: Mapping[str, Sequence[str]], place_of: Callable[[str], Place]) -> list[Circle]:
    """The circles in which claims supersede one another, each with what is to be said of it.

    ``graph`` gives the claims that each claim supersedes, in file order.
    """
    return [(circle, _told(circle, place_of)) for circle in cycles(graph)]


Circle = tuple[Sequence[str], Diagnostic]
"""The claims of a circle, and CT211."""


def _told(circle: Sequence[str], place_of: Callable[[str], Place]) -> Diagnostic:
    related = [Related(place_of(key), "in the same circle") for key in circle[1:]]
    message = f"{', '.join(circle)} supersede one another in a circle; one of them does not"
    return Diagnostic("CT211", message, place_of(circle[0]), circle[0], tuple(related))


def without_lost_relations(claim: Claim, sound: Container[str]) -> Claim:
    """The claim without its relations to claims that are left out."""
    if all(other in sound for relation in claim.relations for other in relation.claims):
        return claim
    kept = (
        replace(relation, claims=tuple(c for c in relation.claims if c in sound))
        for relation in claim.relations
    )
    return replace(claim, relations=tuple(relation for relation in kept if relation.claims))

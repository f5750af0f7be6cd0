"""Two claims beside each other: every pair of their assertions, the most telling first. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING

from claimtrack.engine.collisions import group
from claimtrack.engine.comparison import Comparison, Relation, compare
from claimtrack.findings.verdicts import is_withdrawn
from claimtrack.frozen import frozen
from claimtrack.model import Assertion, Claim
from claimtrack.model import Relation as Written

if TYPE_CHECKING:
    from claimtrack.findings.conflicts import Conflict
    from claimtrack.findings.findings import Findings

_ORDER: tuple[Relation, ...] = (
    "contradiction",
    "agreement",
    "refinement",
    "compatible",
    "different scope",
    "not comparable",
)


@frozen
class Compared:
    """How pairs of two claims' assertions stand, and how many more pairs there are."""

    comparisons: tuple[Comparison, ...]
    more: int


def compare_claims(one: Claim, other: Claim, most: int) -> Compared:
    """At most so many pairs, those of one subject and property before the others.

    They come in the order of their relations, contradictions first, and then in file order.
    """
    found = [compare(*pair) for pair in islice(_pairs(one, other), most)]
    found.sort(key=lambda each: _ORDER.index(each.relation))
    return Compared(tuple(found), len(one.asserts) * len(other.asserts) - len(found))


def _pairs(one: Claim, other: Claim) -> Iterator[tuple[Assertion, Assertion]]:
    theirs = group(other.asserts)
    for mine in one.asserts:
        for match in theirs.get((mine.subject, mine.property), ()):
            yield mine, match
    for mine in one.asserts:
        for match in other.asserts:
            if (mine.subject, mine.property) != (match.subject, match.property):
                yield mine, match


@frozen
class Link:
    """A relation as it is written: which claim holds it, toward which other."""

    claim: str
    other: str
    relation: Written


def links_between(one: str, other: str, findings: Findings) -> list[Link]:
    """The relations that either of two claims has toward the other, as they are written."""
    claims = findings.register.claims
    return [
        Link(holder, named, relation)
        for holder, named in ((one, other), (other, one))
        for relation in claims[holder].relations
        if named in relation.claims
    ]


def shared_conflicts(one: str, other: str, findings: Findings) -> list[Conflict]:
    """The conflicts in which two claims stand against each other."""
    return [
        conflict
        for conflict in findings.standings[one].conflicts
        if other in conflict.claims and other in conflict.rivals(one)
    ]


def superseding(claim: str, findings: Findings) -> list[str]:
    """The claims, none of them withdrawn, that take another out of play by superseding it."""
    return [
        each.id
        for each in findings.register.claims.values()
        if any(r.type == "supersedes" and claim in r.claims for r in each.relations)
        and not is_withdrawn(each)
    ]

"""How much the collisions of a group weigh: which claims are of hard pairs, and whose sources."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from claimtrack.engine.collisions import collide
from claimtrack.engine.counting import collisions_between, count_colliders
from claimtrack.engine.groups import Group
from claimtrack.frozen import frozen
from claimtrack.model import Assertion


@frozen
class Backing:
    """What decides the weight of a collision: is the claim firm, and which sources support it."""

    firm: bool
    sources: tuple[str, ...] = ()


@frozen
class Link:
    """A relation that a reader wrote between two claims: they contradict, or else pull apart."""

    holder: str
    other: str
    contradicts: bool
    why: str | None = None


class Links:
    """The relations between claims, seen from either end."""

    def __init__(self, links: Iterable[Link]) -> None:
        self._held: dict[str, list[Link]] = {}
        self._ends: dict[bool, dict[str, set[str]]] = {True: {}, False: {}}
        self.claims: set[str] = set()
        for link in links:
            self._held.setdefault(link.holder, []).append(link)
            ends = self._ends[link.contradicts]
            ends.setdefault(link.holder, set()).add(link.other)
            ends.setdefault(link.other, set()).add(link.holder)
            self.claims.update((link.holder, link.other))

    def of(self, claim: str) -> Sequence[Link]:
        """Those that the claim itself holds, in their order."""
        return self._held.get(claim, ())

    def contradicting(self, claim: str) -> set[str]:
        """Claims with a ``contradicts`` between them and this one."""
        return self._ends[True].get(claim, set())

    def pulling(self, claim: str) -> set[str]:
        """Claims with a ``tension``, and no ``contradicts``, between them and this one."""
        return self._ends[False].get(claim, set()) - self.contradicting(claim)


ByClaim = Mapping[str, Sequence[Assertion]]


class Weights:
    """What weighs on collisions: what stands behind claims, and what readers wrote of them.

    ``backing`` is None where every claim is firm and no sources are known; ``readings`` are the
    properties whose collisions are never hard by themselves.
    """

    def __init__(
        self,
        backing: Mapping[str, Backing] | None,
        links: Iterable[Link],
        readings: frozenset[str],
    ) -> None:
        self._backing, self._links, self._readings = backing, Links(links), readings

    def behind(self, claims: Sequence[str]) -> Sequence[Backing]:
        """What stands behind each of some claims."""
        if self._backing is None:
            return [_FIRM] * len(claims)
        return list(map(self._backing.__getitem__, claims))

    def hard_claims(
        self, property_id: str, group: Group, claims: Sequence[str], behind: Sequence[Backing]
    ) -> frozenset[str]:
        """The claims of hard pairs: both firm, or with a ``contradicts`` between them.

        All members of the group collide; ``claims`` and what stands ``behind`` them are theirs.
        """
        firm = [index for index, backing in enumerate(behind) if backing.firm]
        if property_id in self._readings:
            firm = []
        elif len(firm) < len(claims):
            firm = group.colliders(firm)
        hard = frozenset(map(claims.__getitem__, firm))
        if self._links.claims.isdisjoint(claims):
            return hard
        softened = self._softened([group.members[index] for index in firm])
        return (hard - softened) | self._contradicted(_by_claim(group.members))

    def why(self, members: Sequence[Assertion]) -> str | None:
        """The reason of the first relation, as the claims came, between two that collide."""
        if not self._links.claims:
            return None
        by_claim = _by_claim(members)
        for claim in by_claim:
            for link in self._links.of(claim):
                if _pair_collides(by_claim, claim, link.other):
                    return link.why
        return None

    def _softened(self, firm: Sequence[Assertion]) -> set[str]:
        """Claims that collide with no firm one but those that a tension sets beside them."""
        by_claim = _by_claim(firm)
        pulling = {
            claim: pulled
            for claim in self._links.claims & by_claim.keys()
            if (pulled := self._links.pulling(claim) & by_claim.keys())
        }
        looks = _LOOKS * len(firm)
        softened, unsure = set(), {}
        for claim, pulled in pulling.items():
            if looks <= 0:
                unsure[claim] = pulled
                continue
            at = _first_collision_beyond(by_claim[claim], firm, pulled)
            looks -= len(firm) if at is None else at + 1
            if at is None:
                softened.add(claim)
        return softened | _softened_by_count(by_claim, firm, unsure)

    def _contradicted(self, by_claim: ByClaim) -> set[str]:
        return {
            claim
            for claim in self._links.claims & by_claim.keys()
            if any(
                _pair_collides(by_claim, claim, other) for other in self._links.contradicting(claim)
            )
        }


def same_source(group: Group, behind: Sequence[Backing]) -> bool:
    """Whether two that collide are supported from one and the same source."""
    sources = [source for backing in behind for source in backing.sources]
    if len(set(sources)) == len(sources):
        return False
    by_source: dict[str, list[int]] = {}
    for index, backing in enumerate(behind):
        for source in backing.sources:
            by_source.setdefault(source, []).append(index)
    return any(group.colliders(held) for held in by_source.values())


_FIRM = Backing(firm=True)
_LOOKS = 64
"""How many times all are looked through for one collision of each, before all are counted."""


def _by_claim(members: Iterable[Assertion]) -> dict[str, list[Assertion]]:
    found: dict[str, list[Assertion]] = {}
    for member in members:
        found.setdefault(member.claim, []).append(member)
    return found


def _first_collision_beyond(
    ours: Sequence[Assertion], others: Iterable[Assertion], but: set[str]
) -> int | None:
    """Which of the others first collides with a claim's assertions, of other claims than those."""
    return next(
        (
            index
            for index, other in enumerate(others)
            if other.claim not in but
            and other.claim != ours[0].claim
            and any(collide(mine, other) for mine in ours)
        ),
        None,
    )


def _softened_by_count(
    by_claim: ByClaim, firm: Sequence[Assertion], pulling: Mapping[str, set[str]]
) -> set[str]:
    """Claims that collide as often as with those pulling apart from them, and with themselves."""
    if not pulling:
        return set()
    counts = dict.fromkeys(pulling, 0)
    for member, count in zip(firm, count_colliders(firm), strict=True):
        if member.claim in counts:
            counts[member.claim] += count
    return {
        claim
        for claim, pulled in pulling.items()
        if counts[claim] == _collisions(by_claim, claim, pulled)
    }


def _collisions(by_claim: ByClaim, claim: str, others: Iterable[str]) -> int:
    """How often a claim's assertions collide with those of the others, and among themselves."""
    ours = by_claim[claim]
    between = sum(collisions_between(ours, by_claim[other]) for other in others)
    return between + sum(count_colliders(ours))


def _pair_collides(by_claim: ByClaim, one: str, other: str) -> bool:
    return collisions_between(by_claim[one], by_claim.get(other, ())) > 0

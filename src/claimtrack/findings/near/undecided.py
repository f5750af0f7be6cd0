"""Which pairs of claims are still to be looked at: nobody has said how the two stand."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from claimtrack.engine.collisions import group
from claimtrack.engine.counting import collisions_between
from claimtrack.findings.findings import Findings
from claimtrack.findings.near.suggestion import Rule, Spelling, Suggestion
from claimtrack.model import Assertion, Claim
from claimtrack.values.interval import Interval


class Undecided:
    """Pairs of claims in play with no relation and no conflict between them.

    ``asked`` narrows them: of each collection, a pair holds at least one claim.
    """

    def __init__(self, findings: Findings, asked: Sequence[Collection[str]] = ()) -> None:
        self._findings = findings
        self._asked = [frozenset(claims) for claims in asked]
        self._related = {
            frozenset((claim.id, other))
            for claim in findings.register.claims.values()
            for relation in claim.relations
            for other in relation.claims
        }
        self._members = {each.id: frozenset(each.claims) for each in findings.conflicts}
        self.claims: list[Claim] = [
            claim
            for claim in findings.register.claims.values()
            if claim.id not in findings.out_of_play
        ]
        self.order = {claim.id: number for number, claim in enumerate(self.claims)}

    def begins(self, claim: str) -> bool:
        """Whether to look for others from this claim: every pair has a claim from which to."""
        return not self._asked or claim in self._asked[0]

    def holds(self, one: str, other: str) -> bool:
        """Whether the two are such a pair."""
        if one == other or frozenset((one, other)) in self._related:
            return False
        if not all(one in claims or other in claims for claims in self._asked):
            return False
        supports = self._findings.supports
        # Claims joined by same-as, over however many steps, share one support.
        return supports[one] is not supports[other] and not self._in_conflict(one, other)

    def suggest(
        self,
        rule: Rule,
        pair: tuple[Assertion, Assertion],
        would: tuple[Assertion, Assertion],
        *,
        gap: Interval | None = None,
        spelling: Spelling | None = None,
    ) -> Suggestion:
        """A suggestion of two assertions, put in file order of their claims."""
        if self.order[pair[0].claim] > self.order[pair[1].claim]:
            pair, would = pair[::-1], would[::-1]
        claims = (pair[0].claim, pair[1].claim)
        return Suggestion(rule, claims, pair, would, gap=gap, spelling=spelling)

    def _in_conflict(self, one: str, other: str) -> bool:
        standings, claims = self._findings.standings, self._findings.register.claims
        shared = [each for each in standings[one].conflicts if other in self._members[each.id]]
        if any(each.rule == "declared" for each in shared):
            return True
        return bool(shared) and _collide(claims[one], claims[other])


def _collide(one: Claim, other: Claim) -> bool:
    theirs = group(other.asserts)
    return any(
        collisions_between(mine, theirs[key])
        for key, mine in group(one.asserts).items()
        if key in theirs
    )

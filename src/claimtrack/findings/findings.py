"""All that follows from a register, derived once."""

from __future__ import annotations

from collections.abc import Mapping

from claimtrack.diagnostic import Diagnostic
from claimtrack.engine.weights import Backing
from claimtrack.findings.conflicts import Conflict, find_conflicts
from claimtrack.findings.echoes import check_echoes
from claimtrack.findings.grades import check_grades
from claimtrack.findings.reviews import (
    Reviews,
    conflict_fingerprint,
    dispute_fingerprint,
    weigh_reviews,
)
from claimtrack.findings.standing import Standing, out_of_play, stand
from claimtrack.findings.support import Support, weigh
from claimtrack.findings.verdicts import check_verdicts, is_withdrawn
from claimtrack.frozen import frozen
from claimtrack.model import Register, Verdict
from claimtrack.progress import Tell, quiet


@frozen
class Findings:
    """A register with what is derived from it."""

    register: Register
    supports: Mapping[str, Support]
    standings: Mapping[str, Standing]
    conflicts: tuple[Conflict, ...]
    """Hard ones first, then by id."""
    reviews: Reviews
    out_of_play: frozenset[str]
    diagnostics: tuple[Diagnostic, ...]

    def flags(self, claim: str) -> tuple[str, ...]:
        """Every contest word that applies and the support word, in alphabetical order."""
        return tuple(sorted([*self.standings[claim].contests, self.supports[claim].word]))

    def ground(self, conflict: Conflict) -> str:
        """The fingerprint that a review of the conflict carries."""
        return conflict_fingerprint(conflict, self.register.claims, self.register.properties)

    def dispute_ground(self, claim: str) -> str:
        """The fingerprint that a review of the claim's dispute carries."""
        return dispute_fingerprint(self.supports[claim], self.register.claims)

    def last_verdict(self, claim: str) -> tuple[Verdict, bool] | None:
        """A claim's last verdict and whether it is stale."""
        held = self.register.claims[claim]
        if not held.verdicts:
            return None
        return held.verdicts[-1], held.verdicts[-1].is_stale(held.fingerprint)


def _tensions(register: Register) -> frozenset[str]:
    """The properties in use whose collisions are tensions; no other one is looked at."""
    used = {each.property for claim in register.claims.values() for each in claim.asserts}
    return frozenset(key for key in used if register.properties[key].only_tension)


def derive(register: Register, tell: Tell = quiet) -> Findings:
    """Support, conflicts, reviews and standing of all that the register holds."""
    claims = register.claims
    tell("weighing evidence", 0, 0)
    supports = weigh(register)
    aside = out_of_play(claims, frozenset(c.id for c in claims.values() if is_withdrawn(c)))
    tell("looking for conflicts", 0, 0)
    conflicts = find_conflicts(
        {key: claim for key, claim in claims.items() if key not in aside},
        {key: Backing(held.is_firm, held.sources) for key, held in supports.items()},
        _tensions(register),
    )
    tell("comparing decisions with what they rest on", 0, 0)
    reviewable = {review.conflict for review in register.reviews}
    reviews = weigh_reviews(
        register.reviews,
        {conflict.id: conflict for conflict in conflicts},
        {
            conflict.id: conflict_fingerprint(conflict, claims, register.properties)
            for conflict in conflicts
            if conflict.id in reviewable
        },
        {
            review.dispute: dispute_fingerprint(supports[review.dispute], claims)
            for review in register.reviews
            if review.dispute is not None and supports[review.dispute].disputing
        },
    )
    return Findings(
        register=register,
        supports=supports,
        standings=stand(claims, supports, conflicts, reviews),
        conflicts=tuple(conflicts),
        reviews=reviews,
        out_of_play=aside,
        diagnostics=(
            *reviews.diagnostics,
            *check_verdicts(claims, supports, conflicts, reviews, aside),
            *check_echoes(claims, supports),
            *check_grades(claims, supports, conflicts, reviews),
        ),
    )

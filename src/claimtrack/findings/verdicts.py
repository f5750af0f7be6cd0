"""Verdicts and grades that contradict the evidence, or each other. Pure.

Only a claim's last verdict counts, and only while the claim is the one that was judged.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from claimtrack.diagnostic import Diagnostic, Related
from claimtrack.engine.groups import colliders, colliding_pair
from claimtrack.findings.conflicts import Conflict
from claimtrack.findings.reviews import Reviews
from claimtrack.findings.support import Item, Support
from claimtrack.frozen import frozen
from claimtrack.model import Assertion, Claim, Relation, Verdict


@frozen
class Judged:
    """A claim with the verdict on it that counts."""

    claim: Claim
    verdict: Verdict

    @property
    def related(self) -> Related:
        """Where the verdict stands, for a diagnostic that speaks of it."""
        return Related(self.verdict.place, f"'{self.claim.id}' is {self.verdict.rating} here")


def valid_verdict(claim: Claim) -> Verdict | None:
    """The claim's last verdict, unless there is none or it is stale."""
    last = claim.verdicts[-1] if claim.verdicts else None
    return None if last is None or last.is_stale(claim.fingerprint) else last


def is_withdrawn(claim: Claim) -> bool:
    """Whether the claim's last verdict says so, and is not stale."""
    verdict = valid_verdict(claim)
    return verdict is not None and verdict.rating == "withdrawn"


def check_verdicts(
    claims: Mapping[str, Claim],
    supports: Mapping[str, Support],
    conflicts: Sequence[Conflict],
    reviews: Reviews,
    out_of_play: frozenset[str],
) -> list[Diagnostic]:
    """What is wrong with the verdicts that count, and with items graded as confirmed."""
    judged = {
        key: Judged(claim, verdict)
        for key, claim in claims.items()
        if (verdict := valid_verdict(claim)) is not None
    }
    confirmed = {key: held for key, held in judged.items() if held.verdict.rating == "confirmed"}
    refuted = {key: held for key, held in judged.items() if held.verdict.rating == "refuted"}
    in_play = {key: held for key, held in confirmed.items() if key not in out_of_play}
    return [
        *_stale(claims.values()),
        *_colliding_by_value(in_play, conflicts, reviews),
        *_colliding_by_relation(in_play, claims, reviews, out_of_play),
        *_without_firm_evidence(confirmed.values(), supports),
        *_confirmed_by_nobody_else(supports),
        *_resting_on_refuted(claims.values(), confirmed, refuted),
        *_judged_both_ways(confirmed, refuted, supports),
    ]


def _stale(claims: Iterable[Claim]) -> Iterator[Diagnostic]:
    for claim in claims:
        if claim.verdicts and valid_verdict(claim) is None:
            last = claim.verdicts[-1]
            message = (
                f"'{claim.id}' has changed since it was judged '{last.rating}'; judge it again"
            )
            yield Diagnostic("CT701", message, last.place, claim.id)


_NAMED = 3


def _names(judged: Sequence[Judged]) -> str:
    """``'a' and 'b'``, ``'a', 'b', 'c' and 4 more``."""
    names = [f"'{held.claim.id}'" for held in judged[:_NAMED]]
    if len(judged) > _NAMED:
        return f"{', '.join(names)} and {len(judged) - _NAMED} more"
    return f"{', '.join(names[:-1])} and {names[-1]}"


# ------------------------------------------------------------------------------------- collisions


def _colliding_by_value(
    confirmed: Mapping[str, Judged], conflicts: Sequence[Conflict], reviews: Reviews
) -> Iterator[Diagnostic]:
    for conflict in conflicts if len(confirmed) > 1 else ():
        if conflict.rule != "value" or reviews.holds_together(conflict.id):
            continue
        held = [confirmed[claim] for claim in conflict.claims if claim in confirmed]
        colliding = _colliders(held, conflict)
        if colliding:
            yield _both_confirmed(colliding, conflict.id)


def _colliders(judged: Sequence[Judged], conflict: Conflict) -> list[Judged]:
    """Those of them that collide in the conflict with another of them."""
    members: list[tuple[Judged, Assertion]] = [
        (held, each)
        for held in judged
        for each in held.claim.asserts
        if (each.subject, each.property) == (conflict.subject, conflict.property)
    ]
    found = colliders([each for _, each in members]) if len(judged) > 1 else ()
    colliding = {members[index][0].claim.id: members[index][0] for index in found}
    return list(colliding.values())


def _colliding_by_relation(
    confirmed: Mapping[str, Judged],
    claims: Mapping[str, Claim],
    reviews: Reviews,
    out_of_play: frozenset[str],
) -> Iterator[Diagnostic]:
    told: set[str] = set()
    for held in confirmed.values():
        for relation in held.claim.relations:
            if relation.type != "contradicts" or confirmed.keys().isdisjoint(relation.claims):
                continue
            others = _set_against(held.claim, relation, claims, out_of_play)
            conflict = "~".join(sorted({held.claim.id, *others}))
            rivals = [confirmed[other] for other in others if other in confirmed]
            if rivals and conflict not in told and not reviews.holds_together(conflict):
                told.add(conflict)
                yield _both_confirmed([held, *rivals], conflict)


def _set_against(
    holder: Claim, relation: Relation, claims: Mapping[str, Claim], out_of_play: frozenset[str]
) -> list[str]:
    """Those that the relation alone sets against its holder: what collides does so by value."""
    return [
        other
        for other in relation.claims
        if other not in out_of_play
        and colliding_pair([*holder.asserts, *claims[other].asserts]) is None
    ]


def _both_confirmed(judged: Sequence[Judged], conflict: str) -> Diagnostic:
    """One diagnostic for a conflict, at the last of the verdicts."""
    *others, last = judged
    number = "both" if len(judged) == 2 else "all"
    return Diagnostic(
        "CT704",
        f"{_names(judged)} are {number} confirmed, and collide in {conflict}; judge all but one of "
        "those that collide otherwise, or review the conflict as 'compatible' if they can hold "
        "together",
        last.verdict.place,
        last.claim.id,
        tuple(other.related for other in others[:_NAMED]),
    )


# --------------------------------------------------------------------------------------- evidence


def _without_firm_evidence(
    confirmed: Iterable[Judged], supports: Mapping[str, Support]
) -> Iterator[Diagnostic]:
    for held in confirmed:
        support = supports[held.claim.id]
        if support.is_firm:
            continue
        reason = "only speculation supports it" if support.sources else "no evidence supports it"
        yield Diagnostic(
            "CT705",
            f"'{held.claim.id}' is confirmed, but {reason}; add the evidence that confirms it and "
            "judge it again, or judge it 'unproven'",
            held.verdict.place,
            held.claim.id,
        )


def _confirmed_by_nobody_else(supports: Mapping[str, Support]) -> Iterator[Diagnostic]:
    """Items graded 1, which says that independent sources confirm them, though none do."""
    for key, support in supports.items():
        if key != support.claims[0]:
            continue  # the same support as another claim's, by same-as
        graded = [item for item in support.standing if item.evidence.credibility == 1]
        disputing = sorted({item.origin.key for item in support.disputing}) if graded else ()
        for item in graded:
            # A denial is confirmed by others that deny it too.
            against = item.evidence.stance.is_dispute
            origins = disputing if against else support.origins
            if len(origins) < 2:
                verb = "disputes" if against else "firmly supports"
                yield _graded_too_high(item, verb, origins)


def _graded_too_high(item: Item, verb: str, origins: Sequence[str]) -> Diagnostic:
    whole = f"all that {verb} '{item.claim}' comes from"
    kind, _, name = origins[0].partition(":") if origins else ("", "", "")
    told = f"{whole} the {kind} '{name}'" if origins else f"nothing {verb} '{item.claim}'"
    return Diagnostic(
        "CT706",
        "credibility 1 means confirmed by other independent sources, but "
        f"{told}; grade it 2 (probably true), or add the evidence that "
        "confirms it",
        item.evidence.place,
        item.claim,
    )


# --------------------------------------------------------------------------------------- relations


def _resting_on_refuted(
    claims: Iterable[Claim], confirmed: Mapping[str, Judged], refuted: Mapping[str, Judged]
) -> Iterator[Diagnostic]:
    if not refuted or not confirmed:
        return
    for claim in claims:
        for relation in claim.relations:
            if relation.type == "supports" and claim.id in refuted:
                for other in relation.claims:
                    if other in confirmed:
                        yield _resting(confirmed[other], refuted[claim.id], "is supported by")
            if relation.type == "depends-on" and claim.id in confirmed:
                for other in relation.claims:
                    if other in refuted:
                        yield _resting(confirmed[claim.id], refuted[other], "depends on")


def _resting(upper: Judged, lower: Judged, how: str) -> Diagnostic:
    return Diagnostic(
        "CT707",
        f"'{upper.claim.id}' is confirmed, but {how} '{lower.claim.id}', which is refuted; remove "
        "the relation if it stands without it, or judge one of the two otherwise",
        upper.verdict.place,
        upper.claim.id,
        (lower.related,),
    )


def _judged_both_ways(
    confirmed: Mapping[str, Judged],
    refuted: Mapping[str, Judged],
    supports: Mapping[str, Support],
) -> Iterator[Diagnostic]:
    """One diagnostic for each proposition, that is, for all claims joined by ``same-as``."""
    told: set[str] = set()
    for key, held in refuted.items():
        pool = supports[key].claims
        if pool[0] in told:
            continue
        told.add(pool[0])
        others = [confirmed[claim] for claim in pool if claim in confirmed]
        if others:
            yield Diagnostic(
                "CT708",
                f"'{key}' is refuted and '{others[0].claim.id}' is confirmed, but same-as makes "
                "them one proposition; judge them alike, or remove the relation that joins them",
                held.verdict.place,
                key,
                tuple(other.related for other in others[:_NAMED]),
            )

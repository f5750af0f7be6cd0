"""Credibilities that contradict each other, by the definitions of the Admiralty code. Pure.

The number rates the information and the letter the source, each for itself (STANAG 2511, AJP-2.1),
so that no letter contradicts a number: A5 and F1 are sound grades. Nor do the letters of two
sources contradict each other: a careful paper may copy a careless one. What the number says of a
piece of information is that it is confirmed by other sources (1), probably true (2), possibly true
(3), doubtful (4), improbable (5), or that its truth cannot be judged (6). Four rules follow:

- One saying, one credibility: the same words of the same speaker in the same source, for the same
  proposition, cannot be graded in two ways.
- A copy adds nothing: what comes from one origin and one root is one piece of information, likely
  (1 or 2) or unlikely (4 or 5), but not both, whoever passes it on.
- Not both a statement and its denial: either is likely only if the other is not.
- Not both of two values that exclude each other: two claims that make a hard pair cannot both be
  confirmed (1), wherever they come from; nor can both be likely in the words of one source.

A 3 goes with everything, and a 6 contradicts only another number for the very same words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from claimtrack.diagnostic import Diagnostic, Related
from claimtrack.engine.groups import colliders
from claimtrack.findings.conflicts import Conflict
from claimtrack.findings.reviews import Reviews
from claimtrack.findings.support import Item, Support
from claimtrack.model import Assertion, Claim, Stance

_LIKELY = (1, 2)
_UNLIKELY = (4, 5)
_MEANINGS = {
    1: "confirmed by other sources",
    2: "probably true",
    3: "possibly true",
    4: "doubtful",
    5: "improbable",
    6: "cannot be judged",
}
_SHOWN = 3


def check_grades(
    claims: Mapping[str, Claim],
    supports: Mapping[str, Support],
    conflicts: Iterable[Conflict],
    reviews: Reviews,
) -> Iterator[Diagnostic]:
    """A warning for each contradiction between credibilities, at the later of the two."""
    for key, support in supports.items():
        if key == support.claims[0]:
            graded = [item for item in support.standing if item.evidence.credibility is not None]
            if len(graded) > 1:
                yield from _one_saying(graded)
                yield from _copies(graded)
                yield from _both_sides(graded)
    yield from _colliding(claims, supports, conflicts, reviews)


def _told(item: Item) -> str:
    number = item.evidence.credibility or 0
    return f"{number} ({_MEANINGS[number]})"


def _related(item: Item) -> Related:
    return Related(item.evidence.place, f"'{item.claim}' has credibility {_told(item)} here")


def _side(item: Item) -> str:
    """What the number is about: the statement, or that it is false."""
    stance = item.evidence.stance
    return "for" if stance.is_support else "against" if stance is Stance.DENIES else str(stance)


# ------------------------------------------------------------------------------- within one claim


def _one_saying(graded: Sequence[Item]) -> Iterator[Diagnostic]:
    said: dict[tuple[str, ...], Item] = {}
    for item in graded:
        if item.evidence.quote is None:
            continue
        first = said.setdefault(_saying(item), item)
        if first.evidence.credibility != item.evidence.credibility:
            yield Diagnostic(
                "CT713",
                f"the same words of '{item.evidence.source}' have credibility {_told(item)} here "
                f"and {_told(first)} elsewhere for '{item.claim}'; grade both alike",
                item.evidence.place,
                item.claim,
                (_related(first),),
            )


def _saying(item: Item) -> tuple[str, ...]:
    evidence = item.evidence
    words = " ".join((evidence.quote or "").split())
    return _side(item), evidence.source, evidence.by or "", words


def _copies(graded: Sequence[Item]) -> Iterator[Diagnostic]:
    """One warning for each origin and root at most: where the first contradiction is seen."""
    groups: dict[tuple[str, str], list[Item]] = {}
    for item in graded:
        if item.evidence.stance.is_firm:
            groups.setdefault((item.origin.key, item.origin.root), []).append(item)
    for members in groups.values():
        extremes = [item for item in members if item.evidence.credibility in _LIKELY + _UNLIKELY]
        for one, other in pairwise(extremes):
            if _is_likely(one) != _is_likely(other) and _saying(one) != _saying(other):
                yield _copied(one, other)
                break


def _is_likely(item: Item) -> bool:
    return item.evidence.credibility in _LIKELY


def _copied(one: Item, other: Item) -> Diagnostic:
    kind, _, name = other.origin.key.partition(":")
    return Diagnostic(
        "CT713",
        f"credibility {_told(other)} here contradicts {_told(one)} of another item, though both "
        f"are one piece of information from the {kind} '{name}', and passing it on adds nothing; "
        "grade both alike",
        other.evidence.place,
        other.claim,
        (_related(one),),
    )


def _both_sides(graded: Sequence[Item]) -> Iterator[Diagnostic]:
    likely = [item for item in graded if _is_likely(item)]
    held = [item for item in likely if item.evidence.stance.is_firm]
    denied = [item for item in likely if item.evidence.stance is Stance.DENIES]
    if held and denied:
        yield Diagnostic(
            "CT713",
            f"credibility {_told(denied[0])} of a denial contradicts {_told(held[0])} of what is "
            f"denied, '{held[0].claim}': both cannot be likely; grade one of them 4 or 5, or both "
            "3 if nothing decides",
            denied[0].evidence.place,
            denied[0].claim,
            (_related(held[0]),),
        )


# ---------------------------------------------------------------------------- between two claims


def _colliding(
    claims: Mapping[str, Claim],
    supports: Mapping[str, Support],
    conflicts: Iterable[Conflict],
    reviews: Reviews,
) -> Iterator[Diagnostic]:
    """One warning for each hard conflict at most."""
    for conflict in conflicts:
        if conflict.severity != "hard" or reviews.holds_together(conflict.id):
            continue
        likely = {
            claim: items
            for claim in conflict.claims
            if claim in conflict.hard_claims
            and (items := [item for item in supports[claim].firm if _is_likely(item)])
        }
        pair = _contradicting(conflict, claims, likely) if len(likely) > 1 else None
        if pair is not None:
            yield _both_likely(*pair, conflict)


def _contradicting(
    conflict: Conflict, claims: Mapping[str, Claim], likely: Mapping[str, Sequence[Item]]
) -> tuple[Item, Item] | None:
    """Two items, of claims that exclude each other, that cannot have the numbers they have."""
    by_basis: dict[str, dict[str, Item]] = {}
    for claim, items in likely.items():
        for item in items:
            by_basis.setdefault(f"source {item.evidence.source}", {}).setdefault(claim, item)
            if item.evidence.credibility == 1:
                by_basis.setdefault("confirmed", {}).setdefault(claim, item)
    held: dict[str, list[Assertion]] = {}
    for each in (each for position in conflict.positions for each in position.assertions):
        held.setdefault(each.claim, []).append(each)
    for graded in by_basis.values():
        if len(graded) > 1:
            excluding = (
                _declared(list(graded), claims)
                if conflict.rule == "declared"
                else _by_value([each for claim in graded for each in held[claim]], conflict)
            )
            if excluding is not None:
                return graded[excluding[0]], graded[excluding[1]]
    return None


def _by_value(assertions: Sequence[Assertion], conflict: Conflict) -> tuple[str, str] | None:
    """The claims of two of the assertions that collide, if any do."""
    found = colliders(assertions)
    if not found:
        return None
    claim = assertions[found[0]].claim
    rivals = conflict.rivals(claim)
    return claim, next(each.claim for each in assertions if each.claim in rivals)


def _declared(among: Sequence[str], claims: Mapping[str, Claim]) -> tuple[str, str] | None:
    """Two of the claims of which one contradicts the other, if any do."""
    chosen = set(among)
    for holder in among:
        for relation in claims[holder].relations:
            if relation.type == "contradicts" and not chosen.isdisjoint(relation.claims):
                return holder, next(other for other in relation.claims if other in chosen)
    return None


def _both_likely(one: Item, other: Item, conflict: Conflict) -> Diagnostic:
    return Diagnostic(
        "CT713",
        f"credibility {_told(other)} of '{other.claim}' contradicts {_told(one)} of '{one.claim}': "
        f"they exclude each other in {conflict.id}; grade one of them 4 or 5, both 3 if nothing "
        "decides, or review the conflict as 'compatible' if they can hold together",
        other.evidence.place,
        other.claim,
        (_related(one),),
    )

"""The register's single points of failure: what bears most alone. Pure.

For each source, entity and claim the numbers say what its fall would cost, exactly as deriving the
register without it would tell, but for all of them in one pass: an item counts toward each thing
that it rests on, and a pool loses what all its items, or all those of one origin, rest on.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from claimtrack.findings.dependence import count_dependants
from claimtrack.findings.falling import Grounds, Thing
from claimtrack.findings.findings import Findings
from claimtrack.findings.support import Item, Support
from claimtrack.frozen import frozen


@frozen
class SinglePoint:
    """What would be lost if one thing fell, in numbers of claims."""

    thing: Thing
    confirmed: int
    """Valid verdicts ``confirmed`` that would be left with nothing: without firm support, or on a
    claim that falls because it depends on this one."""
    bare: int
    """Claims that would be left without firm support."""
    uncorroborated: int
    """Claims that would be corroborated no longer, those left without firm support included."""
    dependants: int
    """Claims that fall with it, besides those that are the same."""


def find_single_points(findings: Findings) -> list[SinglePoint]:
    """Everything whose fall would cost something, worst first.

    By confirmed verdicts left with nothing, then claims left without firm support, then
    corroboration lost, then dependants, then id and kind.
    """
    register = findings.register
    confirmed = {claim for claim in register.claims if is_confirmed(claim, findings)}
    points = [*_of_evidence(findings, confirmed), *_of_claims(findings, confirmed)]
    return sorted(points, key=_worst_first)


def is_confirmed(claim: str, findings: Findings) -> bool:
    """Whether the claim's last verdict is ``confirmed`` and not stale."""
    last = findings.last_verdict(claim)
    return last is not None and last[0].rating == "confirmed" and not last[1]


def _worst_first(point: SinglePoint) -> tuple[int, int, int, int, str, str]:
    return (
        -point.confirmed,
        -point.bare,
        -point.uncorroborated,
        -point.dependants,
        point.thing.id,
        point.thing.kind,
    )


def _of_claims(findings: Findings, confirmed: set[str]) -> Iterator[SinglePoint]:
    for claim, held in count_dependants(findings.register.claims, confirmed).items():
        if held.claims:
            yield SinglePoint(Thing("claim", claim), held.marked, 0, 0, held.claims)


# --------------------------------------------------------------------------------------- evidence


def _of_evidence(findings: Findings, confirmed: set[str]) -> Iterator[SinglePoint]:
    grounds = Grounds(findings.register.sources)
    bare, verdicts, uncorroborated = Counter[Thing](), Counter[Thing](), Counter[Thing]()
    for support in _pools(findings):
        resting = [grounds.of(item.evidence) for item in support.firm]
        judged = sum(claim in confirmed for claim in support.claims)
        for thing in set.intersection(*resting):
            bare[thing] += len(support.claims)
            verdicts[thing] += judged
        if support.word == "corroborated":
            for thing in _breaking(support.firm, resting):
                uncorroborated[thing] += len(support.claims)
    for thing in bare.keys() | uncorroborated.keys():
        yield SinglePoint(thing, verdicts[thing], bare[thing], uncorroborated[thing], 0)


def _pools(findings: Findings) -> Iterable[Support]:
    """The support of each pool that is firm, once."""
    supports = findings.supports
    return (held for claim, held in supports.items() if held.claims[0] == claim and held.firm)


def _breaking(firm: Sequence[Item], resting: Sequence[set[Thing]]) -> set[Thing]:
    """The things without which no two items would differ in both origin and root.

    Some two differ in both just if there are two origins and two roots among them: were all pairs
    alike in one or the other, all items would share one origin or one root.
    """
    origins = _left([item.origin.key for item in firm], resting)
    roots = _left([item.origin.root for item in firm], resting)
    return {thing for thing in origins if origins[thing] < 2 or roots[thing] < 2}


def _left(keys: Sequence[str], resting: Sequence[set[Thing]]) -> dict[Thing, int]:
    """For each thing how many distinct keys the items that do not rest on it have."""
    held = Counter(keys)
    taken = Counter(
        (thing, key) for key, things in zip(keys, resting, strict=True) for thing in things
    )
    left = dict.fromkeys((thing for thing, _ in taken), len(held))
    for (thing, key), number in taken.items():
        left[thing] -= number == held[key]
    return left

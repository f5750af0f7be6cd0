"""What depends on what: the claims that fall with a claim. Pure.

Claims joined by ``same-as`` are one proposition and fall together; whatever ``depends-on`` one of
them falls with them, and so on, step by step.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import reduce
from graphlib import TopologicalSorter
from operator import or_

from claimtrack.findings.support import pools
from claimtrack.frozen import frozen
from claimtrack.model import Claim
from claimtrack.values.cycles import cycles


@frozen
class Dependants:
    """How many claims fall with one, besides those that are the same, and how many are marked."""

    claims: int
    marked: int


def falling_with(claim: str, claims: Mapping[str, Claim]) -> tuple[str, ...]:
    """The claim and all that fall with it, in file order."""
    pool_of = {member: pool for pool in pools(claims) for member in pool}
    dependants = _dependants(claims)
    falling = set(pool_of[claim])
    pending = list(falling)
    while pending:
        for other in dependants.get(pending.pop(), ()):
            if other not in falling:
                falling.update(pool_of[other])
                pending.extend(pool_of[other])
    return tuple(each for each in claims if each in falling)


def count_dependants(
    claims: Mapping[str, Claim], marked: Collection[str] = ()
) -> dict[str, Dependants]:
    """For each claim that others depend on, or that is the same as such a one, how many fall.

    Sets of claims are the bits of one number each, so that long chains cost little.
    """
    dependants = _dependants(claims)
    pool_of = {member: pool for pool in pools(claims) for member in pool}
    graph: dict[str, list[str]] = {}
    for claim, others in dependants.items():
        following = graph.setdefault(pool_of[claim][0], [])
        following.extend(pool_of[other][0] for other in others)
    nodes = dict.fromkeys([*graph, *(node for following in graph.values() for node in following)])
    numbered = (member for node in nodes for member in pool_of[node])
    bit = {member: 1 << number for number, member in enumerate(numbered)}
    own = {node: reduce(or_, (bit[member] for member in pool_of[node])) for node in nodes}
    chosen = reduce(or_, (bit[each] for each in marked if each in bit), 0)
    found: dict[str, Dependants] = {}
    for node, reached in _reach(graph, own).items():
        others_fall = reached & ~own[node]
        counted = Dependants(others_fall.bit_count(), (others_fall & chosen).bit_count())
        found.update(dict.fromkeys(pool_of[node], counted))
    return found


def _reach(graph: Mapping[str, list[str]], own: Mapping[str, int]) -> dict[str, int]:
    """For each node of the graph the bits of its own and of all nodes that it leads to."""
    ring = {node: circle[0] for circle in cycles(graph) for node in circle}
    following: dict[str, set[str]] = {}
    reached: dict[str, int] = {}
    for node, bits in own.items():
        at = ring.get(node, node)
        reached[at] = reached.get(at, 0) | bits
        following.setdefault(at, set()).update(ring.get(o, o) for o in graph.get(node, ()))
    # What follows comes first in this order, so that each step finds its successors complete.
    for at in TopologicalSorter({at: ends - {at} for at, ends in following.items()}).static_order():
        reached[at] = reduce(or_, (reached[end] for end in following[at]), reached[at])
    return {node: reached[ring.get(node, node)] for node in graph}


def _dependants(claims: Mapping[str, Claim]) -> dict[str, list[str]]:
    """Which claims depend on each, by one step."""
    found: dict[str, list[str]] = {}
    for claim in claims.values():
        for relation in claim.relations:
            for other in relation.claims if relation.type == "depends-on" else ():
                found.setdefault(other, []).append(claim.id)
    return found

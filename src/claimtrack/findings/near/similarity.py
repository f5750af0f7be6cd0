"""Sets that are alike, found without comparing all with all.

A similarity join with prefix filtering (Bayardo, Ma and Srikant, "Scaling up all pairs similarity
search", 2007): two sets that share enough share one of their rarest members, so that only these
few are indexed and asked for.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from fractions import Fraction

COMMON = 500
"""A member of more sets than this brings no two of them together."""


def alike(sets: Sequence[Collection[str]], share: Fraction) -> Iterator[tuple[int, list[int]]]:
    """The index of each set, with those of others whose common members are that share of all.

    Every such pair comes once, with the larger set, unless one is empty or what the two share
    within their prefixes is a member of more than ``COMMON`` sets.
    """
    held = Counter(member for each in sets for member in each)
    rarest_first = [sorted(each, key=lambda member: (held[member], member)) for each in sets]
    indexed: dict[str, list[int]] = {}
    for index in sorted(range(len(sets)), key=lambda index: len(rarest_first[index])):
        ours = rarest_first[index]
        prefix = ours[: len(ours) - math.ceil(share * len(ours)) + 1] if ours else []
        asked = [member for member in prefix if held[member] <= COMMON]
        near = {other for member in asked for other in indexed.get(member, ())}
        yield index, sorted(o for o in near if _are_alike(sets[o], sets[index], share))
        for member in asked:
            indexed.setdefault(member, []).append(index)


def _are_alike(one: Collection[str], other: Collection[str], share: Fraction) -> bool:
    common = len(set(one).intersection(other))
    every = len(one) + len(other) - common
    return common * share.denominator >= share.numerator * every

"""From evidence to support: pools, origins, what was taken back, grades."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from claimtrack.frozen import frozen
from claimtrack.model import Claim, Evidence, Register, Source, Stance

if TYPE_CHECKING:
    from claimtrack.findings.flags import SupportWord


@frozen
class Origin:
    """Where an item of evidence comes from in the end, and the source at its root."""

    entity: str | None
    root: str

    @property
    def key(self) -> str:
        """``entity:ID`` or ``source:ID``, as programs read it."""
        return f"source:{self.root}" if self.entity is None else f"entity:{self.entity}"


@frozen
class Item:
    """One item of evidence in its claim, with its origin."""

    claim: str
    evidence: Evidence
    origin: Origin
    taken_back: bool


@frozen
class Support:
    """What stands under a claim and all that are the same as it."""

    claims: tuple[str, ...]
    items: tuple[Item, ...]
    standing: tuple[Item, ...]
    """The items that were not taken back."""
    firm: tuple[Item, ...]
    disputing: tuple[Item, ...]
    sources: tuple[str, ...]
    """Sources of supporting items, in file order of the items."""
    origins: tuple[str, ...]
    """The distinct origins of firm items."""
    word: SupportWord
    grade: str | None

    @property
    def is_firm(self) -> bool:
        """Whether at least one item supports firmly."""
        return bool(self.firm)

    @property
    def is_echo(self) -> bool:
        """Whether several sources support it firmly, and no two independently of each other."""
        return self.word == "single-origin" and any(
            item.evidence.source != self.firm[0].evidence.source for item in self.firm
        )


def weigh(register: Register) -> dict[str, Support]:
    """The support of every claim; those joined by ``same-as`` share one."""
    cited = {item.source for claim in register.claims.values() for item in claim.evidence}
    rooted = roots(register.sources, cited)
    supports: dict[str, Support] = {}
    for pool in pools(register.claims):
        items = tuple(
            item for claim in pool for item in _items(register.claims[claim], register, rooted)
        )
        support = _weigh_pool(pool, items, register)
        supports.update(dict.fromkeys(pool, support))
    return supports


def pools(claims: Mapping[str, Claim]) -> list[tuple[str, ...]]:
    """Claims joined by ``same-as``, in whatever order and through any number of steps."""
    leader = {claim: claim for claim in claims}

    def lead(claim: str) -> str:
        while leader[claim] != claim:
            leader[claim] = leader[leader[claim]]
            claim = leader[claim]
        return claim

    for claim in claims.values():
        for relation in claim.relations:
            for other in relation.claims if relation.type == "same-as" else ():
                leader[lead(other)] = lead(claim.id)
    joined: dict[str, list[str]] = {}
    for key in claims:
        joined.setdefault(lead(key), []).append(key)
    return [tuple(pool) for pool in joined.values()]


# ---------------------------------------------------------------------------------------- origins


def roots(sources: Mapping[str, Source], starts: Iterable[str] | None = None) -> dict[str, str]:
    """The root of each source, or of some, by the first entry of each ``derived_from``."""
    found: dict[str, str] = {}
    for start in sources if starts is None else starts:
        path, source = [], start
        while source not in found and sources[source].derived_from:
            path.append(source)
            source = sources[source].derived_from[0]
        found.update(dict.fromkeys([*path, source], found.get(source, source)))
    return found


def _items(claim: Claim, register: Register, rooted: Mapping[str, str]) -> list[Item]:
    taken = taken_back(claim.evidence)
    return [
        Item(claim.id, each, _origin(each, register, rooted), index in taken)
        for index, each in enumerate(claim.evidence)
    ]


def _origin(evidence: Evidence, register: Register, rooted: Mapping[str, str]) -> Origin:
    root = rooted[evidence.source]
    by = evidence.by
    if by is not None and not (by in register.entities and register.entities[by].anonymous):
        return Origin(by, root)
    return Origin(register.sources[root].maker, root)


def taken_back(evidence: Sequence[Evidence]) -> set[int]:
    """The indexes of items that a later ``retracts`` of the same source and speaker takes back."""
    taken: set[int] = set()
    if not any(each.stance is Stance.RETRACTS for each in evidence):
        return taken  # as under nearly every claim
    earlier: dict[tuple[str, str | None], list[int]] = {}
    for index, each in enumerate(evidence):
        held = earlier.setdefault((each.source, each.by), [])
        if each.stance is Stance.RETRACTS:
            taken.update(held)
            held.clear()
        else:
            held.append(index)
    return taken


# ----------------------------------------------------------------------------------------- weight


def _weigh_pool(pool: tuple[str, ...], items: tuple[Item, ...], register: Register) -> Support:
    standing = tuple(item for item in items if not item.taken_back)
    supporting = [item for item in standing if item.evidence.stance.is_support]
    firm = tuple(item for item in supporting if item.evidence.stance.is_firm)
    return Support(
        claims=pool,
        items=items,
        standing=standing,
        firm=firm,
        disputing=tuple(item for item in standing if item.evidence.stance.is_dispute),
        sources=tuple(dict.fromkeys(item.evidence.source for item in supporting)),
        origins=tuple(dict.fromkeys(item.origin.key for item in firm)),
        word=_word(firm, supporting),
        grade=_best_grade(firm, register),
    )


def _word(firm: Sequence[Item], supporting: Sequence[Item]) -> SupportWord:
    if firm:
        return "corroborated" if _differ_twice(firm) else "single-origin"
    return "speculative" if supporting else "unsupported"


def _differ_twice(firm: Sequence[Item]) -> bool:
    """Whether two items differ both in origin and in root source.

    Either some item differs in both from the first, or one differs from it in the root alone and
    another in the origin alone: those two then differ in both.
    """
    first = firm[0].origin
    other_origin = other_root = False
    for item in firm:
        differs, elsewhere = item.origin.key != first.key, item.origin.root != first.root
        if differs and elsewhere:
            return True
        other_origin, other_root = other_origin or differs, other_root or elsewhere
    return other_origin and other_root


_LETTERS = "ABCDEF"
_NUMBERS = (1, 2, 3, 4, 5, 6, None)


def grade_of(evidence: Evidence, register: Register) -> str | None:
    """An item's Admiralty grade, such as ``E5``; ``E-`` without a number, None without a letter."""
    letter = register.sources[evidence.source].reliability
    return None if letter is None else f"{letter}{evidence.credibility or '-'}"


def _best_grade(firm: Sequence[Item], register: Register) -> str | None:
    grades = [
        (letter, item.evidence.credibility)
        for item in firm
        if (letter := register.sources[item.evidence.source].reliability) is not None
    ]
    if not grades:
        return None
    letter, number = min(grades, key=lambda g: (_LETTERS.index(g[0]), _NUMBERS.index(g[1])))
    return f"{letter}{number or '-'}"

"""Evidence by its origins: who said it first, through whom, and in which file it came to be read.

Grouped by origin, so that one sees at a glance which items are one, and why.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from claimtrack.findings.support import Item, grade_of
from claimtrack.model import Register, Source
from claimtrack.render.evidence import origin_words
from claimtrack.render.screen import Part, Screen
from claimtrack.render.style import quiet, strong
from claimtrack.render.words import count, entity_words

_STEPS = 3
"""Of sources that are derived one from another so many are named, and the root."""


def print_origins(
    items: Sequence[Item],
    print_below: Callable[[int, int], None],
    register: Register,
    screen: Screen,
) -> None:
    """Items as a tree: the origin, under it the way of each item, under that what belongs to it.

    ``print_below`` prints what belongs to the item of that index, with the given indent.
    """
    groups: dict[str, list[int]] = {}
    for index, item in enumerate(items):
        groups.setdefault(item.origin.key, []).append(index)
    for key, members in groups.items():
        tally = _tally([items[index] for index in members])
        screen.line(strong(origin_words(key, register)), quiet(f"  {tally}"), indent=2)
        for index in members:
            screen.line(*_way(items[index], register), indent=4)
            reason = reason_words(items[index], register)
            if reason:
                screen.line(quiet(reason), indent=6)
            print_below(index, 6)


def _tally(items: Sequence[Item]) -> str:
    """``1 origin, 3 items in 2 sources``."""
    sources = len({item.evidence.source for item in items})
    where = f" in {count(sources, 'source')}" if sources > 1 else ""
    is_firm = any(item.evidence.stance.is_firm and not item.taken_back for item in items)
    return f"1 origin, {count(len(items), 'item')}{where}{'' if is_firm else ', none firm'}"


def _way(item: Item, register: Register) -> list[Part]:
    """``The Mayor → Interfax → gazette: reports · B2``: speaker, outlets, source."""
    evidence = item.evidence
    passed = [] if evidence.by is None else [evidence.by]
    first, *others = [
        *(entity_words(key, register) for key in (*passed, *evidence.via)),
        evidence.source,
    ]
    grade = grade_of(evidence, register)
    return [
        strong(first),
        "".join(f" → {each}" for each in others),
        f": {evidence.stance}",
        quiet(f" · {grade}" if grade else ""),
        quiet(" · taken back later" if item.taken_back else ""),
    ]


def reason_words(item: Item, register: Register) -> str:
    """Why an item's origin is what it is, where that is not its speaker or source itself.

    ``its speaker is anonymous; echo is derived from wire, which is derived from agency``
    """
    sources, by, source = register.sources, item.evidence.by, item.evidence.source
    is_anonymous = by is not None and item.origin.key != f"entity:{by}"
    told = ["its speaker is anonymous"] if is_anonymous else []
    if sources[source].derived_from:
        told.append(f"{source} is {_derived(source, sources)}")
    maker = sources[item.origin.root].maker
    if maker is not None and (by is None or is_anonymous):
        told.append(f"{item.origin.root} is by {entity_words(maker, register)}")
    return "; ".join(told)


def _derived(source: str, sources: Mapping[str, Source]) -> str:
    """``derived from wire, which is derived from agency``: the way to the root."""
    way = []
    while sources[source].derived_from:
        source = sources[source].derived_from[0]
        way.append(source)
    told = ", which is ".join(f"derived from {each}" for each in way[:_STEPS])
    return f"{told}, and so on down to {way[-1]}" if len(way) > _STEPS else told

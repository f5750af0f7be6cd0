"""A register at a glance: ids fit for suggestions, before anything heavy is imported."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

from claimtrack.collector import collector_off
from claimtrack.reading import skim
from claimtrack.reading.files import is_inside, matches, resolved
from claimtrack.reading.skim import Section, Unusual

_Found = TypeVar("_Found")

_FINDERS: dict[tuple[str, str], Callable[[Section], Iterable[bytes]]] = {
    ("claims", "claims"): skim.claims,
    ("sources", "sources"): skim.keys,
    ("entities", "entities"): skim.keys,
    ("properties", "properties"): skim.keys,
    ("claims", "tags"): skim.tags,
    ("claims", "conflicts"): skim.declared,
    ("reviews", "conflicts"): skim.reviewed,
}
"""What finds ids of a kind in a section, by the section's name and the kind."""


def ids_at_a_glance(main: Path, kinds: Collection[str]) -> list[str]:
    """Ids of claims, sources, entities, properties or conflicts, or tags, in file order.

    Sound entries are not told from others. Whether there is a conflict is not worked out: what is
    given for one is each subject and property asserted more than once, each pair of claims declared
    to be at odds, and each id that a review names, though some of them may be no conflicts. Text
    that cannot be read gives nothing.
    """
    with collector_off():
        return [each.decode() for each in _all(main, kinds)]


def _all(main: Path, kinds: Collection[str]) -> dict[bytes, None]:
    found: dict[bytes, None] = {}
    asserted: Counter[bytes] = Counter()
    for section in _sections(main):
        for kind in kinds:
            found.update(dict.fromkeys(_ids(section, kind)))
        if section.name == "claims" and "conflicts" in kinds:
            asserted.update(skim.asserted(section))
    found.update(dict.fromkeys(pair for pair, times in asserted.items() if times > 1))
    return found


def _ids(section: Section, kind: str) -> list[bytes]:
    find = _FINDERS.get((section.name, kind))
    return [] if find is None else _found(section, find)


def _found(section: Section, find: Callable[[Section], Iterable[_Found]]) -> list[_Found]:
    """What is found in a section; where it has to be parsed for that, in the rewritten one."""
    try:
        return list(find(section))
    except Unusual:
        text = section.file[section.start : section.end]
        usual = _rewritten(section.name.encode() + b":" + text)
    with suppress(Unusual):
        return [each for section in usual for each in find(section)]
    return []


# ------------------------------------------------------------------------------------------ files


def _sections(main: Path) -> Iterator[Section]:
    """The sections of the main file and of all that it includes, each file once."""
    pending, read = [main], set()
    while pending:
        path = pending.pop()
        if resolved(path) in read or not is_inside(path, main.parent) or not path.is_file():
            continue
        read.add(resolved(path))
        found = _sections_of(path.read_bytes())
        yield from found
        patterns = [each for section in found for each in _includes(section)]
        pending += [match for each in reversed(patterns) for match in _matches(path, each)]


def _matches(path: Path, pattern: str) -> list[Path]:
    return [] if "\0" in pattern else matches(path.parent, pattern)[::-1]


def _includes(section: Section) -> list[str]:
    return _found(section, skim.includes) if section.name == "include" else []


def _sections_of(data: bytes) -> list[Section]:
    try:
        return skim.sections(data)
    except Unusual:
        return _rewritten(data)


def _rewritten(data: bytes) -> list[Section]:
    """The sections of a text that has to be parsed, in the style that can be skimmed."""
    # Hardly any register needs it, and its imports cost as much as the rest together.
    from claimtrack.reading.restyling import in_block_style

    return skim.sections(in_block_style(data))

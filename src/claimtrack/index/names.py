"""Names and ids that a reader gives, and what they mean in an index."""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum

from claimtrack.findings.selection import (
    AmbiguousName,
    LeftOut,
    UnknownName,
    find_id,
)
from claimtrack.index.stored import Stored, in_parts, marks
from claimtrack.values.names import fold


class Mention(IntEnum):
    """How a claim names something."""

    SOURCE = 0
    ABOUT = 1
    BY = 2
    VIA = 3
    TAG = 4
    """Folded."""
    WRITTEN_TAG = 5
    """As it is written."""


_OF_ENTITIES = f"({Mention.ABOUT:d}, {Mention.BY:d}, {Mention.VIA:d})"


def find_source(stored: Stored, part: str) -> str:
    """The source's id, or the only one that the part fits. Raises UnknownName, AmbiguousName."""
    return part if part in stored.sources else find_id("source", part, stored.sources)


def find_claim(stored: Stored, part: str) -> str:
    """The claim's id, or the only one that the part fits.

    Raises LeftOut, UnknownName, AmbiguousName.
    """
    found = stored.index.execute("SELECT sound FROM ids WHERE id = ?", (part,)).fetchone()
    if found is not None:
        if not found[0]:
            raise LeftOut(part)
        return part
    fitting = claims_with(stored, part)
    if len(fitting) == 1:
        return fitting[0]
    if fitting:
        raise AmbiguousName(part, fitting)
    raise UnknownName("claim", part, all_claims(stored))


def claims_with(stored: Stored, part: str) -> list[str]:
    """The ids of sound claims that hold the part, in file order; none for an empty one."""
    question = "SELECT id FROM ids WHERE sound AND instr(id, ?) ORDER BY no"
    return [key for (key,) in stored.index.execute(question, (part,))] if part else []


def all_claims(stored: Stored) -> list[str]:
    """The ids of all sound claims, in file order."""
    return [key for (key,) in stored.index.execute("SELECT id FROM ids WHERE sound ORDER BY no")]


def find_entity(stored: Stored, name: str) -> str:
    """The one entity that goes by the name. Raises UnknownName, AmbiguousName.

    An undeclared one goes by its folded text.
    """
    if name in stored.entities:
        return name
    folded = fold(name)
    found = sorted(
        key
        for (key,) in stored.index.execute(
            "SELECT n.entity FROM names n JOIN entries e ON e.kind = 'entity' AND e.id = n.entity"
            " WHERE n.folded = ? UNION SELECT DISTINCT m.key FROM mentions m"
            f" WHERE m.kind IN {_OF_ENTITIES} AND m.key = ?",
            (folded, folded),
        )
    )
    if not found:
        raise UnknownName("entity", name, names_in_use(stored))
    if len(found) > 1:
        raise AmbiguousName(name, found)
    return str(found[0])


def names_in_use(stored: Stored) -> list[str]:
    """Every name that an entity goes by, folded: of those declared first, in alphabetical order."""
    declared = stored.index.execute(
        "SELECT DISTINCT n.folded FROM names n"
        " JOIN entries e ON e.kind = 'entity' AND e.id = n.entity"
    )
    heard = stored.index.execute(
        f"SELECT DISTINCT key FROM mentions WHERE kind IN {_OF_ENTITIES} AND key NOT IN"
        " (SELECT id FROM entries WHERE kind = 'entity')"
    )
    return list(dict.fromkeys(name for found in (declared, heard) for (name,) in found))


def entities_within(stored: Stored, names: Iterable[str]) -> set[str]:
    """The entities named and all that is part of them. Raises UnknownName, AmbiguousName."""
    within = {find_entity(stored, name) for name in names}
    fresh = set(within)
    while fresh:
        below: set[str] = set()
        for some in in_parts(fresh):
            question = f"SELECT id FROM entries WHERE kind = 'entity' AND above IN ({marks(some)})"
            below.update(key for (key,) in stored.index.execute(question, some))
        fresh = below - within
        within |= fresh
    return within

"""Choosing conflicts in an index: which of them a reader asked for, hard ones first, then by id."""

from __future__ import annotations

from collections.abc import Iterable

from claimtrack.findings.selection import UnknownConflict
from claimtrack.index.names import Mention, claims_with, find_claim
from claimtrack.index.stored import Stored, in_parts, marks
from claimtrack.model import Review


class ConflictsThat:
    """Conflicts that meet some conditions, looked for when they are asked for."""

    def __init__(
        self, stored: Stored, conditions: tuple[str, ...] = (), values: tuple[object, ...] = ()
    ) -> None:
        self._stored, self._conditions, self._values = stored, conditions, values

    def also(self, condition: str, values: Iterable[object] = ()) -> ConflictsThat:
        """Those of them that meet one more."""
        return ConflictsThat(self._stored, (*self._conditions, condition), (*self._values, *values))

    def ids(self, limit: int | None = None) -> list[str]:
        """Their ids, in order."""
        question = f"SELECT c.id FROM conflicts c WHERE {self._all} ORDER BY c.soft, c.id LIMIT ?"
        values = [*self._values, -1 if limit is None else limit]
        return [key for (key,) in self._stored.index.execute(question, values)]

    def count(self) -> int:
        """How many there are."""
        question = f"SELECT count(*) FROM conflicts c WHERE {self._all}"
        return int(self._stored.index.execute(question, self._values).fetchone()[0])

    def any(self) -> bool:
        """Whether there are any."""
        return bool(self.ids(1))

    @property
    def _all(self) -> str:
        return " AND ".join(self._conditions) or "1"


OPEN = "c.state <> 'reviewed'"
HARD = "c.soft = 0"


def among(ids: str) -> str:
    """The condition that the id of a conflict is one of some, which another question may give."""
    # Whether one is hard comes first in their key, and so has to be said.
    return f"c.soft IN (0, 1) AND c.id IN ({ids})"


def all_conflicts(stored: Stored) -> ConflictsThat:
    """Every conflict."""
    return ConflictsThat(stored)


def of_claim(stored: Stored, claim: str) -> ConflictsThat:
    """Those that a claim stands in."""
    found = "SELECT conflict FROM standing WHERE no = ?"
    return ConflictsThat(stored).also(among(found), [stored.number_of(claim)])


def named(stored: Stored, name: str) -> ConflictsThat:
    """The conflict with that id, all in which the claim with that id stands, or all that fit.

    Raises UnknownConflict, LeftOut, AmbiguousName.
    """
    if stored.number_of(name) is not None:
        return of_claim(stored, name)
    everything = all_conflicts(stored)
    exact = everything.also(among("?"), [name])
    if exact.any():
        return exact
    fitting = everything.also("instr(c.id, ?)", [name])
    if name and fitting.any():
        return fitting
    left_out = "SELECT 1 FROM ids WHERE id = ? AND NOT sound"
    if claims_with(stored, name) or stored.index.execute(left_out, (name,)).fetchone():
        return of_claim(stored, find_claim(stored, name))
    raise UnknownConflict(name, everything.ids())


def about(entities: Iterable[str]) -> tuple[str, list[object]]:
    """The condition that a claim about one of some entities stands in a conflict."""
    return _with_a_claim(Mention.ABOUT, entities)


def citing(sources: Iterable[str]) -> tuple[str, list[object]]:
    """The condition that a claim with evidence from one of some sources does."""
    return _with_a_claim(Mention.SOURCE, sources)


def _with_a_claim(kind: Mention, keys: Iterable[str]) -> tuple[str, list[object]]:
    held = list(keys)
    found = (
        "SELECT s.conflict FROM mentions m JOIN standing s ON s.no = m.no"
        f" WHERE m.kind = {kind:d} AND m.key IN ({marks(held)})"
    )
    return among(found), [*held]


def claims_in(stored: Stored, conflicts: Iterable[str]) -> set[int]:
    """The numbers of the claims that stand in some conflicts."""
    found: set[int] = set()
    for some in in_parts(conflicts):
        question = f"SELECT no FROM standing WHERE conflict IN ({marks(some)})"
        found.update(no for (no,) in stored.index.execute(question, some))
    return found


def gone_reviews(stored: Stored, conflict: str | None = None) -> list[Review]:
    """The reviews that count of conflicts that are not there (of this one only), in file order."""
    if not stored.fact("reviews"):
        return []
    question = (
        "SELECT r.no, r.conflict, r.claim FROM reviews r WHERE r.conflict IS NOT NULL"
        " AND NOT EXISTS (SELECT 1 FROM conflicts c WHERE c.soft IN (0, 1) AND c.id = r.conflict)"
        " AND (? IS NULL OR r.conflict = ?) ORDER BY r.no"
    )
    last = {
        key: no
        for no, key, claim in stored.index.execute(question, (conflict, conflict)).fetchall()
        if claim is None or stored.number_of(claim) is not None
    }
    return [stored.reviews([no])[0] for no in last.values()]

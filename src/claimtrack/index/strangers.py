"""Names that no entity declares: where claims use them, and the one warning for each (CT207)."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from claimtrack.diagnostic import Place
from claimtrack.index.draft import Receiving
from claimtrack.index.stored import Stored, in_parts, marks
from claimtrack.index.telling import Stage, tell_all, untell
from claimtrack.reading.nametable import Use, undeclared
from claimtrack.values.names import fold


class Strangers:
    """Uses of such names as claims are read one after another."""

    def __init__(self) -> None:
        self.rows: list[tuple[str, int, int, int, str]] = []
        self._no = self._line = 0

    def turn_to(self, no: int, line: int) -> None:
        """What is noted from now on is used by the claim of that number, which begins there."""
        self._no, self._line = no, line

    def note(self, text: str, place: Place, _claim: str | None) -> str:
        """Note a use; gives the folded text, for which the name stands."""
        folded = fold(text)
        self.rows.append((folded, self._no, place.line - self._line, place.column, text))
        return folded

    def keep(self, stored: Receiving) -> set[str]:
        """Put what was noted into the index, and begin anew; gives the names that were used."""
        stored.index.executemany(
            "INSERT OR IGNORE INTO strangers VALUES (?, ?, ?, ?, ?)", self.rows
        )
        names = {row[0] for row in self.rows}
        self.rows.clear()
        return names


def tell_strangers(
    stored: Stored, hint: Callable[[str], str], names: Iterable[str] | None = None
) -> None:
    """Warn anew of names, all or some; ``hint`` gives what a folded one may be meant for."""
    if names is None:
        found = stored.index.execute("SELECT DISTINCT folded FROM strangers")
        names = [name for (name,) in found.fetchall()]
    held = sorted(set(names))
    untell(stored, [Stage.NAME], held)
    for some in in_parts(held):
        uses: dict[str, list[Use]] = {}
        question = (
            'SELECT s.folded, s.no, s.below, s."column", s.text, i.id FROM strangers s'
            f" LEFT JOIN ids i ON i.no = s.no WHERE s.folded IN ({marks(some)})"
            ' ORDER BY s.folded, s.no, s.below, s."column"'
        )
        for folded, *spot, text, claim in stored.index.execute(question, some).fetchall():
            uses.setdefault(folded, []).append(Use(text, stored.show(tuple(spot)), claim))
        tell_all(
            stored,
            Stage.NAME,
            ((name, undeclared(held, hint(name))) for name, held in uses.items()),
        )

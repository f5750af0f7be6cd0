"""Choosing claims in an index: which of them a reader asked for, in which order, and how many.

What a filter means is said by findings/selection.py; here it is put as a question.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from claimtrack.findings.flags import CONTEST_WORDS, SUPPORT_WORDS
from claimtrack.findings.selection import Selection, known_flag
from claimtrack.findings.summaries import Summary
from claimtrack.index.names import Mention, entities_within, find_entity, find_source
from claimtrack.index.rows import SUMMARY, flag_bits, summary_of
from claimtrack.index.stored import Stored, marks
from claimtrack.values.names import fold


def _place_in(column: str, words: Iterable[str]) -> str:
    """The place of a column's word among some."""
    cases = " ".join(f"WHEN '{word}' THEN {number}" for number, word in enumerate(words))
    return f"CASE {column} {cases} END"


ORDERS = {
    "file": "c.no",
    "id": "c.id, c.no",
    "contest": f"{_place_in('c.contest', CONTEST_WORDS)}, c.no",
    "support": f"{_place_in('c.support', SUPPORT_WORDS)}, c.no",
    "grade": "replace(coalesce(c.grade, 'Z'), '-', '9'), c.no",
    "origins": "-c.origins, c.no",
    "sources": "-c.sources, c.no",
    "when": "c.low IS NULL, coalesce(c.low, 0), c.no",
}
"""What claims can be sorted by."""


class Chosen:
    """The claims that fit, as many as were asked for."""

    def __init__(self, stored: Stored, fits: _Fits, order: str, limit: int | None) -> None:
        self._stored, self._fits, self._order, self._limit = stored, fits, order, limit

    def ids(self) -> list[str]:
        """Their ids."""
        return [key for (key,) in self._stored.index.execute(*self._question("c.id", ""))]

    def summaries(self) -> list[Summary]:
        """The claims in short."""
        question = self._question(f"c.no, s.line, {SUMMARY}", "JOIN stretches s ON s.no = c.no")
        return [
            summary_of(tuple(row), self._stored.file(no), line)
            for no, line, *row in self._stored.index.execute(*question).fetchall()
        ]

    def count(self) -> int:
        """How many fit, asked for or not."""
        if not self._fits.conditions:
            return int(self._stored.fact("claims"))
        question = f"SELECT count(*) FROM claims c WHERE {self._fits.all}"
        return int(self._stored.index.execute(question, self._fits.values).fetchone()[0])

    def _question(self, columns: str, join: str) -> tuple[str, list[object]]:
        limit = -1 if self._limit is None else self._limit
        question = (
            f"SELECT {columns} FROM claims c {join} WHERE {self._fits.all}"
            f" ORDER BY {ORDERS[self._order]} LIMIT ?"
        )
        return question, [*self._fits.values, limit]


class _Fits(NamedTuple):
    """Conditions, all of which have to hold, and the values for their marks."""

    conditions: list[str]
    values: list[object]

    @property
    def all(self) -> str:
        return " AND ".join(self.conditions) or "1"

    def add(self, condition: str, values: Iterable[object] = ()) -> None:
        self.conditions.append(condition)
        self.values.extend(values)

    def mentions(self, kind: Mention, keys: Iterable[str]) -> None:
        """That a claim names one of some things."""
        held = list(keys)
        self.add(
            f"c.no IN (SELECT no FROM mentions WHERE kind = ? AND key IN ({marks(held)}))",
            [int(kind), *held],
        )


def choose(stored: Stored, selection: Selection, order: str, limit: int | None) -> Chosen:
    """The claims that fit. Raises UnknownName, AmbiguousName."""
    fits = _Fits([], [])
    for word in selection.words:
        _add_word(stored, fold(word), fits)
    if selection.flags:
        bits = flag_bits({known_flag(flag) for flag in selection.flags})
        fits.add("c.flags & ?", [bits])
    if selection.sources:
        fits.mentions(Mention.SOURCE, {find_source(stored, source) for source in selection.sources})
    if selection.about:
        fits.mentions(Mention.ABOUT, entities_within(stored, selection.about))
    if selection.by:
        fits.mentions(Mention.BY, {find_entity(stored, name) for name in selection.by})
    if selection.kinds:
        fits.add(f"c.kind IN ({marks(list(selection.kinds))})", selection.kinds)
    if selection.tags:
        fits.mentions(Mention.TAG, {fold(tag) for tag in selection.tags})
    if selection.when is not None:
        fits.add("c.low <= ? AND c.high >= ?", [selection.when.high, selection.when.low])
    if selection.reliability is not None:
        letters = "ABCDEF"[: "ABCDEF".index(selection.reliability) + 1]
        fits.add("instr(?, substr(coalesce(c.grade, '-'), 1, 1))", [letters])
    return Chosen(stored, fits, order, limit)


# ------------------------------------------------------------------------------------------- words

_RUN = re.compile("[0-9a-zа-яѐ-џ]+")
"""Runs of letters and digits that the index of words is sure to keep in one piece."""
_MANY = 400
"""Words of the index beyond which looking them all up takes longer than reading all texts."""


def _add_word(stored: Stored, word: str, fits: _Fits) -> None:
    """That a word, or a piece of one, stands in what is searched of a claim.

    The index of words knows which claims have words that hold the piece's longest run of letters;
    whether the piece is there as it stands is then looked up in their texts.
    """
    if not word:
        return
    run = max(_RUN.findall(word), key=len, default="")
    if run:
        question = "SELECT term FROM vocabulary WHERE instr(term, ?) LIMIT ?"
        terms = [term for (term,) in stored.index.execute(question, (run, _MANY + 1))]
        if len(terms) <= _MANY:
            match = " OR ".join(f'"{term}"' for term in terms)
            fits.add("c.no IN (SELECT rowid FROM words WHERE words MATCH ?)", [match or '""'])
    fits.add("EXISTS (SELECT 1 FROM searched t WHERE t.no = c.no AND instr(t.text, ?))", [word])

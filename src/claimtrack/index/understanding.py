"""From raw claims to the rows of an index that they give by themselves, some claims at once.

Nothing is put into an index here, and nothing of one is asked, so that another process can do it:
what comes out consists of plain values.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from claimtrack.diagnostic import Place
from claimtrack.index.auditing import Auditing
from claimtrack.index.draft import Draft
from claimtrack.index.entries import Spot, diagnostic_of, pack_diagnostic
from claimtrack.index.packing import pack_end, unpack_end
from claimtrack.index.settling import settle_alone
from claimtrack.index.spool import Spool, Waiting, waiting_of
from claimtrack.index.stored import Stored
from claimtrack.index.strangers import Strangers
from claimtrack.index.taking import Answer, NewGroups, Taken, Taking, answer_of, put_members
from claimtrack.index.telling import TELL, Stage, tell
from claimtrack.model import Register
from claimtrack.reading.claims import desk_for, read_claim
from claimtrack.reading.desk import Catalogue
from claimtrack.reading.entries import Entries
from claimtrack.reading.loose_ranks import LooseRanks
from claimtrack.reading.quick import QuickReader
from claimtrack.reading.report import Report
from claimtrack.reading.shelf import Shelf


class Understood(NamedTuple):
    """What some claims give: rows, each with the statement that puts it in, and answers."""

    rows: list[tuple[str, list[Any]]]
    answers: list[tuple[Any, ...]]
    """Number, subject and property of each assertion, its folded text if its value lies on no tree,
    and what tells whether others may collide with it."""
    sound: int
    evidence: int


class Understanding:
    """Understands the claims of one register, whose catalogue was read."""

    def __init__(
        self, entries: Entries, spool: Spool, catalogue: Catalogue, register: Register
    ) -> None:
        """``register`` is no more than its catalogue."""
        self._spool, self._register, self._report = spool, register, Report()
        self._draft, self._strangers = Draft(), Strangers()
        ranks = LooseRanks(len(catalogue.places))
        self._desk = desk_for(entries, catalogue, self._report, ranks, self._strangers)
        self._quick = QuickReader(self._desk)
        self._taking = Taking(self._draft, catalogue, "waiting.mentions")
        self._auditing: Auditing | None = None

    def judge_by(self, main: Path, shelf: Shelf) -> None:
        """Look at the evidence of claims too."""
        self._auditing = Auditing(self._draft, self._register, main, shelf)

    def understood(self, claims: Sequence[Waiting]) -> Understood:
        """What some claims give."""
        draft = self._draft
        taken = list(self._taken(claims))
        sound = {each.no for each in taken}
        ids = [(each.key, each.no, each.no in sound) for each in claims]
        draft.executemany("INSERT INTO waiting.ids VALUES (?, ?, ?)", ids)
        self._strangers.keep(draft)
        self._taking.take(taken)
        # What is bound to others is settled with them once all are there.
        alone = [each for each in taken if not each.claim.relations]
        settle_alone(draft, alone, self._register)
        if self._auditing is not None:
            self._auditing.judge({claim.id: (no, claim) for no, _, claim in taken})
        rows, draft.rows = draft.rows, []
        evidence = sum(len(claim.evidence) for _, _, claim in taken)
        return Understood(rows, list(self._answers(taken)), len(taken), evidence)

    def work(self, claims: Sequence[tuple[Any, ...]]) -> tuple[Any, ...]:
        """The same in plain values."""
        return tuple(self.understood([waiting_of(*each) for each in claims]))

    def _taken(self, claims: Sequence[Waiting]) -> Iterator[Taken]:
        """Those of the claims that are sound."""
        for each in claims:
            entry = self._spool.entry(each)
            self._strangers.turn_to(each.no, entry.first_line)
            claim = read_claim(self._desk, entry, self._quick)
            if self._report.diagnostics:
                tell(self._draft, Stage.CLAIM, self._report.take(), each.no)
            if claim is not None:
                yield Taken(each.no, entry.first_line, claim)

    def _answers(self, taken: Sequence[Taken]) -> Iterator[tuple[Any, ...]]:
        loose = self._taking.loose
        for no, _, claim in taken:
            for each in claim.asserts:
                *ends, negated, single = answer_of(each)
                packed = map(pack_end, ends)
                yield no, each.subject, each.property, loose(each), *packed, negated, single


def put(stored: Stored, understood: Understood, groups: NewGroups, ranks: LooseRanks) -> None:
    """Put what some claims give into an index."""
    for statement, rows in understood.rows:
        if statement == TELL:
            rows = [(*row, _placed(body, stored)) for *row, body in rows]
        stored.index.executemany(statement, rows)
    put_members(stored, _members(understood, groups, ranks))


def _placed(body: bytes, stored: Stored) -> bytes:
    """A diagnostic with the places that an index has."""
    return pack_diagnostic(diagnostic_of(body, _as_written), stored.find)


def _as_written(spot: Spot) -> Place:
    file, line, column = spot
    return Place(str(file), line, column)


def _members(
    understood: Understood, groups: NewGroups, ranks: LooseRanks
) -> Iterator[tuple[int, int]]:
    for no, subject, of, loose, low, high, first, last, negated, single in understood.answers:
        if loose is not None:
            low = high = ranks[loose]
        first, last = unpack_end(first), unpack_end(last)
        answer = Answer(unpack_end(low), unpack_end(high), first, last, negated, single)
        yield no, groups.number(subject, of, answer)

"""Making an index: the register read, what follows derived, and what all of that rests on.

Claims go through one by one, so that of a register of any size only its catalogue is held at once:
from the parser to a file of raw nodes, and from there, once it is known what they may name, into
the tables.
"""

from __future__ import annotations

import marshal
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, closing
from pathlib import Path
from typing import NamedTuple

from claimtrack.collector import collector_off
from claimtrack.index.cataloguing import keep_catalogue, keep_reviews
from claimtrack.index.circling import circles_in
from claimtrack.index.ground import seal_files, whole_path
from claimtrack.index.hushing import hush
from claimtrack.index.judging import Judging
from claimtrack.index.looking import Looked, Looking
from claimtrack.index.made import Made
from claimtrack.index.seal import Evidence, Listing, Seal
from claimtrack.index.settling import settle, settle_alone
from claimtrack.index.spool import Numbered, Spool
from claimtrack.index.stamps import links_of
from claimtrack.index.steadiness import Steady, read_steadily
from claimtrack.index.stored import Stored, in_parts
from claimtrack.index.strangers import Strangers, tell_strangers
from claimtrack.index.tables import INDEXES, SORTED, UNSORTED
from claimtrack.index.taking import NewGroups, Taken, Taking, forget
from claimtrack.index.telling import Stage, tell
from claimtrack.model import Claim, Register
from claimtrack.progress import Tell
from claimtrack.reading.catalogue import read_catalogue
from claimtrack.reading.claims import desk_for, read_claim
from claimtrack.reading.comment_places import has_comments
from claimtrack.reading.desk import Catalogue, Desk
from claimtrack.reading.entries import Entries
from claimtrack.reading.files import resolved
from claimtrack.reading.loose_ranks import RanksAsNeeded
from claimtrack.reading.quick import QuickReader
from claimtrack.reading.register import catalogue_of, left_out_of
from claimtrack.reading.report import Report
from claimtrack.reading.reviews import read_reviews
from claimtrack.reading.sections import read_entries

_AT_ONCE = 1000
"""Claims that are held at once."""


def make(
    index: sqlite3.Connection, main: Path, environ: Mapping[str, str], evidence: bool, tell_of: Tell
) -> Made:
    """Fill an empty index. Raises RegisterUnreadable, WordsUnreadable."""
    with collector_off(), ExitStack() as held:
        index.execute("BEGIN")

        def read_all(opened: Callable[[Path], bytes]) -> _Spooled:
            return _spooled(main, opened, held.enter_context(closing(Spool(index))), tell_of)

        read = read_steadily(read_all)
        maker = _Maker(Stored(index), main, environ, read.read, tell_of)
        judged = maker.fill(evidence)
    is_steady = read.is_steady and (judged is None or judged.is_steady)
    seal = _seal(main, read, judged and judged.evidence) if is_steady else None
    return Made(maker.stored, seal)


class _Spooled(NamedTuple):
    """The entries of a register with its claims on disk, and what is wrong with their text."""

    entries: Entries
    claims: Spool
    report: Report
    commented: frozenset[str]
    """The files that may hold silencing comments."""


def _spooled(main: Path, read: Callable[[Path], bytes], spool: Spool, tell_of: Tell) -> _Spooled:
    report, commented = Report(), set[Path]()

    def read_aloud(path: Path) -> bytes:
        tell_of(f"reading {path.name}", 0, 0)
        data = read(path)
        if has_comments(data):
            commented.add(path)
        return data

    entries = read_entries(main, report, read_aloud, spool, spool.pile)
    return _Spooled(
        entries,
        spool,
        report,
        frozenset(name for name in entries.files if main.parent / name in commented),
    )


class _Maker:
    """Fills one index."""

    def __init__(
        self,
        stored: Stored,
        main: Path,
        environ: Mapping[str, str],
        read: _Spooled,
        tell_of: Tell,
    ) -> None:
        self.stored, self._main, self._environ, self._tell = stored, main, environ, tell_of
        self._entries, self._spool, self._report = read.entries, read.claims, read.report
        self._commented = read.commented
        self._sound = self._evidence = 0
        self._left_out: dict[str, int] = {}

    def fill(self, evidence: bool) -> Looked | None:
        """Put everything in; gives what is known of the evidence, if that is asked for."""
        stored, entries, report = self.stored, self._entries, self._report
        self._lay_out()
        catalogue = read_catalogue(entries, report)
        tell(stored, Stage.TEXT, report.take())
        keep_catalogue(stored, catalogue)
        self._keep_facts(catalogue)
        entries.entities.clear()  # There may be as many as claims, and nobody asks for them again.
        register = catalogue_of(entries, catalogue)
        looking, judging = None, None
        if evidence:
            looking = Looking(register, self._main, self._environ)
            judging = Judging(stored, register, self._main, looking.shelf, self._tell)
        self._take_claims(catalogue, register, judging)
        self._leave_out_circles(judging)
        self._keep_reviews()
        tell_strangers(stored, catalogue.names.hint)
        settle(stored, _bound(stored), _reviews(stored), self._tell)
        if looking and judging:
            judging.judge_sources()
            hush(stored, self._main, looking.shelf)
        stored.index.execute("COMMIT")
        return None if looking is None else looking.looked()

    # -------------------------------------------------------------------------- what is written

    def _lay_out(self) -> None:
        entries, index = self._entries, self.stored.index
        rows = []
        for no, name in enumerate(entries.files):
            opening = entries.streamed[name].opening if name in entries.streamed else None
            dash, key = (opening.column, opening.key.column) if opening else (None, None)
            rows.append((no, name, dash, key, name in self._commented))
        index.executemany("INSERT INTO files VALUES (?, ?, ?, ?, ?)", rows)
        self._spool.lay_out(entries)

    def _keep_facts(self, catalogue: Catalogue) -> None:
        self.stored.keep("title", self._entries.title)
        self.stored.keep("entities", len(catalogue.entities))
        self.stored.keep("unnamed", self._entries.unnamed_claims)
        self._left_out = left_out_of(self._entries, catalogue, 0, 0)

    def _take_claims(
        self, catalogue: Catalogue, register: Register, judging: Judging | None
    ) -> None:
        stored, entries = self.stored, self._entries
        strangers, groups = Strangers(), NewGroups()
        desk = desk_for(
            entries, catalogue, self._report, RanksAsNeeded(len(catalogue.places)), strangers
        )
        stored.index.executescript(f"{UNSORTED} BEGIN;")
        taking = Taking(stored, catalogue, groups, "new_mentions")
        for some in in_parts(self._read_claims(desk, strangers), _AT_ONCE):
            sound = [Taken(each.no, each.line, claim) for each, claim in some if claim is not None]
            stored.index.executemany(
                "INSERT INTO new_ids VALUES (?, ?, ?)",
                [(each.entry.id, each.no, claim is not None) for each, claim in some],
            )
            strangers.keep(stored)
            taking.take(sound)
            self._sound += len(sound)
            self._evidence += sum(len(claim.evidence) for _, _, claim in sound)
            settle_alone(stored, [each for each in sound if not groups.bind(each.claim)], register)
            if judging is not None:
                judging.judge({claim.id: (no, claim) for no, _, claim in sound})
        groups.keep(stored)
        stored.index.executescript(f"{SORTED} {INDEXES} BEGIN;")

    def _read_claims(
        self, desk: Desk, strangers: Strangers
    ) -> Iterator[tuple[Numbered, Claim | None]]:
        """Every claim that has an id, with what it says if it is sound."""
        quick, total = QuickReader(desk), len(self._spool)
        for done, each in enumerate(self._spool.numbered(self._entries)):
            if not done % 256:
                self._tell("reading claims", done, total)
            strangers.turn_to(each.no, each.line)
            claim = read_claim(desk, each.entry, quick)
            if self._report.diagnostics:
                tell(self.stored, Stage.CLAIM, self._report.take(), each.no)
            yield each, claim

    def _leave_out_circles(self, judging: Judging | None) -> None:
        """Leave out claims that supersede one another in a circle, and count the others."""
        stored, lost = self.stored, set[str]()
        for circle, told in circles_in(stored):
            tell(stored, Stage.CIRCLE, [told])
            lost.update(circle)
        numbers = [no for key in lost if (no := stored.number_of(key)) is not None]
        gone = stored.numbered(numbers)
        forget(stored, dict(gone.values()))
        if judging is not None:
            judging.forget(numbers)
        stored.index.executemany("UPDATE ids SET sound = 0 WHERE id = ?", [(key,) for key in lost])
        sound = self._sound - len(lost)
        stored.keep("claims", sound)
        stored.keep("claims left out", len(self._spool) + self._entries.unnamed_claims - sound)
        lost_evidence = sum(len(claim.evidence) for _, claim in gone.values())
        stored.keep("evidence", self._evidence - lost_evidence)

    def _keep_reviews(self) -> None:
        stored = self.stored
        reviews = read_reviews(self._entries, self._report)
        tell(stored, Stage.TEXT, self._report.take())
        keep_reviews(stored, reviews)
        self._left_out["claim"] -= stored.fact("claims")
        self._left_out["review"] -= len(reviews)
        stored.keep("left out", marshal.dumps(self._left_out))


def _bound(stored: Stored) -> set[int]:
    """The claims that may be bound to others, or of which a person decided something."""
    questions = (
        'SELECT m.no FROM members m JOIN groups g ON g.id = m."group" WHERE g.hot',
        "SELECT no FROM relations",
        "SELECT i.no FROM relations r JOIN ids i ON i.id = r.other WHERE i.sound",
        "SELECT i.no FROM reviews r JOIN ids i ON i.id = r.dispute WHERE i.sound",
    )
    return {no for question in questions for (no,) in stored.index.execute(question)}


def _reviews(stored: Stored) -> list[int]:
    return [no for (no,) in stored.index.execute("SELECT no FROM reviews")]


def _seal(main: Path, read: Steady[_Spooled], evidence: Evidence | None) -> Seal:
    listings = (
        Listing(whole_path(folder), pattern, tuple(map(whole_path, found)))
        for folder, pattern, found in read.read.entries.listings
    )
    return Seal(
        str(resolved(main)),
        read.looked,
        seal_files(read.stamps.items(), read.looked),
        tuple(listings),
        links_of(read.stamps),
        evidence,
    )

"""Making an index: the register read, what follows derived, and what all of that rests on.

Claims go through one by one, so that of a register of any size only its catalogue is held at once:
from the parser to where they wait as raw nodes, and from there, once it is known what they may
name, into the tables. Whoever is cut off leaves what is there to be gone on with.
"""

from __future__ import annotations

import marshal
import sqlite3
from collections.abc import Callable, Generator, Iterator, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple

from claimtrack.collector import collector_off
from claimtrack.index.ahead import Ahead
from claimtrack.index.cataloguing import keep_catalogue, keep_reviews
from claimtrack.index.circling import circles_in
from claimtrack.index.course import Course, Moved, Step
from claimtrack.index.ground import further_folders, holds_for_evidence, seal_files, whole_path
from claimtrack.index.hushing import hush
from claimtrack.index.judging import Judging
from claimtrack.index.looking import Looked, Looking
from claimtrack.index.made import Made
from claimtrack.index.seal import Evidence, Listing, Seal
from claimtrack.index.settling import settle
from claimtrack.index.sharing import alone, shared
from claimtrack.index.spool import Spool, plain
from claimtrack.index.stamps import links_of
from claimtrack.index.steadiness import Steady, read_steadily
from claimtrack.index.stored import Stored, in_parts
from claimtrack.index.strangers import tell_strangers
from claimtrack.index.tables import INDEXES, SORTED, folder_of, statements
from claimtrack.index.taking import NewGroups, answer_of, forget
from claimtrack.index.telling import Stage, tell
from claimtrack.index.understanding import Understanding, Understood, put
from claimtrack.model import Register
from claimtrack.progress import Tell
from claimtrack.reading.catalogue import read_catalogue
from claimtrack.reading.comment_places import has_comments
from claimtrack.reading.desk import Catalogue
from claimtrack.reading.entries import Entries
from claimtrack.reading.files import resolved
from claimtrack.reading.loose_ranks import LooseRanks
from claimtrack.reading.octets import Octets
from claimtrack.reading.register import catalogue_of, left_out_of
from claimtrack.reading.report import Report
from claimtrack.reading.reviews import read_reviews
from claimtrack.reading.sections import read_entries

_AT_ONCE = 500
"""Claims that are held at once."""


def make(
    index: sqlite3.Connection, main: Path, environ: Mapping[str, str], evidence: bool, tell_of: Tell
) -> Made:
    """Fill an index that was created, or go on with it from where that was cut off.

    Raises RegisterUnreadable, WordsUnreadable; Moved for one that cannot be gone on with.
    """
    with collector_off():
        course = Course(index, main)
        with closing(Ahead(folder_of(index))) as ahead:

            def read_all(opened: Callable[[Path], Octets]) -> _Spooled:
                return _spooled(main, opened, Spool(course, ahead), tell_of)

            read = read_steadily(read_all)
        course.end_reading(len(read.read.entries.files))
        maker = _Maker(Stored(index), main, environ, read.read, course, tell_of)
        judged = maker.fill(evidence)
        course.end()
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


def _spooled(main: Path, read: Callable[[Path], Octets], spool: Spool, tell_of: Tell) -> _Spooled:
    report, commented = Report(), set[Path]()

    def read_aloud(path: Path) -> Octets:
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
        course: Course,
        tell_of: Tell,
    ) -> None:
        self.stored, self._main, self._environ, self._tell = stored, main, environ, tell_of
        self._entries, self._spool, self._report = read.entries, read.claims, read.report
        self._commented, self._course = read.commented, course
        self._sound = self._evidence = 0
        self._left_out: dict[str, int] = {}

    def fill(self, evidence: bool) -> Looked | None:
        """Put everything in; gives what is known of the evidence, if that is asked for."""
        course, entries = self._course, self._entries
        self._spool.lay_out(entries)
        catalogue = read_catalogue(entries, self._report)
        told = self._report.take()
        if course.step is Step.READING:
            self._lay_out()
            tell(self.stored, Stage.TEXT, told)
            keep_catalogue(self.stored, catalogue)
            self._keep_facts(catalogue)
        self._left_out = left_out_of(entries, catalogue, 0, 0)
        entries.entities.clear()  # There may be as many as claims, and nobody asks for them again.
        register = catalogue_of(entries, catalogue)
        looking, judging = self._looking(register, evidence), None
        if looking is not None:
            judging = Judging(self.stored, register, self._main, looking.shelf, self._tell)
        if course.step is not Step.JUDGING:
            understanding = Understanding(entries, self._spool, catalogue, register)
            judged_so_far = judging if course.evidence is not None else None
            if looking is not None and judged_so_far is not None:
                understanding.judge_by(self._main, looking.shelf)
            self._take_claims(understanding, len(catalogue.places))
            self._settle(judged_so_far, catalogue)
        return None if looking is None or judging is None else self._judge(looking, judging)

    def _looking(self, register: Register, evidence: bool) -> Looking | None:
        """What claims are judged by as they are taken, if that is asked for or was begun."""
        course = self._course
        if course.step is Step.READING:
            looking = Looking(register, self._main, self._environ) if evidence else None
            course.judge_by(None if looking is None else looking.evidence())
            course.reach(Step.TAKING)
            return looking
        known = course.evidence
        if known and not holds_for_evidence(known, further_folders(self._environ)):
            raise Moved
        return Looking(register, self._main, self._environ) if known or evidence else None

    # -------------------------------------------------------------------------- what is written

    def _lay_out(self) -> None:
        entries, index = self._entries, self.stored.index
        rows = []
        for no, name in enumerate(entries.files):
            opening = entries.streamed[name].opening if name in entries.streamed else None
            dash, key = (opening.column, opening.key.column) if opening else (None, None)
            rows.append((no, name, dash, key, name in self._commented))
        index.executemany("INSERT INTO files VALUES (?, ?, ?, ?, ?)", rows)

    def _keep_facts(self, catalogue: Catalogue) -> None:
        self.stored.keep("title", self._entries.title)
        self.stored.keep("entities", len(catalogue.entities))
        self.stored.keep("unnamed", self._entries.unnamed_claims)

    def _take_claims(self, understanding: Understanding, first_rank: int) -> None:
        """Put in all claims; ``first_rank`` is the first number of a value that no tree holds."""
        stored, groups, ranks = self.stored, NewGroups(), LooseRanks(first_rank)
        self._take_back(groups, ranks)
        done, total = stored.count("waiting.ids"), len(self._spool)
        waiting = map(plain, self._spool.waiting(self._entries, done))
        parts = in_parts(waiting, _AT_ONCE)
        with closing(_results(understanding, parts, total - done, stored)) as results:
            for each in map(Understood._make, results):
                self._tell("reading claims", done, total)
                put(stored, each, groups, ranks)
                self._sound += each.sound
                self._evidence += each.evidence
                self._course.commit()
                done += _AT_ONCE
        groups.keep(stored)

    def _take_back(self, groups: NewGroups, ranks: LooseRanks) -> None:
        """Note what has to be known of the claims that were taken before."""
        numbers = self.stored.index.execute("SELECT no FROM bodies ORDER BY no").fetchall()
        for some in in_parts((no for (no,) in numbers), _AT_ONCE):
            self._tell("reading claims", 0, 0)
            for claim in self.stored.loading(some).claims(ranks):
                self._sound += 1
                self._evidence += len(claim.evidence)
                for each in claim.asserts:
                    groups.number(each.subject, each.property, answer_of(each))

    # ----------------------------------------------------------------------------- what follows

    def _settle(self, judging: Judging | None, catalogue: Catalogue) -> None:
        """Bring what waited into place, and put in what depends on several claims."""
        stored = self.stored
        self._tell("putting claims in order", 0, 0)
        for statement in statements(SORTED + INDEXES):
            stored.index.execute(statement)
        self._leave_out_circles(judging)
        self._keep_reviews()
        tell_strangers(stored, catalogue.names.hint)
        settle(stored, _bound(stored), _reviews(stored), self._tell)
        self._course.reach(Step.JUDGING)

    def _judge(self, looking: Looking, judging: Judging) -> Looked:
        """Look at sources, and at all that has to do with them."""
        if self._course.evidence is None:
            judging.judge_all()
        else:
            judging.judge_sources()
        hush(self.stored, self._main, looking.shelf)
        return looking.looked()

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


_MANY = 3000
"""Claims of which, if there are more, a helper is worth its start."""


def _results(
    understanding: Understanding, parts: Iterator[list[Any]], claims: int, stored: Stored
) -> Generator[Any, None, None]:
    """What comes of claims, part by part."""
    if claims > _MANY:
        return shared(understanding.work, parts, folder_of(stored.index))
    return alone(understanding.work, parts)


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

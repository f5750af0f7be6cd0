"""What changed of a register's claims, put in the place of what was, with all that follows.

Not where ids come or go that others name or that are there twice, where something of the catalogue
is left out, or where claims go round in a circle. That is rare, and reading everything is then
simpler than to say what it bears on.
"""

from __future__ import annotations

import marshal
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from claimtrack.findings.selection import searched
from claimtrack.frozen import field, frozen
from claimtrack.index.circling import has_circles
from claimtrack.index.desks import StoredNames, stored_desk
from claimtrack.index.nearness import Near, Reviewed, near
from claimtrack.index.seal import Listing
from claimtrack.index.settling import drop_conflicts, settle
from claimtrack.index.spotting import Spotted
from claimtrack.index.stored import Stored, in_parts, marks
from claimtrack.index.strangers import Strangers, tell_strangers
from claimtrack.index.taking import Answers, Taken, Taking, answer_of, forget, put_members
from claimtrack.index.telling import Stage, tell, untell
from claimtrack.model import Claim
from claimtrack.progress import Tell
from claimtrack.reading.claim_stream import Item
from claimtrack.reading.desk import Desk
from claimtrack.reading.quick import QuickReader
from claimtrack.reading.raw import written_id
from claimtrack.reading.report import Report
from claimtrack.reading.roots import pack
from claimtrack.values.names import in_id

if TYPE_CHECKING:
    from claimtrack.index.surroundings import Surroundings

_MANY = 0.1
"""The part of all claims of which, if more changed, all are read as quickly."""


@frozen
class Renewed:
    """The claims that are gone, and those that came, sound ones alone, by number."""

    gone: Mapping[int, Claim] = field(default_factory=dict)
    claims: Mapping[int, Claim] = field(default_factory=dict)
    moves_sources: bool = False
    """Whether a source came, or stands elsewhere."""


class Replacing:
    """Replaces what changed in some files."""

    def __init__(
        self, stored: Stored, spotted: Sequence[Spotted], surroundings: Surroundings | None
    ) -> None:
        """``surroundings`` are to be replaced too, if they changed."""
        self._stored, self._index, self._surroundings = stored, stored.index, surroundings
        self._gone = [no for each in spotted for no in each.gone]
        self._fresh = [fresh for each in spotted for fresh in each.fresh]
        self._moved = [moved for each in spotted for moved in each.moved]
        self._around = [stretch for each in spotted for stretch in each.around]

    def replace(self, listings: Sequence[Listing], tell_of: Tell) -> Renewed | None:
        """Replace it; None, and anything may be half done, where that cannot be done.

        ``listings`` are the patterns of the register's includes.
        """
        if not (self._are_few() and self._is_sound_around() and self._ids_stand_alone()):
            return None
        gone = self._sound(self._gone)
        old = near(self._stored, gone)
        touched = self._groups_of(gone)
        names = self._take_out(gone, old)
        self._lay_out()
        around = None
        if self._surroundings is not None:
            around = self._surroundings.replace_catalogue(listings)
            if around is None:
                return None
        taken = self._take_in(names)
        if _supersede(taken) and has_circles(self._stored):
            return None
        self._heat(touched | self._groups_of([no for no, _, _ in taken]))
        tell_strangers(self._stored, StoredNames(self._stored).hint, names)
        self._count(gone, taken)
        reviewed = Reviewed(set(), sorted(old.reviews))
        if around is not None:
            reviewed = around.replace_reviews()
            self._count_left_out(around.left_out())
        new = near(self._stored, [no for no, _, _ in taken])
        bearing = (old.bound | old.beside).difference(self._gone) | new.bound | new.beside
        bearing |= reviewed.claims
        settle(self._stored, bearing, reviewed.reviews, tell_of)
        self._count_reviews()
        claims = {no: claim for no, _, claim in taken}
        return Renewed(gone, claims, around is not None and around.moves_sources)

    # --------------------------------------------------------------------------------- whether

    def _are_few(self) -> bool:
        many = max(50, int(self._stored.fact("claims") * _MANY))
        return len(self._gone) <= many and len(self._fresh) <= many

    def _is_sound_around(self) -> bool:
        """Whether claims are all that may be left out, and none because of a circle."""
        left_out = marshal.loads(self._stored.fact("left out"))
        return not (
            self._stored.fact("unnamed")
            or any(left_out[kind] for kind in ("source", "entity", "property", "file or section"))
            or self._stored.any(f"told WHERE stage = {Stage.CIRCLE:d}")
        )

    def _ids_stand_alone(self) -> bool:
        """Whether every claim has an id of its own, and nobody names one that comes or goes."""
        came = {_id_of(each.item) for each in self._fresh}
        if len(came) < len(self._fresh) or "" in came:
            return False
        if self._stays(self._select("no FROM ids WHERE id", came)):
            return False
        went = set(self._select("id FROM ids WHERE no", self._gone))
        lost, gained = went - came, came - went
        if (lost or gained) and self._stored.any("told WHERE code = 'CT202'"):
            return False
        return not lost or not (
            # What is left out may name whatever it likes, and nobody looked.
            self._stays(no for (no,) in self._index.execute("SELECT no FROM ids WHERE NOT sound"))
            or self._stays(self._select("no FROM relations WHERE other", lost))
            or (self._surroundings is None and self._reviewed(lost))
        )

    def _reviewed(self, ids: set[str]) -> bool:
        """Whether a review names one of the ids."""
        return any(
            self._select(f"no FROM reviews WHERE {key}", ids) for key in ("claim", "dispute")
        )

    def _select(self, rows: str, keys: Iterable[object]) -> list[Any]:
        """What is selected where the last column that is named is one of the keys."""
        return [
            found
            for some in in_parts(keys)
            for (found,) in self._index.execute(f"SELECT {rows} IN ({marks(some)})", some)
        ]

    def _stays(self, numbers: Iterable[int]) -> bool:
        """Whether one of the claims is not among those that go."""
        return not set(numbers) <= set(self._gone)

    # ------------------------------------------------------------------------------------- out

    def _sound(self, numbers: Iterable[int]) -> dict[int, Claim]:
        held = self._select("no FROM ids WHERE sound AND no", numbers)
        return dict(self._stored.numbered(held).values())

    def _groups_of(self, claims: Iterable[int]) -> set[int]:
        return set(self._select('"group" FROM members WHERE no', claims))

    def _take_out(self, gone: Mapping[int, Claim], old: Near) -> set[str]:
        """Take out all that goes; gives the names that no entity declares, and it used."""
        names = set(self._select("folded FROM strangers WHERE no", self._gone))
        drop_conflicts(self._stored, old.bound)
        forget(self._stored, gone)
        untell(self._stored, [Stage.CLAIM], self._gone)
        for some in in_parts(self._gone):
            for table in ("strangers", "ids", "stretches"):
                self._index.execute(f"DELETE FROM {table} WHERE no IN ({marks(some)})", some)
        return names

    # -------------------------------------------------------------------------------------- in

    def _lay_out(self) -> None:
        """Put the new stretches where they belong, and move those below."""
        self._index.executemany(
            "UPDATE stretches SET line = line + ?3 WHERE no BETWEEN ?1 AND ?2", self._moved
        )
        self._index.executemany(
            "INSERT INTO stretches VALUES (?, ?, ?, ?, ?, ?)",
            (each.stretch for each in self._fresh),
        )
        self._index.executemany(
            "INSERT OR REPLACE INTO stretches VALUES (?, ?, ?, ?, ?, ?)", self._around
        )
        self._stored.forget_lines()

    def _take_in(self, names: set[str]) -> list[Taken]:
        """Read what came; gives what is sound of it. Its undeclared names come to the others."""
        stored, report, strangers = self._stored, Report(), Strangers()
        self._index.executemany(
            "INSERT INTO ids VALUES (?, ?, 0)",
            [(_id_of(each.item), each.stretch.no) for each in self._fresh],
        )
        desk = stored_desk(stored, report, strangers)
        quick, taken = QuickReader(desk), list[Taken]()
        for each, item in self._fresh:
            strangers.turn_to(each.no, each.line)
            claim = _read(desk, quick, item, stored.file(each.no))
            tell(stored, Stage.CLAIM, report.take(), each.no)
            if claim is not None:
                taken.append(Taken(each.no, each.line, claim))
        self._index.executemany(
            "UPDATE ids SET sound = 1 WHERE id = ?", [(claim.id,) for _, _, claim in taken]
        )
        names |= strangers.keep(stored)
        Taking(stored, desk.catalogue).take(taken)
        number = StoredGroups(stored).number
        put_members(
            stored,
            ((no, number(each.subject, each.property)) for no, _, c in taken for each in c.asserts),
        )
        self._index.executemany(
            "INSERT INTO words (rowid, text) VALUES (?, ?)",
            [(no, searched(claim)) for no, _, claim in taken],
        )
        return taken

    def _heat(self, groups: Iterable[int]) -> None:
        """Find out anew on which questions answers may collide; nobody answers some any more."""
        for group in groups:
            members = self._select('no FROM members WHERE "group"', [group])
            question = "SELECT subject, property FROM groups WHERE id = ?"
            key = self._index.execute(question, (group,)).fetchone()
            answers = Answers()
            for claim in self._stored.claims(members).values():
                for each in claim.asserts:
                    if (each.subject, each.property) == key:
                        answers.add(answer_of(each))
            if members:
                hot = answers.may_collide
                self._index.execute("UPDATE groups SET hot = ? WHERE id = ?", (hot, group))
            else:
                self._index.execute("DELETE FROM groups WHERE id = ?", (group,))

    # ---------------------------------------------------------------------------------- counted

    def _count(self, gone: Mapping[int, Claim], taken: Sequence[Taken]) -> None:
        stored, more = self._stored, len(taken) - len(gone)
        stored.keep("claims", stored.fact("claims") + more)
        lost = stored.fact("claims left out") + len(self._fresh) - len(self._gone) - more
        stored.keep("claims left out", lost)
        self._count_left_out({"claim": lost})
        cited = sum(len(claim.evidence) for _, _, claim in taken)
        uncited = sum(len(claim.evidence) for claim in gone.values())
        stored.keep("evidence", stored.fact("evidence") + cited - uncited)

    def _count_left_out(self, counted: Mapping[str, int]) -> None:
        known = marshal.loads(self._stored.fact("left out"))
        self._stored.keep("left out", marshal.dumps({**known, **counted}))

    def _count_reviews(self) -> None:
        question = "SELECT count(*) FROM reviews WHERE missing IS NOT NULL"
        self._stored.keep("reviews", self._index.execute(question).fetchone()[0])


class StoredGroups:
    """The numbers of questions in an index, with new ones for those that nobody answered yet."""

    def __init__(self, stored: Stored) -> None:
        self._index = stored.index

    def number(self, subject: str, of: str) -> int:
        """That of the question about a subject and one of its properties."""
        key = subject, of
        question = "SELECT id FROM groups WHERE subject = ? AND property = ?"
        found = self._index.execute(question, key).fetchone()
        if found is not None:
            return int(found[0])
        put = "INSERT INTO groups (subject, property, conflict, hot) VALUES (?, ?, ?, 0)"
        number = self._index.execute(put, (*key, f"{in_id(subject)}.{of}")).lastrowid
        return int(number or 0)


def _supersede(claims: Iterable[Taken]) -> bool:
    return any(each.type == "supersedes" for _, _, held in claims for each in held.relations)


def _id_of(item: Item) -> str:
    """The id that is written in a claim, or nothing."""
    written = written_id(item.raw)
    return written[0] if written else ""


def _read(desk: Desk, quick: QuickReader, item: Item, file: str) -> Claim | None:
    claim = quick.read(item.raw, file, item.line)
    if claim is not None:
        return claim
    # What validates claims that are not plain costs more to import than all else here.
    from claimtrack.reading.claims import read_claim
    from claimtrack.reading.fitting import StreamedClaim

    packed = pack(item)
    line = packed.line + packed.key_line
    return read_claim(desk, StreamedClaim(packed.key, packed, file, line, packed.key_column), quick)

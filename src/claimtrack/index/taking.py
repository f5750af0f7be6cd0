"""Claims into the tables of an index, and out of them: what is written of each."""

from __future__ import annotations

import marshal
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from heapq import merge
from typing import NamedTuple

from claimtrack.findings.selection import searched
from claimtrack.index.draft import Receiving
from claimtrack.index.names import Mention
from claimtrack.index.packing import Packed, pack_claim, pack_end, unpack_end
from claimtrack.index.stored import Stored, in_parts, marks
from claimtrack.index.telling import Stage, untell
from claimtrack.model import Assertion, Claim
from claimtrack.reading.desk import Catalogue
from claimtrack.values.interval import End
from claimtrack.values.names import fold, in_id


class Taken(NamedTuple):
    """A sound claim, with the number of its stretch and the line on which that begins."""

    no: int
    line: int
    claim: Claim


class Answer(NamedTuple):
    """What is said to a question, as far as it tells whether others may collide with it."""

    low: End
    high: End
    first: End
    last: End
    negated: bool
    single: bool


def answer_of(each: Assertion) -> Answer:
    """That of an assertion."""
    reach, during = each.reach, each.during
    return Answer(reach.low, reach.high, during.low, during.high, each.negated, each.single)


class NewGroups:
    """Numbers given one after another to questions: subjects with properties asserted of them.

    There may be half as many as claims, so that what is held of each is packed.
    """

    def __init__(self) -> None:
        self._numbers: dict[str, dict[str, int]] = {}
        """By property, then by subject."""
        self._answers: list[bytes | None] = []
        """None where answers may collide: no more has to be known of them."""

    def number(self, subject: str, of: str, answer: Answer) -> int:
        """That of the question which is answered so."""
        number = self._numbers.setdefault(of, {}).setdefault(subject, len(self._answers))
        if number == len(self._answers):
            self._answers.append(_packed(Answers()))
        held = self._answers[number]
        if held is not None:
            answers = _unpacked(held)
            if answers.add(answer):
                self._answers[number] = _packed(answers)
        return number

    def keep(self, stored: Stored) -> None:
        """Put all of them into the index."""
        stored.index.executemany(
            "INSERT INTO groups VALUES (?, ?, ?, ?, ?)",
            (
                (no, subject, of, f"{in_id(subject)}.{of}", self._answers[no] is None)
                for no, subject, of in merge(*map(self._rows, self._numbers))
            ),
        )

    def _rows(self, of: str) -> Iterator[tuple[int, str, str]]:
        """The questions about one property, in the order of their numbers."""
        return ((no, subject, of) for subject, no in self._numbers[of].items())


class Answers:
    """The answers to one question, as far as they tell whether any two of them may collide.

    Scopes are passed over, and beyond a few different answers periods and denials too.
    """

    __slots__ = ("few", "may_collide", "rest")

    def __init__(self, few: Iterable[Answer] = (), rest: Answer | None = None) -> None:
        self.few, self.rest = list(few), rest
        """``rest`` stands for all of them, where there are more than a few."""
        self.may_collide = False

    def add(self, new: Answer) -> bool:
        """Take in one; whether it tells anything new."""
        if self.may_collide or new in self.few:
            return False
        known = self.few if self.rest is None else [self.rest]
        self.may_collide = any(_may_collide(new, old) for old in known)
        if len(self.few) < _FEW:
            self.few.append(new)
        else:
            self.rest = _narrowest([*self.few, new, *([self.rest] if self.rest else [])])
        return True


def _packed(answers: Answers) -> bytes | None:
    if answers.may_collide:
        return None
    rest = answers.rest and _plain(answers.rest)
    return marshal.dumps((list(map(_plain, answers.few)), rest))


def _plain(answer: Answer) -> tuple[Packed, ...]:
    *ends, negated, single = answer
    return *map(pack_end, ends), negated, single


def _unpacked(packed: bytes) -> Answers:
    few, rest = marshal.loads(packed)
    return Answers(map(_answer, few), rest and _answer(rest))


def _answer(plain: tuple[Packed, ...]) -> Answer:
    low, high, first, last, negated, single = plain
    first, last = unpack_end(first), unpack_end(last)
    return Answer(unpack_end(low), unpack_end(high), first, last, negated, single)


_FEW = 6


def _may_collide(one: Answer, other: Answer) -> bool:
    if one.first > other.last or other.first > one.last:
        return False
    if one.negated or other.negated:
        return True
    return one.single and (one.low > other.high or other.low > one.high)


def _narrowest(answers: Sequence[Answer]) -> Answer:
    """What collides with all that collides with one of some answers, none of which collide."""
    return Answer(
        max(each.low for each in answers),
        min(each.high for each in answers),
        -math.inf,
        math.inf,
        any(each.negated for each in answers),
        answers[0].single,
    )


# ------------------------------------------------------------------------------------------- in


class Taking:
    """Puts claims into an index, but for the questions that they answer."""

    def __init__(self, stored: Receiving, catalogue: Catalogue, mentions: str = "mentions") -> None:
        """``mentions`` is the table that these are put into."""
        self._index, self._mentions = stored.index, mentions
        self._properties, self._entities = catalogue.properties, catalogue.entities

    def take(self, claims: Sequence[Taken]) -> None:
        """Put in what is written of some claims, whose stretches are there."""
        put = self._index.executemany
        put(
            "INSERT INTO bodies VALUES (?, ?)",
            [(each.no, pack_claim(each.claim, each.line, self.loose)) for each in claims],
        )
        put("INSERT INTO searched VALUES (?, ?)", [(no, searched(held)) for no, _, held in claims])
        put(
            f"INSERT INTO {self._mentions} VALUES (?, ?, ?)",
            [(kind, key, no) for no, _, held in claims for kind, key in set(_mentions(held))],
        )
        put("INSERT INTO relations VALUES (?, ?, ?)", [*_relations(claims)])

    def loose(self, each: Assertion) -> str | None:
        """The folded text of a value that lies on no tree."""
        if self._properties[each.property].type == "text":
            return fold(each.text)
        return None if each.entity is None or each.entity in self._entities else each.entity


def put_members(stored: Stored, members: Iterable[tuple[int, int]]) -> None:
    """Put in which claims, by number, answer which questions."""
    stored.index.executemany("INSERT INTO members VALUES (?, ?)", sorted(set(members)))


def _relations(claims: Iterable[Taken]) -> Iterator[tuple[int, str, str]]:
    for no, _, claim in claims:
        for relation in claim.relations:
            yield from ((no, relation.type, other) for other in relation.claims)


def _mentions(claim: Claim) -> Iterator[tuple[int, str]]:
    for assertion in claim.asserts:
        yield int(Mention.ABOUT), assertion.subject
    for entity in claim.about:
        yield int(Mention.ABOUT), entity
    for tag in claim.tags:
        yield int(Mention.TAG), fold(tag)
        yield int(Mention.WRITTEN_TAG), tag
    for item in claim.evidence:
        yield int(Mention.SOURCE), item.source
        if item.by is not None:
            yield int(Mention.BY), item.by
        for entity in item.via:
            yield int(Mention.VIA), entity


# ----------------------------------------------------------------------------------------- and out


def forget(stored: Stored, claims: Mapping[int, Claim]) -> None:
    """Take all out of an index that is written of sound claims, or follows for one of them alone.

    What several have in common stays: groups, conflicts, warnings of names.
    """
    index = stored.index
    index.executemany(
        "INSERT INTO words (words, rowid, text) VALUES ('delete', ?, ?)",
        [(no, searched(claim)) for no, claim in claims.items()],
    )
    index.executemany(
        "DELETE FROM mentions WHERE kind = ? AND key = ? AND no = ?",
        [(*named, no) for no, claim in claims.items() for named in _mentions(claim)],
    )
    for some in in_parts(claims):
        for table in ("claims", "bodies", "searched", "members", "relations", "standing"):
            index.execute(f"DELETE FROM {table} WHERE no IN ({marks(some)})", some)
    untell(stored, (Stage.DERIVED,), claims)

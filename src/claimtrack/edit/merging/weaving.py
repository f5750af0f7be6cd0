"""The parts of three sides made one text: each from the side that changed it, to the letter."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress

from claimtrack.edit.merging.brackets import between_brackets, brackets_apart
from claimtrack.edit.merging.choices import Choice, Piece
from claimtrack.edit.merging.gaps import merged_gap, of_three
from claimtrack.edit.merging.matching import matched
from claimtrack.edit.merging.ordering import ordered
from claimtrack.edit.merging.parts import Apart, NotTakenApart, Part, apart
from claimtrack.edit.merging.rules import (
    IN_TIME,
    WHOLE,
    Collides,
    are_strangers,
    day_of,
    levels,
    refuse_torn,
    refuse_two_firsts,
    title_of,
)
from claimtrack.frozen import frozen, replace
from claimtrack.reading.yamltext import NotYaml

Where = tuple[str, ...]


def woven(name: str, base: Part | None, ours: Part, theirs: Part, where: Where) -> list[Piece]:
    """One part as both sides have it, without its lead. ``name`` is the key that it stands under.

    Raises Collides between brackets, where nothing can be marked.
    """
    decided = of_three(None if base is None else base.own, ours.own, theirs.own)
    if decided is not None:
        return [decided]
    try:
        return woven_within(name, base, ours, theirs, where)
    except Collides:
        if ours.in_flow:
            raise
        return [Choice(where, ours.own, "" if base is None else base.own, theirs.own)]


def woven_within(
    name: str, base: Part | None, ours: Part, theirs: Part, where: Where
) -> list[Piece]:
    """A part that both sides changed. Raises Collides where it cannot be taken further apart."""
    inner = name if ours.key is None else ours.key
    if base is None and are_strangers(name, ours, theirs):
        raise Collides
    is_alike = ours.form == theirs.form != "leaf" and ours.collection == theirs.collection
    if is_alike and inner not in WHOLE:
        try:
            if ours.form == "flow":
                return _in_brackets(inner, base, ours, theirs, where)
            return _in_lines(inner, base, ours, theirs, where)
        except (Collides, NotTakenApart, NotYaml):
            pass
    return [_of_meaning(base, ours, theirs)]


def _of_meaning(base: Part | None, ours: Part, theirs: Part) -> str:
    """The part of the side that changed its meaning, where the other changed how it is written."""
    try:
        if base is not None and theirs.says != ours.says == base.says:
            winner, loser = theirs, ours
        elif theirs.says == ours.says or (base is not None and theirs.says == base.says):
            winner, loser = ours, theirs
        else:
            raise Collides
    except (NotTakenApart, NotYaml) as error:
        raise Collides from error
    if loser.form == winner.form == "leaf" and not winner.is_block_scalar:
        with suppress(Collides):
            return _head(base, ours, theirs) + winner.core + _after(base, ours, theirs)
    if "#" in loser.own:  # a comment in it would be lost
        raise Collides
    return winner.own


def _in_lines(name: str, base: Part | None, ours: Part, theirs: Part, where: Where) -> list[Piece]:
    before, mine, other = _before(base, ours), apart(ours), apart(theirs)
    column = mine.column
    if base is not None and base.form == "block":
        column = other.column if before.column == column else column
        before = _at(column, base, before)
    mine, other = _at(column, ours, mine), _at(column, theirs, other)
    slots = _slots(name, before, mine, other, where)
    pieces: list[Piece] = [
        *_gap(before.head, mine.head, other.head, lambda: where),
        *(piece for slot in slots for piece in (*slot.lead, *slot.own)),
        *_gap(before.tail, mine.tail, other.tail, lambda: where),
    ]
    return _headed(_head(base, ours, theirs), column, [each for each in pieces if each])


def _at(column: int, part: Part, held: Apart) -> Apart:
    """The part's lines with their keys or dashes at that column."""
    return held if held.column == column else apart(part, column)


def _before(base: Part | None, ours: Part) -> Apart:
    """The base's list or mapping as one to compare with, empty where it had none."""
    if base is None or (base.form != "block" and base.is_nothing):
        return Apart(ours.collection or "list", 0, "", (), "")
    if base.collection != ours.collection:
        raise Collides
    held = apart(base) if base.form == "block" else brackets_apart(base.core)
    return held if base.form == ours.form else replace(held, head="", tail="")


def _headed(head: str, column: int, pieces: Sequence[Piece]) -> list[Piece]:
    """Lines below a head, the first of them on its line where it ends in one."""
    if head.endswith("\n") or not head:
        return [head, *pieces]
    first, pad = pieces[0], " " * column
    sides = [first] if isinstance(first, str) else [first.ours, first.theirs]
    if len(head) != column or not all(side.startswith(pad) for side in sides):
        return [head.rstrip(" ") + "\n", *pieces]
    if isinstance(first, str):
        return [head + first[column:], *pieces[1:]]
    mine, base, other = (
        side and head + side[column:] for side in (first.ours, first.base, first.theirs)
    )
    return [Choice(first.where, mine, base, other), *pieces[1:]]


def _in_brackets(
    name: str, base: Part | None, ours: Part, theirs: Part, where: Where
) -> list[Piece]:
    before = _before(base, ours)
    mine, other = brackets_apart(ours.core), brackets_apart(theirs.core)
    slots = _slots(name, before, mine, other, where)
    core = between_brackets(
        _layout(before.head, mine.head, other.head),
        [_plain(slot.lead) for slot in slots],
        [_plain(slot.own) for slot in slots],
        _layout(before.tail, mine.tail, other.tail),
    )
    return [_head(base, ours, theirs) + core + _after(base, ours, theirs)]


def _plain(pieces: Sequence[Piece]) -> str:
    """Text without a choice in it: between brackets there is no line of its own for a marker."""
    texts = [piece for piece in pieces if isinstance(piece, str)]
    if len(texts) != len(pieces):
        raise Collides
    return "".join(texts)


# ------------------------------------------------------------------------- the parts of one whole


@frozen
class _Slot:
    """One part of the result."""

    lead: list[Piece]
    own: list[Piece]


def _slots(name: str, before: Apart, mine: Apart, other: Apart, where: Where) -> list[_Slot]:
    """The parts of three sides in the order in which they are to stand."""
    collection = mine.collection
    found = matched(levels(name, collection), before.parts, mine.parts, other.parts)
    refuse_two_firsts(name, found.base, found.ours, found.theirs)
    if collection == "mapping":
        refuse_torn(name, *({part.key: part for part in x.parts} for x in (before, mine, other)))
    parts = _Numbered(
        dict(zip(found.base, before.parts, strict=True)),
        dict(zip(found.ours, mine.parts, strict=True)),
        dict(zip(found.theirs, other.parts, strict=True)),
    )
    kept = parts.kept()
    if not kept and mine.parts and other.parts:
        raise Collides  # each side left what the other removed
    day = parts.day if collection == "list" and name in IN_TIME else None
    return _filled(name, parts, ordered(found, kept, day), where)


@frozen
class _Numbered:
    """The parts of three sides by their numbers."""

    base: Mapping[int, Part]
    ours: Mapping[int, Part]
    theirs: Mapping[int, Part]

    def kept(self) -> set[int]:
        """All but what one side removed and the other left as it was."""
        both = self.ours.keys() & self.theirs.keys()
        alone = {**self.ours, **self.theirs}.items()
        return both | {
            number
            for number, part in alone
            if number not in both and not _is_untouched(self.base.get(number), part)
        }

    def of(self, number: int) -> tuple[Part | None, Part | None, Part | None]:
        """The part as each side has it: the base, ours, theirs."""
        return self.base.get(number), self.ours.get(number), self.theirs.get(number)

    def one(self, number: int) -> Part:
        """The part of one side that has it."""
        return self.ours.get(number) or self.theirs[number]

    def day(self, number: int) -> str | None:
        """The day of a verdict or a review."""
        return day_of(self.one(number).says)


def _is_untouched(base: Part | None, part: Part) -> bool:
    """Whether a part says what it said, and no comment came to it."""
    if base is None or not _comments(part.lead) <= _comments(base.lead):
        return False
    return part.own == base.own or ("#" not in part.own and part.says == base.says)


def _comments(lead: str) -> set[str]:
    return {line.strip() for line in lead.split("\n") if line.strip()}


def _filled(name: str, parts: _Numbered, order: Sequence[int], where: Where) -> list[_Slot]:
    """Each part with the text that it is to have; a run of new ones shares its comments."""
    slots: list[_Slot] = []
    leads: tuple[set[str], set[str]] = (set(), set())
    for index, number in enumerate(order):
        base, ours, theirs = parts.of(number)
        part = parts.one(number)

        def here(part: Part = part, index: int = index) -> Where:
            return (*where, title_of(part.says, index + 1) if part.key is None else part.key)

        if ours is not None and theirs is not None:
            leads = (set(), set())
            slots.append(_of_both(name, base, ours, theirs, here))
        elif base is not None:
            slots.append(_removed_or_changed(base, ours, theirs, here))
        else:
            own, others = leads if ours is not None else leads[::-1]
            lead = _new_lead(part, own, others, is_first=not index)
            slots.append(_Slot([lead], [part.own]))
    return slots


def _of_both(
    name: str, base: Part | None, ours: Part, theirs: Part, here: Callable[[], Where]
) -> _Slot:
    before = None if base is None else base.own
    decided = of_three(before, ours.own, theirs.own)
    own: list[Piece] = [decided] if decided is not None else []
    own = own or woven(name, base, ours, theirs, here())
    return _Slot(_gap("" if base is None else base.lead, ours.lead, theirs.lead, here), own)


def _removed_or_changed(
    base: Part, ours: Part | None, theirs: Part | None, here: Callable[[], Where]
) -> _Slot:
    mine, before, other = (
        "" if part is None else part.lead + part.own for part in (ours, base, theirs)
    )
    return _Slot([], [Choice(here(), mine, before, other)])


def _new_lead(part: Part, own: set[str], others: set[str], *, is_first: bool) -> str:
    """What stands above a new part. Of comments that both sides put above theirs one is enough.

    Both may have written below a comment that was the last thing in a list.
    """
    if "#" in part.lead and not part.in_flow:
        own.add(part.lead)
        if part.lead in others:
            return "".join(f"{line}\n" for line in part.lead.split("\n")[:-1] if not line.strip())
    elif part.was_first and not is_first and not part.lead:
        return part.spacing
    return part.lead


# ---------------------------------------------------------------------------- what is around them


def _gap(base: str, ours: str, theirs: str, here: Callable[[], Where]) -> list[Piece]:
    """Comments and blank lines, or a choice between two versions of them."""
    try:
        return [merged_gap(base, ours, theirs)]
    except Collides:
        return [Choice((*here(), "comments"), ours, base, theirs)]


def _layout(base: str, ours: str, theirs: str) -> str:
    """What holds a value; blanks in it are ours. Raises Collides where more differs."""
    decided = of_three(base, ours, theirs)
    if decided is not None:
        return decided
    if ours.split() != theirs.split():
        raise Collides
    return ours


def _head(base: Part | None, ours: Part, theirs: Part) -> str:
    before = "" if base is None else base.head if base.form == ours.form else base.head + base.after
    if ours.key == theirs.key and not any(sign in ours.head + theirs.head for sign in "#&!"):
        return theirs.head if before == ours.head else ours.head  # a key with quotes or without
    return _layout(before, ours.head, theirs.head)


def _after(base: Part | None, ours: Part, theirs: Part) -> str:
    """What follows a value: where the base had no comment there, that of the side that has one."""
    before = "" if base is None else base.after
    if not before.strip() and not (ours.after.strip() and theirs.after.strip()):
        return ours.after if ours.after.strip() else theirs.after
    return _layout(before, ours.after, theirs.after)

"""Which claims of a file changed since an index was made of it.

Only the parser says where a claim begins. Where the text of a stretch is what it was, and stands
where the parser would come to it in the same state, the claim is what it was; where it is not, the
parser starts there, and goes on until it comes to a claim, in the column in which it was, from
which on the text is again that of an old stretch. Nothing is taken for unchanged that stands before
what was passed over: text that stands twice is read once more at worst.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import NamedTuple

from claimtrack.index.stamps import digest_of
from claimtrack.index.stretches import Stretch, mark_of, numbers_after, stretch
from claimtrack.reading.claim_stream import End, Item, Opening, stream, stream_from
from claimtrack.reading.pieced_text import NotStreamed


class Layout(NamedTuple):
    """How a file was that could be streamed: its stretches, all of them, and two columns."""

    stretches: Sequence[Stretch]
    dash: int
    """That of the dashes of claims, from 1."""
    key: int
    """That of the key ``claims``."""


class Fresh(NamedTuple):
    """A claim that is new or changed, and the stretch that it begins, which has its number."""

    stretch: Stretch
    item: Item


class Moved(NamedTuple):
    """Stretches, from one number to another, that stand so many lines further down."""

    first: int
    last: int
    lines: int


class Spotted(NamedTuple):
    """What changed in a file: the numbers of claims that are gone, new ones, and moved stretches.

    ``around`` are the stretches around its claims, if their text changed.
    """

    gone: list[int]
    fresh: list[Fresh]
    moved: list[Moved]
    around: list[Stretch]


def spot(data: bytes, layout: Layout) -> Spotted | None:
    """What changed in a file; None where it has to be read as a whole."""
    try:
        return _Spotter(data, layout).spotted()
    except NotStreamed:
        return None


_NEAR = 8
"""Claims that follow, among which one most likely stands unchanged."""


class _Kept(NamedTuple):
    """An old stretch, by its place among them, that stands so many lines further down."""

    place: int
    lines: int


class _Spotter:
    """Goes through a file once."""

    def __init__(self, data: bytes, layout: Layout) -> None:
        self._data, self._layout, self._old = data, layout, layout.stretches
        self._tail = len(self._old) - 1
        self._found: list[_Kept | Fresh] = []
        self._around: list[Stretch] = []
        self._marks: dict[int, list[int]] | None = None

    def spotted(self) -> Spotted | None:
        """What changed. Raises NotStreamed where that cannot be told."""
        at, lines = (self._end_of(0, 0), 0) if self._stands(0, 0) else self._first_claim()
        self._found.append(_Kept(0, 0))
        index = 1
        while True:
            while index < self._tail and self._stands(index, at):
                self._found.append(_Kept(index, lines))
                at, index = self._end_of(index, at), index + 1
            if index == self._tail:
                if self._is_tail(at):
                    self._found.append(_Kept(index, lines))
                    break
                # What follows the last claim may go on with it.
                at, index = self._back(at, index)
            resumed = self._read_on(at, index, lines)
            if resumed is None:
                break
            at, index, lines = resumed
        return self._numbered()

    def _first_claim(self) -> tuple[int, int]:
        """Where the claims begin below what changed, and how many lines further down.

        Raises NotStreamed where they do not begin as they did.
        """
        first = self._old[1]
        for each in stream(self._data):
            if isinstance(each, Opening):
                columns = each.column, each.key.column
                if columns != (self._layout.dash, self._layout.key):
                    break
            elif isinstance(each, Item):
                if each.column != first.column:
                    break
                self._around.append(stretch(self._old[0].no, 1, self._data[: each.start]))
                return each.start, each.line - first.line
        raise NotStreamed

    def _stands(self, index: int, at: int) -> bool:
        """Whether the text from an offset on is that of an old stretch."""
        held = self._old[index]
        end = self._end_of(index, at)
        return end <= len(self._data) and digest_of(memoryview(self._data)[at:end]) == held.digest

    def _end_of(self, index: int, at: int) -> int:
        return at + (self._old[index].length or 0)

    def _is_tail(self, at: int) -> bool:
        return self._end_of(self._tail, at) == len(self._data) and self._stands(self._tail, at)

    def _back(self, at: int, index: int) -> tuple[int, int]:
        """Take the claim that was kept last for changed after all; where it begins, and its index.

        Raises NotStreamed if there is none.
        """
        kept = self._found.pop()
        if not isinstance(kept, _Kept) or not kept.place or kept.place != index - 1:
            raise NotStreamed
        return at - (self._old[index - 1].length or 0), index - 1

    def _read_on(self, at: int, index: int, lines: int) -> tuple[int, int, int] | None:
        """Parse from where an old claim began until an old one begins again: where, and which.

        None if there is none; the file is then read to its end. Raises NotStreamed.
        """
        old = self._old[index]
        waiting: tuple[int, Item] | None = None
        for each in stream_from(
            self._data,
            at,
            old.line + lines,
            old.column or 1,
            self._layout.dash,
            key_column=self._layout.key,
        ):
            here = each.start
            if waiting is not None:
                self._add(*waiting, here)
            elif here != at:
                # What stands there now belongs to the claim before.
                return self._read_on(*self._back(at, index), lines)
            if isinstance(each, End):
                tail = self._old[self._tail]
                self._found.append(_Kept(self._tail, each.line - tail.line))
                if not self._is_tail(here):
                    self._around.append(stretch(tail.no, each.line, self._data[here:]))
                return None
            # The claim to begin with changed, or what follows it may go on with it.
            same = self._same(here, each.column, index + (waiting is None))
            if same is not None:
                return here, same, each.line - self._old[same].line
            waiting = here, each
        raise NotStreamed

    def _add(self, at: int, item: Item, end: int) -> None:
        known = stretch(0, item.line, self._data[at:end], item.column)
        self._found.append(Fresh(known, item))

    def _same(self, at: int, column: int, index: int) -> int | None:
        """The first old claim, from one on, whose text begins at an offset, in its column."""
        mark = mark_of(self._data[at : at + 100])
        following = range(index, min(index + _NEAR, self._tail))
        for number in chain(following, self._marked(mark, following.stop)):
            old = self._old[number]
            if old.mark == mark and old.column == column and self._stands(number, at):
                return number
        return None

    def _marked(self, mark: int, index: int) -> Iterator[int]:
        """The old claims with a mark, from one on."""
        if self._marks is None:
            self._marks = {}
            for number in range(1, self._tail):
                self._marks.setdefault(self._old[number].mark or 0, []).append(number)
        yield from (number for number in self._marks.get(mark, ()) if number >= index)

    # -------------------------------------------------------------------------------- numbering

    def _numbered(self) -> Spotted | None:
        kept = {each.place for each in self._found if isinstance(each, _Kept)}
        gone = [old.no for index, old in enumerate(self._old) if index not in kept]
        fresh: list[Fresh] = []
        moved: list[Moved] = []
        waiting: list[Fresh] = []
        before = self._old[0].no
        for each in self._found:
            if isinstance(each, Fresh):
                waiting.append(each)
                continue
            no = self._old[each.place].no
            if waiting:
                numbers = numbers_after(before, no, len(waiting))
                if numbers is None:
                    return None
                fresh += map(_with_number, waiting, numbers)
                waiting.clear()
            before = no
            if each.lines and moved and moved[-1].lines == each.lines:
                moved[-1] = moved[-1]._replace(last=no)
            elif each.lines:
                moved.append(Moved(no, no, each.lines))
        return Spotted(gone, fresh, moved, self._around)


def _with_number(fresh: Fresh, number: int) -> Fresh:
    return Fresh(fresh.stretch._replace(no=number), fresh.item)

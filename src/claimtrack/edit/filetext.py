"""A file as text that can be changed in places and be the same bytes everywhere else."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property
from itertools import accumulate

from claimtrack.frozen import frozen
from claimtrack.reading.yamltext import decode

_MARK = b"\xef\xbb\xbf"
_LINE_END = re.compile("[\r\n]")


@frozen
class Splice:
    """A stretch of a text, in code points, and what is to stand there; an insertion has no length.

    Lines of the new text end in LF, whatever the file has.
    """

    start: int
    end: int
    text: str


@dataclass(frozen=True)
class FileText:
    """The bytes of a file that the reader could read."""

    data: bytes

    @cached_property
    def text(self) -> str:
        """Its text, without a byte order mark."""
        return decode(self.data)

    @cached_property
    def line_end(self) -> str:
        """What most of its lines end with: LF, CRLF or, as only very old files do, CR."""
        both, feeds, returns = (self.data.count(sign) for sign in (b"\r\n", b"\n", b"\r"))
        found = {"\n": feeds - both, "\r\n": both, "\r": returns - both}
        return max(found, key=found.__getitem__)

    def spliced(self, splices: Iterable[Splice]) -> bytes:
        """The file with the splices in it: every byte outside them is as it was."""
        mark = _MARK if self.data.startswith(_MARK) else b""
        return mark + spliced(self.text, splices, self.line_end).encode()


def spliced(text: str, splices: Iterable[Splice], line_end: str = "\n") -> str:
    """A text with splices in it, lines of theirs ending as said.

    Several insertions at one place keep their order. Splices that only take away may overlap;
    others may not.
    """
    ordered = sorted(splices, key=lambda splice: splice.start)
    return "".join(_pieces(text, ordered, line_end))


def _pieces(text: str, ordered: Iterable[Splice], line_end: str) -> Iterator[str]:
    at, is_taken = 0, False
    for splice in ordered:
        if splice.start < at and not (is_taken and not splice.text):
            raise ValueError(f"splices overlap at {splice.start}")
        yield text[at : splice.start]
        yield splice.text.replace("\n", line_end)
        at, is_taken = max(at, splice.end), not splice.text
    yield text[at:]


# ------------------------------------------------------------------------------------- its lines


def with_feeds(text: str) -> str:
    """The text with LF line ends."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def lines_that_differ(old: Splice, new: str) -> list[Splice]:
    """What makes the new text of a stretch that is there: equal lines stay.

    So do their line ends, which in ``new`` are all LF.
    """
    held, given = _lines(old.text), _lines(new)
    starts = [*accumulate(map(len, held), initial=old.start)]
    alike = SequenceMatcher(None, [*map(with_feeds, held)], given, autojunk=False)
    return [
        Splice(starts[i], starts[j], "".join(given[k:m]))
        for what, i, j, k, m in alike.get_opcodes()
        if what != "equal"
    ]


def _lines(text: str) -> list[str]:
    """Each with its line end; what stands behind the last line end is one too."""
    return re.split(r"(?<=\n)|(?<=\r)(?!\n)", text)


def line_start(text: str, offset: int) -> int:
    """Where the line begins in which the offset stands."""
    if offset and text.startswith("\r\n", offset - 1):
        offset -= 1  # between the two signs of one line end
    # Each search ends where the one before found something: a line is short, and a file is not.
    start = text.rfind("\n", 0, offset) + 1
    return max(start, text.rfind("\r", start, offset) + 1)


def line_stop(text: str, offset: int) -> int:
    """Where the line of the offset ends, before its line end."""
    found = _LINE_END.search(text, offset)
    return found.start() if found else len(text)


def next_line(text: str, offset: int) -> int:
    """Where the line after the offset's begins; the end of the text if there is none."""
    stop = line_stop(text, offset)
    return stop + (2 if text.startswith("\r\n", stop) else 1) if stop < len(text) else stop


def column(text: str, offset: int) -> int:
    """How many code points stand before the offset in its line."""
    return offset - line_start(text, offset)


def indentation(text: str, start: int) -> int:
    """How many spaces the line that begins there begins with."""
    stop = line_stop(text, start)
    return len(text[start:stop]) - len(text[start:stop].lstrip(" "))

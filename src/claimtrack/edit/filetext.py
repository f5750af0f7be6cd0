"""A file as text that can be changed in places and be the same bytes everywhere else."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from claimtrack.reading.yamltext import decode

_MARK = b"\xef\xbb\xbf"
_LINE_END = re.compile("[\r\n]")


@dataclass(frozen=True, slots=True)
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
        """The file with the splices in it: every byte outside them is as it was.

        Several insertions at one place keep their order. Splices that only take away may overlap,
        and lines to be added within a stretch that is taken away go below it; others may not.
        """
        ordered = sorted(splices, key=lambda splice: splice.start)
        mark = _MARK if self.data.startswith(_MARK) else b""
        return mark + "".join(self._pieces(ordered)).encode()

    def _pieces(self, ordered: Iterable[Splice]) -> Iterator[str]:
        at, is_taken = 0, False
        for splice in ordered:
            new = splice.text
            if splice.start < at and new:
                new = self._moved_below(splice, at, is_taken=is_taken)
            yield self.text[at : splice.start]
            yield new.replace("\n", self.line_end)
            is_taken = not splice.text or (is_taken and splice.start < at)
            at = max(at, splice.end)
        yield self.text[at:]

    def _moved_below(self, splice: Splice, at: int, *, is_taken: bool) -> str:
        """Lines that were to stand within what is taken away up to there."""
        if not (is_taken and splice.start == splice.end and splice.text.startswith("\n")):
            raise ValueError(f"splices overlap at {splice.start}")
        return splice.text[1:] + "\n" if self.text[at - 1] in "\r\n" else splice.text


# ------------------------------------------------------------------------------------- its lines


def line_start(text: str, offset: int) -> int:
    """Where the line begins in which the offset stands."""
    if offset and text.startswith("\r\n", offset - 1):
        offset -= 1  # between the two signs of one line end
    # Each search ends where the one before found something: a line is short, and a file is not.
    start = text.rfind("\n", 0, offset) + 1
    return max(start, text.rfind("\r", start, offset) + 1)


def line_stop(text: str, offset: int) -> int:
    """Where the line of the offset ends, before its line end."""
    stop = text.find("\n", offset)
    stop = len(text) if stop < 0 else stop
    found = text.find("\r", offset, stop)
    return stop if found < 0 else found


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

"""A file as text that can be changed in places and be the same bytes everywhere else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from claimtrack.reading.yamltext import decode

_MARK = b"\xef\xbb\xbf"


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
        """What most of its lines end with: LF or CRLF."""
        windows = self.data.count(b"\r\n")
        return "\r\n" if 2 * windows > self.data.count(b"\n") else "\n"

    def spliced(self, splices: Iterable[Splice]) -> bytes:
        """The file with the splices in it: every byte outside them is as it was.

        Several insertions at one place keep their order. Splices that only take away may overlap;
        others may not.
        """
        ordered = sorted(splices, key=lambda splice: splice.start)
        mark = _MARK if self.data.startswith(_MARK) else b""
        return mark + "".join(self._pieces(ordered)).encode()

    def _pieces(self, ordered: Iterable[Splice]) -> Iterator[str]:
        at = 0
        is_taken = False
        for splice in ordered:
            if splice.start < at and not (is_taken and not splice.text):
                raise ValueError(f"splices overlap at {splice.start}")
            yield self.text[at : splice.start]
            yield splice.text.replace("\n", self.line_end)
            at, is_taken = max(at, splice.end), not splice.text
        yield self.text[at:]


# ------------------------------------------------------------------------------------- its lines


def line_start(text: str, offset: int) -> int:
    """Where the line begins in which the offset stands."""
    if offset and text.startswith("\r\n", offset - 1):
        offset -= 1  # between the two signs of one line end
    return max(text.rfind("\n", 0, offset), text.rfind("\r", 0, offset)) + 1


def line_stop(text: str, offset: int) -> int:
    """Where the line of the offset ends, before its line end."""
    ends = [at for at in (text.find("\n", offset), text.find("\r", offset)) if at >= 0]
    return min(ends, default=len(text))


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

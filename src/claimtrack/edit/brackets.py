"""Adding to and taking from what stands between brackets, in the manner it is written there."""

from __future__ import annotations

from dataclasses import dataclass

from claimtrack.edit.filetext import Splice, column, line_start, line_stop
from claimtrack.reading.spans import Span


@dataclass(frozen=True, slots=True)
class _Part:
    """An item of a list, or a pair of a mapping, between brackets."""

    start: int
    end: int


def _parts(holder: Span) -> list[_Part]:
    if holder.kind == "mapping":
        return [_Part(key.start, value.end) for key, value in holder.pairs]
    return [_Part(item.start, item.end) for item in holder.children]


def into_brackets(text: str, holder: Span, new: str, after: int | None) -> list[Splice]:
    """One more part after that one, or before all; on a line of its own where the others are."""
    parts = _parts(holder)
    if not parts:
        return [Splice(holder.content + 1, holder.content + 1, new)]
    if after is None:
        return [Splice(parts[0].start, parts[0].start, f"{new}, ")]
    part, close = parts[after], holder.end - 1
    comma = _comma(text, part.end, close)
    at = part.end if comma is None else comma + 1
    if (
        line_start(text, part.start) <= holder.content
        or text[line_start(text, part.start) : part.start].strip()
    ):
        is_followed = comma is not None
        return [Splice(at, at, f" {new}," if is_followed else f", {new}")]
    line = "\n" + " " * column(text, part.start) + new
    stop = min(line_stop(text, at), _next_start(parts, after, close))
    if stop == at or not text[at:stop].strip().startswith("#"):
        stop = at
    if comma is not None:
        return [Splice(stop, stop, f"{line},")]
    return [Splice(at, at, ","), Splice(stop, stop, line)]


def _next_start(parts: list[_Part], index: int, close: int) -> int:
    return parts[index + 1].start if index + 1 < len(parts) else close


def _comma(text: str, at: int, close: int) -> int | None:
    """The comma that follows a part, past white space and comments."""
    while at < close:
        if text[at] == "#":
            at = line_stop(text, at)
        elif text[at] == ",":
            return at
        else:
            at += 1
    return None


def out_of_brackets(text: str, holder: Span, index: int) -> list[Splice]:
    """What takes a part out, with the comma that parts it from the next or from the one before."""
    parts = _parts(holder)
    part, close = parts[index], holder.end - 1
    comma = _comma(text, part.end, close)
    end = part.end if comma is None else comma + 1
    is_alone = not text[end : line_stop(text, end)].partition("#")[0].strip()
    start = _with_its_line(text, part.start) if is_alone else part.start
    if index + 1 < len(parts):
        return [Splice(start, end if start < part.start else parts[index + 1].start, "")]
    before = _comma(text, parts[index - 1].end, part.start) if index else None
    if before is None or comma is not None:
        return [Splice(start, end, "")]
    if not text[before + 1 : part.start].strip():
        return [Splice(before, end, "")]
    return [Splice(before, before + 1, ""), Splice(start, end, "")]


def _with_its_line(text: str, start: int) -> int:
    """The line end before a part that begins a line; else the part's own start."""
    begin = line_start(text, start)
    if text[begin:start].strip():
        return start
    return begin - 2 if text.endswith("\r\n", 0, begin) else max(begin - 1, 0)

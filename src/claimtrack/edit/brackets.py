"""Adding to and taking from what stands between brackets, in the manner it is written there."""

from __future__ import annotations

from collections.abc import Sequence

from claimtrack.edit.filetext import Splice, column, line_start, line_stop
from claimtrack.frozen import frozen
from claimtrack.reading.spans import Span


@frozen
class _Part:
    """An item of a list, or a pair of a mapping, between brackets."""

    start: int
    end: int


def _parts(holder: Span) -> list[_Part]:
    if holder.kind == "mapping":
        return [_Part(key.start, value.end) for key, value in holder.pairs]
    return [_Part(item.start, item.end) for item in holder.children]


def into_brackets(text: str, holder: Span, news: Sequence[str], after: int | None) -> list[Splice]:
    """Further parts after that one, or before all; on lines of their own where the others are."""
    parts = _parts(holder)
    if not parts:
        at = holder.content + 1
        return [Splice(at, at, ", ".join(news))]
    if after is None:
        at = parts[0].start
        gap = "\n" + " " * column(text, at) if _begins_its_line(text, at) else " "
        return [Splice(at, at, "".join(f"{new},{gap}" for new in news))]
    return _behind(text, holder, news, after)


def _behind(text: str, holder: Span, news: Sequence[str], after: int) -> list[Splice]:
    parts, close = _parts(holder), holder.end - 1
    part = parts[after]
    comma = _comma(text, part.end, close)
    at = part.end if comma is None else comma + 1
    stop = line_stop(text, at)
    if not (_begins_its_line(text, part.start) and _is_remark(text[at : min(stop, close)])):
        new = "".join(f" {new}," if comma is not None else f", {new}" for new in news)
        return [Splice(at, at, new)]
    indent = "\n" + " " * column(text, part.start)
    stop = stop if stop < close else at
    if comma is not None:
        return [Splice(stop, stop, "".join(f"{indent}{new}," for new in news))]
    lines = ",".join(f"{indent}{new}" for new in news)
    return [Splice(at, at, ","), Splice(stop, stop, lines)]


def _begins_its_line(text: str, start: int) -> bool:
    return not text[line_start(text, start) : start].strip()


def _is_remark(rest: str) -> bool:
    """Whether the rest of a line is a comment, or nothing."""
    return not rest.strip() or rest.lstrip().startswith("#")


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
    before = _comma(text, parts[index - 1].end, part.start) if index else None
    if before is not None and _begins_its_line(text, before):  # as all commas do there
        return [_cut(text, before, part.end)]
    end = part.end if comma is None else comma + 1
    following = parts[index + 1].start if index + 1 < len(parts) else None
    if following is not None and not text[end:following].strip(" \t"):
        return [Splice(part.start, following, "")]
    if comma is not None or before is None:
        return [_cut(text, part.start, end)]
    if not text[before + 1 : part.start].strip():
        return [Splice(before, _cut(text, part.start, end).end, "")]
    return [Splice(before, before + 1, ""), _cut(text, part.start, end)]


def _cut(text: str, start: int, end: int) -> Splice:
    """A stretch with the white space before it; a whole line with its comment if it is one."""
    begin, stop = line_start(text, start), line_stop(text, end)
    if not _begins_its_line(text, start):
        return Splice(begin + len(text[begin:start].rstrip()), end, "")
    if not _is_remark(text[end:stop]):
        return Splice(start, end, "")
    return Splice(begin - (2 if text.endswith("\r\n", 0, begin) else 1), stop, "")

"""Where silencing comments stand in a file, and the lines that each is about."""

from __future__ import annotations

import math
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence

from claimtrack.frozen import frozen
from claimtrack.reading.octets import Octets, windows
from claimtrack.reading.spans import Position, Span, outline, whole
from claimtrack.reading.yamltext import NotYaml, decode

_MARK = re.compile(rb"claimtrack: *ignore")
_COMMENT = re.compile(r"(?<!\S)#[ \t]*claimtrack: *ignore\b([^\r\n]*)")
_LINE_END = re.compile(r"\r\n|\r|\n")
_BEFORE_ID = re.compile(r"( *- +)id: +")
_CLAIMS = "claims"
_PARTS = ("evidence", "asserts", "relations", "verdicts")
"""The lists of a claim whose items can be silenced by themselves."""
_FEW = 500
"""Stretches with comments, of which more are dearer to parse one by one than a file at once."""


@frozen
class Written:
    """A comment as it stands in a file, and the lines that it is about."""

    text: str
    line: int
    column: int
    first: int
    last: int


@frozen
class _Entry:
    """An entry of a section, or whatever else stands at the top of a file."""

    section: str
    start: int
    end: int
    node: Span


class _NotAlone(Exception):
    """A claim that cannot be parsed without what is around it."""


def has_comments(data: Octets) -> bool:
    """Whether a file may have a comment: nearly none has, and nothing else is then looked at."""
    rest = b""
    for some in windows(data):
        lines = rest + some
        if _MARK.search(lines):
            return True
        rest = lines[lines.rfind(b"\n") + 1 :]
    return False


def place_comments(data: bytes, claims: Sequence[Position] = ()) -> list[Written]:
    """The comments of a file in the order written. Raises NotYaml where the file is none.

    ``claims`` are the places of the ids of claims that were read from it, in order: no more is then
    parsed than what stands around a comment. Where that does not stand alone, all of the file is.
    """
    if claims:
        try:
            return _near(data, claims)
        except (_NotAlone, NotYaml):
            pass
    text = decode(data)
    if _COMMENT.search(text) is None:
        return []
    entries = list(_entries(outline(text).root))
    return list(_Reader(text, _line_starts(text), entries).comments())


# --------------------------------------------------------------------------------- around a comment


def _near(data: bytes, claims: Sequence[Position]) -> list[Written]:
    """The comments, by parsing the claims around them. Raises NotYaml and _NotAlone.

    In block style, a claim with its id first begins where the line of that has its dash, all that
    stands before the next claim is part of it, or none of it can be parsed. A comment is about what
    it stands in, or what comes next.
    """
    marks = [found.start() for found in _MARK.finditer(data)]
    if len(marks) > _FEW or data.count(b"\r") != data.count(b"\r\n"):
        raise _NotAlone  # nor are lines counted here that end otherwise
    lines = [line for line, _ in claims]
    found: list[Written] = []
    line, at, last = 1, 0, -2
    for mark in marks:
        line, at = line + data.count(b"\n", at, mark), mark
        claim = bisect_right(lines, line) - 1
        if claim != last:
            found += _in_stretch(data, claims, claim, (line, at))
        last = claim
    return found


def _in_stretch(
    data: bytes, claims: Sequence[Position], claim: int, known: tuple[int, int]
) -> Iterator[Written]:
    """The comments between the start of a claim, by its number, and that of the next.

    Number -1 is what stands before the first. ``known`` are a line and the offset of a byte in it.
    """
    first = claims[claim][0] if claim >= 0 else 1
    begin = _start_of_line(data, first, known)
    after = claims[claim + 2][0] if claim + 2 < len(claims) else None
    stop = len(data) if after is None else _start_of_line(data, after, known)
    text = decode(data[begin:stop])
    starts = _line_starts(text)

    def line_of(number: int) -> int:
        """Where the line starts that a claim starts in; the end of the text where it has none."""
        line = claims[number][0] - first if number < len(claims) else len(starts)
        return starts[line] if line < len(starts) else len(text)

    entries = list(_entries(whole(text[: line_of(0)]))) if claim < 0 else []
    entries += [
        _claim(text, line_of(each), claims[each][1] - 1, line_of(each + 1))
        for each in (claim, claim + 1)
        if 0 <= each < len(claims)
    ]
    next_line = claims[claim + 1][0] if claim + 1 < len(claims) else math.inf
    for each in _Reader(text, starts, entries, first - 1).comments():
        if each.line < next_line:
            yield each


def _start_of_line(data: bytes, wanted: int, known: tuple[int, int]) -> int:
    """Where a line begins, counted from one near by of which a byte is known."""
    line, at = known
    start = data.rfind(b"\n", 0, at) + 1
    while line > wanted:
        start = data.rfind(b"\n", 0, start - 1) + 1
        line -= 1
    while line < wanted:
        start = data.find(b"\n", start) + 1
        line += 1
    return start


def _claim(text: str, line: int, column: int, stop: int) -> _Entry:
    """The claim whose id stands at a column, from 0, of the line that starts at an offset."""
    before = _BEFORE_ID.fullmatch(text, line, line + column)
    if before is None:
        raise _NotAlone
    start = before.end(1)
    # As many signs before it as in the text, so that what is found stands where it does there.
    node = whole("\n" * line + " " * (start - line) + text[start:stop])
    if node is None or node.kind != "mapping" or node.start != start:
        raise _NotAlone
    return _Entry(_CLAIMS, node.start, node.end, node)


# ------------------------------------------------------------------------------------- in a text


def _line_starts(text: str) -> list[int]:
    return [0, *(found.end() for found in _LINE_END.finditer(text))]


class _Reader:
    """Finds the comments of one text; entries are taken apart only where a comment is near."""

    def __init__(
        self, text: str, lines: Sequence[int], entries: Sequence[_Entry], before: int = 0
    ) -> None:
        """``lines`` is where each line starts; ``before``, how many lines stand before the text."""
        self._text, self._lines, self._before = text, lines, before
        self._entries = entries

    def comments(self) -> Iterator[Written]:
        """The comments in the order written. Raises NotYaml where the text is none."""
        entries = self._entries
        starts = [entry.start for entry in entries]
        placed = []
        for comment in _COMMENT.finditer(self._text):
            target = self._target(comment.start())
            # The entry that is around it, if any is, and the one that it is about.
            around = bisect_right(starts, comment.start()) - 1
            about = bisect_left(starts, self._end_of_line(target)) - 1
            placed.append((comment, target, around, about))
        near = {at for *_, around, about in placed for at in (around, about) if at >= 0}
        closed = [entries[at].node for at in near if not entries[at].node.is_open]
        wanted = {self._position(node.start) for node in closed}
        opened = outline(self._text, wanted).collections if wanted else {}
        for comment, target, around, about in placed:
            if around >= 0 and self._is_text(self._open(entries[around], opened), comment.start()):
                continue
            line, column = self._position(comment.start())
            first, last = target, target
            if about >= 0:
                first, last = self._stretch(entries[about], target, opened)
            before = self._before
            yield Written(comment[1], before + line, column, before + first, before + last)

    # ------------------------------------------------------------------------------------ lines

    def _line(self, offset: int) -> int:
        return bisect_right(self._lines, offset)

    def _position(self, offset: int) -> Position:
        line = self._line(offset)
        return line, offset - self._lines[line - 1] + 1

    def _end_of_line(self, line: int) -> int:
        return self._lines[line] if line < len(self._lines) else len(self._text)

    def _target(self, offset: int) -> int:
        """The line that a comment is about: its own, or the next that has something on it."""
        own = self._line(offset)
        if self._content(own) not in ("", "-"):
            return own
        below = range(own + 1, len(self._lines) + 1)
        return next((line for line in below if self._content(line)), own)

    def _content(self, line: int) -> str:
        text = self._text[self._lines[line - 1] : self._end_of_line(line)].strip()
        return "" if text.startswith("#") else text.split(" #", 1)[0].strip()

    # ------------------------------------------------------------------------------------ nodes

    def _open(self, entry: _Entry, opened: Mapping[Position, Span]) -> Span:
        return opened.get(self._position(entry.node.start), entry.node)

    def _is_text(self, node: Span, at: int) -> bool:
        """Whether what stands there is text of a scalar."""
        if not node.start <= at < node.end:
            return False
        if node.kind != "scalar":
            return any(self._is_text(child, at) for child in node.children)
        # A comment may stand behind the sign that a block of text begins with.
        return node.style not in ("|", ">") or self._line(at) > self._line(node.content)

    def _stretch(
        self, entry: _Entry, target: int, opened: Mapping[Position, Span]
    ) -> tuple[int, int]:
        """The lines of the innermost thing in the entry that the line is part of."""
        first, last = self._line(entry.start), self._last(entry.node)
        if target > last:
            return target, target
        for part in _parts(self._open(entry, opened)) if entry.section == _CLAIMS else ():
            if self._line(part.start) <= target <= self._last(part):
                first, last = self._line(part.start), self._last(part)
        return min(first, target), max(last, target)

    def _last(self, node: Span) -> int:
        return self._line(max(node.end - 1, node.start))


def _entries(root: Span | None) -> Iterator[_Entry]:
    """What the sections hold, in the order written."""
    for key, value in root.pairs if root is not None and root.kind == "mapping" else ():
        if value.kind == "list":
            for item in value.children:
                yield _Entry(key.text, item.start, item.end, item)
        elif value.kind == "mapping":
            for name, node in value.pairs:
                yield _Entry(key.text, name.start, node.end, node)
        else:
            yield _Entry(key.text, key.start, value.end, value)


def _parts(claim: Span) -> Iterator[Span]:
    """A claim's items of evidence, assertions, relations and verdicts."""
    for key, value in claim.pairs if claim.kind == "mapping" else ():
        if key.text in _PARTS:
            yield from value.children if value.kind == "list" else (value,)

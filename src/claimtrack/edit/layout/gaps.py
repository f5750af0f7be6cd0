"""What stands between the nodes of a text: comments, blank lines, anchors and tags."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from claimtrack.frozen import frozen
from claimtrack.reading.spans import Span

SPACE = " \t"
"""White space to YAML; a no-break space is text."""


class Unusual(Exception):
    """Something is written in a way that is better left as it is."""


@frozen
class Line:
    """A comment on a line of its own, and its column. Without a text it is a blank line."""

    text: str
    column: int = 0


@frozen
class Gap:
    """What stands below a node: the comment that ends its last line, and further lines."""

    comment: str = ""
    """With the space before it."""
    lines: Sequence[Line] = ()


@frozen
class Opening:
    """What stands between a colon or a dash and what it holds."""

    names: str
    """Anchor and tag, or nothing."""
    comment: str
    """The comment that ends the line of the colon or the dash, with the space before it."""
    lines: Sequence[Line]
    is_below: bool
    """Whether what is held begins on another line."""


_NOTHING = Gap()
_BESIDE = Opening("", "", (), is_below=False)

_COMMENT = re.compile("#")
_AROUND_ROOT = re.compile(r"#|---|\.\.\.|%")
"""What a line may begin with that stands outside the root: signs of the document are there too."""
_NAME = re.compile(r"[&!][^ \t]*")


def gap(text: str, start: int, end: int) -> Gap:
    """What stands between the end of a node and the beginning of what is next. Raises Unusual."""
    stretch = text[start:end]
    if stretch.strip(" ") == "\n":
        return _NOTHING
    first, *others = stretch.split("\n")
    _refuse(others.pop() if others else first)
    return Gap(comment_beside(first), [_line(each, _COMMENT) for each in others])


def head(text: str, root: Span) -> list[Line]:
    """What stands above the root of a text. Raises Unusual."""
    *lines, last = text[: root.content].split("\n")
    _refuse(last)
    return [_line(each, _AROUND_ROOT) for each in lines]


def foot(text: str, root: Span) -> Gap:
    """What stands below the root of a text. Raises Unusual."""
    first, *lines = text[root.end :].split("\n")
    return Gap(comment_beside(first), [_line(each, _AROUND_ROOT) for each in lines])


def opening(text: str, start: int, held: Span) -> Opening:
    """What stands between a colon or a dash that ends there and what it holds. Raises Unusual."""
    stretch = text[start : held.content]
    if stretch == " ":
        return _BESIDE
    first, *others = stretch.split("\n")
    names, rest = _names(first)
    lines = []
    for each in others:
        further, beside = _names(each)
        names += further
        if beside.strip(SPACE) or not further:
            lines.append(_line(beside, _COMMENT))
    if others and not further:
        lines.pop()  # the beginning of the line on which the held node stands
    return Opening(" ".join(names), comment_beside(rest), lines, bool(others))


def _names(line: str) -> tuple[list[str], str]:
    """The anchor and the tag that a line begins with, and what follows on it."""
    names = []
    while found := _NAME.match(line.lstrip(SPACE)):
        names.append(found.group())
        line = line.lstrip(SPACE)[found.end() :]
    return names, line


def comment_beside(rest: str) -> str:
    """The comment in the rest of a line, with at least two spaces before it. Raises Unusual."""
    comment = rest.strip(SPACE)
    if not comment:
        return ""
    if not comment.startswith("#"):
        raise Unusual
    space = rest[: rest.index("#")]
    # Comments may be aligned over several lines: what is wider is meant.
    return space + comment if len(space) > 2 and "\t" not in space else f"  {comment}"


def _line(line: str, signs: re.Pattern[str]) -> Line:
    text = line.strip(SPACE)
    if text and not signs.match(text):
        raise Unusual
    return Line(text, len(line) - len(line.lstrip(SPACE)))


def _refuse(rest: str) -> None:
    if rest.strip(SPACE):
        raise Unusual


# ------------------------------------------------------------------------- what belongs to what


@frozen
class Border:
    """The comments between two parts: those that touch the first, and those above the second.

    An empty text is a blank line.
    """

    below: Sequence[str]
    is_blank: bool
    """Whether a blank line parts the two kinds."""
    above: Sequence[str]


@frozen
class Above:
    """The comments above a first part: those that stay there, and those that move with the part."""

    staying: Sequence[str]
    touching: Sequence[str]


def texts(lines: Iterable[Line]) -> list[str]:
    """The texts of lines, with one blank line where there were several."""
    found: list[str] = []
    for line in lines:
        if line.text or found[-1:] != [""]:
            found.append(line.text)
    return found


def deeper(lines: Sequence[Line], column: int) -> tuple[Sequence[Line], Sequence[Line]]:
    """The lines in front whose comments stand deeper than the column, and the others."""
    count = 0
    for number, line in enumerate(lines, 1):
        if line.text and line.column <= column:
            break
        count = number if line.text else count
    return lines[:count], lines[count:]


def between(lines: Iterable[Line]) -> Border:
    """What stands between two parts; a comment that touches both belongs to the second."""
    found = texts(lines)
    if "" not in found:
        return Border([], False, found)
    blank = found.index("")
    return Border(found[:blank], True, found[blank + 1 :])


def at_the_end(lines: Iterable[Line]) -> Border:
    """What stands below the last part: comments that touch it, and others."""
    found = _without_last_blank(texts(lines))
    blank = found.index("") if "" in found else len(found)
    return Border(found[:blank], blank < len(found), found[blank + 1 :])


def at_the_bottom(lines: Iterable[Line]) -> list[str]:
    """What stands below the last part of a file, and stays there, whatever it touches."""
    return _without_last_blank(texts(lines))


def _without_last_blank(found: list[str]) -> list[str]:
    return found[:-1] if found[-1:] == [""] else found


def at_the_start(lines: Iterable[Line]) -> Above:
    """What stands above the first part of a list or a mapping."""
    found = texts(lines)
    is_blank = found[:1] == [""]
    stop = max((at for at, text in enumerate(found, 1) if not text.startswith("#")), default=0)
    # A blank line that nothing stays below would stand above the part alone.
    return Above(found[:stop] if stop > is_blank else [], found[stop:])


def at_the_top(lines: Iterable[Line]) -> Above:
    """What stands above the first part of a file; the comment that begins it touches nothing."""
    above = at_the_start(lines)
    staying = trimmed(above.staying)
    if any(text.startswith("#") for text in staying):
        return Above(staying, above.touching)
    return Above([*staying, *above.touching], [])


def indented(lines: Iterable[str], column: int) -> list[str]:
    """Lines that begin at the column; blank ones stay empty."""
    return [" " * column + line if line else "" for line in lines]


def trimmed(lines: Sequence[str]) -> Sequence[str]:
    """The lines without the blank one that they may begin with."""
    return lines[1:] if lines and not lines[0] else lines

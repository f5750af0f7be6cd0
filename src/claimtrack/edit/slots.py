"""Keys of a text with their values, and where they and what belongs to them begin and end."""

from __future__ import annotations

from claimtrack.diagnostic import ClaimtrackError
from claimtrack.edit.filetext import column, indentation, line_start, line_stop, next_line
from claimtrack.frozen import frozen
from claimtrack.reading.spans import Span


class WrittenElsewhere(ClaimtrackError):
    """A part that is written as an alias of something that stands elsewhere."""

    def __init__(self, what: str, anchor: str) -> None:
        super().__init__(
            f"'{what}' is written as the alias '*{anchor}' of something that stands elsewhere; "
            "write it out first, or change it there by hand"
        )


@frozen
class Slot:
    """A key of a mapping and its value."""

    key: Span
    value: Span
    in_flow: bool
    """Whether they stand between brackets."""


def slot(mapping: Span, key: str) -> Slot | None:
    """The mapping's first key of that text with its value."""
    found = mapping.pair(key)
    return None if found is None else Slot(*found, in_flow=mapping.is_flow)


def refuse_alias(holder: Slot) -> None:
    """Raise WrittenElsewhere for a value that is an alias."""
    if holder.value.kind == "alias":
        raise WrittenElsewhere(holder.key.text, holder.value.text)


def after_colon(text: str, holder: Slot) -> int | None:
    """Where the value of a key may begin; None if it has no colon, and so no value."""
    at = holder.key.end
    while at < holder.value.start:
        if text[at] == ":":
            return at + 1
        at = line_stop(text, at) if text[at] == "#" else at + 1
    return None


def pair_start(text: str, key: Span) -> int:
    """Where a pair of a block mapping begins: with its key, or the question mark before that."""
    begin = line_start(text, key.start)
    before = text[begin : key.start].rstrip()
    return begin + len(before) - 1 if before.endswith("?") else key.start


def dash(text: str, sequence: Span, index: int) -> int:
    """Where the dash of an item of a block list stands."""
    if not index:
        return sequence.content
    at = sequence.children[index - 1].end
    while text[at] != "-":
        at = line_stop(text, at) if text[at] == "#" else at + 1
    return at


def dash_column(text: str, sequence: Span) -> int:
    """The column of the dashes of a block list."""
    return column(text, dash(text, sequence, 0))


def stop_below(text: str, end: int, at: int) -> int:
    """Where the comments end that stand right below what ends there, deeper than that column."""
    stop = line_stop(text, end)
    while (start := next_line(text, stop)) > stop and is_comment_deeper(text, start, at):
        stop = line_stop(text, start)
    return stop


def is_comment_deeper(text: str, start: int, at: int) -> bool:
    """Whether the line that begins there is a comment that stands deeper than that column."""
    line = text[start : line_stop(text, start)]
    return line.lstrip().startswith("#") and indentation(text, start) > at

"""Several changes to one entry: each is made to what the one before has left."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from claimtrack.edit.filetext import (
    Splice,
    column,
    line_start,
    lines_that_differ,
    spliced,
    with_feeds,
)
from claimtrack.edit.slots import stop_below
from claimtrack.frozen import replace
from claimtrack.reading.spans import Span, whole

Step = Callable[[str, Span], list[Splice]]
"""One change: from a text, and the entry's span in it, to splices of that text."""


def revised(
    text: str, entry: Span, respelt: Iterable[Splice], steps: Sequence[Step]
) -> list[Splice]:
    """What makes of an entry that it is respelt, and then taken through the steps."""
    old, indent = _stretch(text, entry)
    moved = [replace(s, start=s.start - old.start, end=s.end - old.start) for s in respelt]
    # By itself it stands as far in as it did, and ends as a line does.
    new = indent + with_feeds(spliced(old.text, moved)) + "\n"
    for step in steps:
        root = whole(new)
        new = new if root is None else spliced(new, step(new, root))
    return lines_that_differ(old, (new.lstrip(" \n") if indent else new)[:-1])


def _stretch(text: str, entry: Span) -> tuple[Splice, str]:
    """What an entry takes up, with the deeper comments below it, and what would indent it alike.

    That is nothing where it begins a line, which is then taken whole, or where it is in brackets.
    """
    start, stop, at = entry.content, entry.end, column(text, entry.content)
    indent = ""
    if not entry.is_flow:
        stop, begin = stop_below(text, stop, at), line_start(text, start)
        start, indent = (start, " " * at) if text[begin:start].strip() else (begin, "")
    return Splice(start, stop, text[start:stop]), indent

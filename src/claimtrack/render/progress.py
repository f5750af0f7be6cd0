"""How far long work has come, on one line of a terminal that is gone when the work has ended.

Nothing is shown of what takes no longer than a second, and nothing where nobody looks: in a pipe or
a file, in the background, or where CLAIMTRACK_NO_PROGRESS says so.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import TextIO

from claimtrack.progress import Tell, quiet
from claimtrack.render.visible import visible

VARIABLE = "CLAIMTRACK_NO_PROGRESS"
_PATIENCE = 1.0
_PAUSE = 0.1
"""Seconds before anything is shown, and from one drawing to the next at least."""
_SHORTEST, _LONGEST = 8, 40
"""Columns of a bar: with less room there is none, with more it grows no further."""
_GAP = "  "
_ERASE = "\r\x1b[K"


@contextmanager
def progress(stream: TextIO) -> Iterator[Tell]:
    """What work tells how far it is, for as long as it lasts; one at a time.

    However the work ends, its line is gone before anything else can be written. While it lasts,
    nothing else is to be written to the terminal once it has told of anything.
    """
    if not _is_watched(stream):
        yield quiet
        return
    from threading import Event, Thread

    line, over = Line(stream), Event()
    # A thread, since much of what takes long cannot tell of itself: a document that another
    # process takes apart, a server that does not answer, git.
    drawing = Thread(target=keep_drawn, args=(line, over.wait), daemon=True)
    drawing.start()
    try:
        yield line.tell
    finally:
        over.set()
        drawing.join()
        line.erase()


def _is_watched(stream: TextIO) -> bool:
    is_plain = os.environ.get("TERM") in ("dumb", "unknown")
    return not is_plain and not os.environ.get(VARIABLE) and stream.isatty()


class Line:
    """The line of a terminal that the cursor is on."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._told: tuple[str, int, int] | None = None
        self._drawn = ""

    def tell(self, doing: str, done: int, total: int) -> None:
        """Note what is to be drawn next."""
        self._told = doing, done, total

    def draw(self) -> None:
        """Draw what was told last, if anything was and it is not there already."""
        if self._told is None or not _is_in_front(self._stream):
            return
        text = drawn(*self._told, _columns(self._stream), self._stream.encoding)
        if text != self._drawn:
            self._drawn = text
            # The cursor goes back to where the line begins: what a terminal shows of Ctrl-C is
            # then erased with it.
            self._write(f"{_ERASE}{text}\r")

    def erase(self) -> None:
        """Leave the terminal as it was found."""
        if self._drawn:
            self._drawn = ""
            self._write(_ERASE)

    def _write(self, text: str) -> None:
        with suppress(OSError):  # a terminal that is gone stops no work
            self._stream.write(text)
            self._stream.flush()


def keep_drawn(line: Line, is_over: Callable[[float], bool]) -> None:
    """Draw a line again and again; ``is_over`` waits so many seconds for the work to end."""
    seconds = _PATIENCE
    while not is_over(seconds):
        line.draw()
        seconds = _PAUSE


def _is_in_front(stream: TextIO) -> bool:
    """Whether no other program has the terminal, as a shell has while this one works behind it."""
    try:
        return os.tcgetpgrp(stream.fileno()) == os.getpgrp()
    except OSError:  # not the terminal that this process was started from
        return True


def _columns(stream: TextIO) -> int:
    from shutil import get_terminal_size

    try:
        own = os.get_terminal_size(stream.fileno()).columns
    except OSError:
        own = 0
    return own or get_terminal_size().columns


# ----------------------------------------------------------------------------------- what is drawn


def drawn(doing: str, done: int, total: int, columns: int, encoding: str) -> str:
    """``reading claims.yaml  ████████░░░░   63 %``, one column short of the terminal's at most.

    Where the total is not known the number done stands alone, and nothing if that is 0. Words that
    find no room are cut; signs that the encoding lacks are written as escapes, bars in ASCII.
    """
    full, empty, cut = ("█", "░", "…") if _has("█░…", encoding) else ("#", "-", "...")
    words = visible(doing).encode(encoding, "backslashreplace").decode(encoding)
    share = min(done / total, 1.0) if total else 0.0
    number = f"{int(share * 100):3} %" if total else f"{done:,}" if done else ""
    room = columns - 1 - len(number) - (len(_GAP) if number else 0)
    words = _cut(words, room, cut)
    length = min(room - _width(words) - len(_GAP), _LONGEST)
    parts = [words, number]
    if total and length >= _SHORTEST:
        filled = int(share * length)
        parts.insert(1, full * filled + empty * (length - filled))
    return _GAP.join(part for part in parts if part)[: max(columns - 1, 0)]


def _has(signs: str, encoding: str) -> bool:
    try:
        signs.encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def _cut(words: str, room: int, end: str) -> str:
    """As many of the words as there is room for, an ellipsis after them if they are not all."""
    if _width(words) <= room:
        return words
    words = words[: max(room, 0)]
    while words and _width(words) > room - len(end):
        words = words[:-1]
    return f"{words.rstrip()}{end}" if words else ""


def _width(text: str) -> int:
    """The columns that a text takes at most."""
    from unicodedata import east_asian_width

    return sum(2 if east_asian_width(sign) in "WF" else 1 for sign in text)

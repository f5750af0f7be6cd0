"""Standard output and error as the program needs them: never a reason to stop half-way.

A reader that has seen enough closes the pipe, as ``head`` does; what is still written then goes
nowhere, and the command ends with the status that it would have had. A stream that was closed from
the start is replaced by one that goes nowhere. A sign that a locale lacks is shown as its escape.
"""

from __future__ import annotations

import io
import os
import sys
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer


def prepare() -> None:
    """Make both streams safe to write to."""
    sys.stdout = _prepared(sys.stdout, sys.__stdout__)
    sys.stderr = _prepared(sys.stderr, sys.__stderr__)


def _prepared(stream: TextIO | None, original: TextIO | None) -> TextIO:
    if stream is None:
        return open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123 - kept to the end
    if stream is not original:
        return stream  # somebody else's, who knows what to do with it
    return io.TextIOWrapper(
        io.BufferedWriter(_UntilClosed(stream.fileno())),
        encoding=stream.encoding,
        errors="backslashreplace",
        line_buffering=stream.isatty(),
    )


class _UntilClosed(io.RawIOBase):
    """A file descriptor whose reader may go away."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor

    def writable(self) -> bool:
        """It is."""
        return True

    def fileno(self) -> int:
        """The descriptor."""
        return self._descriptor

    def isatty(self) -> bool:
        """Whether it is a terminal."""
        return os.isatty(self._descriptor)

    def write(self, data: ReadableBuffer, /) -> int:
        """Write what can be written; how much was taken."""
        try:
            return os.write(self._descriptor, data)
        except BrokenPipeError:
            return memoryview(data).nbytes

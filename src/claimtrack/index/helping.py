"""A process beside this one that takes over a part of long work, where there is a core for it.

It is a copy of this process, made when it is needed (``fork``), and ends with it, however that
ends. It gets and gives plain values, as ``marshal`` takes them, through two files: a pipe would
make each wait for the other to read.
"""

from __future__ import annotations

import marshal
import os
import select
import signal
import sys
import warnings
from collections.abc import Callable
from contextlib import ExitStack
from tempfile import TemporaryFile
from typing import Any, NoReturn

DEPTH = 2
"""Parts of its work that a helper is given ahead."""
_SIZE = 8


def has_room() -> bool:
    """Whether a helper may be had, and would not take turns with this process."""
    return sys.platform == "linux" and len(os.sched_getaffinity(0)) > 1


class Lost(Exception):
    """A helper that ended before it had answered."""


class Helper:
    """A process that does one kind of work, part by part, in the order given."""

    def __init__(self, work: Callable[[Any], Any], folder: str | None = None) -> None:
        """``folder`` is where its files go. Raises OSError."""
        self._given = self._taken = 0
        with ExitStack() as ours, ExitStack() as theirs:
            self._files = [ours.enter_context(TemporaryFile(dir=folder)) for _ in range(DEPTH)]
            asked, self._asking = _pipe(theirs, ours)
            self._answered, answering = _pipe(ours, theirs)
            # Whoever interrupts both would have the copy go the way of this process.
            before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
            try:
                self._pid = _fork()
                if self._pid == 0:
                    self._serve(work, asked, answering)
            finally:
                signal.pthread_sigmask(signal.SIG_SETMASK, before)
            self._ours = ours.pop_all()

    @property
    def is_free(self) -> bool:
        """Whether it can be given another part."""
        return self._given - self._taken < DEPTH

    def give(self, part: Any) -> None:
        """Give it a part of its work. Raises Lost."""
        size = _write(self._file(self._given), part)
        try:
            os.write(self._asking, size.to_bytes(_SIZE, "big"))
        except BrokenPipeError as error:
            raise Lost from error
        self._given += 1

    def has_answered(self) -> bool:
        """Whether the part that was given first, of those not taken yet, is done."""
        return bool(select.select([self._answered], [], [], 0)[0])

    def take(self) -> Any:
        """What came of it, waiting for that. Raises Lost."""
        size = os.read(self._answered, _SIZE)
        if len(size) < _SIZE:
            raise Lost
        answer = _read(self._file(self._taken), int.from_bytes(size, "big"))
        self._taken += 1
        return answer

    def close(self) -> None:
        """Let it go, whatever it is doing."""
        self._ours.close()
        os.kill(self._pid, signal.SIGKILL)
        os.waitpid(self._pid, 0)

    def _file(self, part: int) -> int:
        """The file of a part, which its answer goes to once it was read."""
        return self._files[part % DEPTH].fileno()

    def _serve(self, work: Callable[[Any], Any], asked: int, answering: int) -> NoReturn:
        """Work until nobody asks any more; SIGINT stays blocked."""
        try:
            os.close(self._asking)
            os.close(self._answered)
            done = 0
            while size := os.read(asked, _SIZE):
                file = self._file(done)
                answer = work(_read(file, int.from_bytes(size, "big")))
                os.write(answering, _write(file, answer).to_bytes(_SIZE, "big"))
                done += 1
        except BaseException:  # noqa: S110 - whatever it is, this process then does the work itself
            pass
        finally:
            os._exit(0)


def _fork() -> int:
    with warnings.catch_warnings():
        # Python warns where there are other threads. Only one that draws may be there; the copy
        # draws nothing, and so waits for no lock that such a thread held.
        warnings.simplefilter("ignore", DeprecationWarning)
        return os.fork()


def _pipe(reading: ExitStack, writing: ExitStack) -> tuple[int, int]:
    """The two ends of a pipe, each closed with what is given for it."""
    ends = os.pipe()
    for stack, end in zip((reading, writing), ends, strict=True):
        stack.callback(os.close, end)
    return ends


def _write(file: int, value: Any) -> int:
    data = memoryview(marshal.dumps(value))
    written = 0
    while written < len(data):
        written += os.pwrite(file, data[written:], written)
    return len(data)


def _read(file: int, size: int) -> Any:
    parts: list[bytes] = []
    read = 0
    while read < size:
        parts.append(os.pread(file, size - read, read))
        if not parts[-1]:
            raise Lost
        read += len(parts[-1])
    return marshal.loads(b"".join(parts))

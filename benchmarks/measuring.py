"""Whole processes, timed: seconds on the clock, and the most memory that each held.

The memory of a process is never told below what the one that started it has held at most (Linux
carries that figure over), so whoever measures stays small itself. What processes hold that it
started counts too, pages that several share once; that is looked at several times a second.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from statistics import median

RSS_UNIT = 1 if sys.platform == "darwin" else 1024
"""Bytes in the unit in which the system tells the memory of a process."""


class Failed(Exception):
    """A process that was to be timed ended with an error."""

    def __init__(self, words: Sequence[str], status: int, output: str) -> None:
        last = "\n".join(output.splitlines()[-10:])
        super().__init__(f"{' '.join(words)} ended with {status}:\n{last}")


@dataclass(frozen=True, slots=True)
class Contender:
    """A process to time; what must be so before it starts is brought about off the clock."""

    words: tuple[str, ...]
    environment: Mapping[str, str]
    prepare: Callable[[], object] = lambda: None
    warm: bool = False
    """Whether it runs once before any run counts: it is to find all as its last run left it."""


@dataclass(frozen=True, slots=True)
class Usage:
    """What one run took, in seconds and bytes, and what it printed."""

    seconds: float
    peak: int
    output: str


@dataclass(frozen=True, slots=True)
class Medians:
    """The medians of several runs, and what each of them printed."""

    seconds: float
    peak: float
    outputs: tuple[str, ...]


def run_once(contender: Contender) -> Usage:
    """Prepare, then time one process with its output piped."""
    contender.prepare()
    begun = time.perf_counter()
    with subprocess.Popen(  # noqa: S603 - our own commands and their yardsticks
        contender.words,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env=contender.environment,
    ) as process:
        watch = _Watch(process.pid)
        try:
            output = process.stdout.read() if process.stdout else b""
            _, status, usage = os.wait4(process.pid, 0)
        except BaseException:
            process.kill()
            raise
        finally:
            watch.end()
        seconds = time.perf_counter() - begun
        process.returncode = os.waitstatus_to_exitcode(status)
    text = output.decode("utf-8", "replace")
    if process.returncode:
        raise Failed(contender.words, process.returncode, text)
    return Usage(seconds, max(usage.ru_maxrss * RSS_UNIT, watch.peak), text)


_LOOKS = 0.2
"""Seconds from one look to the next."""


class _Watch:
    """Looks at what a process holds together with those that it started, where Linux tells that."""

    def __init__(self, process: int) -> None:
        self.peak = 0
        """Bytes; 0 if it never had any process beside it."""
        self._process, self._over = process, threading.Event()
        self._looking = threading.Thread(target=self._look, daemon=True)
        self._looking.start()

    def end(self) -> None:
        """Look no more."""
        self._over.set()
        self._looking.join()

    def _look(self) -> None:
        while not self._over.wait(_LOOKS):
            with suppress(OSError):  # it may end at any time
                started = Path(f"/proc/{self._process}/task/{self._process}/children")
                children = started.read_text().split()
                if children:
                    held = sum(_proportional(each) for each in (str(self._process), *children))
                    self.peak = max(self.peak, held)


def _proportional(process: str) -> int:
    """Bytes that a process holds, its part of what several do."""
    for line in Path(f"/proc/{process}/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) * 1024
    return 0


def run_alternately(
    contenders: Mapping[str, Contender], rounds: int, *, warm_up: bool
) -> dict[str, Medians]:
    """Every contender once in each round, in order, so that what slows the machine slows all."""
    for contender in contenders.values():
        if contender.warm and warm_up:
            run_once(contender)
    runs: dict[str, list[Usage]] = {name: [] for name in contenders}
    for _ in range(rounds):
        for name, contender in contenders.items():
            runs[name].append(run_once(contender))
    return {name: _medians(usages) for name, usages in runs.items()}


def _medians(usages: Sequence[Usage]) -> Medians:
    return Medians(
        median(each.seconds for each in usages),
        median(each.peak for each in usages),
        tuple(each.output for each in usages),
    )

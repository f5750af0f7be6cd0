"""What is said on standard error of a register that is not as it should be."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from claimtrack.diagnostic import RegisterUnreadable
from claimtrack.reading.interruption import interrupted


def note_left_out(left_out: Mapping[str, int]) -> None:
    """Say how much of a register could not be read."""
    if any(left_out.values()):
        from claimtrack.render.left_out import left_out_words

        print(
            f"claimtrack: {left_out_words(left_out)} left out because of errors; claimtrack check "
            "says why",
            file=sys.stderr,
        )


@contextmanager
def told_if_unreadable(main: Path) -> Iterator[None]:
    """Say why the main file cannot be read, before that stops the command."""
    try:
        yield
    except RegisterUnreadable as error:
        from claimtrack.render.check import Lines, print_diagnostics
        from claimtrack.render.screen import screen

        print_diagnostics(error.diagnostics, Lines(main.parent), screen(sys.stderr))
        raise


def note_if_interrupted(main: Path) -> None:
    """Say that the files may not belong together."""
    if interrupted(main.parent):
        print(
            "claimtrack: a change of several files was interrupted, or is being written now; the "
            "next command that writes completes it",
            file=sys.stderr,
        )

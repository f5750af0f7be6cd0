"""A writer that stops itself at each line of the code that writes, one line after the other.

    python tests/stopped_writer.py FOLDER MODE SIGNAL STEP

Every line, or of each STEP lines one. The folder is made anew for each. Prints one JSON object for
each: what was there after the signal, and after the next writer. Forks, so it is run by itself,
never imported into a test.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import sys
from collections.abc import Callable
from itertools import count
from pathlib import Path
from types import FrameType
from typing import Any

from claimtrack import edit
from claimtrack.diagnostic import ClaimtrackError
from claimtrack.edit.finishing import finish_interrupted, remove_leftovers
from claimtrack.edit.locking import writing_lock
from claimtrack.edit.replacing import Replacement, replace_files
from claimtrack.reading.interruption import interrupted

OLD, NEW = b"old\n" * 50, b"new\n" * 60
ALL = ["claims.yaml", "claims/a.yaml", "claims/b.yaml", "claims/made.yaml"]
MODES = {
    "one": ["claims.yaml"],
    "one in a further folder": ["claims/a.yaml"],
    "one made": ["claims/made.yaml"],
    "several": ALL,
    "finishing": ALL,
}
WRITING = str(Path(edit.__file__).parent)


def prepare(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "claims").mkdir(parents=True)
    for name in ALL[:-1]:
        (folder / name).write_bytes(OLD)


def write(folder: Path, names: list[str]) -> None:
    with writing_lock(folder, lambda: None):
        changes = [
            Replacement(folder / name, None if name == ALL[-1] else OLD, NEW) for name in names
        ]
        replace_files(changes, folder)


def finish(folder: Path) -> None:
    with writing_lock(folder, lambda: None):
        finish_interrupted(folder)
        remove_leftovers(folder, ALL[:-1])


def apart(do: Callable[[], None]) -> tuple[int, str]:
    """Do it in a process of its own; how that ended, and the error that it told."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        try:
            do()
        except ClaimtrackError as error:
            os.write(writing, str(error).encode())
        except KeyboardInterrupt:
            os.write(writing, b"interrupted")
        finally:
            os._exit(0)
    os.close(writing)
    with open(reading, "rb") as stream:  # noqa: PTH123 - a descriptor, no path
        told = stream.read().decode()
    return os.waitpid(child, 0)[1], told


def stopped_at_line(line: int, number: int, do: Callable[[], None]) -> Callable[[], None]:
    """The same, with a signal to itself before the n-th line; ends with 99 if there is none."""

    def stopping() -> None:
        left = line

        def trace(frame: FrameType, event: str, _: Any) -> Any:
            nonlocal left
            if not frame.f_code.co_filename.startswith(WRITING):
                return None
            if event == "line":
                left -= 1
                if left == 0:
                    os.kill(os.getpid(), number)
            return trace

        sys.settrace(trace)
        do()
        sys.settrace(None)
        if left > 0:
            os._exit(99)

    return stopping


def stopped_at_renaming(which: int, do: Callable[[], None]) -> Callable[[], None]:
    def stopping() -> None:
        left = which

        def hook(event: str, _: Any) -> None:
            nonlocal left
            left -= event == "os.rename"
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(hook)
        do()

    return stopping


def states(folder: Path) -> dict[str, str]:
    known = {OLD: "old", NEW: "new"}
    return {
        path.relative_to(folder).as_posix(): known.get(path.read_bytes(), "other")
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def main() -> None:
    folder, mode, number, step = Path(sys.argv[1]), sys.argv[2], *map(int, sys.argv[3:])
    for line in count(1, step):
        prepare(folder)
        do = lambda: write(folder, MODES[mode])  # noqa: E731 - as short as a name
        if mode == "finishing":  # the journal is in its place, and of four files one is
            apart(stopped_at_renaming(3, do))
            do = lambda: finish(folder)  # noqa: E731
        status, told = apart(stopped_at_line(line, number, do))
        if os.waitstatus_to_exitcode(status) == 99:
            break
        found = {"told": told, "journal": interrupted(folder), "stopped": states(folder)}
        with contextlib.suppress(ClaimtrackError):
            finish(folder)
        print(json.dumps({**found, "finished": states(folder)}), flush=True)


if __name__ == "__main__":
    main()

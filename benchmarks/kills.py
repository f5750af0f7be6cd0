"""Kill writers at random moments, and count what they left.

    python benchmarks/kills.py [KILLS] [--seed N] [--folder DIR]

Each writer is a process that takes the lock, finishes what the last one left, and writes: in turn
one file, three files together, and one new file beside two old ones, of some hundred kilobytes. It
is killed (SIGKILL) at a random moment within the time that such a write takes; one that had ended
by then does not count. What lies there is read then, and once more when the next writer has
finished the change: each file must be wholly the old or wholly the new one, and then all alike.

Exits with 1 if any file was ever anything else, or anything was left lying about.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import sys
import time
from collections import Counter
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from claimtrack.edit.finishing import finish_interrupted, remove_leftovers
from claimtrack.edit.locking import writing_lock
from claimtrack.edit.replacing import Replacement, replace_files
from claimtrack.reading.interruption import interrupted

OLD, NEW = b"an old line of a register\n" * 10_000, b"a new line of a register\n" * 12_000
FILES = ("claims.yaml", "claims/a.yaml", "claims/b.yaml")
MADE = "claims/made.yaml"
WRITES = {
    "one file": FILES[:1],
    "three files": FILES,
    "a new file and two": (MADE, *FILES[:2]),
}


def prepare(folder: Path) -> None:
    """The old files, and nothing else."""
    (folder / "claims").mkdir(exist_ok=True)
    (folder / MADE).unlink(missing_ok=True)
    for name in FILES:
        (folder / name).write_bytes(OLD)


def write(folder: Path, names: tuple[str, ...]) -> None:
    """What a command does."""
    with writing_lock(folder, lambda: None):
        finish_interrupted(folder)
        remove_leftovers(folder, FILES)
        changes = [Replacement(folder / n, None if n == MADE else OLD, NEW) for n in names]
        replace_files(changes, folder)


def start(folder: Path, names: tuple[str, ...]) -> int:
    """A writer in a process of its own, once it is about to begin."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.write(writing, b".")
        write(folder, names)
        os._exit(0)
    os.read(reading, 1)
    os.close(reading)
    os.close(writing)
    return child


def seconds(folder: Path, names: tuple[str, ...]) -> float:
    """How long a write takes here, from where ``start`` returns."""
    taken = []
    for _ in range(5):
        prepare(folder)
        begun = time.perf_counter()
        os.waitpid(start(folder, names), 0)
        taken.append(time.perf_counter() - begun)
    return median(taken)


def state(folder: Path, name: str) -> str:
    """Whether a file is the old one, the new one, or neither."""
    path = folder / name
    if not path.exists():
        return "old" if name == MADE else "neither"
    return {OLD: "old", NEW: "new"}.get(path.read_bytes(), "neither")


def left_lying(folder: Path) -> int:
    """How many files lie there that are none of the register's."""
    known = {folder / name for name in (*FILES, MADE)}
    return sum(path.is_file() and path not in known for path in folder.rglob("*"))


def kill_one(folder: Path, names: tuple[str, ...], wait: float, counted: Counter[str]) -> bool:
    """One writer, killed after so many seconds; what it left is counted. False if it had ended."""
    prepare(folder)
    child = start(folder, names)
    time.sleep(wait)
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    if not os.WIFSIGNALED(status):
        return False
    for name in names:
        counted[state(folder, name)] += 1
    counted["journals"] += interrupted(folder)
    counted["left lying"] += left_lying(folder) > 0
    with writing_lock(folder, lambda: None):
        finish_interrupted(folder)
        remove_leftovers(folder, FILES)
    found = {state(folder, name) for name in names}
    counted[f"then all {found.pop()}" if len(found) == 1 else "then mixed"] += 1
    counted["still lying"] += left_lying(folder) > 0
    return True


def main() -> int:
    """Print the counts for each kind of write."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("kills", type=int, nargs="?", default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--folder", type=Path, help="where to write (a temporary folder)")
    asked = parser.parse_args()
    rng = random.Random(asked.seed)  # noqa: S311 - nothing here is a secret
    bad = 0
    with TemporaryDirectory(dir=asked.folder) as temporary:
        folder = Path(temporary)
        for number, (what, names) in enumerate(WRITES.items()):
            usual = seconds(folder, names)
            counted: Counter[str] = Counter()
            kills = len(range(number, asked.kills, len(WRITES)))
            for _ in range(kills):
                while not kill_one(folder, names, rng.uniform(0, usual), counted):
                    pass
            bad += _print(what, usual, kills, counted)
    return 1 if bad else 0


def _print(what: str, usual: float, kills: int, counted: Counter[str]) -> int:
    print(
        f"{what} ({usual * 1000:.1f} ms), {kills} kills\n"
        f"  files: old {counted['old']}, new {counted['new']}, neither {counted['neither']}; "
        f"with a journal {counted['journals']}, with something left {counted['left lying']}\n"
        f"  after the next writer: all old {counted['then all old']}, all new "
        f"{counted['then all new']}, mixed {counted['then mixed']}, with something left "
        f"{counted['still lying']}",
        flush=True,
    )
    return sum(counted[key] for key in ("neither", "then mixed", "then all neither", "still lying"))


if __name__ == "__main__":
    sys.exit(main())

"""What finding conflicts costs, as a multiple of sorting as many tuples in the same run.

    python benchmarks/conflicts.py [--size N] [--rounds N] [--shape wide|narrow]

Four mixes of N assertions (1,000,000): spread over N/4 subjects; all of one subject; the same with
random periods; the last with a tenth denied and one scope key that half of them have. Two thirds of
the claims are firm, and each is supported from one of a thousand sources. The yardstick is
``sorted()`` on tuples of the same subjects (as integers), low and high ends, in the same order.

Each mix runs in a process of its own, sort and engine in turn, the collector off for both; the
figures are medians. Growth is from a quarter of the size to all of it, beside that of the sort.
"""

from __future__ import annotations

import argparse
import gc
import json
import random
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median

from claimtrack.engine.conflicts import find_conflicts
from claimtrack.engine.weights import Backing
from claimtrack.model import Assertion
from claimtrack.values.interval import ALWAYS, Interval


@dataclass(frozen=True, slots=True)
class Mix:
    """What the assertions are like, and at most how many sorts they should cost."""

    name: str
    per_subject: int | None
    periods: bool
    odd: bool
    aim: float


MIXES = {
    "spread": Mix("spread over a quarter as many subjects", 4, False, False, 2.5),
    "one": Mix("all of one subject", None, False, False, 3.5),
    "periods": Mix("one subject, random periods", None, True, False, 6),
    "all": Mix("the same, a tenth denied, one scope key", None, True, True, 12),
}
GROWTH_AIM = 1.15

Row = tuple[int, int, int]


def make(mix: Mix, size: int, shape: str) -> tuple[list[Row], list[Assertion], dict[str, Backing]]:
    """Rows to sort, the same as assertions, and what stands behind each claim."""
    rng = random.Random(size)  # noqa: S311 - nothing here is a secret
    subjects = 1 if mix.per_subject is None else size // mix.per_subject
    names = [f"subject-{number}" for number in range(subjects)]
    lows = rng.sample(range(10**9), size)
    rows, assertions, backing = [], [], {}
    for number, end in enumerate(lows):
        other = rng.randrange(10**9) if shape == "wide" else end + rng.randrange(10**6)
        row = (rng.randrange(subjects), min(end, other), max(end, other))
        rows.append(row)
        claim = f"claim-{number}"
        assertions.append(_assertion(claim, names[row[0]], row, mix, rng))
        backing[claim] = Backing(rng.random() < 2 / 3, (f"source-{rng.randrange(1000)}",))
    return rows, assertions, backing


def _assertion(claim: str, subject: str, row: Row, mix: Mix, rng: random.Random) -> Assertion:
    _, low, high = row
    start = rng.randrange(730_000, 740_000)
    during = Interval(start, start + rng.randrange(1000)) if mix.periods else ALWAYS
    value = Interval(low, high)
    return Assertion(
        claim=claim,
        subject=subject,
        property="measure",
        interval=value,
        reach=value,
        during=during,
        negated=mix.odd and rng.random() < 0.1,
        single=True,
        scope=(("phase", rng.choice("abcd")),) if mix.odd and rng.random() < 0.5 else (),
    )


def measure(mix: Mix, size: int, rounds: int, shape: str) -> dict[str, float]:
    """Seconds of the sort and of the engine, and bytes that the engine took for each assertion."""
    gc.disable()
    rows, assertions, backing = make(mix, size, shape)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    sorts, finds = [], []
    for _ in range(rounds):
        finds.append(_seconds(lambda: find_conflicts(assertions, backing)))
        gc.collect()
        sorts.append(_seconds(lambda: sorted(rows)))
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) * 1024 / size
    return {"sort": median(sorts), "engine": median(finds), "bytes": grown}


def _seconds(call: Callable[[], object]) -> float:
    start = time.perf_counter()
    kept = call()  # until the clock has stopped: to throw the result away is no part of making it
    seconds = time.perf_counter() - start
    del kept
    return seconds


def main() -> None:
    """Print the table, one line for each mix."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--size", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--shape", choices=["wide", "narrow"], default="wide")
    parser.add_argument("--one", choices=MIXES, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.one:
        print(json.dumps(measure(MIXES[asked.one], asked.size, asked.rounds, asked.shape)))
        return
    print(f"{asked.size:,} assertions, {asked.shape} intervals, medians of {asked.rounds} rounds\n")
    print(f"{'mix':42} {'sorts':>6} {'aim':>5}   {'growth':>6} {'aim':>5}   {'bytes each':>10}")
    for key, mix in MIXES.items():
        whole, part = (
            _apart(key, size, asked.rounds, asked.shape) for size in (asked.size, asked.size // 4)
        )
        ratio = whole["engine"] / whole["sort"]
        growth = (whole["engine"] / part["engine"]) / (whole["sort"] / part["sort"])
        print(
            f"{mix.name:42} {ratio:6.2f} {mix.aim:5.1f}   {growth:6.2f} {GROWTH_AIM:5.2f}   "
            f"{whole['bytes']:10,.0f}",
            flush=True,
        )


def _apart(key: str, size: int, rounds: int, shape: str) -> dict[str, float]:
    words = [sys.executable, __file__, "--one", key, "--size", str(size)]
    words += ["--rounds", str(rounds), "--shape", shape]
    run = subprocess.run(words, check=True, capture_output=True, text=True)  # noqa: S603 - itself
    found: dict[str, float] = json.loads(run.stdout)
    return found


if __name__ == "__main__":
    main()

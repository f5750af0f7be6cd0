"""What one completion of an id costs, beside a start of Python that does nothing.

    python benchmarks/completion.py [--size N] [--rounds N]

A register of N claims (20,000, about 11 MB) in block style, and one after the other what a shell
asks when the beginning of an id of each kind was typed. Each answer is a process of its own, in
turn with one that does nothing; the figures are medians.
"""

from __future__ import annotations

import argparse
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

AIM = 150
"""Milliseconds at most, at 20,000 claims."""
ASKED = {
    "claims": "claim-777",
    "sources": "source-7",
    "entities": "entity-77",
    "tags": "t",
    "conflicts,claims": "entity-77",
    "sources,entities,claims": "claim-777",
}
"""What is asked, as a shell asks it, and the word that was typed."""
WORDS = ("the", "base", "north", "moved", "said", "minister", "before", "troops", "near", "border")


def write_register(main: Path, size: int) -> None:
    """A register of so many claims, four of each subject."""
    rng = random.Random(size)  # noqa: S311 - nothing here is a secret
    lines = ["claimtrack: 1", "sources:"]
    lines += (f"  source-{number}: {{reliability: B}}" for number in range(100))
    lines += ["entities:"]
    lines += (f"  entity-{number}: {{name: Unit {number}}}" for number in range(size // 4))
    lines += ["properties:", "  strength: {type: number, single: true}", "claims:"]
    lines += (_claim(number, rng) for number in range(size))
    main.write_text("\n".join(lines) + "\n", "utf-8")


def _claim(number: int, rng: random.Random) -> str:
    statement, quote = (" ".join(rng.choices(WORDS, k=25)) for _ in range(2))
    return f"""\
  - id: claim-{number}-{rng.choice(WORDS)}
    statement: {statement.capitalize()}.
    kind: measurement
    asserts:
      subject: entity-{number // 4}
      property: strength
      value: {rng.randrange(10**4)}
    tags: [t-{number % 50}, strength]
    evidence:
      - source: source-{number % 100}
        quote: {quote}
        line: {number}
        credibility: 3
"""


def main() -> None:
    """Print the table, one line for each thing asked."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--size", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=9)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        register = Path(folder) / "claims.yaml"
        write_register(register, asked.size)
        megabytes = register.stat().st_size / 1e6
        print(f"{asked.size:,} claims, {megabytes:.1f} MB, medians of {asked.rounds} rounds\n")
        print(f"{'asked':24} {'ids':>6} {'ms':>6} {'aim':>5}   {'starts of Python':>16}")
        for kinds, word in ASKED.items():
            _print_row(kinds, word, str(register), asked.rounds)


def _print_row(kinds: str, word: str, register: str, rounds: int) -> None:
    ask = [sys.executable, "-m", "claimtrack", "--complete", kinds, word, register]
    answers, starts = [], []
    for _ in range(rounds):
        seconds, out = _run(ask)
        answers.append(seconds)
        starts.append(_run([sys.executable, "-c", "pass"])[0])
    ratio = median(answers) / median(starts)
    ids = out.count("\n")
    print(f"{kinds:24} {ids:6} {median(answers) * 1000:6.0f} {AIM:5}   {ratio:16.1f}", flush=True)


def _run(words: list[str]) -> tuple[float, str]:
    start = time.perf_counter()
    run = subprocess.run(words, check=True, capture_output=True, text=True, env=os.environ)  # noqa: S603 - itself
    return time.perf_counter() - start, run.stdout


if __name__ == "__main__":
    main()

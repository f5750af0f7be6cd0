"""What auditing quotes costs, as a multiple of counting the source's words in the same run.

    python benchmarks/quotes.py [--size WORDS] [--quotes N] [--rounds N]

A source of made-up words (1,700,000, which are 10 MB) that are as common as those of a language,
and a thousand quotes of 4 to 30 words: as they stand, with two words changed, and of words of the
source in no order. Then the same in Cyrillic with accents in NFD. The yardstick is to normalise the
text (NFKC) and count its words; reading and preparing the source is part of what is measured. The
figures are medians of processor time.
"""

from __future__ import annotations

import argparse
import random
import time
import unicodedata
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from itertools import accumulate
from statistics import median

from claimtrack.quotes.auditing import audit_quote
from claimtrack.quotes.text import SourceText

_KINDS = {"as they stand": 14.0, "two words changed": 20.0, "in no order": 24.0}
"""At most how many counts of the words each kind of quote should cost."""


@dataclass(frozen=True, slots=True)
class Script:
    """Letters, the most common first, and whether the text is in NFD."""

    name: str
    letters: str
    decomposed: bool


_SCRIPTS = (
    Script("Latin", "etaoinshrdlucmfwypvbgkjqxz", decomposed=False),
    Script("Cyrillic, NFD", "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъё", decomposed=True),
)


def make(script: Script, size: int, rng: random.Random) -> list[str]:
    """The words of a source."""
    commonness = [1 / number for number in range(1, len(script.letters) + 1)]
    known = [
        "".join(rng.choices(script.letters, commonness, k=max(1, round(rng.gauss(5, 2)))))
        for _ in range(50_000)
    ]
    weights = list(accumulate(1 / (number + 10) for number in range(len(known))))
    return rng.choices(known, cum_weights=weights, k=size)


def quotes(kind: str, words: list[str], count: int, rng: random.Random) -> list[str]:
    """Quotes of one kind."""
    made = []
    for _ in range(count):
        length, start = rng.randint(4, 30), rng.randrange(len(words) - 30)
        chosen = words[start : start + length]
        if kind == "two words changed":
            chosen[length // 2], chosen[length // 3] = "***", rng.choice(words)
        if kind == "in no order":
            chosen = rng.choices(words, k=length)
        made.append(" ".join(chosen))
    return made


def _seconds(call: Callable[[], object], rounds: int) -> float:
    taken = []
    for _ in range(rounds):
        start = time.process_time()
        call()
        taken.append(time.process_time() - start)
    return median(taken)


def main() -> None:
    """Print the table, one line for each script and kind of quote."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--size", type=int, default=1_700_000)
    parser.add_argument("--quotes", type=int, default=1_000)
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    print(f"{asked.quotes:,} quotes, medians of {asked.rounds} rounds\n")
    print(f"{'source':14} {'MB':>5}  {'quotes':18} {'seconds':>7} {'counts':>6} {'aim':>5}")
    for script in _SCRIPTS:
        _measure(script, asked.size, asked.quotes, asked.rounds)


def _measure(script: Script, size: int, count: int, rounds: int) -> None:
    rng = random.Random(size)  # noqa: S311 - nothing here is a secret
    words = make(script, size, rng)
    text = "\n".join(" ".join(words[start : start + 15]) for start in range(0, size, 15))
    if script.decomposed:
        text = unicodedata.normalize("NFD", text)
    counted = _seconds(lambda: Counter(unicodedata.normalize("NFKC", text).split()), rounds)
    megabytes = len(text.encode()) / 1e6
    for kind, aim in _KINDS.items():
        asked = quotes(kind, words, count, rng)

        def audit(asked: list[str] = asked) -> None:
            source = SourceText(text)
            for quote in asked:
                audit_quote(quote, None, source)

        taken = _seconds(audit, rounds)
        row = f"{script.name:14} {megabytes:5.1f}  {kind:18} {taken:7.2f}"
        print(f"{row} {taken / counted:6.1f} {aim:5.1f}", flush=True)


if __name__ == "__main__":
    main()

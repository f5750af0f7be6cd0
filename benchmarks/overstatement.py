"""How well the checks for overstatement tell sound claims from those that say too much.

    python benchmarks/overstatement.py [--misses]

Precision and recall for each code and for all, on the made-up pairs of claims and quotes in
tests/overstatement_pairs.yaml: on those to which the word lists were tuned, on those that were
written afterwards and left alone, and on both. The aim is 0.90 for each. ``--misses`` names the
pairs that are judged wrongly.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from overstatement_pairs import CODES, HALVES, Pair, judged_pairs, score


def _print(name: str, pairs: Sequence[Pair]) -> None:
    sound = sum(not pair.expected for pair in pairs)
    print(f"\n{name}: {len(pairs)} pairs, {sound} of them sound")
    print(f"{'code':8}{'right':>7}{'wrong':>7}{'missed':>8}{'precision':>11}{'recall':>8}")
    for code in (*CODES, "all"):
        found = score(pairs, CODES if code == "all" else [code])
        print(
            f"{code:8}{found.right:>7}{found.wrong:>7}{found.missed:>8}"
            f"{found.precision:>11.2f}{found.recall:>8.2f}"
        )


def main() -> None:
    """Judge all pairs and print the tables."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    options.add_argument("--misses", action="store_true", help="name the pairs judged wrongly")
    chosen = options.parse_args()
    pairs = judged_pairs()
    for half in HALVES:
        _print(half.replace("_", " "), [pair for pair in pairs if pair.half == half])
    _print("both", pairs)
    if chosen.misses:
        print()
        for pair in pairs:
            if pair.expected != pair.found:
                expected, found = (
                    ", ".join(sorted(e)) or "nothing" for e in (pair.expected, pair.found)
                )
                print(f"{found} where {expected} is right: {pair.statement}")


if __name__ == "__main__":
    main()

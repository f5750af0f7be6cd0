"""The benchmarks run: what they measure is nobody's business here, that they do is."""

from __future__ import annotations

import subprocess
import sys

from conftest import PROJECT


def test_the_benchmark_of_conflicts_prints_what_was_measured_and_what_it_should_be() -> None:
    script = PROJECT / "benchmarks" / "conflicts.py"
    words = [sys.executable, str(script), "--size", "800", "--rounds", "1"]
    out = subprocess.run(words, check=True, capture_output=True, text=True).stdout
    head, *rows = out.splitlines()[2:]
    assert head.split() == ["mix", "sorts", "aim", "growth", "aim", "bytes", "each"]
    assert [row.split()[-4] for row in rows] == ["2.5", "3.5", "6.0", "12.0"]


def test_the_benchmark_of_completion_prints_how_many_ids_it_was_given() -> None:
    script = PROJECT / "benchmarks" / "completion.py"
    words = [sys.executable, str(script), "--size", "800", "--rounds", "1"]
    out = subprocess.run(words, check=True, capture_output=True, text=True).stdout
    head, *rows = out.splitlines()[2:]
    assert head.split() == ["asked", "ids", "ms", "aim", "starts", "of", "Python"]
    assert [row.split()[1] for row in rows] == ["1", "11", "1", "50", "1", "1"]


def test_the_benchmark_of_quotes_prints_what_was_measured_and_what_it_should_be() -> None:
    script = PROJECT / "benchmarks" / "quotes.py"
    words = [sys.executable, str(script), "--size", "2000", "--quotes", "10", "--rounds", "1"]
    out = subprocess.run(words, check=True, capture_output=True, text=True).stdout
    head, *rows = out.splitlines()[2:]
    assert head.split() == ["source", "MB", "quotes", "seconds", "counts", "aim"]
    assert [row.split()[-1] for row in rows] == ["14.0", "20.0", "24.0"] * 2


def test_the_benchmark_of_overstatement_prints_precision_and_recall() -> None:
    script = PROJECT / "benchmarks" / "overstatement.py"
    out = subprocess.run(
        [sys.executable, str(script)], check=True, capture_output=True, text=True
    ).stdout
    last = out.rstrip().splitlines()[-1].split()
    assert last[0] == "all"
    assert min(map(float, last[-2:])) >= 0.9

"""The benchmarks run: what they measure is nobody's business here, that they do is."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from conftest import PROJECT, Run


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


def test_the_benchmark_of_speed_measures_every_row_and_puts_the_table_into_a_page(
    tmp_path: Path,
) -> None:
    page = tmp_path / "page.md"
    page.write_text("before\n<!-- speed:begin -->\nold\n<!-- speed:end -->\nafter\n")
    run = PROJECT / "benchmarks" / "run"
    words = [sys.executable, str(run), "--quick", "--markdown", str(page)]
    out = subprocess.run(words, check=True, capture_output=True, text=True).stdout
    rows = [line.split(" | ") for line in out.splitlines() if line.startswith("|")]
    assert rows[0] == ["| what", "yardstick in the same run", "medians", "ratio", "aim", "met |"]
    assert [(row[0].split(",")[0], row[4]) for row in rows[2:]] == [
        ("| `list --limit 50`", "at most 1.25 times; 6.5 times"),
        ("| `show ID`", "at most 1.4 times"),
        ("| the same on 300 claims (`list`", "at most 1.3 times"),
        ("| first `check`", "at most 0.35 times its time, 0.2 of its peak memory"),
        ("| `check` after one claim was edited in it", "at most 0.03 times"),
        ("| first `check`", "at most 1.25 times; peak memory at most 1 GB"),
        ("| first and second `check`", "faster in both"),
        (
            "| `list` with a filter (`--flag disputed --limit 50`)",
            "at least 5 times faster (0.2 times)",
        ),
    ]
    measured = [len(row[3].split("; ")) for row in rows[2:8]]
    assert measured == [2, 3, 4, 2, 1, 2]
    assert page.read_text() == f"before\n<!-- speed:begin -->\n{out}<!-- speed:end -->\nafter\n"


def test_a_yardstick_that_is_not_installed_is_named_in_its_row() -> None:
    run = PROJECT / "benchmarks" / "run"
    words = [sys.executable, str(run), "--quick", "--rows", "hledger"]
    out = subprocess.run(words, check=True, capture_output=True, text=True, env={"PATH": ""}).stdout
    assert out.splitlines()[-1].split(" | ")[2:] == [
        "",
        "",
        "at least 5 times faster (0.2 times)",
        "not measured: hledger is not installed (it is in Debian's packages) |",
    ]


def test_the_registers_of_the_benchmark_are_valid_and_a_tenth_of_their_groups_collide(
    tmp_path: Path, claimtrack: Run
) -> None:
    run = PROJECT / "benchmarks" / "run"
    words = [sys.executable, str(run), "--quick", "--make", "--folder", str(tmp_path)]
    out = subprocess.run(words, check=True, capture_output=True, text=True).stdout
    folders = [str(Path(line).parent.relative_to(tmp_path)) for line in out.splitlines()]
    sizes = ("claims-100", "claims-100-in-3", "claims-300", "claims-300-in-3")
    assert folders == [f"{size}-seed-1" for size in sizes]
    register = tmp_path / "claims-100-seed-1" / "claims.yaml"
    claims = register.read_text("utf-8").partition("\nclaims:\n")[2].partition("\nreviews:")[0]
    assert 20 <= claims.count("\n") / claims.count("  - id: ") <= 30
    checked = claimtrack("--register", str(register), "check")
    assert checked.status == 0
    assert "\n0 errors, " in f"\n{checked.out}"
    found = claimtrack("--register", str(register), "conflicts", "--format", "json").out
    by_value = [each for each in json.loads(found)["conflicts"] if each["rule"] == "value"]
    assert 4 <= len(by_value) <= 10  # of fifty groups


def test_a_seed_gives_the_same_register_each_time_and_another_seed_another(tmp_path: Path) -> None:
    run = PROJECT / "benchmarks" / "run"
    made = []
    for place, seed in (("a", "7"), ("b", "7"), ("c", "8")):
        words = [sys.executable, str(run), "--quick", "--make", "--seed", seed]
        words += ["--folder", str(tmp_path / place)]
        out = subprocess.run(words, check=True, capture_output=True, text=True).stdout
        made.append([Path(line).read_bytes() for line in out.splitlines()])
    assert made[0] == made[1]
    assert made[0] != made[2]

"""How fast claimtrack is, as multiples of what a reader knows, in a table.

    benchmarks/run [--million] [--rows NAME ...] [--markdown README.md]
    benchmarks/run --make --folder FOLDER

Makes registers from a seed, then runs each command as a whole process in turn with its yardstick,
its output piped, and prints medians and ratios. What claimtrack keeps of a register goes into a
folder of its own, so that a first run is one. ``bean-check`` and ``hledger`` are run where they are
installed. Takes some minutes; the rows about a million claims are only run with --million, as they
take many more, and four gigabytes of room. With --make nothing is timed: the registers of all sizes
are made, each in one file and in a thousand, and their paths printed.
"""

from __future__ import annotations

import argparse
import os
import platform
import signal
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from contenders import NotInstalled
from measuring import Failed, run_alternately
from rows import LARGE, Judgement, Row, Sizes, ratio_words, rows_of
from workshop import Workshop

BEGIN, END = "<!-- speed:begin -->", "<!-- speed:end -->"
HEAD = ("what", "yardstick in the same run", "medians", "ratio", "aim", "met")
QUICK = Sizes(claims=100, large=300, files=3)
TABLE_CLAIMS, LARGE_CLAIMS, LARGE_FILES = 21_000, 1_000_000, 1000
ALL_CLAIMS = (1_000, TABLE_CLAIMS, 200_000, LARGE_CLAIMS)
KEYS = [row.key for row in rows_of(QUICK)]


class NoMarkers(Exception):
    """A page has no place for the table."""

    def __init__(self, page: Path) -> None:
        super().__init__(f"{page} has no lines {BEGIN} and {END} for the table to stand between")


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the table as it is printed, and what is said of it below."""

    row: Row
    judgements: Sequence[Judgement]
    remark: str = ""
    note: str = ""

    def __str__(self) -> str:
        cells = (
            self.row.what,
            self.row.yardstick,
            "; ".join(each.medians for each in self.judgements),
            "; ".join(ratio_words(each.ratio) for each in self.judgements),
            self.row.aims,
            self.remark or met_words(self.judgements),
        )
        return table_line(cells)


def met_words(judgements: Sequence[Judgement]) -> str:
    """Whether aims are met, or by how much they are missed."""
    excesses = [each.ratio / each.aim for each in judgements]
    if all(excess <= 1 for excess in excesses):
        return "met"
    return "; ".join(
        "met" if excess <= 1 else f"missed: {ratio_words(excess)} times the aim"
        for excess in excesses
    )


def table_line(cells: Sequence[str]) -> str:
    """A line of a table in Markdown."""
    return f"| {' | '.join(cells)} |"


@dataclass(frozen=True, slots=True)
class Manner:
    """How often each contender runs, whether also once before that, and on a large register."""

    rounds: int
    warm_up: bool
    large: bool


def measure(row: Row, workshop: Workshop, manner: Manner) -> Line:
    """Run a row's contenders, and judge."""
    try:
        contenders = row.contenders(workshop)
    except NotInstalled as error:
        return Line(row, (), f"not measured: {error}")
    rounds = max(1, manner.rounds // row.share)
    measured = run_alternately(contenders, rounds, warm_up=manner.warm_up)
    note = row.note(measured) if row.note else ""
    return Line(row, [each.judge(measured) for each in row.comparisons], note=note)


def lines_of(rows: Sequence[Row], workshop: Workshop, manner: Manner) -> Iterator[Line]:
    """Each row's line, as it is measured."""
    for row in rows:
        if row.key in LARGE and not manner.large:
            yield Line(row, (), "not measured: only with `--million`")
        else:
            yield measure(row, workshop, manner)


def table(lines: Sequence[Line], rounds: int, seed: int) -> str:
    """The table in Markdown, with what it was measured on above, and notes below."""
    machine = (
        f"{os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}, "
        f"Typer {version('typer')}, PyYAML {version('PyYAML')}, {datetime.now(UTC).date()}"
    )
    runs = f"medians, runs of each {rounds}, of long ones {max(1, rounds // 3)}"
    head = [f"{machine}; {runs}; registers of seed {seed}.", ""]
    body = [table_line(HEAD), table_line(["---"] * len(HEAD)), *map(str, lines)]
    notes = [f"- {line.note}" for line in lines if line.note]
    return "\n".join([*head, *body, *(["", *notes] if notes else [])]) + "\n"


def around_table(page: Path) -> tuple[str, str]:
    """What stands before the place for the table in a page, and what stands after it."""
    before, begin, rest = page.read_text("utf-8").partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise NoMarkers(page)
    return before + begin, end + after


def write_between(page: Path, text: str) -> None:
    """Put a table into a page, in place of what stands between the two markers."""
    before, after = around_table(page)
    page.write_text(f"{before}\n{text}{after}", "utf-8")


def main() -> int:
    """Measure what is asked for, and print it; what was done before an interruption too."""
    asked = _arguments()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that the folder is cleared away
    try:
        if asked.markdown:
            around_table(asked.markdown)  # before the long work: is there a place for what it finds
        with _folder(asked.folder) as folder:
            workshop = Workshop(folder, asked.seed, _tell)
            return _make(workshop, asked.quick) if asked.make else _report(workshop, asked)
    except NoMarkers as error:
        _tell(str(error))
        return 1


def _arguments() -> argparse.Namespace:
    about, _, rest = (__doc__ or "").partition("\n\n")
    parser = argparse.ArgumentParser(
        description=about, epilog=rest.partition("\n\n")[2], prog="benchmarks/run"
    )
    parser.add_argument(
        "--claims",
        type=int,
        nargs="+",
        metavar="N",
        default=[TABLE_CLAIMS],
        help=f"how many claims, a table for each ({TABLE_CLAIMS})",
    )
    parser.add_argument(
        "--million", action="store_true", help=f"also the rows {' and '.join(LARGE)}"
    )
    parser.add_argument(
        "--rows", nargs="+", choices=KEYS, metavar="NAME", default=KEYS, help="only these rows"
    )
    parser.add_argument("--rounds", type=int, default=9, help="of the short commands (9)")
    parser.add_argument("--seed", type=int, default=1, help="of the registers (1)")
    parser.add_argument("--quick", action="store_true", help="see that it works: small, once")
    parser.add_argument("--make", action="store_true", help="only make registers, of all sizes")
    parser.add_argument("--folder", type=Path, help="where registers are kept for the next run")
    parser.add_argument("--markdown", type=Path, help="a page with a place for the table")
    parser.usage = "%(prog)s [options]; the rows are " + ", ".join(KEYS)
    asked = parser.parse_args()
    if asked.make and not asked.folder:
        parser.error("--make needs a --folder, in which the registers stay")
    if asked.quick:
        asked.rounds, asked.million = 1, True
    return asked


def _sizes(asked: argparse.Namespace) -> list[Sizes]:
    if asked.quick:
        return [QUICK]
    return [Sizes(claims, LARGE_CLAIMS, LARGE_FILES) for claims in asked.claims]


@contextmanager
def _folder(kept: Path | None) -> Iterator[Path]:
    if kept:
        kept.mkdir(parents=True, exist_ok=True)
        yield kept.resolve()
    else:
        with tempfile.TemporaryDirectory() as folder:
            yield Path(folder).resolve()


def _make(workshop: Workshop, quick: bool) -> int:
    sizes = (QUICK.claims, QUICK.large) if quick else ALL_CLAIMS
    for claims in sizes:
        for files in (1, QUICK.files if quick else LARGE_FILES):
            print(workshop.register(claims, files), flush=True)
    return 0


def _report(workshop: Workshop, asked: argparse.Namespace) -> int:
    tables = []
    for sizes in _sizes(asked):
        lines, status = _measure_rows(workshop, sizes, asked)
        tables.append(table(lines, asked.rounds, asked.seed))
        print("\n" * (len(tables) > 1) + tables[-1], end="", flush=True)
        if status:
            return status
    if asked.markdown:
        write_between(asked.markdown, "\n".join(tables))
    return 0


def _measure_rows(
    workshop: Workshop, sizes: Sizes, asked: argparse.Namespace
) -> tuple[list[Line], int]:
    """The lines that could be measured, and the status to exit with."""
    rows = [row for row in rows_of(sizes) if row.key in asked.rows]
    # Who only wants to see that it works need not wait for anything to run before it counts.
    manner = Manner(asked.rounds, warm_up=not asked.quick, large=asked.million)
    lines: list[Line] = []
    try:
        for line in lines_of(rows, workshop, manner):
            lines.append(line)
            _tell(str(line))
    except KeyboardInterrupt:
        return lines, 130
    except Failed as error:
        _tell(str(error))
        return lines, 1
    return lines, 0


def _tell(words: str) -> None:
    print(words, file=sys.stderr, flush=True)

"""Long work shows itself on a terminal, and leaves nothing behind."""

from __future__ import annotations

import errno
import io
import os
import re
import select
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise
from pathlib import Path
from threading import Event

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimtrack.edit.formatting import format_files
from claimtrack.edit.importing import Terms, import_rows
from claimtrack.edit.writing import preview
from claimtrack.findings.audits import audit, quotes
from claimtrack.findings.coverage import find_coverage
from claimtrack.findings.findings import derive
from claimtrack.findings.near.search import find_near
from claimtrack.findings.undeclared_copies import check_copies, said_in
from claimtrack.progress import Tell, counted, one_of, quiet
from claimtrack.reading.register import read_register
from claimtrack.reading.rows import Naming, read_rows
from claimtrack.reading.shelf import Shelf
from claimtrack.render.progress import VARIABLE, Line, drawn, keep_drawn, progress
from conftest import Run, Write
from web import Web, answer, serving

# ------------------------------------------------------------------------------------- the telling


@dataclass
class Notes:
    """What was told, in order."""

    told: list[tuple[str, int, int]] = field(default_factory=list)

    def tell(self, doing: str, done: int, total: int) -> None:
        self.told.append((doing, done, total))


def test_each_item_is_told_of_before_it_is_worked_on() -> None:
    notes = Notes()
    assert list(counted({"a": 1, "b": 2}.items(), "reading", notes.tell)) == [("a", 1), ("b", 2)]
    assert notes.told == [("reading", 0, 2), ("reading", 1, 2)]


def test_parts_are_told_of_as_one() -> None:
    notes = Notes()
    for number in range(2):
        for done in (0, 5):
            one_of(2, number, notes.tell)("laying out", done, 10)
    assert notes.told == [("laying out", done, 20) for done in (0, 5, 10, 15)]


def test_a_part_of_no_known_size_makes_the_whole_unknown() -> None:
    notes = Notes()
    one_of(3, 2, notes.tell)("laying out", 0, 0)
    assert notes.told == [("laying out", 0, 0)]


REGISTER = """
sources: {gazette: {file: gazette.txt}, wire: {file: wire.txt}}
claims:
  - {id: a, statement: The ferry came in at nine., evidence: [{source: gazette, quote: ferry}]}
  - {id: b, statement: The ferry came in at ten., evidence: [{source: wire, quote: came in}]}
"""


def read(main: Path, tell: Tell) -> None:
    derive(read_register(main, tell).register, tell)


def audit_quotes(main: Path, tell: Tell) -> None:
    register = read_register(main).register
    shelf = Shelf(register, main, {})
    audited = audit(register, quotes(register), lambda source: shelf.ground(source.id), tell)
    find_coverage(register.sources, audited.audits, shelf.ground, tell)
    texts = {key: text for key in register.sources if (text := shelf.text_of(key))}
    check_copies(register, texts, said_in(register, audited.audits), tell)


def suggest(main: Path, tell: Tell) -> None:
    find_near(derive(read_register(main).register), (), tell)


def lay_out(main: Path, tell: Tell) -> None:
    preview(main, lambda draft: format_files(draft, [], tell), tell)


def import_two(main: Path, tell: Tell) -> None:
    text = b"statement,source\nIt left.,wire\nIt came back.,wire\n"
    rows = read_rows(text, "rows.csv", "csv", Naming({}, []))
    preview(main, lambda draft: import_rows(draft, rows, Terms("rows.csv"), tell), tell)


READ = ["reading claims.yaml"]
DERIVED = [
    "weighing evidence",
    "looking for conflicts",
    "comparing decisions with what they rest on",
]
COMPARED = "comparing with what was there"


@pytest.mark.parametrize(
    ("work", "told"),
    [
        (read, [*READ, *DERIVED]),
        (
            audit_quotes,
            [
                "comparing quotes with gazette",
                "comparing quotes with wire",
                "looking for what is not quoted",
                "taking sources apart into words",
                "comparing sources with one another",
                "looking for shared passages",
            ],
        ),
        (suggest, ["comparing values", "taking statements apart", "comparing statements"]),
        (
            lay_out,
            [
                *READ,
                *DERIVED,
                "taking files apart",
                "laying files out",
                "taking files apart",
                "laying files out",
                "making sure that they say the same",
                *READ,
                *DERIVED,
                COMPARED,
            ],
        ),
        (
            import_two,
            [
                *READ,
                *DERIVED,
                "taking rows apart",
                "comparing rows with claims",
                "reading the rows as the register would",
                "writing them into the register",
                *READ,
                *DERIVED,
                COMPARED,
            ],
        ),
    ],
)
def test_long_work_tells_of_its_steps(
    work: Callable[[Path, Tell], None], told: list[str], register: Write
) -> None:
    main = register(REGISTER, {f"sources/{name}.txt": PAGE for name in ("gazette", "wire")})
    notes = Notes()
    work(main, notes.tell)
    assert [doing for doing, _ in groupby(doing for doing, _, _ in notes.told)] == told
    for (doing, done, total), (after, later, of) in pairwise(notes.told):
        assert 0 <= done < max(total, 1)
        assert after != doing or (later >= done and of == total)


# ----------------------------------------------------------------------------------- what is drawn


@pytest.mark.parametrize(
    ("told", "columns", "encoding", "line"),
    [
        (("reading claims.yaml", 63, 100), 40, "utf-8", "reading claims.yaml  ██████░░░░░   63 %"),
        (("reading claims.yaml", 63, 100), 40, "ascii", "reading claims.yaml  ######-----   63 %"),
        (("reading", 0, 9), 30, "utf-8", "reading  ░░░░░░░░░░░░░    0 %"),
        (("reading", 9, 9), 30, "utf-8", "reading  █████████████  100 %"),
        (("reading", 10, 9), 30, "utf-8", "reading  █████████████  100 %"),
        (("reading", 1, 2), 200, "utf-8", f"reading  {'█' * 20}{'░' * 20}   50 %"),
        (("reading claims.yaml", 63, 100), 30, "utf-8", "reading claims.yaml   63 %"),
        (("reading claims.yaml", 63, 100), 20, "utf-8", "reading cla…   63 %"),
        (("reading claims.yaml", 63, 100), 20, "ascii", "reading c...   63 %"),
        (("reading claims.yaml", 63, 100), 8, "utf-8", " 63 %"),
        (("reading claims.yaml", 63, 100), 3, "utf-8", " 6"),
        (("reading claims.yaml", 63, 100), 0, "utf-8", ""),
        (("reading claims.yaml", 0, 0), 40, "utf-8", "reading claims.yaml"),
        (("looking through commits", 1234, 0), 40, "utf-8", "looking through commits  1,234"),
        # What a file is called is shown, and never obeyed.
        (("reading a\x1b[2J\n\u202e", 0, 0), 60, "utf-8", r"reading a\u001b[2J \u202e"),
        (("reading \ud800.yaml", 0, 0), 60, "utf-8", r"reading \ud800.yaml"),
        (("reading é.yaml", 0, 0), 60, "ascii", r"reading \xe9.yaml"),
        # Two columns for each of these signs.
        (("reading 港口.yaml", 0, 0), 14, "utf-8", "reading 港口…"),
        (("reading 港口.yaml", 0, 0), 13, "utf-8", "reading 港…"),
    ],
)
def test_the_line(told: tuple[str, int, int], columns: int, encoding: str, line: str) -> None:
    assert drawn(*told, columns, encoding) == line


@given(
    doing=st.text(),
    done=st.integers(0, 10**9),
    total=st.integers(0, 10**9),
    columns=st.integers(0, 200),
    encoding=st.sampled_from(["utf-8", "ascii", "latin-1", "koi8-r"]),
)
def test_a_line_stays_on_its_line(
    doing: str, done: int, total: int, columns: int, encoding: str
) -> None:
    line = drawn(doing, done, total, columns, encoding)
    line.encode(encoding)
    assert len(line) <= max(columns - 1, 0)
    assert not re.search("[\x00-\x1f\x7f-\x9f]", line)


# ------------------------------------------------------------------------------------ when it is


def drawing(
    *moments: Callable[[Tell], None], monkeypatch: pytest.MonkeyPatch
) -> tuple[str, list[float]]:
    """What is drawn if work does this before each moment to draw, and how long each was waited for.

    No time passes: whoever draws is told that the waiting is over.
    """
    monkeypatch.setenv("COLUMNS", "40")
    written = io.TextIOWrapper(io.BytesIO(), "ascii", newline="")
    line, waited, left = Line(written), list[float](), iter(moments)

    def is_over(seconds: float) -> bool:
        waited.append(seconds)
        work = next(left, None)
        if work is not None:
            work(line.tell)
        return work is None

    keep_drawn(line, is_over)
    line.erase()
    written.seek(0)
    return written.read(), waited


def says(doing: str, done: int = 0, total: int = 0) -> Callable[[Tell], None]:
    return lambda tell: tell(doing, done, total)


ERASE = "\r\x1b[K"


def test_what_takes_no_second_is_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    assert drawing(monkeypatch=monkeypatch) == ("", [1.0])


def test_after_a_second_it_is_drawn_ten_times_a_second(monkeypatch: pytest.MonkeyPatch) -> None:
    shown, waited = drawing(
        says("reading", 1, 2), says("comparing"), says("comparing"), monkeypatch=monkeypatch
    )
    assert shown == (
        f"{ERASE}reading  {'#' * 11}{'-' * 12}   50 %\r"
        f"{ERASE}comparing\r"  # and not once more, since nothing has changed
        f"{ERASE}"
    )
    assert waited == [1.0, 0.1, 0.1, 0.1]


def test_nothing_is_drawn_of_work_that_tells_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    shown, _ = drawing(lambda _: None, lambda _: None, monkeypatch=monkeypatch)
    assert shown == ""


class Gone(io.TextIOWrapper):
    """A terminal that was closed."""

    def write(self, _: str) -> int:
        raise OSError(errno.EIO, os.strerror(errno.EIO))


def test_a_terminal_that_is_gone_stops_no_work(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    line = Line(Gone(io.BytesIO(), "utf-8"))
    line.tell("reading", 0, 0)
    line.draw()
    line.erase()


@pytest.mark.parametrize(
    ("name", "value"), [("TERM", "dumb"), ("TERM", "unknown"), (VARIABLE, "1")]
)
def test_it_can_be_declined(name: str, value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, value)
    ours, theirs = os.openpty()
    with os.fdopen(theirs, "w", encoding="utf-8") as terminal, progress(terminal) as tell:
        assert tell is quiet
    os.close(ours)


def test_nothing_is_told_to_a_pipe() -> None:
    with progress(io.StringIO()) as tell:
        assert tell is quiet


def test_what_works_piped_starts_no_thread() -> None:
    code = (
        "import io, sys\n"
        "from claimtrack.render.progress import progress\n"
        "with progress(io.StringIO()): pass\n"
        "print(sorted({'rich', 'threading', 'unicodedata'} & sys.modules.keys()))\n"
    )
    assert subprocess.check_output([sys.executable, "-c", code], text=True) == "[]\n"


BEHIND = """
import subprocess, sys
from claimtrack.render.progress import Line
if sys.argv[1:]:
    subprocess.run([sys.executable, __file__], process_group=0, check=True)
else:
    line = Line(sys.stderr)
    line.tell("reading", 0, 0)
    line.draw()
print("done", file=sys.stderr)
"""


# --------------------------------------------------------------------------------- at a terminal

pty = pytest.importorskip("pty", reason="this system has no pseudo-terminals")
_PATIENCE = 60.0
"""Seconds after which a program that says nothing has failed."""


def watched(
    command: Sequence[str], moment: str = "", then: Callable[[int], object] = lambda _: None
) -> tuple[int, str]:
    """Run a program at a terminal; do something once it has said a text. Status and all it said."""
    child, terminal = pty.fork()
    if not child:
        os.environ.update(TERM="xterm", COLUMNS="60", NO_COLOR="1", PYTHONIOENCODING="utf-8")
        os.execv(sys.executable, [sys.executable, *command])
    said, has_come = b"", not moment
    try:
        while piece := _heard(terminal, said):
            said += piece
            if not has_come and moment.encode() in said:
                has_come = True
                then(terminal)
    finally:
        os.close(terminal)
        _, status = os.waitpid(child, 0)
    assert has_come, said
    return os.waitstatus_to_exitcode(status), said.decode()


def _heard(terminal: int, said: bytes) -> bytes:
    if not select.select([terminal], [], [], _PATIENCE)[0]:
        pytest.fail(f"nothing more was said after: {said!r}")
    try:
        return os.read(terminal, 65536)
    except OSError:  # the program has ended
        return b""


def seen(said: str) -> list[str]:
    """What stands on the terminal in the end: its lines, once all was obeyed."""
    lines, at = [""], 0
    for sign in re.findall(r"\x1b\[K|.|\n", said):
        if sign == "\x1b[K":
            lines[-1] = lines[-1][:at]
        elif sign == "\r":
            at = 0
        elif sign == "\n":
            lines.append("")
        else:
            lines[-1] = lines[-1][:at].ljust(at) + sign + lines[-1][at + 1 :]
            at += 1
    return [line.rstrip() for line in lines]


@pytest.fixture
def web() -> Iterator[Web]:
    with serving() as running:
        yield running


PAGE = b"The ferry came in late. " * 8192
SO_FAR = "fetching from 127.0.0.1  ██████████████████░░░░░░░░░   66 %"
"""What is shown once two pieces of the three have come."""


def adding(web: Web, go_on: Event) -> list[str]:
    """A command that fetches a document whose last third is sent when somebody says so."""
    whole = answer(200, PAGE, {"Content-Type": "text/plain"})
    cut = len(whole) - len(PAGE) + 131072

    def slow() -> Iterator[bytes]:
        yield whole[:cut]
        go_on.wait(_PATIENCE)
        yield whole[cut:]

    web.answers["/ferry.txt"] = slow
    url = web.url("/ferry.txt")
    return ["-m", "claimtrack", "source", "add", url, "--id", "ferry", "--allow-private"]


def test_work_that_lasts_is_shown_and_then_gone(register: Write, web: Web, tmp_path: Path) -> None:
    main, go_on = register("claims: []\n"), Event()
    status, said = watched(adding(web, go_on), SO_FAR, lambda _: go_on.set())
    assert status == 0, said
    shown = seen(said)
    assert shown[0] == "ferry"
    assert not any("fetching" in line or "%" in line for line in shown)
    assert "ferry:" in main.read_text()
    assert (tmp_path / "sources" / "ferry.txt").read_bytes() == PAGE


def test_an_interrupt_leaves_a_clean_line(register: Write, web: Web) -> None:
    main, go_on = register("claims: []\n"), Event()
    status, said = watched(adding(web, go_on), SO_FAR, lambda terminal: os.write(terminal, b"\x03"))
    go_on.set()
    assert status == 130
    assert "^C" in said
    assert seen(said) == [""]
    assert main.read_text() == "claimtrack: 1\nclaims: []\n"


def test_work_that_fails_leaves_only_why(register: Write, web: Web) -> None:
    register("claims: []\n")
    go_on = Event()
    command = adding(web, go_on)
    whole = web.answers["/ferry.txt"]
    assert callable(whole)
    pieces = whole()

    def half() -> Iterator[bytes]:
        yield next(pieces)
        go_on.wait(_PATIENCE)

    web.answers["/ferry.txt"] = half
    status, said = watched(command, SO_FAR, lambda _: go_on.set())
    assert status == 4
    assert seen(said)[:1] == ["claimtrack: 127.0.0.1 answers in what is not HTTP, or stops"]


def test_behind_a_shell_nothing_is_shown(tmp_path: Path) -> None:
    script = tmp_path / "behind.py"
    script.write_text(BEHIND)
    assert watched([str(script)])[1] == f"{ERASE}reading\rdone\r\n"
    assert watched([str(script), "behind"])[1] == "done\r\ndone\r\n"


def test_piped_it_is_all_the_same(register: Write, claimtrack: Run, web: Web) -> None:
    register("claims: []\n")
    go_on = Event()
    go_on.set()
    result = claimtrack(*adding(web, go_on)[2:])
    assert (result.status, result.out) == (0, "ferry\n")
    assert "\x1b" not in result.err
    assert "fetching" not in result.err

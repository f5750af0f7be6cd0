"""Text from a register is data: shown, never obeyed. And what a terminal sees."""

from __future__ import annotations

import contextlib
import csv
import io
import json
import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimtrack.render.visible import safe_cell, safe_markdown, visible
from claimtrack.values.signs import UNSAFE
from conftest import Run, Write

HOSTILE = (
    "title: '[bold red]X[/] :smile:'\n"
    'sources: {s: {title: "\\e[31m"}}\n'
    "claims:\n"
    "  - id: a\n"
    '    statement: "=HYPERLINK(1) \\e]0;owned\\a \\x9b31m \\u202egnp.exe [/red] | x\\r\\ny"\n'
    "    tags: ['@x']\n"
    '    evidence: [{source: s, quote: "+1 \\e[2J", note: "-\\u2066"}]\n'
    '    note: "{red}"\n'
    '    relations: [{type: contradicts, claim: b, why: "\\e[8m`rm`"}]\n'
    "  - {id: b, statement: '=1+1'}\n"
)
OBEYED = {"\x1b", "\x07", "\x9b", "\u202e", "\u2066", "\r", "\x08"}
LISTS = [["list"], ["conflicts"], ["sources"], ["sources", "s"], ["stats"]]
PAGES = [["show", "a"], ["check"]]
WRITTEN: list[list[str]] = [[]]
WRITTEN += [[*each, "--format", form] for each in LISTS for form in ("table", "csv", "markdown")]
WRITTEN += [[*each, "--format", "json"] for each in LISTS + PAGES] + PAGES


@pytest.mark.parametrize("command", WRITTEN, ids=" ".join)
def test_nothing_in_a_register_is_obeyed(
    command: list[str], register: Write, claimtrack: Run
) -> None:
    register(HOSTILE)
    result = claimtrack(*command)
    assert (result.status, bool(result.out)) == (0, True)
    assert not OBEYED & set(result.out + result.err)


def test_what_is_hostile_is_shown(register: Write, claimtrack: Run) -> None:
    register(HOSTILE)
    out = claimtrack("show", "a").out
    assert "=HYPERLINK(1) \\u001b]0;owned\\u0007 \\u009b31m \\u202egnp.exe [/red] | x y" in out
    assert "[bold red]X[/] :smile:" in claimtrack().out


def test_nothing_that_is_unsafe_is_printable() -> None:
    """So that a printable text needs no further look."""
    unsafe = re.findall(UNSAFE, "".join(map(chr, range(sys.maxunicode + 1))))
    assert len(unsafe) > 2000
    assert not any(sign.isprintable() for sign in unsafe)


def test_json_gives_the_very_text(register: Write, claimtrack: Run) -> None:
    register(HOSTILE)
    claim = json.loads(claimtrack("show", "a", "--format", "json").out)["claim"]
    assert claim["statement"].startswith("=HYPERLINK(1) \x1b]0;owned\x07 \x9b31m \u202egnp.exe")


def test_no_cell_is_a_formula(register: Write, claimtrack: Run) -> None:
    register(HOSTILE)
    rows = list(csv.reader(io.StringIO(claimtrack("list", "--format", "csv").out)))
    assert [row[-1][:2] for row in rows[1:]] == ["'=", "'="]


@given(st.text())
def test_what_is_visible_is_harmless_and_on_one_line(text: str) -> None:
    shown = visible(text)
    assert not OBEYED & set(shown)
    assert "\n" not in shown
    shown.encode()


def test_long_blanks_are_no_work() -> None:
    assert visible(" " * 10**6 + "x") == " " * 10**6 + "x"
    assert visible("a \n\t b  c") == "a b  c"


@given(st.text())
def test_a_cell_never_begins_like_a_formula(text: str) -> None:
    assert safe_cell(text).lstrip()[:1] not in ("=", "+", "-", "@")


@given(st.text())
def test_markdown_never_breaks_its_table(text: str) -> None:
    assert "|" not in safe_markdown(text).replace("\\|", "")


# ------------------------------------------------------------------------------------- a terminal


def on_a_terminal(
    folder: Path, columns: int, *arguments: str, status: int = 0, **environment: str
) -> str:
    """What the program prints on a terminal of that width."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "claimtrack", *arguments],
        cwd=folder,
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env={**os.environ, "COLUMNS": str(columns), "TERM": "xterm-256color", **environment},
    )
    os.close(theirs)
    printed = b""
    # Linux says that the other end is closed with an error, EIO, and not with an empty read.
    with contextlib.suppress(OSError):
        while chunk := os.read(ours, 65536):
            printed += chunk
    os.close(ours)
    assert process.wait() == status
    return printed.decode()


SMALL = """
sources: {s: {reliability: B}}
entities: {e: {name: North Bay}, f: {}, g: {}}
properties: {p: {type: entity, single: true}}
claims:
  - id: a-claim-with-quite-a-long-id-for-a-narrow-terminal
    statement: A sentence that is longer than a narrow terminal is wide.
    asserts: {subject: e, property: p, value: f}
    evidence: [{source: s, quote: some words}]
  - id: b
    statement: x
    asserts: {subject: e, property: p, value: g}
    evidence: [{source: s}]
"""


@pytest.mark.parametrize("command", [[], ["list"], ["show", "a-claim"], ["conflicts"], ["stats"]])
def test_nothing_runs_over_a_narrow_terminal(
    command: list[str], register: Write, tmp_path: Path
) -> None:
    register(SMALL)
    printed = on_a_terminal(tmp_path, 40, *command, NO_COLOR="1")
    assert max(map(len, printed.splitlines())) <= 40
    assert "─" not in printed


@pytest.mark.parametrize("columns", [40, 80])
def test_a_diagnostic_points_at_the_word_that_is_wrong(
    columns: int, register: Write, tmp_path: Path
) -> None:
    register("claims: [{id: a, statement: x, kind: event, evidence: [{source: gazete}]}]")
    printed = on_a_terminal(tmp_path, columns, "check", status=1, NO_COLOR="1")
    excerpt, caret = (line for line in printed.splitlines() if line.startswith("  | "))
    assert excerpt[caret.index("^") :].startswith("gazete")


def test_rival_positions_stand_side_by_side_where_there_is_room(
    register: Write, tmp_path: Path
) -> None:
    register(SMALL)
    wide = on_a_terminal(tmp_path, 130, "conflicts", NO_COLOR="1").splitlines()
    assert any("▪ f" in line and "▪ g" in line for line in wide)
    narrow = on_a_terminal(tmp_path, 70, "conflicts", NO_COLOR="1").splitlines()
    assert not any("▪ f" in line and "▪ g" in line for line in narrow)


def test_colour_is_for_terminals_that_want_it(register: Write, tmp_path: Path) -> None:
    register(SMALL)
    assert "\x1b[" in on_a_terminal(tmp_path, 120, "conflicts")
    plain = on_a_terminal(tmp_path, 120, "conflicts", NO_COLOR="1")
    assert "\x1b[3" not in plain
    assert "hard" in plain


def in_a_shell(folder: Path, command: str) -> tuple[int, str]:
    """The program's status (it is ``$PROGRAM`` in the command) and what it said of errors."""
    done = subprocess.run(
        ["bash", "-c", f"{command}; exit ${{PIPESTATUS[0]}}"],
        cwd=folder,
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        env={**os.environ, "PROGRAM": f"{sys.executable} -m claimtrack"},
        check=False,
    )
    return done.returncode, done.stderr.decode()


@pytest.mark.parametrize("command", ["list", "list --format json", "show c-1", "check"])
def test_a_reader_that_has_seen_enough_changes_nothing(
    command: str, register: Write, tmp_path: Path
) -> None:
    rows = "".join(f"  - {{id: c-{i}, statement: {'x' * 200}}}\n" for i in range(2000))
    register(f"claims:\n{rows}")
    assert in_a_shell(tmp_path, f"$PROGRAM {command} | true") == (0, "")
    register(f"claims:\n{rows}\n  - {{id: wrong}}\n")
    assert in_a_shell(tmp_path, "$PROGRAM check | true") == (1, "")


def test_streams_that_are_closed_are_no_crash(register: Write, tmp_path: Path) -> None:
    register("claims: [{id: a, statement: x}]")
    assert in_a_shell(tmp_path, "$PROGRAM list >&-") == (0, "")
    assert in_a_shell(tmp_path, "$PROGRAM list 2>&-") == (0, "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_a_full_disk_is_said_plainly(register: Write, tmp_path: Path) -> None:
    register("claims: [{id: a, statement: x}]")
    status, said = in_a_shell(tmp_path, "$PROGRAM list > /dev/full")
    assert status == 4
    assert said == "claimtrack: the output cannot be written: No space left on device\n"


def test_a_locale_without_the_signs_still_shows_them(register: Write, tmp_path: Path) -> None:
    register("claims: [{id: a, statement: Ærø ‘x’}]")
    done = subprocess.run(
        [sys.executable, "-m", "claimtrack", "show", "a"],
        cwd=tmp_path,
        capture_output=True,
        env={**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        check=True,
    )
    assert b"\\xc6r\\xf8" in done.stdout


def test_an_error_of_its_own_is_owned(
    register: Write, claimtrack: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    register("claims: []")

    def broken(*_: object) -> None:
        raise ValueError("unexpected\nsecond line")

    monkeypatch.setattr("claimtrack.index.making.read_catalogue", broken)
    result = claimtrack("list")
    assert result.status == 4
    assert "an error of the program's own: ValueError: unexpected\n" in result.err
    assert "Traceback" not in result.err


def test_an_interrupt_ends_with_130(
    register: Write, claimtrack: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    register("claims: []")

    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("claimtrack.index.making.read_catalogue", interrupted)
    assert claimtrack("list").status == 130

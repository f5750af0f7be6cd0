"""Where writing commands stop, and what they never do."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import Run, Write

SMALL = """\
sources:
  s: {title: s}
entities:
  ship: {name: Ship}
properties:
  at: {type: entity, single: true}
  label: {type: text}
claims:
  - id: a
    statement: a
    asserts: {subject: ship, property: at, value: x}
    evidence: [{source: s}]
  - id: b
    statement: b
    asserts: {subject: ship, property: at, value: y}
"""


@pytest.fixture
def main_file(register: Write) -> Path:
    return register(SMALL)


@pytest.fixture
def untouched(main_file: Path) -> Callable[[], bool]:
    before = main_file.read_bytes()
    return lambda: main_file.read_bytes() == before


# ------------------------------------------------------------------------------------------- edit


def test_an_id_is_no_path(
    register: Write, claimtrack: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    victim = tmp_path / "victim" / "x.yaml"
    victim.parent.mkdir()
    victim.write_text("precious")
    register(f"claims:\n  - id: {tmp_path}/victim/x\n    statement: x\n")
    monkeypatch.setenv("EDITOR", "true")
    result = claimtrack("edit", f"{tmp_path}/victim/x")
    assert (result.status, result.err) == (0, "nothing changed\n")
    assert victim.read_text() == "precious"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("- id: b\n  statement: b\ntitle: Other\n", "in the text"),
        (
            "  - id: b\n    statement: b\ntitle: Other\n",
            "claimtrack: nothing was written: the text",
        ),
        ("  - id: b\n    statement: b\nreviews: []\nsources2: {}\n", "in the text"),
        (
            "  - id: b2\n    statement: b\n",
            "claimtrack: nothing was written: the text is no longer",
        ),
        (
            "  - id: b\n    statement: b\n  - id: c\n    statement: c\n",
            "claimtrack: nothing was wr",
        ),
        ("  - id: b\n    statement: b\n  - statement: c\n", "in the text"),
    ],
)
def test_edit_changes_that_claim_alone(
    text: str, said: str, claimtrack: Run, untouched: Callable[[], bool], tmp_path: Path
) -> None:
    (tmp_path / "text").write_text(text)
    result = claimtrack("edit", "b", "--from", "text")
    assert result.status == 2
    assert result.err.startswith(said), result.err
    assert untouched()


def test_a_dry_run_of_edit_keeps_the_text(
    claimtrack: Run, untouched: Callable[[], bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EDITOR", "sed -i s/x}/z}/")
    result = claimtrack("edit", "a", "--dry-run")
    assert result.status == 0
    assert untouched()
    again = result.err.rpartition("your text is kept: claimtrack ")[2].removesuffix(" writes it\n")
    assert claimtrack(*again.split()).status == 0
    assert not untouched()


@pytest.mark.parametrize(
    ("editor", "said"),
    [
        ('"', "EDITOR is '\"', which is no command"),
        ("/nowhere/editor", "the editor '/nowhere/editor' cannot be started: No such file"),
        ("false", "the editor 'false' ended with 1"),
        ("", "no editor is named; name one in EDITOR, or give the text with --from"),
    ],
)
def test_an_editor_that_is_none(
    editor: str,
    said: str,
    claimtrack: Run,
    untouched: Callable[[], bool],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("VISUAL", raising=False)
    monkeypatch.setenv("EDITOR", editor)
    result = claimtrack("edit", "a")
    assert result.status == 2
    assert result.err.startswith(f"claimtrack: {said}")
    assert untouched()


def test_a_hostile_id_is_shown_and_quoted(
    register: Write, claimtrack: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = "a\x1b]0;x\x07; $(touch pwned)"
    main = register(f"claims:\n  - id: {json.dumps(key)}\n    statement: x\n")
    monkeypatch.setenv("EDITOR", "sed -i s/statement/statment/")
    result = claimtrack("edit", key)
    assert "\x1b" not in result.err
    assert "claimtrack edit 'a\\u001b]0;x\\u0007; $(touch pwned)' --from " in result.err
    assert b"statment" not in main.read_bytes()


# ------------------------------------------------------------------------- what must not be written


def test_a_mistake_that_comes_as_another_goes_is_refused(register: Write, claimtrack: Run) -> None:
    main = register("claims:\n  - {id: a, statement: a, relations: [{type: supports, claim: x}]}\n")
    before = main.read_bytes()
    result = claimtrack("add", "X is", "--id", "x", "--when", "bogus")
    assert result.status == 2
    assert "error CT401" in result.err
    assert result.err.endswith("claimtrack: nothing was written: what is new has an error\n")
    assert main.read_bytes() == before


def test_a_claim_that_would_be_left_out_is_refused(register: Write, claimtrack: Run) -> None:
    main = register("entities: {bad: {name: Bad, knd: x}}\nclaims: [{id: a, statement: a}]\n")
    before = main.read_bytes()
    for arguments in (["add", "x", "--about", "bad"], ["cite", "a", "--source", "s"]):
        result = claimtrack(*arguments)
        assert result.status == 2
        assert main.read_bytes() == before
    assert "claim x would be left out, since it names something" in claimtrack(
        "add", "x", "--about", "bad"
    ).err  # fmt: skip


def test_another_digest_than_that_of_the_file_is_refused(
    claimtrack: Run, untouched: Callable[[], bool], tmp_path: Path
) -> None:
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources" / "t.txt").write_text("t")
    result = claimtrack("source", "set", "s", "--source-file", "t.txt", "--sha256", "0" * 64)
    assert result.status == 2
    assert result.err.startswith("claimtrack: 't.txt' is held and has another sha256: ")
    assert untouched()
    outside = claimtrack("source", "set", "s", "--source-file", "../claims.yaml")
    assert (outside.status, untouched()) == (2, True)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["add", ""], "the statement is empty"),
        (["add", "x", "--note", " "], "'note' is given and empty; leave it out"),
        (["tag", "a", ""], "the tag is empty"),
        (["judge", "a", "confirmed", "--why", ""], "--why is empty"),
        (["judge", "a", "confirmed", "--why", "y", "--by", ""], "--by is empty; leave it out"),
        (["source", "set", "s", "--title", ""], "'title' is given and empty; leave it out"),
        (["property", "add", "p", "--type", "choice", "--choice", "a=b", "--choice", "a"],
         "--choice a is given twice"),
    ],
)  # fmt: skip
def test_nothing_empty_is_written(
    arguments: list[str], said: str, claimtrack: Run, untouched: Callable[[], bool]
) -> None:
    result = claimtrack(*arguments)
    assert result.status == 2
    assert result.err.startswith(f"claimtrack: {said}")
    assert untouched()


def test_numbers_of_a_property_are_numbers(claimtrack: Run, main_file: Path) -> None:
    arguments = ["--type", "number", "--tolerance", "2.5", "--about-ratio", "0.2"]
    assert claimtrack("property", "add", "p", *arguments).status == 0
    assert "  p: {type: number, tolerance: 2.5, about-ratio: 0.2}\n" in main_file.read_text()
    assert claimtrack(
        "property", "add", "q", "--type", "choice", "--choice", "a=", "--choice", "b=a"
    ).status == 0  # fmt: skip
    assert "  q: {type: choice, choices: {a: , b: a}}\n" in main_file.read_text()


def test_an_argument_that_is_no_text(main_file: Path, untouched: Callable[[], bool]) -> None:
    done = subprocess.run(
        [sys.executable.encode(), b"-m", b"claimtrack", b"add", b"bad \xff"],
        cwd=main_file.parent,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 2
    assert done.stderr == (
        b"claimtrack: the argument 'bad \\udcff' is no text in this system's encoding (UTF-8)\n"
    )
    assert untouched()


def test_what_a_source_cannot_be_set_to(claimtrack: Run, main_file: Path, tmp_path: Path) -> None:
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources" / "t.txt").write_text("t")
    assert claimtrack("source", "set", "s", "--source-file", "sources/t.txt").status == 0
    assert "file: t.txt" in main_file.read_text()
    before = main_file.read_bytes()
    for arguments, said in [
        (["--sha256", "abc"], "'abc' is no SHA-256"),
        (["--sha256", "0" * 64], "'t.txt' is held and has another sha256"),
        (["--source-file", "u.txt"], "'u.txt' is in no source folder, and 't.txt', which it has"),
        (["--source-file", "t.txt"], "nothing is to be set of source 's'; that is so already"),
        (["--title", "x", "--unset", "title"], "'title' is both set and unset"),
        (["--title", "x", "--file", "claims.yaml"], "source 's' stays in its file"),
    ]:
        result = claimtrack("source", "set", "s", *arguments)
        assert (result.status, main_file.read_bytes()) == (2, before), arguments
        assert result.err.startswith(f"claimtrack: {said}")
    claimtrack("source", "set", "background", "--title", "B")
    near = claimtrack("source", "set", "backgrounds", "--title", "C")
    assert "note: 'backgrounds' is a new source (did you mean 'background'?)" in near.err


def test_a_claim_that_changed_while_it_was_edited_is_not_overwritten(
    claimtrack: Run, main_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = tmp_path / "editor.sh"
    script.write_text(
        f'sed -i "s/statement: b/statement: c/" "$1"\n"{sys.executable}" -m claimtrack tag b new\n'
    )
    monkeypatch.setenv("EDITOR", f"sh {script}")
    result = claimtrack("edit", "b")
    assert result.status == 4
    assert result.err.endswith(
        "edit the claim as it is now, and compare\n"
        "claimtrack: 'b' changed while it was edited; nothing was written\n"
    )
    assert "statement: b\n" in main_file.read_text()
    assert "tags: [new]" in main_file.read_text()


def test_what_was_written_is_told_though_the_output_fails(main_file: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "claimtrack", "add", "Full once."],
            cwd=main_file.parent,
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert done.returncode == 4
    assert done.stderr.startswith(b"claimtrack: added: claims.yaml:")
    assert b"it is written, only the output is not: No space left" in done.stderr


# --------------------------------------------------------------------------------- what is told


def test_a_conflict_that_becomes_hard_is_told(claimtrack: Run, main_file: Path) -> None:
    result = claimtrack("cite", "b", "--source", "s")
    assert "hard conflict ship.at: a, b\n" in result.err


def test_the_next_command_is_for_the_same_register(
    claimtrack: Run, main_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "my dir").mkdir()
    monkeypatch.chdir(tmp_path / "my dir")
    result = claimtrack("--register", "../claims.yaml", "tag", "a", "x")
    assert result.err.endswith("next: claimtrack --register ../claims.yaml list --tag x\n")
    begun = claimtrack("init", "new dir")
    assert "next: claimtrack --register 'new dir' source add FILE" in begun.err


def test_a_gitignore_that_is_there_is_left_and_told(claimtrack: Run, tmp_path: Path) -> None:
    (tmp_path / ".gitignore").write_text("*.pyc\n")
    result = claimtrack("init")
    assert (tmp_path / ".gitignore").read_text() == "*.pyc\n"
    assert "    sources/*\n    !sources/*.attested\n" in result.err


def test_a_register_that_cannot_be_read_says_why_to_every_command(
    register: Write, claimtrack: Run
) -> None:
    main = register("claims: []\n")
    main.write_text("claimtrack: 2\n")
    for command in (["edit", "a"], ["tag", "a", "x"], ["export"], ["fmt"]):
        result = claimtrack(*command)
        assert result.status == 3, command
        assert "error CT109" in result.err, command

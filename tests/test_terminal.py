"""Writing at a terminal: what is missing is asked for, and the tab key completes it."""

from __future__ import annotations

import os
import select
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from conftest import Write

pty = pytest.importorskip("pty", reason="this system has no pseudo-terminals")

REGISTER = """\
sources:
  gazette: {reliability: B}
entities:
  aurora: {name: Aurora}
  quay: {name: East Quay}
properties:
  berth: {type: entity, single: true}
claims:
  - id: at-quay
    statement: The Aurora lies at the East Quay.
    evidence:
      - source: gazette
"""
INTERRUPT = "\x03"
_PATIENCE = 60.0
"""Seconds after which a program that says nothing has failed."""


def converse(arguments: Sequence[str], turns: Sequence[tuple[str, str]]) -> tuple[int, str]:
    """Run the program at a terminal; after each prompt type an answer. Status and all it said."""
    child, terminal = pty.fork()
    if not child:
        os.environ.update(TERM="xterm", COLUMNS="80", NO_COLOR="1", INPUTRC=os.devnull)
        os.execv(sys.executable, [sys.executable, "-m", "claimtrack", *arguments])
    said = ""
    try:
        for prompt, answer in turns:
            at = len(said)
            while prompt not in said[at:]:
                said += _heard(terminal, said)
            os.write(terminal, answer.encode())
        # An interrupt just before a terminal is read from may wait for the next key.
        while turns[-1][1] == INTERRUPT and not select.select([terminal], [], [], 1.0)[0]:
            os.write(terminal, INTERRUPT.encode())
        while more := _heard(terminal, said):
            said += more
    finally:
        os.close(terminal)
        _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status), said.replace("\r\n", "\n")


def _heard(terminal: int, said: str) -> str:
    if not select.select([terminal], [], [], _PATIENCE)[0]:
        pytest.fail(f"nothing more was said after: {said}")
    try:
        return os.read(terminal, 65536).decode()
    except OSError:  # the program has ended
        return ""


def test_a_claim_is_asked_for_part_by_part(register: Write) -> None:
    main = register(REGISTER)
    status, said = converse(
        ["add"],
        [
            ("Statement: ", "\n"),
            ("Statement: ", "The Aurora is away.\n"),
            ("Kind: ", "loc\t\n"),
            ("Subject (nothing: no structure): ", "aur\t\n"),
            ("Property: ", "b\t\n"),
            ("Value: ", "ua\t\n"),
            ("During (nothing: at any time): ", "\n"),
            ("When, such as 2024-07: ", "2024-03\n"),
            ("Source (nothing: no evidence yet): ", "gazete\n"),
            ("'gazete' is none of them (did you mean 'gazette'?)", "gaz\t\n"),
            ("Stance (nothing: asserts): ", "rep\t\n"),
            ("By whom (nothing: the source itself): ", "\n"),
            ("Quote, to the letter: ", "away: gone\n"),
        ],
    )
    assert status == 0, said
    assert said.endswith(
        "aurora-away\nadded: claims.yaml:15\nnote: the quote is unchecked: source not held\n"
        "next: claimtrack show aurora-away\n"
    )
    assert main.read_text() == "claimtrack: 1\n" + REGISTER + (
        "\n"
        "  - id: aurora-away\n"
        "    statement: The Aurora is away.\n"
        "    kind: location\n"
        "    asserts: {subject: aurora, property: berth, value: quay}\n"
        "    when: 2024-03\n"
        "    evidence:\n"
        "      - source: gazette\n"
        "        stance: reports\n"
        '        quote: "away: gone"\n'
    )


@pytest.mark.parametrize(
    ("arguments", "turns"),
    [
        (["cite"], [("Claim: ", "at\t\n"), ("Source: ", "g\t\n"),
                    ("Stance (nothing: asserts): ", "\n"),
                    ("By whom (nothing: the source itself): ", "\n"),
                    ("Quote, to the letter: ", "\n")]),
        (["tag", "at-quay"], [("Tag: ", "new\n")]),
        (["judge", "at-quay", "--by", "ann"], [("Rating: ", "unp\t\n"), ("Why: ", "so\n")]),
        (["rename"], [("Id: ", "at-q\t\n"), ("New id: ", "moored\n")]),
        (["entity", "add"], [("Name: ", "Bo\n"), ("Kind, such as person: ", "\n"),
                             ("Part of (nothing: of nothing): ", "\n")]),
        (["property", "add"], [("Id of the property: ", "x\n"), ("Type of value: ", "te\t\n")]),
    ],
)  # fmt: skip
def test_what_is_missing_is_asked_for(
    arguments: list[str], turns: list[tuple[str, str]], register: Write
) -> None:
    main = register(REGISTER)
    status, said = converse(arguments, turns)
    assert status == 0, said
    assert main.read_text() != "claimtrack: 1\n" + REGISTER
    assert "\nnext: claimtrack " in said


@pytest.mark.parametrize("keys", ["\x04", INTERRUPT], ids=["end of input", "interrupt"])
def test_a_question_can_be_left(keys: str, register: Write) -> None:
    main = register(REGISTER)
    status, _ = converse(["judge"], [("Claim: ", keys)])
    assert status == 130
    assert main.read_text() == "claimtrack: 1\n" + REGISTER


def test_a_wrong_text_can_be_edited_again(
    register: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    main = register(REGISTER)
    script = tmp_path / "editor.py"
    script.write_text(
        "import sys, pathlib\n"
        "p = pathlib.Path(sys.argv[1]); t = p.read_text()\n"
        "p.write_text(t.replace('source: gazette', 'source: nowhere')\n"
        "             if 'gazette' in t else t.replace('nowhere', 'gazette\\n        line: 3'))\n"
    )
    monkeypatch.setenv("VISUAL", f"{sys.executable} {script}")
    status, said = converse(["edit", "at-quay"], [("Edit it again? [Y/n]: ", "\n")])
    assert status == 0, said
    assert "error CT203: no source has the id 'nowhere'" in said
    assert main.read_text() == "claimtrack: 1\n" + REGISTER + "        line: 3\n"

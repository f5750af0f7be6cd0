"""Comments that silence warnings: where they count, what they need, and what survives."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from claimtrack.reading.silencing import find_comments
from conftest import Run, Write
from test_safety import on_a_terminal

HEAD = """\
sources:
  almanac: {title: Almanac, reliability: B, file: almanac.txt}
claims:
"""
ITEM = "{source: almanac, credibility: 1}"
WHY = "because it was measured"


@pytest.fixture
def left(register: Write, claimtrack: Run) -> Any:
    """The lines of the warnings that check gives, and how many are silenced."""

    def check(claims: str) -> tuple[list[tuple[str, int]], int]:
        register(HEAD + claims)
        told = json.loads(claimtrack("check", "--format", "json").out)
        found = [(each["code"], each["line"]) for each in told["diagnostics"]]
        assert told["summary"]["errors"] + told["summary"]["warnings"] == len(found)
        return found, len(told["silenced"])

    return check


CLAIM = """  - id: a
    statement: x
    evidence:
      - {source: almanac, credibility: 1}
      - source: almanac
        note: n
        credibility: 1
"""
BOTH = [("CT706", 8), ("CT706", 9)]
COMMENT = f"# claimtrack: ignore CT706 {WHY}"


@pytest.mark.parametrize(
    ("before", "after", "silenced"),
    [
        # At the end of a line.
        ("credibility: 1}", f"credibility: 1}}  {COMMENT}", [8]),
        ("source: almanac\n", f"source: almanac  {COMMENT}\n", [9]),
        ("note: n", f"note: n  {COMMENT}", [9]),
        ("statement: x", f"statement: x  {COMMENT}", [8, 9]),
        ("- id: a", f"- id: a  {COMMENT}", [8, 9]),
        ("evidence:", f"evidence:  {COMMENT}", [8, 9]),
        # On a line of its own, within the item or above it.
        ("        note: n", f"        {COMMENT}\n        note: n", [9]),
        ("      - source", f"      {COMMENT}\n      - source", [10]),
        ("      - source", f"{COMMENT}\n\n      # more of it\n      - source", [12]),
        ("      - {", f"      {COMMENT}\n      - {{", [9]),
        # Above the claim, and beside a key of it.
        ("  - id", f"  {COMMENT}\n  - id", [9, 10]),
        ("    statement", f"    {COMMENT}\n    statement", [9, 10]),
        # Behind another comment, with small letters, with several codes.
        ("credibility: 1}", f"credibility: 1}}  # mine {COMMENT}", [8]),
        ("credibility: 1}", "credibility: 1}  #claimtrack: ignore ct706 BECAUSE: x", [8]),
    ],
)
def test_a_comment_silences_what_it_stands_beside_or_above(
    before: str, after: str, silenced: list[int], left: Any, claimtrack: Run
) -> None:
    assert left(CLAIM) == (BOTH, 0)
    found, number = left(CLAIM.replace(before, after, 1))
    assert (len(found), number) == (2 - len(silenced), len(silenced))
    told = json.loads(claimtrack("check", "--format", "json").out)["silenced"]
    assert [each["diagnostic"]["line"] for each in told] == silenced


def test_entries_on_one_line_are_silenced_at_its_end(left: Any) -> None:
    line = f"  - {{id: a, statement: x, evidence: [{ITEM}, {ITEM}]}}"
    assert left(f"{line}  {COMMENT}\n") == ([], 2)


def test_a_review_is_silenced(register: Write, claimtrack: Run) -> None:
    wrong = f"{HEAD}  - {{id: a, statement: x}}\nreviews:\n"
    review = "  - {dispute: a, decision: dismissed, by: ann, on: 2024-04-02, why: y}"
    register(f"{wrong}{review}\n")
    assert "CT702" in claimtrack("check").out
    register(f"{wrong}{review}  # claimtrack: ignore CT702 because it is kept as a record\n")
    assert claimtrack("check").out == (
        "no errors, no warnings; 1 warning silenced, with reasons; no quotes\n"
    )


# ------------------------------------------------------------------------------ what is no comment


@pytest.mark.parametrize(
    "statement",
    [
        f"'x\n      {COMMENT}'",
        f'"x {COMMENT}"',
        f"|\n      x\n      {COMMENT}",
        f">-\n      {COMMENT}\n      x",
    ],
)
def test_text_silences_nothing(statement: str, left: Any) -> None:
    found, silenced = left(f"  - id: a\n    statement: {statement}\n    evidence: [{ITEM}]\n")
    assert ([code for code, _ in found], silenced) == (["CT706"], 0)


def test_a_comment_behind_the_sign_of_a_block_is_one(left: Any) -> None:
    claim = f"  - id: a\n    statement: |  {COMMENT}\n      x\n    evidence: [{ITEM}]\n"
    assert left(claim) == ([], 1)


_PIECES = st.sampled_from(
    [
        "  # claimtrack: ignore CT706 because p\n",
        "  # claimtrack: ignore CT706 because q",
        "    ",
        "\n",
        "    x y\n",
        "'",
        '"',
        "|\n",
        ">+\n",
        "[a, b",
        "]",
        "{k: v",
        "}",
        ", ",
        "\n  - id: c\n    statement: ",
        "    note: ",
        "\u2028",
        "\r\n",
    ]
)


@given(st.lists(_PIECES, max_size=14).map("".join))
def test_what_parses_alike_without_it_is_a_comment(text: str) -> None:
    text = f"claims:\n  - id: a\n    statement: {text}\n"
    try:
        whole = yaml.safe_load(text)
    except yaml.YAMLError:
        return
    comments = find_comments([("f", text.encode())]).sound
    lines = text.replace("\r\n", "\n").split("\n")
    real = set()
    for number, line in enumerate(lines, 1):
        at = line.find("# claimtrack: ignore")
        if at < 0:
            continue
        without = "\n".join([*lines[: number - 1], line[:at] + "#", *lines[number:]])
        try:
            if yaml.safe_load(without) == whole:
                real.add((number, at + 1))
        except yaml.YAMLError:
            continue
    assert {(each.place.line, each.place.column) for each in comments} == real


# ---------------------------------------------------------------------------------------- mistakes


@pytest.mark.parametrize(
    ("comment", "said"),
    [
        ("CT706", "this comment gives no reason, and silences nothing; write '# claimtrack: "
         "ignore CT706 because …'"),
        ("CT706 because ", "this comment gives no reason"),
        ("because it was measured", "this comment names no warning; write"),
        ("CT7O6 because x", "no warning has the code 'CT7O6'; claimtrack explain lists them"),
        ("CT204 because x", "CT204 is an error, which cannot be silenced; mend what it says"),
        ("CT719 because x", "CT719 is about comments such as this one"),
        ("CT713 because x", "this comment silences nothing: line 8 gives no CT713; remove it, or"),
    ],
)  # fmt: skip
def test_a_comment_without_effect_is_a_warning(
    comment: str, said: str, register: Write, claimtrack: Run
) -> None:
    text = CLAIM.replace("1}", f"1}}  # claimtrack: ignore {comment}")
    register(HEAD + text)
    told = claimtrack("check", "--select", "CT719")
    assert told.status == 0
    assert told.out.startswith(f"claims.yaml:8:44: warning CT719: {said}")
    assert "0 errors, 1 warning; 2 not looked at, as asked; no quotes" in told.out


def test_the_sound_codes_of_a_comment_count(left: Any) -> None:
    found, silenced = left(CLAIM.replace("1}", f"1}}  # claimtrack: ignore CT999, CT706 {WHY}"))
    assert (found, silenced) == ([("CT719", 8), ("CT706", 9)], 1)


def test_errors_are_never_silenced(left: Any) -> None:
    text = "  - {id: a, statement: x, evidence: [{source: alamnac}]}  # claimtrack: ignore CT203 "
    assert left(f"{text}because x\n")[0] == [("CT203", 5), ("CT719", 5)]


def test_what_was_not_looked_at_is_not_called_idle(register: Write, claimtrack: Run) -> None:
    register(HEAD + CLAIM.replace("- id: a", f"- id: a  {COMMENT}"))
    for choice in (("--select", "CT2"), ("--ignore", "CT706"), ("--select", "CT719")):
        assert claimtrack("check", *choice).out.startswith("no errors, no warnings; no quotes")


@pytest.mark.parametrize("code", ["CT709", "CT715", "CT714", "CT720"])
def test_what_takes_a_source_is_not_called_idle_without_it(
    code: str, register: Write, claimtrack: Run
) -> None:
    text = f"{HEAD}  - {{id: a, statement: x, evidence: [{{source: almanac}}]}}"
    comment = f"  # claimtrack: ignore {code} {WHY}\n"
    register(text + comment)
    assert claimtrack("check").out.startswith("no errors, no warnings")
    register(text + comment, {"sources/almanac.txt": "x\n"})
    is_told = code in ("CT709", "CT715")
    assert (f"gives no {code}" in claimtrack("check").out) == is_told


def test_nothing_is_called_idle_while_something_is_left_out(left: Any) -> None:
    text = f"  - {{id: b, statement: x}}  # claimtrack: ignore CT713 {WHY}\n  - {{id: c}}\n"
    assert left(text)[0] == [("CT303", 6)]


def test_an_include_without_yaml_has_no_comments(register: Write, claimtrack: Run) -> None:
    register("include: [more.yaml]\n", {"more.yaml": f"claims: [  {COMMENT}\n"})
    assert "CT719" not in claimtrack("check").out


# ------------------------------------------------------------------------------ what is told of it


def test_the_summary_counts_what_is_silenced(register: Write, claimtrack: Run) -> None:
    register(HEAD + CLAIM.replace("- id: a", f"- id: a  {COMMENT}"))
    told = claimtrack("check")
    assert told.out == "no errors, no warnings; 2 warnings silenced, with reasons; no quotes\n"
    lines = claimtrack("check", "--silenced").out.splitlines()
    assert lines[0].startswith("claims.yaml:8:18: silenced CT706: credibility 1 means confirmed")
    assert lines[1] == "  claims.yaml:5:12: because it was measured"
    assert len(lines) == 5
    assert claimtrack("check", "--silenced", "--ignore", "CT706").out.count("silenced") == 0


def test_a_reason_is_text_and_no_markup(register: Write, tmp_path: Path) -> None:
    reason = "# claimtrack: ignore CT706 because [red]"
    register(HEAD + CLAIM.replace("- id: a", f"- id: a  {reason}"))
    assert "because [red]" in on_a_terminal(tmp_path, 80, "check", "--silenced", NO_COLOR="1")


def test_json_keeps_the_contract_s_shape_and_adds_a_key(register: Write, claimtrack: Run) -> None:
    register(HEAD + CLAIM.replace("1}", f"1}}  {COMMENT}"))
    told = json.loads(claimtrack("check", "--format", "json").out)
    assert list(told) == ["format", "diagnostics", "summary", "silenced"]
    assert told["summary"] == {"errors": 0, "warnings": 1, "unchecked": 0}
    silenced = told["silenced"][0]
    assert list(silenced["diagnostic"]) == list(told["diagnostics"][0])
    del silenced["diagnostic"]
    assert silenced == {"reason": WHY[8:], "file": "claims.yaml", "line": 8, "column": 44}


def test_the_narrowest_comment_is_named(register: Write, claimtrack: Run) -> None:
    text = CLAIM.replace("1}", "1}  # claimtrack: ignore CT706 because one")
    register(HEAD + text.replace("- id: a", "- id: a  # claimtrack: ignore CT706 because all"))
    told = json.loads(claimtrack("check", "--format", "json").out)["silenced"]
    assert [each["reason"] for each in told] == ["one", "all"]


def test_the_dashboard_does_not_ask_to_look_at_it(register: Write, claimtrack: Run) -> None:
    register(HEAD + CLAIM)
    assert "2 warnings to look at" in claimtrack().out
    register(HEAD + CLAIM.replace("- id: a", f"- id: a  {COMMENT}"))
    assert "to look at" not in claimtrack().out


def test_a_writing_command_does_not_announce_it(register: Write, claimtrack: Run) -> None:
    cite = ("cite", "a", "--source", "almanac", "--credibility", "1")
    register(HEAD + CLAIM)
    assert "CT706" in claimtrack(*cite).err
    register(HEAD + CLAIM.replace("- id: a", f"- id: a  {COMMENT}"))
    assert "CT706" not in claimtrack(*cite).err


# ---------------------------------------------------------------------------------------- survival


def test_comments_survive_the_commands_that_write(register: Write, claimtrack: Run) -> None:
    above = f"      {COMMENT}\n      - source"
    main = register(HEAD + CLAIM.replace("1}", f"1}}  {COMMENT}").replace("      - source", above))
    for command in (
        ("fmt",),
        ("rename", "a", "b"),
        ("cite", "b", "--source", "almanac"),
        ("judge", "b", "unproven", "--by", "ann", "--why", "open"),
    ):
        assert claimtrack(*command).status == 0, command
        assert main.read_text().count(COMMENT) == 2
        assert "; 2 warnings silenced, with reasons;" in claimtrack("check").out


def test_comments_survive_a_merge(claimtrack: Run, tmp_path: Path) -> None:
    base = f"claimtrack: 1{HEAD}{CLAIM}"
    ours = base.replace("1}", f"1}}  {COMMENT}")
    theirs = base.replace("statement: x", "statement: y")
    for name, text in (("base", base), ("ours", ours), ("theirs", theirs)):
        (tmp_path / name).write_text(text)
    assert claimtrack("merge-driver", "base", "ours", "theirs").status == 0
    assert (tmp_path / "ours").read_text() == ours.replace("statement: x", "statement: y")

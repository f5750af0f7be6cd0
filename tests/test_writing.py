"""Commands that write: what they change in the file, and what they say."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from conftest import Run, Write

REGISTER = """\
title: Harbour  # a tab:\there
sources:
  gazette: {reliability: B, publisher: The Gazette}
  rival:   {reliability: D}   # less so
entities:
  aurora:  {name: Aurora, kind: ship}
  harbour: {name: North Harbour, kind: place}
  quay:    {name: East Quay, kind: place, part_of: harbour}
  roads:   {name: the outer roads, kind: place}
properties:
  berth: {type: entity, single: true}
  crew:  {type: number, unit: person, single: true}
  draft: {type: number, unit: m, single: true}
  armed: {type: boolean, single: true}
claims:
  # where she lies
  - id: at-quay
    statement: The Aurora lies at the East Quay.
    asserts: {subject: aurora, property: berth, value: quay}
    tags: [berths]
    evidence:
      - {source: gazette, credibility: 2}
      # nobody else saw it

  - id: in-roads
    statement: "The Aurora lies in the outer roads."
    asserts: {subject: aurora, property: berth, value: roads}
    evidence:
      - source: rival
        stance: reports
# the end"""
HEAD = "claimtrack: 1\n"


@pytest.fixture
def main_file(register: Write) -> Path:
    return register(REGISTER)


@pytest.fixture
def added(main_file: Path) -> Callable[[], list[str]]:
    """The lines that the file has more than before; fails if it has lost one."""

    def read() -> list[str]:
        old, new = (HEAD + REGISTER).split("\n"), main_file.read_bytes().decode().split("\n")
        left = iter(new)
        more: list[str] = []
        for line in old:
            for candidate in left:
                if candidate == line:
                    break
                more.append(candidate)
            else:
                pytest.fail(f"the line {line!r} is gone")
        return [*more, *left]

    return read


# -------------------------------------------------------------------------------------------- add


def test_add_writes_a_claim_at_the_end_and_says_what_follows(
    claimtrack: Run, added: Callable[[], list[str]]
) -> None:
    result = claimtrack(
        "add",
        "The Aurora lies in the North Harbour's outer roads: certainly.",
        *("--subject", "AURORA", "--property", "berth", "--value", "The outer ROADS"),
        *("--source", "gazette", "--by", "harbour", "--quote", 'he said "roads"', "--line", "3"),
        *("--tag", "berths", "--tag", "new one", "--when", "2024-03", "--kind", "location"),
    )
    assert result.status == 0
    assert result.out == "aurora-lies-north-harbours-outer-roads-certainly\n"
    assert result.err == (
        "added: claims.yaml:33\n"
        "note: the quote is unchecked: source not held\n"
        "hard conflict aurora.berth: at-quay, aurora-lies-north-harbours-outer-roads-certainly, "
        "in-roads\n"
        "next: claimtrack conflicts aurora.berth\n"
    )
    assert added() == [
        "",
        "  - id: aurora-lies-north-harbours-outer-roads-certainly",
        '    statement: "The Aurora lies in the North Harbour\'s outer roads: certainly."',
        "    kind: location",
        "    asserts: {subject: aurora, property: berth, value: roads}",
        "    when: 2024-03",
        "    tags: [berths, new one]",
        "    evidence:",
        "      - source: gazette",
        "        by: harbour",
        '        quote: he said "roads"',
        "        line: 3",
    ]


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (["7500"], "7500"),
        (["about 40"], "{about: 40}"),
        (["~40"], "{about: 40}"),
        (["10..20"], "{min: 10, max: 20}"),
        (["10.."], "{min: 10}"),
        (["..20"], "{max: 20}"),
        (["{about: 40}"], "{about: 40}"),
        (["2", "--unit", "foot"], "{value: 2, unit: foot}"),
        (["about 2 ft"], "{about: 2, unit: ft}"),
    ],
)
def test_add_takes_numbers_as_people_type_them(
    value: list[str], written: str, claimtrack: Run, added: Callable[[], list[str]]
) -> None:
    result = claimtrack(
        "add", "x", "--subject", "quay", "--property", "draft", "--value", *value, "--id", "x"
    )
    assert (result.status, result.out) == (0, "x\n"), result.err
    assert f"    asserts: {{subject: quay, property: draft, value: {written}}}" in added()


def test_add_says_no_to_a_value_that_the_reader_refuses(
    claimtrack: Run, added: Callable[[], list[str]]
) -> None:
    result = claimtrack(
        "add", "x", "--subject", "quay", "--property", "armed", "--value", "perhaps"
    )
    assert result.status == 2
    assert result.out == ""
    assert result.err == (
        "in the text that would have been written:\n"
        "claims.yaml:35:54: error CT411: 'perhaps' is neither true nor false; write one of them, "
        "without quotes\n"
        "claimtrack: nothing was written: the register would have more errors than before\n"
    )
    assert added() == []


def test_add_never_takes_an_id_twice(claimtrack: Run, main_file: Path) -> None:
    said = "Москва says: no"
    made = [claimtrack("add", said).out for _ in range(3)]
    assert made == ["moskva-says-no\n", "moskva-says-no-2\n", "moskva-says-no-3\n"]
    again = claimtrack("add", said, "--id", "at-quay")
    assert (again.status, again.err) == (
        2,
        "claimtrack: a claim has the id 'at-quay' already; give another with --id\n",
    )
    assert claimtrack("add", "!!!").out == "claim\n"
    assert claimtrack("check").status == 0


def test_add_notes_a_statement_that_is_there(claimtrack: Run, main_file: Path) -> None:
    result = claimtrack("add", "the aurora lies at the east quay.")
    assert "note: claim at-quay makes the same statement\n" in result.err
    assert result.err.endswith(
        "next: claimtrack cite aurora-lies-east-quay --source ID --quote '…'\n"
    )


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "the statement is missing"),
        (["x", "--kind", "evnt"], "no kind of claim is called 'evnt' (did you mean 'event'?)"),
        (["x", "--subject", "quay"], "--property is missing"),
        (["x", "--negated"], "--unit, --negated, --during and --scope go with --subject"),
        (["x", "--quote", "y"], "--source is missing"),
        (["x", "--source", "gazete"], "no source is called 'gazete' (did you mean 'gazette'?)"),
        (["x", "--id", "No Id"], "'No Id' is no id; ids are lower-case letters"),
        (["x", "--subject", "quay", "--property", "crew", "--value", "1", "--scope", "a"],
         "'a' is no scope; write --scope KEY=VALUE"),
        (["x", "--file", "other.yaml"],
         "'other.yaml' is no file of this register; it has claims.yaml"),
    ],
)  # fmt: skip
def test_add_says_what_is_missing_or_wrong(
    arguments: list[str], said: str, claimtrack: Run, added: Callable[[], list[str]]
) -> None:
    result = claimtrack("add", *arguments)
    assert result.status == 2
    assert result.err.startswith(f"claimtrack: {said}")
    assert added() == []


def test_an_undeclared_name_is_written_and_warned_of(claimtrack: Run, main_file: Path) -> None:
    result = claimtrack("add", "x", "--about", "Mister X", "--id", "x")
    assert result.status == 0
    assert "warning CT207: no entity is called 'Mister X'" in result.err


# ------------------------------------------------------------------------------- further evidence


def test_cite_adds_below_the_comment_that_belongs_to_the_list(
    claimtrack: Run, added: Callable[[], list[str]]
) -> None:
    result = claimtrack(
        "cite", "at-q", "--source", "riv", "--stance", "speculates", "--quote", "a, b"
    )
    assert (result.out, result.err) == (
        "at-quay\n",
        "cited, rival speculates: claims.yaml:18\nnote: the quote is unchecked: source not held\n"
        "next: claimtrack show at-quay\n",
    )
    assert added() == ['      - {source: rival, stance: speculates, quote: "a, b"}']


def test_dispute_denies(claimtrack: Run, added: Callable[[], list[str]]) -> None:
    result = claimtrack(
        "dispute", "in-roads", "--source", "gazette", "--via", "rival", "--note", "so"
    )
    assert result.err.splitlines()[-1] == ("next: claimtrack review in-roads DECISION --why '…'")
    assert added() == [
        "      - source: gazette",
        "        stance: denies",
        "        via: [rival]",
        "        note: so",
    ]
    assert claimtrack("list", "--disputed").ids == ["in-roads"]


# ------------------------------------------------------------------------------- relations, tags


def test_relate(claimtrack: Run, added: Callable[[], list[str]]) -> None:
    result = claimtrack("relate", "at-quay", "supersedes", "in-roads", "--why", "a later look")
    assert (result.status, result.out) == (0, "at-quay\n")
    assert added() == [
        "    relations:",
        "      - type: supersedes",
        "        claim: in-roads",
        "        why: a later look",
    ]
    again = claimtrack("relate", "at-quay", "supersedes", "in-roads", "--why", "y")
    assert (again.status, again.err) == (
        2,
        "claimtrack: 'at-quay' supersedes 'in-roads' already\n",
    )
    assert claimtrack("relate", "at-quay", "denies", "in-roads", "--why", "y").status == 2
    assert claimtrack("relate", "at-quay", "supports", "in-roads").err == (
        "claimtrack: --why is missing\n"
    )
    itself = claimtrack("relate", "in-roads", "supports", "in-roads", "--why", "y")
    assert "error CT212: 'in-roads' is related to itself" in itself.err


def test_tags_there_and_back(claimtrack: Run, main_file: Path) -> None:
    before = main_file.read_bytes()
    assert claimtrack("tag", "at-quay", "one", "2 words", "berths").err.startswith(
        "tagged one, 2 words: claims.yaml:18\n"
    )
    assert b"tags: [berths, one, 2 words]\n" in main_file.read_bytes()
    assert claimtrack("tag", "at-quay", "one").err == (
        "claimtrack: 'at-quay' is tagged one already\n"
    )
    assert claimtrack("tag", "at-quay", "one", "2 words", "--remove").status == 0
    assert main_file.read_bytes() == before
    assert claimtrack("tag", "at-quay", "berths", "--remove").status == 0
    assert main_file.read_bytes() == before.replace(b"    tags: [berths]\n", b"")
    assert claimtrack("tag", "at-quay", "x", "--remove").err == (
        "claimtrack: 'at-quay' is not tagged 'x'; it has none\n"
    )


# -------------------------------------------------------------------------------------- decisions


def test_judge_writes_a_verdict_that_is_valid(
    claimtrack: Run, added: Callable[[], list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1711929600")
    monkeypatch.setenv("CLAIMTRACK_BY", "ann")
    result = claimtrack("judge", "at-quay", "confirmed", "--why", "seen: by two")
    assert (result.out, result.err) == (
        "at-quay\n",
        "judged confirmed: claims.yaml:18\nnext: claimtrack show at-quay\n",
    )
    verdict = json.loads(claimtrack("show", "at-quay", "--format", "json").out)["claim"]["verdict"]
    assert verdict == {"rating": "confirmed", "by": "ann", "on": "2024-04-01", "stale": False}
    lines = added()
    assert lines[0] == "    verdicts:"
    assert lines[1].startswith(
        '      - {rating: confirmed, by: ann, on: 2024-04-01, why: "seen: by two", fingerprint: '
    )
    assert claimtrack("judge", "at-quay", "unproven", "--why", "y", "--by", "bo").status == 0
    assert len(added()) == 3
    assert claimtrack("judge", "at-quay", "sure", "--why", "y").err.startswith(
        "claimtrack: no rating is called 'sure'"
    )


def test_review_settles_a_conflict(
    claimtrack: Run, added: Callable[[], list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1711929600")
    result = claimtrack("review", "aurora.berth", "prevails", "at-q", "--why", "log", "--by", "ann")
    assert (result.status, result.out) == (0, "aurora.berth\n"), result.err
    assert added()[:2] == ["reviews:", "  - conflict: aurora.berth"]
    assert claimtrack("conflicts", "--fail").status == 0
    assert claimtrack("list", "--flag", "overruled").ids == ["in-roads"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["aurora.berth", "prevails"], "the claim that prevails is missing"),
        (["aurora.berth", "upheld"],
         "'upheld' is no decision here: prevails, compatible, unresolved; aurora.berth is a con"),
        (["aurora.berth", "compatible", "at-quay"], "'compatible' names no claim"),
        (["at-quay", "dismissed"], "nothing disputes 'at-quay'; it stands in aurora.berth"),
        (["at-quay", "prevails", "at-quay"], "'prevails' is no decision here"),
        (["nothing", "unresolved"], "no conflict or claim is called 'nothing'"),
        (["aurora.berth", "prevails", "nobody"], "no claim of aurora.berth is called 'nobody'"),
    ],
)  # fmt: skip
def test_review_says_what_does_not_go(
    arguments: list[str], said: str, claimtrack: Run, added: Callable[[], list[str]]
) -> None:
    result = claimtrack("review", *arguments, "--why", "y", "--by", "ann")
    assert result.status == 2
    assert result.err.startswith(f"claimtrack: {said}")
    assert added() == []


def test_review_of_a_dispute(claimtrack: Run, main_file: Path) -> None:
    claimtrack("dispute", "in-roads", "--source", "gazette")
    result = claimtrack("review", "in-roads", "upheld", "--why", "y", "--by", "ann")
    assert result.out == "in-roads\n"
    assert claimtrack("list", "--flag", "overruled").ids == ["in-roads"]
    second = claimtrack("review", "in-roads", "dismissed", "--why", "y", "--by", "ann")
    assert second.status == 0
    assert claimtrack("list", "--disputed").ids == []


# ------------------------------------------------------------------------------ what claims name


def test_entity_add(claimtrack: Run, added: Callable[[], list[str]]) -> None:
    result = claimtrack(
        "entity", "add", "Капитан Иванов", "--kind", "person", "--alias", "Ivanov: the captain"
    )
    assert (result.out, result.err) == (
        "kapitan-ivanov\n",
        "added: claims.yaml:11\nnext: claimtrack add --subject kapitan-ivanov\n",
    )
    assert added() == [
        '  kapitan-ivanov: {name: Капитан Иванов, kind: person, aliases: ["Ivanov: the captain"]}'
    ]
    second = claimtrack("entity", "add", "aurora", "--part-of", "East Quay", "--anonymous")
    assert second.out == "aurora-2\n"
    assert "note: aurora goes by that name too; uses of it must say which\n" in second.err
    assert added()[1:] == ["  aurora-2: {name: aurora, anonymous: true, part_of: quay}"]


def test_property_add(claimtrack: Run, added: Callable[[], list[str]]) -> None:
    flags = ["--single", "--tolerance", "10%", "--unit", "km", "--scope", "phase"]
    assert claimtrack("property", "add", "length", "--type", "number", *flags).out == "length\n"
    choices = ["--choice", "neutral", "--choice", "atlantic=western", "--choice", "western"]
    assert claimtrack("property", "add", "side", "--type", "choice", *choices).status == 0
    assert added() == [
        "  length: {type: number, unit: km, single: true, tolerance: 10%, scope: [phase]}",
        "  side: {type: choice, choices: {neutral: , atlantic: western, western: }}",
    ]
    assert claimtrack("property", "add", "side", "--type", "text").err == (
        "claimtrack: a property has the id 'side' already\n"
    )
    assert "error CT412" in claimtrack(
        "property", "add", "x", "--type", "text", "--tolerance", "10%"
    ).err  # fmt: skip


def test_source_set_adds_and_changes(claimtrack: Run, main_file: Path, tmp_path: Path) -> None:
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources" / "log.txt").write_text("at anchor\n")
    assert claimtrack("source", "set", "log", "--source-file", "log.txt").out == "log\n"
    assert (
        "  log: {file: log.txt, "
        "sha256: 6ac1b6ebc0e2f47ab1cf5e2e6c20cf8f1c03bdcb1b16e50ed85af9afe4f9b1a0}"
    )[:24] in main_file.read_text()
    assert claimtrack("check").status == 0
    assert claimtrack("source", "set", "gazette", "--reliability", "A", "--title", "G: 1").err == (
        "set title, reliability: claims.yaml:4\nnext: claimtrack sources gazette\n"
    )
    text = main_file.read_text()
    assert '  gazette: {title: "G: 1", publisher: The Gazette, reliability: A}' not in text
    assert '  gazette: {title: "G: 1", reliability: A, publisher: The Gazette}\n' in text
    assert claimtrack("source", "set", "gazette", "--unset", "title").status == 0
    assert "  gazette: {reliability: A, publisher: The Gazette}\n" in main_file.read_text()
    (tmp_path / "sources" / "log.txt").unlink()
    moved = claimtrack("source", "set", "log", "--source-file", "other.txt")
    assert "note: the sha256 of the file that it had is gone" in moved.err
    assert "  log: {file: other.txt}\n" in main_file.read_text()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nothing"], "source 'nothing' is new; give at least one fact of it"),
        (["gazette"], "nothing is to be set of source 'gazette'"),
        (["gazette", "--unset", "title"], "source 'gazette' has no title"),
        (["gazette", "--unset", "tilte"], "no fact of a source is called 'tilte' (did you mean"),
        (["gazette", "--genre", "nws"], "no genre is called 'nws' (did you mean 'news'?)"),
    ],
)
def test_source_set_says_what_does_not_go(
    arguments: list[str], said: str, claimtrack: Run, added: Callable[[], list[str]]
) -> None:
    result = claimtrack("source", "set", *arguments)
    assert result.status == 2
    assert result.err.startswith(f"claimtrack: {said}")
    assert added() == []


# -------------------------------------------------------------------------- entries as a whole


def test_rename_takes_every_reference_in_every_file(claimtrack: Run, register: Write) -> None:
    main = register(
        REGISTER.replace("title: Harbour", "include: [more.yaml]\ntitle: Harbour") + "\n",
        {
            "more.yaml": "claims:\r\n- id: x\r\n  statement: x\r\n  about: [Quay, 'quay']\r\n"
            "  evidence: [{source: rival, by: quay}]  # quay\r\n"
            "reviews:\r\n- {conflict: aurora.berth, decision: unresolved}\r\n"
        },
    )
    more = main.parent / "more.yaml"
    result = claimtrack("rename", "quay", "east-quay")
    assert result.out == "east-quay\n"
    assert result.err.startswith("renamed from quay, in 4 places that named it, in 2 files: ")
    assert more.read_bytes() == (
        b"claims:\r\n- id: x\r\n  statement: x\r\n  about: [east-quay, 'east-quay']\r\n"
        b"  evidence: [{source: rival, by: east-quay}]  # quay\r\n"
        b"reviews:\r\n- {conflict: aurora.berth, decision: unresolved}\r\n"
    )
    assert claimtrack("rename", "berth", "lies-at", "--kind", "property").status == 0
    assert b"{conflict: aurora.lies-at, decision" in more.read_bytes()
    assert claimtrack("rename", "aurora", "ship").status == 0
    assert b"{conflict: ship.lies-at, decision" in more.read_bytes()
    assert claimtrack("check").status == 0


def test_decisions_survive_a_renaming(claimtrack: Run, main_file: Path) -> None:
    claimtrack("judge", "at-quay", "confirmed", "--why", "y", "--by", "ann")
    claimtrack("review", "aurora.berth", "prevails", "at-quay", "--why", "y", "--by", "ann")
    for old, new in [("gazette", "paper"), ("at-quay", "moored"), ("aurora", "ship"),
                     ("berth", "lies-at"), ("quay", "east-quay")]:  # fmt: skip
        result = claimtrack("rename", old, new)
        assert result.status == 0, result.err
    assert claimtrack("conflicts", "--fail").status == 0
    assert claimtrack("check").out == "no errors, no warnings; no quotes\n"
    back = [("paper", "gazette"), ("moored", "at-quay"), ("ship", "aurora"),
            ("lies-at", "berth"), ("east-quay", "quay")]  # fmt: skip
    for old, new in back:
        assert claimtrack("rename", old, new).status == 0
    assert main_file.read_text().startswith(HEAD + REGISTER.partition("    tags")[0])


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nothing", "x"], "no claim, source, entity or property has the id 'nothing'"),
        (
            ["at-quay", "in-roads"],
            "a claim has the id 'in-roads' already; claimtrack merge in-roads",
        ),
        (["at-quay", "No"], "'No' is no id"),
        (["quay", "roads"], "an entity has the id 'roads' already"),
        (["quay"], "the new id is missing"),
    ],
)
def test_rename_says_what_does_not_go(
    arguments: list[str], said: str, claimtrack: Run, added: Callable[[], list[str]]
) -> None:
    result = claimtrack("rename", *arguments)
    assert result.status == 2
    assert result.err.startswith(f"claimtrack: {said}")
    assert added() == []


def test_merge_makes_one_claim_of_two(claimtrack: Run, register: Write) -> None:
    main = register(
        "sources: {s: {title: s}, t: {title: t}}\n"
        "claims:\n"
        "  - id: a  # kept\n"
        "    statement: A stands.\n"
        "    evidence:\n"
        "      - {source: s}\n"
        "    relations:\n"
        "      - {type: same-as, claim: b}\n"
        "  - id: b\n"
        "    statement: A is standing.\n"
        "    kind: event\n"
        "    tags: [x]\n"
        "    evidence:\n"
        "      - {source: s}\n"
        "      - {source: t, quote: it stands}\n"
        "    verdicts:\n"
        "      - {rating: unproven}\n"
        "  - id: c\n"
        "    statement: c\n"
        "    relations:\n"
        "      - {type: supports, claim: [a, b]}\n"
        "      - {type: depends-on, claim: b}\n"
    )
    result = claimtrack("merge", "a", "b")
    assert (result.status, result.out) == (0, "a\n"), result.err
    assert "note: statement of b is not carried over: A is standing.\n" in result.err
    assert main.read_text() == (
        "claimtrack: 1\n"
        "sources: {s: {title: s}, t: {title: t}}\n"
        "claims:\n"
        "  - id: a  # kept\n"
        "    statement: A stands.\n"
        "    kind: event\n"
        "    tags: [x]\n"
        "    evidence:\n"
        "      - {source: s}\n"
        "      - {source: t, quote: it stands}\n"
        "  - id: c\n"
        "    statement: c\n"
        "    relations:\n"
        "      - {type: supports, claim: [a]}\n"
        "      - {type: depends-on, claim: a}\n"
    )


def test_remove_refuses_while_something_names_it(
    claimtrack: Run, main_file: Path, added: Callable[[], list[str]]
) -> None:
    result = claimtrack("remove", "aurora")
    assert result.status == 2
    assert result.err == (
        "claims.yaml:20:24: claim at-quay, asserts.subject\n"
        "claims.yaml:28:24: claim in-roads, asserts.subject\n"
        "claimtrack: nothing was written: 2 places name entity 'aurora'; change or remove them "
        "first\n"
    )
    assert added() == []
    gone = claimtrack("remove", "at-quay")
    assert gone.err == (
        "removed: claims.yaml\nnote: the comment above it stays: line 17\nnext: claimtrack check\n"
    )
    text = (HEAD + REGISTER).partition("  - id: at-quay")
    assert main_file.read_text() == text[0] + text[2].partition("saw it\n")[2]


# ------------------------------------------------------------------------------------------- edit


@pytest.fixture
def editor(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[[str], None]:
    """An editor that runs some Python on the text ``t`` of the file that it is given."""

    def use(code: str) -> None:
        script = tmp_path / "editor.py"
        script.write_text(
            "import sys, pathlib\n"
            "p = pathlib.Path(sys.argv[1]); t = p.read_text()\n"
            f"{code}\np.write_text(t)\n"
        )
        monkeypatch.setenv("VISUAL", f"{sys.executable} {script}")

    return use


def test_edit_puts_back_what_the_editor_leaves(
    claimtrack: Run, main_file: Path, editor: Callable[[str], None]
) -> None:
    before = main_file.read_bytes()
    editor("assert t.startswith('  - id: at-quay\\n') and t.endswith('saw it\\n'), t\n"
           "t = t.replace('East Quay.', 'East Quay, moored.') + '\\n'")  # fmt: skip
    result = claimtrack("edit", "at-quay")
    assert (result.out, result.err) == (
        "at-quay\n",
        "edited: claims.yaml:18\nnext: claimtrack show at-quay\n",
    )
    assert main_file.read_bytes() == before.replace(b"the East Quay.", b"the East Quay, moored.")


def test_edit_loses_no_text_that_is_wrong(
    claimtrack: Run, main_file: Path, editor: Callable[[str], None]
) -> None:
    before = main_file.read_bytes()
    editor("t = t.replace('source: gazette', 'source: nowhere')")
    result = claimtrack("edit", "at-quay")
    assert result.status == 2
    assert "claims.yaml:23:18: error CT203: no source has the id 'nowhere'\n" in result.err
    assert main_file.read_bytes() == before
    path = Path(result.err.rpartition("--from ")[2].removesuffix(" tries it again\n"))
    path.write_text(path.read_text().replace("nowhere", "rival"))
    assert claimtrack("edit", "at-quay", "--from", str(path)).status == 0
    assert main_file.read_bytes() == before.replace(b"{source: gazette,", b"{source: rival,")


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("pass", "nothing changed"),
        ("t = ''", "claimtrack: the text is empty; claimtrack remove at-quay takes the claim out"),
        ("t = t.replace('at-quay', 'other')", "claimtrack: "),
        ("t += '  - {id: second, statement: y}\\n'", "claimtrack: "),
        ("t += ']'", "in the text that would have been written:\nclaims.yaml:"),
        ("sys.exit(3)", "claimtrack: the editor '"),
    ],
)
def test_edit_writes_nothing_but_that_claim(
    code: str,
    said: str,
    claimtrack: Run,
    added: Callable[[], list[str]],
    editor: Callable[[str], None],
) -> None:
    editor(code)
    result = claimtrack("edit", "at-quay")
    assert result.err.startswith(said), result.err
    assert added() == []


def test_edit_reads_a_text_from_a_script(
    claimtrack: Run, main_file: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    text = tmp_path / "text"
    text.write_text("- {id: in-roads, statement: short}\n")
    assert claimtrack("edit", "in-roads", "--from", str(text)).status == 0
    assert main_file.read_text().endswith("\n\n  - {id: in-roads, statement: short}\n# the end")


# --------------------------------------------------------------------------------- what all share


@pytest.mark.parametrize(
    "arguments",
    [
        ["add", "x", "--id", "x", "--tag", "é 😀"],
        ["cite", "at-quay", "--source", "rival"],
        ["tag", "at-quay", "new"],
        ["rename", "aurora", "ship"],
        ["remove", "at-quay"],
        ["review", "aurora.berth", "unresolved", "--why", "y", "--by", "ann"],
        ["source", "set", "rival", "--unset", "reliability", "--title", "R"],
    ],
)
def test_a_dry_run_writes_nothing_and_gives_a_patch(
    arguments: list[str], claimtrack: Run, main_file: Path, tmp_path: Path
) -> None:
    before = main_file.read_bytes()
    patch = claimtrack(*arguments, "--dry-run")
    assert patch.status == 0
    assert patch.out.startswith("--- claims.yaml\n+++ claims.yaml\n@@ -")
    assert "next:" not in patch.err
    assert main_file.read_bytes() == before
    done = claimtrack(*arguments)
    assert done.status == 0, done.err
    after = main_file.read_bytes()
    main_file.write_bytes(before)
    subprocess.run(["git", "apply", "-p0", "-"], input=patch.out.encode(), cwd=tmp_path, check=True)
    assert main_file.read_bytes() == after


def test_init_begins_a_register_whose_example_works(claimtrack: Run, tmp_path: Path) -> None:
    result = claimtrack("init", "new", "--title", "Ships: 2024")
    assert (result.status, result.out) == (0, "new/claims.yaml\n")
    assert result.err == (
        "begun: new/claims.yaml, new/claimtrack.schema.json, new/.gitignore\n"
        "next: claimtrack --register new source add FILE\n"
    )
    main = tmp_path / "new" / "claims.yaml"
    text = main.read_text()
    assert text.startswith("# yaml-language-server: $schema=claimtrack.schema.json\n")
    assert 'title: "Ships: 2024"\n' in text
    assert claimtrack("--register", "new", "check").out.startswith("no errors, no warnings")
    head, _, example = text.partition("claimtrack conflicts\n#\n")
    kept = [line for line in head.splitlines() if not line.endswith(":")]
    lines = [line.removeprefix("#").removeprefix(" ") for line in example.splitlines()]
    main.write_text("\n".join([*kept, *lines]) + "\n")
    assert claimtrack("--register", "new", "check").out.startswith("no errors, no warnings")
    conflicts = claimtrack("--register", "new", "conflicts").out
    assert conflicts.splitlines()[0] == "hard · open  aurora.berth"
    again = claimtrack("init", "new")
    assert (again.status, again.err) == (
        2,
        "claimtrack: new/claims.yaml is there already; nothing was written\n",
    )


def test_a_dry_run_of_init_gives_a_patch(claimtrack: Run, tmp_path: Path) -> None:
    shown = claimtrack("init", "--dry-run", "--title", "Ships")
    assert (shown.status, list(tmp_path.iterdir())) == (0, [])
    subprocess.run(["git", "apply", "-p0", "-"], input=shown.out.encode(), cwd=tmp_path, check=True)
    files = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    for path in tmp_path.iterdir():
        path.unlink()
    claimtrack("init", "--title", "Ships")
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == files
    assert len(files) == 3


def test_a_new_register_takes_its_first_entries(claimtrack: Run, tmp_path: Path) -> None:
    claimtrack("init")
    for arguments in [
        ["source", "set", "log", "--title", "The log"],
        ["entity", "add", "Aurora"],
        ["property", "add", "crew", "--type", "number"],
        ["add", "Forty sail on her.", "--subject", "aurora", "--property", "crew", "--value",
         "about 40", "--source", "log"],
        ["add", "Fifty sail on her.", "--source", "log"],
        ["judge", "forty-sail", "unproven", "--why", "one log", "--by", "ann"],
    ]:  # fmt: skip
        result = claimtrack(*arguments)
        assert result.status == 0, result.err
    assert claimtrack("check").out == "no errors, no warnings; no quotes\n"
    text = (tmp_path / "claims.yaml").read_text()
    assert "sources:\n  log:\n    title: The log\n" in text
    assert "\n\n  - id: fifty-sail\n" in text


def test_a_broken_claim_elsewhere_stands_in_nobodys_way(claimtrack: Run, main_file: Path) -> None:
    main_file.write_text(main_file.read_text() + "\n  - id: broken\n    statment: x\n")
    assert claimtrack("tag", "at-quay", "new").status == 0
    worse = claimtrack("relate", "at-quay", "supports", "broken", "--why", "y")
    assert worse.err == (
        "claimtrack: 'broken' is left out because of an error; claimtrack check says why\n"
    )
    assert claimtrack("edit", "broken", "--from", "/dev/null").status == 2
    assert claimtrack("remove", "broken").status == 0
    assert claimtrack("check").status == 0


def test_a_register_that_cannot_be_read_is_not_written(claimtrack: Run, main_file: Path) -> None:
    main_file.write_text("claimtrack: 2\n")
    result = claimtrack("add", "x")
    assert result.status == 3
    assert "error CT109" in result.err
    assert main_file.read_text() == "claimtrack: 2\n"


def test_many_writers_at_once_lose_nothing(main_file: Path, claimtrack: Run) -> None:
    program = [sys.executable, "-m", "claimtrack", "add"]
    writers = [
        subprocess.Popen([*program, f"Statement number {number}."], cwd=main_file.parent,
                         stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        for number in range(8)
    ]  # fmt: skip
    outcomes = [writer.communicate() for writer in writers]
    assert [writer.returncode for writer in writers] == [0] * 8, outcomes
    assert len({out for out, _ in outcomes}) == 8
    said = set(claimtrack("list", "--ids").out.split())
    assert {out.decode().strip() for out, _ in outcomes} < said
    assert len(said) == 10
    assert sorted(path.name for path in main_file.parent.iterdir()) == ["claims.yaml"]


def test_a_link_is_followed(claimtrack: Run, main_file: Path, tmp_path: Path) -> None:
    target = tmp_path / "elsewhere.yaml"
    main_file.rename(target)
    main_file.symlink_to("elsewhere.yaml")
    target.chmod(0o640)
    assert claimtrack("tag", "at-quay", "new").status == 0
    assert main_file.is_symlink()
    assert "tags: [berths, new]" in target.read_text()
    assert target.stat().st_mode & 0o777 == 0o640


def test_a_read_only_file_is_left_alone(claimtrack: Run, main_file: Path) -> None:
    main_file.chmod(0o444)
    result = claimtrack("tag", "at-quay", "new")
    assert (result.status, result.err) == (
        4,
        "claimtrack: claims.yaml is read-only (mode 0444); nothing was written\n",
    )


def test_text_is_data(claimtrack: Run, main_file: Path) -> None:
    said = "\x1b[31m[bold]x[/bold] $(touch y) `z` '; - {a: &b *c} # no\u202e"
    result = claimtrack("add", said, "--id", "odd", "--note", "1\n\n  2\t3\n")
    assert result.status == 0, result.err
    claim = json.loads(claimtrack("show", "odd", "--format", "json").out)["claim"]
    assert (claim["statement"], claim["note"]) == (said, "1\n\n  2\t3\n")
    assert "\x1b" not in claimtrack("add", said, "--dry-run").err


def test_signs_of_every_plane_are_written_as_they_are(claimtrack: Run, main_file: Path) -> None:
    claimtrack("add", "Ship 🚢 in 𐎠", "--id", "x", "--note", "one 🚢\ntwo")
    assert main_file.read_text().count("🚢") == 2
    assert "    statement: Ship 🚢 in 𐎠\n" in main_file.read_text()
    assert "    note: |-\n      one 🚢\n      two\n" in main_file.read_text()

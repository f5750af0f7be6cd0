"""One claim's history, as somebody asks for it."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimtrack.model import Claim
from claimtrack.reading import git as git_program
from claimtrack.reading.claim_entries import (
    ClaimEntry,
    claim_as_written,
    entries_with,
    find_entry,
    stands_in,
)
from claimtrack.reading.desk import Catalogue
from claimtrack.reading.nametable import NameTable
from claimtrack.reading.yamltext import NotYaml
from conftest import Run
from repositories import Repository

HEAD = """claimtrack: 1
sources:
  gazette: {reliability: B}
  rival: {reliability: C}
entities:
  bay: {name: North Bay}
  quay: {name: East Quay}
  ship: {name: Aurora}
properties:
  berth: {type: entity, single: true}
"""
QUAY = """  - id: at-quay
    statement: The Aurora lies at the East Quay.
    asserts: {subject: ship, property: berth, value: quay}
    evidence:
      - {source: gazette, quote: made fast at the East Quay, credibility: 2}
"""
OTHER = """  - id: sails
    statement: The Aurora will sail in autumn.
"""
BASE = f"{HEAD}claims:\n{QUAY}{OTHER}"
CREATED = "created in claims.yaml: ‘The Aurora lies at the East Quay.’"


def told(out: str) -> list[list[str]]:
    """Each event: its heading without the commit's id, then what it changed."""
    found = []
    for block in out.rstrip("\n").split("\n\n")[1:]:
        head, *lines = block.split("\n")
        found.append([re.sub("^[0-9a-f]{8}  ", "", head), *(line.strip() for line in lines)])
    return found


@pytest.fixture
def log(claimtrack: Run) -> Any:
    """The events that the history of a claim tells."""

    def run(claim: str, *arguments: str, register: str = "claims.yaml") -> list[list[str]]:
        result = claimtrack("--register", register, "log", claim, *arguments)
        assert (result.status, result.err) == (0, "")
        return told(result.out)

    return run


def test_who_changed_what_and_when(repository: Repository, claimtrack: Run) -> None:
    first = repository.commit(BASE, on="2026-11-01", message="The ship")
    repository.commit(BASE.replace("in autumn", "soon"), on="2026-11-02")
    restated = BASE.replace("lies at the East", "is at the East")
    second = repository.commit(
        restated.replace("credibility: 2", "credibility: 3"),
        by="second reader",
        on="2026-11-03",
        message="Second reading",
    )
    repository.write({"claims.yaml": restated.replace("value: quay", "value: bay")})
    result = claimtrack("log", "quay")
    assert result.out == (
        "at-quay  3 changes\n"
        "\n"
        "not committed\n"
        "  berth: value from ‘East Quay’ to ‘North Bay’\n"
        "  evidence from gazette: credibility from ‘3’ to ‘2’\n"
        "\n"
        f"{second[:8]}  2026-11-03  second reader  Second reading\n"
        "  statement from ‘The Aurora lies at the East Quay.’ "
        "to ‘The Aurora is at the East Quay.’\n"
        "  evidence from gazette: credibility from ‘2’ to ‘3’\n"
        "\n"
        f"{first[:8]}  2026-11-01  ann  The ship\n"
        f"  {CREATED}\n"
    )
    assert (result.status, result.err) == (0, "")


EDITS = [
    ("    evidence:\n", "    tags: [ship]\n    evidence:\n", "tags from nothing to [ship]"),
    (
        "    evidence:\n",
        "    relations: [{type: supports, claim: sails}]\n    evidence:\n",
        "a relation more (supports sails)",
    ),
    (
        "      - {source: gazette,",
        "      - {source: rival, stance: denies}\n      - {source: gazette,",
        "an item of evidence more (rival, denies)",
    ),
    (
        "    evidence:\n",
        "    verdicts: [{rating: confirmed, by: ann, on: 2026-11-22}]\n    evidence:\n",
        "verdict up from none to confirmed by ann on 2026-11-22",
    ),
    (
        "value: quay",
        "value: quay, negated: true",
        "berth: value from ‘East Quay’ to ‘not East Quay’",
    ),
]


@pytest.mark.parametrize(("old", "new", "clause"), EDITS)
def test_each_kind_of_change(
    old: str, new: str, clause: str, repository: Repository, log: Any
) -> None:
    repository.commit(BASE)
    repository.commit(BASE.replace(old, new))
    assert log("at-quay")[0][1:] == [clause]


def test_a_property_that_is_gone_since_is_called_by_its_id(
    repository: Repository, log: Any
) -> None:
    repository.commit(BASE)
    properties = "  mooring-place: {type: entity, single: true}\n"
    repository.commit(
        BASE.replace("  berth: {type: entity, single: true}\n", properties).replace(
            "property: berth", "property: mooring-place"
        )
    )
    assert log("at-quay")[0][1:] == [
        "an assertion less (Aurora: berth: quay)",
        "an assertion more (Aurora: mooring place: East Quay)",
    ]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("value: quay", "value: East Quay"),
        ("    statement: The", "    # so they say\n    note: seen\n    statement: The"),
        ("{source: gazette, quote", "{source: gazette, line: 4, quote"),
        ("\n", "\r\n"),
    ],
)
def test_what_means_the_same_is_no_change(
    old: str, new: str, repository: Repository, log: Any
) -> None:
    repository.commit(BASE)
    repository.commit(BASE.replace(old, new))
    repository.write({"claims.yaml": BASE})
    assert log("at-quay") == [["2026-11-20  ann  on", CREATED]]


def test_what_stands_around_a_claim_does_not_change_it(repository: Repository, log: Any) -> None:
    """And what follows it does where it is its own."""
    repository.commit(BASE)
    text = BASE
    for number in range(3):
        more = f"  - id: c{number}\n    statement: more\n"
        text = text.replace("claims:\n", f"claims:\n{more}")
        repository.commit(text + f"  - {{id: d{number}, statement: more}}\n")
    assert log("at-quay") == [["2026-11-20  ann  on", CREATED]]
    repository.commit(f"{HEAD}claims:\n{QUAY}    tags: [a]\n")
    repository.commit(f"{HEAD}claims:\n{QUAY}\n\n    # but this is\n\n    tags: [b]\n{OTHER}")
    repository.commit(f"{HEAD}claims:\n{QUAY}")
    assert [event[1:] for event in log("at-quay")] == [
        ["tags from [b] to nothing"],
        ["tags from [a] to [b]"],
        ["tags from nothing to [a]"],
        [CREATED],
    ]


def test_a_section_that_is_called_otherwise_holds_no_claim(
    repository: Repository, log: Any
) -> None:
    repository.commit(f"{HEAD}claims:\n{OTHER}reviews:\n{QUAY}")
    repository.commit(BASE)
    assert log("at-quay") == [["2026-11-20  ann  on", CREATED]]


def test_what_an_alias_stands_for_may_change_elsewhere(repository: Repository, log: Any) -> None:
    text = (
        f"{HEAD}claims:\n  - {{id: first, statement: x, tags: &tags [one]}}\n"
        "  - {id: second, statement: y, tags: *tags}\n"
    )
    repository.commit(text)
    repository.commit(text.replace("[one]", "[two]"))
    assert log("second")[0][1:] == ["tags from [one] to [two]"]


# ------------------------------------------------------------------------------- where it came from


def test_a_claim_that_is_moved_between_files_and_renamed(repository: Repository, log: Any) -> None:
    include = HEAD.replace("claimtrack: 1\n", "claimtrack: 1\ninclude: [parts/*.yaml]\n")
    repository.commit({"data/claims.yaml": BASE})
    repository.commit({"data/claims.yaml": BASE.replace("at-quay", "at-the-quay")})
    repository.commit(
        {
            "data/claims.yaml": f"{include}claims:\n{OTHER}",
            "data/parts/one.yaml": "claims:\n" + QUAY.replace("at-quay", "at-the-quay"),
        }
    )
    Path("data/parts/one.yaml").rename("data/parts/two.yaml")
    repository.commit()
    Path("data").rename("register")
    repository.commit()
    Path("register/claims.yaml").rename("register/main.yaml")
    repository.commit({"register/parts/two.yaml": "claims:\n" + QUAY.replace("at-quay", "moored")})
    assert [event[1:] for event in log("moored", register="register/main.yaml")] == [
        ["renamed from at-the-quay to moored"],
        ["moved from ../data/parts/two.yaml to parts/two.yaml"],
        ["moved from ../data/parts/one.yaml to ../data/parts/two.yaml"],
        ["moved from ../data/claims.yaml to ../data/parts/one.yaml"],
        ["renamed from at-quay to at-the-quay"],
        ["created in ../data/claims.yaml: ‘The Aurora lies at the East Quay.’"],
    ]


def test_a_claim_that_came_and_went_and_came_again(repository: Repository, log: Any) -> None:
    without = f"{HEAD}claims:\n{OTHER}"
    gone = ["gone from claims.yaml"]
    repository.commit(BASE)
    repository.commit(without)
    assert [event[1:] for event in log("at-quay")] == [gone, [CREATED]]
    repository.commit(BASE.replace("at the East Quay.", "at a quay."))
    repository.commit(without.replace("soon", "late"))
    repository.commit(f"{without}# nothing\n")
    created = ["created in claims.yaml: ‘The Aurora lies at a quay.’"]
    assert [event[1:] for event in log("at-quay")] == [gone, created, gone, [CREATED]]
    repository.write({"claims.yaml": BASE})
    assert log("at-quay")[0] == ["not committed", CREATED]


def test_a_claim_that_is_taken_away_and_not_committed(repository: Repository, log: Any) -> None:
    repository.commit(BASE)
    repository.write({"claims.yaml": f"{HEAD}claims:\n{OTHER}"})
    assert log("at-quay") == [
        ["not committed", "gone from claims.yaml"],
        ["2026-11-20  ann  on", CREATED],
    ]


def test_a_copy_elsewhere_is_not_where_it_came_from(repository: Repository, log: Any) -> None:
    repository.commit({"examples/claims.yaml": BASE})
    repository.commit({"claims.yaml": BASE, "examples/claims.yaml": f"{BASE}# more\n"})
    assert [event[1:] for event in log("at-quay")] == [[CREATED]]


# ------------------------------------------------------------------------------------------ merges


def branches(repository: Repository, ours: str, theirs: str, merged: str) -> None:
    """Two branches that change the register, and a merge of them."""
    repository.commit(BASE, on="2026-11-01", message="base")
    repository.git("checkout", "--quiet", "-b", "side")
    repository.commit(theirs, by="second reader", on="2026-11-02", message="theirs")
    repository.git("checkout", "--quiet", "main")
    repository.commit(ours, on="2026-11-03", message="ours")
    repository.git("merge", "--quiet", "--no-commit", "--strategy", "ours", "side")
    repository.commit(merged, on="2026-11-04", message="both")


OURS = BASE.replace("value: quay", "value: bay")
THEIRS = BASE.replace("value: quay", "value: ship")
TO_BAY = "berth: value from ‘East Quay’ to ‘North Bay’"
TO_SHIP = "berth: value from ‘East Quay’ to ‘Aurora’"


def test_a_change_on_a_merged_branch_is_told_once(repository: Repository, log: Any) -> None:
    branches(repository, BASE.replace("in autumn", "soon"), THEIRS, THEIRS)
    assert log("at-quay") == [
        ["2026-11-02  second reader  theirs", TO_SHIP],
        ["2026-11-01  ann  base", CREATED],
    ]


def test_a_merge_that_drops_a_change_says_so(repository: Repository, log: Any) -> None:
    branches(repository, OURS, THEIRS, OURS)
    assert log("at-quay") == [
        ["2026-11-04  ann  a merge:  both", "berth: value from ‘Aurora’ to ‘North Bay’"],
        ["2026-11-03  ann  ours", TO_BAY],
        ["2026-11-02  second reader  theirs", TO_SHIP],
        ["2026-11-01  ann  base", CREATED],
    ]


def test_a_merge_that_is_as_neither_branch(repository: Repository, log: Any) -> None:
    branches(repository, OURS, THEIRS, OURS.replace("value: bay", "value: quay, negated: true"))
    assert log("at-quay")[0] == [
        "2026-11-04  ann  a merge:  both",
        "berth: value from ‘North Bay’ to ‘not East Quay’",
        "berth: value from ‘Aurora’ to ‘not East Quay’",
    ]


def test_a_merge_that_leaves_out_a_claim_of_a_branch(repository: Repository, log: Any) -> None:
    more = f"{BASE}  - {{id: new, statement: something}}\n"
    branches(repository, OURS, more, OURS)
    assert log("new") == [
        ["2026-11-04  ann  a merge:  both", "gone from claims.yaml"],
        ["2026-11-02  second reader  theirs", "created in claims.yaml: ‘something’"],
    ]


# ------------------------------------------------------------------------------ what cannot be told


def test_a_commit_in_which_the_file_is_no_yaml(repository: Repository, log: Any) -> None:
    flow = "{id: sails, statement: The Aurora will sail in %s.}"
    text = f"{HEAD}claims:\n{QUAY}  - {flow}\n"
    repository.commit(text % "autumn", on="2026-11-01")
    repository.commit((text % "winter") + "claims: [\n", on="2026-11-02")
    repository.commit((text % "summer") + "claims: [\n", on="2026-11-03")
    repository.commit(text % "summer", on="2026-11-04")
    found = log("sails")
    assert [event[0] for event in found] == ["2026-11-02  ann  on", "2026-11-01  ann  on"]
    broken, change = found[0][1:]
    assert broken.startswith("claims.yaml cannot be read as it is here (not YAML: ")
    assert broken.endswith("what changed is told as the next commit has it in which it can be read")
    assert change == (
        "statement from ‘The Aurora will sail in autumn.’ to ‘The Aurora will sail in summer.’"
    )


def test_a_broken_register_around_it_does_not_matter(repository: Repository, log: Any) -> None:
    repository.commit(BASE, on="2026-11-01")
    broken = OURS.replace("claimtrack: 1", "claimtrack: 7").replace("gazette: {", "x: {")
    repository.commit(f"{broken}claims: [\n", on="2026-11-02")
    repository.commit(OURS, on="2026-11-03")
    assert log("at-quay") == [["2026-11-02  ann  on", TO_BAY], ["2026-11-01  ann  on", CREATED]]


def test_an_entry_with_an_error(repository: Repository, claimtrack: Run) -> None:
    repository.commit(BASE)
    repository.commit(BASE.replace("value: quay", "value: quay, colour: red"))
    repository.commit(OURS)
    repository.write({"claims.yaml": BASE.replace("value: quay", "vale: quay")})
    result = claimtrack("log", "at-quay")
    assert [event[1:] for event in told(result.out)] == [
        ["written with an error, which leaves it out"],
        ["an error in it mended, which had left it out"],
        ["written with an error, which leaves it out"],
        [CREATED],
    ]


def test_a_shallow_clone_says_where_its_history_is_cut(
    repository: Repository, claimtrack: Run, tmp_path: Path
) -> None:
    repository.commit(BASE, on="2026-11-01")
    repository.commit(BASE.replace("in autumn", "soon"), on="2026-11-02")
    repository.commit(OURS.replace("in autumn", "soon"), on="2026-11-03")
    repository.git("clone", "--quiet", "--depth", "2", f"file://{tmp_path}", "clone")
    result = claimtrack("--register", "clone", "log", "at-quay")
    assert told(result.out) == [
        ["2026-11-03  ann  on", TO_BAY],
        [
            "2026-11-02  ann  on",
            "there already in the oldest commit that was fetched; git fetch --unshallow gets more: "
            "‘The Aurora lies at the East Quay.’",
        ],
    ]
    rows = json.loads(claimtrack("--register", "clone", "log", "at-quay", "--format", "json").out)
    assert [event["boundary"] for event in rows["events"]] == [False, True]
    assert told(claimtrack("log", "at-quay").out)[-1][1] == CREATED


def test_no_more_than_are_asked_for(repository: Repository, claimtrack: Run) -> None:
    for number in range(4):
        repository.commit(BASE.replace("lies", f"lies ({number})"), on=f"2026-11-0{number + 1}")
    result = claimtrack("log", "at-quay", "--limit", "2")
    assert len(told(result.out)) == 3
    assert result.out.endswith("\nWhat came before is not told: no more than 2 were asked for.\n")
    assert "What came before" not in claimtrack("log", "at-quay", "--limit", "4").out
    rows = json.loads(claimtrack("log", "at-quay", "--limit", "1", "--format", "json").out)
    assert (len(rows["events"]), rows["complete"]) == (1, False)
    assert rows["reason"] == "no more than 1 were asked for"


def test_looking_back_has_an_end(
    repository: Repository, claimtrack: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository.commit(BASE)
    repository.write({"claims.yaml": OURS})
    monkeypatch.setattr(git_program, "LARGEST", 0)
    result = claimtrack("log", "at-quay")
    assert result.status == 0
    assert result.out.endswith(
        "\nWhat came before is not told: its earlier states are too large to look through.\n"
    )


@pytest.mark.parametrize(
    ("claim", "said"),
    [
        ("at-kuay", "no claim, now or before, is called 'at-kuay' (did you mean 'at-quay'?)"),
        ("At Quay", "no claim is called 'At Quay' (did you mean 'at-quay'?)"),
        ("a", "'a' fits 2: at-quay, sails; write more of the one that is meant"),
        ("", "no claim is called ''"),
    ],
)
def test_what_names_no_claim(
    claim: str, said: str, repository: Repository, claimtrack: Run
) -> None:
    repository.commit(BASE)
    result = claimtrack("log", claim)
    assert (result.status, result.out) == (2, "")
    assert result.err.startswith(f"claimtrack: {said}")


def test_without_a_history(repository: Repository, claimtrack: Run, tmp_path: Path) -> None:
    repository.write({"claims.yaml": BASE})
    assert told(claimtrack("log", "at-quay").out) == [["not committed", CREATED]]
    outside = tmp_path.parent / f"{tmp_path.name}-outside"
    outside.mkdir()
    (outside / "claims.yaml").write_text(BASE, "utf-8")
    result = claimtrack("--register", str(outside), "log", "at-quay")
    assert (result.status, result.err) == (2, "claimtrack: the register is not under git\n")


def test_as_json(repository: Repository, claimtrack: Run) -> None:
    first = repository.commit(BASE, on="2026-11-01", message="The ship")
    repository.write({"claims.yaml": OURS})
    told_ = json.loads(claimtrack("log", "at-quay", "--format", "json").out)
    nobody = dict.fromkeys(["commit", "author", "date", "subject"])
    flags = {"merge": False, "boundary": False, "file": "claims.yaml"}
    assert told_ == {
        "format": 1,
        "claim": "at-quay",
        "events": [
            {
                **nobody,
                **flags,
                "changes": [
                    {
                        "what": "assertion",
                        "claim": None,
                        "before": "Aurora: berth: East Quay",
                        "after": "Aurora: berth: North Bay",
                        "told": TO_BAY,
                    }
                ],
            },
            {
                "commit": first,
                "author": "ann",
                "date": "2026-11-01",
                "subject": "The ship",
                **flags,
                "changes": [
                    {
                        "what": "created",
                        "claim": None,
                        "before": None,
                        "after": "The Aurora lies at the East Quay.",
                        "told": CREATED,
                    }
                ],
            },
        ],
        "complete": True,
        "reason": None,
    }


# ------------------------------------------------------------------------------- found by its look

LINES = [
    "",
    "# aside",
    "  # aside",
    "    # its own",
    "reviews:",
    "claims:",
    "title: x",
    "  - id: other",
    "    id: other",
    "    statement: x",
    "    statement: >-",
    "    note: |",
    "      - id: at-quay",
    "      text",
    "    tags: [a]",
    "    tags:",
    "    - a",
    "  - {id: flow, statement: at-quay}",
    "  - statement: y",
    *BASE.splitlines(),
]
ORDER = st.lists(st.integers(0, len(LINES) - 1), max_size=4)
PLACES = st.lists(st.tuples(st.integers(0, 24), st.booleans()), max_size=4)


def edited(places: list[tuple[int, bool]], lines: list[int]) -> bytes:
    """The register with some lines taken out, and some put in."""
    text = BASE.splitlines()
    for (at, is_removed), line in zip(places, lines, strict=False):
        at = min(at, len(text))
        text[at : at + is_removed] = [] if is_removed and line % 2 else [LINES[line]]
    return ("\n".join(text) + "\n").encode()


def exactly(data: bytes) -> ClaimEntry | None:
    """The entry by all that the file says."""
    return next((each for each in entries_with(data, "at-quay") if each.id == "at-quay"), None)


@settings(max_examples=500)
@given(PLACES, ORDER, PLACES, ORDER)
def test_an_entry_found_by_its_look_is_the_one_that_is_there(
    places: list[tuple[int, bool]],
    lines: list[int],
    more_places: list[tuple[int, bool]],
    more_lines: list[int],
) -> None:
    one, other = edited(places, lines), edited(more_places, more_lines)
    catalogue = Catalogue({}, {}, {}, NameTable.of([]), {})
    try:
        first, second = exactly(one), exactly(other)
    except NotYaml:
        return

    def meaning(entry: ClaimEntry | None) -> Claim | None:
        return None if entry is None else claim_as_written(entry, catalogue)

    found = find_entry(one, "at-quay")
    assert meaning(found) == meaning(first)
    if first is not None and found is not None:
        assert (found.first_line, found.before) == (first.first_line, first.before)
        assert stands_in(found, one) or not found.before.endswith("- ")
        if stands_in(first, other) or stands_in(found, other):
            assert meaning(second) == meaning(first)


# ------------------------------------------------------------------------------ ids, given and bad


@pytest.mark.parametrize(
    ("now", "changes"),
    [
        (BASE, []),
        (BASE.replace("sails", "sails-on"), []),
        (BASE.replace("in autumn", "soon"), []),
        # What it names was renamed before anything was committed, too.
        (
            BASE.replace("gazette", "paper"),
            [
                "an item of evidence less (gazette, asserts)",
                "an item of evidence more (paper, asserts)",
            ],
        ),
    ],
)
def test_an_id_given_since_the_last_commit(
    now: str, changes: list[str], repository: Repository, log: Any
) -> None:
    repository.commit(BASE, on="2026-11-01", message="The ship")
    repository.write({"claims.yaml": now.replace("at-quay", "moored")})
    assert log("moored") == [
        ["not committed", "renamed from at-quay to moored", *changes],
        ["2026-11-01  ann  The ship", CREATED],
    ]


def test_a_copy_under_another_id_is_no_renaming(repository: Repository, log: Any) -> None:
    repository.commit(BASE)
    repository.write({"claims.yaml": BASE + QUAY.replace("at-quay", "moored")})
    assert log("moored") == [["not committed", CREATED]]


def test_a_verdict_that_a_renaming_renewed_was_not_rewritten(
    repository: Repository, claimtrack: Run, log: Any
) -> None:
    judge = ("judge", "at-quay", "confirmed", "--by", "ann", "--on", "2026-11-22", "--why", "seen")
    repository.commit(BASE)
    assert claimtrack(*judge).status == 0
    repository.commit()
    assert claimtrack("rename", "gazette", "paper").status == 0
    told_last = log("at-quay")[0]
    assert told_last[-1] == "verdict confirmed renewed on what the claim says now"


@pytest.mark.parametrize("command", ["log", "blame"])
def test_an_id_that_is_none_may_hold_any_sign(
    command: str, repository: Repository, claimtrack: Run
) -> None:
    repository.commit(f'{BASE}  - id: "a(b"\n    statement: Odd.\n', message="Odd")
    result = claimtrack(command, "a(b")
    assert (result.status, result.err) == (0, "")
    assert result.out.startswith("a(b")
    repository.commit(f'{BASE}  - {{statement: Odd., id: "a(b"}}\n')
    assert claimtrack(command, "a(b").status == 0
    assert claimtrack(command, "a(").status == 2

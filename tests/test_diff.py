"""What changed in meaning between two states of a register under git."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from claimtrack.reading import git as git_program
from conftest import Run
from repositories import Repository

BASE = """claimtrack: 1
title: The harbour
sources:
  gazette: {title: The Gazette, reliability: B}
  rival: {reliability: C}
entities:
  bay: {name: North Bay, kind: place}
  quay: {name: East Quay, kind: place, part_of: bay}
  roads: {name: the outer roads, kind: place}
  ship: {name: Aurora, kind: ship}
properties:
  berth: {type: entity, single: true}
  length: {type: number, unit: m, single: true}
claims:
  - id: at-quay
    statement: The Aurora lies at the East Quay.
    asserts: {subject: ship, property: berth, value: quay}
    evidence:
      - {source: gazette, quote: made fast at the East Quay, credibility: 2}
  - id: long
    statement: The Aurora is 100 m long.
    asserts: {subject: ship, property: length, value: 100}
    evidence:
      - {source: rival}
"""
IN_ROADS = """  - id: in-roads
    statement: The Aurora lies in the outer roads.
    asserts: {subject: ship, property: berth, value: roads}
    evidence:
      - {source: rival}
"""
BOTH = BASE + IN_ROADS


def sections(out: str) -> dict[str, list[str]]:
    """The headings of a page, each with the lines under it."""
    found: dict[str, list[str]] = {}
    for block in out.rstrip("\n").split("\n\n")[1:]:
        title, *lines = block.split("\n")
        found[title] = [line.strip() for line in lines]
    return found


def ground(claimtrack: Run, conflict: str) -> str:
    """The fingerprint that a review of a conflict carries as it is."""
    return claimtrack("conflicts", conflict).out.split("for a review: ")[1].split()[0]


def fingerprint(claimtrack: Run, claim: str) -> str:
    return str(
        json.loads(claimtrack("show", claim, "--format", "json").out)["claim"]["fingerprint"]
    )


@pytest.fixture
def diff(repository: Repository, claimtrack: Run) -> Any:
    """Commit one text, write the other, and give the page of what differs by its headings."""

    def run(before: str, after: str) -> dict[str, list[str]]:
        repository.commit(before)
        repository.write({"claims.yaml": after})
        result = claimtrack("diff")
        assert (result.status, result.err) == (0, "")
        return sections(result.out)

    return run


# -------------------------------------------------------------------------------- what is compared


def test_the_files_as_they_are_with_the_last_commit(
    repository: Repository, claimtrack: Run
) -> None:
    commit = repository.commit(BASE)
    repository.write({"claims.yaml": BOTH})
    result = claimtrack("diff")
    assert result.out == (
        f"From HEAD ({commit[:8]}, 2026-11-20, ann) to the files as they are\n"
        "\n"
        "Conflicts opened 1\n"
        "  ship.berth  hard  Aurora: berth?\n"
        "    East Quay: at-quay\n"
        "    the outer roads: in-roads\n"
        "\n"
        "Claims added 1\n"
        "  in-roads\n"
        "    The Aurora lies in the outer roads.\n"
        "\n"
        "Standing that moved though nobody edited the claim 1\n"
        "  at-quay  uncontested → conflicting\n"
    )
    assert (result.status, result.err) == (0, "")


@pytest.mark.parametrize(
    ("arguments", "titles"),
    [
        (["HEAD"], []),
        (["HEAD~1"], ["Conflicts closed 1", "Claims gone 1", "Claims restated 1"]),
        (["HEAD~2", "HEAD~1"], ["Conflicts opened 1", "Claims added 1"]),
        (["HEAD~2..HEAD~1"], ["Conflicts opened 1", "Claims added 1"]),
        (["HEAD~1..HEAD~2"], ["Conflicts closed 1", "Claims gone 1"]),
        (["HEAD~2.."], ["Claims restated 1", "Assertions changed 1"]),
        (["..HEAD~2"], ["Claims restated 1", "Assertions changed 1"]),
        (["HEAD~2...HEAD~1"], ["Conflicts opened 1", "Claims added 1"]),
        (["first", "HEAD~1"], ["Conflicts opened 1", "Claims added 1"]),
        (["marked", "HEAD~1"], ["Conflicts opened 1", "Claims added 1"]),
        (["heads/side", "HEAD~1"], ["Conflicts opened 1", "Claims added 1"]),
        ([":/one", "HEAD~1"], ["Conflicts opened 1", "Claims added 1"]),
    ],
)
def test_revisions_are_what_git_takes_for_such(
    arguments: list[str], titles: list[str], repository: Repository, claimtrack: Run
) -> None:
    first = repository.commit(BASE, message="one", on="2026-11-01")
    repository.commit(BOTH, message="two", on="2026-11-02")
    repository.commit(BASE.replace("100", "120"), on="2026-11-03")
    repository.git("tag", "first", first)
    repository.git("tag", "--annotate", "--message", "x", "marked", first)
    repository.git("branch", "side", first)
    found = list(sections(claimtrack("diff", *arguments).out))
    assert found[: len(titles)] == titles or found == titles


def test_what_a_branch_changed_since_it_went_apart(repository: Repository, claimtrack: Run) -> None:
    repository.commit(BASE)
    repository.git("checkout", "--quiet", "-b", "side")
    repository.commit(BOTH)
    repository.git("checkout", "--quiet", "main")
    repository.commit(BASE.replace("100 m", "a hundred metres"))
    assert list(sections(claimtrack("diff", "main...side").out))[:2] == [
        "Conflicts opened 1",
        "Claims added 1",
    ]
    assert "Claims restated 1" in sections(claimtrack("diff", "main..side").out)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nowhere"], "'nowhere' names no commit here"),
        (["--", "-x"], "'-x' names no commit here"),
        (["--", "--all"], "'--all' names no commit here"),
        ([""], "'' names no commit here"),
        (["HEAD~9"], "'HEAD~9' names no commit here"),
        (["^HEAD"], "'^HEAD' names no commit here"),
        (["HEAD:claims.yaml"], "'HEAD:claims.yaml' names no commit here"),
        (["HEAD^{tree}"], "'HEAD^{tree}' names no commit here"),
        (["\x1b[31m"], "'\\u001b[31m' names no commit here"),
        (["one\0two"], "'one\\u0000two' names no commit here"),
        (["HEAD..HEAD", "HEAD"], "'HEAD..HEAD' names two revisions by itself"),
        (["both"], "'both' may name several things"),
        (["HEAD", "both"], "such as heads/both for a branch or tags/both for a tag"),
        (["HEAD", "--limit", "2", "--format", "json"], "--limit shortens the page"),
        (["--format", "csv"], "'csv' is not one of"),
    ],
)
def test_what_names_no_commit_is_refused(
    arguments: list[str], said: str, repository: Repository, claimtrack: Run
) -> None:
    repository.commit(BASE)
    repository.git("branch", "both")
    repository.git("tag", "both")
    result = claimtrack("diff", *arguments)
    assert (result.status, result.out) == (2, "")
    assert said in result.err
    assert result.err.count("\n") == 1 or "Usage" in result.err


def test_without_a_history(repository: Repository, claimtrack: Run, tmp_path: Path) -> None:
    repository.write({"claims.yaml": BASE})
    result = claimtrack("diff")
    assert (result.status, result.err) == (2, "claimtrack: nothing is committed to git yet\n")
    repository.commit({"claims.yaml": BASE})
    outside = tmp_path.parent / f"{tmp_path.name}-outside"
    outside.mkdir()
    (outside / "claims.yaml").write_text(BASE, "utf-8")
    for arguments in ([], ["HEAD"], ["HEAD", "HEAD"]):
        result = claimtrack("--register", str(outside), "diff", *arguments)
        assert (result.status, result.err) == (2, "claimtrack: the register is not under git\n")


def test_a_commit_without_the_register(repository: Repository, claimtrack: Run) -> None:
    repository.commit({"README": "x"})
    repository.write({"data/claims.yaml": BASE})
    said = "claimtrack: there is no data/claims.yaml in HEAD, so nothing to compare with\n"
    assert claimtrack("diff").err == said
    repository.commit()
    assert claimtrack("diff").status == 0
    assert claimtrack("diff", "HEAD~1").err == said.replace("HEAD", "HEAD~1")


def test_a_commit_in_which_the_register_cannot_be_read(
    repository: Repository, claimtrack: Run
) -> None:
    repository.commit("claims: [")
    repository.write({"claims.yaml": BASE})
    result = claimtrack("diff")
    assert (result.status, result.out) == (3, "")
    assert result.err.startswith(
        "claimtrack: the register cannot be read as it was in HEAD: claims.yaml:2:1: not YAML: "
    )


def test_what_an_error_leaves_out_is_not_gone(repository: Repository, claimtrack: Run) -> None:
    repository.commit(BOTH)
    repository.commit(
        BOTH.replace("value: roads", "value: [roads").replace("[roads", "roads, x: y")
    )
    result = claimtrack("diff", "HEAD~1", "HEAD")
    assert sections(result.out)["Claims that an error leaves out now 1"] == ["in-roads"]
    assert "Claims gone" not in result.out
    assert result.err == "claimtrack: 1 claim left out because of errors in HEAD\n"
    back = claimtrack("diff", "HEAD", "HEAD~1")
    assert sections(back.out)["Claims that no error leaves out any more 1"] == ["in-roads"]
    repository.write({"claims.yaml": (repository.folder / "claims.yaml").read_text("utf-8")})
    assert claimtrack("diff", "HEAD~1").err == (
        "claimtrack: 1 claim left out because of errors in the files as they are\n"
    )


def test_a_shallow_clone_says_that_its_history_is_cut(
    repository: Repository, claimtrack: Run, tmp_path: Path
) -> None:
    repository.commit(BASE)
    repository.commit(BOTH)
    repository.git("clone", "--quiet", "--depth", "1", f"file://{tmp_path}", "clone")
    result = claimtrack("--register", "clone", "diff", "HEAD~1")
    assert result.err == (
        "claimtrack: 'HEAD~1' names no commit here; this clone is shallow, and git fetch "
        "--unshallow gets the rest of its history\n"
    )


def test_a_detached_head_and_a_worktree(repository: Repository, claimtrack: Run) -> None:
    repository.commit(BASE)
    repository.commit(BOTH)
    repository.git("worktree", "add", "--quiet", "--detach", "beside", "HEAD~1")
    assert "Claims gone 1" in claimtrack("--register", "beside", "diff", "main").out
    repository.git("checkout", "--quiet", "--detach", "HEAD~1")
    assert "Claims gone 1" in claimtrack("diff", "main").out
    assert "Nothing changed in meaning." in claimtrack("diff").out


def test_a_register_with_includes_in_a_subfolder_that_was_renamed(
    repository: Repository, claimtrack: Run
) -> None:
    head, claims = BASE.split("claims:\n")
    old, folder = "old: [x] *", "a folder"
    repository.commit(
        {
            f"{old}/claims.yaml": f"{head}include: [parts/*.yaml]\n",
            f"{old}/parts/one.yaml": f"claims:\n{claims}",
        }
    )
    Path(old).rename(folder)
    Path(folder, "claims.yaml").rename(Path(folder, "register.yaml"))
    repository.commit()
    Path(folder, "parts", "one.yaml").rename(Path(folder, "parts", "first.yaml"))
    repository.commit({f"{folder}/parts/two.yaml": f"claims:\n{IN_ROADS}"})
    main = f"{folder}/register.yaml"
    for revision in ("HEAD~2", "HEAD~1"):
        out = claimtrack("--register", main, "diff", revision).out
        assert list(sections(out))[:2] == ["Conflicts opened 1", "Claims added 1"]
    assert "Nothing changed" in claimtrack("--register", main, "diff", "HEAD~2", "HEAD~1").out


# ------------------------------------------------------------------------------------ what differs


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("title: The harbour\n", "# a comment\n\ntitle:   The harbour # and another\n"),
        (
            "{source: gazette, quote: made fast at the East Quay, credibility: 2}",
            "{credibility: 2, quote: 'made fast at the East Quay', line: 3, note: x, "
            "source: gazette}",
        ),
        ("value: quay", "value: EAST  quay"),
        ("\n", "\r\n"),
        (
            "    statement: The Aurora is 100 m long.\n",
            "    note: long\n    statement: >-\n      The Aurora is\n      100 m long.\n",
        ),
    ],
)
def test_nothing_changed_in_meaning(
    old: str, new: str, repository: Repository, claimtrack: Run
) -> None:
    commit = repository.commit(BASE)
    repository.write({"claims.yaml": BASE.replace(old, new)})
    assert claimtrack("diff").out == (
        f"From HEAD ({commit[:8]}, 2026-11-20, ann) to the files as they are\n"
        "\n"
        "Nothing changed in meaning.\n"
        "If the files differ, it is in comments, notes, lines of quotes, order of keys or spacing "
        "alone.\n"
    )


MAIN_EDITS: list[tuple[str, str, dict[str, list[str]]]] = [
    (
        "The Aurora lies at the East Quay.",
        "The Aurora lies at a quay.",
        {
            "Claims restated 1": [
                "at-quay",
                "from The Aurora lies at the East Quay.",
                "to   The Aurora lies at a quay.",
            ]
        },
    ),
    (
        "value: 100",
        "value: {about: 120}",
        {"Assertions changed 1": ["long  length: value from ‘100 m’ to ‘about 120 m’"]},
    ),
    (
        "      - {source: rival}\n",
        "      - {source: rival}\n      - {source: gazette, stance: denies}\n",
        {
            "Evidence added 1": ["long  an item of evidence more (gazette, denies)"],
            "Standing that moved with an edit of the claim 1": ["long  uncontested → disputed"],
        },
    ),
    (
        "    evidence:\n      - {source: rival}\n",
        "",
        {
            "Evidence gone 1": ["long  an item of evidence less (rival, asserts)"],
            "Standing that moved with an edit of the claim 1": [
                "long  single-origin → unsupported, C- → no grade"
            ],
        },
    ),
    (
        "      - {source: rival}\n",
        "      - {source: rival, stance: speculates}\n",
        {
            "Evidence changed 1": [
                "long  evidence from rival: stance from ‘asserts’ to ‘speculates’"
            ],
            "Standing that moved with an edit of the claim 1": [
                "long  single-origin → speculative, C- → no grade"
            ],
        },
    ),
    (
        "credibility: 2",
        "credibility: 4",
        {
            "Re-graded 1": ["at-quay  evidence from gazette: credibility from ‘2’ to ‘4’"],
            "Standing that moved with an edit of the claim 1": ["at-quay  B2 → B4"],
        },
    ),
    (
        "reliability: B",
        "reliability: D",
        {
            "Re-graded 1": ["gazette  reliability from B to D"],
            "Standing that moved though nobody edited the claim 1": ["at-quay  B2 → D2"],
        },
    ),
    (
        "  - id: long\n",
        "  - id: length-of-ship\n",
        {"Claims renamed 1": ["long  → length-of-ship"]},
    ),
    (
        "  - id: long\n",
        "  - id: long\n    tags: [size]\n    kind: measurement\n    when: 2024\n    about: [bay]\n"
        "    relations: [{type: supports, claim: at-quay, why: so}]\n",
        {
            "Claims changed otherwise 5": [
                "long  a relation more (supports at-quay)",
                "long  kind from nothing to measurement",
                "long  when from nothing to 2024",
                "long  about from nothing to [bay]",
                "long  tags from nothing to [size]",
            ]
        },
    ),
    (
        "{title: The Gazette, reliability: B}",
        "{title: Our Gazette, note: x}",
        {
            "Re-graded 1": ["gazette  reliability from B to nothing"],
            "Sources changed 1": ["gazette  title from The Gazette to Our Gazette"],
            "Standing that moved though nobody edited the claim 1": ["at-quay  B2 → no grade"],
        },
    ),
    (
        "title: The harbour",
        "title: A harbour",
        {"Title from ‘The harbour’ to ‘A harbour’": []},
    ),
    (
        "  rival: {reliability: C}\n",
        "  rival: {reliability: C, derived_from: [wire]}\n  wire: {}\n",
        {"Sources changed 2": ["wire  added", "rival  derived_from from nothing to [wire]"]},
    ),
    (
        "  roads: {name: the outer roads, kind: place}\n",
        "  reef: {}\n",
        {"Entities changed 2": ["reef  added", "roads  gone"]},
    ),
    (
        "  berth: {type: entity, single: true}\n",
        "  berth: {type: entity}\n",
        {"Properties changed 1": ["berth  single from true to nothing"]},
    ),
]


@pytest.mark.parametrize(("old", "new", "told"), MAIN_EDITS)
def test_each_kind_of_change(old: str, new: str, told: dict[str, list[str]], diff: Any) -> None:
    assert old in BASE
    assert diff(BASE, BASE.replace(old, new)) == told


def test_a_relation_to_a_claim_that_was_renamed_is_the_same(diff: Any) -> None:
    before = BASE + "    relations: [{type: supports, claim: at-quay, why: so}]\n"
    after = before.replace("at-quay", "at-a-quay")
    assert diff(before, after) == {"Claims renamed 1": ["at-quay  → at-a-quay"]}
    assert diff(before, before.replace("why: so", "why: because"))[
        "Claims changed otherwise 1"
    ] == ["long  why it supports at-quay from ‘so’ to ‘because’"]


def verdicts(*ratings: str) -> str:
    rows = "".join(f"      - {{rating: {each}, by: ann, on: 2026-11-20}}\n" for each in ratings)
    return f"{BASE}    verdicts:\n{rows}" if ratings else BASE


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        (
            [],
            ["confirmed"],
            {"Verdicts up 1": ["long  up from none to confirmed by ann on 2026-11-20"]},
        ),
        (
            [],
            ["refuted"],
            {"Verdicts down 1": ["long  down from none to refuted by ann on 2026-11-20"]},
        ),
        (
            ["refuted"],
            ["refuted", "unproven"],
            {"Verdicts up 1": ["long  up from refuted to unproven by ann on 2026-11-20"]},
        ),
        (
            ["confirmed"],
            ["confirmed", "confirmed"],
            {
                "Verdicts changed, no higher or lower 1": [
                    "long  from confirmed to confirmed by ann on 2026-11-20"
                ]
            },
        ),
        (
            ["confirmed", "refuted"],
            ["confirmed"],
            {
                "Verdicts up 1": [
                    "long  up from refuted to confirmed (earlier ones were changed or taken away)"
                ]
            },
        ),
    ],
)
def test_verdicts_go_up_and_down(
    before: list[str], after: list[str], told: dict[str, list[str]], diff: Any
) -> None:
    assert diff(verdicts(*before), verdicts(*after)) == told


def test_a_verdict_goes_stale_and_holds_again(repository: Repository, claimtrack: Run) -> None:
    repository.write({"claims.yaml": BASE})
    mark = fingerprint(claimtrack, "long")
    judged = f"{BASE}    verdicts: [{{rating: confirmed, fingerprint: {mark}}}]\n"
    repository.commit(judged)
    repository.commit(judged.replace("is 100 m", "measures 100 m"))
    forth = sections(claimtrack("diff", "HEAD~1", "HEAD").out)
    assert forth["Verdicts gone stale 1"] == ["long  verdict confirmed is stale now"]
    back = sections(claimtrack("diff", "HEAD", "HEAD~1").out)
    assert back["Verdicts that hold again 1"] == ["long  verdict confirmed is valid now"]


# -------------------------------------------------------------------------------------- conflicts


def test_a_conflict_is_reviewed_goes_stale_and_is_reopened(
    repository: Repository, claimtrack: Run
) -> None:
    repository.commit(BOTH)
    parts = "conflict: ship.berth, decision: compatible, by: ann, fingerprint: "
    review = f"{{{parts}{ground(claimtrack, 'ship.berth')}}}"
    reviewed = f"{BOTH}reviews:\n  - {review}\n"
    repository.commit(reviewed)
    restated = reviewed.replace("lies in the outer roads", "lies in the roads")
    repository.commit(restated)
    unsettled = reviewed + f"  - {review.replace('compatible', 'unresolved')}\n"
    repository.commit(unsettled)

    def page(one: str, other: str) -> dict[str, list[str]]:
        return sections(claimtrack("diff", one, other).out)

    assert page("HEAD~3", "HEAD~2") == {
        "Conflicts reviewed 1": ["ship.berth  hard  Aurora: berth?", "review: compatible by ann"],
        "Reviews added 1": ["ship.berth  compatible by ann"],
        "Standing that moved though nobody edited the claim 2": [
            "at-quay  conflicting → uncontested",
            "in-roads  conflicting → uncontested",
        ],
    }
    stale = page("HEAD~2", "HEAD~1")
    assert stale["Conflicts whose review went stale 1"] == [
        "ship.berth  hard  Aurora: berth?",
        "review: compatible by ann",
    ]
    reopened = page("HEAD~2", "HEAD")
    assert reopened["Conflicts reopened 1"] == [
        "ship.berth  hard  Aurora: berth?",
        "review: unresolved by ann",
    ]
    assert reopened["Reviews added 1"] == ["ship.berth  unresolved by ann"]
    assert page("HEAD", "HEAD~2")["Reviews gone 1"] == ["ship.berth  unresolved by ann"]
    # What was not there, and is reviewed at once, is not open.
    assert "Conflicts opened" not in claimtrack("diff", "HEAD~2", "HEAD").out


@pytest.mark.parametrize(
    ("new", "told"),
    [
        (BOTH + IN_ROADS.replace("in-roads", "out-there"), ["out-there stands in it now"]),
        (BOTH.replace("value: roads", "value: ship"), ["in-roads gives another answer"]),
        (
            BOTH.replace(
                "value: roads}\n    evidence:\n      - {",
                "value: roads}\n    evidence:\n      - {stance: speculates, ",
            ),
            ["it was hard and is a tension"],
        ),
    ],
)
def test_a_conflict_that_stays_and_is_another(new: str, told: list[str], diff: Any) -> None:
    assert diff(BOTH, new)["Conflicts changed 1"][1:] == told


def test_a_conflict_without_one_of_its_claims(diff: Any) -> None:
    found = diff(BOTH + IN_ROADS.replace("in-roads", "out-there"), BOTH)
    assert found["Conflicts changed 1"][1:] == ["out-there no longer stands in it"]


def test_a_declared_conflict_keeps_its_identity_when_a_claim_is_renamed(diff: Any) -> None:
    before = BASE + "    relations: [{type: contradicts, claim: at-quay}]\n"
    assert diff(before, before.replace("at-quay", "moored")) == {
        "Claims renamed 1": ["at-quay  → moored"]
    }


def test_many_changes_are_cut_short_on_the_page_only(
    repository: Repository, claimtrack: Run
) -> None:
    repository.commit(BASE)
    more = "".join(f"  - {{id: c{number}, statement: one of {number}}}\n" for number in range(25))
    repository.write({"claims.yaml": BASE + more})
    lines = claimtrack("diff").out.splitlines()
    assert lines[2] == "Claims added 25"
    assert lines[-1] == "  and 5 more"
    assert len(lines) == 3 + 2 * 20 + 1
    assert claimtrack("diff", "--limit", "0").out.splitlines()[2:] == [
        "Claims added 25",
        "  none of 25 shown",
    ]
    assert claimtrack("diff", "--limit", "30").out.splitlines()[-1] == "    one of 24"
    told = json.loads(claimtrack("diff", "--format", "json").out)
    assert len(told["claims"]["added"]) == told["counts"]["claims"]["added"] == 25


def test_as_json(repository: Repository, claimtrack: Run) -> None:
    commit = repository.commit(BASE, by="second reader", on="2026-11-22")
    after = BOTH.replace("credibility: 2", "credibility: 4").replace("{title: The", "{title: Our")
    repository.write({"claims.yaml": after + "    verdicts: [{rating: unproven, why: far}]\n"})
    told = json.loads(claimtrack("diff", "HEAD", "--format", "json").out)
    assert list(told) == [
        "format",
        "from",
        "to",
        "counts",
        "conflicts",
        "claims",
        "verdicts",
        "reviews",
        "entries",
        "title",
        "standing",
    ]
    nothing = dict.fromkeys(["claim", "source", "entity", "property", "review"], 0)
    assert told["from"] == {
        "revision": "HEAD",
        "commit": commit,
        "author": "second reader",
        "date": "2026-11-22",
        "left_out": {**nothing, "file or section": 0},
    }
    assert told["to"]["commit"] is None
    assert told["conflicts"] == [
        {
            "id": "ship.berth",
            "change": "opened",
            "severity": {"before": None, "after": "hard"},
            "state": {"before": None, "after": "open"},
            "claims": ["at-quay", "in-roads"],
            "joined": [],
            "left": [],
            "answering": [],
        }
    ]
    assert told["claims"]["added"] == [
        {
            "id": "in-roads",
            "statement": "The Aurora lies in the outer roads.",
            "file": "claims.yaml",
            "line": 25,
        }
    ]
    assert told["claims"]["edited"] == [
        {
            "id": "at-quay",
            "file": "claims.yaml",
            "line": 15,
            "changes": [
                {
                    "what": "credibility",
                    "claim": "at-quay",
                    "before": "gazette, asserts",
                    "after": "gazette, asserts",
                    "told": "at-quay: evidence from gazette: credibility from ‘2’ to ‘4’",
                }
            ],
        }
    ]
    assert told["verdicts"] == [
        {
            "claim": "in-roads",
            "rating": {"before": None, "after": "unproven"},
            "direction": "level",
            "became": None,
            "rewritten": False,
            "added": [{"rating": "unproven", "by": None, "on": None, "why": "far"}],
        }
    ]
    assert told["entries"] == [
        {
            "kind": "source",
            "id": "gazette",
            "change": "changed",
            "was": None,
            "keys": [{"key": "title", "before": "The Gazette", "after": "Our Gazette"}],
        }
    ]
    assert told["standing"] == [
        {
            "claim": "at-quay",
            "edited": True,
            "contest": {"before": "uncontested", "after": "conflicting"},
            "support": None,
            "grade": {"before": "B2", "after": "B4"},
        }
    ]


# ----------------------------------------------------------------------------------------- safety


def test_nothing_that_a_repository_names_is_run(
    repository: Repository, claimtrack: Run, tmp_path: Path
) -> None:
    repository.commit(BASE)
    repository.commit(BOTH)
    trap = f"touch {tmp_path}/sprung; cat"
    for key in (
        "core.fsmonitor",
        "core.pager",
        "core.sshCommand",
        "diff.external",
        "diff.trap.command",
        "diff.trap.textconv",
        "filter.trap.clean",
        "filter.trap.process",
        "filter.trap.smudge",
        "gpg.program",
    ):
        repository.git("config", key, trap)
    for key in ("blame.ignoreRevsFile", "diff.orderFile", "mailmap.file"):
        repository.git("config", key, "/nowhere/at/all")
    repository.git("config", "log.showSignature", "true")
    repository.write({".gitattributes": "*.yaml diff=trap filter=trap\n"})
    for arguments in (
        ["diff", "HEAD~1"],
        ["log", "in-roads"],
        ["blame", "in-roads"],
        ["conflicts", "--since", "HEAD~1"],
    ):
        result = claimtrack(*arguments)
        assert (result.status, result.err) == (0, "")
        assert "in-roads" in result.out
    assert not (tmp_path / "sprung").exists()


def test_text_of_git_is_shown_and_never_obeyed(repository: Repository, claimtrack: Run) -> None:
    name = "a\x1b[31mnn\u202e"
    repository.commit(BASE, by=name, message="\x1b]0;x\x07 a subject")
    repository.write({"claims.yaml": BOTH})
    for arguments in (
        ["diff"],
        ["log", "long"],
        ["blame", "long"],
        ["conflicts", "--since", "HEAD"],
    ):
        out = claimtrack(*arguments).out
        assert "a\\u001b[31mnn\\u202e" in out
        assert not {"\x1b", "\x07", "\u202e"} & set(out)


@pytest.mark.parametrize(
    ("limit", "why"),
    [
        ("SECONDS", "its history takes too long to look through"),
        ("LARGEST", "its earlier states are too large to look through"),
    ],
)
def test_looking_back_has_an_end(
    limit: str,
    why: str,
    repository: Repository,
    claimtrack: Run,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    repository.commit(BASE)
    monkeypatch.setattr(git_program, limit, 0)
    result = claimtrack("diff")
    assert (result.status, result.err) == (2, f"claimtrack: {why}\n")


def test_without_git(
    repository: Repository, claimtrack: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    repository.commit(BASE)
    monkeypatch.setenv("PATH", os.devnull)
    for arguments in (["diff"], ["log", "long"], ["blame", "long"], ["conflicts", "--since", "x"]):
        result = claimtrack(*arguments)
        assert (result.status, result.err) == (2, "claimtrack: git is not installed\n")


# ----------------------------------------------------------------------------------------- renames

DECIDED = f"""{BOTH}    relations: [{{type: tension, claim: long}}]
"""


@pytest.fixture
def decided(repository: Repository, claimtrack: Run) -> None:
    """A register committed with a verdict and with reviews that are valid."""
    repository.commit(DECIDED)
    by = ("--by", "ann", "--on", "2026-11-22", "--why", "seen")
    for command in (
        ("judge", "at-quay", "confirmed"),
        ("review", "ship.berth", "prevails", "at-quay"),
        ("review", "in-roads~long", "compatible"),
    ):
        assert claimtrack(*command, *by).status == 0
    repository.commit(message="Decided")


RENAMES = {
    "ship": ("boat", "Entities"),
    "quay": ("a-pier", "Entities"),
    "gazette": ("paper", "Sources"),
    "berth": ("mooring", "Properties"),
    "at-quay": ("moored", "Claims"),
    "in-roads": ("offshore", "Claims"),
}


@pytest.mark.parametrize("old", RENAMES)
@pytest.mark.usefixtures("decided")
def test_a_renaming_is_told_once_and_is_all(
    old: str, repository: Repository, claimtrack: Run
) -> None:
    new, kind = RENAMES[old]
    assert claimtrack("rename", old, new).status == 0
    found = sections(claimtrack("diff").out)
    assert found == {f"{kind} renamed 1": [f"{old}  → {new}"]}
    since = claimtrack("conflicts", "--since", "HEAD", "--all", "--fail")
    assert (since.status, since.out.splitlines()[2]) == (0, "No conflict (2 in all).")
    # And the other way round, once it is committed.
    repository.commit()
    assert sections(claimtrack("diff", "HEAD", "HEAD~1").out) == {
        f"{kind} renamed 1": [f"{new}  → {old}"]
    }


@pytest.mark.usefixtures("decided")
def test_renamings_of_every_kind_at_once(claimtrack: Run) -> None:
    for old, (new, _) in RENAMES.items():
        assert claimtrack("rename", old, new).status == 0
    assert sections(claimtrack("diff").out) == {
        "Sources renamed 1": ["gazette  → paper"],
        "Entities renamed 2": ["quay  → a-pier", "ship  → boat"],
        "Properties renamed 1": ["berth  → mooring"],
        "Claims renamed 2": ["at-quay  → moored", "in-roads  → offshore"],
    }
    told = json.loads(claimtrack("diff", "--format", "json").out)
    assert told["entries"][0] == {
        "kind": "source",
        "id": "paper",
        "change": "renamed",
        "was": "gazette",
        "keys": [],
    }
    assert claimtrack("conflicts", "--since", "HEAD", "--all", "--fail").status == 0


@pytest.mark.usefixtures("decided")
def test_what_else_changed_beside_a_renaming(claimtrack: Run) -> None:
    assert claimtrack("rename", "ship", "boat").status == 0
    path = Path("claims.yaml")
    path.write_text(
        path.read_text("utf-8")
        .replace("in the outer roads.", "in the roads.")
        .replace("name: Aurora", "aliases: [The A], name: Aurora"),
        "utf-8",
    )
    assert sections(claimtrack("diff").out) == {
        "Entities renamed 1": ["ship  → boat"],
        "Conflicts whose review went stale 2": [
            "boat.berth  hard  Aurora: berth?",
            "review: at-quay prevails, decided by ann on 2026-11-22: seen",
            "in-roads~long  tension",
            "review: compatible by ann on 2026-11-22: seen",
        ],
        "Claims restated 1": [
            "in-roads",
            "from The Aurora lies in the outer roads.",
            "to   The Aurora lies in the roads.",
        ],
        "Entities changed 1": ["boat  aliases from nothing to [The A]"],
        "Standing that moved with an edit of the claim 1": ["in-roads  overruled → conflicting"],
        "Standing that moved though nobody edited the claim 2": [
            "at-quay  uncontested → conflicting",
            "long  uncontested → tension",
        ],
    }


def test_an_empty_list_that_is_written_takes_part_in_fingerprints(diff: Any) -> None:
    before = BASE.replace("{source: gazette,", "{source: gazette, via: [],")
    renamed = before.replace("gazette:", "paper:").replace("source: gazette", "source: paper")
    assert diff(before, renamed) == {"Sources renamed 1": ["gazette  → paper"]}


def test_a_publisher_that_is_named_by_its_id(diff: Any) -> None:
    before = BASE.replace("{title: The Gazette,", "{title: The Gazette, publisher: ministry,")
    before = before.replace("  ship: {", "  ministry: {kind: body}\n  ship: {")
    assert diff(before, before.replace("ministry", "office")) == {
        "Entities renamed 1": ["ministry  → office"]
    }


@pytest.mark.parametrize(
    "replaced",
    [
        # Another definition, and another name, though it is named in the same places.
        {"length: {type: number, unit: m, single": "beam: {type: number, unit: ft, single"}
        | {"property: length": "property: beam"},
        {"roads: {name: the outer roads": "sea: {name: the open sea", "value: roads": "value: sea"},
        {"rival: {reliability: C}": "wire: {reliability: D}", "source: rival": "source: wire"},
    ],
)
def test_what_only_took_a_place_is_not_the_same(replaced: dict[str, str], diff: Any) -> None:
    after = BOTH
    for old, new in replaced.items():
        assert old in after
        after = after.replace(old, new)
    assert not any("renamed" in title for title in diff(BOTH, after))


def test_of_definitions_that_are_alike_the_uses_tell(diff: Any) -> None:
    before = BASE.replace(
        "  length:", "  draught: {type: number, unit: m, single: true}\n  length:"
    )
    before = before.replace(
        "claims:\n",
        "claims:\n  - {id: deep, statement: Deep., "
        "asserts: {subject: ship, property: draught, value: 5}}\n",
    )
    after = before.replace("draught", "x-depth").replace("length", "a-length")
    assert diff(before, after) == {
        "Properties renamed 2": ["draught  → x-depth", "length  → a-length"]
    }
    # One that is used is not another that nothing uses yet.
    replaced = before.replace("draught:", "beam:").replace(
        "asserts: {subject: ship, property: draught, value: 5}", "tags: [deep]"
    )
    assert "Properties renamed 1" not in diff(before, replaced)


def test_a_name_that_stood_for_itself_is_not_taken_over_unseen(
    repository: Repository, claimtrack: Run
) -> None:
    """Two subjects that become one by an id may collide, and that is new."""
    before = BOTH.replace(
        "{subject: ship, property: berth, value: roads}",
        "{subject: boat, property: berth, value: roads}",
    )
    repository.commit(before)
    repository.write(
        {
            "claims.yaml": before.replace("  ship: {", "  boat: {").replace(
                "subject: ship", "subject: boat"
            )
        }
    )
    result = claimtrack("conflicts", "--since", "HEAD", "--fail")
    assert result.status == 1
    assert "boat.berth" in result.out


def test_a_decision_renewed_by_hand_is_told(repository: Repository, claimtrack: Run) -> None:
    repository.commit(BOTH)
    by = ("--by", "ann", "--on", "2026-11-22", "--why", "seen")
    assert claimtrack("judge", "at-quay", "confirmed", *by).status == 0
    assert claimtrack("review", "ship.berth", "prevails", "at-quay", *by).status == 0
    repository.commit()
    path = Path("claims.yaml")
    text = path.read_text("utf-8")
    marks = fingerprint(claimtrack, "at-quay"), ground(claimtrack, "ship.berth")
    path.write_text(text.replace("lies at the East", "is at the East"), "utf-8")
    fresh = fingerprint(claimtrack, "at-quay"), ground(claimtrack, "ship.berth")
    for was, now in zip(marks, fresh, strict=True):
        path.write_text(path.read_text("utf-8").replace(was, now), "utf-8")
    found = sections(claimtrack("diff").out)
    assert found["Verdicts renewed on a changed claim 1"] == [
        "at-quay  verdict confirmed renewed on what the claim says now"
    ]
    assert found["Reviews renewed on changed ground 1"] == [
        "ship.berth  at-quay prevails, decided by ann on 2026-11-22: seen"
    ]
    assert not any("gone" in title or "added" in title for title in found)


# ---------------------------------------------------------------------------- what errors leave out


@pytest.mark.parametrize(
    ("sound", "broken", "title", "key"),
    [
        ("reliability: C}", "reliability: Q}", "Sources changed 1", "rival"),
        ("kind: ship}", "kin: ship}", "Entities changed 1", "ship"),
        ("unit: m,", "unti: m,", "Properties changed 1", "length"),
    ],
)
def test_an_entry_that_an_error_leaves_out_is_not_gone(
    sound: str, broken: str, title: str, key: str, repository: Repository, claimtrack: Run
) -> None:
    repository.commit(BASE)
    repository.commit(BASE.replace(sound, broken))
    there, back = (
        sections(claimtrack("diff", *revisions).out)
        for revisions in (("HEAD~1", "HEAD"), ("HEAD", "HEAD~1"))
    )
    assert there[title] == [f"{key}  left out because of an error"]
    assert back[title] == [f"{key}  no longer left out because of an error"]
    assert "long" in there[next(t for t in there if t.startswith("Claims that an error leaves"))]


def test_what_is_new_or_gone_with_its_error(repository: Repository, claimtrack: Run) -> None:
    repository.commit(BASE)
    broken = BASE.replace("  rival: {", "  wire: {reliability: Q}\n  rival: {")
    repository.commit(broken + "  - {id: odd}\n")
    assert sections(claimtrack("diff", "HEAD~1").out) == {
        "Claims that an error leaves out now 1": ["odd"],
        "Sources changed 1": ["wire  left out because of an error"],
    }
    assert sections(claimtrack("diff", "HEAD", "HEAD~1").out) == {
        "Claims that no error leaves out any more 1": ["odd"],
        "Sources changed 1": ["wire  gone"],
    }


@pytest.mark.usefixtures("decided")
def test_a_review_of_a_claim_that_an_error_leaves_out_is_not_gone(
    repository: Repository, claimtrack: Run
) -> None:
    text = Path("claims.yaml").read_text("utf-8")
    repository.commit(text.replace("value: quay", "valeu: quay"))
    review = ["ship.berth  at-quay prevails, decided by ann on 2026-11-22: seen"]
    there = sections(claimtrack("diff", "HEAD~1").out)
    assert there["Reviews without effect, of a claim that an error leaves out now 1"] == review
    back = sections(claimtrack("diff", "HEAD", "HEAD~1").out)
    assert back["Reviews of a claim that no error leaves out any more 1"] == review
    for found in (there, back):
        assert not any(title.startswith(("Reviews gone", "Reviews added")) for title in found)

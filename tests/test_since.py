"""Which conflicts are new since a commit, and why."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest

from conftest import Run
from repositories import Repository
from test_diff import BASE, BOTH, IN_ROADS, ground

MORE = """  - id: longer
    statement: The Aurora is 150 m long.
    asserts: {subject: ship, property: length, value: 150}
"""


def news(out: str) -> dict[str, str]:
    """Why each conflict that is shown is new, by its id."""
    found, last = {}, ""
    for line in out.splitlines():
        if line.startswith(("hard", "tension")):
            last = line.split("  ")[1]
        elif line.startswith("  new: "):
            found[last] = line.removeprefix("  new: ")
    return found


@pytest.fixture
def since(repository: Repository, claimtrack: Run) -> Any:
    """Commit one text, write another, and give why the conflicts that are new are so."""

    def run(before: str, after: str, *arguments: str) -> dict[str, str]:
        repository.commit(before)
        repository.write({"claims.yaml": after})
        result = claimtrack("conflicts", "--since", "HEAD", *arguments)
        assert (result.status, result.err) == (0, "")
        return news(result.out)

    return run


def test_only_what_is_new(repository: Repository, claimtrack: Run) -> None:
    commit = repository.commit(BOTH, by="second reader", on="2026-11-22")
    repository.write({"claims.yaml": BOTH + MORE})
    result = claimtrack("conflicts", "--since", "HEAD")
    assert result.out == (
        f"New since HEAD ({commit[:8]}, 2026-11-22, second reader)\n"
        "\n"
        "tension · open  ship.length\n"
        "Aurora: length?\n"
        "  ▪ 100 m  1 origin\n"
        "    long  rival · C- · single-origin\n"
        "      The Aurora is 100 m long.\n"
        "  ▪ 150 m  0 origins\n"
        "    longer  nobody · unsupported\n"
        "      The Aurora is 150 m long.\n"
        "  why: 100 m and 150 m differ by 50 %, and only one answer holds at a time.\n"
        "  new: it was not there, and neither was longer\n"
        "\n"
        "1 conflict: 0 hard, 1 tension (2 in all)\n"
    )
    assert (result.status, result.err) == (0, "")


THIRD = IN_ROADS.replace("in-roads", "out-there")


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        (BASE, BOTH, "it was not there, and neither was in-roads"),
        (
            BOTH.replace("berth: {type: entity, single: true}", "berth: {type: entity}"),
            BOTH,
            "it was not there",
        ),
        (BOTH, BOTH + THIRD, "out-there stands in it now"),
        (
            BOTH + THIRD.replace("subject: ship", "subject: bay"),
            BOTH + THIRD,
            "out-there stands in it now",
        ),
        (BOTH, BOTH.replace("value: roads", "value: ship"), "in-roads gives another answer"),
        (
            BOTH.replace("source: gazette, quote", "source: gazette, stance: speculates, quote"),
            BOTH,
            "it was a tension and is hard",
        ),
        (BOTH + THIRD, BOTH, None),
        (BOTH, BOTH.replace("rival}\n  - id", "rival, stance: speculates}\n  - id"), None),
        (BOTH, BOTH.replace("gazette, quote", "gazette, stance: speculates, quote"), None),
        (BOTH, BOTH.replace("credibility: 2", "credibility: 4"), None),
        (BOTH, BOTH.replace("in-roads", "offshore"), None),
        (
            BOTH + "    relations: [{type: tension, claim: long}]\n",
            BOTH.replace("id: long", "id: length")
            + "    relations: [{type: tension, claim: length}]\n",
            None,
        ),
    ],
)
def test_why_a_conflict_is_new(before: str, after: str, told: str | None, since: Any) -> None:
    assert before != after
    assert since(before, after) == ({} if told is None else {"ship.berth": told})


def test_claims_that_shared_a_position(since: Any) -> None:
    bay = THIRD.replace("value: roads", "value: bay")
    loose = BOTH + bay
    strict = loose.replace(
        "type: entity, single: true", "type: entity, single: true, nested: false"
    )
    assert since(loose, strict) == {"ship.berth": "claims that shared a position no longer do"}


def test_what_was_reviewed_and_is_not_settled_any_more(
    repository: Repository, claimtrack: Run
) -> None:
    repository.commit(BOTH)
    mark = ground(claimtrack, "ship.berth")
    review = f"  - {{conflict: ship.berth, decision: compatible, fingerprint: {mark}}}\n"
    reviewed = f"{BOTH}reviews:\n{review}"
    repository.commit(reviewed)
    assert news(claimtrack("conflicts", "--since", "HEAD").out) == {}
    repository.write({"claims.yaml": reviewed.replace("lies in the outer", "is in the outer")})
    stale = {"ship.berth": "its review has gone stale"}
    assert news(claimtrack("conflicts", "--since", "HEAD").out) == stale
    assert news(claimtrack("conflicts", "--since", "HEAD~1").out) == {}
    repository.write({"claims.yaml": reviewed + review.replace("compatible", "unresolved")})
    again = {"ship.berth": "it was reviewed and is open again"}
    assert news(claimtrack("conflicts", "--since", "HEAD").out) == again
    # What is new and reviewed is shown only if all are asked for.
    repository.write({"claims.yaml": reviewed})
    repository.commit(BASE)
    repository.write({"claims.yaml": reviewed})
    assert news(claimtrack("conflicts", "--since", "HEAD").out) == {}
    told = {"ship.berth": "it was not there, and neither was in-roads"}
    assert news(claimtrack("conflicts", "--since", "HEAD", "--all").out) == told


@pytest.mark.parametrize(
    ("text", "arguments", "status"),
    [
        (BOTH, [], 0),
        (BOTH + MORE, [], 1),
        (BOTH + MORE, ["--hard"], 0),
        (BOTH + MORE, ["--about", "bay"], 0),
        (BOTH + MORE, ["--about", "ship", "--source", "rival"], 1),
        (BOTH + MORE, ["--limit", "0"], 1),
        (BOTH + MORE, ["--format", "json"], 1),
        (BOTH + MORE, ["ship.length"], 1),
        (BOTH + MORE, ["ship.berth"], 0),
        (BOTH + "  - {id: broken}\n", [], 1),
    ],
)
def test_a_pull_request_fails_by_what_is_new(
    text: str, arguments: list[str], status: int, repository: Repository, claimtrack: Run
) -> None:
    repository.commit(BOTH)
    repository.commit(text)
    assert claimtrack("conflicts", "--fail").status == 1
    assert claimtrack("conflicts", "--since", "HEAD~1", "--fail", *arguments).status == status


def test_an_id_that_is_not_new_is_said_to_be_there(repository: Repository, claimtrack: Run) -> None:
    repository.commit(BOTH)
    repository.write({"claims.yaml": BOTH + MORE})
    out = claimtrack("conflicts", "ship.berth", "--since", "HEAD").out
    assert out == "ship.berth (hard, open) is there, but --since leaves it out.\n"
    page = claimtrack("conflicts", "ship.length", "--since", "HEAD").out.splitlines()
    assert page[0].startswith("New since HEAD (")
    assert page[1] == "new: it was not there, and neither was longer"
    assert claimtrack("conflicts", "long", "--since", "HEAD").out.count("new: ") == 1


def test_none_is_new(repository: Repository, claimtrack: Run) -> None:
    repository.commit(BOTH)
    lines = claimtrack("conflicts", "--since", "HEAD").out.splitlines()
    assert lines[2:] == ["No conflict (1 in all)."]


def test_since_where_two_branches_went_apart(repository: Repository, claimtrack: Run) -> None:
    repository.commit(BOTH)
    repository.git("checkout", "--quiet", "-b", "side")
    repository.commit(BOTH + MORE)
    repository.git("checkout", "--quiet", "main")
    repository.commit(BASE)
    repository.git("checkout", "--quiet", "side")
    found = news(claimtrack("conflicts", "--since", "main").out)
    assert list(found) == ["ship.berth", "ship.length"]
    assert list(news(claimtrack("conflicts", "--since", "main...").out)) == ["ship.length"]


def test_what_could_not_be_read_then_is_said(repository: Repository, claimtrack: Run) -> None:
    repository.commit(BOTH + MORE.replace("value", "valeu"))
    repository.write({"claims.yaml": BOTH + MORE})
    result = claimtrack("conflicts", "--since", "HEAD")
    assert result.err == "claimtrack: 1 claim left out because of errors in HEAD\n"
    assert news(result.out) == {"ship.length": "it was not there"}


@pytest.mark.parametrize(
    ("revision", "status", "said"),
    [
        ("nowhere", 2, "'nowhere' names no commit here"),
        ("-x", 2, "'-x' names no commit here"),
        ("HEAD~1", 2, "there is no claims.yaml in HEAD~1, so nothing to compare with"),
        ("broken", 3, "the register cannot be read as it was in broken: claims.yaml:"),
    ],
)
def test_what_it_cannot_be_compared_with(
    revision: str, status: int, said: str, repository: Repository, claimtrack: Run
) -> None:
    repository.commit({"README": "x"})
    repository.git("checkout", "--quiet", "-b", "broken")
    repository.commit("claims: [")
    repository.git("checkout", "--quiet", "main")
    repository.commit(BOTH)
    result = claimtrack("conflicts", f"--since={revision}")
    assert (result.status, result.out) == (status, "")
    assert result.err.startswith(f"claimtrack: {said}")


def test_not_beside_near(repository: Repository, claimtrack: Run) -> None:
    repository.commit(BOTH)
    result = claimtrack("conflicts", "--near", "--since", "HEAD")
    assert result.status == 2
    assert "so --since chooses nothing among them" in result.err


def test_for_programs(repository: Repository, claimtrack: Run) -> None:
    commit = repository.commit(BOTH)
    repository.write({"claims.yaml": BOTH + MORE + THIRD})
    told = json.loads(claimtrack("conflicts", "--since", "HEAD", "--format", "json").out)
    assert list(told) == ["format", "conflicts", "since"]
    everything = json.loads(claimtrack("conflicts", "--format", "json").out)
    assert told["conflicts"] == everything["conflicts"]
    assert told["since"]["revision"] == "HEAD"
    assert told["since"]["commit"] == commit
    assert told["since"]["new"] == [
        {
            "conflict": "ship.berth",
            "reasons": [
                {
                    "what": "claims",
                    "claims": ["out-there"],
                    "told": "out-there stands in it now",
                }
            ],
        },
        {
            "conflict": "ship.length",
            "reasons": [
                {
                    "what": "new",
                    "claims": ["longer"],
                    "told": "it was not there, and neither was longer",
                }
            ],
        },
    ]
    rows = list(csv.reader(io.StringIO(claimtrack("conflicts", "--format", "csv").out)))
    dated = claimtrack("conflicts", "--since", "HEAD", "--format", "csv").out
    new = list(csv.reader(io.StringIO(dated)))
    assert [row[:-1] for row in new] == rows
    assert [row[-1] for row in new] == [
        "new",
        "out-there stands in it now",
        "it was not there, and neither was longer",
    ]
    lines = claimtrack("conflicts", "--since", "HEAD", "--format", "markdown").out.splitlines()
    assert lines[0].endswith("| review | new |")

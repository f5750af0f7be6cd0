"""How many voices there are: in the list, on a claim's page and on the dashboard."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

from conftest import Run, Write
from test_safety import on_a_terminal

REGISTER = """
title: The dam
sources:
  post: {title: Post, publisher: The Ministry, reliability: C}
  wire: {title: Wire report, derived_from: [post], reliability: B}
  gazette: {title: Gazette, derived_from: [wire], reliability: D}
  courier: {title: Courier, derived_from: [wire]}
  rival: {title: Rival}
entities:
  ministry: {name: The Ministry}
  mayor: {name: The Mayor}
  north-wire: {name: North Wire}
  people: {name: some people, anonymous: true}
claims:
  - id: dam-stands
    statement: The dam stands.
    evidence:
      - {source: post, credibility: 4}
      - {source: rival, by: mayor, stance: denies, note: in passing}
      - {source: gazette, by: people, stance: reports, quote: it stands}
      - {source: courier, by: ministry, via: [north-wire, rival], stance: reports}
  - id: dam-leaks
    statement: The dam leaks.
    evidence: [{source: rival}, {source: gazette, by: mayor}]
  - id: dam-sinks
    statement: The dam sinks.
    evidence: [{source: rival, stance: speculates}]
  - {id: dam-sings, statement: The dam sings.}
  - id: dam-moves
    statement: The dam moves.
    evidence:
      - {source: gazette, by: mayor}
      - {source: courier, by: north-wire}
      - {source: courier, by: north-wire, stance: retracts, note: all of it}
      - {source: courier, by: people}
"""


def test_the_list_says_of_how_many_origins_the_sources_are(
    register: Write, claimtrack: Run
) -> None:
    register(REGISTER)
    lines = claimtrack("list").out.splitlines()
    at = lines[0].index("told by")
    assert [line[at:].split("  ")[0] for line in lines[1:]] == [
        "3 sources, 1 origin",
        "2 sources, 2 origins",
        "1 source, no firm origin",
        "no source",
        "2 sources, 2 origins",
    ]
    assert "| 3 sources, 1 origin | The dam stands. |" in claimtrack(
        "list", "--format", "markdown"
    ).out.replace("\\", "")


def test_a_spreadsheet_has_numbers(register: Write, claimtrack: Run) -> None:
    register(REGISTER)
    rows = list(csv.DictReader(io.StringIO(claimtrack("list", "--format", "csv").out)))
    assert [(row["sources"], row["origins"]) for row in rows][:3] == [
        ("3", "1"),
        ("2", "2"),
        ("1", "0"),
    ]


def test_a_narrow_terminal_tells_both_in_one_go(register: Write, tmp_path: Path) -> None:
    register(REGISTER)
    out = on_a_terminal(tmp_path, 80, "list", "--limit", "1", NO_COLOR="1")
    assert " · 3 sources, 1 origin\r\n" in out


def test_show_groups_evidence_by_origin_and_says_why(register: Write, claimtrack: Run) -> None:
    register(REGISTER)
    out = claimtrack("show", "dam-stands").out
    start = out.index("Evidence")
    told = out[start : out.index("\n\n", start)].replace(" · unchecked: source not held", "")
    assert told == (
        "Evidence 4 items, 1 firm origin\n"
        "  The Ministry  1 origin, 3 items in 3 sources\n"
        "    post: asserts · C4\n"
        "      post is by The Ministry\n"
        "    some people → gazette: reports · D-\n"
        "      its speaker is anonymous; gazette is derived from wire, which is derived from "
        "post; post is by The Ministry\n"
        "      “it stands”  gazette\n"
        "    The Ministry → North Wire → rival → courier: reports\n"
        "      courier is derived from wire, which is derived from post\n"
        "  The Mayor  1 origin, 1 item, none firm\n"
        "    The Mayor → rival: denies\n"
        "      note in passing"
    )


def test_two_origins_of_one_root_are_one_voice(register: Write, claimtrack: Run) -> None:
    register(REGISTER)
    out = claimtrack("show", "dam-moves").out
    assert (
        "single-origin: 2 firm items from 2 origins in 2 sources, none independent of the others: "
        "all go back to post" in out
    )
    assert "    North Wire → courier: asserts · taken back later\n" in out
    assert "  North Wire  1 origin, 2 items, none firm\n" in out


def test_of_a_long_way_the_first_steps_and_the_root_are_told(
    register: Write, claimtrack: Run
) -> None:
    links = "".join(f"  s{n}: {{derived_from: [s{n + 1}]}}\n" for n in range(1000))
    register(
        f"sources:\n{links}  s1000: {{}}\n"
        "claims: [{id: a, statement: x, evidence: [{source: s0}, {source: s998}]}]\n"
    )
    out = claimtrack("show", "a").out
    assert (
        "      s0 is derived from s1, which is derived from s2, which is derived from s3, "
        "and so on down to s1000\n"
    ) in out
    assert "      s998 is derived from s999, which is derived from s1000\n" in out


def test_json_has_the_origins_of_the_contract(register: Write, claimtrack: Run) -> None:
    register(REGISTER)
    shown = json.loads(claimtrack("show", "dam-stands", "--format", "json").out)["claim"]
    assert (shown["sources"], shown["origins"]) == (["post", "gazette", "courier"], 1)
    assert [each["origin"] for each in shown["evidence"]] == [
        "entity:ministry",
        "entity:mayor",
        "entity:ministry",
        "entity:ministry",
    ]


def test_the_dashboard_counts_echoes(register: Write, claimtrack: Run) -> None:
    register(REGISTER)
    lines = claimtrack().out.splitlines()
    assert lines[2:4] == [
        "1 corroborated, 2 single-origin, 1 speculative, 1 unsupported",
        "2 claims told by several sources, but of one origin  "
        "claimtrack list --flag single-origin --sort sources",
    ]
    register(REGISTER.replace("derived_from: [wire], reliability: D", ""))
    assert "but of one origin" not in claimtrack().out

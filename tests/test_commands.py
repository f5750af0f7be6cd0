"""The reading commands, as somebody types them."""

from __future__ import annotations

import cProfile
import csv
import hashlib
import io
import json
from typing import Any

import pytest

from claimtrack.fingerprint import fingerprint
from claimtrack.render.words import speaker_words
from conftest import Run, Write

HARBOUR = """
title: The harbour
sources:
  gazette: {file: gazette.txt, reliability: B, publisher: The Gazette}
  wire: {reliability: C}
  echo: {reliability: D, derived_from: [wire]}
entities:
  bay: {name: North Bay, kind: place}
  pier: {name: Long Pier, kind: place, part_of: bay, aliases: [The Jetty]}
  hill: {name: Chapel Hill, kind: place}
  ship: {name: Aurora, kind: ship}
  mayor: {name: The Mayor, kind: person}
  people: {name: unnamed fishermen, anonymous: true}
properties:
  berth: {type: entity, single: true}
  length: {type: number, unit: m, single: true, tolerance: 5%}
claims:
  - id: ship-at-pier
    statement: The Aurora lies at the Long Pier.
    kind: location
    asserts: {subject: ship, property: berth, value: pier}
    when: 2024-03-01
    tags: [ship]
    evidence:
      - {source: gazette, by: mayor, quote: the Aurora at our pier, line: 3, credibility: 2}
      - {source: echo, by: people, stance: reports, credibility: 3}
  - id: ship-at-hill
    statement: The Aurora lies by Chapel Hill.
    kind: location
    asserts: {subject: ship, property: berth, value: hill}
    when: 2024-05
    evidence:
      - {source: wire, credibility: 4}
      - {source: gazette, by: mayor, stance: denies}
  - id: ship-may-sail
    statement: The Aurora will sail in autumn.
    kind: forecast
    about: [bay]
    evidence:
      - {source: wire, stance: speculates}
    relations:
      - {type: tension, claim: ship-at-pier, why: A ship that sails does not lie there.}
      - {type: supports, claim: ship-at-hill}
  - id: ship-length
    statement: The Aurora is 7,500 m long.
    asserts: {subject: ship, property: length, value: {about: 7500}, during: 2024}
"""


@pytest.fixture
def harbour(register: Write) -> None:
    register(HARBOUR, {"sources/gazette.txt": "The Gazette\n\nWe see the Aurora at our pier.\n"})


@pytest.fixture
def as_json(claimtrack: Run) -> Any:
    def run(*arguments: str) -> Any:
        result = claimtrack(*arguments, "--format", "json")
        document = json.loads(result.out)
        assert next(iter(document.items())) == ("format", 1)
        return document

    return run


# ------------------------------------------------------------------------------------------- list


@pytest.mark.usefixtures("harbour")
@pytest.mark.parametrize(
    ("arguments", "ids"),
    [
        ([], "ship-at-pier ship-at-hill ship-may-sail ship-length"),
        (["aurora pier"], "ship-at-pier"),
        (["OUR PIER"], "ship-at-pier"),
        (["--flag", "speculative"], "ship-may-sail"),
        (["--disputed"], "ship-at-hill"),
        (["--conflicting"], "ship-at-pier ship-at-hill"),
        (["--disputed", "--flag", "speculative"], "ship-at-hill ship-may-sail"),
        (["--flag", "tension"], "ship-at-pier ship-may-sail"),
        (["--flag", "corroborated"], "ship-at-pier"),
        (["--source", "echo"], "ship-at-pier"),
        (["--source", "ech"], "ship-at-pier"),
        (["--source", "echo", "--source", "wire"], "ship-at-pier ship-at-hill ship-may-sail"),
        (["--about", "North  Bay"], "ship-may-sail"),
        (["--about", "aurora"], "ship-at-pier ship-at-hill ship-length"),
        (["--by", "the mayor"], "ship-at-pier ship-at-hill"),
        (["--by", "the mayor", "--disputed"], "ship-at-hill"),
        (["--kind", "forecast"], "ship-may-sail"),
        (["--tag", "SHIP"], "ship-at-pier"),
        (["--since", "2024-04"], "ship-at-hill"),
        (["--until", "2024-03"], "ship-at-pier"),
        (["--since", "2024-05-31", "--until", "2024-06"], "ship-at-hill"),
        (["--reliability", "B"], "ship-at-pier"),
        (["--reliability", "c"], "ship-at-pier ship-at-hill"),
        (["--sort", "id"], "ship-at-hill ship-at-pier ship-length ship-may-sail"),
        (["--sort", "grade"], "ship-at-pier ship-at-hill ship-may-sail ship-length"),
        (["--sort", "when"], "ship-at-pier ship-at-hill ship-may-sail ship-length"),
        (["--sort", "origins", "--limit", "1"], "ship-at-pier"),
        (["--limit", "0"], ""),
        (["nothing of the sort"], ""),
    ],
)
def test_list_filters(arguments: list[str], ids: str, claimtrack: Run) -> None:
    result = claimtrack("list", *arguments, "--ids")
    assert (result.status, result.out.split(), result.err) == (0, ids.split(), "")


@pytest.mark.usefixtures("harbour")
def test_about_takes_in_all_that_is_part_of_it(register: Write, claimtrack: Run) -> None:
    register(HARBOUR.replace("about: [bay]", "about: [The Jetty]"))
    assert claimtrack("list", "--about", "north bay", "--ids").out == "ship-may-sail\n"
    assert claimtrack("list", "--about", "pier", "--ids").out == "ship-may-sail\n"


@pytest.mark.usefixtures("harbour")
def test_list_is_a_plain_table_when_piped(claimtrack: Run) -> None:
    lines = claimtrack("list").out.splitlines()
    assert lines[0].split() == [
        "id",
        "contest",
        "support",
        "grade",
        "verdict",
        "told",
        "by",
        "statement",
    ]
    assert lines[1] == (
        "ship-at-pier   conflicting  corroborated   B2              2 sources, 2 origins      "
        "The Aurora lies at the Long Pier."
    )
    assert len(lines) == 5


@pytest.mark.usefixtures("harbour")
@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--flag", "disputd"], "no flag is called 'disputd' (did you mean 'disputed'?)"),
        (["--source", "gazete"], "no source is called 'gazete' (did you mean 'gazette'?)"),
        (["--about", "Nowhere"], "no entity is called 'Nowhere'"),
        (["--by", "the major"], "did you mean 'the mayor'?"),
        (["--kind", "rumour"], "no kind of claim is called 'rumour'"),
        (["--since", "March"], "'March' is no date"),
        (["--since", "2025", "--until", "2024"], "--since 2025 comes after --until 2024"),
        (["--sort", "colour"], "'colour' is not one of"),
        (["--limit", "-1"], "Invalid value for '--limit'"),
        (["--format", "xml"], "'xml' is not one of"),
        (["--colour"], "No such option"),
    ],
)
def test_list_says_what_is_wrong_with_a_filter(
    arguments: list[str], said: str, claimtrack: Run
) -> None:
    result = claimtrack("list", *arguments)
    assert (result.status, result.out) == (2, "")
    assert said in result.err


@pytest.mark.usefixtures("harbour")
def test_list_as_json_has_the_shape_of_the_contract(as_json: Any) -> None:
    first = as_json("list")["claims"][0]
    assert first == {
        "id": "ship-at-pier",
        "statement": "The Aurora lies at the Long Pier.",
        "kind": "location",
        "contest": "conflicting",
        "support": "corroborated",
        "flags": ["conflicting", "corroborated", "tension"],
        "verdict": None,
        "grade": "B2",
        "about": [],
        "tags": ["ship"],
        "when": "2024-03-01",
        "sources": ["gazette", "echo"],
        "origins": 2,
        "file": "claims.yaml",
        "line": 19,
    }
    assert list(as_json("list", "--sort", "id")["claims"][0]) == list(first)


# ------------------------------------------------------------------------------------------- show


@pytest.mark.usefixtures("harbour")
def test_show_tells_all_of_a_claim(claimtrack: Run) -> None:
    out = claimtrack("show", "at-pier").out
    for said in (
        "ship-at-pier  claims.yaml:19  fingerprint ",
        "conflicting: it cannot be true together with others in ship.berth",
        "corroborated: 2 firm items from 2 origins in 2 sources",
        "asserts Aurora: berth: Long Pier",
        "  The Mayor  1 origin, 1 item\n    The Mayor → gazette: asserts · B2\n",
        "“the Aurora at our pier”  gazette.txt:3 · exact\n",
        "We see ⟦the Aurora at our pier⟧.\n",
        "  wire  1 origin, 1 item\n    unnamed fishermen → echo: reports · D3\n"
        "      its speaker is anonymous; echo is derived from wire\n",
        "hard · open  ship.berth",
        "‘Long Pier’ and ‘Chapel Hill’ lie apart",
        "ship-may-sail tension this: A ship that sails does not lie there.",
    ):
        assert said in out


@pytest.mark.parametrize(
    ("text", "fails"),
    [
        ("claims: [{id: a, statement: x}]", False),
        ("claims: [{id: a}]", True),
        ("claims: {id: a}", True),
        ("include: [nothing.yaml]", True),
        ("sources: {s: {genre: gosip}}", False),
        ("claims: [{id: a, statement: x}]\nreviews: [{}]", False),
    ],
)
def test_fail_means_open_conflicts_or_claims_that_could_not_be_read(
    text: str, fails: bool, register: Write, claimtrack: Run
) -> None:
    register(text)
    result = claimtrack("conflicts", "--fail")
    assert result.status == int(fails)
    assert "left out" in result.err or not fails


def test_diagnostics_come_in_the_order_of_the_files(register: Write, claimtrack: Run) -> None:
    register(
        "include: [a.yaml]\nclaims: [{id: b, statement: x, evidence: [{source: s}]}]",
        {"a.yaml": "claims: [{id: c, statemnt: x}]"},
    )
    lines = claimtrack("check").out.splitlines()
    assert [line.split(":")[0] for line in lines[:2]] == ["claims.yaml", "a.yaml"]


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("3.14159", "3.14159 m"),
        ("12345.6789", "12,345.6789 m"),
        ("{min: -1000}", "at least -1,000 m"),
        ("{value: 4, unit: km}", "4 km"),
        ("1e5", "1e5 m"),
    ],
)
def test_a_number_is_shown_as_it_is_said(
    written: str, shown: str, register: Write, claimtrack: Run
) -> None:
    register(HARBOUR.replace("{about: 7500}", written))
    assert f"asserts Aurora: length: {shown} (2024)\n" in claimtrack("show", "length").out


@pytest.mark.usefixtures("harbour")
def test_show_takes_a_part_that_fits_one_and_names_what_is_near(claimtrack: Run) -> None:
    assert claimtrack("show", "length").out.startswith("ship-length  ")
    many = claimtrack("show", "ship-at")
    assert many.status == 2
    assert "'ship-at' fits 2: ship-at-pier, ship-at-hill" in many.err
    none = claimtrack("show", "ship-lenght")
    assert none.status == 2
    assert "no claim is called 'ship-lenght' (did you mean 'ship-length'?)" in none.err


@pytest.mark.usefixtures("harbour")
def test_show_as_json_has_the_shape_of_the_contract(as_json: Any) -> None:
    claim = as_json("show", "ship-at-hill")["claim"]
    assert list(claim)[-7:] == [
        "asserts",
        "evidence",
        "relations",
        "verdicts",
        "conflicts",
        "fingerprint",
        "note",
    ]
    assert claim["evidence"][1] == {
        "source": "gazette",
        "stance": "denies",
        "by": "mayor",
        "via": [],
        "quote": None,
        "line": None,
        "credibility": None,
        "note": None,
        "audit": None,
        "origin": "entity:mayor",
    }
    assert claim["conflicts"] == ["ship.berth"]
    assert as_json("show", "ship-at-pier")["claim"]["evidence"][0]["audit"] == "exact"
    length = as_json("show", "ship-length")["claim"]["asserts"]
    assert length[0]["value"] == "{about: 7500}"


def test_a_fingerprint_is_what_the_contract_says(register: Write, as_json: Any) -> None:
    register(HARBOUR)
    written: dict[str, Any] = {
        "asserts": [{"subject": "ship", "property": "berth", "value": "hill", "negated": False}],
        "evidence": [
            {"source": "wire", "stance": "asserts", "credibility": "4"},
            {"source": "gazette", "stance": "denies", "by": "mayor"},
        ],
        "statement": "The Aurora lies by Chapel Hill.",
    }
    assert as_json("show", "ship-at-hill")["claim"]["fingerprint"] == fingerprint(written)
    register(HARBOUR.replace("value: hill", "value: CHAPEL hill").replace("line: 3", "line: 4"))
    assert as_json("show", "ship-at-hill")["claim"]["fingerprint"] == fingerprint(written)


# -------------------------------------------------------------------------------------- conflicts


@pytest.mark.usefixtures("harbour")
def test_conflicts_tells_question_positions_and_reason(claimtrack: Run) -> None:
    out = claimtrack("conflicts").out
    assert out.startswith(
        "hard · open  ship.berth\n"
        "Aurora: berth?\n"
        "  ▪ Long Pier  2 origins\n"
        "    ship-at-pier  The Mayor and unnamed fishermen · B2 · corroborated\n"
        "      The Aurora lies at the Long Pier.\n"
        "  ▪ Chapel Hill  1 origin\n"
        "    ship-at-hill  wire · C4 · single-origin\n"
        "      The Aurora lies by Chapel Hill.\n"
        "  why: ‘Long Pier’ and ‘Chapel Hill’ lie apart: neither is part of the other, "
        "and only one answer holds at a time.\n"
    )
    assert "2 conflicts: 1 hard, 1 tension" in out


@pytest.mark.usefixtures("harbour")
def test_conflicts_as_json_has_the_shape_of_the_contract(as_json: Any) -> None:
    berth, sailing = as_json("conflicts")["conflicts"]
    assert berth == {
        "id": "ship.berth",
        "rule": "value",
        "severity": "hard",
        "state": "open",
        "subject": "ship",
        "property": "berth",
        "claims": ["ship-at-hill", "ship-at-pier"],
        "positions": [
            {
                "value": "pier",
                "negated": False,
                "claims": ["ship-at-pier"],
                "sources": ["gazette", "echo"],
                "origins": 2,
            },
            {
                "value": "hill",
                "negated": False,
                "claims": ["ship-at-hill"],
                "sources": ["wire"],
                "origins": 1,
            },
        ],
        "same_source": False,
        "why": None,
        "review": None,
    }
    assert (sailing["id"], sailing["rule"], sailing["subject"], sailing["why"]) == (
        "ship-at-pier~ship-may-sail",
        "declared",
        None,
        "A ship that sails does not lie there.",
    )


@pytest.mark.usefixtures("harbour")
@pytest.mark.parametrize(
    ("arguments", "ids"),
    [
        (["--hard"], ["ship.berth"]),
        (["--open"], ["ship.berth", "ship-at-pier~ship-may-sail"]),
        (["--about", "bay"], ["ship-at-pier~ship-may-sail"]),
        (["--source", "echo", "--hard"], ["ship.berth"]),
        (["--limit", "1"], ["ship.berth"]),
        (["ship-at-hill"], ["ship.berth"]),
        (["berth"], ["ship.berth"]),
        (["ship-may"], ["ship-at-pier~ship-may-sail"]),
    ],
)
def test_conflicts_filters(arguments: list[str], ids: list[str], as_json: Any) -> None:
    assert [each["id"] for each in as_json("conflicts", *arguments)["conflicts"]] == ids


@pytest.mark.usefixtures("harbour")
def test_conflicts_fails_on_request(claimtrack: Run, register: Write) -> None:
    assert claimtrack("conflicts").status == 0
    assert claimtrack("conflicts", "--fail").status == 1
    assert claimtrack("conflicts", "nothing").status == 2
    assert claimtrack("conflicts", "").status == 2
    assert claimtrack("conflicts", "--open", "--all").status == 2
    register("claims: [{id: a, statement: x}]")
    assert claimtrack("conflicts", "--fail").status == 0
    register("claims: [{id: a, statemnt: x}]")
    result = claimtrack("conflicts", "--fail")
    assert result.status == 1
    assert "1 claim left out because of errors; claimtrack check says why" in result.err


# ---------------------------------------------------------------------------- reviews and verdicts


def reviewed(decision: str, digest: str | None = None) -> str:
    claims = {
        "ship-at-hill": {
            "asserts": [
                {"subject": "ship", "property": "berth", "value": "hill", "negated": False}
            ],
            "evidence": [
                {"source": "wire", "stance": "asserts", "credibility": "4"},
                {"source": "gazette", "stance": "denies", "by": "mayor"},
            ],
            "statement": "The Aurora lies by Chapel Hill.",
        },
        "ship-at-pier": {
            "asserts": [
                {"subject": "ship", "property": "berth", "value": "pier", "negated": False}
            ],
            "evidence": [
                {
                    "source": "gazette",
                    "stance": "asserts",
                    "by": "mayor",
                    "quote": "the Aurora at our pier",
                    "credibility": "2",
                },
                {"source": "echo", "stance": "reports", "by": "people", "credibility": "3"},
            ],
            "statement": "The Aurora lies at the Long Pier.",
        },
    }
    ground = fingerprint(
        {
            "claims": [[key, fingerprint(value)] for key, value in claims.items()],  # type: ignore[arg-type]
            "positions": [["ship-at-pier"], ["ship-at-hill"]],
            "property": {"type": "entity", "single": True},
        }
    )
    written = f"fingerprint: {digest or ground}, by: ann, on: 2024-06-01, why: seen"
    return f"{HARBOUR}reviews:\n  - {{conflict: ship.berth, decision: {decision}, {written}}}\n"


def test_what_is_reviewed_is_hidden_until_it_is_asked_for(
    register: Write, claimtrack: Run, as_json: Any
) -> None:
    register(reviewed("prevails, claim: ship-at-pier"))
    assert "ship.berth" not in claimtrack("conflicts").out
    assert as_json("conflicts", "--all")["conflicts"][0]["state"] == "reviewed"
    assert as_json("conflicts", "ship.berth")["conflicts"][0]["review"] == {
        "decision": "prevails",
        "claim": "ship-at-pier",
        "by": "ann",
        "on": "2024-06-01",
        "why": "seen",
        "stale": False,
    }
    contests = {each["id"]: each["contest"] for each in as_json("list")["claims"]}
    assert (contests["ship-at-hill"], contests["ship-at-pier"]) == ("overruled", "tension")
    assert claimtrack("conflicts", "ship.berth", "--fail").status == 0


def test_a_review_goes_stale_when_its_ground_moves(
    register: Write, claimtrack: Run, as_json: Any
) -> None:
    moved = reviewed("compatible").replace("lies by Chapel", "lies at Chapel")
    register(moved)
    assert as_json("conflicts", "ship.berth")["conflicts"][0]["state"] == "stale"
    result = claimtrack("check")
    assert (result.status, "warning CT702" in result.out) == (0, True)
    assert claimtrack("conflicts", "--fail").status == 1


def test_unresolved_keeps_a_conflict_open(register: Write, as_json: Any) -> None:
    register(reviewed("unresolved"))
    assert as_json("conflicts", "ship.berth")["conflicts"][0]["state"] == "open"


@pytest.mark.parametrize(
    ("verdict", "shown", "stale"),
    [
        ("{rating: confirmed}", "confirmed (undated)", False),
        ("{rating: refuted, fingerprint: 000000000000}", "refuted (stale)", True),
    ],
)
def test_a_verdict_is_shown_beside_what_is_derived(
    verdict: str, shown: str, stale: bool, register: Write, claimtrack: Run, as_json: Any
) -> None:
    register(f"{HARBOUR}    verdicts: [{verdict}]\n")
    row = as_json("list", "length")["claims"][0]
    assert row["verdict"]["stale"] is stale
    assert shown in claimtrack("list", "length").out
    assert ("CT701" in claimtrack("check").out) is stale


def test_an_upheld_dispute_needs_a_dispute_and_a_fingerprint(
    register: Write, as_json: Any, claimtrack: Run
) -> None:
    def contests(review: str) -> dict[str, str]:
        register(f"{HARBOUR}reviews: [{{{review}, decision: upheld}}]\n")
        return {each["id"]: each["contest"] for each in as_json("list")["claims"]}

    assert contests("dispute: ship-length")["ship-length"] == "uncontested"
    assert "CT702" in claimtrack("check").out
    assert contests("dispute: ship-at-hill")["ship-at-hill"] == "conflicting"
    page = claimtrack("show", "ship-at-hill").out
    ground = page.split("for a review of its dispute: ")[1].split()[0]
    assert contests(f"dispute: ship-at-hill, fingerprint: {ground}")["ship-at-hill"] == "overruled"


def test_a_withdrawn_claim_is_out_of_play(register: Write, as_json: Any, claimtrack: Run) -> None:
    begin = "evidence:\n      - {source: wire, cred"
    withdrawn = "verdicts: [{rating: withdrawn%s}]\n    " + begin
    for fingerprint_, ids in (
        ("", ["ship-at-pier~ship-may-sail"]),
        (", fingerprint: 000000000000", ["ship.berth", "ship-at-pier~ship-may-sail"]),
    ):
        register(
            HARBOUR.replace("evidence:\n      - {source: wire, cred", withdrawn % fingerprint_)
        )
        assert [each["id"] for each in as_json("conflicts")["conflicts"]] == ids
    register(HARBOUR.replace(begin, withdrawn % ""))
    assert "out of play: it is withdrawn" in claimtrack("show", "ship-at-hill").out


@pytest.mark.parametrize(
    ("relations", "why"),
    [
        ({"a": "tension c first", "b": "contradicts a second"}, "first"),
        ({"b": "tension c from-b", "c": "tension a from-c"}, "from-b"),
        ({"a": "contradicts b", "b": "tension c second"}, None),
        ({"c": "supports a no"}, None),
    ],
)
def test_why_is_the_first_relations_reason(
    relations: dict[str, str], why: str | None, register: Write, as_json: Any
) -> None:
    claims = ""
    for number, claim in enumerate("abc"):
        claims += f"- id: {claim}\n  statement: x\n"
        claims += f"  asserts: {{subject: e, property: p, value: {number}}}\n"
        if claim in relations:
            kind, other, *reason = relations[claim].split()
            told = f", why: {reason[0]}" if reason else ""
            claims += f"  relations: [{{type: {kind}, claim: {other}{told}}}]\n"
    register("entities: {e: {}}\nproperties: {p: {type: number, single: true}}\nclaims:\n" + claims)
    assert [each["why"] for each in as_json("conflicts")["conflicts"]] == [why]


def test_what_is_the_same_is_told_once_however_many_say_it(
    register: Write, claimtrack: Run
) -> None:
    many = 60
    same = "".join(
        f"  - {{id: a{n}, statement: x, asserts: {{subject: e, property: p, value: 1}}, "
        f"evidence: [{{source: s, by: e{n}, stance: denies, credibility: 1}}, {{source: s}}], "
        f"relations: [{{type: same-as, claim: a{(n + 1) % many}}}]}}\n"
        for n in range(many)
    )
    register(
        "sources: {s: {}}\nproperties: {p: {type: number, single: true}}\nclaims:\n"
        f"  - {{id: b, statement: y, asserts: {{subject: e, property: p, value: 2}}}}\n{same}"
    )
    with cProfile.Profile() as profile:
        shown = claimtrack("show", "a0").out
    assert shown.count("  s · single-origin") == many
    # Reading the pool again for each of its claims would call this many times as often.
    calls = {each.code: each.callcount for each in profile.getstats()}
    assert many <= calls[speaker_words.__code__] < 10 * many


def test_superseded_claims_are_out_of_play(register: Write, as_json: Any) -> None:
    register(HARBOUR.replace("{type: supports,", "{type: supersedes,"))
    assert [each["id"] for each in as_json("conflicts")["conflicts"]] == [
        "ship-at-pier~ship-may-sail"
    ]


# ------------------------------------------------------------------------------ the other commands


@pytest.mark.usefixtures("harbour")
def test_the_dashboard_fits_a_dozen_lines_and_names_the_next_step(claimtrack: Run) -> None:
    result = claimtrack()
    assert result.status == 0
    assert len(result.out.splitlines()) <= 14
    for said in (
        "The harbour",
        "4 claims from 3 sources, 1 of them held; 1 quote: 1 exact, 0 unchecked",
        "2 open conflicts, 1 hard",
        "ship-at-hill, ship-at-pier",
        "1 disputed claim: ship-at-hill",
        "claimtrack conflicts ship.berth",
    ):
        assert said in result.out


@pytest.mark.usefixtures("harbour")
def test_sources_tells_what_is_held(claimtrack: Run, as_json: Any) -> None:
    assert as_json("sources")["sources"][0] == {
        "id": "gazette",
        "file": "gazette.txt",
        "held": True,
        "sha256_ok": None,
        "reliability": "B",
        "claims": 2,
        "quotes": {
            "exact": 1,
            "normalised": 0,
            "attested": 0,
            "moved": 0,
            "ambiguous": 0,
            "altered": 0,
            "missing": 0,
            "unchecked": 0,
        },
    }
    assert "origin wire" in claimtrack("sources", "echo").out
    assert claimtrack("sources", "nowhere").status == 2


@pytest.mark.usefixtures("harbour")
def test_stats_counts(as_json: Any, claimtrack: Run) -> None:
    stats = as_json("stats")["stats"]
    assert stats["register"]["claims"] == 4
    assert stats["conflicts"]["hard"] == 1
    assert stats["kind"] == {"location": 2, "forecast": 1, "none": 1}
    assert "speculative" in claimtrack("stats").out


def test_check_looks_only_where_it_is_told_and_says_so(register: Write, claimtrack: Run) -> None:
    register("claims: [{id: a, statement: x, about: [b]}, {id: c, kind: d}]")
    assert claimtrack("check").status == 1
    only = claimtrack("check", "--select", "CT207")
    assert only.status == 0
    assert only.out.splitlines()[-1] == (
        "0 errors, 1 warning; 2 not looked at, as asked; no quotes"
    )
    assert claimtrack("check", "--ignore", "ct3").status == 0
    assert "no code begins with 'CT9'" in claimtrack("check", "--select", "CT9").err
    assert claimtrack("check", "--format", "csv").status == 2


def test_check_tells_each_mistake_like_a_compiler(register: Write, claimtrack: Run) -> None:
    register("claims:\n  - id: a\n    statement: x\n    evidence: [{source: gazete}]\n")
    result = claimtrack("check")
    assert result.out.splitlines()[0] == (
        "claims.yaml:5:25: error CT203: no source has the id 'gazete'"
    )


def test_explain_lists_every_code(claimtrack: Run) -> None:
    assert "CT203  error  no source has this id" in claimtrack("explain").out
    assert claimtrack("explain", "CT999").status == 2
    assert claimtrack("explain", "ct20").out.splitlines()[0].startswith("CT201  ")


@pytest.mark.usefixtures("harbour")
def test_what_does_not_go_together_is_refused(claimtrack: Run) -> None:
    assert claimtrack("list", "--ids", "--format", "json").status == 2
    result = claimtrack("list", "--register", ".")
    assert result.status == 2
    assert "claimtrack --register PATH list" in result.err


@pytest.mark.usefixtures("harbour")
def test_no_list_is_called_empty_that_is_only_cut(claimtrack: Run) -> None:
    assert claimtrack("list", "--limit", "0").out == "0 claims of 4\n"
    assert claimtrack("list", "nothing").out == "No claim of 4 fits.\n"


@pytest.mark.usefixtures("harbour")
@pytest.mark.parametrize("command", ["list", "conflicts", "sources", "stats"])
def test_every_list_has_every_format(command: str, claimtrack: Run) -> None:
    rows = list(csv.reader(io.StringIO(claimtrack(command, "--format", "csv").out)))
    assert len(rows) > 2
    assert {len(row) for row in rows} == {len(rows[0])}
    table = claimtrack(command, "--format", "markdown").out.splitlines()
    assert len(table) == len(rows) + 1
    assert all(line.startswith("| ") and line.endswith(" |") for line in table)


def test_an_empty_register_is_no_error(register: Write, claimtrack: Run) -> None:
    register("")
    for command in ([], ["list"], ["conflicts"], ["sources"], ["stats"], ["check"]):
        assert claimtrack(*command).status == 0


def test_help_and_version(claimtrack: Run) -> None:
    result = claimtrack("--help")
    assert result.status == 0
    for command in ("list", "show", "conflicts", "sources", "stats", "check", "explain"):
        assert command in result.out
    assert claimtrack("--version").out.startswith("claimtrack ")
    assert claimtrack("shwo").status == 2


@pytest.mark.parametrize(
    ("command", "reads"), [(["list"], False), (["show", "b"], False), (["check"], True)]
)
def test_only_what_needs_a_digest_reads_the_sources(
    command: list[str],
    reads: bool,
    register: Write,
    claimtrack: Run,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    register(
        "sources: {s: {file: s.txt}}\n"
        "claims: [{id: a, statement: x, evidence: [{source: s, quote: q}]}, {id: b, statement: y}]",
        {"sources/s.txt": "q"},
    )
    read: list[str] = []
    digest = hashlib.file_digest

    def noting(stream: Any, name: str) -> Any:
        read.append(stream.name)
        return digest(stream, name)

    monkeypatch.setattr(hashlib, "file_digest", noting)
    assert claimtrack(*command).status == 0
    assert bool(read) is reads


def test_a_source_tells_what_rests_on_it_through_others(register: Write, claimtrack: Run) -> None:
    register("""
sources: {log: {}, echo: {derived_from: [log]}, third: {derived_from: [echo]}, other: {}}
claims:
  - {id: a, statement: x, evidence: [{source: echo}, {source: other}]}
  - {id: b, statement: x, evidence: [{source: third}, {source: echo}]}
""")
    assert claimtrack("sources", "log").out.endswith(
        "\nClaims 0\n2 claims rest on it through what derives from it: echo and third. "
        "claimtrack impact log says what would change without it.\n"
    )
    assert "rest on it" not in claimtrack("sources", "echo").out
    assert "through" not in claimtrack("sources", "other").out


def test_help_says_what_an_id_a_kind_and_a_limit_are(claimtrack: Run) -> None:
    told = " ".join(claimtrack("impact", "--help").out.replace("│", " ").split())
    assert "What ID is, where things of several kinds share it; without an ID, list such" in told
    assert "At most so many changes of each kind (10 unless it is given)" in told
    told = " ".join(claimtrack("conflicts", "--help").out.replace("│", " ").split())
    assert "a claim's id, for all that it stands in" in told

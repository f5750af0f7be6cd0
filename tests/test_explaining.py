"""One conflict explained: drawn, pair by pair, and weighed with every term in the open."""

from __future__ import annotations

import json
from itertools import combinations, permutations, product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimtrack.engine.collisions import collide
from claimtrack.findings import pairs as pairing
from claimtrack.findings.conflicts import Conflict
from claimtrack.findings.findings import Findings, derive
from claimtrack.findings.pairs import pair_up
from claimtrack.findings.weighing import choose_roots
from claimtrack.reading.register import read_register
from conftest import Run, Write
from random_registers import registers, to_yaml
from test_safety import HOSTILE, OBEYED, on_a_terminal

HARBOUR = """
sources:
  gazette: {reliability: B, file: gazette.txt}
  wire: {reliability: A}
  echo: {reliability: D, derived_from: [wire]}
  blog: {}
entities:
  bay: {name: North Bay}
  pier: {name: Long Pier, part_of: bay}
  hill: {name: Chapel Hill}
  ship: {name: Aurora}
  mayor: {name: The Mayor}
  pilot: {name: The Pilot}
  people: {name: unnamed fishermen, anonymous: true}
properties:
  berth: {type: entity, single: true, scope: [tide]}
claims:
  - id: at-pier
    statement: The Aurora lies at the Long Pier.
    asserts: {subject: ship, property: berth, value: pier, during: 2024-03, scope: {tide: high}}
    evidence:
      - {source: gazette, by: mayor, quote: the Aurora at our pier, line: 3, credibility: 2}
      - {source: echo, by: pilot, stance: reports, credibility: 6}
      - {source: echo, by: people, stance: reports}
      - {source: blog, stance: speculates}
  - id: in-bay
    statement: The Aurora lies in the bay.
    asserts: {subject: ship, property: berth, value: bay}
    evidence:
      - {source: blog, by: mayor, stance: denies, credibility: 1}
  - id: at-hill
    statement: The Aurora lies by Chapel Hill.
    asserts: {subject: ship, property: berth, value: hill}
    evidence:
      - {source: wire, credibility: 1}
      - {source: gazette, by: people, credibility: 5}
      - {source: blog, by: pilot}
      - {source: blog, by: pilot, stance: retracts}
    relations: [{type: contradicts, claim: in-bay, why: The hill is inland.}]
"""


def explained(claimtrack: Run, name: str) -> Any:
    found = json.loads(claimtrack("conflicts", name, "--format", "json").out)
    assert list(found) == ["format", "conflicts", "explanations"]
    return found["explanations"]


# ----------------------------------------------------------------------------------------- the page


def test_the_page_of_a_conflict_tells_all(register: Write, claimtrack: Run) -> None:
    register(HARBOUR)
    out = claimtrack("conflicts", "ship.berth").out
    told, ground = out.split("fingerprint for a review: ")
    assert len(ground) == 13
    assert told == (
        """\
hard · open  ship.berth
Aurora: berth? One source stands on both sides.

  Chapel Hill  ● 2
  North Bay  ● 1
  └─ Long Pier  ● 1
  ● held by that position

1  Long Pier / North Bay  3 origins
  at-pier  B2 · corroborated
    The Aurora lies at the Long Pier.
    says Long Pier; holds in 2024-03; for tide high
    The Mayor: asserts in gazette · B2
      “the Aurora at our pier”  gazette.txt:3 · unchecked
    The Pilot: reports in echo · D6
    unnamed fishermen: reports in echo · D- · origin wire
    blog: speculates
  in-bay  unsupported
    The Aurora lies in the bay.
    says North Bay
    The Mayor: denies in blog · against this claim

2  Chapel Hill  2 origins
  at-hill  A1 · corroborated
    The Aurora lies by Chapel Hill.
    wire: asserts · A1
    unnamed fishermen: asserts in gazette · B5
    The Pilot: asserts in blog · taken back later
    The Pilot: retracts in blog

Why not both
  1 and 2 · contradiction (hard): ‘North Bay’ and ‘Chapel Hill’ lie apart: neither is part of \
the other, and only one answer holds at a time.
    in-bay and at-hill
    a reader wrote: The hill is inland.

What origins and grades speak for
  1  Long Pier / North Bay: 11 = 7 + 4
    The Mayor, by gazette: 1 for itself + 3 for reliability B + 3 for credibility 2 = 7
    The Pilot, by echo: 1 for itself + 1 for reliability D + 2 for credibility 6 \
(cannot be judged) = 4
    wire is not independent of The Pilot: both rest on wire
    blog only speculates: not counted
    The Mayor denies it: named, not counted
  2  Chapel Hill: 13 = 9 + 4
    wire: 1 for itself + 4 for reliability A + 4 for credibility 1 = 9
    gazette: 1 for itself + 3 for reliability B + 0 for credibility 5 = 4
    The Pilot took back what it said: not counted
  They speak for 2 (Chapel Hill) by 2: 13 against 11.
  This counts what is written; it is no verdict, and changes nothing.

"""
    )


NUMBERS = """
entities: {e: {name: Thing}}
sources: {s: {}, t: {}}
properties:
  size: {type: number, single: true, unit: m, tolerance: 5, severity: tension}
  day: {type: date, single: true}
  open: {type: boolean, single: true}
  name: {type: text, single: true}
  side: {type: choice, single: true, choices: {left: , far-left: left, right: }}
  guest: {type: entity}
claims:
"""


def claims(*written: str) -> str:
    """Claims c-0, c-1 …, each with one assertion and one firm item from a source of its own."""
    return NUMBERS + "".join(
        f"  - {{id: c-{index}, statement: x, asserts: {{subject: e, {each}}}, "
        f"evidence: [{{source: {'st'[index % 2]}}}]}}\n"
        for index, each in enumerate(written)
    )


@pytest.mark.parametrize(
    ("written", "conflict", "drawn"),
    [
        (
            ["property: size, value: 10", "property: size, value: {min: 30}"],
            "e.size",
            """
  1  10 m           ●┄┄┄┄┄┄┄┄┄┄┄┄┄┄
  2  at least 30 m                                                           ├─▶
                    └────────────────────────────────────────────────────────┘
                    10                                                    30 m
  ● one value   ├─┤ all of a range   ┄ larger values within the tolerance
  ◀ ▶ goes on without end
""",
        ),
        (
            [
                "property: day, value: 2024-07-14, negated: true",
                "property: day, value: 2024-07",
                "property: day, value: 2024-07-14",
            ],
            "e.day",
            """
  1  2024-07-14                                   ●
  2  not 2024-07-14                               ╳
                                                  ┴
                                             2024-07-14
  ● one value   ╳ denied
""",
        ),
        (
            ["property: side, value: far-left", "property: side, value: right"],
            "e.side",
            """
  left › far-left  ● 1
  right  ● 2
  ● held by that position
""",
        ),
        (["property: open, value: true", "property: open, value: false"], "e.open", None),
        (["property: name, value: A", "property: name, value: B"], "e.name", None),
    ],
)
def test_what_is_drawn_depends_on_the_type(
    written: list[str], conflict: str, drawn: str | None, register: Write, claimtrack: Run
) -> None:
    register(claims(*written))
    out = claimtrack("conflicts", conflict).out
    head, told, *_ = out.split("\n\n")
    if drawn is None:
        assert told.startswith("1  ")
    else:
        assert told == drawn.strip("\n")
    assert head.splitlines()[1].startswith("Thing: ")


def test_of_many_values_every_position_is_drawn(register: Write, claimtrack: Run) -> None:
    near = [f"property: size, value: {value / 10}" for value in range(40)]
    register(claims(*near, "property: size, value: 1000"))
    out = claimtrack("conflicts", "e.size").out
    drawing = out.split("\n\n")[1].splitlines()
    rows = [line.split()[:2] for line in drawing if line.endswith("m") or "●" in line]
    assert sum(row[0] == "1" for row in rows) == 11
    assert ["2", "1,000"] in rows
    assert "  and 29 more values" in drawing
    assert "  and 32 more claims\n" in out


def test_a_pair_that_does_not_collide_is_told_as_compare_tells_it(
    register: Write, claimtrack: Run
) -> None:
    register(
        claims(
            "property: size, value: 1, during: ../2013",
            "property: size, value: 50",
            "property: size, value: 90, during: 2014/..",
        )
    )
    out = claimtrack("conflicts", "e.size").out
    pairs = out.split("Why not together\n")[1].split("\n\n")[0]
    assert [line for line in pairs.splitlines() if " · " in line] == [
        "  1 and 2 · contradiction (tension): 1 m and 50 m differ by 49 m, "
        "more than the tolerance of 5 m, and only one answer holds at a time.",
        "  2 and 3 · contradiction (tension): 50 m and 90 m differ by 40 m, "
        "more than the tolerance of 5 m, and only one answer holds at a time.",
        "  1 and 3 · different scope: They hold at different times: until 2013 and from 2014.",
    ]
    assert (
        "They hold at different times: until 2013 and from 2014."
        in claimtrack("compare", "c-0", "c-2").out
    )


def test_a_tie_is_called_a_tie_and_nothing_is_called_nothing(
    register: Write, claimtrack: Run
) -> None:
    text = claims("property: open, value: true", "property: open, value: false")
    register(text)
    out = claimtrack("conflicts", "e.open").out
    assert "  Tie: 1 and 2 at 5 each; origins and grades do not decide.\n" in out
    assert (
        out.count("1 for itself + 2 for no reliability given + 2 for no credibility given = 5") == 2
    )
    (told,) = explained(claimtrack, "e.open")
    assert (told["favours"], told["lead"], told["tie"]) == (None, 0, [1, 2])
    register(
        text.replace("{source: s}", "{source: s, stance: questions}").replace("[{source: t}]", "[]")
    )
    out = claimtrack("conflicts", "e.open").out
    assert "Nothing firm is written for any position; origins and grades do not decide.\n" in out
    (told,) = explained(claimtrack, "e.open")
    assert (told["favours"], told["lead"], told["tie"]) == (None, 0, [])


def test_a_declared_conflict_has_claims_as_positions(register: Write, claimtrack: Run) -> None:
    relation = "relations: [{type: contradicts, claim: [b, c], why: Not at once.}]"
    register(
        "sources: {s: {reliability: A}}\n"
        f"claims:\n  - {{id: a, statement: x, {relation}}}\n"
        "  - {id: b, statement: y, evidence: [{source: s, credibility: 1}]}\n"
        "  - {id: c, statement: z}\n"
    )
    out = claimtrack("conflicts", "a~b~c").out
    assert "  1 and 2 · contradicts: Not at once.\n    a and b\n" in out
    assert "  2 and 3 · No relation is written between these two.\n    b and c\n" in out
    assert "  They speak for 2 (b) by 9: 9 against 0 for the next.\n" in out
    (told,) = explained(claimtrack, "a~b~c")
    assert [(each["relation"], each["severity"], each["rule"]) for each in told["pairs"]] == [
        ("contradicts", "hard", "declared"),
        ("contradicts", "hard", "declared"),
        (None, None, None),
    ]


def test_what_is_the_same_counts_too(register: Write, claimtrack: Run) -> None:
    register(
        claims("property: open, value: true", "property: open, value: false")
        + "  - {id: other, statement: z, evidence: [{source: t, by: e}], "
        "relations: [{type: same-as, claim: c-0}]}\n"
    )
    out = claimtrack("conflicts", "e.open").out
    assert (
        "  other  the same as one of these: its evidence counts here\n    Thing: asserts in t\n"
        in out
    )
    assert "  2  true: 10 = 5 + 5\n" in out


def test_an_origin_is_silent_once_for_each_reason(register: Write, claimtrack: Run) -> None:
    evidence = (
        "{source: s, by: e}, {source: s, by: e, stance: retracts}, "
        "{source: s, by: e, stance: denies}, {source: t}, {source: t, stance: retracts}"
    )
    register(
        claims("property: open, value: true", "property: open, value: false").replace(
            "{source: s}", evidence
        )
    )
    (told,) = explained(claimtrack, "e.open")
    (silent,) = [each["not_counted"] for each in told["positions"] if each["claims"] == ["c-0"]]
    assert [(each["origin"], each["reason"]) for each in silent] == [
        ("entity:e", "disputes"),
        ("source:t", "took it back"),
    ]


# --------------------------------------------------------------------------- when there is a page


def test_there_is_a_page_where_an_argument_fits_one_conflict(
    register: Write, claimtrack: Run
) -> None:
    register(
        HARBOUR + "  - {id: far, statement: x, relations: [{type: tension, claim: at-pier}]}\n"
    )
    pages = {
        name: "What origins and grades speak for" in claimtrack("conflicts", *name.split()).out
        for name in ("ship.berth", "berth", "at-hill", "at-pier", "", "ship.berth --limit 0")
        if name
    }
    assert pages == {
        "ship.berth": True,
        "berth": True,
        "at-hill": True,
        "at-pier": False,
        "ship.berth --limit 0": False,
    }
    assert "explanations" not in json.loads(claimtrack("conflicts", "--format", "json").out)
    assert len(explained(claimtrack, "at-pier")) == 2


def test_the_page_is_no_wider_than_a_terminal(register: Write, tmp_path: Path) -> None:
    register(HARBOUR)
    printed = on_a_terminal(tmp_path, 40, "conflicts", "ship.berth", NO_COLOR="1")
    assert max(map(len, printed.splitlines())) <= 40
    assert "└─ Long Pier  ● 1" in printed


@pytest.mark.parametrize("columns", [1, 6])
def test_a_page_is_shown_however_narrow_the_terminal(
    columns: int, register: Write, tmp_path: Path
) -> None:
    register(claims("property: size, value: {min: 30}", "property: size, value: {max: 10}"))
    printed = on_a_terminal(tmp_path, columns, "conflicts", "e.size", NO_COLOR="1")
    assert {"◀", "▶", "├", "┤"} <= set(printed)


def test_nothing_on_the_page_is_obeyed(register: Write, claimtrack: Run) -> None:
    register(HOSTILE)
    for command in (["conflicts", "a"], ["compare", "a", "b"]):
        result = claimtrack(*command)
        assert (result.status, bool(result.out)) == (0, True)
        assert not OBEYED & set(result.out + claimtrack(*command, "--format", "json").out)


# --------------------------------------------------------------------------------------------- JSON


def test_the_json_carries_the_same_facts(register: Write, claimtrack: Run) -> None:
    register(HARBOUR)
    (told,) = explained(claimtrack, "ship.berth")
    assert list(told) == [
        "conflict",
        "positions",
        "pairs",
        "more_pairs",
        "favours",
        "lead",
        "tie",
        "result",
    ]
    first, second = told["positions"]
    assert (first["number"], first["claims"], first["total"]) == (1, ["at-pier", "in-bay"], 11)
    assert first["items"][0] == {
        "claim": "at-pier",
        "source": "gazette",
        "by": "mayor",
        "stance": "asserts",
        "origin": "entity:mayor",
        "grade": "B2",
        "quote": "the Aurora at our pier",
        "line": 3,
        "taken_back": False,
    }
    assert first["terms"][1] == {
        "origin": "entity:pilot",
        "root": "wire",
        "claim": "at-pier",
        "source": "echo",
        "itself": 1,
        "reliability": "D",
        "reliability_points": 1,
        "credibility": 6,
        "credibility_points": 2,
        "weight": 4,
    }
    assert [(each["origin"], each["reason"]) for each in first["not_counted"]] == [
        ("source:wire", "not independent"),
        ("source:blog", "only speculates"),
        ("entity:mayor", "disputes"),
    ]
    assert first["not_counted"][0]["counted_for"] == ["entity:pilot"]
    assert (second["total"], second["more_items"], second["interval"]) == (13, 0, None)
    assert told["pairs"] == [
        {
            "positions": [1, 2],
            "claims": ["in-bay", "at-hill"],
            "relation": "contradiction",
            "severity": "hard",
            "rule": "apart",
            "why": "‘North Bay’ and ‘Chapel Hill’ lie apart: neither is part of the other, "
            "and only one answer holds at a time.",
            "reason": "The hill is inland.",
            "gap": None,
            "gap_share": None,
            "tolerance": None,
        }
    ]
    assert (told["favours"], told["lead"], told["tie"]) == (2, 2, [])
    assert told["result"] == "They speak for 2 (Chapel Hill) by 2: 13 against 11."


def test_the_json_has_the_numbers_of_each_pair(register: Write, claimtrack: Run) -> None:
    values = [f"property: size, value: {value}" for value in (1, 20, 40.5, 60, 80, 100)]
    register(claims(*values))
    (told,) = explained(claimtrack, "e.size")
    assert [each["interval"] for each in told["positions"]][2] == ["40.5", "40.5"]
    assert [tuple(each["positions"]) for each in told["pairs"]] == [
        *[(1, 2), (1, 3), (2, 3), (1, 4), (2, 4), (3, 4), (1, 5), (2, 5), (3, 5), (4, 5)]
    ]
    assert told["more_pairs"] == 5
    second = told["pairs"][1]
    assert (second["gap"], second["gap_share"], second["tolerance"]) == ("39.5", "39.5", "5")


# ------------------------------------------------------------------------------------- independence


GRAPHS = st.lists(
    st.tuples(st.integers(1, 9), st.lists(st.sampled_from("stuvw"), min_size=1, unique=True)),
    max_size=6,
)


@given(GRAPHS)
def test_the_heaviest_independent_origins_are_chosen(
    origins: list[tuple[int, list[str]]],
) -> None:
    named = {f"o{index}": each for index, each in enumerate(origins)}
    ordered = sorted(named, key=lambda key: (-named[key][0], key))
    chosen = choose_roots([(key, named[key][1]) for key in ordered])
    assert len(set(chosen.values())) == len(chosen)
    assert all(root in named[key][1] for key, root in chosen.items())
    assert sum(named[key][0] for key in chosen) == max(
        sum(named[key][0] for key in few)
        for size in range(len(named) + 1)
        for few in combinations(named, size)
        if _can_be_told_apart([named[key][1] for key in few])
    )


def _can_be_told_apart(roots: list[list[str]]) -> bool:
    """Whether each can have a root of its own: by trying every way."""
    return any(
        all(root in held for root, held in zip(way, roots, strict=True))
        for way in permutations("stuvw", len(roots))
    )


def test_a_long_chain_of_origins_is_moved_without_recursion() -> None:
    chain = [(f"o{index}", [f"r{index}", f"r{index + 1}"]) for index in range(20_000)]
    chosen = choose_roots([*chain, ("last", ["r0"])])
    assert len(chosen) == 20_001
    assert choose_roots([*chain, ("last", ["r0"]), ("none", ["r0"])]).get("none") is None


# ------------------------------------------------------------------------------------------- pairs


@pytest.fixture
def _no_shortcuts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Small positions go the way of large ones."""
    monkeypatch.setattr(pairing, "_FEW", 0)


@settings(max_examples=60)
@pytest.mark.usefixtures("_no_shortcuts")
@given(registers())
def test_a_hard_pair_is_shown_of_two_positions_that_have_one(
    tmp_path_factory: Any, register: dict[str, Any]
) -> None:
    path = tmp_path_factory.mktemp("register") / "claims.yaml"
    path.write_text(to_yaml(register), "utf-8")
    findings = derive(read_register(path).register)
    for conflict in findings.conflicts:
        found = pair_up(conflict, findings, most=1000)
        assert found.more == 0
        if conflict.rule == "declared":
            continue  # its severity is that of the relation, whatever else its claims do
        weights = [pair.weight for pair in found.shown]
        assert ("hard" in weights) is (conflict.severity == "hard")
        for pair in found.shown:
            assert pair.weight == _heaviest(conflict, pair.numbers, findings)


def _heaviest(conflict: Conflict, numbers: tuple[int, int], findings: Findings) -> str | None:
    """The weight of the hardest of all pairs of assertions, by comparing every one."""
    ours, theirs = (conflict.positions[number - 1].assertions for number in numbers)
    weights = {
        _weight(one.claim, other.claim, conflict, findings)
        for one, other in product(ours, theirs)
        if collide(one, other)
    }
    return min(weights, default=None)


def _weight(one: str, other: str, conflict: Conflict, findings: Findings) -> str:
    claims = findings.register.claims
    written = {
        relation.type
        for holder, named in ((one, other), (other, one))
        for relation in claims[holder].relations
        if named in relation.claims
    }
    if "contradicts" in written:
        return "hard"
    soft = findings.register.properties[conflict.property or ""].only_tension
    firm = findings.supports[one].is_firm and findings.supports[other].is_firm
    return "hard" if firm and not soft and "tension" not in written else "tension"

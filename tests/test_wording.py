"""What lists and pages say of conflicts: names, origins, reasons and reviews in plain words."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from conftest import Run, Write
from test_safety import on_a_terminal

CAUSE = """
sources:
  gazette: {reliability: B}
  echo: {reliability: D, derived_from: [wire]}
  wire: {reliability: A}
  blog: {}
entities: {dam: {name: the dam}, mayor: {name: The Mayor}, people: {anonymous: true}}
properties:
  cause:
    type: choice
    single: true
    choices: {failure: null, sabotage: failure, mine: sabotage, flood: null, quake: null}
claims:
"""
BROAD = """
  - id: broad
    statement: The dam failed.
    asserts: {subject: dam, property: cause, value: failure}
    evidence: [{source: wire, credibility: 2}]
"""
NARROW = """
  - id: narrow
    statement: It was sabotage.
    asserts: {subject: dam, property: cause, value: sabotage}
    evidence: [{source: echo, by: mayor, credibility: 3}, {source: blog, stance: speculates}]
"""
FLOOD = """
  - id: flooded
    statement: It was a flood.
    asserts: {subject: dam, property: cause, value: flood}
    evidence: [{source: echo, by: people, stance: reports}]
"""
DEEP = """
  - id: mined
    statement: It was a mine.
    asserts: {subject: dam, property: cause, value: mine}
    evidence: [{source: gazette}]
"""


@pytest.mark.parametrize("claims", [BROAD + NARROW, NARROW + BROAD])
def test_no_order_in_the_file_names_a_position(
    claims: str, register: Write, claimtrack: Run
) -> None:
    register(CAUSE + claims + FLOOD)
    page = claimtrack("conflicts", "dam.cause").out
    assert "  sabotage / failure  2 origins\n" in page
    assert "  sabotage / failure: 8\n" in page
    assert "They speak for 1 (sabotage / failure) by 4: 8 against 4." in page
    assert "  ▪ sabotage / failure  2 origins\n" in claimtrack("conflicts").out
    assert "sabotage / failure | flood" in claimtrack("conflicts", "--format", "csv").out


def test_of_many_values_three_name_a_position(register: Write, claimtrack: Run) -> None:
    register(
        "sources: {s: {}}\n"
        "properties: {length: {type: number, unit: m, single: true}}\nclaims:\n"
        + "".join(
            f"  - {{id: c{width}, statement: x, evidence: [{{source: s}}], "
            f"asserts: {{subject: wall, property: length, value: {{min: 1, max: {width}}}}}}}\n"
            for width in (50, 40, 30, 20)
        )
        + "  - {id: far, statement: x, evidence: [{source: s}], "
        "asserts: {subject: wall, property: length, value: 90}}\n"
    )
    assert "  ▪ 1 to 20 m / 1 to 30 m / 1 to 40 m and 1 more  1 origin\n" in (
        claimtrack("conflicts").out
    )


def test_the_values_that_name_a_position_are_drawn_first(register: Write, claimtrack: Run) -> None:
    register(
        "sources: {s: {}}\n"
        "properties: {length: {type: number, single: true}}\nclaims:\n"
        + "".join(
            f"  - {{id: c{high}, statement: x, evidence: [{{source: s}}], "
            f"asserts: {{subject: wall, property: length, value: {{min: {low}, max: {high}}}}}}}\n"
            for low, high in [*((1, 50 + index) for index in range(15)), (48, 49), (90, 91)]
        )
    )
    page = claimtrack("conflicts", "wall.length").out
    assert "\n  1  48 to 49  " in page
    assert "and 5 more values" in page


def test_a_sum_names_the_source_that_a_letter_is_of(register: Write, claimtrack: Run) -> None:
    register(CAUSE + NARROW + FLOOD)
    page = claimtrack("conflicts", "dam.cause").out
    assert "    The Mayor, by echo: 1 for itself + 1 for reliability D" in page
    assert "    wire, by echo: 1 for itself + 1 for reliability D" in page


def test_an_item_shows_an_origin_that_its_line_does_not_name(
    register: Write, claimtrack: Run
) -> None:
    register(CAUSE + NARROW + FLOOD)
    page = claimtrack("conflicts", "dam.cause").out
    assert "    people: reports in echo · D- · origin wire\n" in page
    assert "    The Mayor: asserts in echo · D3\n" in page


def test_two_of_a_declared_conflict_that_nothing_sets_against_each_other(
    register: Write, claimtrack: Run
) -> None:
    register("""
claims:
  - {id: a, statement: x, relations: [{type: contradicts, claim: [b, c]}]}
  - {id: b, statement: y}
  - {id: c, statement: z}
""")
    assert claimtrack("compare", "b", "c").out.endswith(
        "\nboth stand in a~b~c (hard, open); no relation sets these two against each other\n"
    )
    assert "\nin conflict: a~b~c (" in claimtrack("compare", "a", "b").out


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--hard"], "dam.cause (tension, open) is there, but --hard leaves it out.\n"),
        (["--limit", "0"], "dam.cause (tension, open) is there, but --limit leaves it out.\n"),
        (
            ["--source", "gazette"],
            "dam.cause (tension, open) is there, but --about or --source leaves it out.\n",
        ),
    ],
)
def test_a_filter_that_hides_a_named_conflict_is_named(
    options: list[str], said: str, register: Write, claimtrack: Run
) -> None:
    weak = FLOOD.replace("stance: reports", "stance: speculates")
    register(CAUSE + NARROW + weak)
    assert claimtrack("conflicts", "dam.cause", *options).out == said


def test_open_that_hides_a_reviewed_conflict_is_named(register: Write, claimtrack: Run) -> None:
    register(CAUSE + NARROW + FLOOD)
    ground = claimtrack("conflicts", "dam.cause").out.split("for a review: ")[1].strip()
    register(
        f"{CAUSE}{NARROW}{FLOOD}reviews: [{{conflict: dam.cause, decision: prevails, "
        f"claim: narrow, by: ann, on: 2026-11-22, fingerprint: {ground}, why: Seen.}}]\n"
    )
    assert claimtrack("conflicts", "dam.cause", "--open").out == (
        "dam.cause (hard, reviewed) is there, but --open leaves it out.\n"
    )
    assert "review: narrow prevails, decided by ann on 2026-11-22: Seen.\n" in (
        claimtrack("conflicts", "dam.cause").out
    )


def test_a_list_says_how_many_pairs_its_reason_leaves_out(register: Write, claimtrack: Run) -> None:
    quake = FLOOD.replace("flooded", "shaken").replace("value: flood", "value: quake")
    denial = BROAD.replace("broad", "denial").replace("failure}", "failure, negated: true}")
    register(CAUSE + NARROW + FLOOD + quake + denial)
    out = claimtrack("conflicts").out
    assert "\n  and 5 more pairs: claimtrack conflicts dam.cause\n" in out


def test_a_speaker_who_disputes_is_cited_with_the_best_item(
    register: Write, claimtrack: Run
) -> None:
    denials = "".join(f"{{source: {each}, by: mayor, stance: denies}}, " for each in ["echo"] * 7)
    disputed = FLOOD.replace(
        "evidence: [", f"evidence: [{denials}{{source: gazette, by: mayor, stance: denies}}, "
    )
    register(CAUSE + NARROW + disputed)
    page = claimtrack("conflicts", "dam.cause").out
    assert "The Mayor denies it (B-): named, not counted" in page
    assert "    The Mayor: denies in gazette · B- · against this claim\n" in page


def test_who_only_speculates_is_marked_among_the_holders(register: Write, claimtrack: Run) -> None:
    register(CAUSE + NARROW + FLOOD)
    assert "    narrow  The Mayor; blog speculates · D3 · single-origin\n" in (
        claimtrack("conflicts").out
    )


def test_a_readers_reason_is_marked_in_the_list_too(register: Write, claimtrack: Run) -> None:
    related = FLOOD + "    relations: [{type: contradicts, claim: narrow, why: One dam.}]\n"
    register(CAUSE + NARROW + related)
    for asked in (["conflicts"], ["conflicts", "dam.cause"]):
        assert "a reader wrote: One dam.\n" in claimtrack(*asked).out
    assert "only one answer holds at a time.\n  a reader" in claimtrack("conflicts").out


def test_a_name_that_is_nowhere_declared_is_shown_as_written(
    register: Write, claimtrack: Run
) -> None:
    register("""
sources: {s: {}}
properties: {berth: {type: entity, single: true}}
claims:
  - {id: a, statement: x, evidence: [{source: s}],
     asserts: {subject: Andrej Gurulëv, property: berth, value: East Quay}}
  - {id: b, statement: y, evidence: [{source: s}],
     asserts: {subject: Andrej Gurulëv, property: berth, value: West Quay}}
""")
    out = claimtrack("conflicts").out
    assert "\nAndrej Gurulëv: berth?" in out
    assert "▪ East Quay  1 origin" in out


def test_several_that_fit_say_that_one_has_a_page(register: Write, claimtrack: Run) -> None:
    more = NARROW.replace("id: narrow", "id: other").replace("subject: dam", "subject: dam-2")
    again = FLOOD.replace("id: flooded", "id: wet").replace("subject: dam", "subject: dam-2")
    register(CAUSE + NARROW + FLOOD + more + again)
    assert claimtrack("conflicts", "dam").out.endswith(
        "One alone is shown as a page: claimtrack conflicts dam-2.cause\n"
    )
    assert claimtrack("conflicts", "nope").err == (
        "claimtrack: no conflict or claim is called 'nope'; claimtrack conflicts --all lists them\n"
    )


def _values(kind: str, one: str, other: str, more: str = "") -> str:
    return (
        f"sources: {{s: {{}}}}\nproperties: {{p: {{type: {kind}, single: true{more}}}}}\nclaims:\n"
        f"  - {{id: a, statement: x, evidence: [{{source: s}}], "
        f"asserts: {{subject: e, property: p, {one}}}}}\n"
        f"  - {{id: b, statement: y, evidence: [{{source: s}}], "
        f"asserts: {{subject: e, property: p, {other}}}}}\n"
    )


@pytest.mark.parametrize(
    ("written", "said"),
    [
        (
            _values("date", "value: 2024-05", "value: 2024-06-03"),
            "2024-05 and 2024-06-03 are at least 3 days apart,",
        ),
        (
            _values("number", "value: {max: 0}", "value: 6.3", ", unit: percent"),
            "at most 0 percent and 6.3 percent differ by at least 6.3 percentage points,",
        ),
        (
            _values("number", "value: 60", "value: 63", ", unit: '%'"),
            "60 % and 63 % differ by 3 percentage points,",
        ),
        (
            _values("number", "value: 1, during: 2024-05-28", "value: 2, during: 2018/2020"),
            "They hold at different times: on 2024-05-28 and from 2018 to 2020.",
        ),
    ],
)
def test_days_times_and_percents_in_words(
    written: str, said: str, register: Write, claimtrack: Run
) -> None:
    register(written)
    assert said in claimtrack("compare", "a", "b").out


def test_labels_stand_in_one_column_past_nine_positions(register: Write, claimtrack: Run) -> None:
    rows = "".join(
        f"  - {{id: c{day}, statement: x, evidence: [{{source: s}}], "
        f"asserts: {{subject: e, property: p, value: 2024-05-{day}}}}}\n"
        for day in range(10, 20)
    )
    register(
        f"sources: {{s: {{}}}}\nproperties: {{p: {{type: date, single: true}}}}\nclaims:\n{rows}"
    )
    page = claimtrack("conflicts", "e.p").out
    assert "\n  9   2024-05-18  " in page
    assert "\n  10  2024-05-19  " in page


@pytest.mark.parametrize("columns", [25, 33, 47, 58])
def test_a_number_is_never_told_apart_from_its_sign(
    columns: int, register: Write, tmp_path: Path
) -> None:
    register(_values("number", "value: 1000", "value: 1013.5", ", tolerance: 1%"))
    shown = on_a_terminal(tmp_path, columns, "conflicts", NO_COLOR="1")
    assert " %" in shown
    for line in shown.splitlines():
        assert not re.match(r"\s*(%|origin)", line)


def test_the_review_of_a_dispute_comes_before_its_fingerprint(
    register: Write, claimtrack: Run
) -> None:
    register("""
sources: {s: {}}
claims:
  - id: a
    statement: x
    evidence: [{source: s}, {source: s, stance: denies}]
    verdicts: [{rating: confirmed, by: ann}]
reviews: [{dispute: a, decision: unresolved, by: ann}]
""")
    told = claimtrack("show", "a").out
    assert "\nVerdicts, the last one counts\n" in told
    assert "\nreview of its dispute: " in told
    assert told.index("\nreview of its dispute: ") < told.index("fingerprint for a review of")

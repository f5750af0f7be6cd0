"""Echoes taken for corroboration, and credibilities that cannot both be right."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from conftest import Run, Write

HEAD = """
sources:
  wire: {title: Wire report, publisher: Agency, reliability: B}
  gazette: {title: Gazette, derived_from: [wire], reliability: A}
  echo: {title: Echo, derived_from: [gazette], reliability: F}
  rival: {title: Rival, reliability: D}
entities:
  agency: {name: Agency}
  mayor: {name: The Mayor}
  pilot: {name: The Pilot}
  fishermen: {name: fishermen, anonymous: true}
  ship: {name: Aurora}
properties:
  berth: {type: choice, single: true, choices: [pier, quay]}
  mood: {type: choice, single: true, severity: tension, choices: [calm, gloomy]}
"""

Warned = Callable[[str], list[tuple[str, str]]]


def claim(key: str, evidence: str, more: str = "") -> str:
    return f"""  - id: {key}
    statement: It is {key}.
    evidence: [{evidence}]
{more}"""


def verdict(rating: str) -> str:
    return f"    verdicts: [{{rating: {rating}, by: ann, on: 2024-04-02}}]\n"


def at(value: str, of: str = "berth") -> str:
    return f"    asserts: {{subject: ship, property: {of}, value: {value}}}\n"


@pytest.fixture
def warned(register: Write, claimtrack: Run) -> Warned:
    """The codes that check gives for some claims, each with the claim it stands in."""

    def check(claims: str) -> list[tuple[str, str]]:
        register(f"{HEAD}claims:\n{claims}")
        found = json.loads(claimtrack("check", "--format", "json").out)["diagnostics"]
        return [(each["code"], each["claim"]) for each in found]

    return check


# ------------------------------------------------------------------------------------------- echo


@pytest.mark.parametrize(
    ("evidence", "codes"),
    [
        ("{source: gazette}, {source: echo}", ["CT712"]),
        ("{source: gazette, by: mayor}, {source: rival, by: mayor}", ["CT712"]),
        ("{source: gazette, by: mayor}, {source: echo, by: pilot}", ["CT712"]),
        ("{source: gazette, by: fishermen}, {source: echo}", ["CT712"]),
        # One source is no echo, nor is one that another only speculates along with.
        ("{source: gazette}, {source: gazette}", []),
        ("{source: gazette}, {source: echo, stance: speculates}", []),
        ("{source: gazette}, {source: rival}", []),
        ("{source: gazette}, {source: echo}, {source: rival}", []),
        # What was taken back echoes no more.
        ("{source: gazette}, {source: echo}, {source: echo, stance: retracts}", []),
        # Nothing firm at all is another mistake, and told once.
        ("{source: gazette, stance: speculates}, {source: echo, stance: speculates}", ["CT705"]),
    ],
)
def test_an_echo_is_no_confirmation(evidence: str, codes: list[str], warned: Warned) -> None:
    assert warned(claim("a", evidence, verdict("confirmed"))) == [(code, "a") for code in codes]
    assert warned(claim("a", evidence, verdict("unproven"))) == []


@pytest.mark.parametrize(
    ("evidence", "codes"),
    [
        # One origin: CT706 says it, and nothing says it twice.
        ("{source: gazette, credibility: 1}, {source: echo}", ["CT706"]),
        # Two speakers, heard in copies of one text.
        ("{source: gazette, by: mayor, credibility: 1}, {source: echo, by: pilot}", ["CT712"]),
        ("{source: gazette, by: mayor, credibility: 2}, {source: echo, by: pilot}", []),
        ("{source: gazette, by: mayor, credibility: 1}, {source: rival, by: pilot}", []),
    ],
)
def test_an_echo_is_not_graded_as_confirmed(
    evidence: str, codes: list[str], warned: Warned
) -> None:
    assert warned(claim("a", evidence)) == [(code, "a") for code in codes]


def test_an_echo_over_claims_that_are_the_same_is_told_once(warned: Warned) -> None:
    one = claim("a", "{source: gazette, by: mayor, credibility: 1}")
    other = claim("b", "{source: echo, by: pilot}", "    relations: [{type: same-as, claim: a}]\n")
    assert warned(one + other) == [("CT712", "a")]


def test_an_echo_is_told_with_what_its_sources_share(register: Write, claimtrack: Run) -> None:
    register(
        f"{HEAD}claims:\n" + claim("a", "{source: gazette}, {source: echo}", verdict("confirmed"))
    )
    assert claimtrack("check", "--select", "CT712").out.splitlines()[0] == (
        "claims.yaml:21:25: warning CT712: 'a' is confirmed, but its 2 sources are an echo: all "
        "have it from the entity 'agency'; add evidence that is independent of it, or judge it "
        "'unproven'"
    )


# ----------------------------------------------------------------------------------------- grades


@pytest.mark.parametrize(
    ("evidence", "found"),
    [
        # The same words, graded twice; line ends in them are no difference.
        (
            "{source: rival, quote: it is so, credibility: 2}, "
            "{source: rival, quote: 'it  is so', credibility: 3}",
            1,
        ),
        (
            "{source: rival, quote: it is so, credibility: 6}, "
            "{source: rival, quote: it is so, credibility: 3}",
            1,
        ),
        (
            "{source: rival, quote: it is so, credibility: 2}, "
            "{source: rival, quote: it is so, credibility: 5}",
            1,
        ),
        (
            "{source: rival, quote: it is so, credibility: 2}, "
            "{source: rival, quote: it was so, credibility: 3}",
            0,
        ),
        (
            "{source: rival, quote: it is so, by: mayor, credibility: 2}, "
            "{source: rival, quote: it is so, credibility: 3}",
            0,
        ),
        # A copy adds nothing, however good its letter.
        ("{source: wire, credibility: 4}, {source: gazette, credibility: 2}", 1),
        ("{source: wire, credibility: 4}, {source: gazette, credibility: 3}", 0),
        ("{source: wire, credibility: 4}, {source: gazette, credibility: 6}", 0),
        ("{source: wire, credibility: 5}, {source: gazette, credibility: 4}", 0),
        ("{source: wire, credibility: 5}, {source: rival, credibility: 2}", 0),
        ("{source: wire, credibility: 4}, {source: gazette, by: mayor, credibility: 2}", 0),
        ("{source: wire, credibility: 4}, {source: gazette}", 0),
        (
            "{source: wire, credibility: 4}, {source: gazette, credibility: 2}, "
            "{source: wire, stance: retracts}",
            0,
        ),
        # Not both a statement and its denial.
        ("{source: wire, credibility: 2}, {source: rival, stance: denies, credibility: 2}", 1),
        ("{source: wire, credibility: 2}, {source: rival, stance: denies, credibility: 3}", 0),
        ("{source: wire, credibility: 2}, {source: rival, stance: questions, credibility: 2}", 0),
        (
            "{source: wire, stance: speculates, credibility: 2}, "
            "{source: rival, stance: denies, credibility: 2}",
            0,
        ),
        # No letter contradicts a number.
        ("{source: echo, credibility: 2}", 0),
        ("{source: gazette, credibility: 5}, {source: echo, credibility: 5}", 0),
    ],
)
def test_grades_of_one_claim_contradict_each_other(
    evidence: str, found: int, warned: Warned
) -> None:
    assert warned(claim("a", evidence)) == [("CT713", "a")] * found


@pytest.mark.parametrize(
    ("one", "other", "found"),
    [
        # A source that contradicts itself says nothing likely on both sides.
        ("{source: rival, credibility: 2}", "{source: rival, credibility: 2}", ["CT713"]),
        ("{source: rival, credibility: 2}", "{source: rival, credibility: 4}", []),
        # Two sources may: the register's reader has not decided yet.
        ("{source: rival, credibility: 2}", "{source: wire, credibility: 2}", []),
        # But both cannot be confirmed.
        (
            "{source: rival, credibility: 1}, {source: wire}",
            "{source: gazette, credibility: 1}, {source: rival, by: mayor}",
            ["CT713"],
        ),
    ],
)
def test_two_claims_that_exclude_each_other(
    one: str, other: str, found: list[str], warned: Warned
) -> None:
    rivals = claim("a", one, at("pier")) + claim("b", other, at("quay"))
    assert [code for code, _ in warned(rivals)] == found
    declared = claim("b", other, "    relations: [{type: contradicts, claim: a}]\n")
    assert [code for code, _ in warned(claim("a", one) + declared)] == found
    pulling = claim("a", one, at("calm", "mood")) + claim("b", other, at("gloomy", "mood"))
    assert warned(pulling) == []


def test_of_several_claims_only_those_that_exclude_each_other(warned: Warned) -> None:
    graded = "{source: rival, credibility: 2}"
    together = claim("a", graded) + claim("b", graded)
    relation = "    relations: [{type: contradicts, claim: [a, b]}]\n"
    assert warned(together + claim("c", "{source: wire, credibility: 2}", relation)) == []
    assert warned(together + claim("c", graded, relation)) == [("CT713", "a")]


def test_claims_that_can_hold_together_are_both_likely(register: Write, claimtrack: Run) -> None:
    graded = "{source: rival, credibility: 2}"
    rivals = claim("a", graded, at("pier")) + claim("b", graded, at("quay"))
    register(f"{HEAD}claims:\n{rivals}")
    told = claimtrack("check").out.splitlines()
    assert told[0] == (
        "claims.yaml:24:25: warning CT713: credibility 2 (probably true) of 'b' contradicts 2 "
        "(probably true) of 'a': they exclude each other in ship.berth; grade one of them 4 or 5, "
        "both 3 if nothing decides, or review the conflict as 'compatible' if they can hold "
        "together"
    )
    assert told[1] == "  claims.yaml:20:25: note: 'a' has credibility 2 (probably true) here"
    decided = ("ship.berth", "compatible", "--by", "ann", "--why", "it moved")
    assert claimtrack("review", *decided).status == 0
    assert claimtrack("check", "--select", "CT713").out.startswith("no errors, no warnings")

"""What would change if a source, an entity or a claim fell, and what bears most alone."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import subprocess
import sys
import tracemalloc
from contextlib import suppress
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimtrack.findings.falling import Thing, without
from claimtrack.findings.findings import Findings, derive
from claimtrack.findings.flags import SUPPORT_WORDS
from claimtrack.findings.impact import Impact, find_impact
from claimtrack.findings.single_points import find_single_points
from claimtrack.reading.register import read_register
from conftest import Run, Write
from oracle import judge, listed, root_of, who
from random_registers import SEEDS, maybe, registers, to_yaml

# ------------------------------------------------------------------------------ random registers


@st.composite
def dependent_registers(draw: st.DrawFn) -> dict[str, Any]:
    """Random registers in which claims depend on each other, in circles too, and are confirmed."""
    register = draw(registers())
    rng = Random(draw(SEEDS))
    ids = [claim["id"] for claim in register["claims"]]
    for claim in register["claims"]:
        others = [other for other in ids if other != claim["id"]]
        if others and rng.random() < 0.4:
            chosen = rng.sample(others, min(len(others), rng.choice((1, 1, 2))))
            type_ = rng.choice(("depends-on", "depends-on", "depends-on", "refines"))
            claim.setdefault("relations", []).append({"type": type_, "claim": chosen})
        maybe(rng, 0.4, claim, "verdicts", [{"rating": rng.choice(("confirmed", "refuted"))}])
    return register


def derived(folder: Path, register: dict[str, Any]) -> Findings:
    path = folder / "claims.yaml"
    path.write_text(to_yaml(register), "utf-8")
    return derive(read_register(path).register)


def everything(findings: Findings) -> list[Thing]:
    register = findings.register
    items = [item for claim in register.claims.values() for item in claim.evidence]
    heard = {name for item in items for name in (item.by, *item.via) if name is not None}
    return [
        *(Thing("source", source) for source in register.sources),
        *(Thing("entity", entity) for entity in {*register.entities, *heard}),
        *(Thing("claim", claim) for claim in register.claims),
    ]


@dataclass(frozen=True, slots=True)
class Numbers:
    """What a row of the table of single points says."""

    confirmed: int
    bare: int
    uncorroborated: int
    dependants: int


NOTHING = Numbers(0, 0, 0, 0)


def counted(impact: Impact, findings: Findings) -> Numbers:
    firm = ("corroborated", "single-origin")
    thing = impact.fall.thing
    same = findings.supports[thing.id].claims if thing.kind == "claim" else ()
    return Numbers(
        sum(each.change in ("falls", "unsupported") for each in impact.verdicts),
        sum(each.before in firm and each.after not in firm for each in impact.support),
        sum(each.before == "corroborated" for each in impact.support),
        len(impact.fall.claims) - len(same),
    )


@settings(max_examples=60)
@given(dependent_registers())
def test_the_table_says_what_deriving_without_each_thing_says(
    tmp_path_factory: Any, register: dict[str, Any]
) -> None:
    findings = derived(tmp_path_factory.mktemp("register"), register)
    points = find_single_points(findings)
    told = {
        each.thing: Numbers(each.confirmed, each.bare, each.uncorroborated, each.dependants)
        for each in points
    }
    things = everything(findings)
    found = {thing: counted(find_impact(findings, thing), findings) for thing in things}
    assert told == {thing: numbers for thing, numbers in found.items() if numbers != NOTHING}
    order = [(n.confirmed, n.bare, n.uncorroborated, n.dependants) for n in told.values()]
    assert order == sorted(order, reverse=True)


@settings(max_examples=60)
@given(dependent_registers())
def test_nothing_is_better_supported_for_a_fall_and_no_verdict_grows_stale(
    tmp_path_factory: Any, register: dict[str, Any]
) -> None:
    findings = derived(tmp_path_factory.mktemp("register"), register)
    rank = SUPPORT_WORDS.index
    for thing in everything(findings):
        after = derive(without(findings.register, thing))
        for claim in after.register.claims:
            before = findings.supports[claim]
            assert rank(after.supports[claim].word) >= rank(before.word)
            assert set(after.supports[claim].origins) <= set(before.origins)
            assert after.last_verdict(claim) == findings.last_verdict(claim)


@settings(max_examples=60)
@given(dependent_registers(), SEEDS)
def test_a_fall_is_the_register_written_without_it(
    tmp_path_factory: Any, register: dict[str, Any], seed: int
) -> None:
    # Verdicts and reviews carry fingerprints, which another text would not have.
    register.pop("reviews", None)
    for claim in register["claims"]:
        claim.pop("verdicts", None)
        drop_taken_back(register, claim)
    findings = derived(tmp_path_factory.mktemp("register"), register)
    rng, claims = Random(seed), list(findings.register.claims)
    sources = list(findings.register.sources)
    for thing in (
        Thing("source", rng.choice(sources)),
        Thing("entity", rng.choice(("ministry", "paper", "nobody", "nowhere"))),
        Thing("claim", rng.choice(claims)),
    ):
        expected = judge(written_without(register, thing))
        after = derive(without(findings.register, thing))
        assert {
            claim: [after.supports[claim].word, after.standings[claim].contest]
            for claim in after.register.claims
        } == {c: [told["support"], told["contest"]] for c, told in expected["claims"].items()}
        assert {
            conflict.id: [list(conflict.claims), conflict.severity] for conflict in after.conflicts
        } == {
            key: [told["claims"], told["severity"]] for key, told in expected["conflicts"].items()
        }


def drop_taken_back(register: dict[str, Any], claim: dict[str, Any]) -> None:
    """Leave out what a later item takes back: it counts for nothing, and stays so in any fall."""
    kept: list[dict[str, Any]] = []
    for item in claim.get("evidence", ()):
        if item.get("stance") == "retracts":
            kept = [other for other in kept if voice(register, other) != voice(register, item)]
        else:
            kept.append(item)
    claim["evidence"] = kept


def voice(register: dict[str, Any], item: dict[str, Any]) -> tuple[str, str | None]:
    return item["source"], who(register, item["by"]) if "by" in item else None


def written_without(register: dict[str, Any], thing: Thing) -> dict[str, Any]:
    """The register as somebody would write it who never knew of the thing, read step by step."""
    left = deepcopy(register)
    gone = fallen_claims(register, thing.id) if thing.kind == "claim" else set()
    left["claims"] = [claim for claim in left["claims"] if claim["id"] not in gone]
    for claim in left["claims"]:
        claim["evidence"] = [i for i in claim["evidence"] if not falls(register, i, thing)]
        for relation in claim.get("relations", ()):
            relation["claim"] = [other for other in listed(relation["claim"]) if other not in gone]
        claim["relations"] = [each for each in claim.get("relations", ()) if each["claim"]]
    return left


def fallen_claims(register: dict[str, Any], claim: str) -> set[str]:
    gone: set[str] = set()
    more = {claim}
    while more:
        gone |= more
        ties = [
            (one["id"], relation["type"], other)
            for one in register["claims"]
            for relation in one.get("relations", ())
            for other in listed(relation["claim"])
        ]
        more = {one for one, type_, other in ties if other in gone and type_ == "depends-on"}
        same = [(one, other) for one, type_, other in ties if type_ == "same-as"]
        more |= {one for one, other in same if other in gone}
        more |= {other for one, other in same if one in gone}
        more -= gone
    return gone


def falls(register: dict[str, Any], item: dict[str, Any], thing: Thing) -> bool:
    sources = register["sources"]
    chain = [item["source"]]
    while sources[chain[-1]].get("derived_from"):
        chain.append(sources[chain[-1]]["derived_from"][0])
    assert chain[-1] == root_of(register, item["source"])
    if thing.kind == "source":
        return thing.id in chain
    heard = [who(register, name) for name in (*listed(item.get("by", [])), *item.get("via", ()))]
    return thing.id in heard or any(maker(register, each) == thing.id for each in chain)


def maker(register: dict[str, Any], source: str) -> str | None:
    for key in ("publisher", "author"):
        name = register["sources"][source].get(key)
        entity = None if name is None else who(register, name)
        known = register["entities"].get(entity)
        if known is not None and known.get("anonymous") != "true":
            return entity
    return None


# ---------------------------------------------------------------------------------------- by hand


def run_on_a_terminal(*arguments: str) -> str:
    """What the program prints to a terminal of 80 columns."""
    ours, theirs = os.openpty()
    command = [sys.executable, "-m", "claimtrack", *arguments]
    surroundings = {**os.environ, "COLUMNS": "80", "NO_COLOR": "1"}
    with subprocess.Popen(command, stdout=theirs, env=surroundings):
        os.close(theirs)
        printed = b""
        # At the end a terminal's other side gives an error where a pipe gives nothing.
        with suppress(OSError):
            while part := os.read(ours, 65536):
                printed += part
    os.close(ours)
    return printed.decode().replace("\r\n", "\n")


PORT = """
sources:
  gazette: {reliability: B, title: The harbour gazette}
  wire: {reliability: C}
  echo: {derived_from: [wire]}
  digest: {derived_from: [gazette, wire]}
  post: {publisher: The Ministry}
entities:
  ship: {name: Aurora}
  pier: {name: Long Pier}
  hill: {name: Chapel Hill}
  ministry: {name: The Ministry, aliases: [the mod]}
  agency: {name: The Agency}
  post: {name: The Post Office}
properties:
  berth: {type: entity, single: true}
claims:
  - id: at-pier
    statement: The Aurora lies at the Long Pier.
    asserts: {subject: ship, property: berth, value: pier}
    evidence: [{source: gazette, credibility: 2}, {source: echo, by: ministry, credibility: 3}]
    verdicts: [{rating: confirmed}]
  - id: at-hill
    statement: The Aurora lies by Chapel Hill.
    asserts: {subject: ship, property: berth, value: hill}
    evidence: [{source: wire, credibility: 1}]
    verdicts: [{rating: refuted}]
  - id: sails
    statement: The Aurora will sail.
    evidence: [{source: echo, by: agency, stance: speculates}, {source: wire}]
    verdicts: [{rating: confirmed}]
    relations: [{type: depends-on, claim: at-hill}]
  - id: tells
    statement: The ministry tells of a ship.
    evidence: [{source: post, via: [agency]}]
"""


@pytest.fixture
def port(register: Write) -> None:
    register(PORT)


@pytest.fixture
def impact(claimtrack: Run) -> Any:
    def run(*arguments: str) -> Any:
        result = claimtrack("impact", *arguments, "--format", "json")
        assert (result.status, result.err) == (0, "")
        document = json.loads(result.out)
        assert next(iter(document.items())) == ("format", 1)
        return document["impact"]

    return run


@pytest.mark.usefixtures("port")
def test_a_source_falls_with_all_that_derives_from_it_first(impact: Any) -> None:
    assert impact("wire") == {
        "id": "wire",
        "kind": "source",
        "falls": {"sources": ["wire", "echo"], "claims": [], "items": 4},
        "support": [
            {"claim": "at-hill", "before": "single-origin", "after": "unsupported"},
            {"claim": "sails", "before": "single-origin", "after": "unsupported"},
            {"claim": "at-pier", "before": "corroborated", "after": "single-origin"},
        ],
        "contest": [
            {"claim": "at-pier", "before": "conflicting", "after": "tension"},
            {"claim": "at-hill", "before": "conflicting", "after": "tension"},
        ],
        "conflicts": [
            {
                "id": "ship.berth",
                "change": "softened",
                "severity": {"before": "hard", "after": "tension"},
                "favoured": None,
            }
        ],
        "verdicts": [
            {"claim": "sails", "rating": "confirmed", "change": "unsupported"},
            {"claim": "at-pier", "rating": "confirmed", "change": "single-origin"},
        ],
        "reviews": [],
        "touched": [
            # It lists the wire second, and stays.
            {
                "id": "digest",
                "kind": "source",
                "relation": "derived_from",
                "from": "digest",
                "to": "wire",
            },
            {
                "id": "sails",
                "kind": "claim",
                "relation": "depends-on",
                "from": "sails",
                "to": "at-hill",
            },
        ],
    }


@pytest.mark.usefixtures("port")
def test_the_page_of_a_source_says_the_same_in_words(claimtrack: Run) -> None:
    assert claimtrack("impact", "wire").out.splitlines() == [
        "wire  source",
        "",
        "If it turned out to be false, 4 items of evidence would be gone.",
        "Sources that fall with it: echo.",
        "",
        "In short: 1 verdict would rest on nothing; 1 verdict would rest on a single origin; "
        "2 claims would have no firm support left; 1 claim would lose its corroboration; "
        "2 claims would change their contest word; 1 conflict would soften to tension.",
        "",
        "Support 3",
        "  at-hill  single-origin → unsupported",
        "    The Aurora lies by Chapel Hill.",
        "  sails  single-origin → unsupported",
        "    The Aurora will sail.",
        "  at-pier  corroborated → single-origin",
        "    The Aurora lies at the Long Pier.",
        "",
        "Contest 2",
        "  at-pier  conflicting → tension",
        "    The Aurora lies at the Long Pier.",
        "  at-hill  conflicting → tension",
        "    The Aurora lies by Chapel Hill.",
        "",
        "Conflicts 1",
        "  ship.berth  Aurora: berth?",
        "    hard → tension",
        "",
        "Verdicts 2",
        "  sails  confirmed: the claim would have no firm support left",
        "    The Aurora will sail.",
        "  at-pier  confirmed: the claim would be corroborated no longer",
        "    The Aurora lies at the Long Pier.",
        "",
        "Touched 2",
        "  digest  also derives from wire; what is cited from it stays",
        "  sails  it depends on at-hill, which would have no firm support left",
    ]


@pytest.mark.usefixtures("port")
def test_an_entity_falls_with_what_it_says_relays_and_makes(impact: Any) -> None:
    ministry = impact("The MoD")
    assert (ministry["id"], ministry["kind"]) == ("ministry", "entity")
    assert ministry["falls"] == {"sources": ["post"], "claims": [], "items": 2}
    assert [(each["claim"], each["after"]) for each in ministry["support"]] == [
        ("tells", "unsupported"),
        ("at-pier", "single-origin"),
    ]
    agency = impact("agency")
    assert agency["falls"] == {"sources": [], "claims": [], "items": 2}
    assert [each["claim"] for each in agency["support"]] == ["tells"]


@pytest.mark.usefixtures("port")
@pytest.mark.parametrize(
    ("thing", "before", "after", "words"),
    [
        ("echo", "pier", None, "‘Long Pier’ → no side"),
        ("gazette", "pier", "hill", "‘Long Pier’ → ‘Chapel Hill’"),
    ],
)
def test_a_conflict_turns(
    thing: str, before: str, after: str | None, words: str, impact: Any, claimtrack: Run
) -> None:
    (change,) = impact(thing)["conflicts"]
    sides = change["favoured"]
    assert change["change"] == "turned"
    assert sides["before"] == {"value": before, "negated": False, "claims": [f"at-{before}"]}
    expected = after and {"value": after, "negated": False, "claims": [f"at-{after}"]}
    assert sides["after"] == expected
    assert f"    evidence speaks for {words}\n" in claimtrack("impact", thing).out


@pytest.mark.usefixtures("port")
def test_a_claim_falls_with_what_depends_on_it(impact: Any, claimtrack: Run) -> None:
    found = impact("at-hill")
    assert found["falls"] == {"sources": [], "claims": ["at-hill", "sails"], "items": 3}
    assert found["contest"] == [
        {"claim": "at-pier", "before": "conflicting", "after": "uncontested"}
    ]
    assert [(each["id"], each["change"]) for each in found["conflicts"]] == [
        ("ship.berth", "closed")
    ]
    assert found["verdicts"] == [{"claim": "sails", "rating": "confirmed", "change": "falls"}]
    out = claimtrack("impact", "at-hill").out
    assert "with it 1 claim that depends on it.\n" in out
    assert "  ship.berth  Aurora: berth?\n    hard → closed\n" in out


@pytest.mark.usefixtures("port")
def test_a_refuted_verdict_without_a_rival_is_told(impact: Any) -> None:
    assert impact("at-pier")["verdicts"] == [
        {"claim": "at-hill", "rating": "refuted", "change": "unopposed"}
    ]


TIES = """
sources: {gazette: {}, wire: {}}
entities: {ministry: {}, agency: {}}
claims:
  - id: told
    statement: It happened.
    evidence: [{source: gazette}]
    relations: [{type: same-as, claim: told-too}]
  - {id: told-too, statement: It did happen., evidence: [{source: wire}]}
  - {id: resting, statement: r, relations: [{type: depends-on, claim: told-too}]}
  - {id: circle, statement: c, relations: [{type: depends-on, claim: [resting, around]}]}
  - {id: around, statement: d, relations: [{type: depends-on, claim: circle}]}
  - {id: reason, statement: e, relations: [{type: supports, claim: goal}]}
  - {id: goal, statement: g}
  - {id: narrow, statement: n, relations: [{type: refines, claim: reason}]}
  - {id: speech, statement: s, relations: [{type: states, claim: reason}]}
  - {id: newer, statement: n, relations: [{type: supersedes, claim: older}]}
  - {id: older, statement: o, relations: [{type: contradicts, claim: [goal, narrow]}]}
  - {id: rival, statement: v, relations: [{type: contradicts, claim: [newer, narrow]}]}
"""


def test_the_same_proposition_falls_and_circles_end(register: Write, impact: Any) -> None:
    register(TIES)
    falling = ["told", "told-too", "resting", "circle", "around"]
    assert impact("told")["falls"] == {"sources": [], "claims": falling, "items": 2}
    assert impact("told-too")["falls"]["claims"] == falling
    assert impact("around")["falls"]["claims"] == ["circle", "around"]


def test_what_is_tied_to_a_fallen_claim_is_touched_and_stays(
    register: Write, impact: Any, claimtrack: Run
) -> None:
    register(TIES)
    found = impact("reason")
    assert found["falls"]["claims"] == ["reason"]
    assert [(each["id"], each["relation"]) for each in found["touched"]] == [
        ("goal", "supports"),
        ("narrow", "refines"),
        ("speech", "states"),
    ]
    out = claimtrack("impact", "reason").out
    assert "Nothing else would change but what it touches.\n" in out
    assert out.endswith(
        "Touched 3\n  goal  reason supports it\n  narrow  it refines reason\n"
        "  speech  it states reason\n"
    )
    assert "  reason  speech states it\n" in claimtrack("impact", "speech").out


def test_what_a_fallen_claim_superseded_comes_back_into_play(
    register: Write, impact: Any, claimtrack: Run
) -> None:
    register(TIES)
    found = impact("newer")
    assert [(each["id"], each["change"]) for each in found["conflicts"]] == [
        ("goal~narrow~older", "opened")
    ]
    assert [(each["id"], each["relation"]) for each in found["touched"]] == [
        ("older", "supersedes")
    ]
    assert ("older", "conflicting") in [(c["claim"], c["after"]) for c in found["contest"]]
    out = claimtrack("impact", "newer").out
    assert "  goal~narrow~older\n    would open: hard\n" in out
    assert "  older  comes back into play, since newer superseded it\n" in out


def test_a_declared_conflict_is_the_same_without_one_of_its_claims(
    register: Write, impact: Any
) -> None:
    register(TIES)
    # newer~narrow~rival becomes narrow~rival: neither closed nor opened.
    assert "rival" not in str(impact("newer")["conflicts"])


def test_a_declared_conflict_is_the_same_with_a_claim_that_comes_back(
    register: Write, impact: Any
) -> None:
    register("""
claims:
  - {id: a, statement: x, relations: [{type: contradicts, claim: [b, old]}]}
  - {id: b, statement: x}
  - {id: new, statement: x, relations: [{type: supersedes, claim: old}]}
  - {id: old, statement: x}
""")
    found = impact("new")
    assert found["conflicts"] == []
    assert found["contest"] == [{"claim": "old", "before": "uncontested", "after": "conflicting"}]


@pytest.mark.parametrize(
    ("thing", "freed"),
    [("wire", ["contradicted"]), ("post", ["denied"]), ("gazette", []), ("log", [])],
)
def test_only_what_is_firm_and_excludes_a_claim_refutes_it(
    thing: str, freed: list[str], register: Write, impact: Any
) -> None:
    register("""
sources: {gazette: {}, wire: {}, log: {}, post: {}}
claims:
  - id: contradicted
    statement: x
    evidence: [{source: log}]
    verdicts: [{rating: refuted}]
  - {id: y, statement: x, evidence: [{source: wire}],
     relations: [{type: contradicts, claim: contradicted}]}
  - {id: z, statement: x, evidence: [{source: gazette}],
     relations: [{type: tension, claim: contradicted}]}
  - id: denied
    statement: x
    evidence: [{source: log}, {source: post, stance: denies}]
    verdicts: [{rating: misleading}]
""")
    told = impact(thing)["verdicts"]
    assert [(each["claim"], each["change"]) for each in told] == [
        (claim, "unopposed") for claim in freed
    ]


def test_what_was_taken_back_stays_so(register: Write, impact: Any) -> None:
    register("""
sources: {gazette: {}, wire: {}}
entities: {ministry: {}, agency: {}}
claims:
  - id: relayed
    statement: The retraction came through the agency.
    evidence:
      - {source: wire, by: ministry}
      - {source: wire, by: ministry, stance: retracts, via: [agency]}
      - {source: gazette, stance: speculates}
  - id: elsewhere
    statement: Another source took it back.
    evidence: [{source: gazette}, {source: wire, stance: retracts}, {source: wire}]
  - id: own
    statement: The source took it back itself.
    evidence: [{source: gazette}, {source: gazette, stance: retracts}, {source: wire}]
""")
    assert impact("agency")["support"] == []
    assert impact("agency")["falls"]["items"] == 1
    assert [(each["claim"], each["after"]) for each in impact("wire")["support"]] == [
        ("own", "unsupported"),
        ("elsewhere", "single-origin"),
    ]
    assert [each["claim"] for each in impact("gazette")["support"]] == ["relayed", "elsewhere"]


REVIEWED = """
sources: {gazette: {}, wire: {}}
claims:
  - {id: one, statement: x, evidence: [{source: gazette}]}
  - id: two
    statement: x
    evidence: [{source: wire}, {source: gazette, stance: denies}]
    relations: [{type: contradicts, claim: one}]
reviews:
  - {conflict: one~two, decision: prevails, claim: one, fingerprint: CONFLICT}
  - {dispute: two, decision: dismissed, fingerprint: DISPUTE}
"""


def reviewed(register: Write, claimtrack: Run) -> None:
    register(REVIEWED)
    grounds = [
        re.findall(r"fingerprint for a review[^:]*: (\w+)", claimtrack(*arguments).out)[-1]
        for arguments in (("conflicts", "one~two"), ("show", "two"))
    ]
    register(REVIEWED.replace("CONFLICT", grounds[0]).replace("DISPUTE", grounds[1]))


def test_reviews_that_lose_their_ground_are_told(
    register: Write, claimtrack: Run, impact: Any
) -> None:
    reviewed(register, claimtrack)
    assert impact("gazette")["reviews"] == [
        {"conflict": None, "dispute": "two", "decision": "dismissed", "claim": None}
    ]
    assert impact("one")["reviews"] == [
        {"conflict": "one~two", "dispute": None, "decision": "prevails", "claim": "one"}
    ]
    assert impact("wire")["reviews"] == []
    (contest,) = impact("one")["contest"]
    assert contest == {"claim": "two", "before": "overruled", "after": "uncontested"}
    out = claimtrack("impact", "gazette").out
    assert "Reviews that would have no effect 1\n  the dispute of two  dismissed\n" in out


# ------------------------------------------------------------------------------------------ usage


@pytest.mark.usefixtures("port")
@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["post"], "'post' is the id of a source and an entity; "),
        (["post"], "say which with --kind source or --kind entity"),
        (["at-"], "'at-' fits 2: claim at-pier, claim at-hill; write more of the one that is"),
        (["nobody"], "no claim, source or entity is called 'nobody'"),
        (["gazete"], "(did you mean 'gazette'?)"),
        (["gazette", "--kind", "claim"], "no claim is called 'gazette'"),
        ([""], "no claim, source or entity is called ''"),
        (["wire", "--kind", "thing"], "'thing' is not one of"),
        (["wire", "--format", "csv"], "--format csv goes with the list of single points"),
        (["wire", "--format", "json", "--limit", "1"], "--limit shortens the page of an ID"),
        (["--limit", "-1"], "Invalid value for '--limit'"),
    ],
)
def test_impact_says_what_is_wrong(arguments: list[str], said: str, claimtrack: Run) -> None:
    result = claimtrack("impact", *arguments)
    assert (result.status, result.out) == (2, "")
    assert said in result.err


@pytest.mark.usefixtures("port")
def test_things_are_found_by_id_then_name_then_part(impact: Any) -> None:
    kinds = {
        name: (found["kind"], found["id"])
        for name in ("at-pier", "the  MINISTRY", "gaz", "The Post Office")
        for found in [impact(name)]
    }
    assert kinds == {
        "at-pier": ("claim", "at-pier"),
        "the  MINISTRY": ("entity", "ministry"),
        "gaz": ("source", "gazette"),
        "The Post Office": ("entity", "post"),
    }
    assert impact("post", "--kind", "SOURCE")["falls"]["items"] == 1
    assert impact("post", "--kind", "entity")["falls"]["items"] == 0


def test_a_chain_of_sources_costs_no_more_than_its_length(
    register: Write, impact: Any, claimtrack: Run
) -> None:
    long = 2000
    chain = "".join(f"  s{n}: {{derived_from: [s{n - 1}]}}\n" for n in range(1, long))
    cited = f"claims: [{{id: a, statement: x, evidence: [{{source: s{long - 1}}}]}}]"
    register(f"sources:\n  s0: {{publisher: e}}\n{chain}entities: {{e: {{}}}}\n{cited}")
    tracemalloc.start()
    assert len(impact("e")["falls"]["sources"]) == long
    assert claimtrack("impact", "--format", "csv").out.count(",source,0,1,0,0,") == long
    # A set for each source would hold millions of things, in more than eighty megabytes.
    assert tracemalloc.get_traced_memory()[1] < 40 * 2**20
    tracemalloc.stop()


def test_an_undeclared_speaker_may_fall(register: Write, impact: Any) -> None:
    register("""
sources: {gazette: {}}
claims:
  - {id: a, statement: x, evidence: [{source: gazette, by: Old  Salt}]}
  - {id: b, statement: x, evidence: [{source: gazette, via: [A Clerk]}]}
""")
    assert impact("old salt")["support"][0]["claim"] == "a"
    assert impact("a clerk")["support"][0]["claim"] == "b"


@pytest.mark.usefixtures("port")
@pytest.mark.parametrize(
    ("thing", "said"),
    [
        ("pier", "Nothing would change if it fell: no item of evidence rests on it.\n"),
        ("tells", "Nothing else would change if it turned out false.\n"),
    ],
)
def test_a_fall_that_changes_nothing_is_said_plainly(
    thing: str, said: str, claimtrack: Run
) -> None:
    result = claimtrack("impact", thing, *(["--kind", "entity"] if thing == "pier" else []))
    assert result.status == 0
    assert result.out.endswith(f"\n\n{said}")


def test_long_lists_are_cut_on_the_page_alone(
    register: Write, impact: Any, claimtrack: Run
) -> None:
    claims = "".join(
        f"  - {{id: c-{n}, statement: x, evidence: [{{source: gazette}}]}}\n" for n in range(13)
    )
    register(f"sources: {{gazette: {{}}}}\nclaims:\n{claims}")
    out = claimtrack("impact", "gazette").out
    assert "  c-9  single-origin → unsupported\n    x\n  and 3 more\n" in out
    assert "c-10" not in out
    assert "  and 11 more\n" in claimtrack("impact", "gazette", "--limit", "2").out
    assert "more" not in claimtrack("impact", "gazette", "--limit", "13").out
    assert len(impact("gazette")["support"]) == 13


def test_the_grave_losses_of_support_come_first_and_add_up(
    register: Write, claimtrack: Run
) -> None:
    register("""
sources: {gazette: {}, wire: {}}
claims:
  - {id: twice, statement: x, evidence: [{source: gazette}, {source: wire}]}
  - {id: guess, statement: x, evidence: [{source: gazette, stance: speculates}]}
  - {id: left, statement: x, evidence: [{source: gazette}, {source: wire, stance: speculates}]}
  - {id: alone, statement: x, evidence: [{source: gazette}]}
""")
    out = claimtrack("impact", "gazette").out
    assert (
        "In short: 2 claims would have no firm support left; "
        "1 claim would no longer even be speculated; 1 claim would lose its corroboration.\n"
    ) in out
    assert out.endswith(
        "Support 4\n"
        "  alone  single-origin → unsupported\n    x\n"
        "  guess  speculative → unsupported\n    x\n"
        "  left  single-origin → speculative\n    x\n"
        "  twice  corroborated → single-origin\n    x\n"
    )


def test_what_is_touched_twice_stands_once_with_both_reasons(
    register: Write, impact: Any, claimtrack: Run
) -> None:
    register("""
claims:
  - {id: gone, statement: x, relations: [{type: supports, claim: stays}]}
  - {id: stays, statement: x, relations: [{type: refines, claim: gone}]}
""")
    assert claimtrack("impact", "gone").out.endswith(
        "Touched 1\n  stays  gone supports it; it refines gone\n"
    )
    assert len(impact("gone")["touched"]) == 2


def test_what_is_the_same_is_told_from_what_depends(register: Write, claimtrack: Run) -> None:
    register("""
claims:
  - {id: one, statement: x}
  - {id: twin, statement: x, relations: [{type: same-as, claim: one}]}
  - {id: upper, statement: x, relations: [{type: depends-on, claim: twin}]}
  - {id: top, statement: x, relations: [{type: depends-on, claim: upper}]}
""")
    assert (
        "it would be gone, and with it 1 claim that is the same and 2 claims that depend on it.\n"
    ) in claimtrack("impact", "one").out


def test_those_that_one_relation_names_do_not_refute_each_other(
    register: Write, impact: Any
) -> None:
    register("""
sources: {gazette: {}, wire: {}, log: {}}
claims:
  - {id: ref, statement: x, evidence: [{source: log}], verdicts: [{rating: refuted}]}
  - {id: firm, statement: x, evidence: [{source: wire}]}
  - {id: lone, statement: x, relations: [{type: contradicts, claim: [ref, firm]}]}
""")
    assert impact("firm")["verdicts"] == impact("lone")["verdicts"] == []


def test_a_limit_of_nothing_says_how_many_there_are(register: Write, claimtrack: Run) -> None:
    register("""
sources: {gazette: {}}
claims:
  - {id: a, statement: x, evidence: [{source: gazette}]}
  - {id: b, statement: x, evidence: [{source: gazette}]}
""")
    assert claimtrack("impact", "--limit", "0").out == (
        "0 single points of 1; --limit 1 shows all\n"
    )
    assert claimtrack("impact", "gazette", "--limit", "0").out.endswith(
        "Support 2\n  none of 2 shown\n"
    )


def test_a_claim_left_out_is_not_called_unknown(register: Write, claimtrack: Run) -> None:
    register("""
sources: {s: {}}
claims:
  - {id: broken, statement: x, evidence: [{source: nowhere}]}
  - {id: ok, statement: x}
""")
    for command in (
        ("impact", "broken"),
        ("show", "broken"),
        ("compare", "ok", "broken"),
        ("conflicts", "broken"),
        ("conflicts", "--near", "broken"),
    ):
        result = claimtrack(*command)
        assert (result.status, result.out) == (2, "")
        said = "'broken' is left out because of an error; claimtrack check says why"
        assert said in result.err


def test_few_things_are_listed_with_what_they_are(register: Write, claimtrack: Run) -> None:
    register("""
sources: {s: {}}
entities: {ship: {}}
claims: [{id: ok, statement: x, evidence: [{source: s}], about: [ship]}]
""")
    assert "; they are claim ok, source s, entity ship" in claimtrack("impact", "zebra").err


# --------------------------------------------------------------------------------- single points


@pytest.mark.usefixtures("port")
def test_single_points_come_worst_first(claimtrack: Run) -> None:
    result = claimtrack("impact")
    assert [line.split()[:6] for line in result.out.splitlines()] == [
        ["id", "kind", "confirmed", "lost", "firm", "support"],
        ["wire", "source", "1", "2", "1", "0"],
        ["at-hill", "claim", "1", "0", "0", "1"],
        ["ministry", "entity", "0", "1", "1", "0"],
        ["agency", "entity", "0", "1", "0", "0"],
        ["post", "source", "0", "1", "0", "0"],
        ["echo", "source", "0", "0", "1", "0"],
        ["gazette", "source", "0", "0", "1", "0"],
    ]
    assert claimtrack("impact", "--limit", "1").ids == ["wire"]
    assert claimtrack("impact", "--kind", "claim").ids == ["at-hill"]


@pytest.mark.usefixtures("port")
def test_single_points_for_programs(claimtrack: Run) -> None:
    found = json.loads(claimtrack("impact", "--limit", "1", "--format", "json").out)
    assert found == {
        "format": 1,
        "single_points": [
            {
                "id": "wire",
                "kind": "source",
                "confirmed_lost": 1,
                "firm_support_lost": 2,
                "corroboration_lost": 1,
                "dependants_lost": 0,
            }
        ],
    }
    rows = list(csv.reader(io.StringIO(claimtrack("impact", "--format", "csv").out)))
    assert rows[2] == ["at-hill", "claim", "1", "0", "0", "1", "The Aurora lies by Chapel Hill."]
    assert claimtrack("impact", "--format", "markdown").out.startswith(
        "| id | kind | confirmed_lost |"
    )


def test_a_pipe_has_all_single_points_and_a_terminal_twenty(
    register: Write, claimtrack: Run
) -> None:
    sources = "".join(f"  s-{n}: {{}}\n" for n in range(23))
    claims = "".join(
        f"  - {{id: c-{n}, statement: x, evidence: [{{source: s-{n}}}]}}\n" for n in range(23)
    )
    register(f"sources:\n{sources}claims:\n{claims}")
    assert len(claimtrack("impact").ids) == 23
    assert len(claimtrack("impact", "--limit", "20").ids) == 20
    assert len(json.loads(claimtrack("impact", "--format", "json").out)["single_points"]) == 23
    on_a_terminal = run_on_a_terminal("impact")
    assert on_a_terminal.count("source · ") == 20
    assert "20 single points of 23; --limit 23 shows all" in on_a_terminal


def test_a_register_without_evidence_has_no_single_point(register: Write, claimtrack: Run) -> None:
    register("claims: [{id: a, statement: x}]")
    said = "No single point of failure: nothing would be lost with any one thing.\n"
    assert claimtrack("impact").out == said

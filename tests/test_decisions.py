"""Decisions that last: verdicts that contradict, and what has changed since a decision."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Callable
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimtrack.diagnostic import Place
from claimtrack.engine.collisions import collide
from claimtrack.findings.changes import claim_change, evidence_parts
from claimtrack.findings.findings import derive
from claimtrack.findings.verdicts import valid_verdict
from claimtrack.model import Claim, Evidence, Stance
from claimtrack.reading import git as git_program
from claimtrack.reading.register import read_register
from conftest import Run, Write
from random_registers import registers, to_yaml

needs_git = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")

HEAD = """
sources:
  gazette: {reliability: B}
  rival: {reliability: C}
  echo: {derived_from: [gazette]}
entities:
  ship: {name: Aurora}
  quay: {name: East Quay}
  roads: {name: the outer roads}
  hill: {name: Chapel Hill}
properties:
  berth: {type: entity, single: true}
  mood: {type: choice, choices: [merry, sad], single: true, severity: tension}
claims:
"""


# --------------------------------------------------------------------- verdicts that contradict


def claim(
    key: str, verdict: str | None = None, evidence: str = "{source: gazette}", **more: str
) -> str:
    """A claim in one line; ``verdict`` is the rating of its only one, without a fingerprint."""
    parts = [f"id: {key}", f"statement: {key}", f"evidence: [{evidence}]"]
    parts += [f"verdicts: [{{rating: {verdict}}}]"] if verdict else []
    parts += [f"{name}: {text}" for name, text in more.items()]
    return f"  - {{{', '.join(parts)}}}\n"


def at(place: str) -> str:
    return f"{{subject: ship, property: berth, value: {place}}}"


def feeling(mood: str) -> str:
    return f"{{subject: ship, property: mood, value: {mood}}}"


@pytest.fixture
def warned(register: Write, claimtrack: Run) -> Any:
    """The codes that check gives for some claims, each with the claim it stands in."""

    def check(text: str) -> list[tuple[str, str]]:
        register(HEAD + text)
        found = json.loads(claimtrack("check", "--format", "json").out)["diagnostics"]
        assert {each["severity"] for each in found} <= {"warning"}
        return [(each["code"], each["claim"]) for each in found]

    return check


A, B = "a", "b"
CONFIRMED = claim(A, "confirmed", asserts=at("quay")) + claim(B, "confirmed", asserts=at("roads"))
DECLARED = claim(A, "confirmed", relations="[{type: contradicts, claim: b}]") + claim(
    B, "confirmed"
)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (CONFIRMED, [("CT704", "b")]),
        (
            claim(A, "confirmed", asserts=feeling("sad"))
            + claim(B, "confirmed", asserts=feeling("merry")),
            [("CT704", "b")],
        ),
        # Three that collide are one conflict, told once.
        (CONFIRMED + claim("c", "confirmed", asserts=at("hill")), [("CT704", "c")]),
        # They agree with each other, and a third collides that nobody confirmed.
        (
            claim(A, "confirmed", asserts=at("quay"))
            + claim(B, "confirmed", asserts=at("quay"))
            + claim("c", asserts=at("roads")),
            [],
        ),
        (claim(A, "confirmed", asserts=at("quay")) + claim(B, "refuted", asserts=at("roads")), []),
        # Superseded: it takes part in no conflict.
        (
            CONFIRMED.replace(
                "statement: b,", "statement: b, relations: [{type: supersedes, claim: a}],"
            ),
            [],
        ),
        (
            DECLARED + claim("c", relations="[{type: supersedes, claim: a}]"),
            [],
        ),
        (
            DECLARED + claim("c", relations="[{type: supersedes, claim: b}]"),
            [],
        ),
        # Declared.
        (
            claim(A, "confirmed")
            + claim(B, "confirmed", relations="[{type: contradicts, claim: a}]"),
            [("CT704", "a")],
        ),
        (
            claim(A, "confirmed") + claim(B, "confirmed", relations="[{type: tension, claim: a}]"),
            [],
        ),
        (claim(A) + claim(B, "confirmed", relations="[{type: contradicts, claim: a}]"), []),
        # Both relations give one conflict.
        (
            claim(A, "confirmed", relations="[{type: contradicts, claim: b}]")
            + claim(B, "confirmed", relations="[{type: contradicts, claim: a}]"),
            [("CT704", "b")],
        ),
        # What the holder is set against is not set against each other.
        (
            claim(A, "confirmed")
            + claim(B, "confirmed")
            + claim("c", relations="[{type: contradicts, claim: [a, b]}]"),
            [],
        ),
    ],
)
def test_two_that_collide_cannot_both_be_confirmed(
    text: str, found: list[tuple[str, str]], warned: Any
) -> None:
    assert warned(text) == found


def test_a_conflict_is_called_as_it_is_without_what_is_out_of_play(
    register: Write, claimtrack: Run
) -> None:
    register(
        HEAD
        + claim(A, "confirmed", relations="[{type: contradicts, claim: [b, c]}]")
        + claim(B, "confirmed")
        + claim("c", "confirmed")
        + claim("d", relations="[{type: supersedes, claim: c}]")
    )
    assert "'a' and 'b' are both confirmed, and collide in a~b;" in claimtrack("check").out
    assert claimtrack("conflicts", "a~b").status == 0


def test_it_says_what_contradicts_what_and_the_way_out(register: Write, claimtrack: Run) -> None:
    register(HEAD + CONFIRMED)
    (found,) = json.loads(claimtrack("check", "--format", "json").out)["diagnostics"]
    assert found["message"] == (
        "'a' and 'b' are both confirmed, and collide in ship.berth; judge all but one of those "
        "that collide otherwise, or review the conflict as 'compatible' if they can hold together"
    )
    assert [each["message"] for each in found["related"]] == ["'a' is confirmed here"]
    assert found["related"][0]["line"] == found["line"] - 1


@pytest.mark.parametrize(
    ("decision", "found"),
    [
        ("compatible", []),
        ("unresolved", ["CT704"]),
        ("prevails, claim: a", ["CT704"]),
    ],
)
@pytest.mark.parametrize("text", [CONFIRMED, DECLARED])
def test_a_valid_review_says_that_they_can_hold_together(
    decision: str, found: list[str], text: str, warned: Any, claimtrack: Run
) -> None:
    warned(text)
    conflict = json.loads(claimtrack("conflicts", "--format", "json").out)["conflicts"][0]["id"]
    ground = claimtrack("conflicts", conflict).out.split("for a review: ")[1].split()[0]
    review = f"reviews: [{{conflict: {conflict}, decision: {decision}, fingerprint: %s}}]\n"
    assert [code for code, _ in warned(text + review % ground)] == found
    # Stale, it says nothing.
    stale = warned(text + review % "000000000000")
    assert sorted(code for code, _ in stale) == ["CT702", "CT704"]


@pytest.mark.parametrize(
    ("evidence", "found"),
    [
        ("", ["CT705"]),
        ("{source: gazette, stance: speculates}", ["CT705"]),
        ("{source: gazette, stance: denies}", ["CT705"]),
        ("{source: gazette}, {source: gazette, stance: retracts}", ["CT705"]),
        ("{source: gazette, stance: speculates}, {source: rival, stance: reports}", []),
    ],
)
def test_confirmed_needs_firm_evidence(evidence: str, found: list[str], warned: Any) -> None:
    assert [code for code, _ in warned(claim(A, "confirmed", evidence))] == found
    assert warned(claim(A, "unproven", evidence)) == []
    assert warned(claim(A, None, evidence)) == []


def test_evidence_of_the_same_proposition_confirms(warned: Any) -> None:
    weak = claim(A, "confirmed", "{source: gazette, stance: speculates}")
    assert warned(weak + claim(B, relations="[{type: same-as, claim: a}]")) == []


@pytest.mark.parametrize(
    ("evidence", "found"),
    [
        ("{source: gazette, credibility: 1}", 1),
        ("{source: gazette, credibility: 1}, {source: gazette, credibility: 1}", 2),
        ("{source: gazette, credibility: 1}, {source: echo}", 1),
        ("{source: gazette, credibility: 1}, {source: rival, stance: speculates}", 1),
        ("{source: gazette, credibility: 1, stance: speculates}", 1),
        ("{source: gazette, credibility: 1}, {source: rival}", 0),
        ("{source: gazette, credibility: 2}", 0),
        ("{source: gazette, credibility: 1}, {source: gazette, stance: retracts}", 0),
        # A denial is confirmed by another denial.
        (
            "{source: gazette}, {source: rival}, "
            "{source: gazette, by: ship, stance: denies, credibility: 1}",
            1,
        ),
        ("{source: gazette, stance: denies, credibility: 1}, {source: rival, stance: denies}", 0),
    ],
)
def test_credibility_1_needs_two_origins(evidence: str, found: int, warned: Any) -> None:
    assert warned(claim(A, None, evidence)) == [("CT706", "a")] * found


def test_the_same_proposition_is_confirmed_by_its_other_sources(warned: Any) -> None:
    graded = claim(A, None, "{source: gazette, credibility: 1}")
    other = claim(B, None, "{source: rival}", relations="[{type: same-as, claim: a}]")
    assert warned(graded + other) == []
    assert warned(graded + other.replace("rival", "echo")) == [("CT706", "a")]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            claim(A, "refuted", relations="[{type: supports, claim: b}]") + claim(B, "confirmed"),
            ["b"],
        ),
        (
            claim(A, "refuted") + claim(B, "confirmed", relations="[{type: depends-on, claim: a}]"),
            ["b"],
        ),
        (
            claim(A, "refuted", relations="[{type: depends-on, claim: b}]") + claim(B, "confirmed"),
            [],
        ),
        (claim(A, "refuted") + claim(B, "confirmed", relations="[{type: supports, claim: a}]"), []),
        (
            claim(A, "unproven", relations="[{type: supports, claim: b}]") + claim(B, "confirmed"),
            [],
        ),
        (claim(A, "refuted", relations="[{type: supports, claim: b}]") + claim(B), []),
    ],
)
def test_a_confirmed_claim_rests_on_no_refuted_one(
    text: str, found: list[str], warned: Any
) -> None:
    assert warned(text) == [("CT707", key) for key in found]


def test_one_proposition_is_not_confirmed_and_refuted(warned: Any) -> None:
    same = "[{type: same-as, claim: %s}]"
    three = claim(A, "confirmed") + claim(B, relations=same % "a")
    assert warned(three + claim("c", "refuted", relations=same % "b")) == [("CT708", "c")]
    assert warned(three + claim("c", "confirmed", relations=same % "b")) == []
    assert warned(three + claim("c", "refuted")) == []


@pytest.mark.parametrize(
    "text",
    [
        CONFIRMED,
        claim(A, "confirmed", "{source: gazette, stance: speculates}"),
        claim(A, "refuted", relations="[{type: supports, claim: b}]") + claim(B, "confirmed"),
        claim(A, "refuted", relations="[{type: same-as, claim: b}]") + claim(B, "confirmed"),
    ],
)
def test_a_stale_verdict_contradicts_nothing(text: str, warned: Any) -> None:
    assert warned(text)
    stale = text.replace("{rating: confirmed", "{fingerprint: 000000000000, rating: confirmed")
    assert {code for code, _ in warned(stale)} == {"CT701"}
    earlier = text.replace(
        "verdicts: [{rating: confirmed}", "verdicts: [{rating: confirmed}, {rating: unproven}"
    )
    assert warned(earlier) == []


@settings(max_examples=60)
@given(registers())
def test_both_confirmed_is_what_all_pairs_say(
    tmp_path_factory: Any, register: dict[str, Any]
) -> None:
    path = tmp_path_factory.mktemp("register") / "claims.yaml"
    path.write_text(to_yaml(register).replace("rating: withdrawn", "rating: confirmed"), "utf-8")
    findings = derive(read_register(path).register)
    claims = findings.register.claims
    confirmed = [
        held
        for held in claims.values()
        if (last := valid_verdict(held)) and last.rating == "confirmed"
        if held.id not in findings.out_of_play
    ]
    wanted = set()
    for one, other in combinations(confirmed, 2):
        for conflict in findings.standings[one.id].conflicts:
            review = findings.reviews.of_conflicts.get(conflict.id)
            if conflict.rule == "declared" or other.id not in conflict.claims:
                continue
            if review and not review.stale and review.review.decision == "compatible":
                continue
            of = (conflict.subject, conflict.property)
            if any(
                collide(a, b)
                for a in one.asserts
                for b in other.asserts
                if (a.subject, a.property) == of
            ):
                wanted.add(conflict.id)
    told = (each.message for each in findings.diagnostics if each.code == "CT704")
    found = {match[1] for each in told if (match := re.search(r"collide in (\S+);", each))}
    assert {each for each in found if "~" not in each} == wanted


# ------------------------------------------------------------------------- what differs in a claim

ITEMS = st.lists(
    st.builds(
        Evidence,
        source=st.sampled_from(["gazette", "rival"]),
        place=st.just(Place("claims.yaml", 1, 1)),
        stance=st.sampled_from([Stance.ASSERTS, Stance.DENIES]),
        by=st.sampled_from([None, "ship"]),
        quote=st.sampled_from([None, "x", "y"]),
        credibility=st.sampled_from([None, 2]),
        note=st.sampled_from([None, "no part of it"]),
    ),
    max_size=6,
)


@given(ITEMS, ITEMS)
def test_changes_account_for_every_item(before: list[Evidence], after: list[Evidence]) -> None:
    place = Place("claims.yaml", 1, 1)
    one = Claim("a", place, "x", "1" * 12, evidence=tuple(before))
    other = Claim("a", place, "x", "2" * 12, evidence=tuple(after))
    change = claim_change("a", one, other)
    keys = [[str(evidence_parts(each)) for each in held] for held in (before, after)]
    common = sum(min(keys[0].count(key), keys[1].count(key)) for key in set(keys[0]))
    gone = [each for each in change.evidence if each.before is not None]
    come = [each for each in change.evidence if each.after is not None]
    assert (len(gone), len(come)) == (len(before) - common, len(after) - common)
    assert change.reordered == (not change.evidence and keys[0] != keys[1])


# -------------------------------------------------------------------------------- with a history

BASE = """claimtrack: 1
sources:
  gazette: {reliability: B}
  rival: {reliability: C}
entities:
  ship: {name: Aurora}
  bay: {name: North Bay}
  quay: {name: East Quay, part_of: bay}
  roads: {name: the outer roads}
properties:
  berth: {type: entity, single: true}
  length: {type: number, unit: m, single: true, tolerance: 10%}
claims:
  - id: at-quay
    statement: The Aurora lies at the East Quay.
    asserts: {subject: ship, property: berth, value: quay}
    evidence:
      - {source: gazette, quote: made fast at the East Quay}
  - id: in-roads
    statement: The Aurora lies in the outer roads.
    asserts: {subject: ship, property: berth, value: roads}
    evidence:
      - {source: rival}
      - {source: gazette, stance: denies}
  - id: long
    statement: The Aurora is 100 m long.
    asserts: {subject: ship, property: length, value: 100}
  - id: longer
    statement: The Aurora is 150 m long.
    asserts: {subject: ship, property: length, value: 150}
"""

NOTHING_TOLD = "what changed since cannot be told: "
Git = Callable[..., str]


@pytest.fixture
def git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Git:
    """Run git in the current folder; commits are made by nobody in particular."""
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", "/dev/null")
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    for role in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{role}_NAME", "ann")
        monkeypatch.setenv(f"GIT_{role}_EMAIL", "ann@example.org")

    def run(*arguments: str) -> str:
        done = subprocess.run(
            ["git", *arguments], check=True, capture_output=True, text=True, cwd=tmp_path
        )
        return done.stdout

    return run


@pytest.fixture
def commit(git: Git) -> Callable[[], None]:
    """Commit all that is there."""

    def run() -> None:
        git("add", "--all")
        git("commit", "--quiet", "--message", "on")

    return run


def reviewed(text: str, claimtrack: Run, conflict: str = "ship.berth", **keys: str) -> str:
    """The register with a review of the conflict as it stands, at its end."""
    Path("claims.yaml").write_text(text, "utf-8")
    ground = claimtrack("conflicts", conflict).out.split("for a review: ")[1].split()[0]
    parts = {"decision": "compatible", **keys, "fingerprint": ground}
    told = ", ".join(f"{key}: {value}" for key, value in parts.items())
    return f"{text}reviews:\n  - {{conflict: {conflict}, {told}}}\n"


def changes(out: str) -> list[str]:
    """What is told to have changed since, line by line."""
    found = (line.strip() for line in out.splitlines())
    return [
        line.removeprefix("changed since: ")
        for line in found
        if line.startswith(("changed since: ", "what "))
    ]


MORE = """  - id: in-bay
    statement: The Aurora lies in North Bay.
    asserts: {subject: ship, property: berth, value: bay}
"""


@needs_git
@pytest.mark.parametrize(
    ("conflict", "old", "new", "told"),
    [
        (
            "ship.berth",
            "The Aurora lies at the East Quay.",
            "The Aurora lies at a quay.",
            [
                "at-quay: statement from ‘The Aurora lies at the East Quay.’ to "
                "‘The Aurora lies at a quay.’"
            ],
        ),
        (
            "ship.berth",
            "reviews:",
            f"{MORE}reviews:",
            ["in-bay: a claim more, new in the register"],
        ),
        (
            "ship.berth",
            "      - {source: rival}\n",
            "      - {source: rival}\n      - {source: gazette, by: ship, stance: denies}\n",
            ["in-roads: an item of evidence more (gazette, by Aurora, denies)"],
        ),
        (
            "ship.berth",
            "\n      - {source: gazette, stance: denies}",
            "",
            ["in-roads: an item of evidence less (gazette, denies)"],
        ),
        (
            "ship.berth",
            "{source: rival}",
            "{source: rival, stance: reports, credibility: 3}",
            [
                "in-roads: evidence from rival: stance from ‘asserts’ to ‘reports’ and credibility "
                "from nothing to ‘3’"
            ],
        ),
        (
            "ship.berth",
            "value: quay}",
            "value: bay, during: 2024}",
            [
                "at-quay: berth: value from ‘East Quay’ to ‘North Bay’ and during from nothing to "
                "‘2024’"
            ],
        ),
        (
            "ship.berth",
            "berth: {type: entity, single: true}",
            "berth: {type: entity, single: true, scope: [phase]}",
            ["the property’s scope from nothing to [phase]"],
        ),
        (
            "ship.length",
            "tolerance: 10%",
            "tolerance: 20%",
            ["the property’s tolerance from 10% to 20%"],
        ),
    ],
)
def test_a_stale_review_says_what_changed(
    conflict: str,
    old: str,
    new: str,
    told: list[str],
    claimtrack: Run,
    git: Git,
    commit: Callable[[], None],
) -> None:
    git("init", "--quiet")
    text = reviewed(BASE, claimtrack, conflict)
    Path("claims.yaml").write_text(text, "utf-8")
    commit()
    assert old in text
    Path("claims.yaml").write_text(text.replace(old, new), "utf-8")
    assert changes(claimtrack("conflicts").out) == told
    assert changes(claimtrack("conflicts", conflict).out) == told
    shown = json.loads(claimtrack("conflicts", "--format", "json").out)
    assert list(shown) == ["format", "conflicts", "stale"]
    assert [(each["conflict"], each["known"], each["reason"]) for each in shown["stale"]] == [
        (conflict, True, None)
    ]
    assert [each["told"] for each in shown["stale"][0]["changes"]] == told
    assert git("status", "--porcelain") == " M claims.yaml\n"


@needs_git
def test_what_changed_is_one_line_each_under_the_review(
    claimtrack: Run, git: Git, commit: Callable[[], None]
) -> None:
    git("init", "--quiet")
    text = reviewed(BASE, claimtrack, by="ann", on="2026-11-22", why="The logs agree.")
    Path("claims.yaml").write_text(text, "utf-8")
    commit()
    text = text.replace("{source: rival}", "{source: rival, by: bay}")
    Path("claims.yaml").write_text(text.replace("reviews:", f"{MORE}reviews:"), "utf-8")
    assert (
        "  review: stale, without effect; compatible by ann on 2026-11-22: The logs agree.\n"
        "    changed since: in-bay: a claim more, new in the register\n"
        "    changed since: in-roads: evidence from rival: by from nothing to ‘North Bay’\n"
    ) in claimtrack("conflicts").out
    assert (
        "    review: stale, without effect; compatible by ann on 2026-11-22: The logs agree.\n"
        "      changed since: in-bay: a claim more, new in the register\n"
    ) in claimtrack("show", "at-quay").out


STALE = (": The Aurora lies at the East Quay.", ": The Aurora lies at a quay.")
TOLD = [
    "at-quay: statement from ‘The Aurora lies at the East Quay.’ to ‘The Aurora lies at a quay.’"
]


@pytest.fixture
def stale(claimtrack: Run, git: Git, commit: Callable[[], None]) -> Path:
    """A committed register with a review of ship.berth, and a change since."""
    git("init", "--quiet")
    main = Path("claims.yaml")
    main.write_text(reviewed(BASE, claimtrack), "utf-8")
    commit()
    main.write_text(main.read_text("utf-8").replace(*STALE), "utf-8")
    return main


@needs_git
@pytest.mark.usefixtures("stale")
@pytest.mark.parametrize("times", [0, 1, 2])
def test_it_does_not_matter_what_was_committed_since(
    times: int, claimtrack: Run, commit: Callable[[], None]
) -> None:
    for number in range(times):
        Path("other.txt").write_text(str(number), "utf-8")
        commit()
    assert changes(claimtrack("conflicts").out) == TOLD


@needs_git
def test_a_review_committed_together_with_a_later_change(
    claimtrack: Run, git: Git, commit: Callable[[], None]
) -> None:
    git("init", "--quiet")
    main = Path("claims.yaml")
    text = reviewed(BASE, claimtrack)
    main.write_text(BASE, "utf-8")
    commit()
    main.write_text(text.replace(*STALE), "utf-8")
    # Not committed at all, it was made on the last commit.
    assert changes(claimtrack("conflicts").out) == TOLD
    commit()
    assert changes(claimtrack("conflicts").out) == TOLD


@needs_git
def test_a_state_that_was_never_committed_is_not_known(
    claimtrack: Run, git: Git, commit: Callable[[], None]
) -> None:
    git("init", "--quiet")
    text = reviewed(BASE, claimtrack).replace(*STALE)
    Path("claims.yaml").write_text(text, "utf-8")
    commit()
    why = f"{NOTHING_TOLD}the reviewed state is not in its history"
    assert changes(claimtrack("conflicts").out) == [why]


@needs_git
def test_a_register_that_is_not_committed(claimtrack: Run, git: Git) -> None:
    text = reviewed(BASE, claimtrack).replace(*STALE)
    Path("claims.yaml").write_text(text, "utf-8")
    why = f"{NOTHING_TOLD}the register is not under git"
    assert changes(claimtrack("conflicts").out) == [why]
    git("init", "--quiet")
    why = f"{NOTHING_TOLD}the register is not committed to git"
    assert changes(claimtrack("conflicts").out) == [why]


@needs_git
@pytest.mark.usefixtures("stale")
def test_without_git(claimtrack: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path / "nothing"))
    result = claimtrack("conflicts", "--format", "json")
    assert json.loads(result.out)["stale"] == [
        {
            "conflict": "ship.berth",
            "known": False,
            "reason": "git is not installed",
            "changes": [],
        }
    ]
    assert changes(claimtrack("conflicts").out) == [f"{NOTHING_TOLD}git is not installed"]


@needs_git
@pytest.mark.usefixtures("stale")
def test_only_what_shows_it_asks_git(
    claimtrack: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    programs = tmp_path / "programs"
    programs.mkdir()
    (programs / "git").write_text(f"#!/bin/sh\necho asked >> {tmp_path}/asked\nexit 1\n", "utf-8")
    (programs / "git").chmod(0o755)
    monkeypatch.setenv("PATH", str(programs))
    quiet: list[list[str]] = [[], ["list"], ["check"], ["stats"], ["sources"], ["show", "long"]]
    for command in [*quiet, ["conflicts", "ship.length"], ["conflicts", "--format", "csv"]]:
        claimtrack(*command)
    assert not (tmp_path / "asked").exists()
    why = f"{NOTHING_TOLD}git cannot read its history"
    assert changes(claimtrack("conflicts").out) == [why]
    assert (tmp_path / "asked").exists()


@needs_git
def test_a_register_in_a_subfolder_with_includes(
    claimtrack: Run, git: Git, commit: Callable[[], None]
) -> None:
    git("init", "--quiet")
    head, claims = BASE.split("claims:\n")
    text = reviewed(BASE, claimtrack)
    Path("claims.yaml").unlink()
    folder = Path("a folder", "data: [x] *")
    (folder / "parts").mkdir(parents=True)
    (folder / "sources").mkdir()
    (folder / "sources" / "gazette.txt").write_text("x", "utf-8")
    (folder / "claims.yaml").write_text(f"{head}include: [parts/*.yaml]\n", "utf-8")
    (folder / "parts" / "one.yaml").write_text(f"claims:\n{claims}", "utf-8")
    (folder / "parts" / "two.yaml").write_text(text.removeprefix(BASE), "utf-8")
    commit()
    (folder / "parts" / "one.yaml").rename(folder / "parts" / "first.yaml")
    commit()
    changed = (folder / "parts" / "first.yaml").read_text("utf-8").replace(*STALE)
    (folder / "parts" / "first.yaml").write_text(changed, "utf-8")
    commit()
    assert changes(claimtrack("--register", str(folder), "conflicts").out) == TOLD


@needs_git
@pytest.mark.parametrize("new", ["register.yaml", "deep/er/claims.yaml", "x/ledger.yml"])
def test_a_register_that_was_called_otherwise(
    new: str, stale: Path, claimtrack: Run, git: Git, commit: Callable[[], None]
) -> None:
    git("checkout", "--quiet", "--", ".")
    Path(new).parent.mkdir(parents=True, exist_ok=True)
    git("mv", "claims.yaml", new)
    commit()
    Path(new).write_text(Path(new).read_text("utf-8").replace(*STALE), "utf-8")
    commit()
    assert changes(claimtrack("--register", new, "conflicts").out) == TOLD
    # Renamed and changed at once, and reviewed under the older name.
    Path("again.yaml").write_text(Path(new).read_text("utf-8") + "# more\n", "utf-8")
    Path(new).unlink()
    commit()
    assert changes(claimtrack("--register", "again.yaml", "conflicts").out) == TOLD


@needs_git
@pytest.mark.usefixtures("stale")
def test_a_worktree_and_a_hook(
    claimtrack: Run, git: Git, commit: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    commit()
    git("worktree", "add", "--quiet", "beside")
    assert changes(claimtrack("--register", "beside", "conflicts").out) == TOLD
    # What a hook's environment points at is another repository than the register's.
    git("init", "--quiet", "elsewhere")
    monkeypatch.setenv("GIT_DIR", "elsewhere/.git")
    monkeypatch.setenv("GIT_INDEX_FILE", "elsewhere/.git/index")
    assert changes(claimtrack("conflicts").out) == TOLD


@needs_git
@pytest.mark.usefixtures("stale")
def test_nothing_that_a_repository_names_is_run_or_believed(
    claimtrack: Run, git: Git, commit: Callable[[], None], tmp_path: Path
) -> None:
    forged = git("hash-object", "-w", "claims.yaml").strip()
    git("replace", git("rev-parse", "HEAD:claims.yaml").strip(), forged)
    trap = f"touch {tmp_path}/sprung; cat"
    for key in ("core.fsmonitor", "diff.trap.textconv", "diff.trap.command", "filter.trap.smudge"):
        git("config", key, trap)
    git("config", "log.showRoot", "false")
    Path(".gitattributes").write_text("*.yaml diff=trap filter=trap export-ignore\n", "utf-8")
    git("-c", "core.fsmonitor=false", "add", ".gitattributes")
    assert changes(claimtrack("conflicts").out) == TOLD
    assert not (tmp_path / "sprung").exists()


@needs_git
@pytest.mark.usefixtures("stale")
def test_what_a_partial_clone_lacks_is_not_fetched(
    claimtrack: Run, git: Git, commit: Callable[[], None], tmp_path: Path
) -> None:
    commit()
    for key, value in {
        "core.repositoryFormatVersion": "1",
        "extensions.partialClone": "away",
        "remote.away.promisor": "true",
        "remote.away.url": f"ext::touch {tmp_path}/sprung",
        "protocol.ext.allow": "always",
    }.items():
        git("config", key, value)
    held = git("cat-file", "--batch-all-objects", "--batch-check").splitlines()
    for key in (line.split()[0] for line in held if " blob " in line):
        Path(".git/objects", key[:2], key[2:]).unlink()
    why = "git cannot read its history"
    assert changes(claimtrack("conflicts").out) == [f"{NOTHING_TOLD}{why}"]
    assert not (tmp_path / "sprung").exists()


@needs_git
@pytest.mark.usefixtures("stale")
@pytest.mark.parametrize(
    ("limit", "why"),
    [
        ("SECONDS", "its history takes too long to look through"),
        ("LARGEST", "its earlier states are too large to look through"),
    ],
)
def test_looking_back_has_an_end(
    limit: str, why: str, claimtrack: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(git_program, limit, 0)
    assert changes(claimtrack("conflicts").out) == [f"{NOTHING_TOLD}{why}"]


@needs_git
def test_a_link_that_led_out_of_the_register_is_not_followed(
    claimtrack: Run, git: Git, commit: Callable[[], None], tmp_path: Path
) -> None:
    git("init", "--quiet")
    main = Path("claims.yaml")
    main.write_text(reviewed(BASE, claimtrack), "utf-8")
    Path("out.yaml").symlink_to("/etc/hostname")
    Path("up").symlink_to("..")
    Path("in.yaml").symlink_to("./part.yaml")
    Path("part.yaml").write_text(MORE.replace("  - id", "claims:\n  - id"), "utf-8")
    commit()
    text = main.read_text("utf-8")
    main.write_text(text.replace("sources:", "include: [in.yaml]\nsources:", 1), "utf-8")
    assert changes(claimtrack("conflicts").out) == ["in-bay: a claim more, new in the register"]


@needs_git
def test_a_list_looks_up_five_and_an_id_all(
    claimtrack: Run, git: Git, commit: Callable[[], None]
) -> None:
    git("init", "--quiet")
    head = "claimtrack: 1\nproperties: {p: {type: number, single: true}}\nentities: {e: {}}\n"
    pair = (
        "  - {id: a%d, statement: one, asserts: {subject: s%d, property: p, value: 1}}\n"
        "  - {id: b%d, statement: two, asserts: {subject: s%d, property: p, value: 2}}\n"
    )
    names = "".join(f"  s{n}: {{}}\n" for n in range(7))
    text = head.replace("entities: {e: {}}\n", f"entities:\n{names}claims:\n")
    text += "".join(pair % (n, n, n, n) for n in range(7))
    Path("claims.yaml").write_text(text, "utf-8")
    found = claimtrack("conflicts", ".p").out
    grounds = re.findall(r"for a review: (\S+)", found)
    reviews = "".join(
        f"  - {{conflict: s{n}.p, decision: compatible, fingerprint: {ground}}}\n"
        for n, ground in enumerate(grounds)
    )
    Path("claims.yaml").write_text(f"{text}reviews:\n{reviews}", "utf-8")
    commit()
    text = Path("claims.yaml").read_text("utf-8").replace("statement: one", "statement: first")
    Path("claims.yaml").write_text(text, "utf-8")
    told = changes(claimtrack("conflicts").out)
    assert told[:5] == [f"a{n}: statement from ‘one’ to ‘first’" for n in range(5)]
    assert told[5:] == [f"{NOTHING_TOLD}a list looks up 5; ask for this one by its id"] * 2
    assert changes(claimtrack("conflicts", ".p").out) == [
        f"a{n}: statement from ‘one’ to ‘first’" for n in range(7)
    ]


@needs_git
@pytest.mark.usefixtures("stale")
def test_many_changes_are_cut_short_on_a_screen_only(claimtrack: Run) -> None:
    more = "".join(MORE.replace("in-bay", f"more-{n}") for n in range(10))
    text = Path("claims.yaml").read_text("utf-8").replace("reviews:", f"{more}reviews:")
    Path("claims.yaml").write_text(text, "utf-8")
    out = claimtrack("conflicts").out
    assert len(changes(out)) == 8
    assert "    and 3 changes more; --format json lists them all\n" in out
    shown = json.loads(claimtrack("conflicts", "--format", "json").out)
    assert len(shown["stale"][0]["changes"]) == 11


# ----------------------------------------------------------------- what the register tells alone


@needs_git
def test_a_conflict_that_is_gone(claimtrack: Run, git: Git, commit: Callable[[], None]) -> None:
    git("init", "--quiet")
    review = {"decision": "prevails", "claim": "long", "by": "ann", "on": "2026-11-22"}
    text = reviewed(BASE, claimtrack, "ship.length", **review)
    Path("claims.yaml").write_text(text, "utf-8")
    commit()
    Path("claims.yaml").write_text(text.replace("10%", "50%"), "utf-8")
    gone = (
        "  review: stale, without effect; long prevails, decided by ann on 2026-11-22\n"
        "    changed since: the conflict is no longer there\n"
        "    changed since: the property’s tolerance from 10% to 50%\n"
    )
    assert claimtrack("conflicts", "ship.length").out == f"ship.length\n{gone}\n"
    assert gone in claimtrack("show", "long").out
    assert gone not in claimtrack("show", "longer").out
    assert (
        "1 review is of a conflict no longer there: ship.length; "
        "claimtrack conflicts ship.length says what has changed\n"
    ) in claimtrack("conflicts").out
    shown = json.loads(claimtrack("conflicts", "ship.length", "--format", "json").out)
    assert shown["conflicts"] == []
    assert [each["what"] for each in shown["stale"][0]["changes"]] == ["gone", "property"]
    assert "stale" not in json.loads(claimtrack("conflicts", "--format", "json").out)


@needs_git
def test_a_declared_conflict_that_is_gone_says_which_relation_went(
    claimtrack: Run, git: Git, commit: Callable[[], None]
) -> None:
    git("init", "--quiet")
    tie = ", relations: [{type: contradicts, claim: b}]"
    text = (
        f"claimtrack: 1\nclaims:\n  - {{id: a, statement: x{tie}}}\n  - {{id: b, statement: x}}\n"
    )
    Path("claims.yaml").write_text(text, "utf-8")
    (ground,) = re.findall(r"for a review[^:]*: (\S+)", claimtrack("conflicts", "a~b").out)
    text += f"reviews: [{{conflict: a~b, decision: compatible, fingerprint: {ground}}}]\n"
    Path("claims.yaml").write_text(text, "utf-8")
    commit()
    Path("claims.yaml").write_text(text.replace(tie, ""), "utf-8")
    assert changes(claimtrack("conflicts", "a~b").out) == [
        "the conflict is no longer there",
        "a: a relation less (contradicts b)",
    ]
    Path("claims.yaml").write_text(text.replace("  - {id: b, statement: x}\n", ""), "utf-8")
    assert "b: a claim less, gone from the register" in changes(claimtrack("conflicts", "a~b").out)


@pytest.mark.parametrize(
    ("entries", "said"),
    [
        (
            "- {id: a, statement: x, evidence: [{source: s, stance: denies}]}",
            "the review of 'a' has no effect: the claim or its evidence has changed since;",
        ),
        (
            "- {id: a, statement: x, relations: [{type: contradicts, claim: b}]}\n"
            "  - {id: b, statement: x}",
            "the review of 'a~b' has no effect: its claims have changed since;",
        ),
        (
            "- {id: a, statement: x, asserts: {subject: ship, property: p, value: 1}}\n"
            "  - {id: b, statement: x, asserts: {subject: ship, property: p, value: 2}}",
            "the review of 'ship.p' has no effect: its claims, positions or property have changed",
        ),
    ],
)
def test_why_a_review_is_stale_fits_what_it_is_of(
    entries: str, said: str, register: Write, claimtrack: Run
) -> None:
    key = said.split("'")[1]
    of = "dispute" if key == "a" else "conflict"
    decision = "upheld" if key == "a" else "compatible"
    register(f"""
sources: {{s: {{}}}}
entities: {{ship: {{}}}}
properties: {{p: {{type: number, single: true}}}}
claims:
  {entries}
reviews: [{{{of}: {key}, decision: {decision}, fingerprint: 000000000000}}]
""")
    assert said in claimtrack("check").out


def test_an_origin_is_named_in_words(register: Write, claimtrack: Run) -> None:
    register("""
sources: {echo: {}, post: {publisher: The Ministry}}
entities: {ministry: {name: The Ministry}}
claims:
  - {id: a, statement: x, evidence: [{source: echo, credibility: 1}]}
  - {id: b, statement: x, evidence: [{source: post, credibility: 1}]}
""")
    out = claimtrack("check").out
    assert "all that firmly supports 'a' comes from the source 'echo';" in out
    assert "all that firmly supports 'b' comes from the entity 'ministry';" in out
    assert "  The Ministry  1 origin, 1 item\n    post: asserts" in claimtrack("show", "b").out


def test_a_spreadsheet_of_conflicts_has_subject_property_rule_and_review(
    register: Write, claimtrack: Run
) -> None:
    register("""
entities: {ship: {}}
properties: {p: {type: number, single: true}}
claims:
  - {id: a, statement: x, asserts: {subject: ship, property: p, value: 1}}
  - {id: b, statement: x, asserts: {subject: ship, property: p, value: 2}}
reviews: [{conflict: ship.p, decision: prevails, claim: a, by: ann, fingerprint: 000000000000}]
""")
    header, line = claimtrack("conflicts", "--format", "csv").out.splitlines()
    assert header.endswith(",subject,property,rule,review")
    assert line.endswith(',ship,p,value,"stale: a prevails, decided by ann"')


def test_a_claim_that_was_to_prevail_and_left(claimtrack: Run, git: Git) -> None:
    text = reviewed(BASE + MORE, claimtrack, decision="prevails", claim="in-bay")
    Path("claims.yaml").write_text(
        text.replace(
            "subject: ship, property: berth, value: bay",
            "subject: quay, property: berth, value: bay",
        ),
        "utf-8",
    )
    assert changes(claimtrack("conflicts").out) == [
        "in-bay: the claim that was to prevail no longer stands in it",
        "what else changed cannot be told: the register is not under git",
    ]


def test_a_command_to_paste_is_one_command(register: Write, claimtrack: Run) -> None:
    register("reviews: [{conflict: b.p; rm x, decision: compatible}]")
    assert "; claimtrack conflicts 'b.p; rm x' says what" in claimtrack("conflicts").out


def test_a_review_without_a_fingerprint(register: Write, claimtrack: Run) -> None:
    text = f"{BASE}reviews:\n  - {{conflict: ship.berth, decision: compatible}}\n"
    Path("claims.yaml").write_text(text, "utf-8")
    why = "the review has no fingerprint of what it decided on"
    assert changes(claimtrack("conflicts").out) == [f"{NOTHING_TOLD}{why}"]


def test_a_fingerprint_that_is_none(claimtrack: Run) -> None:
    text = (
        f"{BASE}reviews:\n  - {{conflict: ship.berth, decision: compatible, fingerprint: --all}}\n"
    )
    Path("claims.yaml").write_text(text, "utf-8")
    why = "its fingerprint is none that the program gives"
    assert changes(claimtrack("conflicts").out) == [f"{NOTHING_TOLD}{why}"]


@needs_git
def test_positions_that_are_grouped_otherwise(
    claimtrack: Run, git: Git, commit: Callable[[], None]
) -> None:
    git("init", "--quiet")
    Path("claims.yaml").write_text(reviewed(BASE + MORE, claimtrack), "utf-8")
    commit()
    apart = Path("claims.yaml").read_text("utf-8").replace(", part_of: bay}", "}")
    Path("claims.yaml").write_text(apart, "utf-8")
    assert changes(claimtrack("conflicts").out) == [
        "positions from at-quay, in-bay | in-roads to in-bay | at-quay | in-roads"
    ]


@needs_git
def test_claims_that_went_out_of_play_and_came_back(
    claimtrack: Run, git: Git, commit: Callable[[], None]
) -> None:
    git("init", "--quiet")
    withdrawn = MORE.rstrip() + "\n    verdicts: [{rating: withdrawn}]\n"
    text = reviewed(BASE + MORE, claimtrack)
    Path("claims.yaml").write_text(text, "utf-8")
    commit()
    Path("claims.yaml").write_text(text.replace(MORE, withdrawn), "utf-8")
    told = ["in-bay: a claim less, withdrawn or superseded"]
    assert changes(claimtrack("conflicts").out) == told
    text = reviewed(BASE + withdrawn, claimtrack)
    Path("claims.yaml").write_text(text, "utf-8")
    commit()
    Path("claims.yaml").write_text(text.replace(withdrawn, MORE), "utf-8")
    assert changes(claimtrack("conflicts").out) == ["in-bay: a claim more, out of play before"]


@needs_git
@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (
            "{source: rival}",
            "{source: rival, via: []}",
            "written otherwise, though it says the same",
        ),
        (
            "{source: rival}\n      - {source: gazette, stance: denies}",
            "{source: gazette, stance: denies}\n      - {source: rival}",
            "its assertions or items of evidence stand in another order",
        ),
    ],
)
def test_what_changed_without_another_meaning(
    old: str, new: str, told: str, claimtrack: Run, git: Git, commit: Callable[[], None]
) -> None:
    git("init", "--quiet")
    Path("claims.yaml").write_text(reviewed(BASE, claimtrack), "utf-8")
    commit()
    text = Path("claims.yaml").read_text("utf-8").replace(old, new)
    Path("claims.yaml").write_text(text, "utf-8")
    assert changes(claimtrack("conflicts").out) == [f"in-roads: {told}"]


# ------------------------------------------------------------------------- disputes and verdicts


@needs_git
def test_a_stale_dispute_and_a_stale_verdict(
    claimtrack: Run, git: Git, commit: Callable[[], None]
) -> None:
    git("init", "--quiet")
    main = Path("claims.yaml")
    main.write_text(BASE, "utf-8")
    shown = claimtrack("show", "in-roads").out
    ground = shown.split("for a review of its dispute: ")[1].split()[0]
    own = re.search(r"fingerprint (\w+)", shown)
    assert own is not None
    verdict = f"    verdicts: [{{rating: refuted, by: ann, fingerprint: {own[1]}}}]\n"
    review = f"reviews: [{{dispute: in-roads, decision: upheld, by: ann, fingerprint: {ground}}}]\n"
    text = BASE.replace("  - id: long\n", f"{verdict}  - id: long\n") + review
    main.write_text(text, "utf-8")
    commit()
    assert "stale" not in json.loads(claimtrack("show", "in-roads", "--format", "json").out)
    main.write_text(text.replace("outer roads.", "roads."), "utf-8")
    told = (
        "in-roads: statement from ‘The Aurora lies in the outer roads.’ to "
        "‘The Aurora lies in the roads.’"
    )
    out = claimtrack("show", "in-roads").out
    assert f"  refuted (stale) by ann\n    changed since: {told}\n" in out
    assert (
        f"review of its dispute: stale, without effect; upheld by ann\n  changed since: {told}\n"
    ) in out
    found = json.loads(claimtrack("show", "in-roads", "--format", "json").out)["stale"]
    assert [list(each)[:2] for each in found] == [["dispute", "known"], ["claim", "known"]]
    main.write_text(text.replace("\n      - {source: gazette, stance: denies}", ""), "utf-8")
    assert changes(claimtrack("show", "in-roads").out)[-2:] == [
        "in-roads: nothing disputes it any more",
        "in-roads: an item of evidence less (gazette, denies)",
    ]


@needs_git
def test_a_dispute_that_another_claim_has_joined(
    claimtrack: Run, git: Git, commit: Callable[[], None]
) -> None:
    git("init", "--quiet")
    main = Path("claims.yaml")
    main.write_text(BASE, "utf-8")
    ground = claimtrack("show", "in-roads").out.split("review of its dispute: ")[1].split()[0]
    text = f"{BASE}reviews: [{{dispute: in-roads, decision: dismissed, fingerprint: {ground}}}]\n"
    main.write_text(text, "utf-8")
    commit()
    same = "    relations: [{type: same-as, claim: in-roads}]\nreviews:"
    main.write_text(text.replace("reviews:", same), "utf-8")
    assert changes(claimtrack("show", "in-roads").out) == ["longer: a claim more"]


# ----------------------------------------------------------------------------- valid decisions


def test_who_prevails_is_told_on_both_claims(claimtrack: Run) -> None:
    review = {"decision": "prevails", "claim": "at-quay", "by": "ann", "on": "2026-11-22"}
    text = reviewed(BASE, claimtrack, **review, why="The log says so.")
    Path("claims.yaml").write_text(text, "utf-8")
    decided = "decided by ann on 2026-11-22: The log says so.\n"
    won = claimtrack("show", "at-quay").out
    assert f"\nprevails in ship.berth over in-roads, {decided}" in won
    assert "\nuncontested: what speaks against it has been reviewed\n" in won
    lost = claimtrack("show", "in-roads").out
    assert "\noverruled: at-quay prevails in ship.berth, decided by ann on 2026-11-22: The" in lost
    assert "\nprevails in" not in lost


def test_who_upheld_a_dispute_is_told(claimtrack: Run) -> None:
    Path("claims.yaml").write_text(BASE, "utf-8")
    ground = claimtrack("show", "in-roads").out.split("review of its dispute: ")[1].split()[0]
    review = (
        f"{{dispute: in-roads, decision: upheld, by: ann, fingerprint: {ground}, why: It left}}"
    )
    Path("claims.yaml").write_text(f"{BASE}reviews: [{review}]\n", "utf-8")
    out = claimtrack("show", "in-roads").out
    assert "\noverruled: its dispute was upheld by ann: It left" in out


@pytest.mark.parametrize(
    ("on", "told"),
    [
        ("2026-11-22", "unresolved for 12 days"),
        ("2026-12-03", "unresolved for 1 day"),
        ("2026-12-04", "unresolved since today"),
        ("2024-02-29", "unresolved for 1,009 days"),
        ("2026-12-05", "unresolved, dated 2026-12-05"),
        ("2026-11", "unresolved since 2026-11"),
        ("2026", "unresolved since 2026"),
        ("2026-11-20~", "unresolved since 2026-11-20~"),
        ("2027-01", "unresolved, dated 2027-01"),
        ("2026-11-01/2026-11-20", "unresolved, dated 2026-11-01/2026-11-20"),
        (None, "unresolved, undated"),
    ],
)
def test_how_long_a_matter_has_been_unresolved(
    on: str | None, told: str, claimtrack: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1796342400")  # 2026-12-04
    keys = {"on": on} if on else {}
    text = reviewed(BASE, claimtrack, decision="unresolved", by="ann", why="No log.", **keys)
    Path("claims.yaml").write_text(text, "utf-8")
    for command in (["conflicts"], ["conflicts", "ship.berth"], ["show", "at-quay"]):
        assert f"review: {told}, by ann: No log.\n" in claimtrack(*command).out
    assert "hard · open  ship.berth" in claimtrack("conflicts").out


def test_an_unresolved_dispute_keeps_its_reason(
    claimtrack: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1796342400")
    Path("claims.yaml").write_text(BASE, "utf-8")
    ground = claimtrack("show", "in-roads").out.split("review of its dispute: ")[1].split()[0]
    review = (
        f"dispute: in-roads, decision: unresolved, on: 2026-12-02, fingerprint: {ground}, why: Who"
    )
    Path("claims.yaml").write_text(f"{BASE}reviews: [{{{review}}}]\n", "utf-8")
    assert (
        "\nreview of its dispute: unresolved for 2 days: Who\n"
        in claimtrack("show", "in-roads").out
    )
    listed = json.loads(claimtrack("list", "--disputed", "--format", "json").out)["claims"]
    assert [each["id"] for each in listed] == ["in-roads"]


def test_a_clock_that_is_none(register: Write, claimtrack: Run, monkeypatch: Any) -> None:
    register("claims: [{id: a, statement: x}]")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "yesterday")
    result = claimtrack("show", "a")
    assert (result.status, result.out) == (2, "")
    assert "SOURCE_DATE_EPOCH is 'yesterday', which is no time in seconds" in result.err

"""The register to learn from is what it says it is: its reports, its claims, its one mistake."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path

import pytest

from claimtrack.findings.findings import Findings, derive
from claimtrack.model import Evidence
from claimtrack.reading.register import read_register
from conftest import PROJECT, Run

HARBOUR = PROJECT / "examples" / "harbour"
MISQUOTED = "oil-reaches-oyster-beds"


@pytest.fixture(scope="module")
def findings() -> Findings:
    return derive(read_register(HARBOUR / "claims.yaml").register)


@pytest.fixture
def harbour(claimtrack: Run, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.chdir(HARBOUR)
    return claimtrack


def text_of(findings: Findings, source: str) -> str:
    return (HARBOUR / "sources" / str(findings.register.sources[source].file)).read_text("utf-8")


def quotes(findings: Findings) -> list[tuple[str, Evidence]]:
    claims = findings.register.claims.values()
    return [(claim.id, item) for claim in claims for item in claim.evidence if item.quote]


# ------------------------------------------------------------------------------------- what it is


def test_six_short_reports_are_there_in_full_with_their_digests(findings: Findings) -> None:
    sources = findings.register.sources.values()
    assert len(sources) == 6
    for source in sources:
        words = text_of(findings, source.id).split()
        assert 150 <= len(words) <= 300
        path = HARBOUR / "sources" / str(source.file)
        assert source.sha256 == sha256(path.read_bytes()).hexdigest()
        assert source.reliability
        assert source.basis


def test_every_file_is_a_source(findings: Findings) -> None:
    files = {path.name for path in (HARBOUR / "sources").iterdir()}
    assert files == {source.file for source in findings.register.sources.values()}


def test_there_are_claims_enough_and_each_item_of_evidence_quotes(findings: Findings) -> None:
    claims = findings.register.claims.values()
    assert len(claims) >= 24
    assert len(quotes(findings)) == sum(len(claim.evidence) for claim in claims)


@pytest.mark.parametrize(("claim", "sources"), [("three-hurt", 3), ("sandling-eleven-knots", 2)])
def test_an_echo_has_several_sources_and_one_origin(claim: str, sources: int, harbour: Run) -> None:
    [row] = [
        each
        for each in json.loads(harbour("list", "--format", "json").out)["claims"]
        if each["id"] == claim
    ]
    assert (len(row["sources"]), row["origins"], row["support"]) == (sources, 1, "single-origin")


def test_a_claim_is_taken_back(findings: Findings) -> None:
    evidence = findings.register.claims["no-pilot-aboard"].evidence
    assert [item.stance for item in evidence] == ["asserts", "retracts"]
    assert "unsupported" in findings.flags("no-pilot-aboard")


@pytest.mark.parametrize("claim", ["sandling-eleven-knots", "boom-laid-at-nine"])
def test_a_claim_is_denied_and_so_disputed(claim: str, findings: Findings) -> None:
    stances = [item.stance for item in findings.register.claims[claim].evidence]
    assert "denies" in stances
    assert "disputed" in findings.flags(claim)


@pytest.mark.parametrize(
    ("conflict", "type_", "positions", "state"),
    [
        ("corvane.diesel-lost", "number", 3, "open"),
        ("collision.passengers-hurt", "number", 2, "open"),
        ("sandling.speed", "number", 3, "reviewed"),
        ("corvane.location", "entity", 2, "reviewed"),
    ],
)
def test_numbers_and_places_conflict(
    conflict: str, type_: str, positions: int, state: str, findings: Findings, harbour: Run
) -> None:
    shown = json.loads(harbour("conflicts", "--all", "--format", "json").out)["conflicts"]
    [found] = [each for each in shown if each["id"] == conflict]
    assert findings.register.properties[found["property"]].type == type_
    assert (found["severity"], len(found["positions"]), found["state"]) == (
        "hard",
        positions,
        state,
    )


# ----------------------------------------------------------------------------- what is wrong in it


def test_check_finds_the_misquote_and_nothing_else(harbour: Run) -> None:
    result = harbour("check", "--format", "json")
    found = json.loads(result.out)
    assert result.status == 1
    assert [
        (each["code"], each["claim"], each["file"], each["line"]) for each in found["diagnostics"]
    ] == [("CT603", MISQUOTED, "claims.yaml", line_of("the oil will reach"))]
    assert found["summary"] == {"errors": 1, "warnings": 0, "unchecked": 0}


def test_it_is_laid_out_in_the_one_way(harbour: Run) -> None:
    assert harbour("fmt", "--check").status == 0


def line_of(words: str) -> int:
    [line] = [
        number
        for number, line in enumerate((HARBOUR / "claims.yaml").read_text("utf-8").split("\n"), 1)
        if words in line
    ]
    return line


def test_one_word_put_right_leaves_nothing_to_find(
    claimtrack: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = (HARBOUR / "claims.yaml").read_text("utf-8")
    mended = text.replace("quote: the oil will", "stance: speculates, quote: the oil could")
    (tmp_path / "claims.yaml").write_text(mended, "utf-8")
    monkeypatch.setenv("CLAIMTRACK_SOURCES", str(HARBOUR / "sources"))
    result = claimtrack("check", "--complete")
    assert (result.status, result.out.split(";")[0]) == (0, "no errors, no warnings")


def test_every_other_quote_stands_on_its_line_and_nowhere_else(findings: Findings) -> None:
    for claim, item in quotes(findings):
        lines = text_of(findings, item.source).split("\n")
        found = [number for number, line in enumerate(lines, 1) if str(item.quote) in line]
        assert found == ([] if claim == MISQUOTED else [item.line]), (claim, item)


def test_the_program_calls_them_exact(harbour: Run) -> None:
    for row in json.loads(harbour("list", "--format", "json").out)["claims"]:
        shown = json.loads(harbour("show", row["id"], "--format", "json").out)["claim"]
        expected = "altered" if row["id"] == MISQUOTED else "exact"
        assert {item["audit"] for item in shown["evidence"]} == {expected}


# ----------------------------------------------------------------------------------- its own words


@pytest.mark.parametrize(
    "command",
    [
        line.split("`")[1].split()[1:]
        for line in (HARBOUR / "README.md").read_text("utf-8").splitlines()
        if line.startswith("| `claimtrack")
    ],
    ids=" ".join,
)
def test_what_its_page_suggests_can_be_run(command: list[str], harbour: Run) -> None:
    result = harbour(*command)
    assert result.status == (1 if command == ["check"] else 0)
    assert result.out

"""The register that comes with the project, and what the README says of it."""

from __future__ import annotations

import json
import os
import re
import shutil
from pathlib import Path

import pytest

from claimtrack.findings.findings import Findings, derive
from claimtrack.model import Evidence
from claimtrack.reading.files import find_source, source_folders
from claimtrack.reading.register import read_register
from conftest import PROJECT, Run, Write

REGISTER = PROJECT / "data" / "claims.yaml"
ARTICLES = os.environ.get("CLAIMTRACK_SOURCES") or str(PROJECT.parent / "shared" / "sources")
HEADLINES = ("belousov-visit", "gurulyov-message", "birlestik-2024-drills")


@pytest.fixture(scope="module")
def findings() -> Findings:
    return derive(read_register(REGISTER).register)


def test_check_finds_nothing_wrong(claimtrack: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CLAIMTRACK_SOURCES", ARTICLES)
    result = claimtrack("--register", str(REGISTER), "check", "--format", "json")
    assert result.status == 0
    assert json.loads(result.out)["diagnostics"] == []


def test_the_three_headlines_are_there(findings: Findings) -> None:
    assert set(HEADLINES) <= set(findings.register.claims)
    assert len(findings.register.claims) > 150


def test_every_claim_has_evidence_and_every_quote_is_brief(findings: Findings) -> None:
    claims = findings.register.claims.values()
    assert [claim.id for claim in claims if not claim.evidence] == []
    long = [item.quote for _, item in quotes(findings) if len((item.quote or "").split()) > 25]
    assert long == []


def test_nobody_is_invented_to_have_judged_it(findings: Findings) -> None:
    assert findings.register.reviews == ()
    assert [c.id for c in findings.register.claims.values() if c.verdicts] == []


@pytest.mark.parametrize(
    "conflict",
    [
        "base-201.location",
        "inspection-2025.location",
        "inspection-2025.announced-beforehand",
        "gurulyov-recording.authenticity",
        "birlestik-2024.troop-count",
        "kz-build-up.motive",
        "kazakhstan.alignment",
    ],
)
def test_what_an_analyst_would_raise_is_raised(conflict: str, findings: Findings) -> None:
    assert conflict in {each.id for each in findings.conflicts}


def test_what_an_analyst_would_laugh_at_is_not(findings: Findings) -> None:
    subjects = {(each.subject, each.property) for each in findings.conflicts}
    assert not [p for _, p in subjects if p in ("border-length", "length")]
    drills = next(each for each in findings.conflicts if each.id == "birlestik-2024.troop-count")
    assert drills.severity == "tension"  # planned and actual strength


def test_the_denial_disputes_the_message(findings: Findings) -> None:
    assert "disputed" in findings.flags("gurulyov-message")


def quotes(findings: Findings) -> list[tuple[str, Evidence]]:
    return [
        (claim.id, item)
        for claim in findings.register.claims.values()
        for item in claim.evidence
        if item.quote is not None
    ]


def test_every_quote_of_a_held_source_stands_on_its_line(findings: Findings) -> None:
    folders = source_folders(REGISTER, {"CLAIMTRACK_SOURCES": ARTICLES})
    wrong = []
    for claim, item in quotes(findings):
        held = find_source(findings.register.sources[item.source].file, folders)
        if held.path is None:
            continue
        text = held.path.read_bytes().decode("utf-8")
        first = (item.quote or "").split(" … ")[0]
        starts = [match.start() for match in re.finditer(re.escape(first), text)]
        lines = {text.count("\n", 0, start) + 1 for start in starts}
        if item.line not in lines:
            wrong.append((claim, item.quote, item.line, lines))
    assert wrong == []


def test_the_articles_are_held_where_they_are_at_hand(findings: Findings) -> None:
    if not Path(ARTICLES).is_dir():
        pytest.skip("the five articles are not at hand; CLAIMTRACK_SOURCES names their folder")
    folders = source_folders(REGISTER, {"CLAIMTRACK_SOURCES": ARTICLES})
    files = [source.file for source in findings.register.sources.values() if source.file]
    assert [file for file in files if find_source(file, folders).path is None] == []


def totals(claimtrack: Run) -> dict[str, int]:
    result = claimtrack("--register", str(REGISTER), "stats", "--format", "json")
    counts: dict[str, int] = json.loads(result.out)["stats"]["quotes"]
    return {name: number for name, number in counts.items() if number}


def test_every_quote_is_attested_where_the_articles_are_not_held(
    claimtrack: Run, findings: Findings
) -> None:
    counts = totals(claimtrack)
    assert set(counts) == {"exact", "attested"}
    of_background = [item for _, item in quotes(findings) if item.source == "background"]
    assert counts["exact"] == len(of_background)
    assert counts["attested"] == len(quotes(findings)) - len(of_background)
    result = claimtrack("--register", str(REGISTER), "check", "--complete", "--format", "json")
    assert (result.status, json.loads(result.out)["diagnostics"]) == (0, [])


def test_the_articles_prove_every_attestation(
    claimtrack: Run, findings: Findings, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not Path(ARTICLES).is_dir():
        pytest.skip("the five articles are not at hand; CLAIMTRACK_SOURCES names their folder")
    monkeypatch.setenv("CLAIMTRACK_SOURCES", ARTICLES)
    assert totals(claimtrack) == {"exact": len(quotes(findings))}
    articles = [
        key for key in findings.register.sources if key.endswith(("article", "blog", "oped"))
    ]
    held = [key for key in articles if findings.register.sources[key].sha256 is not None]
    assert len(held) == 5
    trial = claimtrack("--register", str(REGISTER), "attest", *held, "--dry-run")
    assert (trial.status, trial.out) == (0, "")


# ------------------------------------------------------------------------------------- the README


README = (PROJECT / "README.md").read_text("utf-8")


def test_the_readme_shows_what_is_printed(claimtrack: Run, tmp_path: Path) -> None:
    shown = re.search(r"(?ms)^\$ claimtrack (conflicts \S+)\n(.*?)^```", README)
    assert shown is not None
    shutil.copytree(PROJECT / "data", tmp_path / "data")
    printed = claimtrack(*shown[1].split()).out
    # A line with an ellipsis alone stands for lines left out: what is around it is printed so.
    first, *later = shown[2].rstrip("\n").split("\n…\n")
    assert printed.startswith(f"{first}\n")
    place = len(first)
    for part in later:
        assert f"\n{part}\n" in printed[place:]
        place = printed.index(f"\n{part}\n", place) + len(part)


def test_the_readmes_register_has_one_conflict(register: Write, claimtrack: Run) -> None:
    example = re.search(r"(?ms)^```yaml\nclaimtrack: 1\n(.*?)^```", README)
    assert example is not None
    register(example[1])
    assert claimtrack("check").status == 0
    found = json.loads(claimtrack("conflicts", "--format", "json").out)["conflicts"]
    assert [each["id"] for each in found] == ["aurora.berth"]


def test_every_dependency_has_its_reason() -> None:
    import tomllib

    project = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))["project"]
    table = README[README.index("## Built on") :]
    wanted = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    names = [re.split(r"[<>=]", each)[0] for each in wanted]
    assert [name for name in names if name not in table] == []

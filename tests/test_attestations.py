"""Attestations: what who holds a source found, for those who do not."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path

import pytest

from claimtrack.edit.attesting import attesting, write_attestations
from claimtrack.edit.steps import FileChanged
from claimtrack.findings.audits import audit, quotes
from claimtrack.reading.register import read_register
from claimtrack.reading.shelf import Shelf
from conftest import Run, Write

TEXT = "The Gazette, 9 March.\nAt dawn the Aurora made fast at the East Quay.\n“Nobody” came.\n"
DIGEST = sha256(TEXT.encode()).hexdigest()
QUOTE = "made fast at the East Quay"
GAZETTE = {"sources/gazette.txt": TEXT}
ATTESTED = "sources/gazette.txt.attested"


def claims(*items: str, digest: str = DIGEST) -> str:
    evidence = "\n".join(f"      - {{source: gazette, {item}}}" for item in items)
    return f"""
sources:
  gazette: {{file: gazette.txt, sha256: {digest}}}
claims:
  - id: aurora
    statement: The Aurora lies at the East Quay.
    evidence:
{evidence}
"""


def attestation(quote: str = QUOTE, line: int = 2, **other: object) -> str:
    held = {
        "source_sha256": DIGEST,
        "quote_sha256": sha256(quote.encode()).hexdigest(),
        "line": line,
        "result": "exact",
        "by": "ann",
        "on": "2026-11-22",
    }
    return json.dumps({**held, **other}) + "\n"


def audits(claimtrack: Run) -> list[tuple[str, int | None]]:
    rows = json.loads(claimtrack("quote", "aurora", "--format", "json").out)["quotes"]
    return [(row["result"], row["line"]) for row in rows]


def test_attest_writes_what_stands_and_others_read_it(
    register: Write, claimtrack: Run, tmp_path: Path
) -> None:
    register(claims(f"quote: {QUOTE}, line: 2", "quote: '\"Nobody\" came'"), GAZETTE)
    result = claimtrack("attest", "--by", "ann", "--on", "2026-11-22")
    assert (result.status, result.out) == (0, f"{ATTESTED}\n")
    assert result.err == "gazette.txt  2 quotes newly attested, 0 as before\n"
    assert (tmp_path / ATTESTED).read_text() == attestation() + attestation(
        '"Nobody" came', 3, result="normalised"
    )
    assert audits(claimtrack) == [("exact", 2), ("normalised", 3)]
    (tmp_path / "sources/gazette.txt").unlink()
    assert audits(claimtrack) == [("attested", 2), ("attested", 3)]
    assert claimtrack("check", "--complete").status == 0
    assert claimtrack("check").out == (
        "no errors, no warnings; 2 quotes: 2 attested, 0 unchecked\n"
    )
    assert "2 quotes: 2 attested" in claimtrack().out
    row = json.loads(claimtrack("sources", "--format", "json").out)["sources"][0]
    assert (row["held"], row["quotes"]["attested"], row["quotes"]["exact"]) == (False, 2, 0)


def test_attest_again_changes_nothing_and_keeps_who_attested(
    register: Write, claimtrack: Run, tmp_path: Path
) -> None:
    register(claims(f"quote: {QUOTE}"), {**GAZETTE, ATTESTED: attestation()})
    result = claimtrack("attest", "gazette", "--by", "bob")
    assert (result.status, result.out) == (0, "")
    assert "nothing to write" in result.err
    assert (tmp_path / ATTESTED).read_text() == attestation()


def test_attest_keeps_all_who_attested_the_same(
    register: Write, claimtrack: Run, tmp_path: Path
) -> None:
    both = attestation() + attestation(by="second reader")
    register(claims(f"quote: {QUOTE}"), {**GAZETTE, ATTESTED: both + attestation(line=9)})
    result = claimtrack("attest", "--by", "bob")
    assert "0 quotes newly attested, 2 as before, 1 that no longer hold dropped" in result.err
    assert (tmp_path / ATTESTED).read_text() == both


def test_attest_takes_the_digest_of_the_source_whose_file_is_the_recorded_one(
    register: Write, claimtrack: Run, tmp_path: Path
) -> None:
    other = f"sources:\n  other: {{file: ./gazette.txt, sha256: {'0' * 64}}}"
    register(claims(f"quote: {QUOTE}").replace("sources:", other), GAZETTE)
    result = claimtrack("attest", "--by", "ann", "--on", "2026-11-22")
    assert (result.status, result.out) == (0, f"{ATTESTED}\n")
    assert (tmp_path / ATTESTED).read_text() == attestation()


def test_attest_says_what_is_in_its_way(
    register: Write, claimtrack: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    register(claims(f"quote: {QUOTE}"), {"held/gazette.txt": TEXT, "sources": "a file"})
    monkeypatch.setenv("CLAIMTRACK_SOURCES", str(tmp_path / "held"))
    result = claimtrack("attest")
    assert result.status == 4
    assert f"claimtrack: {ATTESTED} cannot be written: File exists; nothing was" in result.err


def test_attest_does_not_write_through_a_link_that_leads_out(
    register: Write, claimtrack: Run, tmp_path: Path
) -> None:
    register(claims(f"quote: {QUOTE}"), {**GAZETTE, "elsewhere": ""})
    (tmp_path / ATTESTED).symlink_to(tmp_path / "elsewhere")
    result = claimtrack("attest")
    assert result.status == 4
    assert f"{ATTESTED} leads out of its source folder; nothing was written" in result.err
    assert (tmp_path / "elsewhere").read_text() == ""


def test_attest_refuses_a_quote_that_does_not_stand(
    register: Write, claimtrack: Run, tmp_path: Path
) -> None:
    register(claims(f"quote: {QUOTE}", "quote: made fast at the West Quay"), GAZETTE)
    result = claimtrack("attest", "--by", "ann", "--on", "2026-11-22")
    assert result.status == 1
    assert "  refused: aurora: “made fast at the West Quay” altered" in result.err
    assert (tmp_path / ATTESTED).read_text() == attestation()


def test_a_dry_run_shows_the_lines_and_writes_nothing(
    register: Write, claimtrack: Run, tmp_path: Path
) -> None:
    register(claims(f"quote: {QUOTE}"), GAZETTE)
    result = claimtrack("attest", "--by", "ann", "--on", "2026-11-22", "--dry-run")
    assert f"+{attestation()}" in result.out
    assert not (tmp_path / ATTESTED).exists()


@pytest.mark.parametrize(
    ("files", "digest", "why"),
    [
        ({}, DIGEST, "source not held"),
        (GAZETTE, "0" * 64, "its file is not the recorded one"),
    ],
)
def test_what_is_not_held_cannot_be_attested(
    files: dict[str, str | bytes], digest: str, why: str, register: Write, claimtrack: Run
) -> None:
    register(claims(f"quote: {QUOTE}", digest=digest), files)
    result = claimtrack("attest", "gazette")
    assert result.status == 2
    assert f"nothing can be attested of 'gazette': {why}" in result.err
    assert claimtrack("attest").status == 2


def test_a_source_without_a_recorded_digest_cannot_be_attested(
    register: Write, claimtrack: Run
) -> None:
    register(claims(f"quote: {QUOTE}").replace(f", sha256: {DIGEST}", ""), GAZETTE)
    result = claimtrack("attest", "gazette")
    assert "its sha256 is not recorded; claimtrack source set gazette" in result.err


# ------------------------------------------------------------------------- without the source


@pytest.mark.parametrize(
    ("item", "line", "result"),
    [
        (f"quote: {QUOTE}", attestation(), ("attested", 2)),
        (f"quote: {QUOTE}, line: 2", attestation(), ("attested", 2)),
        (f"quote: {QUOTE}, line: 3", attestation(), ("unchecked", None)),
        (f"quote: {QUOTE}s", attestation(), ("unchecked", None)),
        (f"quote: {QUOTE}", attestation(source_sha256="1" * 64), ("unchecked", None)),
        (f"quote: {QUOTE}", attestation() + attestation(line=9), ("unchecked", None)),
        (f"quote: {QUOTE}, line: 9", attestation() + attestation(line=9), ("attested", 9)),
    ],
)
def test_an_attestation_is_of_one_quote_in_one_file(
    item: str, line: str, result: tuple[str, int | None], register: Write, claimtrack: Run
) -> None:
    register(claims(item), {ATTESTED: line})
    assert audits(claimtrack) == [result]


def test_an_attestation_of_another_version_says_so(register: Write, claimtrack: Run) -> None:
    register(claims(f"quote: {QUOTE}"), {ATTESTED: attestation(source_sha256="1" * 64)})
    assert "what is attested is another version of it" in claimtrack("show", "aurora").out


# ---------------------------------------------------------------------------- with the source


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (attestation(line=1), "attested as exact on line 1 of 'gazette', which has it on line 2"),
        (
            attestation(result="normalised"),
            "attested as normalised on line 2 of 'gazette', which has it exactly",
        ),
    ],
)
def test_a_held_source_contradicts_a_forged_attestation(
    line: str, told: str, register: Write, claimtrack: Run
) -> None:
    register(claims(f"quote: {QUOTE}"), {**GAZETTE, ATTESTED: line})
    result = claimtrack("check")
    assert result.status == 1
    assert f"{ATTESTED}:1:1: error CT605: {told}" in result.out
    assert audits(claimtrack) == [("exact", 2)]


def test_an_attestation_of_words_that_are_not_there_is_an_error(
    register: Write, claimtrack: Run
) -> None:
    forged = "the crew was under arrest"
    register(claims(f"quote: {forged}"), {**GAZETTE, ATTESTED: attestation(forged)})
    codes = [
        d["code"] for d in json.loads(claimtrack("check", "--format", "json").out)["diagnostics"]
    ]
    assert codes == ["CT604", "CT605"]


def test_forged_attestations_without_number_are_told_at_once(
    register: Write, claimtrack: Run
) -> None:
    forged = "the crew was under arrest since dawn"
    lines = "".join(attestation(forged, line) for line in range(1, 2001))
    text = "".join(f"Line {number} of the crew since dawn.\n" for number in range(2000))
    digest = sha256(text.encode()).hexdigest()
    register(
        claims(f"quote: {forged}", digest=digest),
        {"sources/gazette.txt": text, ATTESTED: lines.replace(DIGEST, digest)},
    )
    codes = [
        d["code"] for d in json.loads(claimtrack("check", "--format", "json").out)["diagnostics"]
    ]
    assert codes == ["CT603", *["CT605"] * 2000]


def test_an_attestation_of_another_file_is_no_error(register: Write, claimtrack: Run) -> None:
    register(
        claims(f"quote: {QUOTE}"),
        {**GAZETTE, ATTESTED: attestation(line=9, source_sha256="1" * 64)},
    )
    assert claimtrack("check").status == 0


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{", "it is not JSON"),
        ("[1]\n", "it is not a JSON object"),
        ('{"a": 1, "a": 2}', "a key stands twice in it"),
        (attestation(line=0), "'line' is a whole number from 1"),
        (attestation(line=True), "'line' is a whole number from 1"),
        (attestation(result="moved"), "'result' is exact or normalised"),
        (attestation(quote_sha256="x"), "'quote_sha256' is a SHA-256"),
        (attestation(by=3), "'by' is a text"),
        (attestation(by="\ud800"), "'by' has half of a character"),
        (attestation(note="x"), "'note' is no key of one"),
        ("{}", "it lacks 'source_sha256'"),
        ("[" * 100_000, "it is not"),
    ],
)
def test_a_line_that_is_none_is_told_and_hides_no_other(
    line: str, reason: str, register: Write, claimtrack: Run
) -> None:
    register(claims(f"quote: {QUOTE}"), {ATTESTED: f"{line.rstrip()}\n{attestation()}"})
    result = claimtrack("check")
    assert f"{ATTESTED}:1:1: error CT606: this line is no attestation: {reason}" in result.out
    assert audits(claimtrack) == [("attested", 2)]


def test_an_attestation_file_that_leads_out_is_refused(
    register: Write, claimtrack: Run, tmp_path: Path
) -> None:
    register(claims(f"quote: {QUOTE}"), {"sources/other.txt": "", "elsewhere": attestation()})
    (tmp_path / ATTESTED).symlink_to(tmp_path / "elsewhere")
    result = claimtrack("check")
    assert f"{ATTESTED}:1:1: error CT606: {ATTESTED} leads out of its source folder" in result.out
    assert audits(claimtrack) == [("unchecked", None)]


def test_a_letter_that_was_changed_is_found_among_what_is_attested(
    register: Write, claimtrack: Run
) -> None:
    register(claims(f"quote: {QUOTE}", f"quote: {QUOTE}s"), {ATTESTED: attestation()})
    result = claimtrack("check", "--complete")
    assert result.status == 1
    assert result.out.splitlines()[0] == (
        "claims.yaml:10:34: unchecked: aurora, 'gazette': source not held, and nobody attests "
        "these words"
    )


def test_a_claim_with_an_error_keeps_its_attestations(
    register: Write, claimtrack: Run, tmp_path: Path
) -> None:
    text = claims(f"quote: {QUOTE}") + (
        "  - id: broken\n    statment: x\n    evidence: [{source: gazette, quote: At dawn}]\n"
    )
    of_broken = attestation("At dawn")
    register(text, {**GAZETTE, ATTESTED: attestation() + of_broken + attestation(line=7)})
    assert claimtrack("attest", "--by", "bob").status == 0
    assert sorted((tmp_path / ATTESTED).read_text().splitlines()) == sorted(
        (attestation() + of_broken).splitlines()
    )


def test_what_another_wrote_meanwhile_is_not_written_over(register: Write, tmp_path: Path) -> None:
    main = register(claims(f"quote: {QUOTE}"), GAZETTE)
    read = read_register(main).register
    shelf = Shelf(read, main, {})
    held = audit(read, quotes(read), lambda source: shelf.ground(source.id)).audits
    plan = attesting("gazette.txt", DIGEST, list(held), (), "ann", "2026-11-22", is_whole=True)
    others = attestation(by="bob")
    (tmp_path / ATTESTED).write_text(others)
    with pytest.raises(FileChanged, match="changed since it was read; nothing was written"):
        write_attestations(main, [plan], lambda: None)
    assert (tmp_path / ATTESTED).read_text() == others

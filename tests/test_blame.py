"""Who wrote each line of a claim, as somebody asks for it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from conftest import Run
from repositories import Repository

BASE = """claimtrack: 1
sources:
  gazette: {reliability: B}
claims:
  - id: first
    statement: x
  - id: at-quay
    statement: The Aurora lies at the East Quay.
    # as of spring
    evidence:
      - source: gazette
        quote: |
          made fast

          at the East Quay

  # The last one.
  - {id: last, statement: z}
"""


@pytest.fixture
def blame(claimtrack: Run) -> Any:
    def run(claim: str, register: str = "claims.yaml") -> list[str]:
        result = claimtrack("--register", register, "blame", claim)
        assert (result.status, result.err) == (0, "")
        blocks = result.out.rstrip("\n").split("\n\n")[1:]
        lines = [line for block in blocks for line in block.split("\n")]
        return [line if line.startswith(("  ", "not")) else line[10:] for line in lines]

    return run


def test_each_line_with_who_wrote_it_and_when(repository: Repository, claimtrack: Run) -> None:
    first = repository.commit(BASE, on="2026-11-01", message="The ship")
    second = repository.commit(
        BASE.replace("lies at", "is at").replace("claims:\n", "\nclaims:\n"),
        by="second reader",
        on="2026-11-03",
        message="Second reading",
    )
    text = Path("claims.yaml").read_text("utf-8")
    repository.write({"claims.yaml": text.replace("    # as of spring\n", "    tags: [a]\n")})
    result = claimtrack("blame", "quay")
    assert result.out == (
        "at-quay  claims.yaml:8\n"
        "\n"
        f"{first[:8]}  2026-11-01  ann  The ship\n"
        "   8    - id: at-quay\n"
        "\n"
        f"{second[:8]}  2026-11-03  second reader  Second reading\n"
        "   9      statement: The Aurora is at the East Quay.\n"
        "\n"
        "not committed\n"
        "  10      tags: [a]\n"
        "\n"
        f"{first[:8]}  2026-11-01  ann  The ship\n"
        "  11      evidence:\n"
        "  12        - source: gazette\n"
        "  13          quote: |\n"
        "  14            made fast\n"
        "  15\n"
        "  16            at the East Quay\n"
    )
    assert (result.status, result.err) == (0, "")


def test_only_the_lines_of_its_own_entry(repository: Repository, blame: Any) -> None:
    repository.commit(BASE)
    assert blame("first") == ["2026-11-20  ann  on", "  5    - id: first", "  6      statement: x"]
    assert blame("last") == ["2026-11-20  ann  on", "  18    - {id: last, statement: z}"]


@pytest.mark.parametrize(
    "changed",
    [
        BASE.replace("\n", "\r\n"),
        f"\ufeff{BASE}",
        BASE.replace("claims:\n", "claims:\n  - id: more\n    statement: more\n"),
    ],
)
def test_what_the_file_is_like_around_it_does_not_matter(
    changed: str, repository: Repository, blame: Any
) -> None:
    repository.commit(BASE)
    repository.write({"claims.yaml": changed})
    assert "not committed" not in blame("at-quay")
    repository.commit()
    assert "not committed" not in blame("at-quay")


def test_a_claim_moved_to_another_file_keeps_its_authors(
    repository: Repository, blame: Any
) -> None:
    start = BASE.index("  - id: at-quay")
    end = BASE.index("\n  # The last")
    entry, rest = BASE[start:end], BASE[:start] + BASE[end:]
    repository.commit({"a folder/claims.yaml": BASE}, on="2026-11-01")
    rest = rest.replace("claimtrack: 1\n", "claimtrack: 1\ninclude: [parts/*.yaml]\n")
    files = {"a folder/claims.yaml": rest, "a folder/parts/one.yaml": f"claims:\n{entry}"}
    repository.write(files)
    assert set(blame("at-quay", "a folder")) & {"2026-11-01  ann  on", "not committed"} == {
        "2026-11-01  ann  on"
    }
    repository.commit(on="2026-11-02", by="second reader")
    Path("a folder/parts/one.yaml").rename("a folder/parts/two.yaml")
    repository.commit(on="2026-11-03")
    assert blame("at-quay", "a folder")[:2] == ["2026-11-01  ann  on", "   2    - id: at-quay"]
    Path("a folder").rename("b")
    assert blame("at-quay", "b")[0] == "not committed"  # nothing of it is at this place
    repository.commit(on="2026-11-04")
    assert blame("at-quay", "b")[0] == "2026-11-01  ann  on"


def test_what_is_not_committed_at_all(repository: Repository, blame: Any) -> None:
    repository.write({"claims.yaml": BASE})
    assert blame("first") == ["not committed", "  5    - id: first", "  6      statement: x"]
    repository.commit(BASE.replace("  - id: first\n    statement: x\n", ""))
    repository.write({"claims.yaml": BASE})
    assert blame("first") == ["not committed", "  5    - id: first", "  6      statement: x"]


def test_an_entry_with_an_error_can_be_asked_for(repository: Repository, claimtrack: Run) -> None:
    repository.commit(BASE.replace("    statement: x\n", "    statment: x\n"))
    assert "    statment: x\n" in claimtrack("blame", "first").out


def test_a_shallow_clone_says_what_may_be_older(
    repository: Repository, claimtrack: Run, tmp_path: Path
) -> None:
    repository.commit(BASE, on="2026-11-01")
    repository.commit(BASE.replace("statement: x", "statement: y"), on="2026-11-02")
    repository.git("clone", "--quiet", "--depth", "1", f"file://{tmp_path}", "clone")
    out = claimtrack("--register", "clone", "blame", "at-quay").out
    assert "2026-11-02 or before, in a commit that was not fetched  ann  on" in out
    assert "or before" not in claimtrack("blame", "at-quay").out
    rows = json.loads(claimtrack("--register", "clone", "blame", "last", "--format", "json").out)
    assert rows["lines"][0]["boundary"] is True


@pytest.mark.parametrize(
    ("claim", "said"),
    [
        ("at-kuay", "no claim is called 'at-kuay' (did you mean 'at-quay'?)"),
        ("st", "'st' fits 2: first, last; write more of the one that is meant"),
    ],
)
def test_what_cannot_be_blamed(
    claim: str, said: str, repository: Repository, claimtrack: Run
) -> None:
    repository.commit(BASE)
    result = claimtrack("blame", claim)
    assert (result.status, result.out, result.err) == (2, "", f"claimtrack: {said}\n")


def test_an_entry_with_aliases(repository: Repository, claimtrack: Run) -> None:
    repository.commit("claimtrack: 1\ntitle: &t one\nclaims:\n  - {id: *t, statement: *t}\n")
    said = (
        "claimtrack: the entry of 'one' cannot be found by its id, which is written as an alias or "
        "with escapes; write it out\n"
    )
    for command in ("blame", "log"):
        result = claimtrack(command, "one")
        assert (result.status, result.out, result.err) == (2, "", said)
    repository.commit("claimtrack: 1\ntitle: &t x\nclaims:\n  - &a {id: one, statement: *t}\n")
    assert "  4    - &a {id: one, statement: *t}\n" in claimtrack("blame", "one").out


def test_not_under_git(claimtrack: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    (tmp_path / "claims.yaml").write_text(BASE, "utf-8")
    result = claimtrack("blame", "first")
    assert (result.status, result.err) == (2, "claimtrack: the register is not under git\n")


def test_as_json(repository: Repository, claimtrack: Run) -> None:
    commit = repository.commit(BASE, on="2026-11-01")
    repository.write({"claims.yaml": BASE.replace("statement: x", "statement: y")})
    told = json.loads(claimtrack("blame", "first", "--format", "json").out)
    assert told == {
        "format": 1,
        "claim": "first",
        "file": "claims.yaml",
        "lines": [
            {
                "line": 5,
                "text": "  - id: first",
                "commit": commit,
                "author": "ann",
                "date": "2026-11-01",
                "boundary": False,
            },
            {
                "line": 6,
                "text": "    statement: y",
                "commit": None,
                "author": None,
                "date": None,
                "boundary": False,
            },
        ],
    }


def test_an_id_given_since_the_last_commit_is_all_that_is_not_committed(
    repository: Repository, claimtrack: Run
) -> None:
    text = (
        "claimtrack: 1\nclaims:\n"
        "  - id: at-quay\n"
        "    statement: The Aurora lies at the East Quay.\n"
    )
    commit = repository.commit(text)
    repository.write({"claims.yaml": text.replace("at-quay", "moored")})
    assert claimtrack("blame", "moored").out == (
        "moored  claims.yaml:3\n"
        "\n"
        "not committed\n"
        "  3    - id: moored\n"
        "\n"
        f"{commit[:8]}  2026-11-20  ann  on\n"
        "  4      statement: The Aurora lies at the East Quay.\n"
    )

"""Every code has a page, whose wrong example gives exactly it and whose right one gives nothing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from claimtrack.diagnostic import CODES
from claimtrack.explanations import ExampleFile, explanation
from conftest import Run

# What no page can show as text: a file that is there and cannot be read.
WITHOUT_EXAMPLE = {"CT101"}


@pytest.mark.parametrize("code", CODES)
def test_the_wrong_example_gives_exactly_its_code(
    code: str, claimtrack: Run, tmp_path: Path
) -> None:
    bad = explanation(code).bad
    assert bool(bad) != (code in WITHOUT_EXAMPLE)
    if bad:
        assert codes_of(bad, claimtrack, tmp_path) == [code]


@pytest.mark.parametrize("code", CODES)
def test_the_right_example_gives_nothing(code: str, claimtrack: Run, tmp_path: Path) -> None:
    good = explanation(code).good
    assert bool(good) != (code in WITHOUT_EXAMPLE)
    if good:
        assert codes_of(good, claimtrack, tmp_path) == []


@pytest.mark.parametrize("code", CODES)
def test_explain_prints_the_page(code: str, claimtrack: Run) -> None:
    result = claimtrack("explain", code.lower())
    assert result.status == 0
    assert result.out.startswith(code)
    assert len(explanation(code).paragraphs) >= 2


def test_every_page_is_of_a_code() -> None:
    folder = Path(__file__).parents[1] / "src/claimtrack/explanations"
    assert {path.stem for path in folder.glob("*.md")} == set(CODES)


def codes_of(example: tuple[ExampleFile, ...], claimtrack: Run, folder: Path) -> list[str]:
    for file in example:
        path = folder / file.name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(file.data)
    result = claimtrack("--register", str(folder), "check", "--format", "json")
    return [each["code"] for each in json.loads(result.out)["diagnostics"]]

"""What the pages say can be followed: examples are sound, links lead somewhere."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from claimtrack.diagnostic import CODES
from conftest import PROJECT, Run, Write

PAGES = [PROJECT / "README.md", PROJECT / "CHANGELOG.md", *sorted((PROJECT / "docs").glob("*.md"))]
EXAMPLES = [
    pytest.param(example, id=f"{page.stem}-{number}")
    for page in PAGES
    for number, example in enumerate(
        re.findall(r"(?ms)^```yaml\nclaimtrack: 1\n(.*?)^```", page.read_text("utf-8"))
    )
]


@pytest.mark.parametrize("example", EXAMPLES)
def test_a_whole_example_is_sound(example: str, register: Write, claimtrack: Run) -> None:
    register(example)
    assert claimtrack("check").out.startswith("no errors, no warnings; ")


CODE = [
    pytest.param(code, id=f"{page.stem}-{number}")
    for page in PAGES
    for number, code in enumerate(
        re.findall(r"(?ms)^```python\n(.*?)^```", page.read_text("utf-8"))
    )
]


@pytest.mark.parametrize("code", CODE)
def test_code_runs_and_gives_what_it_says(code: str) -> None:
    exec(code, {})


WALKS = [
    pytest.param(walk, id=f"{page.stem}-{number}")
    for page in PAGES
    if page.name != "README.md"  # its example is of the register that comes with the program
    for number, walk in enumerate(
        re.findall(r"(?ms)^```console\n(.*?)^```", page.read_text("utf-8"))
    )
]


@pytest.mark.parametrize("walk", WALKS)
def test_a_walk_through_goes_as_it_is_shown(
    walk: str, claimtrack: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1711929600")
    for step in re.findall(r"(?ms)^\$ claimtrack (.*?\n)(.*?)(?=^\$|\Z)", walk):
        result = claimtrack(*shlex.split(step[0]))
        assert result.out + result.err == step[1]


def test_there_are_walks_through() -> None:
    assert len(WALKS) >= 1


def test_there_are_whole_examples() -> None:
    assert len(EXAMPLES) >= 2


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_within_the_project_lead_somewhere(page: Path) -> None:
    text = page.read_text("utf-8")
    for target, fragment in re.findall(r"\]\(([^)#:]*)(#[^)]*)?\)", text):
        path = (page.parent / target) if target else page
        assert path.exists(), target
        if fragment:
            assert fragment[1:] in _anchors(path.read_text("utf-8")), fragment


def _anchors(text: str) -> set[str]:
    headings = re.findall(r"^#+ (.*)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_codes_that_a_page_names_exist(page: Path) -> None:
    assert set(re.findall(r"\bCT\d{3}\b", page.read_text("utf-8"))) <= set(CODES)

"""What the pages say can be followed: examples are sound, links lead somewhere."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from claimtrack.diagnostic import CODES
from conftest import PROJECT, Run, Write
from walks import Change, commands, walk

PAGES = [
    PROJECT / "README.md",
    PROJECT / "CHANGELOG.md",
    *sorted((PROJECT / "docs").glob("*.md")),
    *sorted((PROJECT / "examples").glob("*/README.md")),
]
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


TUTORIAL = PROJECT / "docs" / "tutorial.md"
WALKS = [
    pytest.param(block, id=f"{page.stem}-{number}")
    for page in PAGES
    # The README's example is of the register that comes with the program; the tutorial is one walk.
    if page not in (PROJECT / "README.md", TUTORIAL)
    for number, block in enumerate(
        re.findall(r"(?ms)^```console\n(.*?)^```", page.read_text("utf-8"))
    )
]


@pytest.mark.parametrize("block", WALKS)
def test_a_walk_through_goes_as_it_is_shown(
    block: str, claimtrack: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1711929600")
    for step in commands(block):
        assert step.follow(claimtrack) == step.printed, step.typed


def test_there_are_walks_through() -> None:
    assert len(WALKS) >= 1


def test_the_tutorial_goes_as_it_is_shown_from_its_first_block_to_its_last(
    claimtrack: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1743552000")
    shutil.copytree(PROJECT / "examples" / "harbour" / "sources", tmp_path / "reports")
    for step in walk(TUTORIAL.read_text("utf-8")):
        if isinstance(step, Change):
            step.make(tmp_path / "claims.yaml")
        else:
            assert step.follow(claimtrack) == step.printed, step.typed


def test_there_are_whole_examples() -> None:
    assert len(EXAMPLES) >= 2


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(PROJECT)))
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


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(PROJECT)))
def test_codes_that_a_page_names_exist(page: Path) -> None:
    assert set(re.findall(r"\bCT\d{3}\b", page.read_text("utf-8"))) <= set(CODES)

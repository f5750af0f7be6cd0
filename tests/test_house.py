"""How the house is built, where a machine can see it."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[1] / "src" / "claimtrack"
MODULES = {path.relative_to(SOURCE).as_posix(): path for path in SOURCE.rglob("*.py")}


def imported(path: Path) -> set[str]:
    """Every module that a file imports, wherever in it."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names


@pytest.mark.parametrize(
    ("library", "rooms"),
    [
        ("typer", ("cli/",)),
        ("rich", ("render/screen.py",)),
        ("pydantic", ("reading/schema.py", "reading/json_schema.py")),
        ("pydantic_core", ("reading/schema.py",)),
        ("yaml", ("reading/yamltext.py", "reading/spans.py", "reading/claim_stream.py")),
        ("pint", ("values/units.py",)),
        ("anyascii", ("edit/naming.py",)),
        ("rapidfuzz", ("findings/near/spelling.py",)),
        ("charset_normalizer", ("reading/texts/encodings.py",)),
        ("markdown_it", ("reading/texts/markdown.py",)),
        ("trafilatura", ("reading/texts/html_text.py",)),
        ("lxml", ("reading/texts/html_",)),
        ("pypdf", ("reading/texts/pdf.py",)),
        # Git, the person's own editor, and Python itself: a document is taken apart in a process
        # of its own, which may run out of time or memory without harm.
        ("subprocess", ("reading/git.py", "cli/editor.py", "reading/texts/extraction.py")),
    ],
)
def test_each_library_is_known_in_one_place(library: str, rooms: tuple[str, ...]) -> None:
    knowing = {
        name
        for name, path in MODULES.items()
        if any(each.split(".")[0] == library for each in imported(path))
    }
    assert knowing
    assert all(name.startswith(rooms) for name in knowing)


# Each may import itself and what stands before it.
LAYERS = [
    "frozen",
    "collector",
    "progress",
    "diagnostic",
    "fingerprint",
    "values",
    "quotes",
    "model",
    "engine",
    "findings",
    "reading",
    "index",
    "edit",
    "explanations",
    "render",
    "cli",
    "__main__",
]


@pytest.mark.parametrize("name", sorted(MODULES.keys() - {"__init__.py"}))
def test_data_flows_one_way(name: str) -> None:
    layer = name.split("/")[0].removesuffix(".py")
    allowed = LAYERS[: LAYERS.index(layer) + 1]
    own = {each.split(".")[1] for each in imported(MODULES[name]) if each.startswith("claimtrack.")}
    assert own <= set(allowed)


@pytest.mark.parametrize("name", MODULES)
def test_a_module_stays_short(name: str) -> None:
    # schema.py declares every shape of the format, side by side.
    limit = 600 if name == "reading/schema.py" else 400
    assert len(MODULES[name].read_text("utf-8").splitlines()) <= limit

"""What a command imports: every module costs each start of it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from conftest import PROJECT

HELLO = """
import sys, typer
app = typer.Typer()
@app.command()
def hello():
    pass
try:
    app([])
except SystemExit:
    pass
print("\\n".join(sys.modules), file=sys.stderr)
"""
OURS = """
import sys
from claimtrack.cli import main
try:
    main()
except SystemExit:
    pass
print("\\n".join(sys.modules), file=sys.stderr)
"""
SQLITE = {"sqlite3", "sqlite3.dbapi2", "_sqlite3"}
LITTLE = {"__future__", "_bisect", "bisect", "gc", "unicodedata"}
NUMBERS = {"_decimal", "decimal", "fractions", "numbers"}
JSON = {"_json", "json", "json.decoder", "json.encoder", "json.scanner"}
FURTHER: dict[str, set[str]] = {
    "list": {*SQLITE, *LITTLE},
    "show base-201-near-almaty": {*SQLITE, *LITTLE, *NUMBERS, *JSON, "array"},
    "conflicts": {*SQLITE, *LITTLE, *NUMBERS},
    "sources": {*SQLITE, *LITTLE, *NUMBERS},
    "stats": {*SQLITE, *LITTLE, *NUMBERS},
    f"--complete claims,tags base {PROJECT / 'data'}": {*SQLITE, *LITTLE},
    "--help": {*LITTLE, "typer._click._textwrap"} - {"unicodedata"},
}
"""What a command imports that is neither ours nor imported by a Typer program that does nothing."""

LISTING = """
cli cli.app cli.filters cli.later cli.listing cli.locating cli.noting cli.output cli.serving
cli.streams cli.usage diagnostic findings findings.flags findings.selection findings.summaries
frozen index index.choosing index.folder index.ground index.keeping index.names index.rows
index.seal index.stamps index.stored index.stretches index.tables progress reading reading.files
reading.interruption render render.listing render.progress render.screen render.style render.tables
render.visible render.words values values.names values.signs
"""


def _modules(program: str, *arguments: str) -> set[str]:
    done = subprocess.run(
        [sys.executable, "-c", program, *arguments], capture_output=True, text=True, check=True
    )
    return set(done.stderr.split())


@pytest.fixture(scope="module")
def hello() -> set[str]:
    return _modules(HELLO)


def _imported(command: str) -> set[str]:
    words = [] if command.startswith("--") else ["--register", str(PROJECT / "data")]
    _modules(OURS, *words, *command.split())  # so that there is an index
    return _modules(OURS, *words, *command.split())


@pytest.mark.parametrize("command", sorted(FURTHER))
def test_a_command_imports_no_more_than_it_must(command: str, hello: set[str]) -> None:
    further = {each for each in _imported(command) - hello if not each.startswith("claimtrack")}
    assert further <= FURTHER[command] | _hashing(command)


def _hashing(command: str) -> set[str]:
    """A page of a claim whose source is held takes the digest of that."""
    return {"hashlib", "_hashlib", "_blake2"} if command.startswith("show") else set()


def test_a_list_imports_these_modules_of_ours() -> None:
    ours = {each for each in _imported("list") if each.startswith("claimtrack")}
    assert ours == {"claimtrack", *(f"claimtrack.{each}" for each in LISTING.split())}


@pytest.mark.parametrize("command", ["list", "show base-201-near-almaty", "conflicts", "check"])
def test_no_reading_command_takes_yaml_apart_again(command: str) -> None:
    heavy = {"yaml", "pydantic", "rich", "pint", "rapidfuzz", "trafilatura", "platformdirs"}
    assert heavy.isdisjoint(_imported(command))


def test_after_an_edit_nothing_is_validated_but_what_has_a_mistake(tmp_path: Path) -> None:
    main = tmp_path / "claims.yaml"
    text = "claimtrack: 1\nclaims:\n  - {id: one, statement: One.}\n"
    named = ["--register", str(main)]
    for statement in ("One.", "Another."):
        main.write_text(text.replace("One.", statement))
        imported = _modules(OURS, *named, "list")
    assert {"yaml", "claimtrack.index.changing"} <= imported
    assert {"pydantic", "claimtrack.index.making"}.isdisjoint(imported)


@pytest.mark.parametrize("command", ["list", "show base-201-near-almaty", "conflicts"])
def test_what_typer_hardly_uses_is_not_imported(command: str) -> None:
    assert {"bz2", "lzma", "subprocess", "tokenize"}.isdisjoint(_imported(command))


def test_what_was_put_off_is_there_once_it_is_asked_for() -> None:
    program = """
import sys
from claimtrack.cli.later import SELDOM, imported_later
first = [name for name in SELDOM if name in sys.modules]
with imported_later():
    import bz2, lzma as held
assert ("bz2" in sys.modules) == ("bz2" in first)
import bz2 as real
assert real.__file__ and bz2.BZ2File is real.BZ2File and sys.modules["bz2"] is real
assert held.open and sys.modules["lzma"].open is held.open
try:
    held.nothing
except AttributeError as error:
    print(error, file=sys.stderr)
"""
    assert {"'lzma'", "'nothing'"} <= _modules(program)


def test_a_process_that_ends_at_once_has_said_everything(tmp_path: Path) -> None:
    main = tmp_path / "claims.yaml"
    main.write_text("claimtrack: 1\nclaims:\n" + "  - {id: a b, statement: 1}\n" * 2000)
    command = [sys.executable, "-m", "claimtrack", "--register", str(main), "check"]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 1
    assert done.stdout.count("CT201") == 1999
    assert done.stdout.endswith("\n2,000 errors, 0 warnings; no quotes\n")

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from zlib import crc32

import pytest
from hypothesis import HealthCheck, settings

from claimtrack.cli import main
from claimtrack.reading.files import REGISTER_VARIABLE, SOURCES_VARIABLE
from repositories import CLEAN, Repository

settings.register_profile(
    "house", deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
)
settings.load_profile("house")

PROJECT = Path(__file__).parents[1]


@dataclass(frozen=True, slots=True)
class Result:
    """What a command printed and how it ended."""

    status: int
    out: str
    err: str

    @property
    def ids(self) -> list[str]:
        """The first word of each row of a table."""
        return [line.split()[0] for line in self.out.splitlines()[1:] if line.strip()]


SERVED = frozenset(("list", "show", "conflicts", "sources", "stats", "check"))
Run = Callable[..., Result]
Write = Callable[..., Path]


@pytest.fixture(autouse=True)
def _clean_surroundings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    for variable in (REGISTER_VARIABLE, SOURCES_VARIABLE, "NO_COLOR", "COLUMNS"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", f"{tmp_path}-cache")
    monkeypatch.chdir(tmp_path)
    yield
    os.chdir(PROJECT)


@pytest.fixture
def register(tmp_path: Path) -> Write:
    """Write a register of version 1 into the current folder, and further files beside it."""

    def write(text: str, files: dict[str, str | bytes] | None = None) -> Path:
        main_file = tmp_path / "claims.yaml"
        main_file.write_bytes(f"claimtrack: 1\n{text}".encode())
        for name, content in (files or {}).items():
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.encode() if isinstance(content, str) else content)
        return main_file

    return write


@pytest.fixture
def claimtrack(
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    request: pytest.FixtureRequest,
) -> Run:
    """Run the program in this process, its output piped.

    In every fifth test what is served from an index is asked for twice: read anew it must be the
    same to the letter.
    """
    is_compared = crc32(request.node.nodeid.encode()) % 5 == 0

    def once(*arguments: str) -> Result:
        monkeypatch.setattr(sys, "argv", ["claimtrack", *arguments])
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            main()
        out, err = capsys.readouterr()
        return Result(int(ended.value.code or 0), out, err)

    def run(*arguments: str) -> Result:
        result = once(*arguments)
        if is_compared and SERVED.intersection(arguments) and "--no-index" not in arguments:
            assert once("--no-index", *arguments) == result
        return result

    return run


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repository:
    """An empty repository in the current folder."""
    if shutil.which("git") is None:
        pytest.skip("git is not installed")
    for name, value in {**CLEAN, "GIT_CEILING_DIRECTORIES": str(tmp_path.parent)}.items():
        monkeypatch.setenv(name, value)
    made = Repository(tmp_path)
    made.git("init", "--quiet")
    return made

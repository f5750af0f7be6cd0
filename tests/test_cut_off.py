"""Making an index that is cut off anywhere is gone on with, and gives what is made at one go."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import repeat
from pathlib import Path
from random import Random
from typing import Any

import pytest

from claimtrack.index import course, keeping, making, spool
from claimtrack.index.auditing import Auditing
from claimtrack.index.course import Course
from claimtrack.index.folder import index_folder
from claimtrack.index.judging import Judging
from claimtrack.index.making import make
from claimtrack.index.tables import create
from claimtrack.index.taking import Taking
from claimtrack.progress import quiet
from edited_registers import HEAD, TEXTS, Edited
from index_contents import held_by


class Cutting:
    """Cuts off what it is put into, after so many of its steps."""

    def __init__(self) -> None:
        self.left: int | None = None
        self.came: list[str] = []

    def put_into(self, monkeypatch: pytest.MonkeyPatch, of: type, method: str) -> None:
        """Have a method cut off before or after it has done anything."""
        done: Callable[..., Any] = getattr(of, method)

        def step(*args: Any, **named: Any) -> Any:
            self._count(f"before {method}")
            result = done(*args, **named)
            self._count(f"after {method}")
            return result

        monkeypatch.setattr(of, method, step)

    def _count(self, where: str) -> None:
        if self.left is None:
            return
        self.left -= 1
        if self.left < 0:
            self.came.append(where)
            raise KeyboardInterrupt


@pytest.fixture
def cutting(monkeypatch: pytest.MonkeyPatch) -> Cutting:
    monkeypatch.setattr(making, "_AT_ONCE", 3)
    monkeypatch.setattr(spool, "_AT_ONCE", 2)
    cutting = Cutting()
    cutting.put_into(monkeypatch, Course, "commit")
    cutting.put_into(monkeypatch, Course, "read")
    cutting.put_into(monkeypatch, spool.SpooledPile, "add")
    cutting.put_into(monkeypatch, Taking, "take")
    cutting.put_into(monkeypatch, Auditing, "judge")
    cutting.put_into(monkeypatch, Judging, "judge_sources")
    cutting.put_into(monkeypatch, making._Maker, "_leave_out_circles")
    return cutting


def _made_with_cuts(main: Path, cutting: Cutting, steps: Iterator[int]) -> object:
    """What is held by the index, made by as many tries as it takes, each of so many steps."""
    for left in steps:
        cutting.left = left
        try:
            return held_by(lambda: keeping.open_index(main, {}, evidence=True))
        except KeyboardInterrupt:
            continue
        finally:
            cutting.left = None
    raise AssertionError


def _made_at_one_go(main: Path, evidence: bool = True) -> object:
    return held_by(lambda: make(create(None), main, {}, evidence, quiet).stored)


def _left_behind() -> list[str]:
    return [each.name for each in index_folder().iterdir() if not _is_finished(each)]


def _is_finished(file: Path) -> bool:
    return file.suffix in (".db", ".seal", ".lock")


@pytest.mark.parametrize("seed", range(8))
def test_it_is_gone_on_with(seed: int, tmp_path: Path, cutting: Cutting) -> None:
    chance = Random(seed)
    edited = Edited(tmp_path, chance, careless=seed % 4 == 0)
    for _ in range(4):
        edited.step()
    whole = _made_at_one_go(edited.main)
    steps = (chance.randint(2, 30) for _ in range(1000))
    assert _made_with_cuts(edited.main, cutting, steps) == whole
    assert cutting.came
    assert not _left_behind()


FILES = 3


def _write_many(folder: Path) -> Path:
    """Claims that collide in several files, one of which can only be read as a whole."""
    main = folder / "claims.yaml"
    main.write_text(f"{HEAD}include: ['part-*.yaml']\n")
    for part in range(FILES):
        claims = [
            f"  - id: claim-{part}-{each}\n    statement: The harbour is {each} deep.\n"
            f"    asserts: {{subject: harbour, property: depth, value: {each % 3}}}\n"
            f"    evidence: {{source: paper, quote: the harbour is safe}}\n"
            for each in range(12)
        ]
        last = "reviews: [{conflict: harbour.depth, decision: unresolved}]\n"
        anchor = "title: &it Many\n" if part == 1 else ""
        (folder / f"part-{part}.yaml").write_text(f"claims:\n{''.join(claims)}{last}{anchor}")
    return main


def test_what_was_done_is_not_done_again(tmp_path: Path, cutting: Cutting) -> None:
    main = _write_many(tmp_path)
    whole = _made_at_one_go(main)
    cutting.left = 100_000
    held_by(lambda: keeping.open_index(main, {}, anew=True, evidence=True))
    steps = 100_000 - cutting.left
    assert steps > 150
    assert _made_with_cuts(main, cutting, repeat(steps // 2)) == whole
    assert 1 < len(cutting.came) < 6
    assert not _left_behind()


def _made_in(steps: int, main: Path, cutting: Cutting, *, evidence: bool = True) -> None:
    """One try of so many steps."""
    cutting.left = steps
    try:
        keeping.open_index(main, {}, evidence=evidence)
    finally:
        cutting.left = None


@pytest.mark.parametrize("steps", [20, 90, 140])
@pytest.mark.parametrize("change", ["an earlier file", "a later file", "a file more", "a source"])
def test_what_changed_meanwhile_is_read_anew(
    steps: int, change: str, tmp_path: Path, cutting: Cutting
) -> None:
    main = _write_many(tmp_path)
    with pytest.raises(KeyboardInterrupt):
        _made_in(steps, main, cutting)
    assert _left_behind()
    if change == "a source":
        (tmp_path / "sources").mkdir()
        (tmp_path / "sources" / "paper.txt").write_text(TEXTS["paper.txt"])
    elif change == "a file more":
        (tmp_path / "part-0a.yaml").write_text("claims:\n  - {id: more, statement: More.}\n")
    else:
        part = tmp_path / f"part-{0 if change == 'an earlier file' else 2}.yaml"
        part.write_text(part.read_text().replace("value: 1", "value: 7"))
    made = held_by(lambda: keeping.open_index(main, {}, evidence=True))
    assert made == _made_at_one_go(main)
    assert not _left_behind()


@pytest.mark.parametrize("steps", [20, 90, 140])
@pytest.mark.parametrize("evidence", [True, False])
def test_evidence_may_be_asked_for_by_one_of_two_only(
    steps: int, evidence: bool, tmp_path: Path, cutting: Cutting
) -> None:
    main = _write_many(tmp_path)
    with pytest.raises(KeyboardInterrupt):
        _made_in(steps, main, cutting, evidence=not evidence)
    held_by(lambda: keeping.open_index(main, {}, evidence=evidence))
    assert not _left_behind()
    assert held_by(lambda: keeping.open_index(main, {}, evidence=True)) == _made_at_one_go(main)


@pytest.mark.parametrize("damage", ["cut short", "overwritten", "of another program", "not there"])
@pytest.mark.parametrize("which", ["making", "waiting"])
def test_what_is_damaged_is_made_anew(
    which: str, damage: str, tmp_path: Path, cutting: Cutting, monkeypatch: pytest.MonkeyPatch
) -> None:
    main = _write_many(tmp_path)
    with pytest.raises(KeyboardInterrupt):
        _made_in(100, main, cutting)
    file = next(index_folder().glob(f"*.{which}"))
    data = file.read_bytes()
    if damage == "cut short":
        file.write_bytes(data[: len(data) // 2])
    elif damage == "overwritten":
        file.write_bytes(data[:8192] + b"\xff" * 8192 + data[16384:])
    elif damage == "not there":
        file.unlink()
    else:
        monkeypatch.setattr(course, "made_by", lambda: ("another",))
    assert held_by(lambda: keeping.open_index(main, {}, evidence=True)) == _made_at_one_go(main)
    assert not _left_behind()

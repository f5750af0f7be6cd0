"""What two processes do together is what one does alone."""

from __future__ import annotations

import os
from pathlib import Path
from random import Random
from typing import Any

import pytest

from claimtrack.index import ahead, helping, making, sharing
from claimtrack.index.making import make
from claimtrack.index.sharing import alone, shared
from claimtrack.index.tables import create
from claimtrack.progress import quiet
from edited_registers import Edited
from index_contents import held_by

pytestmark = pytest.mark.skipif(not helping.has_room(), reason="needs fork and two cores")


def _doubled(number: int) -> tuple[int, bool]:
    """Twice a number, and whether this process is the one that was asked."""
    return 2 * number, os.getpid() == int(os.environ["ASKED"])


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ASKED", str(os.getpid()))


@pytest.mark.parametrize("parts", [0, 1, 2, 3, 5, 40])
@pytest.mark.usefixtures("asked")
def test_parts_come_back_in_order(parts: int) -> None:
    results = list(shared(_doubled, range(parts), None))
    assert [number for number, _ in results] == list(range(0, 2 * parts, 2))
    # The helper gets the first two, and this process what comes next.
    assert {here for _, here in results} == ({True, False} if parts > 2 else set([False][:parts]))


@pytest.mark.parametrize("last", [0, 1, 3])
@pytest.mark.usefixtures("asked")
def test_a_helper_that_is_gone_is_done_without(last: int) -> None:
    def work(number: int) -> tuple[int, bool]:
        result = _doubled(number)
        if number > last and not result[1]:
            os._exit(1)
        return result

    assert [number for number, _ in shared(work, range(20), None)] == list(range(0, 40, 2))


@pytest.mark.usefixtures("asked")
def test_what_goes_wrong_goes_wrong_here() -> None:
    def work(number: int) -> int:
        return 1 // number

    with pytest.raises(ZeroDivisionError):
        list(shared(work, iter([1, 0, 1, 1]), None))


def test_a_helper_ends_with_whoever_stops_asking() -> None:
    results = shared(lambda number: number, range(100), None)
    assert next(results) == 0
    results.close()
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


def test_without_a_process_more_it_is_done_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> int:
        raise BlockingIOError

    monkeypatch.setattr(os, "fork", refuse)
    assert list(shared(abs, [-1, 2], None)) == list(alone(abs, [-1, 2]))


@pytest.fixture
def helped(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Everything is shared out; gives of each claim whether a piece began there."""
    monkeypatch.setattr(ahead, "_PIECE", 300)
    monkeypatch.setattr(making, "_MANY", 0)
    monkeypatch.setattr(making, "_AT_ONCE", 2)
    found: list[bool] = []
    piece = ahead.Ahead.piece

    def noted(self: Any, item: Any) -> Any:
        read = piece(self, item)
        found.append(read is not None)
        return read

    monkeypatch.setattr(ahead.Ahead, "piece", noted)
    return found


@pytest.mark.parametrize("seed", range(6))
def test_an_index_made_by_two_is_that_made_by_one(
    seed: int, tmp_path: Path, helped: list[bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    chance = Random(seed)
    edited = Edited(tmp_path, chance, careless=seed % 2 == 0)
    for _ in range(4):
        edited.step()
        by_two = held_by(lambda: make(create(None), edited.main, {}, True, quiet).stored)
        with monkeypatch.context() as context:
            context.setattr(ahead, "has_room", lambda: False)
            context.setattr(sharing, "has_room", lambda: False)
            one = held_by(lambda: make(create(None), edited.main, {}, True, quiet).stored)
        assert by_two == one
    assert any(helped)


@pytest.mark.parametrize("beyond", range(24, 28))
def test_every_piece_counts_whatever_characters_stand_where_it_ends(
    beyond: int, tmp_path: Path, helped: list[bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ahead, "_BEYOND", beyond)
    claims = [f"  - id: c-{each}\n    statement: Учения начались ночью.\n" for each in range(60)]
    main = tmp_path / "claims.yaml"
    main.write_text(f"claimtrack: 1\nclaims:\n{''.join(claims)}", encoding="utf-8")
    make(create(None), main, {}, False, quiet).stored.index.close()
    data = main.read_bytes()
    assert sum(helped) == len(ahead._starts(data, data.index(b"- id"), 3)[::2]) > 3

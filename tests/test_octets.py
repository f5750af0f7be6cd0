"""The bytes of a large file, which stay there, are those of a small one."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimtrack.index.making import make
from claimtrack.index.stamps import digest_of, digest_of_all
from claimtrack.index.tables import create
from claimtrack.progress import quiet
from claimtrack.reading import octets
from claimtrack.reading.comment_places import has_comments
from claimtrack.reading.octets import FileOctets, octets_of, windows
from conftest import PROJECT
from index_contents import held_by

ENDS = st.none() | st.integers(-20, 20)


@given(st.binary(max_size=12), ENDS, ENDS)
def test_they_are_taken_as_bytes_are(
    tmp_path_factory: pytest.TempPathFactory, data: bytes, start: int | None, stop: int | None
) -> None:
    path = tmp_path_factory.getbasetemp() / "octets"
    path.write_bytes(data)
    held = FileOctets(path)
    assert len(held) == len(data)
    assert held[start:stop] == data[start:stop]
    assert bytes(held[at] for at in range(len(held))) == data


def test_all_of_them_come_some_after_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"0123456789")
    monkeypatch.setattr(octets, "_WINDOW", 4)
    assert list(windows(FileOctets(path))) == [b"0123", b"4567", b"89"]
    assert digest_of_all(FileOctets(path)) == digest_of(b"0123456789")


@pytest.mark.parametrize("window", [1, 3, 1000])
def test_a_comment_is_seen_wherever_it_is_parted(
    window: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(octets, "_WINDOW", window)
    assert has_comments(b"claimtrack: 1\na: b # claimtrack:  ignore CT207\n")
    assert not has_comments(b"claimtrack: 1\n# claimtrack:\n# ignore\n")


def test_a_file_that_became_shorter_has_fewer(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"0123456789")
    held = FileOctets(path)
    path.write_bytes(b"012")
    assert (held[1:8], held[5:]) == (b"12", b"")


def test_only_a_large_file_is_not_held(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"0123456789")
    assert octets_of(path) == b"0123456789"
    monkeypatch.setattr(octets, "_LARGE", 9)
    assert isinstance(octets_of(path), FileOctets)
    with pytest.raises(FileNotFoundError):
        octets_of(tmp_path / "none")


def test_an_index_is_made_of_them_as_of_others(monkeypatch: pytest.MonkeyPatch) -> None:
    main = PROJECT / "data" / "claims.yaml"
    held = held_by(lambda: make(create(None), main, {}, True, quiet).stored)
    monkeypatch.setattr(octets, "_LARGE", 0)
    monkeypatch.setattr(octets, "_WINDOW", 100)
    assert held_by(lambda: make(create(None), main, {}, True, quiet).stored) == held

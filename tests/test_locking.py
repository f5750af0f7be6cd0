"""One writer at a time, and none for ever."""

from __future__ import annotations

import errno
import fcntl
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from claimtrack.diagnostic import ClaimtrackError
from claimtrack.edit.locking import further_lock, writing_lock
from claimtrack.edit.replacing import Replacement, replace_files

HEAD = """
import sys
from pathlib import Path
from claimtrack.edit.locking import writing_lock
from claimtrack.edit.replacing import Replacement, replace_files
folder = Path(sys.argv[1])
def say(text): print(text, flush=True)
"""
HOLDER = f"""{HEAD}
with writing_lock(folder, lambda: say("waiting")):
    say("held")
    sys.stdin.read()
"""
APPENDER = f"""{HEAD}
path = folder / sys.argv[2]
for number in range(5):
    with writing_lock(folder, lambda: None):
        before = path.read_bytes()
        line = f"{{sys.argv[3]}} {{number}}\\n".encode()
        replace_files([Replacement(path, before, before + line)], folder)
"""


def started(script: str, *arguments: object) -> subprocess.Popen[str]:
    words = [sys.executable, "-c", script, *map(str, arguments)]
    pipe = subprocess.PIPE
    return subprocess.Popen(words, stdin=pipe, stdout=pipe, stderr=pipe, text=True)


def line_of(process: subprocess.Popen[str]) -> str:
    assert process.stdout
    return process.stdout.readline().strip()


@contextmanager
def holding(folder: Path) -> Iterator[subprocess.Popen[str]]:
    with started(HOLDER, folder) as holder:
        assert line_of(holder) == "held"
        yield holder
        holder.kill()


def no_wait() -> None:
    raise AssertionError("the lock is free")


def test_a_lock_is_taken_and_given_back(tmp_path: Path) -> None:
    for _ in range(2):
        with writing_lock(tmp_path, no_wait):
            assert list(tmp_path.iterdir()) == []


def test_a_second_writer_waits_and_says_so(tmp_path: Path) -> None:
    with holding(tmp_path) as holder, started(HOLDER, tmp_path) as second:
        assert line_of(second) == "waiting"
        holder.communicate("")
        assert line_of(second) == "held"
        second.communicate("")


def test_the_lock_of_a_killed_writer_is_free(tmp_path: Path) -> None:
    with holding(tmp_path) as holder:
        holder.kill()
        holder.wait()
        with writing_lock(tmp_path, no_wait):
            pass


def test_a_program_that_a_writer_starts_does_not_hold_its_lock(tmp_path: Path) -> None:
    with writing_lock(tmp_path, no_wait):
        child = subprocess.Popen(
            [sys.executable, "-c", "input()"], stdin=subprocess.PIPE, close_fds=False
        )
    with child, writing_lock(tmp_path, no_wait):
        child.communicate(b"\n")


def test_waiting_can_be_interrupted(tmp_path: Path) -> None:
    with holding(tmp_path), started(HOLDER, tmp_path) as second:
        assert line_of(second) == "waiting"
        second.send_signal(signal.SIGINT)
        _, told = second.communicate()
        assert told.splitlines()[-1] == "KeyboardInterrupt"
        assert second.returncode == -signal.SIGINT


def test_a_folder_that_is_another_by_the_time_it_is_free(tmp_path: Path) -> None:
    folder = tmp_path / "register"
    folder.mkdir()
    with holding(folder) as holder, started(HOLDER, folder) as second:
        assert line_of(second) == "waiting"
        folder.rename(tmp_path / "older")
        folder.mkdir()
        holder.communicate("")
        assert line_of(second) == "held"
        with writing_lock(tmp_path / "older", no_wait):  # it is the new one that is held
            pass
        with pytest.raises(ClaimtrackError), further_lock(folder, patience=0):
            pass
        second.communicate("")


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ClaimtrackError) as refused, writing_lock(tmp_path / "x", no_wait):
        pass
    assert str(refused.value) == (
        f"the folder {tmp_path}/x cannot be locked for writing: No such file or directory; "
        "nothing was written"
    )
    assert refused.value.exit_status == 4


def test_a_file_system_without_locks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:  # as some network file systems do
        raise OSError(errno.EOPNOTSUPP, os.strerror(errno.EOPNOTSUPP))

    monkeypatch.setattr(fcntl, "flock", refuse)
    with pytest.raises(ClaimtrackError) as refused, writing_lock(tmp_path, no_wait):
        pass
    assert str(refused.value) == (
        f"the folder {tmp_path} cannot be locked for writing: Operation not supported; "
        "nothing was written"
    )


def test_a_platform_without_locks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "fcntl", None)
    with pytest.raises(ClaimtrackError) as refused, writing_lock(tmp_path, no_wait):
        pass
    assert str(refused.value) == (
        "this system has no file locks of the kind that claimtrack needs to write safely (flock); "
        "nothing was written"
    )


def test_of_eight_writers_at_once_none_loses_a_line(tmp_path: Path) -> None:
    path = tmp_path / "claims.yaml"
    path.write_bytes(b"")
    writers = [started(APPENDER, tmp_path, path.name, writer) for writer in range(8)]
    assert [writer.communicate()[1] for writer in writers] == [""] * 8
    expected = [f"{writer} {number}" for writer in range(8) for number in range(5)]
    assert sorted(path.read_text().splitlines()) == expected
    assert list(tmp_path.iterdir()) == [path]


def test_nor_do_those_who_reach_one_file_from_different_registers(tmp_path: Path) -> None:
    """The outer writers, who lock another folder, are told that it changed, and try again."""
    inner = tmp_path / "claims"
    inner.mkdir()
    (inner / "a.yaml").write_bytes(b"")
    again = APPENDER.replace("for number in range(5):", "number = 0\nwhile number < 5:").replace(
        "        replace_files([Replacement(path, before, before + line)], folder)",
        "        try:\n"
        "            replace_files([Replacement(path, before, before + line)], folder)\n"
        "            number += 1\n"
        "        except FileChanged: pass",
    )
    again = f"from claimtrack.edit.steps import FileChanged{again}"
    writers = [started(again, tmp_path, "claims/a.yaml", writer) for writer in range(2)]
    writers += [started(again, inner, "a.yaml", writer) for writer in range(2, 4)]
    assert [writer.communicate()[1] for writer in writers] == [""] * 4
    expected = [f"{writer} {number}" for writer in range(4) for number in range(5)]
    assert sorted((inner / "a.yaml").read_text().splitlines()) == expected


def test_a_further_folder_that_another_writes_in_is_not_waited_for_for_ever(tmp_path: Path) -> None:
    inner = tmp_path / "claims"
    inner.mkdir()
    with holding(inner), pytest.raises(ClaimtrackError) as refused:
        replace_files([Replacement(inner / "a.yaml", None, b"x")], tmp_path)
    assert str(refused.value) == (
        f"another claimtrack is writing in {inner}; nothing was written, run the command again"
    )
    assert list(inner.iterdir()) == []

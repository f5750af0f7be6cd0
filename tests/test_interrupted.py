"""Writers that are killed, and what the next one does about it."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimtrack.diagnostic import ClaimtrackError
from claimtrack.edit.finishing import Finished, finish_interrupted, remove_leftovers
from claimtrack.edit.replacing import Replacement, replace_files
from claimtrack.reading.interruption import JOURNAL, interrupted
from conftest import PROJECT

KILL, INTERRUPT = 9, 2
TEMPORARY = ".claimtrack-0123456789abcdef.tmp"

# ------------------------------------------------------------------------------ stopped at a line


def stops(folder: Path, mode: str, signal: int, step: int) -> Iterator[dict[str, object]]:
    script = PROJECT / "tests" / "stopped_writer.py"
    words = [sys.executable, str(script), str(folder / "register"), mode, str(signal), str(step)]
    out = subprocess.run(words, check=True, capture_output=True, text=True).stdout
    lines = out.splitlines()
    assert len(lines) >= 25
    yield from map(json.loads, lines)


@dataclass(frozen=True, slots=True)
class Left:
    """What a stopped writer left: the states of the register's files, and what else lies there."""

    files: tuple[str, ...]
    others: tuple[str, ...]


def left(states: object) -> Left:
    assert isinstance(states, dict)
    hidden = [name for name in states if "/." in f"/{name}"]
    return Left(tuple(state for name, state in states.items() if name not in hidden), tuple(hidden))


OLD = ("old", "old", "old")
AFTER = {
    "one": ("old", "old", "new"),
    "one in a further folder": ("new", "old", "old"),
    "one made": ("old", "old", "new", "old"),
    "several": ("new", "new", "new", "new"),
    "finishing": ("new", "new", "new", "new"),
}


@pytest.mark.parametrize(
    ("mode", "step"),
    [
        ("one", 1),
        ("one in a further folder", 2),
        ("one made", 2),
        ("several", 3),
        ("finishing", 11),
    ],
)
def test_a_writer_that_is_killed_leaves_each_file_old_or_new(
    mode: str, step: int, tmp_path: Path
) -> None:
    seen = set()
    for stop in stops(tmp_path, mode, KILL, step):
        stopped, finished = left(stop["stopped"]), left(stop["finished"])
        assert set(stopped.files) <= {"old", "new"}
        assert finished.files in (OLD, AFTER[mode])
        assert finished.others == ()
        # The journal decides: with it the change is made, without it what is there stays.
        expected = AFTER[mode] if stop["journal"] else stopped.files
        assert finished.files == expected
        seen.add(finished.files)
    assert seen == ({AFTER[mode]} if mode == "finishing" else {OLD, AFTER[mode]})


@pytest.mark.parametrize(
    ("mode", "step"), [("one", 1), ("one made", 2), ("several", 7), ("finishing", 13)]
)
def test_a_writer_that_is_interrupted_leaves_nothing_half_done_and_says_what(
    mode: str, step: int, tmp_path: Path
) -> None:
    told = set()
    for stop in stops(tmp_path, mode, INTERRUPT, step):
        stopped, says = left(stop["stopped"]), str(stop["told"])
        assert says.startswith("interrupted")
        if mode == "finishing":  # what another left is there before the new one begins
            assert left(stop["finished"]).files == AFTER[mode]
            continue
        assert stopped.others == ()
        assert stopped.files in (OLD, AFTER[mode])
        if says != "interrupted":
            assert ("nothing was written" in says) == (stopped.files == OLD)
        told.add(says)
    if mode == "one":
        assert told == {
            "interrupted",
            "interrupted; nothing was written; claims.yaml is as it was",
            "interrupted; claims.yaml is the new one",
        }


def test_real_kills_at_random_moments_leave_no_third_state() -> None:
    script = PROJECT / "benchmarks" / "kills.py"
    run = subprocess.run([sys.executable, str(script), "12"], capture_output=True, text=True)
    assert (run.returncode, run.stderr) == (0, "")
    assert "neither 0" in run.stdout


FAILING = """
import errno, os, sys
from pathlib import Path
from claimtrack.diagnostic import ClaimtrackError
from claimtrack.edit.replacing import Replacement, replace_files
folder, left, what = Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
def hook(event, _):
    global left
    left -= event == "os.rename"
    if event == "os.rename" and left == 0:
        if what == "fails":
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        (folder / "c.yaml").write_bytes(b"their")
sys.addaudithook(hook)
try:
    replace_files([Replacement(folder / f"{n}.yaml", b"old", b"new") for n in "abc"], folder)
except ClaimtrackError as error:
    print(error, end="")
"""


def told_of_a_renaming(which: int, what: str, folder: Path) -> str:
    """What is told when the system refuses a renaming, or another program writes before it."""
    for name in "abc":
        (folder / f"{name}.yaml").write_bytes(b"old")
    words = [sys.executable, "-c", FAILING, str(folder), str(which), what]
    return subprocess.run(words, check=True, capture_output=True, text=True).stdout


@pytest.mark.parametrize("which", [1, 2])  # the journal's own, and the first file's
def test_a_renaming_that_fails_before_any_file_has_its_place(which: int, tmp_path: Path) -> None:
    assert told_of_a_renaming(which, "fails", tmp_path) == (
        "writing failed: Input/output error; nothing was written; a.yaml, b.yaml and c.yaml are "
        "as they were"
    )
    assert contents(tmp_path) == dict.fromkeys(["a.yaml", "b.yaml", "c.yaml"], b"old")


def test_a_renaming_that_fails_half_way(tmp_path: Path) -> None:
    assert told_of_a_renaming(3, "fails", tmp_path) == (
        "writing failed: Input/output error; a.yaml is the new one; b.yaml and c.yaml are as they "
        "were; the next command that writes completes the change"
    )
    assert {each.state for each in finish_interrupted(tmp_path)} == {"new"}
    assert contents(tmp_path) == dict.fromkeys(["a.yaml", "b.yaml", "c.yaml"], b"new")


def test_another_program_that_writes_half_way(tmp_path: Path) -> None:
    assert told_of_a_renaming(3, "writes", tmp_path) == (
        "another program wrote meanwhile; a.yaml and b.yaml are the new ones; c.yaml was changed "
        "by another program; the next command that writes says what to do"
    )
    assert "c.yaml was changed by another program. Nothing was written" in refusal(tmp_path)
    assert contents(tmp_path)["c.yaml"] == b"their"


def test_another_program_that_writes_just_before(tmp_path: Path) -> None:
    assert told_of_a_renaming(1, "writes", tmp_path) == (
        "c.yaml changed since it was read; nothing was written, run the command again"
    )


# ------------------------------------------------------------------------------------ the journal


def digest(content: bytes | None) -> str | None:
    return None if content is None else hashlib.sha256(content).hexdigest()


def leave(folder: Path, **changes: tuple[bytes | None, bytes, bytes | None, bytes | None]) -> None:
    """Leave a journal: of each file what it was and was to be, what it is now, and what waits."""
    listed = []
    for number, (name, (before, after, now, waiting)) in enumerate(changes.items()):
        temporary = f".claimtrack-{number:016x}.tmp"
        for path, content in ((folder / f"{name}.yaml", now), (folder / temporary, waiting)):
            if content is not None:
                path.write_bytes(content)
        listed.append(
            {
                "target": f"{name}.yaml",
                "temporary": temporary,
                "before": digest(before),
                "after": digest(after),
            }
        )
    text = json.dumps({"claimtrack-journal": 1, "changes": listed})
    (folder / JOURNAL).write_text(text)


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def refusal(folder: Path) -> str:
    """What is told of a journal that nothing is done about."""
    before = contents(folder)
    with pytest.raises(ClaimtrackError) as refused:
        finish_interrupted(folder)
    assert refused.value.exit_status == 4
    assert contents(folder) == before
    return str(refused.value)


def test_without_a_journal_there_is_nothing_to_do(tmp_path: Path) -> None:
    assert not interrupted(tmp_path)
    assert finish_interrupted(tmp_path) == []


def test_an_interrupted_change_is_completed(tmp_path: Path) -> None:
    leave(
        tmp_path, a=(b"1", b"2", b"2", None), b=(b"1", b"3", b"1", b"3"), c=(None, b"4", None, b"4")
    )
    assert interrupted(tmp_path)
    files = ["a.yaml", "b.yaml", "c.yaml"]
    assert finish_interrupted(tmp_path) == [Finished(name, "new") for name in files]
    assert contents(tmp_path) == {"a.yaml": b"2", "b.yaml": b"3", "c.yaml": b"4"}


def test_a_file_that_was_made_the_new_one_by_hand(tmp_path: Path) -> None:
    leave(tmp_path, a=(b"1", b"2", b"2", b"2"), b=(b"1", b"3", b"1", b"3"))
    assert {each.state for each in finish_interrupted(tmp_path)} == {"new"}
    assert contents(tmp_path) == {"a.yaml": b"2", "b.yaml": b"3"}


def test_a_change_that_only_its_journal_outlived(tmp_path: Path) -> None:
    leave(tmp_path, a=(b"1", b"2", b"2", None), b=(b"1", b"3", b"3", None))
    assert finish_interrupted(tmp_path) == [Finished("a.yaml", "new"), Finished("b.yaml", "new")]
    assert contents(tmp_path) == {"a.yaml": b"2", "b.yaml": b"3"}


def test_a_change_that_was_undone_by_hand_is_dropped(tmp_path: Path) -> None:
    """As ``git restore`` does: what had taken its place is the old file again."""
    leave(tmp_path, a=(b"1", b"2", b"1", None), b=(b"1", b"3", b"1", b"3"))
    assert finish_interrupted(tmp_path) == [Finished("a.yaml", "old"), Finished("b.yaml", "old")]
    assert contents(tmp_path) == {"a.yaml": b"1", "b.yaml": b"1"}


def test_a_change_that_another_program_came_before_is_dropped(tmp_path: Path) -> None:
    """Killed with its journal in place and none of its files."""
    leave(tmp_path, a=(b"1", b"2", b"1", b"2"), b=(b"1", b"3", b"9", b"3"))
    assert finish_interrupted(tmp_path) == [Finished("a.yaml", "old"), Finished("b.yaml", "old")]
    assert contents(tmp_path) == {"a.yaml": b"1", "b.yaml": b"9"}


def test_a_file_that_is_neither_old_nor_new_is_left_to_a_person(tmp_path: Path) -> None:
    leave(
        tmp_path, a=(b"1", b"2", b"2", None), b=(b"1", b"3", b"9", b"3"), c=(b"1", b"4", b"1", b"4")
    )
    assert refusal(tmp_path) == (
        "an interrupted change of several files cannot be completed: a.yaml is the new one; "
        "c.yaml is as it was; b.yaml was changed by another program. Nothing was written. Make the "
        f"files as you want them, from git for instance, then delete {tmp_path}/.claimtrack-journal"
    )
    with pytest.raises(ClaimtrackError, match="is not finished; nothing was written"):
        replace_files([Replacement(tmp_path / "d.yaml", None, b"x")], tmp_path)
    (tmp_path / JOURNAL).unlink()  # the way out
    assert finish_interrupted(tmp_path) == []
    assert contents(tmp_path) == {"a.yaml": b"2", "b.yaml": b"9", "c.yaml": b"1"}


@pytest.mark.parametrize("waiting", [None, b"damaged"])
def test_a_new_file_that_is_gone_while_others_have_their_place(
    waiting: bytes | None, tmp_path: Path
) -> None:
    leave(tmp_path, a=(b"1", b"2", b"2", None), b=(b"1", b"3", b"1", waiting))
    told = refusal(tmp_path)
    assert "a.yaml is the new one; b.yaml is as it was; what b.yaml was to become is gone" in told


GOOD = {"target": "a.yaml", "temporary": TEMPORARY, "before": digest(b"1"), "after": digest(b"2")}


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"target": "../a.yaml"}, "it leads out of its folder"),
        ({"target": "x/../../a.yaml"}, "it leads out of its folder"),
        ({"target": "/etc/passwd"}, "it leads out of its folder"),
        ({"target": "out/a.yaml"}, "it leads out of its folder"),
        ({"target": "link.yaml"}, "it leads out of its folder"),
        ({"target": ""}, "it leads out of its folder"),
        ({"target": "."}, "it leads out of its folder"),
        ({"target": "x/../a.yaml"}, "it leads out of its folder"),
        ({"target": "a\0.yaml"}, "it is damaged"),
        ({"target": "\ud800"}, "it is damaged"),
        ({"target": 7}, "it is damaged"),
        ({"temporary": "a.yaml"}, "it is damaged"),
        ({"temporary": f"out/{TEMPORARY}"}, "it is damaged"),
        ({"temporary": f"{TEMPORARY}\n"}, "it is damaged"),
        ({"before": "1" * 63}, "it is damaged"),
        ({"before": "A" * 64}, "it is damaged"),
        ({"after": None}, "it is damaged"),
        ({"after": GOOD["before"]}, "it is damaged"),
        ({"mode": 0o777}, "it is damaged"),
    ],
)
def test_a_hostile_journal_does_nothing(
    change: dict[str, object], reason: str, tmp_path: Path
) -> None:
    folder = tmp_path / "register"
    folder.mkdir()
    (folder / "out").symlink_to(tmp_path)
    (folder / "link.yaml").symlink_to("a.yaml")
    for place in (tmp_path, folder):
        (place / "a.yaml").write_bytes(b"1")
        (place / TEMPORARY).write_bytes(b"2")
    text = json.dumps({"claimtrack-journal": 1, "changes": [{**GOOD, **change}]})
    (folder / JOURNAL).write_text(text)
    assert refusal(folder) == (
        f"{folder}/.claimtrack-journal tells of an interrupted change, but {reason}; nothing was "
        "written. See with git status or by eye whether the register is as it should be, then "
        "delete that file"
    )
    assert (tmp_path / "a.yaml").read_bytes() == b"1"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "it is damaged"),
        ("\xff", "it is damaged"),
        ("[" * 100_000, "it is damaged"),
        ("1" * 10_000, "it is damaged"),
        ("[]", "it is damaged"),
        ('{"claimtrack-journal": 1}', "it is damaged"),
        ('{"claimtrack-journal": 1, "changes": []}', "it is damaged"),
        ('{"claimtrack-journal": 1, "changes": [7]}', "it is damaged"),
        ('{"claimtrack-journal": 2, "changes": []}', "this version of the program cannot read it"),
        (json.dumps({"claimtrack-journal": 1, "changes": [GOOD, GOOD]}), "it names one file twice"),
    ],
)
def test_a_damaged_journal_does_nothing(text: str, reason: str, tmp_path: Path) -> None:
    (tmp_path / JOURNAL).write_text(text, "latin-1")
    assert f"tells of an interrupted change, but {reason}; nothing was" in refusal(tmp_path)


def test_a_journal_that_is_no_file(tmp_path: Path) -> None:
    leave(tmp_path, a=(b"1", b"2", b"1", b"2"))
    (tmp_path / JOURNAL).rename(tmp_path / "elsewhere")
    (tmp_path / JOURNAL).symlink_to("elsewhere")
    assert "but it is not a regular file" in refusal(tmp_path)


@given(data=st.data())
def test_a_journal_that_is_damaged_anywhere_does_nothing(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("register")
    leave(folder, a=(b"1", b"2", b"1", b"2"), b=(b"1", b"2", b"1", b"2"))
    text = (folder / JOURNAL).read_bytes()
    at = data.draw(st.integers(0, len(text) - 1))
    damaged = text[:at] + data.draw(st.binary(max_size=2)) + text[at + 1 :]
    (folder / JOURNAL).write_bytes(damaged)
    before = contents(folder)
    try:
        finish_interrupted(folder)
    except ClaimtrackError:
        assert contents(folder) == before
    else:  # a blank more, say, or another temporary that is not there
        states = {contents(folder)["a.yaml"], contents(folder)["b.yaml"]}
        assert states in ({b"1"}, {b"2"})


# ----------------------------------------------------------------------------------- the leftovers


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_only_what_is_ours_is_swept_up(tmp_path: Path) -> None:
    kept = [
        ".claimtrack-0123.tmp",
        "claimtrack-0123456789abcdef.tmp",
        ".claimtrack-0123456789ABCDEF.tmp",
        f"{TEMPORARY}.bak",
        ".other.tmp",
    ]
    for name in [*kept, TEMPORARY]:
        (tmp_path / name).touch()
    (tmp_path / ".claimtrack-aaaaaaaaaaaaaaaa.tmp").mkdir()
    finish_interrupted(tmp_path)
    assert names(tmp_path) == sorted([*kept, ".claimtrack-aaaaaaaaaaaaaaaa.tmp"])


def test_what_lies_beside_included_files_is_swept_up_too(tmp_path: Path) -> None:
    (tmp_path / "claims").mkdir()
    (tmp_path / "claims" / TEMPORARY).touch()
    remove_leftovers(tmp_path, ["claims.yaml", "claims/a.yaml", "gone/b.yaml"])
    assert names(tmp_path / "claims") == []


def test_what_a_journal_above_may_name_is_left(tmp_path: Path) -> None:
    (tmp_path / "claims").mkdir()
    (tmp_path / "claims" / TEMPORARY).touch()
    (tmp_path / JOURNAL).touch()
    remove_leftovers(tmp_path, ["claims/a.yaml"])
    finish_interrupted(tmp_path / "claims")
    assert names(tmp_path / "claims") == [TEMPORARY]

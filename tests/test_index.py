"""What an index gives is what reading everything anew gives, whatever happens to the index."""

from __future__ import annotations

import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from claimtrack.index import stamps
from claimtrack.index.folder import index_folder, index_stem
from conftest import PROJECT, Run, Write

COMMANDS: list[list[str]] = [
    [],
    ["list"],
    ["list", "--format", "json"],
    ["list", "--sort", "grade", "--limit", "7"],
    ["list", "russia", "--format", "csv"],
    ["list", "--disputed", "--ids"],
    ["conflicts", "--all"],
    ["conflicts", "--all", "--format", "json"],
    ["conflicts", "--hard", "--limit", "3"],
    ["sources"],
    ["sources", "--format", "json"],
    ["stats"],
    ["stats", "--format", "json"],
    ["check"],
    ["check", "--format", "json"],
]
EXAMPLES = [PROJECT / "data", PROJECT / "examples" / "harbour"]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.name)
def test_an_index_prints_what_reading_anew_does(example: Path, claimtrack: Run) -> None:
    for command in COMMANDS[:: 1 if example.name == "harbour" else 3]:
        anew = claimtrack("--register", str(example), "--no-index", *command)
        made = claimtrack("--register", str(example), *command)
        kept = claimtrack("--register", str(example), *command)
        assert anew == made == kept


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.name)
def test_so_it_does_of_every_claim_and_conflict(example: Path, claimtrack: Run) -> None:
    named = ("--register", str(example))
    claims = claimtrack(*named, "list", "--ids").out.split()
    for claim in random.Random(6).sample(claims, 8):
        _same(claimtrack, *named, "show", claim)
    listed = claimtrack(*named, "conflicts", "--all", "--format", "csv").out.splitlines()[1:]
    for conflict in listed[:4]:
        _same(claimtrack, *named, "conflicts", conflict.split(",")[0], "--format", "json")


def _same(claimtrack: Run, *arguments: str) -> None:
    assert claimtrack("--no-index", *arguments) == claimtrack(*arguments)


# ------------------------------------------------------------------------------------------- edits

SOUND = """
sources: {paper: {reliability: B}, wire: {publisher: agency}}
entities: {agency: {}, harbour: {part_of: coast}, coast: {}, ann: {name: Ann Lee}}
properties:
  depth: {type: number, single: true, unit: metre}
  place: {type: entity, single: true}
  name: {type: text, single: true}
claims:
"""


def _claim(number: int, chance: random.Random) -> str:
    value, of = chance.choice(
        [(chance.randint(1, 3), "depth"), ("coast", "place"), ("Nowhere", "place"), ("N1", "name")]
    )
    lines = [
        f"  - id: claim-{number}",
        f"    statement: Statement {chance.randint(1, 9)} of {number}.",
        f"    asserts: {{subject: harbour, property: {of}, value: {value}}}",
        "    evidence:",
        f"      - {{source: {chance.choice(['paper', 'wire', 'papr'])}, by: Ann Lee, quote: so}}",
    ]
    if chance.random() < 0.4:
        kind = chance.choice(["same-as", "contradicts", "supersedes", "supports", "depends-on"])
        lines.append(f"    relations: [{{type: {kind}, claim: claim-{chance.randint(0, 9)}}}]")
    if chance.random() < 0.3:
        lines.append(f"    verdicts: [{{rating: {chance.choice(['confirmed', 'withdrawn'])}}}]")
    return "\n".join(lines) + "\n"


def test_after_any_edits_it_prints_what_reading_anew_does(register: Write, claimtrack: Run) -> None:
    chance = random.Random(7)
    claims = [_claim(number, chance) for number in range(8)]
    for step in range(25):
        at = chance.randrange(len(claims))
        match chance.choice(["change", "add", "drop", "swap", "break", "review"]):
            case "change":
                claims[at] = _claim(at, chance)
            case "add":
                claims.insert(at, _claim(chance.randint(0, 12), chance))
            case "drop" if len(claims) > 2:
                del claims[at]
            case "swap":
                claims.insert(0, claims.pop(at))
            case "break":
                claims[at] = claims[at].replace("statement", "statment", 1)
            case _:
                claims[at] += f"    note: {step}\n"
        review = "reviews: [{conflict: harbour.depth, decision: unresolved, by: ann}]\n"
        register(SOUND + "".join(claims) + (review if step % 3 else ""))
        for command in (["list", "--format", "json"], ["conflicts", "--all"], ["check"]):
            _same(claimtrack, *command)
        for claim in claimtrack("list", "--ids").out.split()[:2]:
            _same(claimtrack, "show", claim)


def test_an_edit_that_keeps_size_and_time_is_seen(register: Write, claimtrack: Run) -> None:
    main = register("claims: [{id: one, statement: Five words are in here.}]\n")
    before = main.stat()
    assert "Five" in claimtrack("list").out
    main.write_text(main.read_text().replace("Five", "Nine"))
    os.utime(main, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert "Nine" in claimtrack("list").out


def test_a_file_that_an_include_comes_to_match_is_seen(register: Write, claimtrack: Run) -> None:
    main = register(
        "include: ['*.more.yaml']\nclaims: [{id: one, statement: One.}]\n",
        {"a.more.yaml": "claims: [{id: two, statement: Two.}]\n"},
    )
    assert claimtrack("list").ids == ["one", "two"]
    (main.parent / "b.more.yaml").write_text("claims: [{id: three, statement: Three.}]\n")
    assert claimtrack("list").ids == ["one", "two", "three"]
    (main.parent / "a.more.yaml").unlink()
    assert claimtrack("list").ids == ["one", "three"]


def test_it_holds_from_whatever_folder_it_is_asked_for(
    register: Write, claimtrack: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    main = register(
        "include: ['*.more.yaml']\nsources: {s: {file: s.txt}}\nclaims: []\n",
        {"a.more.yaml": "claims: [{id: two, statement: Two.}]\n"},
    )
    (tmp_path / "elsewhere" / "deeper").mkdir(parents=True)
    monkeypatch.setenv("CLAIMTRACK_SOURCES", str(tmp_path))
    _check_from(tmp_path / "elsewhere", main, claimtrack, monkeypatch)
    made = list(index_folder().glob("*.db"))
    _check_from(tmp_path / "elsewhere" / "deeper", main, claimtrack, monkeypatch)
    assert list(index_folder().glob("*.db")) == made


def _check_from(folder: Path, main: Path, claimtrack: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    named = os.path.relpath(main, folder)
    assert claimtrack("--register", named, "check").status == 0


def test_a_source_that_comes_to_be_held_is_seen(register: Write, claimtrack: Run) -> None:
    main = register(
        "sources: {paper: {file: paper.txt}}\n"
        "claims: [{id: one, statement: One., evidence: [{source: paper, quote: so it is}]}]\n"
    )
    assert "1 unchecked" in claimtrack("check").out
    (main.parent / "sources").mkdir()
    (main.parent / "sources" / "paper.txt").write_text("They say so it is.\n")
    assert "1 exact" in claimtrack("check").out
    (main.parent / "sources" / "paper.txt").write_text("They say otherwise now.\n")
    assert claimtrack("check").status == 1


def test_ids_are_suggested_from_it(register: Write, claimtrack: Run) -> None:
    register("entities: {ann: {}}\nclaims: [{id: one, statement: 1.}, {id: old, statement: 2.}]\n")
    at_a_glance = claimtrack("--complete", "claims,entities", "o").out
    claimtrack("list")
    assert claimtrack("--complete", "claims,entities", "o").out == at_a_glance == "one\nold\n"


def test_so_are_tags_of_one_word(register: Write, claimtrack: Run) -> None:
    main = register(
        "claims:\n  - {id: one, statement: 1., tags: [Zoo, two words]}\n"
        "  - {id: two, statement: 2., tags: [ape, Zoo, zoo, $x]}\n"
    )
    at_a_glance = claimtrack("--complete", "tags", "").out
    claimtrack("list")
    assert claimtrack("--complete", "tags", "").out == at_a_glance == "Zoo\nape\nzoo\n"
    main.write_text(main.read_text().replace("[Zoo, two words]", "[ape]"))
    claimtrack("list")
    assert claimtrack("--complete", "tags", "").out == "ape\nZoo\nzoo\n"


# ------------------------------------------------------------------------------------------ damage

ONE = "claims: [{id: one, statement: One claim.}]\n"


def _files(main: Path) -> tuple[Path, Path]:
    """The index of a register and its seal."""
    folder, stem = index_folder(), index_stem(main)
    (index,) = folder.glob(f"{stem}.*.db")
    return index, folder / f"{stem}.seal"


def _truncate(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def _garble(path: Path) -> None:
    data = bytearray(path.read_bytes())
    for at in range(0, len(data), 97):
        data[at] ^= 0x5A
    path.write_bytes(data)


def _future(path: Path) -> None:
    path.write_bytes(path.read_bytes().replace(b"index\n", b"index 2\n"))


def _empty(path: Path) -> None:
    path.write_bytes(b"")


DAMAGES: list[Callable[[Path], None]] = [
    _truncate,
    _garble,
    _future,
    _empty,
    Path.unlink,
]


@pytest.mark.parametrize("which", [0, 1], ids=["index", "seal"])
@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_index_is_made_anew(
    damage: Callable[[Path], None], which: int, register: Write, claimtrack: Run
) -> None:
    main = register(ONE)
    sound = claimtrack("list")
    damage(_files(main)[which])
    assert claimtrack("list") == sound
    assert claimtrack("check").out == "no errors, no warnings; no quotes\n"
    assert len(list(index_folder().glob(f"{index_stem(main)}.*.db"))) == 1


def test_the_index_of_another_register_is_not_taken(
    register: Write, tmp_path: Path, claimtrack: Run
) -> None:
    main = register(ONE)
    other = tmp_path / "other" / "claims.yaml"
    other.parent.mkdir()
    other.write_text("claimtrack: 1\nclaims: [{id: two, statement: Two.}]\n")
    claimtrack("list")
    claimtrack("--register", str(other), "list")
    shutil.copy2(_files(other)[1], _files(main)[1])
    assert claimtrack("list").ids == ["one"]


def test_without_a_folder_to_write_to_it_only_takes_longer(
    register: Write, tmp_path: Path, claimtrack: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "taken").write_text("no folder")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "taken"))
    register(ONE)
    assert claimtrack("list").ids == ["one"]
    assert claimtrack("check").status == 0


def test_an_index_without_tables_is_no_index(register: Write, claimtrack: Run) -> None:
    main = register(ONE)
    claimtrack("list")
    index, _ = _files(main)
    index.unlink()
    sqlite3.connect(index).close()
    assert claimtrack("list").ids == ["one"]


# --------------------------------------------------------------------------------- many at one time

PROGRAM = [sys.executable, "-m", "claimtrack"]


def test_many_at_once_see_a_whole_register(register: Write, tmp_path: Path) -> None:
    def text(number: int) -> str:
        claims = "".join(f"  - {{id: c{n}, statement: S{number}.}}\n" for n in range(30))
        return f"claims:\n{claims}"

    main = register(text(0))
    started = []
    for number in range(1, 13):
        started.append(
            subprocess.Popen([*PROGRAM, "list"], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        )
        aside = tmp_path / "aside"
        aside.write_text(f"claimtrack: 1\n{text(number)}")
        aside.replace(main)
    for process in started:
        out, err = process.communicate(timeout=60)
        assert (process.returncode, err) == (0, b"")
        said = {line.split()[-1] for line in out.decode().splitlines()[1:]}
        assert len(said) == 1
        assert len(out.splitlines()) == 31


def test_whoever_stops_it_leaves_an_index_that_holds_or_none(
    register: Write, claimtrack: Run
) -> None:
    main = register(
        "claims:\n" + "".join(f"  - {{id: c{n}, statement: S.}}\n" for n in range(3000))
    )
    for wait in (0.2, 0.4, 0.6):
        process = subprocess.Popen([*PROGRAM, "list", "--limit", "1"], stdout=subprocess.DEVNULL)
        try:
            process.wait(wait)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
        process.wait()
    assert claimtrack("list", "--limit", "1").ids == ["c0"]
    assert _files(main)[1].exists()


def test_a_stamp_is_doubtful_while_it_is_young() -> None:
    second = 1_000_000_000
    assert stamps.is_doubtful((1, 1, 1, 10 * second, 10 * second), 11 * second)
    assert not stamps.is_doubtful((1, 1, 1, 10 * second, 10 * second), 13 * second)
    assert not stamps.is_doubtful(None, 11 * second)

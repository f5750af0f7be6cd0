"""An index that was brought up to date is one made anew, and says what reading the whole does."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import pytest

from claimtrack.findings.audits import audit, quotes
from claimtrack.findings.findings import derive
from claimtrack.index import keeping, replacing
from claimtrack.index.evidence import told
from claimtrack.index.making import make
from claimtrack.index.spotting import Layout, Spotted, spot
from claimtrack.index.stored import Stored
from claimtrack.index.stretches import Stretch
from claimtrack.index.tables import create
from claimtrack.progress import quiet
from claimtrack.reading.diagnosing import diagnose
from claimtrack.reading.quick import QuickReader
from claimtrack.reading.register import read_register
from claimtrack.reading.shelf import Shelf
from conftest import Write
from edited_registers import Edited
from index_contents import held_by


def said(main: Path) -> object:
    """What the whole register says, read and derived at once."""
    reading = read_register(main)
    findings = derive(reading.register)
    shelf = Shelf(findings.register, main, {})
    audited = audit(findings.register, quotes(findings.register), lambda s: shelf.ground(s.id))
    found = diagnose(reading, findings, shelf, audited)
    return list(found.told), list(found.silenced)


@pytest.fixture
def changes(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Of each index that was to be brought up to date, whether it could be."""
    found: list[bool] = []
    replace: Callable[..., Any] = replacing.Replacing.replace

    def noted(self: Any, listings: Any, tell_of: Any) -> Any:
        renewed = replace(self, listings, tell_of)
        found.append(renewed is not None)
        return renewed

    monkeypatch.setattr(replacing.Replacing, "replace", noted)
    return found


@pytest.mark.parametrize("seed", range(12))
def test_after_any_edits_it_is_what_an_index_made_anew_is(
    seed: int, tmp_path: Path, changes: list[bool]
) -> None:
    chance = Random(seed)
    edited = Edited(tmp_path, chance, careless=seed % 3 == 0)
    for _ in range(12):
        edited.step()
        if chance.random() < 0.2:
            held_by(lambda: keeping.open_index(edited.main, {}))
            edited.step()
        kept = held_by(lambda: keeping.open_index(edited.main, {}, evidence=True))
        assert kept == held_by(lambda: make(create(None), edited.main, {}, True, quiet).stored)
        if isinstance(kept, dict):
            stored = keeping.open_index(edited.main, {}, evidence=True)
            assert tuple(told(stored)) == said(edited.main)
            stored.index.close()
    assert seed % 3 == 0 or True in changes


def test_only_what_changed_is_read_again(register: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    claims = [f"  - id: claim-{n}\n    statement: Statement {n}.\n" for n in range(30)]
    main = register(f"claims:\n{''.join(claims)}")
    keeping.open_index(main, {}).index.close()
    read = _noted(monkeypatch)
    claims[3] = claims[3].replace("Statement", "A statement")
    claims[20] += "    note: more\n"
    del claims[10]
    claims.append("  - id: claim-30\n    statement: The last.\n")
    register(f"claims:\n{''.join(claims)}")
    stored = keeping.open_index(main, {})
    changed = stored.claims([stored.number_of("claim-3") or 0])
    assert changed["claim-3"].statement == "A statement 3."
    assert read == ["claim-3", "claim-20", "claim-29", "claim-30"]
    stored.index.close()


def _noted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The ids of claims as they are read."""
    read: list[str] = []
    quickly = QuickReader.read

    def noted(self: QuickReader, raw: Any, file: str, line: int) -> Any:
        claim = quickly(self, raw, file, line)
        read.append(claim.id if claim else "")
        return claim

    monkeypatch.setattr(QuickReader, "read", noted)
    return read


# --------------------------------------------------------------------------------------- spotting

THREE = """\
claimtrack: 1
claims:
  - id: one
    statement: The first.
  - id: two
    statement: The second é.
  - id: three
    statement: The third.
title: Three
"""


def laid_out(text: str, tmp_path: Path) -> tuple[Stored, Layout]:
    main = tmp_path / "claims.yaml"
    main.write_bytes(text.encode())
    stored = make(create(None), main, {}, False, quiet).stored
    rows = stored.index.execute("SELECT * FROM stretches ORDER BY no").fetchall()
    dash, key = stored.index.execute("SELECT dash, key FROM files").fetchone()
    return stored, Layout([Stretch(*row) for row in rows], dash, key)


def spotted(before: str, after: str, tmp_path: Path) -> Spotted | None:
    stored, layout = laid_out(before, tmp_path)
    found = spot(after.encode(), layout)
    stored.index.close()
    return found


@pytest.mark.parametrize(
    ("old", "new", "gone", "fresh"),
    [
        ("The second é.", "The 2nd é.", 1, 1),
        ("The second é.", "The second é.\n    # a note", 1, 1),
        ("  - id: two\n    statement: The second é.\n", "", 1, 0),
        ("  - id: two", "  - id: half\n    statement: 1/2.\n  - id: two", 0, 1),
        ("  - id: two\n   ", "  -  id: two\n    ", 2, 2),
        ("  - id: two", "  -\n    id: two", 1, 1),
        ("  - id: two", "  - # a note\n    id: two", 1, 1),
        ("The third.\n", "The third.\n    note: more\n", 1, 1),
        ("The third.\n", "The third.\n  - id: four\n    statement: 4.\n", 1, 2),
        ("The third.\n", "The third.\n  - id: one\n    statement: The first.\n  - id: two\n", 1, 3),
        ("The first.", "\\\n      The first.", 1, 1),
        ("The first.", "'The\n\n      first.'", 1, 1),
        ("title: Three", "title: Three", 0, 0),
    ],
)
def test_what_changed_is_spotted(old: str, new: str, gone: int, fresh: int, tmp_path: Path) -> None:
    after = THREE.replace(old, new)
    found = spotted(THREE, after, tmp_path)
    assert found is not None
    assert (len(found.gone), len(found.fresh)) == (gone, fresh)
    texts = [each.stretch.length for each in found.fresh]
    assert all(texts)
    lines = after.split("\n")
    for each in found.fresh:
        assert lines[each.stretch.line - 1][(each.stretch.column or 1) - 1 :].startswith("id:")
    assert all(each.lines == after.count("\n") - THREE.count("\n") for each in found.moved[-1:])


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("The second é.", "'The second é."),
        ("The second é.", "&a The second é."),
        ("The second é.", "!!str The second é."),
        ("  - id: three", "   - id: three"),
        ("é", "\x07"),
    ],
)
def test_what_has_to_be_read_as_a_whole_is(old: str, new: str, tmp_path: Path) -> None:
    assert spotted(THREE, THREE.replace(old, new), tmp_path) is None


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("  - id: two", "---\n  - id: two"),
        ("  - id: two", "...\n  - id: two"),
        ("The third.\n", "The third.\nclaims: []\n"),
        ("The third.\n", "The third.\nclaims: [{id: four, statement: 4.}]\n"),
        ("title: Three", "title: &a Three"),
        ("title: Three", "title: 'Three"),
        ("title: Three", "include: [more.yaml]"),
        ("title: Three", "title: Three\n  - id: four"),
        ("claims:\n", "claims:\nreviews:\n"),
        ("claimtrack: 1", "claimtrack: 2"),
        ("claimtrack: 1", "entities: {two: {}}\nclaimtrack: 1"),
    ],
)
def test_what_changed_around_claims_is_read_as_it_would_be_anew(
    old: str, new: str, register: Write
) -> None:
    main = register(THREE)
    keeping.open_index(main, {}, evidence=True).index.close()
    main.write_text(THREE.replace(old, new))
    kept = held_by(lambda: keeping.open_index(main, {}, evidence=True))
    assert kept == held_by(lambda: make(create(None), main, {}, True, quiet).stored)


@pytest.mark.parametrize(
    ("old", "new", "around"),
    [
        ("claimtrack: 1", "claimtrack: 1\nsources: {s: {}}", [1]),
        ("title: Three", "title: Four", [9]),
        ("claims:", "\n# a note\n\nclaims:\n  # a note\n", [1]),
        ("title: Three\n", "", [9]),
    ],
)
def test_what_changed_around_claims_is_spotted(
    old: str, new: str, around: list[int], tmp_path: Path
) -> None:
    found = spotted(THREE, THREE.replace(old, new), tmp_path)
    assert found is not None
    assert [each.line for each in found.around] == around
    assert len(found.gone) == len(found.fresh) <= 1


def test_claims_stay_as_they_were_read_where_a_source_or_a_review_comes(
    register: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    claims = "".join(f"  - id: claim-{n}\n    statement: Statement {n}.\n" for n in range(30))
    reviews = "reviews:\n  - {dispute: claim-1, decision: unresolved, by: ann}\n"
    main = register(f"sources: {{s: {{}}}}\nclaims:\n{claims}")
    keeping.open_index(main, {}).index.close()
    read = _noted(monkeypatch)
    for head, tail in (("s: {}, t: {}", ""), ("s: {}, t: {}", reviews), ("s: {}, u: {}", reviews)):
        register(f"sources: {{{head}}}\nclaims:\n{claims}{tail}")
        keeping.open_index(main, {}).index.close()
    # What follows the last claim may go on with it; a source that went may be named by any.
    assert read == ["claim-29", *(f"claim-{n}" for n in range(30))]


def test_so_is_what_is_no_longer_utf_8(tmp_path: Path) -> None:
    stored, layout = laid_out(THREE, tmp_path)
    assert spot(THREE.encode("latin-1"), layout) is None
    stored.index.close()


def test_where_no_number_is_left_between_two_all_is_read(tmp_path: Path) -> None:
    stored, (stretches, *columns) = laid_out(THREE, tmp_path)
    close = [each._replace(no=no) for no, each in enumerate(stretches)]
    more = THREE.replace("  - id: two", "  - id: half\n    statement: 1/2.\n  - id: two")
    assert spot(more.encode(), Layout(close, *columns)) is None
    stored.index.close()

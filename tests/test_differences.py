"""What is compared of any two registers, against plain rules that any comparison keeps."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from random import Random
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from claimtrack.edit.renaming import rename
from claimtrack.edit.targets import Kind
from claimtrack.edit.writing import preview
from claimtrack.findings.conflict_turns import new_conflicts
from claimtrack.findings.differences import find_differences
from claimtrack.findings.findings import Findings, derive
from claimtrack.findings.renames import Renames
from claimtrack.frozen import replace
from claimtrack.reading.register import read_register
from random_registers import registers, to_yaml


def derived(register: dict[str, Any], folders: Any) -> Findings:
    path = folders.mktemp("register") / "claims.yaml"
    path.write_text(to_yaml(register), "utf-8")
    return derive(read_register(path).register)


def thinned(register: dict[str, Any], rng: Random) -> dict[str, Any]:
    """The register without some of its claims, reviews, evidence and verdicts."""
    claims = [dict(claim) for claim in register["claims"] if rng.random() < 0.8]
    for claim in claims:
        for key in ("evidence", "verdicts", "asserts", "relations"):
            if key in claim and rng.random() < 0.3:
                del claim[key]
    reviews = [review for review in register.get("reviews", []) if rng.random() < 0.7]
    return {**register, "claims": claims, "reviews": reviews}


@settings(max_examples=40)
@given(registers())
def test_a_register_does_not_differ_from_itself(
    tmp_path_factory: Any, register: dict[str, Any]
) -> None:
    one, other = (derived(register, tmp_path_factory) for _ in range(2))
    assert find_differences(one, other).is_none
    assert new_conflicts(one, other) == {}


@settings(max_examples=80)
@given(registers(), st.integers(0, 10**6))
def test_what_is_added_one_way_is_gone_the_other(
    tmp_path_factory: Any, register: dict[str, Any], seed: int
) -> None:
    rng = Random(seed)
    one, other = (derived(thinned(register, rng), tmp_path_factory) for _ in range(2))
    forth, back = find_differences(one, other), find_differences(other, one)
    assert [c.id for c in forth.added] == [c.id for c in back.gone]
    there, here = forth.renames.claims, back.renames.claims
    assert set(there.items()) == {(new, old) for old, new in here.items()}
    assert {edit.after.id for edit in forth.edits} == {edit.before.id for edit in back.edits}
    assert forth.reviews.added == back.reviews.gone
    opened = {turn.id for turn in forth.conflicts if turn.before is None}
    closed = {turn.id for turn in back.conflicts if turn.after is None}
    assert opened == closed
    moved = {renamed_back(move.claim, here) for move in forth.moves}
    assert moved == {move.claim for move in back.moves}
    every_state = {c.id: other.reviews.state(c) for c in other.conflicts}
    for conflict, reasons in new_conflicts(one, other).items():
        assert reasons
        assert conflict in every_state


def renamed_back(claim: str, renamed: Any) -> str:
    return str(renamed.get(claim, claim))


@settings(max_examples=80)
@given(registers(), st.integers(0, 10**6))
def test_every_difference_is_told_of_its_parts(
    tmp_path_factory: Any, register: dict[str, Any], seed: int
) -> None:
    """Each claim with another fingerprint is edited, and what nobody edited moved for a reason."""
    one = derived(register, tmp_path_factory)
    other = derived(thinned(register, Random(seed)), tmp_path_factory)
    found = find_differences(one, other)
    now = other.register.claims
    both = [claim for claim in one.register.claims if claim in now]
    restated = {c for c in both if one.register.claims[c].fingerprint != now[c].fingerprint}
    assert restated <= {edit.id for edit in found.edits}
    for claim in both:
        words = [
            (f.standings[claim].contest, f.supports[claim].word, f.supports[claim].grade)
            for f in (one, other)
        ]
        assert (words[0] != words[1]) == any(move.claim == claim for move in found.moves)
    is_same = to_yaml(register) == to_yaml(thinned(register, Random(seed)))
    assert found.is_none or not is_same


@settings(max_examples=80)
@given(registers(), st.integers(0, 10**6))
def test_an_entry_with_another_id_is_all_that_differs(
    tmp_path_factory: Any, register: dict[str, Any], seed: int
) -> None:
    """Whatever is renamed: its conflicts, its claims and the decisions on them are the same."""
    path = tmp_path_factory.mktemp("register") / "claims.yaml"
    path.write_text(to_yaml(register), "utf-8")
    rng = Random(seed)
    before = derive(read_register(path).register)
    held = before.register
    kinds: tuple[tuple[str, Mapping[str, object]], ...] = (
        ("sources", held.sources),
        ("entities", held.entities),
        ("properties", held.properties),
        ("claims", held.claims),
    )
    wanted: dict[str, dict[str, str]] = {kind: {} for kind, _ in kinds}
    for kind, ids in rng.sample(kinds, rng.randint(1, 4)):
        old = rng.choice(list(ids))
        wanted[kind][old] = f"a-new-{kind}"
        rename_in(path, old, f"a-new-{kind}", Kind(ONE_OF[kind]))
    after = derive(read_register(path).register)
    found = find_differences(before, after)
    told = {kind: dict(getattr(found.renames, kind)) for kind, _ in kinds}
    assert told == wanted
    assert new_conflicts(before, after) == {}
    assert [entry.change for entry in found.entries] == ["renamed"] * sum(
        len(wanted[kind]) for kind in ("sources", "entities", "properties")
    )
    assert replace(found, renames=Renames(), entries=()).is_none


ONE_OF = {"sources": "source", "entities": "entity", "properties": "property", "claims": "claim"}


def rename_in(path: Path, old: str, new: str, kind: Kind) -> None:
    proposal = preview(path, lambda draft: rename(draft, old, new, kind)).proposal
    for file, data in proposal.files.items():
        (path.parent / file).write_bytes(data)

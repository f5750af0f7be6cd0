"""Registers in any hand, edited in every way: nothing else changes, neither bytes nor meaning."""

from __future__ import annotations

import re
from pathlib import Path
from random import Random
from typing import Any

import pytest

from claimtrack.diagnostic import ClaimtrackError
from claimtrack.edit.proposal import ChangesMore, MoreErrors, propose
from claimtrack.edit.removing import StillNamed
from claimtrack.edit.slots import WrittenElsewhere
from hand_checks import check, draft_of, drawn_edit, tried
from hand_edits import DETOURS, DRAWS, Drawn, parsed
from hand_styles import written_by_hand
from random_registers import add_reviews, claim_id, fill_claim, world


def some_register(rng: Random) -> dict[str, Any]:
    register = world(rng, rng.randint(1, 3))
    count, things = rng.randint(1, 8), rng.randint(1, 3)
    register["claims"] = [{"id": claim_id(rng, place)} for place in range(count)]
    for place in range(count):
        fill_claim(rng, register, place, things)
    add_reviews(register, [rng for _ in range(rng.randint(0, 4))])
    return register


def with_mistakes(rng: Random, register: dict[str, Any]) -> dict[str, Any]:
    """The register with entries that are left out, naming what the others name."""
    claims = [claim["id"] for claim in register["claims"]]
    of = next(iter(register["properties"]))
    whole: dict[str, Any] = {
        "statement": "What is wrong with it does not hide what it names.",
        "asserts": {"subject": "thing-0", "property": of, "value": "nothing like it"},
        "about": ["ministry"],
        "evidence": [{"source": "src-0", "stance": "denies", "by": "paper", "via": ["osh"]}],
        "relations": [{"type": "supports", "claim": [rng.choice(claims)]}],
    }
    wrong: list[Any] = [
        {"id": "wrong-key", **whole, "stance": "denies"},
        {"id": "no-statement", **{k: v for k, v in whole.items() if k != "statement"}},
        {"id": "Wrong Id", **whole},
        {"id": "lists", **whole, "evidence": whole["evidence"][0], "tags": "no list"},
        {"id": "unknown-source", "statement": "x", "evidence": [{"source": "nowhere"}]},
        "no claim at all",
        None,
    ]
    for mistake in rng.sample(wrong, rng.randint(1, len(wrong))):
        register["claims"].insert(rng.randint(0, len(register["claims"])), mistake)
    register["entities"]["left-out"] = {"name": "Left out", "bogus": "x"}
    register["sources"]["left-out"] = {"derived_from": "src-0"}
    register.setdefault("reviews", []).append({"conflict": "thing-0.nothing"})
    return register


def written(rng: Random, *, is_sound: bool) -> dict[str, bytes]:
    register = some_register(rng)
    return written_by_hand(rng, register if is_sound else with_mistakes(rng, register))


# ------------------------------------------------------------------------------------------ edits


def is_explained(refusal: ClaimtrackError, files: dict[str, bytes]) -> bool:
    """Whether an edit is refused for what was asked, or for an anchor that stands in its way."""
    if isinstance(refusal, MoreErrors):
        return {each.code for each in refusal.errors} <= BY_MERGING or is_anchor_gone(refusal)
    has_anchor = any(b"&n" in content for content in files.values())
    return isinstance(refusal, StillNamed) or (
        has_anchor and isinstance(refusal, WrittenElsewhere | ChangesMore)
    )


BY_MERGING = {"CT501", "CT211"}
"""One claim that then contradicts itself, or supersedes itself by way of others."""


def is_anchor_gone(refusal: MoreErrors) -> bool:
    return any("no anchor" in each.message for each in refusal.errors)


@pytest.mark.parametrize("seed", range(7))
@pytest.mark.parametrize("name", DRAWS)
def test_an_edit_changes_what_it_is_to_change_and_no_other_byte(
    name: str, seed: int, tmp_path: Path
) -> None:
    rng = Random(f"{name} {seed}")
    files = written(rng, is_sound=seed % 3 > 0)
    draft = draft_of(tmp_path, files)
    edit = drawn_edit(name, rng, draft, files)
    if edit is None:
        pytest.skip("nothing in this register can be edited so")
    result = tried(edit, draft, files)
    if result.refusal is None:
        check(result)
    else:
        assert is_explained(result.refusal, files)


# ---------------------------------------------------------------------------------- there and back


def back_and_forth(name: str, rng: Random, folder: Path, before: dict[str, bytes]) -> str:
    """What comes of an edit that is undone: ``same`` bytes, ``other`` ones, or ``refused``."""
    draft = draft_of(folder, before)
    roots = {file: parsed(content) for file, content in before.items()}
    detour = DETOURS[name](Drawn(rng, draft, roots))
    if detour is None:
        return "cannot be"
    try:
        after = before | dict(propose(draft, detour.there(draft).change).files)
        second = draft_of(folder, after)
        again = after | dict(propose(second, detour.back(second).change).files)
    except (WrittenElsewhere, ChangesMore) as error:
        return f"refused: {error}"
    finally:
        draft_of(folder, before)
    return "same" if plain_digits(again) == plain_digits(before) else "other"


def plain_digits(files: dict[str, bytes]) -> dict[str, bytes]:
    """The files with fingerprints of digits alone unquoted: those that are written are quoted."""
    return {name: re.sub(rb'"([0-9]{12})"', rb"\1", data) for name, data in files.items()}


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("name", DETOURS)
def test_an_edit_undone_leaves_the_bytes_that_were_there(
    name: str, seed: int, tmp_path: Path
) -> None:
    rng = Random(f"{name} and back {seed}")
    came_of_it = back_and_forth(name, rng, tmp_path, written(rng, is_sound=True))
    assert came_of_it in ("same", "cannot be")

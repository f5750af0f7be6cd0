"""What holds of every merge, whatever hand wrote the register and whatever both sides changed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path
from random import Random
from typing import Any

import pytest

from claimtrack.diagnostic import ClaimtrackError
from claimtrack.edit.draft import EntryKey, read_draft
from claimtrack.edit.manuscript import Manuscript
from claimtrack.edit.meaning import Meaning, meaning
from claimtrack.edit.merging.merge import NotMergeable, merge_files
from claimtrack.edit.proposal import propose
from claimtrack.reading.yamltext import NotYaml, parse
from hand_styles import MAIN, written_by_hand
from random_registers import add_reviews, claim_id, fill_claim, world

Files = dict[str, bytes]
Edit = Callable[[Manuscript, EntryKey, str], None]

EDITS: Mapping[str, Edit] = {
    "claim": lambda m, key, new: m.add_claim({"id": new, "statement": new}, m.entry(key).file),
    "statement": lambda m, key, new: m.set(key, ("statement",), new),
    "note": lambda m, key, new: m.set(key, ("note",), new),
    "evidence": lambda m, key, new: m.append(key, ("evidence",), [{"source": "s", "quote": new}]),
    "tag": lambda m, key, new: m.append(key, ("tags",), [new]),
    "verdict": lambda m, key, new: m.append(key, ("verdicts",), [{"rating": "refuted", "by": new}]),
    "source": lambda m, key, new: m.add_entry(
        EntryKey("sources", new), {"title": new}, m.entry(key).file
    ),
    "remove": lambda m, key, new: m.remove(key),
}
"""What a side does to a claim; but for the last each writes a word that is nowhere else."""


class Side:
    """One side's changes to a register on the disk, and the words that came with them."""

    def __init__(self, rng: Random, main: Path, files: Files, name: str) -> None:
        self._rng, self._main, self._name = rng, main, name
        self.files = dict(files)
        self.words: list[str] = []

    def change(self) -> None:
        """Change something; nothing where the program would refuse to."""
        word = f"{self._name}{len(self.words)}x{self._rng.randrange(10**6)}"
        if self._rng.random() < 0.2:
            self._comment(word)
            return
        draft = read_draft(self._main, {self._main.parent / f: d for f, d in self.files.items()})
        if not draft.entries.claims:
            return
        manuscript = Manuscript(draft)
        key = EntryKey("claims", self._rng.choice(list(draft.entries.claims)))
        try:
            EDITS[self._rng.choice(list(EDITS))](manuscript, key, word)
            self.files |= propose(draft, manuscript.change()).files
        except ClaimtrackError:
            return
        if any(word.encode() in data for data in self.files.values()):
            self.words.append(word)

    def _comment(self, word: str) -> None:
        """A line of comment anywhere that it changes no meaning."""
        file = self._rng.choice(list(self.files))
        lines = re.split(rb"(?<=\n)|(?<=\r)(?!\n)", self.files[file])
        end = b"\r\n" if lines[0].endswith(b"\r\n") else lines[0][-1:]
        at = self._rng.randrange(len(lines))
        lines.insert(at, b" " * self._rng.randint(0, 4) + b"# " + word.encode() + end)
        data = b"".join(lines)
        if end and meant(data) == meant(self.files[file]):
            self.files[file] = data
            self.words.append(word)


def meant(data: bytes) -> Meaning | None:
    try:
        root = parse(data)
    except NotYaml:
        return None
    return None if root is None else meaning(root)


def unordered(means: Meaning | None) -> object:
    """The same for meanings that differ in no more than the order of lists."""
    if isinstance(means, dict):
        return frozenset((key, unordered(value)) for key, value in means.items())
    if isinstance(means, list):
        return frozenset(Counter(map(unordered, means)).items())
    return means


def some_register(rng: Random) -> dict[str, Any]:
    register = world(rng, rng.randint(1, 3))
    number, things = rng.randint(1, 6), rng.randint(1, 3)
    register["claims"] = [{"id": claim_id(rng, place)} for place in range(number)]
    for place in range(number):
        fill_claim(rng, register, place, things)
    add_reviews(register, [rng for _ in range(rng.randint(0, 4))])
    return register


@pytest.mark.parametrize("seed", range(60))
def test_nothing_is_lost_and_both_sides_are_alike(seed: int, tmp_path: Path) -> None:
    rng = Random(seed)
    files = written_by_hand(rng, some_register(rng))
    for name, data in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(data)
    ours, theirs = (Side(rng, tmp_path / MAIN, files, name) for name in ("ours", "theirs"))
    for side in (ours, theirs):
        for _ in range(rng.randint(1, 5)):
            side.change()
    for name, base in files.items():
        check(base, ours.files[name], theirs.files[name], [*ours.words, *theirs.words])


def check(base: bytes, ours: bytes, theirs: bytes, words: list[str]) -> None:
    assert merge_files(base, ours, ours).data == ours
    assert merge_files(base, base, theirs).data == theirs
    assert merge_files(base, ours, base).data == ours
    try:
        merged = merge_files(base, ours, theirs)
    except NotMergeable:
        return  # git's own merge is as good as without the driver
    for word in words:
        held = word.encode() in ours or word.encode() in theirs
        assert (word.encode() in merged.data) == held
    turned = merge_files(base, theirs, ours)
    assert len(turned.choices) == len(merged.choices)
    if not merged.choices:
        assert unordered(meant(turned.data)) == unordered(meant(merged.data))

"""Decisions that both sides took on one thing: both stay in the file, and the last one counts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal

from claimtrack.edit.meaning import Meaning
from claimtrack.edit.merging.rules import comparable
from claimtrack.frozen import frozen

What = Literal["claim", "conflict", "dispute"]


@frozen
class Double:
    """What was decided on twice, and what each side decided last, in a word or two."""

    what: What
    id: str
    ours: str
    theirs: str


@frozen
class _Decision:
    """A verdict or a review."""

    what: What
    id: str
    says: Mapping[str, Meaning]

    @property
    def words(self) -> str:
        """The rating, or the decision with the claim that prevails."""
        keys = ("rating",) if self.what == "claim" else ("decision", "claim")
        return " ".join(filter(None, (_text(self.says, key) for key in keys)))


def doubles(base: Meaning | None, ours: Meaning | None, theirs: Meaning | None) -> list[Double]:
    """Claims that both sides judged, and conflicts and disputes that both reviewed, differently."""
    before = {_known(each) for each in _decisions(base)}
    mine, other = (
        {(each.what, each.id): each for each in _decisions(side) if _known(each) not in before}
        for side in (ours, theirs)
    )
    return [
        Double(*key, decision.words, other[key].words)
        for key, decision in mine.items()
        if key in other and decision.words != other[key].words
    ]


def _known(decision: _Decision) -> object:
    return decision.what, decision.id, comparable(dict(decision.says))


def _decisions(root: Meaning | None) -> Iterator[_Decision]:
    for claim in _mappings(root, "claims"):
        for verdict in _mappings(claim, "verdicts"):
            yield _Decision("claim", _text(claim, "id"), verdict)
    for review in _mappings(root, "reviews"):
        what: What = "conflict" if "conflict" in review else "dispute"
        yield _Decision(what, _text(review, what), review)


def _mappings(holder: Meaning | None, key: str) -> Iterator[dict[str, Meaning]]:
    held = holder.get(key) if isinstance(holder, dict) else None
    for item in held if isinstance(held, list) else ():
        if isinstance(item, dict):
            yield item


def _text(holder: Mapping[str, Meaning], key: str) -> str:
    held = holder.get(key)
    return held[0] if isinstance(held, tuple) else ""

"""Comments and blank lines between parts that both sides changed."""

from __future__ import annotations

from claimtrack.edit.merging.rules import Collides
from claimtrack.frozen import frozen


def of_three(base: str | None, ours: str, theirs: str) -> str | None:
    """The text of the side that changed it; None if both did, differently."""
    if theirs in (base, ours):
        return ours
    return theirs if ours == base else None


def merged_gap(base: str, ours: str, theirs: str) -> str:
    """Three-way by lines. Raises Collides where both sides changed the same comment lines."""
    decided = of_three(base, ours, theirs)
    if decided is not None:
        return decided
    before = base.splitlines(keepends=True)
    mine, other = _Hunk.of(before, ours), _Hunk.of(before, theirs)
    first, second = (mine, other) if mine.start <= other.start else (other, mine)
    if mine.is_insertion and other.is_insertion and mine.start == other.start:
        lines = [*before[: mine.start], *_both(mine.lines, other.lines), *before[mine.start :]]
        return "".join(lines)
    if first.stop <= second.start:
        between, after = before[first.stop : second.start], before[second.stop :]
        head = [*before[: first.start], *first.lines, *between]
        return "".join([*head, *second.lines, *after])
    if any(map(str.strip, (*mine.lines, *other.lines, *before[first.start : second.stop]))):
        raise Collides
    return ours


@frozen
class _Hunk:
    """What a side changed: the lines from ``start`` to ``stop`` of the base are these now."""

    start: int
    stop: int
    lines: list[str]

    @property
    def is_insertion(self) -> bool:
        return self.start == self.stop

    @classmethod
    def of(cls, before: list[str], text: str) -> _Hunk:
        """All from the first line that differs to the last."""
        after = text.splitlines(keepends=True)
        shorter = min(len(before), len(after))
        start = next((i for i in range(shorter) if before[i] != after[i]), shorter)
        same = next(
            (i for i in range(shorter - start) if before[-1 - i] != after[-1 - i]), shorter - start
        )
        return cls(start, len(before) - same, after[start : len(after) - same])


def _both(ours: list[str], theirs: list[str]) -> list[str]:
    """Lines that both sides put into one place; blank ones of one side are enough."""
    if not any(map(str.strip, theirs)):
        return ours
    return theirs if not any(map(str.strip, ours)) else [*ours, *theirs]

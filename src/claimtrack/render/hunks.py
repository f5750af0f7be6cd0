"""Where two texts differ, line by line, as a unified diff has it.

Lines that both texts have once, in the same order, are held fast (patience diff); what lies between
two of them is compared by itself. Two versions of a large register differ in few places, and its
lines with ids are all different: the cost is that of reading them.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from claimtrack.frozen import frozen

_CONTEXT = 3
_NO_LINE_END = "\\ No newline at end of file"


@frozen
class DiffLine:
    """A line of a diff without its line end: kept (a space), added (+), removed (-), or a note."""

    sign: str
    text: str


@frozen
class Hunk:
    """Lines that change, with those around them, and where they stand in both texts, from 1."""

    old_start: int
    old_count: int
    new_start: int
    new_count: int
    lines: tuple[DiffLine, ...]


@frozen
class _Stretch:
    """Lines of both texts, from 0, the end exclusive: ``old`` gave way to ``new``."""

    old_start: int
    old_end: int
    new_start: int
    new_end: int


def hunks(before: str, after: str) -> list[Hunk]:
    """Where two texts differ, with three lines of context."""
    old, new = _lines(before), _lines(after)
    return [_hunk(group, old, new) for group in _grouped(_changes(old, new))]


def _lines(text: str) -> list[str]:
    """Lines with their ends, so that a file without a last one differs from one with it."""
    parts = text.split("\n")
    return [f"{part}\n" for part in parts[:-1]] + ([parts[-1]] if parts[-1] else [])


# ------------------------------------------------------------------------------------ comparing


def _changes(old: Sequence[str], new: Sequence[str]) -> list[_Stretch]:
    found: list[_Stretch] = []
    i = j = 0
    for at, there in [*_fixed(old, new), (len(old), len(new))]:
        found.extend(_between(old, new, _Stretch(i, at, j, there)))
        i, j = at + 1, there + 1
    return found


def _fixed(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """Lines that both have once, as far as they stand in one order: the longest such run."""
    counted_old, counted_new = Counter(old), Counter(new)
    where = {line: at for at, line in enumerate(new) if counted_new[line] == 1}
    pairs = [
        (at, where[line]) for at, line in enumerate(old) if line in where and counted_old[line] == 1
    ]
    ends: list[int] = []
    tops: list[int] = []
    back: list[int] = []
    for number, (_, there) in enumerate(pairs):
        pile = bisect_left(ends, there)
        back.append(tops[pile - 1] if pile else -1)
        ends[pile : pile + 1] = [there]
        tops[pile : pile + 1] = [number]
    chain: list[tuple[int, int]] = []
    number = tops[-1] if tops else -1
    while number >= 0:
        chain.append(pairs[number])
        number = back[number]
    return chain[::-1]


def _between(old: Sequence[str], new: Sequence[str], gap: _Stretch) -> Iterator[_Stretch]:
    """What differs between two lines that are held fast."""
    one, other = old[gap.old_start : gap.old_end], new[gap.new_start : gap.new_end]
    if one == other:
        return
    for tag, i, i_end, j, j_end in SequenceMatcher(None, one, other).get_opcodes():
        if tag != "equal":
            yield _Stretch(
                gap.old_start + i, gap.old_start + i_end, gap.new_start + j, gap.new_start + j_end
            )


# --------------------------------------------------------------------------------------- showing


def _grouped(changes: Sequence[_Stretch]) -> list[list[_Stretch]]:
    groups: list[list[_Stretch]] = []
    for change in changes:
        if groups and change.old_start - groups[-1][-1].old_end <= 2 * _CONTEXT:
            groups[-1].append(change)
        else:
            groups.append([change])
    return groups


def _hunk(group: Sequence[_Stretch], old: Sequence[str], new: Sequence[str]) -> Hunk:
    lead = min(_CONTEXT, group[0].old_start)
    start, new_start = group[0].old_start - lead, group[0].new_start - lead
    end = min(group[-1].old_end + _CONTEXT, len(old))
    lines: list[DiffLine] = []
    at = start
    for change in group:
        lines += _signed(" ", old[at : change.old_start])
        lines += _signed("-", old[change.old_start : change.old_end])
        lines += _signed("+", new[change.new_start : change.new_end])
        at = change.old_end
    lines += _signed(" ", old[at:end])
    new_count = sum(line.sign in " +" for line in lines)
    # A side that has no line here is counted from the line above, as every reader of diffs has it.
    return Hunk(
        start + (end > start),
        end - start,
        new_start + (new_count > 0),
        new_count,
        tuple(lines),
    )


def _signed(sign: str, lines: Sequence[str]) -> Iterator[DiffLine]:
    for line in lines:
        yield DiffLine(sign, line.removesuffix("\n"))
        if not line.endswith("\n"):
            yield DiffLine("\\", _NO_LINE_END[1:])

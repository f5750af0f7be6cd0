"""A slow and plain reading of the section "Quotes", to test the program against.

It tries every passage of a text and shares nothing with the program. A quote that leaves words out
is given as its parts, with how many words there may be before each.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

ALIKE = {**dict.fromkeys("\"'“”‘’«»„", "'"), **dict.fromkeys("-‐–—−", "-")}
SPACELESS = re.compile(r"[぀-ヿ一-鿿฀-๿]")


@dataclass(frozen=True, slots=True)
class Nearest:
    """How many words of a quote a passage has in order, how many it has, and its first."""

    shared: int
    length: int
    start: int


def normal(text: str) -> str:
    """NFKC, one quotation mark, one dash, single spaces."""
    compatible = unicodedata.normalize("NFKC", text)
    return " ".join("".join(ALIKE.get(each, each) for each in compatible).split())


def is_mark(character: str) -> bool:
    return unicodedata.category(character)[0] == "M"


def cuts(text: str, at: int) -> bool:
    """Whether a place is between two letters, digits or marks that belong together."""
    if not 0 < at < len(text):
        return False
    before, after = text[at - 1], text[at]
    if is_mark(after) and not before.isspace():
        return True
    if SPACELESS.match(before) or SPACELESS.match(after):
        return False
    return all(unicodedata.category(each)[0] in "LMN" for each in (before, after))


def places(quote: str, text: str, *, exact: bool) -> list[tuple[int, int]]:
    """Every passage that is the quote, as the places where it begins and ends."""
    if not quote.strip():
        return []
    edges = [at for at in range(len(text) + 1) if not cuts(text, at)]
    if exact:
        ends = [(start, start + len(quote)) for start in edges if text.startswith(quote, start)]
        return [(start, end) for start, end in ends if end in edges]
    return [
        (start, end)
        for start in edges
        for end in edges
        if start < end
        and not text[start].isspace()
        and not text[end - 1].isspace()
        and normal(text[start:end]) == normal(quote)
    ]


def result(parts: list[tuple[str, int]], line: int | None, text: str) -> str:
    """The contract's word for a quote that is found, or ``not found``."""
    exact, alike = (begins(parts, text, exact=kind) for kind in (True, False))
    alike |= exact
    if not alike:
        return "not found"
    if line is None:
        if len(exact) == 1 or len(alike) == 1:
            return "exact" if len(exact) == 1 else "normalised"
        return "ambiguous"
    if any(line_of(text, start) == line for start in exact):
        return "exact"
    return "normalised" if any(line_of(text, start) == line for start in alike) else "moved"


def begins(parts: list[tuple[str, int]], text: str, *, exact: bool) -> set[int]:
    """Where the first of some parts stands, if the others follow it."""
    (first, _), *rest = parts
    return {
        start
        for start, end in places(first, text, exact=exact)
        if _follow(rest, end, text, exact=exact)
    }


def _follow(parts: list[tuple[str, int]], after: int, text: str, *, exact: bool) -> bool:
    if not parts:
        return True
    (first, gap), *rest = parts
    return any(
        start >= after
        and len(words(text[after:start])) <= gap
        and _follow(rest, end, text, exact=exact)
        for start, end in places(first, text, exact=exact)
    )


def words(text: str) -> list[str]:
    """What stands between white space, without the punctuation at its ends, case folded."""
    bare = (run.strip(".,;:!?'\"-“”‘’–—…[]()") for run in text.split())
    return [normal(run).casefold() for run in bare if run]


def line_of(text: str, offset: int) -> int:
    return text.count("\n", 0, offset) + 1


def nearest(quote: list[str], text: list[str]) -> Nearest | None:
    """The passage of at most one and a half times the words that shares most; by trying all."""
    windows = (
        Nearest(common(quote, text[start : start + length]), length, start)
        for start in range(len(text))
        for length in range(1, min(len(quote) * 3 // 2, len(text) - start) + 1)
    )
    best = min(windows, key=lambda each: (-each.shared, each.length, each.start), default=None)
    return best if best and best.shared else None


def common(one: list[str], other: list[str]) -> int:
    """How long the longest common subsequence is."""
    row = [0] * (len(other) + 1)
    for word in one:
        longer = [0]
        for index, each in enumerate(other):
            longer.append(row[index] + 1 if word == each else max(row[index + 1], longer[-1]))
        row = longer
    return row[-1]

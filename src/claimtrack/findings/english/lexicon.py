"""The words that tell one statement from another, from the lists in ``words/``, one entry a line.

English only: what no list has is a word like any other, so that statements in another language are
compared by their numbers and by the words that they share.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

from claimtrack.frozen import frozen

_VOWEL = re.compile(r"[aeiouy]")
_DOUBLED = re.compile(r"([bcdfghjklmnpqrstvwxz])\1$")


@cache
def stem(word: str) -> str:
    """A word without its regular endings: rises, rising and rise are one; not always a word."""
    if word.endswith("ies") and len(word) > 4:
        word = f"{word[:-3]}y"
    elif word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 3:
        word = word[:-1]
    if word.endswith("ied") and len(word) > 4:
        word = f"{word[:-3]}y"
    for ending in ("ing", "ed"):
        rest = word.removesuffix(ending)
        if rest != word and len(rest) > 2 and _VOWEL.search(rest) and not rest.endswith("e"):
            word = rest
            break
    return _DOUBLED.sub(r"\1", word.removesuffix("e") if len(word) > 3 else word)


@frozen
class Side:
    """Where a word stands between two opposites: on which line of the list, and left or right."""

    line: int
    right: bool


@cache
def opposites() -> dict[str, Side]:
    """The stems of words that have an opposite."""
    found: dict[str, Side] = {}
    for line, entry in enumerate(_entries("antonyms")):
        left, _, right = entry.partition(" | ")
        for text, is_right in ((left, False), (right, True)):
            found.update((stem(word), Side(line, is_right)) for word in text.split())
    return found


@cache
def negations() -> frozenset[str]:
    """Words that turn a statement into its denial."""
    return frozenset(_entries("negations"))


@cache
def stops() -> frozenset[str]:
    """Words that say nothing of what a statement is about."""
    return frozenset(_entries("stops"))


@cache
def number_words() -> dict[str, int]:
    """Numbers in words."""
    return {word: int(number) for word, number in map(str.split, _entries("numbers"))}


@cache
def months() -> dict[str, int]:
    """The names of the months, with their numbers."""
    return {name: number for number, name in enumerate(_entries("months"), 1)}


def _entries(name: str) -> list[str]:
    text = files(__package__).joinpath("words", f"{name}.txt").read_text("utf-8")
    return [line for line in text.splitlines() if line]

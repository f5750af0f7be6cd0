"""Words that a printed page breaks at the ends of its lines."""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet

_LETTERS = r"[^\W\d_]++"
_WORD = re.compile(rf"{_LETTERS}(?:[-\u2010]{_LETTERS})*")
_BROKEN = re.compile(
    rf"(?<![^\W\d_])(?<![-\u2010])(?P<first>{_WORD.pattern})(?P<hyphen>[-\u2010\u00ad])[ \t]*\n"
    rf"(?P<second>{_WORD.pattern})(?P<after>\S*)[ \t]*"
)


def words_of(text: str) -> set[str]:
    """The words of a text that stand within one line, folded; a compound is one word."""
    return {_folded(found.group()) for found in _WORD.finditer(text)}


def mended(text: str, known: AbstractSet[str]) -> str:
    """The text with its broken words whole again, on the line where they begin.

    Only the document itself can tell whether a hyphen at the end of a line belongs to the word: it
    is one of the ``known`` words with it or without it. A word that is neither stays as it stands,
    unless the hyphen is a soft one, which no word has.
    """

    def whole(found: re.Match[str]) -> str:
        first, second = found["first"], found["second"]
        if found["hyphen"] == "\u00ad":
            return f"{first}{second}{found['after']}\n"
        for word in (first + second, f"{first}-{second}"):
            if _folded(word) in known:
                return f"{word}{found['after']}\n"
        return found.group()

    return _BROKEN.sub(whole, text)


def _folded(word: str) -> str:
    return word.replace("\u2010", "-").casefold()

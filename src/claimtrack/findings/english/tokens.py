"""The words and figures of a text, in order, with what matters of how they are written."""

from __future__ import annotations

import re
from dataclasses import dataclass
from unicodedata import normalize

from claimtrack.values.names import fold


@dataclass(frozen=True, slots=True)
class Token:
    """A word or a number: its folded text; whether it is capitalised, and hangs on the one before.

    ``Birlestik-2024`` are two tokens, the second of which hangs on the first. ``mark`` is the
    punctuation between it and the one before.
    """

    text: str
    capital: bool = False
    hangs: bool = False
    mark: str = ""

    @property
    def is_figure(self) -> bool:
        """Whether it is a number in digits, and nothing else; a very long one counts as a word."""
        return len(self.text) <= _LONGEST and _FIGURE.fullmatch(self.text) is not None


_LONGEST = 40
_FIGURE = re.compile(r"[0-9][0-9,]*(?:\.[0-9]+)?", re.ASCII)
_TOKEN = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]+\.[0-9]+(?![^\W_])|[^\W_]+")
_HANGS = re.compile(r"[^\W_][-‐‑–+/.]$")
_SPELT_OUT = (
    (re.compile(r"['’]s\b"), ""),
    (re.compile(r"\b(?:can['’]t|cannot)\b"), "can not"),
    (re.compile(r"\bwon['’]t\b"), "will not"),
    (re.compile(r"n['’]t\b"), " not"),
    (re.compile(r"\b([Dd]e|[Uu]n)-(?=[a-z])"), r"\1"),
    (re.compile(r"\b[Nn]on-(?=[A-Za-z])"), "not "),
    (re.compile(r"(?<=[a-z])['’](?=[a-z])"), ""),
    (re.compile("%"), " percent "),
)


def tokens(text: str) -> list[Token]:
    """The text's tokens; ``isn't`` is two of them, and a possessive ending none."""
    text = normalize("NFKC", text)
    for pattern, instead in _SPELT_OUT:
        text = pattern.sub(instead, text)
    matches = list(_TOKEN.finditer(text))
    ends = [0, *(match.end() for match in matches)]
    return [
        Token(
            match.group().lower() if match.group().isascii() else fold(match.group()),
            match.group()[0].isupper(),
            _HANGS.search(text, max(match.start() - 2, 0), match.start()) is not None,
            text[end : match.start()].strip(),
        )
        for end, match in zip(ends, matches, strict=False)
    ]

"""The words and figures of a text, in order, with what matters of how they are written."""

from __future__ import annotations

import re
from functools import lru_cache
from unicodedata import normalize

from claimtrack.frozen import frozen
from claimtrack.values.names import fold


@frozen
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
        text = self.text
        if not "0" <= text[:1] <= "9":
            return False
        return len(text) <= _LONGEST and _FIGURE.fullmatch(text) is not None


_LONGEST = 40
_FIGURE = re.compile(r"[0-9][0-9,]*(?:\.[0-9]+)?", re.ASCII)
_TOKEN = re.compile(
    r"([^\W\d_][^\W_]*|[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]+\.[0-9]+(?![^\W_])|[^\W_]+)"
)
"""The first kind is one of the last, which is all that most are."""
_HANGS = frozenset("-‐‑–+/.")
_POINTED = re.compile(r"[0-9][.,][0-9]")
_BETWEEN_WORDS = "“”‘–—…"
_WORDS_ALONE = bytes(ord(sign) if sign.isalnum() else ord(" ") for sign in map(chr, range(256)))
"""Latin-1 with blanks for all that is part of no word."""
_NO_LETTERS = bytes(code for code in range(128) if not chr(code).isalpha())
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
    before, *parts = _TOKEN.split(_spelt_out(text))
    gaps = [f" {before}", *parts[1::2]]  # what the first hangs on is no word
    return [
        _plain(word) if gap == " " else _token(word, gap)
        for word, gap in zip(parts[::2], gaps, strict=False)  # no word follows the last gap
    ]


def folded_words(text: str) -> list[str]:
    """The folded texts of the tokens, for whoever needs no more: they cost a fifth."""
    spelt = _spelt_out(text if text.isascii() else _plainly(text))
    folded = spelt.casefold()
    try:
        western = folded.encode("latin-1")
    except UnicodeEncodeError:  # folding may part or join what stands side by side
        return [_folded(word) for word in _TOKEN.findall(spelt)]
    if _POINTED.search(folded):
        found: list[str] = _TOKEN.findall(folded)
        return found
    return western.translate(_WORDS_ALONE).decode("latin-1").split()


def is_latin(text: str) -> bool:
    """Whether most letters of a text, and at least one, are Latin."""
    if text.isascii():
        return text.lower() != text.upper()
    plain = text.encode("ascii", "ignore")
    # Letters in ASCII, against all that is not: where these are fewer, nothing has to be counted.
    if len(plain.translate(None, _NO_LETTERS)) > len(text) - len(plain):
        return True
    letters = [sign for sign in text if sign.isalpha()]
    return 2 * sum(sign < "\u0250" for sign in letters) > len(letters)


def _plainly(text: str) -> str:
    """The text with signs that printers set in place of others, or between words, made plain."""
    for sign in _BETWEEN_WORDS:
        text = text.replace(sign, " ")
    return text.replace("’", "'")


def _spelt_out(text: str) -> str:
    if not text.isascii():
        text = normalize("NFKC", text)
    if "'" in text or "’" in text or "-" in text or "%" in text or "cannot" in text:
        for pattern, instead in _SPELT_OUT:
            text = pattern.sub(instead, text)
    return text


@lru_cache(maxsize=10_000)  # a few thousand words are most of any text
def _plain(word: str) -> Token:
    """A word after a blank."""
    return Token(_folded(word), word[0].isupper())


@lru_cache(maxsize=1_000)
def _token(word: str, gap: str) -> Token:
    """A word, after what is no word between it and the one before."""
    return Token(_folded(word), word[0].isupper(), gap in _HANGS, gap.strip())


def _folded(word: str) -> str:
    return word.lower() if word.isascii() else fold(word)

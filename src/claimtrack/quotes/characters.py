"""Letters, marks, white space, and the normal form in which quote and source are compared.

A text is a row of tokens: a run of letters, digits and marks is one, so is a run of white space,
and every other character with the marks on it. A character of a script that is written without
spaces is a token of its own. No match begins or ends inside a token.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

# Han, kana, Thai, Lao, Khmer, Myanmar, with their punctuation where it lies between them.
SPACELESS = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u19e0-\u19ff\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029"
    "\u3031-\u3035\u3038-\u303b\u3041-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\ua9e0-\ua9ff"
    "\uaa60-\uaa7f\uf900-\ufaff\uff66-\uff9f\U0001aff0-\U0001b16f\U00020000-\U0003ffff"
)
"""The inside of a character class for ``re``."""

_QUOTATION_MARKS = (
    "\"'`´‘’‚‛“”„‟«»‹›′″‴‵‶ʹʺʻʼʽˮ՚׳״「」『』〝〞〟❛❜❝❞❮❯\u2e42\ua78c\U0001f676\U0001f677\U0001f678"
)
_DASHES = (
    "-\u02d7\u058a\u05be\u1400\u1806\u2010\u2011\u2012\u2013\u2014\u2015\u2043\u207b\u208b\u2212"
    "\u2796\u2e17\u2e1a\u2e3a\u2e3b\u2e40\u301c\u3030\ufe31\ufe32\ufe58\ufe63\uff0d"
)
_UNIFIED = str.maketrans(dict.fromkeys(_QUOTATION_MARKS, "'") | dict.fromkeys(_DASHES, "-"))


def normal(text: str) -> str:
    """Text after NFKC, with one quotation mark, one dash, and single spaces; case is kept."""
    if text.isascii():
        return " ".join(text.translate(_UNIFIED).split())
    # Before NFKC as well: it takes an acute accent or a double prime apart.
    compatible = unicodedata.normalize("NFKC", text.translate(_UNIFIED))
    return " ".join(compatible.translate(_UNIFIED).split())


def folded(text: str) -> str:
    """The normal form without regard to case."""
    lower = normal(text).casefold()
    return lower if lower.isascii() else unicodedata.normalize("NFKC", lower)


def is_mark(character: str) -> bool:
    """Whether a character, or what it begins with when it is taken apart, is a combining mark."""
    first = unicodedata.normalize("NFKD", character)[0]
    return unicodedata.category(first)[0] == "M"


def is_letter(character: str) -> bool:
    """Whether it is a letter, digit or mark."""
    return unicodedata.category(character)[0] in "LMN"


def is_punctuation(character: str) -> bool:
    """Whether it is punctuation, in Unicode's sense of the word."""
    return unicodedata.category(character)[0] == "P"


def marks_of(text: str) -> str:
    """The distinct combining marks in a text, in order."""
    if text.isascii():
        return ""
    return "".join(sorted(each for each in set(text) if each > "\x7f" and is_mark(each)))


def symbols_of(text: str) -> str:
    """The distinct signs in a text that are letters in normal form only (``№``), in order."""
    if text.isascii():
        return ""
    return "".join(sorted(each for each in set(text) if each > "\x7f" and _is_symbol(each)))


def _is_symbol(character: str) -> bool:
    return not is_letter(character) and any(map(is_letter, normal(character)))


@cache
def token_pattern(marks: str, symbols: str = "") -> re.Pattern[str]:
    """A pattern that cuts a text with no other marks than these into its tokens.

    ``symbols`` are taken for letters.
    """
    letter = rf"[^\W_{SPACELESS}]"
    if symbols:
        letter = rf"(?:{letter}|[{re.escape(symbols)}])"
    if not marks:
        return re.compile(rf"{letter}++|\s++|.", re.DOTALL)
    return re.compile(rf"(?:{letter}++|[{marks}]++)++|\s++|.[{marks}]*+", re.DOTALL)


def normal_tokens(text: str) -> list[str]:
    """The tokens of a text in normal form, without white space at its ends."""
    plain = normal(text)
    return token_pattern(marks_of(plain)).findall(plain)


def written_tokens(text: str) -> list[str]:
    """The normal forms of a text's tokens: ``№5`` is two of them, and ``No5`` is one."""
    within = text.strip()
    tokens = token_pattern(marks_of(within)).findall(within)
    return [part for token in tokens for part in normal_parts(token)]


def normal_parts(token: str) -> list[str]:
    """A token in normal form, which may be several."""
    parts = [" "] if token.isspace() else [p for p in normal_tokens(token) if p != " "]
    return parts or [token]


READINGS = (normal_tokens, written_tokens)
"""How a quote is cut into tokens: a source may have it as written, or as it is in normal form."""

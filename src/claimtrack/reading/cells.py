r"""Texts in the cells of a table, so that no spreadsheet obeys one, and back without a loss.

What is hidden or obeyed by a terminal is written as an escape (``\u200b``). A text that a
spreadsheet would take for a formula gets an apostrophe before it, which is taken off again (OWASP,
"CSV Injection"). A list is one cell, its items parted by semicolons.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from claimtrack.values.signs import UNSAFE, escaped

_SIGNS = "(?!\n)" + UNSAFE
_HIDDEN = re.compile(rf"(?<!\\)(\\*)({_SIGNS})")
_SPELT = re.compile(r"(?<!\\)(\\+)(u(?!d[89a-f])[0-9a-f]{4}|U000e00[0-7][0-9a-f])")
_HIDDEN_SIGN = re.compile(_SIGNS)
_FORMULA = re.compile(r"'*\s*[=+\-@＝＋－＠]")
_NUMBER = re.compile(r"[-+]?[0-9]+(?:\.[0-9]+)?", re.ASCII)


def cell_of(text: str) -> str:
    """The text as a cell of its own."""
    cell = _HIDDEN.sub(_spell, _SPELT.sub(_double, text))
    if _FORMULA.match(cell) and not _NUMBER.fullmatch(cell):
        return f"'{cell}"
    return cell


def text_of_cell(cell: str) -> str:
    """The text that a cell holds."""
    if cell.startswith("'") and _FORMULA.match(cell, 1):
        cell = cell[1:]
    return _SPELT.sub(_read, cell)


# As in many shells, backslashes count only where they stand before an escape: two for one.


def _double(found: re.Match[str]) -> str:
    slashes, sign = found.groups()
    return slashes * (2 if _is_hidden(sign) else 1) + sign


def _spell(found: re.Match[str]) -> str:
    slashes, sign = found.groups()
    return slashes * 2 + _HIDDEN_SIGN.sub(escaped, sign)


def _read(found: re.Match[str]) -> str:
    slashes, sign = found.groups()
    if not _is_hidden(sign):
        return found.group()
    half, is_escape = divmod(len(slashes), 2)
    return "\\" * half + (chr(int(sign[1:], 16)) if is_escape else sign)


def _is_hidden(sign: str) -> bool:
    return _HIDDEN_SIGN.fullmatch(chr(int(sign[1:], 16))) is not None


# ------------------------------------------------------------------------------------------ lists

_PART = re.compile(r"(?:\\[\\;\s]|[^;])+")
_ESCAPE = re.compile(r"\\([\\;\s])")


def list_text(items: Iterable[str]) -> str:
    """Texts as one: parted by semicolons; ``;`` alone for none.

    A backslash goes before each semicolon and backslash of a text, and before white space at its
    ends.
    """
    return "; ".join(map(_escape_item, items)) or ";"


def _escape_item(item: str) -> str:
    text = re.sub(r"[\\;]", r"\\\g<0>", item)
    return re.sub(r"\A\s|\s\Z", r"\\\g<0>", text)


def items_of(text: str) -> list[str]:
    """The texts that ``list_text`` joined, or that a person did; nothing between two is no text."""
    found = (_ESCAPE.sub(r"\1", _trimmed(part)) for part in _PART.findall(text))
    return [item for item in found if item]


def _trimmed(part: str) -> str:
    """Without the white space at its ends that no backslash keeps."""
    text = part.strip()
    slashes = len(text) - len(text.rstrip("\\"))
    if slashes % 2 and not part.endswith(text):
        return text + part[part.index(text) + len(text)]
    return text

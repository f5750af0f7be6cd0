"""Making text from a register safe to print: shown as it is, never obeyed."""

from __future__ import annotations

import re

from claimtrack.values.signs import BIDI, UNSAFE, escaped

_UNSAFE_IN_JSON = f"[\x7f-\x9f\ud800-\udfff\u2028\u2029{BIDI}]"


def visible(text: str) -> str:
    """One line of text: line ends and tabs as spaces, whatever a terminal obeys as an escape."""
    # Nothing that is unsafe is printable, and most texts are: they need no pattern compiled.
    return text if text.isprintable() else _safe(re.sub(r"\s+", _on_one_line, text))


def _safe(line: str) -> str:
    return re.sub(UNSAFE, escaped, line)


def _on_one_line(blanks: re.Match[str]) -> str:
    found = blanks.group()
    return " " if any(sign in found for sign in "\r\n\t") else found


def safe_json(document: str) -> str:
    """The same JSON, with what a terminal or a reader may obey written as escapes."""
    return re.sub(_UNSAFE_IN_JSON, escaped, document)


def safe_cell(text: str) -> str:
    """A cell that no spreadsheet takes for a formula.

    A quotation mark goes before a sign that would begin one (OWASP, "CSV Injection").
    """
    cell = "\n".join(map(_safe, text.split("\n")))
    return f"'{cell}" if text.lstrip().startswith(("=", "+", "-", "@")) else cell


_MARKDOWN = r"([\\`*_{}\[\]<>()#|~&!])"


def safe_markdown(text: str) -> str:
    """Text of one line that Markdown shows as it is, in a table as elsewhere."""
    return re.sub(_MARKDOWN, r"\\\1", visible(text))

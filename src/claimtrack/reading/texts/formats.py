"""Which format a file is in: its content says, or else the end of its name."""

from __future__ import annotations

import re
from pathlib import PurePath

from claimtrack.reading.texts.held import Format

_HEAD = 1024
"""How many bytes at the start are looked at."""
# A page may begin with comments and an XML declaration; what comes first after them decides.
_HTML = re.compile(
    rb"\s*(?>(?:<\?xml[^>]*>|<!--.*?-->)\s*)*+<(?:!doctype\s+html|html|head|meta|body|title)\b",
    re.IGNORECASE | re.DOTALL,
)
_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_SUFFIXES: dict[str, Format] = {
    ".pdf": "PDF",
    ".html": "HTML",
    ".htm": "HTML",
    ".xhtml": "HTML",
    ".md": "Markdown",
    ".markdown": "Markdown",
}


def format_of(data: bytes, name: str) -> Format:
    """The format of a file's bytes; its name counts only where they do not tell."""
    head = data[:_HEAD]
    for mark in _MARKS:
        head = head.removeprefix(mark)
    if head.lstrip().startswith(b"%PDF-"):
        return "PDF"
    suffix = PurePath(name).suffix.lower()
    # The NULs are those of UTF-16. A Markdown file may begin with HTML and is none.
    if _HTML.match(head.replace(b"\0", b"")) and _SUFFIXES.get(suffix) != "Markdown":
        return "HTML"
    return _SUFFIXES.get(suffix, "plain text")

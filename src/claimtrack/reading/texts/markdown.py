"""Markdown as its reader sees it, each line on its own line of the file (CommonMark, tables).

Only the process of its own imports this.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.token import Token

from claimtrack.reading.texts.frontmatter import FrontMatter, front_matter
from claimtrack.reading.texts.held import Facts, PagedText
from claimtrack.reading.texts.said import (
    first_address,
    first_date,
    first_language,
    first_line,
    listed,
)

_LINE = re.compile(r"([^\n]*?)(\r?\n|\Z)")
_LIST_MARK = re.compile(r"(?:[-+*]|[0-9]{1,9}[.)])[ \t]+")


def markdown_text(data: bytes) -> PagedText:
    """A text in UTF-8 without the marks that a reader does not see, line for line.

    Marks of emphasis, code, headings and quotations go, and so do the targets of links, HTML within
    a line and what is before the text (front matter). Marks of lists stay. A paragraph of
    which the marks do not tell which line is which stays as it stands, as blocks of code do.
    """
    text = data.decode("utf-8")
    lines = [match.groups() for match in _LINE.finditer(text)]
    matter = front_matter(text)
    shown: dict[int, list[str]] = {}
    written = [line for line, _ in lines]
    for token in _paragraphs(text, matter):
        for number, line in _shown_lines(token, written):
            shown.setdefault(number, []).append(line)
    for number in range(matter.lines if matter else 0):
        shown[number] = [""]
    return PagedText(
        "".join(
            (" | ".join(shown[number]) if number in shown else line) + end
            for number, (line, end) in enumerate(lines)
        )
    )


def markdown_facts(data: bytes) -> Facts:
    """What the front matter says, and the first heading for want of a title there."""
    text = data.decode("utf-8")
    matter = front_matter(text)
    said = matter.said if matter else {}

    def under(*keys: str) -> list[str]:
        return next((said[key] for key in keys if key in said), [])

    return Facts(
        title=first_line(*under("title"), _heading(text, matter)),
        author=listed(under("author", "authors", "by")),
        publisher=listed(under("publisher", "site")),
        published=first_date(*under("published", "date")),
        language=first_language(*under("language", "lang")),
        url=first_address(*under("url", "canonical", "source")),
    )


def _tokens(text: str, matter: FrontMatter | None) -> list[Token]:
    # A return alone would end a line for the library, and does not for a quote's line.
    body = re.sub(r"\r(?!\n)", " ", text)
    if matter is not None:
        body = "\n" * matter.lines + body[matter.end :]
    return MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(body)


def _paragraphs(text: str, matter: FrontMatter | None) -> list[Token]:
    return [token for token in _tokens(text, matter) if token.type == "inline"]


def _heading(text: str, matter: FrontMatter | None) -> str | None:
    """The first heading of the first rank."""
    tokens = _tokens(text, matter)
    for before, token in pairwise(tokens):
        if before.type == "heading_open" and before.tag == "h1":
            return _shown(token.children or ())
    return None


def _shown_lines(token: Token, lines: Sequence[str]) -> list[tuple[int, str]]:
    """The lines of a paragraph, heading or cell as they are seen, by their numbers from 0."""
    first, after = token.map or (0, 0)
    shown = _shown(token.children or ()).split("\n")
    if len(shown) != after - first:
        return []
    written = token.content.split("\n")[0]
    before = lines[first].partition(written)[0] if written else ""
    mark = _LIST_MARK.search(before)
    shown[0] = (mark.group() if mark else "") + shown[0]
    return list(enumerate(shown, first))


def _shown(tokens: Sequence[Token]) -> str:
    """What is seen of marks and text within a paragraph, with a line end for each of its own."""
    seen = []
    for token in tokens:
        if token.type in ("softbreak", "hardbreak"):
            seen.append("\n")
        elif token.type == "image":
            seen.append(_shown(token.children or ()))
        elif token.type == "html_inline":
            seen.append("\n" * token.content.count("\n"))
        else:  # text and code; marks that open and close have no content
            seen.append(token.content.replace("\n", " "))
    return "".join(seen)

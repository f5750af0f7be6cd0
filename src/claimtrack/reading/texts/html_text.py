"""The main text of an HTML page. Only the process of its own imports this."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from lxml import etree, html
from trafilatura import bare_extraction

from claimtrack.reading.texts.held import PagedText, TextCannotBeHad
from claimtrack.reading.texts.html_tree import page_tree

_WORDS = ("time", "label", "output", "code", "q")
"""Elements that stand within a sentence, and that the extractor would take out of it."""
_BLOCKS = frozenset({"head", "p", "item", "row", "quote", "list", "table", "code", "body"})
_SPACE = re.compile(r"\s+")


def page_text(data: bytes) -> PagedText:
    """The main text of a page in UTF-8, its blocks a blank line apart.

    The page's headline is in it wherever the page has it, and so are tables, a line for each row;
    comments of readers are not. Raises TextCannotBeHad.
    """
    tree = page_tree(data)
    for element in list(tree.iter(*_WORDS)):
        if not any(each.tag == "pre" for each in element.iterancestors()):
            element.tag = "span"
    headline = _headline(tree)
    found = bare_extraction(
        tree,
        favor_recall=True,
        include_comments=False,
        include_tables=True,
        with_metadata=False,
    )
    body = getattr(found, "body", None)
    blocks = [] if body is None else list(_blocks(body))
    if not blocks:
        raise TextCannotBeHad(
            "it is HTML without any text of its own; a page that a script fills has to be saved as "
            "the browser shows it"
        )
    if headline and not any(headline in block for block in blocks):
        blocks.insert(0, headline)
    return PagedText("\n\n".join(blocks))


def _headline(tree: html.HtmlElement) -> str:
    found = tree.find(".//h1")
    return "" if found is None else _SPACE.sub(" ", found.text_content()).strip()


def _blocks(body: etree._Element) -> Iterator[str]:
    """The text of each paragraph, heading, list item and row; ``lb`` ends a line within one."""
    lines: list[list[str]] = [[]]
    for event, element in etree.iterwalk(body, events=("start", "end")):
        if element.tag in _BLOCKS:
            yield from _block(lines)
            lines = [[]]
        if event == "start":
            if element.tag == "lb":
                lines.append([])
            lines[-1].append(element.text or "")
        else:
            lines[-1].append((" | " if element.tag == "cell" else "") + (element.tail or ""))
    yield from _block(lines)


def _block(lines: Iterable[Iterable[str]]) -> Iterator[str]:
    told = (_SPACE.sub(" ", "".join(pieces)).strip(" |") for pieces in lines)
    text = "\n".join(filter(None, told))
    if text:
        yield text

"""The main text of an HTML page. Only the process of its own imports this."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree, html
from trafilatura import bare_extraction

from claimtrack.reading.texts.held import PagedText, TextCannotBeHad

_BLOCKS = frozenset({"head", "p", "item", "row", "quote", "list", "table", "code", "body"})
# Written out or as references, the library takes no text that holds them.
_CONTROL = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]|"
    "&#(?:x0*(?:1?[0-9a-f]|7f)|0*(?:[12]?[0-9]|3[01]|127))(?![0-9a-f]);?",
    re.IGNORECASE,
)
_SPACE = re.compile(r"\s+")


def page_tree(data: bytes) -> html.HtmlElement:
    """The tree of a page in UTF-8. Raises TextCannotBeHad where there is none."""
    parser = html.HTMLParser(
        encoding="utf-8", huge_tree=True, no_network=True, remove_comments=True, remove_pis=True
    )
    readable = _CONTROL.sub(" ", data.decode("utf-8")).encode("utf-8")
    try:
        tree = html.document_fromstring(readable, parser=parser)
    except (etree.LxmlError, ValueError) as error:
        raise TextCannotBeHad("it is HTML without any text") from error
    # Beyond its limits the parser gives what it has, and a quote from the rest would be missing.
    if any(error.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT for error in parser.error_log):
        raise TextCannotBeHad(
            "its elements are nested too deep to be read; save its text as plain text, and hold "
            "that as the source"
        )
    return tree


def page_text(data: bytes) -> PagedText:
    """The main text of a page in UTF-8, its blocks a blank line apart.

    The page's headline is in it wherever the page has it, and so are tables, a line for each row;
    comments of readers are not. Raises TextCannotBeHad.
    """
    tree = page_tree(data)
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
    lines = [""]
    for event, element in etree.iterwalk(body, events=("start", "end")):
        if element.tag in _BLOCKS:
            yield from _block(lines)
            lines = [""]
        if event == "start":
            if element.tag == "lb":
                lines.append("")
            lines[-1] += element.text or ""
        else:
            lines[-1] += (" | " if element.tag == "cell" else "") + (element.tail or "")
    yield from _block(lines)


def _block(lines: list[str]) -> Iterator[str]:
    text = "\n".join(filter(None, (_SPACE.sub(" ", line).strip(" |") for line in lines)))
    if text:
        yield text

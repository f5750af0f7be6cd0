"""An HTML page as a tree of elements. Only the process of its own imports this."""

from __future__ import annotations

import re

from lxml import etree, html

from claimtrack.reading.texts.held import TextCannotBeHad

# Written out or as references, the library takes no text that holds them.
_CONTROL = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]|"
    "&#(?:x0*(?:1?[0-9a-f]|7f)|0*(?:[12]?[0-9]|3[01]|127))(?![0-9a-f]);?",
    re.IGNORECASE,
)


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

"""What an HTML page says about itself. Only the process of its own imports this.

Trafilatura's own reading is not used for it: that takes a date from an image's address or a line of
small print where the page gives none, and a register must hold nothing that was guessed.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from lxml import html

from claimtrack.frozen import field, frozen
from claimtrack.reading.texts.held import Facts
from claimtrack.reading.texts.html_tree import page_tree
from claimtrack.reading.texts.said import (
    first_address,
    first_date,
    first_language,
    first_line,
    listed,
)

_ARTICLES = ("Article", "Posting", "Report")
"""How schema.org's types of one text end: NewsArticle, BlogPosting …"""


def page_facts(data: bytes) -> Facts:
    """What a page in UTF-8 says in its head, its ``meta`` elements and its JSON-LD."""
    tree = page_tree(data)
    said, article = _meta(tree), _article(tree)
    return Facts(
        title=first_line(
            said.first("og:title", "citation_title", "dc.title", "dcterms.title"),
            _text(article.get("headline")),
            tree.findtext(".//title"),
        ),
        author=listed(
            _names(article.get("author"))
            or [name for name in said.all("author", "citation_author", "dc.creator") if name]
        ),
        publisher=first_line(
            said.first("og:site_name", "dc.publisher", "dcterms.publisher"),
            *_names(article.get("publisher")),
        ),
        published=first_date(
            said.first("article:published_time"),
            _text(article.get("datePublished")),
            *said.all(
                "datepublished",
                "citation_publication_date",
                "dcterms.issued",
                "dc.date.issued",
                "dc.date",
                "parsely-pub-date",
                "date",
            ),
        ),
        language=first_language(
            tree.get("lang"),
            tree.get("xml:lang"),
            _text(article.get("inLanguage")),
            *said.all("content-language", "og:locale"),
        ),
        url=first_address(
            *(link.get("href") for link in tree.iterfind(".//link[@rel='canonical']")),
            said.first("og:url"),
            _text(article.get("url")),
        ),
    )


@frozen
class _Said:
    """The contents of a page's ``meta`` elements by their names in lower case."""

    contents: dict[str, list[str]] = field(default_factory=dict)

    def all(self, *names: str) -> list[str]:
        """All contents of the first of the names that has any."""
        return next((self.contents[name] for name in names if name in self.contents), [])

    def first(self, *names: str) -> str | None:
        """The first content of the first of the names that has any."""
        return next(iter(self.all(*names)), None)


def _meta(tree: html.HtmlElement) -> _Said:
    said = _Said()
    for element in tree.iterfind(".//meta[@content]"):
        for attribute in ("property", "name", "itemprop", "http-equiv"):
            name = (element.get(attribute) or "").strip().lower()
            if name:
                said.contents.setdefault(name, []).append(element.get("content", ""))
    return said


def _article(tree: html.HtmlElement) -> Mapping[str, Any]:
    """The first article that the page's JSON-LD describes; empty if there is none."""
    for script in tree.iterfind(".//script[@type='application/ld+json']"):
        try:
            described = json.loads(script.text or "")
        except (ValueError, RecursionError):
            continue
        for node in _nodes(described):
            if any(kind.endswith(_ARTICLES) for kind in _texts(node.get("@type"))):
                return node
    return {}


def _nodes(described: object) -> Iterator[Mapping[str, Any]]:
    """Objects at the top, in a list there, or in its ``@graph``."""
    tops = described if isinstance(described, list) else [described]
    for top in tops:
        if isinstance(top, dict):
            yield top
            graph = top.get("@graph")
            if isinstance(graph, list):
                yield from (node for node in graph if isinstance(node, dict))


def _names(value: object) -> list[str]:
    """The names of one or more persons or bodies, which may be objects or mere names."""
    each = value if isinstance(value, list) else [value]
    named = (one.get("name") if isinstance(one, dict) else one for one in each)
    return [text for name in named for text in _texts(name)]


def _texts(value: object) -> list[str]:
    each = value if isinstance(value, list) else [value]
    return [text for text in each if isinstance(text, str)]


def _text(value: object) -> str | None:
    return next(iter(_texts(value)), None)

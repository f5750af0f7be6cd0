"""What stands before a Markdown text between lines of three dashes: YAML about the text."""

from __future__ import annotations

import re

from claimtrack.frozen import frozen
from claimtrack.reading.nodes import Mapping, Scalar, Sequence
from claimtrack.reading.yamltext import NotYaml, parse

_MATTER = re.compile(
    r"---[ \t]*\r?\n(?P<yaml>.*?)^(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE
)


@frozen
class FrontMatter:
    """Where it ends, in code points; how many lines it has; the texts under each key of its own."""

    end: int
    lines: int
    said: dict[str, list[str]]


def front_matter(text: str) -> FrontMatter | None:
    """A text's front matter; None where there is none, or what stands so is no mapping."""
    found = _MATTER.match(text)
    if found is None:
        return None
    said = _said(found["yaml"])
    return None if said is None else FrontMatter(found.end(), found.group().count("\n"), said)


def _said(matter: str) -> dict[str, list[str]] | None:
    try:
        node = parse(matter.encode())
    except NotYaml:
        return None
    if not isinstance(node, Mapping):
        return None
    said: dict[str, list[str]] = {}
    for key, value in node.entries:
        values = value.items if isinstance(value, Sequence) else (value,)
        texts = [one.text for one in values if isinstance(one, Scalar) and one.core != "null"]
        if isinstance(key, Scalar) and texts:
            said.setdefault(key.text.lower(), texts)
    return said

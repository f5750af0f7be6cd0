"""What each code means: one Markdown page for each, with a wrong and a right register.

A page is a few paragraphs and fenced blocks. ``yaml wrong`` and ``yaml right`` are the main file of
an example; a third word names a further file. ``escaped`` blocks hold Python escapes for bytes that
a page cannot. The examples are the tests: the wrong one gives exactly its code, the right one
nothing.
"""

from __future__ import annotations

import re
from importlib.resources import files

from claimtrack.frozen import frozen

MAIN = "claims.yaml"


@frozen
class ExampleFile:
    """One file of an example: its name beside the main file, its text as shown, its bytes."""

    name: str
    text: str
    data: bytes


@frozen
class Explanation:
    """A page, taken apart."""

    paragraphs: tuple[str, ...]
    bad: tuple[ExampleFile, ...]
    good: tuple[ExampleFile, ...]


_BLOCK = re.compile(r"^```yaml (wrong|right)((?: \S+)*)\n(.*?)^```\n", re.MULTILINE | re.DOTALL)


def explanation(code: str) -> Explanation:
    """The page of a code, which must be one of the public ones."""
    page = files(__name__).joinpath(f"{code}.md").read_text("utf-8")
    examples: dict[str, list[ExampleFile]] = {"wrong": [], "right": []}
    for kind, words, text in _BLOCK.findall(page):
        examples[kind].append(_example(words.split(), text))
    prose = _BLOCK.sub("", page).strip()
    paragraphs = tuple(" ".join(part.split()) for part in prose.split("\n\n") if part.strip())
    return Explanation(paragraphs, tuple(examples["wrong"]), tuple(examples["right"]))


def _example(words: list[str], text: str) -> ExampleFile:
    names = [word for word in words if word != "escaped"]
    escaped = "escaped" in words
    data = text.encode("latin-1").decode("unicode_escape").encode("latin-1") if escaped else None
    return ExampleFile(names[0] if names else MAIN, text, data or text.encode())

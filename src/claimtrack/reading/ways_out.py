"""What to do about a text that is not YAML, by what its parser complains of."""

from __future__ import annotations

import re

_WAYS_OUT = {
    "found character that cannot start any token": "put the text in quotes, and indent by spaces",
    "mapping values are not allowed": "put text that holds a colon in quotes",
    "did not find expected key": "look at the indentation and the quotes just above",
    "did not find expected '-' indicator": "look at the indentation just above",
    "could not find expected ':'": "every key ends in a colon and a space",
    "found unexpected end of stream": "close the quotes that were opened",
    "did not find expected ',' or ']'": "close the [bracket, or put the text in quotes",
    "did not find expected ',' or '}'": "close the {bracket, or put the text in quotes",
    "expected ',' or ']'": "close the [bracket, or put the text in quotes",
    "expected ',' or '}'": "close the {bracket, or put the text in quotes",
    "found a tab": "indent by spaces",
    "found character '\\t'": "indent by spaces",
    "block sequence entries are not allowed": "begin the list on a line of its own",
    "found unknown escape character": "double the backslash, or use single quotes",
    "did not find expected <document start>": "a register file holds one document",
    "expected '<document start>'": "a register file holds one document",
}


def way_out(problem: str) -> str:
    """What would help, if that is known of the problem as libyaml or PyYAML words it."""
    return next((hint for start, hint in _WAYS_OUT.items() if problem.startswith(start)), "")


LEFT_BY_A_MERGE = (
    "a merge left two versions here; choose one, and remove the lines of '<', '=' and '>' signs"
)
_MARKER = re.compile(r"^<{7,}(?= |\r?$)", re.MULTILINE)


def merge_marker(text: str) -> int | None:
    """Where the first marker of a merge stands that somebody has still to choose in."""
    found = _MARKER.search(text)
    return None if found is None else found.start()

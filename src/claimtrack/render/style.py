"""How words look on a terminal: one style for each thing, and never colour alone."""

from __future__ import annotations

from claimtrack.render.screen import Styled

_STYLES = {
    "hard": "bold red",
    "conflicting": "red",
    "contradiction": "red",
    "agreement": "green",
    "refinement": "green",
    "overruled": "red",
    "error": "bold red",
    "disputed": "yellow",
    "tension": "yellow",
    "stale": "yellow",
    "warning": "yellow",
    "corroborated": "green",
    "reviewed": "green",
    "speculative": "dim",
    "unsupported": "dim",
}


def word(text: str) -> Styled | str:
    """One of the program's own words, in its style if it has one."""
    return Styled(text, _STYLES[text]) if text in _STYLES else text


def strong(text: str) -> Styled:
    """What a line is about: an id, a heading."""
    return Styled(text, "bold")


def quiet(text: str) -> Styled:
    """What goes along with it."""
    return Styled(text, "dim")

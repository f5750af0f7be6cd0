"""Where both sides changed one thing differently: both stand in the file until a person chooses."""

from __future__ import annotations

from collections.abc import Iterable

from claimtrack.frozen import frozen


@frozen
class Choice:
    """The lines of each side, of which one is to be chosen; none where that side has nothing."""

    where: tuple[str, ...]
    """Section, entry, key and so on down to what is to be chosen."""
    ours: str
    base: str
    theirs: str


@frozen
class Labels:
    """How the markers around a choice look: as git writes them."""

    ours: str = "ours"
    base: str = "base"
    theirs: str = "theirs"
    size: int = 7
    shows_base: bool = False
    """Whether the lines of the common ancestor stand between the two, as git's diff3 has them."""


Piece = str | Choice
"""Text as it stands in the result, or a choice between two."""


def marked(pieces: Iterable[Piece], labels: Labels) -> str:
    """The result, with markers around the lines that are to be chosen from."""
    return "".join(p if isinstance(p, str) else _between_markers(p, labels) for p in pieces)


def chosen(pieces: Iterable[Piece], *, ours: bool) -> str:
    """The result as it would be if one side were chosen throughout."""
    return "".join(
        piece if isinstance(piece, str) else piece.ours if ours else piece.theirs
        for piece in pieces
    )


def _between_markers(choice: Choice, labels: Labels) -> str:
    base = f"{_marker('|', labels.base, labels)}{choice.base}" if labels.shows_base else ""
    return (
        f"{_marker('<', labels.ours, labels)}{choice.ours}{base}"
        f"{_marker('=', '', labels)}{choice.theirs}{_marker('>', labels.theirs, labels)}"
    )


def _marker(sign: str, label: str, labels: Labels) -> str:
    return f"{sign * labels.size} {' '.join(label.split())}".rstrip() + "\n"

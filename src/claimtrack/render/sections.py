"""Lists under headings that say how many there are, cut short where they are long."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from claimtrack.render.screen import Screen
from claimtrack.render.style import quiet, strong

Entry = TypeVar("Entry")


def print_section(
    title: str,
    entries: Sequence[Entry],
    print_one: Callable[[Entry], None],
    limit: int,
    screen: Screen,
) -> None:
    """A blank line, the heading with its number, and at most so many entries; nothing if none."""
    if not entries:
        return
    screen.line()
    screen.line(strong(title), quiet(f" {len(entries):,}"))
    for entry in entries[:limit]:
        print_one(entry)
    for more in more_words(entries, limit):
        none = f"none of {len(entries):,} shown"
        screen.line(quiet(f"and {more}" if limit else none), indent=2)


def more_words(entries: Sequence[object], limit: int) -> list[str]:
    """``3 more``, if there are more than are shown."""
    return [f"{len(entries) - limit:,} more"] if len(entries) > limit else []

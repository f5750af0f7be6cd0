"""Telling how far long work has come. Pure: who tells does not know whether anybody looks.

Work that may take more than a second takes a ``Tell`` as its last parameter, ``quiet`` unless one
is given, and calls it as it goes: once before each step that has no parts, and as it comes to the
parts of one that has them. Nobody has to call it for anything to be shown: what was told last
stays on the terminal, however long a step takes.

A call costs a tenth of a microsecond, whether anybody looks or not. Where an item takes more than a
few microseconds each may be told of, as ``counted`` does; where it takes less, every 256th or so::

    for number, claim in enumerate(claims):
        if not number % 256:
            tell("weighing evidence", number, len(claims))

The words stay the same for the whole of a loop, so that they are made before it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from typing import TypeVar

Tell = Callable[[str, int, int], None]
"""What is being done, how much of it is done, and of how much: 0 where that is not known."""

T = TypeVar("T")


def quiet(_doing: str, _done: int, _total: int, /) -> None:
    """Tell nobody."""


def one_of(parts: int, number: int, tell: Tell) -> Tell:
    """For one of several parts of like size, by its number from 0: tells how far they all are."""

    def told(doing: str, done: int, total: int) -> None:
        tell(doing, number * total + done, parts * total)

    return told


def counted(items: Collection[T], doing: str, tell: Tell) -> Iterator[T]:
    """Each of the items, telling before each how many are done."""
    total = len(items)
    for done, item in enumerate(items):
        tell(doing, done, total)
        yield item

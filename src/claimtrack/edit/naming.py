"""Ids made from words."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable

_LONGEST = 48
"""Signs that an id made from a statement may have: it is typed, and stands in narrow columns."""

_SMALL = """
    a about after all also an and any are as at be been before being by can could did do does for
    from had has have he her his if in into is it its may might more most of on or over s she
    should since so some such than that the their them there these they this those to under until
    was we were what when where which while who whose will with would
"""
_SMALL_WORDS = frozenset(_SMALL.split())


def id_from(words: str, taken: Container[str], fallback: str) -> str:
    """An id that tells the words and that nothing has yet.

    Letters of other scripts are written in Latin ones. Words that say little are left out as long
    as others remain, and so are the last ones where it would grow beyond 48 signs; a number at its
    end makes it the only one. Where the words have no letters it is made from ``fallback``.
    """
    return _free("-".join(_fitting(_telling(words))) or fallback, taken)


def is_told_whole(words: str) -> bool:
    """Whether an id made from words has all those that tell something, and there are any."""
    telling = _telling(words)
    return bool(telling) and _fitting(telling) == telling


def _telling(words: str) -> list[str]:
    found = re.findall(r"[a-z0-9]+", _in_latin(words).replace("'", "").replace("’", "").lower())
    return [word for word in found if word not in _SMALL_WORDS] or found


def _in_latin(words: str) -> str:
    if words.isascii():
        return words
    from anyascii import anyascii

    return anyascii(words)


def _fitting(words: Iterable[str]) -> list[str]:
    taken: list[str] = []
    length = -1
    for word in words:
        length += 1 + len(word)
        if taken and length > _LONGEST:
            break
        taken.append(word[:_LONGEST])
    return taken


def _free(wanted: str, taken: Container[str]) -> str:
    """The id itself, or with the number that follows a run of taken ones, found by halving.

    So that thousands of ids that are alike cost little each.
    """
    if wanted not in taken:
        return wanted
    taken_to, free = 1, 2
    while f"{wanted}-{free}" in taken:
        taken_to, free = free, 2 * free
    while free - taken_to > 1:
        middle = (taken_to + free) // 2
        if f"{wanted}-{middle}" in taken:
            taken_to = middle
        else:
            free = middle
    return f"{wanted}-{free}"

"""The answer to a shell that asks for ids: ``claimtrack --complete KINDS WORD [REGISTER]``."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Sequence
from pathlib import Path

from claimtrack.index.ids import kept_ids
from claimtrack.reading.files import find_register
from claimtrack.reading.glance import ids_at_a_glance


def suggest(arguments: Sequence[str]) -> int:
    """Print the ids that a word may become, one a line, and nothing where there are none.

    The kinds are joined by commas; the word and what --register names are as they were typed, with
    quotes and all. Whatever goes wrong, somebody is in the middle of a command: it is no time to
    say so.
    """
    try:
        found = _fitting(*arguments)
    except Exception:
        return 0
    sys.stdout.buffer.write("".join(f"{each}\n" for each in found).encode())
    return 0


def _fitting(kinds: str, word: str, register: str = "") -> list[str]:
    """Ids that begin with the word, or if there are none, those that hold it."""
    named = Path(unquoted(register)) if register else None
    main = find_register(named, os.environ, Path.cwd())
    asked, sought = kinds.split(","), unquoted(word)
    ids = kept_ids(main, asked)
    if ids is None:
        ids = ids_at_a_glance(main, asked)
    return [each for each in ids if each.startswith(sought)] or [
        each for each in ids if sought in each
    ]


_PIECE = re.compile(
    r"'(?P<single>[^']*)'?|\"(?P<double>(?:[^\"\\]|\\.)*)\"?|\\(?P<escaped>.?)"
    r"|(?P<plain>[^'\"\\]+)",
    re.DOTALL,
)
_IN_DOUBLE = re.compile(r"\\(?P<escaped>[$`\"\\])|(?P<plain>\\|[^\\]+)")


def unquoted(typed: str) -> str:
    """A word as the shell will pass it on, as far as that is to be had without running anything.

    Quotes may still be open. ``~`` and variables are put in; what would run a command stays as it
    is, and so names no file.
    """
    home = re.match(r"~[^/'\"\\]*", typed)
    begin = os.path.expanduser(home.group()) if home else ""  # noqa: PTH111 - a piece of a path
    return begin + "".join(map(_piece, _PIECE.finditer(typed, home.end() if home else 0)))


def _piece(found: re.Match[str]) -> str:
    kind = found.lastgroup or "escaped"
    if kind == "double":
        return "".join(map(_piece, _IN_DOUBLE.finditer(found[kind])))
    return os.path.expandvars(found[kind]) if kind == "plain" else found[kind]

"""The word lists that overstatements are told by: those of the program, as a user changes them."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from claimtrack.diagnostic import ClaimtrackError, did_you_mean
from claimtrack.findings.overstatement.words import (
    LISTS,
    Words,
    built_in,
    entries,
    make_words,
    misshapen,
)

FOLDER = "words"
"""The name of the folder beside a register's main file."""


class WordsUnreadable(ClaimtrackError):
    """A word list that cannot be taken as one."""

    def __init__(self, path: Path, why: str) -> None:
        super().__init__(f"the word list {path} {why}")


def read_words(folder: Path | None) -> Words:
    """The lists of the program; files of their names in ``folder`` add entries, or take some out.

    An entry a line; ``-entry`` takes one out, lines that begin with # are passed over. Raises
    WordsUnreadable.
    """
    files = _files(folder)
    if not files:
        return _built_in_words()
    lists = {name: list(built_in(name)) for name in LISTS}
    for path in files:
        _change(lists[path.stem], path)
    return make_words(lists)


@cache
def _built_in_words() -> Words:
    """The lists of the program as they are."""
    return make_words({name: built_in(name) for name in LISTS})


def _files(folder: Path | None) -> list[Path]:
    if folder is None or not folder.is_dir():
        return []
    try:
        found = sorted(path for path in folder.iterdir() if path.suffix == ".txt")
    except OSError as error:
        raise WordsUnreadable(folder, f"cannot be read: {error.strerror}") from error
    for path in found:
        if path.stem not in LISTS:
            near = did_you_mean(path.stem, LISTS)
            raise WordsUnreadable(path, f"is none that the program knows{near}: {', '.join(LISTS)}")
    return found


def _change(entries_of_list: list[str], path: Path) -> None:
    try:
        text = path.read_text("utf-8-sig")
    except OSError as error:
        raise WordsUnreadable(path, f"cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise WordsUnreadable(path, "is not UTF-8") from error
    for entry in entries(text):
        taken_out = entry.removeprefix("-").strip()
        if wanted := misshapen(path.stem, taken_out):
            raise WordsUnreadable(path, f"has '{entry}', which is not {wanted}")
        if taken_out == entry:
            entries_of_list.append(entry)
        elif taken_out in entries_of_list:
            entries_of_list.remove(taken_out)
        else:
            near = did_you_mean(taken_out, entries_of_list)
            raise WordsUnreadable(path, f"takes out '{taken_out}', which is no entry{near}")

"""Diagnostics in words, as a compiler gives them: place, weight, code, sentence, and the line."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from claimtrack.diagnostic import Diagnostic, Place, Severity
from claimtrack.render.documents import Json
from claimtrack.render.screen import Screen, Styled
from claimtrack.render.style import quiet, strong, word
from claimtrack.render.words import count

if TYPE_CHECKING:
    from claimtrack.reading.silencing import Silenced


class Lines:
    """The lines of the register's files, read when a diagnostic shows one.

    ``instead`` are the bytes that some files are to have, by their names.
    """

    def __init__(self, folder: Path, instead: Mapping[str, bytes] | None = None) -> None:
        self._folder = folder
        self._files = {
            name: _split(data.decode("utf-8-sig", "replace"))
            for name, data in (instead or {}).items()
        }

    def shown_path(self, file: str) -> str:
        """A file's path as seen from the current folder."""
        path = self._folder / file
        try:
            return os.path.relpath(path)
        except ValueError:  # another drive
            return str(path)

    def line(self, place: Place) -> str | None:
        """The line of a place, if its file can (still) be read."""
        if place.file not in self._files:
            try:
                text = (self._folder / place.file).read_text("utf-8-sig", "replace")
            except OSError:
                text = ""
            self._files[place.file] = _split(text)
        lines = self._files[place.file]
        return lines[place.line - 1] if place.line <= len(lines) else None


def _split(text: str) -> list[str]:
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def print_diagnostics(diagnostics: Sequence[Diagnostic], lines: Lines, screen: Screen) -> None:
    """Each diagnostic on a line that editors can jump from; on a terminal with the line itself."""
    for each in diagnostics:
        where = _where(each.place, lines)
        told = [strong(f"{where}: "), word(each.severity), f" {each.code}: ", each.message]
        screen.line(*told)
        if screen.width is not None:
            _print_excerpt(each.place, lines, screen)
        for related in each.related[:5]:
            screen.line(quiet(f"{_where(related.place, lines)}: note: "), related.message, indent=2)
        if len(each.related) > 5:
            screen.line(quiet(f"and {len(each.related) - 5} places more"), indent=2)


def print_silenced(silenced: Sequence[Silenced], lines: Lines, screen: Screen) -> None:
    """Each silenced warning on a line, and under it the reason and the comment that gives it."""
    for each in silenced:
        told, comment = each.diagnostic, each.comment
        screen.line(
            strong(f"{_where(told.place, lines)}: "), f"silenced {told.code}: ", told.message
        )
        screen.line(quiet(f"{_where(comment.place, lines)}: because "), comment.reason, indent=2)


def _where(place: Place, lines: Lines) -> str:
    return f"{lines.shown_path(place.file)}:{place.line}:{place.column}"


def _print_excerpt(place: Place, lines: Lines, screen: Screen) -> None:
    line = lines.line(place)
    if line is None or not line.strip() or screen.width is None:
        return
    start = max(0, place.column - 1 - max(screen.width - 30, 10))
    excerpt = line[start : start + screen.width - 8].replace("\t", " ")
    screen.line(quiet("| "), excerpt, indent=2)
    screen.line(quiet("| "), " " * (place.column - 1 - start), Styled("^", "bold"), indent=2)


def summary_words(summary: Json, ignored: int, silenced: int, quotes: str) -> str:
    """``2 errors, 1 warning; 3 quotes: 2 exact, 1 unchecked``; ``quotes`` are their totals."""
    errors, warnings = summary["errors"], summary["warnings"]
    words = f"{count(errors, 'error')}, {count(warnings, 'warning')}"
    if not errors and not warnings:
        words = "no errors, no warnings"
    if ignored:
        words += f"; {ignored:,} not looked at, as asked"
    if silenced:
        words += f"; {count(silenced, 'warning')} silenced, with reasons"
    return f"{words}; {quotes}"


def has_errors(diagnostics: Sequence[Diagnostic]) -> bool:
    """Whether any weighs as an error."""
    return any(diagnostic.severity is Severity.ERROR for diagnostic in diagnostics)

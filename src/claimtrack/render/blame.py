"""Who wrote each line of a claim's entry, in words."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from claimtrack.reading.blame import BlamedLine
from claimtrack.render.documents import Json
from claimtrack.render.screen import Part, Screen
from claimtrack.render.style import quiet, strong


def print_blame(claim: str, file: str, lines: Sequence[BlamedLine], screen: Screen) -> None:
    """The lines in their order, under a heading wherever another commit wrote what follows."""
    screen.line(strong(claim), quiet(f"  {file}:{lines[0].number}"))
    width = len(str(lines[-1].number))
    for _, run in groupby(lines, key=lambda line: line.commit and line.commit.id):
        written = list(run)
        screen.line()
        screen.line(*_heading(written[0]))
        for line in written:
            screen.line(quiet(f"{line.number:>{width}}"), f"  {line.text}", indent=2)


def _heading(line: BlamedLine) -> list[Part]:
    commit = line.commit
    if commit is None:
        return [strong("not committed")]
    older = " or before, in a commit that was not fetched" if line.is_cut else ""
    told = f"  {commit.day}{older}  {commit.author}  {commit.subject}"
    return [strong(commit.short), quiet(told)]


def blame_document(claim: str, file: str, lines: Sequence[BlamedLine]) -> Json:
    """The keys of ``blame --format json``."""
    return {"claim": claim, "file": file, "lines": [_line_row(line) for line in lines]}


def _line_row(line: BlamedLine) -> Json:
    commit = line.commit
    return {
        "line": line.number,
        "text": line.text,
        "commit": commit.id if commit else None,
        "author": commit.author if commit else None,
        "date": commit.day if commit else None,
        "boundary": line.is_cut,
    }

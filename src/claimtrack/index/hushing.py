"""Comments that silence warnings, and what they make of the diagnostics of an index."""

from __future__ import annotations

import marshal
from collections.abc import Iterable, Iterator
from pathlib import Path

from claimtrack.diagnostic import Place
from claimtrack.index.entries import diagnostic_of
from claimtrack.index.stored import Stored, in_parts
from claimtrack.index.stretches import head_of, tail_of
from claimtrack.index.telling import Stage, tell, untell
from claimtrack.reading.files import files_of
from claimtrack.reading.shelf import Shelf
from claimtrack.reading.silencing import (
    Cited,
    SilencingComment,
    check_idle,
    cited_by,
    find_comments,
    silence,
)


def hush(stored: Stored, main: Path, shelf: Shelf) -> None:
    """Find out anew which warnings are silenced, and which comments silence none."""
    stored.index.execute("DELETE FROM silenced")
    untell(stored, [Stage.COMMENT])
    files = dict(stored.index.execute("SELECT name, no FROM files WHERE commented ORDER BY no"))
    if not files:
        return
    comments = find_comments(files_of(main, files), _places(stored, files.values()))
    rows = stored.index.execute("SELECT no, body FROM told ORDER BY no").fetchall()
    found = [diagnostic_of(body, stored.show) for _, body in rows]
    numbers = {id(each): no for each, (no, _) in zip(found, rows, strict=True)}
    silencing = silence(found, comments.sound)
    stored.index.executemany(
        "INSERT INTO silenced VALUES (?, ?)",
        [
            (numbers[id(each.diagnostic)], _pack(each.comment, stored))
            for each in silencing.silenced
        ],
    )
    tell(stored, Stage.COMMENT, comments.mistakes)
    if not any(marshal.loads(stored.fact("left out")).values()):
        named = _cited(stored, files.values())
        idle = check_idle(silencing.idle, named, lambda key: shelf.text_of(key) is not None)
        tell(stored, Stage.COMMENT, idle)


def _pack(comment: SilencingComment, stored: Stored) -> bytes:
    spot = stored.find(comment.place)
    line = comment.place.line
    lines = comment.first - line, comment.last - line
    return marshal.dumps((spot, comment.codes, comment.reason, *lines))


def _places(stored: Stored, files: Iterable[int]) -> Iterator[Place]:
    """Where the claims of some files begin."""
    for file in files:
        question = 'SELECT no, below, "column" FROM claims WHERE no BETWEEN ? AND ? ORDER BY no'
        for spot in stored.index.execute(question, (head_of(file), tail_of(file))).fetchall():
            yield stored.show(spot)


def _cited(stored: Stored, files: Iterable[int]) -> Iterator[Cited]:
    for source in stored.sources.values():
        yield Cited(source.place.file, source.place.line, source.id)
    for file in files:
        question = "SELECT no FROM bodies WHERE no BETWEEN ? AND ?"
        found = stored.index.execute(question, (head_of(file), tail_of(file))).fetchall()
        for some in in_parts(no for (no,) in found):
            for _, claim in stored.numbered(some).values():
                yield from cited_by(claim)

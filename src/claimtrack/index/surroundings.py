"""What stands around the claims of a register, read again without them, and put in its place.

Claims stay as they were read only while what they may name means what it did: sources may come to
those that are there, and reviews may change at will.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from claimtrack.diagnostic import NOWHERE
from claimtrack.frozen import replace
from claimtrack.index.cataloguing import keep_catalogue, keep_reviews
from claimtrack.index.desks import StoredIds
from claimtrack.index.ground import whole_path
from claimtrack.index.nearness import Reviewed, named_by
from claimtrack.index.seal import Listing
from claimtrack.index.stored import Stored
from claimtrack.index.stretches import Stretch, head_of, tail_of
from claimtrack.index.telling import Stage, tell, untell
from claimtrack.model import Entity, Property, Source
from claimtrack.reading.catalogue import read_catalogue
from claimtrack.reading.claim_stream import stream
from claimtrack.reading.desk import Catalogue
from claimtrack.reading.entries import Entries
from claimtrack.reading.files import relative
from claimtrack.reading.pieced_text import NotStreamed
from claimtrack.reading.register import left_out_of
from claimtrack.reading.report import Report
from claimtrack.reading.reviews import read_reviews
from claimtrack.reading.sections import read_entries

_LINE_END = re.compile(rb"\r\n|\r|\n")


class Surroundings:
    """What stands around the claims of a register whose stretches are laid out already."""

    def __init__(self, stored: Stored, main: Path, data: Mapping[str, bytes]) -> None:
        """``data`` are the files that changed, by the paths that are sealed."""
        self._stored, self._main, self._data = stored, main, data

    def replace_catalogue(self, listings: Iterable[Listing]) -> NewSurroundings | None:
        """Put what claims may name in the place of what was; None where that cannot be done."""
        stored, report = self._stored, Report()
        if any(map(self._has_claims, self._read_as_a_whole())):
            return None
        try:
            entries = read_entries(self._main, report, self._without_claims)
        except NotStreamed:
            return None
        files = [name for (name,) in stored.index.execute("SELECT name FROM files ORDER BY no")]
        found = [
            Listing(whole_path(folder), pattern, tuple(map(whole_path, paths)))
            for folder, pattern, paths in entries.listings
        ]
        if entries.files != files or found != list(listings) or entries.claims:
            return None
        catalogue = read_catalogue(entries, report)
        if not self._means_the_same(entries, catalogue):
            return None
        before = self._bodies()
        for table in ("entries", "names"):
            stored.index.execute(f"DELETE FROM {table}")
        keep_catalogue(stored, catalogue)
        moves_sources = self._bodies() != before
        stored.forget_lines()
        stored.keep("title", entries.title)
        return NewSurroundings(stored, entries, catalogue, report, moves_sources)

    def _read_as_a_whole(self) -> list[int]:
        question = "SELECT no FROM files WHERE dash IS NULL"
        return [no for (no,) in self._stored.index.execute(question)]

    def _has_claims(self, file: int) -> bool:
        question = "SELECT 1 FROM ids WHERE no BETWEEN ? AND ? LIMIT 1"
        ends = head_of(file), tail_of(file)
        return self._stored.index.execute(question, ends).fetchone() is not None

    def _bodies(self) -> list[Any]:
        question = "SELECT id, body FROM entries WHERE kind = 'source' ORDER BY no"
        return self._stored.index.execute(question).fetchall()

    def _without_claims(self, path: Path) -> bytes:
        """A file without its claims, everything else on the lines on which it stands."""
        data = self._data.get(whole_path(path))
        data = path.read_bytes() if data is None else data
        name = relative(path, self._main.parent)
        question = "SELECT no, dash, key FROM files WHERE name = ? AND dash IS NOT NULL"
        row = self._stored.index.execute(question, (name,)).fetchone()
        if row is None:
            return data
        no, dash, key = row
        stretches = "SELECT * FROM stretches WHERE no BETWEEN ? AND ? ORDER BY no LIMIT 2"
        ends = self._stored.index.execute(stretches, (head_of(no), tail_of(no))).fetchall()
        last = self._stored.index.execute("SELECT * FROM stretches WHERE no = ?", (tail_of(no),))
        head, first, tail = Stretch(*ends[0]), Stretch(*ends[1]), Stretch(*last.fetchone())
        condensed = _condensed(data, head, first, tail, dash, key)
        for _ in stream(condensed):
            pass  # What has to be read as a whole is nothing for here.
        return condensed

    def _means_the_same(self, entries: Entries, catalogue: Catalogue) -> bool:
        stored = self._stored
        left_out = left_out_of(entries, catalogue, 0, 0)
        if any(left_out[kind] for kind in ("source", "entity", "property", "file or section")):
            return False
        names = [(name, key) for name, held in catalogue.names.named.items() for key in held]
        if stored.index.execute("SELECT folded, entity FROM names ORDER BY no").fetchall() != names:
            return False
        if _plain(catalogue.entities) != _plain(stored.entities) or stored.any(
            "told WHERE code = 'CT206'"
        ):
            return False
        if _plain(catalogue.properties) != _plain(stored.properties):
            return False
        sources, known = _plain(catalogue.sources), _plain(stored.sources)
        if [*sources.items()] == [*known.items()]:
            return True
        rest = [(key, source) for key, source in sources.items() if key in known]
        return rest == [*known.items()] and not stored.any("told WHERE code = 'CT203'")


class NewSurroundings:
    """What came in the place of what stood around the claims, its reviews not yet."""

    def __init__(
        self,
        stored: Stored,
        entries: Entries,
        catalogue: Catalogue,
        report: Report,
        moves_sources: bool,
    ) -> None:
        self._stored, self._entries = stored, entries
        self._catalogue, self._report = catalogue, report
        self.moves_sources = moves_sources
        """Whether a source came, or stands elsewhere."""

    def replace_reviews(self) -> Reviewed:
        """Put the reviews in the place of those that were, once all ids are known."""
        stored, entries = self._stored, self._entries
        known: Any = StoredIds(stored)
        entries.claims = known
        reviews = read_reviews(entries, self._report)
        untell(stored, [Stage.TEXT, Stage.REVIEW])
        tell(stored, Stage.TEXT, self._report.take())
        about = named_by(stored, stored.reviews())
        stored.index.execute("DELETE FROM reviews")
        keep_reviews(stored, reviews)
        return Reviewed(about | named_by(stored, reviews), list(range(len(reviews))))

    def left_out(self) -> dict[str, int]:
        """How many entries of each kind are left out now, claims aside."""
        reviews = self._stored.count("reviews")
        counted = left_out_of(self._entries, self._catalogue, 0, reviews)
        return {kind: number for kind, number in counted.items() if kind != "claim"}


def _plain(entries: Mapping[str, Any]) -> dict[str, Any]:
    """Entries wherever they stand."""
    return {entry.id: _nowhere(entry) for entry in entries.values()}


def _nowhere(entry: Source | Entity | Property) -> Source | Entity | Property:
    if isinstance(entry, Source):
        return replace(entry, place=NOWHERE, file_place=None, sha256_place=None)
    return replace(entry, place=NOWHERE)


def _condensed(
    data: bytes, head: Stretch, first: Stretch, tail: Stretch, dash: int, key: int
) -> bytes:
    """A file's head and tail, with as many lines between them as stood there."""
    above = data[: head.length]
    begin = _last_dash(above, dash)
    lines = first.line - 1 - len(_LINE_END.findall(above, begin))
    below = data[len(data) - (tail.length or 0) :]
    return above[:begin] + b"\n" * (tail.line - 1 - lines) + b" " * (key - 1) + below


def _last_dash(head: bytes, column: int) -> int:
    """Where the dash of the first claim stands in what comes before that claim."""
    end = len(head)
    while True:
        start = max(head.rfind(b"\n", 0, end), head.rfind(b"\r", 0, end)) + 1
        if head[start : start + column].strip(b" ") == b"-":
            return start + column - 1
        end = start - 1
        if end < 0:
            raise NotStreamed

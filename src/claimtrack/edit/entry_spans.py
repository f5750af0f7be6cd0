"""Where the entries of a draft stand in its files, and how those are laid out."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import islice
from typing import Any

from claimtrack.diagnostic import ClaimtrackError
from claimtrack.edit.draft import Draft, Section
from claimtrack.edit.placing import manner_of
from claimtrack.edit.slots import Slot, slot
from claimtrack.edit.yamlwriting import Manner
from claimtrack.reading.fitting import Entry
from claimtrack.reading.spans import Outline, Position, Span, outline

_SAMPLE = 12
"""How many entries of a file show how it is laid out."""


class LaidOutOtherwise(ClaimtrackError):
    """A place in a file that is written in a way that no operation knows."""

    def __init__(self, file: str, what: str) -> None:
        super().__init__(
            f"{what} in {file} is laid out in a way that this command does not know; "
            "change it by hand"
        )


class EntrySpans:
    """The spans of a draft's files. A file is gone over once for all that is wanted together."""

    def __init__(self, draft: Draft) -> None:
        self._draft = draft
        self._outlines: dict[str, Outline] = {}
        self._wanted: dict[str, set[Position]] = {}
        self._samples: dict[str, Sequence[Position]] = {}
        self._manners: dict[str, Manner] = {}

    def text(self, file: str) -> str:
        """The text of a file."""
        return self._draft.files[file].text

    def root(self, file: str) -> Span | None:
        """What a file holds."""
        return self._outline(file).root

    def section(self, file: str, section: Section) -> Slot | None:
        """A section of a file."""
        root = self.root(file)
        return slot(root, section) if root is not None else None

    def span(self, entry: Entry[Any]) -> Span:
        """The mapping of an entry, taken apart. Raises LaidOutOtherwise."""
        at = (entry.node.line, entry.node.column)
        found = self._outline(entry.file, (at,)).collections.get(at)
        if found is None or found.kind != "mapping":
            raise LaidOutOtherwise(entry.file, f"'{entry.id}'")
        return found

    def scalars(self, file: str, positions: Collection[Position]) -> Mapping[Position, Span]:
        """The scalars at these positions, wherever they stand."""
        return self._outline(file, positions).scalars

    def expect(self, entries: Iterable[Entry[Any]]) -> None:
        """Find several entries at once."""
        wanted: dict[str, list[Position]] = {}
        for entry in entries:
            wanted.setdefault(entry.file, []).append((entry.node.line, entry.node.column))
        for file, positions in wanted.items():
            self._outline(file, positions)

    def manner(self, file: str) -> Manner:
        """How a file is laid out, as its last claims show, and its sections."""
        if file not in self._manners:
            root = self.root(file)
            found = self._outline(file).collections
            examples = [each for at in self._sampled(file) if (each := found.get(at))]
            mappings = [each for each in (*examples, root) if each and each.kind == "mapping"]
            self._manners[file] = manner_of(mappings, self.text(file), Manner())
        return self._manners[file]

    def _outline(self, file: str, wanted: Collection[Position] = ()) -> Outline:
        asked = self._wanted.setdefault(file, set(self._sampled(file)))
        if file not in self._outlines or not asked.issuperset(wanted):
            asked.update(wanted)
            self._outlines[file] = outline(self.text(file), asked)
        return self._outlines[file]

    def _sampled(self, file: str) -> Sequence[Position]:
        """The last claims of the file, the nearest to what is added to it first."""
        if file not in self._samples:
            held = (e for e in reversed([*self._draft.entries.claims.values()]) if e.file == file)
            last = [(entry.node.line, entry.node.column) for entry in islice(held, _SAMPLE)]
            self._samples[file] = last
        return self._samples[file]

"""A register as it is read to be changed: its entries as written, and what follows from them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

from claimtrack.collector import collector_off
from claimtrack.diagnostic import Diagnostic, Severity
from claimtrack.edit.filetext import FileText
from claimtrack.findings.findings import Findings, derive
from claimtrack.frozen import frozen
from claimtrack.model import Register
from claimtrack.progress import Tell, quiet
from claimtrack.reading.entries import Entries
from claimtrack.reading.files import resolved
from claimtrack.reading.fitting import Entry
from claimtrack.reading.nametable import NameTable
from claimtrack.reading.register import read_in_full

Section = Literal["sources", "entities", "properties", "claims", "reviews"]

_ONE: Mapping[Section, str] = {
    "sources": "source",
    "entities": "entity",
    "properties": "property",
    "claims": "claim",
    "reviews": "review",
}


@frozen
class EntryKey:
    """A section and an id in it; for a review its number among all, from 0."""

    section: Section
    id: str

    @property
    def named(self) -> str:
        """The entry in words: ``claim base-201-near-almaty``, ``review 3``."""
        number = str(int(self.id) + 1) if self.section == "reviews" else self.id
        return f"{_ONE[self.section]} {number}"


@dataclass(frozen=True)
class Draft:
    """A register with the very bytes that it was read from."""

    main: Path
    entries: Entries
    findings: Findings
    diagnostics: tuple[Diagnostic, ...]
    """Those of its text and of what follows from it, as they were found."""
    files: Mapping[str, FileText]
    """By their names as diagnostics have them, in file order; without those that have no text."""

    @property
    def register(self) -> Register:
        """Its sound entries."""
        return self.findings.register

    @property
    def errors(self) -> list[Diagnostic]:
        """The diagnostics that weigh as errors."""
        return [each for each in self.diagnostics if each.severity is Severity.ERROR]

    @cached_property
    def names(self) -> NameTable:
        """Which entity a name means."""
        return NameTable.of(self.register.entities.values())

    @cached_property
    def written_names(self) -> NameTable:
        """Likewise, with the entities that have errors."""
        return NameTable(list(self.entries.entities.values()))

    def entity_text(self, name: str) -> str:
        """The id of the one entity that goes by the name; any other name stays as it is."""
        found = self.names.find(name)
        return found[0] if len(found) == 1 else name

    def entry(self, key: EntryKey) -> Entry[Any] | None:
        """An entry as written, if it is there."""
        if key.section == "reviews":
            reviews = self.entries.reviews
            return reviews[int(key.id)] if int(key.id) < len(reviews) else None
        held: Mapping[str, Entry[Any]] = getattr(self.entries, key.section)
        return held.get(key.id)

    def path(self, file: str) -> Path:
        """Where a file of the register is."""
        return self.main.parent / file


def read_draft(
    main: Path, instead: Mapping[Path, bytes] | None = None, tell: Tell = quiet
) -> Draft:
    """The register as it is on disk, or as it would be with other bytes in some of its files.

    ``instead`` has resolved paths. Raises RegisterUnreadable.
    """
    held = dict(instead or {})

    def read(path: Path) -> bytes:
        key = resolved(path)
        if key not in held:
            held[key] = path.read_bytes()
        return held[key]

    with collector_off():
        full = read_in_full(main, read, tell)
        findings = derive(full.reading.register, tell)
    texts = {name: held.get(resolved(main.parent / name)) for name in full.reading.files}
    return Draft(
        main,
        full.entries,
        findings,
        (*full.reading.diagnostics, *findings.diagnostics),
        {name: FileText(data) for name, data in texts.items() if data is not None},
    )

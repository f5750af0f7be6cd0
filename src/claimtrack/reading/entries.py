"""All entries of a register as they are written, sound or not."""

from __future__ import annotations

from collections.abc import MutableMapping
from dataclasses import dataclass, field
from pathlib import Path

from claimtrack.reading.fitting import Entry
from claimtrack.reading.roots import StreamedClaims
from claimtrack.reading.schema import (
    ClaimShape,
    EntityShape,
    PropertyShape,
    ReviewShape,
    SourceShape,
)


@dataclass(slots=True)
class Entries:
    """Every entry of a register, sound or not. Of two with one id only the first is here."""

    title: str | None = None
    sources: dict[str, Entry[SourceShape]] = field(default_factory=dict)
    entities: dict[str, Entry[EntityShape]] = field(default_factory=dict)
    properties: dict[str, Entry[PropertyShape]] = field(default_factory=dict)
    claims: MutableMapping[str, Entry[ClaimShape]] = field(default_factory=dict)
    reviews: list[Entry[ReviewShape]] = field(default_factory=list)
    unnamed_claims: int = 0
    """Claims whose id cannot be read, and further claims of an id already taken."""
    unread_parts: int = 0
    """Files and sections that could not be read, whatever entries they hold."""
    files: list[str] = field(default_factory=list)
    """The files in the order in which they were read."""
    listings: list[tuple[Path, str, list[Path]]] = field(default_factory=list)
    """Each pattern of an include with its folder, and what it matched."""
    streamed: dict[str, StreamedClaims] = field(default_factory=dict)
    """The claims of each file that could be read claim by claim."""

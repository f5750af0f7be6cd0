"""Taking out an entry that nothing names."""

from __future__ import annotations

from collections.abc import Sequence

from claimtrack.diagnostic import ClaimtrackError
from claimtrack.edit.draft import Draft, EntryKey
from claimtrack.edit.manuscript import Manuscript
from claimtrack.edit.references import Reference, references
from claimtrack.edit.targets import Kind, find_entry, kind_of
from claimtrack.edit.written import Written


class StillNamed(ClaimtrackError):
    """An entry that others name; they are in ``references``."""

    def __init__(self, key: EntryKey, named: Sequence[Reference]) -> None:
        places = "1 place names" if len(named) == 1 else f"{len(named):,} places name"
        super().__init__(
            f"nothing was written: {places} {kind_of(key)} '{key.id}'; change or remove "
            f"{'it' if len(named) == 1 else 'them'} first"
        )
        self.references = named


def remove(draft: Draft, name: str, kind: Kind | None = None) -> Written:
    """The register without a claim, a source, an entity or a property.

    Comments in it go with it, those above it stay. Raises NoEntry, Refused, StillNamed,
    LaidOutOtherwise.
    """
    key = find_entry(draft, name, kind)
    named = references(draft, key)
    if named:
        raise StillNamed(key, named)
    manuscript = Manuscript(draft)
    manuscript.remove(key)
    line = manuscript.comment_above(key)
    notes = () if line is None else (f"the comment above it stays: line {line}",)
    return Written(manuscript.change(), key, "removed", notes)

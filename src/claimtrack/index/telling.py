"""Diagnostics in an index, each under what it is about, so that it goes when that changes."""

from __future__ import annotations

from collections.abc import Iterable
from enum import IntEnum

from claimtrack.diagnostic import Diagnostic
from claimtrack.index.draft import Receiving
from claimtrack.index.entries import pack_diagnostic
from claimtrack.index.stored import Stored, in_parts, marks


class Stage(IntEnum):
    """What found a diagnostic, and with what key it is kept."""

    TEXT = 0
    """Reading files, sections, the catalogue and reviews; no key."""
    CLAIM = 1
    """Reading a claim; its number."""
    NAME = 2
    """A name that no entity declares; its folded text."""
    CIRCLE = 3
    """Claims that supersede one another in a circle; no key."""
    REVIEW = 4
    """A review with what it decides on; its number."""
    MISSING = 5
    """A review of what is not there; no key."""
    DERIVED = 6
    """What follows of a claim; its number."""
    SOURCE = 7
    """Files of sources and attestations; no key."""
    QUOTE = 8
    """A claim's quotes beside their sources; its number."""
    WORDING = 9
    """A claim's words beside those of its quotes; its number."""
    ATTESTED = 10
    """What is attested of sources that are held; no key."""
    COPY = 11
    """Sources beside one another; no key."""
    COMMENT = 12
    """Silencing comments; no key."""


OF_EVIDENCE = (Stage.SOURCE, Stage.QUOTE, Stage.WORDING, Stage.ATTESTED, Stage.COPY)
"""What takes more than the register's own files."""


TELL = "INSERT INTO told (stage, key, code, body) VALUES (?, ?, ?, ?)"
"""Puts in diagnostics."""


def tell(
    stored: Receiving, stage: Stage, diagnostics: Iterable[Diagnostic], key: object = None
) -> None:
    """Keep some diagnostics under one key."""
    tell_all(stored, stage, ((key, each) for each in diagnostics))


def tell_all(
    stored: Receiving, stage: Stage, diagnostics: Iterable[tuple[object, Diagnostic]]
) -> None:
    """Keep some diagnostics, each under its own."""
    stored.index.executemany(
        TELL,
        (
            (int(stage), key, each.code, pack_diagnostic(each, stored.find))
            for key, each in diagnostics
        ),
    )


def untell(stored: Stored, stages: Iterable[Stage], keys: Iterable[object] | None = None) -> None:
    """Forget all diagnostics of some stages, or those under some keys."""
    for stage in stages:
        if keys is None:
            stored.index.execute("DELETE FROM told WHERE stage = ?", (int(stage),))
        else:
            for some in in_parts(keys):
                question = f"DELETE FROM told WHERE stage = ? AND key IN ({marks(some)})"
                stored.index.execute(question, (int(stage), *some))

"""Reading a register: its sound entries and what is wrong with the others."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from claimtrack.collector import collector_off
from claimtrack.diagnostic import Diagnostic
from claimtrack.frozen import frozen, replace
from claimtrack.model import Register, Review
from claimtrack.progress import Tell, quiet
from claimtrack.reading.catalogue import read_catalogue
from claimtrack.reading.claims import read_claims
from claimtrack.reading.desk import Catalogue
from claimtrack.reading.entries import Entries
from claimtrack.reading.report import Report
from claimtrack.reading.reviews import read_reviews
from claimtrack.reading.sections import read_entries


@frozen
class Reading:
    """A register as read from its main file, and every diagnostic of its text as it was found."""

    main: Path
    register: Register
    diagnostics: tuple[Diagnostic, ...]
    files: tuple[str, ...]
    """The files in the order in which they were read, relative to the main file's folder."""


@frozen
class FullReading:
    """A register as read, with all entries as they are written, sound or not."""

    reading: Reading
    entries: Entries


def read_register(main: Path, tell: Tell = quiet) -> Reading:
    """Read the main file and all that it includes.

    Raises RegisterUnreadable where the main file gives no register at all; every other mistake is
    a diagnostic, and leaves out no more than the entry it stands in and the claims that name it.
    """
    return read_in_full(main, tell=tell).reading


def read_in_full(
    main: Path, read: Callable[[Path], bytes] = Path.read_bytes, tell: Tell = quiet
) -> FullReading:
    """Like ``read_register``, with the entries beside it.

    ``read`` gives the bytes of a file: those on disk, or what is to stand there.
    """

    def read_aloud(path: Path) -> bytes:
        tell(f"reading {path.name}", 0, 0)
        return read(path)

    with collector_off():
        report = Report()
        entries = read_entries(main, report, read_aloud)
        return FullReading(resolve(main, entries, report), entries)


def resolve(main: Path, entries: Entries, report: Report) -> Reading:
    """What entries say together: names and values read, and those left out that cannot stand."""
    catalogue = read_catalogue(entries, report)
    claims = read_claims(entries, catalogue, report)
    reviews = read_reviews(entries, report)
    left_out = left_out_of(entries, catalogue, len(claims), len(reviews))
    register = replace(
        catalogue_of(entries, catalogue),
        claims=claims,
        # A review of a claim that was left out has no effect, and is no error of its own.
        reviews=tuple(r for r in reviews if claims_named(r) <= claims.keys()),
        idle_reviews=tuple(r for r in reviews if not claims_named(r) <= claims.keys()),
        left_out=left_out,
        claims_left_out=frozenset(entries.claims).difference(claims),
        catalogue_left_out={
            "source": frozenset(entries.sources).difference(catalogue.sources),
            "entity": frozenset(entries.entities).difference(catalogue.entities),
            "property": frozenset(entries.properties).difference(catalogue.properties),
        },
    )
    return Reading(main, register, tuple(report.diagnostics), tuple(entries.files))


def catalogue_of(entries: Entries, catalogue: Catalogue) -> Register:
    """A register of which only its title and its catalogue are known yet."""
    return Register(entries.title, catalogue.sources, catalogue.entities, catalogue.properties)


def left_out_of(
    entries: Entries, catalogue: Catalogue, claims: int, reviews: int
) -> dict[str, int]:
    """How many entries of each kind could not be read, of so many claims and reviews that could."""
    return {
        "claim": len(entries.claims) + entries.unnamed_claims - claims,
        "source": len(entries.sources) - len(catalogue.sources),
        "entity": len(entries.entities) - len(catalogue.entities),
        "property": len(entries.properties) - len(catalogue.properties),
        "review": len(entries.reviews) - reviews,
        "file or section": entries.unread_parts,
    }


def claims_named(review: Review) -> set[str]:
    """The claims that a review names, those of its conflict aside."""
    return {claim for claim in (review.claim, review.dispute) if claim is not None}

"""Whether what an index rests on is still as it was."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path

from claimtrack.index.seal import Evidence, FileSeal, Listing, Seal
from claimtrack.index.stamps import Stamp, digest_at, is_doubtful, links_of, now, stamp_of
from claimtrack.reading.files import SOURCES_VARIABLE, matches


def seal_files(stamps: Iterable[tuple[str, Stamp | None]], looked: int) -> tuple[FileSeal, ...]:
    """Files by the stamps they had when looked at, and by digests where stamps may deceive."""
    return tuple(
        FileSeal(path, stamp, digest_at(path) if is_doubtful(stamp, looked) else None)
        for path, stamp in stamps
    )


def whole_path(path: str | Path) -> str:
    """A path that means the same from any folder; no link is resolved."""
    return str(path) if os.path.isabs(path) else os.path.join(os.getcwd(), path)  # noqa: PTH109, PTH117, PTH118 - for texts too


def further_folders(environ: Mapping[str, str]) -> tuple[str, ...]:
    """The source folders that the environment names, beside the register's own."""
    named = environ.get(SOURCES_VARIABLE, "").split(os.pathsep)
    return tuple([whole_path(folder) for folder in named if folder])


def holds(seal: Seal) -> bool:
    """Whether the register's own files are those that the index was made of."""
    return _are_same(seal.files, seal.looked) and lists_the_same(seal)


def lists_the_same(seal: Seal) -> bool:
    """Whether the register is of the same files, changed or not."""
    return (
        all(_matches(each) == each.paths for each in seal.listings)
        and links_of(each.path for each in seal.files) == seal.links
    )


def holds_for_evidence(evidence: Evidence, folders: tuple[str, ...]) -> bool:
    """Whether its sources are, looked for in those folders, and all else that it was judged by."""
    return evidence.folders == folders and _are_same(evidence.files, evidence.looked)


def _are_same(files: Iterable[FileSeal], looked: int) -> bool:
    return all(is_same(each, looked) for each in files)


def is_same(file: FileSeal, looked: int) -> bool:
    """Whether a file is as it was when it was looked at."""
    return stamp_of(file.path) == file.stamp and (
        not is_doubtful(file.stamp, looked) or digest_at(file.path) == file.digest
    )


def _matches(listing: Listing) -> tuple[str, ...]:
    return tuple([str(path) for path in matches(Path(listing.folder), listing.pattern)])


def grown_old(seal: Seal) -> Seal | None:
    """The seal with no doubt left, if it had any and what it doubts is old enough by now."""
    evidence = seal.evidence
    parts = [(seal.files, seal.looked)] + ([(evidence.files, evidence.looked)] if evidence else [])
    doubtful = [
        each.stamp for files, then in parts for each in files if is_doubtful(each.stamp, then)
    ]
    if not doubtful or any(is_doubtful(stamp, now()) for stamp in doubtful):
        return None
    return seal._replace(looked=now(), evidence=evidence and evidence._replace(looked=now()))

"""Looking at a register's evidence, and keeping what came of it in the index."""

from __future__ import annotations

import marshal
import os
import sqlite3
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from claimtrack.findings.audits import Audited, quotes
from claimtrack.findings.audits import audit as audit_all
from claimtrack.findings.findings import Findings
from claimtrack.index.entries import pack_diagnostic
from claimtrack.index.stored import Stored
from claimtrack.model import Register
from claimtrack.progress import Tell
from claimtrack.reading.attestations import SUFFIX
from claimtrack.reading.diagnosing import diagnose
from claimtrack.reading.files import source_folders
from claimtrack.reading.register import Reading
from claimtrack.reading.shelf import Shelf
from claimtrack.reading.silencing import SilencingComment


def fill_evidence(
    stored: Stored, reading: Reading, findings: Findings, shelf: Shelf, tell: Tell
) -> None:
    """Audit every quote and make every check, and keep what came of it."""
    register = findings.register
    audited = audit_all(register, quotes(register), lambda source: shelf.ground(source.id), tell)
    diagnosis = diagnose(reading, findings, shelf, audited, tell)
    index = stored.index
    index.execute("BEGIN")
    _keep_quotes(index, audited)
    index.executemany(
        "INSERT INTO holdings VALUES (?, ?, ?)",
        (
            (key, holding.held, holding.matches(register.sources[key]))
            for key, holding in shelf.held.items()
        ),
    )
    index.executemany(
        "INSERT INTO diagnostics (body, comment) VALUES (?, NULL)",
        ((pack_diagnostic(each, stored.find),) for each in diagnosis.told),
    )
    index.executemany(
        "INSERT INTO diagnostics (body, comment) VALUES (?, ?)",
        (
            (pack_diagnostic(each.diagnostic, stored.find), _pack(each.comment, stored))
            for each in diagnosis.silenced
        ),
    )
    index.execute("COMMIT")


def _keep_quotes(index: sqlite3.Connection, audited: Audited) -> None:
    counted = Counter(
        (quoted.evidence.source, str(audit.result)) for quoted, audit in audited.audits
    )
    index.executemany(
        "INSERT INTO quotes VALUES (?, ?, ?)",
        ((source, result, number) for (source, result), number in counted.items()),
    )


def _pack(comment: SilencingComment, stored: Stored) -> bytes:
    spot = stored.find(comment.place)
    return marshal.dumps((spot, comment.codes, comment.reason, comment.first, comment.last))


# --------------------------------------------------------------------------------- what it rests on


def looked_for(register: Register, main: Path, environ: Mapping[str, str]) -> Sequence[str]:
    """The paths at which sources and attestations were looked for, there or not."""
    folders = source_folders(main, environ)
    files = [source.file for source in register.sources.values() if source.file is not None]
    return list(dict.fromkeys(_looked(folders, [*files, *(name + SUFFIX for name in files)])))


def _looked(folders: Sequence[Path], names: Sequence[str]) -> Iterator[str]:
    """For each name the paths up to the first that is there."""
    for name in names:
        for folder in folders:
            path = folder / name
            yield str(path)
            if os.path.lexists(path):
                break

"""What is known of a register's evidence, in its index: quotes, sources, diagnostics."""

from __future__ import annotations

import marshal
import os
import sqlite3
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from claimtrack.diagnostic import Diagnostic
from claimtrack.findings.audits import Audited, quotes
from claimtrack.findings.audits import audit as audit_all
from claimtrack.findings.findings import Findings
from claimtrack.index.packing import diagnostic_of, pack_diagnostic
from claimtrack.index.stored import Stored
from claimtrack.model import Register
from claimtrack.quotes.audit import AuditResult
from claimtrack.reading.attestations import SUFFIX
from claimtrack.reading.diagnosing import diagnose
from claimtrack.reading.files import source_folders
from claimtrack.reading.register import Reading
from claimtrack.reading.shelf import Shelf
from claimtrack.reading.silencing import Silenced, SilencingComment


def fill_evidence(stored: Stored, reading: Reading, findings: Findings, shelf: Shelf) -> None:
    """Audit every quote and make every check, and keep what came of it."""
    register = findings.register
    audited = audit_all(register, quotes(register), lambda source: shelf.ground(source.id))
    diagnosis = diagnose(reading, findings, shelf, audited)
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


# ------------------------------------------------------------------------------- what was found


class Told(NamedTuple):
    """What is wrong with a register, and the warnings that comments silence, in order."""

    diagnostics: list[Diagnostic]
    silenced: list[Silenced]


def told(stored: Stored) -> Told:
    """What was found when the evidence was looked at."""
    found = Told([], [])
    for body, comment in stored.index.execute("SELECT body, comment FROM diagnostics ORDER BY no"):
        diagnostic = diagnostic_of(body, stored.show)
        if comment is None:
            found.diagnostics.append(diagnostic)
        else:
            spot, *rest = marshal.loads(comment)
            found.silenced.append(Silenced(diagnostic, SilencingComment(stored.show(spot), *rest)))
    return found


def totals(stored: Stored) -> Counter[AuditResult]:
    """How many quotes have each result."""
    counted: Counter[AuditResult] = Counter()
    for each in of_sources(stored).values():
        counted.update(each)
    return counted


def of_sources(stored: Stored) -> dict[str, Counter[AuditResult]]:
    """How many quotes of each source have each result."""
    counted: dict[str, Counter[AuditResult]] = {}
    question = "SELECT source, result, number FROM quotes"
    for source, result, number in stored.index.execute(question):
        counted.setdefault(source, Counter())[AuditResult(result)] = number
    return counted


def holdings(stored: Stored) -> dict[str, tuple[bool, bool | None]]:
    """Of each source whether its file is here, and the recorded one, where that is known."""
    rows = stored.index.execute("SELECT source, held, matches FROM holdings")
    return {key: (bool(held), None if fits is None else bool(fits)) for key, held, fits in rows}


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

"""Attestations written beside a register, for those who do not hold its sources."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from claimtrack.diagnostic import NOWHERE
from claimtrack.edit.finishing import finish_interrupted
from claimtrack.edit.locking import writing_lock
from claimtrack.edit.replacing import Replacement, replace_files
from claimtrack.edit.steps import FileChanged
from claimtrack.edit.storing import FOLDER, NotStored
from claimtrack.findings.audits import Attestation, Quoted, quote_digest
from claimtrack.frozen import frozen
from claimtrack.quotes.audit import Audit
from claimtrack.reading.attestations import KEYS, SUFFIX, read_attestations
from claimtrack.reading.files import is_inside


@frozen
class Attesting:
    """The attestations of one source's file as they are to be, and how that differs."""

    file: str
    attestations: tuple[Attestation, ...]
    new: int
    dropped: int
    refused: tuple[tuple[Quoted, Audit], ...]
    """Quotes that do not stand, for which nothing is attested."""
    old: tuple[Attestation, ...]
    """Those that it was made from."""

    @property
    def data(self) -> bytes:
        """The file's bytes: JSON Lines."""
        return "".join(f"{_line(each)}\n" for each in self.attestations).encode()


def attesting(
    file: str,
    sha256: str,
    audits: Sequence[tuple[Quoted, Audit]],
    old: Sequence[Attestation],
    by: str | None,
    on: str,
    *,
    is_whole: bool,
) -> Attesting:
    """What is true of a held file's quotes, one attestation for each that stands.

    Old ones that say the same are kept as they are, with whoever made them; all others go. Where
    the register was not read whole, those of quotes that are not among the audits stay too, since
    a claim with an error may have them.
    """
    kept: dict[tuple[object, ...], list[Attestation]] = {}
    for each in old:
        key = each.source_sha256, each.quote_sha256, each.line, each.result
        kept.setdefault(key, []).append(each)
    lines: dict[tuple[int, str], list[Attestation]] = {}
    refused = []
    for quoted, audit in audits:
        if not audit.result.stands or audit.line is None:
            refused.append((quoted, audit))
            continue
        digest = quote_digest(quoted.quote)
        made = Attestation(sha256, digest, audit.line, audit.result, by, on, NOWHERE)
        lines[audit.line, digest] = kept.get((sha256, digest, audit.line, audit.result), [made])
    if not is_whole:
        known = {quote_digest(quoted.quote) for quoted, _ in audits}
        for each in old:
            if each.source_sha256 == sha256 and each.quote_sha256 not in known:
                lines.setdefault((each.line, each.quote_sha256), []).append(each)
    held = tuple(each for place in sorted(lines) for each in lines[place])
    new = sum(each.place == NOWHERE for each in held)
    return Attesting(file, held, new, len(old) - (len(held) - new), tuple(refused), tuple(old))


def _line(attestation: Attestation) -> str:
    values = {key: getattr(attestation, key) for key in KEYS}
    return json.dumps({**values, "result": str(attestation.result)}, ensure_ascii=False)


def attested_path(main: Path, file: str) -> Path:
    """Where the attestations of a source's file are written: in the register's own folder."""
    return main.parent / FOLDER / f"{file}{SUFFIX}"


def write_attestations(
    main: Path, plans: Iterable[Attesting], on_wait: Callable[[], None]
) -> list[Attesting]:
    """Write all files that change, or none, under the register's lock; those that were written.

    Raises FileChanged for a file that was written since it was read, NotStored, and what locking
    and replacing do.
    """
    with writing_lock(main.parent, on_wait):
        finish_interrupted(main.parent)
        changes = {plan.file: (plan, _replacement(main, plan)) for plan in plans}
        written = [(plan, change) for plan, change in changes.values() if change is not None]
        replace_files([change for _, change in written], main.parent)
    return [plan for plan, _ in written]


def _replacement(main: Path, plan: Attesting) -> Replacement | None:
    """What is to be written, in a folder that is there; None if nothing is."""
    path = attested_path(main, plan.file)
    name = f"{plan.file}{SUFFIX}"
    if not is_inside(path, main.parent / FOLDER):
        raise NotStored(name, "leads out of its source folder")
    now = read_attestations(plan.file, [main.parent / FOLDER], main).attestations
    if now and now != plan.old:
        raise FileChanged(name)
    try:
        before = path.read_bytes() if path.is_file() else None
        if before == plan.data or (before is None and not plan.attestations):
            return None
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise NotStored(name, f"cannot be written: {error.strerror}") from error
    return Replacement(path, before, plan.data)

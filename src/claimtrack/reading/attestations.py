"""Attestations: what people who held a source found of its quotes, in ``FILE.attested``.

JSON Lines, one attestation a line, in the keys that the contract's section "Quotes" gives. A line
that is none is a diagnostic, and the others count.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from claimtrack.diagnostic import Diagnostic, Place
from claimtrack.findings.audits import Attestation
from claimtrack.frozen import frozen
from claimtrack.quotes.audit import AuditResult
from claimtrack.reading.files import find_source, relative

SUFFIX = ".attested"
KEYS = ("source_sha256", "quote_sha256", "line", "result", "by", "on")
_DIGEST = "[0-9a-f]{64}"
_SURROGATE = "[\ud800-\udfff]"
_WRITTEN = (AuditResult.EXACT, AuditResult.NORMALISED)
_MOST = 64 * 2**20
"""Bytes of an attestation file beyond which it is not read: some 200,000 quotes."""


@frozen
class AttestationFile:
    """The attestations of one source's file, and what is wrong with the others."""

    attestations: tuple[Attestation, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()


class _NotOne(Exception):
    """Why a line is no attestation."""


def read_attestations(name: str | None, folders: Sequence[Path], main: Path) -> AttestationFile:
    """Those of a source's file, by its name in the source folders; the first that has any decides.

    Places are relative to the main file's folder.
    """
    found = find_source(None if name is None else name + SUFFIX, folders)
    if found.path is None:
        return AttestationFile()
    shown = relative(found.path, main.parent)
    if found.state == "refused":
        return _unreadable(shown, f"{shown} {found.why}")
    try:
        with found.path.open("rb") as stream:
            data = stream.read(_MOST + 1)
    except OSError as error:
        return _unreadable(shown, f"{shown} cannot be read: {error.strerror}")
    if len(data) > _MOST:
        return _unreadable(shown, f"{shown} is larger than {_MOST // 2**20} MB, and was not read")
    return _read_lines(data.split(b"\n"), shown)


def _unreadable(file: str, message: str) -> AttestationFile:
    return AttestationFile((), (Diagnostic("CT606", message, Place(file, 1, 1)),))


def _read_lines(lines: Iterable[bytes], file: str) -> AttestationFile:
    attestations, diagnostics = [], []
    for number, line in enumerate(lines, 1):
        place = Place(file, number, 1)
        if not line.strip():
            continue
        try:
            attestations.append(_read_line(line, place))
        except _NotOne as error:
            diagnostics.append(Diagnostic("CT606", f"this line is no attestation: {error}", place))
    return AttestationFile(tuple(attestations), tuple(diagnostics))


def _read_line(line: bytes, place: Place) -> Attestation:
    held = _object(line)
    for key in KEYS[:4]:
        if key not in held:
            raise _NotOne(f"it lacks '{key}'")
    for key in held:
        if key not in KEYS:
            raise _NotOne(f"'{key}' is no key of one")
    if isinstance(held["line"], bool) or not isinstance(held["line"], int) or held["line"] < 1:
        raise _NotOne("'line' is a whole number from 1")
    if held["result"] not in _WRITTEN:
        raise _NotOne("'result' is exact or normalised; nothing else is attested")
    return Attestation(
        source_sha256=_digest(held, "source_sha256"),
        quote_sha256=_digest(held, "quote_sha256"),
        line=held["line"],
        result=AuditResult(held["result"]),
        by=_text(held, "by"),
        on=_text(held, "on"),
        place=place,
    )


def _object(line: bytes) -> dict[str, Any]:
    import json  # few sources are attested

    try:
        held = json.loads(line.decode("utf-8"), object_pairs_hook=_once)
    except (ValueError, RecursionError) as error:
        reason = "it is nested too deeply" if isinstance(error, RecursionError) else str(error)
        raise _NotOne(f"it is not JSON ({reason})") from error
    if not isinstance(held, dict):
        raise _NotOne("it is not a JSON object")
    return held


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    held = dict(pairs)
    if len(held) != len(pairs):
        raise _NotOne("a key stands twice in it")
    return held


def _digest(held: dict[str, Any], key: str) -> str:
    text = held[key]
    if not isinstance(text, str) or not re.fullmatch(_DIGEST, text):
        raise _NotOne(f"'{key}' is a SHA-256 of 64 lower-case hex digits")
    return text


def _text(held: dict[str, Any], key: str) -> str | None:
    text = held.get(key)
    if text is not None and not isinstance(text, str):
        raise _NotOne(f"'{key}' is a text")
    if text is not None and re.search(_SURROGATE, text):
        raise _NotOne(f"'{key}' has half of a character")
    return text

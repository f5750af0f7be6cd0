"""Which sources are held here, and whether each is the file that its digest was taken of."""

from __future__ import annotations

import re
from collections.abc import Mapping

from claimtrack.diagnostic import Diagnostic
from claimtrack.frozen import frozen
from claimtrack.model import Register, Source
from claimtrack.reading.files import SourceFile


@frozen
class Holding:
    """A source's file on this machine. ``digest`` is None where it is not held or not readable."""

    file: SourceFile
    digest: str | None = None

    @property
    def held(self) -> bool:
        """Whether the file is here."""
        return self.file.state == "held"

    def matches(self, source: Source) -> bool | None:
        """Whether the file is the recorded one; None where that cannot be said."""
        if self.digest is None or source.sha256 is None:
            return None
        return self.digest == source.sha256.lower()


def hold(file: SourceFile) -> Holding:
    """The file with its digest, which takes reading all of it."""
    if file.path is None or file.state != "held":
        return Holding(file)
    from hashlib import file_digest  # dear to import, and most sources are not held

    try:
        with file.path.open("rb") as stream:
            return Holding(file, file_digest(stream, "sha256").hexdigest())
    except OSError as error:
        reason = f"cannot be read: {error.strerror or 'it cannot be opened'}"
        return Holding(SourceFile("refused", file.path, reason))


def check_holdings(register: Register, held: Mapping[str, Holding]) -> list[Diagnostic]:
    """Files that are refused, and files that differ from their recorded digest."""
    diagnostics = []
    for source in register.sources.values():
        holding = held[source.id]
        if holding.file.state == "refused":
            message = f"the file of '{source.id}', '{source.file}', {holding.file.why}"
            diagnostics.append(Diagnostic("CT601", message, source.file_place or source.place))
        elif holding.matches(source) is False:
            place = source.sha256_place or source.place
            diagnostics.append(Diagnostic("CT602", _differs(source, holding), place))
    return diagnostics


_SHA256 = re.compile(r"[0-9a-fA-F]{64}")


def _differs(source: Source, holding: Holding) -> str:
    recorded, digest = source.sha256 or "", holding.digest or ""
    if not _SHA256.fullmatch(recorded):
        return f"'{recorded}' is no SHA-256 of 64 hex digits; that of '{source.id}' is {digest}"
    return (
        f"the file of '{source.id}' is not the one recorded: its sha256 is {digest[:12]}…, the "
        f"register says {recorded[:12]}…; its quotes cannot be checked until they agree"
    )

"""The sources of a register as this machine has them: files, digests, texts, attestations.

Each is looked up when it is first asked for, and once: a digest or a text costs the reading of a
whole file.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from claimtrack.diagnostic import Diagnostic
from claimtrack.findings.audits import Ground
from claimtrack.model import Register, Source
from claimtrack.quotes.text import SourceText
from claimtrack.reading.attestations import AttestationFile, read_attestations
from claimtrack.reading.files import SourceFile, find_source, relative, source_folders
from claimtrack.reading.holdings import Holding, check_holdings, hold
from claimtrack.reading.texts.held import HeldText


class Shelf:
    """The sources of a register. ``environ`` names further folders to look for them in."""

    def __init__(self, register: Register, main: Path, environ: Mapping[str, str]) -> None:
        self._register = register
        self._main = main
        self._environ = environ
        self._files: dict[str, SourceFile] = {}
        self._holdings: dict[str, Holding] = {}
        self._attested: dict[str, AttestationFile] = {}
        self._texts: dict[str, HeldText] = {}
        self._read: dict[Path, HeldText] = {}

    def file(self, source: str) -> SourceFile:
        """Where a source's file is."""
        if source not in self._files:
            folders = source_folders(self._main, self._environ)
            self._files[source] = find_source(self._register.sources[source].file, folders)
        return self._files[source]

    @property
    def held(self) -> dict[str, Holding]:
        """Every source's file with its digest, by the source's id."""
        return {source: self.holding(source) for source in self._register.sources}

    def holding(self, source: str) -> Holding:
        """A source's file with its digest."""
        if source not in self._holdings:
            self._holdings[source] = hold(self.file(source))
        return self._holdings[source]

    def attested(self, source: str) -> AttestationFile:
        """What others attest of a source's quotes."""
        if source not in self._attested:
            folders = source_folders(self._main, self._environ)
            file = self._register.sources[source].file
            self._attested[source] = read_attestations(file, folders, self._main)
        return self._attested[source]

    def ground(self, source: str) -> Ground:
        """What a source's quotes are compared with: its text if it is held, else attestations."""
        of, holding = self._register.sources[source], self.holding(source)
        attestations = self.attested(source).attestations
        if holding.file.state == "not held":
            recorded = None if of.sha256 is None else of.sha256.lower()
            return Ground(None, False, "source not held", recorded, attestations)
        if holding.file.path is None or holding.digest is None:
            return Ground(None, True, f"its file {holding.file.why}")
        if holding.matches(of) is False:
            return Ground(None, True, "its file is not the recorded one")
        text = self._text(source, holding.file.path)
        return Ground(text.text, True, text.why, holding.digest, attestations)

    def text_of(self, source: str) -> SourceText | None:
        """A source's text, if it is held, is the recorded file, and has one."""
        return self.ground(source).text

    def held_text(self, source: str) -> HeldText | None:
        """What was found out about a source's text; None where its file was not read."""
        self.ground(source)
        return self._texts.get(source)

    def shown_file(self, source: str) -> str:
        """A source's file as seen from the register's folder: where it is, else its name."""
        path = self.file(source).path
        return (
            relative(path, self._main.parent) if path else self._register.sources[source].file or ""
        )

    def diagnostics(self) -> list[Diagnostic]:
        """Files that are refused or differ, texts that cannot be had, lines that attest nothing."""
        found = check_holdings(self._register, self.held)
        for source in self._register.sources.values():
            text = self.held_text(source.id)
            if text is not None and text.text is None:
                found.append(_no_text(source, text.why))
        files = {source.file: source.id for source in self._register.sources.values()}
        for key in files.values():
            found += self.attested(key).diagnostics
        return found

    def _text(self, source: str, path: Path) -> HeldText:
        if path not in self._read:
            from claimtrack.reading.texts.reading import read_text

            self._read[path] = read_text(path)
        self._texts[source] = self._read[path]
        return self._texts[source]


def _no_text(source: Source, why: str) -> Diagnostic:
    message = f"the text of '{source.id}' cannot be had: {why}; its quotes are unchecked"
    return Diagnostic("CT711", message, source.file_place or source.place)

"""The evidence of claims, looked at claim by claim: what came of it, as rows of an index."""

from __future__ import annotations

import marshal
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from claimtrack.findings.audits import Audited, audit, quotes
from claimtrack.findings.later_captures import check_later_captures
from claimtrack.findings.quote_checks import check_quotes
from claimtrack.findings.undeclared_copies import said_in
from claimtrack.frozen import replace
from claimtrack.index.draft import Receiving
from claimtrack.index.telling import Stage, tell_all
from claimtrack.model import Claim, Register
from claimtrack.reading.quoted_sentences import sentence
from claimtrack.reading.shelf import Shelf
from claimtrack.reading.words import FOLDER, read_words

if TYPE_CHECKING:
    from claimtrack.diagnostic import Diagnostic
    from claimtrack.findings.overstatement.checking import OverstatementCheck


class Auditing:
    """Looks at the evidence of some claims after others."""

    def __init__(self, stored: Receiving, catalogue: Register, main: Path, shelf: Shelf) -> None:
        """``catalogue`` is the register, or all of it but its claims and reviews."""
        self._stored, self._catalogue, self._main, self._shelf = stored, catalogue, main, shelf

    def judge(self, claims: Mapping[str, tuple[int, Claim]]) -> None:
        """Audit every quote of some claims, and make every check of them; by id, with numbers."""
        register = replace(self._catalogue, claims={key: held for key, (_, held) in claims.items()})
        audited = audit(register, quotes(register), lambda source: self._shelf.ground(source.id))
        self._keep_audits(claims, audited)
        told = [
            *check_quotes(audited.audits, self._shelf.shown_file),
            *check_later_captures(register, audited.audits, self._shelf.text_of),
        ]
        worded = self._worded(register, audited)
        for stage, found in ((Stage.QUOTE, told), (Stage.WORDING, worded)):
            tell_all(self._stored, stage, ((claims[each.claim or ""][0], each) for each in found))

    def _worded(self, register: Register, audited: Audited) -> Iterator[Diagnostic]:
        of: Callable[[int], str | None] = _none
        has_found = audited.has_found
        for claim in register.claims.values():
            if has_found:
                of = partial(
                    sentence, claim.id, register=register, shelf=self._shelf, audited=audited
                )
            yield from self._overstatement.check(claim, of)

    @cached_property
    def _overstatement(self) -> OverstatementCheck:
        from claimtrack.findings.overstatement.checking import OverstatementCheck

        return OverstatementCheck(self._catalogue, read_words(self._main.parent / FOLDER))

    def _keep_audits(self, claims: Mapping[str, tuple[int, Claim]], audited: Audited) -> None:
        results: dict[int, list[tuple[str, str]]] = {}
        for quoted, found in audited.audits:
            result = quoted.evidence.source, str(found.result)
            results.setdefault(claims[quoted.claim][0], []).append(result)
        index = self._stored.index
        index.executemany(
            "INSERT INTO audits VALUES (?, ?)",
            [(no, marshal.dumps(held)) for no, held in results.items()],
        )
        if audited.has_found:
            index.executemany(
                "INSERT INTO speech VALUES (?, ?, ?, ?, ?)",
                [*_speech(claims, audited, self._catalogue)],
            )


def _none(_: int) -> str | None:
    """The sentence of a quote that was not found."""
    return None


def _speech(
    claims: Mapping[str, tuple[int, Claim]], audited: Audited, catalogue: Register
) -> Iterator[tuple[int, str, str, int, int]]:
    for quoted, found in audited.audits:
        for source, part, by in said_in(catalogue, [(quoted, found)]):
            yield claims[quoted.claim][0], source, by, part.start, part.end

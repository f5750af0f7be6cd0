"""Looking at a register's evidence, claim by claim, and keeping what came of it in the index."""

from __future__ import annotations

import marshal
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from claimtrack.findings.audits import Audited, audit, quotes
from claimtrack.findings.later_captures import check_later_captures
from claimtrack.findings.quote_checks import check_attested, check_quotes
from claimtrack.findings.undeclared_copies import Said, check_copies, said_in
from claimtrack.frozen import replace
from claimtrack.index.names import Mention
from claimtrack.index.stored import Stored, in_parts, marks
from claimtrack.index.telling import OF_EVIDENCE, Stage, tell, tell_all, untell
from claimtrack.model import Claim, Register
from claimtrack.progress import Tell
from claimtrack.quotes.audit import Stretch
from claimtrack.reading.quoted_sentences import sentence
from claimtrack.reading.shelf import Shelf
from claimtrack.reading.words import FOLDER, read_words

if TYPE_CHECKING:
    from claimtrack.diagnostic import Diagnostic
    from claimtrack.findings.overstatement.checking import OverstatementCheck

_AT_ONCE = 1000
"""Claims that are looked at together where they have to be loaded."""


class Judging:
    """Looks at the evidence of some claims after others."""

    def __init__(
        self, stored: Stored, catalogue: Register, main: Path, shelf: Shelf, tell_of: Tell
    ) -> None:
        """``catalogue`` is the register, or all of it but its claims and reviews."""
        self._stored, self._catalogue, self._main = stored, catalogue, main
        self._shelf, self._tell = shelf, tell_of
        self._counted: Counter[tuple[str, str]] = Counter()

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
            self._counted[result] += 1
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

    # ------------------------------------------------------------------------------ of all claims

    def judge_all(self) -> None:
        """Look at the evidence of every claim of the index, of none of which any is known."""
        total = self._stored.fact("claims")
        everything = self._stored.index.execute("SELECT no FROM bodies ORDER BY no").fetchall()
        for done, some in enumerate(in_parts((no for (no,) in everything), _AT_ONCE)):
            self._tell("comparing claims with their quotes", done * _AT_ONCE, total)
            self.judge(self._stored.numbered(some))
        self.judge_sources()

    def judge_sources(self) -> None:
        """Look at sources themselves, once the quotes of all claims have been."""
        stored, shelf, register = self._stored, self._shelf, self._catalogue
        self._count_all()
        self._keep_counts()
        stored.index.executemany(
            "INSERT INTO holdings VALUES (?, ?, ?)",
            (
                (key, holding.held, holding.matches(register.sources[key]))
                for key, holding in shelf.held.items()
            ),
        )
        tell(stored, Stage.SOURCE, shelf.diagnostics())
        self._judge_attested(register.sources)
        self._judge_copies()

    def _count_all(self) -> None:
        """Count what was found of all quotes, also of those that another process looked at."""
        self._counted.clear()
        for (results,) in self._stored.index.execute("SELECT results FROM audits"):
            self._counted.update(marshal.loads(results))

    def _keep_counts(self) -> None:
        """Add what was counted to how many quotes of each source have each result."""
        self._stored.index.executemany(
            "INSERT INTO quotes VALUES (?1, ?2, ?3) ON CONFLICT DO UPDATE SET number = number + ?3",
            [(*of, number) for of, number in self._counted.items()],
        )
        self._stored.index.execute("DELETE FROM quotes WHERE number = 0")
        self._counted.clear()

    def _judge_attested(self, sources: Iterable[str]) -> None:
        """Compare what is attested of some sources with their texts, where those are held."""
        for source in sources:
            untell(self._stored, [Stage.ATTESTED], [source])
            ground = self._shelf.ground(source)
            if ground.text is not None and ground.attestations:
                claims = {key: held for key, (_, held) in _citing(self._stored, source).items()}
                register = replace(self._catalogue, claims=claims)
                of_source = {source: quotes(register).get(source, [])}
                audited = audit(register, of_source, lambda each: self._shelf.ground(each.id))
                found = check_attested(audited.disagreements)
                tell(self._stored, Stage.ATTESTED, found, source)

    def _judge_copies(self) -> None:
        """Compare all sources with one another."""
        untell(self._stored, [Stage.COPY])
        sources = self._catalogue.sources
        texts = {key: text for key in sources if (text := self._shelf.text_of(key)) is not None}
        said = _said(self._stored)
        tell(self._stored, Stage.COPY, check_copies(self._catalogue, texts, said, self._tell))

    # ----------------------------------------------------------------------------- some once more

    def judge_again(self, gone: Mapping[int, Claim], claims: Mapping[int, Claim]) -> None:
        """Look at the evidence of claims that came, where that of all but them is known."""
        spoken = _spoken(self._stored, gone)
        self.forget(gone)
        self.judge({claim.id: (no, claim) for no, claim in claims.items()})
        held = (*gone.values(), *claims.values())
        self._judge_attested({each.source for claim in held for each in claim.evidence})
        if _spoken(self._stored, claims) != spoken:
            self._judge_copies()
        self._keep_counts()

    def forget(self, claims: Collection[int]) -> None:
        """Take out what is kept of the evidence of some claims."""
        index = self._stored.index
        for some in in_parts(claims):
            given = f"IN ({marks(some)})"
            for (results,) in index.execute(f"SELECT results FROM audits WHERE no {given}", some):
                self._counted.subtract(marshal.loads(results))
            index.execute(f"DELETE FROM audits WHERE no {given}", some)
            index.execute(f"DELETE FROM speech WHERE no {given}", some)
        untell(self._stored, (Stage.QUOTE, Stage.WORDING), claims)


def forget_all(stored: Stored) -> None:
    """Take out all that is known of evidence."""
    for table in ("audits", "speech", "quotes", "holdings"):
        stored.index.execute(f"DELETE FROM {table}")
    untell(stored, OF_EVIDENCE)


def _citing(stored: Stored, source: str) -> dict[str, tuple[int, Claim]]:
    question = f"SELECT no FROM mentions WHERE kind = {Mention.SOURCE:d} AND key = ? ORDER BY no"
    return stored.numbered(no for (no,) in stored.index.execute(question, (source,)).fetchall())


def _none(_: int) -> str | None:
    """The sentence of a quote that was not found."""
    return None


# ------------------------------------------------------------------------------------ whose words


def _speech(
    claims: Mapping[str, tuple[int, Claim]], audited: Audited, catalogue: Register
) -> Iterator[tuple[int, str, str, int, int]]:
    for quoted, found in audited.audits:
        for source, part, by in said_in(catalogue, [(quoted, found)]):
            yield claims[quoted.claim][0], source, by, part.start, part.end


def _spoken(stored: Stored, claims: Iterable[int]) -> set[tuple[str, str, int, int]]:
    """What some claims quote as somebody's words."""
    return {
        row
        for some in in_parts(claims)
        for row in stored.index.execute(
            f"SELECT source, speaker, first, last FROM speech WHERE no IN ({marks(some)})", some
        )
    }


def _said(stored: Stored) -> list[Said]:
    rows = stored.index.execute("SELECT source, first, last, speaker FROM speech")
    return [Said(source, Stretch(first, last), by) for source, first, last, by in rows]

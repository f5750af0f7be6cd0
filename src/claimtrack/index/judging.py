"""Looking at a register's evidence, claim by claim, and keeping what came of it in the index."""

from __future__ import annotations

import marshal
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

from claimtrack.findings.audits import audit, quotes
from claimtrack.findings.quote_checks import check_attested
from claimtrack.findings.undeclared_copies import Said, check_copies
from claimtrack.frozen import replace
from claimtrack.index.auditing import Auditing
from claimtrack.index.names import Mention
from claimtrack.index.stored import Stored, in_parts, marks
from claimtrack.index.telling import OF_EVIDENCE, Stage, tell, untell
from claimtrack.model import Claim, Register
from claimtrack.progress import Tell
from claimtrack.quotes.audit import Stretch
from claimtrack.reading.shelf import Shelf

_AT_ONCE = 1000
"""Claims that are looked at together where they have to be loaded."""


class Judging:
    """Looks at the evidence of some claims after others."""

    def __init__(
        self, stored: Stored, catalogue: Register, main: Path, shelf: Shelf, tell_of: Tell
    ) -> None:
        """``catalogue`` is the register, or all of it but its claims and reviews."""
        self._stored, self._catalogue = stored, catalogue
        self._shelf, self._tell = shelf, tell_of
        self._auditing = Auditing(stored, catalogue, main, shelf)
        self._counted: Counter[tuple[str, str]] = Counter()

    # ------------------------------------------------------------------------------ of all claims

    def judge_all(self) -> None:
        """Look at the evidence of every claim of the index, of none of which any is known."""
        total = self._stored.fact("claims")
        everything = self._stored.index.execute("SELECT no FROM bodies ORDER BY no").fetchall()
        for done, some in enumerate(in_parts((no for (no,) in everything), _AT_ONCE)):
            self._tell("comparing claims with their quotes", done * _AT_ONCE, total)
            self._auditing.judge(self._stored.numbered(some))
        self.judge_sources()

    def judge_sources(self) -> None:
        """Look at sources themselves, once the quotes of all claims have been."""
        stored, shelf, register = self._stored, self._shelf, self._catalogue
        self._count(stored.index.execute("SELECT results FROM audits"))
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

    def _count(self, audits: Iterable[tuple[bytes]]) -> None:
        for (results,) in audits:
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
        self._auditing.judge({claim.id: (no, claim) for no, claim in claims.items()})
        for some in in_parts(claims):
            question = f"SELECT results FROM audits WHERE no IN ({marks(some)})"
            self._count(self._stored.index.execute(question, some))
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

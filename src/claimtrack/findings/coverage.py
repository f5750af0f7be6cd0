"""Which sentences of each source the register's claims quote."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable

from claimtrack.findings.audits import Audits, Ground, Quoted
from claimtrack.frozen import frozen
from claimtrack.progress import Tell, counted, quiet
from claimtrack.quotes.audit import Audit, Passage
from claimtrack.quotes.coverage import Coverage, cover
from claimtrack.quotes.text import SourceText


@frozen
class Placed:
    """A quote and the place at which its source has it."""

    quoted: Quoted
    passage: Passage


@frozen
class CoveredText:
    """A source's text, how much of it is quoted, and by which quotes.

    ``unplaced`` are the quotes that stand in more than one place of it and do not say which is
    meant: they cover nothing.
    """

    text: SourceText
    coverage: Coverage
    placed: tuple[Placed, ...]
    unplaced: tuple[Quoted, ...]


@frozen
class SourceCoverage:
    """A source with its covered text; without one, ``why`` says why there is none."""

    source: str
    covered: CoveredText | None
    why: str = ""


def find_coverage(
    sources: Collection[str],
    audits: Audits,
    ground_of: Callable[[str], Ground],
    tell: Tell = quiet,
) -> list[SourceCoverage]:
    """How much of each of the sources is covered by the quotes that ``audits`` finds in it."""
    found = []
    for source in counted(sources, "looking for what is not quoted", tell):
        ground = ground_of(source)
        if ground.text is None:
            found.append(SourceCoverage(source, None, ground.why))
        else:
            of_source = audits.by_source.get(source, ())
            found.append(SourceCoverage(source, _covered(ground.text, of_source)))
    return found


def _covered(text: SourceText, audited: Iterable[tuple[Quoted, Audit]]) -> CoveredText:
    placed: list[Placed] = []
    unplaced: list[Quoted] = []
    for quoted, audit in audited:
        passage = _passage(audit)
        if passage is not None:
            placed.append(Placed(quoted, passage))
        elif audit.found:
            unplaced.append(quoted)
    parts = [part for each in placed for part in each.passage.parts]
    return CoveredText(text, cover(text, parts), tuple(placed), tuple(unplaced))


def _passage(audit: Audit) -> Passage | None:
    """The one place that a quote stands at; None if it stands nowhere, or nobody knows where."""
    if audit.found and (audit.result.stands or len(audit.found) == 1):
        return audit.found[0]
    return None

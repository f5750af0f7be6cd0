"""A claim in short: what a list shows of it and what it can be chosen by. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from claimtrack.findings.findings import Findings
    from claimtrack.model import Rating, Verdict


class LastVerdict(NamedTuple):
    """What was judged last of a claim; ``dated`` where it carries a fingerprint."""

    rating: Rating
    by: str | None
    on: str | None
    stale: bool
    dated: bool


class Summary(NamedTuple):
    """A claim with how it stands, in the words and numbers that a list shows."""

    id: str
    statement: str
    kind: str | None
    contest: str
    support: str
    flags: tuple[str, ...]
    verdict: LastVerdict | None
    grade: str | None
    about: tuple[str, ...]
    tags: tuple[str, ...]
    when: str | None
    sources: tuple[str, ...]
    origins: int
    file: str
    line: int


def summarise(claim_id: str, findings: Findings) -> Summary:
    """One of the claims that the findings are about, in short."""
    claim = findings.register.claims[claim_id]
    support = findings.supports[claim_id]
    last = findings.last_verdict(claim_id)
    return Summary(
        claim.id,
        claim.statement,
        claim.kind,
        findings.standings[claim_id].contest,
        support.word,
        findings.flags(claim_id),
        last and _verdict(*last),
        support.grade,
        claim.about,
        claim.tags,
        claim.when.text if claim.when else None,
        support.sources,
        len(support.origins),
        claim.place.file,
        claim.place.line,
    )


def _verdict(last: Verdict, stale: bool) -> LastVerdict:
    return LastVerdict(last.rating, last.by, last.on, stale, last.fingerprint is not None)

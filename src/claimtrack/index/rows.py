"""Claims in short as rows of a table, and back."""

from __future__ import annotations

import marshal
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from claimtrack.findings.flags import FLAGS
from claimtrack.findings.summaries import LastVerdict, Summary, summarise

if TYPE_CHECKING:
    from claimtrack.findings.findings import Findings

_BITS: dict[str, int] = {flag: 1 << number for number, flag in enumerate(FLAGS)}


def flag_bits(flags: Iterable[str]) -> int:
    """Flags as the bits of one number."""
    return sum(_BITS[flag] for flag in flags)


CLAIM_COLUMNS = 18
"""How many columns such a row has."""


def claim_row(no: int, claim_id: str, line: int, findings: Findings) -> tuple[Any, ...]:
    """A claim's row of the table ``claims``; its stretch begins on the line."""
    told, claim = summarise(claim_id, findings), findings.register.claims[claim_id]
    days = claim.when and claim.when.days
    details = (told.flags, told.verdict and tuple(told.verdict), told.about, told.tags, told.when)
    return (
        no,
        told.id,
        told.statement,
        told.contest,
        told.support,
        flag_bits(told.flags),
        told.grade,
        len(told.sources),
        told.origins,
        findings.supports[claim_id].is_echo,
        told.kind,
        days and days.low,
        days and days.high,
        ",".join(str(item.stance) for item in claim.evidence),
        len(claim.asserts),
        told.line - line,
        claim.place.column,
        marshal.dumps((*details, told.sources)),
    )


SUMMARY = "c.id, c.statement, c.kind, c.contest, c.support, c.grade, c.origins, c.below, c.details"
"""The columns that a summary is made of."""


def summary_of(row: tuple[Any, ...], file: str, line: int) -> Summary:
    """A claim in short; the stretch that it stands in begins on the line."""
    key, statement, kind, contest, support, grade, origins, below, details = row
    flags, verdict, about, tags, when, sources = marshal.loads(details)
    return Summary(
        key,
        statement,
        kind,
        contest,
        support,
        flags,
        verdict and LastVerdict(*verdict),
        grade,
        about,
        tags,
        when,
        sources,
        origins,
        file,
        line + below,
    )

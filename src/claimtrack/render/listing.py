"""Claims in short: the table of ``list``, for people and for programs."""

from __future__ import annotations

from collections.abc import Sequence

from claimtrack.findings.summaries import Summary
from claimtrack.render.screen import Part, Screen
from claimtrack.render.style import quiet, strong, word
from claimtrack.render.words import count

HEADERS = (
    "id",
    "contest",
    "support",
    "grade",
    "verdict",
    "sources",
    "origins",
    "statement",
)
SHORT_HEADERS = (*HEADERS[:5], "told by", HEADERS[-1])
"""Where people read: one column says of how many origins the sources are."""


def row(claim: Summary) -> list[str]:
    """A claim's cells for programs, under HEADERS."""
    return [
        claim.id,
        claim.contest,
        claim.support,
        claim.grade or "",
        verdict_words(claim),
        str(len(claim.sources)),
        str(claim.origins),
        claim.statement,
    ]


def short_row(claim: Summary) -> list[str]:
    """A claim's cells for people, under SHORT_HEADERS."""
    *told, _, _, statement = row(claim)
    return [*told, counts_words(len(claim.sources), claim.origins), statement]


def verdict_words(claim: Summary) -> str:
    """``confirmed``, ``confirmed (stale)``, ``confirmed (undated)`` or nothing."""
    last = claim.verdict
    if last is None:
        return ""
    if last.stale:
        return f"{last.rating} (stale)"
    return last.rating if last.dated else f"{last.rating} (undated)"


def counts_words(sources: int, origins: int) -> str:
    """``3 sources, 1 origin``: how many sources support a claim, and from how many firm origins."""
    if not sources:
        return "no source"
    firm = count(origins, "origin") if origins else "no firm origin"
    return f"{count(sources, 'source')}, {firm}"


def print_list(claims: Sequence[Summary], fitting: int, total: int, screen: Screen) -> None:
    """The table of claims; on a terminal a line at the end says how many of how many fitting."""
    if claims:
        screen.table(SHORT_HEADERS, [_styled(short_row(claim)) for claim in claims])
    if screen.width is not None or not claims:
        shown = count(len(claims), "claim")
        of = f" of {fitting:,} that fit" if fitting not in (len(claims), total) else ""
        all_ = f" of {total:,}" if total != len(claims) else ""
        none = f"No claim of {total:,} fits." if total else "The register holds no claims."
        screen.line(quiet(f"{shown}{of or all_}" if fitting else none))


def _styled(cells: list[str]) -> list[Part]:
    return [strong(cells[0]), *(word(cell) for cell in cells[1:6]), cells[6]]

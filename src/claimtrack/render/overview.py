"""The register as a whole: the dashboard and the numbers of ``stats``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from claimtrack.diagnostic import Diagnostic, Severity
from claimtrack.findings.standing import CONTEST_WORDS
from claimtrack.findings.support import SUPPORT_WORDS
from claimtrack.quotes.audit import AuditResult
from claimtrack.render.quotes import quotes_words, totals_row
from claimtrack.render.screen import Screen
from claimtrack.render.style import quiet, strong, word
from claimtrack.render.words import count, question

if TYPE_CHECKING:
    from claimtrack.findings.conflicts import Conflict
    from claimtrack.findings.findings import Findings
    from claimtrack.reading.holdings import Holding

_SHOWN = 3


def print_dashboard(
    findings: Findings,
    diagnostics: Sequence[Diagnostic],
    held: Mapping[str, Holding],
    quotes: Counter[AuditResult],
    screen: Screen,
) -> None:
    """What is there, what collides, and what to do next, in a dozen lines."""
    register = findings.register
    here = sum(holding.held for holding in held.values())
    screen.line(strong(register.title or "An untitled register"))
    screen.line(
        f"{count(len(register.claims), 'claim')} from {count(len(register.sources), 'source')}, "
        f"{here:,} of them held; {quotes_words(quotes)}"
    )
    screen.line(", ".join(support_tally(findings)))
    echoes = sum(findings.supports[claim].is_echo for claim in register.claims)
    if echoes:
        at = quiet("  claimtrack list --flag single-origin --sort sources")
        echoing = f"{count(echoes, 'claim')} told by several sources, but of one origin"
        screen.line(echoing, at)
    screen.line()
    unsettled = hardest_first(findings)
    hard = sum(conflict.severity == "hard" for conflict in unsettled)
    told = strong(count(len(unsettled), "open conflict"))
    where = "  claimtrack conflicts --hard" if hard else "  claimtrack conflicts"
    screen.line(told, f", {hard:,} hard" if hard else "", quiet(where if unsettled else ""))
    for conflict in unsettled[:_SHOWN]:
        asked = f"  {question(conflict, register)}" if conflict.subject else ""
        screen.line(word(conflict.severity), " ", strong(conflict.id), asked, indent=2)
        screen.line(quiet(", ".join(conflict.claims[:4])), indent=7)
    disputed = [c for c, standing in findings.standings.items() if "disputed" in standing.contests]
    more = ", …" if len(disputed) > _SHOWN else ""
    names = f": {', '.join(disputed[:_SHOWN])}{more}" if disputed else ""
    told = strong(count(len(disputed), "disputed claim"))
    screen.line(told, names, quiet("  claimtrack list --disputed" if disputed else ""))
    screen.line()
    screen.line(quiet("next: "), _next_step(findings, diagnostics, unsettled))


def hardest_first(findings: Findings) -> list[Conflict]:
    """Conflicts that are open, hard ones first, those that most origins speak in before others."""

    def key(conflict: Conflict) -> tuple[bool, int, str]:
        supports = (findings.supports[claim] for claim in conflict.claims)
        origins = {origin for support in supports for origin in support.origins}
        return conflict.severity != "hard", -len(origins), conflict.id

    unsettled = (c for c in findings.conflicts if not findings.reviews.is_settled(c))
    return sorted(unsettled, key=key)


def support_tally(findings: Findings) -> list[str]:
    """``12 corroborated``, ``3 speculative`` …, what is there, strongest first."""
    words = Counter(findings.supports[claim].word for claim in findings.register.claims)
    return [f"{words[each]:,} {each}" for each in SUPPORT_WORDS if words[each]] or ["no claims"]


def _next_step(
    findings: Findings, diagnostics: Iterable[Diagnostic], unsettled: Sequence[Conflict]
) -> str:
    severities = [diagnostic.severity for diagnostic in diagnostics]
    errors, warnings = severities.count(Severity.ERROR), severities.count(Severity.WARNING)
    if not findings.register.claims and not errors:
        return "no claims yet; write the first: claimtrack add"
    if errors:
        return f"{count(errors, 'error')} to mend: claimtrack check"
    if warnings:
        return f"{count(warnings, 'warning')} to look at: claimtrack check"
    if unsettled:
        return f"look at the hardest conflict: claimtrack conflicts {unsettled[0].id}"
    if any("disputed" in standing.contests for standing in findings.standings.values()):
        return "look at what is disputed: claimtrack list --disputed"
    return "nothing is open: claimtrack list"


# ------------------------------------------------------------------------------------------ stats


def stats(findings: Findings, quotes: Counter[AuditResult]) -> dict[str, dict[str, int]]:
    """Counts of claims, evidence and conflicts, each by one thing."""
    claims = findings.register.claims.values()
    states = Counter(findings.reviews.state(conflict) for conflict in findings.conflicts)
    flags = Counter(flag for claim in claims for flag in findings.flags(claim.id))
    return {
        "register": {
            "claims": len(claims),
            "evidence": sum(len(claim.evidence) for claim in claims),
            "sources": len(findings.register.sources),
            "entities": len(findings.register.entities),
            "properties": len(findings.register.properties),
            "assertions": sum(len(claim.asserts) for claim in claims),
            "reviews": len(findings.register.reviews),
            "quotes": quotes.total(),
        },
        "quotes": totals_row(quotes),
        "contest": {each: flags[each] for each in CONTEST_WORDS},
        "support": {each: flags[each] for each in SUPPORT_WORDS},
        "conflicts": {
            "hard": sum(conflict.severity == "hard" for conflict in findings.conflicts),
            "tension": sum(conflict.severity == "tension" for conflict in findings.conflicts),
            "open": states["open"],
            "reviewed": states["reviewed"],
            "stale": states["stale"],
            "same source": sum(conflict.same_source for conflict in findings.conflicts),
        },
        "kind": _counted(claim.kind or "none" for claim in claims),
        "stance": _counted(str(item.stance) for claim in claims for item in claim.evidence),
        "verdict": _counted(
            last[0].rating for claim in claims if (last := findings.last_verdict(claim.id))
        ),
        "source": _counted(
            source for claim in claims for source in {item.source for item in claim.evidence}
        ),
    }


def _counted(words: Iterable[str]) -> dict[str, int]:
    return dict(sorted(Counter(words).items(), key=lambda pair: (-pair[1], pair[0])))


def print_stats(numbers: Mapping[str, Mapping[str, int]], screen: Screen) -> None:
    """The counts, group by group."""
    for index, (group, counts) in enumerate(numbers.items()):
        if not counts:
            continue
        if index:
            screen.line()
        screen.line(strong(group))
        width = max(map(len, counts))
        for name, number in counts.items():
            screen.line(f"{name.ljust(width)}  {number:>7,}", indent=2)

"""A claim in words: the page of ``show``."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from claimtrack.findings.audits import Quoted
from claimtrack.model import Claim
from claimtrack.render.conflicts import print_conflict
from claimtrack.render.origins import print_origins
from claimtrack.render.reviews import overruled_words, print_prevailing, print_verdicts
from claimtrack.render.screen import Part, Screen
from claimtrack.render.style import quiet, strong, word
from claimtrack.render.words import (
    assertion_words,
    count,
    entity_words,
    speaker_words,
)

if TYPE_CHECKING:
    from claimtrack.findings.findings import Findings
    from claimtrack.findings.hindsight import Hindsight
    from claimtrack.findings.support import Support
    from claimtrack.render.quotes import Quoting


def print_claim(
    claim_id: str,
    findings: Findings,
    quoting: Quoting,
    hindsight: Hindsight,
    screen: Screen,
) -> None:
    """One claim with all that is known of it."""
    claim = findings.register.claims[claim_id]
    where = f"{claim.place.file}:{claim.place.line}  fingerprint {claim.fingerprint}"
    screen.line(strong(claim.id), "  ", quiet(where))
    screen.line(claim.statement, indent=2)
    _print_standing(claim, findings, screen)
    _print_details(claim, findings, screen)
    _print_evidence(claim, findings, quoting, screen)
    _print_conflicts(claim, findings, hindsight, screen)
    _print_relations(claim, findings, screen)
    print_verdicts(claim, findings, hindsight, screen)


def _heading(screen: Screen, *parts: Part) -> None:
    screen.line()
    screen.line(*parts)


def _print_standing(claim: Claim, findings: Findings, screen: Screen) -> None:
    support = findings.supports[claim.id]
    standing = findings.standings[claim.id]
    _heading(screen, word(standing.contest), quiet(f": {_why_contest(claim, findings)}"))
    print_prevailing(claim.id, findings, screen)
    grade = f"; best grade {support.grade}" if support.grade else ""
    screen.line(word(support.word), quiet(f": {_why_support(claim, findings)}{grade}"))
    if claim.id in findings.out_of_play:
        reason = "it is withdrawn, or another claim supersedes it"
        screen.line("out of play", quiet(f": {reason}; it takes part in no conflict"))
    if len(support.claims) > 1:
        others = ", ".join(other for other in support.claims if other != claim.id)
        screen.line("same as ", others, quiet(": their evidence counts as one"))


def _why_contest(claim: Claim, findings: Findings) -> str:
    standing = findings.standings[claim.id]
    open_ones = [c for c in standing.conflicts if not findings.reviews.is_settled(c)]
    hard = [c.id for c in open_ones if claim.id in c.hard_claims]
    soft = [c.id for c in open_ones if claim.id not in c.hard_claims]
    disputing = findings.supports[claim.id].disputing
    speakers = dict.fromkeys(
        f"{speaker_words(item, findings.register)} {item.evidence.stance}" for item in disputing
    )
    reasons = {
        "overruled": overruled_words(claim.id, findings),
        "conflicting": f"it cannot be true together with others in {_ids(hard)}",
        "disputed": f"{', '.join(speakers)} it",
        "tension": f"it pulls against others in {_ids(soft)}",
        "uncontested": "what speaks against it has been reviewed"
        if standing.conflicts or disputing
        else "nothing in the register speaks against it",
    }
    return "; ".join(reasons[each] for each in standing.contests)


def _ids(ids: Sequence[str]) -> str:
    shown = ", ".join(ids[:2])
    return f"{shown} and {len(ids) - 2} more" if len(ids) > 2 else shown


def _why_support(claim: Claim, findings: Findings) -> str:
    support = findings.supports[claim.id]
    tally = (
        f"{count(len(support.firm), 'firm item')} from {count(len(support.origins), 'origin')}"
        f" in {count(len(support.sources), 'source')}"
    )
    return {
        "corroborated": f"{tally}, at least two independent of each other",
        "single-origin": f"{tally}{_dependence(support)}",
        "speculative": "it is only speculated",
        "unsupported": "no item of evidence supports it",
    }[support.word]


def _dependence(support: Support) -> str:
    """Why several firm items count as one."""
    if len(support.firm) < 2:
        return ""
    root = support.firm[0].origin.root
    shared = f": all go back to {root}" if len(support.origins) > 1 else ""
    return f", none independent of the others{shared}"


def _print_details(claim: Claim, findings: Findings, screen: Screen) -> None:
    register = findings.register
    told: list[str] = [claim.kind or ""]
    told += [f"when {claim.when.text}"] if claim.when else []
    if claim.about:
        told.append("about " + ", ".join(entity_words(key, register) for key in claim.about))
    told += [f"tagged {', '.join(claim.tags)}"] if claim.tags else []
    if any(told):
        _heading(screen, "; ".join(part for part in told if part))
    for assertion in claim.asserts:
        screen.line(quiet("asserts "), assertion_words(assertion, register))
    if claim.note:
        screen.line(quiet("note "), claim.note)


def _print_evidence(claim: Claim, findings: Findings, quoting: Quoting, screen: Screen) -> None:
    support = findings.supports[claim.id]
    own = [item for item in support.items if item.claim == claim.id]
    borrowed = len(support.items) - len(own)
    more = f", and {borrowed} of the claims that are the same" if borrowed else ""
    origins = count(len(support.origins), "firm origin")
    _heading(screen, strong("Evidence"), quiet(f" {count(len(own), 'item')}, {origins}{more}"))

    def print_below(index: int, indent: int) -> None:
        quoted = Quoted(claim.id, index, own[index].evidence)
        _print_quote(quoted, findings, quoting, screen, indent)

    print_origins(own, print_below, findings.register, screen)


def _print_quote(
    quoted: Quoted, findings: Findings, quoting: Quoting, screen: Screen, indent: int
) -> None:
    """An item's quote with its audit, and its note."""
    if quoted.evidence.quote is not None:
        quoting.print_item(quoted, findings.register, screen, indent)
    if quoted.evidence.note:
        screen.line(quiet("note "), quoted.evidence.note, indent=indent)


def _print_conflicts(
    claim: Claim, findings: Findings, hindsight: Hindsight, screen: Screen
) -> None:
    conflicts = findings.standings[claim.id].conflicts
    if conflicts:
        _heading(screen, strong("Conflicts"), quiet(f" {len(conflicts)}"))
    for index, conflict in enumerate(conflicts):
        if index:
            screen.line()
        print_conflict(conflict, findings, hindsight, screen, indent=2, mark=claim.id)


def _print_relations(claim: Claim, findings: Findings, screen: Screen) -> None:
    lines = list(_relation_lines(claim, findings))
    if lines:
        _heading(screen, strong("Relations"))
    for parts in lines:
        screen.line(*parts, indent=2)


def _relation_lines(claim: Claim, findings: Findings) -> Iterable[list[Part]]:
    for relation in claim.relations:
        why = f": {relation.why}" if relation.why else ""
        yield [f"{relation.type} ", strong(", ".join(relation.claims)), quiet(why)]
    for other in findings.register.claims.values():
        for relation in other.relations:
            if claim.id in relation.claims:
                why = f": {relation.why}" if relation.why else ""
                yield [strong(other.id), f" {relation.type} this", quiet(why)]

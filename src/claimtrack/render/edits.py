"""What an edit of a claim changed, in words: one sentence for each part that says otherwise."""

from __future__ import annotations

from collections.abc import Iterator

from claimtrack.findings.changes import Change, KeyChange
from claimtrack.findings.differences import ClaimEdit, Link, VerdictMove
from claimtrack.frozen import replace
from claimtrack.model import Register, Verdict
from claimtrack.render.changes import (
    Told,
    assertion_told,
    item_told,
    order_told,
    statement_told,
    written_words,
)
from claimtrack.render.reviews import decided


def edit_told(edit: ClaimEdit, then: Register, now: Register) -> Iterator[Told]:
    """All that an edit changed: statement, assertions, evidence, grades, relations, details."""
    reading = edit.reading
    if reading.statement is not None:
        yield statement_told(edit.id, reading.statement)
    for assertion in reading.asserts:
        yield assertion_told(edit.id, assertion, then, now)
    for item in edit.evidence:
        yield item_told(edit.id, item, then, now)
    for item in edit.regraded:
        yield replace(item_told(edit.id, item, then, now), what="credibility")
    for link in edit.links:
        yield _link_told(edit.id, link)
    for key in edit.keys:
        yield key_told(edit.id, key)
    if reading.reordered or edit.is_reworded_only:
        yield order_told(reading)


def _link_told(claim: str, link: Change[Link]) -> Told:
    before = f"{link.before.type} {link.before.other}" if link.before else None
    after = f"{link.after.type} {link.after.other}" if link.after else None
    if link.before is None or link.after is None:
        clause = f"a relation less ({before})" if link.before else f"a relation more ({after})"
        return Told("relation", clause, claim, before, after)
    was, now = (f"‘{why}’" if why else "nothing" for why in (link.before.why, link.after.why))
    return Told("relation", f"why it {after} from {was} to {now}", claim, before, after)


def key_told(claim: str | None, change: KeyChange) -> Told:
    """A key that has another value: ``tags from [a] to [a, b]``."""
    before, after = written_words(change.before), written_words(change.after)
    clause = f"{change.key} from {before or 'nothing'} to {after or 'nothing'}"
    return Told("detail", clause, claim, before, after)


def verdict_told(move: VerdictMove) -> Told:
    """What became of a claim's verdict: ``verdict up from unproven to confirmed, by ann``."""
    before, after = (each.rating if each else None for each in (move.before, move.after))
    if move.staled == "renewed":
        clause = f"verdict {after} renewed on what the claim says now"
        return Told("verdict", clause, move.claim, before, after)
    if move.staled is not None:
        state = "stale" if move.staled == "stale" else "valid"
        return Told("verdict", f"verdict {after} is {state} now", move.claim, before, after)
    return Told("verdict", f"verdict {verdict_words(move)}", move.claim, before, after)


def verdict_words(move: VerdictMove) -> str:
    """``up from unproven to confirmed by ann on 2026-11-22: why``."""
    was = move.before.rating if move.before else "none"
    way = "" if move.direction == "level" else f"{move.direction} "
    now = move.after.rating if move.after else "none"
    told = f"{way}from {was} to {now}{_who(move.after) if move.added else ''}"
    return f"{told} (earlier ones were changed or taken away)" if move.is_rewritten else told


def _who(verdict: Verdict | None) -> str:
    return "" if verdict is None else decided(verdict)

"""Decisions in words: what a person decided, by whom and when, and what has changed since."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from claimtrack.findings.hindsight import Hindsight, Since, gone_reviews
from claimtrack.findings.reviews import Reviewed
from claimtrack.model import Claim, Review, Verdict
from claimtrack.render.changes import Told, told
from claimtrack.render.screen import Screen
from claimtrack.render.style import quiet, strong
from claimtrack.render.words import count, listed
from claimtrack.values.edtf import read_date

if TYPE_CHECKING:
    from claimtrack.findings.conflicts import Conflict
    from claimtrack.findings.findings import Findings

_SHOWN = 8
_NAMED = 3


def decided(decision: Review | Verdict) -> str:
    """`` by ann on 2026-11-22: why``, as much of it as was written."""
    return _by_whom(decision) + _why(decision)


def _by_whom(decision: Review | Verdict) -> str:
    by = f" by {decision.by}" if decision.by else ""
    return f"{by} on {decision.on}" if decision.on else by


def _why(decision: Review | Verdict) -> str:
    return f": {decision.why}" if decision.why else ""


# -------------------------------------------------------------------------------------- conflicts


def print_review(
    conflict: Conflict, findings: Findings, hindsight: Hindsight, screen: Screen, indent: int
) -> None:
    """The review of a conflict that counts, if there is one."""
    held = findings.reviews.of_conflicts.get(conflict.id)
    if held is None:
        return
    words = review_words(held, hindsight.today)
    screen.line(quiet("review: "), words, indent=indent)
    if held.stale:
        since = hindsight.of_conflicts.get(conflict.id)
        _print_since(_of_conflict(held.review, conflict, since), since, screen, indent + 2)


def review_words(held: Reviewed, today: date) -> str:
    """A review in one line: what it decided, or for how long it has left the matter open."""
    if held.stale:
        return f"stale, without effect; {decision_words(held.review)}"
    if held.review.decision == "unresolved":
        return unresolved_words(held.review, today)
    return decision_words(held.review)


def decision_words(review: Review) -> str:
    """``at-quay prevails, decided by ann on 2026-11-22: why``, ``compatible by ann: why``."""
    if review.prevailing is None:
        return f"{review.decision}{decided(review)}"
    whom = _by_whom(review)
    return f"{review.prevailing} prevails{', decided' if whom else ''}{whom}{_why(review)}"


def unresolved_words(review: Review, today: date) -> str:
    """``unresolved for 12 days, by ann: why``."""
    by = f", by {review.by}" if review.by else ""
    return f"unresolved{_age(review.on, today)}{by}{_why(review)}"


def _age(on: str | None, today: date) -> str:
    """How long ago a date was, in days if it is a day, and no more exactly than it is written."""
    if on is None:
        return ", undated"
    days = -1 if "/" in on else today.toordinal() - int(read_date(on).low)
    if days < 0:
        return f", dated {on}"
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", on):
        return f" since {on}"
    return f" for {count(days, 'day')}" if days else " since today"


def print_gone(reviews: Sequence[Review], hindsight: Hindsight, screen: Screen) -> None:
    """Reviews of conflicts that are gone, with what has changed since."""
    for review in reviews:
        key = review.conflict or ""
        screen.line(strong(key))
        screen.line(
            quiet("review: "), review_words(Reviewed(review, True), hindsight.today), indent=2
        )
        since = hindsight.of_conflicts.get(key)
        _print_since(_of_conflict(review, None, since), since, screen, 4)
        screen.line()


def note_gone(reviews: Sequence[Review], screen: Screen) -> None:
    """A line that says which conflicts are gone that were reviewed, if any."""
    if not reviews:
        return
    from shlex import quote  # seldom needed

    ids = [review.conflict or "" for review in reviews]
    more = [f"{len(ids) - _NAMED:,} more"] if len(ids) > _NAMED else []
    number = count(len(ids), "review is of a conflict", "reviews are of conflicts")
    named = listed([*ids[:_NAMED], *more])
    # What a register calls a conflict that is gone may be any text, and a reader may paste it.
    where = f"claimtrack conflicts {quote(ids[0])} says what has changed"
    screen.line(quiet(f"{number} no longer there: {named}; {where}"))


# ------------------------------------------------------------------------------ what has changed


def _of_conflict(review: Review, conflict: Conflict | None, since: Since | None) -> list[Told]:
    """What the register shows by itself, then what its history does."""
    shown = []
    if conflict is None:
        shown.append(Told("gone", "the conflict is no longer there"))
    elif review.prevailing is not None and review.prevailing not in conflict.claims:
        clause = "the claim that was to prevail no longer stands in it"
        shown.append(Told("left", clause, review.prevailing))
    return shown + _by_history(since)


def _of_dispute(claim: str, findings: Findings, since: Since | None) -> list[Told]:
    disputed = bool(findings.supports[claim].disputing)
    gone = [] if disputed else [Told("gone", "nothing disputes it any more", claim)]
    return gone + _by_history(since)


def _by_history(since: Since | None) -> list[Told]:
    return [] if since is None or since.change is None else told(since.change)


def _print_since(changes: Sequence[Told], since: Since | None, screen: Screen, indent: int) -> None:
    for change in changes[:_SHOWN]:
        screen.line(quiet("changed since: "), change.sentence, indent=indent)
    if len(changes) > _SHOWN:
        more = count(len(changes) - _SHOWN, "change")
        screen.line(quiet(f"and {more} more; --format json lists them all"), indent=indent)
    if since is not None and since.reason is not None:
        further = "what else changed" if changes else "what changed since"
        screen.line(quiet(f"{further} cannot be told: {since.reason}"), indent=indent)


# ----------------------------------------------------------------------------------------- claims


def overruled_words(claim: str, findings: Findings) -> str:
    """Who prevails over the claim, where and by whom; or that its dispute was upheld, by whom."""
    told = [
        f"{winner} prevails in {conflict.id}{_decided_on(conflict, findings)}"
        for conflict, winner in _won(claim, findings)
        if winner != claim and claim in conflict.rivals(winner)
    ]
    if findings.reviews.decision(claim) == "upheld":
        told.append(f"its dispute was upheld{decided(findings.reviews.of_disputes[claim].review)}")
    return "; ".join(told)


def print_prevailing(claim: str, findings: Findings, screen: Screen) -> None:
    """Where the claim prevails, over which others, and who decided so."""
    for conflict, winner in _won(claim, findings):
        if winner != claim:
            continue
        rivals = sorted(conflict.rivals(claim))
        more = [f"{len(rivals) - _NAMED:,} more"] if len(rivals) > _NAMED else []
        over = listed([*rivals[:_NAMED], *more])
        why = f" in {conflict.id} over {over}{_decided_on(conflict, findings)}"
        screen.line("prevails", quiet(why))


def _won(claim: str, findings: Findings) -> Iterator[tuple[Conflict, str]]:
    """The claim's conflicts in which a valid review says which claim prevails."""
    for conflict in findings.standings[claim].conflicts:
        winner = findings.reviews.winner(conflict)
        if winner is not None:
            yield conflict, winner


def _decided_on(conflict: Conflict, findings: Findings) -> str:
    told = decided(findings.reviews.of_conflicts[conflict.id].review)
    return f", decided{told}" if told else ""


def print_verdicts(claim: Claim, findings: Findings, hindsight: Hindsight, screen: Screen) -> None:
    """A claim's verdicts, the review of its dispute, and reviews that it prevailed in once."""
    if claim.verdicts:
        screen.line()
        screen.line(strong("Verdicts"), quiet(", the last one counts"))
    for verdict in claim.verdicts:
        stale = " (stale)" if verdict.is_stale(claim.fingerprint) else ""
        state = " (undated)" if verdict.fingerprint is None else stale
        words = f"{verdict.rating}{state}{_by_whom(verdict)}"
        screen.line(words, quiet(_why(verdict)), indent=2)
    since = hindsight.of_verdicts.get(claim.id)
    if since is not None:
        _print_since(_by_history(since), since, screen, 4)
    _print_dispute_review(claim, findings, hindsight, screen)
    gone = gone_reviews_of(claim.id, findings)
    if gone:
        screen.line()
        screen.line(strong("Reviews of conflicts that are gone"))
    print_gone(gone, hindsight, screen)


def gone_reviews_of(claim: str, findings: Findings) -> list[Review]:
    """Reviews of conflicts that are gone, in which the claim was to prevail."""
    return [review for review in gone_reviews(findings) if review.claim == claim]


def _print_dispute_review(
    claim: Claim, findings: Findings, hindsight: Hindsight, screen: Screen
) -> None:
    held = findings.reviews.of_disputes.get(claim.id)
    disputed = bool(findings.supports[claim.id].disputing)
    if held is not None or disputed:
        screen.line()
    if held is not None:
        screen.line(quiet("review of its dispute: "), review_words(held, hindsight.today))
        if held.stale:
            since = hindsight.of_disputes.get(claim.id)
            _print_since(_of_dispute(claim.id, findings, since), since, screen, 2)
    if disputed:
        ground = findings.dispute_ground(claim.id)
        screen.line(quiet(f"fingerprint for a review of its dispute: {ground}"))


# ------------------------------------------------------------------------------------ for programs


def stale_part(findings: Findings, hindsight: Hindsight) -> dict[str, object]:
    """What ``conflicts`` and ``show`` give beside the rest: ``stale``, if anything they show is."""
    rows = _stale_rows(findings, hindsight)
    return {"stale": rows} if rows else {}


def _stale_rows(findings: Findings, hindsight: Hindsight) -> list[dict[str, object]]:
    known = {conflict.id: conflict for conflict in findings.conflicts}
    held = findings.reviews.of_conflicts
    rows = [
        _row("conflict", key, since, _of_conflict(held[key].review, known.get(key), since))
        for key, since in hindsight.of_conflicts.items()
    ]
    rows += [
        _row("dispute", key, since, _of_dispute(key, findings, since))
        for key, since in hindsight.of_disputes.items()
    ]
    rows += [
        _row("claim", key, since, _by_history(since))
        for key, since in hindsight.of_verdicts.items()
    ]
    return rows


def _row(kind: str, key: str, since: Since, changes: Sequence[Told]) -> dict[str, object]:
    return {
        kind: key,
        "known": since.change is not None,
        "reason": since.reason,
        "changes": [change_row(change) for change in changes],
    }


def change_row(change: Told) -> Mapping[str, str | None]:
    """One thing that differs, as programs read it."""
    return {
        "what": change.what,
        "claim": change.claim,
        "before": change.before,
        "after": change.after,
        "told": change.sentence,
    }

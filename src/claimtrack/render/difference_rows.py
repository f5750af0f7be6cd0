"""What differs between two states of a register, as programs read it."""

from __future__ import annotations

from collections import Counter

from claimtrack.findings.changes import Change
from claimtrack.findings.conflict_turns import TURNS, ConflictTurn
from claimtrack.findings.differences import ClaimEdit, Differences, StandingMove, VerdictMove
from claimtrack.findings.entry_changes import EntryChange
from claimtrack.model import Claim, Register, Review, Verdict
from claimtrack.render.differences import Side
from claimtrack.render.documents import Json
from claimtrack.render.edits import edit_told
from claimtrack.render.reviews import change_row


def differences_document(before: Side, after: Side, differences: Differences) -> Json:
    """The keys of ``diff --format json``: two sides, how many of each, then each kind in full."""
    then, now = differences.earlier, differences.after.register
    return {
        "from": side_row(before),
        "to": side_row(after),
        "counts": _counts(differences),
        "conflicts": [_conflict_row(each) for each in differences.conflicts],
        "claims": {
            "added": [_claim_row(each) for each in differences.added],
            "gone": [_claim_row(each) for each in differences.gone],
            "renamed": [
                {"before": old, "after": new} for old, new in differences.renames.claims.items()
            ],
            "edited": [_edit_row(each, then, now) for each in differences.edits],
            "left_out": list(differences.unreadable),
            "mended": list(differences.mended),
        },
        "verdicts": [_verdict_row(each) for each in differences.verdicts],
        "reviews": {
            "added": [_review_row(each) for each in differences.reviews.added],
            "gone": [_review_row(each) for each in differences.reviews.gone],
            "renewed": [_review_row(each) for each in differences.reviews.renewed],
            "left_out": [_review_row(each) for each in differences.reviews.idle],
            "mended": [_review_row(each) for each in differences.reviews.mended],
        },
        "entries": [_entry_row(each) for each in differences.entries],
        "title": _change(differences.title),
        "standing": [_move_row(each) for each in differences.moves],
    }


def side_row(side: Side) -> Json:
    """A state that is compared; of the files as they are, all but what is left out is null."""
    commit = side.commit
    return {
        "revision": side.revision,
        "commit": commit.id if commit else None,
        "author": commit.author if commit else None,
        "date": commit.day if commit else None,
        "left_out": dict(side.findings.register.left_out),
    }


def _counts(differences: Differences) -> Json:
    turns = Counter(turn.turn for turn in differences.conflicts)
    reviews = differences.reviews
    return {
        "conflicts": {turn: turns[turn] for turn in TURNS},
        "claims": {
            "added": len(differences.added),
            "gone": len(differences.gone),
            "renamed": len(differences.renames.claims),
            "edited": len(differences.edits),
        },
        "verdicts": len(differences.verdicts),
        "reviews": sum(map(len, (reviews.added, reviews.gone, reviews.renewed))),
        "entries": len(differences.entries),
        "standing": len(differences.moves),
    }


def _conflict_row(turn: ConflictTurn) -> Json:
    before, after = turn.before, turn.after
    held = after or before
    return {
        "id": turn.id,
        "change": turn.turn,
        "severity": {
            "before": before.severity if before else None,
            "after": after.severity if after else None,
        },
        "state": {"before": turn.was, "after": turn.now},
        "claims": list(held.claims) if held else [],
        "joined": list(turn.joined),
        "left": list(turn.left),
        "answering": list(turn.answering),
    }


def _claim_row(claim: Claim) -> Json:
    return {
        "id": claim.id,
        "statement": claim.statement,
        "file": claim.place.file,
        "line": claim.place.line,
    }


def _edit_row(edit: ClaimEdit, then: Register, now: Register) -> Json:
    return {
        "id": edit.id,
        "file": edit.after.place.file,
        "line": edit.after.place.line,
        "changes": [change_row(each) for each in edit_told(edit, then, now)],
    }


def _verdict_row(move: VerdictMove) -> Json:
    return {
        "claim": move.claim,
        "rating": {
            "before": move.before.rating if move.before else None,
            "after": move.after.rating if move.after else None,
        },
        "direction": move.direction,
        "became": move.staled,
        "rewritten": move.is_rewritten,
        "added": [verdict_row(each) for each in move.added],
    }


def verdict_row(verdict: Verdict) -> Json:
    """A verdict as it was written, without its fingerprint."""
    return {"rating": verdict.rating, "by": verdict.by, "on": verdict.on, "why": verdict.why}


def _review_row(review: Review) -> Json:
    return {
        "conflict": review.conflict,
        "dispute": review.dispute,
        "decision": review.decision,
        "claim": review.claim,
        "by": review.by,
        "on": review.on,
        "why": review.why,
    }


def _entry_row(entry: EntryChange) -> Json:
    return {
        "kind": entry.kind,
        "id": entry.id,
        "change": entry.change,
        "was": entry.was,
        "keys": [{"key": key.key, "before": key.before, "after": key.after} for key in entry.keys],
    }


def _move_row(move: StandingMove) -> Json:
    return {
        "claim": move.claim,
        "edited": move.is_edited,
        "contest": _change(move.contest),
        "support": _change(move.support),
        "grade": _change(move.grade),
    }


def _change(change: Change[str] | None) -> Json | None:
    return None if change is None else {"before": change.before, "after": change.after}

"""Reviews: what each decides on, checked against the claims that are there."""

from __future__ import annotations

from typing import cast

from claimtrack.diagnostic import did_you_mean
from claimtrack.model import Decision, Review
from claimtrack.reading.entries import Entries
from claimtrack.reading.fitting import Entry
from claimtrack.reading.report import Report
from claimtrack.reading.scalars import read_date_at, text_of
from claimtrack.reading.schema import CONFLICT_DECISIONS, DISPUTE_DECISIONS, ReviewShape


def read_reviews(entries: Entries, report: Report) -> list[Review]:
    """The reviews without errors, in file order."""
    read = (
        _review(entry, entry.shape, entries, report) for entry in entries.reviews if entry.shape
    )
    return [review for review in read if review is not None]


def _review(
    entry: Entry[ReviewShape], shape: ReviewShape, entries: Entries, report: Report
) -> Review | None:
    before = report.noted
    _check_keys(entry, shape, report)
    for scalar in (shape.claim, shape.dispute):
        if scalar is not None and scalar.text not in entries.claims:
            hint = did_you_mean(scalar.text, entries.claims)
            report.add("CT202", f"no claim has the id '{scalar.text}'{hint}", entry.at(scalar))
    on = read_date_at(shape.on, entry.file, report)
    if report.noted > before:
        return None
    of = shape.conflict or shape.dispute
    return Review(
        place=entry.at(of) if of else entry.place,
        decision=cast("Decision", shape.decision.text),
        conflict=text_of(shape.conflict),
        dispute=text_of(shape.dispute),
        claim=text_of(shape.claim),
        by=text_of(shape.by),
        on=on.text if on else None,
        why=text_of(shape.why),
        fingerprint=text_of(shape.fingerprint),
    )


def _check_keys(entry: Entry[ReviewShape], shape: ReviewShape, report: Report) -> None:
    if (shape.conflict is None) == (shape.dispute is None):
        message = "a review is of either a conflict or a dispute; write one of the two keys"
        report.add("CT303" if shape.conflict is None else "CT307", message, entry.place)
        return
    of, words = (
        ("conflict", CONFLICT_DECISIONS) if shape.conflict else ("dispute", DISPUTE_DECISIONS)
    )
    decision = shape.decision.text
    if decision not in words:
        message = f"a {of} is not decided as '{decision}'; it takes {', '.join(words)}"
        report.add("CT307", message, entry.at(shape.decision))
    elif decision == "prevails" and shape.claim is None:
        message = "'prevails' needs the key 'claim', the claim that does"
        report.add("CT303", message, entry.at(shape.decision))

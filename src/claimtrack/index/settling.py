"""What follows for claims, put in the place of what followed before."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from claimtrack.diagnostic import Diagnostic
from claimtrack.findings.conflicts import Conflict
from claimtrack.findings.findings import Findings, derive
from claimtrack.findings.reviews import of_nothing
from claimtrack.frozen import replace
from claimtrack.index.around import findings_near
from claimtrack.index.draft import Receiving
from claimtrack.index.nearness import Near, near
from claimtrack.index.rows import CLAIM_COLUMNS, claim_row
from claimtrack.index.stored import Stored, in_parts, marks
from claimtrack.index.taking import Taken
from claimtrack.index.telling import Stage, tell, tell_all, untell
from claimtrack.model import Register, Review
from claimtrack.progress import Tell, quiet
from claimtrack.reading.relations import without_lost_relations

_AT_ONCE = 400
"""Claims that are looked at together at least, with all that is bound to them."""


def settle_alone(stored: Receiving, claims: Sequence[Taken], register: Register) -> None:
    """What follows for claims as if each were bound to none but others of them.

    ``register`` is that which they are of, or no more of it than its catalogue.
    """
    held = {claim.id: claim for _, _, claim in claims}
    alone = {key: without_lost_relations(claim, held) for key, claim in held.items()}
    findings = derive(replace(register, claims=alone))
    numbers = {claim.id: (no, line) for no, line, claim in claims}
    _put_rows(stored, ((*numbers[key], key) for key in held), findings)
    told = ((numbers[each.claim][0], each) for each in findings.diagnostics if each.claim)
    tell_all(stored, Stage.DERIVED, told)


def settle(
    stored: Stored, claims: Iterable[int], reviews: Iterable[int] = (), tell_of: Tell = quiet
) -> None:
    """What follows for some claims and all that is bound to them, and for some reviews."""
    wanted, settled, seen = sorted(claims), set[int](), set[int]()
    for at, some in enumerate(in_parts(wanted, _AT_ONCE)):
        tell_of("looking for conflicts", at * _AT_ONCE, len(wanted))
        fresh = [no for no in some if no not in settled]
        if fresh:
            held = near(stored, fresh)
            settled |= held.bound
            seen |= held.reviews
            _replace(stored, held)
    _replace(stored, Near(set(), set(), {*reviews} - seen))
    _tell_missing(stored)


def _replace(stored: Stored, held: Near) -> None:
    findings = findings_near(stored, held)
    known = [
        (no, line, key)
        for some in in_parts(sorted(held.bound))
        for no, line, key in stored.index.execute(
            "SELECT s.no, s.line, i.id FROM ids i JOIN stretches s ON s.no = i.no"
            f" WHERE i.no IN ({marks(some)}) ORDER BY s.no",
            some,
        )
    ]
    numbers = {key: no for no, _, key in known}
    drop_conflicts(stored, held.bound)
    untell(stored, [Stage.DERIVED], sorted(held.bound))
    _put_rows(stored, known, findings)
    conflicts = [each for each in findings.conflicts if numbers.keys() >= set(each.claims)]
    stored.index.executemany(
        "INSERT INTO conflicts VALUES (?, ?, ?, ?, ?, ?)",
        [_conflict_row(each, findings) for each in conflicts],
    )
    stored.index.executemany(
        "INSERT INTO standing VALUES (?, ?)",
        sorted((numbers[claim], each.id) for each in conflicts for claim in each.claims),
    )
    of_reviews = frozenset(each.place for each in findings.register.reviews)
    told = [
        (numbers[each.claim], each)
        for each in findings.diagnostics
        if each.claim in numbers and each.place not in of_reviews
    ]
    tell_all(stored, Stage.DERIVED, told)
    if held.reviews:
        _replace_reviews(stored, held, findings)


def _put_rows(
    stored: Receiving, claims: Iterable[tuple[int, int, str]], findings: Findings
) -> None:
    """The rows of claims, by number, line of their stretch, and id."""
    stored.index.executemany(
        f"INSERT OR REPLACE INTO claims VALUES ({','.join('?' * CLAIM_COLUMNS)})",
        [claim_row(no, key, line, findings) for no, line, key in claims],
    )


def _conflict_row(conflict: Conflict, findings: Findings) -> tuple[Any, ...]:
    supports = [findings.supports[claim] for claim in conflict.claims]
    return (
        conflict.severity != "hard",
        conflict.id,
        findings.reviews.state(conflict),
        conflict.same_source,
        len({origin for support in supports for origin in support.origins}),
        conflict.rule == "value",
    )


def drop_conflicts(stored: Stored, claims: Iterable[int]) -> None:
    """Take out all conflicts in which some claims stand."""
    for some in in_parts(claims):
        standing = f"(SELECT conflict FROM standing WHERE no IN ({marks(some)}))"
        question = f"DELETE FROM conflicts WHERE soft IN (0, 1) AND id IN {standing}"
        stored.index.execute(question, some)
        stored.index.execute(f"DELETE FROM standing WHERE conflict IN {standing}", some)


# ----------------------------------------------------------------------------------------- reviews


def _replace_reviews(stored: Stored, held: Near, findings: Findings) -> None:
    """What is to be said of reviews, and which of them are of what is not there."""
    untell(stored, [Stage.REVIEW], sorted(held.reviews))
    numbers = sorted(held.reviews)
    known = {each.place: no for no, each in zip(numbers, stored.reviews(numbers), strict=True)}
    conflicts = {each.id for each in findings.conflicts}
    missing = dict.fromkeys(numbers)  # None for a review that does not count
    for review in findings.register.reviews:
        missing[known[review.place]] = not _is_there(review, conflicts, findings)
    states = [(is_missing, no) for no, is_missing in missing.items()]
    stored.index.executemany("UPDATE reviews SET missing = ? WHERE no = ?", states)
    told = ((known[each.place], each) for each in findings.diagnostics if each.place in known)
    tell_all(stored, Stage.REVIEW, ((no, each) for no, each in told if not missing[no]))


def _is_there(review: Review, conflicts: set[str], findings: Findings) -> bool:
    if review.conflict is not None:
        return review.conflict in conflicts
    return bool(findings.supports[review.about].disputing)


def _tell_missing(stored: Stored) -> None:
    """Warn of reviews of what is not there, each with what there is that may have been meant."""
    untell(stored, [Stage.MISSING])
    question = "SELECT no, conflict, dispute FROM reviews WHERE missing ORDER BY no"
    last = {(conflict, dispute): no for no, conflict, dispute in stored.index.execute(question)}
    if last:
        tell(stored, Stage.MISSING, _of_nothing(stored, last.values()))


def _of_nothing(stored: Stored, reviews: Iterable[int]) -> Iterator[Diagnostic]:
    conflicts = _ids(stored, "SELECT id FROM conflicts ORDER BY soft, id")
    disputes = _ids(
        stored, "SELECT dispute FROM reviews WHERE dispute IS NOT NULL AND missing = 0 ORDER BY no"
    )
    for review in stored.reviews(reviews):
        yield of_nothing(review, disputes if review.conflict is None else conflicts)


def _ids(stored: Stored, question: str) -> list[str]:
    return [key for (key,) in stored.index.execute(question)]

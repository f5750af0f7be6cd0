"""What became of conflicts between two states of a register, and which of them are new. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Literal

from claimtrack.findings.changes import assertion_parts
from claimtrack.findings.conflicts import Conflict
from claimtrack.findings.findings import Findings
from claimtrack.findings.renamed_entries import find_renames
from claimtrack.findings.renames import Renames
from claimtrack.frozen import frozen

Turn = Literal["opened", "closed", "stale", "reviewed", "reopened", "changed"]
TURNS: tuple[Turn, ...] = ("opened", "closed", "stale", "reviewed", "reopened", "changed")

Answer = tuple[object, ...]


@frozen
class ConflictTurn:
    """One conflict then and now, None where it was not there, each with its state.

    Opened: it was not there, and is not reviewed now. Closed: it is no longer there. Stale: its
    review has gone stale. Reviewed and reopened: a review settles it now, or no longer does.
    Changed: it is as unsettled, or as settled, as before, and otherwise not the same.
    """

    turn: Turn
    before: Conflict | None
    after: Conflict | None
    was: str | None
    now: str | None
    joined: tuple[str, ...] = ()
    """The claims that it is between now, and was not."""
    left: tuple[str, ...] = ()
    answering: tuple[str, ...] = ()
    """The claims that were in it, and answer otherwise now."""
    is_parted: bool = False
    """Whether claims that shared a position no longer all do."""

    @property
    def id(self) -> str:
        """What it is called now, or was called."""
        held = self.after or self.before
        return "" if held is None else held.id

    @property
    def is_hardened(self) -> bool:
        """Whether it was a tension, and is hard."""
        return self._severities == ("tension", "hard")

    @property
    def is_softened(self) -> bool:
        """Whether it was hard, and is a tension."""
        return self._severities == ("hard", "tension")

    @property
    def _severities(self) -> tuple[str, str] | None:
        if self.before is None or self.after is None:
            return None
        return self.before.severity, self.after.severity


def conflict_turns(before: Findings, after: Findings, renames: Renames) -> tuple[ConflictTurn, ...]:
    """What became of every conflict that is not as it was: by turn, hard ones first, then by id.

    ``renames`` says what is called otherwise after. Costs O(n) in all assertions of the conflicts.
    """
    found = sorted(_turns(before, after, renames), key=lambda each: TURNS.index(each.turn))
    return tuple(found)


def _turns(before: Findings, after: Findings, renames: Renames) -> Iterator[ConflictTurn]:
    held = {renames.conflict(conflict.id): conflict for conflict in before.conflicts}
    for conflict in after.conflicts:
        turn = _turn(held.pop(conflict.id, None), conflict, before, after, renames)
        if turn is not None:
            yield turn
    for conflict in held.values():
        was = before.reviews.state(conflict)
        yield ConflictTurn("closed", conflict, None, was, None)


def _turn(
    old: Conflict | None,
    new: Conflict,
    before: Findings,
    after: Findings,
    renames: Renames,
) -> ConflictTurn | None:
    now = after.reviews.state(new)
    if old is None:
        return ConflictTurn("reviewed" if now == "reviewed" else "opened", None, new, None, now)
    was = before.reviews.state(old)
    answered, answers = _answers(old, renames), _answers(new, Renames())
    found = ConflictTurn(
        _by_state(was, now),
        old,
        new,
        was,
        now,
        joined=tuple(claim for claim in answers if claim not in answered),
        left=tuple(claim for claim in answered if claim not in answers),
        answering=tuple(
            claim for claim in answers if claim in answered and answers[claim] - answered[claim]
        ),
        is_parted=_is_parted(old, new, renames),
    )
    is_other = found.joined or found.left or found.answering or found.is_parted
    is_moved = was != now or found.is_hardened or found.is_softened
    return found if is_moved or is_other else None


def _by_state(was: str, now: str) -> Turn:
    if was == now or (was, now) == ("stale", "open"):  # a stale review settled nothing either
        return "changed"
    return "reopened" if now == "open" else "stale" if now == "stale" else "reviewed"


def _answers(conflict: Conflict, renames: Renames) -> dict[str, set[Answer]]:
    """What each claim says in the conflict; of a declared one it is the claim as a whole."""
    answers: dict[str, set[Answer]] = {renames.claim(c): set() for c in conflict.claims}
    for position in conflict.positions:
        for assertion in position.assertions:
            parts = assertion_parts(assertion)
            if assertion.entity is not None:
                parts["value"] = renames.entity(assertion.entity)
            answers[renames.claim(assertion.claim)].add(tuple(parts.values()))
    return answers


def _is_parted(old: Conflict, new: Conflict, renames: Renames) -> bool:
    places: dict[str, set[int]] = {}
    for number, position in enumerate(new.positions):
        for claim in position.claims:
            places.setdefault(claim, set()).add(number)
    for position in old.positions:
        named = map(renames.claim, position.claims)
        shared = [places[claim] for claim in named if claim in places]
        if shared and not set.intersection(*shared):
            return True
    return False


# ------------------------------------------------------------------------------------- what is new

Newness = Literal["new", "claims", "answers", "positions", "harder", "reopened", "stale"]


@frozen
class Reason:
    """Why a conflict counts as new, and the claims that make it so, if some do."""

    what: Newness
    claims: tuple[str, ...] = ()


def new_conflicts(before: Findings, after: Findings) -> dict[str, tuple[Reason, ...]]:
    """The conflicts that are new since an earlier state, by their ids, each with every reason.

    New is what was not there, stands between further claims or positions, has become hard, or is
    no longer settled by its review. What only has fewer claims, or became a tension, is not.
    """
    then = before.register
    renames = find_renames(then, after.register)
    known = {*then.claims, *then.claims_left_out, *renames.claims.values()}
    turns = conflict_turns(before, after, renames)
    told = {turn.id: tuple(_reasons(turn, known)) for turn in turns if turn.after is not None}
    return {key: reasons for key, reasons in told.items() if reasons}


def _reasons(turn: ConflictTurn, known: Collection[str]) -> Iterator[Reason]:
    if turn.before is None and turn.after is not None:
        yield Reason("new", tuple(c for c in turn.after.claims if c not in known))
        return
    if turn.joined:
        yield Reason("claims", turn.joined)
    if turn.answering:
        yield Reason("answers", turn.answering)
    elif turn.is_parted and not turn.joined:
        yield Reason("positions")
    if turn.is_hardened:
        yield Reason("harder")
    if turn.was == "reviewed" and turn.now == "open":
        yield Reason("reopened")
    if turn.was == "reviewed" and turn.now == "stale":
        yield Reason("stale")

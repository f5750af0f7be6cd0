"""What becomes of the rows of an import, in words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from claimtrack.edit.importing import Action, Outcome
from claimtrack.render.screen import Screen, Styled
from claimtrack.render.style import quiet, strong
from claimtrack.render.words import count, listed

_STYLES: dict[Action, str] = {
    "add": "green",
    "extend": "green",
    "skip": "dim",
    "reject": "bold red",
}


def print_outcomes(outcomes: Iterable[Outcome], name: str, screen: Screen) -> None:
    """One line for each row; for each fault of a row that is rejected, with its column."""
    for outcome in outcomes:
        verb = Styled(outcome.action, _STYLES[outcome.action])
        claim = f" {outcome.claim}" if outcome.claim else ""
        if outcome.faults:
            for fault in outcome.faults:
                code = f"{fault.code}: " if fault.code else ""
                where = f"{name}:{fault.line}:{fault.column}: "
                screen.line(strong(where), verb, f"{claim}: {code}{fault.message}")
        else:
            where = f"{name}:{outcome.line}: "
            screen.line(strong(where), verb, claim, quiet(f": {outcome.told}"))


def summary_words(outcomes: Sequence[Outcome], *, is_done: bool) -> str:
    """``20 rows: 12 claims and 15 items of evidence added, 4 rows skipped, 1 rejected``."""
    claims = sum(outcome.action == "add" for outcome in outcomes)
    items = sum(outcome.items for outcome in outcomes)
    skipped = sum(outcome.action == "skip" for outcome in outcomes)
    rejected = sum(outcome.action == "reject" for outcome in outcomes)
    done = "added" if is_done else "to add"
    added = [count(claims, "claim")] if claims else []
    added += [count(items, "item of evidence", "items of evidence")] if items else []
    told = [f"{listed(added)} {done}" if added else f"nothing {done}"]
    told += [f"{count(skipped, 'row')} skipped"] if skipped else []
    told += [f"{count(rejected, 'row')} rejected"] if rejected else []
    return f"{count(len(outcomes), 'row')}: {', '.join(told)}"

"""The history of one claim in words: who changed what in it, and when."""

from __future__ import annotations

from collections.abc import Iterator

from claimtrack.diagnostic import NOWHERE
from claimtrack.frozen import replace
from claimtrack.model import Claim, Property, Register
from claimtrack.reading.claim_events import ClaimHistory, Event, Transition
from claimtrack.render.changes import Told
from claimtrack.render.documents import Json
from claimtrack.render.edits import edit_told, verdict_told
from claimtrack.render.reviews import change_row
from claimtrack.render.screen import Screen
from claimtrack.render.style import quiet, strong
from claimtrack.render.words import count


def print_history(history: ClaimHistory, register: Register, screen: Screen) -> None:
    """Each commit with what it changed, newest first, and whether that is all."""
    screen.line(strong(history.claim), quiet(f"  {count(len(history.events), 'change')}"))
    for event in history.events:
        screen.line()
        _print_head(event, screen)
        for told in event_told(event, register):
            screen.line(told.clause, indent=2)
    if history.reason is not None:
        screen.line()
        screen.line(quiet(f"What came before is not told: {history.reason}."))


def _print_head(event: Event, screen: Screen) -> None:
    if event.commit is None:
        screen.line(strong("not committed"))
        return
    merge = "  a merge:" if event.is_merge else ""
    commit = event.commit
    told = f"  {commit.day}  {commit.author}{merge}  {commit.subject}"
    screen.line(strong(commit.short), quiet(told))


def event_told(event: Event, register: Register) -> Iterator[Told]:
    """All that an event changed, one sentence for each; of a merge the same is told once."""
    if event.unreadable is not None:
        until = "what changed is told as the next commit has it in which it can be read"
        clause = f"{event.file} cannot be read as it is here ({event.unreadable}); {until}"
        yield Told("broken", clause)
    told: dict[Told, None] = {}
    for transition in event.transitions:
        for each in _transition_told(transition, event, register):
            told[replace(each, claim=None)] = None
    yield from told


def _transition_told(change: Transition, event: Event, register: Register) -> Iterator[Told]:
    if change.fate == "created":
        yield _created(change.after, event)
    elif change.fate == "gone":
        yield Told("gone", f"gone from {event.file}", None, _statement(change.before), None)
    elif change.fate == "broken":
        yield Told("broken", "written with an error, which leaves it out")
    elif change.fate == "mended":
        yield Told("mended", "an error in it mended, which had left it out")
    if change.renamed is not None:
        was, now = change.renamed.before, change.renamed.after
        yield Told("renamed", f"renamed from {was} to {now}", None, was, now)
    if change.moved is not None:
        was, now = change.moved.before, change.moved.after
        yield Told("moved", f"moved from {was} to {now}", None, was, now)
    known = _knowing(register, change)
    if change.edit is not None:
        yield from edit_told(change.edit, known, known)
    if change.verdicts is not None:
        yield verdict_told(change.verdicts)


def _created(claim: Claim | None, event: Event) -> Told:
    statement = _statement(claim)
    said = f"‘{statement}’" if statement is not None else "with an error, which leaves it out"
    if event.is_cut:
        cut = "there already in the oldest commit that was fetched; git fetch --unshallow gets more"
        return Told("created", f"{cut}: {said}", None, None, statement)
    return Told("created", f"created in {event.file}: {said}", None, None, statement)


def _statement(claim: Claim | None) -> str | None:
    return None if claim is None else claim.statement


def _knowing(register: Register, change: Transition) -> Register:
    """The register with the properties that a claim of old had and that are gone since."""
    held = (claim for claim in (change.before, change.after) if claim is not None)
    named = {assertion.property for claim in held for assertion in claim.asserts}
    gone = {key: Property(key, NOWHERE, "text") for key in named if key not in register.properties}
    return replace(register, properties={**register.properties, **gone}) if gone else register


# ------------------------------------------------------------------------------------ for programs


def history_document(history: ClaimHistory, register: Register) -> Json:
    """The keys of ``log --format json``."""
    return {
        "claim": history.claim,
        "events": [_event_row(event, register) for event in history.events],
        "complete": history.reason is None,
        "reason": history.reason,
    }


def _event_row(event: Event, register: Register) -> Json:
    commit = event.commit
    return {
        "commit": commit.id if commit else None,
        "author": commit.author if commit else None,
        "date": commit.day if commit else None,
        "subject": commit.subject if commit else None,
        "merge": event.is_merge,
        "boundary": event.is_cut,
        "file": event.file,
        "changes": [change_row(each) for each in event_told(event, register)],
    }

"""An item of evidence, looked up in its source as it is written: its line, or what is wrong."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from functools import partial

import typer

from claimtrack.cli.locating import locate
from claimtrack.cli.writing import carry_out, tell_change, tell_next
from claimtrack.diagnostic import Diagnostic
from claimtrack.edit.claims import Item
from claimtrack.edit.draft import Draft
from claimtrack.edit.writing import Result
from claimtrack.edit.written import Written
from claimtrack.findings.audits import audit, quotes
from claimtrack.findings.overstatement.checking import OverstatementCheck
from claimtrack.findings.overstatement.words import Words
from claimtrack.findings.quote_checks import difference_words
from claimtrack.findings.selection import find_id
from claimtrack.frozen import frozen, replace
from claimtrack.progress import Tell
from claimtrack.quotes.audit import Audit
from claimtrack.quotes.auditing import audit_quote
from claimtrack.reading.quoted_sentences import sentence
from claimtrack.reading.shelf import Shelf
from claimtrack.reading.words import FOLDER, read_words
from claimtrack.render.check import Lines, print_diagnostics
from claimtrack.render.progress import progress
from claimtrack.render.quotes import result_words
from claimtrack.render.screen import screen


@frozen
class _Looked:
    """What became of the last quote of a claim, and what the claim says beyond it."""

    audit: Audit | None
    warnings: tuple[Diagnostic, ...]


def change_evidence(
    context: typer.Context,
    make: Callable[[Draft, Item], Written],
    item: Item,
    *,
    dry_run: bool,
    then: Callable[[Result[Written]], str],
) -> None:
    """Write an item of evidence, or show it, and tell at once what is wrong with it.

    Raises WordsUnreadable before anything is written.
    """
    words = read_words(locate(context).parent / FOLDER)
    result = carry_out(context, _looked_up(make, item), dry_run=dry_run)
    tell_change(result, dry_run=dry_run)
    with progress(sys.stderr) as tell:
        looked = _look_again(result, words, tell)
    after = result.proposal.after
    lines = Lines(after.main.parent, result.proposal.files)
    print_diagnostics(looked.warnings, lines, screen(sys.stderr))
    if dry_run:
        return
    is_wrong = looked.audit is not None and looked.audit.result.is_error
    tell_next(context, f"claimtrack edit {result.made.key.id}" if is_wrong else then(result))


def _look_again(result: Result[Written], words: Words, tell: Tell) -> _Looked:
    """The claim as it is written now, by its last item of evidence."""
    after = result.proposal.after
    claim = after.register.claims.get(result.made.key.id)
    if claim is None or not claim.evidence or claim.evidence[-1].quote is None:
        return _Looked(None, ())
    shelf = Shelf(after.register, after.main, os.environ)
    of_claim = quotes(after.register, [claim.id])
    audited = audit(after.register, of_claim, lambda source: shelf.ground(source.id), tell)
    check = OverstatementCheck(after.register, words)
    said = partial(sentence, claim.id, register=after.register, shelf=shelf, audited=audited)
    last = len(claim.evidence) - 1
    found = (each for each in check.check(claim, said) if each.place == claim.evidence[-1].place)
    return _Looked(audited.audits.of(claim.id, last), tuple(found))


def _looked_up(
    make: Callable[[Draft, Item], Written], item: Item
) -> Callable[[Draft, Tell], Written]:
    """``make`` with the item's line filled in from its source, and a note on what was found.

    A quote that its source does not have is written as it is given, and told.
    """

    def made(draft: Draft, tell: Tell) -> Written:
        tell("looking the quote up in its source", 0, 0)
        found, note = _look_up(draft, item)
        written = make(draft, found)
        return replace(written, notes=(*written.notes, *note))

    return made


def _look_up(draft: Draft, item: Item) -> tuple[Item, tuple[str, ...]]:
    if item.quote is None or not item.source:
        return item, ()
    source = find_id("source", item.source, draft.register.sources)
    ground = Shelf(draft.register, draft.main, os.environ).ground(source)
    if ground.text is None:
        return item, (f"the quote is unchecked: {ground.why}",)
    found = audit_quote(item.quote, item.line, ground.text)
    told = f"the quote is {result_words(found, ground.text)}"
    if found.near is not None:
        told += f", on line {found.near.line}: {difference_words(found.near.difference)}"
    if not found.stands:
        return item, (told,)
    return replace(item, line=found.line), (f"{told}, on line {found.line}",)

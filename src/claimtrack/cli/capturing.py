"""Capturing a document for the command source add: getting it, storing it, telling what changed."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import typer

from claimtrack.cli.locating import locate
from claimtrack.cli.usage import WrongUsage
from claimtrack.cli.writing import carry_out, tell_change, tell_next
from claimtrack.edit.capturing import Captured, Wanted, capture
from claimtrack.edit.draft import Draft
from claimtrack.edit.storing import FOLDER, copying
from claimtrack.edit.writing import Result
from claimtrack.findings.later_captures import ChangedQuote, changed_quotes
from claimtrack.frozen import frozen
from claimtrack.model import Register
from claimtrack.progress import Tell
from claimtrack.reading.documents import Document, fetched_document, read_document
from claimtrack.reading.fetching.fetch import fetch
from claimtrack.reading.fetching.targets import is_url, target
from claimtrack.reading.files import source_folders
from claimtrack.reading.shelf import Shelf
from claimtrack.render.captures import (
    facts_words,
    print_changed_quotes,
    print_changes,
    text_words,
)
from claimtrack.render.progress import progress
from claimtrack.render.screen import Screen, screen
from claimtrack.render.style import quiet


@frozen
class Asked:
    """Which document, from where, and whether it is only to be shown what would be done."""

    document: str
    allow_private: bool
    dry_run: bool


def capture_document(context: typer.Context, asked: Asked, wanted: Wanted) -> None:
    """Get the document, store it and write it down as a source; tell what was done."""
    main = locate(context)
    folders = source_folders(main, os.environ)
    document = _document(asked, wanted, folders)
    with copying(main) as copies:

        def make(draft: Draft, tell: Tell) -> Captured:
            tell(f"reading {document.name}", 0, 0)
            captured = capture(draft, document, wanted, folders)
            if captured.store_as is not None and not asked.dry_run:
                copies.store(captured.store_as, document.data)
            return captured

        result = carry_out(context, make, dry_run=asked.dry_run)
    made = result.made
    written = Result(made.written, result.proposal, result.finished)
    tell_change(written, dry_run=asked.dry_run)
    out = screen(sys.stderr)
    _tell_document(made, document, out, dry_run=asked.dry_run)
    if made.before and document.url is None and wanted.again is None and wanted.key is None:
        # A file name alone may be that of another document.
        first = made.before[0].id
        out.line(quiet(f"taken for a later capture of {first}; --id makes it a source of its own"))
    before = result.proposal.before.register
    changed = _tell_changes(made, document, before, main, out)
    if not asked.dry_run:
        tell_next(context, _next(made, before, changed))


def _document(asked: Asked, wanted: Wanted, folders: Sequence[Path]) -> Document:
    if not is_url(asked.document):
        return read_document(asked.document, folders)
    if "url" in wanted.facts:
        raise WrongUsage("--url is for a file; a URL that is fetched is the source's own")
    with progress(sys.stderr) as tell:
        fetched = fetch(asked.document, allow_private=asked.allow_private, tell=tell)
    return fetched_document(fetched, asked.document)


# --------------------------------------------------------------------------------- what was done


def _tell_document(made: Captured, document: Document, out: Screen, *, dry_run: bool) -> None:
    if made.nothing_new:
        if dry_run:
            out.line(made.written.done)
        return
    would_be = "would be held" if dry_run else "held"
    place = f"{FOLDER}/{made.store_as}" if made.store_as else f"{document.held_as}, as it lies"
    out.line(f"{would_be} as {place}: ", text_words(document.text, document.charset))
    if document.url is not None and document.found_at not in (None, target(document.url).url):
        out.line(quiet("it was found at: "), document.found_at or "")
    said = {key: str(getattr(document.facts, key)) for key in made.said if key != "url"}
    if said:
        out.line(quiet("it says of itself: "), facts_words(said))


def _tell_changes(
    made: Captured, document: Document, register: Register, main: Path, out: Screen
) -> list[ChangedQuote]:
    """What changed since the capture before, and the quotes that did."""
    if not made.before:
        return []
    shelf, after = Shelf(register, main, os.environ), document.text.text
    texts = {each.id: shelf.text_of(each.id) for each in made.before}
    latest, new = made.before[-1].id, made.written.key.id
    before = texts[latest]
    if before is None or after is None:
        lacking = latest if before is None else new
        out.line(f"what changed since {latest} cannot be shown: no text of {lacking} is held here")
    else:
        print_changes((latest, new), before, after, out)
    if after is None or not any(texts.values()):
        return []
    changed = [
        each
        for key, text in texts.items()
        if text is not None
        for each in changed_quotes(register, key, text, after)
    ]
    print_changed_quotes(changed, after, _quotes(register, texts), out)
    return changed


def _quotes(register: Register, sources: Mapping[str, object]) -> int:
    """How many quotes are from any of the sources."""
    return sum(
        item.source in sources and item.quote is not None
        for claim in register.claims.values()
        for item in claim.evidence
    )


def _next(made: Captured, register: Register, changed: Sequence[ChangedQuote]) -> str:
    key = made.written.key.id
    if not register.claims:
        return f"claimtrack add --source {key}"
    claim = changed[0].claim if changed else "CLAIM"
    return f"claimtrack cite {claim} --source {key} --quote TEXT"

"""A quote that is about to be written, looked up in its source: its line, or what is wrong."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace

from claimtrack.edit.claims import Item
from claimtrack.edit.draft import Draft
from claimtrack.edit.written import Written
from claimtrack.findings.quote_checks import difference_words
from claimtrack.findings.selection import find_id
from claimtrack.quotes.auditing import audit_quote
from claimtrack.reading.shelf import Shelf
from claimtrack.render.quotes import result_words


def looked_up(make: Callable[[Draft, Item], Written], item: Item) -> Callable[[Draft], Written]:
    """``make`` with the item's line filled in from its source, and a note on what was found.

    A quote that its source does not have is written as it is given, and told.
    """

    def made(draft: Draft) -> Written:
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
    audit = audit_quote(item.quote, item.line, ground.text)
    told = f"the quote is {result_words(audit, ground.text)}"
    if audit.near is not None:
        told += f", on line {audit.near.line}: {difference_words(audit.near.difference)}"
    if not audit.stands:
        return item, (told,)
    return replace(item, line=audit.line), (f"{told}, on line {audit.line}",)

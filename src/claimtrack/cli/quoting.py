"""Commands about quotes: quote shows them in their sources, anchor writes their lines."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import Annotated

import typer

from claimtrack.cli.opening import open_register
from claimtrack.cli.output import PageFormatOption, write
from claimtrack.cli.usage import PageFormat
from claimtrack.cli.writing import carry_out, print_patches, tell_finished, tell_next
from claimtrack.edit.anchoring import Anchored
from claimtrack.edit.anchoring import anchor as write_anchors
from claimtrack.edit.draft import Draft
from claimtrack.edit.writing import Result
from claimtrack.findings.anchors import Anchor, find_anchors
from claimtrack.findings.audits import Quoted, audit, quotes
from claimtrack.findings.selection import find_claim
from claimtrack.progress import Tell
from claimtrack.quotes.audit import Audit
from claimtrack.reading.shelf import Shelf
from claimtrack.render.documents import document
from claimtrack.render.evidence import item_parts
from claimtrack.render.quotes import print_quote, quote_row, result_words
from claimtrack.render.screen import Part, Screen, screen
from claimtrack.render.style import quiet, strong
from claimtrack.render.words import count

_SHOWN = 20


def quote(
    context: typer.Context,
    claim: Annotated[
        str, typer.Argument(metavar="ID", help="A claim's id, or a part of only one.")
    ],
    form: PageFormatOption = PageFormat.TABLE,
) -> None:
    """Show a claim's quotes, each in the paragraph of its source.

    A quote that its source has otherwise is shown with the nearest passage, word by word.
    """
    opened = open_register(context)
    register = opened.findings.register
    found = find_claim(register, claim)
    audits = opened.audits_of([found])
    if form is PageFormat.JSON:
        write(
            document(
                quotes=[
                    quote_row(quoted, each, opened.shelf.text_of(quoted.evidence.source))
                    for quoted, each in audits
                ]
            )
        )
    else:
        out = screen()
        out.line(strong(found), "  ", register.claims[found].statement)
        items = [i for i in opened.findings.supports[found].items if i.claim == found]
        for quoted, each in audits:
            source = register.sources[quoted.evidence.source]
            who = item_parts(items[quoted.index], register)
            out.line()
            print_quote(quoted, each, who, source.file, opened.shelf.text_of(source.id), out)
        if not any(True for _ in audits):
            out.line(quiet("It quotes nothing."))
    opened.note_what_is_left_out()


# ----------------------------------------------------------------------------------------- anchor


def anchor(
    context: typer.Context,
    claims: Annotated[
        list[str] | None,
        typer.Argument(metavar="[ID]...", help="Claims; all of them if none is named."),
    ] = None,
    write_: Annotated[
        bool, typer.Option("--write", help="Write the lines; without it they are only shown.")
    ] = False,
) -> None:
    """Fill in the lines of quotes, and mend those that have moved; shows what it would write.

    Only a quote that a held source has once is anchored. What is found nowhere, or more than
    once, is told and left to you.
    """

    def make(draft: Draft, tell: Tell) -> Anchored:
        return _anchored(draft, claims or (), tell)

    result = carry_out(context, make, dry_run=not write_)
    made = result.made.anchoring
    if write_:
        ids = dict.fromkeys(each.quoted.claim for each in made.anchors)
        write("".join(f"{claim}\n" for claim in ids))
        sys.stdout.flush()
    else:
        print_patches(result.proposal)
    _tell(context, result, is_written=write_)


def _anchored(draft: Draft, claims: Sequence[str], tell: Tell) -> Anchored:
    register = draft.register
    shelf = Shelf(register, draft.main, os.environ)
    asked = [find_claim(register, each) for each in claims] or None
    held = audit(register, quotes(register, asked), lambda source: shelf.ground(source.id), tell)
    tell("writing lines", 0, 0)
    return write_anchors(draft, find_anchors(register, held.audits))


def _tell(context: typer.Context, result: Result[Anchored], *, is_written: bool) -> None:
    out = screen(sys.stderr)
    tell_finished(result.finished, out)
    made = result.made.anchoring
    for each in made.anchors[:_SHOWN]:
        out.line(*_anchor_parts(each))
    if len(made.anchors) > _SHOWN:
        out.line(f"and {len(made.anchors) - _SHOWN:,} more")
    for each in made.by_hand[:_SHOWN]:
        out.line(*_anchor_parts(each), ", by hand: an alias has this item in another place too")
    if len(made.by_hand) > _SHOWN:
        out.line(f"and {len(made.by_hand) - _SHOWN:,} more by hand")
    _tell_left(made.left, out)
    lines = count(len(made.anchors), "line")
    if not made.anchors:
        out.line("no line to write")
    elif is_written:
        out.line(f"wrote {lines}")
    else:
        out.line(f"would write {lines}")
        one = f" {made.anchors[0].quoted.claim}" if len(made.anchors) == 1 else ""
        tell_next(context, f"claimtrack anchor{one} --write")


def _anchor_parts(each: Anchor) -> tuple[Part, ...]:
    evidence = each.quoted.evidence
    old = "no line" if evidence.line is None else f"line {evidence.line}"
    return (
        strong(each.quoted.claim),
        f"  {evidence.source}: {old} → line {each.line}",
    )


def _tell_left(left: tuple[tuple[Quoted, Audit], ...], out: Screen) -> None:
    """The quotes that were left, but for those that could not be checked: these are counted."""
    told = [(quoted, each) for quoted, each in left if each.found or each.result.is_error]
    for quoted, each in told[:_SHOWN]:
        result = result_words(each)
        out.line(strong(quoted.claim), f"  {quoted.evidence.source}: left, {result}")
    if len(told) > _SHOWN:
        out.line(f"and {len(told) - _SHOWN:,} more that were left")
    if len(left) > len(told):
        out.line(f"{count(len(left) - len(told), 'quote')} unchecked, and left")

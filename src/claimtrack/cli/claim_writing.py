"""Commands that write claims and what belongs to them: add, cite, dispute, relate, tag."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Sequence
from typing import Annotated, get_args

import typer

from claimtrack.cli.asking import Asking
from claimtrack.cli.claim_asking import (
    GivenSaying,
    asked_word,
    claims,
    first_item,
    item,
    kind_word,
    known_tags,
    saying,
)
from claimtrack.cli.evidence_writing import change_evidence
from claimtrack.cli.writing import DryRunOption, FileOption, change, new_conflicts
from claimtrack.edit import claims as writing
from claimtrack.edit.claims import Item, NewClaim
from claimtrack.edit.draft import Draft
from claimtrack.edit.writing import Result
from claimtrack.edit.written import Written
from claimtrack.frozen import replace
from claimtrack.model import Kind, RelationType, Stance

SourceOption = Annotated[
    str | None, typer.Option(metavar="ID", help="Where it is read: a source of the register.")
]
StanceOption = Annotated[
    Stance | None,
    typer.Option(help="What is done with the statement there; without it, asserts."),
]
ByOption = Annotated[
    str | None,
    typer.Option(metavar="ENTITY", help="Whose stance it is, if not the source's own."),
]
ViaOption = Annotated[
    list[str] | None,
    typer.Option(
        metavar="ENTITY", help="Through whom it reached the source, nearest to --by first."
    ),
]
QuoteOption = Annotated[
    str | None, typer.Option(metavar="TEXT", help="The source's own words, exactly.")
]
LineOption = Annotated[
    int | None, typer.Option(min=1, metavar="N", help="The line of the source that they begin in.")
]
CredibilityOption = Annotated[
    int | None,
    typer.Option(min=1, max=6, metavar="1-6", help="Admiralty credibility; 6 cannot be judged."),
]
NoteOption = Annotated[str | None, typer.Option(metavar="TEXT", help="A note on this item.")]
ClaimArgument = Annotated[
    str | None,
    typer.Argument(
        metavar="CLAIM", help="A claim's id, or a part that only one has.", show_default=False
    ),
]


def add(
    context: typer.Context,
    statement: Annotated[
        str | None,
        typer.Argument(help="One proposition, in a sentence.", show_default=False),
    ] = None,
    key: Annotated[
        str | None,
        typer.Option("--id", metavar="ID", help="Without it, one is made from the statement."),
    ] = None,
    kind: Annotated[
        str | None,
        typer.Option(help=f"One of {', '.join(get_args(Kind))}.", metavar="KIND"),
    ] = None,
    subject: Annotated[
        str | None, typer.Option(metavar="ENTITY", help="What the statement is of, by any name.")
    ] = None,
    property_: Annotated[
        str | None, typer.Option("--property", metavar="ID", help="What is said of it.")
    ] = None,
    value: Annotated[
        str | None,
        typer.Option(
            metavar="VALUE",
            help="Which value; a number may be 7500, 'about 7500', 1000..2000, each with a unit.",
        ),
    ] = None,
    unit: Annotated[
        str | None,
        typer.Option(metavar="UNIT", help="The number's unit, if not the property's own."),
    ] = None,
    negated: Annotated[
        bool, typer.Option("--negated", help="The statement says that this is not so.")
    ] = False,
    during: Annotated[
        str | None, typer.Option(metavar="DATE", help="When it holds, throughout (EDTF).")
    ] = None,
    scope: Annotated[
        list[str] | None,
        typer.Option(metavar="KEY=VALUE", help="What it is restricted to, by the property's keys."),
    ] = None,
    when: Annotated[
        str | None, typer.Option(metavar="DATE", help="When the event took place (EDTF).")
    ] = None,
    about: Annotated[
        list[str] | None, typer.Option(metavar="ENTITY", help="A further entity it is about.")
    ] = None,
    tag: Annotated[list[str] | None, typer.Option(metavar="TAG", help="A tag.")] = None,
    source: SourceOption = None,
    stance: StanceOption = None,
    by: ByOption = None,
    via: ViaOption = None,
    quote: QuoteOption = None,
    line: LineOption = None,
    credibility: CredibilityOption = None,
    note: Annotated[str | None, typer.Option(metavar="TEXT", help="A note on the claim.")] = None,
    file: FileOption = None,
    dry_run: DryRunOption = False,
) -> None:
    """Add a claim, with what it says in a structured way and its first item of evidence.

    Lists (--about, --tag, --via, --scope) are given by repeating the option. On a terminal, a
    claim without a statement is asked for part by part.
    """
    asking = Asking(context)
    interview = statement is None and asking.is_possible
    if interview:
        print("An empty answer leaves a part out; the tab key completes.", file=sys.stderr)
    given = Item(source or "", stance, by, tuple(via or ()), quote, line, credibility)
    said = asking.needed(statement, "the statement", "Statement")
    new = NewClaim(
        statement=said,
        id=key,
        kind=kind_word(asking, kind, ask=interview),
        saying=saying(
            GivenSaying(subject, property_, value, unit, negated, during, tuple(scope or ())),
            asking,
            ask=interview,
        ),
        when=asking.maybe(when, "When, such as 2024-07") if interview else when,
        about=tuple(about or ()),
        tags=tuple(tag or ()),
        note=note,
    )
    first = first_item(given, asking, ask=interview)

    if first is None:
        change(
            context,
            lambda draft: writing.add_claim(draft, new, file),
            dry_run=dry_run,
            then=_after_adding,
        )
        return

    def make(draft: Draft, item: Item) -> Written:
        return writing.add_claim(draft, replace(new, evidence=(item,)), file)

    change_evidence(context, make, first, dry_run=dry_run, then=_after_adding)


def _after_adding(result: Result[Written]) -> str:
    key = result.made.key.id
    if not result.proposal.after.register.claims[key].evidence:
        return f"claimtrack cite {key} --source ID --quote '…'"
    found = [each.id for each in new_conflicts(result.proposal)]
    return f"claimtrack conflicts {shlex.quote(found[0])}" if found else f"claimtrack show {key}"


# ---------------------------------------------------------------------------------- further parts


def cite(
    context: typer.Context,
    claim: ClaimArgument = None,
    source: SourceOption = None,
    stance: StanceOption = None,
    by: ByOption = None,
    via: ViaOption = None,
    quote: QuoteOption = None,
    line: LineOption = None,
    credibility: CredibilityOption = None,
    note: NoteOption = None,
    dry_run: DryRunOption = False,
) -> None:
    """Add an item of evidence to a claim: where it is said, by whom, in which words."""
    given = Item(source or "", stance, by, tuple(via or ()), quote, line, credibility, note)
    _cite(context, claim, given, dry_run=dry_run)


def dispute(
    context: typer.Context,
    claim: ClaimArgument = None,
    source: SourceOption = None,
    by: ByOption = None,
    via: ViaOption = None,
    quote: QuoteOption = None,
    line: LineOption = None,
    credibility: CredibilityOption = None,
    note: NoteOption = None,
    dry_run: DryRunOption = False,
) -> None:
    """Add an item of evidence that denies a claim. For one that only questions it, see cite."""
    given = Item(source or "", Stance.DENIES, by, tuple(via or ()), quote, line, credibility, note)
    _cite(context, claim, given, dry_run=dry_run)


def _cite(context: typer.Context, claim: str | None, given: Item, *, dry_run: bool) -> None:
    asking = Asking(context)
    named = asking.needed(claim, "the claim", "Claim", claims)
    new = item(given, asking)
    change_evidence(
        context,
        lambda draft, item: writing.cite(draft, named, item),
        new,
        dry_run=dry_run,
        then=_after_citing,
    )


def _after_citing(result: Result[Written]) -> str:
    key = result.made.key.id
    last = result.proposal.after.register.claims[key].evidence[-1]
    if last.stance.is_dispute:
        return f"claimtrack review {key} DECISION --why '…'"
    return f"claimtrack show {key}"


def relate(
    context: typer.Context,
    claim: ClaimArgument = None,
    relation: Annotated[
        str | None,
        typer.Argument(
            metavar="TYPE", help=f"One of {', '.join(get_args(RelationType))}.", show_default=False
        ),
    ] = None,
    others: Annotated[
        list[str] | None,
        typer.Argument(metavar="CLAIM...", help="The other claim, or several.", show_default=False),
    ] = None,
    why: Annotated[
        str | None, typer.Option(metavar="TEXT", help="The reason, in a sentence.")
    ] = None,
    dry_run: DryRunOption = False,
) -> None:
    """Write how a claim stands to others: claimtrack relate A contradicts B --why '…'."""
    asking = Asking(context)
    one = asking.needed(claim, "the claim", "Claim", claims)
    word = asked_word(asking, relation, "type of the relation", get_args(RelationType))
    named = others or [asking.needed(None, "the other claim", "Other claim", claims)]
    reason = asking.needed(why, "--why", "Why")
    change(
        context,
        lambda draft: writing.relate(draft, one, word, named, reason),
        dry_run=dry_run,
        then=_after_relating,
    )


def _after_relating(result: Result[Written]) -> str:
    found = [each.id for each in new_conflicts(result.proposal)]
    if found:
        return f"claimtrack conflicts {shlex.quote(found[0])}"
    return f"claimtrack show {result.made.key.id}"


def tag(
    context: typer.Context,
    claim: ClaimArgument = None,
    tags: Annotated[
        list[str] | None, typer.Argument(metavar="TAG...", help="Tags.", show_default=False)
    ] = None,
    remove: Annotated[bool, typer.Option("--remove", help="Take the tags away instead.")] = False,
    dry_run: DryRunOption = False,
) -> None:
    """Tag a claim, or take tags away from it."""
    asking = Asking(context)
    named = asking.needed(claim, "the claim", "Claim", claims)
    given: Sequence[str | None] = tags or [None]
    words = [asking.needed(each, "the tag", "Tag", known_tags) for each in given]
    do = writing.untag if remove else writing.tag
    change(
        context,
        lambda draft: do(draft, named, words),
        dry_run=dry_run,
        then=lambda result: (
            f"claimtrack show {result.made.key.id}"
            if remove
            else f"claimtrack list --tag {shlex.quote(words[0])}"
        ),
    )

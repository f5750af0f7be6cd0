"""Commands about what collides: conflicts and compare."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import typer

from claimtrack.cli.hindsight import IN_A_LIST, of_conflicts
from claimtrack.cli.near import refuse_beside_near, suggest
from claimtrack.cli.opening import Format, Opened, PageFormat, WrongUsage, open_register
from claimtrack.cli.output import FormatOption, LimitOption, PageFormatOption, write, write_rows
from claimtrack.cli.since import News, news_since
from claimtrack.findings.comparing import compare_claims
from claimtrack.findings.conflicts import Conflict
from claimtrack.findings.findings import Findings
from claimtrack.findings.hindsight import gone_reviews
from claimtrack.findings.selection import (
    UnknownConflict,
    entities_within,
    find_claim,
    find_id,
    subjects,
)
from claimtrack.model import Review
from claimtrack.render import conflict_cells
from claimtrack.render import conflicts as conflict_words
from claimtrack.render.comparisons import print_comparisons
from claimtrack.render.conflict_page import print_conflict_page
from claimtrack.render.differences import side_words
from claimtrack.render.documents import conflict_row, document
from claimtrack.render.explained import comparison_document, explanation
from claimtrack.render.newness import since_part
from claimtrack.render.reviews import note_gone, print_gone, stale_part
from claimtrack.render.screen import screen
from claimtrack.render.style import quiet
from claimtrack.render.undeclared import print_undeclared


def conflicts(
    context: typer.Context,
    conflict: Annotated[
        str | None,
        typer.Argument(
            metavar="[ID]",
            help="A conflict's id, or a part that several may share; a claim's id, for all that "
            "it stands in.",
        ),
    ] = None,
    hard: Annotated[bool, typer.Option("--hard", help="Hard ones only.")] = False,
    unsettled: Annotated[
        bool,
        typer.Option(
            "--open",
            help="Open ones only (or with a stale review), even of an id.",
        ),
    ] = False,
    everything: Annotated[bool, typer.Option("--all", help="Reviewed ones too.")] = False,
    about: Annotated[
        list[str] | None, typer.Option(help="About this entity, or what is part of it.")
    ] = None,
    source: Annotated[
        list[str] | None, typer.Option(help="In which a claim from this source stands.")
    ] = None,
    since: Annotated[
        str | None,
        typer.Option(
            metavar="REV",
            help="Only what is new since this commit: a branch, a tag, HEAD~2; main... for where "
            "main and the last commit went apart.",
            show_default=False,
        ),
    ] = None,
    limit: LimitOption = None,
    fail: Annotated[
        bool,
        typer.Option("--fail", help="Exit with 1 if any is open, or if claims could not be read."),
    ] = False,
    near: Annotated[
        bool,
        typer.Option("--near", help="Instead, pairs that nearly conflict: suggestions only."),
    ] = False,
    form: FormatOption = Format.TABLE,
) -> None:
    """Show which claims cannot all be true, who holds each side, and why they collide.

    An ID that fits one conflict shows it as a page: drawn, pair by pair, and weighed.

    Reviewed conflicts are left out unless --all or their id asks for them. With --near it shows
    what escapes being a conflict for one reason only, and the id is a claim's.

    New since a commit is what was not there, has further claims or other answers, became hard, or
    was reviewed and is not settled any more.
    """
    if near:
        dated = since is not None
        refuse_beside_near(hard=hard, open=unsettled, all=everything, since=dated, fail=fail)
        suggest(context, conflict, about or (), source or (), limit, form)
        return
    if unsettled and everything:
        raise WrongUsage("--open and --all contradict each other; give one of them")
    opened = open_register(context)
    findings = opened.findings
    gone = gone_reviews(findings, conflict)
    asked = findings.conflicts if conflict is None else _named_conflicts(conflict, gone, findings)
    within = _about(asked, findings, about or (), source or ())
    news = None if since is None else news_since(opened, since)
    recent = [each for each in within if news is None or each.id in news.reasons]
    wanted = [
        each
        for each in recent
        if not findings.reviews.is_settled(each)
        or (not unsettled and (everything or conflict is not None))
    ]
    chosen = [each for each in wanted if each.severity == "hard" or not hard]
    named = None if conflict is None else len(asked)
    kept = {
        "--about or --source": within,
        "--since": recent,
        "--open": wanted,
        "--hard": chosen,
        "--limit": (),
    }
    if named and not chosen[:limit] and form is Format.TABLE:
        hiding = next(option for option, held in kept.items() if not held)
        conflict_words.print_hidden(asked, hiding, findings, screen())
    else:
        shown_gone = () if hard or about or source or news else gone
        _print_conflicts(chosen[:limit], shown_gone, opened, form, named, news)
    opened.note_what_is_left_out()
    is_open = any(not findings.reviews.is_settled(each) for each in chosen)
    left_out = findings.register.left_out
    if fail and (is_open or left_out.get("claim") or left_out.get("file or section")):
        raise typer.Exit(1)


def _print_conflicts(
    chosen: Sequence[Conflict],
    gone: Sequence[Review],
    opened: Opened,
    form: Format,
    named: int | None,
    news: News | None,
) -> None:
    """The conflicts; ``named`` is how many an argument fits, None where there was none.

    One that was named is a page of its own. ``gone`` are reviews of conflicts that are not there,
    ``news`` is why those that are shown are new, if that was asked.
    """
    findings = opened.findings
    newness = None if news is None else news.words(chosen)
    if form not in (Format.JSON, Format.TABLE):
        cells = [conflict_cells.row(each, findings, newness) for each in chosen]
        write_rows(form, conflict_cells.headers(newness), cells)
        return
    ids = [each.id for each in chosen]
    ids += [review.conflict or "" for review in gone if named is not None]
    hindsight = of_conflicts(opened, ids, IN_A_LIST if named is None else None)
    if form is Format.JSON:
        told = [explanation(each, findings) for each in chosen if named is not None]
        rows = [conflict_row(each, findings) for each in chosen]
        beside = {} if named is None else {"explanations": told}
        beside |= {} if news is None else since_part(news.since, chosen, news.reasons)
        write(document(conflicts=rows, **beside, **stale_part(findings, hindsight)))
        return
    if news is not None:
        _print_since(news, chosen if named == 1 else ())
    if named == 1 and chosen:
        print_conflict_page(
            chosen[0], findings, lambda claim: opened.audits_of([claim]), hindsight, screen()
        )
    elif named == 0 and gone:
        print_gone(gone, hindsight, screen())
    else:
        total, out = len(findings.conflicts), screen()
        conflict_words.print_conflicts(
            chosen,
            total,
            findings,
            hindsight,
            out,
            with_ground=named is not None,
            newness=newness,
        )
        note_gone(gone, out)


def _print_since(news: News, of_page: Sequence[Conflict]) -> None:
    """Since when what follows is new, and why, where that is one conflict's page."""
    screen().line(quiet(f"New since {side_words(news.since)}"))
    for told in news.words(of_page).values():
        screen().line(quiet("new: "), told)
    screen().line()


def _named_conflicts(name: str, gone: Sequence[Review], findings: Findings) -> list[Conflict]:
    """The conflict with that id, all in which the claim with that id stands, or all that fit.

    None of them where it is the id of one that was reviewed and is gone.
    """
    if gone:
        return []
    if name in findings.register.claims:
        return list(findings.standings[name].conflicts)
    by_id = {conflict.id: conflict for conflict in findings.conflicts}
    fitting = [key for key in by_id if name and name in key]
    register = findings.register
    is_part = any(name and name in claim for claim in register.claims)
    if not fitting and (is_part or name in register.claims_left_out):
        claim = find_claim(register, name)
        return list(findings.standings[claim].conflicts)
    if not fitting:
        raise UnknownConflict(name, by_id)
    return [by_id[name]] if name in by_id else [by_id[key] for key in fitting]


def _about(
    asked: Sequence[Conflict], findings: Findings, about: Sequence[str], sources: Sequence[str]
) -> list[Conflict]:
    within = entities_within(findings.register, about) if about else None
    known = [find_id("source", source, findings.register.sources) for source in sources]
    claims = findings.register.claims
    return [
        each
        for each in asked
        if (within is None or any(not within.isdisjoint(subjects(claims[c])) for c in each.claims))
        and (
            not known
            or any(item.source in known for c in each.claims for item in claims[c].evidence)
        )
    ]


# ---------------------------------------------------------------------------------------- compare


_COMPARED = 1000
"""Pairs of two claims' assertions that are compared; few claims have more than a handful."""


def compare(
    context: typer.Context,
    one: Annotated[str, typer.Argument(metavar="A", help="A claim's id, or a part of only one.")],
    other: Annotated[str, typer.Argument(metavar="B", help="Another's.")],
    form: PageFormatOption = PageFormat.TABLE,
) -> None:
    """Compare two claims: how each pair of their assertions stands, and which rule decides."""
    opened = open_register(context)
    findings, claims = opened.findings, opened.findings.register.claims
    pair = [find_claim(findings.register, each) for each in (one, other)]
    if pair[0] == pair[1]:
        raise WrongUsage(f"both name '{pair[0]}'; give two different claims")
    found = compare_claims(claims[pair[0]], claims[pair[1]], _COMPARED)
    if form is PageFormat.JSON:
        write(document(**comparison_document(pair[0], pair[1], found, findings)))
    else:
        print_comparisons(pair[0], pair[1], found, findings, screen())
        print_undeclared(claims[pair[0]], claims[pair[1]], findings.register, screen())
    opened.note_what_is_left_out()

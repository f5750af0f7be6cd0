"""The command that shows what collides."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from claimtrack.cli.hindsight import IN_A_LIST, of_conflicts
from claimtrack.cli.output import FormatOption, LimitOption, write, write_rows
from claimtrack.cli.serving import Served, serve
from claimtrack.cli.usage import Format, WrongUsage
from claimtrack.index import conflicts as chosen_conflicts
from claimtrack.index.names import entities_within, find_source
from claimtrack.index.stored import marks
from claimtrack.render import conflicts as conflict_words
from claimtrack.render.reviews import note_gone, print_gone, stale_part
from claimtrack.render.screen import screen
from claimtrack.render.style import quiet

if TYPE_CHECKING:
    from claimtrack.cli.since import News
    from claimtrack.findings.conflicts import Conflict
    from claimtrack.findings.findings import Findings
    from claimtrack.findings.hindsight import Hindsight
    from claimtrack.model import Review


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
        from claimtrack.cli.near import refuse_beside_near, suggest

        dated = since is not None
        refuse_beside_near(hard=hard, open=unsettled, all=everything, since=dated, fail=fail)
        suggest(context, conflict, about or (), source or (), limit, form)
        return
    if unsettled and everything:
        raise WrongUsage("--open and --all contradict each other; give one of them")
    served = serve(context)
    stored = served.stored
    gone = chosen_conflicts.gone_reviews(stored, conflict)
    asked = chosen_conflicts.all_conflicts(stored)
    if conflict is not None:
        # The id of one that was reviewed and is gone names no other.
        asked = asked.also("0") if gone else chosen_conflicts.named(stored, conflict)
    within = asked
    if about:
        within = within.also(*chosen_conflicts.about(entities_within(stored, about)))
    if source:
        within = within.also(*chosen_conflicts.citing([find_source(stored, s) for s in source]))
    news = None if since is None else _news(served, since)
    recent = within if news is None else within.also(*_among(news.reasons))
    wanted = recent
    if unsettled or not (everything or conflict is not None):
        wanted = recent.also(chosen_conflicts.OPEN)
    chosen = wanted.also(chosen_conflicts.HARD) if hard else wanted
    named = None if conflict is None else asked.count()
    ids = chosen.ids(limit)
    if named and not ids and form is Format.TABLE:
        stages = {"--about or --source": within, "--since": recent, "--open": wanted}
        hiding = [option for option, held in stages.items() if not held.any()]
        hiding += ["--hard"] * (not chosen.any())
        _print_hidden(served, asked.ids(), [*hiding, "--limit"][0])
    else:
        shown_gone = () if hard or about or source or news else gone
        _print_conflicts(ids, shown_gone, served, form, named, news)
    served.note_what_is_left_out()
    left_out = served.left_out
    is_open = fail and chosen.also(chosen_conflicts.OPEN).any()
    if fail and (is_open or left_out.get("claim") or left_out.get("file or section")):
        raise typer.Exit(1)


def _news(served: Served, since: str) -> News:
    from claimtrack.cli.since import news_since

    return news_since(served.whole, since)


def _among(ids: Iterable[str]) -> tuple[str, list[object]]:
    """The condition that a conflict is one of some."""
    held: list[object] = [*ids]
    return chosen_conflicts.among(marks(held)), held


def _found(served: Served, ids: Sequence[str]) -> tuple[list[Conflict], Findings]:
    """Conflicts by their ids, and what they follow from."""
    findings = served.findings(chosen_conflicts.claims_in(served.stored, ids))
    known = {each.id: each for each in findings.conflicts}
    return [known[key] for key in ids], findings


def _print_hidden(served: Served, ids: Sequence[str], option: str) -> None:
    conflicts, findings = _found(served, ids)
    conflict_words.print_hidden(conflicts, option, findings, screen())


def _print_conflicts(
    ids: Sequence[str],
    gone: Sequence[Review],
    served: Served,
    form: Format,
    named: int | None,
    news: News | None,
) -> None:
    """The conflicts; ``named`` is how many an argument fits, None where there was none.

    One that was named is a page of its own. ``gone`` are reviews of conflicts that are not there,
    ``news`` is why those that are shown are new, if that was asked.
    """
    chosen, findings = _found(served, ids)
    newness = None if news is None else news.words(chosen)
    if form not in (Format.JSON, Format.TABLE):
        from claimtrack.render import conflict_cells

        cells = [conflict_cells.row(each, findings, newness) for each in chosen]
        write_rows(form, conflict_cells.headers(newness), cells)
        return
    further = [review.conflict or "" for review in gone if named is not None]
    looked_up = findings if not further else served.whole.findings
    at_most = IN_A_LIST if named is None else None
    hindsight = of_conflicts(served, looked_up, [*ids, *further], at_most)
    if form is Format.JSON:
        beside = stale_part(looked_up, hindsight)
        _write_json(chosen, findings, news, beside, explained=named is not None)
        return
    if news is not None:
        _print_since(news, chosen if named == 1 else ())
    if named == 1 and chosen:
        _print_page(served, chosen[0], findings, hindsight)
    elif named == 0 and gone:
        print_gone(gone, hindsight, screen())
    else:
        total, out = chosen_conflicts.all_conflicts(served.stored).count(), screen()
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


def _write_json(
    chosen: Sequence[Conflict],
    findings: Findings,
    news: News | None,
    beside: dict[str, Any],
    *,
    explained: bool,
) -> None:
    from claimtrack.render.documents import conflict_row, document
    from claimtrack.render.explained import explanation
    from claimtrack.render.newness import since_part

    rows = [conflict_row(each, findings) for each in chosen]
    told = [explanation(each, findings) for each in chosen if explained]
    explanations = {"explanations": told} if explained else {}
    since = {} if news is None else since_part(news.since, chosen, news.reasons)
    write(document(conflicts=rows, **explanations, **since, **beside))


def _print_page(
    served: Served, conflict: Conflict, findings: Findings, hindsight: Hindsight
) -> None:
    from claimtrack.findings.audits import Audits, audit, quotes
    from claimtrack.render.conflict_page import print_conflict_page

    shelf = served.shelf()

    def audits_of(claim: str) -> Audits:
        quoted = quotes(findings.register, [claim])
        return audit(findings.register, quoted, lambda source: shelf.ground(source.id)).audits

    print_conflict_page(conflict, findings, audits_of, hindsight, screen())


def _print_since(news: News, of_page: Sequence[Conflict]) -> None:
    """Since when what follows is new, and why, where that is one conflict's page."""
    from claimtrack.render.differences import side_words

    screen().line(quiet(f"New since {side_words(news.since)}"))
    for told in news.words(of_page).values():
        screen().line(quiet("new: "), told)
    screen().line()

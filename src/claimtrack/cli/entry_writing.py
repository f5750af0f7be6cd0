"""Commands that change entries as a whole: rename, merge, remove, edit."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from shlex import quote
from typing import Annotated

import typer

from claimtrack.cli.asking import Asking
from claimtrack.cli.claim_asking import claims
from claimtrack.cli.editor import Sheet
from claimtrack.cli.usage import WrongUsage
from claimtrack.cli.writing import DryRunOption, change, print_places
from claimtrack.diagnostic import ClaimtrackError
from claimtrack.edit.draft import Draft
from claimtrack.edit.joining import join
from claimtrack.edit.removing import StillNamed
from claimtrack.edit.removing import remove as remove_entry
from claimtrack.edit.renaming import rename as rename_entry
from claimtrack.edit.rewriting import ChangedMeanwhile, ClaimText, claim_text, rewrite
from claimtrack.edit.targets import Kind
from claimtrack.edit.writing import Result
from claimtrack.edit.written import Written
from claimtrack.render.screen import screen

KindOption = Annotated[
    Kind | None,
    typer.Option(help="What the id is of, where several have it.", case_sensitive=False),
]


def rename(
    context: typer.Context,
    old: Annotated[
        str | None, typer.Argument(metavar="OLD", help="The id as it is.", show_default=False)
    ] = None,
    new: Annotated[
        str | None, typer.Argument(metavar="NEW", help="The id to be.", show_default=False)
    ] = None,
    kind: KindOption = None,
    dry_run: DryRunOption = False,
) -> None:
    """Give a claim, a source, an entity or a property another id, with every reference to it.

    References in all files follow, in reviews too, and decisions that were valid stay so.
    """
    asking = Asking(context)
    was = asking.needed(old, "the id as it is", "Id", entries)
    to = asking.needed(new, "the new id", "New id")
    change(
        context,
        lambda draft: rename_entry(draft, was, to, kind),
        dry_run=dry_run,
        then=_shown,
    )


def merge(
    context: typer.Context,
    kept: Annotated[
        str | None, typer.Argument(metavar="A", help="The claim that stays.", show_default=False)
    ] = None,
    given: Annotated[
        str | None,
        typer.Argument(metavar="B", help="The claim that goes into it.", show_default=False),
    ] = None,
    dry_run: DryRunOption = False,
) -> None:
    """Make two claims one: A takes in what B holds, and what names B names A.

    Where both have a statement, a kind, a date or a note, A's stands.
    """
    asking = Asking(context)
    into = asking.needed(kept, "the claim that stays", "Claim that stays", claims)
    out = asking.needed(given, "the claim that goes into it", "Claim that goes into it", claims)
    change(
        context,
        lambda draft: join(draft, into, out),
        dry_run=dry_run,
        then=_shown,
    )


def remove(
    context: typer.Context,
    name: Annotated[
        str | None,
        typer.Argument(metavar="ID", help="The id of what is to go.", show_default=False),
    ] = None,
    kind: KindOption = None,
    dry_run: DryRunOption = False,
) -> None:
    """Remove a claim, a source, an entity or a property that nothing names.

    While something names it nothing is removed, and every such place is told.
    """
    asking = Asking(context)
    which = asking.needed(name, "the id", "Id", entries)
    try:
        change(
            context,
            lambda draft: remove_entry(draft, which, kind),
            dry_run=dry_run,
            then=lambda _: "claimtrack check",
        )
    except StillNamed as error:
        print_places(context, error.references)
        raise


def entries(draft: Draft) -> list[str]:
    """Every id of the register."""
    held = draft.entries
    return [*held.claims, *held.sources, *held.entities, *held.properties]


def _shown(result: Result[Written]) -> str:
    key = result.made.key
    command = {
        "claims": f"show {quote(key.id)}",
        "sources": f"sources {quote(key.id)}",
        "entities": f"list --about {quote(key.id)}",
    }
    return f"claimtrack {command.get(key.section, 'check')}"


# ---------------------------------------------------------------------------------------- editing


def edit(
    context: typer.Context,
    claim: Annotated[
        str | None,
        typer.Argument(metavar="CLAIM", help="A claim's id.", show_default=False),
    ] = None,
    source: Annotated[
        Path | None,
        typer.Option(
            "--from",
            metavar="FILE",
            help="Take the text from a file (- is standard input) instead.",
        ),
    ] = None,
    dry_run: DryRunOption = False,
) -> None:
    """Open one claim's own text in your editor, and put it back once it is right.

    The editor is the one that VISUAL or EDITOR names. A text that would give the register more
    errors is not written, and not lost: it can be edited again, and stays in a file.
    """
    asking = Asking(context)
    named = asking.needed(claim, "the claim", "Claim", claims)
    before = claim_text(asking.draft, named)

    def put_back(text: str) -> None:
        change(
            context,
            lambda draft: rewrite(draft, before, text),
            dry_run=dry_run,
            then=lambda result: f"claimtrack show {quote(result.made.key.id)}",
        )

    if source is not None:
        put_back(_read(source))
    else:
        _edit(before, put_back, asking, keep=dry_run)


def _read(source: Path) -> str:
    try:
        data = sys.stdin.buffer.read() if str(source) == "-" else source.read_bytes()
        return data.decode()
    except OSError as error:
        raise WrongUsage(f"{source} cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise WrongUsage(f"{source} is not UTF-8") from error


class TextKept(ClaimtrackError):
    """A text that was not written, and where it is."""

    def __init__(self, error: ClaimtrackError, again: str) -> None:
        self.exit_status = error.exit_status
        super().__init__(f"{error}; your text is kept: {again} tries it again")


def _edit(
    before: ClaimText, put_back: Callable[[str], None], asking: Asking, *, keep: bool
) -> None:
    """Have the text edited until it can be put back; it is kept where it is not."""
    sheet, err = Sheet(before.text), screen(sys.stderr)
    again = f"claimtrack edit {quote(before.key.id)} --from {quote(str(sheet.path))}"
    try:
        is_new = _edited(sheet, before, put_back, asking)
    except ChangedMeanwhile as error:
        # Trying the text again would undo what the other one wrote.
        err.line(f"your text is kept in {sheet.path}; edit the claim as it is now, and compare")
        raise error from None
    except ClaimtrackError as error:
        raise TextKept(error, again) from error
    except BaseException:
        err.line(f"your text is kept: {again} takes it")
        raise
    if not is_new:
        err.line("nothing changed")
    if is_new and keep:
        err.line(f"your text is kept: {again} writes it")
    else:
        sheet.discard()


def _edited(
    sheet: Sheet, before: ClaimText, put_back: Callable[[str], None], asking: Asking
) -> bool:
    """Whether there was anything to put back, once it is."""
    while True:
        text = sheet.edit(at_terminal=asking.is_possible)
        if text == before.text:
            return False
        try:
            put_back(text)
        except ChangedMeanwhile:
            raise
        except ClaimtrackError as error:
            if not asking.is_possible:
                raise
            screen(sys.stderr).line(f"claimtrack: {error}")
            answer = asking.maybe(None, "Edit it again? [Y/n]") or "y"
            if not answer.lower().startswith("y"):
                raise
        else:
            return True

"""The command that makes a document a source: source add."""

from __future__ import annotations

from typing import Annotated, get_args

import typer

from claimtrack.cli.asking import Asking
from claimtrack.cli.claim_asking import known_word
from claimtrack.cli.filters import Letter
from claimtrack.cli.hindsight import today
from claimtrack.cli.writing import DryRunOption, FileOption
from claimtrack.edit.values import pairs_given
from claimtrack.edit.yamlwriting import Value
from claimtrack.model import Genre


def add_source(
    context: typer.Context,
    document: Annotated[
        str | None,
        typer.Argument(
            metavar="FILE|URL", help="A file of this machine, or a URL.", show_default=False
        ),
    ] = None,
    key: Annotated[
        str | None,
        typer.Option("--id", metavar="ID", help="Without it, one is made from the title."),
    ] = None,
    again: Annotated[
        str | None,
        typer.Option(metavar="ID", help="The source of which this is a later capture."),
    ] = None,
    title: Annotated[str | None, typer.Option(metavar="TEXT", help="Its title.")] = None,
    publisher: Annotated[str | None, typer.Option(metavar="NAME", help="Who published it.")] = None,
    author: Annotated[str | None, typer.Option(metavar="NAME", help="Who wrote it.")] = None,
    url: Annotated[
        str | None, typer.Option(metavar="URL", help="Of a file: where it was found.")
    ] = None,
    language: Annotated[
        str | None, typer.Option(metavar="TAG", help="Its language (BCP 47).")
    ] = None,
    published: Annotated[
        str | None, typer.Option(metavar="DATE", help="When it appeared (EDTF).")
    ] = None,
    retrieved: Annotated[
        str | None, typer.Option(metavar="DATE", help="When it was fetched (EDTF), if not today.")
    ] = None,
    genre: Annotated[
        str | None,
        typer.Option(help=f"One of {', '.join(get_args(Genre))}.", metavar="GENRE"),
    ] = None,
    reliability: Annotated[
        Letter | None,
        typer.Option(
            metavar="A-F", help="Admiralty reliability; F cannot be judged.", case_sensitive=False
        ),
    ] = None,
    basis: Annotated[str | None, typer.Option(metavar="TEXT", help="Why this grade.")] = None,
    derived_from: Annotated[
        list[str] | None,
        typer.Option(metavar="ID", help="A source that it copies, rewrites or relays."),
    ] = None,
    note: Annotated[str | None, typer.Option(metavar="TEXT", help="A note.")] = None,
    allow_private: Annotated[
        bool,
        typer.Option("--allow-private", help="Fetch from this machine and its own network too."),
    ] = False,
    file: FileOption = None,
    dry_run: DryRunOption = False,
) -> None:
    """Capture a document: copy it beside the register, and write it down as a source.

    What it says of itself is filled in: title, author, publisher, date, language. Captured again, a
    document that changed is a source of its own, and which quotes changed is told.
    """
    given = Asking(context).needed(document, "the file or URL", "File or URL").strip()
    facts: dict[str, Value | None] = {
        "title": title,
        "publisher": publisher,
        "author": author,
        "url": url,
        "language": language,
        "note": note,
        "published": published,
        "retrieved": retrieved,
        "genre": None if genre is None else known_word("genre", genre, get_args(Genre)),
        "reliability": None if reliability is None else str(reliability),
        "basis": basis,
        "derived_from": list(derived_from or ()),
    }
    # What reads documents and fetches them is nothing that other commands should wait for.
    from claimtrack.cli.capturing import Asked, capture_document
    from claimtrack.edit.capturing import Wanted

    wanted = Wanted(key, again, pairs_given(facts), file, today().isoformat())
    capture_document(context, Asked(given, allow_private, dry_run), wanted)

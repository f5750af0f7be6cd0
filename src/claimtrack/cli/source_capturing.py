"""The command that makes a document a source: source add."""

from __future__ import annotations

from typing import Annotated

import typer

from claimtrack.cli.asking import Asking
from claimtrack.cli.hindsight import today
from claimtrack.cli.source_options import (
    AuthorOption,
    BasisOption,
    DerivedFromOption,
    GenreOption,
    LanguageOption,
    NoteOption,
    PublishedOption,
    PublisherOption,
    ReliabilityOption,
    TitleOption,
    source_facts,
)
from claimtrack.cli.writing import DryRunOption, FileOption
from claimtrack.edit.values import pairs_given


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
    title: TitleOption = None,
    publisher: PublisherOption = None,
    author: AuthorOption = None,
    url: Annotated[
        str | None, typer.Option(metavar="URL", help="Of a file: where it was found.")
    ] = None,
    language: LanguageOption = None,
    published: PublishedOption = None,
    retrieved: Annotated[
        str | None, typer.Option(metavar="DATE", help="When it was fetched (EDTF), if not today.")
    ] = None,
    genre: GenreOption = None,
    reliability: ReliabilityOption = None,
    basis: BasisOption = None,
    derived_from: DerivedFromOption = None,
    note: NoteOption = None,
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
    texts = {
        "title": title,
        "publisher": publisher,
        "author": author,
        "url": url,
        "language": language,
        "note": note,
        "published": published,
        "retrieved": retrieved,
        "basis": basis,
    }
    facts = source_facts(texts, genre, reliability, derived_from)
    # What reads documents and fetches them is nothing that other commands should wait for.
    from claimtrack.cli.capturing import Asked, capture_document
    from claimtrack.edit.capturing import Wanted

    wanted = Wanted(key, again, pairs_given(facts), file, today().isoformat())
    capture_document(context, Asked(given, allow_private, dry_run), wanted)

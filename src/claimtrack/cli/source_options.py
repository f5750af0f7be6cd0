"""What a person may say of a source: the options that the commands which write sources share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, get_args

import typer

from claimtrack.cli.claim_asking import known_word
from claimtrack.cli.filters import Letter
from claimtrack.edit.yamlwriting import Value
from claimtrack.model import Genre
from claimtrack.reading.schema import SourceShape, keys_of

TitleOption = Annotated[str | None, typer.Option(metavar="TEXT", help="Its title.")]
PublisherOption = Annotated[str | None, typer.Option(metavar="NAME", help="Who published it.")]
AuthorOption = Annotated[str | None, typer.Option(metavar="NAME", help="Who wrote it.")]
LanguageOption = Annotated[str | None, typer.Option(metavar="TAG", help="Its language (BCP 47).")]
PublishedOption = Annotated[
    str | None, typer.Option(metavar="DATE", help="When it appeared (EDTF).")
]
GenreOption = Annotated[
    str | None, typer.Option(help=f"One of {', '.join(get_args(Genre))}.", metavar="GENRE")
]
ReliabilityOption = Annotated[
    Letter | None,
    typer.Option(
        metavar="A-F", help="Admiralty reliability; F cannot be judged.", case_sensitive=False
    ),
]
BasisOption = Annotated[str | None, typer.Option(metavar="TEXT", help="Why this grade.")]
DerivedFromOption = Annotated[
    list[str] | None,
    typer.Option(metavar="ID", help="A source that it copies, rewrites or relays."),
]
NoteOption = Annotated[str | None, typer.Option(metavar="TEXT", help="A note.")]


def source_facts(
    texts: Mapping[str, str | None],
    genre: str | None,
    reliability: Letter | None,
    derived_from: Sequence[str] | None,
) -> dict[str, Value | None]:
    """The facts in the order that they are written. Raises WrongUsage for an unknown genre."""
    facts: dict[str, Value | None] = {
        **texts,
        "genre": None if genre is None else known_word("genre", genre, get_args(Genre)),
        "reliability": None if reliability is None else str(reliability),
        "derived_from": list(derived_from or ()),
    }
    return {key: facts[key] for key in keys_of(SourceShape) if key in facts}

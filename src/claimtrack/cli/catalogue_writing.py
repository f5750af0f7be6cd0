"""Commands that write what claims name: entity add, property add, source set."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from typing import Annotated, get_args

import typer

from claimtrack.cli.asking import Asking
from claimtrack.cli.claim_asking import asked_word, entities, known_word, sources
from claimtrack.cli.locating import locate
from claimtrack.cli.source_capturing import add_source
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
from claimtrack.cli.usage import WrongUsage
from claimtrack.cli.writing import DryRunOption, FileOption, change
from claimtrack.edit import catalogue as writing
from claimtrack.edit.draft import Draft
from claimtrack.edit.values import pairs_given
from claimtrack.edit.writing import Result
from claimtrack.edit.written import Written
from claimtrack.edit.yamlwriting import Bare, Value
from claimtrack.model import ValueType
from claimtrack.reading.files import find_source, source_folders
from claimtrack.reading.holdings import hold
from claimtrack.reading.nodes import core_type
from claimtrack.reading.schema import SourceShape, keys_of

entity = typer.Typer(help="Write the entities of the register.", no_args_is_help=True)
property_ = typer.Typer(help="Write the properties of the register.", no_args_is_help=True)
source = typer.Typer(help="Write the sources of the register.", no_args_is_help=True)
source.command("add", short_help="Capture a document as a source.")(add_source)


# --------------------------------------------------------------------------------------- entities


@entity.command("add", short_help="Add an entity.")
def add_entity(
    context: typer.Context,
    name: Annotated[
        str | None, typer.Argument(help="What it is called.", show_default=False)
    ] = None,
    key: Annotated[
        str | None,
        typer.Option("--id", metavar="ID", help="Without it, one is made from the name."),
    ] = None,
    kind: Annotated[
        str | None, typer.Option(metavar="WORD", help="What it is, in a word: person, place, ship.")
    ] = None,
    alias: Annotated[list[str] | None, typer.Option(metavar="NAME", help="A further name.")] = None,
    part_of: Annotated[
        str | None, typer.Option(metavar="ENTITY", help="What it is a part of.")
    ] = None,
    anonymous: Annotated[
        bool,
        typer.Option("--anonymous", help="A speaker without a name: never an origin of its own."),
    ] = False,
    file: FileOption = None,
    dry_run: DryRunOption = False,
) -> None:
    """Add an entity: a person, a place, a body or a thing that claims are about."""
    asking = Asking(context)
    called = asking.needed(name, "the name", "Name")
    if name is None:
        kind = asking.maybe(kind, "Kind, such as person")
        part_of = asking.maybe(part_of, "Part of (nothing: of nothing)", entities)

    def make(draft: Draft) -> Written:
        facts: dict[str, Value | None] = {
            "kind": kind,
            "aliases": list(alias or ()),
            "anonymous": Bare("true") if anonymous else None,
            "part_of": None if part_of is None else draft.entity_text(part_of),
        }
        return writing.add_entity(draft, called, key, pairs_given(facts), file)

    change(
        context,
        make,
        dry_run=dry_run,
        then=lambda result: f"claimtrack add --subject {result.made.key.id}",
    )


# ------------------------------------------------------------------------------------- properties


@property_.command("add", short_help="Add a property.")
def add_property(
    context: typer.Context,
    key: Annotated[
        str | None, typer.Argument(metavar="ID", help="Its id.", show_default=False)
    ] = None,
    type_: Annotated[
        str | None,
        typer.Option(
            "--type",
            help=f"One of {', '.join(get_args(ValueType))}.",
            metavar="TYPE",
        ),
    ] = None,
    single: Annotated[
        bool,
        typer.Option("--single", help="An entity has one value at a time: others collide."),
    ] = False,
    unit: Annotated[
        str | None, typer.Option(metavar="UNIT", help="Of numbers: their unit.")
    ] = None,
    tolerance: Annotated[
        str | None,
        typer.Option(
            metavar="GAP", help="How far values may lie apart and agree: 50, 10% or, of dates, 3d."
        ),
    ] = None,
    about_ratio: Annotated[
        str | None, typer.Option(metavar="SHARE", help="How wide 'about' is: 10% without it.")
    ] = None,
    scope: Annotated[
        list[str] | None, typer.Option(metavar="KEY", help="A key that claims may restrict it by.")
    ] = None,
    choice: Annotated[
        list[str] | None,
        typer.Option(metavar="WORD", help="Of choices: a choice, or narrower=broader."),
    ] = None,
    flat: Annotated[
        bool, typer.Option("--flat", help="A part does not stand for its whole (nested: false).")
    ] = False,
    tension: Annotated[
        bool, typer.Option("--tension", help="What collides is a tension, never hard.")
    ] = False,
    file: FileOption = None,
    dry_run: DryRunOption = False,
) -> None:
    """Add a property: what can be said of an entity, and when two values of it collide."""
    asking = Asking(context)
    named = asking.needed(key, "the id", "Id of the property")
    of = asked_word(asking, type_, "type of value", get_args(ValueType))
    facts: dict[str, Value | None] = {
        "type": of,
        "unit": unit,
        "single": Bare("true") if single else None,
        "tolerance": _share(tolerance),
        "about-ratio": _share(about_ratio),
        "scope": list(scope or ()),
        "nested": Bare("false") if flat else None,
        "severity": "tension" if tension else None,
        "choices": _choices(choice or []),
    }
    change(
        context,
        lambda draft: writing.add_property(draft, named, pairs_given(facts), file),
        dry_run=dry_run,
        then=lambda result: f"claimtrack add --property {result.made.key.id}",
    )


def _share(text: str | None) -> Value | None:
    """A number where it is one, else text."""
    if text is None:
        return None
    return Bare(text) if core_type(text or "~") == "number" else text


def _choices(given: list[str]) -> Value:
    """A list of choices, or a mapping of narrower to broader ones where any is narrower."""
    pairs = [[part.strip() for part in choice.partition("=")] for choice in given]
    names = [narrower for narrower, _, _ in pairs]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        raise WrongUsage(f"--choice {twice} is given twice; a choice has one broader one")
    if not any(sign for _, sign, _ in pairs):
        return [*names]
    return {narrower: broader or Bare("") for narrower, _, broader in pairs}


# ---------------------------------------------------------------------------------------- sources


@source.command("set", short_help="Set facts of a source.")
def set_source(
    context: typer.Context,
    key: Annotated[
        str | None,
        typer.Argument(metavar="ID", help="A source's id, or a new one.", show_default=False),
    ] = None,
    source_file: Annotated[
        str | None,
        typer.Option(
            "--source-file",
            metavar="NAME",
            help="The name of its file in a source folder; its sha256 is recorded with it. (--file "
            "is which file of the register takes a new source.)",
        ),
    ] = None,
    sha256: Annotated[
        str | None, typer.Option(metavar="DIGEST", help="Of the file's bytes, if it is not held.")
    ] = None,
    title: TitleOption = None,
    publisher: PublisherOption = None,
    author: AuthorOption = None,
    url: Annotated[str | None, typer.Option(metavar="URL", help="Where it was found.")] = None,
    language: LanguageOption = None,
    published: PublishedOption = None,
    retrieved: Annotated[
        str | None, typer.Option(metavar="DATE", help="When it was fetched (EDTF).")
    ] = None,
    genre: GenreOption = None,
    reliability: ReliabilityOption = None,
    basis: BasisOption = None,
    derived_from: DerivedFromOption = None,
    note: NoteOption = None,
    unset: Annotated[
        list[str] | None, typer.Option(metavar="KEY", help="A fact that it is to lose.")
    ] = None,
    file: FileOption = None,
    dry_run: DryRunOption = False,
) -> None:
    """Set facts of a source: of a new one, or of one that the register has.

    What is not given stays as it is. Of a file that is held the digest is recorded too.
    """
    asking = Asking(context)
    named = asking.needed(key, "the id", "Source", sources)
    known = [known_word("fact of a source", each, keys_of(SourceShape)) for each in unset or ()]
    texts = {
        "file": source_file,
        "sha256": sha256,
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

    def make(draft: Draft) -> Written:
        given = _with_file(context, draft, named, pairs_given(facts))
        return writing.set_source(draft, named, given, known, file)

    change(
        context,
        make,
        dry_run=dry_run,
        then=_after_setting,
    )


def _with_file(
    context: typer.Context, draft: Draft, key: str, facts: Mapping[str, Value]
) -> dict[str, Value]:
    """The facts with the name of the file in its folder, and with its digest if it is held.

    Raises WrongUsage for a file that is refused, for one that is not held in place of one that is,
    and for what is no digest or not that of the bytes.
    """
    folders, digest = source_folders(locate(context), os.environ), facts.get("sha256")
    if digest is not None and not re.fullmatch("[0-9a-fA-F]{64}", str(digest)):
        raise WrongUsage(f"'{digest}' is no SHA-256; that has 64 hex digits")
    old = draft.register.sources.get(key)
    own = None if old is None else old.file
    name = facts.get("file", own)
    if name is None:
        return dict(facts)
    holding = hold(find_source(str(name), folders))
    if holding.file.state != "held" and str(name).startswith("sources/"):  # as a shell completes it
        name = str(name).removeprefix("sources/")
        holding = hold(find_source(name, folders))
    if holding.file.state == "refused":
        raise WrongUsage(f"'{name}' {holding.file.why}")
    if digest is not None and holding.digest not in (None, str(digest).lower()):
        raise WrongUsage(f"'{name}' is held and has another sha256: {holding.digest}")
    if "file" not in facts:
        return dict(facts)
    if holding.digest is None and digest is None and hold(find_source(own, folders)).digest:
        raise WrongUsage(f"'{name}' is in no source folder, and '{own}', which it has, is")
    with_name = {**facts, "file": name}
    return {**with_name, "sha256": holding.digest} if holding.digest else with_name


def _after_setting(result: Result[Written]) -> str:
    key = result.made.key.id
    cited: Mapping[str, object] = result.proposal.after.register.claims
    return f"claimtrack sources {key}" if cited else f"claimtrack add --source {key}"

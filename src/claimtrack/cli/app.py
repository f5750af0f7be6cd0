"""The application: its commands and what they share."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Annotated

import typer

from claimtrack.cli import (
    catalogue_writing,
    checking,
    claim_writing,
    colliding,
    decision_writing,
    entry_writing,
    exchange,
    impact,
    listing,
    merging,
    reading,
    schema,
    starting,
    versions,
)
from claimtrack.cli.completion import command as completion

app = typer.Typer(
    help="A ledger of claims: who says what, on what evidence, and where claims collide.",
    no_args_is_help=False,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={
        "help_option_names": ["-h", "--help"],
        "terminal_width": min(shutil.get_terminal_size().columns, 80),
    },
)


def _print_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"claimtrack {version('claimtrack')}")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def start(
    context: typer.Context,
    register: Annotated[
        Path | None,
        typer.Option(
            metavar="PATH",
            readable=False,
            help="The register's main file, or a folder that holds it. Otherwise the one that "
            "CLAIMTRACK_REGISTER names, else the nearest claims.yaml or data/claims.yaml here or "
            "above.",
            show_default=False,
        ),
    ] = None,
    _version: Annotated[
        bool,
        typer.Option(
            "--version", help="Print the version.", callback=_print_version, is_eager=True
        ),
    ] = False,
) -> None:
    """A ledger of claims: who says what, on what evidence, and where claims collide.

    Without a command it shows a dashboard of the register.
    """
    context.obj = register
    if context.invoked_subcommand is None:
        reading.dashboard(context)


app.command("list", short_help="List claims, filtered and sorted.")(listing.list_claims)
app.command("show", short_help="Show one claim and all that bears on it.")(reading.show)
app.command("conflicts", short_help="Show which claims cannot all be true, and why.")(
    colliding.conflicts
)
app.command("compare", short_help="Compare two claims, assertion by assertion.")(colliding.compare)
app.command("impact", short_help="Show what would change if a source, claim or entity fell.")(
    impact.impact
)
app.command("sources", short_help="Show the sources and what rests on them.")(reading.sources)
app.command("stats", short_help="Count claims, evidence and conflicts.")(reading.stats)
app.command("check", short_help="Find every mistake in the register.")(checking.check)
app.command("diff", short_help="Show what changed in meaning between two states.")(versions.diff)
app.command("log", short_help="Show one claim's history: who changed what, and when.")(versions.log)
app.command("blame", short_help="Show who wrote each line of a claim.")(versions.blame)
app.command("explain", short_help="Say what a diagnostic's code means.")(checking.explain)
app.command(
    "completion",
    short_help="Print the script for completion in a shell.",
    epilog=completion.INSTALLING,
)(completion.completion)
app.command("schema", short_help="Print the JSON Schema of a register file, for editors.")(
    schema.schema
)
app.command("init", short_help="Begin a register.")(starting.init)
app.command("add", short_help="Add a claim.")(claim_writing.add)
app.command("cite", short_help="Add evidence to a claim.")(claim_writing.cite)
app.command("dispute", short_help="Add evidence that denies a claim.")(claim_writing.dispute)
app.command("relate", short_help="Write how a claim stands to others.")(claim_writing.relate)
app.command("tag", short_help="Tag a claim.")(claim_writing.tag)
app.command("judge", short_help="Write a verdict on a claim.")(decision_writing.judge)
app.command("review", short_help="Decide on a conflict, or on what disputes a claim.")(
    decision_writing.review
)
app.command("edit", short_help="Open one claim in your editor.")(entry_writing.edit)
app.command("rename", short_help="Give an entry another id, with all that names it.")(
    entry_writing.rename
)
app.command("merge", short_help="Make two claims one.")(entry_writing.merge)
app.command("remove", short_help="Remove an entry that nothing names.")(entry_writing.remove)
app.command("import", short_help="Add claims and evidence from CSV or JSON Lines.")(
    exchange.import_claims
)
app.command("export", short_help="Write claims as rows that import reads.")(exchange.export)
app.command("merge-driver", short_help="Merge two versions of a file: what git starts.")(
    merging.merge_driver
)
app.command("install-merge-driver", short_help="Have git merge this register claim by claim.")(
    merging.install_merge_driver
)
app.add_typer(catalogue_writing.entity, name="entity", short_help="Add an entity.")
app.add_typer(catalogue_writing.property_, name="property", short_help="Add a property.")
app.add_typer(catalogue_writing.source, name="source", short_help="Set facts of a source.")

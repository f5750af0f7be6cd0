"""The application: its commands and what they share."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Annotated

import typer

from claimtrack.cli import checking, colliding, impact, listing, reading

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
app.command("explain", short_help="Say what a diagnostic's code means.")(checking.explain)

"""The application: its commands and what they share."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from claimtrack.cli import (
    attesting,
    catalogue_writing,
    checking,
    claim_writing,
    colliding,
    coverage,
    decision_writing,
    entry_writing,
    exchange,
    formatting,
    impact,
    listing,
    merging,
    quoting,
    reading,
    schema,
    source_capturing,
    starting,
    versions,
)
from claimtrack.cli.completion import command as completion


class Headed(TyperGroup):
    """The commands of the program, under headings in its help."""

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """Write each heading with its commands, all in the same columns."""
        width = max(map(len, self.commands))
        for heading in _COMMANDS:
            with formatter.section(heading):
                formatter.write_dl(
                    [
                        (name.ljust(width), command.get_short_help_str(formatter.width))
                        for name, command in self.commands.items()
                        if getattr(command, "rich_help_panel", None) == heading
                    ]
                )


app = typer.Typer(
    cls=Headed,
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


READ, WRITE, DECIDE = "To read", "To write", "To decide"
HISTORY, TOOLS = "What changed", "For other programs"

_COMMANDS: dict[str, dict[str, tuple[Callable[..., None], str]]] = {
    READ: {
        "list": (listing.list_claims, "List claims, filtered and sorted."),
        "show": (reading.show, "Show one claim and all that bears on it."),
        "conflicts": (colliding.conflicts, "Show which claims cannot all be true, and why."),
        "compare": (colliding.compare, "Compare two claims, assertion by assertion."),
        "impact": (impact.impact, "Show what would change if something fell."),
        "sources": (reading.sources, "Show the sources and what rests on them."),
        "coverage": (coverage.coverage, "Show which sentences no claim quotes."),
        "stats": (reading.stats, "Count claims, evidence and conflicts."),
        "quote": (quoting.quote, "Show a claim's quotes in their sources."),
        "check": (checking.check, "Find every mistake in the register."),
        "explain": (checking.explain, "Say what a diagnostic's code means."),
    },
    WRITE: {
        "init": (starting.init, "Begin a register."),
        "add": (claim_writing.add, "Add a claim."),
        "cite": (claim_writing.cite, "Add evidence to a claim."),
        "dispute": (claim_writing.dispute, "Add evidence that denies a claim."),
        "relate": (claim_writing.relate, "Write how a claim stands to others."),
        "tag": (claim_writing.tag, "Tag a claim."),
        "edit": (entry_writing.edit, "Open one claim in your editor."),
        "rename": (entry_writing.rename, "Give an entry another id everywhere."),
        "merge": (entry_writing.merge, "Make two claims one."),
        "remove": (entry_writing.remove, "Remove an entry that nothing names."),
        "anchor": (quoting.anchor, "Fill in and mend the lines of quotes."),
        "attest": (attesting.attest, "Vouch for quotes to those without the sources."),
        "fmt": (formatting.fmt, "Lay out the files in one canonical way."),
        "import": (exchange.import_claims, "Add claims and evidence from a table."),
        "export": (exchange.export, "Write claims as rows that import reads."),
    },
    DECIDE: {
        "judge": (decision_writing.judge, "Write a verdict on a claim."),
        "review": (decision_writing.review, "Decide on a conflict, or on a dispute."),
    },
    HISTORY: {
        "diff": (versions.diff, "Show what changed in meaning between two states."),
        "log": (versions.log, "Show one claim's history."),
        "blame": (versions.blame, "Show who wrote each line of a claim."),
    },
    TOOLS: {
        "completion": (completion.completion, "Print the script for completion in a shell."),
        "schema": (schema.schema, "Print the JSON Schema of a register file."),
        "install-merge-driver": (merging.install_merge_driver, "Have git merge claim by claim."),
        "merge-driver": (merging.merge_driver, "Merge two versions of a file; git starts it."),
    },
}
_GROUPS = {
    "entity": (catalogue_writing.entity, "Add an entity."),
    "property": (catalogue_writing.property_, "Add a property."),
    "source": (catalogue_writing.source, "Capture a source, or set facts of one."),
}
_EPILOGS = {"completion": completion.INSTALLING}


def _register() -> None:
    catalogue_writing.source.command("add", short_help="Capture a document as a source.")(
        source_capturing.add_source
    )
    for heading, commands in _COMMANDS.items():
        for name, (command, told) in commands.items():
            app.command(name, short_help=told, rich_help_panel=heading, epilog=_EPILOGS.get(name))(
                command
            )
        for name, (group, told) in _GROUPS.items() if heading == WRITE else ():
            app.add_typer(group, name=name, short_help=told, rich_help_panel=heading)


_register()

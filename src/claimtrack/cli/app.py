"""The application: its commands and what they share."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from claimtrack.cli.locating import Given


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


def _print_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"claimtrack {version('claimtrack')}")
        raise typer.Exit


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
    no_index: Annotated[
        bool,
        typer.Option(
            "--no-index", help="Read everything anew, and keep nothing of it for the next command."
        ),
    ] = False,
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
    context.obj = Given(register, not no_index)
    if context.invoked_subcommand is None:
        _defined("reading.dashboard")(context)


READ, WRITE, DECIDE = "To read", "To write", "To decide"
HISTORY, TOOLS = "What changed", "For other programs"

_COMMANDS: dict[str, dict[str, tuple[str, str]]] = {
    READ: {
        "list": ("listing.list_claims", "List claims, filtered and sorted."),
        "show": ("showing.show", "Show one claim and all that bears on it."),
        "conflicts": ("colliding.conflicts", "Show which claims cannot all be true, and why."),
        "compare": ("comparing.compare", "Compare two claims, assertion by assertion."),
        "impact": ("impact.impact", "Show what would change if something fell."),
        "sources": ("reading.sources", "Show the sources and what rests on them."),
        "coverage": ("coverage.coverage", "Show which sentences no claim quotes."),
        "stats": ("reading.stats", "Count claims, evidence and conflicts."),
        "quote": ("quoting.quote", "Show a claim's quotes in their sources."),
        "check": ("checking.check", "Find every mistake in the register."),
        "explain": ("checking.explain", "Say what a diagnostic's code means."),
    },
    WRITE: {
        "init": ("starting.init", "Begin a register."),
        "add": ("claim_writing.add", "Add a claim."),
        "cite": ("claim_writing.cite", "Add evidence to a claim."),
        "dispute": ("claim_writing.dispute", "Add evidence that denies a claim."),
        "relate": ("claim_writing.relate", "Write how a claim stands to others."),
        "tag": ("claim_writing.tag", "Tag a claim."),
        "edit": ("entry_writing.edit", "Open one claim in your editor."),
        "rename": ("entry_writing.rename", "Give an entry another id everywhere."),
        "merge": ("entry_writing.merge", "Make two claims one."),
        "remove": ("entry_writing.remove", "Remove an entry that nothing names."),
        "anchor": ("quoting.anchor", "Fill in and mend the lines of quotes."),
        "attest": ("attesting.attest", "Vouch for quotes to those without the sources."),
        "fmt": ("formatting.fmt", "Lay out the files in one canonical way."),
        "import": ("exchange.import_claims", "Add claims and evidence from a table."),
        "export": ("exchange.export", "Write claims as rows that import reads."),
    },
    DECIDE: {
        "judge": ("decision_writing.judge", "Write a verdict on a claim."),
        "review": ("decision_writing.review", "Decide on a conflict, or on a dispute."),
    },
    HISTORY: {
        "diff": ("versions.diff", "Show what changed in meaning between two states."),
        "log": ("versions.log", "Show one claim's history."),
        "blame": ("versions.blame", "Show who wrote each line of a claim."),
    },
    TOOLS: {
        "completion": ("completion.command.completion", "Print a shell's completion script."),
        "schema": ("schema.schema", "Print the JSON Schema of a register file."),
        "install-merge-driver": ("merging.install_merge_driver", "Have git merge claim by claim."),
        "merge-driver": ("merging.merge_driver", "Merge two versions of a file; git starts it."),
    },
}
"""For each heading its commands: where each is defined, below this package, and what it does."""
_GROUPS = {
    "entity": ("catalogue_writing.entity", "Add an entity."),
    "property": ("catalogue_writing.property_", "Add a property."),
    "source": ("catalogue_writing.source", "Capture a source, or set facts of one."),
}
NAMES = frozenset(name for commands in _COMMANDS.values() for name in commands) | _GROUPS.keys()


def called(words: Sequence[str]) -> str | None:
    """The command that the words of a command line call; empty for none, the dashboard.

    None where their names are needed: for help, and for what is no command.
    """
    given = iter(words)
    for word in given:
        if word == "--register":
            next(given, None)
        elif not word.startswith(("--register=", "--version", "--no-index")):
            return word if word in NAMES else None
    return ""


def application(only: str | None = None) -> typer.Typer:
    """The program, with that command alone, or with the names of all.

    A command's module is imported as it is declared, and with it all that the command needs: what
    is not called costs nothing. A name alone is enough to be listed in the help.
    """
    return _program(lambda name: name == only) if only is not None else _program(None)


def whole_application() -> typer.Typer:
    """The program with all of its commands, each with its options: for who tells of them."""
    return _program(lambda _: True)


def _program(is_declared: Callable[[str], bool] | None) -> typer.Typer:
    """The program with some of its commands, or with names that stand for all."""
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
    app.callback(invoke_without_command=True)(start)
    for heading, commands in _COMMANDS.items():
        for name, (place, told) in commands.items():
            if is_declared is None:
                app.command(name, short_help=told, rich_help_panel=heading)(_name_alone)
            elif is_declared(name):
                declare = app.command(
                    name, short_help=told, rich_help_panel=heading, epilog=_epilog(name)
                )
                declare(_defined(place))
        for name, (place, told) in _GROUPS.items() if heading == WRITE else ():
            if is_declared is None:
                app.command(name, short_help=told, rich_help_panel=heading)(_name_alone)
            elif is_declared(name):
                app.add_typer(_defined(place), name=name, short_help=told, rich_help_panel=heading)
    return app


def _name_alone() -> None:
    """Stands for a command that is listed, and not called."""


def _defined(place: str) -> Any:
    """What is defined at a place below this package."""
    module, _, name = place.rpartition(".")
    return getattr(import_module(f"claimtrack.cli.{module}"), name)


def _epilog(name: str) -> str | None:
    return _defined("completion.command.INSTALLING") if name == "completion" else None

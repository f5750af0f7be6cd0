"""The command that prints a shell's completion script."""

from __future__ import annotations

from enum import StrEnum
from types import ModuleType
from typing import Annotated

import typer

from claimtrack.cli.completion import bash, fish, zsh
from claimtrack.cli.completion.grammar import read_grammar
from claimtrack.cli.output import write


class Shell(StrEnum):
    """A shell that can complete."""

    BASH = "bash"
    ZSH = "zsh"
    FISH = "fish"


_SCRIPTS: dict[Shell, ModuleType] = {Shell.BASH: bash, Shell.ZSH: zsh, Shell.FISH: fish}


def completion(
    context: typer.Context,
    shell: Annotated[Shell, typer.Argument(metavar="SHELL", help="The shell: bash, zsh or fish.")],
) -> None:
    """Print the script that lets a shell complete commands, options and ids.

    Commands and options are written in it: print it again after an update. Ids are looked up in the
    register as it stands, the one that --register names on the line being typed included.
    """
    of = _SCRIPTS[shell]
    head = [
        *of.FIRST_LINES,
        f"# Completion of claimtrack in {shell}, as 'claimtrack completion {shell}' prints it.",
        "# To install it, and again after each update of claimtrack:",
        *(f"#     {line}" for line in of.INSTALLING),
        "",
    ]
    # Only the command that is called is declared, and the script tells of all.
    from claimtrack.cli.app import whole_application

    root = typer.Context(typer.main.get_command(whole_application()), info_name=context.info_name)
    write("\n".join([*head, of.script(read_grammar(root))]))


# "\b" keeps click from filling the lines that follow.
INSTALLING = "\n\n".join(
    "\b\n" + "\n".join([f"{shell}:", *(f"  {line}" for line in of.INSTALLING)])
    for shell, of in _SCRIPTS.items()
)
"""How to install each script, as the end of the command's help."""

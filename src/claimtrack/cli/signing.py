"""Who writes a decision, or vouches for what was found."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from claimtrack.cli.locating import locate
from claimtrack.cli.usage import WrongUsage
from claimtrack.reading.git import CannotTell, Git

BY_VARIABLE = "CLAIMTRACK_BY"

SignedByOption = Annotated[
    str | None,
    typer.Option(
        "--by",
        metavar="NAME",
        help=f"Who decides; without it, {BY_VARIABLE}, else the user.name of git.",
        show_default=False,
    ),
]
OnOption = Annotated[
    str | None, typer.Option("--on", metavar="DATE", help="When; without it, today.")
]


def refuse_empty(option: str, given: str | None) -> None:
    """Raise WrongUsage for an option that was given without a word in it."""
    if given is not None and not given.strip():
        raise WrongUsage(f"{option} is empty; leave it out")


def signed_by(context: typer.Context, by: str | None) -> str | None:
    """Who signs: the one named, else the environment's, else whom git knows."""
    named = by or os.environ.get(BY_VARIABLE) or _name_in_git(locate(context).parent)
    return named or None


def _name_in_git(folder: Path) -> str | None:
    """What git calls the person at work, if it knows."""
    try:
        return Git(folder).line("config", "user.name")
    except CannotTell:
        return None

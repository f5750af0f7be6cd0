"""Where the register is that a command is about."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from claimtrack.reading.files import RegisterNotFound, find_register

if TYPE_CHECKING:
    import typer


class Given(NamedTuple):
    """What the options before the command say."""

    register: Path | None
    use_index: bool


def given(context: typer.Context) -> Given:
    """What the options before the command say."""
    said: Given = context.find_root().obj
    return said


def locate(context: typer.Context) -> Path:
    """The main file that the options, the environment or the folder name."""
    try:
        folder = Path.cwd()
    except OSError as error:
        raise RegisterNotFound("the current folder is gone") from error
    return find_register(given(context).register, os.environ, folder)

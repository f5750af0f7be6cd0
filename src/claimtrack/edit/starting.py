"""The files of a register that is only beginning."""

from __future__ import annotations

from collections.abc import Callable
from importlib.resources import files
from pathlib import Path

from claimtrack.diagnostic import ClaimtrackError
from claimtrack.edit.finishing import finish_interrupted
from claimtrack.edit.locking import writing_lock
from claimtrack.edit.replacing import Replacement, replace_files
from claimtrack.edit.yamlwriting import scalar

MAIN = "claims.yaml"
SCHEMA = "claimtrack.schema.json"
IGNORED = """\
# Other people's texts that a register quotes; share what people found in them instead.
sources/*
!sources/*.attested
# What a command that was stopped half-way may leave.
.claimtrack-*
"""


class RegisterThere(ClaimtrackError):
    """A register where a new one was to begin."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"{path} is there already; nothing was written")


class NoFolder(ClaimtrackError):
    """A folder that cannot be made."""

    exit_status = 4

    def __init__(self, folder: Path, error: OSError) -> None:
        super().__init__(f"the folder {folder} cannot be made: {error.strerror}")


def new_files(folder: Path, title: str | None, schema: str) -> dict[Path, str]:
    """What a register begins with: a main file with a worked example, its schema, a .gitignore.

    A .gitignore or a schema that is there stays as it is. Raises RegisterThere.
    """
    if (folder / MAIN).exists():
        raise RegisterThere(folder / MAIN)
    texts = {MAIN: _main(title), SCHEMA: schema, ".gitignore": IGNORED}
    return {folder / name: text for name, text in texts.items() if not (folder / name).exists()}


def start_register(
    folder: Path, title: str | None, schema: str, on_wait: Callable[[], None]
) -> list[Path]:
    """Write the files of a new register; gives those that were written.

    Raises RegisterThere and NoFolder, and what locking, finishing and replacing raise.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise NoFolder(folder, error) from error
    with writing_lock(folder, on_wait):
        finish_interrupted(folder)
        new = new_files(folder, title, schema)
        replace_files(
            [Replacement(path, None, text.encode()) for path, text in new.items()], folder
        )
    return list(new)


def _main(title: str | None) -> str:
    text = files("claimtrack.edit").joinpath("new_register.yaml").read_text("utf-8")
    if title is None:
        return text
    return text.replace("title: A new register", f"title: {scalar(title)}")

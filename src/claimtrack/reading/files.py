"""Finding files: the register itself, what it includes, and its sources. Nothing is parsed here."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Literal

from claimtrack.diagnostic import ClaimtrackError
from claimtrack.frozen import frozen

REGISTER_VARIABLE = "CLAIMTRACK_REGISTER"
SOURCES_VARIABLE = "CLAIMTRACK_SOURCES"
_USUAL = (Path("claims.yaml"), Path("data", "claims.yaml"))


class RegisterNotFound(ClaimtrackError):
    """No register where one was looked for."""

    exit_status = 3

    def __init__(self, looked: str) -> None:
        super().__init__(
            f"no register: {looked}; name one with --register PATH or {REGISTER_VARIABLE}, or "
            "begin one with claimtrack init"
        )


def find_register(named: Path | None, environ: Mapping[str, str], folder: Path) -> Path:
    """The main file: the one named, the environment's, or the nearest at or above ``folder``.

    A folder that is named stands for the ``claims.yaml`` or ``data/claims.yaml`` in it. Raises
    RegisterNotFound.
    """
    if named is None and environ.get(REGISTER_VARIABLE):
        named = Path(environ[REGISTER_VARIABLE])
    if named is not None:
        return _named(named)
    for above in (folder, *folder.parents):
        for usual in _USUAL:
            if _is_file(above / usual):
                return above / usual
    raise RegisterNotFound(f"no claims.yaml or data/claims.yaml in {folder} or above it")


def _named(path: Path) -> Path:
    if os.path.isdir(path):  # noqa: PTH112 - never raises, whatever the path
        inside = [path / usual for usual in _USUAL if _is_file(path / usual)]
        if not inside:
            raise RegisterNotFound(f"the folder {path} holds no claims.yaml that can be read")
        return inside[0]
    if not _is_file(path):
        raise RegisterNotFound(f"there is no file {path} that can be read")
    return path


def _is_file(path: Path) -> bool:
    """Whether there is a regular file, as far as the system lets one see."""
    return os.path.isfile(path)  # noqa: PTH113 - never raises, whatever the path


def files_of(main: Path, names: Iterable[str]) -> Iterator[tuple[str, bytes]]:
    """Files of a register by name, as they are now; without those that are gone."""
    for name in names:
        try:
            yield name, (main.parent / name).read_bytes()
        except OSError:
            continue


# --------------------------------------------------------------------------------------- includes


def matches(folder: Path, pattern: str) -> list[Path]:
    """Files and folders that a pattern of the register names, in byte order of their paths.

    ``*`` stands for any run of characters but ``/`` and a leading dot; nothing else is special.
    """
    found = [folder]
    for step in PurePosixPath(pattern).parts:
        if "*" in step:
            found = [child for base in found for child in _children(base, step)]
        else:
            found = [base / step for base in found]
    return sorted((path for path in found if os.path.lexists(path)), key=os.fsencode)


def _children(folder: Path, pattern: str) -> Iterable[Path]:
    pieces = pattern.split("*")
    try:
        names = os.listdir(folder)  # noqa: PTH208 - names alone, hidden ones told apart by them
    except OSError:
        return []
    return [
        folder / name
        for name in names
        if _fits(name, pieces) and (pattern.startswith(".") or not name.startswith("."))
    ]


def _fits(name: str, pieces: list[str]) -> bool:
    """Whether the name is the pieces in order with anything between them.

    Taking each piece at its first place leaves most room for the rest: no need to try another.
    """
    first, *middle, last = pieces
    if not name.startswith(first) or len(name) < len(first) + len(last):
        return False
    at, end = len(first), len(name) - len(last)
    for piece in middle:
        found = name.find(piece, at, end)
        if found < 0:
            return False
        at = found + len(piece)
    return name.endswith(last)


def is_inside(path: Path, folder: Path) -> bool:
    """Whether a path, once every link is resolved, lies in the folder (resolved likewise)."""
    return resolved(path).is_relative_to(resolved(folder))


def resolved(path: Path) -> Path:
    """The path with every link resolved; links in a circle are left as they are."""
    return Path(os.path.realpath(path))


def relative(path: Path, folder: Path) -> str:
    """A path as seen from a folder, in POSIX manner; on another drive the path itself."""
    try:
        return Path(os.path.relpath(path, folder)).as_posix()
    except ValueError:
        return path.as_posix()


# ---------------------------------------------------------------------------------------- sources


@frozen
class SourceFile:
    """Where a source's file is, if it is held; why it is refused, if it is."""

    state: Literal["held", "not held", "refused"]
    path: Path | None = None
    why: str = ""


NOT_HELD = SourceFile("not held")


def source_folders(main: Path, environ: Mapping[str, str]) -> list[Path]:
    """``sources/`` beside the main file, then the folders that the environment names."""
    further = environ.get(SOURCES_VARIABLE, "").split(os.pathsep)
    return [main.parent / "sources", *(Path(folder) for folder in further if folder)]


def leaves_its_folder(name: str) -> bool:
    """Whether a source's file name, by its text alone, cannot lie inside a source folder."""
    if not name or "\0" in name or name.startswith("/"):
        return True
    depth = 0
    for step in PurePosixPath(name).parts:
        depth += -1 if step == ".." else 1
        if depth < 0:
            return True
    return False


def find_source(name: str | None, folders: Iterable[Path]) -> SourceFile:
    """The first folder that has the file decides; only regular files inside it are held."""
    if name is None:
        return NOT_HELD
    for folder in folders:
        path = folder / name
        if not os.path.lexists(path):
            continue
        if not is_inside(path, folder):
            return SourceFile("refused", path, "leads out of its source folder")
        if _is_file(path):
            return SourceFile("held", path)
        return SourceFile("refused", path, "is not a regular file")
    return NOT_HELD

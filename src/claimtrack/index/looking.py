"""What is known of a register's evidence rests on: files that were there, or were not."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from claimtrack.index.ground import further_folders, seal_files, whole_path
from claimtrack.index.seal import Evidence
from claimtrack.index.stamps import now, stamp_of
from claimtrack.index.steadiness import are_steady
from claimtrack.model import Register
from claimtrack.reading.attestations import SUFFIX
from claimtrack.reading.files import source_folders
from claimtrack.reading.shelf import Shelf
from claimtrack.reading.words import FOLDER


class Looked(NamedTuple):
    """What evidence was judged by, and whether that stayed as it was meanwhile."""

    evidence: Evidence
    is_steady: bool


class Looking:
    """The sources of a register while its evidence is looked at."""

    def __init__(self, register: Register, main: Path, environ: Mapping[str, str]) -> None:
        self._folders, self._then = further_folders(environ), now()
        paths = [*_looked_for(register, main, environ), *_beside(main), *_installed()]
        self._stamps = {path: stamp_of(path) for path in map(whole_path, paths)}
        self.shelf = Shelf(register, main, environ)

    def evidence(self) -> Evidence:
        """What is looked at."""
        return Evidence(self._folders, self._then, seal_files(self._stamps.items(), self._then))

    def looked(self) -> Looked:
        """What was looked at, once it was."""
        return Looked(self.evidence(), are_steady(self._stamps))


def _looked_for(register: Register, main: Path, environ: Mapping[str, str]) -> Sequence[str]:
    """The paths at which sources and attestations were looked for, there or not."""
    folders = source_folders(main, environ)
    files = [source.file for source in register.sources.values() if source.file is not None]
    return list(dict.fromkeys(_looked(folders, [*files, *(name + SUFFIX for name in files)])))


def _looked(folders: Sequence[Path], names: Sequence[str]) -> Iterator[str]:
    """For each name the paths up to the first that is there."""
    for name in names:
        for folder in folders:
            path = folder / name
            yield str(path)
            if os.path.lexists(path):
                break


def _beside(main: Path) -> list[str]:
    """The folder of word lists, and what is in it."""
    folder = main.parent / FOLDER
    return [str(folder), *(map(str, sorted(folder.iterdir())) if folder.is_dir() else ())]


def _installed() -> Iterator[str]:
    """The folders of installed packages, which change as a reader of further formats is added."""
    return (path for path in sys.path if path.endswith("site-packages"))

"""The folder in which the benchmarks work: its registers, ledgers and programs, each made once."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from ledgers import write_ledger
from registers import Shape, write_register

AN_HOUR = 3600


@dataclass(frozen=True, slots=True)
class Workshop:
    """Makes what a row needs, and says so as it is made."""

    folder: Path
    seed: int
    tell: Callable[[str], None]

    def register(self, claims: int, files: int = 1) -> Path:
        """The main file of a register of so many claims."""
        shape = Shape(claims, files, seed=self.seed)
        folder = self.folder / shape.name
        self._make(folder, lambda part: write_register(part, shape))
        return folder / "claims.yaml"

    def ledger(self, transactions: int, suffix: str) -> Path:
        """A ledger of so many transactions."""
        folder = self.folder / f"{suffix}-{transactions}-seed-{self.seed}"
        name = f"ledger.{suffix}"
        self._make(folder, lambda part: write_ledger(part / name, transactions, self.seed))
        return folder / name

    def program(self, name: str, text: str) -> str:
        """The path of a program of Python."""
        path = self.folder / name
        path.write_text(text, "utf-8")
        return str(path)

    def copy(self, register: Path) -> Path:
        """A register of one file once more, to be edited."""
        folder = self.folder / f"{register.parent.name}-edited"
        folder.mkdir(exist_ok=True)
        return Path(shutil.copy2(register, folder))

    def cache(self, register: Path) -> Path:
        """The folder for all that is kept about a register."""
        return self.folder / f"cache-of-{register.parent.name}"

    def _make(self, folder: Path, write: Callable[[Path], object]) -> None:
        if folder.exists():
            return
        part = folder.with_name(f"{folder.name}.part")
        shutil.rmtree(part, ignore_errors=True)
        part.mkdir(parents=True)
        begun = time.perf_counter()
        write(part)
        seconds = time.perf_counter() - begun
        size = sum(_age(path) for path in part.rglob("*") if path.is_file())
        part.rename(folder)  # only now: what an interruption leaves is not taken for the whole
        self.tell(f"made {folder.name}: {size / 1e6:,.1f} MB in {seconds:.1f} s")


def _age(path: Path) -> int:
    """Make a file an hour old, as most are when they are read: young ones leave doubt. Its size."""
    found = path.stat()
    os.utime(path, (found.st_atime, found.st_mtime - AN_HOUR))
    return found.st_size


def edit_statement(register: Path, claim: str, word: str) -> None:
    """Put another first word into the statement of a claim, as an editor that replaces files."""
    part = register.with_suffix(".part")
    first = f"  - id: {claim}\n".encode()
    with register.open("rb") as old, part.open("wb") as new:
        for line in old:
            new.write(line)
            if line == first:
                _, _, rest = next(old).partition(b": ")[2].partition(b" ")
                new.write(f"    statement: {word} ".encode() + rest)
    part.replace(register)

"""What is timed: the program's commands, and what they are held against."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from itertools import count
from pathlib import Path

from ledgers import account
from measuring import Contender
from workshop import Workshop, edit_statement

HELLO = """\
import typer

app = typer.Typer()


@app.command()
def main(name: str) -> None:
    print(f"Hello {name}")


if __name__ == "__main__":
    app()
"""
LOAD = """\
import sys
import time

import yaml

with open(sys.argv[1], "rb") as file:
    begun = time.perf_counter()
    loaded = yaml.load(file, Loader=yaml.CSafeLoader)
    print(time.perf_counter() - begun)
"""
CHANGING = ("CLAIMTRACK_", "BEANCOUNT_", "LEDGER_", "NO_COLOR", "COLUMNS")
"""Variables that change what a program does are not passed on."""


class NotInstalled(Exception):
    """A program that is to be timed is not there."""

    def __init__(self, program: str, remedy: str) -> None:
        super().__init__(f"{program} is not installed ({remedy})")


def claimtrack(workshop: Workshop, register: Path, *words: str) -> Contender:
    """A command on a register of which nothing changed since the last one."""
    program = _program("claimtrack", "pip install .")
    surroundings = {**_surroundings(), "XDG_CACHE_HOME": str(workshop.cache(register))}
    return Contender((program, "--register", str(register), *words), surroundings, warm=True)


def first_check(workshop: Workshop, register: Path) -> Contender:
    """A check of a register that was never read."""
    contender = claimtrack(workshop, register, "check")
    cache = workshop.cache(register)
    return Contender(
        contender.words, contender.environment, lambda: shutil.rmtree(cache, ignore_errors=True)
    )


def edited_check(workshop: Workshop, register: Path, claim: str) -> Contender:
    """A check of a register in which one claim was edited since the last one."""
    copy, numbers = workshop.copy(register), count()
    contender = claimtrack(workshop, copy, "check")
    return Contender(
        contender.words,
        contender.environment,
        lambda: edit_statement(copy, claim, f"Edit{next(numbers)}"),
        warm=True,
    )


def bare_python() -> Contender:
    """A start of Python that does nothing."""
    return Contender((sys.executable, "-c", "pass"), _surroundings(), warm=True)


def hello_world(workshop: Workshop) -> Contender:
    """The smallest program of the Typer that is installed."""
    program = workshop.program("hello.py", HELLO)
    return Contender((sys.executable, program, "world"), _surroundings(), warm=True)


def yaml_load(workshop: Workshop, register: Path) -> Contender:
    """A process that loads a register's file with libyaml, the collector on; prints seconds."""
    program = workshop.program("load.py", LOAD)
    return Contender((sys.executable, program, str(register)), _surroundings())


def bean_check(ledger: Path, *, first: bool) -> Contender:
    """Beancount's check of a ledger that it never read, or read before."""
    program = _program("bean-check", "pip install '.[benchmark]'")

    def forget() -> None:
        for cache in ledger.parent.glob(".*.picklecache"):
            cache.unlink()

    return Contender(
        (program, str(ledger)), _surroundings(), forget if first else lambda: None, warm=not first
    )


def hledger_register(ledger: Path) -> Contender:
    """What hledger lists of one account among four hundred: one transaction of as many."""
    program = _program("hledger", "it is in Debian's packages")
    words = (program, "-f", str(ledger), "register", account(7))
    return Contender(words, _surroundings(), warm=True)


def version_of(program: str) -> str:
    """The first line that a program says of its version."""
    words = [_program(program, "it was a moment ago"), "--version"]
    told = subprocess.run(words, check=True, capture_output=True, text=True).stdout  # noqa: S603 - as above
    return told.partition("\n")[0]


def _program(name: str, remedy: str) -> str:
    """A program beside this Python, else on the path."""
    beside = str(Path(sys.executable).parent)
    found = shutil.which(name, path=os.pathsep.join([beside, os.environ.get("PATH", "")]))
    if found is None:
        raise NotInstalled(name, remedy)
    return found


def _surroundings() -> dict[str, str]:
    return {name: text for name, text in os.environ.items() if not name.startswith(CHANGING)}

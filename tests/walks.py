"""The walks that pages show: commands with what they print, and changes made by hand between."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol


class Printed(Protocol):
    """What a command printed."""

    @property
    def out(self) -> str: ...

    @property
    def err(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Command:
    """A command of claimtrack as it is typed, on one line or more, and all that it prints."""

    typed: str
    printed: str

    def follow(self, run: Callable[..., Printed]) -> str:
        result = run(*shlex.split(self.typed.replace("\\\n", " ")))
        return result.out + result.err


@dataclass(frozen=True, slots=True)
class Change:
    """Lines of the register that the reader replaces in an editor."""

    before: str
    after: str

    def make(self, register: Path) -> None:
        text = register.read_text("utf-8")
        assert text.count(self.before) == 1, self.before
        register.write_text(text.replace(self.before, self.after), "utf-8")


_BLOCK = re.compile(r"(?ms)^```(console|diff)\n(.*?)^```$")
_COMMAND = re.compile(r"(?m)^\$ claimtrack((?:.*\\\n)*.*)\n((?:(?!\$).*\n)*)")


def walk(page: str) -> list[Command | Change]:
    """The steps of a page from its first to its last, over all its blocks."""
    found: list[Command | Change] = []
    for kind, block in _BLOCK.findall(page):
        found.extend(commands(block) if kind == "console" else [_change(block)])
    return found


def commands(block: str) -> list[Command]:
    """The commands of one block, each with what it is shown to print."""
    found = [Command(typed, printed) for typed, printed in _COMMAND.findall(block)]
    assert len(found) == len(re.findall(r"(?m)^\$", block)), "a command of another program"
    return found


def _change(patch: str) -> Change:
    return Change(_lines(patch, " -"), _lines(patch, " +"))


def _lines(patch: str, signs: str) -> str:
    return "".join(line[1:] for line in patch.splitlines(keepends=True) if line[0] in signs)

"""Asking a person at a terminal for what a command was not given.

A script has no terminal: what it lacks is wrong usage, never a question.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property

import typer

from claimtrack.cli.opening import WrongUsage, locate
from claimtrack.edit.draft import Draft, read_draft
from claimtrack.render.visible import visible


class Asking:
    """The questions of one command; the register is read when one of them offers its names."""

    def __init__(self, context: typer.Context) -> None:
        self._context = context

    @cached_property
    def draft(self) -> Draft:
        """The register, for its ids and names."""
        return read_draft(locate(self._context))

    @property
    def is_possible(self) -> bool:
        """Whether somebody is there to answer."""
        return sys.stdin.isatty() and sys.stderr.isatty()

    def needed(
        self,
        given: str | None,
        what: str,
        question: str,
        options: Callable[[Draft], Iterable[str]] = lambda _: (),
    ) -> str:
        """What was given, or the answer of whoever is there. Raises WrongUsage."""
        if given is not None:
            return given
        if not self.is_possible:
            raise WrongUsage(f"{what} is missing")
        answer = None
        while not answer:
            answer = self.maybe(None, question, options)
        return answer

    def maybe(
        self,
        given: str | None,
        question: str,
        options: Callable[[Draft], Iterable[str]] = lambda _: (),
    ) -> str | None:
        """What was given, or an answer, which may be nothing."""
        if given is not None:
            return given
        offered = list(options(self.draft))
        return _answer(f"{question}: ", offered).strip() or None


def _answer(question: str, offered: Sequence[str]) -> str:
    if not sys.stdout.isatty():
        sys.stderr.write(visible(question))
        sys.stderr.flush()
        line = sys.stdin.readline()
        if not line:
            raise typer.Abort
        return line
    with _completion(offered):
        try:
            return input(visible(question))
        except EOFError as error:
            raise typer.Abort from error


@contextmanager
def _completion(offered: Sequence[str]) -> Iterator[None]:
    """Let the tab key complete what is offered: from its beginning, else from any part of it."""
    try:
        import readline
    except ImportError:  # a Python that was built without it
        yield
        return

    def complete(typed: str, state: int) -> str | None:
        begun = [each for each in offered if each.startswith(typed)]
        fitting = begun or [each for each in offered if typed in each]
        return fitting[state] if state < len(fitting) else None

    before, delimiters = readline.get_completer(), readline.get_completer_delims()
    readline.set_completer(complete)
    readline.set_completer_delims("")
    is_libedit = "libedit" in (readline.__doc__ or "")
    readline.parse_and_bind("bind ^I rl_complete" if is_libedit else "tab: complete")
    try:
        yield
    finally:
        readline.set_completer(before)
        readline.set_completer_delims(delimiters)

"""Asking a person at a terminal for what a command was not given.

A script has no terminal: what it lacks is wrong usage, never a question.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property

import typer

from claimtrack.cli.locating import locate
from claimtrack.cli.noting import told_if_unreadable
from claimtrack.cli.usage import WrongUsage
from claimtrack.diagnostic import did_you_mean
from claimtrack.edit.draft import Draft, read_draft
from claimtrack.render.progress import progress
from claimtrack.render.screen import screen
from claimtrack.render.visible import visible

Options = Callable[[Draft], Iterable[str]]
"""What may be answered, of a register."""


class Asking:
    """The questions of one command; the register is read when one of them offers its names."""

    def __init__(self, context: typer.Context) -> None:
        self._context = context

    @cached_property
    def draft(self) -> Draft:
        """The register, for its ids and names. Raises RegisterUnreadable, and says why."""
        main = locate(self._context)
        with told_if_unreadable(main), progress(sys.stderr) as tell:
            return read_draft(main, tell=tell)

    @property
    def is_possible(self) -> bool:
        """Whether somebody is there to answer."""
        return sys.stdin.isatty() and sys.stderr.isatty()

    def needed(
        self,
        given: str | None,
        what: str,
        question: str,
        options: Options | None = None,
        *,
        only: bool = False,
    ) -> str:
        """What was given, or the answer of whoever is there. Raises WrongUsage.

        ``only`` asks again until the answer is one of the options, or a part of one alone.
        """
        if given is not None:
            if not given.strip():
                raise WrongUsage(f"{what} is empty")
            return given
        if not self.is_possible:
            raise WrongUsage(f"{what} is missing")
        answer = None
        while not answer:
            answer = self.maybe(None, question, options, only=only)
        return answer

    def maybe(
        self,
        given: str | None,
        question: str,
        options: Options | None = None,
        *,
        only: bool = False,
    ) -> str | None:
        """What was given, or an answer, which may be nothing."""
        if given is not None:
            return given
        offered = [] if options is None else list(options(self.draft))
        while True:
            answer = _answer(f"{question}: ", offered).strip()
            if not answer or not only or _is_one_of(answer, offered):
                return answer or None
            hint = did_you_mean(answer, offered) or "; the tab key lists what there is"
            screen(sys.stderr).line(f"'{answer}' is none of them{hint}")


def _is_one_of(answer: str, offered: Sequence[str]) -> bool:
    return answer in offered or sum(answer in each for each in offered) == 1


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

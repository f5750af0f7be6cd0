"""Where diagnostics are collected while a register is read."""

from __future__ import annotations

from collections.abc import Iterable

from claimtrack.diagnostic import Diagnostic, Place, Related


class Report:
    """The diagnostics found so far."""

    def __init__(self) -> None:
        self.diagnostics: list[Diagnostic] = []
        self.noted = 0
        """How many were noted, those that an alias repeats included."""
        self._told: set[tuple[str, str, Place]] = set()

    def add(
        self,
        code: str,
        message: str,
        place: Place,
        claim: str | None = None,
        related: Iterable[Related] = (),
    ) -> None:
        """Note one diagnostic, unless an alias led to the same mistake before."""
        self.extend([Diagnostic(code, message, place, claim, tuple(related))])

    def extend(self, diagnostics: Iterable[Diagnostic]) -> None:
        """Note several."""
        for each in diagnostics:
            self.noted += 1
            told = (each.code, each.message, each.place)
            if told not in self._told:
                self._told.add(told)
                self.diagnostics.append(each)

    def take(self) -> list[Diagnostic]:
        """Take out what was found since this was done last."""
        taken, self.diagnostics = self.diagnostics, []
        return taken

"""Where diagnostics are collected while a register is read."""

from __future__ import annotations

from collections.abc import Iterable

from claimtrack.diagnostic import Diagnostic, Place, Related


class Report:
    """The diagnostics found so far."""

    def __init__(self) -> None:
        self.diagnostics: list[Diagnostic] = []

    def add(
        self,
        code: str,
        message: str,
        place: Place,
        claim: str | None = None,
        related: Iterable[Related] = (),
    ) -> None:
        """Note one diagnostic."""
        self.diagnostics.append(Diagnostic(code, message, place, claim, tuple(related)))

    def extend(self, diagnostics: Iterable[Diagnostic]) -> None:
        """Note several."""
        self.diagnostics.extend(diagnostics)

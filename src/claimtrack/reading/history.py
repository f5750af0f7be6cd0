"""What git keeps of a register: earlier states of it, found by a text that stood in them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath

from claimtrack.diagnostic import RegisterUnreadable
from claimtrack.findings.findings import Findings, derive
from claimtrack.fingerprint import DIGITS
from claimtrack.frozen import frozen
from claimtrack.reading.git import CannotTell
from claimtrack.reading.revisions import Revisions, pathspecs

_TRIES = 4
"""How many of the commits that a text came or went with are looked at."""
_KEPT_STATES = 3


@frozen
class Judged:
    """A register as it was judged; None, with the reason in a clause, where that is not known."""

    findings: Findings | None
    reason: str | None = None


class History:
    """The earlier states of one register. The last few that were looked at stay in memory."""

    def __init__(self, main: Path) -> None:
        self._revisions = Revisions(main)
        self._states: dict[str, Findings | None] = {}

    def judged(self, fingerprint: str, holds: Callable[[Findings], bool]) -> Judged:
        """The state in which a decision that carries the fingerprint was made.

        ``holds`` says whether what was decided on has that fingerprint in a state. Looked at are
        the commits that the fingerprint came with, the earliest first, and their parents: a review
        is often committed together with what came after it. One that was never committed was made
        on the last commit, if anywhere.
        """
        if not re.fullmatch(f"[0-9a-f]{{{DIGITS}}}", fingerprint):
            return Judged(None, "its fingerprint is none that the program gives")
        for state in self._states.values():  # several were often made on one state
            if state is not None and holds(state):
                return Judged(state)
        try:
            for commit in self._candidates(fingerprint):
                state = self._state(commit)
                if state is not None and holds(state):
                    return Judged(state)
        except CannotTell as error:
            return Judged(None, error.reason)
        return Judged(None, "the reviewed state is not in its history")

    def _candidates(self, text: str) -> Iterator[str]:
        """Commits whose state may be the one, each once: first those of the present folder."""
        here, head = self._revisions.folder, self._revisions.head
        if head is None or not self._revisions.git.tree(head, here):
            raise CannotTell("the register is not committed to git")
        tried: set[str] = set()
        for folder in self._revisions.folders():
            for commit in self._with(text, folder):
                if commit not in tried:
                    tried.add(commit)
                    yield commit
        if head not in tried:
            yield head

    def _with(self, text: str, folder: PurePosixPath) -> list[str]:
        """The first commits in which the text came into files of the folder or left them."""
        found = self._revisions.git.ask(
            "log",
            "--topo-order",
            "--reverse",
            "--format=%H %P",
            "--no-textconv",
            "--no-ext-diff",
            f"-S{text}",
            "--",
            *pathspecs(folder),
        )
        lines = found.decode("ascii").splitlines()[:_TRIES]
        return [commit for line in lines for commit in line.split()]

    def _state(self, commit: str) -> Findings | None:
        if commit not in self._states:
            for earlier in list(self._states)[: -_KEPT_STATES + 1]:
                del self._states[earlier]
            self._states[commit] = self._read(commit)
        return self._states[commit]

    def _read(self, commit: str) -> Findings | None:
        try:
            reading = self._revisions.reading(commit)
        except RegisterUnreadable:
            return None
        return None if reading is None else derive(reading.register)

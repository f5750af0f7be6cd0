"""The person's own editor, on a text of its own."""

from __future__ import annotations

import os
import shlex
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp

from claimtrack.diagnostic import ClaimtrackError

_USUAL = ("vi", "nano")


class EditorFailed(ClaimtrackError):
    """There is no editor, or it ended with an error."""


class Sheet:
    """A text in a file of its own, in a folder of its own, until it is of no more use."""

    def __init__(self, text: str) -> None:
        try:
            self._folder = Path(mkdtemp(prefix="claimtrack-"))
            self.path = self._folder / "claim.yaml"
            self.path.write_bytes(text.encode())
        except OSError as error:
            raise EditorFailed(f"the text cannot be put into a file: {error.strerror}") from error

    def edit(self, *, at_terminal: bool) -> str:
        """What the text is once the editor has been closed. Raises EditorFailed.

        Without a terminal only an editor that is named is started.
        """
        command = _editor(at_terminal=at_terminal)
        try:
            with _left_to_the_editor():
                ended = subprocess.run([*command, str(self.path)], check=False)  # noqa: S603 - theirs
        except OSError as error:
            message = f"the editor '{command[0]}' cannot be started: {error.strerror}"
            raise EditorFailed(message) from error
        if ended.returncode:
            raise EditorFailed(f"the editor '{command[0]}' ended with {ended.returncode}")
        try:
            return self.path.read_bytes().decode()
        except (OSError, UnicodeDecodeError) as error:
            raise EditorFailed(f"{self.path} is no text that can be read: {error}") from error

    def discard(self) -> None:
        """Remove the file and its folder."""
        shutil.rmtree(self._folder, ignore_errors=True)


@contextmanager
def _left_to_the_editor() -> Iterator[None]:
    """Interrupts are for the editor, which may take them for itself, as git leaves them to it."""
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _editor(*, at_terminal: bool) -> list[str]:
    for variable in ("VISUAL", "EDITOR"):
        named = os.environ.get(variable, "")
        try:
            command = shlex.split(named)
        except ValueError as error:
            raise EditorFailed(f"{variable} is '{named}', which is no command") from error
        if command:
            return command
    found = next((program for program in _USUAL if shutil.which(program)), None)
    if found is None or not at_terminal:
        raise EditorFailed("no editor is named; name one in EDITOR, or give the text with --from")
    return [found]

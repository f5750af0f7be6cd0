"""The person's own editor, on a text of its own."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
from pathlib import Path
from tempfile import mkdtemp

from claimtrack.diagnostic import ClaimtrackError

_USUAL = ("vi", "nano")


class EditorFailed(ClaimtrackError):
    """There is no editor, or it ended with an error."""


class Sheet:
    """A text in a file of its own, in a folder of its own, until it is of no more use."""

    def __init__(self, name: str, text: str) -> None:
        self.path = Path(mkdtemp(prefix="claimtrack-")) / name
        self.path.write_bytes(text.encode())

    def edit(self) -> str:
        """What the text is once the editor has been closed. Raises EditorFailed."""
        command = _editor()
        try:
            ended = subprocess.run([*command, str(self.path)], check=False)  # noqa: S603 - their own
        except OSError as error:
            message = f"the editor '{command[0]}' cannot be started: {error.strerror}"
            raise EditorFailed(message) from error
        if ended.returncode:
            raise EditorFailed(f"the editor '{command[0]}' ended with {ended.returncode}")
        return self.read()

    def read(self) -> str:
        """The text as it is now. Raises EditorFailed."""
        try:
            return self.path.read_bytes().decode()
        except (OSError, UnicodeDecodeError) as error:
            raise EditorFailed(f"{self.path} is no text that can be read: {error}") from error

    def discard(self) -> None:
        """Remove the file and its folder."""
        shutil.rmtree(self.path.parent, ignore_errors=True)


def _editor() -> list[str]:
    for variable in ("VISUAL", "EDITOR"):
        command = shlex.split(os.environ.get(variable, ""))
        if command:
            return command
    found = next((program for program in _USUAL if shutil.which(program)), None)
    if found is None:
        raise EditorFailed("no editor is known; name one in EDITOR, or give the text with --from")
    return [found]

"""The program git, asked about one folder.

It is asked so that it only does what it is asked: no program is started that a repository's
configuration or attributes name, no network is used, no lock is waited for, and nothing that the
environment points it at is taken for the folder's own repository.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from time import monotonic

from claimtrack.diagnostic import ClaimtrackError
from claimtrack.frozen import frozen

SECONDS = 30.0
"""How long all that is asked of one folder may take, unless it is said otherwise."""
LARGEST = 256 * 1024 * 1024
"""How many bytes of files are read at once."""


class CannotTell(ClaimtrackError):
    """Git is not there, or does not answer; the reason is a clause for the reader."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@frozen
class Answer:
    """What git said, and what it complained of; ``is_yes`` where it ended well."""

    is_yes: bool
    out: bytes
    complaint: str


@frozen
class Blob:
    """A file in a commit."""

    id: str
    size: int
    is_link: bool


_SETTINGS = (
    "core.fsmonitor=false",
    "log.showRoot=true",
    "log.showSignature=false",
    "diff.orderFile=/dev/null",  # one that is not there would be an end of it
)
_QUIET = {
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    # A partial clone would fetch what it lacks, by whatever program its configuration names. Only
    # here that has no say: ``protocol.ext.allow`` there would overrule a ``protocol.allow``.
    "GIT_ALLOW_PROTOCOL": "none",
    "GIT_NO_LAZY_FETCH": "1",
    "LC_ALL": "C",
}
_KEPT = ("GIT_CONFIG", "GIT_CEILING_DIRECTORIES", "GIT_DISCOVERY_ACROSS_FILESYSTEM")


def _environment() -> dict[str, str]:
    """The process's own, without what points git at another repository, as a hook's does."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith("GIT_") or k.startswith(_KEPT)}
    return {**kept, **_QUIET}


class Git:
    """The program git, asked in one folder, for a limited time in all.

    Whatever it is asked raises CannotTell where git is not installed, cannot be started or takes
    too long.
    """

    def __init__(self, folder: Path, seconds: float | None = None) -> None:
        self._folder = folder
        self._seconds = SECONDS if seconds is None else seconds
        self._deadline: float | None = None

    def ask(self, *arguments: str, given: bytes = b"") -> bytes:
        """What git answers. Raises CannotTell where it does not."""
        answer = self.answer(*arguments, given=given)
        if not answer.is_yes:
            raise CannotTell(_reason(answer.complaint))
        return answer.out

    def line(self, *arguments: str) -> str | None:
        """A line that git answers, or None if it knows no answer."""
        answer = self.answer(*arguments)
        return os.fsdecode(answer.out).removesuffix("\n") if answer.is_yes else None

    def answer(self, *arguments: str, given: bytes = b"") -> Answer:
        """What git says to a command, whether it ends well or not."""
        done = self._run(arguments, given)
        return Answer(done.returncode == 0, done.stdout, os.fsdecode(done.stderr))

    def tree(self, commit: str, folder: PurePosixPath) -> dict[str, Blob]:
        """The files of a folder in a commit by their paths within it; none if it is not there."""
        answer = self.answer(
            "ls-tree", "--full-tree", "-r", "-z", "-l", f"{commit}:{path_words(folder)}"
        )
        blobs: dict[str, Blob] = {}
        for entry in answer.out.split(b"\0") if answer.is_yes else ():
            about, _, path = entry.partition(b"\t")
            mode, kind, key, size = about.decode("ascii").split() if path else ("", "", "", "")
            if kind == "blob":
                # What a partial clone lacks has no size; asking for its contents says so.
                held = int(size) if size.isdigit() else 0
                blobs[os.fsdecode(path)] = Blob(key, held, is_link=mode == "120000")
        return blobs

    def contents(self, blobs: Mapping[str, Blob]) -> Iterator[tuple[str, bytes]]:
        """Each file's path with its bytes, as they are stored: no filter is applied."""
        if sum(blob.size for blob in blobs.values()) > LARGEST:
            raise CannotTell("its earlier states are too large to look through")
        wanted = "".join(f"{blob.id}\n" for blob in blobs.values()).encode()
        answer, at = self.ask("cat-file", "--batch", given=wanted), 0
        for path, blob in blobs.items():
            start = answer.index(b"\n", at) + 1
            if answer[at:start].split()[1:2] != [b"blob"]:
                raise CannotTell("git does not hold all of its history")
            at = start + blob.size + 1
            yield path, answer[start : at - 1]

    def content(self, blob: str) -> bytes:
        """The bytes of one file by its id, as they are stored."""
        size = self.line("cat-file", "-s", blob)
        if size is None:
            raise CannotTell("git does not hold all of its history")
        (content,) = (found for _, found in self.contents({"": Blob(blob, int(size), False)}))
        return content

    def _run(self, arguments: tuple[str, ...], given: bytes) -> subprocess.CompletedProcess[bytes]:
        program = shutil.which("git")
        if program is None:
            raise CannotTell("git is not installed")
        settings = [part for setting in _SETTINGS for part in ("-c", setting)]
        within = ["--no-pager", "--no-replace-objects", "-C", str(self._folder), *settings]
        try:
            return subprocess.run(  # noqa: S603 - no shell; no argument is an option by accident
                [program, *within, *arguments],
                input=given,
                capture_output=True,
                check=False,
                env=_environment(),
                timeout=self._left(),
            )
        except subprocess.TimeoutExpired as error:
            raise CannotTell(_TOO_LONG) from error
        except OSError as error:
            raise CannotTell("git cannot be started") from error

    def _left(self) -> float:
        if self._deadline is None:
            self._deadline = monotonic() + self._seconds
        left = self._deadline - monotonic()
        if left <= 0:
            raise CannotTell(_TOO_LONG)
        return left


_TOO_LONG = "its history takes too long to look through"


def _reason(complaint: str) -> str:
    if "not a git repository" in complaint:
        return "the register is not under git"
    if "dubious ownership" in complaint:
        return "git does not trust the repository, which is another user's (safe.directory)"
    return "git cannot read its history"


def path_words(folder: PurePosixPath) -> str:
    """A folder as git names it in a pathspec or after a commit: the topmost has no name."""
    return "" if folder == PurePosixPath() else str(folder)

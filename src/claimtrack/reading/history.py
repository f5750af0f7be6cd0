"""What git keeps of a register: earlier states of it, found by a text that stood in them.

The only module that knows git. It only ever reads: no lock is taken, no network used, no program
started that a repository's configuration names, and nothing of an earlier state stays on disk.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from time import monotonic

from claimtrack.findings.findings import Findings, derive
from claimtrack.fingerprint import DIGITS
from claimtrack.reading.files import is_inside, leaves_its_folder
from claimtrack.reading.register import read_register
from claimtrack.reading.sections import RegisterUnreadable

_SECONDS = 30.0
"""How long all that is asked of one history may take."""
_LARGEST = 256 * 1024 * 1024
_TRIES = 4
"""How many of the commits that a text came or went with are looked at."""
_KEPT_STATES = 3


@dataclass(frozen=True, slots=True)
class Judged:
    """A register as it was judged; None, with the reason in a clause, where that is not known."""

    findings: Findings | None
    reason: str | None = None


class History:
    """The earlier states of one register. The last few that were looked at stay in memory."""

    def __init__(self, main: Path) -> None:
        self._main = main
        self._git = _Git(main.parent)
        self._states: dict[str, Findings | None] = {}
        self._older_names: list[PurePosixPath] | None = None

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
        except _CannotTell as error:
            return Judged(None, error.reason)
        return Judged(None, "the reviewed state is not in its history")

    # ------------------------------------------------------------------------------ the commits

    def _candidates(self, text: str) -> Iterator[str]:
        """Commits whose state may be the one, each once: first those of the present folder."""
        here = self._folder()
        head = self._git.line("rev-parse", "--verify", "--quiet", "HEAD^{commit}")
        if head is None or not self._git.tree(head, here):
            raise _CannotTell("the register is not committed to git")
        tried: set[str] = set()
        elsewhere = (name.parent for name in self._names())
        for folder in _each_once(here, elsewhere):
            for commit in self._with(text, folder):
                if commit not in tried:
                    tried.add(commit)
                    yield commit
        if head not in tried:
            yield head

    def _folder(self) -> PurePosixPath:
        """The register's folder within the repository."""
        prefix = self._git.ask("rev-parse", "--show-prefix")
        return PurePosixPath(os.fsdecode(prefix).removesuffix("\n"))

    def _with(self, text: str, folder: PurePosixPath) -> list[str]:
        """The first commits in which the text came into files of the folder or left them."""
        found = self._git.ask(
            "log",
            "--topo-order",
            "--reverse",
            "--format=%H %P",
            "--no-textconv",
            "--no-ext-diff",
            f"-S{text}",
            "--",
            f":(top,literal){_named(folder)}",
            f":(top,literal,exclude){_named(folder / 'sources')}",
        )
        lines = found.decode("ascii").splitlines()[:_TRIES]
        return [commit for line in lines for commit in line.split()]

    def _names(self) -> Iterator[PurePosixPath]:
        """What the main file was called before, latest first; asked for only when it is needed."""
        if self._older_names is None:
            now = self._folder() / self._main.name
            listed = self._git.ask(
                "log", "--follow", "--format=", "--name-only", "-z", "--", f":(top,literal){now}"
            )
            paths = (PurePosixPath(os.fsdecode(path.strip(b"\n"))) for path in listed.split(b"\0"))
            self._older_names = [path for path in dict.fromkeys(paths) if path.name and path != now]
        yield from self._older_names

    # ------------------------------------------------------------------------------- the states

    def _state(self, commit: str) -> Findings | None:
        if commit not in self._states:
            for earlier in list(self._states)[: -_KEPT_STATES + 1]:
                del self._states[earlier]
            self._states[commit] = self._read(commit)
        return self._states[commit]

    def _read(self, commit: str) -> Findings | None:
        """The register as it stood in a commit, under its present name or an earlier one."""
        for main in _each_once(self._folder() / self._main.name, self._names()):
            blobs = self._git.tree(commit, main.parent)
            if main.name in blobs:
                return self._read_as(main.name, _of_register(blobs, main.name))
        return None

    def _read_as(self, name: str, blobs: Mapping[str, _Blob]) -> Findings | None:
        with TemporaryDirectory(prefix="claimtrack-") as temporary:
            folder = Path(temporary)
            for path, content in self._git.contents(blobs):
                _put(folder, path, content, is_link=blobs[path].is_link)
            if not (folder / name).is_file():
                return None
            try:
                return derive(read_register(folder / name).register)
            except RegisterUnreadable:
                return None


def _each_once(first: PurePosixPath, further: Iterator[PurePosixPath]) -> Iterator[PurePosixPath]:
    """The first, and only when more is asked for the further ones."""
    told = {first}
    yield first
    for each in further:
        if each not in told:
            told.add(each)
            yield each


def _named(folder: PurePosixPath) -> str:
    """A folder as a pathspec names it: the repository's own has no name."""
    return "" if folder == PurePosixPath() else str(folder)


def _of_register(blobs: Mapping[str, _Blob], main: str) -> dict[str, _Blob]:
    """The files that a register can be made of, by their names: YAML, and links."""
    suffixes = {".yaml", ".yml", PurePosixPath(main).suffix}
    return {
        path: blob
        for path, blob in blobs.items()
        if (blob.is_link or PurePosixPath(path).suffix in suffixes)
        and not path.startswith("sources/")
        and not leaves_its_folder(path)
    }


def _put(folder: Path, path: str, content: bytes, *, is_link: bool) -> None:
    place = folder / path
    if not is_inside(place, folder):
        return
    place.parent.mkdir(parents=True, exist_ok=True)
    if not is_link:
        place.write_bytes(content)
    elif is_inside(place.parent / os.fsdecode(content), folder):
        place.symlink_to(os.fsdecode(content))


# -------------------------------------------------------------------------------------------- git


class _CannotTell(Exception):
    """Git is not there, or does not answer; the reason is a clause for the reader."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class _Blob:
    """A file in a commit."""

    id: str
    size: int
    is_link: bool


_SETTINGS = (
    "core.fsmonitor=false",
    "log.showRoot=true",
    "log.showSignature=false",
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


class _Git:
    """The program git, asked in one folder, for a limited time in all."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._deadline: float | None = None

    def ask(self, *arguments: str, given: bytes = b"") -> bytes:
        """What git answers. Raises _CannotTell."""
        done = self._run(arguments, given)
        if done.returncode == 0:
            return done.stdout
        if b"not a git repository" in done.stderr:
            raise _CannotTell("the register is not under git")
        raise _CannotTell("git cannot read its history")

    def line(self, *arguments: str) -> str | None:
        """A line that git answers, or None if it knows no answer."""
        done = self._run(arguments, b"")
        return done.stdout.decode("ascii").strip() if done.returncode == 0 else None

    def tree(self, commit: str, folder: PurePosixPath) -> dict[str, _Blob]:
        """The files of a folder in a commit by their paths within it; none if it is not there."""
        done = self._run(
            ("ls-tree", "--full-tree", "-r", "-z", "-l", f"{commit}:{_named(folder)}"), b""
        )
        blobs: dict[str, _Blob] = {}
        for entry in done.stdout.split(b"\0") if done.returncode == 0 else ():
            about, _, path = entry.partition(b"\t")
            mode, kind, key, size = about.decode("ascii").split() if path else ("", "", "", "")
            if kind == "blob":
                # What a partial clone lacks has no size; asking for its contents says so.
                held = int(size) if size.isdigit() else 0
                blobs[os.fsdecode(path)] = _Blob(key, held, is_link=mode == "120000")
        return blobs

    def contents(self, blobs: Mapping[str, _Blob]) -> Iterator[tuple[str, bytes]]:
        """Each file's path with its bytes, as they are stored: no filter is applied."""
        if sum(blob.size for blob in blobs.values()) > _LARGEST:
            raise _CannotTell("its earlier states are too large to look through")
        wanted = "".join(f"{blob.id}\n" for blob in blobs.values()).encode()
        answer, at = self.ask("cat-file", "--batch", given=wanted), 0
        for path, blob in blobs.items():
            start = answer.index(b"\n", at) + 1
            if answer[at:start].split()[1:2] != [b"blob"]:
                raise _CannotTell("git does not hold all of its history")
            at = start + blob.size + 1
            yield path, answer[start : at - 1]

    def _run(self, arguments: Sequence[str], given: bytes) -> subprocess.CompletedProcess[bytes]:
        program = shutil.which("git")
        if program is None:
            raise _CannotTell("git is not installed")
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
            raise _CannotTell(_TOO_LONG) from error
        except OSError as error:
            raise _CannotTell("git cannot be started") from error

    def _left(self) -> float:
        if self._deadline is None:
            self._deadline = monotonic() + _SECONDS
        left = self._deadline - monotonic()
        if left <= 0:
            raise _CannotTell(_TOO_LONG)
        return left


_TOO_LONG = "its history takes too long to look through"

"""A register as it stood in a commit. Nothing of an earlier state stays on disk."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from claimtrack.diagnostic import ClaimtrackError, RegisterUnreadable
from claimtrack.frozen import frozen
from claimtrack.progress import Tell, quiet
from claimtrack.reading.files import is_inside, leaves_its_folder
from claimtrack.reading.git import Blob, CannotTell, Git, path_words
from claimtrack.reading.register import Reading, read_register

_SUFFIXES = frozenset({".yaml", ".yml", ".json"})


class UnknownRevision(ClaimtrackError):
    """A text that names no commit."""

    def __init__(self, revision: str, *, is_cut: bool) -> None:
        cut = "; this clone is shallow, and git fetch --unshallow gets the rest of its history"
        super().__init__(f"'{revision}' names no commit here{cut if is_cut else ''}")


class AmbiguousRevision(ClaimtrackError):
    """A text that may name several things, a branch and a tag, say."""

    def __init__(self, revision: str) -> None:
        super().__init__(
            f"'{revision}' may name several things; write more of the id, or the whole name, such "
            f"as heads/{revision} for a branch or tags/{revision} for a tag"
        )


class NotInRevision(ClaimtrackError):
    """A commit in which there was no register where this one is."""

    def __init__(self, revision: str, main: PurePosixPath) -> None:
        super().__init__(f"there is no {main} in {revision}, so nothing to compare with")


class UnreadableRevision(ClaimtrackError):
    """A commit in which the main file gives no register."""

    exit_status = 3

    def __init__(self, revision: str, error: RegisterUnreadable) -> None:
        first = error.diagnostics[0]
        place = f"{first.place.file}:{first.place.line}:{first.place.column}"
        super().__init__(
            f"the register cannot be read as it was in {revision}: {place}: {first.message}"
        )


@frozen
class Commit:
    """Who committed what and when: the author's name and their own day, an ISO date."""

    id: str
    author: str
    day: str
    subject: str

    @property
    def short(self) -> str:
        """As much of the id as is shown to people."""
        return short(self.id)


COMMIT_FORMAT = ("--encoding=UTF-8", "--date=short", "--format=%aN%n%ad%n%s")
"""How git is asked for commits: a line with the id comes first, then these three."""


def short(commit: str) -> str:
    """As much of a commit's id as is shown to people."""
    return commit[:8]


class Revisions:
    """The states of one register in the commits of the repository that it lies in."""

    def __init__(self, main: Path, seconds: float | None = None) -> None:
        """``seconds`` is how long all that is asked of git may take, if not as long as usual."""
        self._main = main
        self.suffix = main.suffix
        self.git = Git(main.parent, seconds)

    # ------------------------------------------------------------------------------ the commits

    def find(self, revision: str) -> str:
        """The id of the commit that a text names, as git reads it: a branch, a tag, ``HEAD~2``.

        ``A...B`` names the commit from which the two went apart, either being HEAD if left out.
        Raises UnknownRevision, AmbiguousRevision, CannotTell.
        """
        one, dots, other = revision.partition("...")
        if not dots:
            return self._find(revision)
        pair = [self._find(each or "HEAD") for each in (one, other)]
        base = self.git.line("merge-base", *pair)
        if base is None:
            raise UnknownRevision(revision, is_cut=self.is_cut)
        return base.split()[0]

    def _find(self, revision: str) -> str:
        if "\0" in revision:
            raise UnknownRevision(revision, is_cut=False)
        answer = self.git.answer("rev-parse", "--verify", "--end-of-options", revision)
        if "ambiguous" in answer.complaint:
            raise AmbiguousRevision(revision)
        named = answer.out.decode("ascii", "replace").strip()
        if answer.is_yes and re.fullmatch("[0-9a-f]{40,64}", named):
            commit = self.git.line("rev-parse", "--verify", "--quiet", f"{named}^{{commit}}")
            if commit is not None:
                return commit
        self.git.ask("rev-parse", "--git-dir")
        if revision == "HEAD":
            raise CannotTell("nothing is committed to git yet")
        raise UnknownRevision(revision, is_cut=self.is_cut)

    @cached_property
    def head(self) -> str | None:
        """The commit that the working tree stands on, if there is one."""
        return self.git.line("rev-parse", "--verify", "--quiet", "HEAD^{commit}")

    def is_boundary(self, commit: str) -> bool:
        """Whether a commit has parents that were not fetched."""
        if not self.is_cut:
            return False
        header = self.git.ask("cat-file", "commit", commit).partition(b"\n\n")[0]
        known = self.git.line("rev-list", "--parents", "--max-count=1", commit) or ""
        return b"\nparent " in header and len(known.split()) < 2

    @cached_property
    def is_cut(self) -> bool:
        """Whether older commits were not fetched."""
        return self.git.line("rev-parse", "--is-shallow-repository") == "true"

    def commits(self, ids: Iterable[str]) -> dict[str, Commit]:
        """What is known of each commit."""
        wanted = list(dict.fromkeys(ids))
        if not wanted:
            return {}
        given = "".join(f"{each}\n" for each in wanted).encode()
        told = self.git.ask(
            "rev-list", "--no-walk=unsorted", "--stdin", *COMMIT_FORMAT, given=given
        )
        lines = told.decode("utf-8", "replace").split("\n")
        listed = (lines[at : at + 4] for at in range(0, len(lines) - 1, 4))
        made = (Commit(head.split()[1], *told) for head, *told in listed)
        return {commit.id: commit for commit in made}

    def commit(self, key: str) -> Commit:
        """What is known of one commit."""
        return self.commits([key])[key]

    # ------------------------------------------------------------------------------- the places

    @cached_property
    def folder(self) -> PurePosixPath:
        """The register's folder within the repository."""
        prefix = self.git.ask("rev-parse", "--show-prefix")
        return PurePosixPath(os.fsdecode(prefix).removesuffix("\n"))

    @cached_property
    def _older_names(self) -> list[PurePosixPath]:
        now = self.folder / self._main.name
        listed = self.git.ask(
            "log",
            "--follow",
            "--no-textconv",
            "--no-ext-diff",
            "--format=",
            "--name-only",
            "-z",
            "--",
            f":(top,literal){now}",
        )
        paths = (PurePosixPath(os.fsdecode(path.strip(b"\n"))) for path in listed.split(b"\0"))
        return [path for path in dict.fromkeys(paths) if path.name and path != now]

    def names(self) -> Iterator[PurePosixPath]:
        """What the main file is called, then what it was before, latest first.

        The older names are asked for only when they are needed: git looks for renames then.
        """
        yield self.folder / self._main.name
        if self.head is not None:
            yield from self._older_names

    def folders(self) -> Iterator[PurePosixPath]:
        """Where the register lies, then where it lay before, each once."""
        told = set()
        for name in self.names():
            if name.parent not in told:
                told.add(name.parent)
                yield name.parent

    # ------------------------------------------------------------------------------- the states

    def reading(self, commit: str, tell: Tell = quiet) -> Reading | None:
        """The register as it stood in a commit, under its present name or an earlier one.

        None where there was none. Raises RegisterUnreadable, CannotTell.
        """
        for main in self.names():
            blobs = self.git.tree(commit, main.parent)
            if main.name in blobs:
                return self._read_as(main.name, of_register(blobs, main.name), tell)
        return None

    def named_reading(self, commit: str, revision: str, tell: Tell = quiet) -> Reading:
        """The same, for whoever asked for it by ``revision``.

        Raises NotInRevision, UnreadableRevision, CannotTell.
        """
        try:
            reading = self.reading(commit, tell)
        except RegisterUnreadable as error:
            raise UnreadableRevision(revision, error) from error
        if reading is None:
            raise NotInRevision(revision, self.folder / self._main.name)
        return reading

    def files(self, commit: str) -> list[tuple[PurePosixPath, str]]:
        """The files in a commit that may be the register's, each with the id of its contents.

        Those of the present folder, or, where it holds none, of one in which the register was.
        """
        for folder in self.folders():
            blobs = of_register(self.git.tree(commit, folder), self._main.name)
            found = [(folder / path, blob.id) for path, blob in blobs.items() if not blob.is_link]
            if found:
                return found
        return []

    def _read_as(self, name: str, blobs: Mapping[str, Blob], tell: Tell) -> Reading | None:
        with TemporaryDirectory(prefix="claimtrack-") as temporary:
            folder = Path(temporary)
            for path, content in self.git.contents(blobs):
                _put(folder, path, content, is_link=blobs[path].is_link)
            return read_register(folder / name, tell) if (folder / name).is_file() else None


def of_register(blobs: Mapping[str, Blob], main: str) -> dict[str, Blob]:
    """The files that a register can be made of, by their names: YAML, and links."""
    suffix = PurePosixPath(main).suffix
    return {
        path: blob
        for path, blob in blobs.items()
        if (blob.is_link or is_of_register(PurePosixPath(path), suffix))
        and not path.startswith("sources/")
        and not leaves_its_folder(path)
    }


def is_of_register(path: PurePosixPath, suffix: str) -> bool:
    """Whether a file may be a register's by its name; ``suffix`` is that of the main file."""
    return path.suffix in _SUFFIXES or path.suffix == suffix


def _put(folder: Path, path: str, content: bytes, *, is_link: bool) -> None:
    place = folder / path
    if not is_inside(place, folder):
        return
    place.parent.mkdir(parents=True, exist_ok=True)
    if not is_link:
        place.write_bytes(content)
    elif is_inside(place.parent / os.fsdecode(content), folder):
        place.symlink_to(os.fsdecode(content))


def pathspecs(folder: PurePosixPath) -> tuple[str, str]:
    """A register's folder as git takes it, without the sources in it."""
    named, sources = path_words(folder), path_words(folder / "sources")
    return f":(top,literal){named}", f":(top,literal,exclude){sources}"

"""Commands about what git keeps of a register: diff, log and blame."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path, PurePosixPath
from typing import Annotated

import typer

from claimtrack.cli.locating import locate
from claimtrack.cli.opening import Opened, open_register
from claimtrack.cli.output import LimitOption, PageFormatOption, write
from claimtrack.cli.usage import PageFormat, WrongUsage
from claimtrack.diagnostic import ClaimtrackError
from claimtrack.findings.differences import find_differences
from claimtrack.findings.findings import derive
from claimtrack.findings.selection import LeftOut, UnknownName, find_claim
from claimtrack.model import Register
from claimtrack.reading.blame import blame_entry
from claimtrack.reading.claim_entries import find_entry
from claimtrack.reading.claim_events import claim_history
from claimtrack.reading.claim_log import ClaimLog
from claimtrack.reading.committed import Version
from claimtrack.reading.revisions import Revisions
from claimtrack.reading.yamltext import NotYaml, decode
from claimtrack.render.blame import blame_document, print_blame
from claimtrack.render.claim_log import history_document, print_history
from claimtrack.render.difference_rows import differences_document
from claimtrack.render.differences import Side, print_differences
from claimtrack.render.documents import document
from claimtrack.render.left_out import left_out_words
from claimtrack.render.progress import progress
from claimtrack.render.screen import screen
from claimtrack.values.names import ID


class UnknownClaim(UnknownName):
    """An id that no claim has, and none had in what git keeps."""

    def __init__(self, claim: str, known: Iterable[str]) -> None:
        super().__init__("claim, now or before,", claim, known)


class HiddenId(ClaimtrackError):
    """A claim whose entry does not show its id."""

    def __init__(self, claim: str) -> None:
        super().__init__(
            f"the entry of '{claim}' cannot be found by its id, which is written as an alias or "
            "with escapes; write it out"
        )


_PATIENCE = 120.0
"""How many seconds one claim's history may take: it is walked commit by commit."""

RevisionArgument = Annotated[
    str | None,
    typer.Argument(
        metavar="[REV]",
        help="A commit, as git names it: a branch, a tag, HEAD~2. Without one, the last commit.",
        show_default=False,
    ),
]


def diff(
    context: typer.Context,
    before: RevisionArgument = None,
    after: Annotated[
        str | None,
        typer.Argument(
            metavar="[REV]",
            help="Another, to compare with. Without one, the files as they are.",
            show_default=False,
        ),
    ] = None,
    limit: Annotated[
        int | None,
        typer.Option(
            min=0,
            metavar="N",
            help="At most so many changes of each kind (20 unless it is given).",
            show_default=False,
        ),
    ] = None,
    form: PageFormatOption = PageFormat.TABLE,
) -> None:
    """Show what changed in meaning between two states of the register.

    Without REV: from the last commit to the files as they are. A..B stands for two, and A...B for
    what B changed since the two went apart.
    """
    if form is PageFormat.JSON and limit is not None:
        raise WrongUsage("--limit shortens the page; its JSON always has all")
    old, new = _two(before, after)
    main = locate(context)
    revisions = Revisions(main)
    one = side_of(revisions, old)
    other = _files(context) if new is None else side_of(revisions, new)
    with progress(sys.stderr) as tell:
        tell("comparing the two", 0, 0)
        found = find_differences(one.findings, other.findings)
    if form is PageFormat.JSON:
        write(document(**differences_document(one, other, found)))
    else:
        print_differences(one, other, found, screen(), limit)
    for side in (one, other):
        note_what_is_left_out_of(side)


def _two(before: str | None, after: str | None) -> tuple[str, str | None]:
    """The revisions to compare; the second is None for the files as they are."""
    if before is None:
        return "HEAD", None
    for dots in ("...", ".."):
        one, found, other = before.partition(dots)
        if found and after is not None:
            raise WrongUsage(f"'{before}' names two revisions by itself; give no other beside it")
        if found:
            return (before if dots == "..." else one or "HEAD"), other or "HEAD"
    return before, after


def side_of(revisions: Revisions, revision: str) -> Side:
    """The register as it stood in a commit.

    Raises UnknownRevision, AmbiguousRevision, NotInRevision, UnreadableRevision, CannotTell.
    """
    commit = revisions.find(revision)
    with progress(sys.stderr) as tell:
        reading = revisions.named_reading(commit, revision, tell)
        findings = derive(reading.register, tell)
    return Side(revision, revisions.commit(commit), findings)


def _files(context: typer.Context) -> Side:
    return Side(None, None, open_register(context).findings)


def note_what_is_left_out_of(side: Side) -> None:
    """Say on standard error how much of a state could not be read."""
    left = left_out_words(side.findings.register.left_out)
    if left:
        from claimtrack.render.visible import visible

        where = f"in {side.revision}" if side.revision else "in the files as they are"
        print(f"claimtrack: {left} left out because of errors {visible(where)}", file=sys.stderr)


# --------------------------------------------------------------------------------- log and blame


def log(
    context: typer.Context,
    claim: Annotated[
        str,
        typer.Argument(
            metavar="ID",
            help="A claim's id, or a part of only one; of one that is gone, the whole id.",
        ),
    ],
    limit: LimitOption = None,
    form: PageFormatOption = PageFormat.TABLE,
) -> None:
    """Show one claim's history, newest first: who changed what in it, and when."""
    opened = open_register(context)
    revisions = Revisions(opened.main, _PATIENCE)
    folder = revisions.folder
    found = _known_claim(opened, claim)
    now = _written(opened, found, folder)
    if now is None and found in opened.findings.register.claims:
        raise HiddenId(found)
    register = opened.findings.register
    with progress(sys.stderr) as tell:
        alterations = ClaimLog(revisions, found, tell).alterations(now, _ids(register))
        history = claim_history(found, alterations, folder, register, limit)
    if not history.events and limit != 0 and history.reason is None:
        raise UnknownClaim(claim, register.claims)
    if form is PageFormat.JSON:
        write(document(**history_document(history, register)))
    else:
        print_history(history, register, screen())


def _ids(register: Register) -> frozenset[str]:
    """The ids of all claims that are written."""
    return register.claims_left_out.union(register.claims)


def _known_claim(opened: Opened, part: str) -> str:
    """The claim that a part fits, or what may once have been one's id."""
    try:
        return find_claim(opened.findings.register, part)
    except LeftOut:
        return part
    except UnknownName:
        if ID.fullmatch(part):
            return part
        raise


def _written(opened: Opened, claim: str, folder: PurePosixPath) -> Version | None:
    """The claim's entry in the files as they are, if it is there."""
    known = opened.findings.register.claims.get(claim)
    for file in opened.texts if known is None else (known.place.file,):
        try:
            entry = find_entry((opened.main.parent / file).read_bytes(), claim)
        except (NotYaml, OSError):
            continue
        if entry is not None:
            return Version(folder / file, entry)
    return None


def blame(
    context: typer.Context,
    claim: Annotated[
        str, typer.Argument(metavar="ID", help="A claim's id, or a part of only one.")
    ],
    form: PageFormatOption = PageFormat.TABLE,
) -> None:
    """Show who wrote each line of a claim, and when; what is not committed is marked."""
    opened = open_register(context)
    revisions = Revisions(opened.main, _PATIENCE)
    folder = revisions.folder
    try:
        found = find_claim(opened.findings.register, claim)
    except LeftOut:
        found = claim
    now = _written(opened, found, folder)
    if now is None:
        raise HiddenId(found)
    file = now.path.relative_to(folder)
    ids = _ids(opened.findings.register)
    written = _lines(opened.main.parent / file, now)
    with progress(sys.stderr) as tell:
        tell("asking git who wrote each line", 0, 0)
        lines = blame_entry(revisions, now, written, ids)
    if form is PageFormat.JSON:
        write(document(**blame_document(found, file.as_posix(), lines)))
    else:
        print_blame(found, file.as_posix(), lines, screen())


def _lines(file: Path, now: Version) -> list[str]:
    """The lines of the entry, as the file has them but for their ends."""
    lines = decode(file.read_bytes()).split("\n")
    return [line.rstrip("\r") for line in lines[now.entry.first_line - 1 : now.entry.last_line]]

"""A register's file in canonical layout: the same meaning, the same comments."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from claimtrack.collector import collector_off
from claimtrack.diagnostic import ClaimtrackError
from claimtrack.edit.draft import Draft
from claimtrack.edit.filetext import FileText, Splice
from claimtrack.edit.layout.blocks import file_lines
from claimtrack.edit.layout.gaps import SPACE, Unusual
from claimtrack.edit.manuscript import Change
from claimtrack.edit.meaning import same
from claimtrack.edit.written import known_file
from claimtrack.frozen import frozen
from claimtrack.progress import Tell, one_of, quiet
from claimtrack.reading.spans import Span, whole
from claimtrack.reading.yamltext import NotYaml, parse


class NotFormatted(ClaimtrackError):
    """A file that is no YAML."""

    def __init__(self, file: str, error: NotYaml) -> None:
        super().__init__(
            f"{file} cannot be formatted: line {error.line}, {error.message}; nothing was written"
        )


class NotPreserved(ClaimtrackError):
    """A text that would mean something else in canonical layout, or lose a comment."""

    exit_status = 4

    def __init__(self, file: str) -> None:
        super().__init__(
            f"{file} cannot be formatted: something in it is laid out in a way that this command "
            "does not know; nothing was written"
        )


@frozen
class Formatting:
    """The files that were looked at, and the change that lays out those that need it."""

    files: Sequence[str]
    change: Change

    @property
    def changed(self) -> list[str]:
        """The files that the change is in."""
        return [*self.change.splices]


def format_files(draft: Draft, asked: Iterable[str], tell: Tell = quiet) -> Formatting:
    """The canonical layout of the files asked for, by name or path, or of all if none is.

    Raises Refused, NotFormatted and NotPreserved.
    """
    files = list(dict.fromkeys(known_file(draft, each) for each in asked)) or [*draft.files]
    splices = {}
    for number, file in enumerate(files):
        held = draft.files[file]
        splice = _splice(file, held, one_of(len(files), number, tell))
        if held.spliced([splice]) != held.data:
            splices[file] = [splice]
    return Formatting(files, Change(splices, {}))


def _splice(file: str, held: FileText, tell: Tell) -> Splice:
    try:
        return Splice(0, len(held.text), formatted(held.text, tell))
    except NotYaml as error:
        raise NotFormatted(file, error) from error
    except Altered as error:
        raise NotPreserved(file) from error


class Altered(Exception):
    """A layout in which a text would not be the same text."""


def formatted(text: str, tell: Tell = quiet) -> str:
    """A file's text in canonical layout, every line ended by LF.

    What is no register, and what is written in a way that has no canonical layout, stays as it is.
    Raises NotYaml, and Altered rather than give a text that means something else, has other
    comments, or would change once more if it were formatted again.
    """
    with collector_off():
        before = text.replace("\r\n", "\n").replace("\r", "\n")
        layout = lay_out(before, one_of(3, 0, tell))
        if layout.after == layout.before:
            parse(layout.before.encode())
        else:
            again = lay_out(layout.after, one_of(3, 1, tell))
            tell("making sure that they say the same", 2, 3)
            refuse_alterations(layout, again)
        return layout.after


@frozen
class Layout:
    """A text, its comments, and what it is in canonical layout."""

    before: str
    comments: Counter[str]
    after: str


def lay_out(text: str, tell: Tell = quiet) -> Layout:
    """The layout of a text whose lines end in LF, whatever it comes to. May raise NotYaml."""
    root = whole(text, one_of(2, 0, tell))
    if root is None:
        return Layout(text, Counter(), text)
    comments = Counter(_comments(text, root))
    end = "" if _ends_within(text, root) else "\n"
    try:
        ended = text if text.endswith("\n") else text + end
        lines = file_lines(ended, root, one_of(2, 1, tell))
    except Unusual:
        return Layout(text, comments, text)
    return Layout(text, comments, "\n".join(lines) + end)


def refuse_alterations(one: Layout, other: Layout) -> None:
    """Raise Altered unless the other, which is of the text that the one gives, is the same.

    May raise NotYaml, where the text of the one is none.
    """
    if other.after != other.before or other.comments != one.comments:
        raise Altered
    before, after = parse(one.before.encode()), parse(other.before.encode())
    if before is None or after is None or not same(before, after):
        raise Altered


def _ends_within(text: str, root: Span) -> bool:
    """Whether the text ends in a block scalar that would be another one if the last line ended."""
    *_, last = _leaves(root)
    header = text[last.content :].partition("\n")[0]
    return last.end == len(text) and last.style in ("|", ">") and "-" not in header


_COMMENT = re.compile(r"#[^\n]*")


def _comments(text: str, root: Span) -> Iterator[str]:
    """Every comment of a text: what begins with its sign outside scalars, or beside a header."""
    at = 0
    for leaf in _leaves(root):
        for found in _COMMENT.finditer(text, at, leaf.content):
            yield found.group().rstrip(SPACE)
        if leaf.style in ("|", ">"):
            _, sign, comment = text[leaf.content : leaf.end].partition("\n")[0].partition("#")
            if sign:
                yield f"#{comment.rstrip(SPACE)}"
        at = leaf.content if leaf.style == "flow" and leaf.is_open else leaf.end
    for found in _COMMENT.finditer(text, at):
        yield found.group().rstrip(SPACE)


def _leaves(root: Span) -> Iterator[Span]:
    """The nodes that have none inside, in the order written."""
    pending = [root]
    while pending:
        node = pending.pop()
        if node.children:
            pending.extend(reversed(node.children))
        else:
            yield node

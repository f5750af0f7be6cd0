"""Comments in a register that silence warnings, each with a reason.

``# claimtrack: ignore CT713 because the second edition corrects the first`` belongs to the line
that it ends, or, where it has a line of its own, to the next line with something on it. It silences
what is said of the innermost thing that this line is part of: an item of evidence, an assertion, a
relation, a verdict, else the whole claim; elsewhere an entry of a section.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from claimtrack.diagnostic import CODES, Diagnostic, Place, Severity
from claimtrack.frozen import frozen
from claimtrack.model import Register
from claimtrack.reading.spans import Position, Span, outline
from claimtrack.reading.yamltext import NotYaml, decode

_MARK = re.compile(rb"claimtrack: *ignore")
_COMMENT = re.compile(r"(?<!\S)#[ \t]*claimtrack: *ignore\b([^\r\n]*)")
_BECAUSE = re.compile(r"\bbecause\b:?", re.IGNORECASE)
_WORD = re.compile(r"[^\s,]+")
_LINE_END = re.compile(r"\r\n|\r|\n")
_PARTS = ("evidence", "asserts", "relations", "verdicts")
"""The lists of a claim whose items can be silenced by themselves."""

_OWN = "CT719"
_OF_TEXTS = frozenset({"CT709", "CT710", "CT711", "CT715", "CT716", "CT717", "CT718"})
"""Warnings that only come up where the text of a source is there."""
_OF_SEVERAL_TEXTS = frozenset({"CT714", "CT720"})
"""Warnings that take further texts, which nothing at their place names."""


@frozen
class SilencingComment:
    """A comment: where it stands, the warnings that it silences and why, from line to line."""

    place: Place
    codes: tuple[str, ...]
    reason: str
    first: int
    last: int


@frozen
class Silenced:
    """A warning that a comment silences."""

    diagnostic: Diagnostic
    comment: SilencingComment


@frozen
class Silencing:
    """What comments make of diagnostics, which keep their order."""

    kept: tuple[Diagnostic, ...]
    silenced: tuple[Silenced, ...]
    idle: tuple[tuple[SilencingComment, str], ...]
    """Codes of comments that no diagnostic has where the comment would silence it."""


@frozen
class Comments:
    """The silencing comments of some files, and what is wrong with others."""

    sound: tuple[SilencingComment, ...]
    mistakes: tuple[Diagnostic, ...]


def find_comments(files: Iterable[tuple[str, bytes]]) -> Comments:
    """The comments of the files, given by name. A file that cannot be read has none."""
    sound: list[SilencingComment] = []
    mistakes: list[Diagnostic] = []
    for name, data in files:
        if _MARK.search(data) is None:
            continue
        try:
            written = list(_Reader(decode(data)).comments())
        except NotYaml:
            continue
        for each in written:
            codes, reason, wrong = _understood(each.text)
            place = Place(name, each.line, each.column)
            mistakes += [Diagnostic(_OWN, message, place) for message in wrong]
            if codes:
                sound.append(SilencingComment(place, codes, reason, each.first, each.last))
    return Comments(tuple(sound), tuple(mistakes))


# ------------------------------------------------------------------------------------- what it says


def _understood(text: str) -> tuple[tuple[str, ...], str, list[str]]:
    """The codes that a comment silences, its reason, and what is wrong with it."""
    named, *because = _BECAUSE.split(text, maxsplit=1)
    reason = " ".join(because).strip()
    words = _WORD.findall(named)
    if not words:
        return (), "", [f"this comment names no warning; {_form('CT713')}"]
    if not reason:
        return (), "", [f"this comment gives no reason, and silences nothing; {_form(words[0])}"]
    codes = tuple(dict.fromkeys(word.upper() for word in words))
    wrong = {code: told for code in codes if (told := _refusal(code)) is not None}
    return tuple(code for code in codes if code not in wrong), reason, list(wrong.values())


def _form(code: str) -> str:
    return f"write '# claimtrack: ignore {code} because …'"


def _refusal(code: str) -> str | None:
    """Why a code cannot be silenced, if so."""
    if code not in CODES:
        return f"no warning has the code '{code}'; claimtrack explain lists them"
    if CODES[code][0] is Severity.ERROR:
        return f"{code} is an error, which cannot be silenced; mend what it says"
    if code == _OWN:
        return f"{_OWN} is about comments such as this one; mend the comment that it names"
    return None


# --------------------------------------------------------------------------------- where it stands


@frozen
class _Written:
    """A comment as it stands in a text, and the lines that it is about."""

    text: str
    line: int
    column: int
    first: int
    last: int


@frozen
class _Entry:
    """An entry of a section, or whatever else stands at the top of a file."""

    section: str
    start: int
    end: int
    node: Span


class _Reader:
    """Finds the comments of one text; entries are taken apart only where a comment is near."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._lines = [0, *(found.end() for found in _LINE_END.finditer(text))]
        """Where each line starts."""

    def comments(self) -> Iterator[_Written]:
        """The comments in the order written. Raises NotYaml where the text is none."""
        found = list(_COMMENT.finditer(self._text))
        if not found:
            return
        entries = list(_entries(outline(self._text).root))
        starts = [entry.start for entry in entries]
        placed = []
        for comment in found:
            target = self._target(comment.start())
            # The entry that is around it, if any is, and the one that it is about.
            around = bisect_right(starts, comment.start()) - 1
            about = bisect_left(starts, self._end_of_line(target)) - 1
            placed.append((comment, target, around, about))
        near = {at for *_, around, about in placed for at in (around, about) if at >= 0}
        wanted = {self._position(entries[at].node.start) for at in near}
        opened = outline(self._text, wanted).collections
        for comment, target, around, about in placed:
            if around >= 0 and self._is_text(self._open(entries[around], opened), comment.start()):
                continue
            line, column = self._position(comment.start())
            first, last = target, target
            if about >= 0:
                first, last = self._stretch(entries[about], target, opened)
            yield _Written(comment[1], line, column, first, last)

    # ------------------------------------------------------------------------------------ lines

    def _line(self, offset: int) -> int:
        return bisect_right(self._lines, offset)

    def _position(self, offset: int) -> Position:
        line = self._line(offset)
        return line, offset - self._lines[line - 1] + 1

    def _end_of_line(self, line: int) -> int:
        return self._lines[line] if line < len(self._lines) else len(self._text)

    def _target(self, offset: int) -> int:
        """The line that a comment is about: its own, or the next that has something on it."""
        own = self._line(offset)
        if self._content(own) not in ("", "-"):
            return own
        below = range(own + 1, len(self._lines) + 1)
        return next((line for line in below if self._content(line)), own)

    def _content(self, line: int) -> str:
        text = self._text[self._lines[line - 1] : self._end_of_line(line)].strip()
        return "" if text.startswith("#") else text.split(" #", 1)[0].strip()

    # ------------------------------------------------------------------------------------ nodes

    def _open(self, entry: _Entry, opened: Mapping[Position, Span]) -> Span:
        return opened.get(self._position(entry.node.start), entry.node)

    def _is_text(self, node: Span, at: int) -> bool:
        """Whether what stands there is text of a scalar."""
        if not node.start <= at < node.end:
            return False
        if node.kind != "scalar":
            return any(self._is_text(child, at) for child in node.children)
        # A comment may stand behind the sign that a block of text begins with.
        return node.style not in ("|", ">") or self._line(at) > self._line(node.content)

    def _stretch(
        self, entry: _Entry, target: int, opened: Mapping[Position, Span]
    ) -> tuple[int, int]:
        """The lines of the innermost thing in the entry that the line is part of."""
        first, last = self._line(entry.start), self._last(entry.node)
        if target > last:
            return target, target
        for part in _parts(self._open(entry, opened)) if entry.section == "claims" else ():
            if self._line(part.start) <= target <= self._last(part):
                first, last = self._line(part.start), self._last(part)
        return min(first, target), max(last, target)

    def _last(self, node: Span) -> int:
        return self._line(max(node.end - 1, node.start))


def _entries(root: Span | None) -> Iterator[_Entry]:
    """What the sections hold, in the order written."""
    for key, value in root.pairs if root is not None and root.kind == "mapping" else ():
        if value.kind == "list":
            for item in value.children:
                yield _Entry(key.text, item.start, item.end, item)
        elif value.kind == "mapping":
            for name, node in value.pairs:
                yield _Entry(key.text, name.start, node.end, node)
        else:
            yield _Entry(key.text, key.start, value.end, value)


def _parts(claim: Span) -> Iterator[Span]:
    """A claim's items of evidence, assertions, relations and verdicts."""
    for key, value in claim.pairs if claim.kind == "mapping" else ():
        if key.text in _PARTS:
            yield from value.children if value.kind == "list" else (value,)


# --------------------------------------------------------------------------------- what it silences


def silence(diagnostics: Sequence[Diagnostic], comments: Iterable[SilencingComment]) -> Silencing:
    """Take out the warnings that comments silence, each by the one that is about the least."""
    warnings: dict[tuple[str, str], list[Diagnostic]] = {}
    for each in diagnostics:
        if each.severity is Severity.WARNING:
            warnings.setdefault((each.place.file, each.code), []).append(each)
    for group in warnings.values():
        group.sort(key=_line_of)
    silenced: dict[int, Silenced] = {}
    idle = []
    for comment in sorted(comments, key=lambda each: each.last - each.first):
        for code in comment.codes:
            group = warnings.get((comment.place.file, code), [])
            low = bisect_left(group, comment.first, key=_line_of)
            high = bisect_right(group, comment.last, key=_line_of)
            for each in group[low:high]:
                silenced.setdefault(id(each), Silenced(each, comment))
            if low == high:
                idle.append((comment, code))
    return Silencing(
        tuple(each for each in diagnostics if id(each) not in silenced),
        tuple(silenced[id(each)] for each in diagnostics if id(each) in silenced),
        tuple(idle),
    )


def _line_of(diagnostic: Diagnostic) -> int:
    return diagnostic.place.line


def check_idle(
    idle: Iterable[tuple[SilencingComment, str]],
    register: Register,
    has_text: Callable[[str], bool],
) -> list[Diagnostic]:
    """A warning for each code that a comment names to no effect, as far as that can be told.

    It cannot while something is left out because of errors, nor where the warning takes the text
    of a source that ``has_text`` says is not there.
    """
    idle = list(idle)
    if not idle or any(register.left_out.values()):
        return []
    cited = _cited(register)
    return [
        Diagnostic(_OWN, _idle_words(comment, code), comment.place)
        for comment, code in idle
        if code not in _OF_SEVERAL_TEXTS
        and (code not in _OF_TEXTS or all(map(has_text, _sources_at(comment, cited))))
    ]


def _cited(register: Register) -> dict[str, list[tuple[int, str]]]:
    """The lines of each file that name sources or are about them."""
    cited: dict[str, list[tuple[int, str]]] = {}
    for source in register.sources.values():
        cited.setdefault(source.place.file, []).append((source.place.line, source.id))
    for claim in register.claims.values():
        for each in claim.evidence:
            cited.setdefault(each.place.file, []).append((each.place.line, each.source))
    for held in cited.values():
        held.sort()
    return cited


def _sources_at(
    comment: SilencingComment, cited: Mapping[str, Sequence[tuple[int, str]]]
) -> set[str]:
    held = cited.get(comment.place.file, ())
    low = bisect_left(held, (comment.first, ""))
    high = bisect_left(held, (comment.last + 1, ""))
    return {source for _, source in held[low:high]}


def _idle_words(comment: SilencingComment, code: str) -> str:
    first, last = comment.first, comment.last
    where = f"line {first} gives" if first == last else f"lines {first} to {last} give"
    return (
        f"this comment silences nothing: {where} no {code}; remove it, or put it beside or "
        "directly above what the warning is about"
    )

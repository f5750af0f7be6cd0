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
from typing import NamedTuple

from claimtrack.diagnostic import CODES, Diagnostic, Place, Severity
from claimtrack.frozen import frozen
from claimtrack.model import Claim, Register
from claimtrack.reading.comment_places import has_comments, place_comments
from claimtrack.reading.spans import Position
from claimtrack.reading.yamltext import NotYaml

_BECAUSE = re.compile(r"\bbecause\b:?", re.IGNORECASE)
_WORD = re.compile(r"[^\s,]+")

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


def find_comments(files: Iterable[tuple[str, bytes]], claims: Iterable[Place] = ()) -> Comments:
    """The comments of the files, given by name. A file that cannot be read has none.

    ``claims`` are the places of claims, as they were read from these files: where there are any,
    no more is parsed than what stands around a comment.
    """
    starts: dict[str, list[Position]] | None = None
    sound: list[SilencingComment] = []
    mistakes: list[Diagnostic] = []
    for name, data in files:
        if not has_comments(data):
            continue
        if starts is None:
            starts = _by_file(claims)
        try:
            written = place_comments(data, starts.get(name, ()))
        except NotYaml:
            continue
        for each in written:
            codes, reason, wrong = _understood(each.text)
            place = Place(name, each.line, each.column)
            mistakes += [Diagnostic(_OWN, message, place) for message in wrong]
            if codes:
                sound.append(SilencingComment(place, codes, reason, each.first, each.last))
    return Comments(tuple(sound), tuple(mistakes))


def _by_file(places: Iterable[Place]) -> dict[str, list[Position]]:
    found: dict[str, list[Position]] = {}
    for place in places:
        found.setdefault(place.file, []).append((place.line, place.column))
    return {file: sorted(positions) for file, positions in found.items()}


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


class Cited(NamedTuple):
    """A line of a file that names a source or is about it."""

    file: str
    line: int
    source: str


def cited(register: Register) -> Iterator[Cited]:
    """Where sources stand, and where claims name them."""
    for source in register.sources.values():
        yield Cited(source.place.file, source.place.line, source.id)
    for claim in register.claims.values():
        yield from cited_by(claim)


def cited_by(claim: Claim) -> Iterator[Cited]:
    """Where a claim names sources."""
    return (Cited(each.place.file, each.place.line, each.source) for each in claim.evidence)


def check_idle(
    idle: Sequence[tuple[SilencingComment, str]],
    named: Iterable[Cited],
    has_text: Callable[[str], bool],
) -> list[Diagnostic]:
    """A warning for each code that a comment names to no effect, as far as that can be told.

    It cannot while something is left out because of errors, nor where the warning takes the text
    of a source that ``has_text`` says is not there. ``named`` is where sources are named; nobody
    looks unless a comment has no effect.
    """
    lines: dict[str, list[tuple[int, str]]] = {}
    for each in named if idle else ():
        lines.setdefault(each.file, []).append((each.line, each.source))
    for held in lines.values():
        held.sort()
    return [
        Diagnostic(_OWN, _idle_words(comment, code), comment.place)
        for comment, code in idle
        if code not in _OF_SEVERAL_TEXTS
        and (code not in _OF_TEXTS or all(map(has_text, _sources_at(comment, lines))))
    ]


def _sources_at(
    comment: SilencingComment, lines: Mapping[str, Sequence[tuple[int, str]]]
) -> set[str]:
    held = lines.get(comment.place.file, ())
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

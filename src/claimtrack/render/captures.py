"""A captured document in words: what it is, what it says of itself, what changed since before."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from claimtrack.render.hunks import DiffLine, Hunk, hunks
from claimtrack.render.screen import Screen, Styled
from claimtrack.render.style import quiet, strong
from claimtrack.render.words import count, listed

if TYPE_CHECKING:
    from claimtrack.findings.later_captures import ChangedQuote
    from claimtrack.quotes.text import SourceText
    from claimtrack.reading.texts.held import HeldText

_LINES = 40
"""How many lines of a difference are shown."""
_CLAIMS = 20
_LONG = 160
_AROUND = 60
"""Of a line that is longer than the first, how much is shown on each side of what differs."""
_STYLES = {"+": "green", "-": "red"}
_SAME_CODEC = {"iso8859-1": "cp1252", "ascii": "cp1252"}
"""Encodings that the web takes for another (WHATWG Encoding)."""


def text_words(text: HeldText, charset: str | None) -> str:
    """``HTML, UTF-8``: the format and the encoding of a text, and who says another."""
    if text.text is None:
        return f"{text.format}; its text cannot be had: {text.why}; its quotes stay unchecked"
    words = f"{text.format}, {text.encoding}" if text.encoding else text.format
    is_other = charset and text.encoding and _differ(charset, text.encoding)
    return f"{words} (its server says {charset})" if is_other else words


def _differ(charset: str, encoding: str) -> bool:
    named = re.match(r"[A-Za-z0-9_-]+", encoding)
    return named is not None and _codec(charset) != _codec(named.group())


def _codec(name: str) -> str:
    try:
        found = codecs.lookup(name).name
    except (LookupError, ValueError):
        return name
    return _SAME_CODEC.get(found, found)


def facts_words(facts: Mapping[str, str]) -> str:
    """``title “The harbour”, published 2024-05-01``: what a document says of itself."""
    return listed(
        [f"{key} “{text}”" if key == "title" else f"{key} {text}" for key, text in facts.items()]
    )


# ------------------------------------------------------------------------------- what has changed


def print_changes(
    names: tuple[str, str], before: SourceText, after: SourceText, screen: Screen
) -> None:
    """The lines in which two texts differ, the first of them."""
    found = hunks(before.text, after.text)
    if not found:
        screen.line("the two texts have the same lines; what changed is around them")
        return
    screen.line(f"what changed from {names[0]} to {names[1]}:")
    left = _LINES
    for hunk in found:
        lines = _shortened([line for line in hunk.lines if line.sign in "+-"])
        if left <= 0:
            break
        screen.line(quiet(_where(hunk)), indent=2)
        for line in lines[:left]:
            style = _STYLES[line.sign]
            screen.line(Styled(line.text, style), indent=2, label=Styled(f"{line.sign} ", style))
        left -= len(lines)
    hidden = _changed_lines(found) - _LINES
    if hidden > 0:
        screen.line(quiet(f"and {count(hidden, 'line')} more"), indent=2)


def _changed_lines(found: Iterable[Hunk]) -> int:
    return sum(line.sign in "+-" for hunk in found for line in hunk.lines)


def _where(hunk: Hunk) -> str:
    """The line in the new text at which the first change of a hunk stands."""
    kept = 0
    for line in hunk.lines:
        if line.sign != " ":
            break
        kept += 1
    return f"line {hunk.new_start + kept}"


def _shortened(lines: Sequence[DiffLine]) -> list[DiffLine]:
    """Long lines cut down to where they differ: a removed one and the one in its place together."""
    told = list(lines)
    removed = [at for at, line in enumerate(told) if line.sign == "-"]
    added = [at for at, line in enumerate(told) if line.sign == "+"]
    for old, new in zip(removed, added, strict=False):
        one, other = _around(told[old].text, told[new].text)
        told[old], told[new] = DiffLine("-", one), DiffLine("+", other)
    return [DiffLine(line.sign, _cut(line.text, 0, 2 * _LONG)) for line in told]


def _around(one: str, other: str) -> tuple[str, str]:
    """Two lines from shortly before to shortly after what differs."""
    if max(len(one), len(other)) <= _LONG:
        return one, other
    shorter = min(len(one), len(other))
    start = next((at for at in range(shorter) if one[at] != other[at]), shorter)
    end = next(
        (at for at in range(shorter - start) if one[-1 - at] != other[-1 - at]), shorter - start
    )
    low = max(start - _AROUND, 0)
    return (
        _cut(one, low, len(one) - end + _AROUND),
        _cut(other, low, len(other) - end + _AROUND),
    )


def _cut(text: str, low: int, high: int) -> str:
    before, after = ("…" if low > 0 else ""), ("…" if high < len(text) else "")
    return f"{before}{text[low:high]}{after}"


def print_changed_quotes(
    quotes: Sequence[ChangedQuote], after: SourceText, quoted: int, screen: Screen
) -> None:
    """The claims whose quoted passage is not in the new text; ``quoted`` is how many were asked."""
    if not quotes:
        told = "every quote from it still stands" if quoted else "no claim quotes it yet"
        screen.line(told)
        return
    claims = dict.fromkeys(quote.claim for quote in quotes)
    screen.line(f"the quoted passage changed for {count(len(claims), 'claim')}:")
    for quote in quotes[:_CLAIMS]:
        screen.line(strong(quote.claim), f"  “{_short(quote.evidence.quote or '')}”", indent=2)
        near = quote.now.near
        if near is None:
            screen.line(quiet("nothing like it there now"), indent=4)
            continue
        passage = after.text[near.stretch.start : near.stretch.end]
        screen.line(quiet(f"line {near.line} now: "), f"“{_short(passage)}”", indent=4)
    if len(quotes) > _CLAIMS:
        screen.line(quiet(f"and {count(len(quotes) - _CLAIMS, 'quote')} more"), indent=2)


def _short(text: str) -> str:
    return _cut(" ".join(text.split()), 0, 2 * _LONG)

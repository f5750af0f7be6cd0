"""A source's text with its claims in the margin."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from claimtrack.findings.coverage import CoveredText, Placed
from claimtrack.frozen import frozen
from claimtrack.model import Stance
from claimtrack.quotes.audit import Stretch
from claimtrack.quotes.coverage import merged
from claimtrack.quotes.text import SourceText
from claimtrack.render.coverage import one_line
from claimtrack.render.documents import Json
from claimtrack.render.quotes import CLOSE, OPEN
from claimtrack.render.screen import Line, Part, Screen
from claimtrack.render.style import quiet, strong

_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_ENDS = 3
"""Words shown of either end of a quote that is a part of what is marked."""


@frozen
class Marked:
    """A stretch of a source that quotes cover, with its number and those quotes' parts in it.

    Quotes that overlap share one, so that no mark stands within another.
    """

    number: int
    stretch: Stretch
    parts: tuple[MarkedPart, ...]

    @property
    def sign(self) -> str:
        """Its number, raised."""
        return str(self.number).translate(_RAISED)


@frozen
class MarkedPart:
    """A part of a quote, which is all of it unless it has an ellipsis."""

    placed: Placed
    stretch: Stretch


def print_annotated(covered: CoveredText, screen: Screen) -> None:
    """Each line of the text with its quoted words marked, the claims that quote them beside it."""
    marks = _marks(covered.placed)
    by_line = _by_line(marks, covered.text)
    width = len(str(len(covered.text.line_starts)))
    blank = False
    for number in range(1, len(covered.text.line_starts) + 1):
        line = line_stretch(number, covered.text)
        is_blank = not covered.text.text[line.start : line.end].strip()
        if is_blank:
            blank = True
            continue
        if blank:
            screen.line()
            blank = False
        _print_line(number, width, line, by_line.get(number, ()), covered.text, screen)


def _print_line(
    number: int,
    width: int,
    line: Stretch,
    marks: Sequence[Marked],
    text: SourceText,
    screen: Screen,
) -> None:
    parts, label = _text_parts(line, marks, text.text), quiet(f"{number:>{width}}  ")
    beginning = [each for each in marks if each.stretch.start >= line.start]
    margin = [entry for each in beginning for entry in _entries(each, text.text, width + 2)]
    if margin:
        screen.beside([[Line(tuple(parts), label=label)], margin])
    else:
        screen.line(*parts, label=label)


def line_stretch(number: int, text: SourceText) -> Stretch:
    """Where a line stands, without its end."""
    starts = text.line_starts
    end = starts[number] if number < len(starts) else len(text.text)
    start = starts[number - 1]
    return Stretch(start, start + len(text.text[start:end].rstrip("\r\n")))


def _text_parts(line: Stretch, marks: Iterable[Marked], text: str) -> list[Part]:
    """A line in parts; a mark that goes on over its end is closed there, and opened again."""
    parts: list[Part] = []
    at = line.start
    for each in marks:
        start, end = max(each.stretch.start, line.start), min(each.stretch.end, line.end)
        parts += [text[at:start], strong(f"{OPEN}{text[start:end]}{CLOSE}{each.sign}")]
        at = end
    return [*parts, text[at : line.end]]


def _entries(mark: Marked, text: str, indent: int) -> list[Line]:
    """The claims that quote a marked stretch, and which words of it, where it is not all."""
    lines = []
    for index, part in enumerate(mark.parts):
        evidence = part.placed.quoted.evidence
        sign = mark.sign if index == 0 else " " * len(mark.sign)
        told: list[Part] = [strong(part.placed.quoted.claim)]
        if evidence.stance is not Stance.ASSERTS:
            told.append(f" {evidence.stance}")
        if part.stretch != mark.stretch:
            told.append(quiet(f"  “{_brief(one_line(text, part.stretch))}”"))
        lines.append(Line(tuple(told), indent, label=f"{sign} "))
    return lines


def _brief(quote: str) -> str:
    words = quote.split(" ")
    if len(words) <= 2 * _ENDS + 1:
        return quote
    return f"{' '.join(words[:_ENDS])} … {' '.join(words[-_ENDS:])}"


# ------------------------------------------------------------------------------------------ marks


def _marks(placed: Iterable[Placed]) -> list[Marked]:
    parts = sorted(
        (MarkedPart(each, part) for each in placed for part in each.passage.parts),
        key=lambda part: (part.stretch.start, part.stretch.end),
    )
    found, at = [], 0
    for number, stretch in enumerate(merged(part.stretch for part in parts), 1):
        first = at
        while at < len(parts) and parts[at].stretch.start < stretch.end:
            at += 1
        found.append(Marked(number, stretch, tuple(parts[first:at])))
    return found


def _by_line(marks: Iterable[Marked], text: SourceText) -> Mapping[int, list[Marked]]:
    """The marks of each line that has any, in order; one that goes on stands in several."""
    found: dict[int, list[Marked]] = {}
    for each in marks:
        first, last = text.line_of(each.stretch.start), text.line_of(each.stretch.end - 1)
        for line in range(first, last + 1):
            found.setdefault(line, []).append(each)
    return found


# ----------------------------------------------------------------------------------- for programs


def passage_rows(covered: CoveredText) -> list[Json]:
    """The quotes of a source in the order of its text, each with its parts in code points."""
    ordered = sorted(covered.placed, key=lambda each: each.passage.whole.start)
    return [
        {
            "claim": each.quoted.claim,
            "item": each.quoted.index,
            "stance": str(each.quoted.evidence.stance),
            "line": each.passage.line,
            "parts": [
                {
                    "start": part.start,
                    "end": part.end,
                    "text": covered.text.text[part.start : part.end],
                }
                for part in each.passage.parts
            ],
        }
        for each in ordered
    ]

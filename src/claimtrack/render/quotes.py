"""Quotes in words: what became of each, and the words of its source around it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from claimtrack.frozen import frozen
from claimtrack.model import Evidence, Register
from claimtrack.quotes.audit import Audit, AuditResult, Near, Stretch, WordChange
from claimtrack.quotes.sentences import paragraph_around, sentence_around
from claimtrack.render.documents import Json
from claimtrack.render.screen import Part, Screen, Styled
from claimtrack.render.style import quiet, strong, word
from claimtrack.render.words import count

if TYPE_CHECKING:
    from claimtrack.findings.audits import Audits, Quoted
    from claimtrack.index.unchecked import Unchecked
    from claimtrack.quotes.text import SourceText

OPEN, CLOSE = "⟦", "⟧"
"""Around the quoted words of a source, so that they are told apart without colour."""
_AROUND = 240
"""Signs of a sentence shown before and after the quote."""
_OF_PARAGRAPH = 4_000
"""Likewise of a paragraph: in some texts there is only one."""
_LINES = 3
LISTED = 10
"""Unchecked quotes of a source that are told one by one."""


def totals_words(totals: Counter[AuditResult]) -> str:
    """``270 exact, 8 attested, 0 unchecked``: every result that there is, and always the last."""
    told = [f"{totals[each]:,} {each}" for each in AuditResult if totals[each]]
    return ", ".join(told if totals[AuditResult.UNCHECKED] else [*told, "0 unchecked"])


def totals_row(totals: Counter[AuditResult]) -> dict[str, int]:
    """How many quotes have each result, the result's names as keys."""
    return {str(each): totals[each] for each in AuditResult}


def print_unchecked(
    unchecked: Iterable[Unchecked], shown_path: Callable[[str], str], screen: Screen
) -> None:
    """Where the quotes stand that could not be checked, and why; of each source the first few."""
    for each in unchecked:
        for quoted, audit in each.first:
            place = quoted.evidence.quote_place or quoted.evidence.place
            where = f"{shown_path(place.file)}:{place.line}:{place.column}: "
            screen.line(strong(where), f"unchecked: {quoted.claim}, '{each.source}': {audit.why}")
        if each.number > len(each.first):
            more = each.number - len(each.first)
            screen.line(f"and {more:,} more of '{each.source}'", indent=2)


def unchecked(totals: Counter[AuditResult]) -> int:
    """How many could not be compared with anything."""
    return totals[AuditResult.UNCHECKED]


def result_words(audit: Audit, text: SourceText | None = None) -> str:
    """``exact``, ``moved: found on line 5``, ``unchecked: source not held``; with its page."""
    page = None if text is None or audit.line is None else text.page_of(audit.line)
    on_page = f", page {page}" if page else ""
    told = {
        AuditResult.MOVED: f"moved: found on {_lines(audit)}",
        AuditResult.AMBIGUOUS: f"ambiguous: found on {_lines(audit)}",
        AuditResult.UNCHECKED: f"unchecked: {audit.why}" if audit.why else "unchecked",
        AuditResult.ALTERED: "altered: its source has other words",
        AuditResult.MISSING: "missing: its source does not have it",
    }.get(audit.result, str(audit.result))
    return told + on_page


def _lines(audit: Audit) -> str:
    lines = sorted({passage.line for passage in audit.found})
    more = f" and {len(lines) - _LINES:,} more" if len(lines) > _LINES else ""
    return ("line " if len(lines) == 1 else "lines ") + ", ".join(map(str, lines[:_LINES])) + more


def line_words(line: int, text: SourceText) -> str:
    """``line 12``, with the page where the source has pages."""
    page = text.page_of(line)
    return f"line {line}" + (f", page {page}" if page else "")


def place_words(evidence: Evidence, audit: Audit, file: str | None) -> str:
    """``gazette.txt:3``: the source's file, or its id, and the line of the quote."""
    line = evidence.line or (audit.line if audit.result.stands else None)
    if audit.result is AuditResult.ATTESTED:
        line = audit.line
    return (file or evidence.source) + (f":{line}" if line else "")


# ------------------------------------------------------------------------------ in its sentence


@frozen
class Quoting:
    """The results of some quotes, and where their sources' texts are to be had."""

    audits: Audits
    text_of: Callable[[str], SourceText | None]

    def print_item(self, quoted: Quoted, register: Register, screen: Screen, indent: int) -> None:
        """A quote, its place and result, and its source's words around it."""
        audit = self.audits.of(quoted.claim, quoted.index) or Audit(AuditResult.UNCHECKED)
        source = register.sources[quoted.evidence.source]
        text = self.text_of(source.id)
        place = place_words(quoted.evidence, audit, source.file)
        told = result_words(audit, text)
        screen.line(f"“{quoted.quote}”", quiet(f"  {place} · "), word(told), indent=indent)
        print_in_sentence(audit, text, screen, indent)


def print_in_sentence(audit: Audit, text: SourceText | None, screen: Screen, indent: int) -> None:
    """The source's words around a quote that it has; the nearest ones to a quote that it lacks."""
    if text is None:
        return
    if audit.near is not None:
        print_nearest(audit.near, text, screen, indent)
    elif audit.found:
        passage = audit.found[0]
        around = sentence_around(text.text, passage.whole)
        if _words(text.text, around) != _words(text.text, passage.whole):
            around = _cut(around, passage.whole, _AROUND)
            screen.line(*_marked(text.text, around, passage.parts), indent=indent)


def print_nearest(near: Near, text: SourceText, screen: Screen, indent: int) -> None:
    """The passage nearest to a quote, and how the quote differs from it, word by word."""
    where = line_words(near.line, text)
    screen.line(quiet(f"nearest, {where}: "), *difference_parts(near.difference), indent=indent)
    screen.line(quiet("[-what the quote has-] {+what the source has+}"), indent=indent)


def difference_parts(changes: Iterable[WordChange]) -> list[Part]:
    """The words that both have, ``[-those of the quote-]`` and ``{+those of the source+}``."""
    parts: list[Part] = []
    for each in changes:
        told: list[Part] = [each.quote] if each.same else []
        if not each.same:
            told += [Styled(f"[-{each.quote}-]", "red")] if each.quote else []
            told += [Styled(f"{{+{each.source}+}}", "green")] if each.source else []
        for part in told:
            parts += [" ", part] if parts else [part]
    return parts


def _marked(text: str, around: Stretch, parts: Iterable[Stretch]) -> list[Part]:
    """A stretch of a text on one line, the quoted parts of it marked."""
    told: list[Part] = []
    at = around.start
    for part in parts:
        told += [quiet(_one_line(text[at : part.start])), strong(OPEN)]
        told += [strong(_one_line(text[part.start : part.end])), strong(CLOSE)]
        at = part.end
    return [*told, quiet(_one_line(text[at : around.end]).rstrip())]


def _one_line(text: str) -> str:
    """White space as single spaces; what stands at either end is kept as one."""
    words = " ".join(text.split())
    if not words:
        return " " if text else ""
    return (" " if text[0].isspace() else "") + words + (" " if text[-1].isspace() else "")


def _words(text: str, stretch: Stretch) -> list[str]:
    return text[stretch.start : stretch.end].strip(" \t\r\n.,;:!?\"'“”‘’").split()


def _cut(around: Stretch, quote: Stretch, most: int) -> Stretch:
    return Stretch(max(around.start, quote.start - most), min(around.end, quote.end + most))


def _paragraph(text: SourceText, quote: Stretch) -> Stretch:
    return _cut(paragraph_around(text.text, quote), quote, _OF_PARAGRAPH)


# ----------------------------------------------------------------------------- in its paragraph


def print_quote(
    quoted: Quoted,
    audit: Audit,
    who: list[Part],
    file: str | None,
    text: SourceText | None,
    screen: Screen,
) -> None:
    """One quote: who says it, where, what became of it, and the paragraph that it stands in."""
    screen.line(*who)
    place = place_words(quoted.evidence, audit, file)
    told = result_words(audit, text)
    screen.line(f"“{quoted.quote}”", quiet(f"  {place} · "), word(told), indent=2)
    if text is None:
        return
    if audit.near is not None:
        print_nearest(audit.near, text, screen, 2)
        _print_paragraph(text, audit.near.line, (audit.near.stretch,), screen)
    for passage in audit.found[:_LINES]:
        _print_paragraph(text, passage.line, passage.parts, screen)
    if len(audit.found) > _LINES:
        screen.line(quiet(f"and in {len(audit.found) - _LINES:,} places more"), indent=2)


def _print_paragraph(
    text: SourceText, line: int, parts: tuple[Stretch, ...], screen: Screen
) -> None:
    around = _paragraph(text, Stretch(parts[0].start, parts[-1].end))
    screen.line()
    screen.line(quiet(line_words(line, text)), indent=4)
    screen.line(*_marked(text.text, around, parts), indent=4)


# ------------------------------------------------------------------------------------ for programs


def quote_row(quoted: Quoted, audit: Audit, text: SourceText | None) -> Json:
    """A quote with its result, as ``show`` and ``quote`` give it beside the contract's objects."""
    sentence = paragraph = None
    if text is not None and audit.found:
        whole = audit.found[0].whole
        sentence = _span(text, sentence_around(text.text, whole))
        paragraph = _span(text, _paragraph(text, whole))
    page = None if text is None or audit.line is None else text.page_of(audit.line)
    return {
        "claim": quoted.claim,
        "item": quoted.index,
        "source": quoted.evidence.source,
        "quote": quoted.quote,
        "result": str(audit.result),
        "line": audit.line,
        "page": page,
        "lines": [passage.line for passage in audit.found],
        "why": audit.why or None,
        "sentence": sentence,
        "paragraph": paragraph,
        "nearest": None if audit.near is None or text is None else _nearest(audit.near, text),
    }


def _nearest(near: Near, text: SourceText) -> Json:
    return {
        "line": near.line,
        "text": _span(text, near.stretch),
        "difference": [
            {"quote": each.quote, "source": each.source, "same": each.same}
            for each in near.difference
        ],
    }


def _span(text: SourceText, stretch: Stretch) -> str:
    return text.text[stretch.start : stretch.end]


def quotes_words(totals: Counter[AuditResult]) -> str:
    """``3 quotes: 2 exact, 1 unchecked``."""
    total = totals.total()
    return f"{count(total, 'quote')}: {totals_words(totals)}" if total else "no quotes"

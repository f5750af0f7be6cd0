"""What a text has in place of a quote that it does not have."""

from __future__ import annotations

from claimtrack.quotes.audit import Audit, AuditResult, Near, Stretch
from claimtrack.quotes.difference import Row, difference, unmatched_ends
from claimtrack.quotes.nearest import Search, Window
from claimtrack.quotes.sentences import paragraph_around
from claimtrack.quotes.text import SourceText
from claimtrack.quotes.words import Words

_SHOWN = 2
"""Words that a passage must share with a missing quote to be worth showing."""


def audit_by_words(quote: str, text: SourceText) -> Audit:
    """Altered or missing, with the passage that is nearest."""
    words = Words(quote)
    compared = [words.word(index) for index in range(len(words))]
    window = Search(compared, text.words, text.blocks).nearest() if compared else None
    if window is None:
        return Audit(AuditResult.MISSING)
    if 2 * window.shared >= len(compared):
        return Audit(AuditResult.ALTERED, near=_near(quote, words, text, window))
    near = _near(quote, words, text, window) if window.shared >= _SHOWN else None
    return Audit(AuditResult.MISSING, near=near)


def _near(quote: str, words: Words, text: SourceText, window: Window) -> Near:
    first, count = _shown(words, text, window)
    stretch = _stretch(text, first, count)
    for bare in (True, False):
        changes = difference(
            Row.of(quote, words, 0, len(words), bare),
            Row.of(text.text, text.words, first, count, bare),
        )
        # Punctuation at the ends is told only where nothing else differs.
        if not all(each.same for each in changes):
            break
    line = text.line_of(stretch.start)
    return Near(line, stretch.start - text.line_starts[line - 1] + 1, stretch, changes)


def _shown(words: Words, text: SourceText, window: Window) -> tuple[int, int]:
    """The window with what stands in its paragraph for the quote's words before and after it.

    It is the shortest passage that shares so much: what the source has in place of the quote's
    first and last words is outside it. Its first word, and how many.
    """
    last = window.start + window.length
    before, after = unmatched_ends(
        [words.word(index) for index in range(len(words))],
        [text.words.word(index) for index in range(window.start, last)],
    )
    paragraph = text.words.within(
        paragraph_around(text.text, _stretch(text, window.start, window.length))
    )
    room = len(words) * 3 // 2 - window.length
    after = min(after, room, paragraph.stop - last)
    before = min(before, room - after, window.start - paragraph.start)
    return window.start - before, before + window.length + after


def _stretch(text: SourceText, first: int, count: int) -> Stretch:
    return Stretch(text.words.bare(first).start, text.words.bare(first + count - 1).end)

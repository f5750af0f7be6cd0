"""What a text has in place of a quote that it does not have."""

from __future__ import annotations

from claimtrack.quotes.audit import Audit, AuditResult, Near, Stretch
from claimtrack.quotes.difference import Row, difference
from claimtrack.quotes.nearest import Search, Window
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
    first, last = window.start, window.start + window.length - 1
    stretch = Stretch(text.words.bare(first).start, text.words.bare(last).end)
    for bare in (True, False):
        changes = difference(
            Row.of(quote, words, 0, len(words), bare),
            Row.of(text.text, text.words, first, window.length, bare),
        )
        # Punctuation at the ends is told only where nothing else differs.
        if not all(each.same for each in changes):
            break
    return Near(text.line_of(stretch.start), stretch, changes)

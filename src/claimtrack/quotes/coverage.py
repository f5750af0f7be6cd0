"""How much of a text is quoted: its sentences with their words, and those that a quote has."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable

from claimtrack.frozen import frozen
from claimtrack.quotes.audit import Stretch
from claimtrack.quotes.sentences import sentences
from claimtrack.quotes.text import SourceText
from claimtrack.quotes.word_spans import WordSpans, word_spans


@frozen
class SentenceCover:
    """A sentence, the line that it begins on, and how many of its words are quoted of how many."""

    stretch: Stretch
    line: int
    words: int
    quoted: int


@frozen
class Coverage:
    """A text's sentences, in its order; what has no word in it is none."""

    sentences: tuple[SentenceCover, ...]

    @property
    def overlooked(self) -> tuple[SentenceCover, ...]:
        """The sentences of which no word is quoted."""
        return tuple(each for each in self.sentences if not each.quoted)

    @property
    def quoted(self) -> int:
        """How many sentences have a quoted word."""
        return len(self.sentences) - len(self.overlooked)

    @property
    def words(self) -> int:
        """How many words the text has."""
        return sum(each.words for each in self.sentences)

    @property
    def words_quoted(self) -> int:
        """How many of them are quoted."""
        return sum(each.quoted for each in self.sentences)


def cover(text: SourceText, quoted: Iterable[Stretch]) -> Coverage:
    """A text's sentences with the words that stretches of it cover, in whole or in part."""
    words = word_spans(text.text)
    covered = _covered_before(words, merged(quoted))
    found = []
    for sentence in sentences(text.text):
        inside = words.within(sentence)
        if inside:
            line = text.line_of(words.starts[inside.start])
            quotes = covered[inside.stop] - covered[inside.start]
            found.append(SentenceCover(sentence, line, len(inside), quotes))
    return Coverage(tuple(found))


def merged(stretches: Iterable[Stretch]) -> list[Stretch]:
    """The stretches in order, those that share a code point or touch made one."""
    joined: list[Stretch] = []
    for each in sorted(stretches, key=lambda stretch: (stretch.start, stretch.end)):
        if joined and each.start <= joined[-1].end:
            joined[-1] = Stretch(joined[-1].start, max(joined[-1].end, each.end))
        elif each.start < each.end:
            joined.append(each)
    return joined


def _covered_before(words: WordSpans, quoted: list[Stretch]) -> list[int]:
    """For each word, and for the end, how many of the words before it are covered."""
    starts = [each.start for each in quoted]
    before = [0]
    for start, end in zip(words.starts, words.ends, strict=True):
        last = bisect_left(starts, end) - 1
        before.append(before[-1] + (last >= 0 and quoted[last].end > start))
    return before

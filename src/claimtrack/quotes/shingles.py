"""Passages that texts share word for word, found by runs of so many words ("shingles").

Broder, "On the resemblance and containment of documents" (1997). The shingles of all texts stand in
one inverted index, so that only texts that share some are ever compared. The work grows with the
texts and not with their pairs: what one text has again and again tells nothing, and what very many
texts have is compared with the first of them alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import combinations, product

from claimtrack.frozen import frozen
from claimtrack.progress import Tell, counted, quiet
from claimtrack.quotes.characters import folded
from claimtrack.quotes.word_spans import WordSpans, word_spans

LENGTH = 6
"""Words of a shingle."""
MOST_TEXTS = 8
"""Of a shingle that more texts have, each is compared with the first that has it, and no others."""
MOST_PLACES = 4
"""A shingle that one text has more often tells nothing."""


@frozen
class Shared:
    """A maximal run of shared words: its first word in each of two texts, and how many it has."""

    one: int
    other: int
    words: int


@frozen
class Pair:
    """Two texts that share passages, by their keys in the order given, and the passages.

    Those are in the order of the first text; some may overlap where a text repeats itself.
    """

    one: str
    other: str
    passages: tuple[Shared, ...]


@frozen
class Words:
    """The words of a text as they are compared, and where each stands."""

    spans: WordSpans
    folded: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.folded)


def words_of(text: str) -> Words:
    """The words of a text."""
    spans = word_spans(text)
    written = [text[start:end] for start, end in zip(spans.starts, spans.ends, strict=True)]
    forms = {word: folded(word) for word in set(written)}
    return Words(spans, tuple(forms[word] for word in written))


def shared_passages(
    texts: Mapping[str, Words], length: int = LENGTH, tell: Tell = quiet
) -> list[Pair]:
    """The pairs of texts that share a shingle, with all runs of shared shingles.

    Time and room grow with the number of words.
    """
    seeds: dict[tuple[str, str], list[tuple[int, int]]] = defaultdict(list)
    for by_text in _places(texts, length, tell):
        for one, other in _paired(list(by_text)):
            seeds[one, other] += product(by_text[one], by_text[other])
    order = {key: number for number, key in enumerate(texts)}
    return [
        Pair(one, other, tuple(_runs(found, length)))
        for (one, other), found in sorted(
            seeds.items(), key=lambda each: (order[each[0][0]], order[each[0][1]])
        )
    ]


def _paired(keys: Sequence[str]) -> Iterable[tuple[str, str]]:
    """The pairs of texts to compare, of those that share a shingle."""
    if len(keys) <= MOST_TEXTS:
        return combinations(keys, 2)
    return ((keys[0], key) for key in keys[1:])


def _places(
    texts: Mapping[str, Words], length: int, tell: Tell
) -> Iterable[Mapping[str, Sequence[int]]]:
    """For each shingle that several texts have, where it stands in each of them."""
    worth = _hashes_of_several(texts.values(), length, tell)
    index: dict[tuple[str, ...], dict[str, list[int]]] = {}
    for key, words in counted(texts.items(), "looking for shared passages", tell):
        for at, shingle in enumerate(_shingles(words, length)):
            if hash(shingle) in worth:
                index.setdefault(shingle, {}).setdefault(key, []).append(at)
    for by_text in index.values():
        yield {key: held for key, held in by_text.items() if len(held) <= MOST_PLACES}


def _hashes_of_several(texts: Collection[Words], length: int, tell: Tell) -> set[int]:
    """The hashes of shingles that more than one text has; numbers, since most have only one."""
    seen: set[int] = set()
    again: set[int] = set()
    for words in counted(texts, "comparing sources with one another", tell):
        own = set(map(hash, _shingles(words, length)))
        again |= own & seen
        seen |= own
    return again


def _shingles(words: Words, length: int) -> Iterable[tuple[str, ...]]:
    return zip(*(words.folded[offset:] for offset in range(length)), strict=False)


def _runs(seeds: Iterable[tuple[int, int]], length: int) -> list[Shared]:
    """Seeds that follow one another in both texts, made one."""
    runs: list[Shared] = []
    for one, other in sorted(seeds, key=lambda seed: (seed[0] - seed[1], seed[0])):
        last = runs[-1] if runs else None
        if (
            last is not None
            and last.one - last.other == one - other
            and (one == last.one + last.words - length + 1)
        ):
            runs[-1] = Shared(last.one, last.other, last.words + 1)
        else:
            runs.append(Shared(one, other, length))
    return sorted(runs, key=lambda run: (run.one, run.other))

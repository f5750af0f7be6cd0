"""Names that are spelt alike. The only module that knows RapidFuzz: it suggests, and never decides.

Names are compared word by word, in whatever order: "defense ministry of Russia" is spelt like
"Russian Ministry of Defence". Two words are alike if little of them differs; short ones only if two
neighbouring letters have changed places, so that Iran is not Iraq; a word with a digit only if it
is the same.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from unicodedata import combining, normalize

from claimtrack.frozen import frozen
from claimtrack.values.names import fold

ALIKE = 0.78
"""How much of two words must be the same, by Damerau and Levenshtein's distance.

Kokshetau and Kokchetav have 0.89 once their letters are evened out, Mangystau and Mangistau 1.00;
Austria and Australia, the nearest that should not pass, 0.777….
"""

_SHORT = 4
_MANY = 8
"""Up to so many words are taken for spellings of one."""

_NEIGHBOURS = 200
"""So many words of one length are looked at on either side of one, in the alphabet."""

_WORD = re.compile(r"[^\W_]+")
_EMPTY = frozenset({"the", "of", "and", "a", "an", "for", "de", "la"})

# What transliterations differ in before anything else: Gurulyov is Gurulev, Belousoff is Belousov.
_EVENED = (("yo", "e"), ("ff", "v"), ("kh", "h"), ("ch", "sh"), ("q", "k"), ("y", "i"), ("j", "i"))

Words = tuple[str, ...]


def words_of(name: str) -> Words:
    """The words of a name as they are compared: folded, without marks, in alphabetical order."""
    text = normalize("NFKD", fold(name)).replace("'", "").replace("’", "")
    found = _WORD.findall("".join(sign for sign in text if not combining(sign)))
    return tuple(sorted([_even(word) for word in found if word not in _EMPTY]))


def _even(word: str) -> str:
    if len(word) <= _SHORT:
        return word
    for letters, instead in _EVENED:
        word = word.replace(letters, instead)
    return word


@frozen
class Name:
    """A name as it is declared or written, and what goes by it."""

    text: str
    key: str


class Spellings:
    """Names, found again by names that are spelt like them."""

    def __init__(self, names: Iterable[Name]) -> None:
        self._names: dict[Words, list[Name]] = {}
        for name in names:
            if words := words_of(name.text):
                self._names.setdefault(words, []).append(name)
        self._with: dict[str, list[Words]] = {}
        for words in self._names:
            for word in set(words):
                self._with.setdefault(word, []).append(words)
        self._lexicon = _Lexicon(self._with)

    def like(self, text: str) -> Iterator[Name]:
        """All that are spelt like this one, a name with the very same words included."""
        words = words_of(text)
        if not words:
            return
        alike = {word: self._lexicon.like(word) for word in set(words)}
        # Each word has to be found again, so it is enough to look where the rarest is.
        rarest = min(alike, key=lambda word: sum(len(self._with[w]) for w in alike[word]))
        seen: set[Words] = set()
        for word in sorted(alike[rarest]):
            for other in self._with[word]:
                if other not in seen and _match(words, other, alike):
                    seen.add(other)
                    yield from self._names[other]


def _match(words: Words, others: Words, alike: Mapping[str, frozenset[str]]) -> bool:
    """Whether the words of two names pair off."""
    if len(words) != len(others):
        return False
    left = list(others)
    for word in sorted(words, key=lambda word: (word not in others, word)):
        found = word if word in left else next((o for o in left if o in alike[word]), None)
        if found is None:
            return False
        left.remove(found)
    return True


class _Lexicon:
    """The words of all names, by first letter and length, for those that are spelt like one."""

    def __init__(self, words: Iterable[str]) -> None:
        self._known: set[str] = set(words)
        self._shelves: dict[tuple[str, int], list[str]] = {}
        for word in sorted(self._known):
            self._shelves.setdefault((word[0], len(word)), []).append(word)

    def like(self, word: str) -> frozenset[str]:
        """The words that are spelt like it, itself among them if it is known."""
        itself = {word} & self._known
        if any(sign.isdigit() for sign in word):
            return frozenset(itself)
        if len(word) <= _SHORT:
            return frozenset(itself | (_swapped(word) & self._known))
        from rapidfuzz.distance import DamerauLevenshtein
        from rapidfuzz.process import extract

        found = extract(
            word,
            list(self._candidates(word)),
            scorer=DamerauLevenshtein.normalized_similarity,
            score_cutoff=ALIKE,
            limit=_MANY,
        )
        return frozenset(itself | {other for other, _, _ in found})

    def _candidates(self, word: str) -> Iterator[str]:
        """Words of nearly the same length; of very many, those next to it in the alphabet."""
        least = max(math.ceil(len(word) * ALIKE), _SHORT + 1)
        for length in range(least, math.floor(len(word) / ALIKE) + 1):
            shelf = self._shelves.get((word[0], length), [])
            at = bisect_left(shelf, word)
            yield from shelf[max(at - _NEIGHBOURS, 0) : at + _NEIGHBOURS]


def _swapped(word: str) -> set[str]:
    """A word with two neighbouring letters in each other's place, in every way."""
    return {word[:i] + word[i + 1] + word[i] + word[i + 2 :] for i in range(len(word) - 1)}

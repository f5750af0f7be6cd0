"""Passages that texts share: against all pairs of places, and in time that grows with the texts."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimtrack.quotes.shingles import (
    MOST_PLACES,
    MOST_TEXTS,
    Pair,
    Shared,
    Words,
    shared_passages,
    words_of,
)
from claimtrack.quotes.speech import quotations

LENGTH = 3


def all_pairs(texts: dict[str, Words], length: int) -> list[Pair]:
    """What two texts share, by comparing every place of the one with every place of the other."""
    found = []
    for one, other in combinations(texts, 2):
        seeds = {
            (i, j)
            for i in places(texts[one], length)
            for j in places(texts[other], length)
            if texts[one].folded[i : i + length] == texts[other].folded[j : j + length]
        }
        runs = []
        for i, j in sorted(seeds):
            if (i - 1, j - 1) not in seeds:
                extent = 0
                while (i + extent, j + extent) in seeds:
                    extent += 1
                runs.append(Shared(i, j, extent + length - 1))
        if runs:
            found.append(Pair(one, other, tuple(runs)))
    return found


def places(words: Words, length: int) -> list[int]:
    """Where a shingle begins that the text does not have again and again."""
    starts = range(len(words) - length + 1)
    shingles = [words.folded[at : at + length] for at in starts]
    return [at for at in starts if shingles.count(shingles[at]) <= MOST_PLACES]


TEXTS = st.lists(
    st.lists(st.sampled_from(["a", "b", "c", "d", "e", "f", "g"]), max_size=40).map(" ".join),
    min_size=2,
    max_size=MOST_TEXTS,
)


@given(TEXTS)
def test_the_same_is_found_as_by_comparing_all_pairs(texts: list[str]) -> None:
    words = {f"text-{number}": words_of(text) for number, text in enumerate(texts)}
    assert shared_passages(words, LENGTH) == all_pairs(words, LENGTH)


@given(st.lists(st.sampled_from(["a", "b", "c"]), min_size=LENGTH, max_size=12))
def test_of_very_many_texts_each_is_compared_with_the_first(words: list[str]) -> None:
    text = words_of(" ".join(words))
    texts = {str(number): text for number in range(MOST_TEXTS + 1)}
    found = shared_passages(texts, LENGTH)
    assert {pair.one for pair in found} <= {"0"}
    assert [pair.other for pair in found] in ([], [str(n) for n in range(1, MOST_TEXTS + 1)])


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("the Ferry left at dawn", "THE FERRY LEFT, at dawn."),
        ("the port’s ferry left", "the port's ferry left"),
        ("the café closed again", "the cafe\u0301 closed again"),
        ("the ferry left\nat dawn", "the ferry   left at dawn"),
        ("埠頭を離れた", "埠頭を離れた"),
    ],
)
def test_words_are_the_same_whatever_their_case_marks_and_spaces(one: str, other: str) -> None:
    words = {"one": words_of(one), "other": words_of(other)}
    [pair] = shared_passages(words, LENGTH)
    assert pair.passages == (Shared(0, 0, len(words["one"])),)
    assert len(words["one"]) == len(words["other"])


def test_a_passage_says_where_it_stands() -> None:
    text = "Early on Monday the ferry left at dawn."
    words = {"one": words_of(text), "other": words_of("They say the ferry left.")}
    [pair] = shared_passages(words, LENGTH)
    stretch = words["one"].spans.stretch(pair.passages[0].one, pair.passages[0].words)
    assert text[stretch.start : stretch.end] == "the ferry left"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("He said “it sank” and left.", ["“it sank”"]),
        ('He said "it sank" and "so what" and left.', ['"it sank"', '"so what"']),
        ("Er sagte: „Es sank.“ Dann ging er.", ["„Es sank.“"]),
        ("Il dit « il a coulé » et partit.", ["« il a coulé »"]),
        ("the captain’s ‘final and the crew’s’ word", ["‘final and the crew’s’"]),
        ("He said “it sank\n\nand left.” It was over.", []),
        (
            "He said “it sank.\n\n“And then we swam.” It was over.",
            ["“it sank.\n\n“And then we swam.”"],
        ),
        ('"It sank.\n \n"And then we swam." Over.', ['"It sank.\n \n"And then we swam."']),
        ("a line that\nends “in the\nmiddle” of it", ["“in the\nmiddle”"]),
        ('5" of rain\n\nand 6" of snow', []),
    ],
)
def test_speech_is_what_stands_between_marks(text: str, said: list[str]) -> None:
    assert [text[each.start : each.end] for each in quotations(text)] == said

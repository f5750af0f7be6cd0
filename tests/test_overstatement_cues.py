"""What spares a sound claim the full check never hides what that would say of another."""

from __future__ import annotations

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from claimtrack.findings.english.tokens import folded_words, is_latin, tokens
from claimtrack.findings.overstatement.amounts import Known, has_figures, unknown_figures
from claimtrack.findings.overstatement.checking import OverstatementCheck
from claimtrack.findings.overstatement.phrases import Phrases
from claimtrack.findings.overstatement.words import LISTS, Words, built_in, make_words
from claimtrack.frozen import fields_of, replace
from claimtrack.model import Claim, Stance
from claimtrack.reading.register import read_register
from conftest import Write

LISTED = {name: built_in(name) for name in LISTS}
PLAIN = [
    "the",
    "a",
    "ship",
    "sank",
    "port",
    "city",
    "minister",
    "crew",
    "of",
    "in",
    "that",
    "was",
    "sold",
]
FIGURES = ["7,500", "12", "2024", "14 July 2024", "2024-07-14", "third", "two million", "a dozen"]
FIGURES += [
    "04:10",
    "4.10 a.m.",
    "50%",
    "1,000km",
    "1990s",
    "last week",
    "seven and a half thousand",
]
NAMES = ["Harbour Board", "Corrin", "Anna Moss", "T-72", "NATO", "May", "Straße", "İzmir", "Ёлка"]
SPELT = ["isn't", "can’t", "cannot", "won't", "un-likely", "non-lethal", "poßibly", "ﬁve", "not…"]
GAPS = [" ", " ", " ", " ", ", ", "; ", ". ", " — ", "… ", " “", "” ", " (", "-", "'", "’", "\n"]

HEAD = """
sources: {s: {title: News, published: 2024-07}, other: {publisher: Moss}, german: {language: de}}
entities:
  board: {name: Harbour Board, kind: institution}
  corrin: {name: Corrin, kind: place, part_of: westmark}
  westmark: {name: Westmark, kind: place}
  crew: {name: unnamed sailors, anonymous: true}
claims:
  - {id: a, statement: x, evidence: [{source: s, stance: asserts, quote: x}]}
"""


def _phrases(entry: str) -> st.SearchStrategy[str]:
    """What an entry of a list stands for."""
    steps = [
        st.just("old ship") if word == "…" else st.sampled_from(word.split("/"))
        for word in entry.split()
    ]
    return st.tuples(*steps).map(" ".join)


def _texts() -> st.SearchStrategy[str]:
    """Texts of the lists' phrases, figures, dates, names and plain words."""
    listed = st.sampled_from([entry for name in LISTS for entry in LISTED[name]])
    part = st.one_of(
        st.sampled_from(PLAIN),
        listed.flatmap(_phrases),
        st.sampled_from([*FIGURES, *NAMES, *SPELT]),
    )
    written = st.tuples(part, st.sampled_from(GAPS), st.booleans()).map(
        lambda each: (each[0].capitalize() if each[2] else each[0]) + each[1]
    )
    return st.tuples(st.lists(written, min_size=1, max_size=9), st.sampled_from(["", "."])).map(
        lambda each: "".join(each[0]).strip() + each[1]
    )


def _attentive(words: Words, of: list[str]) -> Words:
    """The same lists, to which every word of some texts may be the sign of something."""
    every = frozenset(token.text for text in of for token in tokens(text))
    attentive: dict[str, Any] = {
        key: replace(held, cues=every)
        for key, held in fields_of(words).items()
        if isinstance(held, Phrases)
    }
    return replace(words, **attentive)


def _claims(only: Claim) -> st.SearchStrategy[Claim]:
    """Claims that say something, on up to three items of evidence."""
    texts = _texts()
    items = st.builds(
        lambda source, stance, by, quote: replace(
            only.evidence[0], source=source, stance=stance, by=by, quote=quote
        ),
        st.sampled_from(["s", "s", "other", "german"]),
        st.sampled_from([Stance.ASSERTS, Stance.ASSERTS, Stance.REPORTS, *Stance]),
        st.sampled_from([None, None, "board", "crew"]),
        texts,
    )
    return st.builds(
        lambda statement, kind, evidence: replace(
            only, statement=statement, kind=kind, evidence=tuple(evidence)
        ),
        texts,
        st.sampled_from(["event", "forecast", "utterance"]),
        st.lists(items, min_size=1, max_size=3),
    )


def test_no_claim_passes_that_a_full_look_would_stop(register: Write) -> None:
    read = read_register(register(HEAD)).register
    words = make_words(LISTED)

    @settings(max_examples=250)
    @given(_claims(read.claims["a"]), st.lists(st.one_of(st.none(), _texts()), max_size=2))
    def told_alike(claim: Claim, around: list[str | None]) -> None:
        quotes = [each.quote or "" for each in claim.evidence]
        held = {
            index: f"{before} {quotes[index]}"
            for index, before in enumerate(around[: len(quotes)])
            if before is not None
        }
        attentive = _attentive(words, [claim.statement, *quotes, *held.values()])
        full = OverstatementCheck(read, attentive).check(claim, held.get)
        assert OverstatementCheck(read, words).check(claim, held.get) == full

    told_alike()


@given(_texts())
def test_a_text_with_a_phrase_has_a_word_that_announces_it(text: str) -> None:
    said = folded_words(text)
    for held in fields_of(make_words(LISTED)).values():
        if isinstance(held, Phrases) and held.cues.isdisjoint(said):
            assert list(held.find(tokens(text))) == []


@given(st.one_of(_texts(), st.text(), st.text("aé'’-–.,…1٣ß½%n tTſ")))
def test_words_alone_are_those_of_the_tokens(text: str) -> None:
    assert folded_words(text) == [token.text for token in tokens(text)]


@given(st.one_of(_texts(), st.text(), st.text("aéжЖ中1 -ʔ")))
def test_a_text_is_latin_if_most_of_its_letters_are(text: str) -> None:
    letters = [sign for sign in text if sign.isalpha()]
    assert is_latin(text) == (2 * sum(sign < "\u0250" for sign in letters) > len(letters))


@given(_texts())
def test_what_has_no_figures_gives_none_that_is_unknown(text: str) -> None:
    statement, words = tokens(text), make_words(LISTED)
    if not has_figures(statement, words):
        known = Known([], [], words)
        assert list(unknown_figures(statement, frozenset(), known, words)) == []

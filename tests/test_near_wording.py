"""Statements that differ in little, names that are spelt alike, and the words they are told by."""

from __future__ import annotations

import json
import math
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimtrack.findings.english.figures import find_figures
from claimtrack.findings.english.lexicon import (
    months,
    negations,
    number_words,
    opposites,
    stem,
    stops,
)
from claimtrack.findings.english.tokens import tokens
from claimtrack.findings.near import similarity
from claimtrack.findings.near.similarity import alike
from claimtrack.findings.near.spelling import Name, Spellings
from conftest import PROJECT, Run, Write

HEAD = """
entities:
  belousov: {name: Andrei Belousov, kind: person, aliases: [Belousov]}
  kazakhstan: {name: Kazakhstan, aliases: [the steppe republic]}
  russia: {name: Russia}
  ukraine: {name: Ukraine}
  china: {name: China}
  almaty: {name: Almaty}
  base-201: {name: 201st base}
  birlestik-2024: {name: Birlestik-2024}
claims:
"""


@pytest.fixture
def differences(register: Write, claimtrack: Run) -> Any:
    """Why two statements are near each other; None where they are not."""

    def run(one: str, other: str, more: str = "", more_of_other: str = "") -> str | None:
        rows = (("a", one, more), ("b", other, more_of_other))
        register(
            HEAD + "".join(f"  - {{id: {k}, statement: {json.dumps(s)}{m}}}\n" for k, s, m in rows)
        )
        result = claimtrack("conflicts", "--near", "--format", "json")
        assert (result.status, result.err) == (0, "")
        found = json.loads(result.out)["near"]
        assert len(found) < 2
        return found[0]["why"] if found else None

    return run


# ------------------------------------------------------------------------------------- the evidence


def _pairs() -> list[tuple[bool, str, str]]:
    text = (Path(__file__).parent / "near_statements.txt").read_text("utf-8")
    lines = [line for line in text.splitlines() if line.startswith(("+ ", "- "))]
    return [(line[0] == "+", *line[2:].split(" | ", 1)) for line in lines]  # type: ignore[misc]


def test_most_of_what_is_suggested_is_worth_a_look_and_little_is_missed(differences: Any) -> None:
    pairs = _pairs()
    assert len(pairs) >= 40
    assert 20 <= sum(wanted for wanted, _, _ in pairs) <= len(pairs) - 20
    told = [differences(one, other) is not None for _, one, other in pairs]
    both = sum(wanted and found for (wanted, _, _), found in zip(pairs, told, strict=True))
    precision, recall = both / sum(told), both / sum(wanted for wanted, _, _ in pairs)
    assert (round(precision, 2), round(recall, 2)) == (0.93, 0.93)


def test_the_shipped_register_says_nothing_in_words_that_nearly_conflict(claimtrack: Run) -> None:
    result = claimtrack(
        "--register", str(PROJECT / "data"), "conflicts", "--near", "--format", "json"
    )
    found = json.loads(result.out)["near"]
    assert [(each["rule"], each["subject"], each["property"]) for each in found] == [
        ("tolerance", "kazakhstan", "border-length"),
        ("during", "defence-minister-of-russia", "held-by"),
        ("during", "defence-minister-of-kazakhstan", "prior-service"),
    ]


# ----------------------------------------------------------------------------------------- the rule


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        (
            "Russia lost 40 tanks near Almaty.",
            "Near Almaty, Russia has lost 90 tanks.",
            "Both statements are about Almaty and Russia, in much the same words, "
            "and differ in a number (‘40’ against ‘90’).",
        ),
        (
            "The pipeline was closed on 3 March 2022.",
            "The pipeline was closed on March 5, 2022.",
            "The two statements are put in much the same words "
            "and differ in a date (‘3 March 2022’ against ‘March 5 2022’).",
        ),
        (
            "The harbour isn't guarded.",
            "The harbour is guarded.",
            "The two statements are put in much the same words "
            "and differ in a denial (only one says ‘not’).",
        ),
        (
            "Oil prices rose by 5 percent.",
            "Oil prices fell by 3 percent.",
            "The two statements are put in much the same words "
            "and differ in a number (‘5’ against ‘3’) and opposites (‘rose’ against ‘fell’).",
        ),
    ],
)
def test_what_two_statements_differ_in(one: str, other: str, why: str, differences: Any) -> None:
    assert differences(one, other) == why


ROSE, FELL = "Oil prices rose.", "Oil prices fell."


@pytest.mark.parametrize(
    ("more", "more_of_other", "near"),
    [
        (", when: 2022", ", when: 2022-03", True),
        (", when: 2022", ", when: 2023", False),  # of different times
        (", when: 2022", "", True),
        (", about: [china]", ", about: [China]", True),
        (", about: [china]", ", about: [china, russia]", True),
        (", about: [china]", ", about: [russia]", False),
        (", about: [china, almaty]", ", about: [china, russia]", False),
        (", about: [china]", "", False),
        (", verdicts: [{rating: withdrawn}]", "", False),
        (", relations: [{type: states, claim: b}]", "", False),
    ],
)
def test_statements_share_entities_and_times(
    more: str, more_of_other: str, near: bool, differences: Any
) -> None:
    assert (differences(ROSE, FELL, more, more_of_other) is not None) is near


def test_an_entity_is_known_by_any_of_its_names(differences: Any) -> None:
    one, other = "The steppe republic's exports rose.", "Exports fell."
    assert differences(one, "Kazakhstan's exports fell.") is not None
    assert differences(one, other) is None
    assert differences(one, other, "", ", about: [kazakhstan]") is not None


def test_a_statement_may_have_no_word_but_names_and_figures(differences: Any) -> None:
    assert "a number (‘5,000’ against ‘7,000’)" in differences("5,000", "7,000")
    assert differences("!", "?") is None


def test_claims_with_structure_are_left_to_their_values(register: Write, claimtrack: Run) -> None:
    register(
        "entities: {oil: {name: oil price}}\nproperties: {trend: {type: text}}\nclaims:\n"
        f"  - {{id: a, statement: {ROSE}, asserts: {{subject: oil, property: trend, value: up}}}}\n"
        f"  - {{id: b, statement: {FELL}, about: [oil]}}\n"
    )
    assert claimtrack("conflicts", "--near").out == "Nothing nearly conflicts.\n"


# ---------------------------------------------------------------------------------- taking it apart


@pytest.mark.parametrize(
    ("text", "amounts", "dates"),
    [
        ("about 7,500 soldiers", [7500], []),
        ("two million dollars", [2_000_000], []),
        ("1.5 million people", [1_500_000], []),
        ("twenty-five tanks and a dozen guns", [25, 12], []),
        ("three hundred and forty thousand", [340_000], []),
        ("two hundred fifty", [250], []),
        ("a 10-day visit", [10], []),
        ("6.3% growth", [Fraction(63, 10)], []),
        ("in 2024", [], ["2024"]),
        ("some 2000 soldiers", [2000], []),
        ("on 14 July 2024", [], ["14 July 2024"]),
        ("on the 14th of July", [], ["14th of July"]),
        ("July 14, 2024", [], ["July 14 2024"]),
        ("since May 2022", [], ["May 2022"]),
        ("it may rain", [], []),
        ("on 2024-07-14", [], ["2024-07-14"]),
        ("T-72 tanks, Article 5 and the 58th Army", [], []),
        ("no one of the five, one of them", [5], []),
        ("one soldier", [1], []),
        (f"{'9' * 5000} soldiers", [], []),
    ],
)
def test_figures_of_a_statement(text: str, amounts: list[int], dates: list[str]) -> None:
    found = find_figures(tokens(text), frozenset())
    assert [each.number for each in found.amounts] == amounts
    assert [each.text for each in found.dates] == dates


def test_every_entry_of_a_list_stands_once() -> None:
    folder = PROJECT / "src" / "claimtrack" / "findings" / "english" / "words"
    lists = {path.stem: path.read_text("utf-8").splitlines() for path in folder.glob("*.txt")}
    assert lists.keys() == {"antonyms", "months", "negations", "numbers", "stops"}
    for lines in lists.values():
        assert len(lines) == len(set(lines))
        assert all(line == line.strip().lower() and line for line in lines)
    assert len(months()) == 12
    assert number_words()["dozen"] == 12
    assert not negations() & stops()


def test_every_opposite_is_on_one_side_of_one_pair() -> None:
    path = PROJECT / "src" / "claimtrack" / "findings" / "english" / "words" / "antonyms.txt"
    seen: dict[str, tuple[int, int]] = {}
    pairs = [line.split(" | ") for line in path.read_text("utf-8").splitlines()]
    assert len(pairs) >= 150
    for number, sides in enumerate(pairs):
        assert len(sides) == 2
        for side, words in enumerate(sides):
            for word in words.split():
                assert seen.setdefault(stem(word), (number, side)) == (number, side), word
    assert seen.keys() == opposites().keys()


@pytest.mark.parametrize(
    "forms",
    [
        "rise rises rising",
        "deny denies denied denying",
        "stop stops stopped stopping",
        "close closes closed closing",
        "attack attacks attacked attacking",
        "clash clashes clashed",
        "weapon weapons",
    ],
)
def test_the_forms_of_a_word_have_one_stem(forms: str) -> None:
    assert len({stem(form) for form in forms.split()}) == 1


SETS = st.lists(st.frozensets(st.sampled_from("abcdefghij"), max_size=7), max_size=25)


@given(SETS, st.sampled_from([Fraction(1, 2), Fraction(3, 5), Fraction(1)]))
def test_alike_sets_are_found_as_by_comparing_all(
    sets: list[frozenset[str]], share: Fraction
) -> None:
    expected = {
        frozenset((one, other))
        for one in range(len(sets))
        for other in range(one)
        if sets[one] | sets[other]
        and Fraction(len(sets[one] & sets[other]), len(sets[one] | sets[other])) >= share
    }
    found = [frozenset((i, other)) for i, others in alike(sets, share) for other in others]
    assert len(found) == len(set(found))
    assert set(found) == expected


def test_a_word_of_very_many_statements_brings_no_two_together(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(similarity, "COMMON", 3)
    sets = [frozenset({"flood", f"town{n}"}) for n in range(4)]
    assert [others for _, others in alike(sets, Fraction(1, 3))] == [[], [], [], []]
    assert sum(len(others) for _, others in alike(sets[:3], Fraction(1, 3))) == math.comb(3, 2)


# -------------------------------------------------------------------------------------- spelling


def _are_alike(one: str, other: str) -> bool:
    found = [
        bool(list(Spellings([Name(a, "key")]).like(b))) for a, b in ((one, other), (other, one))
    ]
    assert found[0] == found[1]
    return found[0]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Belousov", "Belyousov"),
        ("Belousov", "Belousoff"),
        ("Gurulyov", "Gurulev"),
        ("Tokayev", "Tokaev"),
        ("Shoigu", "Shoygu"),
        ("Kokshetau", "Kokchetav"),
        ("Mangystau", "Mangistau"),
        ("Kharkiv", "Kharkov"),
        ("Zelensky", "Zelenskiy"),
        ("Erdogan", "Erdoğan"),
        ("Xi'an", "Xian"),
        ("Irna", "Iran"),
        ("Andrei Belousov", "Belousov, Andrei"),
        ("Russian Ministry of Defence", "defense ministry of Russia"),
        ("Birlestik 2024", "birlestik-2024"),
    ],
)
def test_names_that_are_spelt_alike(one: str, other: str) -> None:
    assert _are_alike(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Iran", "Iraq"),
        ("north", "south"),
        ("northern Kazakhstan", "southern Kazakhstan"),
        ("Austria", "Australia"),
        ("Slovakia", "Slovenia"),
        ("Niger", "Nigeria"),
        ("Kazakhstan", "northern Kazakhstan"),
        ("North Korea", "South Korea"),
        ("minister of defence", "ministry of defence"),
        ("58th Army", "49th Army"),
        ("Birlestik-2023", "Birlestik-2024"),
        ("T72B3M", "T72B2M"),
        ("Medvedev", "Medvedchuk"),
        ("—", "…"),
    ],
)
def test_names_that_are_not(one: str, other: str) -> None:
    assert not _are_alike(one, other)

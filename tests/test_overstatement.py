"""Claims that say more than their quotes: what is warned of, what is not, and how well."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from claimtrack.diagnostic import Diagnostic
from claimtrack.findings.english.tokens import tokens
from claimtrack.findings.overstatement.checking import OverstatementCheck
from claimtrack.findings.overstatement.phrases import Match, phrases
from claimtrack.findings.overstatement.sayings import say
from claimtrack.findings.overstatement.words import LISTS, built_in, misshapen
from claimtrack.reading.register import read_register
from claimtrack.reading.words import WordsUnreadable, read_words
from conftest import PROJECT, Write
from overstatement_pairs import HALVES, judged_pairs, score

HEAD = """
sources:
  s: {title: News}
  other: {title: Other news}
  german: {language: de}
  us: {language: en-US}
entities:
  board: {name: Harbour Board, kind: institution}
  crew: {name: unnamed sailors, anonymous: true}
  corrin: {name: Corrin, kind: place, part_of: westmark}
  westmark: {name: Westmark, kind: place}
properties: {length: {type: number, unit: m}, open: {type: boolean}}
claims:
"""


@pytest.fixture
def overstated(register: Write) -> Any:
    """What is said of one claim, written as in a register; sentences are given by index."""

    def run(claim: str, *sentences: str | None, words: Path | None = None) -> list[Diagnostic]:
        main = register(f"{HEAD}  - {{id: a, {claim}}}\n")
        reading = read_register(main)
        assert reading.diagnostics == ()
        given = dict(enumerate(sentences))
        only = reading.register.claims["a"]
        return OverstatementCheck(reading.register, read_words(words)).check(only, given.get)

    return run


def _codes(found: list[Diagnostic]) -> list[str]:
    return [each.code for each in found]


# ------------------------------------------------------------------------------------- the evidence


def test_most_warnings_are_right_and_few_are_missing() -> None:
    pairs = judged_pairs()
    assert len(pairs) >= 80
    assert 2 * sum(not pair.expected for pair in pairs) >= len(pairs)
    halves = [[pair for pair in pairs if pair.half == half] for half in HALVES]
    for some in (pairs, *halves):
        found = score(some)
        assert found.precision >= 0.9
        assert found.recall >= 0.9


def test_the_benchmark_prints_precision_and_recall_for_each_code() -> None:
    script = PROJECT / "benchmarks" / "overstatement.py"
    run = subprocess.run([sys.executable, str(script)], check=True, capture_output=True, text=True)
    parts = [part.splitlines() for part in run.stdout.strip().split("\n\n")]
    assert [part[0].split(":")[0] for part in parts] == ["tuned", "held out", "both"]
    for part in parts:
        assert [row.split()[0] for row in part[1:]] == [
            *("code", "CT715", "CT716", "CT717", "CT718", "all")
        ]


# ----------------------------------------------------------------------------------- what is told

IGNORE = "or silence this with '# claimtrack: ignore {} because …'"


@pytest.mark.parametrize(
    ("claim", "message"),
    [
        (
            "statement: The line will close, evidence: [{source: s, quote: the line may close}]",
            "CT715: the statement is flat, and its quote is hedged ('may'); say stance: "
            f"speculates, hedge the statement, {IGNORE.format('CT715')}",
        ),
        (
            "statement: The line closed, evidence: [{source: s, quote: it reportedly closed}]",
            "CT715: the statement is flat, and its quote hands on the word of others "
            "('reportedly'); say with by: whose word it is (an anonymous entity will do), hedge "
            f"the statement, {IGNORE.format('CT715')}",
        ),
        (
            "statement: The line closed, evidence: [{source: s, quote: it denied the line closed}]",
            "CT716: what the statement takes from this quote is denied in 's' ('denied'); quote "
            f"all of it and say stance: denies, {IGNORE.format('CT716')}",
        ),
        (
            "statement: The line closes, evidence: [{source: s, quote: if the line closes}]",
            "CT716: what the statement takes from this quote is said on a condition only in 's' "
            f"('if'); quote all of it and say stance: speculates, {IGNORE.format('CT716')}",
        ),
        (
            "statement: The line closes, evidence: [{source: s, quote: they said the line closes}]",
            "CT716: what the statement takes from this quote is only reported in 's' ('said'); "
            f"say with by: who says so, {IGNORE.format('CT716')}",
        ),
        (
            "statement: The line closed, evidence: [{source: s, quote: the line closed}, "
            "{source: s, quote: the line may have closed, stance: speculates}]",
            "CT717: 's' says this flatly here, and elsewhere under this claim speculates; say "
            "stance: speculates of both, or with by: whose word each is, "
            f"{IGNORE.format('CT717')}",
        ),
        (
            "statement: The line closed, evidence: [{source: s, quote: the line closed}, "
            "{source: s, quote: the line possibly closed}]",
            "CT717: 's' says this flatly here, and elsewhere under this claim hedges it "
            "('possibly'); say stance: speculates of both, or with by: whose word each is, "
            f"{IGNORE.format('CT717')}",
        ),
        (
            "statement: 'In 1980 Dalby, Lorn and 12 ports closed', "
            "evidence: [{source: s, quote: Many ports closed.}]",
            "CT718: the statement has '1980', '12', 'Dalby' and 1 more, which its quotes have "
            f"not; quote what says so, leave it out, {IGNORE.format('CT718')}",
        ),
    ],
)
def test_a_warning_names_the_words_and_the_ways_out(
    claim: str, message: str, overstated: Any
) -> None:
    (found,) = overstated(claim)
    assert f"{found.code}: {found.message}" == message
    assert found.claim == "a"


def test_a_warning_stands_at_its_item(overstated: Any) -> None:
    claim = (
        "statement: It rains, evidence: [{source: s, quote: it rains},\n"
        "      {source: other, quote: it may rain}]"
    )
    (found,) = overstated(claim)
    assert found.place.line == HEAD.count("\n") + 3


# ----------------------------------------------------------------------------------- what is judged


@pytest.mark.parametrize(("source", "judged"), [("s", True), ("us", True), ("german", False)])
def test_english_only(source: str, judged: bool, overstated: Any) -> None:
    claim = f"statement: It will rain, evidence: [{{source: {source}, quote: it may rain}}]"
    assert bool(overstated(claim)) is judged


def test_another_script_is_another_language(overstated: Any) -> None:
    claim = "statement: In 1980 it rained, evidence: [{source: s, quote: Тогда шёл дождь.}]"
    assert overstated(claim) == []


@pytest.mark.parametrize(
    ("more", "codes"),
    [
        ("", ["CT715"]),
        (", kind: utterance", []),
        (", kind: event", ["CT715"]),
        (", kind: forecast", ["CT715"]),
    ],
)
def test_a_hedge_in_what_was_said_is_no_overstatement(
    more: str, codes: list[str], overstated: Any
) -> None:
    claim = f"statement: It will rain{more}, evidence: [{{source: s, quote: it may rain}}]"
    assert _codes(overstated(claim)) == codes


@pytest.mark.parametrize(
    ("item", "codes"),
    [
        ("quote: it may rain", ["CT715"]),
        ("quote: it may rain, by: crew", ["CT715"]),
        ("quote: it may rain, stance: speculates", []),
        ("quote: it may rain, stance: questions", []),
        ("quote: it may rain, stance: denies", []),
        ("quote: it is reportedly raining", ["CT715"]),
        ("quote: it is reportedly raining, by: crew", []),
        ("quote: nobody denied that it is raining", []),
    ],
)
def test_stance_and_speaker_decide(item: str, codes: list[str], overstated: Any) -> None:
    claim = f"statement: It is raining, evidence: [{{source: s, {item}}}]"
    assert _codes(overstated(claim)) == codes


@pytest.mark.parametrize(
    ("sentence", "codes"),
    [
        ("It is raining, sailors said.", ["CT716"]),
        ("Sailors said it is raining.", ["CT716"]),
        ("According to sailors, it is raining.", ["CT716"]),
        ("It is raining, and sailors said so.", []),
        ("Sailors said nothing; it is raining.", []),
    ],
)
@pytest.mark.parametrize("more", ["", ", stance: reports", ", by: crew"])
def test_who_speaks_may_stand_before_a_quote_or_after_it(
    more: str, sentence: str, codes: list[str], overstated: Any
) -> None:
    claim = f"statement: It is raining, evidence: [{{source: s, quote: it is raining{more}}}]"
    assert _codes(overstated(claim, sentence.replace("It is", "it is"))) == ([] if more else codes)


def test_what_was_taken_back_is_not_judged(overstated: Any) -> None:
    items = "[{source: s, quote: it may rain}, {source: s, stance: retracts, quote: no}]"
    assert overstated(f"statement: It rains, evidence: {items}") == []


def test_a_claim_that_negates_may_rest_on_a_denial(overstated: Any) -> None:
    claim = (
        "statement: The gate stayed shut, asserts: {subject: corrin, property: open, value: true, "
        "negated: true}, evidence: [{source: s, quote: the gate was open}]"
    )
    assert overstated(claim, "The keeper denied that the gate was open.") == []


@pytest.mark.parametrize(
    ("asserts", "judged"),
    [("", True), ("asserts: {subject: corrin, property: length, value: 5}, ", False)],
)
def test_the_subject_is_known_without_a_quote(asserts: str, judged: bool, overstated: Any) -> None:
    claim = f"statement: The pier of Corrin is long, {asserts}evidence: [{{source: s, quote: x}}]"
    found = overstated(claim.replace("x}", "A long pier was built.}"))
    assert bool(found) is judged


def test_an_item_without_a_quote_may_say_anything(overstated: Any) -> None:
    claim = (
        "statement: 12 ports closed, evidence: [{source: s, quote: Ports closed.}, {source: other}]"
    )
    assert overstated(claim) == []


def test_names_are_judged_only_where_the_sentence_is_known(overstated: Any) -> None:
    claim = "statement: The mill in Corrin burnt, evidence: [{source: s, quote: mill burnt}]"
    assert overstated(claim) == []
    assert _codes(overstated(claim, "A mill burnt.")) == ["CT718"]
    assert overstated(claim, "At Corrin a mill burnt.") == []


@pytest.mark.parametrize(
    ("statement", "quote", "known"),
    [
        ("7,500 boats", "seven and a half thousand boats", True),
        ("1.5 million boats", "1,500,000 boats", True),
        ("2 million boats", "2m boats", True),
        ("12 boats", "a dozen boats", True),
        ("about 100 boats", "104 boats", True),
        ("100 boats", "104 boats", False),
        ("more than 100 boats", "104 boats", True),
        ("fewer than 100 boats", "104 boats", False),
        ("the 3rd boat", "the third boat", True),
        ("the 4th boat", "the third boat", False),
        ("12 boats", "five boats and seven rafts", False),
        ("at 04:10", "at 4.10 a.m.", True),
        ("at 04:10", "at 4:10 pm", False),
        ("at 10:04", "at 04:10", False),
        ("at 04:30", "at 04:10, with 30 cars", False),
        ("30 cars", "at 04:30", False),
        ("at 4:10", "at 16:10", True),
        ("three boats", "the Gull, the Tern and the Auk", True),
        ("50 % of boats", "half of the boats", True),
        ("in July 2024", "in July", True),
        ("on 3 July", "on 4 July", False),
        ("on 3 July", "in July", False),
        ("in 2019", "last week", True),
        ("between 2019 and 2021", "from 2019 to 2021", True),
        ("a T-72 tank", "a tank", True),
    ],
)
def test_figures_are_compared_by_value(
    statement: str, quote: str, known: bool, overstated: Any
) -> None:
    claim = f'statement: "It was {statement}", evidence: [{{source: s, quote: "it was {quote}"}}]'
    assert _codes(overstated(claim, f"It was {quote}.")) == ([] if known else ["CT718"])
    assert overstated(claim) == []  # the rest of the sentence may say it


def test_the_year_of_a_date_may_be_that_of_the_source(register: Write) -> None:
    main = register(
        "sources: {s: {published: 2024-05-14}}\nclaims:\n"
        "  - {id: a, statement: Rain in July 2024, evidence: [{source: s, quote: Rain in July.}]}\n"
        "  - {id: b, statement: Rain in July 2019, evidence: [{source: s, quote: Rain in July.}]}\n"
    )
    read = read_register(main).register
    none: dict[int, str] = {}
    check = OverstatementCheck(read, read_words(None))
    found = [_codes(check.check(claim, none.get)) for claim in read.claims.values()]
    assert found == [[], ["CT718"]]


# ---------------------------------------------------------------------------------- taking it apart


@pytest.mark.parametrize(
    ("entry", "text", "found"),
    [
        ("may", "it may rain", [Match(1, 2)]),
        ("denies/denied that", "he denied that", [Match(1, 3)]),
        ("denied that", "he denied, that day", []),
        ("no … proof", "no proof, no good hard proof", [Match(0, 2), Match(2, 6)]),
        ("no … proof", "no one two three four proof", []),
        ("did not", "it didn't", [Match(1, 3)]),
    ],
)
def test_where_a_phrase_stands(entry: str, text: str, found: list[Match]) -> None:
    assert list(phrases([entry]).find(tokens(text))) == found


@pytest.mark.parametrize(
    ("quote", "sentence", "held", "words"),
    [
        ("it rained", "He said it rained.", True, "it rained"),
        ("it rained", None, False, "it rained"),
        ("it rained", "It snowed.", False, "it rained"),
        ("it … hard", "So it rained very hard.", True, "it rained very hard"),
        ("that it rained", "He denied that it rained.", True, "it rained"),
        ("“It Rained”", "He said: it rained.", True, "it rained"),
    ],
)
def test_a_quote_in_its_sentence(quote: str, sentence: str | None, held: bool, words: str) -> None:
    found = say(quote, sentence)
    assert found.held is held
    assert " ".join(token.text for token in found.quote) == words


# -------------------------------------------------------------------------------------- the lists


def test_every_entry_of_a_list_is_well_shaped_and_stands_once() -> None:
    for name in LISTS:
        entries = built_in(name)
        assert len(entries) == len(set(entries)), name
        assert [each for each in entries if misshapen(name, each)] == []


CLAIM = "statement: The line closed, evidence: [{source: s, quote: the line methinks closed}]"


def test_a_user_adds_words_and_takes_some_out(overstated: Any, tmp_path: Path) -> None:
    folder = tmp_path / "words"
    folder.mkdir()
    assert overstated(CLAIM, words=folder) == []
    (folder / "hedges.txt").write_text("# ours\n\n  methinks\n-possibly\n", "utf-8")
    assert _codes(overstated(CLAIM, words=folder)) == ["CT715"]
    possibly = CLAIM.replace("methinks", "possibly")
    assert _codes(overstated(possibly)) == ["CT715"]
    assert overstated(possibly, words=folder) == []


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("hedge", b"maybe", "is none that the program knows (did you mean 'hedges'?)"),
        ("hedges", b"\xff", "is not UTF-8"),
        (
            "hedges",
            b"-posibly",
            "takes out 'posibly', which is no entry (did you mean 'possibly'?)",
        ),
        ("hedges", b"-", "has '-', which is not words"),
        ("quantities", b"gross", "has 'gross', which is not a word and a number, as in 'dozen 12'"),
        ("same-names", b"Lorn", "has 'Lorn', which is not two words or more that name the same"),
        ("references", b"she", "has 'she', which is not a kind, a colon and words"),
    ],
)
def test_a_list_that_cannot_be_used_is_told(
    name: str, content: bytes, why: str, tmp_path: Path
) -> None:
    (tmp_path / f"{name}.txt").write_bytes(content)
    with pytest.raises(WordsUnreadable) as error:
        read_words(tmp_path)
    assert str(error.value).startswith(f"the word list {tmp_path / name}.txt {why}")


def test_a_folder_of_other_things_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "notes.md").write_text("not a list", "utf-8")
    assert read_words(tmp_path) == read_words(None) == read_words(tmp_path / "none")

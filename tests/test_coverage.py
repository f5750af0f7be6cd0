"""What of each source is quoted, what is overlooked, and a text with its claims in the margin."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimtrack.quotes.audit import Stretch
from claimtrack.quotes.coverage import cover
from claimtrack.quotes.text import SourceText
from conftest import Run, Write
from test_safety import on_a_terminal

LOG = """The ferry left at noon.
It carried ninety people, and nobody was hurt.

The captain says the rudder broke. The owner says it did not.
"""
REGISTER = """
sources:
  log: {title: Harbour log, file: log.txt}
  letter: {title: A letter, file: letter.txt}
  scan: {title: A scan, file: scan.txt, sha256: 00}
claims:
  - id: ferry-left
    statement: The ferry left at noon.
    evidence: [{source: log, quote: The ferry left, line: 1}]
  - id: ferry-load
    statement: The ferry carried 90 people.
    evidence: [{source: log, quote: carried ninety people}]
  - id: nobody-hurt
    statement: Nobody was hurt.
    evidence:
      - {source: log, stance: reports, quote: 'ninety people, and nobody was hurt'}
      - {source: letter, quote: nobody was hurt}
  - id: rudder
    statement: The rudder broke.
    evidence: [{source: log, quote: the rudder sank, line: 4}]
"""


@pytest.fixture
def log(register: Write) -> None:
    register(REGISTER, {"sources/log.txt": LOG, "sources/scan.txt": "Unreadable."})


def test_the_table_has_every_source_and_what_cannot_be_said_of_it(
    log: None, claimtrack: Run
) -> None:
    result = claimtrack("coverage")
    assert result.status == 0
    assert result.out.splitlines() == [
        "source  sentences  quoted  words  share  note",
        "log     4          2       25     40 %",
        "letter                                   source not held",
        "scan                                     its file is not the recorded one",
        "",
        "2 sentences are quoted by no claim: claimtrack coverage SOURCE lists those of one.",
    ]


def test_of_one_source_the_overlooked_sentences_are_listed(log: None, claimtrack: Run) -> None:
    assert claimtrack("coverage", "log").out.splitlines() == [
        "log  log.txt",
        "  2 of 4 sentences and 10 of 25 words are quoted, 40 %.",
        "",
        "Quoted by no claim 2",
        "  line 4  The captain says the rudder broke.",
        "  line 4  The owner says it did not.",
        "",
        "claimtrack coverage log --annotate shows them among the rest.",
    ]


def test_what_is_not_held_is_never_covered(log: None, claimtrack: Run) -> None:
    said = "  Nothing can be said of what is covered: source not held.\n"
    assert claimtrack("coverage", "letter").out == "letter  letter.txt\n" + said
    assert claimtrack("coverage", "letter", "--annotate").out == "letter  letter.txt\n" + said
    found = json.loads(claimtrack("coverage", "letter", "--format", "json").out)
    assert found == {
        "format": 1,
        "coverage": [
            {
                "source": "letter",
                "sentences": None,
                "quoted": None,
                "words": None,
                "words_quoted": None,
                "share": None,
                "ambiguous": 0,
                "why": "source not held",
            }
        ],
        "overlooked": [],
    }


def test_a_quote_that_its_source_lacks_covers_nothing(log: None, claimtrack: Run) -> None:
    rows = json.loads(claimtrack("coverage", "log", "--annotate", "--format", "json").out)
    assert [(each["claim"], each["item"], each["line"]) for each in rows["passages"]] == [
        ("ferry-left", 0, 1),
        ("ferry-load", 0, 2),
        ("nobody-hurt", 0, 2),
    ]
    assert rows["passages"][1]["parts"] == [
        {"start": 27, "end": 48, "text": "carried ninety people"}
    ]
    assert rows["overlooked"][0] == {
        "line": 4,
        "page": None,
        "text": "The captain says the rudder broke.",
    }


def test_of_a_quote_with_an_ellipsis_only_its_parts_count(register: Write, claimtrack: Run) -> None:
    register(
        "sources: {log: {file: log.txt}}\n"
        "claims: [{id: a, statement: x, evidence: [{source: log, quote: The ferry … at noon}]}]\n",
        {"sources/log.txt": "The ferry of the island left at noon.\n"},
    )
    assert "1 of 1 sentence and 4 of 8 words are quoted, 50 %." in claimtrack("coverage", "log").out
    out = claimtrack("coverage", "log", "--annotate").out
    assert "⟦The ferry⟧¹ of the island left ⟦at noon⟧²." in out


def test_a_quote_that_may_be_in_two_places_counts_in_none(register: Write, claimtrack: Run) -> None:
    register(
        "sources: {log: {file: log.txt}}\n"
        "claims: [{id: a, statement: x, evidence: [{source: log, quote: ferry left}]}]\n",
        {"sources/log.txt": "The ferry left.\nThe ferry left again.\n"},
    )
    assert claimtrack("coverage", "log").out.splitlines()[1:3] == [
        "  0 of 2 sentences and 0 of 7 words are quoted, 0 %.",
        "  1 quote stands in more than one place without a line to say which, and not counted: a.",
    ]
    [row] = json.loads(claimtrack("coverage", "--format", "json").out)["coverage"]
    assert (row["quoted"], row["ambiguous"]) == (0, 1)
    assert "1 ambiguous quote not counted" in claimtrack("coverage").out


def test_the_claims_stand_beside_what_they_quote(log: None, claimtrack: Run) -> None:
    assert claimtrack("coverage", "log", "--annotate").out.splitlines()[3:] == [
        "1  ⟦The ferry left⟧¹ at noon.",
        "   ¹ ferry-left",
        "2  It ⟦carried ninety people, and nobody was hurt⟧².",
        "   ² ferry-load  “carried ninety people”",
        "     nobody-hurt reports  “ninety people, and nobody was hurt”",
        "",
        "4  The captain says the rudder broke. The owner says it did not.",
    ]


def test_a_quote_over_a_line_end_is_marked_on_both_lines(register: Write, claimtrack: Run) -> None:
    register(
        "sources: {log: {file: log.txt}}\n"
        "claims: [{id: a, statement: x, evidence: [{source: log, quote: ferry left at noon}]}]\n",
        {"sources/log.txt": "The ferry\r\nleft at noon.\r\n"},
    )
    assert claimtrack("coverage", "log", "--annotate").out.splitlines()[3:] == [
        "1  The ⟦ferry⟧¹",
        "   ¹ a",
        "2  ⟦left at noon⟧¹.",
    ]


@pytest.mark.parametrize("columns", [40, 60, 80, 100, 120])
def test_no_line_is_wider_than_the_terminal(columns: int, log: None, tmp_path: Path) -> None:
    shown = on_a_terminal(tmp_path, columns, "coverage", "log", "--annotate", NO_COLOR="1")
    plain = re.sub(r"\x1b\[[0-9;]*m", "", shown).replace("\r\n", "\n")
    assert max(map(len, plain.splitlines())) <= columns
    # What is wrapped goes on below its text, beside the numbers of the lines.
    text = plain[plain.index("1  ") :].splitlines()
    assert all(re.match(r"([0-9]  |   ).|$", line) for line in text)
    beside = re.search(r"(?m)^1  .*noon\. +¹ ferry-left$", plain)
    assert (beside is not None) == (columns >= 88)


def test_rows_for_other_programs(log: None, claimtrack: Run) -> None:
    assert claimtrack("coverage", "--format", "csv").out.splitlines() == [
        "source,sentences,quoted,words,words_quoted,share,note",
        "log,4,2,25,10,0.4,",
        "letter,,,,,,source not held",
        "scan,,,,,,its file is not the recorded one",
    ]
    assert claimtrack("coverage", "log", "--format", "markdown").out.splitlines()[2:] == [
        "| 4 |  | The captain says the rudder broke. |",
        "| 4 |  | The owner says it did not. |",
    ]


def test_wrong_usage_is_said(log: None, claimtrack: Run) -> None:
    assert claimtrack("coverage", "log", "--annotate", "--format", "csv").err == (
        "claimtrack: --format csv goes with a list, not with --annotate\n"
    )
    assert claimtrack("coverage", "--annotate").err == (
        "claimtrack: --annotate shows the text of one source: name it\n"
    )
    result = claimtrack("coverage", "boat")
    assert (result.status, result.out) == (2, "")
    assert result.err.startswith("claimtrack: no source is called 'boat'")


def test_a_register_without_sources_has_nothing_to_cover(register: Write, claimtrack: Run) -> None:
    register("claims: []\n")
    assert claimtrack("coverage").out == "The register has no sources.\n"
    register("sources: {letter: {title: A letter}}\n")
    assert "None of them has a text here, so nothing can be said" in claimtrack("coverage").out


WORDS = st.lists(st.sampled_from(["Ann", "left.", "It", "sank,", "we", "swam!", "—", "\n\n"]))


@given(WORDS.map(" ".join), st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60))))
def test_a_word_is_covered_if_a_stretch_has_a_letter_of_it(
    text: str, ends: list[tuple[int, int]]
) -> None:
    stretches = [Stretch(*sorted(each)) for each in ends]
    coverage = cover(SourceText(text), stretches)
    words = list(re.finditer(r"\w+", text))
    covered = [
        any(
            each.start < word.end() and word.start() < each.end
            for each in stretches
            if each.start < each.end
        )
        for word in words
    ]
    assert (coverage.words, coverage.words_quoted) == (len(words), sum(covered))
    for each in coverage.sentences:
        inside = [
            c
            for w, c in zip(words, covered, strict=True)
            if each.stretch.start <= w.start() < each.stretch.end
        ]
        assert (each.words, each.quoted) == (len(inside), sum(inside))

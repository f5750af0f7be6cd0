"""What becomes of each quote, where a user sees it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from conftest import Run, Write

TEXT = """The Gazette, 9 March.

At dawn the Aurora made fast at the East Quay, and nobody came ashore. It was
raining. The pilot said that “the berth is ours”.

Made fast again: the Aurora made fast at the East Quay on the 10th.
"""


def claims(*items: str) -> str:
    evidence = "\n".join(f"      - {{source: gazette, {item}}}" for item in items)
    return f"""
sources:
  gazette: {{file: gazette.txt}}
claims:
  - id: aurora
    statement: The Aurora lies at the East Quay.
    evidence:
{evidence}
"""


@pytest.mark.parametrize(
    ("item", "result"),
    [
        ("quote: nobody came ashore", "exact"),
        ("quote: nobody came ashore, line: 3", "exact"),
        ("quote: It was raining", "normalised"),
        ('quote: the pilot said "the berth is ours"', "altered"),
        ("quote: '\"the berth is ours\"'", "normalised"),
        ("quote: nobody came ashore, line: 4", "moved"),
        ("quote: the Aurora made fast at the East Quay", "ambiguous"),
        ("quote: the Aurora made fast at the East Quay, line: 6", "exact"),
        ("quote: nobody came aboard", "altered"),
        ("quote: Nobody came ashore", "altered"),
        ("quote: fishermen mended nets until noon", "missing"),
        ("quote: At dawn … at the East Quay", "exact"),
        ("quote: 'The [pilot] said that'", "exact"),
    ],
)
def test_a_quote_has_the_result_of_the_contract(
    item: str, result: str, register: Write, claimtrack: Run
) -> None:
    register(claims(item), {"sources/gazette.txt": TEXT})
    shown = json.loads(claimtrack("show", "aurora", "--format", "json").out)
    assert shown["claim"]["evidence"][0]["audit"] == result
    assert shown["quotes"][0]["result"] == result


def test_check_tells_each_quote_that_does_not_stand(register: Write, claimtrack: Run) -> None:
    register(
        claims(
            "quote: nobody came aboard",
            "quote: fishermen mended nets until noon",
            "quote: nobody came ashore, line: 1",
            "quote: the Aurora made fast at the East Quay",
            "quote: It was raining",
        ),
        {"sources/gazette.txt": TEXT},
    )
    result = claimtrack("check")
    assert result.status == 1
    assert result.out.splitlines() == [
        "claims.yaml:9:34: error CT603: 'gazette' has this quote in other words: nobody came "
        "[-aboard-] {+ashore+}",
        "  sources/gazette.txt:3:52: note: nearest to it: “nobody came ashore”",
        "claims.yaml:10:34: error CT604: 'gazette' does not have this quote; quote what it "
        "says, or name the source that says this",
        "claims.yaml:11:34: warning CT709: 'gazette' has this quote on line 3, not on line 1; "
        "claimtrack anchor aurora shows what it would write",
        "claims.yaml:12:34: warning CT710: 'gazette' has this quote on lines 3, 6; say with line: "
        "which is meant, or quote more of it",
        "2 errors, 2 warnings; 5 quotes: 1 normalised, 1 moved, 1 ambiguous, 1 altered, "
        "1 missing, 0 unchecked",
    ]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (15, "w0 w1 w2 w3 w4 w5 w6 w7 w8 w9 w10 w11 w12 w13 w14 [-this-] {+end+}"),
        (16, "w0 w1 w2 w3 w4 w5 … w10 w11 w12 w13 w14 w15 [-this-] {+end+}"),
    ],
)
def test_what_is_told_leaves_out_several_words_or_none(
    words: int, told: str, register: Write, claimtrack: Run
) -> None:
    text = " ".join(f"w{number}" for number in range(words))
    register(claims(f"quote: {text} this"), {"sources/gazette.txt": f"{text} end"})
    assert f"in other words: {told}\n" in claimtrack("check").out


def test_quotes_are_told_in_the_order_of_their_claim(register: Write, claimtrack: Run) -> None:
    text = claims("quote: nobody came ashore", "quote: It was raining").replace(
        "  gazette: {file: gazette.txt}", "  later: {file: later.txt}\n  gazette: {}"
    )
    register(text.replace("gazette, quote: It", "later, quote: It"))
    rows = json.loads(claimtrack("quote", "aurora", "--format", "json").out)["quotes"]
    assert [(row["item"], row["source"]) for row in rows] == [(0, "gazette"), (1, "later")]


def test_a_text_in_one_line_is_shown_around_the_quote(register: Write, claimtrack: Run) -> None:
    far = "and so on " * 5000
    register(
        claims("quote: nobody came ashore"),
        {"sources/gazette.txt": f"{far}nobody came ashore {far}"},
    )
    out = claimtrack("quote", "aurora").out
    assert "so on ⟦nobody came ashore⟧ and so" in out
    assert len(out) < 10_000


def test_a_quote_in_error_leaves_its_claim_in(register: Write, claimtrack: Run) -> None:
    register(claims("quote: fishermen mended nets until noon"), {"sources/gazette.txt": TEXT})
    assert claimtrack("list").ids == ["aurora"]


@pytest.mark.parametrize(
    ("files", "source", "why"),
    [
        ({}, "{file: gazette.txt}", "source not held"),
        (
            {"sources/gazette.txt": TEXT},
            f"{{file: gazette.txt, sha256: {'0' * 64}}}",
            "its file is not the recorded one",
        ),
    ],
)
def test_what_cannot_be_checked_is_unchecked_and_never_passes(
    files: dict[str, str | bytes], source: str, why: str, register: Write, claimtrack: Run
) -> None:
    text = claims("quote: nobody came ashore, line: 3")
    register(text.replace("{file: gazette.txt}", source), files)
    shown = json.loads(claimtrack("show", "aurora", "--format", "json").out)
    assert shown["quotes"][0]["why"] == why
    summary = json.loads(claimtrack("check", "--format", "json").out)["summary"]
    assert summary["unchecked"] == 1
    assert "1 quote: 1 unchecked" in claimtrack("check").out
    assert "1 quote: 1 unchecked" in claimtrack().out
    complete = claimtrack("check", "--complete")
    assert complete.status == 1
    assert f"claims.yaml:9:34: unchecked: aurora, 'gazette': {why}\n" in complete.out
    held = json.loads(claimtrack("sources", "--format", "json").out)["sources"][0]
    assert held["quotes"]["unchecked"] == 1
    assert sum(held["quotes"].values()) == 1


def test_a_complete_check_passes_where_every_quote_was_checked(
    register: Write, claimtrack: Run
) -> None:
    register(claims("quote: nobody came ashore"), {"sources/gazette.txt": TEXT})
    assert claimtrack("check", "--complete").status == 0


def test_show_gives_the_quote_in_its_sentence(register: Write, claimtrack: Run) -> None:
    register(claims("quote: nobody came ashore, line: 3"), {"sources/gazette.txt": TEXT})
    assert (
        "    At dawn the Aurora made fast at the East Quay, and ⟦nobody came ashore⟧.\n"
        in claimtrack("show", "aurora").out
    )


def test_quote_gives_it_in_its_paragraph(register: Write, claimtrack: Run) -> None:
    register(claims("quote: It was raining"), {"sources/gazette.txt": TEXT})
    assert claimtrack("quote", "aurora").out == (
        "aurora  The Aurora lies at the East Quay.\n"
        "\n"
        "gazette: asserts\n"
        "  “It was raining”  gazette.txt:3 · normalised\n"
        "\n"
        "    line 3\n"
        "    At dawn the Aurora made fast at the East Quay, and nobody came ashore. ⟦It was "
        "raining⟧. The pilot said that “the berth is ours”.\n"
    )


def test_quote_shows_what_is_nearest_word_by_word(register: Write, claimtrack: Run) -> None:
    register(claims("quote: nobody came aboard"), {"sources/gazette.txt": TEXT})
    out = claimtrack("quote", "aurora").out
    assert "  nearest, line 3: nobody came [-aboard-] {+ashore+}\n" in out
    row = json.loads(claimtrack("quote", "aurora", "--format", "json").out)["quotes"][0]
    assert row["nearest"]["difference"] == [
        {"quote": "nobody came", "source": "nobody came", "same": True},
        {"quote": "aboard", "source": "ashore", "same": False},
    ]


def test_a_claim_without_quotes_says_so(register: Write, claimtrack: Run) -> None:
    register(claims("stance: reports"))
    assert claimtrack("quote", "aurora").out.endswith("It quotes nothing.\n")
    assert json.loads(claimtrack("quote", "aurora", "--format", "json").out)["quotes"] == []


def test_stats_counts_each_result(register: Write, claimtrack: Run) -> None:
    register(
        claims("quote: nobody came ashore", "quote: nobody came aboard"),
        {"sources/gazette.txt": TEXT},
    )
    counts = json.loads(claimtrack("stats", "--format", "json").out)["stats"]["quotes"]
    assert counts == {
        "exact": 1,
        "normalised": 0,
        "attested": 0,
        "moved": 0,
        "ambiguous": 0,
        "altered": 1,
        "missing": 0,
        "unchecked": 0,
    }


# ------------------------------------------------------------------------------------ while writing


def test_cite_fills_in_the_line(register: Write, claimtrack: Run, tmp_path: Path) -> None:
    register(claims("stance: reports"), {"sources/gazette.txt": TEXT})
    result = claimtrack("cite", "aurora", "--source", "gazette", "--quote", "nobody came ashore")
    assert "note: the quote is exact, on line 3\n" in result.err
    assert "quote: nobody came ashore, line: 3" in (tmp_path / "claims.yaml").read_text()


def test_cite_tells_a_misquote_and_writes_what_was_given(
    register: Write, claimtrack: Run, tmp_path: Path
) -> None:
    register(claims("stance: reports"), {"sources/gazette.txt": TEXT})
    result = claimtrack("cite", "aurora", "--source", "gazette", "--quote", "nobody came aboard")
    assert result.status == 0
    assert (
        "note: the quote is altered: its source has other words, on line 3: nobody came "
        "[-aboard-] {+ashore+}\n" in result.err
    )
    assert result.err.endswith("next: claimtrack edit aurora\n")
    assert "quote: nobody came aboard}" in (tmp_path / "claims.yaml").read_text()


# ------------------------------------------------------------------------------------------ anchor


def test_anchor_fills_in_and_mends_and_leaves_what_is_not_sure(
    register: Write, claimtrack: Run, tmp_path: Path
) -> None:
    register(
        claims(
            "quote: nobody came ashore",
            "quote: nobody came ashore, line: 5",
            "quote: It was raining, line: 3",
            "quote: the Aurora made fast at the East Quay",
            "quote: nobody came aboard",
        ),
        {"sources/gazette.txt": TEXT},
    )
    before = (tmp_path / "claims.yaml").read_text()
    trial = claimtrack("anchor")
    assert (tmp_path / "claims.yaml").read_text() == before
    assert trial.out.startswith("--- claims.yaml\n")
    assert trial.err.splitlines() == [
        "aurora  gazette: no line → line 3",
        "aurora  gazette: line 5 → line 3",
        "aurora  gazette: left, ambiguous: found on lines 3, 6",
        "aurora  gazette: left, altered: its source has other words",
        "would write 2 lines",
        "next: claimtrack anchor --write",
    ]
    written = claimtrack("anchor", "aurora", "--write")
    assert written.out == "aurora\n"
    after = (tmp_path / "claims.yaml").read_text()
    assert after == before.replace(
        "quote: nobody came ashore}", "quote: nobody came ashore, line: 3}"
    ).replace("line: 5", "line: 3")
    assert claimtrack("anchor", "--write").out == ""


def test_a_quote_that_moved_to_one_of_several_places_is_not_for_anchor(
    register: Write, claimtrack: Run
) -> None:
    item = "quote: the Aurora made fast at the East Quay, line: 1"
    register(claims(item), {"sources/gazette.txt": TEXT})
    assert (
        "has this quote on lines 3, 6, not on line 1; say with line: which is meant, or quote more "
        "of it\n" in claimtrack("check").out
    )


def test_anchor_leaves_an_item_that_an_alias_repeats(
    register: Write, claimtrack: Run, tmp_path: Path
) -> None:
    text = claims("quote: nobody came ashore", "quote: It was raining").replace(
        "- {source: gazette, quote: nobody", "- &item {source: gazette, quote: nobody"
    )
    register(text + "      - *item\n", {"sources/gazette.txt": TEXT})
    before = (tmp_path / "claims.yaml").read_text()
    result = claimtrack("anchor", "--write")
    by_hand = "  gazette: no line → line 3, by hand: an alias has this item in another place too"
    assert result.err.splitlines() == [
        "aurora  gazette: no line → line 3",
        f"aurora{by_hand}",
        f"aurora{by_hand}",
        "wrote 1 line",
    ]
    assert (tmp_path / "claims.yaml").read_text() == before.replace("raining}", "raining, line: 3}")


def test_anchor_leaves_what_it_cannot_check(register: Write, claimtrack: Run) -> None:
    register(claims("quote: nobody came ashore"))
    assert claimtrack("anchor", "--write").err.splitlines() == [
        "1 quote unchecked, and left",
        "no line to write",
    ]


def test_a_source_says_in_what_encoding_its_text_was_read(register: Write, claimtrack: Run) -> None:
    register(claims("quote: nobody came ashore"), {"sources/gazette.txt": TEXT.encode("utf-16")})
    assert "  text plain text, UTF-16 (by its mark)\n" in claimtrack("sources", "gazette").out
    assert (
        json.loads(claimtrack("show", "aurora", "--format", "json").out)["quotes"][0]["line"] == 3
    )


def test_cite_tells_at_once_what_the_claim_says_beyond_its_quote(
    register: Write, claimtrack: Run
) -> None:
    text = "The harbour master denied that the Aurora lies at the East Quay.\n"
    register(claims("stance: reports"), {"sources/gazette.txt": text})
    quote = "the Aurora lies at the East Quay"
    result = claimtrack("cite", "aurora", "--source", "gazette", "--quote", quote)
    assert "note: the quote is exact, on line 1\n" in result.err
    assert "warning CT716: " in result.err
    assert result.err.endswith("next: claimtrack show aurora\n")


def test_a_word_list_that_cannot_be_read_stops_before_anything_is_written(
    register: Write, claimtrack: Run, tmp_path: Path
) -> None:
    register(claims("stance: reports"), {"sources/gazette.txt": TEXT, "words/hedges.txt": b"\xff"})
    before = (tmp_path / "claims.yaml").read_text()
    result = claimtrack("cite", "aurora", "--source", "gazette", "--quote", "nobody came ashore")
    assert (result.status, result.out) == (2, "")
    assert "hedges.txt is not UTF-8" in result.err
    assert (tmp_path / "claims.yaml").read_text() == before

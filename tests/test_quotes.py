"""Quotes against their sources' texts."""

from __future__ import annotations

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

import plain_quotes
from claimtrack.quotes.audit import Audit, Near, Stretch
from claimtrack.quotes.auditing import audit_quote
from claimtrack.quotes.blocks import Blocks
from claimtrack.quotes.nearest import Search
from claimtrack.quotes.sentences import paragraph_around, sentence_around, sentences
from claimtrack.quotes.text import SourceText
from claimtrack.quotes.tokens import Tokens
from claimtrack.quotes.words import Words


def audited(quote: str, source: str, line: int | None = None) -> Audit:
    return audit_quote(quote, line, SourceText(source))


def told(quote: str, source: str, line: int | None = None) -> str:
    """The result, and each place as ``line: what stands there``, parts joined by ``|``."""
    audit = audited(quote, source, line)
    found = (
        f"{passage.line}: " + "|".join(source[part.start : part.end] for part in passage.parts)
        for passage in audit.found
    )
    return ", ".join([audit.result, *found])


# ----------------------------------------------------------------------------- exact and normalised


@pytest.mark.parametrize(
    ("source", "quote", "result"),
    [
        ("The base is near Almaty.", "base is near", "exact, 1: base is near"),
        ("The base is\nnear Almaty.", "base is\nnear", "exact, 1: base is\nnear"),
        ("The base is\nnear Almaty.", "base is near", "normalised, 1: base is\nnear"),
        ("a\r\nThe base is\r\n near it.", "base is near", "normalised, 2: base is\r\n near"),
        ("near\u00a0the  base", "near the base", "normalised, 1: near\u00a0the  base"),
        ("“It’s over,” he said.", '"It\'s over," he', "normalised, 1: “It’s over,” he"),
        ("«Конец» — сказал он", '"Конец" - сказал', "normalised, 1: «Конец» — сказал"),
        ("don´t go", "don't go", "normalised, 1: don´t go"),
        ("the ﬁrst ﬁle", "first file", "normalised, 1: ﬁrst ﬁle"),
        ("Ｔｏｋｙｏ １２３", "Tokyo 123", "normalised, 1: Ｔｏｋｙｏ １２３"),
        ("wait… and see", "wait... and", "normalised, 1: wait… and"),
        ("1½ years", "1½ years", "exact, 1: 1½ years"),
        ("Acme™ sold it", "Acme", "exact, 1: Acme"),
        ("cafe\u0301 noir", "café", "normalised, 1: cafe\u0301"),
        ("un café noir", "cafe\u0301 noir", "normalised, 1: café noir"),
        ("Указ №5 подписан", "Указ №5", "exact, 1: Указ №5"),
        ("Acme™ sold it", "Acme™ sold", "exact, 1: Acme™ sold"),
        ("Acme™ sold it", "AcmeTM sold", "normalised, 1: Acme™ sold"),
        ("AcmeTM sold it", "Acme™ sold", "normalised, 1: AcmeTM sold"),
        ("10㎏ of it", "10㎏ of", "exact, 1: 10㎏ of"),
        ("10㎏  of it", "10㎏ of", "normalised, 1: 10㎏  of"),
        ("B‾A", "‾A", "exact, 1: ‾A"),
        ("base\n", "base\n", "exact, 1: base\n"),
        ("base here", "base\n", "normalised, 1: base"),
        ("ガラス", "カ\u3099ラス", "normalised, 1: ガラス"),
        ("ｶﾞﾗｽ", "ガラス", "normalised, 1: ｶﾞﾗｽ"),
    ],
)
def test_a_quote_is_found(source: str, quote: str, result: str) -> None:
    assert told(quote, source) == result


@pytest.mark.parametrize(
    ("source", "quote"),
    [
        ("The database", "base"),
        ("based here", "base"),
        ("10,500", "10,5"),
        ("cafe\u0301", "cafe"),
        ("カ\u3099", "カ"),
        ("ﬁrst", "f"),
        ("Base", "base"),  # case is kept
        ("anything", ""),
        ("anything", "  \n"),
        ("", "anything"),
    ],
)
def test_a_quote_is_not_found(source: str, quote: str) -> None:
    assert audited(quote, source).result.is_error


@pytest.mark.parametrize(
    ("source", "quote"),
    [
        ("基地在阿拉木图附近", "阿拉木图"),
        ("ฐานทัพอยู่ใกล้เมือง", "อยู่ใกล้"),
        ("iPhone手机", "iPhone"),
        ("don't", "don"),
        ("well-known", "well"),
    ],
)
def test_a_match_may_end_where_no_word_is_cut(source: str, quote: str) -> None:
    assert told(quote, source) == f"exact, 1: {quote}"


# ----------------------------------------------------------------------------- which of the places


@pytest.mark.parametrize(
    ("source", "quote", "line", "result"),
    [
        ("go\nstay", "stay", 2, "exact, 2: stay"),
        ("go\nstay", "stay", 1, "moved, 2: stay"),
        ("go\nstay", "stay", 0, "moved, 2: stay"),
        ("go\nstay", "stay", 99, "moved, 2: stay"),
        ("go\ngo", "go", None, "ambiguous, 1: go, 2: go"),
        ("go\ngo", "go", 2, "exact, 2: go"),
        ("go\ngo", "go", 3, "moved, 1: go, 2: go"),
        ("it's\nit’s", "it's", None, "exact, 1: it's"),
        ("it's\nit’s", "it's", 2, "normalised, 2: it’s"),
        ("it’s it's", "it's", 1, "exact, 1: it's"),
        ("it’s\nit’s", "it's", None, "ambiguous, 1: it’s, 2: it’s"),
        ("a a a", "a a", None, "ambiguous, 1: a a, 1: a a"),
        ("go\nand\nstay", "and stay", 2, "normalised, 2: and\nstay"),
        ("go\nand\nstay", "and stay", 3, "moved, 2: and\nstay"),
    ],
)
def test_a_line_tells_which_place_is_meant(
    source: str, quote: str, line: int | None, result: str
) -> None:
    assert told(quote, source, line) == result


# -------------------------------------------------------------------------------- words left out


REPORT = (
    "The 201st Military Base is located near the Kazakh city of Almaty, the\n"
    "minister walked off on Monday and later said “no”.\nBe it so [sic] again.\n"
    "File №7 on what it is."
)


@pytest.mark.parametrize(
    ("quote", "result"),
    [
        ("Military Base … city of Almaty", "exact, 1: Military Base|city of Almaty"),
        ("Military Base... city of Almaty", "exact, 1: Military Base|city of Almaty"),
        ("Military Base […] city of Almaty", "exact, 1: Military Base|city of Almaty"),
        ("Military Base [ ... ] city of Almaty", "exact, 1: Military Base|city of Almaty"),
        ("Military Base [. . .] city of Almaty", "exact, 1: Military Base|city of Almaty"),
        ("… the minister walked off …", "normalised, 1: the\nminister walked off"),
        ("[The] minister walked", "exact, 2: minister walked"),
        ("minister [Smith] walked", "exact, 2: minister|walked"),
        ('minister walked [. . .] said "no"', "normalised, 2: minister walked|said “no”"),
        ("located [close to] the", "exact, 1: located|the"),
        ("[t]he 201st Military", "exact, 1: The 201st Military"),
        ("minister walk[ED] off", "exact, 2: minister walked off"),
        ("Be it so [sic] again", "exact, 3: Be it so [sic] again"),
        ("Almaty, [x] minister", "exact, 1: Almaty,|minister"),
        ("№7 on … […]", "exact, 4: №7 on"),
        ("[f]ile №7 … what it", "exact, 4: File №7|what it"),
    ],
)
def test_words_are_left_out(quote: str, result: str) -> None:
    assert told(quote, REPORT) == result


@pytest.mark.parametrize(
    "quote",
    [
        "city of Almaty … Military Base",  # out of order
        "Military Base … Almaty",  # a part of one word
        "minister walked [on and on] later said",  # five words, and a bracket stands for three
        "Military Base … Base is located",  # parts do not overlap
        "[…]",
        "[x]",
    ],
)
def test_words_are_not_left_out(quote: str) -> None:
    assert audited(quote, REPORT).result.is_error


def test_an_ellipsis_stands_for_fifty_words_at_most() -> None:
    def source(count: int) -> str:
        return f"it began {'so ' * count}it ended"

    assert audited("it began … it ended", source(50)).result == "exact"
    assert audited("it began … it ended", source(51)).result == "altered"


def test_a_quote_of_very_many_brackets_or_dots_is_read() -> None:
    text = SourceText("a b c d " * 1000)
    for quote in ("[x] a " * 5000, "a b … " * 5000, "[" * 50_000, "[..." * 20_000, "…" * 50_000):
        assert audit_quote(quote, None, text).result.is_error


# --------------------------------------------------------------------------- altered and missing


def marked(near: Near | None) -> str:
    """``[-quote-]{+source+}`` where they differ."""
    assert near is not None
    return " ".join(
        each.quote
        if each.same
        else (f"[-{each.quote}-]" if each.quote else "")
        + (f"{{+{each.source}+}}" if each.source else "")
        for each in near.difference
    )


@pytest.mark.parametrize(
    ("source", "quote", "line", "difference"),
    [
        (
            "x\nlocated near the Kazakh city of Almaty",
            "near the Tajik city of Almaty",
            2,
            "near the [-Tajik-]{+Kazakh+} city of Almaty",
        ),
        ("We will go now.", "We will now", 1, "We will {+go+} now"),
        ("We will go now.", "We will never go now", 1, "We will [-never-] go now"),
        ("We will go.", "we will go", 1, "[-we-]{+We+} will go"),
        ("We will go.", "We will go!", 1, "We will [-go!-]{+go.+}"),
        ("We, too, will go.", "We too, will go", 1, "[-We-]{+We,+} too, will go"),
        ("It rose by -5 points", "It rose by 5 points", 1, "It rose by [-5-]{+-5+} points"),
        ("它在阿拉木图附近", "它在阿拉图附近", 1, "它在阿拉 {+木+} 图附近"),
        ("Kazakh\nbase", "kazakh", 1, "[-kazakh-]{+Kazakh+}"),
    ],
)
def test_an_altered_quote_is_told_with_its_difference(
    source: str, quote: str, line: int, difference: str
) -> None:
    audit = audited(quote, source)
    assert (audit.result, audit.near and audit.near.line) == ("altered", line)
    assert marked(audit.near) == difference


def test_a_missing_quote_is_told_with_what_is_nearest_if_two_words_are_shared() -> None:
    audit = audited("the tall old man went far away", "A young man went.")
    assert audit.result == "missing"
    assert marked(audit.near) == "[-the tall old-]{+A young+} man went [-far away-]"
    assert audited("the tall old man went far away", "A young man.").near is None
    assert audited("something else", "A young man.").near is None


def test_a_passage_of_more_than_one_and_a_half_times_the_words_is_not_near() -> None:
    assert audited("a b c d", "a x x x x b").result == "altered"
    assert audited("a b c d", "a x x x x x b").result == "missing"


@pytest.mark.parametrize(
    ("source", "quote", "place", "difference"),
    [
        ("Nobody came ashore.", "Nobody came aboard", (1, 1), "Nobody came [-aboard-]{+ashore+}"),
        ("x\nThen “all went” on", "he went on", (2, 7), "[-he went-]{+all went”+} on"),
        ("Nobody came.\n\nAll left", "Nobody came home", (1, 1), "Nobody came [-home-]"),
        (
            "Nobody ever came ashore",
            "Nobody came home",
            (1, 1),
            "Nobody {+ever+} came [-home-]{+ashore+}",
        ),
        ("a x x b y z", "a b c d", (1, 1), "a {+x x+} b [-c d-]{+y z+}"),
        ("p a x x x b y z", "q a b c", (1, 3), "[-q-] a {+x x x+} b [-c-]{+y+}"),
    ],
)
def test_what_the_source_has_in_place_of_the_first_and_last_words_is_shown(
    source: str, quote: str, place: tuple[int, int], difference: str
) -> None:
    near = audited(quote, source).near
    assert marked(near) == difference
    assert near is not None
    assert (near.line, near.column) == place


# ------------------------------------------------------------------------------ against a plain one

CHARACTERS = st.sampled_from(
    [*"aab A é\u0301'’“\"-–—.,\n\n", "ﬁ", "\u00a0", "基", "地", "か\u3099"]
)
TEXTS = st.lists(CHARACTERS, max_size=20).map("".join)


@st.composite
def quotes_and_texts(draw: st.DrawFn) -> tuple[str, str]:
    text = draw(TEXTS)
    start, end = sorted(draw(st.tuples(*[st.integers(0, len(text))] * 2)))
    quote = draw(st.sampled_from([text[start:end], draw(TEXTS)]))
    change = draw(st.sampled_from(["NFC", "NFD", "NFKC", "straight", "none"]))
    if change == "straight":
        quote = plain_quotes.normal(quote)
    elif change != "none":
        quote = unicodedata.normalize(change, quote)  # type: ignore[arg-type]
    return quote, text


@given(quotes_and_texts(), st.none() | st.integers(1, 4))
@example(("\na", "\na a"), 1)
def test_a_whole_quote_stands_as_a_plain_search_finds_it(
    pair: tuple[str, str], line: int | None
) -> None:
    quote, text = pair
    expected = plain_quotes.result([(quote, 0)], line, text)
    result = audited(quote, text, line).result
    assert result == expected or (result.is_error and expected == "not found")


WORDS = st.lists(st.sampled_from(["a", "b", "c,", "B", "a’s", "\n", "—"]), max_size=14).map(
    " ".join
)
PARTS = st.lists(st.sampled_from(["a", "b", "c,", "B", "a's"]), min_size=2, max_size=3)


@given(st.lists(PARTS, min_size=2, max_size=3), WORDS, st.none() | st.integers(1, 3))
def test_parts_stand_as_a_plain_search_finds_them(
    parts: list[list[str]], text: str, line: int | None
) -> None:
    whole = [" ".join(part) for part in parts]
    expected = plain_quotes.result([(part, 50) for part in whole], line, text)
    result = audited(" … ".join(whole), text, line).result
    assert result == expected or (result.is_error and expected == "not found")


@given(st.lists(PARTS.map(" ".join), min_size=2, max_size=3), WORDS)
def test_brackets_stand_for_three_words(parts: list[str], text: str) -> None:
    expected = plain_quotes.result([(part, 3) for part in parts], None, text)
    result = audited(" [x] ".join(parts), text).result
    assert result == expected or (result.is_error and expected == "not found")


LETTERS = st.lists(st.sampled_from("abcdefg"), max_size=60)


@given(st.lists(st.sampled_from("abcdefgz"), min_size=1, max_size=9), LETTERS)
def test_the_nearest_passage_is_the_one_that_trying_all_finds(
    quote: list[str], text: list[str]
) -> None:
    words = Words(" ".join(text))
    found = Search(quote, words, Blocks(words)).nearest()
    got = found and plain_quotes.Nearest(found.shared, found.length, found.start)
    assert got == plain_quotes.nearest(quote, text)


@given(st.lists(st.sampled_from("abcdefgz"), min_size=2, max_size=9), LETTERS)
def test_what_is_shown_is_the_nearest_passage_and_what_is_beside_it(
    quote: list[str], text: list[str]
) -> None:
    expected = plain_quotes.nearest(quote, text)
    near = audited(" ".join(quote), " ".join(text)).near
    if near is None or expected is None:
        return
    first, last = near.stretch.start // 2, near.stretch.end // 2 + 1
    before, after = expected.start - first, last - expected.start - expected.length
    assert min(before, after) >= 0
    assert before + after <= len(quote) - expected.shared
    assert last - first <= len(quote) * 3 // 2
    told = " ".join(each.source for each in near.difference if each.source)
    assert told.split() == text[first:last]
    assert sum(len(each.quote.split()) for each in near.difference if each.same) == expected.shared


@given(quotes_and_texts())
def test_what_shares_its_sign_with_another_token_is_told_apart(pair: tuple[str, str]) -> None:
    quote, text = pair
    few, many = Tokens(text, signs=2), Tokens(text)
    tokens = [[each] for each in plain_quotes.normal(quote).split()[:1]]
    assert list(few.find(tokens)) == list(many.find(tokens))


# ------------------------------------------------------------------------------------------- work


def test_what_is_compared_for_a_missing_quote_grows_less_than_the_text() -> None:
    def steps(size: int) -> int:
        words = Words(" ".join(f"w{number * 7919 % 1009}" for number in range(size)))
        search = Search([f"w{number}" for number in range(0, 600, 30)], words, Blocks(words))
        search.nearest()
        return search.steps

    assert steps(200_000) < 2 * steps(20_000)


def test_places_without_number_are_bounded() -> None:
    text = SourceText("a " * 200_000)
    assert len(audit_quote("a a", None, text).found) == 1000
    assert audit_quote("a a", 1, text).result == "exact"
    assert audit_quote("a a", 2, text).result == "moved"


# ----------------------------------------------------------------------- sentences and paragraphs


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He said “no.” She left.", ["He said “no.”", "She left."]),
        ("Mr. Smith of the U.S. Army paid 3.5 dollars. So.", 2),
        ("J. R. R. Tolkien met him in the U.S. He wept.", 2),
        ("No. 5 is alive... Then it died.", ["No. 5 is alive...", "Then it died."]),
        ("“Really?” he asked. Yes!", ["“Really?” he asked.", "Yes!"]),
        ("Cited.[12] Next.", ["Cited.[12]", "Next."]),
        ("1. First item here.", ["1. First item here."]),
        ("我是。你是！“好。”他说", ["我是。", "你是！", "“好。”", "他说"]),
        ("क है। ख है।", ["क है।", "ख है।"]),
        ("Բարև։ Ես", ["Բարև։", "Ես"]),
        ("هل؟ نعم.", ["هل؟", "نعم."]),
        ("В 2014 г. Россия ушла. И. И. Иванов.", ["В 2014 г. Россия ушла.", "И. И. Иванов."]),
        ("One line\r\nwraps. Here\r\n\r\nNext", ["One line\r\nwraps.", "Here", "Next"]),
        ("A heading\nA line. More", ["A heading", "A line.", "More"]),
        (" \n \n", []),
    ],
)
def test_sentences(text: str, expected: list[str] | int) -> None:
    found = [text[each.start : each.end] for each in sentences(text)]
    assert (len(found) if isinstance(expected, int) else found) == expected


def test_what_is_around_a_stretch() -> None:
    text = "One. Two three.\nMore here. Foo\n\nNext. Bar"

    def around(start: str, end: str) -> list[str]:
        stretch = Stretch(text.index(start), text.index(end) + len(end))
        both = (sentence_around(text, stretch), paragraph_around(text, stretch))
        return [text[each.start : each.end] for each in both]

    assert around("Two", "Two") == ["Two three.", "One. Two three.\nMore here. Foo"]
    assert around("three", "More") == ["Two three.\nMore here.", "One. Two three.\nMore here. Foo"]
    assert around("Foo", "Next") == ["Foo\n\nNext.", text]


@given(st.text(alphabet="aB.?!。” \n", max_size=40), st.data())
def test_sentences_cover_all_but_white_space(text: str, data: st.DataObject) -> None:
    found = sentences(text)
    inside = "".join(text[each.start : each.end] for each in found)
    assert "".join(inside.split()) == "".join(text.split())
    assert all(one.end <= other.start for one, other in pairwise(found))
    if text:
        start = data.draw(st.integers(0, len(text) - 1))
        stretch = Stretch(start, data.draw(st.integers(start + 1, len(text))))
        sentence, paragraph = sentence_around(text, stretch), paragraph_around(text, stretch)
        assert paragraph.start <= sentence.start <= start
        assert stretch.end <= sentence.end <= paragraph.end

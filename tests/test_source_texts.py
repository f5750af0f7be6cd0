"""The texts that sources' files give: plain text, Markdown, HTML and PDF."""

from __future__ import annotations

import codecs
import re
import sys
import zlib
from http.server import BaseHTTPRequestHandler, HTTPServer
from io import BytesIO
from pathlib import Path
from threading import Thread

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader, PdfWriter

from claimtrack.quotes.text import SourceText
from claimtrack.reading.register import read_register
from claimtrack.reading.texts import extraction
from claimtrack.reading.texts.broken_words import mended
from claimtrack.reading.texts.encodings import Decoded, decode_page
from claimtrack.reading.texts.formats import format_of
from claimtrack.reading.texts.held import Facts, HeldText, TextCannotBeHad
from claimtrack.reading.texts.html_text import page_text
from claimtrack.reading.texts.markdown import markdown_text
from claimtrack.reading.texts.reading import facts_of, read_text, text_of
from conftest import PROJECT
from pdfs import file_of, pdf, stream

PARAGRAPH = "The harbour was closed on Monday, the ministry said. Nobody was hurt, it added."
RUSSIAN = "Порт закрыт в понедельник, сообщило министерство. База находится недалеко от города."


def text(held: HeldText) -> str:
    assert held.why == ""
    assert held.text is not None
    return held.text.text


def page(body: str, head: str = "") -> bytes:
    return f"<!doctype html><html><head>{head}</head><body>{body}</body></html>".encode()


# -------------------------------------------------------------------------------------- plain text


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (RUSSIAN.encode(), "UTF-8"),
        (codecs.BOM_UTF8 + RUSSIAN.encode(), "UTF-8"),
        (codecs.BOM_UTF16_LE + RUSSIAN.encode("utf-16-le"), "UTF-16 (by its mark)"),
        (codecs.BOM_UTF16_BE + RUSSIAN.encode("utf-16-be"), "UTF-16 (by its mark)"),
        (codecs.BOM_UTF32_LE + RUSSIAN.encode("utf-32-le"), "UTF-32 (by its mark)"),
        (codecs.BOM_UTF32_BE + RUSSIAN.encode("utf-32-be"), "UTF-32 (by its mark)"),
        (RUSSIAN.encode("cp1251"), "windows-1251, detected"),
        (RUSSIAN.encode("koi8-r"), "KOI8-R, detected"),
    ],
)
def test_a_text_is_read_in_its_encoding(tmp_path: Path, data: bytes, encoding: str) -> None:
    file = tmp_path / "report.txt"
    file.write_bytes(data)
    held = read_text(file)
    assert (text(held), held.format, held.encoding) == (RUSSIAN, "plain text", encoding)


def test_where_two_encodings_fit_as_well_both_are_said() -> None:
    held = text_of("The ministry’s “spokesman” left the café, naïve as ever.".encode("cp1252"), "")
    assert text(held).endswith("left the café, naïve as ever.")
    assert held.encoding == "windows-1252, detected (windows-1250 is as likely)"


def test_a_large_text_is_detected_by_its_beginning() -> None:
    data = f"{RUSSIAN}\n".encode("cp1251") * 10_000
    held = text_of(data, "report.txt")
    assert (len(text(held)), held.encoding) == (len(data), "windows-1251, detected")


def test_a_text_stands_as_it_is() -> None:
    written = "One\r\ntwo\rstill two\x0b\u2028\x85 and\n\n\x1b[31mfour\n"
    held = text_of(written.encode(), "report.txt")
    assert text(held) == written
    assert held.text is not None
    assert [held.text.line_of(written.index(word)) for word in ("two", "still", "four")] == [
        2,
        2,
        4,
    ]


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (
            b"PK\x03\x04\x00\x00",
            "it is no text that can be read (byte 5 is zero); hold it as plain text in UTF-8, as "
            "Markdown, HTML or PDF",
        ),
        (codecs.BOM_UTF16_LE + b"a", "it begins as UTF-16 and does not go on so"),
        (codecs.BOM_UTF8 + b"\xff", "it begins as UTF-8 and does not go on so"),
    ],
)
def test_what_is_no_text_says_so(data: bytes, why: str) -> None:
    assert text_of(data, "report.txt") == HeldText(None, "plain text", why=why)


def test_a_file_that_cannot_be_read_says_so(tmp_path: Path) -> None:
    assert read_text(tmp_path).why == "it cannot be read: Is a directory"


# ----------------------------------------------------------------------------------------- formats


@pytest.mark.parametrize(
    ("data", "name", "expected"),
    [
        (pdf(["x"]), "a.txt", "PDF"),
        (b"<!DOCTYPE html><p>x", "a.txt", "HTML"),
        (b"\xef\xbb\xbf  <!-- saved -->\n<HTML><p>x", "a", "HTML"),
        (codecs.BOM_UTF16_LE + "<html><p>x".encode("utf-16-le"), "a", "HTML"),
        (b'<?xml version="1.0"?><html><p>x', "a", "HTML"),
        (b"<p>x", "a.HTM", "HTML"),
        (b"<body>x", "a.md", "Markdown"),
        (b"x", "a.markdown", "Markdown"),
        (b"1 < 2 <html>", "a", "plain text"),
        (b"A file that begins with %PDF- is one.", "a.txt", "plain text"),
        (b"<!---->" * 146, "a", "plain text"),
    ],
)
def test_the_content_tells_the_format_before_the_name(
    data: bytes, name: str, expected: str
) -> None:
    assert format_of(data, name) == expected


# ---------------------------------------------------------------------------------------- Markdown

MARKDOWN = """\
---
title: 'The harbour'
author: [Ann, Second reader]
date: 2025-10-08T10:00:00Z
lang: en-GB
url: https://post.example/harbour
---
# The *harbour* ##

The **harbour** was `closed` on [Monday](https://post.example "a
title"), so

> the _ministry_
> said

1. One ![ship](ship.png)
   of two
- &amp; <b>more</b>

| Ship | *Tons* |
|------|--------|
| `A`  | 1      |

```
*as it stands*
```
"""

SEEN = """\







The harbour

The **harbour** was `closed` on [Monday](https://post.example "a
title"), so

the ministry
said

1. One ship
of two
- & more

Ship | Tons
|------|--------|
A | 1

```
*as it stands*
```
"""


def test_markdown_is_what_its_reader_sees_line_for_line() -> None:
    assert text(text_of(MARKDOWN.encode(), "a.md")) == SEEN
    crlf = MARKDOWN.replace("\n", "\r\n").encode()
    assert text(text_of(crlf, "a.md")) == SEEN.replace("\n", "\r\n")


def test_the_front_matter_of_markdown_says_what_it_is() -> None:
    assert facts_of(MARKDOWN.encode(), "a.md") == Facts(
        title="The harbour",
        author="Ann, Second reader",
        published="2025-10-08",
        language="en-GB",
        url="https://post.example/harbour",
    )
    assert facts_of(b"---\nno mapping\n---\n# A *heading*\n", "a.md") == Facts(title="A heading")


SIGNS = "*_`[]()<>!#&\\|~ \t\r\n\x0b\u2028é"
PIECES = ["\r\n", "\n\n", "a", "b c", "&#10;", "[a](", "<b\n", "\n|a|b|\n", "\n---\n", "```\n"]
PIECES += ["\n- ", "\n> ", "\n1. ", "\n# ", "\n    "]


@given(
    st.lists(
        st.sampled_from([*SIGNS, *PIECES]),
        max_size=40,
    ).map("".join)
)
def test_markdown_keeps_every_line_and_its_end(written: str) -> None:
    seen = markdown_text(written.encode()).text
    ends = [line.endswith("\r") for line in written.split("\n")[:-1]]
    assert [line.endswith("\r") for line in seen.split("\n")[:-1]] == ends


@given(st.lists(st.sampled_from(["ann", "said", "it.", "\n", "\r\n"])).map(" ".join))
def test_words_without_marks_stay_on_their_lines(written: str) -> None:
    seen = markdown_text(written.encode()).text
    assert [line.split() for line in seen.split("\n")] == [
        line.split() for line in written.split("\n")
    ]


def test_the_quotes_of_the_shipped_register_are_on_their_lines_in_markdown() -> None:
    found = 0
    read = read_register(PROJECT / "data" / "claims.yaml")
    lines = text(read_text(PROJECT / "data" / "sources" / "background.md")).split("\n")
    for claim in read.register.claims.values():
        for item in claim.evidence:
            if item.source == "background" and item.quote and item.line:
                assert " ".join(item.quote.split()) in " ".join(lines[item.line - 1 :])
                assert " ".join(item.quote.split()[:2]) in lines[item.line - 1]
                found += 1
    assert found > 30


# -------------------------------------------------------------------------------------------- HTML


def test_html_gives_its_main_text_in_paragraphs() -> None:
    data = page(
        "<header><h1><a href=/>Harbour</a> closed</h1></header><nav><a href=x>Home</a></nav>"
        f"<article><p>{PARAGRAPH}</p><p>It may <em>possibly</em> open <a href=x>again</a>,"
        "<br>he&nbsp;said."
        "<ul><li>One ship</li><li>Two &amp; more</li></ul><table><tr><th>Ship</th><th>Tons</th>"
        "</tr><tr><td>Aurora</td><td>1,200</td></tr></table><script>while (true) {}</script>"
        "</article><footer>Copyright</footer>"
    )
    held = text_of(data, "page")
    assert (held.format, held.encoding) == ("HTML", "UTF-8")
    assert text(held).split("\n\n") == [
        "Harbour closed",
        PARAGRAPH,
        "It may possibly open again,\nhe said.",
        "One ship",
        "Two & more",
        "Ship | Tons",
        "Aurora | 1,200",
    ]


@pytest.mark.parametrize(
    ("declaration", "codec", "encoding"),
    [
        ('<meta charset="windows-1251">', "cp1251", "windows-1251, as it declares"),
        (
            '<meta http-equiv=content-type content="text/html; charset=koi8-r">',
            "koi8-r",
            "KOI8-R, as it declares",
        ),
        ("<meta charset=windows-1251>", "utf-16", "UTF-16 (by its mark)"),
        # These are no encodings, or not the page's.
        ("<meta charset=rot13>", "utf-8", "UTF-8"),
        ("<meta charset=idna>", "utf-8", "UTF-8"),
        ("<meta charset=utf-8>", "cp1251", "windows-1251, detected"),
    ],
)
def test_a_page_is_read_in_the_encoding_that_it_declares(
    declaration: str, codec: str, encoding: str
) -> None:
    written = page(f"<p>{RUSSIAN}</p>", declaration).decode()
    assert decode_page(written.encode(codec)) == Decoded(written, encoding)


def test_the_encoding_of_a_page_is_said() -> None:
    declared = page(f"<p>{RUSSIAN}</p>", "<meta charset=windows-1251>").decode()
    held = text_of(declared.encode("cp1251"), "page.html")
    assert (text(held), held.encoding) == (RUSSIAN, "windows-1251, as it declares")


@pytest.mark.parametrize(
    "inline",
    ["time", "label", "output", "code", "abbr", "cite", "data", "ins", "mark", "q", "span", "sup"],
)
def test_no_word_of_a_sentence_is_lost(inline: str) -> None:
    said = f"<p>On <{inline}>7 October</{inline}> it was closed.</p>"
    paragraphs = page_text(page(f"<article><p>{PARAGRAPH}</p>{said}</article>")).text.split("\n\n")
    assert paragraphs == [PARAGRAPH, "On 7 October it was closed."]


def test_a_page_says_what_it_is_in_its_head() -> None:
    data = page(
        PARAGRAPH,
        "<title>Harbour | The Post</title><meta property=og:title content='Harbour closed'>"
        "<meta property=og:site_name content='The Post'><meta name=Author content='A. Writer'>"
        "<meta property=article:published_time content='2025-10-08T23:30:00+05:00'>"
        "<link rel=canonical href='https://post.example/harbour'>",
    ).replace(b"<html>", b"<html lang=en_GB>")
    assert facts_of(data, "page.html") == Facts(
        title="Harbour closed",
        author="A. Writer",
        publisher="The Post",
        published="2025-10-08",
        language="en-GB",
        url="https://post.example/harbour",
    )


def test_a_page_says_what_it_is_in_json_ld() -> None:
    described = (
        '[{"@type": "Organization", "name": "No"}, {"@graph": [7, {"@type": ["NewsArticle"], '
        '"headline": "Harbour  closed", "author": [{"name": "Ann"}, "Second reader", 7], '
        '"publisher": {"name": "The Post"}, "datePublished": "2025-10", "inLanguage": "en"}]}]'
    )
    scripts = f"<script type=application/ld+json>{{broken</script>{_json_ld(described)}"
    assert facts_of(page(PARAGRAPH, scripts), "page.html") == Facts(
        "Harbour closed", "Ann, Second reader", "The Post", "2025-10", "en"
    )


def _json_ld(text: str) -> str:
    return f"<script type='application/ld+json'>{text}</script>"


def test_nothing_about_a_page_is_guessed() -> None:
    data = page(
        f"<p>{PARAGRAPH}</p><img src=/2024/05/01/x.jpg><p>Copyright 2019, 1 May 2024</p>",
        "<meta name=date content='8 Oct'><meta property=article:published_time content='2025-13-1'>"
        "<link rel=canonical href=/harbour><meta property=og:url content='javascript:1'>",
    ).replace(b"<html>", b"<html lang='English, mostly'>")
    assert facts_of(data, "page.html") == Facts()


def test_nothing_is_fetched() -> None:
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        at = f"http://127.0.0.1:{server.server_port}"
        data = (
            f'<?xml version="1.0"?><!DOCTYPE html SYSTEM "{at}/d" [<!ENTITY e SYSTEM "{at}/e">]>'
            f"<html><head><base href='{at}/'><link rel=stylesheet href={at}/s.css>"
            f"<meta http-equiv=refresh content='0; url={at}/r'></head><body><p>{PARAGRAPH}</p>"
            f"<p>&e;</p><img src={at}/i><iframe src={at}/f></iframe>"
            f"<xi:include href='{at}/x'/></body></html>"
        ).encode()
        assert PARAGRAPH in text(text_of(data, "page.html"))
        assert facts_of(data, "page.html").title is None
        server.shutdown()
        thread.join()
    assert asked == []


# --------------------------------------------------------------------------------------------- PDF


CATALOG = {1: b"<< /Type /Catalog /Pages 2 0 R >>", 4: b"<< >>"}
TREE = b"<< /Type /Pages /Kids [%d 0 R %d 0 R] /Count 2 /Parent 2 0 R >>"
ONE_PAGE = {
    **CATALOG,
    2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
    3: b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Resources 6 0 R /Contents 5 0 R >>",
    6: b"<< /Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >>",
}


def test_a_pdf_gives_its_pages() -> None:
    held = text_of(pdf(["The harbour was", "closed."], [], ["Nobody (it said) was hurt."]), "a.pdf")
    assert text(held) == "The harbour was\nclosed.\n\nNobody (it said) was hurt."
    assert (held.format, held.encoding) == ("PDF", "")
    assert isinstance(held.text, SourceText)
    assert [held.text.page_of(line) for line in (1, 2, 3, 4)] == [1, 1, 2, 3]


def test_a_pdf_says_what_it_is() -> None:
    info = "/Title (The  harbour) /Author (Ann) /CreationDate (D:20251008233000+05'00')"
    data = pdf(["x"], info=info, catalog="/Lang (en-GB)")
    assert facts_of(data, "a.pdf") == Facts("The harbour", "Ann", None, "2025-10-08", "en-GB")
    assert facts_of(pdf(["x"]), "a.pdf") == Facts()


def test_the_newer_metadata_of_a_pdf_count_first() -> None:
    xmp = """<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF
        xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about=""
        xmlns:dc="http://purl.org/dc/elements/1.1/">
        <dc:title><rdf:Alt><rdf:li xml:lang="x-default">Harbour closed</rdf:li></rdf:Alt></dc:title>
        <dc:creator><rdf:Seq><rdf:li>Ann</rdf:li><rdf:li>Second reader</rdf:li></rdf:Seq>
        </dc:creator>
        <dc:publisher><rdf:Bag><rdf:li>The Post</rdf:li></rdf:Bag></dc:publisher>
        <dc:date><rdf:Seq><rdf:li>2025-10-07T12:00:00Z</rdf:li></rdf:Seq></dc:date>
        </rdf:Description></rdf:RDF></x:xmpmeta>"""
    data = file_of(
        {
            **ONE_PAGE,
            1: b"<< /Type /Catalog /Pages 2 0 R /Metadata 7 0 R >>",
            4: b"<< /Title (No) /Author (No) /CreationDate (D:2024) >>",
            5: stream(b""),
            7: stream(xmp.encode(), "/Type /Metadata /Subtype /XML"),
        }
    )
    assert facts_of(data, "a.pdf") == Facts(
        "Harbour closed", "Ann, Second reader", "The Post", "2025-10-07"
    )


def _encrypted(password: str) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(BytesIO(pdf([PARAGRAPH]))))
    writer.encrypt(password, owner_password="owner", algorithm="RC4-128")
    written = BytesIO()
    writer.write(written)
    return written.getvalue()


def test_words_that_a_page_breaks_are_whole_where_the_document_shows_how() -> None:
    lines = ["A re-", "port, an ex-", "ample and so", "on: well-", "known. Report; well-known."]
    expected = ["A report,", "an ex-", "ample and so", "on: well-known.", "Report; well-known."]
    assert text(text_of(pdf(lines), "a.pdf")).split("\n") == expected
    assert mended("An ex\u00ad\nample of it", frozenset()) == "An example\nof it"
    assert mended("a" * 1_000_000 + "-a" * 1_000_000, frozenset()).endswith("-a")


def test_a_pdf_that_anyone_may_read_is_read() -> None:
    assert text(text_of(_encrypted(""), "a.pdf")) == PARAGRAPH


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (
            _encrypted("secret"),
            "it is encrypted; save it without a password, and record the new file",
        ),
        (
            pdf([], []),
            "it holds pictures of its pages and no text; put a text under them with a program for "
            "text recognition (OCR), or hold what it says as plain text",
        ),
        (
            b"%PDF-1.7\n",
            "it is damaged, no PDF that can be read; fetch it anew, or hold its text as plain text",
        ),
        (
            pdf(["x"])[:200],
            "it is damaged, no PDF that can be read; fetch it anew, or hold its text as plain text",
        ),
        (
            file_of({**CATALOG, 2: TREE % (3, 3), 3: TREE % (2, 2)}),
            "it is damaged, no PDF that can be read; fetch it anew, or hold its text as plain text",
        ),
        (
            file_of(
                {
                    **ONE_PAGE,
                    5: stream(
                        zlib.compress(zlib.compress(bytes(200_000_000))),
                        "/Filter [/FlateDecode /FlateDecode]",
                    ),
                }
            ),
            "its page 1 cannot be read; hold its text as plain text",
        ),
    ],
    ids=["encrypted", "scanned", "empty", "cut off", "in circles", "bomb"],
)
def test_a_pdf_without_a_text_says_why(data: bytes, why: str) -> None:
    assert text_of(data, "a.pdf") == HeldText(None, "PDF", why=why)


# --------------------------------------------------------------------------- whatever they may hold

TOO_DEEP = (
    "its elements are nested too deep to be read; save its text as plain text, and hold that as "
    "the source"
)
NO_TEXT = (
    "it is HTML without any text of its own; a page that a script fills has to be saved as the "
    "browser shows it"
)
BROKE = (
    "it is damaged, or made so that taking it apart takes too much time or memory; save its text "
    "as plain text, and hold that as the source"
)


@pytest.mark.parametrize("nested", ["<div>", "<b>", "<ul><li>", "<table><tr><td>", "<blockquote>"])
def test_sixty_thousand_levels_are_too_deep(nested: str) -> None:
    assert text_of(page(nested * 60_000 + PARAGRAPH), "a.html").why == TOO_DEEP


def test_a_thousand_levels_are_not() -> None:
    assert PARAGRAPH in text(text_of(page("<div>" * 1000 + f"<p>{PARAGRAPH}</p>"), "a.html"))


def test_entities_do_not_expand() -> None:
    entities = "".join(
        f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "ten signs."}">' for n in range(10)
    )
    data = f"<!DOCTYPE html [{entities}]><html><body><p>{PARAGRAPH}</p><p>&e9;</p>".encode()
    assert len(text(text_of(data, "a.html"))) < 1000


@pytest.mark.parametrize("sign", ["\x01", "\x1b", "&#1;", "&#x1B;", "&#0;", "\ufffe", "\x7f"])
def test_control_characters_in_a_page_are_spaces(sign: str) -> None:
    seen = page_text(page(f"<p>The harbour{sign}was closed.</p>")).text
    assert seen == "The harbour was closed."


@pytest.mark.parametrize("body", ["", "<script>while (true) {}</script>", "<img src=x>"])
def test_a_page_without_text_says_so(body: str) -> None:
    with pytest.raises(TextCannotBeHad, match=re.escape(NO_TEXT)):
        page_text(page(body))


def test_why_a_page_has_no_text_is_told() -> None:
    assert text_of(page("<script>while (true) {}</script>"), "a.html").why == NO_TEXT


def test_a_line_of_a_hundred_megabytes_is_too_large(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes(b"a" * 100_000_000)
    assert read_text(file).why == "it is larger than 64 MB; hold the part that is quoted"


def test_a_line_of_twelve_megabytes_is_read() -> None:
    line = "The harbour was closed. " * 500_000  # a page's parser stops at 10 MB unless told
    assert len(text(text_of(line.encode(), "a.txt"))) == len(line)
    assert len(text(text_of(page(f"<p>{line}</p>"), "a.html"))) == len(line) - 1


def test_what_takes_too_long_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extraction, "SECONDS", 1)
    attributes = " ".join(f"a{number}=1" for number in range(300_000))
    assert text_of(page(f"<p {attributes}>{PARAGRAPH}"), "a.html").why in (
        BROKE,
        "it takes longer than 1 seconds to take apart; save its text as plain text, and hold that "
        "as the source",
    )


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux holds a process to its memory")
def test_what_takes_too_much_memory_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extraction, "MEMORY", 300 << 20)
    assert text_of(page(f"<p>{PARAGRAPH}</p>" * 400_000), "a.html").why == BROKE


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limit")
def test_what_gives_too_much_text_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extraction, "OUTPUT", 100)
    assert text_of(page(f"<p>{PARAGRAPH}</p>" * 2), "a.html").why == BROKE


def test_modules_in_the_current_folder_are_not_taken_for_libraries(tmp_path: Path) -> None:
    for name in ("json.py", "pypdf.py", "claimtrack.py", "sitecustomize.py"):
        (tmp_path / name).write_text("raise SystemExit('taken')\n")
    assert text(text_of(pdf([PARAGRAPH]), "a.pdf")) == PARAGRAPH


@pytest.mark.parametrize(
    ("library", "data", "name", "extra"),
    [
        ("trafilatura", page(PARAGRAPH), "a.html", "html"),
        ("lxml", page(PARAGRAPH), "a.html", "html"),
        ("pypdf", pdf([PARAGRAPH]), "a.pdf", "pdf"),
    ],
)
def test_what_is_not_installed_is_named(
    monkeypatch: pytest.MonkeyPatch, library: str, data: bytes, name: str, extra: str
) -> None:
    for module in [each for each in sys.modules if each.split(".")[0] == library]:
        monkeypatch.delitem(sys.modules, module)
    monkeypatch.setitem(sys.modules, library, None)
    why = f"its text needs the extra '{extra}': pip install 'claimtrack[{extra}]'"
    assert text_of(data, name).why == why
    assert facts_of(data, name) == Facts()

"""Capturing documents as sources, once and again."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from claimtrack.diagnostic import Diagnostic
from claimtrack.findings.audits import Audits, Quoted
from claimtrack.findings.later_captures import check_later_captures, later_captures
from claimtrack.model import Register
from claimtrack.quotes.audit import Audit, AuditResult
from claimtrack.quotes.text import SourceText
from claimtrack.reading.register import read_register
from conftest import Result, Run, Write
from web import Web, serving

PAGE = """\
<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Ferry late at the harbour</title>
<meta name="author" content="Ann Ode"><meta property="og:site_name" content="The Gazette">
<meta property="article:published_time" content="2024-05-03T10:00:00Z"></head>
<body><article><h1>Ferry late at the harbour</h1>
<p>The ferry came in at 14:20, two hours late, said the harbour master on Friday evening.</p>
<p>Nobody was hurt. The pier stayed closed for the night, until the next morning at six.</p>
</article></body></html>
"""
REPORT = """\
The ferry came in at 14:20, two hours late, said the harbour master on Friday evening.
Nobody was hurt. The pier stayed closed for the night, until the next morning at six.
"""
CLAIMS = """
sources:
  wire: {title: The wire}
claims:
  - id: ferry-late
    statement: The ferry was two hours late.
    evidence:
      - {source: wire}
  - id: nobody-hurt
    statement: Nobody was hurt.
"""
DAY = "2024-07-15"


@pytest.fixture(autouse=True)
def _a_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1721044800")


@pytest.fixture
def web() -> Iterator[Web]:
    with serving() as running:
        yield running


@pytest.fixture
def add(claimtrack: Run) -> Run:
    def run(*arguments: str) -> Result:
        return claimtrack("source", "add", *arguments)

    return run


def digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def facts(main: Path, source: str) -> Mapping[str, Any]:
    """A source's facts as they are written, in their order."""
    held = read_register(main).register.sources[source]
    keys = (
        "file sha256 title publisher author url language note published retrieved genre "
        "reliability basis derived_from"
    )
    told = {key: getattr(held, key) for key in keys.split() if getattr(held, key)}
    return {key: getattr(value, "text", value) for key, value in told.items()}


def names(tmp_path: Path) -> list[str]:
    folder = tmp_path / "sources"
    return sorted(each.name for each in folder.iterdir()) if folder.exists() else []


# ------------------------------------------------------------------------------------- from a file


def test_a_file_becomes_a_source(add: Run, register: Write, tmp_path: Path) -> None:
    main = register(CLAIMS, {"in/Ferry (late).HTM": PAGE})
    result = add("in/Ferry (late).HTM", "--reliability", "b", "--basis", "Own reporters.")
    assert result.status == 0
    assert result.out == "ferry-late-harbour\n"
    assert result.err.splitlines() == [
        "added: claims.yaml:5",
        "held as sources/ferry-late.html: HTML, UTF-8, as it declares",
        "it says of itself: title “Ferry late at the harbour”, author Ann Ode, publisher "
        "The Gazette, published 2024-05-03 and language en",
        "next: claimtrack cite CLAIM --source ferry-late-harbour --quote TEXT",
    ]
    assert facts(main, "ferry-late-harbour") == {
        "file": "ferry-late.html",
        "sha256": digest(PAGE),
        "title": "Ferry late at the harbour",
        "publisher": "The Gazette",
        "author": "Ann Ode",
        "language": "en",
        "published": "2024-05-03",
        "retrieved": DAY,
        "reliability": "B",
        "basis": "Own reporters.",
    }
    assert (tmp_path / "sources/ferry-late.html").read_text() == PAGE


def test_options_count_for_more_than_the_document(
    add: Run, register: Write, claimtrack: Run
) -> None:
    main = register(CLAIMS, {"page.html": PAGE})
    given = {
        "--id": "gazette",
        "--title": "Late again",
        "--author": "the staff",
        "--publisher": "Gazette",
        "--published": "2024-05",
        "--retrieved": "2024-06",
        "--language": "en-GB",
        "--genre": "news",
        "--derived-from": "wire",
        "--note": "From the archive.",
        "--url": "https://example.org/late",
    }
    result = add("page.html", *(word for pair in given.items() for word in pair))
    assert result.out == "gazette\n"
    assert "it says of itself" not in result.err
    held = facts(main, "gazette")
    assert [held[key] for key in ("title", "author", "published", "url", "derived_from")] == [
        "Late again",
        "the staff",
        "2024-05",
        "https://example.org/late",
        ("wire",),
    ]
    assert claimtrack("check").status == 0


def test_a_dry_run_copies_nothing(add: Run, register: Write, tmp_path: Path) -> None:
    main = register(CLAIMS, {"page.txt": REPORT})
    before = main.read_bytes()
    result = add("page.txt", "--dry-run")
    assert result.status == 0
    assert result.out.startswith("--- claims.yaml\n+++ claims.yaml\n")
    assert "would be held as sources/page.txt: plain text" in result.err
    assert main.read_bytes() == before
    assert names(tmp_path) == []


@pytest.mark.parametrize(
    ("name", "stored"),
    [
        ("Протокол 3.txt", "protokol-3.txt"),
        ("..txt", "source.txt"),
        ("-rf.md", "rf.md"),
        ("a\nb\x1b[31m.txt", "b-31m.txt"),
        ("...", "source.txt"),
        ("$(reboot).log", "reboot.log"),
        ("gazette.txt.attested", "gazette-txt.txt"),
        ("CON.TXT", "con.txt"),
        (f"{'word ' * 40}.txt", "word-word-word-word-word-word-word-word-word.txt"),
        ("page.php", "page.txt"),
        ("run.sh", "run.txt"),
        ("table.CSV", "table.csv"),
        ("notes", "notes.txt"),
    ],
)
def test_names_are_made_safe(
    name: str, stored: str, add: Run, register: Write, tmp_path: Path, claimtrack: Run
) -> None:
    register(CLAIMS, {f"in/{name}": "The ferry came in late."})
    assert add(f"in/{name}").status == 0
    assert names(tmp_path) == [stored]
    assert claimtrack("check").status == 0


def test_nothing_is_overwritten(add: Run, register: Write, tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    kept.write_text("kept")
    register(CLAIMS, {"log.txt": "in late", "sources/log.txt": "another's"})
    (tmp_path / "sources/log-2.txt").symlink_to(kept)
    (tmp_path / "sources/log-3.txt").symlink_to(tmp_path / "nowhere")
    (tmp_path / "sources/log-4.txt").mkdir()
    assert add("log.txt").out == "log\n"
    assert names(tmp_path) == [f"log{number}.txt" for number in ("-2", "-3", "-4", "-5", "")]
    assert (tmp_path / "sources/log-5.txt").read_text() == "in late"
    assert kept.read_text() == "kept"
    assert not (tmp_path / "nowhere").exists()


def test_nothing_is_copied_through_a_link(add: Run, register: Write, tmp_path: Path) -> None:
    main = register(CLAIMS, {"log.txt": "in late", "elsewhere/x.txt": "x"})
    before = main.read_bytes()
    (tmp_path / "sources").symlink_to(tmp_path / "elsewhere")
    result = add("log.txt")
    assert result.status == 2
    assert "is a link, and nothing is copied through one" in result.err
    assert [each.name for each in (tmp_path / "elsewhere").iterdir()] == ["x.txt"]
    assert main.read_bytes() == before
    assert add("elsewhere/x.txt").out == "x\n"


def test_a_source_folder_that_is_none(add: Run, register: Write, tmp_path: Path) -> None:
    main = register(CLAIMS, {"log.txt": "in late", "sources": "a file"})
    before = main.read_bytes()
    result = add("log.txt")
    assert (result.status, result.err) == (
        4,
        "claimtrack: sources/log.txt cannot be written: sources is no folder; "
        "nothing was written\n",
    )
    assert main.read_bytes() == before


def test_a_later_capture_goes_through_no_link(add: Run, register: Write, tmp_path: Path) -> None:
    away = tmp_path / "away"
    away.mkdir()
    main = register(
        "sources: {log: {file: old/sub/log.txt, sha256: '0'}}\n",
        {"log.txt": "in late", "sources/x": ""},
    )
    before = main.read_bytes()
    (tmp_path / "sources/old").symlink_to(away)
    result = add("log.txt", "--again", "log")
    assert (result.status, result.err) == (
        4,
        "claimtrack: sources/old/sub/log.2.txt leads out of its source folder; "
        "nothing was written\n",
    )
    assert (list(away.iterdir()), main.read_bytes()) == ([], before)


def test_a_file_in_the_source_folder_is_taken_as_it_lies(
    add: Run, register: Write, tmp_path: Path
) -> None:
    main = register(CLAIMS, {"sources/2024/Ferry log.txt": "in late"})
    result = add("sources/2024/Ferry log.txt")
    assert result.out == "ferry-log\n"
    assert "held as 2024/Ferry log.txt, as it lies: plain text" in result.err
    assert facts(main, "ferry-log")["file"] == "2024/Ferry log.txt"
    assert names(tmp_path) == ["2024"]
    again = add("sources/2024/Ferry log.txt")
    assert again.out == "ferry-log\n"
    assert again.err.startswith("nothing changed, this is that source, byte for byte: claims.yaml:")


def test_a_quoted_file_that_was_overwritten_is_not_taken(
    add: Run, register: Write, tmp_path: Path
) -> None:
    main = register(CLAIMS, {"sources/log.txt": "in late"})
    add("sources/log.txt")
    before = main.read_bytes()
    (tmp_path / "sources/log.txt").write_text("in time")
    result = add("sources/log.txt")
    assert result.status == 2
    assert "was changed since: the capture that was quoted is gone" in result.err
    assert main.read_bytes() == before


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--id", "Not An Id"], "Not An Id"),
        (["--id", "wire"], "a source has the id 'wire' already; --again wire captures it once"),
        (["--published", "last May"], "CT401"),
        (["--derived-from", "wires"], "no source has the id 'wires'"),
        (["--again", "wires"], "no source is called 'wires' (did you mean 'wire'?)"),
        (["--file", "other.yaml"], "'other.yaml' is no file of this register"),
        (["--title", " "], "'title' is given and empty"),
        (["--genre", "poem"], "no genre is called 'poem'"),
    ],
)
def test_a_change_that_is_refused_leaves_no_copy(
    arguments: list[str], told: str, add: Run, register: Write, tmp_path: Path
) -> None:
    main = register(CLAIMS, {"page.txt": REPORT})
    before = main.read_bytes()
    result = add("page.txt", *arguments)
    assert (result.status, result.out) == (2, "")
    assert told in result.err
    assert main.read_bytes() == before
    assert not (tmp_path / "sources").exists()


def test_a_register_that_cannot_be_read_leaves_no_copy(
    add: Run, register: Write, tmp_path: Path
) -> None:
    register("claims: [", {"page.html": PAGE})
    assert add("page.html").status == 3
    assert names(tmp_path) == []


def test_what_a_killed_command_left_is_taken_over(
    add: Run, register: Write, tmp_path: Path
) -> None:
    left = {"sources/log.txt": "in late", "sources/.claimtrack-0123456789abcdef.tmp": "in l"}
    register(CLAIMS, {"log.txt": "in late", **left})
    assert add("log.txt").out == "log\n"
    assert names(tmp_path) == ["log.txt"]


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ("nothing.txt", "'nothing.txt' is not there; a URL begins with http:// or https://"),
        ("sub", "'sub' is not a regular file"),
        ("/dev/zero", "'/dev/zero' is not a regular file"),
        ("pipe", "'pipe' is not a regular file"),
        ("empty.txt", "'empty.txt' is empty"),
        ("large.txt", "'large.txt' is larger than 64 MB"),
        ("a\0b", "'a\\u0000b' cannot be read: it is no path"),
        ("", "the file or URL is empty"),
        ("file:///etc/passwd", "'file:///etc/passwd' is not fetched: only http:// and https://"),
        ("http://a\x1b[31m.example/", "a control character in it"),
    ],
)
def test_what_is_no_document(given: str, told: str, add: Run, register: Write) -> None:
    main = register(CLAIMS, {"sub/x": "x", "empty.txt": ""})
    os.mkfifo(main.parent / "pipe")
    with (main.parent / "large.txt").open("wb") as stream:
        stream.truncate(65 << 20)
    result = add(given)
    assert (result.status, result.out) == (2, "")
    assert told in result.err
    assert "\x1b" not in result.err


def test_without_a_document_it_is_asked_for(add: Run, register: Write) -> None:
    register(CLAIMS)
    assert add().err == "claimtrack: the file or URL is missing\n"


def test_a_picture_is_a_source_without_a_text(add: Run, register: Write) -> None:
    main = register(CLAIMS, {"pier.png": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(99)})
    result = add("pier.png")
    assert "its text cannot be had: " in result.err
    assert "its quotes stay unchecked" in result.err
    assert facts(main, "pier")["file"] == "pier.png"


# -------------------------------------------------------------------------------------- from a URL


def test_a_url_becomes_a_source(add: Run, register: Write, web: Web, tmp_path: Path) -> None:
    main = register(CLAIMS)
    url = web.page("/news/ferry.php?id=7", PAGE.encode())
    result = add(url, "--allow-private")
    assert result.out == "ferry-late-harbour\n"
    assert names(tmp_path) == ["ferry-late-harbour.html"]
    held = facts(main, "ferry-late-harbour")
    assert (held["url"], held["retrieved"], held["sha256"]) == (url, DAY, digest(PAGE))


def test_where_redirects_led_is_told(add: Run, register: Write, web: Web) -> None:
    main = register(CLAIMS)
    there = web.page("/there", b"<p>The ferry came in late.</p>")
    url = web.redirect("/here", there)
    result = add(url, "--allow-private")
    assert f"it was found at: {there}\n" in result.err
    assert (result.out, facts(main, "there")["url"]) == ("there\n", url)


def test_another_encoding_than_the_server_says_is_told(add: Run, register: Write, web: Web) -> None:
    register(CLAIMS)
    url = web.page("/", PAGE.encode(), "text/html; charset=windows-1251")
    assert "UTF-8, as it declares (its server says windows-1251)" in (
        add(url, "--allow-private").err
    )


@pytest.mark.parametrize(
    ("path", "content_type", "stored"),
    [
        ("/..%2f..%2fetc%2fpasswd", "text/plain", "etc-passwd.txt"),
        ("/%2e%2e/%00", "text/plain", "127-0-0-1.txt"),
        ("/a%0ab%1b.exe", "text/plain", "b.txt"),
        ("/", "text/plain", "127-0-0-1.txt"),
        ("/report.PDF", "text/plain", "report.txt"),
        ("/notes.txt", "text/markdown; charset=utf-8", "notes.md"),
        ("/data.csv", "text/csv", "data.csv"),
        ("/readme.md", "text/plain", "readme.md"),
        ("/x.attested", "application/octet-stream", "x.txt"),
    ],
)
def test_names_from_urls_are_safe(
    path: str, content_type: str, stored: str, add: Run, register: Write, web: Web, tmp_path: Path
) -> None:
    register(CLAIMS)
    result = add(web.page(path, b"The ferry came in late.", content_type), "--allow-private")
    assert result.status == 0
    assert names(tmp_path) == [stored]


def test_this_machine_is_not_fetched_from_unless_asked(
    add: Run, register: Write, web: Web, tmp_path: Path
) -> None:
    main = register(CLAIMS)
    before = main.read_bytes()
    result = add(web.page("/", PAGE.encode()))
    assert (result.status, result.out) == (2, "")
    assert result.err == (
        "claimtrack: 127.0.0.1 is a loopback address; nothing was fetched "
        "(--allow-private does so)\n"
    )
    assert (web.requests, names(tmp_path), main.read_bytes()) == ([], [], before)


def test_a_page_that_is_gone(add: Run, register: Write, web: Web) -> None:
    register(CLAIMS)
    result = add(web.url("/gone"), "--allow-private")
    assert (result.status, result.err) == (
        4,
        "claimtrack: 127.0.0.1 answered 404 Not Found; nothing was fetched\n",
    )


def test_a_fetched_url_is_the_sources_own(add: Run, register: Write, web: Web) -> None:
    register(CLAIMS)
    result = add(web.url("/"), "--allow-private", "--url", "https://example.org/")
    assert result.err == (
        "claimtrack: --url is for a file; a URL that is fetched is the source's own\n"
    )


# ------------------------------------------------------------------------------------------- again


CHANGED_REPORT = REPORT.replace("two hours late", "a little late")
CHANGED = PAGE.replace("two hours late", "a little late").replace("until the next", "till the next")
TOLD_AGAIN = """\
added: claims.yaml:6
held as sources/{name}: HTML, UTF-8, as it declares
it says of itself: title “Ferry late at the harbour”, author Ann Ode, published 2024-05-03 and \
language en
what changed from gazette to gazette-2:
"""


def cited(claimtrack: Run) -> None:
    claimtrack("cite", "ferry-late", "--source", "gazette", "--quote", "two hours late")
    claimtrack("cite", "nobody-hurt", "--source", "gazette", "--quote", "Nobody was hurt")


def test_a_page_that_changed_is_captured_beside_the_first(
    add: Run, register: Write, web: Web, tmp_path: Path, claimtrack: Run
) -> None:
    main = register(CLAIMS)
    url = web.page("/a", PAGE.encode())
    add(url, "--allow-private", "--id", "gazette", "--reliability", "C", "--genre", "news")
    cited(claimtrack)
    web.page("/a", CHANGED.encode())
    result = add(url + "#top", "--allow-private")
    assert (result.status, result.out) == (0, "gazette-2\n")
    assert result.err.startswith(TOLD_AGAIN.format(name="ferry-late-harbour.2.html"))
    assert "\n  - The ferry came in at 14:20, two hours late, said" in result.err
    assert "\n  + The ferry came in at 14:20, a little late, said" in result.err
    assert "the quoted passage changed for 1 claim:\n  ferry-late  “two hours late”\n" in result.err
    assert "nobody-hurt" not in result.err
    assert result.err.endswith("next: claimtrack cite ferry-late --source gazette-2 --quote TEXT\n")
    first, later = facts(main, "gazette"), facts(main, "gazette-2")
    assert later == {
        **first,
        "file": "ferry-late-harbour.2.html",
        "sha256": digest(CHANGED),
        "derived_from": ("gazette",),
    }
    assert (tmp_path / "sources/ferry-late-harbour.html").read_text() == PAGE
    assert (tmp_path / "sources/ferry-late-harbour.2.html").read_text() == CHANGED


def test_a_later_capture_is_no_second_origin(
    add: Run, register: Write, claimtrack: Run, tmp_path: Path
) -> None:
    register(CLAIMS, {"page.txt": REPORT})
    add("page.txt", "--id", "gazette")
    (tmp_path / "page.txt").write_text(REPORT.replace("six", "seven"))
    assert add("page.txt").out == "gazette-2\n"
    for source in ("gazette", "gazette-2"):
        claimtrack("cite", "nobody-hurt", "--source", source, "--quote", "Nobody was hurt")
    found = json.loads(claimtrack("list", "nobody", "--format", "json").out)["claims"][0]
    assert (found["origins"], found["support"]) == (1, "single-origin")


def test_the_third_capture_follows_the_second(
    add: Run, register: Write, claimtrack: Run, tmp_path: Path
) -> None:
    main = register(CLAIMS, {"page.txt": REPORT})
    add("page.txt", "--id", "gazette")
    cited(claimtrack)
    (tmp_path / "page.txt").write_text(CHANGED_REPORT)
    add("page.txt")
    (tmp_path / "page.txt").write_text(CHANGED_REPORT.replace("Nobody was hurt", "All are well"))
    result = add("page.txt", "--title", "Third")
    assert result.out == "gazette-3\n"
    assert "what changed from gazette-2 to gazette-3:\n" in result.err
    assert "two hours late, said" not in result.err
    assert "the quoted passage changed for 2 claims:\n" in result.err
    third = facts(main, "gazette-3")
    assert (third["derived_from"], third["file"]) == (("gazette",), "page.3.txt")
    assert later_captures(read_register(main).register.sources) == {
        "gazette": "gazette-3",
        "gazette-2": "gazette-3",
    }


@pytest.mark.parametrize("again", [[], ["--again", "gazette"], ["--dry-run"]])
def test_the_same_bytes_again_change_nothing(
    again: list[str], add: Run, register: Write, web: Web, tmp_path: Path
) -> None:
    main = register(CLAIMS)
    url = web.page("/a", REPORT.encode(), "text/plain")
    add(url, "--allow-private", "--id", "gazette")
    before = main.read_bytes()
    result = add(url, "--allow-private", *again)
    assert result.status == 0
    assert result.out == ("" if "--dry-run" in again else "gazette\n")
    assert "nothing changed, this is that source, byte for byte" in result.err
    assert main.read_bytes() == before
    assert names(tmp_path) == ["a.txt"]


def test_a_dry_run_shows_what_changed(
    add: Run, register: Write, claimtrack: Run, tmp_path: Path
) -> None:
    main = register(CLAIMS, {"page.txt": REPORT})
    add("page.txt", "--id", "gazette")
    cited(claimtrack)
    before = main.read_bytes()
    (tmp_path / "page.txt").write_text(CHANGED_REPORT)
    result = add("page.txt", "--dry-run")
    assert "+  gazette-2: {file: page.2.txt" in result.out
    assert "the quoted passage changed for 1 claim:\n" in result.err
    assert (main.read_bytes(), names(tmp_path)) == (before, ["page.txt"])


def test_again_names_the_source_that_nothing_else_tells(
    add: Run, register: Write, tmp_path: Path
) -> None:
    main = register(CLAIMS, {"log.txt": "in late", "other.txt": "in time"})
    add("log.txt")
    assert add("other.txt", "--again", "log", "--id", "corrected").out == "corrected\n"
    later = facts(main, "corrected")
    assert (later["file"], later["derived_from"]) == ("log.2.txt", ("log",))


def test_an_id_of_its_own_makes_a_source_of_its_own(
    add: Run, register: Write, tmp_path: Path
) -> None:
    main = register(CLAIMS, {"log.txt": "in late", "b/log.txt": "by another hand"})
    add("log.txt")
    assert add("b/log.txt", "--id", "other-log").out == "other-log\n"
    other = facts(main, "other-log")
    assert (other["file"], other.get("derived_from")) == ("log-2.txt", None)
    assert add("log.txt", "--id", "copy", "--derived-from", "log").out == "copy\n"
    assert names(tmp_path) == ["log-2.txt", "log-3.txt", "log.txt"]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("....txt", ".....txt"),
        (f"{'report ' * 9}part 1.txt", f"{'report ' * 9}part 2.txt"),
        (f"{'n' * 60}1.txt", f"{'n' * 60}2.txt"),
    ],
)
def test_a_name_that_tells_no_two_files_apart_makes_no_later_capture(
    one: str, other: str, add: Run, register: Write, tmp_path: Path
) -> None:
    main = register(CLAIMS, {one: "in late", other: "in time"})
    first, second = add(one).out.strip(), add(other).out.strip()
    assert second == f"{first}-2"
    assert facts(main, second).get("derived_from") is None
    assert len(names(tmp_path)) == 2


def test_how_a_later_capture_would_be_a_source_of_its_own_is_told(
    add: Run, register: Write, tmp_path: Path
) -> None:
    register(CLAIMS, {"log.txt": "in late", "b/log.txt": "in time"})
    hint = "taken for a later capture of log; --id makes it a source of its own\n"
    assert hint not in add("log.txt").err
    assert hint in add("b/log.txt", "--dry-run").err
    assert hint not in add("b/log.txt", "--again", "log", "--dry-run").err


def test_a_source_without_a_file_gets_one(add: Run, register: Write, web: Web) -> None:
    url = web.page("/a", PAGE.encode())
    main = register(f"sources:\n  gazette: {{title: Late, url: '{url}', published: 2024}}\n")
    result = add(url, "--allow-private")
    assert result.out == "gazette\n"
    assert "set file, sha256, " in result.err
    held = facts(main, "gazette")
    assert (held["file"], held["title"], held["published"]) == ("gazette.html", "Late", "2024")
    assert held["author"] == "Ann Ode"


def test_what_was_recorded_elsewhere_is_held_again(
    add: Run, register: Write, web: Web, tmp_path: Path
) -> None:
    url = web.page("/a", REPORT.encode(), "text/plain")
    main = register(
        f"sources: {{gazette: {{file: ferry.txt, sha256: {digest(REPORT)}, url: '{url}'}}}}\n"
    )
    before = main.read_bytes()
    result = add(url, "--allow-private")
    assert result.out == "gazette\n"
    assert "held again as sources/ferry.txt, byte for byte what was recorded" in result.err
    assert (names(tmp_path), main.read_bytes()) == (["ferry.txt"], before)


def test_what_changed_since_a_capture_that_is_not_held(add: Run, register: Write, web: Web) -> None:
    url = web.page("/a", REPORT.encode(), "text/plain")
    register(f"sources: {{gazette: {{file: a.txt, sha256: {'0' * 64}, url: '{url}'}}}}\n")
    result = add(url, "--allow-private")
    assert result.out == "gazette-2\n"
    assert (
        "what changed since gazette cannot be shown: no text of gazette is held here" in result.err
    )


def test_a_hostile_text_is_shown_and_not_obeyed(add: Run, register: Write, tmp_path: Path) -> None:
    register(CLAIMS, {"log.txt": "in late"})
    add("log.txt")
    (tmp_path / "log.txt").write_text("\x1b[2J[bold]in time\x1b]0;title\x07")
    result = add("log.txt")
    assert "\x1b" not in result.err
    assert "+ \\u001b[2J[bold]in time" in result.err


def test_a_long_difference_is_cut(add: Run, register: Write, tmp_path: Path) -> None:
    register(CLAIMS, {"log.txt": "".join(f"line {n}\n" for n in range(500))})
    add("log.txt")
    (tmp_path / "log.txt").write_text("".join(f"row {n}\n" for n in range(500)))
    result = add("log.txt")
    assert result.err.count("\n  - line") + result.err.count("\n  + row") == 40
    assert "\n  and 960 lines more\n" in result.err


def test_a_long_line_is_cut_to_what_differs(add: Run, register: Write, tmp_path: Path) -> None:
    line = f"{'before ' * 90}two hours late {'after ' * 90}"
    register(CLAIMS, {"log.txt": line})
    add("log.txt")
    (tmp_path / "log.txt").write_text(line.replace("two hours", "an hour"))
    shown = [each for each in add("log.txt").err.splitlines() if each.startswith(("  -", "  +"))]
    assert [len(each) < 200 for each in shown] == [True, True]
    assert "two hours late" in shown[0]
    assert "an hour late" in shown[1]


# ------------------------------------------------------------------------------------------- check


@pytest.mark.parametrize(
    ("sources", "later"),
    [
        ("a: {file: n.html}\n  b: {file: n.2.html, derived_from: [a]}", {"a": "b"}),
        ("a: {file: n.html}\n  b: {file: n.2.pdf, derived_from: [a]}", {"a": "b"}),
        ("a: {file: n.html}\n  b: {file: m.2.html, derived_from: [a]}", {}),
        ("a: {file: n.html}\n  b: {file: n.x.html, derived_from: [a]}", {}),
        ("a: {file: n.html}\n  b: {file: n.2.html}", {}),
        ("a: {url: u}\n  b: {url: u, derived_from: [a]}", {"a": "b"}),
        ("a: {url: u}\n  b: {url: u, derived_from: [c, a]}\n  c: {url: v}", {}),
        ("a: {}\n  b: {derived_from: [a]}", {}),
        (
            "c: {url: u, derived_from: [b]}\n  b: {url: u, derived_from: [a]}\n  a: {url: u}",
            {"a": "b", "c": "b"},
        ),
        (
            "c: {url: u, derived_from: [b], retrieved: 2024-02}\n"
            "  b: {url: u, derived_from: [a], retrieved: 2024-01}\n  a: {url: u}",
            {"a": "c", "b": "c"},
        ),
    ],
)
def test_which_source_is_a_later_capture(
    sources: str, later: dict[str, str], register: Write
) -> None:
    main = register(f"sources:\n  {sources}\n")
    assert later_captures(read_register(main).register.sources) == later


TWO = """
sources:
  first: {file: log.txt}
  later: {file: log.2.txt, derived_from: [first]}
claims:
  - id: late
    statement: The ferry was late.
    evidence:
      - {source: first, stance: denies}
      - {source: first, quote: two hours late}
"""


def warnings(register: Register, result: AuditResult, texts: Mapping[str, str]) -> list[Diagnostic]:
    items = register.claims["late"].evidence
    audits = Audits({("late", 1): (Quoted("late", 1, items[1]), Audit(result))})
    held = {key: SourceText(text) for key, text in texts.items()}
    return list(check_later_captures(register, audits, held.get))


@pytest.mark.parametrize(
    ("result", "text", "warned"),
    [
        ("exact", "in at 14:20, a little late", True),
        ("normalised", "in at 14:20", True),
        ("attested", "in at 14:20", True),
        ("moved", "in at 14:20", True),
        ("exact", "in at 14:20,\n\ntwo hours late", False),
        ("exact", "two hours late, two hours late", False),
        ("exact", None, False),
        ("altered", "in at 14:20", False),
        ("missing", "in at 14:20", False),
        ("unchecked", "in at 14:20", False),
    ],
)
def test_a_quote_that_a_later_capture_no_longer_has(
    result: str, text: str | None, warned: bool, register: Write
) -> None:
    held = read_register(register(TWO)).register
    found = warnings(held, AuditResult(result), {} if text is None else {"later": text})
    assert [(each.code, each.claim, each.place.line) for each in found] == (
        [("CT720", "late", 11)] if warned else []
    )
    for each in found:
        assert each.message.startswith(
            "'later', a later capture of 'first', no longer has this quote"
        )
        assert [related.place.line for related in each.related] == [5]


def test_many_captures_are_sorted_out_quickly(register: Write) -> None:
    rows = [
        "s0: {url: u}",
        *(f"s{n}: {{url: u, derived_from: [s{n - 1}]}}" for n in range(1, 5000)),
    ]
    main = register("sources:\n" + "".join(f"  {row}\n" for row in rows))
    found: Any = later_captures(read_register(main).register.sources)
    assert len(found) == 4999
    assert set(found.values()) == {"s4999"}

"""Sources that share passages: which are told of, which are not, and in which words."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from conftest import PROJECT, Run, Write

STORY = """The ferry Aurora ran aground off the northern mole shortly before noon on Friday.
Ninety passengers and four lorries were on board when the steering gear failed for the second time
that morning. Two tugs from the naval yard pulled her free at high water, and divers found a dent
of two metres in the hull below the engine room. The harbour office has closed the fairway until a
survey is finished, and the owners will lay on buses to the island. Nobody was hurt.
"""
REWRITE = """The ferry Aurora went aground off the northern mole shortly before noon on Friday.
Some ninety passengers and four lorries were on board as the steering gear failed for the second
time that morning. Two tugs out of the naval yard pulled her free at high tide, and divers found a
dent of three metres in the hull below the engine room. The port office has closed the fairway until
the survey is finished, and her owners will lay on coaches to the island. No one was hurt.
"""
AGENCY = """The company bought the Aurora from a Baltic yard in 2009 and has since spent more than
four million on repairs, according to its last published accounts, which the auditors did not sign.
"""
SPEECH = """“We shall not rest until every screw of that steering gear has been taken apart, looked
at and put together again in front of the people who were on board that morning, and you may quote
me on that,” the minister said.
"""
FOOTER = """All rights in the text and the pictures on this page are reserved, and no part of them
may be copied or sent on without leave of the publisher, who may be reached at the above address.
"""
ONE = """A storm passed over the islands on Thursday night and took the roof off the fish market,
where the traders now stand under a sail that the yacht club has lent them for as long as it takes.
The mayor walked through the rows in the morning and bought a cod from each. Insurance will pay for
most of it, she thinks, though the letter from the company is a page long and says nothing at all.
The school stays shut until Tuesday, since the boiler stands in water and the only plumber of the
place is at his sister's wedding in the capital. He has been told, and is in no hurry to come home.
"""
OTHER = """Whoever wants to see how a canal is dug should go to the lower town this spring. Forty
machines move along the old railway, a watchman in each cabin, and behind them runs a ribbon of mud
that is to carry barges by the autumn. What it will cost nobody in the council chamber can say with
a straight face. The first estimate has been overtaken three times, the second was never printed,
and the third is a secret. Still, children sit on the fence every afternoon and count the loads,
and the baker on the corner has begun to sell a cake in the shape of a dredger, with black cherries.
"""
LEAF = "sources:\n  gazette: {file: gazette.txt}\n  post: {file: post.txt}\n"


def copies(text: str, files: dict[str, str], register: Write, claimtrack: Run) -> list[str]:
    """The warnings about copies, in their words."""
    register(text, {f"sources/{name}.txt": content for name, content in files.items()})
    found = json.loads(claimtrack("check", "--format", "json").out)["diagnostics"]
    assert {each["code"] for each in found} <= {"CT714"}
    return [each["message"] for each in found]


@pytest.mark.parametrize(
    ("gazette", "post"),
    [
        (STORY, STORY),
        (STORY, f"{ONE}\n{STORY}"),
        (STORY, REWRITE),
        (
            ONE + AGENCY + STORY,
            f"{OTHER}\n{AGENCY}\nThe council meets on Monday to hear the engineer.",
        ),
        (SPEECH + ONE, SPEECH + ONE),
        (
            f"{ONE}\n{SPEECH}",
            SPEECH.replace("“", "").replace("”", "") + OTHER,
        ),
    ],
    ids=["verbatim", "within", "light rewrite", "agency", "with its speech", "speech in one alone"],
)
def test_a_copy_is_told(gazette: str, post: str, register: Write, claimtrack: Run) -> None:
    files = {"gazette": gazette, "post": post}
    assert len(copies(LEAF, files, register, claimtrack)) == 1


@pytest.mark.parametrize(
    ("gazette", "post"),
    [
        (ONE, OTHER),
        (ONE + FOOTER, OTHER + FOOTER + "© 2024"),
        (SPEECH + ONE, SPEECH + OTHER),
        (ONE, "The ferry Aurora of the harbour company ran on Friday."),
        (ONE, ""),
    ],
    ids=["unlike", "footer", "speech", "names", "empty"],
)
def test_what_is_no_copy_is_not(gazette: str, post: str, register: Write, claimtrack: Run) -> None:
    files = {"gazette": gazette, "post": post}
    assert copies(LEAF, files, register, claimtrack) == []


def test_it_names_the_passage_and_where_it_is(register: Write, claimtrack: Run) -> None:
    register(
        "sources:\n"
        "  post: {file: post.txt, published: 2024-05-04}\n"
        "  gazette: {file: gazette.txt, published: 2024-05-03}\n",
        {"sources/gazette.txt": f"Aground\n\n{STORY}", "sources/post.txt": f"Safe\n{STORY}Good."},
    )
    found = json.loads(claimtrack("check", "--format", "json").out)
    assert found["summary"] == {"errors": 0, "warnings": 1, "unchecked": 0}
    [told] = found["diagnostics"]
    assert told["message"] == (
        "'post' shares 85 words in a row with 'gazette': “The ferry Aurora ran aground off the "
        "northern mole shortly before noon on Friday. Ninety passengers and four lorries were on "
        "board when the steering …” (line 2 of 'post', line 3 of 'gazette'); if it copies "
        "or rewrites it, or both take from a third, say so with derived_from"
    )
    assert (told["file"], told["line"], told["claim"]) == ("claims.yaml", 3, None)
    assert [(each["line"], each["message"]) for each in told["related"]] == [
        (4, "it has the same words")
    ]


@pytest.mark.parametrize(
    ("post", "told"),
    [
        (
            SPEECH + STORY,
            "'post' shares 88 words, besides what both quote, with 'gazette': “the minister",
        ),
        (REWRITE, "'post' shares 59 words, up to 12 in a row, with 'gazette': “"),
        (STORY + SPEECH, "'post' shares 88 words, besides what both quote, with 'gazette': “"),
    ],
)
def test_it_says_how_much_is_shared(post: str, told: str, register: Write, claimtrack: Run) -> None:
    gazette = post if post.startswith(SPEECH) else STORY + SPEECH
    files = {"gazette": gazette, "post": post}
    [message] = copies(LEAF, files, register, claimtrack)
    assert message.startswith(told)


@pytest.mark.parametrize(
    "sources",
    [
        "post: {file: post.txt, derived_from: [gazette]}, gazette: {file: gazette.txt}",
        "post: {file: post.txt}, gazette: {file: gazette.txt, derived_from: [post]}",
        "post: {file: post.txt, derived_from: [blog]}, blog: {derived_from: [radio, gazette]}, "
        "radio: {}, gazette: {file: gazette.txt}",
        "post: {file: post.txt, derived_from: [radio, wire]}, radio: {}, wire: {}, "
        "gazette: {file: gazette.txt, derived_from: [wire]}",
        "post: {file: post.txt, publisher: Port}, gazette: {file: gazette.txt, author: Port}",
    ],
    ids=["later", "earlier", "by steps", "common root", "one maker"],
)
def test_what_is_declared_is_not_told(sources: str, register: Write, claimtrack: Run) -> None:
    text = f"entities: {{port: {{name: Port}}}}\nsources: {{{sources}}}\n"
    files = {"gazette": STORY, "post": STORY}
    assert copies(text, files, register, claimtrack) == []


@pytest.mark.parametrize(
    ("other_by", "anonymous", "told"),
    [("minister", "false", 0), ("mayor", "false", 1), ("minister", "true", 1)],
)
def test_what_both_quote_of_one_speaker_does_not_count(
    other_by: str, anonymous: str, told: int, register: Write, claimtrack: Run
) -> None:
    said = SPEECH.replace("“", "").replace("”", "")
    quote = " ".join(said.split()[:34])
    text = (
        f"{LEAF}entities:\n"
        f"  minister: {{name: Minister, anonymous: {anonymous}}}\n  mayor: {{name: Mayor}}\n"
        "claims:\n  - id: a\n    statement: x\n    evidence:\n"
        f"      - {{source: gazette, by: minister, quote: '{quote}'}}\n"
        f"      - {{source: post, by: {other_by}, quote: '{quote}'}}\n"
    )
    files = {"gazette": said + ONE, "post": said + OTHER}
    assert len(copies(text, files, register, claimtrack)) == told


def test_each_later_source_is_told_of_once(register: Write, claimtrack: Run) -> None:
    names = [f"paper-{number}" for number in range(12)]
    lines = "".join(f"  {name}: {{file: {name}.txt}}\n" for name in names)
    files = dict.fromkeys(names, STORY) | {"paper-1": STORY[:200]}
    messages = copies(f"sources:\n{lines}", files, register, claimtrack)
    assert [each.split("'")[1] for each in messages] == names[1:]
    assert {each.split("'")[3] for each in messages} == {"paper-0"}


def test_the_articles_are_not_accused(claimtrack: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = os.environ.get("CLAIMTRACK_SOURCES") or str(PROJECT.parent / "shared" / "sources")
    if not Path(folder).is_dir():
        pytest.skip("the five articles are not at hand; CLAIMTRACK_SOURCES names their folder")
    monkeypatch.setenv("CLAIMTRACK_SOURCES", folder)
    found = claimtrack(
        "--register", str(PROJECT / "data"), "check", "--format", "json", "--select", "CT714"
    )
    assert json.loads(found.out)["diagnostics"] == []

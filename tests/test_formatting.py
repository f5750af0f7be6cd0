"""What ``claimtrack fmt`` makes of a text, and that it changes nothing but the layout."""

from __future__ import annotations

import cProfile
import re
import shutil
from collections import Counter
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given

from claimtrack.diagnostic import RegisterUnreadable
from claimtrack.edit.draft import Draft, read_draft
from claimtrack.edit.formatting import (
    Altered,
    format_files,
    formatted,
    lay_out,
    refuse_alterations,
)
from claimtrack.reading.yamltext import NotYaml, parse
from conftest import PROJECT, Run, Write
from hand_styles import MAIN, written_by_hand
from random_registers import SEEDS, registers

# Each is a text before and after, parted by an arrow.
SPECIFICATION = {
    # ------------------------------------------------------------------------------ the order
    "sections": """\
claims: []
title: Harbour
sources: {}
claimtrack: 1
-->
claimtrack: 1
title: Harbour
sources: {}
claims: []
""",
    "keys of every kind of entry": """\
claimtrack: 1
sources:
  gazette: {reliability: B, title: The Gazette, file: gazette.txt}
entities:
  aurora: {kind: ship, name: Aurora, aliases: [{note: n, name: Dawn}, Eos]}
properties:
  berth: {single: true, unit: m, type: number}
reviews:
  - {why: seen, decision: compatible, conflict: aurora.berth, by: ann}
-->
claimtrack: 1

sources:
  gazette: {file: gazette.txt, title: The Gazette, reliability: B}

entities:
  aurora: {name: Aurora, kind: ship, aliases: [{name: Dawn, note: n}, Eos]}

properties:
  berth: {type: number, unit: m, single: true}

reviews:
  - {conflict: aurora.berth, decision: compatible, by: ann, why: seen}
""",
    "keys of a claim and all in it": """\
claims:
  - statement: The Aurora is long.
    verdicts:
      - {by: ann, rating: confirmed}
    relations:
      - why: seen
        claim: b
        type: supports
    evidence:
      - quote: long
        source: gazette
    asserts: {negated: true, value: {unit: m, about: 90}, property: length, subject: aurora}
    id: a
-->
claims:
  - id: a
    statement: The Aurora is long.
    asserts: {subject: aurora, property: length, value: {about: 90, unit: m}, negated: true}
    evidence:
      - source: gazette
        quote: long
    relations:
      - type: supports
        claim: b
        why: seen
    verdicts:
      - {rating: confirmed, by: ann}
""",
    "entries, items, choices and scopes keep theirs": """\
entities: {zeta: {}, alpha: {}}
properties:
  side: {type: choice, choices: {west: , north: west, east: }}
claims:
  - id: b
    statement: x
    asserts: {scope: {phase: late, mode: one}, subject: s, property: p, value: 1}
    tags: [z, a]
  - id: a
    statement: x
-->
entities: {zeta: {}, alpha: {}}

properties:
  side: {type: choice, choices: {west: , north: west, east: }}

claims:
  - id: b
    statement: x
    asserts: {subject: s, property: p, value: 1, scope: {phase: late, mode: one}}
    tags: [z, a]

  - id: a
    statement: x
""",
    "a key that is unknown or stands twice leaves the order alone": """\
claims:
  - statemnt: x
    kind:   event
    id: a
  - statement: x
    id: b
    id: c
-->
claims:
  - statemnt: x
    kind: event
    id: a

  - statement: x
    id: b
    id: c
""",
    "an alias stays below its anchor": """\
claims:
  - statement: &said x
    id: a
    note: *said
  - note: &said y
    statement: *said
    id: b
-->
claims:
  - id: a
    statement: &said x
    note: *said

  - note: &said y
    statement: *said
    id: b
""",
    # ---------------------------------------------------------------------------- indentation
    "two spaces, dashes two in": """\
sources:
    gazette:
        title: T
        derived_from:
        - log
claims:
- id: a
  statement: x
  evidence:
     -   source: gazette
         via:
             - b
-->
sources:
  gazette:
    title: T
    derived_from:
      - log

claims:
  - id: a
    statement: x
    evidence:
      - source: gazette
        via:
          - b
""",
    "a dash and its first key share a line": """\
claims:
  -
    id: a
    statement: x
-->
claims:
  - id: a
    statement: x
""",
    "a list in a list": """\
other:
 - - a
   -   - b
 -
   - c
-->
other:
  - - a
    - - b
  - - c
""",
    # --------------------------------------------------------------------------------- spacing
    "one space after a colon and a comma, none inside brackets": """\
claims: [ {id:   a , statement:  x,tags: [ a,b ,c, ], } ]
entities: { a : {}, "b":{} }
-->
entities: {a: {}, "b": {}}
claims: [{id: a, statement: x, tags: [a, b, c]}]
""",
    "keys without a value": """\
properties:
  side: {type: choice, choices: {neutral, west: ,north: west, east: }}
claims:
  - id:
    statement:
    note: ~
-->
properties:
  side: {type: choice, choices: {neutral, west: , north: west, east: }}

claims:
  - id:
    statement:
    note: ~
""",
    "blank lines part sections, claims and sources that take lines of their own": """\
claimtrack: 1
title: T
sources:
  a: {title: A}
  b: {title: B}
  c:
    title: C
  d:
    title: D
entities:
  e:
    name: E
  f:
    name: F
claims:
  - {id: a, statement: x}
  - {id: b, statement: x}
  - id: c
    statement: x
  - id: d
    statement: x
-->
claimtrack: 1
title: T

sources:
  a: {title: A}
  b: {title: B}

  c:
    title: C

  d:
    title: D

entities:
  e:
    name: E
  f:
    name: F

claims:
  - {id: a, statement: x}
  - {id: b, statement: x}

  - id: c
    statement: x

  - id: d
    statement: x
""",
    "at most one blank line in a row, none above the first thing and at the ends": """\


claimtrack: 1


title: T
entities:

  a: {}


  b: {}


-->
claimtrack: 1

title: T

entities:
  a: {}

  b: {}
""",
    # --------------------------------------------------------------------------------- scalars
    "texts are left as they are written": r"""claims:
  - id: 'a'
    statement: "x \u0041 \
      y"
    note: it's "so":# [no] comment
-->
claims:
  - id: 'a'
    statement: "x \u0041 \
      y"
    note: it's "so":# [no] comment
""",
    "block scalars move with their indentation": """\
claims:
    - id: a
      statement: >-
            a text
              that is
            folded
      note: |2

           literal
-->
claims:
  - id: a
    statement: >-
      a text
        that is
      folded
    note: |2

         literal
""",
    "texts of several lines move, and stay on the lines that they are on": """\
claims:
- id: a
  statement: a plain text
           that goes on
             and on
  note:
      "begun below,

   and ended there"
-->
claims:
  - id: a
    statement: a plain text
      that goes on
        and on
    note:
      "begun below,

      and ended there"
""",
    "blank lines that a block scalar keeps are its text": """\
claims:
- note: |+
    kept


  id: a
- id: b
-->
claims:
  - id: a
    note: |+
      kept


  - id: b
""",
    # -------------------------------------------------------------------------------- comments
    "a comment above a key or an item moves with it": """\
# where it comes from
# and since when

# all that is claimed
claims:
# the first
- statement: x
  # what it is called
  id: a
# the second
- id: b
# the version
claimtrack: 1
-->
# where it comes from
# and since when

# the version
claimtrack: 1

# all that is claimed
claims:
  # the first
  # what it is called
  - id: a
    statement: x

  # the second
  - id: b
""",
    "a comment beside something stays beside it": """\
claims:  # all
- # the first
  statement: x # said
  id: a   # named
  tags: [a]# tagged
-->
claims:  # all
  - # the first
    id: a   # named
    statement: x  # said
    tags: [a]  # tagged
""",
    "a file's first comment stays on top and its last at the bottom": """\
# yaml-language-server: $schema=claimtrack.schema.json
title: T
claimtrack: 1
# vim: set et:
-->
# yaml-language-server: $schema=claimtrack.schema.json
claimtrack: 1
title: T
# vim: set et:
""",
    "a heading goes before what it stands before": """\
claimtrack: 1

# --- claims ---

claims: []

# --- sources ---

sources: {}
-->
claimtrack: 1

# --- sources ---

sources: {}

# --- claims ---

claims: []
""",
    "a comment that touches only what is above it goes with that": """\
sources:
  gazette:
    reliability: B
    # because it is printed

    title: T
    # not derived from anything
  log: {}
-->
sources:
  gazette:
    title: T
    # not derived from anything

    reliability: B
    # because it is printed

  log: {}
""",
    "a comment that stands deeper belongs to what it stands in": """\
entities:
    # a: {name: A}
    #   and so on
claims:
- id: a
  statement: x
    # of the statement
  kind: event
  # of the claim
    # and this
# of the next
- id: b
-->
entities:
  # a: {name: A}
  #   and so on

claims:
  - id: a
    statement: x
      # of the statement
    kind: event
    # of the claim
    # and this

  # of the next
  - id: b
""",
    "comments below a block scalar do not become its text": """\
claims:
- id: a
  statement: |
          x
     # deeper than the key
  # and not
  kind: event
-->
claims:
  - id: a
    statement: |
      x
    # deeper than the key
    # and not
    kind: event
""",
    "tabs in comments are kept, white space at their ends is not": (
        "claimtrack: 1\t#\ta\tb \t \n#\tc\t\n-->\nclaimtrack: 1  #\ta\tb\n#\tc\n"
    ),
    # -------------------------------------------------------------------------------- brackets
    "between brackets line breaks stay": """\
claims:
- id: a
  tags: [a,
         b,c]
  asserts: {
      value: 1 ,
      property: p, subject: s
  }
  about: [
    d
    ]
- {statement: x,
   id: b}
-->
claims:
  - id: a
    asserts: {
      subject: s,
      property: p, value: 1
    }
    about: [
      d
      ]
    tags: [a,
      b, c]

  - {id: b,
    statement: x}
""",
    "between brackets comments move with what they stand at": """\
claims:
  - id: a
    asserts: { # why
      value: 1, # one
      # what of it
      property: p,
      subject: s # it
      # nothing more
    }
    evidence: [
      {source: a} # first
      , {source: b},

      # third
      {source: c}, # last
    ]
-->
claims:
  - id: a
    asserts: {  # why
      subject: s,  # it
      # what of it
      property: p,
      value: 1  # one
      # nothing more
    }
    evidence: [
      {source: a},  # first
      {source: b},

      # third
      {source: c},  # last
    ]
""",
    # ------------------------------------------------------------------------------- oddities
    "anchors and tags stand on the line of their key or dash": """\
sources:
  a: &a
      title: A
  b: *a
  c:
    !!map
    title: !!str 12
claims:
  - &first # of all
    id: a
-->
sources:
  a: &a
    title: A

  b: *a

  c: !!map
    title: !!str 12

claims:
  - &first  # of all
    id: a
""",
    "what is written with question marks is only moved": """\
sources:
    ? a
    :   title:   A
        reliability: B
    ? b # nothing
# and the claims
claims:
    - ? id
      : a
    - id: b
-->
sources:
  ? a
  :   title:   A
      reliability: B
  ? b  # nothing

# and the claims
claims:
  - ? id
    : a

  - id: b
""",
    "so is what is unusual between brackets": """\
claims: [{? id : a, statement:  x},
    {id : # why
   b}]
other: [a: b,  c]
-->
claims: [{? id : a, statement:  x},
  {id : # why
    b}]
other: [a: b, c]
""",
    "a document's signs stay where they are": """\
%YAML 1.2
---
# the version
title: T
claimtrack:   1
# below
...
# after
-->
%YAML 1.2
---
# the version
claimtrack: 1
title: T
# below
...
# after
""",
    "a register between brackets": """\
# on top
{ title: T, claimtrack: 1,

  # all
  claims: [] }   # done

# at the end
-->
# on top
{claimtrack: 1, title: T,

  # all
  claims: []}   # done

# at the end
""",
}


@pytest.mark.parametrize("name", SPECIFICATION)
def test_specification(name: str) -> None:
    before, after = SPECIFICATION[name].split("-->\n")
    assert formatted(before) == after
    assert formatted(after) == after


# ------------------------------------------------------------------------------- ends of lines


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"title:  T\r\nclaims: []\n# c\r\n", b"title: T\r\nclaims: []\r\n# c\r\n"),
        (b"title:  T\r\nclaims: []\n# c\n", b"title: T\nclaims: []\n# c\n"),
        (b"title:  T\rclaims: []\r", b"title: T\rclaims: []\r"),
        (b"\xef\xbb\xbftitle:  T", b"\xef\xbb\xbftitle: T\n"),
        (
            "title:  a\u2028b\u0085c # \u2029\u00a0\n".encode(),
            "title: a\u2028b\u0085c  # \u2029\u00a0\n".encode(),
        ),
    ],
)
def test_line_ends_and_a_byte_order_mark(
    before: bytes, after: bytes, tmp_path: Path, register: Write, claimtrack: Run
) -> None:
    register("include: [more.yaml]", {"more.yaml": before})
    assert claimtrack("fmt", "more.yaml").out == "more.yaml\n"
    assert (tmp_path / "more.yaml").read_bytes() == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("title:  T", "title: T\n"),
        ("note: |-\n   x", "note: |-\n  x\n"),
        # With a line end it would be another text, and so it would in another place.
        ("note: |\n   x", "note: |\n  x"),
        ("note: >+\n   x\n\n\n", "note: >+\n  x\n\n\n"),
        ("claims: [] \ntitle: |\n   x", "claims: []\ntitle: |\n  x"),
        ("claims: [] \ntitle: |\n   x\n", "title: |\n  x\nclaims: []\n"),
        ("claims: [] \ntitle: |+\n   x\n\n", "title: |+\n  x\n\nclaims: []\n"),
    ],
)
def test_the_last_line_ends_unless_that_says_something(before: str, after: str) -> None:
    assert formatted(before) == after
    assert formatted(after) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a: |\n   x  \n      \n   \n\nb: 1\n", "a: |\n  x  \n     \n\nb: 1\n"),
        ("a: >-\n\n    x\n      y \n     \n\n", "a: >-\n\n  x\n    y \n   \n"),
        ("a: |\n   \n    \n\nb: 1\n", "a: |\n\nb: 1\n"),
        ("- a: |1-\n    x \n  b: 1\n", "- a: |1-\n    x \n  b: 1\n"),
    ],
)
def test_white_space_that_is_text_of_a_block_scalar_stays(before: str, after: str) -> None:
    assert formatted(before) == after


# ------------------------------------------------------------------------------ what it refuses


@pytest.mark.parametrize(
    "text", ["", "\n\n", "# nothing else\n\n\n", "text", "- a\n-   b\n", "&all\ntitle:   T\n"]
)
def test_what_is_no_mapping_of_sections_stays_as_it_is(text: str) -> None:
    assert formatted(text) == text


@pytest.mark.parametrize("text", ["a: [", "a: 1\n---\nb: 2\n", "a: *b\n", "a: 'b\n", "\tb: 1\n"])
def test_what_is_not_yaml_is_refused(text: str) -> None:
    with pytest.raises(NotYaml):
        formatted(text)


def test_what_is_too_deep_to_be_read_is_only_moved() -> None:
    deep = "\n".join(f"{' ' * 3 * level}a:" for level in range(1, 300))
    after = formatted(f"claims:\n{deep}  1\ntitle: T\n")
    assert after.startswith("title: T\n\nclaims:\n  a:\n    a:\n")
    assert formatted(after) == after


@pytest.mark.parametrize(
    "altered",
    [
        "claims: [b]  # c\n",
        "claims: [a]  # d\n",
        "claims: [a]\n",
        "claims: [a]  # c\n# c\n",
        "claims:   [a]  # c\n",
        "claims: [a]  # c\ntitle:\n",
    ],
)
def test_a_layout_that_alters_something_is_refused(altered: str) -> None:
    one = lay_out("claims: [a] # c\n")
    refuse_alterations(one, lay_out("claims: [a]  # c\n"))
    with pytest.raises(Altered):
        refuse_alterations(one, lay_out(altered))


# --------------------------------------------------------------------------- what does not change


def fingerprints(draft: Draft) -> dict[str, str]:
    return {key: claim.fingerprint for key, claim in draft.register.claims.items()}


def codes(draft: Draft) -> Counter[tuple[str, str | None]]:
    return Counter((each.code, each.claim) for each in draft.diagnostics)


def comments(data: bytes) -> Counter[str]:
    """As they were numbered by the hand that wrote them."""
    return Counter(re.findall(r"# c[0-9]+[ \t.].*?(?=[ \t]*(?:[\r\n]|\Z))", data.decode()))


def written(folder: Path, files: dict[str, bytes]) -> Draft:
    shutil.rmtree(folder, ignore_errors=True)
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    return read_draft(folder / MAIN)


def formatted_files(draft: Draft) -> dict[str, bytes]:
    change = format_files(draft, []).change
    return {file: held.spliced(change.splices.get(file, ())) for file, held in draft.files.items()}


@given(registers(), SEEDS)
def test_in_any_hand_a_register_says_the_same_afterwards(
    tmp_path_factory: pytest.TempPathFactory, register: dict[str, Any], seed: int
) -> None:
    folder = tmp_path_factory.getbasetemp() / "formatted"
    before = written(folder, written_by_hand(Random(seed), register))
    data = formatted_files(before)
    after = written(folder, data)
    assert fingerprints(after) == fingerprints(before)
    assert [*after.register.claims] == [*before.register.claims]
    assert codes(after) == codes(before)
    for file, held in before.files.items():
        assert comments(data[file]) == comments(held.data)
    assert formatted_files(after) == data


@given(registers(), SEEDS)
def test_so_does_one_with_mistakes(
    tmp_path_factory: pytest.TempPathFactory, register: dict[str, Any], seed: int
) -> None:
    rng = Random(seed)
    folder = tmp_path_factory.getbasetemp() / "mistaken"
    files = written_by_hand(rng, register)
    before = written(folder, files)
    for _ in range(rng.choice((1, 2, 4))):
        name = rng.choice(list(files))
        mistaken = with_a_mistake(rng, files[name])
        if is_read(folder, {**files, name: mistaken}):
            files[name] = mistaken
    before = written(folder, files)
    data = formatted_files(before)
    after = written(folder, data)
    assert codes(after) == codes(before)
    assert fingerprints(after) == fingerprints(before)
    assert formatted_files(after) == data


def with_a_mistake(rng: Random, data: bytes) -> bytes:
    """A line twice, or gone, or a word that is another one."""
    lines = data.splitlines(keepends=True)
    at = rng.randrange(len(lines))
    kind = rng.choice(("twice", "gone", "word"))
    if kind == "twice":
        lines.insert(at, lines[at])
    elif kind == "gone":
        del lines[at]
    else:
        words = re.findall(rb"[a-z]+", lines[at]) or [b""]
        lines[at] = lines[at].replace(
            rng.choice(words), rng.choice((b"x", b"id", b"[a, {b: c}]")), 1
        )
    return b"".join(lines)


def is_read(folder: Path, files: dict[str, bytes]) -> bool:
    """Whether each file of a register is YAML, whatever it says."""
    try:
        for data in files.values():
            parse(data)
        written(folder, files)
    except (NotYaml, RegisterUnreadable):
        return False
    return True


def test_the_shipped_register_is_laid_out_so() -> None:
    text = (PROJECT / "data" / "claims.yaml").read_text("utf-8")
    assert formatted(text) == text


@pytest.mark.parametrize(
    "name", sorted((PROJECT / "tests" / "conformance").glob("*.yaml")), ids=lambda path: path.stem
)
def test_the_conformance_registers_say_the_same(name: Path, tmp_path: Path) -> None:
    before = read_draft(name)
    after = written(tmp_path / "register", {MAIN: formatted_files(before)[name.name]})
    assert fingerprints(after) == fingerprints(before)
    assert codes(after) == codes(before)


def test_a_claim_costs_as_much_among_many() -> None:
    claim = "- statement: x\n  # c\n  id: a{}\n  tags: [a,b]\n  evidence:\n  - {{quote: q}}\n"

    def calls(count: int) -> int:
        text = "claims:\n" + "".join(claim.format(number) for number in range(count))
        with cProfile.Profile() as profile:
            formatted(text)
        return sum(each.callcount for each in profile.getstats())

    assert calls(400) < 2.1 * calls(200)


# ------------------------------------------------------------------------------------ the command

UNTIDY = "claims:\n- statement: The Aurora lies at the quay.  # said\n  id: at-quay\n"
TIDY = "\nclaims:\n  - id: at-quay\n    statement: The Aurora lies at the quay.  # said\n"
HEAD = "claimtrack: 1\n"


def test_fmt_names_the_files_that_it_wrote(
    register: Write, claimtrack: Run, tmp_path: Path
) -> None:
    main = register(
        "include: [more/*.yaml]\n", {"more/a.yaml": UNTIDY, "more/b.yaml": "title: T\n"}
    )
    result = claimtrack("fmt")
    assert (result.status, result.out, result.err) == (
        0,
        "more/a.yaml\n",
        "formatted 1 of 3 files\n",
    )
    assert (tmp_path / "more" / "a.yaml").read_text() == TIDY.lstrip("\n")
    assert main.read_text() == f"{HEAD}include: [more/*.yaml]\n"
    again = claimtrack("fmt")
    assert (again.status, again.out, again.err) == (0, "", "nothing to change in 3 files\n")


def test_check_writes_nothing_and_fails_where_a_file_would_change(
    register: Write, claimtrack: Run
) -> None:
    main = register(UNTIDY)
    result = claimtrack("fmt", "--check")
    assert (result.status, result.out) == (1, "claims.yaml\n")
    assert result.err == "1 file would change\nnext: claimtrack fmt\n"
    assert main.read_text() == HEAD + UNTIDY
    claimtrack("fmt")
    assert main.read_text() == HEAD + TIDY
    assert claimtrack("fmt", "--check").status == 0


def test_a_dry_run_shows_the_change(register: Write, claimtrack: Run) -> None:
    main = register(UNTIDY)
    result = claimtrack("fmt", "--dry-run")
    assert result.status == 0
    assert (
        result.out
        == """\
--- claims.yaml
+++ claims.yaml
@@ -1,4 +1,5 @@
 claimtrack: 1
+
 claims:
-- statement: The Aurora lies at the quay.  # said
-  id: at-quay
+  - id: at-quay
+    statement: The Aurora lies at the quay.  # said
"""
    )
    assert claimtrack("fmt", "--dry-run", "--check").status == 1
    assert main.read_text() == HEAD + UNTIDY


def test_only_the_files_that_are_named(
    register: Write, claimtrack: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    register(f"include: [more/a.yaml]\n{UNTIDY}", {"more/a.yaml": "title:  T\n", "c.yaml": "a:  b"})
    monkeypatch.chdir(tmp_path / "more")
    assert claimtrack("fmt", "a.yaml", "more/a.yaml").out == "a.yaml\n"
    assert claimtrack("fmt", "a.yaml").err == "nothing to change in 1 file\n"
    result = claimtrack("fmt", "../claims.yaml", "../c.yaml")
    assert (result.status, result.err) == (
        2,
        "claimtrack: '../c.yaml' is no file of this register; it has claims.yaml, more/a.yaml\n",
    )
    assert claimtrack("fmt", "--check").out == "../claims.yaml\n"


def test_a_file_that_is_not_yaml_stands_in_the_way_of_all_but_those_named(
    register: Write, claimtrack: Run, tmp_path: Path
) -> None:
    main = register(f"include: [a.yaml]\n{UNTIDY}", {"a.yaml": "title: 'T\n"})
    result = claimtrack("fmt")
    assert (result.status, result.out) == (2, "")
    assert result.err == (
        "claimtrack: a.yaml cannot be formatted: line 1, not YAML: found unexpected end of stream "
        "while scanning a quoted scalar; close the quotes that were opened; nothing was written\n"
    )
    assert UNTIDY in main.read_text()
    assert claimtrack("fmt", "claims.yaml").out == "claims.yaml\n"


def test_mistakes_are_no_reason_not_to_format(register: Write, claimtrack: Run) -> None:
    main = register("claims:\n- statemnt: x\n  id: a\n- id: b\n  statement: y\n- id: b\n- text\n")
    before = claimtrack("check", "--format", "json").out.count('"code"')
    assert claimtrack("fmt").status == 0
    assert main.read_text() == (
        f"{HEAD}\nclaims:\n  - statemnt: x\n    id: a\n\n"
        "  - id: b\n    statement: y\n\n  - id: b\n\n  - text\n"
    )
    assert claimtrack("check", "--format", "json").out.count('"code"') == before


def test_what_the_commands_write_is_laid_out_so(claimtrack: Run) -> None:
    claimtrack("init")
    assert claimtrack("fmt", "--check").status == 0
    claimtrack("source", "set", "gazette", "--title", "The Gazette")
    claimtrack("entity", "add", "Aurora", "--kind", "ship", "--alias", "Dawn")
    claimtrack("property", "add", "crew", "--type", "number", "--single")
    for number in ("40", "about 70"):
        told = ("--subject", "Dawn", "--property", "crew", "--value", number)
        assert claimtrack("add", f"{number} sail.", *told, "--source", "gazette").status == 0
    claimtrack("judge", "40-sail", "confirmed", "--by", "ann", "--why", "seen " * 40)
    assert claimtrack("fmt", "--check").out == ""

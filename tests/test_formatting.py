"""What ``claimtrack fmt`` makes of a text, and that it changes nothing but the layout."""

from __future__ import annotations

import re
import shutil
from collections import Counter
from pathlib import Path
from random import Random
from typing import Any

import pytest
from hypothesis import given

from claimtrack.edit import formatting
from claimtrack.edit.draft import Draft, read_draft
from claimtrack.edit.formatting import Altered, formatted
from claimtrack.reading.yamltext import NotYaml
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
    ? b
claims:
    - ? id
      : a
    - id: b
-->
sources:
  ? a
  :   title:   A
      reliability: B
  ? b

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


# ------------------------------------------------------------------------------ what it refuses


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n\n",
        "# nothing else\n\n\n",
        "text",
        "- a\n-   b\n",
        "&all\ntitle:   T\n",
        "title:   &a\n  ? [b]\n  : c\n",
    ],
)
def test_what_is_no_register_stays_as_it_is(text: str) -> None:
    assert formatted(text).rstrip("\n") in (text.rstrip("\n"), text.replace(":   ", ": ").rstrip("\n"))


@pytest.mark.parametrize("text", ["a: [", "a: 1\n---\nb: 2\n", "a: *b\n", "a: 'b\n", "\tb: 1\n"])
def test_what_is_not_yaml_is_refused(text: str) -> None:
    with pytest.raises(NotYaml):
        formatted(text)

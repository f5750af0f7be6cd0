"""Silencing comments found by parsing what is around them, against the whole file taken apart."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claimtrack.diagnostic import RegisterUnreadable
from claimtrack.reading.comment_places import place_comments
from claimtrack.reading.register import read_register
from claimtrack.reading.spans import Position
from claimtrack.reading.yamltext import NotYaml

COMMENT = "# claimtrack: ignore CT706 because it was measured"
HEAD = "claimtrack: 1\nsources:\n  s:\n    title: T\n  t: {title: U}\n"
ITEMS = "    evidence:\n      - source: s\n        quote: q\n      - {source: t}\n"
CLAIMS = [
    "  - id: {id}\n    statement: x\n",
    f"  - id: {{id}}\n    statement: x\n{ITEMS}",
    f"  - id: '{{id}}'\n    statement: x\n{ITEMS}    note:\n",
    "  - {id: {id}, statement: x, evidence: [{source: s},\n      {source: t}]}\n",
    "  -\n    id: {id}\n    statement: x\n",
    "  - id: {id}\n    statement: x\n    nonsense: 1\n",
    f"  - statement: >\n      x\n      {COMMENT}\n\n    id: {{id}}\n    note:\n",
    f"  - id: {{id}}\n    note: |+\n      y\n\n    statement: 'x\n      {COMMENT}'\n",
    f"  - id: {{id}}\n    statement: >-\n      x\n      {COMMENT}\n\n",
    "  - &{id}\n    id: {id}\n    statement: x\n    relations: [{type: supports, claims: []}]\n",
    "  - &{id} id: {id}\n    statement: x\n",
    "  -   id: {id}\n      statement: x y\n        z\n\n\n",
]
TAILS = ["", "reviews: []\n", "properties:\n  p: {type: text}\n", "...\n"]


@st.composite
def _registers(draw: st.DrawFn) -> str:
    claims = draw(st.lists(st.sampled_from([*CLAIMS[:3] * 6, *CLAIMS]), max_size=7))
    parts = [each.replace("{id}", f"c{number}") for number, each in enumerate(claims)]
    lines = "".join([HEAD, "claims:\n", *parts, draw(st.sampled_from(TAILS))]).split("\n")
    for _ in range(draw(st.integers(1, 3))):
        at = draw(st.integers(0, len(lines) - 1))
        if draw(st.booleans()):
            lines[at] += f"  {COMMENT}"
        else:
            lines.insert(at, " " * draw(st.integers(0, 6)) + COMMENT)
    return draw(st.sampled_from(["\n", "\n", "\r\n", "\r"])).join(lines)


def _claims(folder: Path, text: str) -> list[Position]:
    main = folder / "claims.yaml"
    main.write_bytes(text.encode())
    try:
        claims = read_register(main).register.claims.values()
    except RegisterUnreadable:
        return []
    return sorted((claim.place.line, claim.place.column) for claim in claims)


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=_registers())
def test_a_comment_is_about_the_same_lines_either_way(text: str, tmp_path: Path) -> None:
    data, claims = text.encode(), _claims(tmp_path, text)
    if claims:
        assert place_comments(data, claims) == place_comments(data)


def test_only_what_is_around_a_comment_is_parsed(tmp_path: Path) -> None:
    parts = [CLAIMS[1].replace("{id}", f"c{number}") for number in range(200)]
    parts[100] = parts[100].replace("quote: q", f"quote: q  {COMMENT}")
    text = "".join([HEAD, "claims:\n", *parts])
    claims = _claims(tmp_path, text)
    assert len(claims) == 200
    [found] = place_comments(text.encode(), claims)
    assert (found.line, found.column, found.first, found.last) == (611, 19, 610, 611)
    # Beyond the claim after it the file may be no YAML: nobody looks.
    torn = text.encode().replace(b"id: c150", b"id: 'c150")
    assert place_comments(torn, claims) == [found]
    with pytest.raises(NotYaml):
        place_comments(torn)

"""Ids at a glance: what is seen of a register without parsing it."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claimtrack.findings.findings import derive
from claimtrack.reading.glance import ids_at_a_glance
from claimtrack.reading.register import read_register
from conftest import PROJECT, Write
from random_registers import block, registers, to_yaml

KEYED = ("sources", "entities", "properties")
Written = dict[str, Any]


# ------------------------------------------------------------------- whatever the style


def _shuffled(register: Written, seed: int) -> Written:
    """The same claims, the keys of each in another order."""
    rng = random.Random(seed)
    claims = [dict(rng.sample(list(claim.items()), len(claim))) for claim in register["claims"]]
    return {**register, "claims": claims}


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _flow_items(register: Written, seed: int) -> str:
    """Each claim on a line of its own, in flow style."""
    others = {key: value for key, value in register.items() if key != "claims"}
    claims = [f"  - {_json(claim)}\n" for claim in _shuffled(register, seed)["claims"]]
    return to_yaml(others) + "claims:\n" + "".join(claims)


def _flow_sections(register: Written, _: int) -> str:
    return "".join(
        f"{key}: {value if key == 'claimtrack' else _json(value)}\n"
        for key, value in register.items()
    )


def _remarked(register: Written, seed: int) -> str:
    """Comments and blank lines between any two lines, and other indentation of lists."""
    rng = random.Random(seed)
    lines = []
    for key, value in _shuffled(register, seed).items():
        held = block(value)
        deep = isinstance(value, dict | list)
        lines += [f"{key}:  # said of {key}" if deep else f"{key}: {held[0]}"]
        lines += [f"    {line}" for line in held if deep]
    noise = ["", "  # id: none", "#- id: none", "      # x"]
    return "".join(
        "".join(f"{rng.choice(noise)}\n" * rng.randint(0, 2)) + f"{line}\n" for line in lines
    )


STYLES: dict[str, Callable[[Written, int], str]] = {
    "block": lambda register, _: to_yaml(register),
    "id anywhere": lambda register, seed: to_yaml(_shuffled(register, seed)),
    "flow items": _flow_items,
    "flow sections": _flow_sections,
    "all in flow": lambda register, _: _json({**register, "claimtrack": 1}),
    "comments": _remarked,
    "indented": lambda register, _: "".join(f"  {line}\n" for line in block(register)),
    "other line ends": lambda register, _: to_yaml(register).replace("\n", "\r\n"),
    "old line ends": lambda register, _: to_yaml(register).replace("\n", "\r"),
    "marked": lambda register, _: "\ufeff%YAML 1.2\n--- # x\n" + to_yaml(register),
}


@settings(max_examples=25)
@given(register=registers(), seed=st.integers(0, 99))
@pytest.mark.parametrize("style", STYLES)
def test_every_id_is_seen_and_no_other(
    style: str, register: Written, seed: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    main = tmp_path_factory.mktemp("register") / "claims.yaml"
    main.write_bytes(STYLES[style](register, seed).encode())
    assert ids_at_a_glance(main, ["claims"]) == [each["id"] for each in register["claims"]]
    for kind in KEYED:
        assert ids_at_a_glance(main, [kind]) == list(register[kind])


@pytest.mark.parametrize(
    "text",
    [
        "claims:\n  - id: a\n  - id: b\n",
        "claims:\n- id: a\n- id: b",
        "claims:\n  -   id: a\n      statement: x\n  -\n    id: b\n",
        "claims:\n  - 'id': \"a\"\n  - \"id\": 'b' # c\n",
        "claims:\n  - {id: a}\n  - { statement: x, id: b }\n",
        "claims:\n  - {\n    # id: none\n    id: a,\n  }\n  - {statement: x,\n     id: b}\n",
        "claims:\n  - &one\n    id: a\n  - &two {id: b}\n",
        "claims:\n  - id: &one a\n  - id: !!str b\n",
        "claims: # id: none\n\n  # id: none\n  - # id: none\n    id: a\n  - note: x\n    id: b\n",
        "claims:\n  - id: a\n    note: |\n      - id: none\n      id: none\n  - id: b\n",
        "claims:\n  - note: >\n      id: none\n    id: a\n  - scope:\n      id: none\n    id: b\n",
        "claims:\n  - note: x\n     - id: none\n    id: a\n  - id: b\n",
        "claims: [{id: a}, {statement: x, id: b}]",
        "claims:\n  [{id: a},\n  # {id: none},\n  {id: b}]",
        'claims: [{"id":"a"},{"id":"b"}]',
        "'claims':\n  - id: a\n\"title\": x\n? x\n: y\nclaims :\n  - id: b\n",
        "claims: &all\n  - id: a\n  - id: b\n",
        "title: |\n  claims:\n    - id: none\nclaims:\n  - id: a\n  - id: b\n",
        "{claims: [{id: a}, {id: b}]}",
        "  claims:\n  - id: a\n  - id: b\n",
        "--- {claims: [{id: a}, {id: b}]}",
        "claims:\n  - id: a\n  - id: A\n  - id: a b\n  - id: -a\n  - id: a-\n  - id:\n  - id: b\n",
        "claims:\n  - id: a\n  - id: a\n  - id: b\n",
    ],
)
def test_styles_by_hand(text: str, tmp_path: Path) -> None:
    (tmp_path / "claims.yaml").write_text(text)
    assert ids_at_a_glance(tmp_path / "claims.yaml", ["claims"]) == ["a", "b"]


@pytest.mark.parametrize(
    "text",
    [
        "sources:\n  a:\n  b: {}\n",
        "sources:\n  a: {title: 'x'}\n  # none: x\n\n  'b': # c\n    title: |\n      none: x\n",
        "sources:\n    a: &x {}\n    &y b: *x\n",
        "sources: {a: {}, b: {none: {}}}",
        "sources:\n  {a: {},\n  b: }",
        "sources: &x\n  ? a\n  : {}\n  ? b\n  : {none: {}}\n",
        "sources:\n  a: {}\n  A: {}\n  a b: {}\n  b: {}\nentities:\n  none: {}\n",
        "sources:\n  a: {}\nsources: # once more\n  b: {}\n",
    ],
)
def test_styles_of_other_sections_by_hand(text: str, tmp_path: Path) -> None:
    (tmp_path / "claims.yaml").write_text(text)
    assert ids_at_a_glance(tmp_path / "claims.yaml", ["sources"]) == ["a", "b"]


@pytest.mark.parametrize(
    "text",
    [
        "tags: [one, two]",
        "tags: [one,two] # three",
        'tags: [ \'one\', "two", "not one", \'x, three\', "a]", [x], -x, $x, a;b ]',
        "tags: [\n      one, # three\n      two,\n    ]",
        "tags:\n      - one\n      - 'two' # three\n      - 'a b'\n      - x y\n    note: three",
        "tags: # three\n    - one\n    - two",
    ],
)
def test_tags_that_are_single_words(text: str, tmp_path: Path) -> None:
    main = tmp_path / "claims.yaml"
    main.write_text(f"claims:\n  - id: a\n    {text}\n  - id: b\n    tags: [two]\n")
    assert ids_at_a_glance(main, ["tags"]) == ["one", "two"]


@pytest.mark.parametrize(
    "text", ["", "x", "claims:", "claims: null\n", "claims: []", "claims: 3", "claims: {id: a}"]
)
def test_where_nothing_is_nothing_is_seen(text: str, tmp_path: Path) -> None:
    (tmp_path / "claims.yaml").write_text(text)
    assert ids_at_a_glance(tmp_path / "claims.yaml", ["claims", *KEYED, "tags", "conflicts"]) == []


@settings(max_examples=300)
@given(st.text("-:#[]{}&*!|>'\"\\ \n\tidclams,ab?", max_size=80))
def test_no_text_is_too_much(text: str) -> None:
    from claimtrack.reading.skim import Unusual, claims, keys, sections, tags

    for begin in ("claims:", "claims:\n  - id: a\n", "sources:\n  "):
        try:
            found = [
                each
                for section in sections((begin + text).encode())
                for find in (claims, keys, tags)
                for each in find(section)
            ]
        except Unusual:
            continue
        assert all(each.strip() for each in found)


# ------------------------------------------------------------------------------ conflicts


CONFLICTS = """
claims:
  - id: b
    asserts: {subject: ship, property: berth, value: pier}
    relations: [{type: contradicts, claim: a, why: x}, {type: supports, claim: d}]
  - id: c
    asserts:
      - property: berth  # and a remark

        subject: "ship"
        value: bay
      - {subject: ship, property: length, value: 3}
    relations:
      - type: tension
        # more than one
        claim: [e, a]
  - statement: x
    relations: {type: tension, claim: a}
    id: z
reviews:
  - {conflict: "north%20bay.berth", decision: unresolved}
  - decision: prevails
    conflict: b~x
    claim: b
"""


def test_what_may_be_a_conflict_is_offered_as_one(tmp_path: Path) -> None:
    (tmp_path / "claims.yaml").write_text(CONFLICTS)
    seen = ids_at_a_glance(tmp_path / "claims.yaml", ["conflicts"])
    assert sorted(seen) == ["a~b", "a~c~e", "a~z", "b~x", "north%20bay.berth", "ship.berth"]


def test_the_shipped_register_is_seen_as_it_is() -> None:
    main = PROJECT / "data" / "claims.yaml"
    register = read_register(main).register
    for kind in ("claims", *KEYED):
        assert ids_at_a_glance(main, [kind]) == list(getattr(register, kind))
    tags = {tag for claim in register.claims.values() for tag in claim.tags}
    assert set(ids_at_a_glance(main, ["tags"])) == tags
    conflicts = {conflict.id for conflict in derive(register).conflicts}
    assert conflicts <= set(ids_at_a_glance(main, ["conflicts"]))


# ------------------------------------------------------------------------------- includes


@pytest.mark.parametrize(
    "include",
    [
        "include: [more/*.yaml, 'other file.yaml']",
        'include: [ "more/*.yaml" , other file.yaml ] # x',
        "include:\n  - more/*.yaml # x\n  # - none.yaml\n  - other file.yaml",
        "include:\n- 'more/*.yaml'\n- other file.yaml",
        'include: ["more\\u002f*.yaml", &x other file.yaml, *x]',
        "include: [more/*.yaml, other file.yaml, more/a.yaml, nowhere.yaml, ../outside.yaml, more]",
        "include: [other file.yaml, more/b.yaml]",
    ],
)
def test_what_is_included_is_seen(include: str, register: Write, tmp_path: Path) -> None:
    (tmp_path.parent / "outside.yaml").write_text("claims: [{id: outside}]")
    main = register(
        f"{include}\nclaims: [{{id: main}}]",
        {
            "more/a.yaml": "claims: [{id: a}]",
            "more/b.yaml": "claims:\n  - id: b\n",
            "more/.hidden.yaml": "claims:\n  - id: hidden\n",
            "other file.yaml": "include: [more/a.yaml, claims.yaml]\nclaims: [{id: c}]",
        },
    )
    assert sorted(ids_at_a_glance(main, ["claims"])) == ["a", "b", "c", "main"]


def test_a_file_that_cannot_be_read_hides_no_other(register: Write) -> None:
    files: dict[str, str | bytes] = {"a.yaml": b"claims: [{id: \xff", "b.yaml": "claims: [{id: b}]"}
    main = register("include: [a.yaml, b.yaml]\nclaims:\n  - id: main\n", files)
    assert ids_at_a_glance(main, ["claims"]) == ["main", "b"]

"""A file read claim by claim gives what it gives when it is read as a whole."""

from __future__ import annotations

import marshal
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimtrack.reading.claim_stream import (
    Catalogue,
    End,
    Item,
    Opening,
    Pair,
    Section,
    Start,
    stream,
    stream_from,
)
from claimtrack.reading.nodes import Mapping, Node, Sequence
from claimtrack.reading.pieced_text import NotStreamed
from claimtrack.reading.raw import node_of
from claimtrack.reading.yamltext import parse
from random_registers import registers, to_yaml
from sample_registers import SOUND, examples, mutated

BOTH = pytest.mark.parametrize("pure", [False, True], ids=["libyaml", "pure"])
TEXTS = SOUND | examples()
SHORT = [text for text in TEXTS.values() if len(text) < 20_000]


def assembled(text: str, *, pure: bool = False) -> Node:
    """The root node, put together from what is streamed. Raises NotStreamed."""
    start, *parts = stream(text.encode(), pure=pure)
    assert isinstance(start, Start)
    entries: list[tuple[Node, Node]] = []
    items: list[Node] = []
    opening: Opening | None = None
    for part in parts:
        if isinstance(part, Catalogue):
            entries.append((part.key, Mapping((), part.line, part.column)))
        elif isinstance(part, Pair):
            key, held = entries.pop()
            assert isinstance(held, Mapping)
            pair = node_of(part.key, 1), node_of(part.value, 1)
            entries.append((key, Mapping((*held.entries, pair), held.line, held.column)))
        elif isinstance(part, Section):
            entries.append((part.key, part.value))
        elif isinstance(part, Opening):
            opening = part
        elif isinstance(part, Item):
            items.append(node_of(part.raw, part.line))
        elif opening:
            sequence = Sequence(tuple(items), opening.line, opening.column)
            entries.append((opening.key, sequence))
    return Mapping(tuple(entries), start.line, start.column)


def is_streamed(text: str) -> bool:
    try:
        assembled(text)
    except NotStreamed:
        return False
    return True


@BOTH
@pytest.mark.parametrize("name", TEXTS)
def test_every_register_gives_the_nodes_of_the_whole_file(name: str, pure: bool) -> None:
    if is_streamed(TEXTS[name]) or name in SOUND:
        assert assembled(TEXTS[name], pure=pure) == parse(TEXTS[name].encode(), pure=pure)


@BOTH
@given(registers())
def test_so_does_a_random_register(pure: bool, register: dict[str, object]) -> None:
    text = to_yaml(register)
    assert assembled(text, pure=pure) == parse(text.encode(), pure=pure)


@BOTH
@given(st.sampled_from(SHORT), st.integers(0, 2**32))
def test_what_hasty_hands_make_of_a_register_is_read_alike_or_as_a_whole(
    pure: bool, text: str, seed: int
) -> None:
    text = mutated(text, Random(seed)).removeprefix("\ufeff")
    try:
        found = assembled(text, pure=pure)
    except NotStreamed:
        return
    assert found == parse(text.encode(), pure=pure)
    follow_from_everywhere(text)


@given(st.sampled_from(SHORT), st.integers(0, 2**32))
def test_libyaml_and_the_pure_parser_stream_the_same(text: str, seed: int) -> None:
    text = mutated(text, Random(seed)).removeprefix("\ufeff")
    try:
        found = list(stream(text.encode()))
        also = list(stream(text.encode(), pure=True))
    except NotStreamed:
        return
    # The two do not always agree on where nothing stands between two brackets.
    assert found == also or parse(text.encode()) != parse(text.encode(), pure=True)


@pytest.mark.parametrize(
    "text",
    [
        "a: &x 1\nclaims: []\n",
        "a: &x 1\nb: *x\n",
        "a: !!str 1\n",
        "!!map\na: 1\n",
        "---\na: 1\n",
        "a: 1\n...\n",
        "%YAML 1.2\n---\na: 1\n",
        "a: 1\n---\nb: 2\n",
        "claims: [{id: a}]\n",
        "claims: &c\n- id: a\n",
        "claims:\n- id: a\nclaims:\n- id: b\n",
        "claims: ~\nclaims:\n- id: b\n",
        "{claims: }\n",
        "- a\n",
        "a\n",
        "",
        "? [a]\n: b\n",
        "a: " + "[" * 64 + "]" * 64 + "\n",
        "claims:\n- a: " + "[" * 62 + "]" * 62 + "\n",
        'a: "\\ud800"\n',
        "a: b: c\n",
        "claims:\n- id: a\n  b: 'open\n",
        "claims:\n- id: a\n b: wrong\n",
        "a: \ufeff\n",
    ],
)
def test_a_file_that_has_to_be_read_as_a_whole_is_not_streamed(text: str) -> None:
    assert not is_streamed(text)


@pytest.mark.parametrize(
    "text",
    [
        "claims: ~\n",
        "claims: {a: b}\n",
        "claims:\n",
        "a: " + "[" * 63 + "]" * 63 + "\n",
        "claims:\n- a: " + "[" * 61 + "]" * 61 + "\n",
        "# nothing but\n  claimtrack: 1\n  claims:\n  - x\n",
    ],
)
def test_a_file_without_an_oddity_is_streamed(text: str) -> None:
    assert assembled(text) == parse(text.encode())


# -------------------------------------------------------------------------- from a claim on


def follow_from_everywhere(text: str) -> None:
    """See that reading from each claim on gives what follows in the whole."""
    parts = list(stream(text.encode()))
    openings = [part for part in parts if isinstance(part, Opening)]
    claims = [part for part in parts if isinstance(part, Item | End)]
    for number, item in enumerate(claims[:-1]):
        at = (item.start, item.line, item.column, openings[0].column)
        found = list(stream_from(text.encode(), *at, key_column=openings[0].key.column))
        assert found == claims[number:]


@pytest.mark.parametrize("name", [name for name, text in TEXTS.items() if is_streamed(text)])
def test_reading_can_begin_at_every_claim(name: str) -> None:
    text = TEXTS[name]
    if len(text) < 60_000:
        follow_from_everywhere(text)


@given(registers())
def test_reading_can_begin_at_every_claim_of_a_random_register(register: dict[str, object]) -> None:
    follow_from_everywhere(to_yaml(register))


@pytest.mark.parametrize(
    "text",
    [
        "claims:\n- id: a\n- id: b\nreviews: []\n",
        "claims:\n-\n  id: a\n-\n id: b\n- # none\n-\n",
        "claims:\n-\n-   \n- # none\n- id: c\n",
        "  claims:\n  - id: a\n  - id: b\n  reviews: []\n",
        "claims:\n    -   id: a\n        note: |\n          x\n           y\n\n    -\n     id: b\n",
        "claims:\r\n  - id: a\r\n  # é \U0001f642\r\n  - id: \U0001f642\r\n",
        "claims:\n  - - nested\n    - list\n  - [flow]\n  - {id: a}\n",
        "claims:\n  - 'quoted\n    text'\n  - |\n    x\n  - plain\n    text\n",
        "claims:\n  - id: a\n    x: \u2028\n  - id: \x85é\n# end\n\n",
    ],
)
def test_reading_can_begin_at_claims_however_they_stand(text: str) -> None:
    follow_from_everywhere(text)
    assert assembled(text) == parse(text.encode())


def test_the_claims_are_over_where_the_next_section_begins() -> None:
    text = "claims:\n  - id: a\n\n# between\nreviews: []\n"
    assert [part for part in stream(text.encode()) if isinstance(part, End)] == [
        End(text.index("reviews"), 5, 1)
    ]
    text = "claims:\n- id: a\n\n# the end\n"
    assert [part for part in stream(text.encode()) if isinstance(part, End)] == [
        End(len(text), 5, 1)
    ]


def test_what_does_not_follow_claims_is_not_taken_for_their_end() -> None:
    text = "claims:\n  - id: a\n  reviews: []\n"
    with pytest.raises(NotStreamed):
        list(stream_from(text.encode(), text.index("id"), 2, 5, 3))


def test_only_what_is_asked_for_is_parsed() -> None:
    text = "claims:\n" + "- id: a\n" * 100_000 + "- id: 'open\n"
    following = stream_from(text.encode(), text.index("id"), 2, 3, 1)
    found = [next(following) for _ in range(3)]
    assert [(each.start, each.line) for each in found] == [(10, 2), (18, 3), (26, 4)]


def test_a_raw_node_is_made_of_what_marshal_takes() -> None:
    for part in stream(SOUND["data/claims.yaml"].encode()):
        if isinstance(part, Item):
            assert marshal.loads(marshal.dumps(part.raw)) == part.raw

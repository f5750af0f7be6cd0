from __future__ import annotations

from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from claimtrack.reading.nodes import Broken, Mapping, Node, Scalar, Sequence, core_type
from claimtrack.reading.yamltext import NotYaml, parse

BOTH = pytest.mark.parametrize("pure", [False, True], ids=["libyaml", "pure"])


def plain(node: Node | None) -> Any:
    """The node as plain data, every scalar as its text."""
    match node:
        case Scalar():
            return node.text
        case Sequence():
            return [plain(item) for item in node.items]
        case Mapping():
            return {plain(key): plain(value) for key, value in node.entries}
        case Broken():
            return node.code
    return None


@pytest.mark.parametrize(
    ("text", "core"),
    [
        ("", "null"),
        ("~", "null"),
        ("null", "null"),
        ("NULL", "null"),
        ("nUll", "text"),
        ("true", "boolean"),
        ("False", "boolean"),
        ("yes", "text"),
        ("on", "text"),
        ("0", "number"),
        ("-12", "number"),
        ("0o17", "number"),
        ("0xFF", "number"),
        ("1_000", "text"),
        ("1e3", "number"),
        (".5", "number"),
        ("1.", "number"),
        (".inf", "number"),
        ("-.INF", "number"),
        (".nan", "number"),
        (".", "text"),
        ("+", "text"),
        ("12:30", "text"),
        ("2024-07-14", "text"),
        ("१२", "text"),
    ],
)
def test_the_core_schema_of_yaml_1_2_decides(text: str, core: str) -> None:
    assert core_type(text) == core


@BOTH
def test_places_count_code_points_after_a_byte_order_mark(pure: bool) -> None:
    root = parse("\ufeffa: [😀, x]\r\nb:\n  - y\n".encode(), pure=pure)
    assert isinstance(root, Mapping)
    (_, first), (_, second) = root.entries
    assert isinstance(first, Sequence)
    assert isinstance(second, Sequence)
    assert [(item.line, item.column) for item in first.items] == [(1, 5), (1, 8)]
    assert [(item.line, item.column) for item in second.items] == [(3, 5)]


@BOTH
def test_quoted_and_block_scalars_are_text(pure: bool) -> None:
    root = parse(b"a: '1'\nb: \"true\"\nc: |\n  2\nd: !!str 3\n", pure=pure)
    assert isinstance(root, Mapping)
    assert {v.core for _, v in root.entries if isinstance(v, Scalar)} == {"text"}


@BOTH
@pytest.mark.parametrize("sign", ["\x85", "\u2028", "\u2029"])
def test_line_ends_of_other_standards_are_ordinary_characters(pure: bool, sign: str) -> None:
    root = parse(f"a: 'x{sign}y'\nb: z\n".encode(), pure=pure)
    assert plain(root) == {"a": f"x{sign}y", "b": "z"}
    assert isinstance(root, Mapping)
    assert root.entries[1][0].line == 2


@BOTH
@pytest.mark.parametrize(
    ("data", "code", "line", "column"),
    [
        (b"a: \xff", "CT102", 1, 4),
        (b"a: 1\nb: x\xc3\n", "CT102", 2, 5),
        (b"a: b: c", "CT103", 1, 5),
        (b"a: 1\n\tb: 2\n", "CT103", 2, 1),
        (b"a: 'open\n", "CT103", 1, 4),
        (b"a: [x,\n  y\n", "CT103", 1, 4),
        (b"a: *nothing", "CT103", 1, 4),
        (b"a: x\x07y", "CT103", 1, 5),
        (b"a: 1\n---\nb: 2\n", "CT104", 2, 1),
        (b"a: &x [1, 2, 3]\nb: &y [*x, *x, *x, *x]\nc: [*y, *y, *y, *y]\n", "CT107", 3, 5),
        (b"a:\n" + b" [\n" * 3000, "CT106", 565, 2),
    ],
)
def test_what_is_no_yaml_says_why_and_where(
    data: bytes, code: str, line: int, column: int, pure: bool
) -> None:
    with pytest.raises(NotYaml) as refused:
        parse(data, pure=pure)
    assert (refused.value.code, refused.value.line, refused.value.column) == (code, line, column)


@BOTH
def test_levels_on_one_line_are_too_many_however_far_the_parser_looks_ahead(pure: bool) -> None:
    with pytest.raises(NotYaml) as refused:
        parse(b"a: " + b"[" * 3000, pure=pure)
    assert refused.value.code == "CT106"
    assert "more than 500 levels" in str(refused.value)


@BOTH
def test_a_fault_in_one_place_leaves_the_rest(pure: bool) -> None:
    assert plain(parse(b"a: !odd x\nb: [!odd [], !!set {}]\nc: d\n", pure=pure)) == {
        "a": "CT105",
        "b": ["CT105", "CT105"],
        "c": "d",
    }
    assert plain(parse(b"&a [*a, b]", pure=pure)) == ["CT107", "b"]


@BOTH
@pytest.mark.parametrize(("levels", "fits"), [(64, True), (65, False)])
def test_64_levels_fit(levels: int, fits: bool, pure: bool) -> None:
    inner: Any = parse(b"[" * levels + b"]" * levels, pure=pure)
    for _ in range(63):
        inner = inner.items[0]
    assert inner.items == () if fits else isinstance(inner.items[0], Broken)


@BOTH
@pytest.mark.parametrize(("around", "fits"), [(23, True), (24, False)])
def test_levels_are_counted_through_aliases(around: int, fits: bool, pure: bool) -> None:
    deep = b"[" * 40 + b"]" * 40
    wrapped = b"[" * around + b"*a" + b"]" * around
    padding = b"- x\n" * 99
    found: Any = parse(b"- &a " + deep + b"\n- " + wrapped + b"\n" + padding, pure=pure)
    found = found.items[1]
    for _ in range(around):
        found = found.items[0]
    assert isinstance(found, Broken) is not fits


@BOTH
def test_an_anchor_in_what_is_too_deep_is_known(pure: bool) -> None:
    text = b"a: " + b"[" * 70 + b"&x y" + b"]" * 70 + b"\nb: *x\nc: d\n"
    root = parse(text, pure=pure)
    assert isinstance(root, Mapping)
    assert plain(root.entries[1][1]) == "CT106"
    assert plain(root.entries[2][1]) == "d"


@BOTH
@pytest.mark.parametrize("text", ["!!bool maybe", "!!int x", "!!null x", "!!float '1,5'"])
def test_a_tag_that_its_text_cannot_bear_is_an_error(text: str, pure: bool) -> None:
    assert plain(parse(f"a: {text}".encode(), pure=pure)) == {"a": "CT105"}


def test_aliases_within_bounds_stand_for_their_anchor() -> None:
    assert plain(parse(b"a: &x [1, 2]\nb: *x\n")) == {"a": ["1", "2"], "b": ["1", "2"]}


NESTED = st.recursive(
    st.one_of(st.text(max_size=8), st.integers(), st.booleans(), st.none()),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner),
    max_leaves=12,
)


@given(NESTED, st.booleans())
def test_both_parsers_give_the_same_nodes(data: object, flow: bool) -> None:
    text = yaml.safe_dump(data, allow_unicode=True, default_flow_style=flow).encode()
    assert parse(text) == parse(text, pure=True)

"""Claims out to other programs and in from them: import, export, and what comes back."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from claimtrack.diagnostic import Place
from claimtrack.edit.draft import Draft, read_draft
from claimtrack.edit.importing import Outcome, Terms, import_rows
from claimtrack.edit.proposal import propose
from claimtrack.model import Claim
from claimtrack.reading.cells import cell_of, items_of, list_text, text_of_cell
from claimtrack.reading.json_nodes import json_node
from claimtrack.reading.rows import Naming, read_rows
from claimtrack.reading.tables import records
from claimtrack.reading.yamltext import Mapping, Node, Scalar, Sequence
from claimtrack.render.claim_lines import as_json_line
from claimtrack.render.claim_table import ClaimTable, as_claim_table
from conftest import Run, Write
from oracle import Written
from random_registers import registers, to_yaml

# ------------------------------------------------------------------------------ there and back

Form = Literal["csv", "jsonl"]


def lines_of(draft: Draft) -> str:
    held = draft.entries.claims
    return "".join(as_json_line(held[key].node, draft.register.properties) for key in held)


def table_of(draft: Draft) -> ClaimTable:
    shapes = [entry.shape for entry in draft.entries.claims.values() if entry.shape]
    return as_claim_table(shapes, draft.written_names)


def draft_of(register: Written, folder: Path) -> Draft:
    main = folder / "claims.yaml"
    main.write_text(to_yaml(register), "utf-8")
    return read_draft(main)


def imported(draft: Draft, text: str, form: Form) -> tuple[Draft, tuple[Outcome, ...]]:
    """The register as it is after an import of all rows, and what became of each."""
    rows = read_rows(text.encode(), "rows", form, Naming())
    made = import_rows(draft, rows, Terms("rows"))
    return propose(draft, made.change).after, made.outcomes


def told(value: Any) -> Any:
    """All that a value holds but the places."""
    if is_dataclass(value):
        held = {field.name: getattr(value, field.name) for field in fields(value)}
        return {key: told(each) for key, each in held.items() if not isinstance(each, Place)}
    return [told(each) for each in value] if isinstance(value, tuple) else value


@given(registers())
def test_json_lines_bring_back_all_of_a_claim(register: Written) -> None:
    with TemporaryDirectory() as folder:
        before = draft_of(register, Path(folder))
        lines = lines_of(before)
        empty = draft_of(without_claims(register), Path(folder))
        after, outcomes = imported(empty, lines, "jsonl")
        assert {each.action for each in outcomes} == {"add"}
        assert [*map(told, after.register.claims.values())] == [
            *map(told, before.register.claims.values())
        ]
        assert objects(lines_of(after)) == objects(lines)


def objects(lines: str) -> list[Any]:
    return [json.loads(line, parse_float=str, parse_int=str) for line in lines.splitlines()]


@given(registers())
def test_csv_brings_back_what_it_holds(register: Written) -> None:
    with TemporaryDirectory() as folder:
        before = draft_of(register, Path(folder))
        table = table_of(before)
        empty = draft_of(without_claims(register), Path(folder))
        after, outcomes = imported(empty, table.text, "csv")
        assert {each.action for each in outcomes} <= {"add", "extend"}
        lost = {claim for claims in table.left_out.values() for claim in claims}
        assert after.register.claims.keys() == before.register.claims.keys()
        for key in before.register.claims.keys() - lost:
            one, other = before.register.claims[key], after.register.claims[key]
            assert one.fingerprint == other.fingerprint
            assert beside_the_assertions(one) == beside_the_assertions(other)
        assert table_of(after).text == table.text


def without_claims(register: Written) -> Written:
    return {key: value for key, value in register.items() if key not in ("claims", "reviews")}


def beside_the_assertions(claim: Claim) -> Any:
    """Texts are numbered among all texts of a register: intervals depend on the other claims."""
    return {key: value for key, value in told(claim).items() if key != "asserts"}


@given(registers(), st.sampled_from(["csv", "jsonl"]))
def test_a_second_import_adds_nothing(register: Written, form: Form) -> None:
    with TemporaryDirectory() as folder:
        draft = draft_of(register, Path(folder))
        text = table_of(draft).text if form == "csv" else lines_of(draft)
        after, outcomes = imported(draft, text, form)
        assert {each.action for each in outcomes} == {"skip"}
        assert after.files == draft.files


# ----------------------------------------------------------------------------------------- cells

TEXTS = st.text() | st.text(alphabet="\\ud83d;' =-+@0\u200b\u202e\n\t\r x\U000e0041U", max_size=14)


@given(TEXTS)
@example("\\\u200b")
@example("\\u200b")
@example("''=1+1")
def test_a_cell_gives_back_its_text_and_is_no_formula(text: str) -> None:
    cell = cell_of(text)
    assert text_of_cell(cell) == text
    assert cell.isdecimal() or not cell.lstrip()[:1] in "=@" or not cell
    assert not set("\t\r\u200b\u202e") & set(cell)


@given(st.lists(TEXTS.filter(bool)))
def test_a_list_in_a_cell_gives_back_its_items(items: list[str]) -> None:
    assert items_of(list_text(items)) == items


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("a; b;c", ["a", "b", "c"]),
        (" a ;; ;b; ", ["a", "b"]),
        (r"a\;b; c\d; \ e", ["a;b", r"c\d", " e"]),
        (";", []),
    ],
)
def test_a_list_is_parted_by_semicolons(text: str, items: list[str]) -> None:
    assert items_of(text) == items


CELLS = st.text(alphabet=st.sampled_from("ab \"',;\té\n")).filter(lambda c: "\r" not in c)


@given(
    st.lists(st.lists(CELLS, min_size=3, max_size=3), min_size=1),
    st.sampled_from(",;\t"),
    st.sampled_from(["\n", "\r\n"]),
)
def test_tables_are_read_as_others_write_them(
    rows: list[list[str]], separator: str, line_end: str
) -> None:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=separator, lineterminator=line_end)
    writer.writerows([["one", "two", "three"], *rows])
    found = [[cell.text for cell in record.cells] for record in records(out.getvalue())]
    assert found == [["one", "two", "three"], *(row for row in rows if any(map(str.strip, row)))]


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=12,
)


@given(VALUES, st.sampled_from([None, 2]), st.booleans())
def test_json_is_read_as_others_write_it(value: Any, indent: int | None, is_ascii: bool) -> None:
    text = json.dumps(value, indent=indent, ensure_ascii=is_ascii)
    node = json_node(text, 7)
    assert data(node) == value
    for each in nodes(node):
        assert text[each.column - 1] in '{["' or isinstance(each, Scalar)


def data(node: Node) -> Any:
    if isinstance(node, Mapping):
        return {str(data(key)): data(value) for key, value in node.entries}
    if isinstance(node, Sequence):
        return [data(item) for item in node.items]
    assert isinstance(node, Scalar)
    return node.text if node.core == "text" else json.loads(node.text)


def nodes(node: Node) -> Iterator[Node]:
    yield node
    if isinstance(node, Mapping):
        for key, value in node.entries:
            yield key
            yield from nodes(value)
    for item in node.items if isinstance(node, Sequence) else ():
        yield from nodes(item)

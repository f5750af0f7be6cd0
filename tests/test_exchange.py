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


# ---------------------------------------------------------------------------------- as one types it

HARBOUR = """\
sources:
  gazette: {file: gazette.txt, reliability: B}
  wire: {reliability: C}
entities:
  ship: {name: Aurora, kind: ship}
  mayor: {name: The Mayor}
  pilot: {name: Old Pilot}
properties:
  length: {type: number, unit: m, scope: [part]}
  afloat: {type: boolean}
  motto: {type: text}
claims:
  # the first
  - id: ship-at-pier
    statement: The Aurora lies at the pier.   # said often
    tags: [ship]
    evidence:
      - {source: gazette, quote: at our pier, line: 3, credibility: 2}

  # no more than that
"""


@pytest.fixture
def harbour(register: Write) -> Path:
    return register(HARBOUR)


def in_lines(result: Any) -> list[str]:
    return [line for line in result.out.splitlines() if line]


@pytest.mark.usefixtures("harbour")
def test_a_dry_run_says_of_each_row_what_it_would_do(
    claimtrack: Run, tmp_path: Path, harbour: Path
) -> None:
    before = harbour.read_bytes()
    (tmp_path / "rows.csv").write_text(
        "id,statement,source,stance,by,quote\n"
        ",The Aurora sails in May.,wire,reports,mayor,sails in May\n"
        ",The Aurora sails in May.,gazette,,,in May\n"
        "ship-at-pier,,gazette,,,at our pier\n"
        "ship-at-pier,,wire,,,at the pier\n"
        "\n"
        "ship-at-pier,,gazete,,,\n"
        "ship-at-pier,It lies there.,gazette,,,\n"
        "nothing-known,,gazette,,,\n"
        ",,gazette,,,\n",
        "utf-8",
    )
    result = claimtrack("import", "rows.csv", "--dry-run")
    assert result.status == 1
    assert in_lines(result) == [
        "rows.csv:2: add aurora-sails: The Aurora sails in May.",
        "rows.csv:3: extend aurora-sails: gazette asserts",
        "rows.csv:4: skip ship-at-pier: already there",
        "rows.csv:5: extend ship-at-pier: wire asserts",
        "rows.csv:7:15: reject ship-at-pier: CT203: no source has the id 'gazete' (did you mean "
        "'gazette'?); add it with claimtrack source set, or all that are missing with "
        "--add-sources",
        "rows.csv:8:14: reject ship-at-pier: the register gives 'ship-at-pier' another statement; "
        "a row adds evidence to a claim, and changes nothing else of it",
        "rows.csv:9:1: reject nothing-known: no claim has the id 'nothing-known', and no row gives "
        "its statement",
        "rows.csv:10:1: reject: a row needs the id of a claim, or a statement",
    ]
    assert result.err.splitlines() == [
        "8 rows: 1 claim and 3 items of evidence to add, 1 row skipped, 4 rows rejected",
        "nothing was written; while rows are rejected, only --partial writes the others",
    ]
    assert harbour.read_bytes() == before


def test_rows_are_written_where_they_belong_and_nothing_else_changes(
    claimtrack: Run, tmp_path: Path, harbour: Path
) -> None:
    before = harbour.read_bytes().replace(b"\n", b"\r\n")
    harbour.write_bytes(before)
    (tmp_path / "rows.csv").write_text(
        "statement;kind;when;subject;property;value;unit;negated;during;scope.part;source;line;by\n"
        "The hull has 100 yards.;measurement;2024;Aurora;length;about 100;yard;;2024-05;hull;wire;7;"
        "the mayor\n"
        "The Aurora lies at the pier.;;;;;;;;;;wire;;\n"
        "It is not afloat.;;;ship;afloat;true;;TRUE;;;;;\n"
        "Its motto is true.;;;ship;motto;true;;;;;;;\n",
        "utf-8",
    )
    result = claimtrack("import", "rows.csv")
    assert result.status == 0
    assert result.out.split() == ["hull-100-yards", "not-afloat", "motto-true"]
    assert result.err.splitlines() == [
        "4 rows: 3 claims and 2 items of evidence added",
        "next: claimtrack conflicts",
    ]
    old, new = before.decode().split("\r\n"), harbour.read_bytes().decode().split("\r\n")
    assert new[: len(old) - 3] == old[:-3]
    assert "\n".join(new[len(old) - 3 :]) == (
        """\
      - {source: wire}

  - id: hull-100-yards
    statement: The hull has 100 yards.
    kind: measurement
    asserts:
      subject: Aurora
      property: length
      value: {about: 100, unit: yard}
      during: 2024-05
      scope: {part: hull}
    when: 2024
    evidence:
      - {source: wire, by: the mayor, line: 7}

  - id: not-afloat
    statement: It is not afloat.
    asserts: {subject: ship, property: afloat, value: true, negated: true}

  - id: motto-true
    statement: Its motto is true.
    asserts: {subject: ship, property: motto, value: "true"}

  # no more than that
"""
    )
    again = claimtrack("import", "rows.csv")
    assert (again.status, again.out) == (0, "")
    assert again.err == "4 rows: nothing added, 4 rows skipped\n"

"""Claims out to other programs and in from them: import, export, and what comes back."""

from __future__ import annotations

import cProfile
import csv
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from claimtrack.diagnostic import Place
from claimtrack.edit.draft import Draft, read_draft
from claimtrack.edit.importing import Outcome, Terms, import_rows
from claimtrack.edit.proposal import propose
from claimtrack.frozen import fields_of
from claimtrack.model import Claim
from claimtrack.reading.cells import cell_of, items_of, list_text, text_of_cell
from claimtrack.reading.json_nodes import json_node
from claimtrack.reading.nodes import Mapping, Node, Scalar, Sequence
from claimtrack.reading.rows import Naming, read_rows
from claimtrack.reading.tables import records
from claimtrack.render.claim_lines import as_json_line
from claimtrack.render.claim_table import ClaimTable, as_claim_table
from conftest import Result, Run, Write
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
    if hasattr(value, "__match_args__"):
        held = fields_of(value).items()
        return {key: told(each) for key, each in held if not isinstance(each, Place)}
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
    is_number = re.fullmatch(r"[-+][0-9]+(\.[0-9]+)?", cell) is not None
    assert is_number or not cell.lstrip().startswith(("=", "+", "-", "@"))
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


def in_lines(result: Result) -> list[str]:
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
        "The hull has 100 yards.;measurement;2024;Aurora;length;about 100;yard;;2024-05;hull;wire;"
        "7;the mayor\n"
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
        "next: claimtrack check",
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


def rejected(result: Result) -> list[str]:
    """What is said of rejected rows, without the name of their file."""
    told = (line for line in result.out.splitlines() if "reject" in line.split(": ")[1])
    return [line.partition(":")[2] for line in told]


@pytest.fixture
def tried(claimtrack: Run, tmp_path: Path, harbour: Path) -> Any:
    """Import rows of a table, or objects, in a dry run."""

    def run(*rows: str | dict[str, Any], options: tuple[str, ...] = ()) -> Result:
        lines = [row if isinstance(row, str) else json.dumps(row) for row in rows]
        name = "rows.jsonl" if lines[0].startswith(("{", "[")) else "rows.csv"
        (tmp_path / name).write_text("".join(f"{line}\n" for line in lines), "utf-8", newline="")
        before = harbour.read_bytes()
        result = claimtrack("import", name, "--dry-run", *options)
        assert harbour.read_bytes() == before
        return result

    return run


def test_nothing_is_written_while_a_row_is_rejected(
    claimtrack: Run, tmp_path: Path, harbour: Path
) -> None:
    before = harbour.read_bytes()
    (tmp_path / "rows.csv").write_text("statement,source\nOne.,wire\nTwo.,radio\nThree.,\n")
    result = claimtrack("import", "rows.csv")
    assert (result.status, result.out, harbour.read_bytes()) == (1, "", before)
    assert result.err.splitlines() == [
        "rows.csv:3:6: reject two: CT203: no source has the id 'radio'; add it with claimtrack "
        "source set, or all that are missing with --add-sources",
        "3 rows: 2 claims and 1 item of evidence to add, 1 row rejected",
        "claimtrack: nothing was written: mend what is rejected, or write the other rows with "
        "--partial",
    ]
    partial = claimtrack("import", "rows.csv", "--partial")
    assert (partial.status, partial.out) == (1, "one\nthree\n")
    assert claimtrack("list", "--ids").out.split() == ["ship-at-pier", "one", "three"]


def test_missing_sources_are_added_on_request(claimtrack: Run, register: Write) -> None:
    main = register("claims: []\n", {"rows.csv": "statement,source\nA.,x\nB.,y\nC.,x\nD.,No id\n"})
    refused = claimtrack("import", "rows.csv", "--add-sources")
    assert "reject d: CT306: 'No id' is no id" in refused.err
    result = claimtrack("import", "rows.csv", "--add-sources", "--partial")
    assert "2 sources without any facts yet: x and y\n" in result.err
    assert main.read_text("utf-8").startswith(
        "claimtrack: 1\nsources:\n  x: {}\n  y: {}\nclaims:\n  - id: a\n"
    )
    assert claimtrack("check").status == 0


def test_columns_have_other_names(tried: Any) -> None:
    table = ("Claim text;Where;Who; Comment \n".strip(), "It sails.;wire;mayor;hm")
    unknown = tried(*table)
    assert unknown.status == 2
    assert unknown.err.startswith(
        "claimtrack: rows.csv:1:1: no column is called 'Claim text', 'Where', 'Who', 'Comment'; "
        "say what it holds with --map 'Claim text=KEY', or leave it out with --ignore-column "
        "'Claim text'; the columns are id, statement, kind, "
    )
    maps = ("--map", "Claim text=statement", "--map", "Where=source", "--map", "Who=by")
    mapped = tried(*table, options=(*maps, "--ignore-column", "Comment", "--diff"))
    assert mapped.status == 0
    assert "- {source: wire, by: mayor}\n" in mapped.out
    objects = tried({"Claim text": "It sails.", "Where": "wire"}, options=maps[:4])
    assert in_lines(objects) == ["rows.jsonl:1: add sails: It sails."]


@pytest.mark.parametrize(
    ("header", "told"),
    [
        ("statment,source", "no column is called 'statment' (did you mean 'statement'?); say"),
        ("statement,Statement", "two columns are 'statement'; leave one out with --ignore-column"),
        ("source,quote", "no column 'statement' or 'id'; name the columns in the first line"),
        ('statement,"quote', "this quotation mark is never closed"),
        ("statement,scope.", "no column is called 'scope.'"),
        ("", "is empty; its first line names the columns"),
    ],
)
def test_a_header_that_names_no_columns(tried: Any, header: str, told: str) -> None:
    result = tried(header, "x,y") if header else tried("")
    assert result.status == 2
    assert told in result.err


def test_a_header_may_be_in_capitals(tried: Any) -> None:
    assert in_lines(tried("ID\tStatement\tScope.part\tQUOTE", "a\tIt sails.\t\t")) == [
        "rows.csv:2: add a: It sails."
    ]


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--diff"], "--diff goes with --dry-run"),
        (["--map", "x"], "--map 'x' is not COLUMN=KEY, such as 'Claim text=statement'"),
        (["--map", "x=statment"], "no key is called 'statment' (did you mean 'statement'?)"),
        (["--map", "a=id", "--ignore-column", "a"], "contradict each other about 'a'"),
        (["--map", "Statment=id"], "rows.csv has no column 'Statment' (did you mean 'statement'?)"),
        (["--file", "other.yaml"], "'other.yaml' is no file of this register"),
    ],
)
def test_options_that_do_not_fit(
    claimtrack: Run, tmp_path: Path, harbour: Path, options: list[str], told: str
) -> None:
    (tmp_path / "rows.csv").write_text("statement\nIt sails.\n")
    result = claimtrack("import", "rows.csv", *options)
    assert result.status == 2
    assert told in result.err


@pytest.mark.usefixtures("harbour")
def test_files_that_cannot_be_imported(claimtrack: Run, tmp_path: Path) -> None:
    told = {
        "none.csv": (None, "none.csv cannot be read: No such file or directory"),
        "rows.txt": (b"", "whether rows.txt is CSV or JSON Lines is not told by its name; say"),
        "latin.csv": (b"statement\nfine\nna\xefve\n", "latin.csv:3: byte 0xef is not UTF-8; save"),
        "wide.csv": ("statement\n".encode("utf-16"), "wide.csv is UTF-16; save it as UTF-8"),
        "nul.csv": (b"statement\n\0\n", "nul.csv is not text; save it as UTF-8"),
        "latin.jsonl": (b'{}\n{"note": "\xe9"}', "latin.jsonl:2: byte 0xe9 is not UTF-8"),
    }
    for name, (content, message) in told.items():
        if content is not None:
            (tmp_path / name).write_bytes(content)
        result = claimtrack("import", name)
        assert result.status == 2
        assert message in result.err
    (tmp_path / "folder.csv").mkdir()
    assert "cannot be read: Is a directory" in claimtrack("import", "folder.csv").err


def test_a_byte_order_mark_is_no_part_of_a_name(
    claimtrack: Run, tmp_path: Path, harbour: Path
) -> None:
    (tmp_path / "rows.csv").write_bytes(b"\xef\xbb\xbfstatement\r\nIt sails.\r\n")
    assert claimtrack("import", "rows.csv").out == "sails\n"
    (tmp_path / "rows.jsonl").write_bytes(b'\xef\xbb\xbf{"statement": "It sinks."}\r\n\r\n')
    assert claimtrack("import", "rows.jsonl").out == "sinks\n"


def test_standard_input(claimtrack: Run, harbour: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def give(text: bytes) -> None:
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(text)))

    give(b"statement,source\nIt sails.,x\n")
    assert claimtrack("import", "-").err.startswith("claimtrack: whether standard input is CSV or")
    give(b"statement,source\nIt sails.,x\n")
    result = claimtrack("import", "-", "--format", "csv", "--dry-run")
    assert result.out.startswith("standard input:2:11: reject sails: CT203: ")


def test_rows_that_are_no_rows(tried: Any) -> None:
    result = tried(
        "id,statement,quote,",
        "a,One,,",
        'b,"two\nlines",,',
        "c,Three",
        "d,Four,,,,",
        'e,"Five"!,,',
        "f,Six,,x",
        'g,"Seven,,',
    )
    assert rejected(result) == [
        "5:3: reject: 2 cells in a table of 4 columns",
        "6:10: reject: 6 cells in a table of 4 columns",
        "7:9: reject: text after a closing quotation mark; inside a cell write it twice",
        "8:8: reject: a cell in a column that has no name",
        "9:3: reject: this quotation mark is never closed; nothing below it is read",
    ]
    assert in_lines(result)[:2] == ["rows.csv:2: add a: One", "rows.csv:3: add b: two lines"]


def test_lines_that_are_no_objects(tried: Any) -> None:
    result = tried(
        '{"statement": "One", "statement": "Two"}',
        '{"statement": "One", }',
        '{"statement": "One", "line": NaN}',
        "[1]",
        '{"statement": "\\ud800"}',
        '{"statement": "One", "sorce": "wire"}',
        '{"statement": ' + "[" * 70 + "]" * 70 + "}",
        '{"id": ["a"]}',
        '{"statement": "One", "source": "wire", "evidence": [{"source": "wire"}]}',
        '{"id": "x", "statement": "Ten", "tags": "a"}',
        '{"statement": "One", "id": null, "kind": null}',
    )
    assert rejected(result) == [
        "1:22: reject one: CT301: key 'statement' stands twice; keep one of them",
        "2:22: reject: not JSON: expecting property name enclosed in double quotes",
        "3:30: reject: not JSON: NaN is no number",
        "4:1: reject: an object is expected on each line",
        "5:15: reject: CT103: half of a surrogate pair is no character; write both halves",
        "6:22: reject: no key is called 'sorce' (did you mean 'source'?)",
        "7:78: reject: more than 64 levels of lists and objects; no claim needs so many",
        "8:8: reject: CT304: text is expected here, not a list",
        "9:1: reject one: line 1, which gives 'one', is rejected",
        "10:41: reject x: CT304: a list is expected here, not text; put it in [brackets]",
        "11:1: reject one: line 1, which gives 'one', is rejected",
    ]


def test_an_assertion_and_evidence_stand_twice_only_where_one_wrote_them_twice(tried: Any) -> None:
    flat = {"statement": "One", "source": "wire", "evidence": [{"source": "wire"}]}
    assert rejected(tried(flat)) == [
        "1:22: reject one: CT301: key 'evidence' stands twice; keep one of them"
    ]


LONG = {"subject": "ship", "property": "length"}


@pytest.mark.parametrize(
    ("value", "unit", "written"),
    [
        ("7500", "", "7500"),
        ("+7500.0", "", "+7500.0"),
        ("4.7", "mile", "{value: 4.7, unit: mile}"),
        ("4.7 mile", "", "{value: 4.7, unit: mile}"),
        ("about 7500", "mile", "{about: 7500, unit: mile}"),
        ("1000..", "", "{min: 1000}"),
        ('"{about: 7500, unit: mile}"', "", "{about: 7500, unit: mile}"),
        ("{value: 4.7}", "mile", "{value: 4.7, unit: mile}"),
        ("{value: 4.7}", "", "{value: 4.7}"),
    ],
)
def test_numbers_in_a_cell(tried: Any, value: str, unit: str, written: str) -> None:
    cell = f"ship,length,{value},{unit}"
    shown = tried(
        "statement,subject,property,value,unit", f"It is long.,{cell}", options=("--diff",)
    )
    assert f"value: {written}}}" in shown.out


def test_numbers_in_json_keep_their_digits(tried: Any) -> None:
    line = '{"statement": "It is long.", "subject": "ship", "property": "length", "value": %s}'
    for written in ("7500.10", "1e3", "12345678901234567890.5"):
        assert f"value: {written}}}" in tried(line % written, options=("--diff",)).out
    parts = '{"about": "7500", "unit": "mile"}'
    assert "value: {about: 7500, unit: mile}}" in tried(line % parts, options=("--diff",)).out
    assert rejected(tried(line % '"many"')) == [
        "1:80: reject long: CT404: 'many' is no number; write digits alone, such as 7500"
    ]


def test_a_unit_that_fits_no_value(tried: Any) -> None:
    result = tried(
        "statement,subject,property,value,unit",
        "One,ship,motto,so,mile",
        "Two,ship,length,4.7 km,mile",
        "Three,ship,length,,mile",
        "Four,ship,length,7,parsnip",
    )
    assert rejected(result) == [
        "2:19: reject one: CT304: the values of motto are no numbers, and have no unit",
        "3:24: reject two: CT301: key 'unit' stands twice; keep one of them",
        "4:7: reject three: CT303: an assertion needs the key 'value'",
        "4:20: reject three: CT302: an assertion has no key 'unit'; it takes subject, property, "
        "value, negated, during, scope",
        "5:20: reject four: CT408: unit 'parsnip' cannot be converted to the property's 'm'; "
        "write the value in m",
    ]


def test_evidence_may_stand_before_its_claim(tried: Any) -> None:
    result = tried(
        "id,statement,source,quote",
        "a,,gazette,then",
        "a,It sails.,wire,now",
        "a,It sails.,wire,",
        options=("--diff",),
    )
    assert in_lines(result)[:3] == [
        "rows.csv:2: extend a: gazette asserts",
        "rows.csv:3: add a: It sails.",
        "rows.csv:4: extend a: wire asserts",
    ]
    assert [line[1:] for line in in_lines(result) if line.startswith("+ ")] == [
        "  - id: a",
        "    statement: It sails.",
        "    evidence:",
        "      - {source: gazette, quote: then}",
        "      - {source: wire, quote: now}",
        "      - {source: wire}",
    ]


def test_what_is_said_twice_is_taken_once_unless_it_was_taken_back(tried: Any) -> None:
    result = tried(
        "id,statement,source,stance,by",
        "a,It sails.,wire,,mayor",
        "a,It sails.,wire,asserts,The Mayor",
        "a,It sails.,wire,retracts,mayor",
        "a,,wire,asserts,mayor",
        "a,It sails.,radio,,",
        "a,It sails.,radio,,",
    )
    assert in_lines(result)[:4] == [
        "rows.csv:2: add a: It sails.",
        "rows.csv:3: skip a: line 2 says the same",
        "rows.csv:4: extend a: wire retracts, by mayor",
        "rows.csv:5: extend a: wire asserts, by mayor",
    ]
    assert rejected(result)[1] == "7:1: reject a: line 6 says the same, and is rejected"


def test_details_of_what_is_there_are_not_taken_over(tried: Any) -> None:
    result = tried(
        "id,source,quote,line,credibility,evidence.note",
        "ship-at-pier,gazette,at our pier,,,",
        "ship-at-pier,gazette,,3,,seen",
        "ship-at-pier,gazette,at our pier,4,,",
        "ship-at-pier,,,,,",
    )
    assert in_lines(result) == [
        "rows.csv:2: skip ship-at-pier: already there",
        "rows.csv:3: extend ship-at-pier: gazette asserts",
        "rows.csv:4: extend ship-at-pier: gazette asserts",
        "rows.csv:5: skip ship-at-pier: already there",
    ]
    only = tried({"id": "ship-at-pier", "source": "gazette", "line": 3, "evidence.note": "seen"})
    assert in_lines(only) == [
        "rows.jsonl:1: skip ship-at-pier: already there; its note is not taken over"
    ]


def test_a_row_that_changes_a_claim(tried: Any) -> None:
    at = {"id": "ship-at-pier"}
    there = {**at, "statement": "The Aurora lies at the pier.", "tags": ["ship"]}
    new = {"id": "n", "statement": "It sails.", "kind": "event"}
    result = tried(
        there,
        {**at, "tags": ["ship", "boat"]},
        {**at, "kind": "event"},
        {**at, **LONG, "value": 7},
        {**at, "relations": [{"type": "supports", "claim": "n"}]},
        new,
        {"id": "n", "kind": "policy"},
        {"statement": "It sails.", "about": ["mayor"]},
    )
    more = "; a row adds evidence to a claim, and changes nothing else of it"
    assert rejected(result) == [
        f"2:32: reject ship-at-pier: the register gives 'ship-at-pier' no such tag{more}",
        f"3:32: reject ship-at-pier: the register gives 'ship-at-pier' no kind{more}",
        f"4:24: reject ship-at-pier: the register gives 'ship-at-pier' no such assertion{more}",
        f"5:37: reject ship-at-pier: the register gives 'ship-at-pier' no such relation{more}",
        f"7:21: reject n: line 6 gives 'n' another kind{more}",
        f"8:37: reject n: line 6 gives 'n' no such entity under about{more}",
    ]
    assert in_lines(result)[0] == "rows.jsonl:1: skip ship-at-pier: already there"


def test_what_rests_on_a_rejected_row_is_rejected_with_it(tried: Any) -> None:
    result = tried(
        {"id": "a", "statement": "A.", "relations": [{"type": "supports", "claim": ["b"]}]},
        {"id": "b", "statement": "B.", "relations": [{"type": "supports", "claim": "c"}]},
        {"id": "c", "statement": "C.", "source": "radio"},
        {"id": "c", "source": "wire"},
        {"id": "d", "statement": "D.", "relations": [{"type": "supports", "claim": "e"}]},
        {"id": "e", "statement": "E."},
        {"id": "f", "statement": "F.", "relations": [{"type": "supports", "claim": "none"}]},
    )
    assert rejected(result) == [
        "1:77: reject a: 'b' is not added, because line 2 is rejected",
        "2:76: reject b: 'c' is not added, because line 3 is rejected",
        "3:42: reject c: CT203: no source has the id 'radio'; add it with claimtrack source set, "
        "or all that are missing with --add-sources",
        "4:1: reject c: line 3, which gives 'c', is rejected",
        "7:76: reject f: CT202: no claim has the id 'none'",
    ]


def test_errors_that_only_the_whole_register_shows(claimtrack: Run, tried: Any) -> None:
    two = [{**LONG, "value": 1}, {**LONG, "value": 1, "negated": True}]
    result = tried(
        {"id": "s", "statement": "S.", "relations": [{"type": "supersedes", "claim": "t"}]},
        {"id": "t", "statement": "T.", "relations": [{"type": "supersedes", "claim": "s"}]},
        {"id": "u", "statement": "U.", "asserts": two},
        {"id": "v", "statement": "V.", "when": "24-07"},
        {"id": "w", "statement": "W.", "subject": "ship", "property": "lenght", "value": 1},
        {"id": "x", "statement": "X.", **LONG, "value": 1, "scope": {"side": "port"}},
    )
    assert rejected(result) == [
        "1:1: reject s: CT211: s, t supersede one another in a circle; one of them does not",
        "2:1: reject t: CT211: s, t supersede one another in a circle; one of them does not",
        "3:111: reject u: CT501: 'u' contradicts itself: ship length cannot be both '1' and 'not "
        "1'; make them two claims",
        "4:40: reject v: CT401: '24-07' is no date of the profile; write 2024, 2024-07, "
        "2024-07-14, any of them with ~, or an interval A/B",
        "5:63: reject w: CT205: no property has the id 'lenght' (did you mean 'length'?)",
        "6:95: reject x: CT413: 'side' is no scope key of length; it lists part",
    ]


def test_claims_and_sources_that_are_left_out(claimtrack: Run, register: Write) -> None:
    register(
        "sources: {s: {}, bad: {reliability: Q}}\nentities: {nobody: {kind: [x]}}\nclaims:\n"
        "  - {id: wrong, statement: x, kind: y}\n"
        "  - {id: a, statement: A., evidence: &list [{source: s}]}\n"
        "  - {id: b, statement: B., evidence: *list}\n",
        {"rows.csv": "id,statement,source,by\nwrong,,s,\na,,bad,\nc,C.,s,nobody\nb,,s,someone\n"},
    )
    result = claimtrack("import", "rows.csv", "--dry-run")
    assert rejected(result) == [
        "2:1: reject wrong: 'wrong' is left out because of an error; claimtrack check says why",
        "3:4: reject a: source 'bad' is left out because of an error; claimtrack check says why",
        "4:1: reject c: it names a source, an entity or a property that is left out because of an "
        "error; claimtrack check says why",
        "5:1: reject b: 'b' has its evidence in common with another claim, by an alias; write it "
        "out first",
    ]


@pytest.mark.usefixtures("harbour")
def test_ids_of_statements_with_the_same_words_are_numbered(
    claimtrack: Run, tmp_path: Path
) -> None:
    (tmp_path / "rows.csv").write_text(
        "statement,id\nIt sails!,\nIt sails.,\nIt sails?,\nIt sinks.,sails\nIt  sails.,\n"
    )
    result = claimtrack("import", "rows.csv")
    assert result.out.split() == ["sails-2", "sails-3", "sails-4", "sails", "sails-5"]


def test_many_rejected_rows_are_told_in_short(
    claimtrack: Run, tmp_path: Path, harbour: Path
) -> None:
    rows = "".join(f"Claim number {n} of many.,radio-{n}\n" for n in range(70))
    (tmp_path / "rows.csv").write_text(f"statement,source\n{rows}")
    result = claimtrack("import", "rows.csv")
    assert result.err.count(": reject ") == 50
    assert "and 20 rejected rows more; --dry-run tells of each\n" in result.err
    assert claimtrack("import", "rows.csv", "--dry-run").out.count(": reject ") == 70


def test_the_cost_of_an_import_grows_with_its_rows(
    claimtrack: Run, tmp_path: Path, register: Write
) -> None:
    def calls(rows: int) -> int:
        register("sources: {s: {}}\nproperties: {size: {type: number}}\n")
        text = "".join(
            f"Something of which one could say much more number {n},s,q {n},it,size,{n}\n"
            f"Something of which one could say much more number {n},s,r {n},,,\n"
            for n in range(rows)
        )
        (tmp_path / "rows.csv").write_text(f"statement,source,quote,subject,property,value\n{text}")
        lines = text.splitlines()[::2]
        evidence = (
            json.dumps({"statement": line.split(",")[0], "source": "s", "quote": "t"}) + "\n"
            for line in lines
        )
        (tmp_path / "more.jsonl").write_text("".join(evidence))
        with cProfile.Profile() as profile:
            assert claimtrack("import", "rows.csv").status == 0
            assert f"{rows} items of evidence added" in claimtrack("import", "more.jsonl").err
        return sum(each.callcount for each in profile.getstats())

    calls(10)
    assert calls(400) < 2.5 * calls(200)


# ------------------------------------------------------------------------------------------ export


@pytest.mark.usefixtures("harbour")
def test_an_export_is_chosen_as_a_list_is(claimtrack: Run) -> None:
    line = claimtrack("export", "pier", "--tag", "SHIP")
    assert line.out == (
        '{"id": "ship-at-pier", "statement": "The Aurora lies at the pier.", "tags": ["ship"], '
        '"evidence": [{"source": "gazette", "quote": "at our pier", "line": 3, "credibility": 2}]}'
        "\n"
    )
    assert (line.status, line.err) == (0, "")
    assert claimtrack("export", "--by", "mayor").out == ""
    assert claimtrack("export", "--by", "nobody").status == 2
    table = claimtrack("export", "nothing of the sort", "--format", "csv")
    assert table.out == (
        "id,statement,kind,when,about,tags,note,subject,property,value,unit,negated,during,source,"
        "stance,by,via,quote,line,credibility,evidence.note\n"
    )


def test_an_export_says_what_csv_cannot_hold(claimtrack: Run, register: Write) -> None:
    register(
        "sources: {s: {}}\nproperties: {p: {type: text}}\nclaims:\n"
        "  - {id: a, statement: =1+1, about: ['x;y', z], evidence: [{source: s}, {source: s}]}\n"
        "  - {id: b, statement: ' -2', asserts: [{subject: x, property: p, value: -2}, {subject: y,"
        " property: p, value: z}], relations: [{type: supports, claim: a}], note: ' '}\n"
        '  - {id: c, statement: "C\\e", verdicts: [{rating: confirmed}], kind: [x]}\n'
    )
    result = claimtrack("export", "--format", "csv")
    assert [*csv.reader(io.StringIO(result.out))][1:] == [
        ["a", "'=1+1", "", "", "x\\;y; z", *[""] * 8, "s", *[""] * 7],
        ["b", "' -2", "", "", "", "", "", "x", "p", "-2", *[""] * 11],
    ]
    assert result.err.splitlines() == [
        "claimtrack: not in CSV: evidence that is written twice of 1 claim (a)",
        "claimtrack: not in CSV: relations of 1 claim (b)",
        "claimtrack: not in CSV: further assertions of 1 claim (b)",
        "claimtrack: not in CSV: texts of nothing but white space of 1 claim (b)",
        "claimtrack: --format jsonl leaves nothing out",
        "claimtrack: 1 claim left out because of errors; claimtrack check says why",
    ]


def test_text_of_a_register_is_never_obeyed(claimtrack: Run, register: Write) -> None:
    register('claims: [{id: a, statement: "A \\e[31m\\u202e\\u2028\\t\\r\\0 \\\\u202e"}]\n')
    for form in ("jsonl", "csv"):
        out = claimtrack("export", "--format", form).out
        assert not set("\x1b\u202e\u2028\t\r\0") & set(out)
        register("claims: []\n", {f"rows.{form}": out})
        assert claimtrack("import", f"rows.{form}").status == 0
        said = json.loads(claimtrack("show", "a", "--format", "json").out)["claim"]["statement"]
        assert said == "A \x1b[31m\u202e\u2028\t\r\0 \\u202e"

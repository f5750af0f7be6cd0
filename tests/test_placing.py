"""What one change to a text does to it: before and after, side by side, in ``placing.txt``."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml

from claimtrack.edit.cutting import drop_item, drop_pair
from claimtrack.edit.filetext import FileText, Splice
from claimtrack.edit.placing import (
    add_items,
    add_key,
    make_list,
    manner_of,
    prepend_items,
    respelling,
    set_value,
)
from claimtrack.edit.slots import Slot, slot
from claimtrack.edit.yamlwriting import Manner, Value
from claimtrack.reading.schema import ClaimShape, keys_of
from claimtrack.reading.spans import Span, whole

Change = Callable[[str, Span], list[Splice]]

ORDER = keys_of(ClaimShape)


def changed(before: str, change: Change, at: Callable[[Span], Span] = lambda root: root) -> str:
    """The text of a file after a change to its root, or to what ``at`` finds in that."""
    file = FileText(before.encode())
    root = whole(file.text)
    assert root is not None
    return file.spliced(change(file.text, at(root))).decode()


# ------------------------------------------------------------------------------------ the changes


def the(mapping: Span, key: str) -> Slot:
    found = slot(mapping, key)
    assert found is not None
    return found


def manner(text: str, mapping: Span) -> Manner:
    return manner_of([mapping], text, Manner())


def add(key: str, *items: Value) -> Change:
    return lambda text, at: add_items(text, the(at, key), items, manner(text, at))


def prepend(key: str, *items: Value) -> Change:
    return lambda text, at: prepend_items(text, the(at, key), items, manner(text, at))


def beside(key: str, *items: Value) -> Change:
    return lambda text, at: make_list(text, the(at, key), items, manner(text, at))


def new(key: str, value: Value) -> Change:
    return lambda text, at: add_key(text, at, key, value, ORDER, manner(text, at))


def put(key: str, value: Value) -> Change:
    return lambda text, at: set_value(text, the(at, key), value, manner(text, at))


CHANGES: Mapping[str, Change] = {
    "add x": add("tags", "x"),
    "add x, then z": add("tags", "x", "z"),
    "add {source: src, stance: denies}": add("evidence", {"source": "src", "stance": "denies"}),
    "prepend x, z": prepend("tags", "x", "z"),
    "make a list": beside("asserts", {"subject": "x"}),
    "key tags": new("tags", ["x"]),
    "key evidence": new("evidence", [{"source": "src", "stance": "denies"}]),
    "key note of two lines": new("note", "one\ntwo"),
    "set when: 2024-08": put("when", "2024-08"),
    "set note of two lines": put("note", "one\ntwo"),
    "set evidence": put("evidence", [{"source": "src", "note": "one\ntwo"}]),
    "respell id: new": lambda text, at: respelling(text, the(at, "id").value, "new"),
    "drop the first": lambda text, at: drop_item(text, the(at, "tags"), 0),
    "drop the second": lambda text, at: drop_item(text, the(at, "tags"), 1),
    "drop tags": lambda text, at: drop_pair(text, at, "tags"),
}


# ------------------------------------------------------------------------------------- the tables


@dataclass(frozen=True, slots=True)
class Row:
    """One change and what it does."""

    change: str
    title: str
    before: str
    after: str


NO_LINE = "~"


def rows() -> Iterator[Row]:
    text = Path(__file__).with_name("placing.txt").read_text("utf-8")
    for table in re.split(r"^== ", text, flags=re.MULTILINE)[1:]:
        change, _, rest = table.partition("\n")
        for row in re.split(r"^-- ", rest, flags=re.MULTILINE)[1:]:
            title, *lines = row.rstrip("\n").split("\n")
            pairs = [line.partition("|~|") for line in map(_parted, lines)]
            before, after = ([p[side].rstrip() for p in pairs] for side in (0, 2))
            yield Row(change, title, _joined(before), _joined(after))


def _parted(line: str) -> str:
    """The line with a mark between its sides that no side has."""
    return f"{line[:34].rstrip()}|~|{line[36:]}"


def _joined(lines: list[str]) -> str:
    return "".join(f"{line}\n" for line in lines if line != NO_LINE)


ROWS = list(rows())


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.change}: {row.title}")
class TestTable:
    def test_as_it_stands(self, row: Row) -> None:
        assert changed(row.before, CHANGES[row.change]) == row.after
        yaml.compose(row.after)

    @pytest.mark.parametrize("end", ["\r\n", "\r"])
    def test_with_other_line_ends(self, row: Row, end: str) -> None:
        before, after = (text.replace("\n", end) for text in (row.before, row.after))
        assert changed(before, CHANGES[row.change]) == after

    def test_with_a_byte_order_mark(self, row: Row) -> None:
        assert changed(f"\ufeff{row.before}", CHANGES[row.change]) == f"\ufeff{row.after}"

    def test_without_a_line_end_at_the_end(self, row: Row) -> None:
        assert changed(row.before[:-1], CHANGES[row.change]) == row.after[:-1]

    def test_under_a_key(self, row: Row) -> None:
        before, after = (f"above: 🙂\nclaim:\n{inward(t, 3)}below: e\u0301\n" for t in sides(row))
        assert changed(before, CHANGES[row.change], lambda root: root.children[3]) == after

    def test_behind_a_dash(self, row: Row) -> None:
        before, after = (f"- above\n-   {inward(t, 4).lstrip()}- below\n" for t in sides(row))
        assert changed(before, CHANGES[row.change], lambda root: root.children[1]) == after


def sides(row: Row) -> tuple[str, str]:
    if "---" in row.before or "..." in row.before:
        pytest.skip("a document that has ends stands by itself")
    return row.before, row.after


def inward(text: str, columns: int) -> str:
    """Each line so much further in; blank ones stay blank."""
    lines = text.splitlines(keepends=True)
    return "".join(" " * columns + line if line.strip() else line for line in lines)

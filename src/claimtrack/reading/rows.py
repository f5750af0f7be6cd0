"""Rows of claims in a file that is no register: CSV, or JSON Lines. What they say is not judged.

Each row is a mapping of what its columns hold, every node at its place in the file. Columns are
told by their names.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Literal

from claimtrack.diagnostic import ClaimtrackError, did_you_mean
from claimtrack.frozen import field, frozen
from claimtrack.reading.cells import items_of, text_of_cell
from claimtrack.reading.json_nodes import NotJson, json_node
from claimtrack.reading.nodes import Mapping as MappingNode
from claimtrack.reading.nodes import Node, Scalar
from claimtrack.reading.nodes import Sequence as SequenceNode
from claimtrack.reading.schema import ClaimShape, keys_of
from claimtrack.reading.tables import Cell, Record, records
from claimtrack.values.names import fold

RowFormat = Literal["csv", "jsonl"]

CLAIM_COLUMNS = ("id", "statement", "kind", "when", "about", "tags", "note")
ASSERTION_COLUMNS = ("subject", "property", "value", "unit", "negated", "during")
EVIDENCE_COLUMNS = ("source", "stance", "by", "via", "quote", "line", "credibility")
EVIDENCE_NOTE = "evidence.note"
SCOPE = "scope."
"""What the name of a column begins with that holds a key of an assertion's scope."""
COLUMNS = (*CLAIM_COLUMNS, *ASSERTION_COLUMNS, *EVIDENCE_COLUMNS, EVIDENCE_NOTE)
"""The columns that a table may have, in the order in which they are written."""

_LISTS = frozenset({"about", "tags", "via"})
_TEXTS = frozenset(
    {"statement", "note", "subject", "value", "unit", "by", "quote", EVIDENCE_NOTE, *_LISTS}
)
"""Columns in which white space around a text belongs to it."""


class CannotImport(ClaimtrackError):
    """A file that gives no rows, or options that do not fit it."""


@frozen
class Fault:
    """What is wrong with a row: the column at which it is seen, and the code if it has one."""

    line: int
    column: int
    message: str
    code: str | None = None


@frozen
class Row:
    """One row: what its columns hold by their names, or what is wrong with it."""

    line: int
    holds: MappingNode | None
    fault: Fault | None = None


@frozen
class Naming:
    """What the columns of a file are called: keys by other names, and columns to leave out."""

    renamed: Mapping[str, str] = field(default_factory=dict)
    ignored: Collection[str] = ()

    @property
    def named(self) -> list[str]:
        """Every column that was spoken of."""
        return [*self.renamed, *self.ignored]


def read_rows(data: bytes, name: str, form: RowFormat, naming: Naming) -> list[Row]:
    """The rows of a file; ``name`` is what messages call it. Raises CannotImport."""
    text = _decoded(data, name)
    if form == "csv":
        return list(_Table(name, naming).rows(text))
    return _json_rows(text, name, naming)


def _decoded(data: bytes, name: str) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise CannotImport(f"{name} is UTF-16; save it as UTF-8")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = len(re.split(rb"\r\n|\r|\n", data[: error.start]))
        byte = data[error.start]
        raise CannotImport(
            f"{name}:{line}: byte 0x{byte:02x} is not UTF-8; save the file as UTF-8"
        ) from error
    if "\0" in text:
        raise CannotImport(f"{name} is not text; save it as UTF-8")
    return text


# -------------------------------------------------------------------------------------------- CSV


@frozen
class _Column:
    """A column of a table: its name; none if it is left out or has none."""

    name: str | None
    has_header: bool = True


class _Table:
    """Reads the rows of a table."""

    def __init__(self, name: str, naming: Naming) -> None:
        self._name, self._naming = name, naming

    def rows(self, text: str) -> Iterator[Row]:
        found = records(text)
        header = next(found, None)
        if header is None:
            raise CannotImport(f"{self._name} is empty; its first line names the columns")
        columns = self._columns(header)
        for record in found:
            yield _row(record, columns)

    def _columns(self, header: Record) -> list[_Column]:
        if header.wrong:
            wrong = header.wrong
            raise CannotImport(f"{self._name}:{wrong.line}:{wrong.column}: {wrong.message}")
        self._refuse_unused([cell.text.strip() for cell in header.cells])
        columns = [self._column(cell) for cell in header.cells]
        _refuse_unknown(
            [
                (cell, column.name)
                for cell, column in zip(header.cells, columns, strict=True)
                if column.name is not None
            ],
            self._name,
        )
        self._refuse_twice(header, columns)
        if not {"id", "statement"} & {column.name for column in columns}:
            raise CannotImport(
                f"{self._name}:{header.line}: no column 'statement' or 'id'; name the columns in "
                "the first line, or say which is which with --map 'Column=statement'"
            )
        return columns

    def _column(self, cell: Cell) -> _Column:
        header = text_of_cell(cell.text).strip()
        if not header:
            return _Column(None, has_header=False)
        if header in self._naming.ignored:
            return _Column(None)
        if header in self._naming.renamed:
            return _Column(self._naming.renamed[header])
        if header.casefold().startswith(SCOPE):
            return _Column(SCOPE + header[len(SCOPE) :])
        return _Column(fold(header) if fold(header) in COLUMNS else header)

    def _refuse_unused(self, headers: Sequence[str]) -> None:
        for named in self._naming.named:
            if named not in headers:
                hint = did_you_mean(named, headers) or f"; it has {', '.join(headers)}"
                raise CannotImport(f"{self._name} has no column '{named}'{hint}")

    def _refuse_twice(self, header: Record, columns: Sequence[_Column]) -> None:
        seen: set[str] = set()
        for cell, column in zip(header.cells, columns, strict=True):
            if column.name in seen:
                raise CannotImport(
                    f"{self._name}:{cell.line}:{cell.column}: two columns are '{column.name}'; "
                    f"leave one out with --ignore-column '{cell.text.strip()}'"
                )
            if column.name is not None:
                seen.add(column.name)


def is_column(name: str) -> bool:
    """Whether a column of a table may be called so."""
    return name in COLUMNS or (name.startswith(SCOPE) and name != SCOPE)


def _refuse_unknown(columns: Sequence[tuple[Cell, str]], file: str) -> None:
    unknown = [(cell, name) for cell, name in columns if not is_column(name)]
    if not unknown:
        return
    told = ", ".join(f"'{name}'{did_you_mean(name, COLUMNS)}" for _, name in unknown)
    cell, name = unknown[0]
    raise CannotImport(
        f"{file}:{cell.line}:{cell.column}: no column is called {told}; say what it holds with "
        f"--map '{name}=KEY', or leave it out with --ignore-column '{name}'; the columns are "
        f"{', '.join(COLUMNS)} and {SCOPE}KEY"
    )


def _row(record: Record, columns: Sequence[_Column]) -> Row:
    wrong = record.wrong
    if wrong is not None:
        return Row(record.line, None, Fault(wrong.line, wrong.column, wrong.message))
    number, width = len(record.cells), len(columns)
    if number != width:
        at = record.cells[min(number, width + 1) - 1]
        message = f"{number} cells in a table of {width} columns"
        return Row(record.line, None, Fault(at.line, at.column, message))
    entries = []
    for cell, column in zip(record.cells, columns, strict=True):
        if cell.is_blank:
            continue
        if not column.has_header:
            message = "a cell in a column that has no name"
            return Row(record.line, None, Fault(cell.line, cell.column, message))
        if column.name is not None:
            key = Scalar(column.name, "text", cell.line, cell.column)
            entries.append((key, _held(cell, column.name)))
    return Row(record.line, MappingNode(tuple(entries), record.line, 1))


def _held(cell: Cell, column: str) -> Node:
    text = text_of_cell(cell.text)
    if column in _LISTS:
        items = (Scalar(item, "text", cell.line, cell.column) for item in items_of(text))
        return SequenceNode(tuple(items), cell.line, cell.column)
    is_exact = column in _TEXTS or column.startswith(SCOPE)
    return Scalar(text if is_exact else text.strip(), "text", cell.line, cell.column)


# ------------------------------------------------------------------------------------- JSON Lines

KEYS = (*dict.fromkeys([*keys_of(ClaimShape), *COLUMNS, "scope"]),)
"""The keys that an object may have: those of a claim, and the columns of a table."""


def _json_rows(text: str, name: str, naming: Naming) -> list[Row]:
    seen: set[str] = set()
    rows = [
        _json_row(line, number, naming, seen)
        for number, line in enumerate(text.split("\n"), 1)
        if line.strip()
    ]
    for named in naming.named:
        if named not in seen:
            raise CannotImport(
                f"no object in {name} has a key '{named}'{did_you_mean(named, seen)}"
            )
    return rows


def _json_row(line: str, number: int, naming: Naming, seen: set[str]) -> Row:
    try:
        node = json_node(line, number)
    except NotJson as error:
        return Row(number, None, Fault(number, error.column, error.message))
    if not isinstance(node, MappingNode):
        column = node.column
        return Row(number, None, Fault(number, column, "an object is expected on each line"))
    seen.update(key.text for key, _ in node.entries if isinstance(key, Scalar))
    entries = [(_named(key, naming), value) for key, value in node.entries if _is_kept(key, naming)]
    unknown = [k for k, _ in entries if isinstance(k, Scalar) and not is_key(k.text)]
    if unknown:
        hint = did_you_mean(unknown[0].text, KEYS)
        message = f"no key is called '{unknown[0].text}'{hint}"
        return Row(number, None, Fault(number, unknown[0].column, message))
    return Row(number, MappingNode(tuple(entries), number, node.column))


def is_key(name: str) -> bool:
    """Whether an object may have such a key."""
    return name in KEYS or is_column(name)


def _is_kept(key: Node, naming: Naming) -> bool:
    return not (isinstance(key, Scalar) and key.text in naming.ignored)


def _named(key: Node, naming: Naming) -> Node:
    if isinstance(key, Scalar) and key.text in naming.renamed:
        return Scalar(naming.renamed[key.text], "text", key.line, key.column)
    return key

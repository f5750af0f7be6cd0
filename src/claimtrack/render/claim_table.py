"""Claims as a table that an import reads: a row for each item of evidence, and what has no column.

A claim's own columns are the same in each of its rows, so that every row can be read by itself.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from claimtrack.edit.sayings import Heard
from claimtrack.edit.yamlwriting import Bare, on_one_line
from claimtrack.frozen import frozen
from claimtrack.reading.cells import cell_of, list_text
from claimtrack.reading.intervals import value_parts
from claimtrack.reading.nametable import NameTable
from claimtrack.reading.nodes import Scalar
from claimtrack.reading.rows import COLUMNS, EVIDENCE_NOTE, SCOPE
from claimtrack.reading.schema import AssertionShape, ClaimShape, EvidenceShape, NumberShape

_Row = dict[str, str]


@frozen
class ClaimTable:
    """The text of a table, and what it could not hold, with the claims that have it."""

    text: str
    left_out: Mapping[str, Sequence[str]]


def as_claim_table(claims: Iterable[ClaimShape], names: NameTable) -> ClaimTable:
    """The claims as CSV (RFC 4180, lines ended by LF); no cell is a formula."""
    maker = _Maker(names)
    rows = [row for claim in claims for row in maker.rows(claim)]
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    headers = _headers(rows)
    writer.writerow(map(cell_of, headers))
    writer.writerows([cell_of(row.get(header, "")) for header in headers] for row in rows)
    return ClaimTable(out.getvalue(), maker.left_out)


def _headers(rows: Iterable[_Row]) -> list[str]:
    """All columns in their order, those for scope behind the other columns of an assertion."""
    scope = dict.fromkeys(key for row in rows for key in row if key.startswith(SCOPE))
    at = COLUMNS.index("during") + 1
    return [*COLUMNS[:at], *scope, *COLUMNS[at:]]


@dataclass(slots=True)
class _Maker:
    """Makes rows, and keeps what does not go into them."""

    names: NameTable
    left_out: dict[str, list[str]] = field(default_factory=dict)

    def rows(self, claim: ClaimShape) -> Iterator[_Row]:
        """The claim's rows: one for each item of evidence, or one without any."""
        key = claim.id.text
        for what, further in (
            ("relations", claim.relations),
            ("verdicts", claim.verdicts),
            ("further assertions", claim.asserts[1:]),
        ):
            if further:
                self._leave_out(what, key)
        own = self._claim_cells(claim)
        if claim.asserts:
            own |= self._assertion_cells(claim.asserts[0], key)
        items = self._items(claim)
        yield from ({**own, **self._item_cells(item, key)} for item in items)
        if not items:
            yield own

    def _items(self, claim: ClaimShape) -> list[EvidenceShape]:
        """The items that are no mere repetition: an import takes what is said twice for one."""
        heard = Heard((), self.names)
        items = [e for n, e in enumerate(claim.evidence, 1) if heard.hear(e, n) is None]
        if len(items) < len(claim.evidence):
            self._leave_out("evidence that is written twice", claim.id.text)
        return items

    def _leave_out(self, what: str, claim: str) -> None:
        held = self.left_out.setdefault(what, [])
        if claim not in held[-1:]:
            held.append(claim)

    # -------------------------------------------------------------------------------------- cells

    def _cells(self, texts: Mapping[str, Scalar | str | int | None], claim: str) -> _Row:
        """The cells that hold something; white space alone would be read as nothing."""
        cells = {}
        for column, value in texts.items():
            text = value.text if isinstance(value, Scalar) else str(value or "")
            if text.strip():
                cells[column] = text
            elif isinstance(value, Scalar):
                self._leave_out("texts of nothing but white space", claim)
        return cells

    def _list(self, items: Sequence[Scalar], claim: str) -> str:
        if not all(item.text for item in items):
            self._leave_out("texts of nothing but white space", claim)
        return list_text(item.text for item in items)

    def _claim_cells(self, claim: ClaimShape) -> _Row:
        key = claim.id.text
        return self._cells(
            {
                "id": claim.id,
                "statement": claim.statement,
                "kind": claim.kind,
                "when": claim.when,
                "about": self._list(claim.about, key) if claim.about else None,
                "tags": self._list(claim.tags, key) if claim.tags else None,
                "note": claim.note,
            },
            key,
        )

    def _assertion_cells(self, assertion: AssertionShape, claim: str) -> _Row:
        negated = None if assertion.negated is None else str(assertion.negated).lower()
        scope = {f"{SCOPE}{key.text}": value for key, value in assertion.scope}
        if "scope" in assertion.model_fields_set and (
            not scope or any(key != key.strip() or key == SCOPE for key in scope)
        ):
            self._leave_out("scopes without a name", claim)
        return self._cells(
            {
                "subject": assertion.subject,
                "property": assertion.property,
                **_value_cells(assertion.value),
                "negated": negated,
                "during": assertion.during,
                **scope,
            },
            claim,
        )

    def _item_cells(self, item: EvidenceShape, claim: str) -> _Row:
        return self._cells(
            {
                "source": item.source,
                "stance": item.stance,
                "by": item.by,
                "via": self._list(item.via, claim) if "via" in item.model_fields_set else None,
                "quote": item.quote,
                "line": item.line,
                "credibility": item.credibility,
                EVIDENCE_NOTE: item.note,
            },
            claim,
        )


def _value_cells(value: Scalar | NumberShape) -> dict[str, Scalar | str]:
    """A number with nothing but a unit has that in a column of its own; others are as written."""
    if isinstance(value, Scalar):
        return {"value": value}
    parts = dict(value_parts(value))
    if [*parts] == ["value", "unit"]:
        return {"value": parts["value"], "unit": parts["unit"]}
    written = {key: text if key == "unit" else Bare(text) for key, text in parts.items()}
    return {"value": on_one_line(written)}

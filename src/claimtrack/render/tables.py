"""Rows for other programs' tables: CSV and Markdown."""

from __future__ import annotations

import io
from collections.abc import Sequence

from claimtrack.render.visible import safe_cell, safe_markdown

Rows = Sequence[Sequence[str]]


def as_csv(headers: Sequence[str], rows: Rows) -> str:
    """Comma-separated values (RFC 4180, lines ended by LF); no cell is a formula."""
    import csv  # hardly any output is one

    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(headers)
    writer.writerows([safe_cell(cell) for cell in row] for row in rows)
    return out.getvalue()


def as_markdown(headers: Sequence[str], rows: Rows) -> str:
    """A Markdown table; no cell is markup."""
    lines = [headers, ["---"] * len(headers)]
    lines += [[safe_markdown(cell) for cell in row] for row in rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)

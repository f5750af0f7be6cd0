"""What commands write to standard output when it is for programs, and the options that ask."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Annotated

import typer

from claimtrack.cli.usage import Format, PageFormat
from claimtrack.render.tables import as_csv, as_markdown

FormatOption = Annotated[
    Format, typer.Option("--format", help="How the result is written.", case_sensitive=False)
]
PageFormatOption = Annotated[
    PageFormat, typer.Option("--format", help="How the result is written.", case_sensitive=False)
]
LimitOption = Annotated[
    int | None,
    typer.Option("--limit", min=0, metavar="N", help="At most so many.", show_default=False),
]


def write_rows(form: Format, headers: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Write a list as CSV or Markdown."""
    write(as_csv(headers, rows) if form is Format.CSV else as_markdown(headers, rows))


def write(text: str) -> None:
    """Write to standard output in UTF-8, whatever the locale."""
    sys.stdout.flush()
    sys.stdout.buffer.write(text.encode("utf-8", "backslashreplace"))

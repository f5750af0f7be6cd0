"""What editors need to know: schema prints the form of a register file."""

from __future__ import annotations

import json
from typing import Annotated

import typer

from claimtrack.cli.output import write


def schema(
    included: Annotated[
        bool,
        typer.Option(
            "--included",
            help="Of a file that the main file includes: it needs no 'claimtrack: 1'.",
        ),
    ] = False,
) -> None:
    """Print the JSON Schema (draft 2020-12) of a register file, for editors.

    Save it beside the register as claimtrack.schema.json. With the following line at the head of
    the register, an editor that speaks to a YAML language server completes and checks what is
    typed:

    # yaml-language-server: $schema=claimtrack.schema.json
    """
    write(schema_text(included=included))


def schema_text(*, included: bool = False) -> str:
    """The schema as it stands in a file."""
    # Few commands need it.
    from claimtrack.reading.json_schema import register_schema

    document = register_schema(included=included)
    return json.dumps(document, ensure_ascii=False, indent=2) + "\n"

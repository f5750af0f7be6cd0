"""Diagnostics as workflow commands of GitHub Actions, which shows each at its line."""

from __future__ import annotations

from collections.abc import Iterable

from claimtrack.diagnostic import CODES, Diagnostic
from claimtrack.render.check import Lines
from claimtrack.render.visible import visible


def workflow_commands(diagnostics: Iterable[Diagnostic], lines: Lines) -> str:
    """One command a line. Paths are seen from the current folder, the root of a checkout."""
    return "".join(f"{_annotation(each, lines)}\n" for each in diagnostics)


def _annotation(diagnostic: Diagnostic, lines: Lines) -> str:
    facts = {
        "file": lines.shown_path(diagnostic.place.file),
        "line": str(diagnostic.place.line),
        "col": str(diagnostic.place.column),
        "title": f"{diagnostic.code}: {CODES[diagnostic.code][1]}",
    }
    told = ",".join(f"{key}={_fact(value)}" for key, value in facts.items())
    return f"::{diagnostic.severity} {told}::{_message(diagnostic.message)}"


def _message(text: str) -> str:
    """A text that can neither end the command nor begin another."""
    return visible(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _fact(text: str) -> str:
    return _message(text).replace(":", "%3A").replace(",", "%2C")

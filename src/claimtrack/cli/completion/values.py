"""What each argument or option of free text takes. Those of fixed words say it by their type."""

from __future__ import annotations

from typing import get_args

from claimtrack.cli.completion.grammar import Value
from claimtrack.diagnostic import CODES
from claimtrack.findings.selection import FLAGS
from claimtrack.model import Kind

_NOTHING = Value("nothing")
_CLAIMS = Value("ids", ("claims",))
_SOURCES = Value("ids", ("sources",))
_ENTITIES = Value("ids", ("entities",))
_TAGS = Value("ids", ("tags",))
_CODES = Value("words", tuple(CODES))

_BY_NAME: dict[str, Value] = {
    "about": _ENTITIES,
    "by": _ENTITIES,
    "claim": _CLAIMS,
    "code": _CODES,
    "flag": Value("words", FLAGS),
    "ignore": _CODES,
    "kind": Value("words", get_args(Kind)),
    "one": _CLAIMS,
    "other": _CLAIMS,
    "select": _CODES,
    "since": _NOTHING,
    "source": _SOURCES,
    "tag": _TAGS,
    "text": _NOTHING,
    "until": _NOTHING,
}
"""By the parameter's name, in whatever command it stands."""

_BY_COMMAND: dict[tuple[str, str], Value] = {
    ("conflicts", "conflict"): Value("ids", ("conflicts", "claims")),
    ("impact", "thing"): Value("ids", ("sources", "entities", "claims")),
}
"""By the command and the parameter's name, where the name alone does not tell."""


def listed(command: str, parameter: str) -> Value | None:
    """What a parameter of a command takes, or None if that is written nowhere."""
    return _BY_COMMAND.get((command, parameter)) or _BY_NAME.get(parameter)

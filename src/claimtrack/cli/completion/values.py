"""What each argument or option of free text takes. Those of fixed words say it by their type."""

from __future__ import annotations

from typing import get_args

from claimtrack.cli.completion.grammar import Value
from claimtrack.diagnostic import CODES
from claimtrack.findings.flags import FLAGS
from claimtrack.model import Decision, Genre, Kind, Rating, RelationType, ValueType
from claimtrack.reading.schema import SourceShape, keys_of


def _ids(*kinds: str) -> Value:
    return Value("ids", kinds)


def _words(words: object) -> Value:
    """Those of a type that lists them."""
    return Value("words", get_args(words))


_NOTHING = Value("nothing")
_CODES = Value("words", tuple(CODES))
_ANY = _ids("claims", "sources", "entities", "properties")

_BY_NAME: dict[str, Value] = {
    "about": _ids("entities"),
    "again": _ids("sources"),
    "by": _ids("entities"),
    "claim": _ids("claims"),
    "claims": _ids("claims"),
    "code": _CODES,
    "decision": _words(Decision),
    "derived_from": _ids("sources"),
    "document": Value("files"),
    "file": Value("files"),
    "files": Value("files"),
    "flag": Value("words", FLAGS),
    "genre": _words(Genre),
    "given": _ids("claims"),
    "ignore": _CODES,
    "into": Value("files"),
    "kept": _ids("claims"),
    "kind": _words(Kind),
    "one": _ids("claims"),
    "other": _ids("claims"),
    "others": _ids("claims"),
    "part_of": _ids("entities"),
    "property_": _ids("properties"),
    "rating": _words(Rating),
    "relation": _words(RelationType),
    "select": _CODES,
    "source": _ids("sources"),
    "sources": _ids("sources"),
    "subject": _ids("entities"),
    "tag": _ids("tags"),
    "tags": _ids("tags"),
    "type_": _words(ValueType),
    "value": _ids("entities"),
    "via": _ids("entities"),
}
"""By the parameter's name, in whatever command it stands."""

_OPEN = (
    "about_ratio after alias author base_label basis before choice during ignored key language "
    "name new note on ours_label path published publisher quote renamed retrieved scope sha256 "
    "since source_file statement text theirs_label title tolerance unit until url when why"
)
"""Names of those that take a text, a date or a new id: nothing that is there already."""

_BY_COMMAND: dict[tuple[str, str], Value] = {
    ("conflicts", "conflict"): _ids("conflicts", "claims"),
    ("entity add", "kind"): _NOTHING,
    ("impact", "thing"): _ids("sources", "entities", "claims"),
    ("judge", "by"): _NOTHING,  # a person, who is no entity of the register
    ("remove", "name"): _ANY,
    ("rename", "old"): _ANY,
    ("review", "by"): _NOTHING,
    ("review", "conflict"): _ids("conflicts", "claims"),
    ("source set", "key"): _ids("sources"),
    ("source set", "unset"): Value("words", tuple(keys_of(SourceShape))),
}
"""By the command and the parameter's name, where the name alone does not tell."""


def listed(command: str, parameter: str) -> Value | None:
    """What a parameter of a command takes, or None if that is written nowhere."""
    told = _BY_COMMAND.get((command, parameter)) or _BY_NAME.get(parameter)
    return told or (_NOTHING if parameter in _OPEN.split() else None)

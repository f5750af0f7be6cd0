"""Values as a person types them, in the form that the register has."""

from __future__ import annotations

import re
from collections.abc import Mapping

from claimtrack.diagnostic import ClaimtrackError
from claimtrack.edit.written import Refused
from claimtrack.edit.yamlwriting import Bare, Value
from claimtrack.model import Property
from claimtrack.reading.nodes import Mapping as MappingNode
from claimtrack.reading.nodes import Scalar, core_type
from claimtrack.reading.yamltext import NotYaml, parse


class EmptyText(ClaimtrackError):
    """A text that was given and has nothing in it."""

    def __init__(self, key: str) -> None:
        super().__init__(f"'{key}' is given and empty; leave it out")


_NUMBER = r"[-+]?(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?:[eE][-+]?[0-9]+)?"
_FORMS = re.compile(
    rf"(?:(?P<about>about|~)\s*)?(?P<low>{_NUMBER})?(?P<between>\s*\.\.\s*)?(?P<high>{_NUMBER})?"
    r"(?:\s+(?P<unit>[^\d\s].*))?"
)


def written_value(text: str, unit: str | None, of: Property) -> Value:
    """The value of a property, from its text.

    A number may be written as in the register (``{about: 7500, unit: mile}``) or, shorter, as
    ``7500``, ``about 7500``, ``1000..2000`` or ``1000..``, with a unit behind it or as ``unit``.
    What is none of these stays as it is, for the reader to say what is wrong with it. Raises
    Refused for a unit of what is no number, and for two units.
    """
    if unit is not None and of.type != "number":
        why = f"it is of type {of.type}, and only numbers have one"
        raise Refused(f"'{of.id}' takes no unit: {why}")
    if of.type == "boolean" and core_type(text or "~") == "boolean":
        return Bare(text)
    if of.type != "number":
        return text
    as_yaml = _parts_as_yaml(text)
    parts = as_yaml or _parts(text.strip())
    if parts is None:
        return text
    if unit is not None:
        if "unit" in parts and parts["unit"] != unit:
            raise Refused(f"'{text}' has a unit, and --unit gives {unit}; give one of them")
        parts["unit"] = unit
    return parts["value"] if not as_yaml and [*parts] == ["value"] else parts


def _parts(text: str) -> dict[str, Value] | None:
    found = _FORMS.fullmatch(text)
    if found is None:
        return None
    low, high, between, about = (found[name] for name in ("low", "high", "between", "about"))
    parts: dict[str, Value]
    if between and not about and (low or high):
        parts = {key: Bare(end) for key, end in (("min", low), ("max", high)) if end}
    elif low and not between and not high:
        parts = {"about" if about else "value": Bare(low)}
    else:
        return None
    if found["unit"]:
        parts["unit"] = found["unit"]
    return parts


def _parts_as_yaml(text: str) -> dict[str, Value] | None:
    """The parts of a number that is written between curly brackets."""
    if not text.lstrip().startswith("{"):
        return None
    try:
        node = parse(text.encode())
    except NotYaml:
        return None
    if not isinstance(node, MappingNode):
        return None
    parts: dict[str, Value] = {}
    for key, value in node.entries:
        if not isinstance(key, Scalar) or not isinstance(value, Scalar) or key.text in parts:
            return None
        parts[key.text] = Bare(value.text) if value.core == "number" else value.text
    return parts


def pairs_given(written: Mapping[str, Value | None]) -> dict[str, Value]:
    """What is given of a mapping: neither nothing, nor a list or a mapping of nothing.

    Raises EmptyText: who gives a text without signs meant something else.
    """
    for key, value in written.items():
        texts = [value] if isinstance(value, str) else value if isinstance(value, list) else ()
        if any(isinstance(text, str) and not text.strip() for text in texts):
            raise EmptyText(key)
    return {
        key: value
        for key, value in written.items()
        if value is not None and not (isinstance(value, list | dict) and not value)
    }

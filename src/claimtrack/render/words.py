"""Findings in words: values, holders, questions, and why two claims cannot both be true."""

from __future__ import annotations

import re

from claimtrack.findings.conflicts import Conflict, Position
from claimtrack.findings.findings import Findings
from claimtrack.findings.support import Item
from claimtrack.model import Assertion, Property, Register

_NUMBER = re.compile(r"([+-]?[0-9]+)(\.[0-9]*)?", re.ASCII)
_LONG = 400


def count(number: int, singular: str, plural: str | None = None) -> str:
    """``1 claim``, ``2 claims``, ``1,000 claims``."""
    return f"{number:,} {singular if number == 1 else plural or singular + 's'}"


def listed(words: list[str], conjunction: str = "and") -> str:
    """``a``, ``a and b``, ``a, b and c``."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {conjunction} {words[-1]}"


def entity_words(key: str, register: Register) -> str:
    """An entity's name, else its id in words."""
    entity = register.entities.get(key)
    if entity is None:
        return key
    return entity.name or key.replace("-", " ")


def property_words(key: str) -> str:
    """A property's id in words."""
    return key.replace("-", " ")


def question(conflict: Conflict, register: Register) -> str:
    """What a conflict is about: subject and property, or the claims of a declared one."""
    if conflict.subject is None or conflict.property is None:
        return "Claims that a reader set against each other."
    subject = entity_words(conflict.subject, register)
    return f"{subject}: {property_words(conflict.property)}?"


# ----------------------------------------------------------------------------------------- values


def value_words(assertion: Assertion, register: Register) -> str:
    """A value as a person would say it: an entity's name, a number with its unit."""
    of = register.properties[assertion.property]
    return (
        f"not {held_words(assertion, of, register)}"
        if assertion.negated
        else held_words(assertion, of, register)
    )


def held_words(assertion: Assertion, of: Property, register: Register) -> str:
    """The value itself, whether it is held or denied."""
    if assertion.entity is not None:
        return entity_words(assertion.entity, register)
    if of.type != "number":
        return assertion.text
    parts = dict(assertion.parts) or {"value": assertion.text}
    unit = parts.get("unit", of.unit)
    words = _number_words({name: _grouped(text) for name, text in parts.items()})
    return f"{words} {unit}" if unit else words


def _number_words(parts: dict[str, str]) -> str:
    if "value" in parts:
        return parts["value"]
    if "about" in parts:
        return f"about {parts['about']}"
    if "min" in parts and "max" in parts:
        return f"{parts['min']} to {parts['max']}"
    return f"at least {parts['min']}" if "min" in parts else f"at most {parts['max']}"


def _grouped(text: str) -> str:
    """A number with its thousands set apart, where it is written in plain digits."""
    match = _NUMBER.fullmatch(text) if len(text) < _LONG else None
    return f"{int(match[1]):,}{match[2] or ''}" if match else text


def assertion_words(assertion: Assertion, register: Register) -> str:
    """``base 201: location: Almaty (2025-10; phase planned)``."""
    subject = entity_words(assertion.subject, register)
    words = f"{subject}: {property_words(assertion.property)}: {value_words(assertion, register)}"
    limits = [assertion.during_text] if assertion.during_text else []
    limits += [f"{key} {value}" for key, value in assertion.scope_text]
    return f"{words} ({'; '.join(limits)})" if limits else words


def position_words(position: Position, register: Register) -> str:
    """The answer that a position gives; of a declared conflict, its claim."""
    if position.assertions:
        return value_words(position.assertions[0], register)
    return position.claims[0]


# ---------------------------------------------------------------------------------------- holders


def speaker_words(item: Item, register: Register) -> str:
    """Who takes a stance: the speaker, or the source for itself."""
    by = item.evidence.by
    return entity_words(by, register) if by is not None else item.evidence.source


def holders(claim: str, findings: Findings) -> str:
    """Who holds a claim: the speakers of its supporting items, each once."""
    items = findings.supports[claim].standing
    supporting = [item for item in items if item.evidence.stance.is_support]
    names = list(dict.fromkeys(speaker_words(item, findings.register) for item in supporting))
    if len(names) > 3:
        names = [*names[:2], f"{len(names) - 2} others"]
    return listed(names) if names else "nobody"

"""Findings in words: values, holders, questions, and why two claims cannot both be true."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from claimtrack.findings.conflicts import Conflict, Position
    from claimtrack.findings.findings import Findings
    from claimtrack.findings.support import Item
    from claimtrack.model import Assertion, Property, Register
    from claimtrack.values.interval import End, Interval

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
    subject = subject_words(conflict.positions[0].assertions[0], register)
    return f"{subject}: {property_words(conflict.property)}?"


def subject_words(assertion: Assertion, register: Register) -> str:
    """An assertion's subject: a declared entity's name, else what is written."""
    if assertion.subject not in register.entities and assertion.subject_text:
        return assertion.subject_text
    return entity_words(assertion.subject, register)


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
    if assertion.entity is not None and assertion.entity in register.entities:
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
    subject = subject_words(assertion, register)
    words = f"{subject}: {property_words(assertion.property)}: {value_words(assertion, register)}"
    limits = [assertion.during_text] if assertion.during_text else []
    limits += [f"{key} {value}" for key, value in assertion.scope_text]
    return f"{words} ({'; '.join(limits)})" if limits else words


_NAMED = 3


def position_words(position: Position, register: Register) -> str:
    """The answers that a position gives, ``Almaty / Kazakhstan``; a declared conflict's claim.

    The narrowest comes first, so that no order in the file decides what a position is called.
    """
    if not position.assertions:
        return position.claims[0]
    named = [value_words(each, register) for each in distinct_values(position, register)]
    more = f" and {len(named) - _NAMED:,} more" if len(named) > _NAMED else ""
    return " / ".join(named[:_NAMED]) + more


def distinct_values(position: Position, register: Register) -> list[Assertion]:
    """One assertion for each value of a position, the narrowest first, then by their words."""
    written = {(each.entity, each.text, each.parts): each for each in position.assertions}
    ordered = sorted(
        written.values(), key=lambda each: (_breadth(each.interval), value_words(each, register))
    )
    distinct: dict[tuple[End, End], Assertion] = {}
    for each in ordered:
        distinct.setdefault((each.interval.low, each.interval.high), each)
    return list(distinct.values())


def _breadth(interval: Interval) -> End:
    if isinstance(interval.low, float) or isinstance(interval.high, float):
        return math.inf
    return interval.high - interval.low


# ---------------------------------------------------------------------------------------- holders


def speaker_words(item: Item, register: Register) -> str:
    """Who takes a stance: the speaker, or the source for itself."""
    by = item.evidence.by
    return entity_words(by, register) if by is not None else item.evidence.source


def holders(claim: str, findings: Findings) -> str:
    """Who holds a claim: ``ann and bob; cid speculates``, each once."""
    support, register = findings.supports[claim], findings.register
    firm = dict.fromkeys(speaker_words(item, register) for item in support.firm)
    weak = dict.fromkeys(
        speaker_words(item, register)
        for item in support.standing
        if item.evidence.stance.is_support and not item.evidence.stance.is_firm
    )
    speculating = [name for name in weak if name not in firm]
    told = [_few(list(firm))] if firm else []
    if speculating:
        verb = "speculates" if len(speculating) == 1 else "speculate"
        told.append(f"{_few(speculating)} {verb}")
    return "; ".join(told) or "nobody"


def _few(names: list[str]) -> str:
    return listed([*names[:2], f"{len(names) - 2} others"] if len(names) > 3 else names)

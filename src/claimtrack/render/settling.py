"""What would settle whether two claims conflict: a command to look, and a line to write."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import date
from unicodedata import normalize

from claimtrack.findings.near.suggestion import Spelling, Suggestion
from claimtrack.model import Assertion, Register
from claimtrack.values.interval import End, Interval
from claimtrack.values.names import ID


@dataclass(frozen=True, slots=True)
class Settling:
    """A command that shows what to judge, and a line of YAML with where and when it is right."""

    command: str
    condition: str
    where: str
    yaml: str

    @property
    def pasted(self) -> str:
        """The line with a comment that says where it belongs."""
        return f"{self.yaml}  # {self.where}"


def settling(suggestion: Suggestion, register: Register) -> Settling:
    """What would settle a suggestion."""
    one, other = suggestion.claims
    command = _command(suggestion)
    if suggestion.pair is not None and suggestion.gap is not None:
        return _period(suggestion.pair, suggestion.gap, command)
    if suggestion.spelling is not None:
        return _alias(suggestion.spelling, register, command)
    relation = f"{{type: contradicts, claim: {_scalar(other)}, why: …}}"
    where, yaml = _entry("relations", relation, f"claim {one}", register.claims[one].relations)
    return Settling(command, "if both cannot be true", where, yaml)


def _command(suggestion: Suggestion) -> str:
    """What shows the matter: the values side by side, or claims that no values tell apart."""
    one, other = suggestion.claims
    if suggestion.rule == "wording":
        return f"claimtrack show {one} && claimtrack show {other}"
    if suggestion.rule == "spelling" and suggestion.pair and suggestion.would:
        for written, taken in zip(suggestion.pair, suggestion.would, strict=True):
            if (written.subject, written.entity) != (taken.subject, taken.entity):
                return f"claimtrack show {written.claim}"
    return f"claimtrack compare {one} {other}"


def _entry(key: str, item: str, holder: str, held: tuple[object, ...]) -> tuple[str, str]:
    """Where an item belongs and how it is written: a new key, or one more of its list."""
    if held:
        return f"to the {key} of {holder}", f"- {item}"
    return f"under {holder}", f"{key}: [{item}]"


def _period(pair: tuple[Assertion, Assertion], gap: Interval, command: str) -> Settling:
    """The earlier answer, said to hold until the later one does."""
    earlier = min(pair, key=lambda each: each.during.low)
    start = (earlier.during_text or "..").partition("/")[0]
    line = f"during: {start}/{day_words(gap.high)}"
    held = f", in place of during: {earlier.during_text}" if earlier.during_text else ""
    where = f"in what claim {earlier.claim} asserts{held}"
    return Settling(command, "if the earlier answer held until the later one", where, line)


def _alias(spelling: Spelling, register: Register, command: str) -> Settling:
    name = _scalar(spelling.name)
    if spelling.entity is None:
        key = _new_id(spelling.like, register)
        line = f"{key}: {{name: {_scalar(spelling.like)}, aliases: [{name}]}}"
        return Settling(command, "if they are the same", "under entities", line)
    aliases = register.entities[spelling.entity].aliases
    where, line = _entry("aliases", name, f"entity {spelling.entity}", aliases)
    return Settling(command, "if they are the same", where, line)


def day_words(day: End) -> str:
    """A day of the calendar, as the register writes it."""
    return date.fromordinal(int(day)).isoformat()


# ------------------------------------------------------------------------------------------- yaml


_PLAIN = re.compile(r"[^\W\d_][\w.'’-]*(?: [\w.'’-]+)*")
_WORDS_OF_YAML = frozenset({"null", "true", "false"})


def _scalar(text: str) -> str:
    """A text as YAML, between quotation marks wherever it could be read as something else."""
    if _PLAIN.fullmatch(text) and text.lower() not in _WORDS_OF_YAML:
        return text
    return json.dumps(text, ensure_ascii=False)


def _new_id(name: str, register: Register) -> str:
    """An id made of a name's letters; a gap to be filled in where they give none that is free."""
    letters = normalize("NFKD", name.casefold()).encode("ascii", "ignore").decode()
    found = "-".join(re.findall(r"[a-z0-9]+", letters))
    return found if ID.fullmatch(found) and found not in register.entities else "…"

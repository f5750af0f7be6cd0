"""What would settle whether two claims conflict: commands to look and to write, or a line."""

from __future__ import annotations

from datetime import date
from shlex import quote

from claimtrack.edit.naming import id_from
from claimtrack.edit.yamlwriting import scalar
from claimtrack.findings.near.suggestion import Spelling, Suggestion
from claimtrack.frozen import frozen
from claimtrack.model import Assertion, Register
from claimtrack.values.interval import End, Interval


@frozen
class Settling:
    """What would settle a suggestion, once somebody has looked and if the condition holds."""

    look: str
    """The command that shows what to judge."""
    condition: str
    command: str | None
    """The command that writes it; None where it is a line to be written by hand."""
    where: str
    yaml: str

    @property
    def pasted(self) -> str:
        """The line with a comment that says where it belongs."""
        return f"{self.yaml}  # {self.where}"


def settling(suggestion: Suggestion, register: Register) -> Settling:
    """What would settle a suggestion."""
    one, other = suggestion.claims
    look = _look(suggestion)
    if suggestion.pair is not None and suggestion.gap is not None:
        return _period(suggestion.pair, suggestion.gap, look)
    if suggestion.spelling is not None:
        return _alias(suggestion.spelling, register, look)
    relation = f"{{type: contradicts, claim: {scalar(other)}, why: …}}"
    where, yaml = _entry("relations", relation, f"claim {one}", register.claims[one].relations)
    command = f"claimtrack relate {one} contradicts {other} --why '…'"
    return Settling(look, "if both cannot be true", command, where, yaml)


def _look(suggestion: Suggestion) -> str:
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


def _period(pair: tuple[Assertion, Assertion], gap: Interval, look: str) -> Settling:
    """The earlier answer, said to hold until the later one does."""
    earlier = min(pair, key=lambda each: each.during.low)
    start = (earlier.during_text or "..").partition("/")[0]
    line = f"during: {start}/{day_words(gap.high)}"
    held = f", in place of during: {earlier.during_text}" if earlier.during_text else ""
    where = f"in what claim {earlier.claim} asserts{held} (claimtrack edit {earlier.claim})"
    return Settling(look, "if the earlier answer held until the later one", None, where, line)


def _alias(spelling: Spelling, register: Register, look: str) -> Settling:
    name, condition = scalar(spelling.name), "if they are the same"
    if spelling.entity is None:
        new = id_from(spelling.like, register.entities, "entity")
        line = f"{new}: {{name: {scalar(spelling.like)}, aliases: [{name}]}}"
        command = f"claimtrack entity add {quote(spelling.like)} --alias {quote(spelling.name)}"
        return Settling(look, condition, command, "under entities", line)
    aliases = register.entities[spelling.entity].aliases
    where, line = _entry("aliases", name, f"entity {spelling.entity}", aliases)
    return Settling(look, condition, None, where, line)


def day_words(day: End) -> str:
    """A day of the calendar, as the register writes it."""
    return date.fromordinal(int(day)).isoformat()

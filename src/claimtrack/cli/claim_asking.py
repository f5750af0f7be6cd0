"""The parts of a claim as options give them, and the questions for those that are missing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import get_args

from claimtrack.cli.asking import Asking
from claimtrack.cli.usage import WrongUsage
from claimtrack.edit.claims import Item, Saying
from claimtrack.edit.draft import Draft
from claimtrack.findings.selection import UnknownName
from claimtrack.frozen import frozen, replace
from claimtrack.model import Kind, Stance


def entities(draft: Draft) -> list[str]:
    """What an answer that takes an entity may be."""
    return [*draft.register.entities]


def sources(draft: Draft) -> list[str]:
    """What an answer that takes a source may be."""
    return [*draft.register.sources]


def claims(draft: Draft) -> list[str]:
    """What an answer that takes a claim may be."""
    return [*draft.register.claims]


def properties(draft: Draft) -> list[str]:
    """What an answer that takes a property may be."""
    return [*draft.register.properties]


def known_tags(draft: Draft) -> list[str]:
    """The tags that claims have."""
    return list(
        dict.fromkeys(tag for claim in draft.register.claims.values() for tag in claim.tags)
    )


# ----------------------------------------------------------------------------------------- words


def kind_word(asking: Asking, given: str | None, *, ask: bool) -> str | None:
    """The kind of a claim. Raises UnknownName."""
    words = get_args(Kind)
    word = asking.maybe(given, "Kind", lambda _: words, only=True) if ask else given
    return None if word is None else known_word("kind of claim", word, words)


def asked_word(asking: Asking, given: str | None, what: str, words: Sequence[str]) -> str:
    """One of some words, asked for if it is not given. Raises WrongUsage, UnknownName."""
    named = f"the {what}"
    word = asking.needed(given, named, what.capitalize(), lambda _: words, only=True)
    return known_word(what, word, words)


def known_word(what: str, word: str, known: Sequence[str]) -> str:
    """The word, or the one that it is a part of. Raises UnknownName, AmbiguousName."""
    if word in known:
        return word
    if sum(word in each for each in known) != 1 or not word:
        raise UnknownName(what, word, known)
    return next(each for each in known if word in each)


# ------------------------------------------------------------------------------- what is asserted


@frozen
class GivenSaying:
    """What the options say of a claim's assertion."""

    subject: str | None
    property: str | None
    value: str | None
    unit: str | None
    negated: bool
    during: str | None
    scope: tuple[str, ...]


def saying(given: GivenSaying, asking: Asking, *, ask: bool) -> Saying | None:
    """The assertion, or None if there is none. Raises WrongUsage."""
    subject, of, value = given.subject, given.property, given.value
    if ask:
        subject = asking.maybe(subject, "Subject (nothing: no structure)", entities)
    if subject is None and of is None and value is None:
        if given.unit or given.negated or given.during or given.scope:
            raise WrongUsage(
                "--unit, --negated, --during and --scope go with --subject, --property and --value"
            )
        return None
    return Saying(
        subject=asking.needed(subject, "--subject", "Subject", entities),
        property=asking.needed(of, "--property", "Property", properties, only=True),
        value=asking.needed(value, "--value", "Value", entities),
        unit=given.unit,
        negated=given.negated,
        during=asking.maybe(given.during, "During (nothing: at any time)") if ask else given.during,
        scope=_scope(given.scope),
    )


def _scope(pairs: Sequence[str]) -> dict[str, str]:
    scope: dict[str, str] = {}
    for pair in pairs:
        key, _, value = (part.strip() for part in pair.partition("="))
        if not key or not value:
            raise WrongUsage(f"'{pair}' is no scope; write --scope KEY=VALUE")
        if key in scope:
            raise WrongUsage(f"--scope {key} is given twice; a key has one value")
        scope[key] = value
    return scope


# -------------------------------------------------------------------------------------- evidence


def item(given: Item, asking: Asking) -> Item:
    """An item of evidence; one without a source is asked for. Raises WrongUsage, UnknownName."""
    if given.source:
        return given
    source = asking.needed(None, "--source", "Source", sources, only=True)
    return _asked(replace(given, source=source), asking)


def first_item(given: Item, asking: Asking, *, ask: bool) -> Item | None:
    """The first item of a new claim, or None if there is none yet. Raises WrongUsage."""
    if given != Item(""):
        return item(given, asking)
    source = (
        asking.maybe(None, "Source (nothing: no evidence yet)", sources, only=True) if ask else None
    )
    return None if source is None else _asked(Item(source), asking)


def _asked(given: Item, asking: Asking) -> Item:
    stances = [str(each) for each in Stance]
    stance = asking.maybe(given.stance, "Stance (nothing: asserts)", lambda _: stances, only=True)
    return replace(
        given,
        stance=None if stance is None else known_word("stance", stance, stances),
        by=asking.maybe(given.by, "By whom (nothing: the source itself)", entities),
        quote=asking.maybe(given.quote, "Quote, to the letter"),
    )

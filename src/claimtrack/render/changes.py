"""What has changed since a decision, in words: one sentence for each thing that differs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal

from claimtrack.findings.changes import (
    Change,
    ClaimChange,
    GroundChange,
    Grouping,
    KeyChange,
    assertion_parts,
    evidence_parts,
)
from claimtrack.fingerprint import Written
from claimtrack.frozen import frozen
from claimtrack.model import Assertion, Evidence, Register
from claimtrack.render.words import (
    assertion_words,
    count,
    entity_words,
    listed,
    property_words,
    value_words,
)

What = Literal[
    "gone",
    "fingerprint",
    "joined",
    "left",
    "relation",
    "statement",
    "assertion",
    "evidence",
    "order",
    "positions",
    "property",
    "credibility",
    "detail",
    "verdict",
    "created",
    "moved",
    "renamed",
    "broken",
    "mended",
]


@frozen
class Told:
    """One thing that differs: of which claim, if of one, and a clause that says what."""

    what: What
    clause: str
    claim: str | None = None
    before: str | None = None
    after: str | None = None

    @property
    def sentence(self) -> str:
        """The clause, with the claim that it is about."""
        return self.clause if self.claim is None else f"{self.claim}: {self.clause}"


def told(change: GroundChange) -> list[Told]:
    """All that differs in a ground, claims first."""
    found = [*_moves(change)]
    for tie in change.untied:
        clause = f"a relation less ({tie.type} {tie.other})"
        found.append(Told("relation", clause, tie.holder, f"{tie.type} {tie.other}"))
    for claim in change.claims:
        found += _of_claim(claim, change.then, change.now)
    found += [_of_definition(each) for each in change.definition]
    if change.grouping is not None:
        found.append(_of_grouping(change.grouping))
    return found


def _moves(change: GroundChange) -> Iterator[Told]:
    new = {each.id for each in change.claims if each.before is None}
    gone = {each.id for each in change.claims if each.after is None}
    for claim in change.joined:
        how = "new in the register" if claim in new else "out of play before"
        known = claim in new or claim in change.aside
        yield Told("joined", f"a claim more, {how}" if known else "a claim more", claim)
    for claim in change.left:
        how = "gone from the register" if claim in gone else "withdrawn or superseded"
        known = claim in gone or claim in change.aside
        yield Told("left", f"a claim less, {how}" if known else "a claim less", claim)


# ----------------------------------------------------------------------------------------- claims


def _of_claim(change: ClaimChange, then: Register, now: Register) -> Iterator[Told]:
    if change.before is None or change.after is None:
        return
    statement = change.statement
    if statement is not None:
        yield statement_told(change.id, statement)
    for assertion in change.asserts:
        yield assertion_told(change.id, assertion, then, now)
    for item in change.evidence:
        yield item_told(change.id, item, then, now)
    if change.reordered or not (statement or change.asserts or change.evidence):
        yield order_told(change)


def statement_told(claim: str, change: Change[str]) -> Told:
    """A statement that is another."""
    clause = f"statement from ‘{change.before}’ to ‘{change.after}’"
    return Told("statement", clause, claim, change.before, change.after)


def order_told(change: ClaimChange) -> Told:
    """A claim whose parts stand in another order, or whose fingerprint alone is another."""
    order = "its assertions or items of evidence stand in another order"
    words = "written otherwise, though it says the same"
    return Told("order", order if change.reordered else words, change.id)


def assertion_told(claim: str, change: Change[Assertion], then: Register, now: Register) -> Told:
    """An assertion that is another, is new or is gone."""
    before = assertion_words(change.before, then) if change.before else None
    after = assertion_words(change.after, now) if change.after else None
    if change.before is None or change.after is None:
        clause = (
            f"an assertion less ({before})" if change.before else f"an assertion more ({after})"
        )
        return Told("assertion", clause, claim, before, after)
    was, is_now = assertion_parts(change.before), assertion_parts(change.after)
    differing = {key for key in was if was[key] != is_now[key]}
    if "negated" in differing:
        differing = {"value", *differing} - {"negated"}
    shown = {
        "value": (value_words(change.before, then), value_words(change.after, now)),
        "during": (change.before.during_text, change.after.during_text),
        "scope": (_scope(change.before), _scope(change.after)),
    }
    parts = [_from_to(key, *shown[key]) for key in shown if key in differing]
    clause = f"{property_words(change.after.property)}: {listed(parts)}"
    return Told("assertion", clause, claim, before, after)


def _scope(assertion: Assertion) -> str:
    return ", ".join(f"{key} {value}" for key, value in assertion.scope_text)


def _from_to(key: str, before: str | None, after: str | None) -> str:
    was, is_now = (f"‘{text}’" if text else "nothing" for text in (before, after))
    return f"{key} from {was} to {is_now}"


def item_told(claim: str, change: Change[Evidence], then: Register, now: Register) -> Told:
    """An item of evidence that is another, is new or is gone."""
    before = item_words(change.before, then) if change.before else None
    after = item_words(change.after, now) if change.after else None
    if change.before is None or change.after is None:
        more = f"an item of evidence more ({after})"
        clause = f"an item of evidence less ({before})" if change.before else more
        return Told("evidence", clause, claim, before, after)
    was, is_now = evidence_parts(change.before), evidence_parts(change.after)
    shown = _item_parts(change.before, then), _item_parts(change.after, now)
    parts = [_from_to(key, shown[0][key], shown[1][key]) for key in was if was[key] != is_now[key]]
    clause = f"evidence from {change.before.source}: {listed(parts)}"
    return Told("evidence", clause, claim, before, after)


def item_words(item: Evidence, register: Register) -> str:
    """``gazette, by the mayor, asserts``."""
    by = f"by {entity_words(item.by, register)}, " if item.by is not None else ""
    return f"{item.source}, {by}{item.stance}"


def _item_parts(item: Evidence, register: Register) -> Mapping[str, str | None]:
    return {
        "source": item.source,
        "stance": str(item.stance),
        "by": None if item.by is None else entity_words(item.by, register),
        "via": ", ".join(entity_words(key, register) for key in item.via),
        "quote": item.quote,
        "credibility": None if item.credibility is None else str(item.credibility),
    }


# ------------------------------------------------------------------------- positions and property

_SHOWN = 4


def _of_grouping(grouping: Change[Grouping]) -> Told:
    before, after = (_grouped(each) for each in (grouping.before, grouping.after))
    clause = f"positions from {before} to {after}"
    return Told("positions", clause, None, before, after)


def _grouped(grouping: Grouping | None) -> str:
    """``a, b | c``; of many positions, or many claims in one, the first few."""
    groups = [
        ", ".join(group[:_SHOWN]) + (f" and {len(group) - _SHOWN:,} more" * (len(group) > _SHOWN))
        for group in (grouping or ())[:_SHOWN]
    ]
    further = len(grouping or ()) - _SHOWN
    more = [f"{count(further, 'position')} more"] if further > 0 else []
    return " | ".join([*groups, *more])


def _of_definition(change: KeyChange) -> Told:
    before, after = (written_words(each) for each in (change.before, change.after))
    clause = f"the property’s {change.key} from {before or 'nothing'} to {after or 'nothing'}"
    return Told("property", clause, None, before, after)


def written_words(written: Written | None) -> str | None:
    """What a key had: ``true``, ``10%``, ``[a, b]``, ``{b: a}``."""
    if written is None or isinstance(written, str):
        return written
    if isinstance(written, bool):
        return str(written).lower()
    if isinstance(written, Mapping):
        pairs = (f"{key}: {written_words(value) or ''}".rstrip() for key, value in written.items())
        return f"{{{', '.join(pairs)}}}"
    return f"[{', '.join(written_words(each) or '' for each in written)}]"

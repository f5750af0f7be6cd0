"""What is written of claims: new ones, and further evidence, relations and tags."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from claimtrack.edit.draft import Draft, EntryKey
from claimtrack.edit.manuscript import Manuscript
from claimtrack.edit.naming import id_from
from claimtrack.edit.values import pairs_given, written_value
from claimtrack.edit.written import Refused, Written, file_for, refuse_no_id
from claimtrack.edit.yamlwriting import Bare, Value
from claimtrack.findings.selection import find_claim, find_id
from claimtrack.frozen import field, frozen
from claimtrack.values.names import fold


@frozen
class Item:
    """An item of evidence as a person gives it: texts, unchecked; None or empty is left out."""

    source: str
    """Empty only until it has been asked for."""
    stance: str | None = None
    by: str | None = None
    via: tuple[str, ...] = ()
    quote: str | None = None
    line: int | None = None
    credibility: int | None = None
    note: str | None = None


@frozen
class Saying:
    """What a claim says in a structured way, as a person gives it."""

    subject: str
    property: str
    value: str
    unit: str | None = None
    negated: bool = False
    during: str | None = None
    scope: Mapping[str, str] = field(default_factory=dict)


@frozen
class NewClaim:
    """A claim as a person gives it."""

    statement: str
    id: str | None = None
    kind: str | None = None
    saying: Saying | None = None
    when: str | None = None
    about: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    evidence: tuple[Item, ...] = ()
    note: str | None = None


# ------------------------------------------------------------------------------------- new claims


def add_claim(draft: Draft, new: NewClaim, file: str | None = None) -> Written:
    """One more claim, at the end of a file's claims.

    Raises Refused, EmptyText, UnknownName, AmbiguousName, WrittenElsewhere, LaidOutOtherwise.
    """
    taken = draft.entries.claims
    key = new.id or id_from(new.statement, taken, "claim")
    refuse_no_id(key)
    if key in taken:
        raise Refused(f"a claim has the id '{key}' already; give another with --id")
    manuscript = Manuscript(draft)
    manuscript.add_claim(claim_value(key, new, draft), file_for(draft, "claims", file))
    said = fold(new.statement)
    same = [claim.id for claim in draft.register.claims.values() if fold(claim.statement) == said]
    notes = (f"claim {same[0]} makes the same statement",) if same else ()
    return Written(manuscript.change(), EntryKey("claims", key), "added", notes)


def claim_value(key: str, new: NewClaim, draft: Draft) -> dict[str, Value]:
    """A claim as it is to be written. Raises Refused, EmptyText, UnknownName, AmbiguousName."""
    return pairs_given(
        {
            "id": key,
            "statement": new.statement,
            "kind": new.kind,
            "asserts": _saying_value(new.saying, draft) if new.saying else None,
            "when": new.when,
            "about": [draft.entity_text(name) for name in new.about],
            "tags": list(new.tags),
            "evidence": [item_value(item, draft) for item in new.evidence],
            "note": new.note,
        }
    )


def _saying_value(saying: Saying, draft: Draft) -> dict[str, Value]:
    properties = draft.register.properties
    of = properties[find_id("property", saying.property, properties)]
    value = written_value(saying.value, saying.unit, of)
    if of.type == "entity" and isinstance(value, str):
        value = draft.entity_text(value)
    return pairs_given(
        {
            "subject": draft.entity_text(saying.subject),
            "property": of.id,
            "value": value,
            "negated": Bare("true") if saying.negated else None,
            "during": saying.during,
            "scope": dict(saying.scope),
        }
    )


def item_value(item: Item, draft: Draft) -> dict[str, Value]:
    """An item of evidence as it is to be written. Raises EmptyText, UnknownName, AmbiguousName."""
    return pairs_given(
        {
            "source": find_id("source", item.source, draft.register.sources),
            "stance": item.stance,
            "by": None if item.by is None else draft.entity_text(item.by),
            "via": [draft.entity_text(name) for name in item.via],
            "quote": item.quote,
            "line": _bare(item.line),
            "credibility": _bare(item.credibility),
            "note": item.note,
        }
    )


def _bare(number: int | None) -> Bare | None:
    return None if number is None else Bare(str(number))


# ---------------------------------------------------------------------------------- further parts


def cite(draft: Draft, claim: str, item: Item) -> Written:
    """One more item of evidence.

    Raises LeftOut, EmptyText, UnknownName, AmbiguousName, WrittenElsewhere, LaidOutOtherwise.
    """
    key = EntryKey("claims", find_claim(draft.register, claim))
    manuscript = Manuscript(draft)
    written = item_value(item, draft)
    manuscript.append(key, ("evidence",), [written])
    source, stance = written["source"], written.get("stance", "asserts")
    return Written(manuscript.change(), key, f"cited, {source} {stance}")


def relate(
    draft: Draft, one: str, relation: str, others: Sequence[str], why: str | None
) -> Written:
    """One more relation, written on the first claim.

    Raises Refused where it is there already, LeftOut, EmptyText, UnknownName, AmbiguousName,
    WrittenElsewhere, LaidOutOtherwise.
    """
    claims = draft.register.claims
    key = EntryKey("claims", find_claim(draft.register, one))
    named = list(dict.fromkeys(find_claim(draft.register, other) for other in others))
    for other in named:
        if any(held.type == relation and other in held.claims for held in claims[key.id].relations):
            raise Refused(f"'{key.id}' {relation} '{other}' already")
    manuscript = Manuscript(draft)
    claim: Value = named[0] if len(named) == 1 else list(named)
    written = pairs_given({"type": relation, "claim": claim, "why": why})
    manuscript.append(key, ("relations",), [written])
    return Written(manuscript.change(), key, f"related, {relation} {', '.join(named)}")


def tag(draft: Draft, claim: str, tags: Sequence[str]) -> Written:
    """Tags that a claim lacks.

    Raises Refused, LeftOut, UnknownName, AmbiguousName, WrittenElsewhere, LaidOutOtherwise.
    """
    key = EntryKey("claims", find_claim(draft.register, claim))
    held = draft.register.claims[key.id].tags
    new = [each for each in dict.fromkeys(tags) if each not in held]
    if not new:
        raise Refused(f"'{key.id}' is tagged {', '.join(dict.fromkeys(tags))} already")
    manuscript = Manuscript(draft)
    manuscript.append(key, ("tags",), new)
    return Written(manuscript.change(), key, f"tagged {', '.join(new)}")


def untag(draft: Draft, claim: str, tags: Sequence[str]) -> Written:
    """A claim without some tags.

    Raises Refused, LeftOut, UnknownName, AmbiguousName, WrittenElsewhere, LaidOutOtherwise.
    """
    key = EntryKey("claims", find_claim(draft.register, claim))
    held = draft.register.claims[key.id].tags
    for each in tags:
        if each not in held:
            are = f"its tags are {', '.join(held)}" if held else "it has none"
            raise Refused(f"'{key.id}' is not tagged '{each}'; {are}")
    manuscript = Manuscript(draft)
    gone = [number for number, each in enumerate(held) if each in tags]
    if len(gone) == len(held):
        manuscript.drop(key, ("tags",))
    else:
        for number in reversed(gone):  # as numbers change behind what goes
            manuscript.drop_item(key, ("tags",), number)
    return Written(manuscript.change(), key, f"no longer tagged {', '.join(dict.fromkeys(tags))}")

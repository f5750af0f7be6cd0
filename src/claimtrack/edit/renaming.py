"""Another id for an entry, with every reference to it in every file."""

from __future__ import annotations

from claimtrack.edit.decided import renew
from claimtrack.edit.draft import Draft, EntryKey
from claimtrack.edit.manuscript import Manuscript
from claimtrack.edit.references import Reference, conflict_with, references
from claimtrack.edit.targets import Kind, a, find_entry, kind_of
from claimtrack.edit.written import Refused, Written, refuse_no_id
from claimtrack.findings.selection import names_in_use
from claimtrack.values.names import fold


def rename(draft: Draft, old: str, new: str, kind: Kind | None = None) -> Written:
    """A claim, a source, an entity or a property under another id.

    Decisions that were valid stay so: their fingerprints, which are made of ids too, are renewed. A
    name or an alias that means an entity without its id stays as it is. Raises NoEntry, Refused.
    """
    key = find_entry(draft, old, kind)
    _refuse_taken(draft, key, new)
    manuscript = Manuscript(draft)
    manuscript.rename(key, new)
    names = _own_names(draft, key)
    changed = [each for each in references(draft, key) if _is_by_id(each, key, names)]
    for each in changed:
        text = new
        if each.role == "conflict":
            text = conflict_with(each.scalar.text, key.section, old, new)
        manuscript.respell(each.holder, each.scalar, text)
    renamed = EntryKey(key.section, new)
    renewed = renew(manuscript, key, renamed)
    notes = (_renewed(renewed),) if renewed else ()
    return Written(manuscript.change(), renamed, _told(old, changed), notes)


def _refuse_taken(draft: Draft, key: EntryKey, new: str) -> None:
    refuse_no_id(new)
    kind = kind_of(key)
    if new in getattr(draft.entries, key.section):
        way_out = f"; claimtrack merge {new} {key.id} makes them one" if kind is Kind.CLAIM else ""
        raise Refused(f"{a(kind)} has the id '{new}' already{way_out}")
    others = names_in_use(draft.register).get(fold(new), set()) - {key.id}
    if kind is Kind.ENTITY and others:
        # Whatever is written with that name would mean this entity from then on.
        raise Refused(f"'{new}' is a name of {' and '.join(sorted(others))}; take another id")


def _own_names(draft: Draft, key: EntryKey) -> frozenset[str]:
    """What an entity is called, folded, its id aside."""
    entity = draft.register.entities.get(key.id) if key.section == "entities" else None
    if entity is None:
        return frozenset()
    names = [*(alias.name for alias in entity.aliases), *([entity.name] if entity.name else [])]
    return frozenset(map(fold, names))


def _is_by_id(reference: Reference, key: EntryKey, names: frozenset[str]) -> bool:
    """Whether a reference would be lost with the id. Publishers and authors are names to read."""
    text = reference.scalar.text
    is_exact = text == key.id and reference.role not in ("publisher", "author")
    return is_exact or fold(text) not in names


def _told(old: str, changed: list[Reference]) -> str:
    if not changed:
        return f"renamed from {old}; nothing named it"
    files = len({each.file for each in changed})
    places = f"{len(changed)} place" + ("s" if len(changed) > 1 else "")
    return f"renamed from {old}, in {places} that named it" + (
        f", in {files} files" if files > 1 else ""
    )


def _renewed(count: int) -> str:
    if count == 1:
        return "a decision that was valid stays so: its fingerprint is renewed"
    return f"{count} decisions that were valid stay so: their fingerprints are renewed"

"""Another id for an entry, with every reference to it in every file."""

from __future__ import annotations

from claimtrack.edit.decided import renew, told_renewed
from claimtrack.edit.draft import Draft, EntryKey
from claimtrack.edit.manuscript import Manuscript
from claimtrack.edit.references import Reference, conflict_with, namings, references
from claimtrack.edit.targets import Kind, a, find_entry, kind_of
from claimtrack.edit.written import Refused, Written, refuse_no_id, refuse_others_name
from claimtrack.reading.nametable import NameTable


def rename(draft: Draft, old: str, new: str, kind: Kind | None = None) -> Written:
    """A claim, a source, an entity or a property under another id.

    Decisions that were valid stay so: their fingerprints, which are made of ids too, are renewed. A
    name or an alias that means an entity without its id stays as it is. Raises NoEntry, Refused,
    LaidOutOtherwise, and what ``renew`` does.
    """
    key = find_entry(draft, old, kind)
    _refuse_taken(draft, key, new)
    manuscript = Manuscript(draft)
    manuscript.rename(key, new)
    changed = _lost_with_the_id(draft, key, new)
    for each in changed:
        text = new
        if each.role == "conflict":
            text = conflict_with(each.scalar.text, key.section, old, new)
        manuscript.respell(each.holder, each.scalar, text)
    renamed = EntryKey(key.section, new)
    renewed = renew(manuscript, {old: new} if kind_of(key) is Kind.CLAIM else {})
    return Written(manuscript.change(), renamed, _told(old, changed), told_renewed(renewed))


def _refuse_taken(draft: Draft, key: EntryKey, new: str) -> None:
    refuse_no_id(new)
    kind = kind_of(key)
    if new in getattr(draft.entries, key.section):
        way_out = f"; claimtrack merge {new} {key.id} makes them one" if kind is Kind.CLAIM else ""
        raise Refused(f"{a(kind)} has the id '{new}' already{way_out}")
    if kind is Kind.ENTITY:
        refuse_others_name(draft, new, key.id)
        _refuse_other_meanings(draft, key, new)


def _refuse_other_meanings(draft: Draft, key: EntryKey, new: str) -> None:
    """Whatever is written with a name that the entity gains or loses would mean something else."""
    before, after = draft.written_names, _names_after(draft, key, new)
    for each in namings(draft, "entities"):
        text = each.scalar.text
        found = before.find(text)
        if found == [key.id] or after.find(text) == [new if i == key.id else i for i in found]:
            continue
        at = f"{each.file}:{each.scalar.line}"
        if found:
            raise Refused(
                f"'{text}' at {at} may be {' or '.join(found)}; write the id of the one that is "
                "meant there first"
            )
        raise Refused(f"'{text}' is used as a name already, at {at}; take another id")


def _names_after(draft: Draft, key: EntryKey, new: str) -> NameTable:
    held = draft.entries.entities.values()
    return NameTable([each.under(new) if each.id == key.id else each for each in held])


def _lost_with_the_id(draft: Draft, key: EntryKey, new: str) -> list[Reference]:
    """What names the entry by its id. Publishers and authors are names to read."""
    named = references(draft, key)
    if key.section != "entities":
        return named
    after = _names_after(draft, key, new)
    return [
        each
        for each in named
        if each.role == "conflict"
        or (each.scalar.text == key.id and each.role not in ("publisher", "author"))
        or after.find(each.scalar.text) != [new]
    ]


def _told(old: str, changed: list[Reference]) -> str:
    if not changed:
        return f"renamed from {old}; nothing named it"
    files = len({each.file for each in changed})
    places = f"{len(changed)} place" + ("s" if len(changed) > 1 else "")
    return f"renamed from {old}, in {places} that named it" + (
        f", in {files} files" if files > 1 else ""
    )

"""What is written of entities, properties and sources."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from claimtrack.diagnostic import did_you_mean
from claimtrack.edit.decided import renew, told_renewed
from claimtrack.edit.draft import Draft, EntryKey, Section
from claimtrack.edit.manuscript import Manuscript
from claimtrack.edit.meaning import meaning, meaning_of
from claimtrack.edit.naming import id_from
from claimtrack.edit.references import conflict_namings, conflict_parts, conflict_with
from claimtrack.edit.written import Refused, Written, file_for, refuse_no_id, refuse_others_name
from claimtrack.edit.yamlwriting import Value
from claimtrack.reading.nodes import Node
from claimtrack.values.names import fold, in_id


def add_entity(
    draft: Draft, name: str, key: str | None, facts: Mapping[str, Value], file: str | None
) -> Written:
    """An entity; its id is made from its name if none is given.

    Whatever is written with a name of it, and nobody's until now, means it from then on. Reviews of
    conflicts in which it is the subject follow, and decisions that were valid stay so. Raises
    Refused, WrittenElsewhere, LaidOutOtherwise, and what ``renew`` does.
    """
    new = EntryKey("entities", key or id_from(name, draft.written_names, "entity"))
    if new.id not in draft.entries.entities:
        refuse_others_name(draft, new.id)
    value = {"name": name, **facts}
    manuscript = _adding(draft, new, value, file)
    followed = _follow_in_reviews(manuscript, new, _names_of(new, value))
    renewed = renew(manuscript, {})
    notes = (
        *(
            f"{each} goes by that name too; uses of it must say which"
            for each in draft.names.find(name)
        ),
        *(f"reviews of {old} are of {now} now" for old, now in followed.items()),
        *told_renewed(renewed),
    )
    return Written(manuscript.change(), new, "added", notes)


def _names_of(key: EntryKey, value: Mapping[str, Value]) -> list[str]:
    aliases = value.get("aliases")
    return [key.id, str(value["name"]), *map(str, aliases if isinstance(aliases, list) else ())]


def _follow_in_reviews(
    manuscript: Manuscript, key: EntryKey, names: Sequence[str]
) -> dict[str, str]:
    """Another id for conflicts of a subject that nobody was, in every review; old ones to new."""
    draft = manuscript.draft
    nobodys = {in_id(fold(each)) for each in names if each not in draft.written_names} - {key.id}
    followed = {}
    for each in conflict_namings(draft):
        for subject in nobodys.intersection(conflict_parts(each.scalar.text, "entities")):
            now = conflict_with(each.scalar.text, "entities", subject, key.id)
            manuscript.respell(each.holder, each.scalar, now)
            followed[each.scalar.text] = now
    return followed


def add_property(draft: Draft, key: str, facts: Mapping[str, Value], file: str | None) -> Written:
    """A property. Raises Refused, WrittenElsewhere, LaidOutOtherwise."""
    new = EntryKey("properties", key)
    return Written(_adding(draft, new, facts, file).change(), new, "added")


_A: Mapping[Section, str] = {
    "sources": "a source",
    "entities": "an entity",
    "properties": "a property",
}


def _adding(
    draft: Draft, key: EntryKey, facts: Mapping[str, Value], file: str | None
) -> Manuscript:
    refuse_no_id(key.id)
    if key.id in getattr(draft.entries, key.section):
        raise Refused(f"{_A[key.section]} has the id '{key.id}' already")
    manuscript = Manuscript(draft)
    manuscript.add_entry(key, facts, file_for(draft, key.section, file))
    return manuscript


def set_source(
    draft: Draft,
    key: str,
    facts: Mapping[str, Value],
    unset: Sequence[str],
    file: str | None,
) -> Written:
    """A source with these keys: a new one, or the one with the id and what else it has.

    ``unset`` are keys that it is to lose. Raises Refused, WrittenElsewhere, LaidOutOtherwise.
    """
    entry = EntryKey("sources", key)
    if key not in draft.entries.sources:
        return _new_source(draft, entry, facts, unset, file)
    manuscript = Manuscript(draft)
    _refuse_contradiction(manuscript.keys(entry), key, facts, unset, file)
    new = _unlike(manuscript.entry(entry).node, facts)
    if not new and not unset:
        what = "that is so already" if facts else "give a fact, such as --reliability"
        raise Refused(f"nothing is to be set of source '{key}'; {what}")
    for name, value in new.items():
        manuscript.set(entry, (name,), value)
    notes: tuple[str, ...] = ()
    if _is_of_another_file(draft, key, facts) and "sha256" not in unset:
        unset = [*unset, "sha256"]
        notes = ("the sha256 of the file that it had is gone; the new file is not held here",)
    for name in unset:
        manuscript.drop(entry, (name,))
    told = [*new, *(f"no {name}" for name in unset)]
    return Written(manuscript.change(), entry, f"set {', '.join(told)}", notes)


def _new_source(
    draft: Draft,
    key: EntryKey,
    facts: Mapping[str, Value],
    unset: Sequence[str],
    file: str | None,
) -> Written:
    if unset:
        raise Refused(f"no source has the id '{key.id}'; there is nothing to unset")
    if not facts:
        raise Refused(f"source '{key.id}' is new; give at least one fact of it, such as --title")
    near = did_you_mean(key.id, draft.entries.sources)
    notes = (f"'{key.id}' is a new source{near}",) if near else ()
    return Written(_adding(draft, key, facts, file).change(), key, "added", notes)


def _refuse_contradiction(
    held: Sequence[str],
    key: str,
    facts: Mapping[str, Value],
    unset: Sequence[str],
    file: str | None,
) -> None:
    if file is not None:
        raise Refused(f"source '{key}' stays in its file; --file is for a new one")
    both = [each for each in unset if each in facts]
    if both:
        raise Refused(f"'{both[0]}' is both set and unset")
    lacking = [each for each in unset if each not in held]
    if lacking:
        raise Refused(f"source '{key}' has no {' and no '.join(lacking)}")


def _unlike(node: Node, facts: Mapping[str, Value]) -> dict[str, Value]:
    """The facts that are not written so already."""
    means = meaning(node)
    held = means if isinstance(means, dict) else {}
    return {name: value for name, value in facts.items() if held.get(name) != meaning_of(value)}


def _is_of_another_file(draft: Draft, key: str, facts: Mapping[str, Value]) -> bool:
    """Whether the source would have the digest of a file that is no longer its own."""
    held = draft.register.sources.get(key)
    return (
        held is not None
        and held.sha256 is not None
        and "sha256" not in facts
        and facts.get("file", held.file) != held.file
    )

"""Sources, entities and properties: what claims refer to, resolved and freed of errors."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from claimtrack.diagnostic import Related, did_you_mean
from claimtrack.model import Alias, Entity, Source
from claimtrack.reading.desk import Catalogue
from claimtrack.reading.entries import Entries
from claimtrack.reading.files import leaves_its_folder
from claimtrack.reading.fitting import Entry
from claimtrack.reading.nametable import NameTable
from claimtrack.reading.properties import read_properties
from claimtrack.reading.report import Report
from claimtrack.reading.scalars import read_date_at, text_of
from claimtrack.reading.schema import EntityShape, SourceShape
from claimtrack.values.cycles import cycles
from claimtrack.values.trees import number_forest


def read_catalogue(entries: Entries, report: Report) -> Catalogue:
    """Resolve sources, entities and properties against one another."""
    names = NameTable(list(entries.entities.values()))
    entities = _entities(entries.entities, names, report)
    return Catalogue(
        sources=_sources(entries.sources, names, entities, report),
        entities=entities,
        properties=read_properties(entries.properties, report),
        names=names,
        places=number_forest({key: entity.part_of for key, entity in entities.items()}),
    )


# --------------------------------------------------------------------------------------- entities


def _entities(
    entries: Mapping[str, Entry[EntityShape]], names: NameTable, report: Report
) -> dict[str, Entity]:
    sound: dict[str, Entity] = {}
    for entry in entries.values():
        shape = entry.shape
        if shape is None:
            continue
        parent, is_sound = _parent(entry, shape, names, report)
        if is_sound:
            sound[entry.id] = _entity(entry, shape, parent)
    parents = {key: [entity.part_of] if entity.part_of else [] for key, entity in sound.items()}
    _leave_out_cycles("CT208", "part of", sound, parents, report)
    return _without_orphans(sound, parents)


def _parent(
    entry: Entry[EntityShape], shape: EntityShape, names: NameTable, report: Report
) -> tuple[str | None, bool]:
    if shape.part_of is None:
        return None, True
    found = names.find(shape.part_of.text)
    place = entry.at(shape.part_of)
    if len(found) == 1:
        return found[0], True
    if found:
        names.report_shared(shape.part_of.text, found, place, report, None)
    else:
        hint = names.hint(shape.part_of.text) or "; declare it under entities"
        report.add("CT204", f"no entity is called '{shape.part_of.text}'{hint}", place)
    return None, False


def _entity(entry: Entry[EntityShape], shape: EntityShape, parent: str | None) -> Entity:
    return Entity(
        id=entry.id,
        place=entry.place,
        name=text_of(shape.name),
        kind=text_of(shape.kind),
        aliases=tuple(Alias(alias.name.text, text_of(alias.note)) for alias in shape.aliases),
        anonymous=shape.anonymous,
        part_of=parent,
    )


T = TypeVar("T", Entity, Source)


def _leave_out_cycles(
    code: str, how: str, sound: dict[str, T], graph: Mapping[str, list[str]], report: Report
) -> None:
    for circle in cycles(graph):
        places = [sound[member].place for member in circle]
        related = [Related(place, "in the same circle") for place in places[1:]]
        message = (
            f"'{circle[0]}' is {how} itself"
            if len(circle) == 1
            else f"{', '.join(circle)} are {how} one another in a circle; one of them is not"
        )
        report.add(code, message, places[0], related=related)
        for member in circle:
            del sound[member]


def _without_orphans(sound: Mapping[str, T], graph: Mapping[str, list[str]]) -> dict[str, T]:
    """Those that rest on nothing left out, however far down: the rest cannot be placed."""
    kept: dict[str, T] = dict(sound)
    pending = [key for key in sound if not all(other in kept for other in graph[key])]
    dependants: dict[str, list[str]] = {}
    for key, others in graph.items():
        for other in others:
            dependants.setdefault(other, []).append(key)
    while pending:
        key = pending.pop()
        if kept.pop(key, None) is not None:
            pending.extend(dependants.get(key, ()))
    return kept


# ---------------------------------------------------------------------------------------- sources


def _sources(
    entries: Mapping[str, Entry[SourceShape]],
    names: NameTable,
    entities: Mapping[str, Entity],
    report: Report,
) -> dict[str, Source]:
    sound = {}
    for entry in entries.values():
        source = _source(entry, entry.shape, names, entities, report) if entry.shape else None
        if source is None or not _derivations_known(entry, source, entries, report):
            continue
        sound[entry.id] = source
    graph = {key: list(source.derived_from) for key, source in sound.items()}
    _leave_out_cycles("CT209", "derived from", sound, graph, report)
    return _without_orphans(sound, graph)


def _derivations_known(
    entry: Entry[SourceShape],
    source: Source,
    entries: Mapping[str, Entry[SourceShape]],
    report: Report,
) -> bool:
    unknown = {name for name in source.derived_from if name not in entries}
    written = {scalar.text: scalar for scalar in (entry.shape.derived_from if entry.shape else ())}
    for scalar in written.values():
        if scalar.text in unknown:
            hint = did_you_mean(scalar.text, entries)
            report.add("CT203", f"no source has the id '{scalar.text}'{hint}", entry.at(scalar))
    return not unknown


def _makers(
    entry: Entry[SourceShape],
    shape: SourceShape,
    names: NameTable,
    entities: Mapping[str, Entity],
    report: Report,
) -> list[str]:
    """The entities, not anonymous, that publisher and author name, in this order."""
    makers = []
    for written_name in (shape.publisher, shape.author):
        found = names.find(written_name.text) if written_name else []
        if written_name and len(found) > 1:
            names.report_shared(written_name.text, found, entry.at(written_name), report, None)
        makers += [key for key in found if key in entities and not entities[key].anonymous]
    return makers


def _source(
    entry: Entry[SourceShape],
    shape: SourceShape,
    names: NameTable,
    entities: Mapping[str, Entity],
    report: Report,
) -> Source | None:
    before = report.noted
    published = read_date_at(shape.published, entry.file, report)
    retrieved = read_date_at(shape.retrieved, entry.file, report)
    makers = _makers(entry, shape, names, entities, report)
    if shape.file is not None and leaves_its_folder(shape.file.text):
        message = f"'{shape.file.text}' is no file of a source folder; name one inside"
        report.add("CT601", message, entry.at(shape.file))
    if report.noted > before:
        return None
    return Source(
        id=entry.id,
        place=entry.place,
        file=text_of(shape.file),
        sha256=text_of(shape.sha256),
        title=text_of(shape.title),
        publisher=text_of(shape.publisher),
        author=text_of(shape.author),
        url=text_of(shape.url),
        language=text_of(shape.language),
        note=text_of(shape.note),
        published=published,
        retrieved=retrieved,
        genre=shape.genre,
        reliability=shape.reliability,
        basis=text_of(shape.basis),
        derived_from=tuple(scalar.text for scalar in shape.derived_from),
        maker=makers[0] if makers else None,
        file_place=entry.at(shape.file) if shape.file else None,
        sha256_place=entry.at(shape.sha256) if shape.sha256 else None,
    )

"""Sources, entities and properties: what claims refer to, resolved and freed of errors."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeVar

from claimtrack.diagnostic import Place, Related, did_you_mean
from claimtrack.fingerprint import Written, own_text
from claimtrack.model import Alias, Date, Entity, Property, Source, Tolerance
from claimtrack.reading.cycles import cycles
from claimtrack.reading.files import leaves_its_folder
from claimtrack.reading.nametable import NameTable
from claimtrack.reading.report import Report
from claimtrack.reading.schema import EntityShape, Entry, PropertyShape, SourceShape
from claimtrack.reading.sections import Entries
from claimtrack.reading.yamltext import Mapping as MappingNode
from claimtrack.reading.yamltext import Node, Scalar, Sequence
from claimtrack.values.edtf import read_date
from claimtrack.values.interval import Interval
from claimtrack.values.numbers import read_number, read_percent
from claimtrack.values.refusal import Refused
from claimtrack.values.trees import number_forest


@dataclass(frozen=True, slots=True)
class Catalogue:
    """What claims may name. An id that is known but not here was left out."""

    sources: Mapping[str, Source]
    entities: Mapping[str, Entity]
    properties: Mapping[str, Property]
    names: NameTable
    places: Mapping[str, Interval]
    """The preorder numbers of each entity and all that is part of it."""


def read_catalogue(entries: Entries, report: Report) -> Catalogue:
    """Resolve sources, entities and properties against one another."""
    names = NameTable(list(entries.entities.values()))
    entities = _entities(entries.entities, names, report)
    return Catalogue(
        sources=_sources(entries.sources, names, entities, report),
        entities=entities,
        properties=_properties(entries.properties, report),
        names=names,
        places=number_forest({key: entity.part_of for key, entity in entities.items()}),
    )


def at(
    entry: Entry[EntityShape] | Entry[SourceShape] | Entry[PropertyShape], scalar: Scalar
) -> Place:
    """The place of a scalar of that entry."""
    return Place(entry.file, scalar.line, scalar.column)


def text_of(scalar: Scalar | None) -> str | None:
    """A scalar's own text, or None where the key was left out."""
    return None if scalar is None else scalar.text


# --------------------------------------------------------------------------------------- entities


def _entities(
    entries: Mapping[str, Entry[EntityShape]], names: NameTable, report: Report
) -> dict[str, Entity]:
    sound: dict[str, Entity] = {}
    for entry in entries.values():
        if entry.shape is None:
            continue
        parent, is_sound = _parent(entry, entry.shape, names, report)
        if is_sound:
            sound[entry.id] = _entity(entry, entry.shape, parent)
    parents = {key: [entity.part_of] if entity.part_of else [] for key, entity in sound.items()}
    _leave_out_cycles("CT208", "part of", sound, parents, report)
    return _without_orphans(sound, parents)


def _parent(
    entry: Entry[EntityShape], shape: EntityShape, names: NameTable, report: Report
) -> tuple[str | None, bool]:
    if shape.part_of is None:
        return None, True
    found = names.find(shape.part_of.text)
    place = at(entry, shape.part_of)
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
        if source is None or not _origins_known(entry, source, entries, report):
            continue
        sound[entry.id] = source
    graph = {key: list(source.derived_from) for key, source in sound.items()}
    _leave_out_cycles("CT209", "derived from", sound, graph, report)
    return _without_orphans(sound, graph)


def _origins_known(
    entry: Entry[SourceShape],
    source: Source,
    entries: Mapping[str, Entry[SourceShape]],
    report: Report,
) -> bool:
    unknown = [name for name in source.derived_from if name not in entries]
    for scalar in entry.shape.derived_from if entry.shape else ():
        if scalar.text in unknown:
            hint = did_you_mean(scalar.text, entries)
            report.add("CT203", f"no source has the id '{scalar.text}'{hint}", at(entry, scalar))
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
            names.report_shared(written_name.text, found, at(entry, written_name), report, None)
        makers += [key for key in found if key in entities and not entities[key].anonymous]
    return makers


def _source(
    entry: Entry[SourceShape],
    shape: SourceShape,
    names: NameTable,
    entities: Mapping[str, Entity],
    report: Report,
) -> Source | None:
    before = len(report.diagnostics)
    published = read_date_at(shape.published, entry.file, report)
    retrieved = read_date_at(shape.retrieved, entry.file, report)
    makers = _makers(entry, shape, names, entities, report)
    if shape.file is not None and leaves_its_folder(shape.file.text):
        message = f"'{shape.file.text}' leads out of the source folders; name a file inside one"
        report.add("CT601", message, at(entry, shape.file))
    if len(report.diagnostics) > before:
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
    )


def read_date_at(
    scalar: Scalar | None, file: str, report: Report, claim: str | None = None
) -> Date | None:
    """A date with its days, or None where there is none; one outside the profile is reported."""
    if scalar is None:
        return None
    try:
        return Date(scalar.text, read_date(scalar.text))
    except Refused as refused:
        place = Place(file, scalar.line, scalar.column)
        report.add(refused.code, refused.message, place, claim)
        return None


# ------------------------------------------------------------------------------------- properties


def _properties(entries: Mapping[str, Entry[PropertyShape]], report: Report) -> dict[str, Property]:
    sound = {}
    for entry in entries.values():
        if entry.shape is not None:
            before = len(report.diagnostics)
            read = _property(entry, entry.shape, report)
            if len(report.diagnostics) == before:
                sound[entry.id] = read
    for key, read in sound.items():
        _warn_of_idle_keys(entries[key], read, report)
    return sound


def _property(entry: Entry[PropertyShape], shape: PropertyShape, report: Report) -> Property:
    return Property(
        id=entry.id,
        place=entry.place,
        type=shape.type,
        unit=text_of(shape.unit),
        single=shape.single,
        tolerance=_tolerance(entry, shape, report),
        about_ratio=_about_ratio(entry, shape, report),
        scope=tuple(scalar.text for scalar in shape.scope),
        nested=shape.nested,
        only_tension=shape.severity == "tension",
        choices=_choices(entry, shape, report),
        written=written(entry.node),
    )


def _tolerance(
    entry: Entry[PropertyShape], shape: PropertyShape, report: Report
) -> Tolerance | None:
    scalar = shape.tolerance
    if scalar is None:
        return None
    try:
        return read_tolerance(scalar, shape.type)
    except Refused as refused:
        report.add(refused.code, refused.message, at(entry, scalar))
        return None


def read_tolerance(scalar: Scalar, of_type: str) -> Tolerance:
    """``50`` or ``10%`` of a number, ``3d`` of a date. Raises Refused (CT412)."""
    text = scalar.text
    if of_type == "date":
        days = text.removesuffix("d")
        if days != text and days.isascii() and days.isdigit() and len(days) < 8:
            return Tolerance(gap=int(days))
        raise Refused("CT412", f"'{text}' is no tolerance of a date; write days, such as 3d")
    if of_type != "number":
        raise Refused("CT412", f"a property of type {of_type} has no tolerance; remove it")
    share = read_percent(text)
    if share is not None:
        return Tolerance(share=share)
    if scalar.core != "number":
        raise Refused("CT412", f"'{text}' is no tolerance of a number; write one such as 50 or 10%")
    gap = read_number(text)
    if gap < 0:
        raise Refused("CT412", f"a tolerance is not negative, as {text} is")
    return Tolerance(gap=gap)


_TENTH = Fraction(1, 10)


def _about_ratio(entry: Entry[PropertyShape], shape: PropertyShape, report: Report) -> Fraction:
    scalar = shape.about_ratio
    if scalar is None:
        return _TENTH
    try:
        share = read_percent(scalar.text)
        if share is None and scalar.core == "number":
            share = Fraction(read_number(scalar.text))
        if share is not None and share >= 0:
            return share
        raise Refused("CT404", f"'{scalar.text}' is no share; write one such as 5% or 0.05")
    except Refused as refused:
        report.add(refused.code, refused.message, at(entry, scalar))
        return _TENTH


def _choices(
    entry: Entry[PropertyShape], shape: PropertyShape, report: Report
) -> dict[str, str | None]:
    pairs = shape.choices or []
    parents = {key.text: text_of(broader) for key, broader in pairs}
    for _, broader in pairs:
        if broader is not None and broader.text not in parents:
            hint = did_you_mean(broader.text, parents) or "; list it among the choices"
            message = f"'{broader.text}' is not one of the choices{hint}"
            report.add("CT414", message, at(entry, broader))
    for circle in cycles({key: [up] if up else [] for key, up in parents.items()}):
        message = (
            f"{', '.join(circle)} are narrower than one another in a circle; one of them is not"
        )
        place = next(at(entry, key) for key, _ in pairs if key.text == circle[0])
        report.add("CT210", message, place)
    return parents


_MEANT_FOR = {
    "unit": ("number",),
    "about-ratio": ("number",),
    "nested": ("entity", "choice"),
    "choices": ("choice",),
}


def _warn_of_idle_keys(entry: Entry[PropertyShape], read: Property, report: Report) -> None:
    for key in _scalar_keys(entry.node):
        types = _MEANT_FOR.get(key.text, (read.type,))
        if read.type not in types:
            message = (
                f"'{key.text}' has no effect on a property of type {read.type}; "
                f"it belongs to {' and '.join(types)}"
            )
            report.add("CT703", message, at(entry, key))


def _scalar_keys(node: Node) -> Iterable[Scalar]:
    entries = node.entries if isinstance(node, MappingNode) else ()
    return (key for key, _ in entries if isinstance(key, Scalar))


def written(node: Node) -> Written:
    """A definition as fingerprints take it: keys as written, scalars but booleans as own text."""
    if isinstance(node, MappingNode):
        return {
            own_text(key.text): written(value)
            for key, value in node.entries
            if isinstance(key, Scalar) and not _is_left_out(key, value)
        }
    if isinstance(node, Sequence):
        return [written(item) for item in node.items]
    if isinstance(node, Scalar) and node.core == "boolean":
        return node.text.lower() == "true"
    return own_text(node.text) if isinstance(node, Scalar) else ""


_KEYS_OF_PROPERTIES = frozenset(
    field.alias or name for name, field in PropertyShape.model_fields.items()
)


def _is_left_out(key: Scalar, value: Node) -> bool:
    """A plain null counts as its key left out; a choice without a broader one is no such null."""
    is_null = isinstance(value, Scalar) and value.core == "null"
    return is_null and key.text in _KEYS_OF_PROPERTIES

"""Properties: what can be said of an entity, read and checked one by one."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from claimtrack.diagnostic import Related, did_you_mean
from claimtrack.fingerprint import Written, own_text
from claimtrack.model import Property, Tolerance
from claimtrack.reading.fitting import Entry
from claimtrack.reading.nodes import Mapping, Node, Scalar, Sequence
from claimtrack.reading.report import Report
from claimtrack.reading.scalars import text_of
from claimtrack.reading.schema import PropertyShape
from claimtrack.values.cycles import cycles
from claimtrack.values.numbers import read_number, read_percent
from claimtrack.values.refusal import Refused


def read_properties(
    entries: dict[str, Entry[PropertyShape]], report: Report
) -> dict[str, Property]:
    """The sound properties, each checked by itself."""
    sound = {}
    for entry in entries.values():
        if entry.shape is not None:
            before = report.noted
            read = _property(entry, entry.shape, report)
            if report.noted == before:
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
        report.add(refused.code, refused.message, entry.at(scalar))
        return None


def read_tolerance(scalar: Scalar, of_type: str) -> Tolerance:
    """``50`` or ``10%`` of a number, ``3d`` of a date. Raises Refused (CT412, CT405)."""
    text = scalar.text
    if of_type == "date":
        days = text.removesuffix("d")
        if days != text and days.isascii() and days.isdigit() and len(days) < 8:
            return Tolerance(text, gap=int(days))
        raise Refused("CT412", f"'{text}' is no tolerance of a date; write days, such as 3d")
    if of_type != "number":
        raise Refused("CT412", f"a property of type {of_type} has no tolerance; remove it")
    share = read_percent(text)
    if share is not None:
        return Tolerance(text, share=share)
    if scalar.core != "number":
        raise Refused("CT412", f"'{text}' is no tolerance of a number; write one such as 50 or 10%")
    gap = read_number(text)
    if gap < 0:
        raise Refused("CT412", f"a tolerance is not negative, as {text} is")
    return Tolerance(text, gap=gap)


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
        report.add(refused.code, refused.message, entry.at(scalar))
        return _TENTH


def _choices(
    entry: Entry[PropertyShape], shape: PropertyShape, report: Report
) -> dict[str, str | None]:
    pairs = shape.choices or []
    parents = {key.text: text_of(broader) for key, broader in pairs}
    first_uses = {up.text: up for _, up in reversed(pairs) if up is not None}
    for broader in reversed(first_uses.values()):
        if broader.text not in parents:
            hint = did_you_mean(broader.text, parents) or "; list it among the choices"
            message = f"'{broader.text}' is not one of the choices{hint}"
            report.add("CT414", message, entry.at(broader))
    keys = {key.text: key for key, _ in pairs}
    for circle in cycles({key: [up] if up else [] for key, up in parents.items()}):
        first, *others = (entry.at(keys[choice]) for choice in circle)
        message = (
            f"'{circle[0]}' is narrower than itself"
            if not others
            else f"{', '.join(circle)} are narrower than one another in a circle; one is not"
        )
        related = [Related(place, "in the same circle") for place in others]
        report.add("CT210", message, first, related=related)
    return parents


_MEANT_FOR = {
    "unit": ("number",),
    "about-ratio": ("number",),
    "nested": ("entity", "choice"),
    "choices": ("choice",),
}


def _warn_of_idle_keys(entry: Entry[PropertyShape], read: Property, report: Report) -> None:
    for key in _written_keys(entry.node):
        types = _MEANT_FOR.get(key.text, (read.type,))
        if read.type not in types:
            message = (
                f"'{key.text}' has no effect on a property of type {read.type}; "
                f"it belongs to {' and '.join(types)}"
            )
            report.add("CT703", message, entry.at(key))


def _written_keys(node: Node) -> Iterable[Scalar]:
    for key, value in node.entries if isinstance(node, Mapping) else ():
        if isinstance(key, Scalar) and not (isinstance(value, Scalar) and value.core == "null"):
            yield key


_BOOLEANS = ("single", "nested")


def written(node: Node) -> Written:
    """A definition as fingerprints take it: keys as written, scalars but booleans as own text."""
    return {
        own_text(key.text): (
            value.text.lower() == "true"
            if key.text in _BOOLEANS and isinstance(value, Scalar)
            else _texts(value)
        )
        for key, value in (node.entries if isinstance(node, Mapping) else ())
        # A plain null counts as its key left out.
        if isinstance(key, Scalar) and not (isinstance(value, Scalar) and value.core == "null")
    }


def _texts(node: Node) -> Written:
    """What a key of a definition holds, every scalar as its own text."""
    if isinstance(node, Mapping):
        pairs = ((key, value) for key, value in node.entries if isinstance(key, Scalar))
        return {own_text(key.text): _texts(value) for key, value in pairs}
    if isinstance(node, Sequence):
        return [_texts(item) for item in node.items]
    return own_text(node.text) if isinstance(node, Scalar) else ""

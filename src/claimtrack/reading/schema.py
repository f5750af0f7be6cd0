"""The form of each entry: which keys it has, and what each takes.

The only module that knows Pydantic.

A shape keeps the scalars themselves, with their places, so that whoever resolves names and values
can still say where each stood. What does not fit comes back as diagnostics.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Annotated, Any, Generic, Literal, TypeVar, get_args

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    PlainValidator,
    Tag,
    ValidationError,
)
from pydantic_core import ErrorDetails, PydanticCustomError

from claimtrack.diagnostic import Diagnostic, Place, Related, did_you_mean, nearest
from claimtrack.model import Genre, Kind, Rating, RelationType, Reliability, Stance, ValueType
from claimtrack.reading.yamltext import Broken, Mapping, Node, Scalar, Sequence
from claimtrack.values.names import ID

# ------------------------------------------------------------------------------ what a key takes


def _kind_of(value: object) -> str:
    if isinstance(value, Scalar):
        names = {"null": "nothing", "boolean": "a boolean", "number": "a number", "text": "text"}
        return names[value.core]
    return "a list" if isinstance(value, list) else "a mapping"


def _wrong_type(expected: str, value: object, way_out: str = "") -> PydanticCustomError:
    return PydanticCustomError(
        "CT304",
        "{expected} is expected here, not {found}{way_out}",
        {
            "expected": expected,
            "found": _kind_of(value),
            "way_out": f"; {way_out}" if way_out else "",
        },
    )


def _text(value: object) -> Scalar:
    if not isinstance(value, Scalar) or value.core == "null":
        raise _wrong_type("text", value)
    return value


def _id(value: object) -> Scalar:
    scalar = _text(value)
    if not ID.fullmatch(scalar.text):
        raise PydanticCustomError(
            "CT306",
            "'{text}' is no id; ids are lower-case letters and digits joined by single hyphens",
            {"text": scalar.text},
        )
    return scalar


def _boolean(value: object) -> bool:
    if not isinstance(value, Scalar) or value.core != "boolean":
        raise _wrong_type("true or false", value, _unquote(value))
    return value.text in ("true", "True", "TRUE")


def _number(value: object) -> Scalar:
    if not isinstance(value, Scalar) or value.core != "number":
        raise _wrong_type("a number", value, _unquote(value))
    return value


def _unquote(value: object) -> str:
    return "a quoted value is text" if isinstance(value, Scalar) and value.core == "text" else ""


def _whole(low: int, high: int) -> Callable[[object], int]:
    def read(value: object) -> int:
        text = _number(value).text
        if not text.isdecimal() or len(text) > 12 or not low <= int(text) <= high:
            limits = f"a whole number from {low} to {high}" if high < 10 else "a line, from 1,"
            raise PydanticCustomError(
                "CT305", "{limits} is expected here, not '{text}'", {"limits": limits, "text": text}
            )
        return int(text)

    return read


def _word(words: Iterable[str]) -> Callable[[object], str]:
    known = tuple(words)

    def read(value: object) -> str:
        text = _text(value).text
        if text not in known:
            raise PydanticCustomError(
                "CT305",
                "'{text}' is none of {known}{hint}",
                {"text": text, "known": ", ".join(known), "hint": did_you_mean(text, known)},
            )
        return text

    return read


def _as_list(value: object) -> object:
    return value if isinstance(value, list) else [value]


def _only_list(value: object) -> object:
    if not isinstance(value, list):
        raise _wrong_type("a list", value, "put it in [brackets]")
    return value


def _as_name(value: object) -> object:
    return {"name": value} if isinstance(value, Scalar) else value


def _as_choices(value: object) -> list[tuple[Scalar, Scalar | None]]:
    """Choices as (narrower, broader or None) from a list, or from a mapping's key pairs."""
    if isinstance(value, list):
        return [(_text(item), None) for item in value]
    if not isinstance(value, Keyed):
        raise _wrong_type("a list of choices, or narrower: broader", value)
    return [
        (key, None if isinstance(item, Scalar) and item.core == "null" else _text(item))
        for key, item in value.pairs()
    ]


def _as_pairs(value: object) -> list[tuple[Scalar, Scalar]]:
    if not isinstance(value, Keyed):
        raise _wrong_type("a mapping", value)
    return [(key, _text(item)) for key, item in value.pairs()]


def _form_of_value(value: object) -> str:
    return "parts" if isinstance(value, Keyed | NumberShape) else "text"


Text = Annotated[Scalar, PlainValidator(_text)]
Id = Annotated[Scalar, PlainValidator(_id)]
Boolean = Annotated[bool, PlainValidator(_boolean)]
Number = Annotated[Scalar, PlainValidator(_number)]
Texts = Annotated[list[Text], BeforeValidator(_only_list)]
Pairs = Annotated[list[tuple[Scalar, Scalar]], PlainValidator(_as_pairs)]
Choices = Annotated[list[tuple[Scalar, Scalar | None]], PlainValidator(_as_choices)]

GenreWord = Annotated[Genre, PlainValidator(_word(get_args(Genre)))]
KindWord = Annotated[Kind, PlainValidator(_word(get_args(Kind)))]
ReliabilityWord = Annotated[Reliability, PlainValidator(_word(get_args(Reliability)))]
TypeWord = Annotated[ValueType, PlainValidator(_word(get_args(ValueType)))]
StanceWord = Annotated[Stance, PlainValidator(lambda v: Stance(_word(Stance)(v)))]
RelationWord = Annotated[RelationType, PlainValidator(_word(get_args(RelationType)))]
RatingWord = Annotated[Rating, PlainValidator(_word(get_args(Rating)))]
SeverityWord = Annotated[Literal["tension"], PlainValidator(_word(("tension",)))]
Credibility = Annotated[int, PlainValidator(_whole(1, 6))]
Line = Annotated[int, PlainValidator(_whole(1, 10**12))]

CONFLICT_DECISIONS = ("prevails", "compatible", "unresolved")
DISPUTE_DECISIONS = ("upheld", "dismissed", "unresolved")


def _decision(value: object) -> Scalar:
    scalar = _text(value)
    _word(dict.fromkeys(CONFLICT_DECISIONS + DISPUTE_DECISIONS))(scalar)
    return scalar


DecisionWord = Annotated[Scalar, PlainValidator(_decision)]

# -------------------------------------------------------------------------------------- the shapes


class Shape(BaseModel):
    """A mapping with fixed keys."""

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)


class SourceShape(Shape):
    """A source as written."""

    file: Text | None = None
    sha256: Text | None = None
    title: Text | None = None
    publisher: Text | None = None
    author: Text | None = None
    url: Text | None = None
    language: Text | None = None
    note: Text | None = None
    published: Text | None = None
    retrieved: Text | None = None
    genre: GenreWord | None = None
    reliability: ReliabilityWord | None = None
    basis: Text | None = None
    derived_from: Texts = []


class AliasShape(Shape):
    """A further name of an entity, alone or with a note."""

    name: Text
    note: Text | None = None


class EntityShape(Shape):
    """An entity as written."""

    name: Text | None = None
    kind: Text | None = None
    aliases: Annotated[
        list[Annotated[AliasShape, BeforeValidator(_as_name)]], BeforeValidator(_only_list)
    ] = []
    anonymous: Boolean = False
    part_of: Text | None = None


class PropertyShape(Shape):
    """A property as written."""

    type: TypeWord
    unit: Text | None = None
    single: Boolean = False
    tolerance: Text | None = None
    about_ratio: Text | None = Field(default=None, alias="about-ratio")
    scope: Annotated[list[Text], BeforeValidator(_only_list)] = []
    nested: Boolean = True
    severity: SeverityWord | None = None
    choices: Choices | None = None


class NumberShape(Shape):
    """A number in parts: exactly, about, or between."""

    value: Number | None = None
    about: Number | None = None
    min: Number | None = None
    max: Number | None = None
    unit: Text | None = None


class AssertionShape(Shape):
    """One structured assertion as written."""

    subject: Text
    property: Text
    value: Annotated[
        Annotated[Text, Tag("text")] | Annotated[NumberShape, Tag("parts")],
        Discriminator(_form_of_value),
    ]
    negated: Boolean | None = None
    during: Text | None = None
    scope: Pairs = []


class EvidenceShape(Shape):
    """One item of evidence as written."""

    source: Text
    stance: StanceWord | None = None
    by: Text | None = None
    via: Texts = []
    quote: Text | None = None
    line: Line | None = None
    credibility: Credibility | None = None
    note: Text | None = None


class RelationShape(Shape):
    """A relation to one or more claims as written."""

    type: RelationWord
    claim: Annotated[list[Text], BeforeValidator(_as_list)]
    why: Text | None = None


class VerdictShape(Shape):
    """A verdict as written."""

    rating: RatingWord
    by: Text | None = None
    on: Text | None = None
    why: Text | None = None
    fingerprint: Text | None = None


class ClaimShape(Shape):
    """A claim as written."""

    id: Id
    statement: Text
    kind: KindWord | None = None
    asserts: Annotated[list[AssertionShape], BeforeValidator(_as_list)] = []
    when: Text | None = None
    about: Texts = []
    tags: Texts = []
    evidence: Annotated[list[EvidenceShape], BeforeValidator(_only_list)] = []
    relations: Annotated[list[RelationShape], BeforeValidator(_only_list)] = []
    verdicts: Annotated[list[VerdictShape], BeforeValidator(_only_list)] = []
    note: Text | None = None


class ReviewShape(Shape):
    """A review as written."""

    conflict: Text | None = None
    dispute: Text | None = None
    decision: DecisionWord
    claim: Text | None = None
    by: Text | None = None
    on: Text | None = None
    why: Text | None = None
    fingerprint: Text | None = None


S = TypeVar("S", bound=Shape)

# ------------------------------------------------------------------------- from nodes to a shape


class Keyed(dict[str, Any]):
    """A mapping's values under the text of their keys, with the mapping itself beside them."""

    def __init__(self, node: Mapping) -> None:
        super().__init__()
        self.node = node

    def pairs(self) -> list[tuple[Scalar, Any]]:
        """Each first key with its converted value, in the order written."""
        firsts: dict[str, Scalar] = {}
        for key, _ in self.node.entries:
            if isinstance(key, Scalar) and key.text in self:
                firsts.setdefault(key.text, key)
        return [(key, self[text]) for text, key in firsts.items()]


@dataclass(frozen=True, slots=True)
class Entry(Generic[S]):
    """One entry of a section: its id, its node and file, and its shape unless it has errors."""

    id: str
    node: Node
    file: str
    line: int
    column: int
    shape: S | None

    @property
    def place(self) -> Place:
        """Where the entry begins: its id."""
        return Place(self.file, self.line, self.column)


@dataclass(frozen=True, slots=True)
class _Fault:
    """A fault found while nodes are converted; ``hides`` leads to what cannot be judged for it."""

    hides: tuple[str | int, ...] | None
    diagnostic: Diagnostic


def fit(
    shape: type[S], node: Node, file: str, what: str, claim: str | None = None
) -> tuple[S | None, list[Diagnostic]]:
    """The node as that shape, or None with at least one diagnostic that says what does not fit.

    ``what`` names the entry in sentences ("a claim"); ``claim`` is the id that diagnostics carry.
    """
    converter = _Converter(file, claim)
    value = converter.convert(node, ())
    faults = converter.faults
    hidden = [fault.hides for fault in faults if fault.hides is not None]
    diagnostics = [fault.diagnostic for fault in faults]
    if isinstance(node, Broken):
        return None, diagnostics
    try:
        fitted = shape.model_validate(value)
    except ValidationError as error:
        details = [
            detail
            for detail in error.errors(include_url=False)
            if not any(detail["loc"][: len(prefix)] == prefix for prefix in hidden)
        ]
        misspelt = {_meant(shape, detail) for detail in details}
        diagnostics += [
            _diagnose(shape, detail, node, file, what, claim)
            for detail in details
            if detail["type"] != "missing" or detail["loc"] not in misspelt
        ]
        return None, diagnostics
    return (None if diagnostics else fitted), diagnostics


class _Converter:
    """Turns nodes into what Pydantic takes, noting keys that are no keys or stand twice."""

    def __init__(self, file: str, claim: str | None) -> None:
        self.file, self.claim = file, claim
        self.faults: list[_Fault] = []

    def convert(self, node: Node, path: tuple[str | int, ...]) -> object:
        if isinstance(node, Mapping):
            return self._mapping(node, path)
        if isinstance(node, Sequence):
            return [self.convert(item, (*path, index)) for index, item in enumerate(node.items)]
        if isinstance(node, Broken):
            self._fault(path, node.code, node.message, node)
        return node

    def _mapping(self, node: Mapping, path: tuple[str | int, ...]) -> Keyed:
        keyed = Keyed(node)
        firsts: dict[str, Scalar] = {}
        keeps_nulls = path[-1:] == ("choices",)
        for key, value in node.entries:
            if not isinstance(key, Scalar):
                self._bad_key(key)
            elif key.text in firsts:
                first = firsts[key.text]
                message = f"key '{key.text}' stands twice; keep one of them"
                related = Related(Place(self.file, first.line, first.column), "it stands here too")
                self._fault(None, "CT301", message, key, (related,))
            else:
                firsts[key.text] = key
                converted = self.convert(value, (*path, key.text))
                if keeps_nulls or not (isinstance(value, Scalar) and value.core == "null"):
                    keyed[key.text] = converted
        return keyed

    def _bad_key(self, key: Node) -> None:
        if isinstance(key, Broken):
            self._fault(None, key.code, key.message, key)
        else:
            self._fault(None, "CT304", "a key is plain text, not a list or a mapping", key)

    def _fault(
        self,
        hides: tuple[str | int, ...] | None,
        code: str,
        message: str,
        at: Node,
        related: tuple[Related, ...] = (),
    ) -> None:
        place = Place(self.file, at.line, at.column)
        self.faults.append(_Fault(hides, Diagnostic(code, message, place, self.claim, related)))


def _meant(shape: type[Shape], detail: ErrorDetails) -> tuple[str | int, ...] | None:
    """The path of the key that an unknown one was probably meant to be."""
    path = detail["loc"]
    if detail["type"] != "extra_forbidden":
        return None
    near = nearest(str(path[-1]), _known_keys(shape, path))
    return None if near is None else (*path[:-1], near)


CODES_OF_FORM = ("CT304", "CT305", "CT306")


def _diagnose(
    shape: type[Shape], detail: ErrorDetails, node: Node, file: str, what: str, claim: str | None
) -> Diagnostic:
    path = detail["loc"]
    kind = detail["type"]
    if kind == "missing":
        at = _at(node, path[:-1])
        code, message = "CT303", f"{_part(path, what)} needs the key '{path[-1]}'"
    elif kind == "extra_forbidden":
        at = _key_at(node, path)
        known = _known_keys(shape, path)
        code = "CT302"
        hint = did_you_mean(str(path[-1]), known) or f"; it takes {', '.join(known)}"
        message = f"{_part(path, what)} has no key '{path[-1]}'{hint}"
    elif kind in CODES_OF_FORM:
        at, code, message = _at(node, path), kind, detail["msg"]
    else:
        at = _at(node, path)
        code = "CT304"
        message = f"a mapping is expected here, not {_kind_of(detail['input'])}"
    return Diagnostic(code, message, Place(file, at.line, at.column), claim)


_PARTS: dict[str, tuple[type[Shape], str]] = {
    "aliases": (AliasShape, "an alias"),
    "asserts": (AssertionShape, "an assertion"),
    "value": (NumberShape, "a number in parts"),
    "evidence": (EvidenceShape, "an item of evidence"),
    "relations": (RelationShape, "a relation"),
    "verdicts": (VerdictShape, "a verdict"),
}


def _part(path: tuple[str | int, ...], what: str) -> str:
    holder = next((key for key in reversed(path[:-1]) if key in _PARTS), None)
    return what if holder is None else _PARTS[str(holder)][1]


def _known_keys(shape: type[Shape], path: tuple[str | int, ...]) -> list[str]:
    holder = next((key for key in reversed(path[:-1]) if key in _PARTS), None)
    owner: type[Shape] = shape if holder is None else _PARTS[str(holder)][0]
    return [field.alias or name for name, field in owner.model_fields.items()]


def _at(node: Node, path: tuple[str | int, ...]) -> Node:
    """The node that a path of keys leads to, as far as it leads."""
    for step in path:
        child = _child(node, step)
        if child is None:
            continue  # one entry written where a list of them may stand
        node = child
    return node


def _child(node: Node, step: str | int) -> Node | None:
    if isinstance(node, Sequence) and isinstance(step, int):
        return node.items[step]
    if isinstance(node, Mapping):
        return next((v for k, v in node.entries if isinstance(k, Scalar) and k.text == step), None)
    return None


def _key_at(node: Node, path: tuple[str | int, ...]) -> Node:
    holder = _at(node, path[:-1])
    keys = (k for k, _ in getattr(holder, "entries", ()) if isinstance(k, Scalar))
    return next((key for key in keys if key.text == path[-1]), holder)

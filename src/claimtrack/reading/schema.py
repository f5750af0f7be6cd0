"""The form of each entry: which keys it has, and what each takes.

The only module that knows Pydantic, but for the one that makes a JSON Schema of the shapes: for it
stands, beside how a value is read, what JSON Schema says of it.

A shape keeps the scalars themselves, with their places, so that whoever resolves names and values
can still say where each stood. What does not fit comes back as misfits.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Annotated, Any, Literal, TypeVar, get_args

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    GetJsonSchemaHandler,
    PlainValidator,
    Tag,
    ValidationError,
    WithJsonSchema,
    model_validator,
)
from pydantic_core import ErrorDetails, PydanticCustomError

from claimtrack.diagnostic import did_you_mean
from claimtrack.frozen import frozen
from claimtrack.model import Genre, Kind, Rating, RelationType, Reliability, Stance, ValueType
from claimtrack.reading import forms
from claimtrack.reading.nodes import Broken, CoreType, Mapping, Node, Scalar, Sequence, core_type
from claimtrack.values.names import ID

# ------------------------------------------------------------------------- what is given to shapes


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


class Listed(list[Any]):
    """A list's values, with the list itself beside them."""

    def __init__(self, node: Sequence, items: Iterable[Any]) -> None:
        super().__init__(items)
        self.node = node


Given = Scalar | Keyed | Listed | Broken
"""What a key may hold before it is validated."""


def node_of(given: object) -> Node | None:
    """The node that was given, if it is one."""
    if isinstance(given, Keyed | Listed):
        return given.node
    return given if isinstance(given, Scalar | Broken) else None


# ------------------------------------------------------------------------------ what a key takes


def kind_of(value: object) -> str:
    """What a value is, in words."""
    if isinstance(value, Scalar):
        names = {"null": "nothing", "boolean": "a boolean", "number": "a number", "text": "text"}
        return names[value.core]
    return "a list" if isinstance(value, list) else "a mapping"


def _refusal(code: str, message: str, at: object = None) -> PydanticCustomError:
    """An error for Pydantic to collect; ``at`` is what is wrong, if not the value at hand."""
    context = {"message": message, "at": node_of(at)}
    return PydanticCustomError(code, "{message}", context)


def _wrong_type(expected: str, value: object, way_out: str = "", at: object = None) -> Exception:
    message = f"{expected} is expected here, not {kind_of(value)}"
    return _refusal("CT304", f"{message}; {way_out}" if way_out else message, at)


def _text(value: object) -> Scalar:
    if not isinstance(value, Scalar) or value.core == "null":
        raise _wrong_type("text", value, at=value)
    return value


def _one_value(value: object) -> Scalar:
    if isinstance(value, list):
        raise _wrong_type("one value", value, "write an assertion for each")
    return _text(value)


def _id(value: object) -> Scalar:
    scalar = _text(value)
    if not ID.fullmatch(scalar.text):
        raise _refusal("CT306", no_id(scalar.text))
    return scalar


def no_id(text: str) -> str:
    """What is wrong with a text that should be an id."""
    return f"'{text}' is no id; ids are lower-case letters and digits joined by single hyphens"


def _boolean(value: object) -> bool:
    if not isinstance(value, Scalar) or value.core != "boolean":
        raise _wrong_type("true or false", value, _without_quotes(value, "boolean"))
    return value.text in ("true", "True", "TRUE")


def _number(value: object) -> Scalar:
    if not isinstance(value, Scalar) or value.core != "number":
        raise _wrong_type("a number", value, _without_quotes(value, "number"))
    return value


def _without_quotes(value: object, core: CoreType) -> str:
    is_quoted = isinstance(value, Scalar) and core_type(value.text) == core
    return "remove the quotes, which make it text" if is_quoted else ""


def _whole(low: int, high: int | None, what: str) -> Callable[[object], int]:
    def read(value: object) -> int:
        text = _number(value).text
        if (
            text.isdecimal()
            and len(text) <= 12
            and low <= int(text)
            and int(text) <= (high or 10**12)
        ):
            return int(text)
        raise _refusal("CT305", f"'{text}' is no {what}")

    return read


_one_to_six = _whole(1, 6, "credibility; write a whole number from 1 to 6")


def _credibility(value: object) -> Scalar:
    _one_to_six(value)
    return _number(value)


def _word(words: Iterable[str]) -> Callable[[object], str]:
    known = tuple(words)

    def read(value: object) -> str:
        text = _text(value).text
        if text not in known:
            hint = did_you_mean(text, known)
            one_of = f"none of {', '.join(known)}" if len(known) > 1 else f"not '{known[0]}'"
            raise _refusal("CT305", f"'{text}' is {one_of}{hint}")
        return text

    return read


def _as_list(value: object) -> object:
    return value if isinstance(value, list) else [value]


def _some(value: object) -> object:
    if isinstance(value, list) and not value:
        raise _refusal("CT303", "a relation names at least one claim")
    return _as_list(value)


def _only_list(value: object) -> object:
    if not isinstance(value, list):
        raise _wrong_type("a list", value, "put it in [brackets]")
    return value


def _as_name(value: object) -> object:
    return {"name": value} if isinstance(value, Scalar) else value


def _as_choices(value: object) -> list[tuple[Scalar, Scalar | None]]:
    """Choices as (narrower, broader or None) from a list, or from a mapping's key pairs."""
    if isinstance(value, list):
        return [(choice, None) for choice in _distinct(value)]
    if not isinstance(value, Keyed):
        raise _wrong_type("a list of choices, or narrower: broader", value)
    return [
        (key, None if isinstance(item, Scalar) and item.core == "null" else _text(item))
        for key, item in value.pairs()
    ]


def _distinct(items: Iterable[object]) -> list[Scalar]:
    held: dict[str, Scalar] = {}
    for item in items:
        scalar = _text(item)
        if scalar.text in held:
            raise _refusal(
                "CT301", f"choice '{scalar.text}' stands twice; keep one of them", scalar
            )
        held[scalar.text] = scalar
    return list(held.values())


def _as_pairs(value: object) -> list[tuple[Scalar, Scalar]]:
    if not isinstance(value, Keyed):
        raise _wrong_type("a mapping", value)
    return [(key, _text(item)) for key, item in value.pairs()]


def _not_empty(value: object) -> object:
    if isinstance(value, Keyed) and not value:
        raise _refusal("CT407", "nothing is given; write value, about, or min and max")
    return value


def _form_of_value(value: object) -> str:
    return "parts" if isinstance(value, Keyed | NumberShape) else "text"


@frozen
class _Wider:
    """Marks what is taken in a further form as well; ``widen`` makes its JSON Schema so."""

    widen: Callable[[forms.Json], forms.Json]

    def __get_pydantic_json_schema__(
        self, schema: Any, handler: GetJsonSchemaHandler
    ) -> forms.Json:
        return self.widen(handler(schema))


Text = Annotated[Scalar, PlainValidator(_text), WithJsonSchema(forms.TEXT)]
Id = Annotated[Scalar, PlainValidator(_id), WithJsonSchema(forms.ID)]
Boolean = Annotated[bool, PlainValidator(_boolean), WithJsonSchema(forms.BOOLEAN)]
Number = Annotated[Scalar, PlainValidator(_number), WithJsonSchema(forms.NUMBER)]
OneValue = Annotated[Scalar, PlainValidator(_one_value), WithJsonSchema(forms.TEXT)]
Texts = Annotated[list[Text], BeforeValidator(_only_list)]
Pairs = Annotated[
    list[tuple[Scalar, Scalar]], PlainValidator(_as_pairs), WithJsonSchema(forms.SCOPE)
]
Choices = Annotated[
    list[tuple[Scalar, Scalar | None]], PlainValidator(_as_choices), WithJsonSchema(forms.CHOICES)
]

# Texts at first, read more closely once the whole register is there.
DateText = Annotated[Scalar, PlainValidator(_text), WithJsonSchema(forms.DATE)]
SourceFileText = Annotated[Scalar, PlainValidator(_text), WithJsonSchema(forms.SOURCE_FILE)]
ToleranceText = Annotated[Scalar, PlainValidator(_text), WithJsonSchema(forms.TOLERANCE)]
ShareText = Annotated[Scalar, PlainValidator(_text), WithJsonSchema(forms.SHARE)]


def _one_of(words: Iterable[str]) -> WithJsonSchema:
    return WithJsonSchema(forms.one_of(words))


GenreWord = Annotated[Genre, PlainValidator(_word(get_args(Genre))), _one_of(get_args(Genre))]
KindWord = Annotated[Kind, PlainValidator(_word(get_args(Kind))), _one_of(get_args(Kind))]
ReliabilityWord = Annotated[
    Reliability, PlainValidator(_word(get_args(Reliability))), _one_of(get_args(Reliability))
]
TypeWord = Annotated[
    ValueType, PlainValidator(_word(get_args(ValueType))), _one_of(get_args(ValueType))
]
StanceWord = Annotated[Stance, PlainValidator(lambda v: Stance(_word(Stance)(v))), _one_of(Stance)]
RelationWord = Annotated[
    RelationType, PlainValidator(_word(get_args(RelationType))), _one_of(get_args(RelationType))
]
SeverityWord = Annotated[
    Literal["tension"], PlainValidator(_word(("tension",))), _one_of(("tension",))
]
Credibility = Annotated[Scalar, PlainValidator(_credibility), WithJsonSchema(forms.CREDIBILITY)]
Line = Annotated[
    int,
    PlainValidator(_whole(1, None, "line; lines are counted from 1")),
    WithJsonSchema(forms.LINE),
]

CONFLICT_DECISIONS = ("prevails", "compatible", "unresolved")
DISPUTE_DECISIONS = ("upheld", "dismissed", "unresolved")


def _worded(words: Iterable[str]) -> Callable[[object], Scalar]:
    """One of the words, as the scalar itself, for its place."""
    known = _word(words)

    def read(value: object) -> Scalar:
        known(value)
        return _text(value)

    return read


_DECISIONS = tuple(dict.fromkeys(CONFLICT_DECISIONS + DISPUTE_DECISIONS))
RatingWord = Annotated[Scalar, PlainValidator(_worded(get_args(Rating))), _one_of(get_args(Rating))]
DecisionWord = Annotated[Scalar, PlainValidator(_worded(_DECISIONS)), _one_of(_DECISIONS)]

# -------------------------------------------------------------------------------------- the shapes


class Shape(BaseModel):
    """A mapping with fixed keys."""

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)


class SourceShape(Shape):
    """A source as written."""

    file: SourceFileText | None = None
    sha256: Text | None = None
    title: Text | None = None
    publisher: Text | None = None
    author: Text | None = None
    url: Text | None = None
    language: Text | None = None
    note: Text | None = None
    published: DateText | None = None
    retrieved: DateText | None = None
    genre: GenreWord | None = None
    reliability: ReliabilityWord | None = None
    basis: Text | None = None
    derived_from: Texts = []


class AliasShape(Shape):
    """A further name of an entity, alone or with a note."""

    name: Text
    note: Text | None = None


AliasOrName = Annotated[AliasShape, BeforeValidator(_as_name), _Wider(forms.or_name_alone)]


class EntityShape(Shape):
    """An entity as written."""

    name: Text | None = None
    kind: Text | None = None
    aliases: Annotated[list[AliasOrName], BeforeValidator(_only_list)] = []
    anonymous: Boolean = False
    part_of: Text | None = None


class PropertyShape(Shape):
    """A property as written."""

    model_config = ConfigDict(json_schema_extra=forms.tolerance_by_type(get_args(ValueType)))

    type: TypeWord
    unit: Text | None = None
    single: Boolean = False
    tolerance: ToleranceText | None = None
    about_ratio: ShareText | None = Field(default=None, alias="about-ratio")
    scope: Annotated[list[Text], BeforeValidator(_only_list)] = []
    nested: Boolean = True
    severity: SeverityWord | None = None
    choices: Choices | None = None


class NumberShape(Shape):
    """A number in parts: exactly, about, or between."""

    model_config = ConfigDict(json_schema_extra=forms.PARTS_TOGETHER)
    _some_part = model_validator(mode="before")(_not_empty)

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
        Annotated[OneValue, Tag("text")] | Annotated[NumberShape, Tag("parts")],
        Discriminator(_form_of_value),
    ]
    negated: Boolean | None = Field(default=None, json_schema_extra={"default": False})
    during: DateText | None = None
    scope: Pairs = []


class EvidenceShape(Shape):
    """One item of evidence as written."""

    source: Text
    stance: StanceWord | None = Field(
        default=None, json_schema_extra={"default": Stance.ASSERTS.value}
    )
    by: Text | None = None
    via: Texts = []
    quote: Text | None = None
    line: Line | None = None
    credibility: Credibility | None = None
    note: Text | None = None


class RelationShape(Shape):
    """A relation to one or more claims as written."""

    type: RelationWord
    claim: Annotated[list[Text], BeforeValidator(_some), _Wider(forms.one_or_more)]
    why: Text | None = None


class VerdictShape(Shape):
    """A verdict as written."""

    rating: RatingWord
    by: Text | None = None
    on: DateText | None = None
    why: Text | None = None
    fingerprint: Text | None = None


class ClaimShape(Shape):
    """A claim as written."""

    id: Id
    statement: Text
    kind: KindWord | None = None
    asserts: Annotated[
        list[AssertionShape], BeforeValidator(_as_list), _Wider(forms.or_one_alone)
    ] = []
    when: DateText | None = None
    about: Texts = []
    tags: Texts = []
    evidence: Annotated[list[EvidenceShape], BeforeValidator(_only_list)] = []
    relations: Annotated[list[RelationShape], BeforeValidator(_only_list)] = []
    verdicts: Annotated[list[VerdictShape], BeforeValidator(_only_list)] = []
    note: Text | None = None


class ReviewShape(Shape):
    """A review as written."""

    model_config = ConfigDict(
        json_schema_extra=forms.reviews_of(CONFLICT_DECISIONS, DISPUTE_DECISIONS)
    )

    conflict: Text | None = None
    dispute: Text | None = None
    decision: DecisionWord
    claim: Text | None = None
    by: Text | None = None
    on: DateText | None = None
    why: Text | None = None
    fingerprint: Text | None = None


S = TypeVar("S", bound=Shape)


@frozen
class Misfit:
    """One way in which something does not fit its shape.

    ``path`` leads there, with some steps that are not in the text (an index where one mapping was
    written for a list of them); ``kind`` is ``missing``, ``unknown``, or a code with its sentence.
    """

    path: tuple[str | int, ...]
    kind: str
    message: str
    at: Node | None


def validate(shape: type[S], given: object) -> tuple[S | None, list[Misfit]]:
    """The shape filled with what was given, or None with every misfit."""
    try:
        return shape.model_validate(given), []
    except ValidationError as error:
        return None, [_misfit(detail) for detail in error.errors(include_url=False)]


_KINDS = {"missing": "missing", "extra_forbidden": "unknown"}


def _misfit(detail: ErrorDetails) -> Misfit:
    path, kind = detail["loc"], detail["type"]
    at = node_of(detail["input"])
    if kind in _KINDS:
        return Misfit(path, _KINDS[kind], "", at)
    if kind.startswith("CT"):
        return Misfit(path, kind, detail["msg"], detail.get("ctx", {}).get("at") or at)
    return Misfit(path, "CT304", f"a mapping is expected here, not {kind_of(detail['input'])}", at)


PARTS: dict[str, tuple[type[Shape], str]] = {
    "aliases": (AliasShape, "an alias"),
    "asserts": (AssertionShape, "an assertion"),
    "value": (NumberShape, "a number in parts"),
    "evidence": (EvidenceShape, "an item of evidence"),
    "relations": (RelationShape, "a relation"),
    "verdicts": (VerdictShape, "a verdict"),
}
"""What the parts of entries are, by the key that holds them."""


def keys_of(shape: type[Shape]) -> list[str]:
    """The keys that a shape has, as written."""
    return [field.alias or name for name, field in shape.model_fields.items()]

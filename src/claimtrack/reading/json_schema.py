"""The form of a register file as a JSON Schema (draft 2020-12), made from the shapes.

It says what one file's text can be told alone; what an entry refers to, it does not see. An editor
completes and checks with it what is typed.
"""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import WithJsonSchema
from pydantic.json_schema import GenerateJsonSchema

from claimtrack.reading.forms import (
    DATE,
    FILE_PATTERN,
    ID_PATTERN,
    NO_ID,
    Json,
    either,
    mapping,
    optional,
)
from claimtrack.reading.meanings import ENTRIES, KEYS, WORDS
from claimtrack.reading.schema import (
    ClaimShape,
    EntityShape,
    Id,
    PropertyShape,
    ReviewShape,
    Shape,
    SourceShape,
    Text,
)
from claimtrack.reading.sections import VERSION

DIALECT = "https://json-schema.org/draft/2020-12/schema"
URN = f"urn:claimtrack:register:{VERSION}"

_Version = Annotated[int, WithJsonSchema({"type": "integer", "enum": [int(VERSION)]})]
_Pattern = Annotated[str, WithJsonSchema(FILE_PATTERN)]


class FileShape(Shape):
    """The sections of a file. The reader takes them one by one, since one must not cost another."""

    claimtrack: _Version
    title: Text | None = None
    include: list[_Pattern] | None = None
    sources: dict[Id, SourceShape] | None = None
    entities: dict[Id, EntityShape] | None = None
    properties: dict[Id, PropertyShape] | None = None
    claims: list[ClaimShape] | None = None
    reviews: list[ReviewShape] | None = None


def register_schema(*, included: bool = False) -> Json:
    """The schema of the main file, or of the files that it includes.

    These need no version, and nothing else either: a file may hold comments alone.
    """
    made: Json = FileShape.model_json_schema(schema_generator=_Generator)
    head: Json = {"$schema": DIALECT, "$id": URN, "title": "claimtrack register", "type": "object"}
    if included:
        head |= {"$id": f"{URN}:included", "type": ["object", "null"]}
        made["properties"]["claimtrack"] = optional(made["properties"]["claimtrack"])
        del made["required"]
    parts = _with_dates_by_name(made.pop("$defs")) | {"Date": _DATE}
    return head | made | head | {"$defs": parts}


class _Generator(GenerateJsonSchema):
    """Pydantic's generator, in the reader's terms.

    A key that is not required may hold nothing. A shape does not say that it is a mapping: where it
    stands, a list, a text or nothing may stand as well.
    """

    def model_schema(self, schema: Any) -> Json:
        """A shape, its keys described, and each that is not required also as nothing."""
        form = super().model_schema(schema)
        entry = self.normalize_name(schema["cls"].__name__)
        required = form.get("required", ())
        form["properties"] = {
            key: _described(entry, key, taken, required=key in required)
            for key, taken in form["properties"].items()
        }
        del form["type"]
        head = {"title": entry, "description": ENTRIES[entry]}
        return head | form | head  # the head stands first, and what it says holds

    def default_schema(self, schema: Any) -> Json:
        """What a key takes, and what it is if left out, where that is more than nothing."""
        form = self.generate_inner(schema["schema"])
        default = schema.get("default")
        return form | {"default": default} if isinstance(default, bool) else form

    def nullable_schema(self, schema: Any) -> Json:
        """What stands there if anything does."""
        return self.generate_inner(schema["schema"])

    def list_schema(self, schema: Any) -> Json:
        """A list of what stands there."""
        return {"type": "array", "items": mapping(self.generate_inner(schema["items_schema"]))}

    def dict_schema(self, schema: Any) -> Json:
        """Entries under their ids. A key that holds nothing declares nothing, whatever it is."""
        entry = mapping(self.generate_inner(schema["values_schema"]))
        return {
            "type": "object",
            "patternProperties": {ID_PATTERN: optional(entry)},
            "additionalProperties": {"type": "null", "errorMessage": NO_ID},
        }

    def tagged_union_schema(self, schema: Any) -> Json:
        """One of several that differ in their JSON type."""
        return either(*(self.generate_inner(choice) for choice in schema["choices"].values()))

    def field_title_should_be_set(self, schema: Any) -> bool:
        """No: a key is its own title."""
        return False

    def normalize_name(self, name: str) -> str:
        """The name of a shape without the word."""
        return super().normalize_name(name).removesuffix("Shape")

    def sort(self, value: Json, parent_key: str | None = None) -> Json:
        """As it is: keys stand in the order in which they are written."""
        return value


def _described(entry: str, key: str, form: Json, *, required: bool) -> Json:
    words = WORDS.get(entry, {}).get(key)
    if words:
        form = form | {"enumDescriptions": [words[str(word)] for word in form["enum"]]}
    return {"description": KEYS[entry][key], **(form if required else optional(form))}


_DATE = {keyword: said for keyword, said in DATE.items() if keyword != "type"}


def _with_dates_by_name(form: Any) -> Any:
    """The same, with a reference wherever a date may stand: its pattern is long."""
    if isinstance(form, list):
        return [_with_dates_by_name(each) for each in form]
    if not isinstance(form, dict):
        return form
    if form.get("pattern") == DATE["pattern"]:
        own = {keyword: said for keyword, said in form.items() if keyword not in _DATE}
        return {**own, "$ref": "#/$defs/Date"}
    return {keyword: _with_dates_by_name(said) for keyword, said in form.items()}

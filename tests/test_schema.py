"""The JSON Schema of a register file takes what the reader takes, as far as a schema can see."""

from __future__ import annotations

import copy
import itertools
import json
import re
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any, get_args

import pytest
from jsonschema import Draft202012Validator

from claimtrack.diagnostic import CODES, Diagnostic, RegisterUnreadable, Severity
from claimtrack.explanations import ExampleFile, explanation
from claimtrack.model import Genre, Kind, Rating, RelationType, Reliability, Stance, ValueType
from claimtrack.reading import forms
from claimtrack.reading.files import leaves_its_folder
from claimtrack.reading.json_schema import register_schema
from claimtrack.reading.meanings import ENTRIES, KEYS, WORDS
from claimtrack.reading.nodes import Mapping, Node, Scalar, Sequence
from claimtrack.reading.register import read_register
from claimtrack.reading.yamltext import NotYaml, parse
from claimtrack.values.edtf import read_date
from claimtrack.values.refusal import Refused
from conftest import PROJECT, Run, Write
from register_data import (
    NULL,
    NoData,
    Plain,
    at_path,
    data_of,
    dropped,
    paths,
    renamed,
    replaced,
    tree_of,
    yaml_of,
)


def as_python_has_it(form: Any) -> Any:
    """The schema with patterns that end where the text ends: in ECMA's dialect ``$`` says so."""
    if isinstance(form, list):
        return [as_python_has_it(each) for each in form]
    if not isinstance(form, dict):
        return re.sub(r"\$$", r"\\Z", form) if isinstance(form, str) and form[:1] == "^" else form
    return {as_python_has_it(key): as_python_has_it(said) for key, said in form.items()}


MAIN = Draft202012Validator(as_python_has_it(register_schema()))
INCLUDED = Draft202012Validator(as_python_has_it(register_schema(included=True)))


def accepts(text: bytes | str, validator: Draft202012Validator = MAIN) -> bool:
    return validator.is_valid(data_of(parse(text.encode() if isinstance(text, str) else text)))


# ------------------------------------------------------------------------------------ the command


def test_the_command_prints_a_schema_wherever_it_is_run(claimtrack: Run) -> None:
    for options, schema in (
        ([], register_schema()),
        (["--included"], register_schema(included=True)),
    ):
        result = claimtrack("schema", *options)
        assert (result.status, result.err) == (0, "")
        assert json.loads(result.out) == schema
        assert result.out.startswith(
            '{\n  "$schema": "https://json-schema.org/draft/2020-12/schema"'
        )
        assert result.out.endswith("}\n")
        Draft202012Validator.check_schema(schema)


def test_the_two_schemas_have_names_of_their_own() -> None:
    assert register_schema()["$id"] == "urn:claimtrack:register:1"
    assert register_schema(included=True)["$id"] == "urn:claimtrack:register:1:included"


def test_only_the_main_file_needs_its_version() -> None:
    assert not accepts("claims: []")
    assert not accepts("claimtrack:\nclaims: []")
    assert not accepts("# nothing")
    for text in ("claims: []", "claimtrack:\nclaims: []", "claimtrack: 1", "# nothing"):
        assert accepts(text, INCLUDED)
    for text in ("claimtrack: 2", "claimtrack: '1'", "claims: {}", "- id: a"):
        assert not accepts(text, INCLUDED)


def shapes() -> dict[str, Any]:
    schema = register_schema()
    parts = {name: part for name, part in schema["$defs"].items() if "properties" in part}
    return {"File": schema, **parts}


def test_every_key_has_a_plain_description() -> None:
    for shape in shapes().values():
        for key in shape["properties"].values():
            assert re.fullmatch(r"[A-Z][^`\n]*\.", key["description"])


def test_nothing_is_described_that_is_not_there() -> None:
    assert ENTRIES.keys() == shapes().keys()
    assert {name: set(shape["properties"]) for name, shape in shapes().items()} == {
        name: set(keys) for name, keys in KEYS.items()
    }
    for entry, keys in WORDS.items():
        for key, words in keys.items():
            enum = shapes()[entry]["properties"][key]["enum"]
            assert [str(word) for word in enum if word is not None] == list(words)


def test_what_is_so_if_a_key_is_left_out_is_said() -> None:
    said = {
        (name, key): form["default"]
        for name, shape in shapes().items()
        for key, form in shape["properties"].items()
        if "default" in form
    }
    assert said == {
        ("Entity", "anonymous"): False,
        ("Property", "single"): False,
        ("Property", "nested"): True,
        ("Assertion", "negated"): False,
        ("Evidence", "stance"): "asserts",
    }


# ---------------------------------------------------------------------- what is written and sound


def registers_in(example: tuple[ExampleFile, ...]) -> list[ExampleFile]:
    return [file for file in example if file.name.endswith(".yaml")]


RIGHT = [
    pytest.param(file, id=f"{code}-{file.name}")
    for code in CODES
    for file in registers_in(explanation(code).good)
]


@pytest.mark.parametrize("file", RIGHT)
def test_a_right_example_is_accepted(file: ExampleFile) -> None:
    assert accepts(file.data, validator_of(file))


def validator_of(file: ExampleFile) -> Draft202012Validator:
    return MAIN if file.name == "claims.yaml" else INCLUDED


REGISTERS = [PROJECT / "data/claims.yaml", *sorted((PROJECT / "tests/conformance").glob("*.yaml"))]


@pytest.mark.parametrize("path", REGISTERS, ids=lambda path: path.stem)
def test_a_register_is_accepted(path: Path) -> None:
    assert accepts(path.read_bytes())


PAGES = [PROJECT / "README.md", *sorted((PROJECT / "docs").glob("*.md"))]
BLOCKS = [
    pytest.param(block, id=f"{page.stem}-{number}")
    for page in PAGES
    for number, block in enumerate(re.findall(r"(?ms)^```yaml\n(.*?)^```", page.read_text("utf-8")))
]


@pytest.mark.parametrize("block", BLOCKS)
def test_an_example_of_the_pages_is_accepted(block: str) -> None:
    data = as_file(data_of(parse(block.encode())))
    assert (MAIN if "claimtrack" in data else INCLUDED).is_valid(data)


def as_file(data: Any) -> Any:
    """The sections of a file, of which an example may show some entries alone, and not whole."""
    if isinstance(data, list):
        return {"claims": [{"statement": "left out for brevity", **claim} for claim in data]}
    if data.keys() <= KEYS["File"].keys():
        return data
    section = "properties" if all("type" in entry for entry in data.values()) else "entities"
    return {section: data}


def test_there_are_examples() -> None:
    assert len(RIGHT) > len(CODES)
    assert len(BLOCKS) >= 18


# -------------------------------------------------------------------------- what is wrong and seen

OTHER_ENTRIES = "what other entries hold decides"
TWO_VALUES = "it takes a comparison of two values"
NO_DATA = "the text gives no data to look at"
OUT_OF_SIGHT = {
    "CT101": "the file cannot be opened",
    "CT102": NO_DATA,
    "CT103": NO_DATA,
    "CT104": NO_DATA,
    "CT105": NO_DATA,
    "CT106": NO_DATA,
    "CT107": NO_DATA,
    "CT110": "the files that are there decide",
    "CT111": "the files that are there decide",
    "CT112": "what other files hold decides",
    "CT201": OTHER_ENTRIES,
    "CT202": OTHER_ENTRIES,
    "CT203": OTHER_ENTRIES,
    "CT204": OTHER_ENTRIES,
    "CT205": OTHER_ENTRIES,
    "CT206": OTHER_ENTRIES,
    "CT208": OTHER_ENTRIES,
    "CT209": OTHER_ENTRIES,
    "CT210": TWO_VALUES,
    "CT211": OTHER_ENTRIES,
    "CT212": TWO_VALUES,
    "CT301": "of a key that is written twice data has one",
    "CT402": TWO_VALUES,
    "CT404": "the type of a property, another entry, decides",
    "CT405": "programs differ in the numbers that they can hold",
    "CT406": TWO_VALUES,
    "CT408": OTHER_ENTRIES,
    "CT409": OTHER_ENTRIES,
    "CT410": OTHER_ENTRIES,
    "CT411": OTHER_ENTRIES,
    "CT413": OTHER_ENTRIES,
    "CT414": TWO_VALUES,
    "CT501": TWO_VALUES,
    "CT502": OTHER_ENTRIES,
    "CT602": "the source's own bytes decide",
    "CT603": "the source's text decides",
    "CT604": "the source's text decides",
    "CT605": "the attestation stands in a file of its own",
    "CT606": "the attestation stands in a file of its own",
}
"""The errors that no schema of a file can see, as their examples show them, and why."""


def test_only_errors_are_out_of_sight() -> None:
    assert all(CODES[code][0] is Severity.ERROR for code in OUT_OF_SIGHT)


@pytest.mark.parametrize("code", [code for code in CODES if explanation(code).bad])
def test_a_wrong_example_is_rejected_if_its_mistake_is_in_sight(code: str) -> None:
    is_error = CODES[code][0] is Severity.ERROR
    rejected = not all(accepted_or_no_data(file) for file in registers_in(explanation(code).bad))
    assert rejected == (is_error and code not in OUT_OF_SIGHT)


def accepted_or_no_data(file: ExampleFile) -> bool:
    try:
        return accepts(file.data, validator_of(file))
    except (NotYaml, NoData):
        return True


@pytest.mark.parametrize("code", [code for code, why in OUT_OF_SIGHT.items() if why is NO_DATA])
def test_what_gives_no_data_gives_none(code: str) -> None:
    with pytest.raises((NotYaml, NoData)):
        data_of(parse(explanation(code).bad[0].data))


HEAD = "entities: {thing: {}}\nproperties: {day: {type: date}, name: {type: text}}\n"
CLAIM = HEAD + "claims: [{id: a, statement: x, %s}]"
SPELLING = "JSON has one number for several spellings"
BEYOND_SIGHT = [
    ("CT305", SPELLING, CLAIM % "evidence: [{source: s, line: 3.0}]" + "\nsources: {s: {}}"),
    ("CT305", SPELLING, CLAIM % "evidence: [{source: s, credibility: +3}]" + "\nsources: {s: {}}"),
    ("CT306", SPELLING, "claims: [{id: 2.5, statement: x}]"),
    ("CT401", SPELLING, CLAIM % "when: 999"),
    ("CT401", SPELLING, CLAIM % "when: 2024.0"),
    ("CT301", SPELLING, "properties: {p: {type: choice, choices: [one, 2, '2']}}"),
    ("CT401", OTHER_ENTRIES, CLAIM % "asserts: {subject: thing, property: day, value: May}"),
    ("CT403", OTHER_ENTRIES, CLAIM % "asserts: {subject: thing, property: day, value: 2024/}"),
    ("CT304", OTHER_ENTRIES, CLAIM % "asserts: {subject: thing, property: name, value: {min: 1}}"),
    ("CT601", "steps up and down are to be counted", "sources: {s: {file: a/../../b}}"),
]


@pytest.mark.parametrize(("code", "why", "text"), BEYOND_SIGHT)
def test_a_mistake_that_is_in_sight_elsewhere(
    code: str, why: str, text: str, register: Write
) -> None:
    path = register(text)
    assert [each.code for each in read_register(path).diagnostics] == [code]
    assert accepts(path.read_bytes())


def test_of_the_version_too_the_spelling_is_lost(tmp_path: Path) -> None:
    (tmp_path / "claims.yaml").write_text("claimtrack: 1.0")
    with pytest.raises(RegisterUnreadable):
        read_register(tmp_path / "claims.yaml")
    assert accepts("claimtrack: 1.0")


# --------------------------------------------------------------------- what the reader says of it

SOUND = {
    "sources": b"""\
claimtrack: 1
include: []
sources:
  wire: {title: A wire report}
  article: {file: 2024/article.txt, sha256: 012345678901, title: 2024, publisher: The Gazette,
    author: A reporter, url: "gazette.example", language: en, note: true, published: 2024-02-29,
    retrieved: 2024~, genre: news, reliability: E, basis: nobody else, derived_from: [wire]}
""",
    "entities": b"""\
claimtrack: 1
title: A harbour
entities:
  bay: {name: North Bay, kind: place, anonymous: false}
  pier: {aliases: [The Jetty, {name: The Mole, note: old}], part_of: bay}
""",
    "properties": b"""\
claimtrack: 1
properties:
  berth: {type: entity, single: true, nested: false, scope: [phase]}
  length: {type: number, unit: m, tolerance: 5%, about-ratio: 0.05}
  depth: {type: number, tolerance: 2}
  opened: {type: date, tolerance: 3d}
  status: {type: choice, severity: tension, choices: {open: , half-open: open}}
  colour: {type: choice, choices: [red, green]}
  lit: {type: boolean}
  motto: {type: text}
""",
    "claims": b"""\
claimtrack: 1
sources: {wire: {}}
properties: {berth: {type: entity, scope: [phase]}}
claims:
  - id: ship-at-pier
    statement: The ship lies at the Long Pier.
    kind: location
    asserts: {subject: ship, property: berth, value: pier, negated: false, during: 2024/..,
      scope: {phase: late}}
    when: 2024-03-01
    about: [bay]
    tags: [ship, 7]
    evidence:
      - {source: wire, stance: reports, by: mayor, via: [clerk], quote: at the pier, line: 3,
        credibility: 2, note: x}
    relations:
      - {type: contradicts, claim: ship-at-sea, why: no reason}
      - {type: supports, claim: [ship-at-sea]}
    verdicts:
      - {rating: unproven, by: ann, on: 2024-05, why: too early, fingerprint: 123456789012}
    note: seen from the hill
  - {id: ship-at-sea, statement: The ship is at sea.}
""",
    "values": b"""\
claimtrack: 1
properties:
  length: {type: number, unit: m}
  opened: {type: date}
  status: {type: choice, choices: [open]}
  lit: {type: boolean}
  motto: {type: text}
claims:
  - id: pier
    statement: The pier is long.
    asserts:
      - {subject: pier, property: length, value: {value: 4.7, unit: m}}
      - {subject: bay, property: length, value: {min: 1, max: 20000}}
      - {subject: hill, property: length, value: {about: 5}}
      - {subject: pier, property: opened, value: 1931}
      - {subject: pier, property: status, value: open}
      - {subject: pier, property: lit, value: true}
      - {subject: pier, property: motto, value: onward}
""",
    "reviews": b"""\
claimtrack: 1
claims: [{id: a, statement: x}]
reviews:
  - {conflict: a.berth, decision: prevails, claim: a, by: ann, on: 2024-06, why: x, fingerprint: 1}
  - {dispute: a, decision: dismissed}
""",
}
"""Registers without mistakes: among them is every key, and every form that a key can take."""


@pytest.mark.parametrize("name", SOUND)
def test_what_is_changed_below_is_sound(name: str, tmp_path: Path) -> None:
    found = diagnostics_of(SOUND[name], tmp_path)
    assert [each.code for each in found if each.severity is Severity.ERROR] == []
    assert accepts(SOUND[name])


def test_every_key_is_in_one_of_them() -> None:
    registers = [data_of(parse(register)) for register in SOUND.values()]
    for name, keys in KEYS.items():
        for key in keys:
            schema = copy.deepcopy(register_schema())
            del (schema if name == "File" else schema["$defs"][name])["properties"][key]
            without = Draft202012Validator(schema)
            assert not all(without.is_valid(register) for register in registers), (name, key)


READ_BY_TYPE = {"CT401", "CT403", "CT404"}
SEEN_BY_WORDS = {"CT110": "is no file pattern", "CT301": "choice "}


def is_in_sight(diagnostic: Diagnostic, values: set[tuple[int, int]]) -> bool:
    code, message, place = diagnostic.code, diagnostic.message, diagnostic.place
    if diagnostic.severity is Severity.WARNING:
        return False
    if code in READ_BY_TYPE:
        return (place.line, place.column) not in values
    words = SEEN_BY_WORDS.get(code)
    return code not in OUT_OF_SIGHT or (words is not None and words in message)


def value_places(root: Node | None) -> set[tuple[int, int]]:
    """Where the values of assertions stand."""
    return {
        (part.line, part.column)
        for key, asserts in pairs(root)
        if key == "asserts"
        for inner, value in pairs(asserts)
        if inner == "value"
        for part in nodes(value)
    }


def nodes(node: Node | None) -> Iterator[Node]:
    if node is not None:
        yield node
    if isinstance(node, Sequence):
        for item in node.items:
            yield from nodes(item)
    if isinstance(node, Mapping):
        for pair in node.entries:
            for each in pair:
                yield from nodes(each)


def pairs(node: Node | None) -> Iterator[tuple[str, Node]]:
    for each in nodes(node):
        for key, value in each.entries if isinstance(each, Mapping) else ():
            if isinstance(key, Scalar):
                yield key.text, value


def diagnostics_of(text: bytes, folder: Path) -> tuple[Diagnostic, ...]:
    path = folder / "claims.yaml"
    path.write_bytes(text)
    try:
        return read_register(path).diagnostics
    except RegisterUnreadable as error:
        return tuple(error.diagnostics)


# Where a property is no number, the reader does not say what else is wrong with parts of one.
SAYS_NO_MORE = re.compile("only numbers have parts|is neither true nor false")


def is_read_alike(tree: Any, folder: Path) -> bool:
    """Whether the schema accepts it just if the reader finds no mistake that is in sight."""
    text = yaml_of(tree).encode()
    root = parse(text)
    found, values = diagnostics_of(text, folder), value_places(root)
    if any(SAYS_NO_MORE.search(each.message) for each in found):
        return True
    return MAIN.is_valid(data_of(root)) == (not any(is_in_sight(each, values) for each in found))


TEXTS = (
    "x", "", "Bad_Id", "number", "date", "text", "tension", "news", "E", "prevails", "upheld",
    "compatible", "5", "true", "10%", "3d", "2024-02-30", "2024-07/..", "..", "/2024", "../x", "/",
)  # fmt: skip
NUMBERS = (Plain("0"), Plain("-1"), Plain("2024"), Plain("12345"))
OTHERS: tuple[Any, ...] = (
    *TEXTS,
    *NUMBERS,
    NULL,
    [],
    {},
    [NULL],
    ["x"],
    [["x"]],
    {"name": "x"},
    {"name": NULL},
    {"x": "y"},
    {"x": NULL},
    {"about": Plain("5"), "max": NULL},
    {"unit": "km"},
)


def changed(tree: Any, path: tuple[str | int, ...]) -> Iterator[Any]:
    """The tree with one change each at the path, of those that may matter anywhere."""
    held = at_path(tree, path)
    yield dropped(tree, path)
    if isinstance(at_path(tree, path[:-1]), dict):
        yield renamed(tree, path, "Bad_Id")
    replacements: tuple[Any, ...] = (NULL, [], {}, [held], "x", Plain("-1"), Plain("true"))
    for new in replacements:
        yield replaced(tree, path, new)
    if isinstance(held, dict):
        for value in ("x", NULL):
            yield replaced(tree, path, held | {"nonsense": value})
    if isinstance(held, list):
        for item in (NULL, *held[:1]):
            yield replaced(tree, path, [*held, item])


@pytest.mark.parametrize("name", SOUND)
def test_one_change_anywhere_is_taken_as_the_reader_takes_it(name: str, tmp_path: Path) -> None:
    tree = tree_of(parse(SOUND[name]))
    for path in paths(tree):
        for each in changed(tree, path):
            assert is_read_alike(each, tmp_path), yaml_of(each)


@pytest.mark.parametrize("name", SOUND)
def test_another_value_anywhere_is_taken_as_the_reader_takes_it(name: str, tmp_path: Path) -> None:
    tree, rng = tree_of(parse(SOUND[name])), Random(name)
    for path in paths(tree):
        for new in rng.sample(OTHERS, 3):
            each = replaced(tree, path, new)
            assert is_read_alike(each, tmp_path), yaml_of(each)


DATES = ("2024-02-30", "2023-02-29/..", "2024~/2025", "..", "/2024", "2024-13", 2024, 0, 10_000)
SHARES = ("5%", "5.5%", "5 %", "%", "0.05", 0.05, 0, -1, "50", 50, "3d", "3 days", "-3d", 1, True)
LONG_SHARES = ("9" * 3999 + "%", "9" * 4000 + "%")
CLAIM_PATH = ("claims", 0)
KEYS_WITH_FORMS: list[tuple[str, tuple[str | int, ...], tuple[Any, ...]]] = [
    ("sources", ("include",), ([], ["x.yaml"], ["*", "/x"], [""], ["/"], ["//"], ["\0"], ["x\0"])),
    ("sources", ("include",), ([5], [True], [None], [["x"]], [{}])),
    ("sources", ("sources", "article", "file"), ("x", "", "/x", "../x", "./..", "..x", "x\0", 5)),
    ("sources", ("sources", "article", "published"), DATES),
    ("sources", ("sources", "article", "retrieved"), DATES),
    ("properties", ("properties", "length", "about-ratio"), SHARES + LONG_SHARES),
    ("properties", ("properties", "length", "tolerance"), LONG_SHARES),
    (
        "properties",
        ("properties", "colour", "choices"),
        (["a", "a"], [1, 1.0], ["a", True], {"a": "a", "b": 1}),
    ),
    ("claims", (*CLAIM_PATH, "when"), DATES),
    ("claims", (*CLAIM_PATH, "asserts", "during"), DATES),
    ("claims", (*CLAIM_PATH, "verdicts", 0, "on"), DATES),
    ("claims", (*CLAIM_PATH, "evidence", 0, "line"), (0, 1, 10**12 - 1, 10**12, "1", 1.5)),
    ("claims", (*CLAIM_PATH, "evidence", 0, "credibility"), (0, 1, 2, 3, 4, 5, 6, 7, "1", 1.5)),
    ("reviews", ("reviews", 0, "on"), DATES),
]


@pytest.mark.parametrize(("name", "path", "values"), KEYS_WITH_FORMS)
def test_a_key_with_a_form_of_its_own_is_taken_as_the_reader_takes_it(
    name: str, path: tuple[str | int, ...], values: tuple[Any, ...], tmp_path: Path
) -> None:
    tree = tree_of(parse(SOUND[name]))
    for value in values:
        new = tree_of(parse(json.dumps(value).encode()))
        assert is_read_alike(replaced(tree, path, new), tmp_path), value


KEYS_WITH_WORDS: list[tuple[str, tuple[str | int, ...], Any]] = [
    ("sources", ("sources", "article", "genre"), get_args(Genre)),
    ("sources", ("sources", "article", "reliability"), get_args(Reliability)),
    ("properties", ("properties", "status", "severity"), ("tension",)),
    ("claims", (*CLAIM_PATH, "kind"), get_args(Kind)),
    ("claims", (*CLAIM_PATH, "evidence", 0, "stance"), tuple(Stance)),
    ("claims", (*CLAIM_PATH, "relations", 0, "type"), get_args(RelationType)),
    ("claims", (*CLAIM_PATH, "verdicts", 0, "rating"), get_args(Rating)),
]


@pytest.mark.parametrize(("name", "path", "words"), KEYS_WITH_WORDS)
def test_every_word_that_the_reader_knows_is_accepted(
    name: str, path: tuple[str | int, ...], words: tuple[str, ...]
) -> None:
    tree = tree_of(parse(SOUND[name]))
    for word in words:
        assert accepts(yaml_of(replaced(tree, path, str(word))))
        assert not accepts(yaml_of(replaced(tree, path, f"{word}s")))


def combinations(**keys: tuple[Any, ...]) -> Iterator[dict[str, Any]]:
    """Mappings with every combination of values; ``LEFT_OUT`` stands for no key."""
    for values in itertools.product(*keys.values()):
        yield {k: v for k, v in zip(keys, values, strict=True) if v is not LEFT_OUT}


LEFT_OUT = object()
MAYBE = (LEFT_OUT, NULL, "a")
MAYBE_5 = (LEFT_OUT, NULL, Plain("5"))


def test_keys_that_go_together_are_taken_as_the_reader_takes_them(tmp_path: Path) -> None:
    number = tree_of(parse(SOUND["values"]))
    for parts in combinations(value=MAYBE_5, about=MAYBE_5, min=MAYBE_5, max=MAYBE_5):
        path = ("claims", 0, "asserts", 0, "value")
        assert is_read_alike(replaced(number, path, parts), tmp_path), parts
    review = tree_of(parse(SOUND["reviews"]))
    decisions = ("prevails", "compatible", "unresolved", "upheld", "dismissed", "no", NULL)
    for keys in combinations(conflict=MAYBE, dispute=MAYBE, claim=MAYBE, decision=decisions):
        assert is_read_alike(replaced(review, ("reviews", 0), keys), tmp_path), keys
    tolerances = [tree_of(parse(json.dumps(share).encode())) for share in SHARES]
    for keys in combinations(
        type=("x", LEFT_OUT, *get_args(ValueType)), tolerance=(NULL, *tolerances)
    ):
        tree = {"claimtrack": Plain("1"), "properties": {"p": keys}}
        assert is_read_alike(tree, tmp_path), keys


ODD_SPELLINGS = (
    "0999", "2024.0", "1e3", "0x10", "0o17", "-0", "+5", "1e-3", ".5", "1.", "1e400", "1e1001",
    ".inf", "-.INF", ".nan", "007", "3.0", "1.0", "999", "9" * 13, "9" * 4001, "True", "FALSE",
)  # fmt: skip


@pytest.mark.parametrize("name", SOUND)
def test_nothing_sound_is_refused_for_its_spelling(name: str, tmp_path: Path) -> None:
    tree, rng = tree_of(parse(SOUND[name])), Random(name)
    for path in paths(tree):
        if isinstance(at_path(tree, path), str | Plain):
            for spelling in rng.sample(ODD_SPELLINGS, 3):
                text = yaml_of(replaced(tree, path, Plain(spelling))).encode()
                found = diagnostics_of(text, tmp_path)
                assert accepts(text) or any(d.severity is Severity.ERROR for d in found), text


# -------------------------------------------------------------------------------------- patterns


def is_date(text: str) -> bool:
    try:
        read_date(text)
    except Refused as refused:
        return refused.code == "CT402"  # its ends are dates, and how they stand is out of sight
    return True


DATE_PATTERN = re.compile(as_python_has_it(forms.DATE["pattern"]))


def test_a_day_is_in_the_pattern_if_it_is_in_the_calendar() -> None:
    years = ["0000", "0001", "0004", "0100", "0400", "1900", "2000", "2023", "2024", "9996", "9999"]
    for year, month, day in itertools.product(years, range(14), range(33)):
        for text in (year, f"{year}-{month:02}", f"{year}-{month:02}-{day:02}"):
            assert bool(DATE_PATTERN.match(text)) == is_date(text), text


def test_leap_years_are_those_of_the_calendar() -> None:
    for year in range(10_000):
        text = f"{year:04}-02-29"
        assert bool(DATE_PATTERN.match(text)) == is_date(text), text


def test_an_interval_is_in_the_pattern_if_its_ends_are_dates() -> None:
    ends = [
        "",
        "..",
        "2024",
        "2024~",
        "2024-07",
        "2024-07-14~",
        "2023-02-29",
        "2024?",
        "24",
        "x",
        "~",
    ]
    for first, slash, second in itertools.product(ends, ("/", "", "//", "\n"), ends):
        text = f"{first}{slash}{second}"
        assert bool(DATE_PATTERN.match(text)) == is_date(text), text


def test_a_file_in_the_pattern_leaves_its_folder_only_further_on() -> None:
    pattern = re.compile(as_python_has_it(forms.SOURCE_FILE["pattern"]))
    for length in range(1, 8):
        for signs in itertools.product("a./", repeat=length):
            name = "".join(signs)
            leaves, steps = (
                leaves_its_folder(name),
                [s for s in name.split("/") if s not in ("", ".")],
            )
            at_once = name.startswith("/") or steps[:1] == [".."]
            assert bool(pattern.match(name)) == (not at_once), name
            assert leaves or not at_once
    assert not pattern.match("a\0b")

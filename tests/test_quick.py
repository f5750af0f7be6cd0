"""A claim that is read quickly is the claim that its shape gives."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimtrack.diagnostic import CODES, RegisterUnreadable
from claimtrack.explanations import explanation
from claimtrack.model import Claim
from claimtrack.reading import plain, quick
from claimtrack.reading.catalogue import read_catalogue
from claimtrack.reading.claim_stream import Item, stream
from claimtrack.reading.claims import desk_for, read_claim
from claimtrack.reading.desk import Catalogue, Desk
from claimtrack.reading.entries import Entries
from claimtrack.reading.fitting import Entry, fit
from claimtrack.reading.nametable import Undeclared
from claimtrack.reading.pieced_text import NotStreamed
from claimtrack.reading.quick import QuickReader
from claimtrack.reading.ranks import rank_loose_values
from claimtrack.reading.raw import node_of, written_id
from claimtrack.reading.report import Report
from claimtrack.reading.schema import (
    AssertionShape,
    ClaimShape,
    EvidenceShape,
    NumberShape,
    RelationShape,
    Shape,
    VerdictShape,
    keys_of,
)
from claimtrack.reading.sections import read_entries
from claimtrack.reading.yamltext import NotYaml
from random_registers import registers, to_yaml
from sample_registers import PROJECT, SOUND, mutated


class Bench:
    """The claims of a register, each of which can be read in both ways."""

    def __init__(self, main: Path) -> None:
        self.report = Report()
        self.entries: Entries = read_entries(main, self.report)
        self.catalogue: Catalogue = read_catalogue(self.entries, self.report)
        self.ranks = rank_loose_values(self.entries, self.catalogue)
        self.items = [
            (item, name)
            for name in self.entries.files
            for item in _items((main.parent / name).read_bytes())
        ]
        self._quick_report, self._quick_names = Report(), Undeclared()
        self._reader = QuickReader(self._desk(self._quick_report, self._quick_names))

    def _desk(self, report: Report, undeclared: Undeclared) -> Desk:
        return desk_for(self.entries, self.catalogue, report, self.ranks, undeclared)

    def quickly(self, item: Item, name: str) -> Claim | None:
        """The claim read quickly; nothing but undeclared names was reported of it."""
        claim = self._reader.read(item.raw, name, item.line)
        assert self._quick_report.diagnostics == []
        return claim

    def slowly(self, item: Item, name: str, report: Report, names: Undeclared) -> Claim | None:
        """The claim read by way of its shape."""
        written = written_id(item.raw) or item.raw
        key = written[0] if written is not item.raw else ""
        node = node_of(item.raw, item.line)
        shape, found = fit(ClaimShape, node, name, "a claim", key or None)
        report.extend(found)
        entry = Entry(key, node, name, item.line + written[2], written[3], shape)
        desk = self._desk(report, names)
        return read_claim(desk, entry, QuickReader(desk))

    def compare(self) -> list[Claim | None]:
        """All claims read quickly, after it was seen that they are those read slowly."""
        report, names = Report(), Undeclared()
        given: list[Claim | None] = []
        for item, name in self.items:
            claim = self.quickly(item, name)
            if claim is not None:
                assert claim == self.slowly(item, name, report, names)
            given.append(claim)
        assert report.diagnostics == []
        assert self._told(self._quick_names) == self._told(names)
        return given

    def _told(self, names: Undeclared) -> object:
        report = Report()
        names.report(self.catalogue.names, self.entries.files, report)
        return report.diagnostics


def _items(data: bytes) -> Iterator[Item]:
    try:
        parts = list(stream(data))
    except (NotYaml, NotStreamed):
        return
    yield from (part for part in parts if isinstance(part, Item))


def bench_of(text: str) -> Bench:
    with TemporaryDirectory() as folder:
        main = Path(folder) / "claims.yaml"
        main.write_bytes(text.encode("utf-8", "surrogatepass"))
        return Bench(main)


# ------------------------------------------------------------------------- whole registers


@pytest.mark.parametrize("name", SOUND)
def test_the_claims_of_a_sound_register_are_read_quickly(name: str) -> None:
    bench = Bench(PROJECT / name)
    found = bench.compare()
    assert sum(claim is None for claim in found) <= 3


@pytest.mark.parametrize("code", CODES)
def test_the_examples_of_a_code_give_the_same_claims_or_none(code: str, tmp_path: Path) -> None:
    page = explanation(code)
    for number, files in enumerate((page.bad, page.good)):
        folder = tmp_path / str(number)
        for file in files:
            path = folder / file.name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(file.data)
        for path in folder.rglob("*.yaml"):
            try:
                bench = Bench(path)
            except RegisterUnreadable:
                continue
            bench.compare()


@given(registers())
def test_a_random_register_is_read_quickly(register: dict[str, object]) -> None:
    found = bench_of(to_yaml(register)).compare()
    assert None not in found


SHORT = [text for text in SOUND.values() if len(text) < 20_000]


@given(st.sampled_from(SHORT), st.integers(0, 2**32))
def test_what_hasty_hands_make_of_a_register_is_read_alike_or_slowly(text: str, seed: int) -> None:
    try:
        bench = bench_of(mutated(text, Random(seed)))
    except RegisterUnreadable:
        return
    bench.compare()


# --------------------------------------------------------------------------- changed claims

REGISTER = """\
claimtrack: 1
sources:
  paper: {}
  blog: {}
  late: {published: soon}
entities:
  port: {name: The Port}
  quay: {part_of: port, aliases: [Ünit, Pier]}
  ship: {aliases: [Pier, "La Mer"]}
  lost: {part_of: nowhere}
properties:
  size: {type: number, unit: km, single: true, scope: [part, É, E\u0301]}
  built: {type: date, single: true, tolerance: 3 days}
  at: {type: entity, single: true}
  near: {type: entity, nested: false}
  state: {type: choice, choices: {open: ~, half-open: open, shut: ~}, single: true}
  safe: {type: boolean, single: true}
  motto: {type: text}
  odd: {type: number, tolerance: never}
claims:
"""
TEXTS = (
    *("paper", "blog", "late", "port", "The  PORT", "quay", "ünit", "Pier", "ship", "lost"),
    *("Nobody", "NOBODY ", "''", "Straße", "size", "built", "at", "near", "state", "safe"),
    *("motto", "odd", "other", "open", "half-open", "'true'", "true", "FALSE", "~", "null", "7"),
    *("'7'", "1e3", "0x1F", ".inf", "2024", "2024-07~", "2024/2023", "../2024", "km", "m"),
    *("parsec", "asserts", "denies", "confirmed", "refuted", "supports", "states", "a", "b", "c"),
    *("A b", "[]", "{}", "[a]", "[a, b]", "[port, Pier]", "[Nobody, nobody]", "{a: b}", "'\\'"),
    *('"e\\u0301\\n"', "🙂", "00012", "-1", "1234567890123", "event", "{value: 7, unit: m}"),
    *("{about: 7}", "{min: 1, max: 2}", "{min: 3, max: 2, unit: km}", "{unit: m}", "{about: a}"),
    *("{part: One, É: '1', E\u0301: 2}", "{part: one}", "{E\u0301: x}", "{other: x}", "{[a]: b}"),
)


def flow(keys: dict[str, st.SearchStrategy[str]], needed: set[str]) -> st.SearchStrategy[str]:
    """A mapping in flow style that mostly has the keys it needs, and mostly no others."""
    known = st.fixed_dictionaries(
        {key: value for key, value in keys.items() if key in needed},
        optional={key: value for key, value in keys.items() if key not in needed},
    )
    return known.map(
        lambda held: f"{{{', '.join(f'{key}: {text}' for key, text in held.items())}}}"
    )


def listed(items: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.lists(items, max_size=3).map(lambda texts: f"[{', '.join(texts)}]")


def one_of(*words: str) -> st.SearchStrategy[str]:
    """One of the words, and once in a while anything: a claim has many parts."""
    return st.sampled_from((*words * (2000 // len(words)), *TEXTS))


FREE = one_of("x", "7", "'7'", "true", "Straße", '"e\\u0301\\n"', "🙂", "'\\'", "''")
NAMES = one_of("port", "quay", "The port", "La mer", "nobody", "Nobody", "Ünit")
VALUE_OF = {
    "size": ("7", "8", "1e3", "{value: 7, unit: m}", "{about: 7}", "{min: 1, unit: mile}"),
    "built": ("2024", "2024-07-14~", "2024-07-16", "../2023"),
    "at": ("port", "quay", "nobody", "' NOBODY '", "''"),
    "near": ("port", "quay", "La Mer", "elsewhere"),
    "state": ("open", "half-open", "shut"),
    "safe": ("true", "FALSE"),
    "motto": ("peace", "' Peace'", "7", "Straße", '"e\\u0301"'),
}
ASSERTIONS = st.sampled_from(sorted(VALUE_OF)).flatmap(
    lambda of: flow(
        {
            "subject": NAMES,
            "property": st.just(of),
            "value": one_of(*VALUE_OF[of]),
            "negated": one_of("true", "false", "TRUE"),
            "during": one_of("2024", "2023-12/2024", "2024-07-14~"),
            "scope": one_of("{}", "{part: One}", "{part: a, É: '1', E\u0301: 2}"),
        },
        {"subject", "property", "value"},
    )
)
EVIDENCE = flow(
    {
        "source": one_of("paper", "blog"),
        "stance": one_of("asserts", "denies", "reports"),
        "by": NAMES,
        "via": listed(NAMES),
        "quote": FREE,
        "line": one_of("1", "12", "007"),
        "credibility": one_of("1", "6", "02"),
        "note": FREE,
    },
    {"source"},
)
RELATIONS = flow(
    {"type": one_of("supports", "states"), "claim": one_of("b", "[b, c]"), "why": FREE},
    {"type", "claim"},
)
VERDICTS = flow(
    {
        "rating": one_of("confirmed", "unproven"),
        "by": FREE,
        "on": one_of("2024", "2024-07-14"),
        "why": FREE,
        "fingerprint": FREE,
    },
    {"rating"},
)
CLAIM_KEYS = {
    "id": st.just("a"),
    "statement": FREE,
    "kind": one_of("event", "forecast"),
    "asserts": st.one_of(ASSERTIONS, listed(ASSERTIONS)),
    "when": one_of("2024", "2024-07~"),
    "about": listed(NAMES),
    "tags": listed(FREE),
    "evidence": listed(EVIDENCE),
    "relations": listed(RELATIONS),
    "verdicts": listed(VERDICTS),
    "note": FREE,
}
CLAIMS = flow(CLAIM_KEYS, {"id", "statement"})
OTHERS = "- {id: b, statement: x}\n- {id: c, statement: 'y', asserts: 7}\n"


@given(CLAIMS, st.lists(CLAIMS, max_size=2))
def test_a_claim_of_whatever_parts_is_read_alike_or_slowly(claim: str, others: list[str]) -> None:
    more = "".join(f"- {other.replace('id: a', f'id: d{i}')}\n" for i, other in enumerate(others))
    bench_of(f"{REGISTER}- {claim}\n{OTHERS}{more}").compare()


@pytest.mark.parametrize("key", [*CLAIM_KEYS, "other", "[a]"])
def test_whatever_a_key_holds_the_claim_is_read_alike_or_slowly(key: str) -> None:
    claims = ""
    for number, text in enumerate(TEXTS):
        held = {"id": f"d{number}", "statement": "x"} | {key: text}
        claims += f"- {{{', '.join(f'{name}: {value}' for name, value in held.items())}}}\n"
    bench_of(REGISTER + claims + OTHERS).compare()


# ------------------------------------------------------------------------------ one by one


def read(claim: str) -> Claim | None:
    """The one claim read quickly, the same as slowly."""
    return bench_of(f"{REGISTER}- {{{claim}}}\n{OTHERS}").compare()[0]


@pytest.mark.parametrize(
    "claim",
    [
        "id: a, statement: x",
        "id: a, statement: 7, kind: event, when: 2024~, about: [quay, nobody], tags: [t], note: n",
        "id: a, statement: x, asserts: {subject: port, property: size, value: {about: 7, unit: m}}",
        "id: a, statement: x, asserts: [{subject: port, property: at, value: NOBODY}]",
        "id: a, statement: x, evidence: [{source: paper, via: [], line: 3, credibility: 1}]",
        "id: a, statement: x, relations: [{type: supports, claim: b}]",
        "id: a, statement: x, verdicts: [{rating: refuted, on: 2024, fingerprint: 123456789012}]",
    ],
)
def test_a_plain_claim_is_read_quickly(claim: str) -> None:
    assert read(claim) is not None


@pytest.mark.parametrize(
    "claim",
    [
        "id: A, statement: x",
        "statement: x",
        "id: a",
        "id: a, id: a, statement: x",
        "id: a, statement: x, odd: 1",
        "id: a, statement: x, kind: evnt",
        "id: a, statement: x, about: [Pier]",
        "id: a, statement: x, about: [lost]",
        "id: a, statement: x, when: soon",
        "id: a, statement: x, evidence: [{source: late}]",
        "id: a, statement: x, evidence: [{source: paper, credibility: 7}]",
        "id: a, statement: x, evidence: [{source: paper, credibility: '1'}]",
        "id: a, statement: x, asserts: {subject: port, property: odd, value: 7}",
        "id: a, statement: x, asserts: {subject: port, property: size, value: '7'}",
        "id: a, statement: x, asserts: [{subject: port, property: size, value: 7}, "
        "{subject: port, property: size, value: 8}]",
        "id: a, statement: x, relations: [{type: supports, claim: a}]",
        "id: a, statement: x, relations: [{type: supports, claim: []}]",
        "id: a, statement: x, verdicts: [{rating: true}]",
    ],
)
def test_a_claim_with_a_mistake_is_not(claim: str) -> None:
    assert read(claim) is None


def test_a_value_is_not_taken_for_another_that_is_spelt_alike() -> None:
    claim = "- {id: %s, statement: x, asserts: {subject: port, property: %s, value: %s}}\n"
    bench = bench_of(
        REGISTER
        + claim % ("a", "size", "7")
        + claim % ("b", "size", "'7'")
        + claim % ("c", "safe", "true")
        + claim % ("d", "safe", "'true'")
        + claim % ("e", "motto", "7")
        + claim % ("f", "motto", "'7'")
    )
    assert [claim and claim.id for claim in bench.compare()] == ["a", None, "c", None, "e", "f"]


@pytest.mark.parametrize(
    ("keys", "shape"),
    [
        (quick.CLAIM, ClaimShape),
        (quick.ASSERTION, AssertionShape),
        (plain.PARTS, NumberShape),
        (quick.EVIDENCE, EvidenceShape),
        (quick.RELATION, RelationShape),
        (quick.VERDICT, VerdictShape),
    ],
)
def test_the_quick_reader_knows_the_keys_of_each_shape(
    keys: frozenset[str], shape: type[Shape]
) -> None:
    assert keys == set(keys_of(shape))


def test_reading_quickly_takes_neither_pydantic_nor_yaml() -> None:
    program = (
        "import sys, claimtrack.reading.quick; print({'pydantic', 'yaml'} & sys.modules.keys())"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert done.stdout == "set()\n"

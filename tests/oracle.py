"""A slow and plain reading of the register format, to test the program against.

It compares every assertion with every other and follows the sentences of 'What the program
derives', 'When two values collide' and 'Conflicts' one by one. Nothing here is clever, and nothing
is shared with the program. A register is plain Python data in which every scalar is its own text
(booleans are 'true' and 'false') and nulls are absent; only a choice without a broader one has
None. `judge` takes for granted what `sound` tells: that the register has no errors.
"""

from __future__ import annotations

import hashlib
import json
import math
import unicodedata
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cache
from itertools import combinations, count
from typing import TYPE_CHECKING, Any

import pint

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

Written = dict[str, Any]  # a mapping as the register has it
End = Any  # of an interval: comparable with every other end on the same property's line

FIRM = ("asserts", "reports")
WEAK = ("speculates",)
DISPUTING = ("questions", "denies")
LAST_DAY = date.max.toordinal()


@dataclass(frozen=True, slots=True)
class Interval:
    """A closed stretch of a property's line."""

    low: End
    high: End

    def disjoint(self, other: Interval) -> bool:
        return bool(self.high < other.low or other.high < self.low)

    def inside(self, other: Interval) -> bool:
        return bool(other.low <= self.low and self.high <= other.high)


@dataclass(frozen=True, slots=True)
class Assertion:
    """One assertion of a claim; `order` is its place in the file."""

    order: int
    claim: str
    subject: str
    property: str
    negated: bool
    single: bool
    value: Interval
    loose: Interval  # the value with the property's tolerance
    during: Interval
    scope: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Item:
    """One item of evidence that nobody took back."""

    source: str
    by: str | None
    stance: str
    grade: str | None
    origin: str
    root: str


@dataclass(frozen=True, slots=True)
class Pool:
    """The evidence of a claim and of all joined to it by `same-as`."""

    items: tuple[Item, ...]

    @property
    def firm(self) -> list[Item]:
        return [item for item in self.items if item.stance in FIRM]

    @property
    def supporting(self) -> list[Item]:
        return [item for item in self.items if item.stance in FIRM + WEAK]

    @property
    def disputing(self) -> list[Item]:
        return [item for item in self.items if item.stance in DISPUTING]

    @property
    def sources(self) -> list[str]:
        return list(dict.fromkeys(item.source for item in self.supporting))

    @property
    def origins(self) -> int:
        return len({item.origin for item in self.firm})


@dataclass(frozen=True, slots=True)
class Conflict:
    """A conflict, before any review; `hard` and `colliding` hold pairs of its claims."""

    id: str
    rule: str
    property: str | None
    claims: tuple[str, ...]
    positions: tuple[tuple[str, ...], ...]
    severity: str
    same_source: bool
    colliding: frozenset[frozenset[str]]
    hard: frozenset[frozenset[str]]
    why: str | None


# --- names ----------------------------------------------------------------------------------------


@cache
def fold(text: str) -> str:
    """Text as names are compared: trimmed, NFKC, case folded, NFKC, white space collapsed."""
    compatible = unicodedata.normalize("NFKC", text.strip())
    return " ".join(unicodedata.normalize("NFKC", compatible.casefold()).split())


def names_of(entity: str, written: Written) -> list[str]:
    """What an entity may be called: its id, its name, its aliases."""
    aliases = [a if isinstance(a, str) else a["name"] for a in written.get("aliases", [])]
    return [entity, *([written["name"]] if "name" in written else []), *aliases]


def entity_named(register: Written, name: str) -> str | None:
    """The id of the entity so named, None where there is none.

    Raises ValueError where two share the name.
    """
    entities = register.get("entities", {})
    if name in entities:
        return name
    folded = fold(name)
    found = [e for e, w in entities.items() if folded in map(fold, names_of(e, w))]
    if len(found) > 1:
        raise ValueError(f"{name!r} names {found}")
    return found[0] if found else None


def who(register: Written, name: str) -> str:
    """The entity's id; an undeclared one stands for itself, as its folded text."""
    return entity_named(register, name) or fold(name)


def is_anonymous(register: Written, entity: str) -> bool:
    return is_true(register.get("entities", {}).get(entity, {}), "anonymous")


def is_true(written: Written, key: str) -> bool:
    return str(written.get(key, "false")).lower() == "true"


def percent_encoded(text: str) -> str:
    """Text as it appears in ids: each UTF-8 byte outside `[a-z0-9-]` as %XX, capitals."""
    plain = b"abcdefghijklmnopqrstuvwxyz0123456789-"
    return "".join(chr(b) if b in plain else f"%{b:02X}" for b in text.encode())


# --- claims and their relations -------------------------------------------------------------------


def claims_of(register: Written) -> dict[str, Written]:
    """The claims by id, in file order."""
    return {claim["id"]: claim for claim in register.get("claims", [])}


def listed(written: Any) -> list[Any]:
    """One or a list of them, as a list; nothing, as an empty one."""
    if written is None:
        return []
    return written if isinstance(written, list) else [written]


def related(claim: Written, *types: str) -> list[str]:
    """The claims that a claim names in relations of these types."""
    relations = [r for r in claim.get("relations", []) if r["type"] in types]
    return [target for relation in relations for target in listed(relation["claim"])]


def is_between(register: Written, pair: frozenset[str], type_: str) -> bool:
    """Whether either of two claims has a relation of this type to the other."""
    claims = claims_of(register)
    return any(set(related(claims[one], type_)) & (pair - {one}) for one in pair)


def joined(register: Written, claim: str) -> list[str]:
    """The claim and all joined to it by `same-as`, in file order."""
    claims = claims_of(register)
    links = [{a, b} for a, written in claims.items() for b in related(written, "same-as")]
    group, before = {claim}, set[str]()
    while group != before:
        before = set(group)
        group = group.union(*(link for link in links if link & group))
    return [one for one in claims if one in group]


def is_withdrawn(register: Written, claim: str) -> bool:
    """Whether the last verdict is a valid `withdrawn`; without a fingerprint it is valid."""
    verdicts = claims_of(register)[claim].get("verdicts", [])
    if not verdicts or verdicts[-1]["rating"] != "withdrawn":
        return False
    right = claim_fingerprint(register, claim)
    return bool(verdicts[-1].get("fingerprint", right) == right)


def is_in_play(register: Written, claim: str) -> bool:
    """Neither withdrawn nor superseded by a claim that is not withdrawn itself.

    A superseding claim that is superseded in its turn still counts: the contract excepts only
    withdrawn ones.
    """
    later = [c for c, w in claims_of(register).items() if claim in related(w, "supersedes")]
    superseded = any(not is_withdrawn(register, one) for one in later)
    return not (superseded or is_withdrawn(register, claim))


# --- evidence -------------------------------------------------------------------------------------


def root_of(register: Written, source: str) -> str:
    """Where following the first entry of each `derived_from` ends."""
    derived_from = register["sources"][source].get("derived_from")
    return root_of(register, derived_from[0]) if derived_from else source


def origin_of(register: Written, source: str, by: str | None) -> str:
    """`by` unless it is anonymous, else the root source's publisher, author, or itself."""
    if by is not None and not is_anonymous(register, by):
        return f"entity:{by}"
    root = root_of(register, source)
    for key in ("publisher", "author"):
        name = register["sources"][root].get(key)
        entity = entity_named(register, name) if name is not None else None
        if entity is not None and not is_anonymous(register, entity):
            return f"entity:{entity}"
    return f"source:{root}"


def grade_of(register: Written, written: Written) -> str | None:
    """An item's grade: its source's letter and its own number, `-` where that is missing."""
    letter = register["sources"][written["source"]].get("reliability")
    return None if letter is None else letter + written.get("credibility", "-")


def item(register: Written, written: Written) -> Item:
    source = written["source"]
    by = who(register, written["by"]) if "by" in written else None
    stance = written.get("stance", "asserts")
    origin, root = origin_of(register, source, by), root_of(register, source)
    return Item(source, by, stance, grade_of(register, written), origin, root)


def standing_items(register: Written, claim: str) -> list[Item]:
    """A claim's own items without those that a later one of the same source and `by` retracts."""
    items = [item(register, written) for written in claims_of(register)[claim].get("evidence", [])]
    standing = []
    for place, one in enumerate(items):
        later = [i for i in items[place + 1 :] if i.stance == "retracts"]
        if all((i.source, i.by) != (one.source, one.by) for i in later):
            standing.append(one)
    return standing


def pools_of(register: Written) -> dict[str, Pool]:
    """For each claim the evidence pooled by `same-as`, claims in file order.

    Conformance decides that claims out of play still give and take evidence.
    """
    own = {claim: standing_items(register, claim) for claim in claims_of(register)}
    return {
        claim: Pool(tuple(i for other in joined(register, claim) for i in own[other]))
        for claim in own
    }


def support_word(pool: Pool) -> str:
    if any(a.origin != b.origin and a.root != b.root for a, b in combinations(pool.firm, 2)):
        return "corroborated"
    if pool.firm:
        return "single-origin"
    return "speculative" if pool.supporting else "unsupported"


def best_grade(pool: Pool) -> str | None:
    """Letters rank A–F, equal ones by 1–6, a missing number last (Admiralty code)."""
    grades = [item.grade for item in pool.firm if item.grade is not None]
    return min(grades, key=lambda g: ("ABCDEF".index(g[0]), "123456-".index(g[1])), default=None)


# --- values ---------------------------------------------------------------------------------------


def is_open(end: End) -> bool:
    return end in (math.inf, -math.inf)


def number(text: str) -> Fraction:
    """The exact number of a YAML 1.2 core scalar."""
    if text.startswith(("0x", "0o")):
        return Fraction(int(text, 0))
    return Fraction(text)


def ratio(text: str) -> Fraction:
    """A ratio written as a percentage or as a plain number."""
    return number(text[:-1]) / 100 if text.endswith("%") else number(text)


@cache
def unit_factor(unit: str, own: str) -> Fraction:
    """How many of the property's own unit one `unit` is, exactly, by pint's default registry."""
    if unit == own:
        return Fraction(1)
    units = exact_units()
    factor = units.Quantity(Fraction(1), unit).to(own).magnitude
    if not isinstance(factor, (int, Fraction)):
        raise ValueError(f"{unit} is no rational multiple of {own}")
    return Fraction(factor)


@cache
def exact_units() -> pint.UnitRegistry[Any]:
    return pint.UnitRegistry(non_int_type=Fraction)


def number_interval(prop: Written, value: Any) -> Interval:
    """`7500`, `{value}`, `{about}` (± about-ratio, 10 % if not said), `{min, max}`, with a unit."""
    written = {"value": value} if isinstance(value, str) else value
    own = prop.get("unit", "")
    factor = unit_factor(written.get("unit", own), own)

    def end(key: str) -> Fraction:
        return number(written[key]) * factor

    if "value" in written:
        return Interval(end("value"), end("value"))
    if "about" in written:
        spread = abs(end("about")) * ratio(prop.get("about-ratio", "10%"))
        return Interval(end("about") - spread, end("about") + spread)
    low = end("min") if "min" in written else -math.inf
    return Interval(low, end("max") if "max" in written else math.inf)


def date_interval(text: str) -> Interval:
    """The days, as proleptic Gregorian ordinals, of a date or an interval of the EDTF profile."""
    if "/" not in text:
        return stretch(text)
    start, stop = text.split("/")
    low = -math.inf if start == ".." else stretch(start).low
    return Interval(low, math.inf if stop == ".." else stretch(stop).high)


def stretch(text: str) -> Interval:
    """First and last day of one date; `~` widens by a unit of its own precision on each side."""
    wide = 1 if text.endswith("~") else 0
    parts = [int(part) for part in text.removesuffix("~").split("-")]
    year, month, day = (*parts, 1, 1)[:3]
    written = date(year, month, day)
    if len(parts) == 3:
        ordinal = written.toordinal()
        return Interval(max(1, ordinal - wide), min(LAST_DAY, ordinal + wide))
    months = 1 if len(parts) == 2 else 12
    first = 12 * year + month - months * wide
    return Interval(month_begins(first), month_begins(first + months * (1 + 2 * wide)) - 1)


def month_begins(month: int) -> int:
    """The first day of month 12 * year + 1..12; what lies outside 0001-9999 stops there."""
    year, left = divmod(month - 1, 12)
    if year < 1:
        return 1
    return LAST_DAY + 1 if year > 9999 else date(year, left + 1, 1).toordinal()


def preorder(broader: Mapping[str, str | None]) -> dict[str, Interval]:
    """The numbers of each node and of all below it; roots and siblings in code-point order."""
    numbers, places = count(), dict[str, Interval]()

    def visit(node: str) -> int:
        first = last = next(numbers)
        for narrower in sorted(n for n in broader if broader[n] == node):
            last = visit(narrower)
        places[node] = Interval((0, first), (0, last))
        return last

    for root in sorted(n for n in broader if broader[n] is None):
        visit(root)
    return places


def part_of(register: Written) -> dict[str, str | None]:
    return {
        entity: entity_named(register, written["part_of"]) if "part_of" in written else None
        for entity, written in register.get("entities", {}).items()
    }


def broader_choices(prop: Written) -> dict[str, str | None]:
    """`choices` as narrower: broader; those of a list have no broader one."""
    choices = prop["choices"]
    if isinstance(choices, list):
        return dict.fromkeys(choices)
    return {narrower: broader or None for narrower, broader in choices.items()}


def place(prop: Written, places: Mapping[str, Interval], node: str) -> Interval:
    """A node of a tree with all below it, or alone with `nested: false`; undeclared, at the end."""
    if node not in places:
        return Interval((1, node), (1, node))
    if prop.get("nested", "true").lower() == "false":
        return Interval(places[node].low, places[node].low)
    return places[node]


def interval_of(register: Written, prop: Written, value: Any) -> Interval:
    """A written value on its property's own line."""
    match prop["type"]:
        case "number":
            return number_interval(prop, value)
        case "date":
            return date_interval(value)
        case "entity":
            return place(prop, preorder(part_of(register)), who(register, value))
        case "choice":
            return place(prop, preorder(broader_choices(prop)), value)
        case "boolean":
            truth = int(value.lower() == "true")
            return Interval(truth, truth)
        case _:
            return Interval(fold(value), fold(value))


def loosened(prop: Written, value: Interval) -> Interval:
    """The interval with the property's tolerance, which only non-negated ones use."""
    tolerance = prop.get("tolerance")
    if tolerance is None:
        return value
    if tolerance.endswith("%"):
        factor = 1 + ratio(tolerance)
        low = scaled(value.low, factor) if value.low < 0 else value.low
        return Interval(low, scaled(value.high, factor) if value.high > 0 else value.high)
    if is_open(value.high):
        return value
    if prop["type"] == "date":
        return Interval(value.low, min(LAST_DAY, value.high + int(tolerance.removesuffix("d"))))
    return Interval(value.low, value.high + number(tolerance))


def scaled(end: End, factor: Fraction) -> End:
    return end if is_open(end) else end * factor


# --- when two assertions collide ------------------------------------------------------------------


def read_assertions(register: Written) -> list[Assertion]:
    """Every assertion of every claim, in file order."""
    written = [
        (claim, one) for claim in register.get("claims", []) for one in listed(claim.get("asserts"))
    ]
    return [
        read_assertion(register, order, claim["id"], one)
        for order, (claim, one) in enumerate(written)
    ]


def read_assertion(register: Written, order: int, claim: str, written: Written) -> Assertion:
    prop = register["properties"][written["property"]]
    value = interval_of(register, prop, written["value"])
    always = Interval(-math.inf, math.inf)
    return Assertion(
        order=order,
        claim=claim,
        subject=who(register, written["subject"]),
        property=written["property"],
        negated=is_true(written, "negated"),
        single=is_true(prop, "single"),
        value=value,
        loose=loosened(prop, value),
        during=date_interval(written["during"]) if "during" in written else always,
        scope={key: fold(text) for key, text in written.get("scope", {}).items()},
    )


def meet(a: Assertion, b: Assertion) -> bool:
    """Same subject and property, a day in common, and no scope key of both that differs."""
    return (
        (a.subject, a.property) == (b.subject, b.property)
        and not a.during.disjoint(b.during)
        and all(a.scope[key] == b.scope[key] for key in a.scope if key in b.scope)
    )


def collide(a: Assertion, b: Assertion) -> bool:
    """Whether two assertions that meet exclude each other; whose they are does not matter here."""
    if not meet(a, b) or (a.negated and b.negated):
        return False
    if a.negated:
        return b.value.inside(a.value)
    if b.negated:
        return a.value.inside(b.value)
    return a.single and a.loose.disjoint(b.loose)


def colliding_pairs(register: Written) -> list[tuple[Assertion, Assertion]]:
    """Every two assertions of different claims in play that collide."""
    playing = {claim for claim in claims_of(register) if is_in_play(register, claim)}
    assertions = [one for one in read_assertions(register) if one.claim in playing]
    return [(a, b) for a, b in combinations(assertions, 2) if a.claim != b.claim and collide(a, b)]


# --- conflicts ------------------------------------------------------------------------------------


def find_conflicts(register: Written) -> list[Conflict]:
    """All conflicts, those by value first."""
    pairs, pools = colliding_pairs(register), pools_of(register)
    return value_conflicts(register, pairs, pools) + declared_conflicts(register, pairs, pools)


def value_conflicts(
    register: Written, pairs: list[tuple[Assertion, Assertion]], pools: Mapping[str, Pool]
) -> list[Conflict]:
    """One conflict for each subject and property in which two claims collide."""
    lines = dict.fromkeys((a.subject, a.property) for a, _ in pairs)
    found = []
    for subject, prop in lines:
        here = [(a, b) for a, b in pairs if (a.subject, a.property) == (subject, prop)]
        assertions = {one.order: one for pair in here for one in pair}
        found.append(
            value_conflict(
                register,
                f"{percent_encoded(subject)}.{prop}",
                [assertions[order] for order in sorted(assertions)],
                frozenset(frozenset((a.claim, b.claim)) for a, b in here),
                pools,
            )
        )
    return found


def value_conflict(
    register: Written,
    id_: str,
    assertions: list[Assertion],
    colliding: frozenset[frozenset[str]],
    pools: Mapping[str, Pool],
) -> Conflict:
    name = assertions[0].property
    hard = frozenset(p for p in colliding if is_hard_pair(register, name, p, pools))
    return Conflict(
        id=id_,
        rule="value",
        property=name,
        claims=tuple(sorted({one.claim for one in assertions})),
        positions=positions_of(assertions),
        severity="hard" if hard else "tension",
        same_source=any(shares_source(pair, pools) for pair in colliding),
        colliding=colliding,
        hard=hard,
        why=first_reason(register, colliding),
    )


def is_hard_pair(
    register: Written, prop: str, pair: frozenset[str], pools: Mapping[str, Pool]
) -> bool:
    if is_between(register, pair, "contradicts"):
        return True
    if is_between(register, pair, "tension"):
        return False
    mild = register["properties"][prop].get("severity") == "tension"
    return not mild and all(pools[claim].firm for claim in pair)


def shares_source(pair: Iterable[str], pools: Mapping[str, Pool]) -> bool:
    one, other = pair
    return bool(set(pools[one].sources) & set(pools[other].sources))


def positions_of(assertions: list[Assertion]) -> tuple[tuple[str, ...], ...]:
    """The claims of each position, in output order; `assertions` are in file order.

    Ends carry the tolerance for non-negated ones and do not for negated ones. The contract does
    not say in which order the negated positions come: here by (high, low), as the others.
    """
    plain = [one for one in assertions if not one.negated]
    if plain and not plain[0].single:
        groups = [plain]
    else:
        groups = grouped(sorted(plain, key=lambda one: (one.loose.high, one.loose.low)))
    negated = [one for one in assertions if one.negated]
    for value in sorted({one.value for one in negated}, key=lambda v: (v.high, v.low)):
        groups.append([one for one in negated if one.value == value])
    return tuple(claims_in_file_order(group) for group in groups)


def grouped(unplaced: list[Assertion]) -> list[list[Assertion]]:
    """The first opens a position at its high end and takes all whose low end is not above it."""
    groups = []
    while unplaced:
        high = unplaced[0].loose.high
        groups.append([one for one in unplaced if one.loose.low <= high])
        unplaced = [one for one in unplaced if one.loose.low > high]
    return groups


def claims_in_file_order(group: list[Assertion]) -> tuple[str, ...]:
    in_order = sorted(group, key=lambda one: one.order)
    return tuple(dict.fromkeys(one.claim for one in in_order))


def declared_conflicts(
    register: Written, pairs: list[tuple[Assertion, Assertion]], pools: Mapping[str, Pool]
) -> list[Conflict]:
    """One for each id that `contradicts` and `tension` relations give."""
    colliding = {frozenset((a.claim, b.claim)) for a, b in pairs}
    found = dict[tuple[str, ...], list[Written]]()
    for holder, claim in claims_of(register).items():
        for relation in claim.get("relations", []):
            claims = declared_claims(register, holder, relation, colliding)
            if claims:
                found.setdefault(claims, []).append(relation)
    return [declared_conflict(claims, relations, pools) for claims, relations in found.items()]


def declared_claims(
    register: Written, holder: str, relation: Written, colliding: set[frozenset[str]]
) -> tuple[str, ...]:
    """The claims of the conflict that a relation declares, by code point; empty for none."""
    if relation["type"] not in ("contradicts", "tension") or not is_in_play(register, holder):
        return ()
    named = [
        claim
        for claim in listed(relation["claim"])
        if is_in_play(register, claim) and frozenset((holder, claim)) not in colliding
    ]
    return tuple(sorted({holder, *named})) if named else ()


def declared_conflict(
    claims: tuple[str, ...], relations: list[Written], pools: Mapping[str, Pool]
) -> Conflict:
    """Its positions come in the order of its id; the contract says no other."""
    pairs = frozenset(frozenset(pair) for pair in combinations(claims, 2))
    hard = any(relation["type"] == "contradicts" for relation in relations)
    return Conflict(
        id="~".join(claims),
        rule="declared",
        property=None,
        claims=claims,
        positions=tuple((claim,) for claim in claims),
        severity="hard" if hard else "tension",
        same_source=any(shares_source(pair, pools) for pair in pairs),
        colliding=pairs,
        hard=pairs if hard else frozenset(),
        why=relations[0].get("why"),
    )


def first_reason(register: Written, colliding: frozenset[frozenset[str]]) -> str | None:
    """The reason of the first relation, in file order, between two claims that collide."""
    for holder, claim in claims_of(register).items():
        for relation in claim.get("relations", []):
            if relation["type"] in ("contradicts", "tension"):
                for other in listed(relation["claim"]):
                    if frozenset((holder, other)) in colliding:
                        return str(relation["why"]) if "why" in relation else None
    return None


# --- fingerprints ---------------------------------------------------------------------------------


def fingerprint(content: Any) -> str:
    """The first 12 hex digits of SHA-256 over RFC 8785 JSON."""
    return hashlib.sha256(canonical(content).encode()).hexdigest()[:12]


def canonical(content: Any) -> str:
    """RFC 8785 JSON of what has no numbers: keys by UTF-16 code units, no white space."""
    if isinstance(content, dict):
        keys = sorted(content, key=lambda key: str(key).encode("utf-16-be"))
        inner = ",".join(f"{canonical(key)}:{canonical(content[key])}" for key in keys)
        return "{" + inner + "}"
    if isinstance(content, list):
        return "[" + ",".join(map(canonical, content)) + "]"
    return json.dumps(content, ensure_ascii=False)


def in_nfc(content: Any) -> Any:
    """Scalars as their own text in NFC; booleans and None as they are."""
    if isinstance(content, dict):
        return {in_nfc(key): in_nfc(value) for key, value in content.items()}
    if isinstance(content, list):
        return [in_nfc(value) for value in content]
    return unicodedata.normalize("NFC", content) if isinstance(content, str) else content


def claim_fingerprint(register: Written, claim: str) -> str:
    written = claims_of(register)[claim]
    content = {
        "asserts": [written_assertion(register, one) for one in listed(written.get("asserts"))],
        "evidence": [written_item(register, one) for one in written.get("evidence", [])],
        "statement": written["statement"],
    }
    return fingerprint(in_nfc(content))


def written_assertion(register: Written, written: Written) -> Written:
    """An assertion for its fingerprint: entities as ids, booleans as such.

    A plain `true` is a boolean only where a boolean is expected; elsewhere its text counts.
    """
    value, type_ = written["value"], register["properties"][written["property"]]["type"]
    if type_ == "entity":
        value = who(register, value)
    elif type_ == "boolean":
        value = value.lower() == "true"
    subject = who(register, written["subject"])
    return written | {
        "subject": subject,
        "value": value,
        "negated": is_true(written, "negated"),
    }


def written_item(register: Written, written: Written) -> Written:
    """An item of evidence for its fingerprint: without `line` and `note`, with its stance."""
    kept = {key: value for key, value in written.items() if key not in ("line", "note")}
    if "by" in kept:
        kept["by"] = who(register, kept["by"])
    if "via" in kept:
        kept["via"] = [who(register, name) for name in kept["via"]]
    return {"stance": "asserts"} | kept


def written_property(register: Written, name: str | None) -> Written | None:
    """A property's definition as written; null for a declared conflict."""
    if name is None:
        return None
    written = register["properties"][name]
    typed: Written = {key: is_true(written, key) for key in ("single", "nested") if key in written}
    if isinstance(written.get("choices"), dict):
        # A choice without a broader one is written as nothing: an empty scalar, whose own text
        # is empty.
        typed["choices"] = {choice: up or "" for choice, up in written["choices"].items()}
    return {**written, **typed}


def conflict_fingerprint(register: Written, conflict: Conflict) -> str:
    content = {
        "claims": [[claim, claim_fingerprint(register, claim)] for claim in conflict.claims],
        "positions": [sorted(position) for position in conflict.positions],
        "property": written_property(register, conflict.property),
    }
    return fingerprint(in_nfc(content))


def dispute_fingerprint(register: Written, claim: str) -> str:
    members = sorted(joined(register, claim))
    return fingerprint({"claims": [[one, claim_fingerprint(register, one)] for one in members]})


# --- reviews --------------------------------------------------------------------------------------


def last_review(register: Written, key: str, id_: str) -> Written | None:
    reviews = [review for review in register.get("reviews", []) if review.get(key) == id_]
    return reviews[-1] if reviews else None


def state_of(register: Written, conflict: Conflict) -> str:
    """`open`, `reviewed` or `stale`; a review without a fingerprint is stale."""
    review = last_review(register, "conflict", conflict.id)
    if review is None:
        return "open"
    if review.get("fingerprint") != conflict_fingerprint(register, conflict):
        return "stale"
    return "open" if review["decision"] == "unresolved" else "reviewed"


def dispute_decision(register: Written, claim: str) -> str | None:
    """What the last review of this claim's own dispute says, if it is valid.

    A review counts for the claim it names, not for those joined to it.
    """
    review = last_review(register, "dispute", claim)
    if review is None or review.get("fingerprint") != dispute_fingerprint(register, claim):
        return None
    return str(review["decision"])


def may_prevail(conflict: Conflict, claim: str) -> bool:
    """Whether `prevails` may name this claim: without those it collides with, no two collide."""
    if conflict.rule == "declared":
        return claim in conflict.claims
    beaten = {one for pair in conflict.colliding if claim in pair for one in pair}
    return claim in conflict.claims and all(pair & beaten for pair in conflict.colliding)


def overrules(register: Written, conflict: Conflict, claim: str) -> bool:
    """Whether a valid review of the conflict lets another claim prevail over this one."""
    review = last_review(register, "conflict", conflict.id)
    if review is None or review["decision"] != "prevails":
        return False
    pair = frozenset((review["claim"], claim))
    return state_of(register, conflict) == "reviewed" and pair in conflict.colliding


# --- words ----------------------------------------------------------------------------------------


def contest_words(
    register: Written, claim: str, pool: Pool, conflicts: list[Conflict]
) -> list[str]:
    """Every contest word that applies, the strongest first."""
    own = [conflict for conflict in conflicts if claim in conflict.claims]
    still_open = [conflict for conflict in own if state_of(register, conflict) != "reviewed"]
    conflicting = [any(claim in pair for pair in conflict.hard) for conflict in still_open]
    decision = dispute_decision(register, claim)
    applies = {
        "overruled": any(overrules(register, conflict, claim) for conflict in own)
        or (decision == "upheld" and bool(pool.disputing)),
        "conflicting": any(conflicting),
        "disputed": bool(pool.disputing) and decision != "dismissed",
        "tension": not all(conflicting),
    }
    return [word for word, applied in applies.items() if applied] or ["uncontested"]


# --- the whole ------------------------------------------------------------------------------------


def judge(register: Written) -> Written:
    """What a sound register amounts to.

    Gives `conflicts` by id, each with its claims (by code point), positions (claims in file order)
    in output order, rule, severity, same_source, state and review fingerprint; and `claims` by id
    in file order, each with its words, flags, origins, grade, sources, fingerprint and whether it
    is in play.
    """
    conflicts, pools = find_conflicts(register), pools_of(register)
    return {
        "conflicts": {one.id: judged_conflict(register, one) for one in conflicts},
        "claims": {
            claim: judged_claim(register, claim, pool, conflicts) for claim, pool in pools.items()
        },
    }


def judged_conflict(register: Written, conflict: Conflict) -> Written:
    return {
        "claims": list(conflict.claims),
        "positions": [list(position) for position in conflict.positions],
        "rule": conflict.rule,
        "severity": conflict.severity,
        "same_source": conflict.same_source,
        "why": conflict.why,
        "state": state_of(register, conflict),
        "fingerprint": conflict_fingerprint(register, conflict),
    }


def judged_claim(register: Written, claim: str, pool: Pool, conflicts: list[Conflict]) -> Written:
    words = contest_words(register, claim, pool, conflicts)
    return {
        "contest": words[0],
        "support": support_word(pool),
        "flags": sorted([*words, support_word(pool)]),
        "origins": pool.origins,
        "grade": best_grade(pool),
        "sources": pool.sources,
        "fingerprint": claim_fingerprint(register, claim),
        "in_play": is_in_play(register, claim),
    }


# --- soundness ------------------------------------------------------------------------------------


def sound(register: Written) -> bool:
    """Whether the register is free of the errors that `judge` takes to be absent."""
    try:
        if any(map(has_cycle, successions(register))):
            return False
        assertions = read_assertions(register)
        return (
            not any(claim in related_at_all(w) for claim, w in claims_of(register).items())
            and all(one.value.low <= one.value.high for one in assertions)
            and all(one.during.low <= one.during.high for one in assertions)
            and not any(
                a.claim == b.claim and collide(a, b) for a, b in combinations(assertions, 2)
            )
            and all(is_allowed(register, review) for review in register.get("reviews", []))
        )
    except (ValueError, KeyError, pint.PintError):
        return False


def related_at_all(claim: Written) -> list[str]:
    return [c for relation in claim.get("relations", []) for c in listed(relation["claim"])]


def is_allowed(register: Written, review: Written) -> bool:
    """A `prevails` of a conflict that exists names a claim that may prevail in it."""
    if review["decision"] != "prevails" or "conflict" not in review:
        return True
    conflicts = [c for c in find_conflicts(register) if c.id == review["conflict"]]
    return all(may_prevail(conflict, review["claim"]) for conflict in conflicts)


def successions(register: Written) -> list[dict[str, list[str]]]:
    """Everything that must not run in a circle: for each node, those it leads to."""
    trees = [part_of(register)]
    for prop in register.get("properties", {}).values():
        trees += [broader_choices(prop)] if prop["type"] == "choice" else []
    sources = register.get("sources", {}).items()
    return [
        *({node: listed(up) for node, up in tree.items()} for tree in trees),
        {source: written.get("derived_from", []) for source, written in sources},
        {claim: related(w, "supersedes") for claim, w in claims_of(register).items()},
    ]


def has_cycle(leads_to: Mapping[str, list[str]]) -> bool:
    return any(node in reached_from(leads_to, node) for node in leads_to)


def reached_from(leads_to: Mapping[str, list[str]], node: str) -> set[str]:
    reached, waiting = set[str](), list(leads_to[node])
    while waiting:
        one = waiting.pop()
        if one not in reached:
            reached.add(one)
            waiting += leads_to[one]
    return reached

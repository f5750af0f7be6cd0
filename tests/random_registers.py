"""Random registers without errors, small and dense, and how to write them as YAML.

They are plain Python data as `oracle.judge` reads it: every scalar is its own text. Hypothesis
draws the sizes and one seed for each part, so that a register shrinks by losing parts; what a part
says follows from its seed. Left out is what the contract calls an error, and what it leaves open
(`../..`, an upheld dispute of a claim that nothing disputes).
"""

from __future__ import annotations

import re
from random import Random
from typing import Any

from hypothesis import strategies as st

from oracle import (
    Conflict,
    Written,
    claim_fingerprint,
    claims_of,
    collide,
    conflict_fingerprint,
    dispute_fingerprint,
    entity_named,
    find_conflicts,
    may_prevail,
    names_of,
    pools_of,
    read_assertion,
)

# Hypothesis prefers small numbers where the range is wide; in this one all are as likely.
SEEDS = st.integers(0, 2**20)


def words(text: str) -> list[str]:
    return text.split()


# Nobody declares these: each stands for itself, whatever its spelling.
UNDECLARED = ("Nowhere", "  NOWHERE", "Ünknown  Ship", "ünknown ship", "elsewhere & co", "2024")

# In pairs and threes that fall together, touch, or miss each other by a hair.
NUMBERS = words(
    "1000 1e3 1000. 1000.0 1050 1050.01 949.99 1100 1100.01 1155 +1210 900 0 -0 .5 "
    "-1000 -1050 -1100 -1100.01 -1155 -1210"
)
LENGTHS = {  # 1 mile is 1.609344 km exactly
    None: words("1.609344 1.6 1.709344 1.7702784 2 0 -1.609344"),
    "km": words("1.609344 1.60934 1.7702784 1.77027841 0.5"),
    "kilometre": words("1.609344 2 3"),
    "m": words("1609.344 1770.2784 1609 2000 -1609.344"),
    "mile": words("1 1.1 1.10000001 2 -1"),
    "foot": words("5280 5808 5279.9 0"),
}
DATES = words(
    "2024 2024~ 2023 2024-07 2024-07~ 2024-06 2024-08 2024-06~ 2024-07-14 2024-07-14~ 2024-07-11 "
    "2024-07-17 2024-07-18 2024-02-29~ 2024-06-30 2024-08-31~ 2023-12-31 2024-07-10/2024-07-17 "
    "2024-07-14~/2024-08~ 2023~/2024-02 2023-12/2024 ../2024-06 ../2024-07-13~ 2024-08/.. "
    "2024-07-15~/.. 0001~ 9999-12-31~"
)
DURING = words(
    "2024 2024 2024-07 2024-07-14 2024-07-14~ 2024-07-15/.. ../2024-07-13 2024-07-01/2024-07-14 "
    "2024-08~ 2023~ 2024-06-30~ 2024-06~/2024-07-02 2025"
)
TEXTS = [
    *words(
        "Straße STRASSE ﬁre Fire 2024 2024.0 true no null ~ 012345678901 .inf << 🙂 É e\u0301 Ünıt"
    ),
    "peace  now",
    " Peace now ",
    "a: b # c",
    'it\'s "so" \\',
    "two\nlines",
]
SCOPE_KEYS = ("part", "phase", "method", "side")
SCOPE_VALUES = ("one", "ONE", " one ", "two", "2024", "true")

Choices = list[str] | dict[str, str | None]
CHOICES: tuple[Choices, ...] = (
    ["warm", "cold", "no", "2024"],
    ["yes", "no"],
    {"neutral": None, "western": None, "atlantic": "western", "nordic": "atlantic"},
    {"nordic": "atlantic", "eastern": None, "atlantic": "western", "baltic": "atlantic"}
    | {"western": None},
)
STANCES = ("asserts", "reports", "speculates", "questions", "denies", "retracts")


@st.composite
def registers(draw: st.DrawFn) -> Written:
    """A sound register: up to 18 claims about up to 3 things and up to 3 properties."""
    register = world(Random(draw(SEEDS)), draw(st.integers(1, 3)))
    things, claims = draw(st.integers(1, 3)), draw(st.integers(1, 8)) + draw(st.integers(0, 10))
    reviews = draw(st.integers(0, 6))
    claim_seeds = draw(st.lists(SEEDS, min_size=claims, max_size=claims, unique=True))
    review_seeds = draw(st.lists(SEEDS, min_size=reviews, max_size=reviews, unique=True))
    register["claims"] = [
        {"id": claim_id(Random(seed), place)} for place, seed in enumerate(claim_seeds)
    ]
    for place, seed in enumerate(claim_seeds):
        fill_claim(Random(seed + 1), register, place, things)
    add_reviews(register, [Random(seed) for seed in review_seeds])
    return register


# --- what claims are about ------------------------------------------------------------------------


def world(rng: Random, properties: int) -> Written:
    """A register without claims: sources, entities, properties."""
    register: Written = {"claimtrack": "1", "title": "Drawn at random", "entities": entities(rng)}
    register["sources"] = sources(rng, register)
    types = [
        rng.choices(list(PROPERTY_MAKERS), weights=(6, 3, 4, 3, 2, 2))[0] for _ in range(properties)
    ]
    register["properties"] = {
        f"{type_}-{place}": some_property(rng, type_) for place, type_ in enumerate(types)
    }
    return register


def entities(rng: Random) -> Written:
    """Three things, a tree of places, and who speaks."""
    found: Written = {f"thing-{n}": {"name": f"Thing {n}", "kind": "object"} for n in range(3)}
    places = [f"place-{n}" for n in rng.sample(range(8, 14), 6)]
    for number, place in enumerate(places):
        name, alias = place.replace("-", " ").title(), {"name": f"{place} Straße", "note": "n"}
        found[place] = {"name": name, "kind": "place", "aliases": [f"P{place[6:]}", alias]}
        if number and rng.random() < 0.8:
            above = rng.choice(places[:number])
            found[place]["part_of"] = rng.choice([above, above.replace("-", "  ").upper()])
    speakers: Written = {
        "ministry": {"name": "The Ministry", "anonymous": "false"},
        "paper": {"name": "The Paper", "aliases": ["Ｐaper of Record"]},
        "nobody": {"name": "unnamed analysts", "anonymous": "true"},
        "osh": {},
        # Shares its name with an id: `osh` is that id, `Osh` would be an error.
        "osh-region": {"name": "Osh", "aliases": ["Osh Region"]},
    }
    listed = list((found | speakers).items())
    rng.shuffle(listed)
    return dict(listed)


def sources(rng: Random, register: Written) -> Written:
    """Five sources, some derived from others, some with a publisher or author that is known."""
    found: Written = {}
    for number in range(5):
        written: Written = {"file": f"s{number}.txt"}
        maybe(rng, 0.8, written, "reliability", rng.choice("ABCDEF"))
        above = rng.sample(list(found), min(number, rng.choice((1, 1, 2))))
        maybe(rng, 0.4 if above else 0, written, "derived_from", above)
        maybe(rng, 0.4, written, "publisher", some_publisher(rng, register))
        maybe(rng, 0.3, written, "author", some_publisher(rng, register))
        found[f"src-{number}"] = written
    return found


def some_publisher(rng: Random, register: Written) -> str:
    known = spelled(rng, register, rng.choice(("ministry", "paper", "paper", "nobody")))
    return rng.choice((known, known, "Some Press"))


def maybe(rng: Random, likely: float, written: Written, key: str, value: Any) -> None:
    if rng.random() < likely:
        written[key] = value


def spelled(rng: Random, register: Written, entity: str) -> str:
    """The entity by id or by any of its names, oddly spelled, so that it is still found."""
    if rng.random() < 0.3:
        return entity
    name = rng.choice(names_of(entity, register["entities"][entity]))
    odd = (name, name.upper(), name.lower(), f"  {name} ", name.replace(" ", "   "), wide(name))
    return rng.choice([entity, *(one for one in odd if is_understood(register, one, entity))])


def is_understood(register: Written, name: str, entity: str) -> bool:
    try:
        return entity_named(register, name) == entity
    except ValueError:
        return False


def wide(text: str) -> str:
    """Text in full-width letters, which NFKC takes back."""
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)


# --- properties -----------------------------------------------------------------------------------


def some_property(rng: Random, type_: str) -> Written:
    written: Written = {"type": type_}
    maybe(rng, 0.85, written, "single", "true" if rng.random() < 0.8 else "false")
    maybe(rng, 0.2, written, "severity", "tension")
    maybe(rng, 0.6, written, "scope", rng.sample(SCOPE_KEYS, rng.randint(0, 4)))
    PROPERTY_MAKERS[type_](rng, written)
    return written


def number_options(rng: Random, written: Written) -> None:
    maybe(rng, 0.6, written, "unit", rng.choice(("km", "km", "person")))
    absolute = ("0.1", "0.1609344") if written.get("unit") == "km" else ("50", "100", "0.01")
    maybe(rng, 0.7, written, "tolerance", rng.choice((*absolute, "10%", "10%", "5%", "0.5%")))
    maybe(rng, 0.5, written, "about-ratio", rng.choice(("5%", "0.05", "20%", "0", "2.5%")))


def date_options(rng: Random, written: Written) -> None:
    maybe(rng, 0.5, written, "tolerance", rng.choice(("1d", "3d", "30d", "0d")))


def tree_options(rng: Random, written: Written) -> None:
    maybe(rng, 0.35, written, "nested", rng.choice(("false", "false", "true")))


def choice_options(rng: Random, written: Written) -> None:
    written["choices"] = rng.choice(CHOICES)
    tree_options(rng, written)


def no_options(rng: Random, written: Written) -> None:
    """Booleans and texts have no options of their own."""


PROPERTY_MAKERS = {
    "number": number_options,
    "date": date_options,
    "entity": tree_options,
    "choice": choice_options,
    "boolean": no_options,
    "text": no_options,
}


# --- values ---------------------------------------------------------------------------------------


def some_value(rng: Random, register: Written, prop: Written) -> Any:
    match prop["type"]:
        case "number":
            return some_number(rng, prop)
        case "date":
            return rng.choice(DATES)
        case "entity":
            places = [e for e in register["entities"] if e.startswith(("place", "osh"))]
            known = spelled(rng, register, rng.choice(places))
            return known if rng.random() < 0.85 else rng.choice(UNDECLARED)
        case "choice":
            return rng.choice(list(prop["choices"]))
        case "boolean":
            return rng.choice(("true", "false"))
        case _:
            return rng.choice(TEXTS)


def some_number(rng: Random, prop: Written) -> Any:
    """A bare number, or a mapping; with a unit where the property has one."""
    unit, numbers = None, NUMBERS
    if prop.get("unit") == "km":
        unit, numbers = rng.choice(list(LENGTHS.items()))
    elif prop.get("unit") == "person":
        unit = rng.choice((None, "person"))
    form = rng.choice(("bare", "bare", "value", "about", "about", "span", "min", "max"))
    if form == "bare" and unit is None:
        return rng.choice(numbers)
    written = some_span(rng, form, numbers)
    return written if unit is None else written | {"unit": unit}


def some_span(rng: Random, form: str, numbers: list[str]) -> Written:
    low, high = sorted(rng.choices(numbers, k=2), key=float)
    if form == "span":
        return {"min": low, "max": high}
    return {form if form in ("about", "min", "max") else "value": low}


# --- claims ---------------------------------------------------------------------------------------


def claim_id(rng: Random, place: int) -> str:
    """An id; code-point order is not file order."""
    return f"{rng.choice('xyz')}{rng.choice(('', '-'))}{place}"


def fill_claim(rng: Random, register: Written, place: int, things: int) -> None:
    """All of a claim but its id; its fingerprint is right when the verdicts are written."""
    claim = register["claims"][place]
    ids = [other["id"] for other in register["claims"]]
    claim["statement"] = f"{rng.choice(TEXTS).strip()} {place}."
    maybe(rng, 0.3, claim, "kind", "location")
    maybe(rng, 0.2, claim, "when", "2024-07-14")
    maybe(rng, 0.2, claim, "about", [spelled(rng, register, "ministry")])
    maybe(rng, 0.2, claim, "tags", ["a", "2024"])
    add_assertions(rng, register, claim, things)
    maybe(rng, 0.9, claim, "evidence", evidence(rng, register))
    maybe(rng, 0.5 if len(ids) > 1 else 0, claim, "relations", relations(rng, ids, place))
    maybe(rng, 0.1, claim, "note", "null")
    maybe(rng, 0.2, claim, "verdicts", verdicts(rng, claim_fingerprint(register, claim["id"])))


def add_assertions(rng: Random, register: Written, claim: Written, things: int) -> None:
    """None to three assertions, one of them bare or in a list; none contradicts an earlier one."""
    kept: list[Written] = []
    for _ in range(rng.choice((0, 1, 1, 1, 1, 2, 2, 2, 3, 3))):
        written = some_assertion(rng, register, things)
        read = [read_assertion(register, 0, claim["id"], one) for one in (*kept, written)]
        if not any(collide(read[-1], one) for one in read[:-1]):
            kept.append(written)
    if kept:
        claim["asserts"] = kept[0] if len(kept) == 1 and rng.random() < 0.5 else kept


def some_assertion(rng: Random, register: Written, things: int) -> Written:
    name = rng.choice(list(register["properties"]))
    prop = register["properties"][name]
    thing = 0 if rng.random() < 0.5 else rng.randrange(things)
    subject = spelled(rng, register, f"thing-{thing}")
    if rng.random() < 0.1:
        subject = rng.choice(UNDECLARED)
    written = {"subject": subject, "property": name, "value": some_value(rng, register, prop)}
    negated = rng.random() < (0.2 if prop.get("single") == "true" else 0.45)
    maybe(rng, 1 if negated else 0.15, written, "negated", "true" if negated else "false")
    maybe(rng, 0.25, written, "during", rng.choice(DURING))
    keys = [key for key in prop.get("scope", ()) if rng.random() < 0.3]
    maybe(rng, len(keys), written, "scope", {key: rng.choice(SCOPE_VALUES) for key in keys})
    return written


def evidence(rng: Random, register: Written) -> list[Written]:
    items: list[Written] = []
    for _ in range(rng.choice((0, 1, 1, 2, 2, 3, 4))):
        items.append(some_item(rng, register, items))
    return items


def some_item(rng: Random, register: Written, earlier: list[Written]) -> Written:
    written: Written = {"source": f"src-{rng.randrange(5)}"}
    stance = rng.choices(STANCES, weights=(6, 4, 2, 1, 2, 2))[0]
    maybe(rng, 1 if stance != "asserts" else 0.5, written, "stance", stance)
    maybe(rng, 0.45, written, "by", some_speaker(rng, register))
    if stance == "retracts" and earlier and rng.random() < 0.75:
        retract(rng, written, rng.choice(earlier))
    maybe(rng, 0.2, written, "via", [some_speaker(rng, register) for _ in range(2)])
    maybe(rng, 0.5, written, "credibility", rng.choice("123456"))
    maybe(rng, 0.2, written, "quote", rng.choice(TEXTS))
    maybe(rng, 0.5 if "quote" in written else 0, written, "line", "4")
    maybe(rng, 0.2, written, "note", "e\u0301")
    return written


def retract(rng: Random, written: Written, earlier: Written) -> None:
    """Names the source and mostly the `by` of an earlier item."""
    written["source"] = earlier["source"]
    if rng.random() < 0.85:
        written.pop("by", None)
        written |= {"by": earlier["by"]} if "by" in earlier else {}


def some_speaker(rng: Random, register: Written) -> str:
    known = spelled(rng, register, rng.choice(("ministry", "ministry", "paper", "nobody")))
    return known if rng.random() < 0.85 else rng.choice(UNDECLARED)


def relations(rng: Random, ids: list[str], place: int) -> list[Written]:
    """One to three relations to other claims; only earlier ones are superseded, so in no circle."""
    found: list[Written] = []
    for _ in range(rng.choice((1, 1, 2))):
        type_ = rng.choices(
            ("contradicts", "tension", "same-as", "supersedes", "supports", "states"),
            weights=(5, 5, 3, 1, 1, 1),
        )[0]
        others = ids[:place] if type_ == "supersedes" else ids[:place] + ids[place + 1 :]
        if others:
            found.append({"type": type_, "claim": some_claims(rng, others)})
            maybe(rng, 0.3, found[-1], "why", f"reason {rng.randrange(9)}")
    if found and found[0]["type"] in ("contradicts", "tension") and rng.random() < 0.3:
        found.append({"type": rng.choice(("contradicts", "tension")), "claim": found[0]["claim"]})
    return found


def some_claims(rng: Random, others: list[str]) -> str | list[str]:
    if rng.random() < 0.6:
        return rng.choice(others)
    return rng.sample(others, min(len(others), rng.randint(1, 3)))


# --- judgements -----------------------------------------------------------------------------------


def verdicts(rng: Random, right: str) -> list[Written]:
    ratings = ("withdrawn", "withdrawn", "confirmed", "refuted", "misleading", "unproven")
    found = []
    for _ in range(rng.choice((1, 1, 2))):
        written: Written = {"rating": rng.choice(ratings)}
        maybe(rng, 0.5, written, "by", "ann")
        maybe(rng, 0.5, written, "on", "2026-11-22")
        sign(rng, written, right)
        found.append(written)
    return found


def sign(rng: Random, written: Written, right: str) -> None:
    """The right fingerprint mostly, else a wrong one (that reads as a number) or none."""
    kind = rng.choices(("right", "wrong", "none"), weights=(7, 2, 1))[0]
    if kind == "right":
        written["fingerprint"] = right
    elif kind == "wrong":
        written["fingerprint"] = rng.choice(("012345678901", "12e456789012", "9f2c41d07ab3"))


def add_reviews(register: Written, seeds: list[Random]) -> None:
    """Reviews of conflicts and disputes; no review changes what another one is about."""
    conflicts, pools = find_conflicts(register), pools_of(register)
    disputed = [claim for claim, pool in pools.items() if pool.disputing]
    reviews = []
    for rng in seeds:
        kind = rng.choices(("conflict", "dispute", "nothing"), weights=(6, 3, 1))[0]
        if kind == "conflict" and conflicts:
            reviews.append(conflict_review(rng, register, rng.choice(conflicts)))
        elif kind == "dispute":
            reviews.append(dispute_review(rng, register, disputed))
        elif kind == "nothing":
            reviews.append(idle_review(rng, register, conflicts))
    if reviews:
        register["reviews"] = reviews


def conflict_review(rng: Random, register: Written, conflict: Conflict) -> Written:
    written: Written = {"conflict": conflict.id, "decision": "prevails", "by": "ann"}
    allowed = [claim for claim in conflict.claims if may_prevail(conflict, claim)]
    if allowed and rng.random() < 0.6:
        written["claim"] = rng.choice(allowed)
    else:
        written["decision"] = rng.choice(("compatible", "unresolved"))
    sign(rng, written, conflict_fingerprint(register, conflict))
    return written


def dispute_review(rng: Random, register: Written, disputed: list[str]) -> Written:
    """Mostly of a claim that something disputes; where nothing does, never upheld."""
    claim, decisions = rng.choice(list(claims_of(register))), ["dismissed", "unresolved"]
    if disputed and rng.random() < 0.85:
        claim, decisions = rng.choice(disputed), ["upheld", "upheld", "dismissed", "unresolved"]
    written: Written = {"dispute": claim, "decision": rng.choice(decisions), "on": "2026-11-22"}
    sign(rng, written, dispute_fingerprint(register, claim))
    return written


def idle_review(rng: Random, register: Written, conflicts: list[Conflict]) -> Written:
    """A review of a conflict that does not exist."""
    claims, taken = list(claims_of(register)), {conflict.id for conflict in conflicts}
    ids = {f"thing-0.{next(iter(register['properties']))}", "~".join(sorted(claims[:2])), "a.b"}
    written: Written = {"conflict": rng.choice(sorted(ids - taken)), "decision": "compatible"}
    if rng.random() < 0.5:
        written |= {"decision": "prevails", "claim": rng.choice(claims)}
    sign(rng, written, "9f2c41d07ab3")
    return written


# --- YAML -----------------------------------------------------------------------------------------

PLAIN = re.compile(r"(?:\w|[-+.][\w.])(?:[\w.+/~%-]|[ ](?=\S))*")
NOT_TEXT = {"null", "true", "false", ".inf", "-.inf", "+.inf", ".nan", "..."}


def to_yaml(register: Written) -> str:
    """The register in block style, each scalar so that the core schema gives what is meant.

    Numbers and booleans are plain, and so are texts that look like them: where text is expected
    the scalar's own text counts. What reads as null, infinity or YAML's own signs is quoted.
    """
    return "".join(f"{line}\n" for line in block(register))


def block(content: Any) -> list[str]:
    if isinstance(content, dict) and content:
        return [line for key, value in content.items() for line in entry(key, value)]
    if isinstance(content, list) and content:
        return [line for value in content for line in indented("- ", block(value))]
    if isinstance(content, (dict, list)):
        return [str(content)]  # `{}` or `[]`
    return ["" if content is None else scalar(content)]


def entry(key: str, value: Any) -> list[str]:
    lines = block(value)
    if isinstance(value, (dict, list)) and value:
        return [f"{scalar(key)}:", *(f"  {line}" for line in lines)]
    return [f"{scalar(key)}: {lines[0]}".rstrip()]


def indented(mark: str, lines: list[str]) -> list[str]:
    return [mark + lines[0], *(" " * len(mark) + line for line in lines[1:])]


def scalar(text: str) -> str:
    if text in ("true", "false") or (PLAIN.fullmatch(text) and text.lower() not in NOT_TEXT):
        return text
    return '"' + "".join(map(escaped, text)) + '"'


def escaped(char: str) -> str:
    """One character within double quotes (YAML 1.2.2, 5.7)."""
    if char in '"\\':
        return "\\" + char
    return char if char.isprintable() else f"\\U{ord(char):08x}"

"""What nearly conflicts: each rule with its words, what settles it, and what is left out."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claimtrack.diagnostic import Place
from claimtrack.engine.collisions import collide
from claimtrack.findings.findings import derive
from claimtrack.findings.near.hedges import unhedged
from claimtrack.findings.near.listing import crossing, escaped
from claimtrack.findings.near.undecided import Undecided
from claimtrack.frozen import replace
from claimtrack.model import Assertion, Claim, Register
from claimtrack.reading.register import read_register
from conftest import Run, Write
from test_engine import assertions

HEAD = """
sources:
  gazette: {reliability: B}
entities:
  kz: {name: Kazakhstan}
  almaty: {name: Almaty, part_of: kz}
  tj: {name: Tajikistan}
  wall: {name: The Wall}
  office: {name: the office}
  belousov: {name: Andrei Belousov, kind: person, aliases: [{name: Belyousov, note: rare}]}
  shoigu: {name: Sergei Shoigu, kind: person}
properties:
  length: {type: number, unit: km, single: true, tolerance: 3%}
  height: {type: number, unit: m, single: true}
  depth: {type: number, unit: m, single: true, tolerance: 10%}
  opened: {type: date, single: true, tolerance: 3d}
  built: {type: date, single: true}
  held-by: {type: entity, single: true}
  visitor: {type: entity}
  born-in: {type: entity, single: true}
claims:
"""


def claim(key: str, asserts: str, more: str = "", statement: str = "x") -> str:
    structured = f", asserts: {{{asserts}}}" if asserts else ""
    return f'  - {{id: {key}, statement: "{statement}"{structured}{more and f", {more}"}}}\n'


@pytest.fixture
def near(claimtrack: Run) -> Any:
    """The suggestions as programs read them."""

    def run(*arguments: str) -> list[dict[str, Any]]:
        result = claimtrack("conflicts", "--near", *arguments, "--format", "json")
        assert result.status == 0
        document = json.loads(result.out)
        assert list(document) == ["format", "near"]
        assert all(
            list(each) == ["rule", "claims", "subject", "property", "why", "settle"]
            and list(each["settle"]) == ["look", "command", "yaml"]
            for each in document["near"]
        )
        return list(document["near"])

    return run


# ------------------------------------------------------------------------------- values and hedges


@pytest.mark.parametrize(
    ("one", "other", "rule", "why"),
    [
        (
            "property: length, value: 7500",
            "property: length, value: 7644",
            "tolerance",
            "7,500 km and 7,644 km differ by 1.9 %, within the tolerance of 3 %.",
        ),
        (
            "property: opened, value: 2024-07-14",
            "property: opened, value: 2024-07-16",
            "tolerance",
            "2024-07-14 and 2024-07-16 are 2 days apart, within the tolerance of 3 days.",
        ),
        (
            "property: height, value: {about: 10}",
            "property: height, value: 12",
            None,  # a conflict already
            "",
        ),
        (
            "property: height, value: {about: 10}",
            "property: height, value: {about: 1050, unit: cm}",
            "hedge",
            "Without the ‘about’, the two claims would collide. "
            "10 m and 1,050 cm differ by 5 %, and only one answer holds at a time.",
        ),
        (
            "property: depth, value: {about: 100}",
            "property: depth, value: 115",
            "tolerance",  # apart even with the hedge, and told once
            "about 100 m and 115 m differ by at least 4.5 %, within the tolerance of 10 %.",
        ),
        (
            "property: depth, value: {about: 100}",
            "property: depth, value: {min: 105, max: 200}",
            None,  # the tolerance alone would let it pass
            "",
        ),
        (
            "property: built, value: 2020~",
            "property: built, value: 2021-04",
            "hedge",
            "Without the ‘~’, the two claims would collide. "
            "2020 and 2021-04 are at least 91 days apart, and only one answer holds at a time.",
        ),
        (
            "property: built, value: 2020-01~/2020-03~",
            "property: built, value: 2020-04",
            "hedge",
            "Without the ‘~’, the two claims would collide. 2020-01/2020-03 and 2020-04 "
            "are at least 1 day apart, and only one answer holds at a time.",
        ),
        (
            "property: height, value: {about: 10}",
            "property: height, value: {min: 9.5, max: 12}, negated: true",
            "hedge",
            "Without the ‘about’, the two claims would collide. "
            "‘10 m’ lies within ‘9.5 to 12 m’, which the other side denies.",
        ),
        (
            "property: height, value: 8",
            "property: height, value: {about: 10}, negated: true",
            None,  # denying less would never make it collide
            "",
        ),
        (
            "property: height, value: {about: 10.6}",
            "property: height, value: {about: 10}, negated: true",
            "hedge",  # the denial keeps its own
            "Without the ‘about’, the two claims would collide. "
            "‘10.6 m’ lies within ‘about 10 m’, which the other side denies.",
        ),
        (
            "property: length, value: 7500, during: 2020",
            "property: length, value: 7644, during: 2022",
            None,
            "",
        ),
    ],
)
def test_values_that_pass_by_a_little(
    one: str, other: str, rule: str | None, why: str, register: Write, near: Any
) -> None:
    register(HEAD + claim("a", f"subject: wall, {one}") + claim("b", f"subject: wall, {other}"))
    assert [(each["rule"], each["why"]) for each in near()] == ([(rule, why)] if rule else [])


def test_a_value_without_its_hedge_is_the_value_as_it_stands(register: Write) -> None:
    values = ["{about: -7.25, unit: km}", "{value: -7.25, unit: km}"]
    dates = ["2024-02~/2024-03-05~", "2024-02/2024-03-05"]
    written = [f"property: height, value: {v}" for v in values]
    written += [f"property: opened, value: {d}" for d in dates]
    path = register(
        HEAD + "".join(claim(f"c{n}", f"subject: wall, {w}") for n, w in enumerate(written))
    )
    read = read_register(path).register
    for hedged, plain in (("c0", "c1"), ("c2", "c3")):
        one, other = (read.claims[key].asserts[0] for key in (hedged, plain))
        bare = unhedged(one, read.properties[one.property])
        assert (bare.interval, bare.reach, bare.text) == (other.interval, other.reach, other.text)


# ------------------------------------------------------------------------------------ gaps in time


HELD = "subject: office, property: held-by, value: {}, during: {}"


@pytest.mark.parametrize(
    ("periods", "pairs"),
    [
        (["2010/2013", "2025-10/.."], ["a b"]),
        (["2025-10/..", "2010/2013"], ["a b"]),
        (["2010/2013", "2014/.."], []),  # a succession
        (["2010/2013", "2014-01-02/.."], ["a b"]),
        (["2010/2013", "2016", "2020/.."], ["a b", "b c"]),
        (["2010/2013", "2011/2012", "2020/.."], ["a c"]),
    ],
)
def test_a_gap_between_two_answers(
    periods: list[str], pairs: list[str], register: Write, near: Any
) -> None:
    names = ["belousov", "shoigu", "tj"]
    claims = zip("abc", names, periods, strict=False)
    relations = (
        {"b": "relations: [{type: depends-on, claim: a}]"} if periods[1] == "2011/2012" else {}
    )
    register(
        HEAD + "".join(claim(k, HELD.format(n, p), relations.get(k, "")) for k, n, p in claims)
    )
    assert [" ".join(each["claims"]) for each in near()] == pairs


@pytest.mark.parametrize("filler", ["during: 2018", "during: 2014/2025-09", "negated: true"])
def test_whatever_is_said_in_between_fills_the_gap(filler: str, register: Write, near: Any) -> None:
    register(
        HEAD
        + claim("a", HELD.format("belousov", "2010/2013"))
        + claim("b", HELD.format("shoigu", "2025-10/.."))
        + claim("c", f"subject: office, property: held-by, value: tj, {filler}")
    )
    assert ["a", "b"] not in [each["claims"] for each in near()]


def test_a_gap_says_which_days_and_what_would_fill_it(register: Write, near: Any) -> None:
    register(
        HEAD
        + claim("a", HELD.format("shoigu", "2025-10/.."))
        + claim("b", HELD.format("belousov", "2010~/2013"))
    )
    (found,) = near()
    assert found["why"] == (
        "‘Andrei Belousov’ from 2010~ to 2013 and ‘Sergei Shoigu’ from 2025-10 exclude each other, "
        "and nothing says what held from 2014-01-01 to 2025-09-30."
    )
    assert found["settle"]["yaml"] == (
        "during: 2010~/2025-09-30  "
        "# in what claim b asserts, in place of during: 2010~/2013 (claimtrack edit b)"
    )
    register(
        HEAD
        + claim("a", HELD.format("shoigu", "2025-10/.."))
        + claim("b", HELD.format("belousov", "2010~/2025-09-30"))
    )
    assert near() == []


def test_measurements_of_different_times_differ_by_nature(register: Write, near: Any) -> None:
    register(
        HEAD
        + claim("a", "subject: wall, property: height, value: 1, during: 2010")
        + claim("b", "subject: wall, property: height, value: 9, during: 2020")
    )
    assert near() == []


# ---------------------------------------------------------------------------------------- spelling


def born(key: str, who: str, where: str) -> str:
    return claim(key, f"subject: {who}, property: born-in, value: {where}")


def test_a_subject_that_is_spelt_like_another(register: Write, near: Any) -> None:
    register(HEAD + born("a", "Belousoff", "almaty") + born("b", "belousov", "tj"))
    (found,) = near()
    assert (found["rule"], found["subject"], found["property"]) == (
        "spelling",
        "belousov",
        "born-in",
    )
    assert found["why"] == (
        "‘Belousoff’ is declared by no entity and spelt like ‘Andrei Belousov’ (belousov); "
        "if it is the same, the two claims would collide. ‘Almaty’ and ‘Tajikistan’ lie apart: "
        "neither is part of the other, and only one answer holds at a time."
    )
    assert found["settle"] == {
        "look": "claimtrack show a",
        "command": None,
        "yaml": "- Belousoff  # to the aliases of entity belousov",
    }
    mended = HEAD.replace("note: rare}]", "note: rare}, Belousoff]")
    register(mended + born("a", "Belousoff", "almaty") + born("b", "belousov", "tj"))
    assert near() == []


@pytest.mark.parametrize(
    ("one", "other", "yaml"),
    [
        ("A. Belousov", "belousov", "- A. Belousov  # to the aliases of entity belousov"),
        ("Shoygu", "shoigu", "aliases: [Shoygu]  # under entity shoigu"),
        ("Zelensky", "Zelenskiy", "zelensky: {name: Zelensky, aliases: [Zelenskiy]}"),
        ('"Unit: Five"', "Unit five", 'unit-five: {name: "Unit: Five", aliases: [Unit five]}'),
        ('"True"', "Ture", 'true: {name: "True", aliases: [Ture]}'),
        ("Кузнецов", "Кузнецоф", "kuznetsov: {name: Кузнецов, aliases: [Кузнецоф]}"),
    ],
)
def test_the_line_that_would_make_two_names_one(
    one: str, other: str, yaml: str, register: Write, near: Any
) -> None:
    register(HEAD + born("a", one, "almaty") + born("b", other, "tj"))
    assert [each["settle"]["yaml"].split("  # under entities")[0] for each in near()] == [yaml]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Belousoff", "shoigu"),
        ("Kazakstan", "almaty"),
        ("Iran", "Iraq"),
        ("North Bay", "South Bay"),
        ("Birlestik-2023", "Birlestik-2024"),
    ],
)
def test_names_that_are_not_alike(one: str, other: str, register: Write, near: Any) -> None:
    register(HEAD + born("a", one, "almaty") + born("b", other, "tj"))
    assert near() == []


@pytest.mark.parametrize("who", ["almaty", "kz"])
def test_a_spelling_that_would_change_nothing_is_not_told(
    who: str, register: Write, near: Any
) -> None:
    register(HEAD + born("a", "Belousoff", "almaty") + born("b", "belousov", who))
    assert near() == []


@pytest.mark.parametrize(
    ("held", "denied", "why"),
    [
        ("Kazakstan", "kz", "One side says ‘Kazakhstan’, which the other denies."),
        ("Almati City", "kz", None),
        ("Almaaty", "kz", "‘Almaty’ lies within ‘Kazakhstan’, which the other side denies."),
        ("almaty", "Kazakstan", "‘Almaty’ lies within ‘Kazakhstan’, which the other side denies."),
        ("kz", "Almaaty", None),
        ("Kuznetsov", "Kuznetsoff", "One side says ‘Kuznetsov’, which the other denies."),
    ],
)
def test_a_value_that_is_spelt_like_what_is_denied(
    held: str, denied: str, why: str | None, register: Write, near: Any
) -> None:
    visits = "subject: wall, property: visitor, value: {}"
    register(
        HEAD
        + claim("a", visits.format(held))
        + claim("b", visits.format(denied) + ", negated: true")
        + claim("c", visits.format("tj"))
    )
    told = [each["why"].partition("would collide. ")[2] for each in near()]
    assert told == ([why] if why else [])


# --------------------------------------------------------------------------- what has been decided


PAIR = ("property: length, value: 7500", "property: length, value: 7644")


@pytest.mark.parametrize(
    "relation",
    [
        "contradicts",
        "tension",
        "supports",
        "refines",
        "supersedes",
        "same-as",
        "states",
        "depends-on",
    ],
)
def test_two_claims_with_a_relation_are_decided(relation: str, register: Write, near: Any) -> None:
    one, other = (f"subject: wall, {each}" for each in PAIR)
    register(
        HEAD
        + claim("a", one, f"relations: [{{type: {relation}, claim: b}}]")
        + claim("b", other)
        + claim("c", "", "relations: [{type: same-as, claim: b}]")
    )
    assert near() == []


def test_claims_that_are_the_same_in_two_steps_are_decided(register: Write, near: Any) -> None:
    one, other = (f"subject: wall, {each}" for each in PAIR)
    register(
        HEAD
        + claim("a", one, "relations: [{type: same-as, claim: c}]")
        + claim("b", other, "relations: [{type: same-as, claim: c}]")
        + claim("c", "")
    )
    assert near() == []


def test_claims_in_a_conflict_with_each_other_are_decided(register: Write, near: Any) -> None:
    height = "{subject: wall, property: height, value: %s}"
    length = "{subject: wall, property: length, value: %s}"
    both = "  - {id: %s, statement: x, asserts: [%s, %s]}\n"
    register(
        HEAD
        + both % ("a", length % 7500, height % 1)
        + both % ("b", length % 7644, height % 2)
        + claim("c", "subject: wall, property: length, value: 7650")
    )
    assert [each["claims"] for each in near()] == [["a", "c"], ["b", "c"]]


def test_claims_of_one_declared_conflict_are_decided(register: Write, near: Any) -> None:
    one, other = (f"subject: wall, {each}" for each in PAIR)
    register(
        HEAD
        + claim("a", one)
        + claim("b", other)
        + claim("c", "", "relations: [{type: tension, claim: [a, b]}]")
    )
    assert near() == []


def test_a_claim_out_of_play_is_near_nothing(register: Write, near: Any) -> None:
    one, other = (f"subject: wall, {each}" for each in PAIR)
    register(HEAD + claim("a", one) + claim("b", other, "verdicts: [{rating: withdrawn}]"))
    assert near() == []


@pytest.mark.parametrize("earlier", ["", "relations: [{type: supports, claim: c}]"])
def test_the_relation_that_is_offered_settles_it(
    earlier: str, register: Write, near: Any, claimtrack: Run
) -> None:
    one, other = (f"subject: wall, {each}" for each in PAIR)
    register(HEAD + claim("a", one, earlier) + claim("b", other) + claim("c", ""))
    (found,) = near()
    line, _, where = found["settle"]["yaml"].partition("  # ")
    item = line.removeprefix("- ") if earlier else line[len("relations: [") : -1]
    assert where == ("to the relations of claim a" if earlier else "under claim a")
    written = f"{earlier[:-1]}, {item}]" if earlier else line
    register(HEAD + claim("a", one, written) + claim("b", other) + claim("c", ""))
    assert claimtrack("check").status == 0
    assert near() == []
    assert '"a~b"' in claimtrack("conflicts", "--format", "json").out


# ------------------------------------------------------------------------------------- the command


FEW = (
    HEAD
    + claim("a", "subject: wall, property: length, value: 7500", "evidence: [{source: gazette}]")
    + claim("b", "subject: wall, property: length, value: 7644", statement="The Wall is long.")
    + claim("c", "subject: tj, property: height, value: 10")
    + claim("d", "subject: tj, property: height, value: {about: 11}")
)


def test_the_table_ends_with_what_it_is(register: Write, claimtrack: Run) -> None:
    register(FEW)
    assert claimtrack("conflicts", "--near", "--limit", "1").out == (
        "tolerance  The Wall: length?\n"
        "  ▪ a  gazette · B-\n"
        "    x\n"
        "  ▪ b  nobody\n"
        "    The Wall is long.\n"
        "  why: 7,500 km and 7,644 km differ by 1.9 %, within the tolerance of 3 %.\n"
        "  to settle it:\n"
        "    claimtrack compare a b\n"
        "    if both cannot be true:\n"
        "    claimtrack relate a contradicts b --why '…'\n"
        "\n"
        "1 suggestion of 2: 1 tolerance. They are suggestions and no findings: nothing is "
        "flagged by them. A relation between the two claims, of whatever type, takes them off this "
        "list.\n"
    )


def test_one_spelling_is_one_block_with_all_its_pairs(
    register: Write, claimtrack: Run, near: Any
) -> None:
    register(
        HEAD
        + born("a", "Belousoff", "almaty")
        + born("b", "belousov", "tj")
        + born("c", "belousov", "wall")
        + born("d", "belousov", "office")
    )
    assert len(near()) == 3
    out = claimtrack("conflicts", "--near").out
    assert out.count("to settle it:\n    claimtrack show a\n") == 1
    assert "  the same spelling keeps apart: a and c; a and d\n" in out
    assert "\n3 suggestions: 3 spelling. They are" in out


def test_wordings_are_settled_by_showing_both(register: Write, near: Any) -> None:
    register(
        HEAD
        + claim("a", "", statement="The bridge at Osh rose in March.")
        + claim("b", "", statement="The bridge at Osh fell in March.")
    )
    (found,) = near()
    assert found["settle"]["look"] == "claimtrack show a && claimtrack show b"


def test_a_limit_of_no_suggestion_says_how_many_there_are(register: Write, claimtrack: Run) -> None:
    register(FEW)
    out = claimtrack("conflicts", "--near", "--limit", "0").out
    assert out.startswith("0 suggestions of 2. They are suggestions")


def test_compare_says_that_a_name_is_undeclared(register: Write, claimtrack: Run) -> None:
    register(HEAD + born("a", "Belousoff", "almaty") + born("b", "belousov", "tj"))
    assert claimtrack("compare", "a", "b").out.endswith(
        "\n‘Belousoff’ is declared by no entity: "
        "what has another name is taken for something else.\n"
    )
    register(HEAD + born("a", "Belousoff", "almaty") + born("b", "belousoff", "tj"))
    assert "declared" not in claimtrack("compare", "a", "b").out


def test_nothing_found_says_so(register: Write, claimtrack: Run) -> None:
    register(HEAD + claim("a", ""))
    assert claimtrack("conflicts", "--near").out == "Nothing nearly conflicts.\n"


@pytest.mark.parametrize(
    ("arguments", "pairs"),
    [
        ([], ["a b", "c d"]),
        (["a"], ["a b"]),
        (["d"], ["c d"]),
        (["--about", "Tajikistan"], ["c d"]),
        (["--source", "gaz"], ["a b"]),
        (["--source", "gazette", "--about", "tj"], []),
        (["b", "--source", "gazette", "--about", "wall"], ["a b"]),
        (["--limit", "1"], ["a b"]),
        (["--limit", "0"], []),
    ],
)
def test_what_is_asked_for(
    arguments: list[str], pairs: list[str], register: Write, near: Any
) -> None:
    register(FEW)
    assert [" ".join(each["claims"]) for each in near(*arguments)] == pairs


def test_rows_for_other_programs(register: Write, claimtrack: Run) -> None:
    register(FEW)
    told = claimtrack("conflicts", "--near", "a", "--format", "csv").out.splitlines()
    assert told == [
        "rule,claims,subject,property,why,look,command,yaml",
        'tolerance,a b,wall,length,"7,500 km and 7,644 km differ by 1.9 %, within the tolerance of '
        "3 %.\",claimtrack compare a b,claimtrack relate a contradicts b --why '…',"
        '"relations: [{type: contradicts, claim: b, why: …}]  # under claim a"',
    ]
    assert claimtrack("conflicts", "--near", "--format", "markdown").out.startswith("| rule | ")


@pytest.mark.parametrize("option", ["--hard", "--open", "--all", "--fail"])
def test_options_that_choose_among_conflicts_are_refused(
    option: str, register: Write, claimtrack: Run
) -> None:
    register(FEW)
    result = claimtrack("conflicts", "--near", option)
    assert (result.status, result.out) == (2, "")
    assert result.err == (
        "claimtrack: --near suggests pairs that are in no conflict, so "
        f"{option} chooses nothing among them; give one of the two\n"
    )


def test_an_id_is_a_claims(register: Write, claimtrack: Run) -> None:
    register(FEW)
    result = claimtrack("conflicts", "--near", "wall.length")
    assert (result.status, result.err) == (
        2,
        "claimtrack: no claim is called 'wall.length'; they are a, b, c, d\n",
    )


def test_it_is_off_by_default(register: Write, claimtrack: Run) -> None:
    register(FEW)
    assert claimtrack("conflicts").out == "No conflict found.\n"
    assert claimtrack("check").out.startswith("no errors, no warnings")


def test_no_more_are_listed_than_can_be_read(register: Write, claimtrack: Run, near: Any) -> None:
    lengths = [
        claim(f"c{n}", f"subject: wall, property: length, value: {7500 + n}") for n in range(30)
    ]
    register(HEAD + "".join(lengths))
    result = claimtrack("conflicts", "--near")
    assert "\n25 suggestions: 25 tolerance. " in result.out
    assert result.err == (
        "claimtrack: there may be more than is listed in 1 place where many claims are near one "
        "another; a claim's id, --about or --source narrows it\n"
    )
    assert [each["claims"] for each in near("c29")] == [[f"c{n}", "c29"] for n in range(25)]


# ---------------------------------------------------------------------------------------- in groups


def _undecided(group: list[Assertion]) -> Undecided:
    place = Place("claims.yaml", 1, 1)
    claims = {each.claim: Claim(each.claim, place, "x", "f") for each in group}
    return Undecided(derive(Register(claims=claims)))


GROUPS = st.booleans().flatmap(lambda single: st.lists(assertions(single), max_size=30))


@given(GROUPS)
def test_pairs_that_escaped_are_found_as_by_comparing_all(group: list[Assertion]) -> None:
    strict = [replace(each, reach=each.interval) for each in group]
    expected = [
        (one, other)
        for one in range(len(group))
        for other in range(one + 1, len(group))
        if collide(strict[one], strict[other]) and not collide(group[one], group[other])
    ]
    assert [each for each in escaped(group, strict, _undecided(group)) if each] == expected


@given(GROUPS, GROUPS)
def test_pairs_across_are_found_as_by_comparing_all(
    ours: list[Assertion], theirs: list[Assertion]
) -> None:
    ours, theirs = ([replace(each, single=True) for each in side] for side in (ours, theirs))
    expected = [
        (one, other)
        for one in range(len(ours))
        for other in range(len(theirs))
        if collide(ours[one], theirs[other])
    ]
    undecided = _undecided([*ours, *theirs])
    assert [each for each in crossing(ours, theirs, undecided) if each] == expected

"""Commands that change entries as a whole: what they take along, and what they refuse to."""

from __future__ import annotations

from pathlib import Path

import pytest

from conftest import Run, Write

HEAD = "claimtrack: 1\n"

# --------------------------------------------------------------------------------------- renaming

VOICES = """\
sources: {g: {publisher: Bar}, h: {title: h}}
entities:
  foo: {name: The Foo}
  russia: {name: Russia, aliases: [rf]}
properties: {at: {type: entity}, word: {type: text}}
claims:
  - id: a
    statement: x
    asserts:
      - {subject: foo, property: at, value: Qux}
      - {subject: foo, property: word, value: Plain}
    evidence: [{source: g}, {source: h, by: foo, via: [Baz]}]
"""


@pytest.mark.parametrize(
    ("new", "said"),
    [
        ("bar", "'Bar' is used as a name already, at claims.yaml:2; take another id"),
        ("qux", "'Qux' is used as a name already, at claims.yaml:11; take another id"),
        ("baz", "'Baz' is used as a name already, at claims.yaml:13; take another id"),
        ("rf", "'rf' is a name of russia; take another id"),
    ],
)
def test_a_renamed_entity_takes_over_no_name(
    new: str, said: str, claimtrack: Run, register: Write
) -> None:
    main = register(VOICES)
    result = claimtrack("rename", "foo", new)
    assert (result.status, result.err) == (2, f"claimtrack: {said}\n")
    assert main.read_text() == HEAD + VOICES


def test_a_text_that_is_no_name_stands_in_no_renaming_s_way(
    claimtrack: Run, register: Write
) -> None:
    main = register(VOICES)
    assert claimtrack("rename", "foo", "plain").status == 0
    assert main.read_text() == HEAD + VOICES.replace("foo", "plain")


def test_a_name_in_an_entry_with_an_error_is_a_name(claimtrack: Run, register: Write) -> None:
    register("entities: {foo: {}}\nclaims: [{id: a, about: [Bar]}]\n")
    assert "'Bar' is used as a name already, at claims.yaml:3" in (
        claimtrack("rename", "foo", "bar").err
    )


def test_a_renamed_entity_leaves_no_shared_name_to_another(
    claimtrack: Run, register: Write
) -> None:
    register("entities: {foo: {}, x: {name: Foo}}\nclaims: [{id: a, statement: y, about: [FOO]}]\n")
    assert claimtrack("rename", "foo", "bar").err == (
        "claimtrack: 'FOO' at claims.yaml:3 may be foo or x; write the id of the one that is meant "
        "there first\n"
    )


def test_names_of_an_entity_with_an_error_stay(claimtrack: Run, register: Write) -> None:
    text = (
        "entities: {foo: {name: The Foo, bogus: 1}}\n"
        "claims: [{id: a, statement: x, about: [The Foo, foo]}]\n"
    )
    main = register(text)
    assert claimtrack("rename", "foo", "bar").status == 0
    assert main.read_text() == (
        "claimtrack: 1\n"
        "entities: {bar: {name: The Foo, bogus: 1}}\n"
        "claims: [{id: a, statement: x, about: [The Foo, bar]}]\n"
    )


BROKEN_PROPERTY = """\
entities: {foo: {}}
properties: {loc: {type: entity, bogus: 1}}
claims: [{id: a, statement: x, asserts: {subject: y, property: loc, value: foo}}]
"""


def test_values_of_a_property_with_an_error_are_names_too(claimtrack: Run, register: Write) -> None:
    main = register(BROKEN_PROPERTY)
    assert claimtrack("remove", "foo").err == (
        "claims.yaml:4:76: claim a, asserts.value\n"
        "claimtrack: nothing was written: 1 place names entity 'foo'; change or remove it first\n"
    )
    assert claimtrack("rename", "foo", "bar").status == 0
    assert main.read_text() == HEAD + BROKEN_PROPERTY.replace("foo", "bar")


@pytest.mark.parametrize("arguments", [("rename", "a", "c"), ("merge", "b", "a"), ("remove", "a")])
def test_of_two_entries_with_one_id_none_is_changed(
    arguments: tuple[str, ...], claimtrack: Run, register: Write
) -> None:
    text = "claims:\n- {id: a, statement: x}\n- {id: b, statement: x}\n- {id: a, statement: y}\n"
    main = register(text)
    result = claimtrack(*arguments)
    assert (result.status, result.err) == (
        2,
        "claimtrack: two claims have the id 'a' (lines 3 and 5); mend that first\n",
    )
    assert main.read_text() == HEAD + text


def test_two_entries_with_one_id_are_told_wherever_they_stand(
    claimtrack: Run, register: Write
) -> None:
    register(
        "include: [more.yaml]\nsources:\n  s: {title: s}\n  s: {title: t}\nentities: {e: {}}\n",
        {"more.yaml": "entities: {e: {name: E}}\n"},
    )
    assert claimtrack("remove", "e").err == (
        "claimtrack: two entities have the id 'e' (claims.yaml:6 and more.yaml:1); "
        "mend that first\n"
    )
    assert claimtrack("rename", "s", "t").err == (
        "claimtrack: two sources have the id 's' (claims.yaml:4 and claims.yaml:5); "
        "mend that first\n"
    )


def test_a_stale_decision_stays_stale_when_something_is_renamed(
    claimtrack: Run, register: Write
) -> None:
    main = register(
        "sources: {s: {title: s}}\n"
        "claims:\n"
        "- id: a\n"
        "  statement: x\n"
        "  evidence: [{source: s}]\n"
        "  verdicts: [{rating: refuted, fingerprint: 123456789012}]\n"
    )
    before = main.read_text()
    result = claimtrack("rename", "s", "t")
    assert (result.status, "renewed" in result.err) == (0, False)
    assert main.read_text() == before.replace("{s:", "{t:").replace("source: s", "source: t")


# ------------------------------------------------------------------------------------ new entities


def test_a_new_entity_takes_no_name_of_another(claimtrack: Run, register: Write) -> None:
    main = register(
        "entities:\n  russia: {aliases: [rf]}\nclaims: [{id: a, statement: x, about: [russia]}]\n"
    )
    asked = claimtrack("entity", "add", "The Federation", "--id", "rf")
    assert (asked.status, asked.err) == (
        2,
        "claimtrack: 'rf' is a name of russia; take another id\n",
    )
    made = claimtrack("entity", "add", "RF")
    assert made.out == "rf-2\n"
    assert "note: russia goes by that name too; uses of it must say which\n" in made.err
    assert "  rf-2: {name: RF}\n" in main.read_text()


def test_a_name_in_use_is_not_taken_from_its_entity(claimtrack: Run, register: Write) -> None:
    text = "entities: {russia: {aliases: [rf]}}\nclaims: [{id: a, statement: x, about: [rf]}]\n"
    main = register(text)
    result = claimtrack("entity", "add", "RF")
    assert result.status == 2
    assert "error CT206: 'rf' may be russia or rf-2" in result.err
    assert main.read_text() == HEAD + text


SHIP = """\
sources: {g: {title: g}, h: {title: h}}
entities:
  north: {name: North, kind: place}
properties: {at: {type: entity, single: true}}
claims:
  - id: a
    statement: x
    asserts: {subject: The Ship, property: at, value: north}
    evidence: [{source: g}]
  - id: b
    statement: y
    asserts: {subject: the ship, property: at, value: Elsewhere}
    evidence: [{source: h}]
"""


def test_decisions_survive_that_a_subject_is_declared(claimtrack: Run, register: Write) -> None:
    main = register(SHIP)
    claimtrack("judge", "a", "confirmed", "--why", "y", "--by", "ann")
    claimtrack("review", "the%20ship.at", "prevails", "a", "--why", "y", "--by", "ann")
    before = claimtrack("list").out
    result = claimtrack("entity", "add", "The Ship", "--id", "the-ship")
    assert result.out == "the-ship\n"
    assert (
        "note: reviews of the%20ship.at are of the-ship.at now\n"
        "note: 2 decisions that were valid stay so: their fingerprints are renewed\n"
    ) in result.err
    assert "- conflict: the-ship.at\n" in main.read_text()
    assert claimtrack("conflicts", "--fail").status == 0
    assert "CT70" not in claimtrack("check").out
    assert claimtrack("list").out == before


def test_a_review_is_not_renewed_where_claims_no_longer_collide_so(
    claimtrack: Run, register: Write
) -> None:
    register(
        SHIP + "  - id: c\n"
        "    statement: z\n"
        "    asserts: {subject: the ship, property: at, value: south}\n"
        "    evidence: [{source: h}]\n"
    )
    claimtrack("review", "the%20ship.at", "prevails", "a", "--why", "y", "--by", "ann")
    # Elsewhere is north then, and collides with the south alone: a is no answer to that.
    result = claimtrack("entity", "add", "Elsewhere", "--part-of", "north")
    assert result.status == 0
    assert "the review of 'the%20ship.at' has no effect" in claimtrack("check").out
    assert claimtrack("conflicts", "--fail").status == 1


@pytest.mark.parametrize(
    ("section", "command", "filled"),
    [
        (
            "entities:\n  x: {name: X}\n  aa:  # to do\n  bb: {name: B}\n",
            ("entity", "add", "AA", "--kind", "ship"),
            "entities:\n  x: {name: X}\n  aa: {name: AA, kind: ship}  # to do\n  bb: {name: B}\n",
        ),
        ("entities:\n  aa: ~\n", ("entity", "add", "AA"), "entities:\n  aa: {name: AA}\n"),
        (
            "entities: {x: {}, aa, bb: {}}\n",
            ("entity", "add", "AA"),
            "entities: {x: {}, aa: {name: AA}, bb: {}}\n",
        ),
        (
            "sources:\n  s:\n",
            ("source", "set", "s", "--title", "T"),
            "sources:\n  s: {title: T}\n",
        ),
        (
            "properties:\n  p:\n  q:\n    type: text\n",
            ("property", "add", "p", "--type", "date"),
            "properties:\n  p: {type: date}\n  q:\n    type: text\n",
        ),
    ],
)
def test_an_id_without_an_entry_gets_one(
    section: str, command: tuple[str, ...], filled: str, claimtrack: Run, register: Write
) -> None:
    main = register(section)
    result = claimtrack(*command)
    assert result.status == 0, result.err
    assert main.read_text() == HEAD + filled


# ---------------------------------------------------------------------------------------- merging


def merged(register: Write, claimtrack: Run, text: str) -> tuple[str, list[str]]:
    """What the register is once b went into a, and the notes."""
    main = register(text)
    result = claimtrack("merge", "a", "b")
    assert result.status == 0, result.err
    return main.read_text(), [line for line in result.err.splitlines() if line.startswith("note:")]


def pair(a: str, b: str, more: str = "") -> str:
    """Two claims of one statement, and what else there is."""
    return (
        "sources: {g: {title: g}, h: {title: h}}\n"
        "claims:\n"
        f"- {{id: a, statement: x{a}}}\n"
        f"- {{id: b, statement: x{b}}}\n{more}"
    )


@pytest.mark.parametrize(
    ("relations", "joined", "told"),
    [
        ("[{type: supports, claim: [b, a, b]}]", "[{type: supports, claim: [a]}]", []),
        ("[{type: supports, claim: [b, d, b]}]", "[{type: supports, claim: [a, d]}]", []),
        (
            "[{type: supports, claim: a}, {type: supports, claim: b}]",
            "[{type: supports, claim: a}]",
            [],
        ),
        (
            "[{type: refines, claim: [d, b], why: one}, {type: refines, claim: [a, d], why: two}]",
            "[{type: refines, claim: [d, a], why: one}]",
            ["note: c refines a, d would stand twice; the second reason is not carried over: two"],
        ),
        (
            "[{type: supports, claim: b}, {type: refines, claim: b}, {type: supports, claim: d}]",
            "[{type: supports, claim: a}, {type: refines, claim: a}, {type: supports, claim: d}]",
            [],
        ),
        (
            "[{type: supports, claim: d}, {type: supports, claim: d}, {type: refines, claim: b}]",
            "[{type: supports, claim: d}, {type: supports, claim: d}, {type: refines, claim: a}]",
            [],
        ),
    ],
)
def test_what_names_a_merged_claim_names_it_once(
    relations: str, joined: str, told: list[str], claimtrack: Run, register: Write
) -> None:
    more = "- {{id: c, statement: y, relations: {}}}\n- {{id: d, statement: z}}\n"
    text, notes = merged(register, claimtrack, pair("", "", more.format(relations)))
    assert text.endswith(more.format(joined))
    assert notes == told


def test_a_merged_claim_says_nothing_twice(claimtrack: Run, register: Write) -> None:
    more = "- {id: c, statement: y}\n- {id: d, statement: z}\n"
    text, notes = merged(
        register,
        claimtrack,
        pair(
            ", relations: [{type: supports, claim: [b, c], why: one}, {type: supports, claim: c}]",
            ", relations: [{type: supports, claim: [a, c], why: two}, {type: refines, claim: d}]",
            more,
        ),
    )
    own = "[{type: supports, claim: c, why: one}, {type: refines, claim: d}]"
    assert text.endswith(f"- {{id: a, statement: x, relations: {own}}}\n{more}")
    assert notes == [
        "note: a supports c would stand twice; the second reason is not carried over: two"
    ]


G, BACK = "{source: g}", "{source: g, stance: retracts}"
BY, BY_BACK = "{source: g, by: x}", "{source: g, stance: retracts, by: x}"


@pytest.mark.parametrize(
    ("held", "given", "joined", "told"),
    [
        ([G, BACK], [G], [G, BACK, G], "a holds a retraction by g; in a, 1 of 2 items by g are"),
        ([G], [G, BACK], [G, BACK], "b holds a retraction by g; in a, 1 of 1 items by g are"),
        (
            [G, BACK],
            [G, BACK],
            [G, BACK],
            "a and b hold a retraction by g; in a, 1 of 1 items by g are",
        ),
        (
            [BY],
            [BY_BACK, BY],
            [BY, BY_BACK, BY],
            "b holds a retraction by x in g; in a, 1 of 2 items by x in g are",
        ),
        ([G], [BY_BACK], [G, BY_BACK], None),
        ([G], [G], [G], None),
    ],
)
def test_evidence_that_counts_goes_along(
    held: list[str],
    given: list[str],
    joined: list[str],
    told: str | None,
    claimtrack: Run,
    register: Write,
) -> None:
    parts = (f", evidence: [{', '.join(items)}]" for items in (held, given))
    text, notes = merged(register, claimtrack, pair(*parts))
    assert text.endswith(f"- {{id: a, statement: x, evidence: [{', '.join(joined)}]}}\n")
    assert notes == ([f"note: {told} taken back now"] if told else [])


DATED = "{rating: refuted, by: ann, fingerprint: 123456789012}"


def test_a_verdict_on_whatever_the_claim_was_is_told_and_not_carried_over(
    claimtrack: Run, register: Write
) -> None:
    withdrawn = "{rating: withdrawn, by: ann, on: 2026-11-22, why: Wrong}"
    text, notes = merged(
        register, claimtrack, pair("", f", verdicts: [{DATED}, {withdrawn}, {{rating: unproven}}]")
    )
    assert text.endswith(f"- {{id: a, statement: x, verdicts: [{DATED}]}}\n")
    again = "; claimtrack judge a writes it anew"
    lost = "note: a verdict of b has no fingerprint and is not carried over: "
    assert notes == [
        "note: the last verdict on a is that of b now: refuted, by ann",
        f"{lost}withdrawn, by ann, on 2026-11-22: Wrong{again}",
        f"{lost}unproven{again}",
    ]


def test_verdicts_go_before_the_last_one_that_counts(claimtrack: Run, register: Write) -> None:
    text, notes = merged(
        register,
        claimtrack,
        pair(", verdicts: [{rating: confirmed}]", f", verdicts: [{DATED}, {{rating: withdrawn}}]"),
    )
    own = f"[{DATED}, {{rating: withdrawn}}, {{rating: confirmed}}]"
    assert text.endswith(f"- {{id: a, statement: x, verdicts: {own}}}\n")
    assert notes == []


# ------------------------------------------------------------------------------- parts of a claim


@pytest.mark.parametrize(
    ("tags", "gone", "kept"),
    [
        ("[a, b, c, d, e]", "a b", "[c, d, e]"),
        ("[a, b, c, d, e]", "b c", "[a, d, e]"),
        ("[a, b, c, d, e]", "d e", "[a, b, c]"),
        ("[a, b, c, d, e]", "a c e", "[b, d]"),
        ("[a, b, a]", "a", "[b]"),
        ("\n  - a # 1\n  - b # 2\n  - c # 3\n  - d", "a c", "\n  - b # 2\n  - d"),
        (
            "\n  - a # 1\n  # over b\n  - b\n  - c # 3\n  - d",
            "b c",
            "\n  - a # 1\n  # over b\n  - d",
        ),
        ("\n  - a # 1\n  - b\n  - c # 3\n  - d", "d c", "\n  - a # 1\n  - b"),
        ("[\n    a, # 1\n    b, # 2\n    c # 3\n  ]", "a b", "[\n    c # 3\n  ]"),
        ("[\n    a, # 1\n    b, # 2\n    c # 3\n  ]", "b c", "[\n    a # 1\n  ]"),
    ],
)
def test_tags_go_one_by_one(
    tags: str, gone: str, kept: str, claimtrack: Run, register: Write
) -> None:
    text = "claims:\n- id: x\n  statement: x\n  tags: {}\n  note: n\n"
    main: Path = register(text.format(tags))
    assert claimtrack("tag", "x", *gone.split(), "--remove").status == 0
    assert main.read_text() == HEAD + text.format(kept)


@pytest.mark.parametrize(
    ("of", "value", "said"),
    [
        ("length", "5 mile", "'5 mile' has a unit, and --unit gives km; give one of them"),
        (
            "length",
            "{about: 5, unit: mile}",
            "'{about: 5, unit: mile}' has a unit, and --unit gives km; give one of them",
        ),
        ("colour", "5", "'colour' takes no unit: it is of type text, and only numbers have one"),
        ("flag", "true", "'flag' takes no unit: it is of type boolean, and only numbers have one"),
    ],
)
def test_a_unit_that_does_not_go_is_refused(
    of: str, value: str, said: str, claimtrack: Run, register: Write
) -> None:
    text = (
        "properties:\n"
        "  length: {type: number, unit: m}\n"
        "  colour: {type: text}\n"
        "  flag: {type: boolean}\n"
        "claims: [{id: a, statement: x}]\n"
    )
    main = register(text)
    result = claimtrack(
        *("add", "S", "--subject", "x", "--property", of, "--value", value, "--unit", "km")
    )
    assert (result.status, result.err) == (2, f"claimtrack: {said}\n")
    assert main.read_text() == HEAD + text


def test_a_reason_between_the_two_is_told(claimtrack: Run, register: Write) -> None:
    register(
        "claims:\n  - {id: a, statement: a}\n"
        "  - {id: b, statement: a, relations: [{type: supports, claim: a, why: a reason}]}\n"
    )
    result = claimtrack("merge", "a", "b")
    assert "note: a relation between the two is gone: supports, a reason\n" in result.err

"""Finding a register, reading its files, and how far a mistake spreads."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from claimtrack.reading.files import matches
from claimtrack.reading.register import Reading, read_register
from conftest import Run, Write

CLAIM = "{id: %s, statement: It is so.}"


def codes(reading: Reading) -> list[str]:
    return [each.code for each in reading.diagnostics]


def places(reading: Reading) -> list[tuple[str, int, int]]:
    return [(d.place.file, d.place.line, d.place.column) for d in reading.diagnostics]


# ---------------------------------------------------------------------------- finding the register


def test_the_nearest_register_above_is_found(
    register: Write, claimtrack: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    register("claims: [{id: up-here, statement: x}]")
    deep = tmp_path / "a" / "b"
    deep.mkdir(parents=True)
    monkeypatch.chdir(deep)
    assert claimtrack("list").ids == ["up-here"]
    (tmp_path / "a" / "data").mkdir()
    (tmp_path / "a/data/claims.yaml").write_text(
        "claimtrack: 1\nclaims: [{id: nearer, statement: x}]"
    )
    assert claimtrack("list").ids == ["nearer"]


def test_the_option_goes_before_the_environment(
    register: Write, claimtrack: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    register("claims: [{id: here, statement: x}]")
    other = tmp_path / "other.yaml"
    other.write_text("claimtrack: 1\nclaims: [{id: other, statement: x}]")
    monkeypatch.setenv("CLAIMTRACK_REGISTER", str(other))
    assert claimtrack("list").ids == ["other"]
    assert claimtrack("--register", str(tmp_path), "list").ids == ["here"]


def test_no_register_is_said_plainly(claimtrack: Run) -> None:
    result = claimtrack("list")
    assert result.status == 3
    assert "no claims.yaml or data/claims.yaml" in result.err
    assert "--register PATH" in result.err
    assert claimtrack("--register", "nowhere.yaml", "list").status == 3


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("a: b: c", "CT103"),
        ("", "CT109"),
        ("# nothing\n", "CT109"),
        ("claims: []", "CT109"),
        ("claimtrack: 2", "CT109"),
        ("claimtrack: '1'", "CT109"),
        ("- claimtrack", "CT108"),
        ("claimtrack", "CT108"),
        ("!odd {claimtrack: 1}", "CT105"),
    ],
)
def test_a_main_file_that_gives_no_register_ends_with_3(
    text: str, code: str, claimtrack: Run, tmp_path: Path
) -> None:
    (tmp_path / "claims.yaml").write_text(text)
    for command in ("list", "check", "conflicts"):
        result = claimtrack(command)
        assert result.status == 3
        assert f"error {code}: " in result.err
        assert result.out == ""
    found = json.loads(claimtrack("check", "--format", "json").out)
    assert [each["code"] for each in found["diagnostics"]] == [code]


# ---------------------------------------------------------------------------------------- includes


def test_files_are_read_depth_first_in_byte_order_and_once(register: Write) -> None:
    main = register(
        "include: [b/*.yaml, a.yaml, 'b/*']\nclaims: [{id: first, statement: x}]",
        {
            "a.yaml": "claims: [{id: last, statement: x}]",
            "b/Z.yaml": "include: [c/x.yaml]\nclaims: [{id: z, statement: x}]",
            "b/a.yaml": "claims: [{id: a, statement: x}]",
            "b/.hidden.yaml": "claims: [{id: hidden, statement: x}]",
            "b/c/x.yaml": "claims: [{id: deep, statement: x}]",
        },
    )
    reading = read_register(main)
    assert list(reading.register.claims) == ["first", "z", "deep", "a", "last"]
    assert codes(reading) == ["CT111"]  # the folder b/c, matched by b/*


def test_a_star_matches_no_slash_and_no_leading_dot(register: Write) -> None:
    main = register(
        "include: ['*.yml', 'x/.*']",
        {
            "x/a.yml": "claims: [{id: no, statement: x}]",
            ".b.yml": "claims: [{id: neither, statement: x}]",
            "c.yml": "claims: [{id: shown, statement: x}]",
            "x/.d": "claims: [{id: asked-for, statement: x}]",
        },
    )
    assert list(read_register(main).register.claims) == ["shown", "asked-for"]


def test_a_pattern_has_no_other_signs(register: Write) -> None:
    main = register(
        "include: ['[ab].yaml', '?.yaml']",
        {"a.yaml": "claims: [{id: a, statement: x}]", "[ab].yaml": "claims: []"},
    )
    reading = read_register(main)
    assert (codes(reading), list(reading.register.claims)) == (["CT110"], [])


def test_includes_stay_in_the_folder_of_the_main_file(register: Write, tmp_path: Path) -> None:
    outside = tmp_path.parent / f"{tmp_path.name}-outside.yaml"
    outside.write_text("claims: [{id: outside, statement: x}]")
    main = register(
        f"include: ['../{outside.name}', link.yaml, sub/up.yaml, '{outside}', gone.yaml]",
        {"sub/up.yaml": "include: [../beside.yaml]", "beside.yaml": "claims: []"},
    )
    (tmp_path / "link.yaml").symlink_to(outside)
    (tmp_path / "gone.yaml").symlink_to(tmp_path / "nothing")
    reading = read_register(main)
    assert codes(reading) == ["CT111", "CT111", "CT111", "CT101"]
    assert list(reading.register.claims) == []


def test_many_stars_cost_no_more_than_the_name_is_long(register: Write) -> None:
    pattern = "*a" * 30 + "*b"
    main = register(f"include: ['{pattern}']", {"a" * 200 + ".yaml": "claims: []"})
    assert codes(read_register(main)) == ["CT110"]


@pytest.mark.parametrize(
    ("pattern", "name", "fits"),
    [
        ("*", "a", True),
        ("a*", "a", True),
        ("a*a", "a", False),
        ("a*a", "aa", True),
        ("*b*", "abc", True),
        ("a*b*c", "axbxbxc", True),
        ("a*b*c", "acb", False),
        ("*.yaml", "x.yaml.bak", False),
        ("a**b", "ab", True),
    ],
)
def test_a_star_stands_for_anything(
    pattern: str, name: str, fits: bool, register: Write, tmp_path: Path
) -> None:
    register("", {name: ""})
    assert (tmp_path / name in matches(tmp_path, pattern)) is fits


def test_includes_may_go_deep(register: Write) -> None:
    files = {f"f{i}.yaml": f"include: [f{i + 1}.yaml]" for i in range(1200)}
    main = register(
        "include: [f0.yaml]", {**files, "f1200.yaml": "claims: [{id: a, statement: x}]"}
    )
    reading = read_register(main)
    assert (codes(reading), list(reading.register.claims)) == ([], ["a"])


def test_a_main_file_that_is_no_file_ends_with_3(claimtrack: Run, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for path in (str(tmp_path / "pipe"), "/dev/zero", "a" * 300):
        result = claimtrack("--register", path, "check")
        assert (result.status, "that can be read" in result.err) == (3, True)


def test_links_in_a_circle_are_no_crash(register: Write, claimtrack: Run, tmp_path: Path) -> None:
    register("include: [a.yaml]\nsources: {s: {file: s.txt}}", {"sources/x.txt": "x"})
    (tmp_path / "a.yaml").symlink_to("a.yaml")
    (tmp_path / "sources/s.txt").symlink_to("s.txt")
    found = json.loads(claimtrack("check", "--format", "json").out)["diagnostics"]
    assert [each["code"] for each in found] == ["CT101", "CT601"]


def test_a_file_is_named_as_it_is_found_in_the_folder(register: Write) -> None:
    files = {"d/x": "", "m.yaml": "claims: [{id: a}]"}
    assert places(read_register(register("include: [d/../m.yaml]", files))) == [("m.yaml", 1, 10)]
    reading = read_register(register("include: [/etc/hostname]"))
    assert "etc/hostname' lies outside" in reading.diagnostics[0].message


def test_includes_in_a_circle_are_an_error_and_both_are_read(register: Write) -> None:
    main = register(
        "include: [a.yaml]\nclaims: [{id: one, statement: x}]",
        {"a.yaml": "include: [claims.yaml]\nclaims: [{id: two, statement: x}]"},
    )
    reading = read_register(main)
    assert codes(reading) == ["CT112"]
    assert places(reading) == [("a.yaml", 1, 11)]
    assert list(reading.register.claims) == ["one", "two"]


def test_a_broken_include_hides_nothing_else(register: Write) -> None:
    main = register(
        "include: [a.yaml, b.yaml, c.yaml]\nclaims: [{id: one, statement: x}]",
        {
            "a.yaml": "claims: [",
            "b.yaml": b"\xff",
            "c.yaml": "claimtrack: 1\nclaims: [{id: three, statement: x}]",
        },
    )
    reading = read_register(main)
    assert codes(reading) == ["CT103", "CT102"]
    assert list(reading.register.claims) == ["one", "three"]


def test_of_two_entries_with_one_id_the_first_stands(register: Write) -> None:
    main = register(
        "include: [a.yaml]\nentities: {e: {name: First}}\nclaims: [{id: x, statement: First.}]",
        {
            "a.yaml": "entities: {e: {name: Second}}\n"
            "claims: [{id: x, statement: Second.}, {id: x, statement: Third.}]"
        },
    )
    reading = read_register(main)
    assert codes(reading) == ["CT201", "CT201", "CT201"]
    assert reading.register.claims["x"].statement == "First."
    assert reading.register.entities["e"].name == "First"
    assert reading.diagnostics[0].related[0].place.file == "claims.yaml"


# ----------------------------------------------------------------------- how far a mistake spreads


@pytest.mark.parametrize(
    ("text", "expected", "left"),
    [
        # an entry with an error is left out, and so is a claim that names it; nothing more is said
        (
            "sources: {s: {genre: gossip}, t: {}}\nclaims:\n"
            "- {id: a, statement: x, evidence: [{source: s}]}\n"
            "- {id: b, statement: x, evidence: [{source: t}]}",
            ["CT305"],
            ["b"],
        ),
        (
            "properties: {p: {type: numbr}}\nentities: {e: {}}\nclaims:\n"
            "- {id: a, statement: x, asserts: {subject: e, property: p, value: 1}}\n"
            "- {id: b, statement: x, about: [e]}",
            ["CT305"],
            ["b"],
        ),
        (
            "entities: {e: {name: Eve, nam: x}, f: {}}\nclaims:\n"
            "- {id: a, statement: x, about: [Eve]}\n- {id: b, statement: x, about: [f]}",
            ["CT302"],
            ["b"],
        ),
        # what rests on an entry left out cannot be placed either
        (
            "entities: {a: {part_of: b}, b: {part_of: c}, c: {part_of: b}}\nclaims:\n"
            "- {id: x, statement: x, about: [a]}\n- {id: y, statement: x}",
            ["CT208"],
            ["y"],
        ),
        # a relation to a claim left out has no effect and is no further error
        (
            "claims:\n- {id: a, statement: x, kind: rumour}\n"
            "- {id: b, statement: x, relations: [{type: contradicts, claim: a}]}\n"
            "reviews: [{dispute: a, decision: upheld}]",
            ["CT305"],
            ["b"],
        ),
        # a relation to a claim that nobody wrote is an error
        (
            "claims: [{id: b, statement: x, relations: [{type: tension, claim: [c]}]}]",
            ["CT202"],
            [],
        ),
        # one name misspelt throughout a claim is one mistake
        (
            "claims: [{id: b, statement: x, evidence: [{source: s}, {source: s}]}]",
            ["CT203"],
            [],
        ),
        # a key misspelt is not a key missing as well
        ("claims: [{id: b, statment: x}]", ["CT302"], []),
        # a broken value gives no second diagnostic of its type
        ("claims: [{id: b, statement: !odd x, kind: event}]", ["CT105"], []),
        ("claims: [{id: b, statement: x, statement: y}]", ["CT301"], []),
        ("claims: [{id: b, statement: ~}]", ["CT303"], []),
        ("claims: [{id: B, statement: x}]", ["CT306"], []),
        ("claims: [null, {id: b, statement: x}]", ["CT304"], ["b"]),
        ("claims: {id: b}", ["CT304"], []),
        ("claims: [{id: b, statement: x, note: %s}]" % ("[" * 64 + "]" * 64), ["CT106"], []),
        ("claims: %s" % ("[" * 66 + "]" * 66), ["CT106"], []),
        ("claims: [{id: b, statement: x, kind: [!odd x]}]", ["CT105"], []),
        ("claims: [{id: b, statement: x, evidence: [{quote: !odd x}]}]", ["CT105", "CT303"], []),
        ("sources: {!odd a: {}}", ["CT105"], []),
        ("!odd title: b", ["CT105"], []),
        ("properties: {p: {type: choice, choices: {a: c, b: c}}}", ["CT414"], []),
        ("properties: {p: {type: choice, choices: [a, a]}}", ["CT301"], []),
        ("properties: {p: {type: choice, choices: [a, [b]]}}", ["CT304"], []),
        ("sources: {s: {derived_from: [t, t]}}", ["CT203"], []),
        ("claims: [{ID: b, statement: x}]", ["CT302"], []),
        (
            "entities: {e: {name: x}, f: {name: x}}\n"
            "claims: [{id: b, statement: x, about: [x, X], evidence: []}]",
            ["CT206", "CT206"],
            [],
        ),
        (
            "claims: [{id: b, statement: x, relations: [{type: tension, claim: [c, d]}]}]",
            ["CT202", "CT202"],
            [],
        ),
        ("claims: [{id: b, statement: x, relations: [{type: tension, claim: []}]}]", ["CT303"], []),
        ("claims: [{id: b, statement: x, evidence: [{source: s, line: 0}]}]", ["CT305"], []),
        ("claims: []\nclaims: []", ["CT301"], []),
        ("title: a\ntitle:", ["CT301"], []),
        ("foo:", ["CT302"], []),
        ("claims: [{id: b, statement: x, evidnce: }]", ["CT302"], []),
        ("claims: [{id: b, statement: x, note: , tags: }]", [], ["b"]),
        ("claims: [{}]", ["CT303"], []),
        ("claims: [{[id]: b, statement: x}]", ["CT304"], []),
        ("claims: [{id: b, statement: x, <<: {kind: event}}]", ["CT302"], []),
    ],
)
def test_a_mistake_is_one_diagnostic_and_spreads_no_further(
    text: str, expected: list[str], left: list[str], register: Write
) -> None:
    reading = read_register(register(text))
    assert codes(reading) == expected
    assert list(reading.register.claims) == left


VALUES: list[tuple[str, str, list[str]]] = [
    ("type: number, unit: km", "'7500'", ["CT404"]),
    ("type: number, unit: km", "7500 km", ["CT404"]),
    ("type: number, unit: km", "1e2000", ["CT405"]),
    ("type: number, unit: km", "{min: 2, max: 1}", ["CT406"]),
    ("type: number, unit: km", "{about: 2, max: 1}", ["CT407"]),
    ("type: number, unit: km", "{unit: km}", ["CT407"]),
    ("type: number, unit: km", "{about: 1, unit: parsnip}", ["CT408"]),
    ("type: number", "{about: 1, unit: km}", ["CT408"]),
    ("type: number, unit: kelvin", "{value: 1, unit: degC}", ["CT409"]),
    ("type: number, unit: km", "{about: 1, unit: mile}", []),
    ("type: number, unit: km", "{min: 1}", []),
    ("type: number, unit: km", "{about: many}", ["CT304"]),
    ("type: number, unit: km", "{}", ["CT407"]),
    ("type: number, unit: km", "7,500", ["CT302"]),
    ("type: text", "{min: }", ["CT407"]),
    ("type: number", "!odd 3", ["CT105"]),
    ("type: number", "{value: !odd 3}", ["CT105"]),
    ("type: number", "[1, 2]", ["CT304"]),
    ("type: number", f"0x{'f' * 5000}", ["CT405"]),
    ("type: text, unit: ", "a", []),
    ("type: date", "2024-7", ["CT401"]),
    ("type: date", "2025/2024", ["CT402"]),
    ("type: date", "2025/", ["CT403"]),
    ("type: date", "{min: 2024}", ["CT304"]),
    ("type: date", "2024", []),
    ("type: choice, choices: [a, b]", "c", ["CT410"]),
    ("type: choice, choices: [a, b]", "[a]", ["CT304"]),
    ("type: choice, choices: {b: a, a: }", "b", []),
    ("type: boolean", "'true'", ["CT411"]),
    ("type: boolean", "yes", ["CT411"]),
    ("type: boolean", "True", []),
    ("type: text", "2024", []),
    ("type: entity", "e", []),
    ("type: entity", "nobody knows", ["CT207"]),
    ("type: text, tolerance: 3", "x", ["CT412"]),
    ("type: number, tolerance: -3", "1", ["CT412"]),
    ("type: number, tolerance: 3d", "1", ["CT412"]),
    ("type: date, tolerance: 3", "2024", ["CT412"]),
    ("type: date, tolerance: 10%", "2024", ["CT412"]),
    ("type: date, tolerance: 3d", "2024", []),
    ("type: choice, choices: {a: b}", "a", ["CT414"]),
    ("type: choice, choices: {a: b, b: a}", "a", ["CT210"]),
    ("type: text, unit: km", "a", ["CT703"]),
]


@pytest.mark.parametrize(("definition", "value", "expected"), VALUES)
def test_a_value_that_does_not_fit_its_property(
    definition: str, value: str, expected: list[str], register: Write
) -> None:
    text = (
        f"entities: {{e: {{}}}}\nproperties: {{p: {{{definition}}}}}\n"
        f"claims:\n- {{id: a, statement: x, asserts: {{subject: e, property: p, value: {value}}}}}"
    )
    assert codes(read_register(register(text))) == expected


def test_a_place_is_that_of_the_word_that_is_wrong(register: Write) -> None:
    reading = read_register(
        register(
            "entities:\n  bay: {}\nclaims:\n"
            "  - id: a\n    statement: x\n    evidence:\n"
            "      - source: harbor-log\n        stance: assert\n"
            "  - id: b\n    statement: x\n    about: [bay, baay]\n    when: 2024-13\n"
            "sources: {harbour-log: {}}\n"
        )
    )
    assert [(d.code, d.place.line, d.place.column, d.claim) for d in reading.diagnostics] == [
        ("CT305", 9, 17, "a"),
        ("CT401", 13, 11, "b"),
        ("CT207", 12, 18, "b"),
    ]
    assert "did you mean 'asserts'?" in reading.diagnostics[0].message
    assert "did you mean 'bay'?" in reading.diagnostics[2].message


WAYS_OUT = [
    ("7500 km", "write {value: 7500, unit: km}"),
    ("'7,500 km'", "write {value: 7500, unit: km}"),
    ("'7500'", "remove the quotes"),
    ("5–7", "write {min: 5, max: 7}"),
    ("about 7500", "write {about: 7500}"),
    ("~7500", "write {about: 7500}"),
    ("1_000", "write digits alone"),
    ("12:30", "write digits alone"),
    ("{value: 3, unit: tonne}", "write the value in km"),
    ("{min: 2, max: 1}", "swap them"),
]


@pytest.mark.parametrize(("value", "way_out"), WAYS_OUT)
def test_a_number_written_otherwise_is_told_how(value: str, way_out: str, register: Write) -> None:
    text = (
        "entities: {e: {}}\nproperties: {p: {type: number, unit: km}}\n"
        f"claims: [{{id: a, statement: x, asserts: {{subject: e, property: p, value: {value}}}}}]"
    )
    assert way_out in read_register(register(text)).diagnostics[0].message


def test_a_name_is_declared_once_for_all_its_spellings(register: Write) -> None:
    reading = read_register(
        register(
            "entities: {oymasha: {name: Oymasha, aliases: [Ojmasza, {name: ÓJMASZA Range}]}}\n"
            "claims: [{id: a, statement: x, about: ['  OJMASZA ', 'o\u0301jmasza  range',"
            " Elsewhere, ELSEWHERE]}]"
        )
    )
    assert codes(reading) == ["CT207"]
    assert reading.register.claims["a"].about == ("oymasha", "elsewhere")


def test_a_name_that_two_share_is_an_error_only_where_it_is_used(register: Write) -> None:
    entities = "entities: {a: {name: Georgia}, b: {aliases: [georgia]}, georgia-1: {}}\n"
    assert codes(read_register(register(entities))) == []
    used = entities + "claims: [{id: x, statement: x, about: [GEORGIA]}]"
    assert codes(read_register(register(used))) == ["CT206"]
    by_id = "entities: {a: {name: b}, b: {}}\nclaims: [{id: x, statement: x, about: [b]}]"
    reading = read_register(register(by_id))
    assert (codes(reading), reading.register.claims["x"].about) == ([], ("b",))


def test_scalars_count_as_their_own_text(register: Write) -> None:
    reading = read_register(
        register(
            "claims: [{id: 0900, statement: 2024-07-14, when: 2024, tags: [no, 1.0, true],"
            " verdicts: [{rating: confirmed, fingerprint: 012345678901}]}]"
        )
    )
    claim = reading.register.claims["0900"]
    assert codes(reading) == []
    assert (claim.statement, claim.tags) == ("2024-07-14", ("no", "1.0", "true"))
    assert claim.verdicts[0].fingerprint == "012345678901"


def test_a_claim_may_not_contradict_itself(register: Write) -> None:
    head = (
        "entities: {e: {}, f: {part_of: e}, g: {}}\n"
        "properties: {at: {type: entity, single: true, scope: [phase]}}\n"
    )
    body = "claims: [{id: a, statement: x, asserts: [%s, %s]}]"
    one = "{subject: e, property: at, value: f}"
    cases: list[tuple[str, list[str]]] = [
        ("{subject: e, property: at, value: g}", ["CT501"]),
        ("{subject: e, property: at, value: e}", []),
        ("{subject: e, property: at, value: e, negated: true}", ["CT501"]),
        ("{subject: g, property: at, value: g}", []),
        ("{subject: e, property: at, value: g, scope: {phase: one}}", ["CT501"]),
    ]
    for other, expected in cases:
        assert codes(read_register(register(head + body % (one, other)))) == expected
    timed = "{subject: e, property: at, value: %s, during: %s}"
    apart = body % (timed % ("f", "2024"), timed % ("g", "2025"))
    assert codes(read_register(register(head + apart))) == []


def test_one_mistake_that_an_alias_repeats_is_told_once(register: Write) -> None:
    reading = read_register(
        register(
            "claims:\n- {id: a, statement: x, evidence: &e [{source: nope}]}\n"
            "- {id: b, statement: x, evidence: *e}"
        )
    )
    assert (codes(reading), list(reading.register.claims)) == (["CT203"], [])
    reading = read_register(
        register(
            "claims:\n- {id: a, statement: x, when: &w 2024-13}\n- {id: b, statement: x, when: *w}"
        )
    )
    assert (codes(reading), list(reading.register.claims)) == (["CT401"], [])


def test_a_fingerprint_takes_what_was_written(register: Write) -> None:
    def printed(evidence: str) -> str:
        text = f"sources: {{s: {{}}}}\nclaims: [{{id: a, statement: x, evidence: [{evidence}]}}]"
        return read_register(register(text)).register.claims["a"].fingerprint

    assert printed("{source: s}") == printed("{source: s, stance: asserts, line: 3, note: n}")
    assert printed("{source: s, credibility: 5}") != printed("{source: s, credibility: 05}")
    assert printed("{source: s, via: []}") != printed("{source: s}")


def test_a_property_is_taken_as_written(register: Write) -> None:
    def written(definition: str) -> object:
        return (
            read_register(register(f"properties: {{p: {definition}}}"))
            .register.properties["p"]
            .written
        )

    assert written("{type: choice, single: true, unit: , choices: {single: , true: single}}") == {
        "type": "choice",
        "single": True,
        "choices": {"single": "", "true": "single"},
    }
    assert written("{type: choice, choices: [true, a]}") == {
        "type": "choice",
        "choices": ["true", "a"],
    }


def test_alias_bombs_are_refused_and_small_aliases_are_not(register: Write) -> None:
    bomb = "title: &a [x, x, x, x]\nclaims: &b [*a, *a, *a, *a, *a]\nreviews: [*b, *b, *b, *b, *b]"
    main = register("include: [bomb.yaml]\nclaims: [{id: a, statement: x}]", {"bomb.yaml": bomb})
    reading = read_register(main)
    assert (codes(reading), list(reading.register.claims)) == (["CT107"], ["a"])
    shared = register(
        "sources: {s: {}}\nclaims:\n- {id: a, statement: x, evidence: &e [{source: s}]}\n"
        "- {id: b, statement: x, evidence: *e}"
    )
    assert codes(read_register(shared)) == []


# ----------------------------------------------------------------------------------------- sources


def test_a_source_is_looked_up_in_each_folder_in_turn(
    register: Write, claimtrack: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    register(
        "sources: {a: {file: a.txt}, b: {file: b.txt}, c: {file: c.txt}, d: {}}",
        {"sources/a.txt": "near", "more/a.txt": "far", "more/b.txt": "far"},
    )
    monkeypatch.setenv("CLAIMTRACK_SOURCES", f"nowhere{os.pathsep}more")
    rows = json.loads(claimtrack("sources", "--format", "json").out)["sources"]
    assert [row["held"] for row in rows] == [True, True, False, False]
    assert [row["sha256_ok"] for row in rows] == [None] * 4
    assert claimtrack("check").status == 0


def test_a_source_outside_its_folder_is_refused(
    register: Write, claimtrack: Run, tmp_path: Path
) -> None:
    register(
        "sources: {link: {file: link.txt}, folder: {file: sub}, up: {file: ../claims.yaml},"
        " root: {file: /etc/hostname}, pipe: {file: pipe}}",
        {"sources/sub/x.txt": "x", "secret.txt": "secret"},
    )
    (tmp_path / "sources/link.txt").symlink_to(tmp_path / "secret.txt")
    os.mkfifo(tmp_path / "sources" / "pipe")
    result = claimtrack("check")
    assert result.status == 1
    assert result.out.count("error CT601: ") == 5
    rows = json.loads(claimtrack("sources", "--format", "json").out)["sources"]
    assert [row["id"] for row in rows if not row["held"]] == ["link", "folder", "pipe"]


def test_a_source_is_held_by_its_digest(register: Write, claimtrack: Run) -> None:
    digest = "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881"  # of "x"
    register(
        f"sources: {{a: {{file: a.txt, sha256: {digest}}}, b: {{file: b.txt, sha256: {digest}}}}}",
        {"sources/a.txt": "x", "sources/b.txt": "y"},
    )
    rows = json.loads(claimtrack("sources", "--format", "json").out)["sources"]
    assert [row["sha256_ok"] for row in rows] == [True, False]
    result = claimtrack("check")
    assert (result.status, result.out.count("error CT602: ")) == (1, 1)


@pytest.mark.parametrize("pure", [False, True])
def test_without_libyaml_the_same_is_read(
    pure: bool, register: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    import yaml

    main = register("sources: {s: {genre: gosip}}\nclaims: [{id: a, statement: 'x\u2028y'}]")
    with_libyaml: Any = read_register(main)
    monkeypatch.setattr(yaml, "__with_libyaml__", not pure)
    assert read_register(main) == with_libyaml

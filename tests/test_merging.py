"""Two branches merged claim by claim: what comes out, what is left to choose, and nothing lost."""

from __future__ import annotations

import pytest

from claimtrack.edit.merging.choices import Labels
from claimtrack.edit.merging.merge import Merged, NotMergeable, merge_files

HEAD = "claimtrack: 1\n"


def merged(base: str, ours: str, theirs: str, labels: Labels | None = None) -> Merged:
    return merge_files(base.encode(), ours.encode(), theirs.encode(), labels or Labels())


def text_of(base: str, ours: str, theirs: str) -> str:
    """What a merge gives that leaves nothing to choose."""
    result = merged(base, ours, theirs)
    assert result.choices == ()
    return result.data.decode()


def replaced(text: str, *changes: tuple[str, str]) -> str:
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


BASE = """\
# Kept by hand.

claimtrack: 1
title: Bases

sources:
  post:  # the ministry's own
    title: A post
    reliability: B
  wire: {title: A wire report, reliability: C}

claims:
  # about the north
  - id: base-open
    statement: The base is open.
    tags: [bases, north]
    evidence:
      - source: post
        quote: "it is open"
        line: 3
      - {source: wire, stance: reports}

  - id: base-closed
    statement: >-
      The base
      is closed.
    verdicts:
      - {rating: unproven, by: ann, on: 2026-01-05}
"""
OPEN = "    statement: The base is open.\n"


# ---------------------------------------------------------------------- what merges of itself

NEW = """
  - id: {0}
    statement: It is {0}.
    evidence: [{{source: post}}]
"""


def test_claims_at_the_end_of_one_file_never_collide() -> None:
    ours, theirs = BASE + NEW.format("one"), BASE + NEW.format("two") + NEW.format("three")
    assert text_of(BASE, ours, theirs) == BASE + "".join(map(NEW.format, ("one", "two", "three")))


MERGED = {
    "evidence of one claim": (
        [("stance: reports}\n", "stance: reports}\n      - source: post  # again\n")],
        [("stance: reports}\n", "stance: reports}\n      - {source: post, line: 9}\n")],
        [
            (
                "stance: reports}\n",
                "stance: reports}\n      - source: post  # again\n"
                "      - {source: post, line: 9}\n",
            )
        ],
    ),
    "keys of one claim": (
        [(OPEN, OPEN + "    note: ours\n"), ("[bases, north]", "[north]")],
        [("id: base-open\n", "id: base-open\n    kind: location\n")],
        [
            ("id: base-open\n", "id: base-open\n    kind: location\n"),
            (OPEN, OPEN + "    note: ours\n"),
            ("[bases, north]", "[north]"),
        ],
    ),
    "keys of one item": (
        [("line: 3", "line: 4")],
        [('"it is open"\n', '"it is open"\n        credibility: 2\n')],
        [
            ("line: 3", "line: 4"),
            ('"it is open"\n', '"it is open"\n        credibility: 2\n'),
        ],
    ),
    "lists between brackets": (
        [("[bases, north]", "[bases, north, ours]")],
        [("[bases, north]", "[first, north, theirs]")],
        [("[bases, north]", "[first, north, ours, theirs]")],
    ),
    "mappings between brackets": (
        [("reliability: C}", "reliability: D, genre: news}")],
        [("title: A wire report,", "title: The wire report,")],
        [
            ("{title: A wire report, reliability: C}", ""),
            ("wire: ", "wire: {title: The wire report, reliability: D, genre: news}"),
        ],
    ),
    "an id that one side renamed": (
        [("id: base-open", "id: base-in-use")],
        [("line: 3", "line: 4")],
        [("id: base-open", "id: base-in-use"), ("line: 3", "line: 4")],
    ),
    "a quote put right": (
        [('"it is open"', '"It is open"')],
        [("line: 3\n", "line: 3\n        by: post\n")],
        [('"it is open"', '"It is open"'), ("line: 3\n", "line: 3\n        by: post\n")],
    ),
    "a comment and a value on one line": (
        [("reliability: B\n", "reliability: B  # or C\n")],
        [("reliability: B", "reliability: A")],
        [("reliability: B", "reliability: A  # or C")],
    ),
    "comments between claims": (
        [("  # about the north\n", "  # about the far north\n")],
        [("\n  - id: base-closed", "\n  # closed\n  - id: base-closed")],
        [
            ("  # about the north\n", "  # about the far north\n"),
            ("\n  - id: base-closed", "\n  # closed\n  - id: base-closed"),
        ],
    ),
    "the same change": (
        [(OPEN, "    statement: It is.\n"), ("reliability: B", "reliability: A")],
        [(OPEN, "    statement: It is.\n"), ("title: Bases", "title: All bases")],
        [
            (OPEN, "    statement: It is.\n"),
            ("reliability: B", "reliability: A"),
            ("title: Bases", "title: All bases"),
        ],
    ),
    "quotes on one side, another text on the other": (
        [("title: A post", "title: 'A post'")],
        [("title: A post", "title: The post")],
        [("title: A post", "title: The post")],
    ),
    "a section that one side has": (
        [("\nclaims:\n", "\nentities:\n  north: {kind: place}\n\nclaims:\n")],
        [("line: 3", "line: 4")],
        [
            ("\nclaims:\n", "\nentities:\n  north: {kind: place}\n\nclaims:\n"),
            ("line: 3", "line: 4"),
        ],
    ),
    "verdicts in order of time": (
        [
            (
                "2026-01-05}\n",
                "2026-01-05}\n      - {rating: refuted, by: ann, on: 2026-03-01}\n",
            )
        ],
        [
            (
                "2026-01-05}\n",
                "2026-01-05}\n      - {rating: unproven, on: 2026-02-01}\n"
                "      - {rating: confirmed, on: 2026-04-01}\n",
            )
        ],
        [
            (
                "2026-01-05}\n",
                "2026-01-05}\n      - {rating: unproven, on: 2026-02-01}\n"
                "      - {rating: refuted, by: ann, on: 2026-03-01}\n"
                "      - {rating: confirmed, on: 2026-04-01}\n",
            )
        ],
    ),
}
Changes = list[tuple[str, str]]


@pytest.mark.parametrize(("ours", "theirs", "result"), MERGED.values(), ids=MERGED)
def test_what_different_sides_changed_is_all_in_the_result(
    ours: Changes, theirs: Changes, result: Changes
) -> None:
    found = text_of(BASE, replaced(BASE, *ours), replaced(BASE, *theirs))
    assert found == replaced(BASE, *result)


CLOSED = BASE[BASE.index("\n  - id: base-closed") :]


def test_a_claim_that_one_side_removed_and_the_other_left_is_gone() -> None:
    ours, theirs = BASE.removesuffix(CLOSED), replaced(BASE, ("line: 3", "line: 4"))
    assert text_of(BASE, ours, theirs) == theirs.removesuffix(CLOSED)


def test_a_claim_that_one_side_moved_keeps_what_the_other_changed() -> None:
    opened = BASE[BASE.index("  # about the north") : BASE.index(CLOSED)]
    moved = replaced(BASE, (opened + CLOSED, CLOSED[1:] + "\n" + opened))
    theirs = replaced(BASE, ("line: 3", "line: 4"))
    assert text_of(BASE, moved, theirs) == replaced(moved, ("line: 3", "line: 4"))
    assert text_of(BASE, theirs, moved) == replaced(moved, ("line: 3", "line: 4"))


def test_a_side_that_was_indented_anew_takes_the_other_sides_changes() -> None:
    claims = BASE[BASE.index("  # about the north") :]
    deeper = "".join(f"    {line}" if line.strip() else line for line in claims.splitlines(True))
    theirs = BASE.removesuffix(claims) + deeper
    ours = replaced(BASE, ("line: 3", "line: 4")) + NEW.format("one")
    new = "".join(
        f"    {line}" if line.strip() else line for line in NEW.format("one").splitlines(True)
    )
    assert text_of(BASE, ours, theirs) == replaced(theirs, ("line: 3", "line: 4")) + new


def test_claims_below_a_last_comment_share_it() -> None:
    base = BASE + "  # add further claims below\n"
    ours, theirs = base + NEW.format("one")[1:], base + NEW.format("two")[1:]
    assert text_of(base, ours, theirs) == ours + NEW.format("two")[1:]


def test_both_sides_begin_a_list() -> None:
    base = f"{HEAD}claims:\n"
    ours, theirs = f"{base}- {{id: a, statement: a}}\n", f"{base}- {{id: b, statement: b}}\n"
    assert text_of(base, ours, theirs) == ours + "- {id: b, statement: b}\n"
    empty = f"{HEAD}claims: []\n"
    assert text_of(empty, ours, theirs) == ours + "- {id: b, statement: b}\n"
    assert text_of(HEAD, ours, theirs) == ours + "- {id: b, statement: b}\n"


def test_both_sides_add_one_claim_with_evidence_of_their_own() -> None:
    one, other = (
        f"{HEAD}claims:\n- id: a\n  statement: a\n  evidence: [{{source: {s}}}]\n" for s in "st"
    )
    assert text_of(HEAD, one, other) == replaced(one, ("{source: s}", "{source: s}, {source: t}"))


def test_both_sides_add_the_file() -> None:
    ours, theirs = (
        f"{HEAD}claims:\n- {{id: a, statement: a}}\n",
        f"{HEAD}sources:\n  s: {{title: t}}\n",
    )
    assert text_of("", ours, theirs) == ours + "sources:\n  s: {title: t}\n"


def test_a_json_register_is_merged_between_its_brackets() -> None:
    base = '{\n  "claimtrack": 1,\n  "claims": [\n    {"id": "a", "statement": "a"}\n  ]\n}\n'
    last = '"statement": "a"}'
    ours = replaced(base, (last, f'{last},\n    {{"id": "b", "statement": "b"}}'))
    theirs = replaced(base, (last, f'{last},\n    {{"id": "c", "statement": "c"}}'))
    assert text_of(base, ours, theirs) == replaced(
        ours, ('"statement": "b"}', '"statement": "b"},\n    {"id": "c", "statement": "c"}')
    )


# ------------------------------------------------------------------------------- bytes and lines


def test_line_ends_are_ours_and_no_change() -> None:
    windows = BASE.replace("\n", "\r\n")
    changed = replaced(BASE, ("line: 3", "line: 4"))
    assert text_of(BASE, changed, windows) == changed
    assert text_of(BASE, windows, changed) == changed.replace("\n", "\r\n")
    more = BASE + NEW.format("one")
    assert text_of(BASE, changed.replace("\n", "\r\n"), more) == (
        replaced(more, ("line: 3", "line: 4")).replace("\n", "\r\n")
    )


def test_lines_that_end_otherwise_than_the_rest_stay_so() -> None:
    base = BASE.replace("\n", "\r\n")
    ours = base + NEW.format("one")
    theirs = base + NEW.format("two").replace("\n", "\r\n")
    assert text_of(base, ours, theirs) == ours + NEW.format("two").replace("\n", "\r\n")


def test_a_byte_order_mark_and_a_last_line_without_end_are_taken_from_who_changed_them() -> None:
    ours = replaced(BASE, ("line: 3", "line: 4"))
    theirs = "\ufeff" + replaced(BASE, ("title: Bases", "title: All bases")).rstrip("\n")
    both = replaced(ours, ("title: Bases", "title: All bases"))
    assert text_of(BASE, ours, theirs) == "\ufeff" + both.rstrip("\n")
    assert text_of(BASE, theirs, ours) == "\ufeff" + both.rstrip("\n")


# ---------------------------------------------------------------------------- what is to be chosen


def test_two_values_for_one_field_are_marked_around_its_lines_alone() -> None:
    ours = replaced(BASE, ("The base is open.", "The base is half open."))
    theirs = replaced(BASE, ("The base is open.", "The base was open."), ("line: 3", "line: 4"))
    result = merged(BASE, ours, theirs)
    assert [choice.where for choice in result.choices] == [("claims", "base-open", "statement")]
    assert result.data.decode() == replaced(
        BASE,
        (
            OPEN,
            "<<<<<<< ours\n    statement: The base is half open.\n=======\n"
            "    statement: The base was open.\n>>>>>>> theirs\n",
        ),
        ("line: 3", "line: 4"),
    )


def test_markers_look_as_git_was_asked_for() -> None:
    ours = replaced(BASE, ("title: Bases", "title: Ours"))
    theirs = replaced(BASE, ("title: Bases", "title: Theirs"))
    labels = Labels("HEAD", "4f2e", "a branch", size=9, shows_base=True)
    assert merged(BASE, ours, theirs, labels).data.decode() == replaced(
        BASE,
        (
            "title: Bases\n",
            "<<<<<<<<< HEAD\ntitle: Ours\n||||||||| 4f2e\ntitle: Bases\n=========\n"
            "title: Theirs\n>>>>>>>>> a branch\n",
        ),
    )


CHOSEN: dict[str, tuple[Changes, Changes, list[tuple[str, ...]]]] = {
    "two renamings": (
        [("id: base-open", "id: base-in-use")],
        [("id: base-open", "id: base-at-work")],
        [("claims", "base-in-use", "id")],
    ),
    "removed here and changed there": (
        [(CLOSED, "")],
        [("rating: unproven", "rating: refuted")],
        [("claims", "base-closed")],
    ),
    "a key removed here and changed there": (
        [("    tags: [bases, north]\n", "")],
        [("[bases, north]", "[bases]")],
        [("claims", "base-open", "tags")],
    ),
    "a list each left what the other removed of": (
        [("[bases, north]", "[bases]")],
        [("[bases, north]", "[north]")],
        [("claims", "base-open", "tags")],
    ),
    "between brackets": (
        [("reliability: C}", "reliability: D}")],
        [("reliability: C}", "reliability: E}")],
        [("sources", "wire")],
    ),
    "one comment": (
        [("  # about the north\n", "  # about the far north\n")],
        [("  # about the north\n", "  # about the near north\n")],
        [("claims", "base-open", "comments")],
    ),
    "two claims of one id": (
        [(CLOSED, CLOSED + "\n  - {id: new, statement: one}\n")],
        [(CLOSED, CLOSED + "\n  - {id: new, statement: another}\n")],
        [("claims", "new")],
    ),
    "the root source": (
        [("reliability: B\n", "reliability: B\n    derived_from: [wire]\n")],
        [("reliability: B\n", "reliability: B\n    derived_from: [post]\n")],
        [("sources", "post", "derived_from")],
    ),
    "a verdict by one person on one day": (
        [("2026-01-05}\n", "2026-01-05}\n      - {rating: refuted, by: ann, on: 2026-02-01}\n")],
        [("2026-01-05}\n", "2026-01-05}\n      - {rating: confirmed, by: ann, on: 2026-02-01}\n")],
        [("claims", "base-closed", "verdicts", "refuted")],
    ),
}


@pytest.mark.parametrize(("ours", "theirs", "where"), CHOSEN.values(), ids=CHOSEN)
def test_what_both_sides_decided_differently_is_for_a_person(
    ours: Changes, theirs: Changes, where: list[tuple[str, ...]]
) -> None:
    mine, other = replaced(BASE, *ours), replaced(BASE, *theirs)
    result = merged(BASE, mine, other)
    assert [choice.where for choice in result.choices] == where
    choices = {choice.ours: choice for choice in result.choices}
    text = result.data.decode()
    for choice in choices.values():
        marked = f"<<<<<<< ours\n{choice.ours}=======\n{choice.theirs}>>>>>>> theirs\n"
        assert (mine if choice.ours else other) == text.replace(
            marked, choice.ours or choice.theirs
        )


def test_a_claim_is_not_renamed_to_the_id_of_one_that_the_other_side_added() -> None:
    ours = replaced(BASE, ("id: base-open", "id: new"))
    theirs = BASE + "\n  - {id: new, statement: It is new.}\n"
    result = merged(BASE, ours, theirs)
    (choice,) = result.choices
    assert choice.where == ("claims", "new")
    assert "The base is open." in choice.ours
    assert choice.theirs == "  - {id: new, statement: It is new.}\n"
    assert result.data.count(b"id: new") == 2


ASSERTS = f"""\
{HEAD}claims:
- id: a
  statement: a
  asserts:
    subject: base
    property: size
    value: {{min: 1, max: 5}}
"""


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        (("min: 1", "min: 2"), ("max: 5", "max: 6")),
        (("{min: 1, max: 5}", "7"), ("value:", "negated: true\n    value:")),
        (("subject: base", "subject: port"), ("property: size", "property: depth")),
    ],
)
def test_halves_of_two_propositions_are_never_made_a_third(
    ours: tuple[str, str], theirs: tuple[str, str]
) -> None:
    result = merged(ASSERTS, replaced(ASSERTS, ours), replaced(ASSERTS, theirs))
    assert [choice.where[:3] for choice in result.choices] == [("claims", "a", "asserts")]


def test_when_a_proposition_holds_can_be_added_to_another_value() -> None:
    ours = replaced(ASSERTS, ("{min: 1, max: 5}", "7"))
    theirs = replaced(ASSERTS, ("property: size\n", "property: size\n    during: 2025\n"))
    assert text_of(ASSERTS, ours, theirs) == replaced(theirs, ("{min: 1, max: 5}", "7"))


# -------------------------------------------------------------------------- what cannot be merged


@pytest.mark.parametrize(
    ("base", "ours", "theirs", "reason"),
    [
        (BASE, BASE + "a: [", BASE + "b: 1\n", "our version, line 30: not YAML"),
        (BASE, BASE + "a: 1\n", "- a\n", "their version is no mapping of sections"),
        (BASE, "# nothing\n", BASE + "b: 1\n", "our version holds no sections"),
        (f"{HEAD}<<<<<<< x\n", HEAD, f"{HEAD}a: 1\n", "the common ancestor, line 2: not YAML"),
        (BASE, BASE + "a: 1\r", BASE + "b: 1\n", "its lines end in several ways"),
        (
            f"{HEAD}title: &t A\nnote: b\n",
            f"{HEAD}title: A\nnote: b\n",
            f"{HEAD}title: &t A\nnote: *t\n",
            "what came of it, line 3: not YAML: no anchor '&t' stands above",
        ),
    ],
)
def test_what_is_no_register_is_refused(base: str, ours: str, theirs: str, reason: str) -> None:
    with pytest.raises(NotMergeable) as refused:
        merged(base, ours, theirs)
    assert str(refused.value).startswith(reason)

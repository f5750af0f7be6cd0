"""Registers of any size, made from a seed: one shape gives the same bytes anywhere.

A claim has about 25 lines: a statement, a structured assertion, two or three items of evidence.
Statements and quotes are drawn from 30,000 made-up words as often as Zipf's law has it. A subject
has about four claims, on two properties; in a tenth of these pairs the values collide. Claims are
written as they are made, so that a million of them need no more memory than a thousand.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, islice
from pathlib import Path
from typing import TextIO

VOCABULARY = 30_000
DRAWS = 1 << 20
"""Of how many draws the table of words is made: the rarest word is in it three times."""
COLLIDING = 0.1
REVIEWS = 20
OUTLETS, SPEAKERS = 40, 80
ONSETS = (*"bdfghklmnprstvz", "br", "dr", "gr", "kl", "pl", "st", "tr")
VOWELS = (*"aeiou" * 3, "é", "ö")
CODAS = ("", "", "", *"nrlsm")
PROPERTIES = """\
properties:
  strength: {type: number, unit: person, single: true, tolerance: 10%, scope: [phase]}
  founded: {type: date, single: true}
  location: {type: entity, single: true, scope: [phase]}
  alignment: {type: choice, single: true, severity: tension, choices: {neutral: , western: , \
atlantic: western, eastern: }}
  motto: {type: text, single: true}
"""
KINDS = ("event", "utterance", "measurement", "location", "relation", "policy")
STANCES = (*["asserts"] * 6, *["reports"] * 6, *["speculates"] * 2, "questions", "denies")
RELATIONS = ("supports", "refines", "states", "tension", "contradicts", "same-as", "depends-on")


@dataclass(frozen=True, slots=True)
class Shape:
    """How large a register is, and of what it is made."""

    claims: int
    files: int = 1
    per_subject: int = 4
    sources: int = 200
    places: int = 400
    seed: int = 1

    @property
    def subjects(self) -> int:
        """How many entities something is said of."""
        return -(-self.claims // self.per_subject)

    @property
    def contested(self) -> int:
        """A subject in the middle, whose claims all collide."""
        return self.subjects // 2

    @property
    def name(self) -> str:
        """A name for its folder."""
        within = f"-in-{self.files}" if self.files > 1 else ""
        return f"claims-{self.claims}{within}-seed-{self.seed}"


@dataclass(frozen=True, slots=True)
class Choices:
    """Three values of one property: the second can stand beside the first, the third cannot."""

    property: str
    said: str
    agreeing: str
    colliding: str


@dataclass(frozen=True, slots=True)
class Group:
    """What a subject's claims say of one property: whether they collide, and when it holds."""

    choices: Choices
    collides: bool
    years: tuple[str | None, str | None]

    def asserted(self, nth: int) -> tuple[str, str | None]:
        """The value and the period of the nth claim among those of this group."""
        if nth == 0:
            return self.choices.said, self.years[0]
        apart = self.collides or self.years[0] != self.years[1]
        return self.choices.colliding if apart else self.choices.agreeing, self.years[1]


@dataclass(frozen=True, slots=True)
class Author:
    """Writes claims from one stream of random numbers, and keeps which ones are disputed."""

    shape: Shape
    rng: random.Random
    words: Sequence[str]
    disputed: list[str] = field(default_factory=list)

    def claims(self) -> Iterator[str]:
        """Every claim's text, in order."""
        numbers = iter(range(self.shape.claims))
        for subject in range(self.shape.subjects):
            contested = subject == self.shape.contested
            first, second = self.rng.sample(range(5), 2)
            groups = self._group(first, contested), self._group(second, contested)
            for nth, number in enumerate(islice(numbers, self.shape.per_subject)):
                yield self._claim(number, subject, groups[nth % 2], nth // 2)

    def _group(self, kind: int, contested: bool) -> Group:
        rng, collides = self.rng, self.rng.random() < COLLIDING or contested
        year = str(2000 + rng.randrange(20)) if rng.random() < 0.4 else None
        changes = not collides and year is not None and rng.random() < 0.5
        later = str(2020 + rng.randrange(5)) if changes else year
        return Group(self._choices(kind), collides, (year, later))

    def _choices(self, kind: int) -> Choices:
        rng = self.rng
        if kind == 0:
            count = rng.randrange(100, 100_000)
            said = str(count) if rng.random() < 0.7 else f"{{about: {count}}}"
            return Choices("strength", said, str(count + count // 50), str(count * 3))
        if kind == 1:
            year, month = rng.randrange(1950, 2000), rng.randrange(1, 13)
            exact = f"{year}-{month:02}-{rng.randrange(1, 29):02}"
            return Choices("founded", exact, f"{year}-{month:02}", str(year - 3))
        if kind == 2:
            place = rng.randrange(10, self.shape.places)
            elsewhere = (root_place(place) + 1) % 10
            names = (f"place-{each}" for each in (place, place // 10, elsewhere))
            return Choices("location", *names)
        if kind == 3:
            return Choices("alignment", "atlantic", "western", rng.choice(("eastern", "neutral")))
        motto, other = (" ".join(rng.choices(self.words, k=3)) for _ in range(2))
        return Choices("motto", motto, motto, f"{other} {rng.randrange(1000)}")

    def _claim(self, number: int, subject: int, group: Group, nth: int) -> str:
        rng = self.rng
        value, during = group.asserted(nth)
        words = iter(rng.choices(self.words, k=80))
        statement = " ".join(islice(words, rng.randrange(12, 25))).capitalize()
        lines = [
            f"  - id: claim-{number}\n"
            f"    statement: {statement}.\n"
            f"    kind: {rng.choice(KINDS)}\n"
            f"    asserts:\n"
            f"      subject: entity-{subject}\n"
            f"      property: {group.choices.property}\n"
            f"      value: {value}\n"
        ]
        if during:
            lines.append(f"      during: {during}\n")
        lines.append(
            f"    when: {rng.randrange(2000, 2026)}-{rng.randrange(1, 13):02}\n"
            f"    about: [entity-{rng.randrange(self.shape.subjects)}, "
            f"place-{rng.randrange(self.shape.places)}]\n"
            f"    tags: [topic-{rng.randrange(50)}, {group.choices.property}]\n"
            f"    evidence:\n"
        )
        lines += (self._evidence(number, place, words) for place in range(2 + (rng.random() < 0.5)))
        if rng.random() < 0.03 and number:
            lines.append(self._relation(number))
        if rng.random() < 0.01:
            lines.append(
                "    verdicts:\n      - {rating: confirmed, by: ann, on: 2025-06-01, why: read}\n"
            )
        return "".join(lines)

    def _evidence(self, number: int, place: int, words: Iterator[str]) -> str:
        rng = self.rng
        quote = " ".join(islice(words, rng.randrange(9, 19)))
        mark = '"' if rng.random() < 0.1 else ""
        stance = rng.choice(STANCES) if place else "asserts"
        if stance == "denies" and len(self.disputed) < REVIEWS:
            self.disputed.append(f"claim-{number}")
        by = f"        by: speaker-{rng.randrange(SPEAKERS)}\n" if rng.random() < 0.3 else ""
        return (
            f"      - source: source-{rng.randrange(self.shape.sources)}\n"
            f"        stance: {stance}\n"
            f"{by}"
            f"        quote: {mark}{quote}{mark}\n"
            f"        line: {rng.randrange(1, 400)}\n"
            f"        credibility: {rng.randrange(3, 7)}\n"
        )

    def _relation(self, number: int) -> str:
        """A relation to an earlier claim, so that none leads round in a circle."""
        kind, earlier = self.rng.choice(RELATIONS), self.rng.randrange(number)
        return f"    relations:\n      - {{type: {kind}, claim: claim-{earlier}, why: as read}}\n"


def root_place(place: int) -> int:
    """The place of the first rank in which one lies: of place 217 that is place 2."""
    while place >= 10:
        place //= 10
    return place


def vocabulary(rng: random.Random) -> list[str]:
    """Made-up words, each once, the most frequent first: these are the shorter ones."""
    found: dict[str, None] = {}
    while len(found) < VOCABULARY:
        syllables = 2 if len(found) < 3000 else 3
        parts = (rng.choice(ONSETS) + rng.choice(VOWELS) for _ in range(syllables))
        found["".join(parts) + rng.choice(CODAS)] = None
    return list(found)


def zipf_table(words: Sequence[str]) -> list[str]:
    """Each word as often as it would be drawn: then to choose evenly is to choose by Zipf's law."""
    *_, harmonic = accumulate(1 / rank for rank in range(1, len(words) + 1))
    table: list[str] = []
    for rank, word in enumerate(words, 1):
        table += [word] * round(DRAWS / (rank * harmonic))
    return table


def write_register(folder: Path, shape: Shape) -> Path:
    """Write such a register into a folder, in one file or in several that it includes."""
    rng = random.Random(shape.seed)  # noqa: S311 - nothing here is a secret
    words = vocabulary(rng)
    author = Author(shape, rng, zipf_table(words))
    main = folder / "claims.yaml"
    with main.open("w", encoding="utf-8") as file:
        _write_head(file, shape, words)
        if shape.files == 1:
            file.write("claims:\n")
            file.writelines(author.claims())
        else:
            _write_files(folder / "claims", author)
        file.writelines(_reviews(author.disputed))
    return main


def _write_head(file: TextIO, shape: Shape, words: Sequence[str]) -> None:
    file.write(f"claimtrack: 1\ntitle: {shape.claims} claims from a seed\n")
    if shape.files > 1:
        file.write("include: [claims/*.yaml]\n")
    file.write("sources:\n")
    file.writelines(
        f"  source-{number}: {{title: {words[number]}, publisher: outlet-{number % OUTLETS}, "
        f"published: 2024-{number % 12 + 1:02}, reliability: {'ABCDEF'[number % 6]}"
        f"{f', derived_from: [source-{number // 2}]' if number and number % 5 == 0 else ''}}}\n"
        for number in range(shape.sources)
    )
    file.write("entities:\n")
    file.writelines(_entities(shape, words))
    file.write(PROPERTIES)


def _entities(shape: Shape, words: Sequence[str]) -> Iterator[str]:
    for kind, count in (("outlet", OUTLETS), ("speaker", SPEAKERS), ("entity", shape.subjects)):
        for number in range(count):
            name = f"{words[number % VOCABULARY].capitalize()} {kind} {number}"
            yield f"  {kind}-{number}: {{name: {name}, kind: organisation}}\n"
    for number in range(shape.places):
        parent = f", part_of: place-{number // 10}" if number >= 10 else ""
        yield f"  place-{number}: {{name: Place {number}, kind: place{parent}}}\n"


def _write_files(folder: Path, author: Author) -> None:
    folder.mkdir()
    claims, shape = author.claims(), author.shape
    for number in range(shape.files):
        size = len(range(number, shape.claims, shape.files))
        with (folder / f"{number:05}.yaml").open("w", encoding="utf-8") as file:
            file.write("claims:\n")
            file.writelines(islice(claims, size))


def _reviews(disputed: Sequence[str]) -> Iterator[str]:
    if disputed:
        yield "reviews:\n"
    for claim in disputed:
        yield f"  - {{dispute: {claim}, decision: unresolved, by: ann, on: 2025-06-01}}\n"

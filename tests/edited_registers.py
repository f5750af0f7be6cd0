"""Registers as hasty hands edit them, step by step: claims come, go and change, and text breaks."""

from __future__ import annotations

import re
from pathlib import Path
from random import Random

HEAD = """\
claimtrack: 1
sources:
  paper: {reliability: B, file: paper.txt}
  wire: {publisher: agency, file: wire.txt}
  web: {language: en}
entities:
  agency: {}
  harbour: {part_of: coast}
  coast: {}
  ann: {name: Ann Lee}
  bob: {name: Bob, aliases: [Robert]}
properties:
  depth: {type: number, single: true, unit: metre}
  place: {type: entity, single: true}
  name: {type: text, single: true}
  mood: {type: choice, single: true, severity: tension, choices: {good: , bad: , awful: bad}}
"""
TEXTS = {
    "paper.txt": "The harbour may be deep. Officials said the ferry was late on Monday. Nobody was "
    "hurt in the storm that came from the west and left again.\nAnn Lee said that the harbour is "
    "safe.\n",
    "wire.txt": "Agency. Officials said the ferry was late on Monday. Nobody was hurt in the storm "
    "that came from the west and left again. Ann Lee said that the harbour is safe, and that it "
    "will stay so for many years to come because of the mole.\n",
}
QUOTES = (
    "Officials said the ferry was late on Monday",
    "the harbour is safe",
    "no such quote here",
    "The harbour may be deep.",
    "Nobody was hurt in the storm",
)
VALUES = (
    *(("1", "depth"), ("2", "depth"), ("{min: 1, max: 2}", "depth")),
    *(("coast", "place"), ("harbour", "place"), ("Nowhere", "place")),
    *(("N1", "name"), ("N2", "name"), ("good", "mood"), ("awful", "mood"), ("bad", "mood")),
)
LIMITS = ("", "", ", negated: true", ", during: 2020", ", during: 2021")
STANCES = ("asserts", "reports", "denies", "speculates")
RELATIONS = ("same-as", "contradicts", "supersedes", "supports", "depends-on", "tension")
COMMENTS = (
    "  # claimtrack: ignore CT603 because so",
    "  # claimtrack: ignore CT207 CT604 because so",
)
STEPS = (
    *("change", "change", "change", "add", "add", "drop", "swap", "line"),
    *("review", "source", "head", "none"),
)


class Edited:
    """A register that is edited; ``careless`` hands break its text now and then."""

    def __init__(self, folder: Path, chance: Random, *, careless: bool) -> None:
        self.main, self._more = folder / "claims.yaml", folder / "more.yaml"
        self._chance, self._careless = chance, careless
        self._head = HEAD
        self._is_split = chance.random() < 0.3
        (folder / "sources").mkdir()
        for name, text in TEXTS.items():
            if chance.random() < 0.6:
                (folder / "sources" / name).write_text(text)
        self._next = chance.randint(3, 12)
        self._claims: list[str] = []
        self._claims = [self._claim(number) for number in range(self._next)]
        self._reviews = self._some_reviews()

    def step(self) -> None:
        """Edit it once more, and write it."""
        chance, claims = self._chance, self._claims
        at = chance.randrange(len(claims))
        match chance.choice(STEPS + ("text", "text") * self._careless):
            case "change":
                same = re.match(r"  - id: claim-(\d+)\n", claims[at])
                is_same = same is not None and chance.random() < 0.9
                number = int(same[1]) if same and is_same else chance.randrange(self._next)
                claims[at] = self._claim(number)
            case "add":
                claims.insert(chance.choice([at, len(claims)]), self._claim(self._next))
                self._next += 1
            case "drop" if len(claims) > 1:
                del claims[at]
            case "swap":
                claims.insert(0, claims.pop(at))
            case "line":
                lines = claims[at].split("\n")
                more = (["    note: more"], ["    # a note"], [""], ["    tags: [a, B]"])
                lines[-1:-1] = chance.choice(more)
                claims[at] = "\n".join(lines)
            case "text":
                text, here = claims[at], chance.randrange(len(claims[at]))
                broken = chance.choice([" ", "x", "#", "\n", "\n    ", "'", ":", "é", "- "])
                claims[at] = text[:here] + broken + text[here + chance.randint(0, 1) :]
            case "source":
                source = f"sources:\n  web{self._next}: {{file: paper.txt}}\n"
                self._head = self._head.replace("sources:\n", source)
            case "head":
                changed = (
                    self._head.replace("claimtrack: 1\n", "claimtrack: 1\n# a note\n"),
                    self._head.replace("reliability: B", "reliability: C"),
                    self._head.replace("  coast: {}\n", "  coast: {}\n  isle: {}\n"),
                )
                self._head = chance.choice(changed)
            case "review":
                self._reviews = self._some_reviews()
        self.write()

    def write(self) -> None:
        """Write it as it is."""
        half = len(self._claims) // 2 if self._is_split else len(self._claims)
        here, there = self._claims[:half], self._claims[half:]
        include = "include: [more.yaml]\n" if self._is_split else ""
        claims = f"claims:\n{''.join(here)}" if here else ""
        self.main.write_text(self._head + include + claims + self._reviews)
        if self._is_split:
            self._more.write_text(f"claims:\n{''.join(there)}")

    def _claim(self, number: int) -> str:
        chance = self._chance
        day, (value, of) = chance.choice(["Monday", "Friday"]), chance.choice(VALUES)
        lines = [f"  - id: claim-{number}", f"    statement: É {number}, the ferry was late {day}."]
        if chance.random() < 0.8:
            subject = chance.choice(["harbour", "Ann Lee", "Somebody", "Robert"])
            said = f"subject: {subject}, property: {of}, value: {value}{chance.choice(LIMITS)}"
            lines.append(f"    asserts: {{{said}}}")
        if chance.random() < 0.9:
            lines.append("    evidence:")
            lines += (self._evidence() for _ in range(chance.randint(1, 3)))
        if chance.random() < 0.3:
            there = re.findall(r"^  - id: claim-(\d+)$", "".join(self._claims), re.MULTILINE)
            other = chance.choice(there or [number]) if chance.random() < 0.98 else 99
            kind = chance.choice(RELATIONS)
            lines.append(f"    relations: [{{type: {kind}, claim: claim-{other}}}]")
        if chance.random() < 0.3:
            rating = chance.choice(["confirmed", "withdrawn", "refuted"])
            lines.append(f"    verdicts: [{{rating: {rating}}}]")
        return "\n".join(lines) + "\n"

    def _evidence(self) -> str:
        chance = self._chance
        item = (
            f"source: {chance.choice(['paper', 'wire', 'web'])}, stance: {chance.choice(STANCES)}, "
            f"by: {chance.choice(['Ann Lee', 'Bob', 'Some One', 'agency'])}, "
            f"quote: {chance.choice(QUOTES)}, credibility: {chance.randint(1, 6)}"
        )
        comment = chance.choice(COMMENTS) if chance.random() < 0.05 else ""
        return f"      - {{{item}}}{comment}"

    def _some_reviews(self) -> str:
        chance, number = self._chance, self._chance.randrange
        about = (
            "conflict: harbour.depth",
            "conflict: harbour.mood",
            "conflict: ann.depth",
            f"conflict: claim-{number(self._next)}~claim-{number(self._next)}",
            f"dispute: claim-{number(self._next)}",
        )
        chosen = [chance.choice(about) for _ in range(chance.randint(0, 3))]
        reviews = (f"  - {{{each}, decision: unresolved, by: ann}}\n" for each in chosen)
        return f"reviews:\n{''.join(reviews)}" if chosen else ""

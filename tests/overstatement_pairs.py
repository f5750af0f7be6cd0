"""The made-up pairs of claims and quotes: read, put before the check, and counted."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import yaml

from claimtrack.findings.overstatement.checking import OverstatementCheck
from claimtrack.findings.overstatement.words import Words
from claimtrack.reading.register import read_register
from claimtrack.reading.words import read_words

CODES = ("CT715", "CT716", "CT717", "CT718")
HALVES = ("tuned", "held_out")
_FILE = Path(__file__).parent / "overstatement_pairs.yaml"
_ITEM = ("source", "stance", "by", "quote")


@dataclass(frozen=True, slots=True)
class Pair:
    """A claim of one half of the file, the code that it should give, and those that it gives."""

    half: str
    statement: str
    expected: frozenset[str]
    found: frozenset[str]


@dataclass(frozen=True, slots=True)
class Score:
    """How many were found rightly, found wrongly, and missed."""

    right: int
    wrong: int
    missed: int

    @property
    def precision(self) -> float:
        """The share of the warnings that are right; 1 where there are none."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        """The share of what should be warned of that is; 1 where there is none."""
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0


def score(pairs: Iterable[Pair], codes: Iterable[str] = CODES) -> Score:
    """The score of some codes: one too many and one too few are counted for each pair and code."""
    counted: Counter[str] = Counter()
    for pair in pairs:
        for code in codes:
            expected, found = code in pair.expected, code in pair.found
            counted["right"] += expected and found
            counted["wrong"] += found and not expected
            counted["missed"] += expected and not found
    return Score(counted["right"], counted["wrong"], counted["missed"])


def judged_pairs(words: Words | None = None) -> list[Pair]:
    """All pairs, with what the check says of each."""
    file = yaml.safe_load(_FILE.read_text("utf-8"))
    rows = [(half, row) for half in HALVES for row in file[half]]
    claims = [_claim(number, row) for number, (_, row) in enumerate(rows)]
    with TemporaryDirectory() as folder:
        main = Path(folder) / "claims.yaml"
        document = {"claimtrack": 1, **{key: file[key] for key in ("sources", "entities")}}
        main.write_text(json.dumps({**document, "claims": claims}), "utf-8")  # JSON is YAML
        reading = read_register(main)
    assert len(reading.register.claims) == len(rows), reading.diagnostics
    check = OverstatementCheck(reading.register, words or read_words(None))
    return [
        Pair(
            half,
            row["statement"],
            frozenset({row["expect"]} if "expect" in row else ()),
            frozenset(
                each.code
                for each in check.check(claim, [i.get("sentence") for i in _items(row)].__getitem__)
            ),
        )
        for (half, row), claim in zip(rows, reading.register.claims.values(), strict=True)
    ]


def _items(row: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    return [row, *row.get("more", [])]


def _claim(number: int, row: Mapping[str, Any]) -> dict[str, Any]:
    evidence = [
        {"source": "daily", **{key: item[key] for key in _ITEM if key in item}}
        for item in _items(row)
    ]
    kind = {key: row[key] for key in ("kind",) if key in row}
    return {"id": f"pair-{number}", "statement": row["statement"], **kind, "evidence": evidence}

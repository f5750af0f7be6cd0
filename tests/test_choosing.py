"""A filter chooses in an index what it chooses among findings."""

from __future__ import annotations

from functools import cache
from random import Random
from typing import Any

import pytest

from claimtrack.findings.findings import Findings, derive
from claimtrack.findings.flags import FLAGS
from claimtrack.findings.selection import Selection, searched, select
from claimtrack.index.choosing import choose
from claimtrack.index.making import make
from claimtrack.index.stored import Stored
from claimtrack.index.tables import create
from claimtrack.progress import quiet
from claimtrack.reading.register import read_register
from claimtrack.values.interval import Interval
from conftest import PROJECT

EXAMPLES = ("data", "examples/harbour")


@cache
def _opened(example: str) -> tuple[Findings, Stored]:
    main = PROJECT / example / "claims.yaml"
    findings = derive(read_register(main).register)
    return findings, make(create(None), main, {}, False, quiet).stored


def _selections(findings: Findings, chance: Random) -> list[Selection]:
    """One for each filter, and several together."""
    claims = list(findings.register.claims.values())

    def piece() -> str:
        word = chance.choice(searched(chance.choice(claims)).split())
        at = chance.randrange(len(word))
        return word[at : at + chance.randint(1, 6)]

    def day() -> int:
        return chance.randint(737000, 740000)

    low = day()
    entity = chance.choice(list(findings.register.entities))
    source = chance.choice(list(findings.register.sources))
    tags = [tag for claim in claims for tag in claim.tags]
    parts: dict[str, Any] = {
        "words": tuple(piece() for _ in range(chance.randint(1, 2))),
        "flags": (chance.choice(FLAGS), chance.choice(FLAGS)),
        "sources": (source,),
        "about": (findings.register.entities[entity].name or entity,),
        "by": (entity,),
        "kinds": (chance.choice([claim.kind for claim in claims if claim.kind]),),
        "tags": (chance.choice(tags).upper(),) if tags else (),
        "when": Interval(low, low + chance.randint(0, 900)),
        "reliability": chance.choice("ABCDEF"),
    }
    alone = [Selection(**{key: value}) for key, value in parts.items()]
    names = chance.sample(list(parts), 2)
    return [Selection(), *alone, Selection(**{key: parts[key] for key in names})]


@pytest.mark.parametrize("example", EXAMPLES)
@pytest.mark.parametrize("seed", range(12))
def test_the_same_claims_are_chosen(example: str, seed: int) -> None:
    findings, stored = _opened(example)
    for selection in _selections(findings, Random(seed)):
        chosen = choose(stored, selection, "file", None)
        assert chosen.ids() == select(findings, selection)
        assert chosen.count() == len(chosen.ids()) == len(chosen.summaries())


@pytest.mark.parametrize("word", ["-", "…", "ü", "россия", "%", "_", '"', "*", "'", "a b", "ﬁ"])
def test_so_are_those_with_odd_words(word: str) -> None:
    findings, stored = _opened("data")
    selection = Selection(words=(word,))
    assert choose(stored, selection, "file", None).ids() == select(findings, selection)

"""What is derived of one claim with what bears on it is what the whole register says of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from claimtrack.findings.findings import Findings, derive
from claimtrack.findings.summaries import summarise
from claimtrack.index.around import findings_around
from claimtrack.index.conflicts import claims_in
from claimtrack.index.making import make
from claimtrack.index.stored import Stored
from claimtrack.index.tables import create
from claimtrack.progress import quiet
from claimtrack.reading.register import read_register
from claimtrack.render.documents import claim_row, conflict_row
from claimtrack.render.reviews import gone_reviews_of
from conftest import PROJECT
from random_registers import registers, to_yaml


def _opened(main: Path) -> tuple[Findings, Stored]:
    findings = derive(read_register(main).register)
    return findings, make(create(None), main, {}, False, quiet).stored


def _of_claim(claim: str, findings: Findings) -> dict[str, Any]:
    """All that a page of a claim says of it."""
    return {
        **claim_row(summarise(claim, findings)),
        "claim": _without_numbers(findings.register.claims[claim]),
        "support": findings.supports[claim],
        "conflicts": [conflict_row(c, findings) for c in findings.standings[claim].conflicts],
        "gone": gone_reviews_of(claim, findings),
        "dispute": findings.reviews.of_disputes.get(claim),
        "in play": claim not in findings.out_of_play,
        "related": [
            (other.id, relation)
            for other in findings.register.claims.values()
            for relation in other.relations
            if claim in relation.claims
        ],
        "told": {each for each in findings.diagnostics if each.claim == claim},
    }


def _without_numbers(claim: Any) -> Any:
    """A claim but for where its values lie, which depends on what else is loaded."""
    return claim.id, claim.place, claim.fingerprint, claim.evidence, claim.relations, claim.verdicts


def _assert_same(main: Path) -> None:
    findings, stored = _opened(main)
    for claim in findings.register.claims:
        number = stored.number_of(claim)
        assert number is not None
        assert _of_claim(claim, findings_around(stored, [number])) == _of_claim(claim, findings)
    for conflict in findings.conflicts:
        near = findings_around(stored, claims_in(stored, [conflict.id]))
        found = next(each for each in near.conflicts if each.id == conflict.id)
        assert conflict_row(found, near) == conflict_row(conflict, findings)
        assert near.ground(found) == findings.ground(conflict)


@settings(max_examples=40)
@given(registers())
def test_a_random_register_says_the_same_piece_by_piece(
    tmp_path_factory: Any, register: dict[str, Any]
) -> None:
    path = tmp_path_factory.mktemp("register") / "claims.yaml"
    path.write_text(to_yaml(register), "utf-8")
    _assert_same(path)


@pytest.mark.parametrize("example", ["data", "examples/harbour"])
def test_so_does_an_example(example: str) -> None:
    _assert_same(PROJECT / example / "claims.yaml")

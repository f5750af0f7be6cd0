"""Registers made at random, with what an all-pairs reading of the format gives for each."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from claimtrack.diagnostic import Severity
from claimtrack.findings.findings import derive
from claimtrack.reading.register import read_register

REGISTERS = sorted((Path(__file__).parent / "conformance").glob("*.yaml"))


@pytest.mark.parametrize("path", REGISTERS, ids=lambda path: path.stem)
def test_a_register_gives_exactly_what_is_expected(path: Path) -> None:
    expected = json.loads(path.with_suffix(".expected.json").read_text("utf-8"))
    assert _derived(path) == expected


def test_there_are_registers_to_conform_to() -> None:
    assert len(REGISTERS) == 6


def _derived(path: Path) -> dict[str, Any]:
    reading = read_register(path)
    assert not [d for d in reading.diagnostics if d.severity is Severity.ERROR]
    findings = derive(reading.register)
    return {
        "conflicts": {
            conflict.id: {
                "claims": sorted(conflict.claims),
                "positions": len(conflict.positions),
                "rule": conflict.rule,
                "same_source": conflict.same_source,
                "severity": conflict.severity,
            }
            for conflict in findings.conflicts
        },
        "claims": {
            claim: {
                "contest": findings.standings[claim].contest,
                "flags": list(findings.flags(claim)),
                "origins": len(findings.supports[claim].origins),
                "support": findings.supports[claim].word,
            }
            for claim in reading.register.claims
        },
    }

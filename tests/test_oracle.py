"""Random registers, derived by the program and by a plain all-pairs reading of the format."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hypothesis import given, settings

from claimtrack.diagnostic import Severity
from claimtrack.findings.findings import derive
from claimtrack.findings.reviews import conflict_fingerprint
from claimtrack.reading.register import read_register
from oracle import judge, sound
from random_registers import registers, to_yaml


@settings(max_examples=120)
@given(registers())
def test_the_program_derives_what_the_format_says(
    tmp_path_factory: Any, register: dict[str, Any]
) -> None:
    assert sound(register)
    path = tmp_path_factory.mktemp("register") / "claims.yaml"
    path.write_text(to_yaml(register), "utf-8")
    assert _derived(path) == judge(register)


def _derived(path: Path) -> dict[str, Any]:
    reading = read_register(path)
    findings = derive(reading.register)
    diagnostics = [*reading.diagnostics, *findings.diagnostics]
    assert [d for d in diagnostics if d.severity is Severity.ERROR] == []
    claims, properties = reading.register.claims, reading.register.properties
    return {
        "conflicts": {
            conflict.id: {
                "claims": list(conflict.claims),
                "positions": [list(position.claims) for position in conflict.positions],
                "rule": conflict.rule,
                "severity": conflict.severity,
                "same_source": conflict.same_source,
                "why": conflict.why,
                "state": findings.reviews.state(conflict),
                "fingerprint": conflict_fingerprint(conflict, claims, properties),
            }
            for conflict in findings.conflicts
        },
        "claims": {
            claim: {
                "contest": findings.standings[claim].contest,
                "support": findings.supports[claim].word,
                "flags": list(findings.flags(claim)),
                "origins": len(findings.supports[claim].origins),
                "grade": findings.supports[claim].grade,
                "sources": list(findings.supports[claim].sources),
                "fingerprint": claims[claim].fingerprint,
                "in_play": claim not in findings.out_of_play,
            }
            for claim in claims
        },
    }

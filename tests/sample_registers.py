"""The texts of all registers that the tests have, and what hasty hands make of them."""

from __future__ import annotations

from pathlib import Path
from random import Random

from claimtrack.diagnostic import CODES
from claimtrack.explanations import explanation
from claimtrack.reading.yamltext import NotYaml, decode

PROJECT = Path(__file__).parents[1]

SOUND = {
    path.relative_to(PROJECT).as_posix(): path.read_text("utf-8")
    for path in (
        PROJECT / "data/claims.yaml",
        PROJECT / "examples/harbour/claims.yaml",
        *sorted((PROJECT / "tests/conformance").glob("*.yaml")),
    )
}


def examples() -> dict[str, str]:
    """The files of the explanations' examples that hold a text."""
    held: dict[str, str] = {}
    for code in CODES:
        page = explanation(code)
        for kind, files in (("wrong", page.bad), ("right", page.good)):
            for file in files:
                try:
                    held[f"{code} {kind} {file.name}"] = decode(file.data)
                except NotYaml:
                    continue
    return held


ODDITIES = (
    *"&*!|>-?:#'\"[]{},~\n\t \r",
    "\n---\n",
    "\n...\n",
    "%YAML 1.2\n---\n",
    "&a ",
    "*a",
    "!odd ",
    "!!str ",
    "\u2028",
    "\x85",
    "\ufeff",
    "\U0010fffa",
    "\U0001f642",
    "é",
    "\r\n",
    "claims:\n",
    "claims: []\n",
    "\nclaims: ~\n",
    "\n- ",
    "\n-\n",
    "\n  -\n    id: late\n",
    "? a\n: b\n",
    "null",
    "'quoted'",
    '"\\ud800"',
    "[" * 70 + "]" * 70,
    "  # a comment\n",
)


def mutated(text: str, rng: Random) -> str:
    """The text with a few pieces put in, taken out, or moved."""
    for _ in range(rng.choice((1, 1, 2, 4))):
        match rng.randrange(4):
            case 0:
                at = rng.randint(0, len(text))
                text = text[:at] + rng.choice(ODDITIES) + text[at:]
            case 1:
                lines = text.splitlines(keepends=True)
                at = rng.randrange(len(lines) + 1)
                text = "".join([*lines[:at], rng.choice(ODDITIES), *lines[at:]])
            case 2:
                lines = text.splitlines(keepends=True)
                at, to = sorted((rng.randrange(len(lines) + 1), rng.randrange(len(lines) + 1)))
                moved = lines[:at] + lines[to:] + lines[at:to]
                text = "".join(moved if rng.random() < 0.5 else lines[:at] + lines[to:])
            case _:
                at = rng.randint(0, len(text))
                text = text[:at] + text[at + rng.choice((1, 1, 2, 9)) :]
    return text

"""The words that say how a claim stands: what speaks against it, and what supports it."""

from __future__ import annotations

from typing import Literal

ContestWord = Literal["overruled", "conflicting", "disputed", "tension", "uncontested"]
CONTEST_WORDS: tuple[ContestWord, ...] = (
    "overruled",
    "conflicting",
    "disputed",
    "tension",
    "uncontested",
)
"""The first that applies is shown."""
SupportWord = Literal["corroborated", "single-origin", "speculative", "unsupported"]
SUPPORT_WORDS: tuple[SupportWord, ...] = (
    "corroborated",
    "single-origin",
    "speculative",
    "unsupported",
)
"""The strongest first."""
FLAGS = (*CONTEST_WORDS, *SUPPORT_WORDS)

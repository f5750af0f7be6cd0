"""Echoes: claims that several sources tell, all from one origin, taken for corroborated. Pure.

What the checks here say comes after what findings/verdicts.py says: a confirmed claim without firm
support is CT705's, a credibility of 1 with fewer than two origins is CT706's. Left for CT712 are
the verdict ``confirmed`` on an echo, and a credibility of 1 where several speakers were heard
through copies of one text: more than one origin, one root.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from claimtrack.diagnostic import Diagnostic
from claimtrack.findings.support import Item, Support
from claimtrack.findings.verdicts import valid_verdict
from claimtrack.model import Claim, Verdict


def check_echoes(
    claims: Mapping[str, Claim], supports: Mapping[str, Support]
) -> Iterator[Diagnostic]:
    """A warning for each verdict, and each grade, that takes an echo for independent sources."""
    for key, claim in claims.items():
        support = supports[key]
        if not support.is_echo:
            continue
        verdict = valid_verdict(claim)
        if verdict is not None and verdict.rating == "confirmed":
            yield _confirmed(claim, verdict, support)
        # Those of a claim that is the same as another are told with the first of them.
        if key == support.claims[0] and len(support.origins) > 1:
            yield from (_graded(item) for item in support.firm if item.evidence.credibility == 1)


def _confirmed(claim: Claim, verdict: Verdict, support: Support) -> Diagnostic:
    number = len({item.evidence.source for item in support.firm})
    return Diagnostic(
        "CT712",
        f"'{claim.id}' is confirmed, but its {number:,} sources are an echo: {_one(support)}; add "
        "evidence that is independent of it, or judge it 'unproven'",
        verdict.place,
        claim.id,
    )


def _one(support: Support) -> str:
    """What it is that all firm items of an echo have in common."""
    if len(support.origins) > 1:
        return f"all go back to the source '{support.firm[0].origin.root}'"
    kind, _, name = support.origins[0].partition(":")
    return f"all have it from the {kind} '{name}'"


def _graded(item: Item) -> Diagnostic:
    return Diagnostic(
        "CT712",
        "credibility 1 means confirmed by other independent sources, but all that firmly support "
        f"'{item.claim}' go back to the source '{item.origin.root}'; grade it 2 (probably true), "
        "or add the evidence that confirms it",
        item.evidence.place,
        item.claim,
    )

"""What is said of a claim that says more than its quotes, and the ways out."""

from __future__ import annotations

from collections.abc import Sequence

from claimtrack.diagnostic import Diagnostic
from claimtrack.findings.overstatement.cuts import Cut
from claimtrack.findings.overstatement.hedges import Hedge
from claimtrack.model import Claim, Evidence

_SHOWN = 3
_CUTS = {
    "denial": ("denied", "quote all of it and say stance: denies"),
    "condition": ("said on a condition only", "quote all of it and say stance: speculates"),
    "attribution": ("only reported", "say with by: who says so"),
}


def overstated(claim: Claim, evidence: Evidence, hedge: Hedge) -> Diagnostic:
    """CT715: a flat statement on a hedged quote."""
    what, way_out = "is hedged", "say stance: speculates"
    if hedge.is_hearsay:
        what = "hands on the word of others"
        way_out = "say with by: whose word it is (an anonymous entity will do)"
    message = (
        f"the statement is flat, and its quote {what} ('{hedge.text}'); {way_out}, hedge the "
        f"statement, or {_silence('CT715')}"
    )
    return Diagnostic("CT715", message, evidence.place, claim.id)


def cut_off(claim: Claim, evidence: Evidence, cut: Cut) -> Diagnostic:
    """CT716: a quote that its source denies, makes conditional, or hands to a speaker."""
    what, way_out = _CUTS[cut.kind]
    message = (
        f"what the statement takes from this quote is {what} in '{evidence.source}' "
        f"('{cut.text}'); {way_out}, or {_silence('CT716')}"
    )
    return Diagnostic("CT716", message, evidence.place, claim.id)


def dropped(claim: Claim, flat: Evidence, hedge: Hedge | None) -> Diagnostic:
    """CT717: said flatly by one who elsewhere in the same claim hedges it."""
    how = "speculates" if hedge is None else f"hedges it ('{hedge.text}')"
    message = (
        f"'{flat.source}' says this flatly here, and elsewhere under this claim {how}; say "
        f"stance: speculates of both, or with by: whose word each is, or {_silence('CT717')}"
    )
    return Diagnostic("CT717", message, flat.place, claim.id)


def added(claim: Claim, evidence: Evidence, missing: Sequence[str]) -> Diagnostic:
    """CT718: figures, dates and names that the statement adds to its evidence."""
    shown = ", ".join(f"'{each}'" for each in missing[:_SHOWN])
    more = f" and {len(missing) - _SHOWN} more" if len(missing) > _SHOWN else ""
    message = (
        f"the statement has {shown}{more}, which its quotes have not; quote what says so, leave "
        f"it out, or {_silence('CT718')}"
    )
    return Diagnostic("CT718", message, evidence.place, claim.id)


def _silence(code: str) -> str:
    return f"silence this with '# claimtrack: ignore {code} because …'"

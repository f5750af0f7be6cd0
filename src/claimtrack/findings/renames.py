"""Claims that are called otherwise in a later state of a register. Pure."""

from __future__ import annotations

from claimtrack.model import Register


def renamed_claims(before: Register, after: Register) -> dict[str, str]:
    """For each claim that is gone while the same is there under a new id, that id.

    The same is what has the same fingerprint; several alike are taken in file order.
    """
    free: dict[str, list[str]] = {}
    for claim in reversed(list(after.claims.values())):
        if is_unknown(claim.id, before):
            free.setdefault(claim.fingerprint, []).append(claim.id)
    return {
        claim.id: free[claim.fingerprint].pop()
        for claim in before.claims.values()
        if is_unknown(claim.id, after) and free.get(claim.fingerprint)
    }


def is_unknown(claim: str, register: Register) -> bool:
    """Whether no claim is written under that id, be it sound or not."""
    return claim not in register.claims and claim not in register.claims_left_out

"""Commands that write what a person decides: judge and review."""

from __future__ import annotations

import shlex
from typing import Annotated, get_args

import typer

from claimtrack.cli.asking import Asking
from claimtrack.cli.claim_asking import asked_word, claims
from claimtrack.cli.hindsight import today
from claimtrack.cli.signing import OnOption, SignedByOption, refuse_empty, signed_by
from claimtrack.cli.writing import DryRunOption, change
from claimtrack.edit import decisions as writing
from claimtrack.edit.decisions import Signed
from claimtrack.edit.draft import Draft
from claimtrack.edit.writing import Result
from claimtrack.edit.written import Written
from claimtrack.model import Decision, Rating

WhyOption = Annotated[str | None, typer.Option(metavar="TEXT", help="The reason, in a sentence.")]


def judge(
    context: typer.Context,
    claim: Annotated[
        str | None,
        typer.Argument(
            metavar="CLAIM", help="A claim's id, or a part that only one has.", show_default=False
        ),
    ] = None,
    rating: Annotated[
        str | None,
        typer.Argument(
            metavar="RATING", help=f"One of {', '.join(get_args(Rating))}.", show_default=False
        ),
    ] = None,
    why: WhyOption = None,
    by: SignedByOption = None,
    on: OnOption = None,
    dry_run: DryRunOption = False,
) -> None:
    """Write a verdict on a claim. It carries a fingerprint, and says so when the claim changes.

    Earlier verdicts stay; the last one counts.
    """
    asking = Asking(context)
    named = asking.needed(claim, "the claim", "Claim", claims)
    word = asked_word(asking, rating, "rating", get_args(Rating))
    signed = _signed(context, asking, why, by, on)
    change(
        context,
        lambda draft: writing.judge(draft, named, word, signed),
        dry_run=dry_run,
        then=lambda result: f"claimtrack show {result.made.key.id}",
    )


def review(
    context: typer.Context,
    conflict: Annotated[
        str | None,
        typer.Argument(
            metavar="CONFLICT",
            help="A conflict's id, or the id of a disputed claim.",
            show_default=False,
        ),
    ] = None,
    decision: Annotated[
        str | None,
        typer.Argument(
            metavar="DECISION",
            help="Of a conflict prevails, compatible or unresolved; of a dispute upheld, dismissed "
            "or unresolved.",
            show_default=False,
        ),
    ] = None,
    claim: Annotated[
        str | None,
        typer.Argument(metavar="[CLAIM]", help="The claim that prevails.", show_default=False),
    ] = None,
    why: WhyOption = None,
    by: SignedByOption = None,
    on: OnOption = None,
    dry_run: DryRunOption = False,
) -> None:
    """Write a decision on a conflict, or on what disputes a claim.

    It carries a fingerprint of what was decided on, and has no effect once that has changed.
    """
    asking = Asking(context)
    named = asking.needed(conflict, "the conflict", "Conflict, or disputed claim", _reviewable)
    word = asked_word(asking, decision, "decision", get_args(Decision))
    winner = claim
    if word == "prevails":
        winner = asking.needed(claim, "the claim that prevails", "Which claim prevails", claims)
    signed = _signed(context, asking, why, by, on)
    change(
        context,
        lambda draft: writing.review(draft, named, word, winner, signed),
        dry_run=dry_run,
        then=_after_reviewing,
    )


def _reviewable(draft: Draft) -> list[str]:
    findings = draft.findings
    disputed = [key for key, support in findings.supports.items() if support.disputing]
    return [*(conflict.id for conflict in findings.conflicts), *disputed]


def _after_reviewing(result: Result[Written]) -> str:
    review = result.proposal.after.register.reviews[-1]
    if review.conflict is not None:
        return f"claimtrack conflicts {shlex.quote(review.conflict)}"
    return f"claimtrack show {review.dispute}"


def _signed(
    context: typer.Context, asking: Asking, why: str | None, by: str | None, on: str | None
) -> Signed:
    reason = asking.needed(why, "--why", "Why")
    refuse_empty("--by", by)
    refuse_empty("--on", on)
    return Signed(by=signed_by(context, by), on=on or today().isoformat(), why=reason)

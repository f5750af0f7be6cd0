"""All suggestions of a register, by rule."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence

from claimtrack.engine.collisions import group
from claimtrack.findings.findings import Findings
from claimtrack.findings.near.escapes import through_hedge, through_time, through_tolerance
from claimtrack.findings.near.listing import WORDING_LOOKS, Listing
from claimtrack.findings.near.suggestion import Suggestion, Suggestions
from claimtrack.findings.near.undecided import Undecided
from claimtrack.findings.near.undeclared import Groups, through_spelling
from claimtrack.findings.near.wording import through_wording
from claimtrack.model import Assertion, Property, Register
from claimtrack.progress import Tell, quiet

Escape = Callable[[Sequence[Assertion], Property, Undecided], Iterator[Suggestion | None]]
ESCAPES: tuple[Escape, ...] = (through_tolerance, through_hedge, through_time)


def find_near(
    findings: Findings, asked: Sequence[Collection[str]] = (), tell: Tell = quiet
) -> Suggestions:
    """What nearly conflicts, by rule and then in file order of the two claims.

    ``asked`` narrows it: of each collection, a pair holds at least one claim.
    """
    undecided, register = Undecided(findings, asked), findings.register
    groups = group(each for claim in undecided.claims for each in claim.asserts)
    tell("comparing values", 0, 0)
    listings = [
        *(Listing(undecided, _each(through, groups, register, undecided)) for through in ESCAPES),
        Listing(undecided, through_spelling(groups, register, undecided)),
        Listing(undecided, through_wording(register, undecided, tell), WORDING_LOOKS),
    ]
    return Suggestions(
        tuple(each for listing in listings for each in listing.found),
        sum(listing.cut for listing in listings),
    )


def _each(
    through: Escape, groups: Groups, register: Register, undecided: Undecided
) -> Iterator[Iterator[Suggestion | None]]:
    """The suggestions of one rule for each subject and property."""
    for (_, property_id), members in groups.items():
        if len(members) > 1:
            yield through(members, register.properties[property_id], undecided)

"""Values without their hedges: ``{about: 7500}`` read as 7500, ``2024-07~`` as 2024-07."""

from __future__ import annotations

from fractions import Fraction

from claimtrack.engine.reach import reach
from claimtrack.frozen import replace
from claimtrack.model import Assertion, Property
from claimtrack.values.edtf import read_date
from claimtrack.values.interval import Interval, exact, point


def is_hedged(assertion: Assertion, of: Property) -> bool:
    """Whether its value is said to be about what it is."""
    if of.type == "number":
        return any(name == "about" for name, _ in assertion.parts)
    return of.type == "date" and "~" in assertion.text


def unhedged(assertion: Assertion, of: Property) -> Assertion:
    """The same with its value read as it stands; what has no hedge stays what it is."""
    if not is_hedged(assertion, of):
        return assertion
    if of.type == "date":
        text, parts = assertion.text.replace("~", ""), assertion.parts
        interval = read_date(text)
    else:
        parts = tuple(("value" if n == "about" else n, text) for n, text in assertion.parts)
        text, interval = assertion.text.replace("about:", "value:", 1), _middle(assertion.interval)
    return replace(assertion, text=text, parts=parts, interval=interval, reach=reach(interval, of))


def _middle(interval: Interval) -> Interval:
    """The number itself: an ``about`` reaches as far below it as above."""
    return point(exact(Fraction(Fraction(interval.low) + Fraction(interval.high)) / 2))

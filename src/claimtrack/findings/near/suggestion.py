"""A suggestion: two claims that nearly conflict, and the one reason why they do not."""

from __future__ import annotations

from typing import Literal

from claimtrack.frozen import frozen
from claimtrack.model import Assertion
from claimtrack.values.interval import Interval

Rule = Literal["tolerance", "hedge", "during", "spelling", "wording"]
"""What lets two claims pass.

``tolerance``: their values are apart, but within it. ``hedge``: an ``about`` or a ``~``.
``during``: days between their periods of which nothing is said. ``spelling``: a name that no entity
declares and that is spelt like another. ``wording``: nothing structured is asserted, and the
statements differ in little.
"""

Kind = Literal["number", "date", "negation", "antonym"]


@frozen
class Spelling:
    """A name that no entity declares and the one that it is spelt like, both as written.

    ``entity`` is the id of the entity that has the other name, or None if none declares it either.
    """

    name: str
    like: str
    entity: str | None


@frozen
class Difference:
    """What one statement says against the other; a negation has no counterpart."""

    kind: Kind
    one: str
    other: str


@frozen
class Suggestion:
    """Two claims, in file order, and what would settle whether they conflict.

    ``pair`` are the assertions as they are, one of each claim; ``would`` are the same two as they
    would collide. Both are None where the wording alone suggests it.
    """

    rule: Rule
    claims: tuple[str, str]
    pair: tuple[Assertion, Assertion] | None = None
    would: tuple[Assertion, Assertion] | None = None
    gap: Interval | None = None
    """The days of which nothing is said."""
    spelling: Spelling | None = None
    entities: tuple[str, ...] = ()
    """What both statements are about, in order of ids."""
    differences: tuple[Difference, ...] = ()


@frozen
class Suggestions:
    """What was found, by rule and then in file order, and where not all of it is listed."""

    found: tuple[Suggestion, ...]
    cut: int
    """In how many places (a subject and property, a kind of statement) there may be more."""

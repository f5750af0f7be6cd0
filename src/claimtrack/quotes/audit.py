"""What comparing a quote with its source's text gives."""

from __future__ import annotations

from enum import StrEnum

from claimtrack.frozen import frozen


class AuditResult(StrEnum):
    """How a quote stands to its source's text, as the contract's section "Quotes" has it."""

    EXACT = "exact"
    NORMALISED = "normalised"
    ATTESTED = "attested"
    MOVED = "moved"
    AMBIGUOUS = "ambiguous"
    ALTERED = "altered"
    MISSING = "missing"
    UNCHECKED = "unchecked"

    @property
    def stands(self) -> bool:
        """Whether the source has the quote where the register says."""
        return self in (AuditResult.EXACT, AuditResult.NORMALISED)

    @property
    def is_error(self) -> bool:
        """Whether the source does not have the quote at all."""
        return self in (AuditResult.ALTERED, AuditResult.MISSING)


@frozen
class Stretch:
    """A stretch of a source's text, in code points from its start; ``end`` is not in it."""

    start: int
    end: int


@frozen
class Passage:
    """Where a source has a quote: its line, from 1, and one stretch for each of its parts.

    A quote without an ellipsis or words in brackets has one part.
    """

    line: int
    parts: tuple[Stretch, ...]

    @property
    def whole(self) -> Stretch:
        """From the start of its first part to the end of its last."""
        return Stretch(self.parts[0].start, self.parts[-1].end)


@frozen
class WordChange:
    """A run of words that quote and source share, or that stand in for each other.

    ``quote`` and ``source`` are as written, words joined by spaces; one of them is empty where
    only the other has words.
    """

    quote: str
    source: str
    same: bool


@frozen
class Near:
    """The passage of a source that is nearest to a quote it does not have, and where it begins."""

    line: int
    column: int
    stretch: Stretch
    difference: tuple[WordChange, ...]
    """The quote against the passage, in order, words compared normalised and case folded."""


@frozen
class Audit:
    """The result of one quote, and what it rests on.

    ``found`` are the places that have the quote, first the one on the line that the register
    gives; all of them for ``ambiguous`` and ``moved``, in the order of the text. ``near`` is
    given for ``altered``, and for ``missing`` where the source has a passage that shares words.
    ``line`` is where it stands: that of the first of ``found``, or the attested one. ``why`` says
    why a quote is ``unchecked``.
    """

    result: AuditResult
    line: int | None = None
    found: tuple[Passage, ...] = ()
    near: Near | None = None
    why: str = ""

    @property
    def stands(self) -> bool:
        """Whether it is where the register says, by its source or by an attestation."""
        return self.result.stands or self.result is AuditResult.ATTESTED

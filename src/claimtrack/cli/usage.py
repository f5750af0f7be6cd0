"""What options say of how a result is written, and what is wrong with options."""

from __future__ import annotations

from enum import StrEnum

from claimtrack.diagnostic import ClaimtrackError


class Format(StrEnum):
    """How a command's result is written."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"
    MARKDOWN = "markdown"


class PageFormat(StrEnum):
    """How a result that is no list is written."""

    TABLE = "table"
    JSON = "json"


class WrongUsage(ClaimtrackError):
    """Options that do not go together, or an argument that is none."""

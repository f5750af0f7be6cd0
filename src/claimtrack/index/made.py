"""What making or changing an index gives."""

from __future__ import annotations

from typing import NamedTuple

from claimtrack.index.seal import Seal
from claimtrack.index.stored import Stored


class Made(NamedTuple):
    """An index, and its seal unless files changed while they were read."""

    stored: Stored
    seal: Seal | None

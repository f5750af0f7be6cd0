"""The mark of a change of several files that is not finished."""

from __future__ import annotations

import os
from pathlib import Path

JOURNAL = ".claimtrack-journal"
"""The file that says what is left to do; see edit/journal.py."""


def interrupted(folder: Path) -> bool:
    """Whether a change of several files is half done: a writer was killed, or is at work now."""
    return os.path.lexists(folder / JOURNAL)

"""Numbers for values that no tree holds, where their order does not matter."""

from __future__ import annotations


class RanksAsNeeded(dict[str, int]):
    """Numbers for folded texts as they come up, in no order that means anything.

    Enough to tell which are the same: whoever compares them otherwise numbers them anew.
    """

    def __init__(self, first: int) -> None:
        super().__init__()
        self._first = first

    def __missing__(self, text: str) -> int:
        self[text] = number = self._first + len(self)
        return number

"""Numbers for values that no tree holds, where their order does not matter."""

from __future__ import annotations

from hashlib import blake2b


class LooseRanks(dict[str, int]):
    """A number for each folded text, in no order that means anything.

    Enough to tell which are the same: whoever compares them otherwise numbers them anew. Nothing is
    held, since there may be as many as claims: a number is a digest of 16 bytes.
    """

    def __init__(self, first: int) -> None:
        """None is less than ``first``."""
        super().__init__()
        self._first = first

    def __missing__(self, text: str) -> int:
        digest = blake2b(text.encode("utf-8", "surrogatepass"), digest_size=16).digest()
        return self._first + int.from_bytes(digest, "big")

"""How reading a value says no: with a code and a sentence, for its caller to give a place."""

from __future__ import annotations


class Refused(Exception):
    """A written value that stands for nothing; the reader of claims makes a diagnostic of it."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code, self.message = code, message

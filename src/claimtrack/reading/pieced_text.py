"""The text of a file as a parser takes it: piece by piece, so that it is never held as a whole."""

from __future__ import annotations

import re
from collections import deque
from typing import NamedTuple

from claimtrack.reading.octets import Octets
from claimtrack.reading.yamltext import is_printable


class NotStreamed(Exception):
    """The file has to be read as a whole; what was given of it so far counts for nothing."""


_PIECE = 1 << 16
_STAND_INS = {0x85: "\U0010fffa", 0x2028: "\U0010fffb", 0x2029: "\U0010fffc"}
"""For line ends of other standards, which are ordinary characters in YAML 1.2."""

_WRITTEN = {ord(private): chr(sign) for sign, private in _STAND_INS.items()}
_UNUSUAL = re.compile("[\x85\u2028\u2029\ufeff\U0010fffa-\U0010fffc]")
_SURROGATE = re.compile("[\ud800-\udfff]")


class _Piece(NamedTuple):
    """A piece of a file: its first character as the parser counts them, its first byte, its text.

    There is no text where each character is a byte.
    """

    character: int
    byte: int
    text: str | None


class PiecedText:
    """A file from an offset on, which the parser takes piece by piece."""

    def __init__(self, data: Octets, at: int, before: str = "") -> None:
        """``before`` is what the parser is given first, though it does not stand there."""
        self._data, self._at, self._before = data, at, before
        self._hides = False
        self._pieces = deque([_Piece(len(before), at, None)])
        self._asked = len(before), at
        self._given = len(before)

    def read(self, _size: int) -> str:
        """The next piece, or nothing at the end."""
        if self._before:
            piece, self._before = self._before, ""
            return piece
        data = self._data[self._at : self._end_of_piece()]
        piece = _decoded(data)
        self._pieces.append(_Piece(self._given, self._at, None if piece.isascii() else piece))
        self._at += len(data)
        self._given += len(piece)
        return piece if piece.isascii() else self._hidden(piece)

    def _end_of_piece(self) -> int:
        """Where the next piece ends, with a whole character."""
        end = self._at + _PIECE
        while self._at < end < len(self._data) and self._data[end] & 0xC0 == 0x80:
            end -= 1
        return end

    def byte(self, character: int) -> int:
        """The offset of a character as the parser counts them, none before the last asked for."""
        pieces = self._pieces
        while len(pieces) > 1 and pieces[1].character <= character:
            pieces.popleft()
            self._asked = pieces[0].character, pieces[0].byte
        first, _, text = pieces[0]
        asked, byte = self._asked
        further = character - asked
        byte += further if text is None else len(text[asked - first : character - first].encode())
        self._asked = character, byte
        return byte

    def _hidden(self, piece: str) -> str:
        unusual = set(map(ord, _UNUSUAL.findall(piece)))
        if not unusual:
            return piece
        if not unusual <= _STAND_INS.keys():
            raise NotStreamed
        self._hides = True
        return piece.translate(_STAND_INS)

    def as_written(self, scalar: str) -> str:
        """A scalar's text with what was hidden of it. Raises NotStreamed for half a character."""
        if _SURROGATE.search(scalar):
            raise NotStreamed
        return scalar.translate(_WRITTEN) if self._hides else scalar


def _decoded(data: bytes) -> str:
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        raise NotStreamed from error
    if not is_printable(data, text):
        raise NotStreamed
    return text

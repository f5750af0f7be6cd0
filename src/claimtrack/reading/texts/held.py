"""A source's text as it was taken out of its file, and what the file says about itself."""

from __future__ import annotations

from typing import Literal

from claimtrack.diagnostic import ClaimtrackError
from claimtrack.frozen import frozen
from claimtrack.quotes.text import SourceText

Format = Literal["plain text", "Markdown", "HTML", "PDF"]


class TextCannotBeHad(ClaimtrackError):
    """A file that gives no text; the reason is a clause for the reader, about "it"."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@frozen
class PagedText:
    """A text, and the first lines of its pages, from 1, where its format has pages."""

    text: str
    page_lines: tuple[int, ...] = ()


@frozen
class HeldText:
    """The text that a file gives, or why it gives none.

    ``encoding`` is as said to a reader: ``UTF-8``, ``UTF-16 (by its mark)``, ``windows-1251,
    detected``; empty for PDF, whose encodings are its fonts'. ``why`` is a clause about "it" that
    says what to do, and empty where there is a text.
    """

    text: SourceText | None
    format: Format
    encoding: str = ""
    why: str = ""


@frozen
class Facts:
    """What a document says about itself; None where it does not say.

    ``published`` is an EDTF date, ``language`` a BCP 47 tag. Nothing is guessed: a date in an
    address or in the running text is none that the document gives as its own.
    """

    title: str | None = None
    author: str | None = None
    publisher: str | None = None
    published: str | None = None
    language: str | None = None
    url: str | None = None

"""The text of a PDF and what it says about itself. Only the process of its own imports this."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from io import BytesIO
from itertools import accumulate

from pypdf import PageObject, PdfReader
from pypdf.errors import DependencyError, PyPdfError
from pypdf.xmp import XmpInformation

from claimtrack.reading.texts.broken_words import mended, words_of
from claimtrack.reading.texts.held import Facts, PagedText, TextCannotBeHad
from claimtrack.reading.texts.said import first_date, first_language, first_line, listed

_LINE_END = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")


def pdf_text(data: bytes) -> PagedText:
    """The text of a PDF's pages in order, each beginning on a line of its own.

    Raises TextCannotBeHad; one page that cannot be read is enough, for a quote that stands there
    would be missing.
    """
    pages = [_page(page, number) for number, page in enumerate(_opened(data).pages, 1)]
    if not any(page.strip() for page in pages):
        raise TextCannotBeHad(
            "it holds pictures of its pages and no text; put a text under them with a program for "
            "text recognition (OCR), or hold what it says as plain text"
        )
    known = words_of("\n".join(pages))
    starts = accumulate((page.count("\n") + 1 for page in pages[:-1]), initial=1)
    return PagedText("\n".join(mended(page, known) for page in pages), tuple(starts))


def pdf_facts(data: bytes) -> Facts:
    """What a PDF says about itself; its date is the day that it was made. Raises TextCannotBeHad.

    Its newer metadata (XMP) count before its older ones.
    """
    reader = _opened(data)
    info, xmp = reader.metadata, _xmp(reader)
    return Facts(
        title=first_line(*_values(xmp and xmp.dc_title), *_values(info and info.title)),
        author=listed(xmp.dc_creator if xmp and xmp.dc_creator else _values(info and info.author)),
        publisher=listed(_values(xmp and xmp.dc_publisher)),
        published=first_date(
            *_values(xmp and xmp.dc_date),
            *_values(xmp and xmp.xmp_create_date),
            *_values(info and _made(info.creation_date_raw)),
        ),
        language=first_language(
            *_values(xmp and xmp.dc_language), *_values(reader.root_object.get("/Lang"))
        ),
    )


def _opened(data: bytes) -> PdfReader:
    try:
        reader = PdfReader(BytesIO(data), strict=False)
        # Many are encrypted with no password, so that they can be read and not changed.
        if reader.is_encrypted and not reader.decrypt(""):
            raise TextCannotBeHad(_ENCRYPTED)
        len(reader.pages)
    except DependencyError as error:
        raise TextCannotBeHad(_ENCRYPTED) from error
    except PyPdfError as error:
        raise TextCannotBeHad(
            "it is damaged, no PDF that can be read; fetch it anew, or hold its text as plain text"
        ) from error
    return reader


_ENCRYPTED = "it is encrypted; save it without a password, and record the new file"


def _page(page: PageObject, number: int) -> str:
    """The text of a page, its line ends as a quote's line counts them.

    What a broken font gives for a sign, a NUL or half of a surrogate pair, is marked as unknown.
    """
    try:
        text = page.extract_text()
    except (PyPdfError, ValueError, LookupError, TypeError, AttributeError) as error:
        raise TextCannotBeHad(
            f"its page {number} cannot be read; hold its text as plain text"
        ) from error
    paired = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return _LINE_END.sub("\n", paired.replace("\0", "\ufffd"))


def _xmp(reader: PdfReader) -> XmpInformation | None:
    try:
        return reader.xmp_metadata
    except PyPdfError:
        return None


def _made(raw: object) -> str | None:
    """The day of a PDF's own form of a date, ``D:20251008120000Z``, as ISO 8601."""
    found = re.match(r"(?:D:)?([0-9]{4})([0-9]{2})?([0-9]{2})?", str(raw or ""))
    return found and "-".join(filter(None, found.groups()))


def _values(value: object) -> Iterable[str]:
    """What a property says, whether it has one value, several, or one for each language."""
    if isinstance(value, dict):
        value = list(value.values())
    each = value if isinstance(value, list) else [value]
    for one in each:
        if isinstance(one, datetime):
            yield one.date().isoformat()
        elif isinstance(one, str):
            yield one

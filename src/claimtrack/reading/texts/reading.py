"""A source's text from its file, whichever of the formats it is in."""

from __future__ import annotations

from pathlib import Path

from claimtrack.quotes.text import SourceText
from claimtrack.reading.texts.encodings import decode_page, decode_text
from claimtrack.reading.texts.extraction import Kind, extract_facts, extract_text
from claimtrack.reading.texts.formats import format_of
from claimtrack.reading.texts.held import Facts, Format, HeldText, TextCannotBeHad

LARGEST = 64 * 1024 * 1024
"""How many bytes of a file are read as a text."""


def read_text(file: Path) -> HeldText:
    """The text of a file, or why it cannot be had; whatever the file holds, nothing is raised."""
    try:
        with file.open("rb") as stream:
            data = stream.read(LARGEST + 1)
    except OSError as error:
        why = f"it cannot be read: {error.strerror or 'it cannot be opened'}"
        return HeldText(None, format_of(b"", file.name), why=why)
    return text_of(data, file.name)


def text_of(data: bytes, name: str) -> HeldText:
    """The text of a file's bytes; its name counts where they do not tell the format."""
    of_format = format_of(data, name)
    try:
        _refuse_large(data)
        return _text(data, of_format)
    except TextCannotBeHad as error:
        return HeldText(None, of_format, why=error.reason)


def facts_of(data: bytes, name: str) -> Facts:
    """What a document says about itself; nothing where it cannot be read or says nothing."""
    of_format = format_of(data, name)
    try:
        _refuse_large(data)
        return _facts(data, of_format)
    except TextCannotBeHad:
        return Facts()


def _refuse_large(data: bytes) -> None:
    if len(data) > LARGEST:
        raise TextCannotBeHad(f"it is larger than {LARGEST >> 20} MB; hold the part that is quoted")


def _text(data: bytes, of_format: Format) -> HeldText:
    if of_format == "PDF":
        return HeldText(extract_text(data, "pdf"), of_format)
    read = decode_page(data) if of_format == "HTML" else decode_text(data)
    kind = _KINDS.get(of_format)
    text = extract_text(read.text.encode(), kind) if kind else SourceText(read.text)
    return HeldText(text, of_format, read.encoding)


def _facts(data: bytes, of_format: Format) -> Facts:
    if of_format == "PDF":
        return extract_facts(data, "pdf")
    kind = _KINDS.get(of_format)
    if kind is None:
        return Facts()
    read = decode_page(data) if of_format == "HTML" else decode_text(data)
    return extract_facts(read.text.encode(), kind)


_KINDS: dict[Format, Kind] = {"HTML": "html", "Markdown": "markdown"}

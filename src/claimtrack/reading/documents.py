"""A document that is to become a source: its bytes, what they are, and what they say of themselves.

It comes from a file of this machine or from the web; what is made of it does not depend on which.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from claimtrack.diagnostic import ClaimtrackError
from claimtrack.frozen import fields_of, replace
from claimtrack.reading.files import find_source, resolved
from claimtrack.reading.texts.held import Facts, Format, HeldText
from claimtrack.reading.texts.reading import LARGEST, facts_of, text_of
from claimtrack.values.signs import UNSAFE

if TYPE_CHECKING:
    from claimtrack.reading.fetching.fetch import Fetched

_SUFFIXES: dict[Format, str] = {"HTML": ".html", "PDF": ".pdf", "Markdown": ".md"}
_TYPES = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "application/pdf": ".pdf",
    "text/markdown": ".md",
    "text/x-markdown": ".md",
    "text/plain": ".txt",
}
_SUFFIX = re.compile(r"\.[A-Za-z][A-Za-z0-9]{0,7}\Z", re.ASCII)
_KEPT = """
    .csv .eml .json .log .rst .srt .tex .tsv .vtt .xml
    .doc .docx .epub .gif .jpeg .jpg .mp3 .mp4 .odt .png .rtf .tif .tiff .webp .xlsx
"""
_KEPT_SUFFIXES = frozenset(_KEPT.split())
"""Suffixes that say what a file without a format of its own is, and start no program."""


class NoDocument(ClaimtrackError):
    """A path at which there is no file to capture."""

    def __init__(self, path: str, why: str) -> None:
        super().__init__(f"'{path}' {why}")


@dataclass(frozen=True)
class Document:
    """A document's bytes, and where they are from.

    ``name`` is its file's, or what its URL calls it, with the suffix that tells its format.
    ``held_as`` is its name in a source folder, where it lies in one already. ``charset`` is what a
    server says of its encoding, ``found_at`` where redirects led.
    """

    data: bytes
    name: str
    url: str | None = None
    charset: str | None = None
    found_at: str | None = None
    held_as: str | None = None

    @cached_property
    def digest(self) -> str:
        """The SHA-256 of its bytes, in hex digits."""
        return sha256(self.data).hexdigest()

    @cached_property
    def text(self) -> HeldText:
        """Its text, or why that cannot be had."""
        return text_of(self.data, self.name)

    @cached_property
    def facts(self) -> Facts:
        """What it says of itself, without signs that a reader would not see."""
        said = facts_of(self.data, self.name)
        texts = fields_of(said)
        return replace(said, **{key: _seen(text) for key, text in texts.items() if text})

    @property
    def stem(self) -> str:
        """Its name without the suffix."""
        return _SUFFIX.sub("", self.name)

    @property
    def suffix(self) -> str:
        """What a file of its format ends in."""
        own = _own_suffix(self.name)
        other = ".txt" if self.text.text is not None else ".bin"
        return _SUFFIXES.get(self.text.format, own if own in _KEPT_SUFFIXES else other)


def _own_suffix(name: str) -> str:
    found = _SUFFIX.search(name)
    return found.group().lower() if found else ""


def _seen(text: str) -> str | None:
    return " ".join(re.sub(UNSAFE, "", text).split()) or None


# ------------------------------------------------------------------------------- from the machine


def read_document(given: str, folders: Iterable[Path]) -> Document:
    """The document in a file of this machine. Raises NoDocument."""
    path = Path(given)
    data = _bytes(path)
    return Document(data, path.name, held_as=_name_in(path, list(folders)))


def _bytes(path: Path) -> bytes:
    try:
        # A named pipe would be waited for, and a device never ends.
        descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    except FileNotFoundError as error:
        hint = "is not there; a URL begins with http:// or https://"
        raise NoDocument(str(path), hint) from error
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or "it is no path"
        raise NoDocument(str(path), f"cannot be read: {why}") from error
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise NoDocument(str(path), "is not a regular file")
    with open(descriptor, "rb") as stream:  # noqa: PTH123 - a descriptor, no path
        data = stream.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise NoDocument(str(path), f"is larger than {LARGEST >> 20} MB")
    if not data:
        raise NoDocument(str(path), "is empty")
    return data


def _name_in(path: Path, folders: list[Path]) -> str | None:
    """The name by which a source folder has this very file, if one does."""
    whole = resolved(path)
    for folder in folders:
        if whole.is_relative_to(resolved(folder)):
            name = whole.relative_to(resolved(folder)).as_posix()
            found = find_source(name, folders)
            if found.path is not None and resolved(found.path) == whole:
                return name
    return None


# ----------------------------------------------------------------------------------- from the web


def fetched_document(fetched: Fetched, url: str) -> Document:
    """The document that was fetched for a URL."""
    host = (urlsplit(fetched.url).hostname or "").replace(".", "-")
    last = _last_part(fetched.url) or _last_part(url) or host
    suffix = _TYPES.get(fetched.content_type or "")
    # Markdown and tables are mostly sent as plain text.
    is_kept = suffix == ".txt" and _own_suffix(last) in {".md", ".markdown", *_KEPT_SUFFIXES}
    if suffix is not None and not is_kept:
        last = _SUFFIX.sub("", last) + suffix
    return Document(fetched.data, last, url.strip(), fetched.charset, fetched.url)


def _last_part(url: str) -> str:
    """The last part of a URL's path that is not empty, its escapes undone, without slashes."""
    parts = [part for part in urlsplit(url).path.split("/") if part]
    return unquote(parts[-1]).replace("/", " ").replace("\0", "") if parts else ""

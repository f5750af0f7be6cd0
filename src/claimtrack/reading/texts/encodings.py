"""Bytes to text: by UTF-8, by the mark at the start, by what a page declares, or by detection."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable

from claimtrack.frozen import frozen
from claimtrack.reading.texts.held import TextCannotBeHad

# Python's codecs, as readers know them. Only these: a page may name any codec that Python has, and
# some of them are no encodings, or take long. In the order in which they are met, which decides
# between two that fit equally well.
_NAMES = {
    "utf-8": "UTF-8",
    "cp1252": "windows-1252",
    "cp1251": "windows-1251",
    "cp1250": "windows-1250",
    "shift_jis": "Shift JIS",
    "gb18030": "GB18030",
    "big5": "Big5",
    "euc_kr": "EUC-KR",
    "euc_jp": "EUC-JP",
    "koi8-r": "KOI8-R",
    "koi8-u": "KOI8-U",
    "cp1253": "windows-1253",
    "cp1254": "windows-1254",
    "cp1255": "windows-1255",
    "cp1256": "windows-1256",
    "cp1257": "windows-1257",
    "cp1258": "windows-1258",
    "cp866": "IBM866",
    "cp874": "windows-874",
    "iso8859-2": "ISO 8859-2",
    "iso8859-5": "ISO 8859-5",
    "iso8859-7": "ISO 8859-7",
    "iso8859-15": "ISO 8859-15",
    "mac-roman": "Mac Roman",
    "mac-cyrillic": "Mac Cyrillic",
}
_RANKS = {name: rank for rank, name in enumerate(_NAMES)}
# What pages declare and do not mean: the WHATWG's Encoding Standard reads these so.
_MEANT = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "cp932": "shift_jis",
    "cp949": "euc_kr",
    "utf-16": "utf-8",
    "utf-16-le": "utf-8",
    "utf-16-be": "utf-8",
}
# The longer ones first: UTF-32's begins like UTF-16's.
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le", "UTF-32 (by its mark)"),
    (codecs.BOM_UTF32_BE, "utf-32-be", "UTF-32 (by its mark)"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "UTF-16 (by its mark)"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "UTF-16 (by its mark)"),
    (codecs.BOM_UTF8, "utf-8", "UTF-8"),
)
_SAMPLE = 1 << 18
"""How many bytes detection looks at."""


@frozen
class Decoded:
    """A text without its byte order mark, and the encoding that it was in, as said to a reader."""

    text: str
    encoding: str


def decode_text(data: bytes) -> Decoded:
    """The text of a file that says nothing about its encoding. Raises TextCannotBeHad."""
    marked = _by_mark(data)
    if marked is not None:
        return marked
    _refuse_binary(data)
    return _strictly(data, "utf-8", "UTF-8") or _detected(data)


def decode_page(data: bytes) -> Decoded:
    """The text of an HTML page, by its mark or its own declaration first.

    A declaration that does not fit the bytes does not count. Raises TextCannotBeHad.
    """
    marked = _by_mark(data)
    if marked is not None:
        return marked
    _refuse_binary(data)
    declared = _declared(data)
    if declared:
        read = _strictly(data, declared, f"{_NAMES[declared]}, as it declares")
        if read is not None:
            return read
    return _strictly(data, "utf-8", "UTF-8") or _detected(data)


def _by_mark(data: bytes) -> Decoded | None:
    for mark, codec, said in _MARKS:
        if data.startswith(mark):
            read = _strictly(data[len(mark) :], codec, said)
            if read is None:
                raise TextCannotBeHad(f"it begins as {said.split()[0]} and does not go on so")
            return read
    return None


def _strictly(data: bytes, codec: str, said: str) -> Decoded | None:
    try:
        return Decoded(data.decode(codec), said)
    except UnicodeDecodeError:
        return None


def _refuse_binary(data: bytes) -> None:
    at = data.find(b"\0")
    if at >= 0:
        raise TextCannotBeHad(
            f"it is no text that can be read (byte {at + 1} is zero); hold it as plain text in "
            "UTF-8, as Markdown, HTML or PDF"
        )


# ------------------------------------------------------------------------------------ declarations

_DECLARATION = re.compile(
    rb"""<meta\b[^>]*?\bcharset\s*=\s*["']?\s*([\w.:-]+)|<\?xml\b[^>]*?\bencoding\s*=\s*["']([\w.:-]+)""",
    re.IGNORECASE,
)


def _declared(data: bytes) -> str | None:
    """The codec that a page declares in its first 1024 bytes, which is where HTML wants it."""
    found = _DECLARATION.search(data[:1024])
    if found is None:
        return None
    try:
        codec = codecs.lookup((found.group(1) or found.group(2)).decode("ascii")).name
    except (LookupError, UnicodeDecodeError):
        return None
    meant = _MEANT.get(codec, codec)
    return meant if meant in _NAMES else None


# --------------------------------------------------------------------------------------- detection


def _detected(data: bytes) -> Decoded:
    from charset_normalizer import from_bytes

    sample = data[:_SAMPLE]
    if len(data) > _SAMPLE:
        # A character is not cut in two, and lines that are not cut say more.
        sample = sample[: sample.rfind(b"\n") + 1] or sample
    found = from_bytes(sample, cp_isolation=list(_NAMES))
    fits = sorted(
        ((each.chaos, -each.coherence, _rank(each.encoding)) for each in found),
    )
    ranks = [rank for *_, rank in fits]
    for rank in ranks:
        codec = list(_NAMES)[rank]
        read = _strictly(data, codec, _said(codec, _as_good(fits, rank), sample))
        if read is not None:
            return read
    raise TextCannotBeHad(
        "it is in no encoding that can be told; save it in UTF-8 and record its new sha256"
    )


def _rank(codec: str) -> int:
    return _RANKS[codecs.lookup(codec).name]


def _as_good(fits: Iterable[tuple[float, float, int]], rank: int) -> list[str]:
    """Further codecs that the detection finds as likely."""
    likely = {each: (chaos, incoherence) for chaos, incoherence, each in fits}
    return [
        list(_NAMES)[each]
        for each, likelihood in likely.items()
        if each != rank and likelihood == likely[rank]
    ]


def _said(codec: str, others: list[str], sample: bytes) -> str:
    text = sample.decode(codec, "replace")
    for other in others:
        if sample.decode(other, "replace") != text:
            return f"{_NAMES[codec]}, detected ({_NAMES[other]} is as likely)"
    return f"{_NAMES[codec]}, detected"

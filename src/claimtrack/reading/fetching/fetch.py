"""One document, from its URL to its bytes."""

from __future__ import annotations

import ssl
import zlib
from collections.abc import Iterator
from functools import cache
from http.client import HTTPException, HTTPResponse

from claimtrack.frozen import frozen
from claimtrack.progress import Tell, quiet
from claimtrack.reading.fetching.refusals import (
    FetchFailed,
    NotFetchable,
    NotPublic,
    OtherStatus,
    RedirectRefused,
    TookTooLong,
    TooLarge,
)
from claimtrack.reading.fetching.targets import Target, followed, target
from claimtrack.reading.fetching.wire import Deadline, Guarded, OverMeasure

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_OK = 200
_HEAD = 64 * 1024
"""Bytes that the head of an answer may have."""
_FRAMING = 2
"""How many times the body's size the wire may carry: chunks have heads of their own."""
_PIECE = 64 * 1024
_ACCEPTED = (
    "text/html, application/xhtml+xml, text/plain, text/markdown, application/pdf, */*;q=0.5"
)


@frozen
class Limits:
    """What a document may take: seconds for the whole of it, bytes once unpacked, redirects."""

    seconds: float = 30.0
    size: int = 20_000_000
    redirects: int = 5


@frozen
class Fetched:
    """A document's bytes and what its server said of them.

    ``url`` is where it was in the end. ``content_type`` is in lower case without parameters; it
    and ``charset`` are None where the server says nothing.
    """

    data: bytes
    url: str
    content_type: str | None
    charset: str | None


def fetch(
    url: str,
    *,
    allow_private: bool = False,
    limits: Limits | None = None,
    tell: Tell = quiet,
) -> Fetched:
    """The document at a URL, over http or https, and nothing that it leads to.

    Redirects are followed within the web, and never from https to http. Unless ``allow_private``,
    no address of this machine or of its network is connected to. Proxies of the environment are
    not used. Raises NotFetchable, NotPublic, RedirectRefused, and FetchFailed in all its kinds.
    """
    within = limits or Limits()
    deadline = Deadline(within.seconds)
    at, sent_by = target(url), None
    for _ in range(within.redirects + 1):
        try:
            answer = _asked(at, deadline, within, tell, allow_private=allow_private)
        except NotPublic as error:
            raise NotPublic(error.host, error.address, error.kind, sent_by) from error
        if isinstance(answer, Fetched):
            return answer
        at, sent_by = answer, at.host
    raise RedirectRefused(target(url).host, f"more than {within.redirects} times")


def _asked(
    at: Target, deadline: Deadline, limits: Limits, tell: Tell, *, allow_private: bool
) -> Fetched | Target:
    """The document, or where it is to be had instead."""
    tell(f"fetching from {at.host}", 0, 0)
    connection = Guarded(at, deadline, allow_private=allow_private)
    try:
        return _answer(connection, at, limits, tell)
    except TimeoutError as error:
        raise TookTooLong(at.host, deadline.seconds) from error
    except OverMeasure as error:
        raise FetchFailed(at.host, "sends more than an answer may have around its text") from error
    except ssl.SSLCertVerificationError as error:
        why = f"has a certificate that does not hold ({error.verify_message})"
        raise FetchFailed(at.host, why) from error
    except ssl.SSLError as error:
        raise FetchFailed(at.host, "cannot be spoken to in TLS") from error
    except (HTTPException, ValueError) as error:
        raise FetchFailed(at.host, "answers in what is not HTTP, or stops half-way") from error
    except OSError as error:
        why = f"cannot be reached at port {at.port} ({error.strerror or 'the connection broke'})"
        raise FetchFailed(at.host, why) from error
    finally:
        connection.close()
        connection.hang_up()


def _answer(connection: Guarded, at: Target, limits: Limits, tell: Tell) -> Fetched | Target:
    wire = connection.guard()
    wire.allowance = _HEAD
    response = _head(connection, at)
    if response.status in _REDIRECTS:
        return _redirected(at, response)
    if response.status != _OK:
        raise OtherStatus(at.host, response.status)
    wire.allowance += _FRAMING * limits.size
    data = _body(at.host, response, limits.size, tell)
    if not data:
        raise FetchFailed(at.host, "answers with an empty document")
    headers = response.headers
    said = headers.get_content_type() if "Content-Type" in headers else None
    return Fetched(data, at.url, said, headers.get_content_charset())


def _head(connection: Guarded, at: Target) -> HTTPResponse:
    connection.putrequest("GET", at.path, skip_host=True, skip_accept_encoding=True)
    connection.putheader("Host", at.authority)
    connection.putheader("User-Agent", _user_agent())
    connection.putheader("Accept", _ACCEPTED)
    connection.putheader("Accept-Encoding", "identity")
    connection.putheader("Connection", "close")
    connection.endheaders()
    return connection.getresponse()


@cache
def _user_agent() -> str:
    from importlib.metadata import version

    return f"claimtrack/{version('claimtrack')}"


def _redirected(at: Target, response: HTTPResponse) -> Target:
    """Where a redirect leads. Raises RedirectRefused."""
    location = response.headers.get("Location")
    if not location:
        raise RedirectRefused(at.host, f"({response.status}) and does not say where")
    try:
        there = followed(at, location)
    except NotFetchable as error:
        why = f"to '{error.url}', which is not fetched: {error.why}"
        raise RedirectRefused(at.host, why) from error
    if at.scheme == "https" and there.scheme != "https":
        raise RedirectRefused(at.host, f"from https to http: {there.url}")
    return there


# ------------------------------------------------------------------------------------- the body


def _body(host: str, response: HTTPResponse, limit: int, tell: Tell) -> bytes:
    """The document, unpacked. Raises FetchFailed, TooLarge."""
    if response.length is not None and response.length > limit:
        raise TooLarge(host, limit)
    coding = (response.headers.get("Content-Encoding") or "identity").strip().lower()
    pieces = _pieces(host, response, tell)
    if coding in ("gzip", "x-gzip", "deflate"):
        pieces = _unpacked(host, pieces, limit)
    elif coding != "identity":
        raise FetchFailed(host, "answers packed in a way that it was not asked for")
    return _joined(host, pieces, limit)


def _joined(host: str, pieces: Iterator[bytes], limit: int) -> bytes:
    data = bytearray()
    for piece in pieces:
        data += piece
        if len(data) > limit:
            raise TooLarge(host, limit)
    return bytes(data)


def _pieces(host: str, response: HTTPResponse, tell: Tell) -> Iterator[bytes]:
    doing, done, total = f"fetching from {host}", 0, response.length or 0
    while piece := response.read(_PIECE):
        done += len(piece)
        tell(doing, done if total else 0, total)
        yield piece
    if response.length:  # http.client says nothing of a body that ends before its length
        raise HTTPException


def _unpacked(host: str, pieces: Iterator[bytes], limit: int) -> Iterator[bytes]:
    """Gzip or deflate undone, a piece at a time: a small body may hold a very large one."""
    unpacker = None
    try:
        for packed in pieces:
            rest = packed
            while rest:
                if unpacker is None or unpacker.eof:  # gzip may be several, one after the other
                    unpacker = zlib.decompressobj(_window(rest))
                yield unpacker.decompress(rest, _PIECE)
                rest = unpacker.unused_data if unpacker.eof else unpacker.unconsumed_tail
        if unpacker is not None:
            yield unpacker.flush()
    except zlib.error as error:
        raise FetchFailed(host, "answers packed in a way that cannot be undone") from error
    if unpacker is not None and not unpacker.eof:
        raise FetchFailed(host, "stops half-way")


def _window(start: bytes) -> int:
    """The word that zlib has for gzip and zlib, or that for deflate without a head."""
    is_gzip = start[:2] == b"\x1f\x8b"
    is_zlib = len(start) > 1 and start[0] & 15 == 8 and int.from_bytes(start[:2]) % 31 == 0
    return zlib.MAX_WBITS + 32 if is_gzip or is_zlib else -zlib.MAX_WBITS

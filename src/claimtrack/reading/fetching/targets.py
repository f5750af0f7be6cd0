"""What a URL asks for: whom to connect to, and the path to ask for there.

Written as RFC 3986 has it: what may not stand in a URL is percent-encoded, host names of other
scripts become their ``xn--`` form (IDNA 2003). What readers of URLs understand differently, control
characters and backslashes, is refused.
"""

from __future__ import annotations

import re
from ipaddress import AddressValueError, IPv6Address
from urllib.parse import quote, urljoin, urlsplit

from claimtrack.frozen import frozen
from claimtrack.reading.fetching.refusals import NotFetchable

_PORTS = {"http": 80, "https": 443}
_OTHERS_PORTS = frozenset({7, 9, 19, 21, 22, 23, 25, 53, 110, 143, 465, 587, 993, 995, 6667})
"""Ports of services that take a request for commands of their own: mail, shells, chat (Fetch)."""
_LONGEST = 2000
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_PLACE = re.compile(r"[^][]*|\[[^][]*:[^][]*\](?::[0-9]*)?")
"""A host with a port perhaps; in brackets stands an IPv6 address, and nothing beside them."""
_LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?", re.ASCII)
_LONGEST_HOST = 253
_DEVIATING = re.compile("[ßẞς\u200c\u200d]")
"""Letters that IDNA 2003 and 2008 write differently: two hosts, of different owners perhaps."""
_KEPT = "!$&'()*+,;=:@/~-._%"


@frozen
class Target:
    """A document's place: ``host`` without brackets, ``path`` with its query, as sent."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def authority(self) -> str:
        """The host as a URL has it, with the port where it is not the usual one."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def url(self) -> str:
        """The URL, as it is asked for."""
        return f"{self.scheme}://{self.authority}{self.path}"


def is_url(text: str) -> bool:
    """Whether a text is meant as a URL and not as a path: it begins with a scheme and ``//``."""
    return re.match(r"\s*[A-Za-z][A-Za-z0-9+.-]*://", text) is not None


def target(url: str) -> Target:
    """What a URL asks for; its fragment is left out. Raises NotFetchable."""
    text = url.strip(" ")
    if _CONTROL.search(text):
        raise NotFetchable(url, "it has a control character in it")
    if len(text) > _LONGEST:
        raise NotFetchable(f"{text[:60]}…", f"it is longer than {_LONGEST:,} characters")
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError as error:
        raise NotFetchable(url, "it is no URL that can be read") from error
    if parts.scheme not in _PORTS:
        raise NotFetchable(url, "only http:// and https:// are")
    if "@" in parts.netloc:
        raise NotFetchable(_without_user(text), "a user's name or password stands in it")
    if not _PLACE.fullmatch(parts.netloc):
        raise NotFetchable(url, _NO_HOST)
    host = _host(url, parts.hostname or "")
    port = _PORTS[parts.scheme] if port is None else port
    if port == 0 or port in _OTHERS_PORTS:
        raise NotFetchable(url, f"port {port} is not one of web pages")
    path = _encoded(parts.path, _KEPT) or "/"
    query = f"?{_encoded(parts.query, _KEPT + '?')}" if parts.query else ""
    return Target(parts.scheme, host, port, path + query)


def followed(at: Target, location: str) -> Target:
    """Where a redirect from one place leads. Raises NotFetchable."""
    if _CONTROL.search(location):
        raise NotFetchable(at.url, "it sends on to an address with a control character in it")
    try:
        return target(urljoin(at.url, location.strip(" ")))
    except ValueError as error:
        raise NotFetchable(location, "it is no URL that can be read") from error


def _without_user(url: str) -> str:
    """A URL fit to be shown: a password is nobody's to read."""
    return re.sub("//.*@", "//…@", url, count=1)


def _encoded(text: str, kept: str) -> str:
    whole = re.sub("%(?![0-9A-Fa-f]{2})", "%25", text)
    return quote(whole, safe=kept)


def _host(url: str, written: str) -> str:
    if not written:
        raise NotFetchable(url, "it names no host")
    if ":" in written:
        return _address(url, written)
    if _DEVIATING.search(written):
        raise NotFetchable(url, "its host can be read as two; write the xn-- form of the one meant")
    try:
        host = written.encode("idna").decode("ascii").lower().removesuffix(".")
    except UnicodeError as error:
        raise NotFetchable(url, _NO_HOST) from error
    if len(host) > _LONGEST_HOST or not all(map(_LABEL.fullmatch, host.split("."))):
        raise NotFetchable(url, _NO_HOST)
    return host


_NO_HOST = "its host is no name that a host can have"


def _address(url: str, written: str) -> str:
    if "%" in written:
        raise NotFetchable(url, "its host names a network card of this machine")
    try:
        return str(IPv6Address(written))
    except AddressValueError as error:
        raise NotFetchable(url, _NO_HOST) from error

"""A connection to an address that was looked at first, within one time and one measure.

The host is looked up once, every address it has is judged, and one of those is connected to by its
number: a name that means something else a moment later (DNS rebinding) leads nowhere.
"""

from __future__ import annotations

import io
import socket
import ssl
import threading
import time
from collections.abc import Callable, Sequence
from http.client import HTTPConnection
from typing import TYPE_CHECKING, Any

from claimtrack.reading.fetching.addresses import kind_if_not_public
from claimtrack.reading.fetching.refusals import FetchFailed, NotPublic, TookTooLong
from claimtrack.reading.fetching.targets import Target

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

_ONE_ADDRESS = 10.0
"""Seconds that one of several addresses is tried for: the next may answer."""

_Found = tuple[socket.AddressFamily, socket.SocketKind, int, str, Any]


class Deadline:
    """A time by which all is to be over."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self._end = time.monotonic() + seconds

    def left(self) -> float:
        """The seconds that are left. Raises TimeoutError if there are none."""
        left = self._end - time.monotonic()
        if left <= 0:
            raise TimeoutError
        return left


class OverMeasure(Exception):
    """More bytes came over the wire than may."""


class Guarded(HTTPConnection):
    """One request over a guarded connection; proxies of the environment are not asked."""

    def __init__(self, at: Target, deadline: Deadline, *, allow_private: bool) -> None:
        super().__init__(at.host, at.port)
        self._at, self._deadline, self._allow_private = at, deadline, allow_private
        self._wire: Wire | None = None

    def guard(self) -> Wire:
        """Look up, judge and connect. Raises NotPublic, FetchFailed, TimeoutError and OSError."""
        found = _looked_up(self._at, self._deadline)
        if not self._allow_private:
            _refuse_private(self._at.host, found)
        self._wire = Wire(_connected(found, self._deadline), self._deadline)
        if self._at.scheme == "https":
            self._wire.encrypt(self._at.host)
        self.sock = self._wire
        return self._wire

    def connect(self) -> None:
        """Never by itself: that would look the host up once more."""
        raise OSError

    def hang_up(self) -> None:
        """Close the socket, if there is one."""
        if self._wire is not None:
            self._wire.hang_up()


def _looked_up(at: Target, deadline: Deadline) -> Sequence[_Found]:
    """Every address of a host. The system's look-up knows no time limit: it waits in a thread."""
    answer: list[Sequence[_Found] | OSError] = []

    def look_up() -> None:
        try:
            answer.append(socket.getaddrinfo(at.host, at.port, type=socket.SOCK_STREAM))
        except OSError as error:
            answer.append(error)
        except UnicodeError:
            answer.append(socket.gaierror(socket.EAI_NONAME, "no such name"))

    thread = threading.Thread(target=look_up, daemon=True)
    thread.start()
    thread.join(deadline.left())
    if not answer:
        raise TookTooLong(at.host, deadline.seconds)
    found = answer[0]
    if isinstance(found, OSError):
        raise FetchFailed(at.host, "has no address that can be found") from found
    return found


def _refuse_private(host: str, found: Sequence[_Found]) -> None:
    """Raise NotPublic if any address is of a network that is not the public one."""
    for *_, where in found:
        kind = kind_if_not_public(where[0])
        if kind is not None:
            raise NotPublic(host, where[0], kind)


def _connected(found: Sequence[_Found], deadline: Deadline) -> socket.socket:
    """A socket to the first of the addresses that takes one."""
    failed: OSError = OSError("it has no address")
    for number, (family, kind, protocol, _, where) in enumerate(found, 1):
        sock = None
        try:
            sock = socket.socket(family, kind, protocol)
            left = deadline.left()
            sock.settimeout(left if number == len(found) else min(left, _ONE_ADDRESS))
            sock.connect(where)
        except OSError as error:
            failed = error
            if sock is not None:
                sock.close()
        else:
            return sock
    raise failed


class Wire:
    """A socket as http.client uses one, with the deadline for every wait.

    A socket's own time limit is for one wait: a server that sends a byte now and then never meets
    it. ``allowance`` is how many bytes may still come.
    """

    def __init__(self, sock: socket.socket, deadline: Deadline) -> None:
        self._socket, self._deadline = sock, deadline
        self.allowance = 0

    def encrypt(self, host: str) -> None:
        """Go on in TLS, with a certificate that is the host's. Raises OSError."""
        context = ssl.create_default_context()
        self._socket.settimeout(self._deadline.left())
        try:
            self._socket = context.wrap_socket(self._socket, server_hostname=host)
        except BaseException:
            self._socket.close()
            raise

    def sendall(self, data: bytes) -> None:
        """Send all of it. Raises OSError."""
        self._socket.settimeout(self._deadline.left())
        self._socket.sendall(data)

    def makefile(self, mode: str) -> io.BufferedReader:
        """What comes in, for reading."""
        return io.BufferedReader(_Incoming(self.receive))

    def receive(self, into: WriteableBuffer) -> int:
        """What has come; 0 at the end. Raises OverMeasure and OSError."""
        self._socket.settimeout(self._deadline.left())
        count = self._socket.recv_into(into)
        self.allowance -= count
        if self.allowance < 0:
            raise OverMeasure
        return count

    def close(self) -> None:
        """Nothing yet: http.client lets go of the socket before it has read the answer."""

    def hang_up(self) -> None:
        """Close the socket."""
        self._socket.close()


class _Incoming(io.RawIOBase):
    def __init__(self, receive: Callable[[WriteableBuffer], int]) -> None:
        self._receive = receive

    def readable(self) -> bool:
        return True

    def readinto(self, into: WriteableBuffer, /) -> int:
        return self._receive(into)

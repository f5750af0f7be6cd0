"""Web servers on loopback: each answers what a test gives it, byte for byte."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

Answer = bytes | Iterator[bytes] | Callable[[], Iterator[bytes]]


@dataclass
class Web:
    """A server: what it answers by path, and the requests that it got."""

    port: int
    scheme: str = "http"
    answers: dict[str, Answer] = field(default_factory=dict)
    requests: list[str] = field(default_factory=list)

    def url(self, path: str = "/") -> str:
        return f"{self.scheme}://127.0.0.1:{self.port}{path}"

    def page(
        self,
        path: str,
        body: bytes,
        content_type: str = "text/html; charset=utf-8",
        headers: Mapping[str, str] | None = None,
    ) -> str:
        """Have a document at a path; its URL."""
        self.answers[path] = answer(200, body, {"Content-Type": content_type, **(headers or {})})
        return self.url(path)

    def redirect(self, path: str, to: str, status: int = 302) -> str:
        self.answers[path] = answer(status, b"", {"Location": to})
        return self.url(path)


def answer(status: int, body: bytes, headers: Mapping[str, str] | None = None) -> bytes:
    """A whole answer, with its length unless the headers give one."""
    told = {"Content-Length": str(len(body)), **(headers or {})}
    head = "".join(f"{name}: {value}\r\n" for name, value in told.items())
    return f"HTTP/1.1 {status} Told\r\n{head}\r\n".encode("latin-1") + body


@contextmanager
def serving(certificate: Path | None = None) -> Iterator[Web]:
    """A server in a thread, until the end of the block."""
    listening = socket.create_server(("127.0.0.1", 0))
    web = Web(listening.getsockname()[1], "https" if certificate else "http")
    context = None
    if certificate is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
    thread = threading.Thread(target=_serve, args=(listening, web, context), daemon=True)
    thread.start()
    try:
        yield web
    finally:
        with suppress(OSError):
            listening.shutdown(socket.SHUT_RDWR)
        listening.close()
        thread.join(5)


def _serve(listening: socket.socket, web: Web, context: ssl.SSLContext | None) -> None:
    while True:
        try:
            sock, _ = listening.accept()
        except OSError:
            return
        with sock, suppress(OSError):
            sock.settimeout(5)
            if context is None:
                _answer(sock, web)
            else:
                with context.wrap_socket(sock, server_side=True) as encrypted:
                    _answer(encrypted, web)


def _answer(sock: socket.socket, web: Web) -> None:
    request = b""
    while b"\r\n\r\n" not in request:
        piece = sock.recv(4096)
        request += piece
        if not piece or not request.startswith(b"GET"):
            return
    text = request.decode("latin-1")
    web.requests.append(text)
    found = web.answers.get(text.split()[1], answer(404, b"gone"))
    pieces = found() if callable(found) else [found] if isinstance(found, bytes) else found
    for piece in pieces:
        sock.sendall(piece)

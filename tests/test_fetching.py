"""Fetching, from servers on loopback: what comes, and what is refused."""

from __future__ import annotations

import gzip
import shutil
import socket
import subprocess
import time
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from claimtrack.diagnostic import ClaimtrackError
from claimtrack.reading.fetching.addresses import kind_if_not_public
from claimtrack.reading.fetching.fetch import Fetched, Limits, fetch
from claimtrack.reading.fetching.targets import target
from web import Web, answer, serving


@pytest.fixture
def web() -> Iterator[Web]:
    with serving() as running:
        yield running


def got(url: str, **limits: Any) -> Fetched:
    return fetch(url, allow_private=True, limits=Limits(**limits))


def refused(url: str, *, allow_private: bool = True, **limits: Any) -> str:
    with pytest.raises(ClaimtrackError) as error:
        fetch(url, allow_private=allow_private, limits=Limits(**limits))
    return str(error.value)


# ------------------------------------------------------------------------------------- what comes


def test_a_page_comes_with_what_its_server_says_of_it(web: Web) -> None:
    url = web.page("/news?id=3", b"<p>All", "text/html; charset=Windows-1251")
    assert got(f"{url}#part") == Fetched(b"<p>All", url, "text/html", "windows-1251")
    assert web.requests[0].startswith("GET /news?id=3 HTTP/1.1\r\n")
    assert f"Host: 127.0.0.1:{web.port}\r\n" in web.requests[0]
    assert "Accept-Encoding: identity\r\n" in web.requests[0]


def test_a_server_that_says_nothing_of_its_page(web: Web) -> None:
    web.answers["/"] = b"HTTP/1.0 200 OK\r\n\r\nplain words"
    assert got(web.url()) == Fetched(b"plain words", web.url(), None, None)


@pytest.mark.parametrize(
    ("coding", "packed"),
    [
        ("gzip", gzip.compress(b"words " * 50_000)),
        ("x-gzip", gzip.compress(b"words " * 20_000) + gzip.compress(b"words " * 30_000)),
        ("deflate", zlib.compress(b"words " * 50_000)),
        ("deflate", zlib.compress(b"words " * 50_000)[2:-4]),
        ("identity", b"words " * 50_000),
    ],
)
def test_a_packed_page_is_unpacked(coding: str, packed: bytes, web: Web) -> None:
    url = web.page("/", packed, headers={"Content-Encoding": coding})
    assert got(url).data == b"words " * 50_000


def test_a_page_in_chunks(web: Web) -> None:
    body = b"5\r\nwords\r\n6;note=x\r\n words\r\n0\r\n\r\n"
    web.answers["/"] = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + body
    assert got(web.url()).data == b"words words"


def test_redirects_are_followed(web: Web) -> None:
    web.page("/c d", b"here")
    web.page("/c%20d", b"here")
    web.redirect("/b", f"http://localhost:{web.port}/c d", 301)
    assert got(web.redirect("/a", "b?", 308)) == Fetched(
        b"here", f"http://localhost:{web.port}/c%20d", "text/html", "utf-8"
    )


def test_proxies_of_the_environment_are_not_used(web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9/")
    assert got(web.page("/", b"here")).data == b"here"


# ---------------------------------------------------------------------------- what a server does


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (answer(404, b"no"), "answered 404 Not Found"),
        (answer(503, b"no"), "answered 503 Service Unavailable"),
        (answer(206, b"no"), "answered 206 Partial Content"),
        (answer(999, b"no"), "answered the unknown status 999"),
        (answer(304, b""), "answered 304 Not Modified"),
        (answer(200, b""), "answers with an empty document"),
        (answer(200, b"half", {"Content-Length": "9"}), "what is not HTTP, or stops half-way"),
        (b"SSH-2.0-OpenSSH\r\n", "answers in what is not HTTP, or stops half-way"),
        (b"", "answers in what is not HTTP, or stops half-way"),
        (b"HTTP/1.1 200 OK\r\n" + b"A: b\r\n" * 200 + b"\r\n", "what is not HTTP"),
        (b"HTTP/1.1 200 OK\r\n" + (b"A: " + b"b" * 60_000 + b"\r\n") * 9, "more than an answer"),
        (b"HTTP/1.1 100 Continue\r\n\r\n" * 9_000, "more than an answer may have around its text"),
        (answer(200, b"x", {"Content-Encoding": "br"}), "packed in a way that it was not asked"),
        (answer(200, b"\xff" * 9, {"Content-Encoding": "gzip"}), "packed in a way that cannot be"),
        (
            answer(200, gzip.compress(b"words " * 99)[:-9], {"Content-Encoding": "gzip"}),
            "stops half-way",
        ),
        (
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffff\r\nabc",
            "what is not HTTP, or stops half-way",
        ),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nabc", "what is not HTTP"),
    ],
    ids=lambda each: each if isinstance(each, str) else "",
)
def test_an_answer_that_is_no_document(given: bytes, told: str, web: Web) -> None:
    web.answers["/"] = given
    message = refused(web.url())
    assert told in message
    assert message.startswith("127.0.0.1 ")
    assert message.endswith("; nothing was fetched")


@pytest.mark.parametrize(
    "given",
    [
        answer(200, b"x" * 1001),
        answer(200, b"", {"Content-Length": "1001"}),
        b"HTTP/1.1 200 OK\r\n\r\n" + b"x" * 1001,
        answer(200, gzip.compress(b"x" * 9_000_000), {"Content-Encoding": "gzip"}),
        answer(200, zlib.compress(b"x" * 9_000_000), {"Content-Encoding": "deflate"}),
    ],
    ids=("plain", "as it says", "without a length", "gzip", "deflate"),
)
def test_more_than_the_size_limit(given: bytes, web: Web) -> None:
    web.answers["/"] = given
    assert refused(web.url(), size=1000) == (
        "127.0.0.1 sends more than 0.001 MB; nothing was fetched"
    )


def test_exactly_the_size_limit(web: Web) -> None:
    assert len(got(web.page("/", b"x" * 1000), size=1000).data) == 1000


def test_a_chunk_of_less_than_nothing_is_not_read_without_end(web: Web) -> None:
    def endless() -> Iterator[bytes]:
        yield b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\n"
        while True:
            yield b"x" * 65536

    web.answers["/"] = endless
    assert "more than an answer may have around its text" in refused(web.url(), size=100_000)


@pytest.mark.parametrize("head", [b"", b"HTTP/1.1 200 OK\r\n", b"HTTP/1.1 200 OK\r\n\r\n"])
def test_a_server_that_drips_meets_the_deadline(head: bytes, web: Web) -> None:
    def dripping() -> Iterator[bytes]:
        yield head
        while True:
            time.sleep(0.05)
            yield b"x"

    web.answers["/"] = dripping
    began = time.monotonic()
    assert refused(web.url(), seconds=0.4) == (
        "127.0.0.1 took longer than 0.4 seconds; nothing was fetched"
    )
    assert time.monotonic() - began < 3


def test_redirects_share_one_deadline(web: Web) -> None:
    def slow() -> Iterator[bytes]:
        time.sleep(0.15)
        yield answer(302, b"", {"Location": "/"})

    web.answers["/"] = slow
    assert "took longer than 0.4 seconds" in refused(web.url(), seconds=0.4, redirects=99)


def test_a_look_up_that_never_ends_meets_the_deadline(monkeypatch: pytest.MonkeyPatch) -> None:
    def getaddrinfo(host: str, port: int, **kinds: Any) -> Any:
        time.sleep(2)
        return []

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    assert refused("http://slow.example/", seconds=0.2) == (
        "slow.example took longer than 0.2 seconds; nothing was fetched"
    )


def test_nobody_at_the_port() -> None:
    with serving() as web:
        url = web.url()
    message = refused(url)
    assert message.startswith("127.0.0.1 cannot be reached at port ")
    assert "Connection refused" in message


def test_a_name_without_an_address(monkeypatch: pytest.MonkeyPatch) -> None:
    def getaddrinfo(host: str, port: int, **kinds: Any) -> Any:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    assert refused("http://nowhere.invalid/") == (
        "nowhere.invalid has no address that can be found; nothing was fetched"
    )


# -------------------------------------------------------------------------------------- redirects


@pytest.mark.parametrize(
    ("to", "told"),
    [
        ("file:///etc/passwd", "to 'file:///etc/passwd', which is not fetched: only http://"),
        ("ftp://example.org/", "only http:// and https:// are"),
        ("javascript:alert(1)", "only http:// and https:// are"),
        ("//a:b@example.org/", "a user's name or password stands in it"),
        ("http://example.org:22/", "port 22 is not one of web pages"),
        ("http://[::1", "it is no URL that can be read"),
        ("\x01", "a control character"),
        ("", "(302) and does not say where"),
    ],
)
def test_a_redirect_to_where_nothing_is_fetched(to: str, told: str, web: Web) -> None:
    message = refused(web.redirect("/", to))
    assert message.startswith("127.0.0.1 sends on ")
    assert told in message


def test_a_circle_of_redirects(web: Web) -> None:
    web.redirect("/a", "/b")
    assert refused(web.redirect("/b", "/a")) == (
        "127.0.0.1 sends on more than 5 times; nothing was fetched"
    )
    assert len(web.requests) == 6


def test_a_redirect_inward_from_outside_is_refused(
    web: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first host counts as public, since its addresses do; it is connected to on loopback."""
    lead_out(monkeypatch, web)
    web.redirect("/", f"http://localhost:{web.port}/secret")
    assert refused("http://public.example/", allow_private=False) == (
        "public.example sends on to localhost, and localhost is at 127.0.0.1, a loopback address; "
        "nothing was fetched (--allow-private does so)"
    )
    assert len(web.requests) == 1


# -------------------------------------------------------------------------------------- addresses


PUBLIC = "93.184.215.14"


def lead_out(monkeypatch: pytest.MonkeyPatch, web: Web) -> list[str]:
    """Let public.example have a public address, and let the server stand at it; the look-ups."""
    look_up, connect = socket.getaddrinfo, socket.socket.connect
    asked: list[str] = []

    def getaddrinfo(host: str, port: int, **kinds: Any) -> Any:
        asked.append(host)
        # As a rebinding name server does: public at first, and then not.
        first = asked.count("public.example") == 1
        known = {"public.example": PUBLIC if first else "127.0.0.1", "localhost": "127.0.0.1"}
        return look_up(known.get(host, host), port, **kinds)

    class Rerouted(socket.socket):
        def connect(self, where: Any) -> None:
            assert where[0] == PUBLIC
            connect(self, ("127.0.0.1", web.port))

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    monkeypatch.setattr(socket, "socket", Rerouted)
    return asked


def test_the_address_that_was_judged_is_the_one_connected_to(
    web: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = lead_out(monkeypatch, web)
    web.page("/", b"here")
    assert fetch("http://public.example/").data == b"here"
    assert asked == ["public.example"]


def test_every_address_of_a_host_is_judged(web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    def getaddrinfo(host: str, port: int, **kinds: Any) -> Any:
        stream = (socket.AF_INET, socket.SOCK_STREAM, 6, "")
        return [(*stream, (PUBLIC, port)), (*stream, ("10.0.0.7", port))]

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    assert refused("http://both.example/", allow_private=False) == (
        "both.example is at 10.0.0.7, a private address; nothing was fetched "
        "(--allow-private does so)"
    )


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "localhost", "2130706433", "0x7f.1", "127.1", "１２７.0.0.1", "127.0.0.1."],
)
def test_this_machine_is_not_fetched_from_unless_asked(host: str, web: Web) -> None:
    web.page("/", b"here")
    url = f"http://{host}:{web.port}/"
    assert "a loopback address; nothing was fetched" in refused(url, allow_private=False)
    assert web.requests == []
    assert got(url).data == b"here"


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        ("127.9.9.9", "a loopback"),
        ("0.0.0.0", "an unspecified"),
        ("0.1.2.3", "a reserved"),
        ("10.255.0.1", "a private"),
        ("172.31.255.255", "a private"),
        ("172.32.0.0", None),
        ("192.168.1.1", "a private"),
        ("169.254.169.254", "a link-local"),
        ("100.64.0.1", "a carrier's private (CGNAT)"),
        ("100.128.0.1", None),
        ("198.19.0.1", "a reserved"),
        ("224.0.0.1", "a multicast"),
        ("255.255.255.255", "a reserved"),
        ("192.88.99.1", "a 6to4 relay's"),
        ("93.184.215.14", None),
        ("::", "an unspecified"),
        ("::1", "a loopback"),
        ("::ffff:127.0.0.1", "an IPv4-mapped"),
        ("::ffff:93.184.215.14", "an IPv4-mapped"),
        ("::127.0.0.1", "a reserved"),
        ("64:ff9b::7f00:1", "a NAT64"),
        ("64:ff9b:1::1", "a NAT64"),
        ("2002:7f00:1::", "a 6to4"),
        ("2001:0:1::1", "a reserved"),
        ("fe80::1%eth0", "a link-local"),
        ("fd00::1", "a private"),
        ("fec0::1", "a private"),
        ("ff02::1", "a multicast"),
        ("5f00::1", "a reserved"),
        ("2001:db8::1", "a reserved"),
        ("2606:2800:21f:cb07:6820:80da:af6b:8b2c", None),
    ],
)
def test_which_addresses_are_public(address: str, kind: str | None) -> None:
    assert kind_if_not_public(address) == kind


# ------------------------------------------------------------------------------------------- URLs


@pytest.mark.parametrize(
    ("url", "asked"),
    [
        ("HTTP://Example.ORG", "http://example.org/"),
        (" https://example.org:443/a b?c d#e ", "https://example.org/a%20b?c%20d"),
        ("http://example.org:8080/%7Ea%zz", "http://example.org:8080/%7Ea%25zz"),
        ("https://bücher.example/ä?ö=ü", "https://xn--bcher-kva.example/%C3%A4?%C3%B6=%C3%BC"),
        ("http://例え.テスト/", "http://xn--r8jz45g.xn--zckzah/"),
        ("http://[2606:2800::1]:81/", "http://[2606:2800::1]:81/"),
        ("http://example.org/a\\b", "http://example.org/a%5Cb"),
        ("http://example.org./", "http://example.org/"),
        ("http://a_b.example.org/", "http://a_b.example.org/"),
    ],
)
def test_a_url_as_it_is_asked_for(url: str, asked: str) -> None:
    assert target(url).url == asked


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("file:///etc/passwd", "only http:// and https:// are"),
        ("gopher://example.org/", "only http:// and https:// are"),
        ("http:example.org", "it names no host"),
        ("http://", "it names no host"),
        ("http://example.org/\r\nHost: x", "it has a control character in it"),
        ("http://exa\tmple.org/", "it has a control character in it"),
        ("http://example.org/\x00", "it has a control character in it"),
        ("http://example.org/\u2028", "it has a control character in it"),
        ("http://exa mple.org/", "its host is no name that a host can have"),
        ("http://example..org/", "its host is no name that a host can have"),
        ("http://[v1.x]/", "its host is no name that a host can have"),
        ("http://[2606::1]x/", "its host is no name that a host can have"),
        ("http://x[2606::1]/", "its host is no name that a host can have"),
        ("http://-x.org/", "its host is no name that a host can have"),
        (f"http://{'a' * 64}.org/", "its host is no name that a host can have"),
        (f"http://{'a' * 60}!.org/", "its host is no name that a host can have"),
        ("http://example.org\\@evil.example/", "a user's name or password stands in it"),
        ("http://%31%32%37.0.0.1/", "its host is no name that a host can have"),
        ("http://straße.example/", "its host can be read as two; write the xn-- form"),
        ("http://a℀b.example/", "it is no URL that can be read"),
        ("http://example.org:99999/", "it is no URL that can be read"),
        ("http://example.org:x/", "it is no URL that can be read"),
        ("http://example.org:0/", "port 0 is not one of web pages"),
        ("http://example.org:25/", "port 25 is not one of web pages"),
        ("http://[fe80::1%25eth0]/", "its host names a network card of this machine"),
        ("http://[::zz]/", "it is no URL that can be read"),
        (f"http://example.org/{'a' * 2000}", "it is longer than 2,000 characters"),
    ],
)
def test_a_url_that_is_not_fetched(url: str, why: str) -> None:
    message = refused(url)
    assert why in message
    assert " is not fetched: " in message


def test_a_password_is_not_shown() -> None:
    assert refused("http://ann:secret@example.org/") == (
        "'http://…@example.org/' is not fetched: a user's name or password stands in it"
    )


# ------------------------------------------------------------------------------------------ https


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    """A certificate of 127.0.0.1 that nobody but itself vouches for, with its key."""
    if shutil.which("openssl") is None:
        pytest.skip("openssl is not installed")
    path = tmp_path / "loopback.pem"
    make = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2"
    names = ["-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"]
    files = ["-keyout", str(tmp_path / "key.pem"), "-out", str(tmp_path / "own.pem")]
    subprocess.run([*make.split(), *names, *files], check=True, capture_output=True)
    path.write_bytes((tmp_path / "key.pem").read_bytes() + (tmp_path / "own.pem").read_bytes())
    return path


def test_a_certificate_that_nobody_vouches_for(certificate: Path) -> None:
    with serving(certificate) as web:
        web.page("/", b"here")
        assert refused(web.url()) == (
            "127.0.0.1 has a certificate that does not hold (self-signed certificate); nothing "
            "was fetched"
        )
        assert web.requests == []


def test_https_with_a_certificate_that_is_trusted(
    certificate: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    with serving(certificate) as web:
        assert got(web.page("/", b"here" * 30_000)).data == b"here" * 30_000
        assert "does not hold" in refused(f"https://localhost:{web.port}/")


def test_https_never_goes_on_in_http(certificate: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    with serving(certificate) as web, serving() as plain:
        assert refused(web.redirect("/", plain.page("/x", b"here"))) == (
            f"127.0.0.1 sends on from https to http: {plain.url('/x')}; nothing was fetched"
        )
        assert plain.requests == []
        assert got(plain.redirect("/", web.page("/y", b"sure"))).data == b"sure"


def test_a_server_that_knows_no_tls(web: Web) -> None:
    assert refused(f"https://127.0.0.1:{web.port}/") == (
        "127.0.0.1 cannot be spoken to in TLS; nothing was fetched"
    )

"""Why a document was not fetched: each cause with its own sentence."""

from __future__ import annotations

from http import HTTPStatus

from claimtrack.diagnostic import ClaimtrackError


class NotFetchable(ClaimtrackError):
    """An address that is not fetched from, whatever would be there."""

    def __init__(self, url: str, why: str) -> None:
        super().__init__(f"'{url}' is not fetched: {why}")
        self.url, self.why = url, why


class NotPublic(ClaimtrackError):
    """A host that stands in this machine or its own network, where nobody asked to go."""

    def __init__(self, host: str, address: str, kind: str, sent_by: str | None = None) -> None:
        at = "is" if host == address else f"is at {address},"
        led = f"{sent_by} sends on to {host}, and " if sent_by else ""
        super().__init__(
            f"{led}{host} {at} {kind} address; nothing was fetched (--allow-private does so)"
        )
        self.host, self.address, self.kind = host, address, kind


class RedirectRefused(ClaimtrackError):
    """A page that sends on to where it may not."""

    def __init__(self, host: str, why: str) -> None:
        super().__init__(f"{host} sends on {why}; nothing was fetched")


class FetchFailed(ClaimtrackError):
    """A host that could not be reached, or that did not give the document."""

    exit_status = 4

    def __init__(self, host: str, why: str) -> None:
        super().__init__(f"{host} {why}; nothing was fetched")


class TookTooLong(FetchFailed):
    """The time for the whole of it, redirects included, is over."""

    def __init__(self, host: str, seconds: float) -> None:
        super().__init__(host, f"took longer than {seconds:g} seconds")


class TooLarge(FetchFailed):
    """More bytes than a document may have."""

    def __init__(self, host: str, limit: int) -> None:
        super().__init__(host, f"sends more than {limit / 1_000_000:g} MB")


class OtherStatus(FetchFailed):
    """An answer that is not the document."""

    def __init__(self, host: str, status: int) -> None:
        try:
            told = f"{status} {HTTPStatus(status).phrase}"
        except ValueError:
            told = f"the unknown status {status}"
        super().__init__(host, f"answered {told}")

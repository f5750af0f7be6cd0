"""What the process of its own does: a document on standard input, JSON on standard output."""

from __future__ import annotations

import gc
import json
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from claimtrack.frozen import fields_of
from claimtrack.reading.texts.held import Facts, PagedText, TextCannotBeHad

# What Python asks its audit hooks before it does it; none of it is needed to take a document apart.
_REFUSED = ("socket.", "subprocess.", "os.system", "os.exec", "os.posix_spawn", "os.fork")


def main(kind: str, wanted: str, seconds: str, memory: str, size: str) -> None:
    """Take the document on standard input apart, and write what it gives.

    ``kind`` is ``markdown``, ``html`` or ``pdf``, ``wanted`` is ``text`` or ``facts``; the limits
    are in seconds and bytes.
    """
    _limit(int(seconds), int(memory), int(size))
    gc.disable()  # the process ends soon
    # Libraries may print; what they print is no answer.
    answer = os.dup(1)
    os.dup2(2, 1)
    data = sys.stdin.buffer.read()
    try:
        said = _reader(kind, wanted)(data)
    except TextCannotBeHad as error:
        said = {"why": error.reason}
    with os.fdopen(answer, "wb") as stream:
        stream.write(json.dumps(said, ensure_ascii=False).encode("utf-8", "replace"))
    # What libraries hold may be nested deep enough for taking it down to fail; it is not needed.
    os._exit(0)


def _reader(kind: str, wanted: str) -> Callable[[bytes], dict[str, Any]]:
    """What takes the document apart. It imports all that is needed, and nothing may start then."""
    text: Callable[[bytes], PagedText]
    facts: Callable[[bytes], Facts]
    if kind == "markdown":
        from claimtrack.reading.texts.markdown import markdown_facts as facts
        from claimtrack.reading.texts.markdown import markdown_text as text
    elif kind == "html":
        from claimtrack.reading.texts.html_facts import page_facts as facts
        from claimtrack.reading.texts.html_text import page_text as text
    else:
        from claimtrack.reading.texts.pdf import pdf_facts as facts
        from claimtrack.reading.texts.pdf import pdf_text as text
    _refuse_further_acts()
    return lambda data: fields_of(text(data) if wanted == "text" else facts(data))


def _limit(seconds: int, memory: int, size: int) -> None:
    """Take the limits on; where the system has none, those of the one who waits remain."""
    try:
        import resource
    except ImportError:  # Windows
        return
    for kind, most in (
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_FSIZE, size),
        (resource.RLIMIT_CORE, 0),
    ):
        with suppress(ValueError, OSError):  # a lower one is set already, or macOS refuses it
            resource.setrlimit(kind, (most, most))


def _refuse_further_acts() -> None:
    """From here on nothing may be fetched or started, once the libraries are there."""

    def refuse(event: str, _: object) -> None:
        if event.startswith(_REFUSED):
            raise PermissionError(event)

    sys.addaudithook(refuse)

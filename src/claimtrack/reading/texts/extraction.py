"""Taking Markdown, HTML and PDF apart in a process of its own, which may fail without harm.

Whatever a document holds, its libraries work on it in a process that has a limited time, memory
and output, asks nothing of the network and starts nothing; what goes wrong there is a reason.
"""

from __future__ import annotations

import json
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any, Literal

from claimtrack.quotes.text import SourceText
from claimtrack.reading.texts.held import Facts, TextCannotBeHad

Kind = Literal["markdown", "html", "pdf"]
"""What is taken apart; of HTML and PDF also the extra of the installation that it needs."""

SECONDS = 60
"""How long one document may take."""
MEMORY = 1 << 30
"""How many bytes of memory it may take, where the system has such a limit."""
OUTPUT = 128 << 20
"""How many bytes may come of it."""

_LIBRARIES: dict[Kind, tuple[str, ...]] = {
    "markdown": (),
    "html": ("trafilatura", "lxml.html", "lxml_html_clean"),
    "pdf": ("pypdf",),
}
# Isolated from the folder it is started in and from the environment's PYTHON… variables, it looks
# for modules where this process does, and nowhere else.
_START = """
import json, sys
sys.path[:] = json.loads(sys.argv[1])
from claimtrack.reading.texts.extractor import main
main(*sys.argv[2:])
"""


def extract_text(data: bytes, kind: Kind) -> SourceText:
    """The text of a document: Markdown or HTML in UTF-8, or PDF. Raises TextCannotBeHad."""
    said = _extracted(data, kind, "text")
    return SourceText(said["text"], said["page_lines"])


def extract_facts(data: bytes, kind: Kind) -> Facts:
    """What a document says about itself. Raises TextCannotBeHad."""
    return Facts(**_extracted(data, kind, "facts"))


def _extracted(data: bytes, kind: Kind, wanted: Literal["text", "facts"]) -> dict[str, Any]:
    if not all(_is_installed(library) for library in _LIBRARIES[kind]):
        raise TextCannotBeHad(
            f"its text needs the extra '{kind}': pip install 'claimtrack[{kind}]'"
        )
    limits = [str(SECONDS), str(MEMORY), str(OUTPUT)]
    said = _run([json.dumps(_module_folders()), kind, wanted, *limits], data)
    if "why" in said:
        raise TextCannotBeHad(said["why"])
    return said


def _is_installed(library: str) -> bool:
    try:
        return find_spec(library) is not None
    except ImportError:  # what it is a part of is not
        return False


def _module_folders() -> list[str]:
    """Where this process looks for modules, the folder that it happens to stand in left out."""
    return [folder for folder in sys.path if Path(folder).is_absolute()]


def _run(arguments: list[str], data: bytes) -> dict[str, Any]:
    command = [sys.executable, "-I", "-X", "utf8", "-c", _START, *arguments]
    try:
        with TemporaryFile() as output:
            done = subprocess.run(  # noqa: S603 - this Python; what is given is data
                command,
                input=data,
                stdout=output,
                stderr=subprocess.DEVNULL,
                check=False,
                timeout=SECONDS,
            )
            output.seek(0)
            said = output.read(OUTPUT + 1)
    except subprocess.TimeoutExpired as error:
        raise TextCannotBeHad(_too_long()) from error
    except OSError as error:
        reason = f"its text needs a process of its own, which cannot be started: {error.strerror}"
        raise TextCannotBeHad(reason) from error
    if done.returncode:
        raise TextCannotBeHad(_BROKE)
    return _answer(said)


def _answer(said: bytes) -> dict[str, Any]:
    try:
        answer = json.loads(said)
    except ValueError as error:
        raise TextCannotBeHad(_BROKE) from error
    assert isinstance(answer, dict)  # noqa: S101 - the extractor gives nothing else
    return answer


_OTHERWISE = "save its text as plain text, and hold that as the source"
_BROKE = (
    f"it is damaged, or made so that taking it apart takes too much time or memory; {_OTHERWISE}"
)


def _too_long() -> str:
    return f"it takes longer than {SECONDS} seconds to take apart; {_OTHERWISE}"

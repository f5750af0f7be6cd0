"""The lines of ``.gitattributes`` that give a register's files to the merge driver."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from claimtrack.edit.merging.driver import NAME
from claimtrack.reading.files import is_inside, leaves_its_folder, matches
from claimtrack.reading.spans import outline
from claimtrack.reading.yamltext import NotYaml, decode

ATTRIBUTES = ".gitattributes"
_ATTRIBUTE = f"merge={NAME}"


def patterns(main: Path) -> list[str]:
    """The main file and the patterns of all includes, relative to its folder.

    A file that cannot be read includes nothing.
    """
    found = [main.name]
    waiting, seen = [main], {main}
    while waiting:
        file = waiting.pop()
        for pattern in _includes(file):
            name = (file.parent / pattern).relative_to(main.parent).as_posix()
            if leaves_its_folder(name):
                continue
            found.append(posixpath.normpath(name))
            new = {p for p in matches(file.parent, pattern) if _is_file(p, main)} - seen
            waiting += new
            seen |= new
    return list(dict.fromkeys(found))


def _is_file(path: Path, main: Path) -> bool:
    return path.is_file() and is_inside(path, main.parent)


def _includes(file: Path) -> Iterator[str]:
    try:
        root = outline(decode(file.read_bytes())).root
    except (OSError, NotYaml):
        return
    held = root.value("include") if root is not None and root.kind == "mapping" else None
    for item in held.children if held is not None else ():
        if item.kind == "scalar" and item.text and not item.text.startswith("/"):
            yield item.text


def lines(main: Path) -> list[str]:
    """The lines for a register: see gitattributes(5)."""
    return [f"{_git_pattern(pattern)} {_ATTRIBUTE}" for pattern in patterns(main)]


def _git_pattern(pattern: str) -> str:
    """The pattern as git reads it: from this folder on, and nothing special but the star."""
    starred = re.sub(r"\*+", "*", re.sub(r"([\\?\[\]])", r"\\\1", pattern))
    anchored = f"/{starred}"
    if not re.search(r'[\s"]', anchored):
        return anchored
    quoted = anchored.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{quoted}"'


def with_lines(text: str, wanted: Iterable[str]) -> str:
    """The text of the file with the lines that it lacks at its end."""
    known = {line.strip() for line in text.splitlines()}
    line_end = "\r\n" if "\r\n" in text else "\n"
    start = text if not text or text.endswith("\n") else text + line_end
    return start + "".join(line + line_end for line in wanted if line not in known)


def without_lines(text: str) -> str:
    """The text of the file without the lines that say this and nothing else."""
    return "".join(
        line for line in text.splitlines(keepends=True) if line.split()[1:] != [_ATTRIBUTE]
    )

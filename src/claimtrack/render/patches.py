"""Changes of files as a unified diff, which every tool that reads patches takes."""

from __future__ import annotations

from claimtrack.render.hunks import Hunk, hunks
from claimtrack.render.screen import Screen, Styled
from claimtrack.render.style import quiet, strong

_STYLES = {"+": "green", "-": "red"}


def patch(path: str, before: str, after: str) -> str:
    """What changes in one file, to the letter, for a program; nothing if nothing does."""
    found = hunks(before, after)
    lines = [f"--- {path}", f"+++ {path}"] if found else []
    for hunk in found:
        lines += [_head(hunk), *(line.sign + line.text for line in hunk.lines)]
    return "".join(f"{line}\n" for line in lines)


def print_patch(path: str, before: str, after: str, screen: Screen) -> None:
    """The same for a person."""
    found = hunks(before, after)
    for sign in ("---", "+++") if found else ():
        screen.line(strong(f"{sign} {path}"))
    for hunk in found:
        screen.line(quiet(_head(hunk)))
        for line in hunk.lines:
            text, style = line.sign + line.text, _STYLES.get(line.sign)
            screen.line(Styled(text, style) if style else text)


def _head(hunk: Hunk) -> str:
    return f"@@ -{hunk.old_start},{hunk.old_count} +{hunk.new_start},{hunk.new_count} @@"

"""One claim's own text, taken out to be edited and put back."""

from __future__ import annotations

from dataclasses import dataclass

from claimtrack.edit.draft import Draft, EntryKey
from claimtrack.edit.filetext import indentation
from claimtrack.edit.manuscript import Manuscript
from claimtrack.edit.targets import Kind, find_entry
from claimtrack.edit.written import Refused, Written


@dataclass(frozen=True, slots=True)
class ClaimText:
    """A claim's lines as they stand in its file, with LF line ends and one at the end."""

    key: EntryKey
    text: str


def claim_text(draft: Draft, claim: str) -> ClaimText:
    """The text of a claim, sound or not. Raises NoEntry."""
    key = find_entry(draft, claim, Kind.CLAIM)
    own = Manuscript(draft).stretch(key).text
    return ClaimText(key, own.replace("\r\n", "\n") + "\n")


def rewrite(draft: Draft, before: ClaimText, text: str) -> Written:
    """The claim with another text, which may give it another meaning and no other id.

    Raises NoEntry, and Refused where the claim is no longer what was taken out to be edited.
    """
    if claim_text(draft, before.key.id) != before:
        raise Refused(f"'{before.key.id}' changed while it was edited; nothing was written")
    if not text.strip():
        raise Refused(f"the text is empty; claimtrack remove {before.key.id} takes the claim out")
    manuscript = Manuscript(draft)
    manuscript.rewrite(before.key, _indented_like(before.text, text.replace("\r\n", "\n")))
    return Written(manuscript.change(), before.key, "edited")


def _indented_like(before: str, text: str) -> str:
    """The text without line ends at its end, all of it moved in as far as the old one stands in."""
    lines = text.rstrip("\n").split("\n")
    first = next((line for line in lines if line.strip()), "")
    missing = indentation(before, 0) - indentation(first, 0)
    return "\n".join(" " * missing + line if line.strip() else line for line in lines)

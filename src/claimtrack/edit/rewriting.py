"""One claim's own text, taken out to be edited and put back."""

from __future__ import annotations

from claimtrack.diagnostic import ClaimtrackError
from claimtrack.edit.draft import Draft, EntryKey
from claimtrack.edit.filetext import indentation, with_feeds
from claimtrack.edit.manuscript import Manuscript
from claimtrack.edit.written import Refused, Written
from claimtrack.findings.selection import find_claim
from claimtrack.frozen import frozen


class ChangedMeanwhile(ClaimtrackError):
    """A claim that somebody else changed while it was edited."""

    exit_status = 4

    def __init__(self, claim: str) -> None:
        super().__init__(f"'{claim}' changed while it was edited; nothing was written")


@frozen
class ClaimText:
    """A claim's lines as they stand in its file, with LF line ends and one at the end."""

    key: EntryKey
    text: str


def claim_text(draft: Draft, claim: str) -> ClaimText:
    """The text of a claim, sound or not, by its id or a part that only one sound claim has.

    Raises UnknownName, AmbiguousName, LaidOutOtherwise.
    """
    known = claim in draft.entries.claims
    key = EntryKey("claims", claim if known else find_claim(draft.register, claim))
    own = Manuscript(draft).stretch(key).text
    return ClaimText(key, with_feeds(own) + "\n")


def rewrite(draft: Draft, before: ClaimText, text: str) -> Written:
    """The claim with another text, which may give it another meaning and no other id.

    Raises Refused; ChangedMeanwhile where the claim is no longer what was taken out; and
    UnknownName, AmbiguousName, LaidOutOtherwise.
    """
    if claim_text(draft, before.key.id) != before:
        raise ChangedMeanwhile(before.key.id)
    if not text.strip():
        raise Refused(f"the text is empty; claimtrack remove {before.key.id} takes the claim out")
    manuscript = Manuscript(draft)
    kept = _without_more_line_ends(with_feeds(text), before.text)
    manuscript.rewrite(before.key, _indented_like(before.text, kept))
    return Written(manuscript.change(), before.key, "edited")


def _indented_like(before: str, text: str) -> str:
    """The text, all of it moved in as far as the old one stands in."""
    lines = text.split("\n")
    first = next((line for line in lines if line.strip()), "")
    missing = indentation(before, 0) - indentation(first, 0)
    return "\n".join(" " * missing + line if line.strip() else line for line in lines)


def _without_more_line_ends(text: str, old: str) -> str:
    """The text with no more line ends at its end than the old one has: those may be its own."""
    own = text.rstrip("\n")
    kept = min(len(text) - len(own), len(old) - len(old.rstrip("\n")))
    return own + "\n" * max(kept - 1, 0)

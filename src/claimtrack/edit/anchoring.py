"""The lines of quotes, written into the register where a held source shows them."""

from __future__ import annotations

from claimtrack.edit.draft import Draft, EntryKey
from claimtrack.edit.manuscript import Change, Manuscript
from claimtrack.edit.yamlwriting import Bare
from claimtrack.findings.anchors import Anchoring
from claimtrack.frozen import frozen


@frozen
class Anchored:
    """A change that anchors quotes, and what it leaves."""

    change: Change
    anchoring: Anchoring


def anchor(draft: Draft, anchoring: Anchoring) -> Anchored:
    """The line of each anchor, in its item of evidence. Raises LaidOutOtherwise."""
    manuscript = Manuscript(draft)
    keys = [EntryKey("claims", each.quoted.claim) for each in anchoring.anchors]
    manuscript.expect(keys)
    for key, each in zip(keys, anchoring.anchors, strict=True):
        manuscript.set(key, ("evidence", each.quoted.index, "line"), Bare(str(each.line)))
    return Anchored(manuscript.change(), anchoring)

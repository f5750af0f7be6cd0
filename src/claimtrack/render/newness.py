"""Why conflicts are new since an earlier state of the register, in words and for programs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from claimtrack.findings.conflict_turns import Reason
from claimtrack.findings.conflicts import Conflict
from claimtrack.render.difference_rows import side_row
from claimtrack.render.differences import Side, few, verb
from claimtrack.render.documents import Json

Reasons = Mapping[str, Sequence[Reason]]


def newness_words(reasons: Iterable[Reason]) -> str:
    """``it was not there; the claim in-bay is new``."""
    return "; ".join(_words(reason) for reason in reasons)


def _words(reason: Reason) -> str:
    named = few(reason.claims)
    match reason.what:
        case "new" if reason.claims:
            return f"it was not there, and neither {verb(reason.claims, 'was', 'were')} {named}"
        case "new":
            return "it was not there"
        case "claims":
            return f"{named} {verb(reason.claims, 'stands', 'stand')} in it now"
        case "answers":
            return f"{named} {verb(reason.claims, 'gives', 'give')} another answer"
        case "positions":
            return "claims that shared a position no longer do"
        case "harder":
            return "it was a tension and is hard"
        case "reopened":
            return "it was reviewed and is open again"
        case "stale":
            return "its review has gone stale"


def since_part(since: Side, conflicts: Iterable[Conflict], reasons: Reasons) -> Json:
    """What ``conflicts --since`` gives beside the rest: since when, and why each is new."""
    rows = [
        {
            "conflict": conflict.id,
            "reasons": [_reason_row(reason) for reason in reasons[conflict.id]],
        }
        for conflict in conflicts
    ]
    return {"since": {**side_row(since), "new": rows}}


def _reason_row(reason: Reason) -> Json:
    return {"what": reason.what, "claims": list(reason.claims), "told": _words(reason)}

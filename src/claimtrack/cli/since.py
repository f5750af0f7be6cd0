"""What is new among conflicts since a commit: what ``conflicts --since`` adds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from claimtrack.cli.opening import Opened
from claimtrack.cli.versions import note_what_is_left_out_of, side_of
from claimtrack.findings.conflict_turns import Reason, new_conflicts
from claimtrack.findings.conflicts import Conflict
from claimtrack.frozen import frozen
from claimtrack.reading.revisions import Revisions
from claimtrack.render.differences import Side
from claimtrack.render.newness import newness_words


@frozen
class News:
    """An earlier state, and why each conflict that is new since then is so, by its id."""

    since: Side
    reasons: Mapping[str, tuple[Reason, ...]]

    def words(self, conflicts: Iterable[Conflict]) -> dict[str, str]:
        """Why each of them is new, in a clause."""
        return {each.id: newness_words(self.reasons[each.id]) for each in conflicts}


def news_since(opened: Opened, revision: str) -> News:
    """What is new since a commit. Raises what finding and reading it raises (see side_of)."""
    since = side_of(Revisions(opened.main), revision)
    note_what_is_left_out_of(since)
    return News(since, new_conflicts(since.findings, opened.findings))

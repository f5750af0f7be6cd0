"""The one way in which a register is changed: lock, read, propose, write."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Generic, Protocol, TypeVar

from claimtrack.edit.draft import Draft, read_draft
from claimtrack.edit.finishing import Finished, finish_interrupted, remove_leftovers
from claimtrack.edit.locking import writing_lock
from claimtrack.edit.manuscript import Change
from claimtrack.edit.proposal import Proposal, propose
from claimtrack.edit.replacing import Replacement, replace_files
from claimtrack.frozen import frozen
from claimtrack.progress import Tell, quiet


class Made(Protocol):
    """What a command makes of a draft: a change, and what it has to say of it."""

    @property
    def change(self) -> Change:
        """Splices, and what they are to mean."""


M = TypeVar("M", bound=Made)


@frozen
class Result(Generic[M]):
    """What was made of a register, and what of an earlier, interrupted change was finished."""

    made: M
    proposal: Proposal
    finished: Sequence[Finished] = ()


def preview(main: Path, make: Callable[[Draft], M], tell: Tell = quiet) -> Result[M]:
    """What a change would do. Writes nothing and takes no lock; raises what ``write`` does."""
    draft = read_draft(main, tell=tell)
    made = make(draft)
    return Result(made, propose(draft, made.change, tell))


def write(
    main: Path,
    make: Callable[[Draft], M],
    on_wait: Callable[[], None],
    tell: Tell = quiet,
) -> Result[M]:
    """Change a register, alone, on the ground of what it is at that moment.

    Raises RegisterUnreadable; what ``make`` and ``propose`` raise; and what locking, finishing and
    replacing do. Whatever is raised, no file is half of one and half of another.
    """
    with writing_lock(main.parent, on_wait):
        finished = finish_interrupted(main.parent)
        draft = read_draft(main, tell=tell)
        remove_leftovers(main.parent, draft.files)
        made = make(draft)
        proposal = propose(draft, made.change, tell)
        replace_files(replacements(proposal), main.parent)
    return Result(made, proposal, finished)


def replacements(proposal: Proposal) -> list[Replacement]:
    """The files that a proposal changes."""
    before = proposal.before
    return [
        Replacement(before.path(file), before.files[file].data, data)
        for file, data in proposal.files.items()
    ]

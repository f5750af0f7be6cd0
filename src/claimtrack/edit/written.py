"""What a writing command makes of a draft, and where in a register it writes."""

from __future__ import annotations

import os

from claimtrack.diagnostic import ClaimtrackError, did_you_mean
from claimtrack.edit.draft import Draft, EntryKey, Section
from claimtrack.edit.manuscript import Change
from claimtrack.frozen import frozen
from claimtrack.reading.schema import no_id
from claimtrack.values.names import ID

_SHOWN = 5


class Refused(ClaimtrackError):
    """Something that a person asked to be written and that cannot be; the text says why."""


@frozen
class Written:
    """A change, and the entry that it makes or changes with what was done to it, in words."""

    change: Change
    key: EntryKey
    done: str
    notes: tuple[str, ...] = ()
    """What else the person should know."""
    subject: str | None = None
    """The id of what it is about, where that is not the entry's own: what a review is of."""

    @property
    def id(self) -> str:
        """The id to go on with."""
        return self.subject or self.key.id


def file_for(draft: Draft, section: Section, asked: str | None = None) -> str:
    """The file of the register that takes a new entry of a section.

    That is the one asked for, by the name that diagnostics give it or by its path; else the main
    file if it has the section, or the last file that has it, or the main file. Of reviews the last
    in file order counts: they go to the last file that has any. Raises Refused.
    """
    if asked is not None:
        return known_file(draft, asked)
    having = [file for file in draft.files if file in _files_with(draft, section)]
    main = next(iter(draft.files))
    if not having:
        return main
    return main if main in having and section != "reviews" else having[-1]


def _files_with(draft: Draft, section: Section) -> set[str]:
    held = getattr(draft.entries, section)
    return {entry.file for entry in (held if section == "reviews" else held.values())}


def known_file(draft: Draft, asked: str) -> str:
    """The file of the register with that name, or at that path. Raises Refused."""
    for known in draft.files:
        if known == asked or os.path.realpath(draft.path(known)) == os.path.realpath(asked):
            return known
    files = list(draft.files)
    more = f" and {len(files) - _SHOWN} more" if len(files) > _SHOWN else ""
    hint = did_you_mean(asked, files) or f"; it has {', '.join(files[:_SHOWN])}{more}"
    raise Refused(f"'{asked}' is no file of this register{hint}")


def refuse_no_id(text: str) -> None:
    """Raise Refused for what can be no id."""
    if not ID.fullmatch(text):
        raise Refused(no_id(text))


def refuse_others_name(draft: Draft, text: str, own: str | None = None) -> None:
    """Raise Refused for the id of an entity that others go by: it would mean this one instead.

    ``own`` is the entity itself, if it is there.
    """
    others = [each for each in draft.written_names.find(text) if each != own]
    if others:
        raise Refused(f"'{text}' is a name of {' and '.join(sorted(others))}; take another id")

"""What a change would make of a register: read, checked and compared before anything is written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any

from claimtrack.diagnostic import ClaimtrackError, Diagnostic, RegisterUnreadable, Severity
from claimtrack.edit.draft import Draft, EntryKey, Section, read_draft
from claimtrack.edit.manuscript import Change
from claimtrack.edit.meaning import Meaning, meaning, same
from claimtrack.frozen import frozen
from claimtrack.progress import Tell, quiet
from claimtrack.reading.entries import Entries
from claimtrack.reading.files import resolved
from claimtrack.reading.fitting import Entry
from claimtrack.reading.silencing import find_comments, silence

_SECTIONS: tuple[Section, ...] = ("sources", "entities", "properties", "claims", "reviews")


class MoreErrors(ClaimtrackError):
    """A change that would bring errors: more than there were, or in what is new."""

    def __init__(
        self, errors: Sequence[Diagnostic], files: Mapping[str, bytes], why: str = "more errors"
    ) -> None:
        super().__init__(f"nothing was written: {why}")
        self.errors = errors
        """Those that were not there before."""
        self.files = files
        """The files as they would be, which the errors' places are in."""


_MORE = "the register would have more errors than before"
_NEW = "what is new has an error"


class WouldBeLeftOut(ClaimtrackError):
    """A claim that would not count, though nothing in it is wrong."""

    def __init__(self, claim: str) -> None:
        super().__init__(
            f"nothing was written: claim {claim} would be left out, since it names something that "
            "has an error; claimtrack check says what"
        )


class ChangesMore(ClaimtrackError):
    """A change that would reach further than what was asked for."""

    exit_status = 4

    def __init__(self, what: str) -> None:
        super().__init__(
            f"nothing was written: {what} would not read as it should afterwards; an anchor or "
            "a layout stands in the way that this command does not know; change it by hand"
        )


class NotThatEntry(ClaimtrackError):
    """A text for one entry that is another, or more than one."""

    def __init__(self, key: EntryKey) -> None:
        super().__init__(
            f"nothing was written: the text is no longer {key.named}, or is more than that; its id "
            "is changed by claimtrack rename, further claims are written by claimtrack add"
        )


@frozen
class Proposal:
    """A register before and after a change, and the changed files' bytes by their names."""

    before: Draft
    after: Draft
    files: Mapping[str, bytes]

    @property
    def new_diagnostics(self) -> list[Diagnostic]:
        """What the change would give rise to, without what comments silence."""
        new = unlike(self.before.diagnostics, self.after.diagnostics)
        files = {each.place.file for each in new if each.severity is Severity.WARNING}
        held = [(name, file.data) for name, file in self.after.files.items() if name in files]
        claims = (claim.place for claim in self.after.register.claims.values())
        return list(silence(new, find_comments(held, claims).sound).kept)


def propose(draft: Draft, change: Change, tell: Tell = quiet) -> Proposal:
    """Read the register as the change would leave it.

    Raises MoreErrors and WouldBeLeftOut; ChangesMore where anything would mean other than what it
    is meant to; and NotThatEntry where an entry was to be rewritten and something else was.
    """
    files = {
        file: draft.files[file].spliced(splices)
        for file, splices in change.splices.items()
        if splices
    }
    proposal = Proposal(draft, _read(draft, files, tell) if files else draft, files)
    tell("comparing with what was there", 0, 0)
    _refuse_more_errors(proposal, change)
    _refuse_other_changes(draft.entries, proposal.after.entries, change)
    return proposal


def _read(draft: Draft, files: Mapping[str, bytes], tell: Tell) -> Draft:
    instead = {resolved(draft.path(name)): held.data for name, held in draft.files.items()}
    instead.update({resolved(draft.path(name)): data for name, data in files.items()})
    try:
        return read_draft(draft.main, instead, tell)
    except RegisterUnreadable as error:
        raise MoreErrors(error.diagnostics, files, _MORE) from error


def _refuse_more_errors(proposal: Proposal, change: Change) -> None:
    before, after = proposal.before.errors, proposal.after.errors
    # A file that cannot be read any more hides the errors that were in it.
    was_unread, is_unread = (d.entries.unread_parts for d in (proposal.before, proposal.after))
    if len(after) > len(before) or is_unread > was_unread:
        raise MoreErrors(unlike(before, after), proposal.files, _MORE)
    # One mistake may go as another comes: what is written anew has to be sound all the same.
    held = proposal.before.entries.claims
    new = {key.id for key in change.expected if key.section == "claims" and key.id not in held}
    wrong = [each for each in unlike(before, after) if each.claim in new]
    if wrong:
        raise MoreErrors(wrong, proposal.files, _NEW)
    if None in change.expected.values():
        return  # an entry goes: which of those that come was sound before cannot be told
    for claim in (key.id for key in change.expected if key.section == "claims"):
        is_sound = claim in proposal.before.register.claims or claim not in held
        if is_sound and claim not in proposal.after.register.claims:
            raise WouldBeLeftOut(claim)


def unlike(before: Sequence[Diagnostic], after: Sequence[Diagnostic]) -> list[Diagnostic]:
    """The later diagnostics that have no like among the earlier ones, wherever those stood."""
    known = Counter(map(_likeness, before))
    new = []
    for each in after:
        known[_likeness(each)] -= 1
        if known[_likeness(each)] < 0:
            new.append(each)
    return new


def _likeness(diagnostic: Diagnostic) -> tuple[str, str, str | None]:
    return diagnostic.code, diagnostic.message, diagnostic.claim


# ------------------------------------------------------------------------------------- comparing


def _refuse_other_changes(before: Entries, after: Entries, change: Change) -> None:
    then, now, expected = dict(_entries(before)), dict(_entries(after)), change.expected
    rewritten = next(iter(change.free), None)
    for key in dict.fromkeys(chain(then, now, expected)):
        if key in change.free:
            is_right = key in now
        elif key in expected:
            is_right = _means(now.get(key)) == expected[key]
        else:
            is_right = key in then and key in now and same(then[key].node, now[key].node)
        if not is_right:
            raise NotThatEntry(rewritten) if rewritten else ChangesMore(key.named)
    touched = {key.id for key in chain(expected, change.free) if key.section == "claims"}
    if _frame(before, touched) != _frame(after, touched):
        raise NotThatEntry(rewritten) if rewritten else ChangesMore("the register as a whole")


def _frame(entries: Entries, touched: Collection[str]) -> tuple[object, ...]:
    """What a register is beside what its entries mean, and the order of the other claims."""
    order = [claim for claim in entries.claims if claim not in touched]
    return entries.title, entries.files, entries.unread_parts, entries.unnamed_claims, order


def _means(entry: Entry[Any] | None) -> Meaning | None:
    return None if entry is None else meaning(entry.node)


def _entries(entries: Entries) -> Iterator[tuple[EntryKey, Entry[Any]]]:
    for section in _SECTIONS:
        if section == "reviews":
            for number, review in enumerate(entries.reviews):
                yield EntryKey(section, str(number)), review
        else:
            held: Mapping[str, Entry[Any]] = getattr(entries, section)
            for key, entry in held.items():
                yield EntryKey(section, key), entry

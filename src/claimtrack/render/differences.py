"""What differs between two states of a register, in words: a section for each kind of change."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from claimtrack.findings.changes import Change, KeyChange
from claimtrack.findings.conflict_turns import ConflictTurn, Turn
from claimtrack.findings.conflicts import Conflict
from claimtrack.findings.differences import Differences, StandingMove, VerdictMove
from claimtrack.findings.entry_changes import EntryChange
from claimtrack.findings.findings import Findings
from claimtrack.frozen import frozen
from claimtrack.model import Claim, Review
from claimtrack.reading.revisions import Commit
from claimtrack.render.changes import Told
from claimtrack.render.edits import edit_told, key_told, verdict_told, verdict_words
from claimtrack.render.reviews import decision_words
from claimtrack.render.screen import Part, Screen
from claimtrack.render.sections import more_words, print_section
from claimtrack.render.style import quiet, strong, word
from claimtrack.render.words import listed, position_words, question

SHOWN = 20
"""How many changes of each kind a page shows, unless it is told otherwise."""
_NAMED = 4

Entry = TypeVar("Entry")


@frozen
class Side:
    """One of the two states that are compared: a commit by the name it was asked by, or the files.

    Of the files as they are, ``revision`` and ``commit`` are None.
    """

    revision: str | None
    commit: Commit | None
    findings: Findings


def side_words(side: Side) -> str:
    """``HEAD~1 (3f2a1c9d, 2026-11-20, ann)``, or that it is the files."""
    if side.commit is None:
        return "the files as they are"
    return f"{side.revision} ({commit_words(side.commit)})"


def commit_words(commit: Commit) -> str:
    """``3f2a1c9d, 2026-11-20, ann``."""
    return f"{commit.short}, {commit.day}, {commit.author}"


def print_differences(
    before: Side, after: Side, differences: Differences, screen: Screen, limit: int | None
) -> None:
    """What the states are, then every kind of change, each with at most so many entries."""
    screen.line(quiet(f"From {side_words(before)} to {side_words(after)}"))
    if differences.is_none:
        screen.line()
        screen.line("Nothing changed in meaning.")
        others = "comments, notes, lines of quotes, order of keys or spacing"
        screen.line(quiet(f"If the files differ, it is in {others} alone."))
        return
    _Page(differences, screen, SHOWN if limit is None else limit).print()


_TURNS: dict[Turn, str] = {
    "opened": "Conflicts opened",
    "closed": "Conflicts closed",
    "stale": "Conflicts whose review went stale",
    "reviewed": "Conflicts reviewed",
    "reopened": "Conflicts reopened",
    "changed": "Conflicts changed",
}


_ENTRY_CHANGES = {
    "left out": "left out because of an error",
    "mended": "no longer left out because of an error",
}


class _Page:
    """The page of what differs."""

    def __init__(self, differences: Differences, screen: Screen, limit: int) -> None:
        self._all, self._screen, self._limit = differences, screen, limit
        self._then = differences.before.register
        self._now = differences.after.register

    def print(self) -> None:
        """All of the page."""
        self._print_renames()
        for turn, title in _TURNS.items():
            found = [each for each in self._all.conflicts if each.turn == turn]
            self._section(title, found, self._print_turn)
        self._print_claims()
        self._print_decisions()
        self._print_entries()
        self._print_moves()

    def _section(
        self, title: str, entries: Sequence[Entry], print_one: Callable[[Entry], None]
    ) -> None:
        print_section(title, entries, print_one, self._limit, self._screen)

    def _line(self, name: str, *told: Part) -> None:
        self._screen.line(strong(name), *(["  ", *told] if told else []), indent=2)

    def _print_renames(self) -> None:
        """First, since all that follows calls them so."""
        renames = self._all.renames
        for kind, renamed in (
            ("Sources", renames.sources),
            ("Entities", renames.entities),
            ("Properties", renames.properties),
            ("Claims", renames.claims),
        ):
            self._section(f"{kind} renamed", list(renamed.items()), self._print_renamed)

    def _print_renamed(self, pair: tuple[str, str]) -> None:
        self._line(pair[0], "→ ", strong(pair[1]))

    # ------------------------------------------------------------------------------ conflicts

    def _print_turn(self, turn: ConflictTurn) -> None:
        conflict = turn.after or turn.before
        if conflict is None:
            return
        register = self._now if turn.after is not None else self._then
        asked = f"  {question(conflict, register)}" if conflict.subject else ""
        self._line(turn.id, word(conflict.severity), quiet(asked))
        if turn.before is None:
            self._print_positions(conflict)
        review = self._review_words(turn)
        if review:
            self._screen.line(quiet("review: "), review, indent=4)
        for told in turn_words(turn):
            self._screen.line(told, indent=4)

    def _print_positions(self, conflict: Conflict) -> None:
        for position in conflict.positions[:_NAMED]:
            held = few(position.claims)
            if position.assertions:
                self._screen.line(f"{position_words(position, self._now)}: ", held, indent=4)
            else:
                self._screen.line(f"{held}: ", self._now.claims[held].statement, indent=4)
        for more in more_words(conflict.positions, _NAMED):
            self._screen.line(quiet(f"and {more}"), indent=4)

    def _review_words(self, turn: ConflictTurn) -> str:
        findings = self._all.after if turn.turn != "closed" else self._all.before
        held = findings.reviews.of_conflicts.get(turn.id)
        return "" if held is None else decision_words(held.review)

    # --------------------------------------------------------------------------------- claims

    def _print_claims(self) -> None:
        edits = [
            told
            for edit in self._all.edits
            for told in edit_told(edit, self._all.earlier, self._now)
        ]
        evidence = [each for each in edits if each.what == "evidence"]
        named = ("statement", "assertion", "evidence", "credibility")
        self._section("Claims added", self._all.added, self._print_claim)
        self._section("Claims gone", self._all.gone, self._print_claim)
        self._section(
            "Claims restated", [e for e in edits if e.what == "statement"], self._print_restated
        )
        self._section(
            "Assertions changed", [e for e in edits if e.what == "assertion"], self._print_told
        )
        self._section("Evidence added", [e for e in evidence if not e.before], self._print_told)
        self._section("Evidence gone", [e for e in evidence if not e.after], self._print_told)
        both = [e for e in evidence if e.before and e.after]
        self._section("Evidence changed", both, self._print_told)
        grades = [e for e in edits if e.what == "credibility"]
        self._section("Re-graded", [*grades, *self._sources_regraded()], self._print_told)
        others = [e for e in edits if e.what not in named]
        self._section("Claims changed otherwise", others, self._print_told)
        self._section("Claims that an error leaves out now", self._all.unreadable, self._line)
        self._section("Claims that no error leaves out any more", self._all.mended, self._line)

    def _print_claim(self, claim: Claim) -> None:
        self._line(claim.id)
        self._screen.line(quiet(claim.statement), indent=4)

    def _print_restated(self, told: Told) -> None:
        self._line(told.claim or "")
        self._screen.line(quiet("from "), told.before or "", indent=4)
        self._screen.line(quiet("to   "), told.after or "", indent=4)

    def _print_told(self, told: Told) -> None:
        self._line(told.claim or "", told.clause)

    def _sources_regraded(self) -> Iterable[Told]:
        for entry in self._all.entries:
            for key in entry.keys:
                if _is_grade(entry, key):
                    yield key_told(entry.id, key)

    # ------------------------------------------------------------------------------- decisions

    def _print_decisions(self) -> None:
        judged = [each for each in self._all.verdicts if each.staled is None]
        for direction, title in (
            ("up", "Verdicts up"),
            ("down", "Verdicts down"),
            ("level", "Verdicts changed, no higher or lower"),
        ):
            found = [each for each in judged if each.direction == direction]
            self._section(title, found, self._print_verdict)
        staled = [verdict_told(each) for each in self._all.verdicts if each.staled == "stale"]
        self._section("Verdicts gone stale", staled, self._print_told)
        renewed = [verdict_told(each) for each in self._all.verdicts if each.staled == "renewed"]
        self._section("Verdicts renewed on a changed claim", renewed, self._print_told)
        valid = [verdict_told(each) for each in self._all.verdicts if each.staled == "valid"]
        self._section("Verdicts that hold again", valid, self._print_told)
        reviews = self._all.reviews
        self._section("Reviews added", reviews.added, self._print_review)
        self._section("Reviews gone", reviews.gone, self._print_review)
        self._section("Reviews renewed on changed ground", reviews.renewed, self._print_review)
        for told, idle in (
            ("Reviews without effect, of a claim that an error leaves out now", reviews.idle),
            ("Reviews of a claim that no error leaves out any more", reviews.mended),
        ):
            self._section(told, idle, self._print_review)

    def _print_verdict(self, move: VerdictMove) -> None:
        self._line(move.claim, verdict_words(move))

    def _print_review(self, review: Review) -> None:
        of = review.conflict or f"the dispute of {review.dispute}"
        self._line(of, decision_words(review))

    # --------------------------------------------------------------------------------- the rest

    def _print_entries(self) -> None:
        if self._all.title is not None:
            change = self._all.title
            self._screen.line()
            self._screen.line(
                strong("Title"), f" from ‘{change.before or ''}’ to ‘{change.after or ''}’"
            )
        plurals = (("source", "Sources"), ("entity", "Entities"), ("property", "Properties"))
        for kind, plural in plurals:
            found = [(each, _but_grades(each)) for each in self._all.entries if each.kind == kind]
            # Those renamed are told before, and so is the reliability of a source.
            shown = [p for p in found if p[1] or p[0].change not in ("changed", "renamed")]
            self._section(f"{plural} changed", shown, self._print_entry)

    def _print_entry(self, pair: tuple[EntryChange, list[str]]) -> None:
        entry, told = pair
        self._line(entry.id, listed(told) or _ENTRY_CHANGES.get(entry.change, entry.change))

    def _print_moves(self) -> None:
        moves = self._all.moves
        edited = [each for each in moves if each.is_edited]
        self._section("Standing that moved with an edit of the claim", edited, self._print_move)
        others = [each for each in moves if not each.is_edited]
        self._section(
            "Standing that moved though nobody edited the claim", others, self._print_move
        )

    def _print_move(self, move: StandingMove) -> None:
        told: list[Part] = []
        for change in (move.contest, move.support, move.grade):
            if change is not None:
                told += [", " if told else "", *_arrow(change)]
        self._line(move.claim, *told)


def _but_grades(entry: EntryChange) -> list[str]:
    """What is otherwise in an entry, without the reliability of a source, which is told before."""
    return [key_told(None, key).clause for key in entry.keys if not _is_grade(entry, key)]


def _is_grade(entry: EntryChange, key: KeyChange) -> bool:
    return entry.kind == "source" and key.key == "reliability"


def _arrow(change: Change[str]) -> list[Part]:
    return [word(change.before or "no grade"), " → ", word(change.after or "no grade")]


def turn_words(turn: ConflictTurn) -> list[str]:
    """What is otherwise in a conflict that was there before and is there after."""
    told = []
    if turn.is_hardened:
        told.append("it was a tension and is hard")
    if turn.is_softened:
        told.append("it was hard and is a tension")
    if turn.joined:
        told.append(f"{few(turn.joined)} {verb(turn.joined, 'stands', 'stand')} in it now")
    if turn.left:
        told.append(f"{few(turn.left)} no longer {verb(turn.left, 'stands', 'stand')} in it")
    if turn.answering:
        gives = verb(turn.answering, "gives", "give")
        told.append(f"{few(turn.answering)} {gives} another answer")
    if turn.is_parted and not turn.joined and not turn.answering:
        told.append("claims that shared a position no longer do")
    return told


def verb(names: Sequence[str], singular: str, plural: str) -> str:
    """The form of a verb that fits so many names."""
    return singular if len(names) == 1 else plural


def few(names: Sequence[str]) -> str:
    """``a``, ``a and b``, ``a, b, c, d and 3 more``."""
    return listed([*names[:_NAMED], *more_words(names, _NAMED)])

"""What is wrong with a register, where, and how it can be mended.

A diagnostic is a value: it is collected, never raised. Its code is public and stable; whether a
code is an error or a warning stands in one table here, and what it means, with a bad and a good
example, in ``explanations/CODE.md``.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from enum import StrEnum

from claimtrack.frozen import frozen


class Severity(StrEnum):
    """How much a diagnostic weighs: an error leaves out what it stands in, a warning nothing."""

    ERROR = "error"
    WARNING = "warning"


CODES: dict[str, tuple[Severity, str]] = {
    "CT101": (Severity.ERROR, "a file cannot be read"),
    "CT102": (Severity.ERROR, "a file is not UTF-8"),
    "CT103": (Severity.ERROR, "a file is not YAML"),
    "CT104": (Severity.ERROR, "more than one document in a file"),
    "CT105": (Severity.ERROR, "a YAML tag outside the core schema"),
    "CT106": (Severity.ERROR, "more than 64 levels"),
    "CT107": (Severity.ERROR, "aliases that grow a file beyond measure"),
    "CT108": (Severity.ERROR, "a register that does not begin with a mapping of sections"),
    "CT109": (Severity.ERROR, "not a register of version 1"),
    "CT110": (Severity.ERROR, "an include that matches no file"),
    "CT111": (Severity.ERROR, "an include outside the register's folder"),
    "CT112": (Severity.ERROR, "includes that go in a circle"),
    "CT201": (Severity.ERROR, "two entries with one id"),
    "CT202": (Severity.ERROR, "no claim has this id"),
    "CT203": (Severity.ERROR, "no source has this id"),
    "CT204": (Severity.ERROR, "no entity has this name, where one is needed"),
    "CT205": (Severity.ERROR, "no property has this id"),
    "CT206": (Severity.ERROR, "a name that two entities share"),
    "CT207": (Severity.WARNING, "a name that no entity declares"),
    "CT208": (Severity.ERROR, "places that are part of each other"),
    "CT209": (Severity.ERROR, "sources that are derived from each other"),
    "CT210": (Severity.ERROR, "choices that are narrower than each other"),
    "CT211": (Severity.ERROR, "claims that supersede each other"),
    "CT212": (Severity.ERROR, "a relation of a claim to itself"),
    "CT301": (Severity.ERROR, "a key that is written twice"),
    "CT302": (Severity.ERROR, "an unknown key"),
    "CT303": (Severity.ERROR, "a required key is missing"),
    "CT304": (Severity.ERROR, "another type than the key takes"),
    "CT305": (Severity.ERROR, "a word that is not one of those the key takes"),
    "CT306": (Severity.ERROR, "an id that is not lower-case words joined by hyphens"),
    "CT307": (Severity.ERROR, "keys that do not go together"),
    "CT401": (Severity.ERROR, "a date outside the profile"),
    "CT402": (Severity.ERROR, "an interval whose end comes before its start"),
    "CT403": (Severity.ERROR, "an interval with an empty end"),
    "CT404": (Severity.ERROR, "not a number"),
    "CT405": (Severity.ERROR, "a number that is too large, too small or not finite"),
    "CT406": (Severity.ERROR, "min above max"),
    "CT407": (Severity.ERROR, "a number written in parts that do not go together"),
    "CT408": (Severity.ERROR, "a unit that cannot be converted to the property's"),
    "CT409": (Severity.ERROR, "a unit whose conversion is not exact"),
    "CT410": (Severity.ERROR, "not one of the property's choices"),
    "CT411": (Severity.ERROR, "neither true nor false"),
    "CT412": (Severity.ERROR, "a tolerance that the property cannot have"),
    "CT413": (Severity.ERROR, "a scope key that the property does not list"),
    "CT414": (Severity.ERROR, "a choice narrower than an unknown one"),
    "CT501": (Severity.ERROR, "a claim that contradicts itself"),
    "CT502": (Severity.ERROR, "a review that leaves a conflict standing"),
    "CT601": (Severity.ERROR, "a source file outside its folder"),
    "CT602": (Severity.ERROR, "a source that differs from its recorded digest"),
    "CT603": (Severity.ERROR, "a quote that its source has otherwise"),
    "CT604": (Severity.ERROR, "a quote that its source does not have"),
    "CT605": (Severity.ERROR, "an attestation that its source contradicts"),
    "CT606": (Severity.ERROR, "an attestation that cannot be read"),
    "CT701": (Severity.WARNING, "a verdict on a claim that has changed since"),
    "CT702": (Severity.WARNING, "a review whose ground has changed since"),
    "CT703": (Severity.WARNING, "a key without effect on this type of property"),
    "CT704": (Severity.WARNING, "two claims that collide and are both confirmed"),
    "CT705": (Severity.WARNING, "a claim confirmed without firm evidence"),
    "CT706": (Severity.WARNING, "credibility 1 without a second origin"),
    "CT707": (Severity.WARNING, "a confirmed claim that rests on a refuted one"),
    "CT708": (Severity.WARNING, "one proposition both confirmed and refuted"),
    "CT709": (Severity.WARNING, "a quote that stands on another line"),
    "CT710": (Severity.WARNING, "a quote that its source has more than once"),
    "CT711": (Severity.WARNING, "a source whose text cannot be had"),
    "CT712": (Severity.WARNING, "an echo that is judged or graded as corroborated"),
    "CT713": (Severity.WARNING, "credibilities that contradict each other"),
    "CT714": (Severity.WARNING, "a source that may be copied from another"),
    "CT715": (Severity.WARNING, "a flat statement on a hedged quote"),
    "CT716": (Severity.WARNING, "a quote cut off after a denial or an attribution"),
    "CT717": (Severity.WARNING, "a hedge that the same source drops"),
    "CT718": (Severity.WARNING, "a figure, date or name that the evidence lacks"),
    "CT719": (Severity.WARNING, "a silencing comment without effect or reason"),
    "CT720": (Severity.WARNING, "a quote that a later capture no longer has"),
}
"""Every public code: how much it weighs and, in a few words, what it is about."""


@frozen(order=True)
class Place:
    """A position in a file: its path relative to the main file's folder; line, column from 1."""

    file: str
    line: int
    column: int


NOWHERE = Place("", 0, 0)
"""The place of what is compared wherever it stands."""


@frozen
class Related:
    """A further place that a diagnostic speaks of, and what is to be seen there."""

    place: Place
    message: str


@frozen
class Diagnostic:
    """One mistake: its public code, one sentence, its place, and the claim it stands in, if any."""

    code: str
    message: str
    place: Place
    claim: str | None = None
    related: tuple[Related, ...] = ()

    @property
    def severity(self) -> Severity:
        """Error or warning, as the table of codes says."""
        return CODES[self.code][0]


class ClaimtrackError(Exception):
    """Stops a command. Its text is a sentence for the user; ``exit_status`` is the process's."""

    exit_status = 2


class RegisterUnreadable(ClaimtrackError):
    """The main file gives no register; carries the diagnostics that say why."""

    exit_status = 3

    def __init__(self, diagnostics: list[Diagnostic]) -> None:
        super().__init__("the register cannot be read")
        self.diagnostics = diagnostics


_MANY = 400


def _candidates(sought: str, known: Iterable[str]) -> list[str]:
    """What is worth comparing: all, or of very many those that stand near it in the alphabet."""
    words = list(known)
    if len(words) <= _MANY:
        return words
    words.sort()
    at = bisect_left(words, sought)
    return words[max(at - _MANY // 4, 0) : at + _MANY // 4]


Order = tuple[int, Place, str, str]
"""What diagnostics are sorted by: the number of the file, the place, the code, the words."""


def in_order(each: Diagnostic, files: Mapping[str, int]) -> Order:
    """What a diagnostic is sorted by; the register's files are numbered, and others come last."""
    return files.get(each.place.file, len(files)), each.place, each.code, each.message


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known word that is spelt most nearly like this one, or None if none is near."""
    from difflib import get_close_matches  # most commands meet no word that is misspelt

    sought = word.casefold()
    folded = {each.casefold(): each for each in known}
    near = get_close_matches(sought, _candidates(sought, folded), n=1, cutoff=0.7)
    return folded[near[0]] if near else None


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """`` (did you mean 'x'?)`` for the nearest of the known words, or nothing if none is near."""
    near = nearest(word, known)
    return f" (did you mean '{near}'?)" if near else ""

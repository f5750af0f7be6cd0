"""The lists that tell a hedge, a denial or an attribution, one entry a line, from ``words/``.

English only. A list is data: a user adds entries to it, or takes some out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from importlib.resources import files

from claimtrack.findings.overstatement.phrases import Phrases, phrases
from claimtrack.frozen import frozen
from claimtrack.values.names import fold

_NUMBERED = ("ordinals", "quantities")
LISTS = (
    "attributions",
    "conditions",
    "contraries",
    "denials",
    "hearsay",
    "hedges",
    "negations",
    "no-conditions",
    "no-denials",
    "no-hedges",
    "ordinals",
    "quantities",
    "references",
    "relative-dates",
    "same-names",
    "softeners",
)
"""The names of the lists; each says in its first line what it is for."""


@frozen
class Words:
    """All lists, in the form in which they are looked up."""

    attributions: Phrases
    conditions: Phrases
    contraries: Phrases
    denials: Phrases
    hearsay: Phrases
    hedges: Phrases
    negations: Phrases
    no_conditions: Phrases
    no_denials: Phrases
    no_hedges: Phrases
    relative_dates: Phrases
    softeners: Phrases
    ordinals: Mapping[str, frozenset[Fraction]]
    quantities: Mapping[str, frozenset[Fraction]]
    references: Mapping[str, frozenset[str]]
    """Words that may stand for a name, by the kind of what is named; ``name``: of any kind."""
    same_names: Mapping[str, frozenset[str]]
    """A word, and those that name the same."""


def built_in(name: str) -> tuple[str, ...]:
    """The entries of a list as the program brings it."""
    text = files(__package__).joinpath("words", f"{name}.txt").read_text("utf-8")
    return tuple(entries(text))


def entries(text: str) -> Iterable[str]:
    """The entries of a file: its lines without blanks around them, but for empty and # ones."""
    stripped = (line.strip() for line in text.splitlines())
    return (line for line in stripped if line and not line.startswith("#"))


def misshapen(name: str, entry: str) -> str | None:
    """What an entry of a list should be, if it is not that."""
    words = entry.split()
    if not words or not any(sign.isalnum() for sign in words[0]):
        return "words"
    if name in _NUMBERED and (len(words) != 2 or not _is_number(words[1])):
        return "a word and a number, as in 'dozen 12'"
    if name == "references" and not (words[0].endswith(":") and len(words) > 1):
        return "a kind, a colon and words, as in 'person: pilot skipper'"
    if name == "same-names" and len(words) == 1:
        return "two words or more that name the same"
    return None


def make_words(lists: Mapping[str, Iterable[str]]) -> Words:
    """The lists looked up by word; every name of ``LISTS`` is there, every entry well shaped."""
    return Words(
        attributions=phrases(lists["attributions"]),
        conditions=phrases(lists["conditions"]),
        contraries=phrases(lists["contraries"]),
        denials=phrases(lists["denials"]),
        hearsay=phrases(lists["hearsay"]),
        hedges=phrases(lists["hedges"]),
        negations=phrases(lists["negations"]),
        no_conditions=phrases(lists["no-conditions"]),
        no_denials=phrases(lists["no-denials"]),
        no_hedges=phrases(lists["no-hedges"]),
        relative_dates=phrases(lists["relative-dates"]),
        softeners=phrases(lists["softeners"]),
        ordinals=_numbers(lists["ordinals"]),
        quantities=_numbers(lists["quantities"]),
        references=_references(lists["references"]),
        same_names=_same_names(lists["same-names"]),
    )


def _numbers(lines: Iterable[str]) -> Mapping[str, frozenset[Fraction]]:
    found: dict[str, set[Fraction]] = {}
    for word, number in map(str.split, lines):
        found.setdefault(fold(word), set()).add(Fraction(number))
    return {word: frozenset(numbers) for word, numbers in found.items()}


def _is_number(text: str) -> bool:
    return text.isascii() and text.replace(".", "", 1).isdigit()


def _references(lines: Iterable[str]) -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for line in lines:
        kind, _, words = line.partition(":")
        found.setdefault(fold(kind), set()).update(map(fold, words.split()))
    return {kind: frozenset(words) for kind, words in found.items()}


def _same_names(lines: Iterable[str]) -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for line in lines:
        words = frozenset(map(fold, line.split()))
        for word in words:
            found.setdefault(word, set()).update(words)
    return {word: frozenset(words) for word, words in found.items()}

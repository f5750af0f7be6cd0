"""Names of a statement that its quotes, their sentences and their sources do not have."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from claimtrack.findings.english.lexicon import months, stem, stops
from claimtrack.findings.english.tokens import Token, folded_words
from claimtrack.findings.overstatement.phrases import breaks
from claimtrack.findings.overstatement.sayings import content
from claimtrack.findings.overstatement.words import Words
from claimtrack.frozen import frozen
from claimtrack.model import Entity

_ALIKE = 5
"""How many first letters make two names akin: Norway, Norwegian do not; Estonia, Estonian do."""
_KINDS = {
    "person": "person",
    "place": "place",
    "country": "place",
    "city": "place",
    "institution": "institution",
    "organisation": "institution",
    "organization": "institution",
    "company": "institution",
}
_THING = "thing"
_ANY = "name"
_DEFINITE = frozenset({"the", "this", "that", "these", "those", "its", "their", "such"})
_SLOTS = frozenset(
    {"against", "at", "between", "by", "for", "from", "in", "into", "near", "of", "off", "on"}
    | {"over", "to", "towards", "with", "within"}
)


@frozen
class Name:
    """A name in a text: its words, their places, and the entity, if one is called so."""

    text: str
    places: range
    entity: str | None = None


@frozen
class Ground:
    """What a statement's names are looked for in: its evidence, and what is known beside it."""

    statement: tuple[Token, ...]
    evidence: tuple[tuple[Token, ...], ...]
    context: tuple[str, ...]


class NameReader:
    """Finds names in texts, knowing those of a register's entities."""

    def __init__(self, entities: Mapping[str, Entity], words: Words) -> None:
        self._entities = entities
        self._words = words
        self._named: dict[tuple[str, ...], str] = {}
        for entity in entities.values():
            for name in map(_words, _names(entity)):
                if name:
                    self._named.setdefault(name, entity.id)
        self._lengths: dict[str, list[int]] = {}
        """By their first words, how long names are, the longest first."""
        for first, length in sorted({(name[0], len(name)) for name in self._named}, reverse=True):
            self._lengths.setdefault(first, []).append(length)

    def read(self, text: Sequence[Token]) -> list[Name]:
        """The names of a text, longest first at each place: entities', and words in capitals."""
        found: list[Name] = []
        at = 0
        while at < len(text):
            if not text[at].capital and text[at].text not in self._lengths:
                at += 1  # as with most words of any text
                continue
            name = self._declared(text, at) or _capitals(text, at)
            if name is not None:
                found.append(name)
            at = at + 1 if name is None else name.places.stop
        return found

    def unknown(self, names: Sequence[Name], ground: Ground) -> Iterator[str]:
        """The names to which no word of the evidence refers, nor what is known beside it.

        A word such as "she" or "the city" may stand for a name, unless the evidence has another
        name in its very place.
        """
        said = _said(ground) if names else frozenset()
        # Nearly every name is there in its own words; what is akin to them costs more to tell.
        left = [name for name in names if said.isdisjoint(self._saying(name))]
        there = self._there(said, ground) if left else frozenset()
        for name in left:
            if self._is_among(name, there):
                continue
            replaced = any(self._has_another(name, text, ground) for text in ground.evidence)
            if replaced or not self._may_be_meant(name, ground):
                yield name.text

    def _declared(self, text: Sequence[Token], at: int) -> Name | None:
        for length in self._lengths.get(text[at].text, ()):
            run = text[at : at + length]
            entity = self._named.get(tuple(token.text for token in run))
            if entity is not None:
                return Name(_text(run), range(at, at + length), entity)
        return None

    def _there(self, said: frozenset[str], ground: Ground) -> frozenset[str]:
        """All words that refer to something, with those that name the same or a place around."""
        for text in ground.evidence:
            said |= {word for name in self.read(text) for word in self._around(name)}
        every = {each for word in said for each in self._words.same_names.get(word, {word})}
        akin = {word[:_ALIKE] for word in every if len(word) >= _ALIKE}
        return frozenset(every | akin | {stem(word) for word in every})

    def _around(self, name: Name) -> Iterator[str]:
        """The words of all names of an entity, and of what it is part of."""
        entity = self._entities.get(name.entity or "")
        while entity is not None:
            yield from (word for each in _names(entity) for word in _words(each))
            entity = self._entities.get(entity.part_of or "")

    def _is_among(self, name: Name, there: frozenset[str]) -> bool:
        """Whether any word that says something of any of its names is there, or one akin to it."""
        initials = {"".join(word[0] for word in _words(each)) for each in self._called(name)}
        saying = self._saying(name)
        return not there.isdisjoint(
            {part for part in initials if len(part) > 1}
            | saying
            | {stem(part) for part in saying}
            | {part[:_ALIKE] for part in saying}
        )

    def _saying(self, name: Name) -> set[str]:
        """The words that say something of any of its names."""
        return {word for each in self._called(name) for word in _words(each) if _says(word)}

    def _called(self, name: Name) -> list[str]:
        return [name.text, *(_names(self._entities[name.entity]) if name.entity else ())]

    def _has_another(self, name: Name, text: Sequence[Token], ground: Ground) -> bool:
        """Whether the evidence has another name between the same words as the statement has it."""
        own = {token.text for token in ground.statement}
        before, after = _neighbours(ground.statement, name.places)
        for other in self.read(text):
            words = {token.text for token in text[other.places.start : other.places.stop]}
            theirs = _neighbours(text, other.places)
            same = (before in _SLOTS and before == theirs[0]) or (after and after == theirs[1])
            if same and words.isdisjoint(own) and self._is_alike(name, other):
                return True
        return False

    def _is_alike(self, name: Name, other: Name) -> bool:
        """Whether two names may be of things of one kind."""
        kinds = {self._kind(name), self._kind(other)}
        return None in kinds or len(kinds) == 1

    def _kind(self, name: Name) -> str | None:
        kind = self._entities[name.entity].kind if name.entity else None
        return None if kind is None else _KINDS.get(kind, _THING)

    def _may_be_meant(self, name: Name, ground: Ground) -> bool:
        """Whether a word of the evidence may stand for what is named: she, the minister."""
        kind = self._kind(name)
        references = self._words.references
        meant = set(references.get(_ANY, ()))
        for each in (kind,) if kind else (*_KINDS.values(), _THING):
            meant |= references.get(each, frozenset())
        if self._is_of_office(name, ground):
            return True
        about = content(ground.statement)
        return any(
            _refers(text, at, meant) or _points_back(text, at, about)
            for text in ground.evidence
            for at in range(len(text))
        )

    def _is_of_office(self, name: Name, ground: Ground) -> bool:
        """Whether it says of what somebody is minister, who is called minister in the evidence."""
        offices = self._words.references.get("person", frozenset())
        start, end = name.places.start, name.places.stop
        words = [token.text for token in ground.statement]
        beside = {*words[end : end + 2], *(words[start - 2 : start - 1] if start > 1 else ())}
        there = {token.text for text in ground.evidence for token in text}
        return not offices.isdisjoint(beside & there)


@lru_cache(maxsize=10_000)  # the same titles and speakers stand under claim after claim
def _words(text: str) -> tuple[str, ...]:
    return tuple(folded_words(text))


def _said(ground: Ground) -> frozenset[str]:
    said = {token.text for text in ground.evidence for token in text}
    return frozenset(said.union(*map(_words, ground.context)))


def _names(entity: Entity) -> list[str]:
    return [entity.id, entity.name or "", *(alias.name for alias in entity.aliases)]


def _capitals(text: Sequence[Token], at: int) -> Name | None:
    """The run of words with capitals that begins here, but for one that begins the sentence."""
    end = at
    while end < len(text) and text[end].capital and (end == at or not breaks(text[end])):
        end += 1
    alone_in_front = _begins_sentence(text, at) and end == at + 1
    if alone_in_front or not any(_says(token.text) for token in text[at:end]):
        return None
    return Name(_text(text[at:end]), range(at, end))


def _begins_sentence(text: Sequence[Token], at: int) -> bool:
    return at == 0 or any(sign in ".!?:;•" for sign in text[at].mark)


def _says(word: str) -> bool:
    return word not in stops() and word not in months() and len(word) > 1


def _text(run: Sequence[Token]) -> str:
    return " ".join(token.text.title() if token.capital else token.text for token in run)


def _neighbours(text: Sequence[Token], places: range) -> tuple[str, str]:
    """The word before, and the stem of the word after, where no sign parts them."""
    start, end = places.start, places.stop
    before = text[start - 1].text if start and not breaks(text[start]) else ""
    after = text[end] if end < len(text) and not breaks(text[end]) else None
    return before, "" if after is None or after.text in stops() else stem(after.text)


def _refers(text: Sequence[Token], at: int, meant: Iterable[str]) -> bool:
    """Whether a word may stand for a name; "the minister Moss" says which minister."""
    named = at + 1 < len(text) and text[at + 1].capital and not breaks(text[at + 1])
    small = not text[at].capital or _begins_sentence(text, at)
    return text[at].text in meant and small and not named


def _points_back(text: Sequence[Token], at: int, about: frozenset[str]) -> bool:
    """Whether "the ranges" and the like speaks of what the statement speaks of."""
    points = text[at].text in _DEFINITE and _begins_sentence(text, at)
    after = text[at + 1 : at + 3] if points else ()
    return any(not each.capital and stem(each.text) in about for each in after)

"""Sources that share whole passages, though the register does not say that one is from the other.

Two outlets with one text are one origin, and would count as two. What both took from one speaker is
no sign of that, nor is what a page has below its text.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from claimtrack.diagnostic import Diagnostic, Related
from claimtrack.findings.audits import Quoted
from claimtrack.findings.support import roots
from claimtrack.frozen import frozen
from claimtrack.model import Register, Source
from claimtrack.progress import Tell, counted, quiet
from claimtrack.quotes.audit import Audit, Stretch
from claimtrack.quotes.shingles import Pair, Shared, Words, shared_passages, words_of
from claimtrack.quotes.speech import quotations
from claimtrack.quotes.text import SourceText
from claimtrack.values.interval import End

LONGEST = 25
"""Shared words in a row that no two writers find by themselves."""
SHARE = 0.2
"""Or so much of the shorter text in shorter runs, at least ``LONGEST`` words in all."""
FOOTER = 1 / 3
"""What both texts end with is a footer unless it is a larger part of the shorter."""
FOOTER_END = 12
"""Words from the end of a text within which a passage counts as reaching it."""
_TOLD = 25
"""Words of the passage that are told."""
_RELATED = 3
_MARKED = ""
"""Stands for whoever is quoted, where only quotation marks say that somebody is."""


@frozen
class _Held:
    """A held source with its words, and for those that are not its own, whose they are."""

    source: Source
    text: SourceText
    words: Words
    speakers: Mapping[int, frozenset[str]]


@frozen
class _Passage:
    """A shared run of words, and how many of them are neither speech nor footer."""

    run: Shared
    telling: frozenset[int]
    """By their indexes in the earlier text."""

    @property
    def told(self) -> Shared:
        """The run from its first telling word on."""
        skipped = min(self.telling) - self.run.one
        return Shared(self.run.one + skipped, self.run.other + skipped, self.run.words - skipped)


@frozen
class _Copy:
    """What a source shares with one that came before it."""

    earlier: _Held
    later: _Held
    words: int
    longest: _Passage


class Said(NamedTuple):
    """A stretch of a source's text that somebody is quoted with, by whom."""

    source: str
    part: Stretch
    by: str


def said_in(register: Register, audits: Iterable[tuple[Quoted, Audit]]) -> Iterator[Said]:
    """What quotes that were found give as the words of somebody who is named."""
    for quoted, audit in audits:
        by = quoted.evidence.by
        if by is not None and not _is_anonymous(by, register):
            for passage in audit.found:
                yield from (Said(quoted.evidence.source, part, by) for part in passage.parts)


def check_copies(
    register: Register, texts: Mapping[str, SourceText], said: Iterable[Said], tell: Tell = quiet
) -> list[Diagnostic]:
    """A warning for each source that shares a substantial passage with one that came before it.

    ``texts`` are those of the sources that are held, ``said`` whose words are quoted from them. A
    source that several came before is told of once, with the one that it shares most with.
    """
    if len(texts) < 2:
        return []
    held = _held(register, texts, said, tell)
    family = _Families(register)
    copies: dict[str, list[_Copy]] = {}
    words = {key: each.words for key, each in held.items()}
    for pair in shared_passages(words, tell=tell):
        if not family.share(pair.one, pair.other):
            copy = _copy(pair, held)
            if copy is not None:
                copies.setdefault(copy.later.source.id, []).append(copy)
    return [_diagnostic(copies[source]) for source in register.sources if source in copies]


class _Families:
    """Which sources the register knows to be of one kin, or of one maker: one origin anyway."""

    def __init__(self, register: Register) -> None:
        self._sources = register.sources
        self._roots = roots(register.sources)

    def share(self, one: str, other: str) -> bool:
        """Whether one derives from the other or both from a third, by any steps and entries."""
        maker = self._maker(one)
        if maker is not None and maker == self._maker(other):
            return True
        return not self._above(one).isdisjoint(self._above(other))

    def _maker(self, source: str) -> str | None:
        return self._sources[self._roots[source]].maker

    def _above(self, source: str) -> set[str]:
        """The source and all that it derives from."""
        found, pending = {source}, [source]
        while pending:
            for above in self._sources[pending.pop()].derived_from:
                if above not in found:
                    found.add(above)
                    pending.append(above)
        return found


# ------------------------------------------------------------------------------------ whose words


def _held(
    register: Register, texts: Mapping[str, SourceText], said: Iterable[Said], tell: Tell
) -> dict[str, _Held]:
    """The sources that have a text, the earlier first."""
    spoken: dict[str, list[tuple[Stretch, str]]] = {key: [] for key in texts}
    for source, part, by in said:
        if source in spoken:
            spoken[source].append((part, by))
    found = {}
    days = _days(register.sources.values())
    in_order = sorted(texts, key=days.__getitem__)
    for key in counted(in_order, "taking sources apart into words", tell):
        words = words_of(texts[key].text)
        marked = [(each, _MARKED) for each in quotations(texts[key].text)]
        speakers = _speakers(words, [*spoken[key], *marked])
        found[key] = _Held(register.sources[key], texts[key], words, speakers)
    return found


def _is_anonymous(entity: str, register: Register) -> bool:
    return entity in register.entities and register.entities[entity].anonymous


def _days(sources: Iterable[Source]) -> dict[str, End]:
    """The first day of each source; one without a date stands where the file has it."""
    days: dict[str, End] = {}
    last: End = -math.inf
    for source in sources:
        last = last if source.published is None else source.published.days.low
        days[source.id] = last
    return days


def _speakers(words: Words, said: Iterable[tuple[Stretch, str]]) -> dict[int, frozenset[str]]:
    found: dict[int, frozenset[str]] = {}
    for stretch, speaker in said:
        for index in words.spans.within(stretch):
            found[index] = found.get(index, frozenset()) | {speaker}
    return found


# --------------------------------------------------------------------------------- what is shared


def _copy(pair: Pair, held: Mapping[str, _Held]) -> _Copy | None:
    """What the later of two texts has from the earlier; None if that is not substantial."""
    earlier, later = held[pair.one], held[pair.other]
    shorter = min(len(earlier.words), len(later.words))
    passages = [
        _Passage(run, _telling(run, earlier, later))
        for run in pair.passages
        if not _is_footer(run, earlier, later, FOOTER * shorter)
    ]
    if not passages:
        return None
    longest = max(passages, key=lambda each: len(each.telling))
    words = len(frozenset().union(*(each.telling for each in passages)))
    if len(longest.telling) >= LONGEST or words >= max(LONGEST, SHARE * shorter):
        return _Copy(earlier, later, words, longest)
    return None


def _is_footer(run: Shared, earlier: _Held, later: _Held, limit: float) -> bool:
    """Whether both texts end with it, and it is but a small part of them.

    What a page has below its text, such as a notice of rights, is no copy.
    """
    after = max(len(earlier.words) - run.one, len(later.words) - run.other) - run.words
    return after <= FOOTER_END and run.words < limit


def _telling(run: Shared, earlier: _Held, later: _Held) -> frozenset[int]:
    """The words of a run that not both texts give as somebody's, the same one's."""
    nobody: frozenset[str] = frozenset()
    return frozenset(
        run.one + offset
        for offset in range(run.words)
        if earlier.speakers.get(run.one + offset, nobody).isdisjoint(
            later.speakers.get(run.other + offset, nobody)
        )
    )


# ------------------------------------------------------------------------------------- what is told


def _diagnostic(copies: list[_Copy]) -> Diagnostic:
    """The warning about the source that a later one shares most with, and those it shares less."""
    most, *others = sorted(copies, key=lambda copy: -copy.words)
    one, other = most.earlier.source.id, most.later.source.id
    run = most.longest.told
    lines = (
        f"line {_line(most.later, run.other)} of '{other}', "
        f"line {_line(most.earlier, run.one)} of '{one}'"
    )
    message = (
        f"'{other}' shares {_how_much(most)} with '{one}': "
        f"“{_brief(most.later, run)}” ({lines}); if it copies or rewrites it, or both take from a "
        "third, say so with derived_from"
    )
    related = [Related(most.earlier.source.place, "it has the same words")]
    related += [
        Related(each.earlier.source.place, f"it shares {each.words:,} words too")
        for each in others[:_RELATED]
    ]
    return Diagnostic("CT714", message, most.later.source.place, None, tuple(related))


def _how_much(copy: _Copy) -> str:
    """``90 words in a row``, ``90 words, up to 40 in a row,``: those that tell something."""
    words, run = f"{copy.words:,} words", copy.longest.run
    if len(copy.longest.telling) < run.words:
        return f"{words}, besides what both quote,"
    if run.words < copy.words:
        return f"{words}, up to {run.words:,} in a row,"
    return f"{words} in a row"


def _line(held: _Held, word: int) -> int:
    return held.text.line_of(held.words.spans.starts[word])


def _brief(held: _Held, run: Shared) -> str:
    stretch = held.words.spans.stretch(run.other, min(run.words, _TOLD))
    told = " ".join(held.text.text[stretch.start : stretch.end].split())
    return f"{told} …" if run.words > _TOLD else told

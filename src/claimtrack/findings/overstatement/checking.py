"""What claims say beyond their quotes: hedges left out, denials cut off, figures added.

English only: a quote from a source in another language, or in another script, is not judged.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from claimtrack.diagnostic import Diagnostic
from claimtrack.findings.english.tokens import Token, tokens
from claimtrack.findings.overstatement import messages
from claimtrack.findings.overstatement.amounts import know, unknown_figures
from claimtrack.findings.overstatement.cuts import Cut, find_denial, find_speaker, speaks
from claimtrack.findings.overstatement.hedges import (
    Hedge,
    find_doubt,
    find_hearsay,
    is_hedged,
    is_title,
)
from claimtrack.findings.overstatement.names import Ground, NameReader
from claimtrack.findings.overstatement.sayings import LONGEST, Saying, say
from claimtrack.findings.overstatement.words import Words
from claimtrack.findings.support import taken_back
from claimtrack.model import Claim, Evidence, Register, Stance


@dataclass(frozen=True, slots=True)
class _Item:
    """An item of evidence with its quote taken apart."""

    index: int
    evidence: Evidence
    saying: Saying

    @property
    def is_whole(self) -> bool:
        """Whether all of its sentence is known; a heading is none."""
        quote = (self.evidence.quote or "").strip("\"'“”‘’ ")
        sentence = quote[:1].isupper() and quote.endswith((".", "!", "?"))
        return self.saying.held or (sentence and not is_title(self.saying.quote))

    @property
    def voice(self) -> tuple[str, str | None]:
        """In which source it speaks, and who."""
        return self.evidence.source, self.evidence.by


@dataclass(frozen=True, slots=True)
class _Judged:
    """What a claim's statement is, as far as that decides what it may overstate."""

    claim: Claim
    statement: tuple[Token, ...]
    is_hedged: bool
    is_negative: bool
    is_of_speech: bool


class OverstatementCheck:
    """Checks the claims of one register, whose names it learns once."""

    def __init__(self, register: Register, words: Words) -> None:
        self._register = register
        self._words = words
        self._names = NameReader(register.entities, words)

    def check(self, claim: Claim, sentence_of: Callable[[int], str | None]) -> list[Diagnostic]:
        """What a claim says beyond its quotes.

        ``sentence_of`` gives the sentence of the source that the quote of an item, by its index,
        stands in; None where the source is not held.
        """
        items = list(self._items(claim, sentence_of))
        if not items or len(claim.statement) > LONGEST:
            return []
        judged = self._judge(claim)
        firm = [item for item in items if item.evidence.stance.is_firm]
        denials = {item.index: cut for item in firm if (cut := self._denial(judged, item))}
        left = [item for item in items if item.index not in denials]
        hedges = {item.index: hedge for item in left if (hedge := self._hedge(judged, item))}
        flat = [item for item in left if item in firm and item.index not in hedges]
        speakers = {item.index: cut for item in flat if (cut := self._speaker(judged, item))}
        cuts = denials | speakers
        return [
            *([] if judged.is_hedged else _hedged(claim, left, hedges, flat)),
            *(messages.cut_off(claim, claim.evidence[at], cuts[at]) for at in sorted(cuts)),
            *self._added(judged, items),
        ]

    def _judge(self, claim: Claim) -> _Judged:
        statement = tuple(tokens(claim.statement))
        return _Judged(
            claim,
            statement,
            is_hedged(statement, self._words),
            any(each.negated for each in claim.asserts),
            claim.kind == "utterance" or speaks(statement, self._words),
        )

    def _items(self, claim: Claim, sentence_of: Callable[[int], str | None]) -> Iterator[_Item]:
        """The items in English that support a claim and have not been taken back.

        What is as long as a chapter is no quote whose words say something of each other.
        """
        taken = taken_back(claim.evidence)
        for index, evidence in enumerate(claim.evidence):
            if len(evidence.quote or "") > LONGEST or index in taken:
                continue
            if evidence.stance.is_support and self._is_english(evidence):
                saying = say(evidence.quote or "", sentence_of(index))
                if saying.quote:
                    yield _Item(index, evidence, saying)

    def _is_english(self, evidence: Evidence) -> bool:
        language = self._register.sources[evidence.source].language or "en"
        letters = [sign for sign in evidence.quote or "" if sign.isalpha()]
        latin = sum(sign < "\u0250" for sign in letters)
        return language.lower().split("-")[0] == "en" and 2 * latin > len(letters)

    # -------------------------------------------------------------------------- hedges and denials

    def _denial(self, judged: _Judged, item: _Item) -> Cut | None:
        if judged.is_negative:
            return None
        return find_denial(item.saying, judged.statement, self._words)

    def _hedge(self, judged: _Judged, item: _Item) -> Hedge | None:
        """The hedge of a firm item that its claim has not."""
        if judged.is_hedged or judged.is_of_speech or not item.evidence.stance.is_firm:
            return None
        has_speaker = item.evidence.by is not None
        doubt = find_doubt(item.saying, judged.statement, self._words, has_speaker=has_speaker)
        if doubt is not None and not _is_inside_a_forecast(judged.claim, item):
            return doubt
        if has_speaker:
            return None
        return find_hearsay(item.saying, judged.statement, self._words)

    def _speaker(self, judged: _Judged, item: _Item) -> Cut | None:
        """Who says what an item gives as the source's own word."""
        evidence = item.evidence
        if judged.is_of_speech or evidence.by is not None or evidence.stance is Stance.REPORTS:
            return None
        source = self._register.sources[evidence.source]
        named = (source.publisher or "", source.author or "", *self._register_names(source.maker))
        return find_speaker(item.saying, judged.statement, tuple(named), self._words)

    # -------------------------------------------------------------------- figures, dates and names

    def _added(self, judged: _Judged, items: Sequence[_Item]) -> Iterator[Diagnostic]:
        """CT718: what the statement gives, and no quote nor sentence."""
        claim = judged.claim
        supporting = [each for each in claim.evidence if each.stance.is_support]
        if len(items) < len(supporting):
            return  # what has no quote, or none in English, may say it
        if not all(item.is_whole for item in items):
            return  # the rest of the sentence may say it
        names = self._names.read(judged.statement)
        taken = frozenset(at for name in names for at in name.places)
        sources = [self._register.sources[item.evidence.source] for item in items]
        texts = [item.saying.tokens for item in items]
        published = [each.published.days for each in sources if each.published is not None]
        known = know(texts, published, self._words)
        ground = Ground(judged.statement, tuple(texts), tuple(self._context(claim, items)))
        missing = [
            *unknown_figures(judged.statement, taken, known, self._words),
            *self._names.unknown(names, ground),
        ]
        if missing:
            yield messages.added(claim, items[0].evidence, missing)

    def _context(self, claim: Claim, items: Sequence[_Item]) -> Iterator[str]:
        """What tells of a name beside the quotes: whence they are, and whom the claim is about."""
        for item in items:
            source = self._register.sources[item.evidence.source]
            yield from (source.title or "", source.publisher or "", source.author or "")
            for named in (item.evidence.by, *item.evidence.via):
                yield from self._register_names(named)
        for each in claim.asserts:
            yield from self._register_names(each.subject)

    def _register_names(self, named: str | None) -> Iterator[str]:
        """All names of an entity, or the one that no entity declares."""
        entity = self._register.entities.get(named or "")
        yield named or ""
        if entity is not None:
            yield entity.name or ""
            yield from (alias.name for alias in entity.aliases)


def _hedged(
    claim: Claim, items: Sequence[_Item], hedges: dict[int, Hedge], flat: Sequence[_Item]
) -> Iterator[Diagnostic]:
    """CT715 for each hedged item; CT717 once where the same voice says it flatly too."""
    plain = {item.voice: item for item in reversed(flat)}
    weak = [item for item in items if item not in flat]
    dropped = {item.voice: item for item in reversed(weak) if item.voice in plain}
    for voice, item in dropped.items():
        yield messages.dropped(claim, plain[voice].evidence, hedges.get(item.index))
    for item in weak:
        if item.voice not in plain and item.index in hedges:
            yield messages.overstated(claim, item.evidence, hedges[item.index])


def _is_inside_a_forecast(claim: Claim, item: _Item) -> bool:
    """Whether a forecast is made flatly, and the hedge stands inside it: will do what it can."""
    quote = item.saying.quote
    return claim.kind == "forecast" and any(token.text in ("will", "shall") for token in quote)

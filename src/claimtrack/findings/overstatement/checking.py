"""What claims say beyond their quotes: hedges left out, denials cut off, figures added.

English only: a quote from a source in another language, or in another script, is not judged.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property

from claimtrack.diagnostic import Diagnostic
from claimtrack.findings.english.tokens import Token, folded_words, is_latin, tokens
from claimtrack.findings.overstatement import messages
from claimtrack.findings.overstatement.amounts import Known, has_figures, unknown_figures
from claimtrack.findings.overstatement.cues import Cues
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


class _Item:
    """An item of evidence, whose quote is taken apart when that is asked for."""

    def __init__(self, index: int, evidence: Evidence, said: list[str], sentence: str | None):
        self.index = index
        self.evidence = evidence
        self.is_alone = sentence is None
        """Whether the sentence of the quote is not held."""
        self.said = said if sentence is None else said + folded_words(sentence)
        """The words of the quote, and of its sentence."""
        self._sentence = sentence

    @cached_property
    def saying(self) -> Saying:
        """The quote in its sentence."""
        return say(self.evidence.quote or "", self._sentence)

    @property
    def is_whole(self) -> bool:
        """Whether all of its sentence is known; a heading is none."""
        return self.may_be_whole and (self._is_held or not is_title(self.saying.quote))

    @property
    def may_be_whole(self) -> bool:
        """Whether it is held in its sentence or looks like one, which a heading may as well."""
        quote = (self.evidence.quote or "").strip("\"'“”‘’ ")
        return (quote[:1].isupper() and quote.endswith((".", "!", "?"))) or self._is_held

    @property
    def voice(self) -> tuple[str, str | None]:
        """In which source it speaks, and who."""
        return self.evidence.source, self.evidence.by

    @property
    def _is_held(self) -> bool:
        return not self.is_alone and self.saying.held


class _Judged:
    """What a claim's statement is, as far as that decides what it may overstate."""

    def __init__(self, claim: Claim, words: Words, cues: Cues) -> None:
        self.claim = claim
        self._words = words
        self._cues = cues

    @cached_property
    def statement(self) -> tuple[Token, ...]:
        return tuple(tokens(self.claim.statement))

    @cached_property
    def is_hedged(self) -> bool:
        return self._cues.of_softness(self._said) and is_hedged(self.statement, self._words)

    @property
    def is_negative(self) -> bool:
        return any(each.negated for each in self.claim.asserts)

    @cached_property
    def is_of_speech(self) -> bool:
        if self.claim.kind == "utterance":
            return True
        return self._cues.of_speech(self._said) and speaks(self.statement, self._words)

    @cached_property
    def _said(self) -> list[str]:
        return folded_words(self.claim.statement)


class OverstatementCheck:
    """Checks the claims of one register, whose names it learns once."""

    def __init__(self, register: Register, words: Words) -> None:
        self._register = register
        self._words = words
        self._cues = Cues(words)
        self._english: dict[str, bool] = {}
        """Whether a source is in English, once that was asked for."""

    def check(self, claim: Claim, sentence_of: Callable[[int], str | None]) -> list[Diagnostic]:
        """What a claim says beyond its quotes.

        ``sentence_of`` gives the sentence of the source that the quote of an item, by its index,
        stands in; None where the source is not held. Nothing else is asked than the claim, the
        sources and entities of the register, and the word lists.
        """
        if len(claim.statement) > LONGEST:
            return []
        items = list(self._items(claim, sentence_of))
        if not items:
            return []
        judged = _Judged(claim, self._words, self._cues)
        return [*self._turned(judged, items), *self._added(judged, items)]

    def _items(self, claim: Claim, sentence_of: Callable[[int], str | None]) -> Iterator[_Item]:
        """The items in English that support a claim and have not been taken back.

        What is as long as a chapter is no quote whose words say something of each other.
        """
        taken = taken_back(claim.evidence)
        for index, evidence in enumerate(claim.evidence):
            quote = evidence.quote
            if not quote or len(quote) > LONGEST or index in taken:
                continue
            if evidence.stance.is_support and self._is_english(evidence.source, quote):
                said = folded_words(quote)
                if said:
                    yield _Item(index, evidence, said, sentence_of(index))

    def _is_english(self, source: str, quote: str) -> bool:
        if source not in self._english:
            language = self._register.sources[source].language or "en"
            self._english[source] = language.lower().split("-")[0] == "en"
        return self._english[source] and is_latin(quote)

    # -------------------------------------------------------------------------- hedges and denials

    def _turned(self, judged: _Judged, items: Sequence[_Item]) -> Iterator[Diagnostic]:
        """CT715 to CT717: what hedges, denies, or hands on what the statement says flatly."""
        firm = [item for item in items if item.evidence.stance.is_firm]
        if len(firm) == len(items) and self._cues.of_nothing(*(item.said for item in items)):
            return
        denials = {item.index: cut for item in firm if (cut := self._denial(judged, item))}
        left = [item for item in items if item.index not in denials]
        hedges = {item.index: hedge for item in left if (hedge := self._hedge(judged, item))}
        flat = [item for item in left if item in firm and item.index not in hedges]
        speakers = {item.index: cut for item in flat if (cut := self._speaker(judged, item))}
        cuts = denials | speakers
        found = list(_hedged(judged.claim, left, hedges, flat))
        if found and not judged.is_hedged:
            yield from found
        for at in sorted(cuts):
            yield messages.cut_off(judged.claim, judged.claim.evidence[at], cuts[at])

    def _denial(self, judged: _Judged, item: _Item) -> Cut | None:
        may_be = self._cues.of_denial(item.said, alone=item.is_alone)
        if not may_be or judged.is_negative:
            return None
        return find_denial(item.saying, judged.statement, self._words)

    def _hedge(self, judged: _Judged, item: _Item) -> Hedge | None:
        """The hedge of a firm item that its claim has not."""
        if not item.evidence.stance.is_firm or not self._cues.of_hedge(item.said):
            return None
        if judged.is_hedged or judged.is_of_speech:
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
        if evidence.by is not None or evidence.stance is Stance.REPORTS:
            return None
        if not self._cues.of_speaker(item.said, alone=item.is_alone) or judged.is_of_speech:
            return None
        source = self._register.sources[evidence.source]
        named = (source.publisher or "", source.author or "", *self._register_names(source.maker))
        return find_speaker(item.saying, judged.statement, tuple(named), self._words)

    # -------------------------------------------------------------------- figures, dates and names

    def _added(self, judged: _Judged, items: Sequence[_Item]) -> Iterator[Diagnostic]:
        """CT718: what the statement gives, and no quote nor sentence."""
        claim = judged.claim
        if not all(item.may_be_whole for item in items):
            return  # the rest of the sentence may say it
        if len(items) < sum(each.stance.is_support for each in claim.evidence):
            return  # what has no quote, or none in English, may say it
        names = self._names.read(judged.statement)
        taken = frozenset(at for name in names for at in name.places)
        if not names and not has_figures(judged.statement, self._words):
            return
        if not all(item.is_whole for item in items):
            return
        sources = [self._register.sources[item.evidence.source] for item in items]
        texts = [item.saying.tokens for item in items]
        published = [each.published.days for each in sources if each.published is not None]
        known = Known(texts, published, self._words)
        ground = Ground(judged.statement, tuple(texts), tuple(self._context(claim, items)))
        missing = [
            *unknown_figures(judged.statement, taken, known, self._words),
            *self._names.unknown(names, ground),
        ]
        if missing:
            yield messages.added(claim, items[0].evidence, missing)

    @cached_property
    def _names(self) -> NameReader:
        return NameReader(self._register.entities, self._words)

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

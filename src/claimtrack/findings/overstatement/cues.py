"""What a look at its words alone shows of a quote: that nothing hedges it, denies it or tells it.

Nearly every quote is sound, and to see that it is must not cost what telling does why one is not.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

from claimtrack.findings.overstatement.cuts import OPENING
from claimtrack.findings.overstatement.words import Words


class Cues:
    """Words of which one is there wherever something is done to a quote.

    ``said`` are the folded words of a quote, and then of its sentence. A quote is ``alone`` whose
    sentence is not held: nothing stands before it or after it.
    """

    def __init__(self, words: Words) -> None:
        self._inside = words.denials.cues | words.conditions.cues
        self._before = self._inside | words.negations.cues
        self._hedges = words.hedges.cues | words.hearsay.cues
        self._soft = self._hedges | words.softeners.cues
        self._speakers = words.attributions.cues
        self._openers = frozenset(words.attributions.by_first)
        self._all = self._before | self._hedges | self._speakers

    def of_nothing(self, *said: Sequence[str]) -> bool:
        """Whether there is no cue at all in any of some quotes."""
        return self._all.isdisjoint(chain(*said))

    def of_denial(self, said: Sequence[str], *, alone: bool) -> bool:
        """Whether it may be denied, or be said on a condition."""
        return not (self._inside if alone else self._before).isdisjoint(said)

    def of_hedge(self, said: Sequence[str]) -> bool:
        """Whether it may be hedged, or the word of others."""
        return not self._hedges.isdisjoint(said)

    def of_softness(self, statement: Sequence[str]) -> bool:
        """Whether a statement may say no more than a hedged quote does."""
        return not self._soft.isdisjoint(statement)

    def of_speech(self, statement: Sequence[str]) -> bool:
        """Whether a statement may say that somebody said something."""
        return not self._speakers.isdisjoint(statement)

    def of_speaker(self, said: Sequence[str], *, alone: bool) -> bool:
        """Whether it may be handed to a speaker, whom a quote by itself has to begin with."""
        if self._speakers.isdisjoint(said):
            return False
        return not alone or not self._openers.isdisjoint(said[:OPENING])

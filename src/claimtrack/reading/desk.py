"""What claims are read against: what they may name, and what is noted on the way."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Protocol

from claimtrack.diagnostic import Place
from claimtrack.frozen import frozen
from claimtrack.model import Entity, Property, Source
from claimtrack.values.interval import Interval

if TYPE_CHECKING:
    from claimtrack.reading.intervals import ChoiceLines
    from claimtrack.reading.nametable import NameTable
    from claimtrack.reading.report import Report


@frozen
class Catalogue:
    """What claims may name. An id that is known but not here was left out."""

    sources: Mapping[str, Source]
    entities: Mapping[str, Entity]
    properties: Mapping[str, Property]
    names: NameTable
    places: Mapping[str, Interval]
    """The preorder numbers of each entity and all that is part of it."""


class Noting(Protocol):
    """Where names are noted that no entity declares."""

    def note(self, text: str, place: Place, claim: str | None) -> str:
        """Note a use; gives the folded text, for which the name stands."""


@frozen
class Desk:
    """What every claim is read against. An id known here but not in the catalogue is left out."""

    catalogue: Catalogue
    report: Report
    known: Mapping[str, object]
    known_sources: Mapping[str, object]
    known_properties: Mapping[str, object]
    choices: ChoiceLines
    ranks: Mapping[str, int]
    undeclared: Noting

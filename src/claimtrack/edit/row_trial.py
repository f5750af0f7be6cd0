"""Rows judged as the register would: read together with it, before a byte of it is written.

The claims that rows give are put beside the register's own, at their places in the rows' file, and
read by the register's reader. What is wrong comes back to the row where it stands.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain

from claimtrack.diagnostic import Diagnostic, Place, Severity, did_you_mean
from claimtrack.edit.draft import Draft
from claimtrack.edit.row_groups import Group, Part
from claimtrack.frozen import replace
from claimtrack.reading.entries import Entries
from claimtrack.reading.fitting import Entry
from claimtrack.reading.nodes import Mapping as MappingNode
from claimtrack.reading.nodes import Scalar
from claimtrack.reading.register import resolve
from claimtrack.reading.report import Report
from claimtrack.reading.schema import SourceShape, no_id
from claimtrack.values.names import ID

_HINTED = 50
"""So many unknown sources are compared with the known ones for a suggestion."""
_LEFT_OUT = (
    "it names a source, an entity or a property that is left out because of an error; "
    "claimtrack check says why"
)


class Trial:
    """Judges the rows of one file, which ``name`` is what its places are called by."""

    def __init__(self, draft: Draft, name: str, *, add_sources: bool) -> None:
        self._draft, self._name, self._adds_sources = draft, name, add_sources
        self._unknown: dict[str, str] = {}

    def judge(self, groups: Mapping[str, Group]) -> None:
        """Note in each row what is wrong with it.

        A row that rests on one with a fault is at fault with it, so that a second reading has
        nothing more to find.
        """
        for group in groups.values():
            for part in group.sound:
                self._check_sources(part)
        self._pull_down(groups)
        while self._is_faulty(groups):
            self._pull_down(groups)

    def new_sources(self, groups: Mapping[str, Group]) -> list[str]:
        """Sources that sound rows name and that the register lacks."""
        known = self._draft.entries.sources
        return list(
            dict.fromkeys(
                fresh.shape.source.text
                for group in groups.values()
                for part in group.sound
                for fresh in part.fresh
                if fresh.shape.source.text not in known
            )
        )

    # ------------------------------------------------------------------------------------ sources

    def _check_sources(self, part: Part) -> None:
        for fresh in part.fresh:
            source = fresh.shape.source
            if source.text in self._draft.register.sources:
                continue
            if source.text in self._draft.entries.sources:
                told = f"source '{source.text}' is left out because of an error"
                part.refuse(f"{told}; claimtrack check says why", source)
            elif not self._adds_sources:
                part.refuse(self._no_source(source.text), source, "CT203")
            elif not ID.fullmatch(source.text):
                part.refuse(no_id(source.text), source, "CT306")

    def _no_source(self, source: str) -> str:
        if source not in self._unknown:
            known = self._draft.entries.sources
            hint = did_you_mean(source, known) if len(self._unknown) < _HINTED else ""
            self._unknown[source] = (
                f"no source has the id '{source}'{hint}; add it with claimtrack source set, or all "
                "that are missing with --add-sources"
            )
        return self._unknown[source]

    # -------------------------------------------------------------------- rows that rest on others

    def _pull_down(self, groups: Mapping[str, Group]) -> None:
        """Refuse what rests on a claim that is not added after all."""
        relating = _relating(groups)
        lost = [group for group in groups.values() if group.is_lost]
        for group in lost:
            line = group.founder.line if group.founder else None
            for part in group.parts:
                if not part.faults:
                    part.refuse(f"line {line}, which gives '{group.id}', is rejected")
            for other, scalar in relating.get(group.id, ()):
                if not other.is_lost and other.founder is not None:
                    told = f"'{group.id}' is not added, because line {line} is rejected"
                    other.founder.refuse(told, scalar)
                    lost.append(other)

    # ------------------------------------------------------------------------------------ reading

    def _is_faulty(self, groups: Mapping[str, Group]) -> bool:
        """Read the register with all that is sound so far; whether something is wrong with it."""
        tried = {key: group.adding for key, group in groups.items() if group.adding}
        if not tried:
            return False
        reading = resolve(self._draft.main, self._with(tried, groups), Report())
        parts = sorted(chain.from_iterable(tried.values()), key=lambda part: part.line)
        is_any = self._blame(parts, reading.diagnostics)
        for key in tried.keys() - reading.register.claims.keys():
            if not any(part.faults for part in tried[key]):
                for part in tried[key]:
                    part.refuse(_LEFT_OUT)
                is_any = True
        return is_any

    def _with(self, tried: Mapping[str, Sequence[Part]], groups: Mapping[str, Group]) -> Entries:
        """The register's entries, with the claims that rows give or add to, and new sources."""
        held, name = self._draft.entries, self._name
        claims = dict(held.claims)
        for key, parts in tried.items():
            base, at = groups[key].base, parts[0].node
            own = base.evidence if base and groups[key].held else []
            fresh = [each.shape for part in parts for each in part.fresh]
            shape = base.model_copy(update={"evidence": [*own, *fresh]}) if base else None
            claims[key] = Entry(key, at, name, at.line, at.column, shape)
        nothing = MappingNode((), 1, 1)
        new = self.new_sources(groups)
        sources = {key: Entry(key, nothing, name, 1, 1, SourceShape()) for key in new}
        return replace(held, claims=claims, sources={**held.sources, **sources})

    def _blame(self, parts: Sequence[Part], diagnostics: Iterable[Diagnostic]) -> bool:
        """Note each error in the rows where it is seen; whether there was any."""
        starts = [part.line for part in parts]
        is_any = False
        for each in diagnostics:
            if each.severity is not Severity.ERROR:
                continue
            for place in self._places(each):
                part = parts[bisect_right(starts, place.line) - 1]
                part.refuse(each.message, Scalar("", "text", place.line, place.column), each.code)
                is_any = True
        return is_any

    def _places(self, diagnostic: Diagnostic) -> list[Place]:
        """The rows that an error is seen in: of several that make it together, all of them."""
        related = [each.place for each in diagnostic.related]
        places = [diagnostic.place, *related] if diagnostic.code == "CT211" else [diagnostic.place]
        return [place for place in places if place.file == self._name]


def _relating(groups: Mapping[str, Group]) -> dict[str, list[tuple[Group, Scalar]]]:
    """Which new claims relate to each claim that rows were to give, and where they say so."""
    found: dict[str, list[tuple[Group, Scalar]]] = {}
    for group in groups.values():
        shape = group.founder.shape if group.founder else None
        for relation in shape.relations if shape else ():
            for other in relation.claim:
                if other.text in groups and groups[other.text].held is None:
                    found.setdefault(other.text, []).append((group, other))
    return found

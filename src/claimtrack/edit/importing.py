"""From rows of a file to claims of a register: what each row adds, and why another cannot.

A row gives a claim, or one more item of evidence for a claim that the register or another row
gives. It is judged as the register would judge it, by the same reader and at its own place: see
row_trial.py.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Literal

from claimtrack.collector import collector_off
from claimtrack.diagnostic import ClaimtrackError
from claimtrack.edit.draft import Draft, EntryKey
from claimtrack.edit.entry_spans import LaidOutOtherwise
from claimtrack.edit.manuscript import Change, Manuscript
from claimtrack.edit.row_claims import claim_as_written, item_as_written
from claimtrack.edit.row_groups import Gatherer, Group, Part, under
from claimtrack.edit.row_trial import Trial
from claimtrack.edit.slots import WrittenElsewhere
from claimtrack.edit.written import file_for
from claimtrack.edit.yamlwriting import Value
from claimtrack.frozen import frozen
from claimtrack.model import Stance
from claimtrack.progress import Tell, quiet
from claimtrack.reading.fitting import Entry
from claimtrack.reading.nodes import Mapping as MappingNode
from claimtrack.reading.nodes import Node
from claimtrack.reading.rows import Fault, Row
from claimtrack.reading.schema import ClaimShape, EvidenceShape

Action = Literal["add", "extend", "skip", "reject"]


@frozen
class Outcome:
    """What becomes of one row: the claim that it is about, and in words what it adds or why not."""

    line: int
    action: Action
    claim: str | None
    told: str = ""
    faults: tuple[Fault, ...] = ()
    items: int = 0
    """How many items of evidence it adds."""


class RowsRejected(ClaimtrackError):
    """Rows that cannot be imported, where all were to be."""

    exit_status = 1

    def __init__(self, outcomes: Sequence[Outcome]) -> None:
        super().__init__(
            "nothing was written: mend what is rejected, or write the other rows with --partial"
        )
        self.outcomes = outcomes


@frozen
class Terms:
    """How rows are to be imported: the name of their file, and what a person decided."""

    name: str
    partial: bool = False
    """Whether sound rows are wanted where others are rejected."""
    add_sources: bool = False
    file: str | None = None
    """The file of the register that takes new claims."""


@frozen
class Imported:
    """What is made of a file's rows."""

    change: Change
    outcomes: tuple[Outcome, ...]
    sources: tuple[str, ...]
    """Sources that are added with nothing but their ids."""


def import_rows(draft: Draft, rows: Sequence[Row], terms: Terms, tell: Tell = quiet) -> Imported:
    """The change that adds what the rows say and the register does not. Raises RowsRejected."""
    manuscript = Manuscript(draft)
    with collector_off():
        gathered = Gatherer(draft, terms.name).gather(rows, tell)
        tell("reading the rows as the register would", 0, 0)
        trial = Trial(draft, terms.name, add_sources=terms.add_sources)
        trial.judge(gathered.groups)
        tell("writing them into the register", 0, 0)
        _extend_claims(manuscript, gathered.groups)
    sources = trial.new_sources(gathered.groups)
    outcomes = _outcomes(gathered.groups, gathered.homeless)
    if not terms.partial and any(each.action == "reject" for each in outcomes):
        raise RowsRejected(outcomes)
    if sources:
        bare: dict[str, Mapping[str, Value]] = {source: {} for source in sources}
        manuscript.add_entries("sources", bare, file_for(draft, "sources", terms.file))
    new = [claim for group in gathered.groups.values() for claim in _new_claim(group)]
    if new:
        manuscript.add_claims(new, file_for(draft, "claims", terms.file))
    return Imported(manuscript.change(), outcomes, tuple(sources))


def _new_claim(group: Group) -> Iterator[dict[str, Value]]:
    """The claim that rows give and the register lacks, with the evidence of all of them."""
    if group.held is not None or group.founder is None or group.is_lost:
        return
    items = [fresh.node for part in group.sound for fresh in part.fresh]
    yield claim_as_written(group.founder.node, items)


def _extend_claims(manuscript: Manuscript, groups: Mapping[str, Group]) -> None:
    """Put further evidence of the register's claims in their places."""
    shared = _shared_evidence(manuscript.draft.entries.claims.values())
    for group in groups.values():
        if group.held is not None and id(_evidence(group.held)) in shared:
            for part in group.adding:
                part.refuse(
                    f"'{group.id}' has its evidence in common with another claim, by an "
                    "alias; write it out first"
                )
    adding = {EntryKey("claims", g.id): g.adding for g in groups.values() if g.held and g.adding}
    manuscript.expect(adding)
    for key, parts in adding.items():
        items = [item_as_written(fresh.node) for part in parts for fresh in part.fresh]
        try:
            manuscript.append(key, ("evidence",), items)
        except (LaidOutOtherwise, WrittenElsewhere) as error:
            for part in parts:
                part.refuse(str(error))


def _shared_evidence(claims: Iterable[Entry[ClaimShape]]) -> set[int]:
    """Lists of evidence that several claims have: by an alias, one node stands in all of them."""
    counted = Counter(id(held) for claim in claims if (held := _evidence(claim)) is not None)
    return {node for node, number in counted.items() if number > 1}


def _evidence(claim: Entry[ClaimShape]) -> Node | None:
    return under(claim.node, "evidence") if isinstance(claim.node, MappingNode) else None


# --------------------------------------------------------------------------------------- outcomes


def _outcomes(groups: Mapping[str, Group], homeless: Sequence[Part]) -> tuple[Outcome, ...]:
    told = [Outcome(part.line, "reject", None, faults=tuple(part.faults)) for part in homeless]
    for group in groups.values():
        rejected = {part.line for part in group.parts if part.faults}
        told += [_outcome(part, group, rejected) for part in group.parts]
    return tuple(sorted(told, key=lambda outcome: outcome.line))


def _outcome(part: Part, group: Group, rejected: Collection[int]) -> Outcome:
    repeated = [known.row for known in part.known if known.row in rejected]
    if not part.faults and repeated:
        part.refuse(f"line {repeated[0]} says the same, and is rejected")
    if part.faults:
        return Outcome(part.line, "reject", group.id, faults=tuple(part.faults))
    items = len(part.fresh)
    if part is group.founder and part.shape is not None:
        return Outcome(part.line, "add", group.id, part.shape.statement.text, items=items)
    if part.fresh:
        told = ", ".join(_item_told(fresh.shape) for fresh in part.fresh[:_SHOWN])
        more = f" and {items - _SHOWN:,} more" if items > _SHOWN else ""
        return Outcome(part.line, "extend", group.id, told + more + _lacking(part), items=items)
    return Outcome(part.line, "skip", group.id, _why_known(part, group) + _lacking(part))


_SHOWN = 3
"""How many items of evidence are told of one row."""


def _item_told(item: EvidenceShape) -> str:
    by = f", by {item.by.text}" if item.by else ""
    return f"{item.source.text} {item.stance or Stance.ASSERTS}{by}"


def _why_known(part: Part, group: Group) -> str:
    rows = [known.row for known in part.known if known.row is not None]
    if rows or group.founder is not None:
        line = rows[0] if rows else group.founder and group.founder.line
        return f"line {line} says the same"
    return "already there"


def _lacking(part: Part) -> str:
    """What of line and note a row has, and the register's own item has not."""
    keys = dict.fromkeys(key for known in part.known for key in known.lacking)
    return f"; its {' and '.join(keys)} is not taken over" if keys else ""
